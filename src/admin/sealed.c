/*
 * sealed.c - layer 5: sealed backups, see sealed.h.  Called by backup.c and
 * restore.c.  A file is: the line below, the sealed key, the header of the
 * stream, then pieces of PIECE bytes, each longer by what proves it; only the
 * last one may be shorter.  Must never leave a key in memory or in a message.
 */
#include "sealed.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE 65536
#define PROOF crypto_secretstream_xchacha20poly1305_ABYTES
#define MORE crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
#define LAST crypto_secretstream_xchacha20poly1305_TAG_FINAL
#define STREAM_KEY crypto_secretstream_xchacha20poly1305_KEYBYTES

static const char first_line[] = "tresen sealed backup 1\n";
#define FIRST_LINE (sizeof(first_line) - 1)

static const struct { const char *begins; mode_t mode; } kinds[] = {
	[SEAL_PUBLIC] = { "tresen-backup-public:", 0644 },
	[SEAL_SECRET] = { "tresen-backup-secret:", 0600 },
};

struct head {
	unsigned char line[FIRST_LINE];
	unsigned char key[STREAM_KEY + crypto_box_SEALBYTES];
	unsigned char stream[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
};

/* ---- bytes ---- */

bool
write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		n -= (size_t)done;
	}
	return true;
}

ssize_t
read_full(int fd, void *bytes, size_t n)
{
	char *at = bytes;
	size_t got = 0;

	while (got < n) {
		ssize_t done = read(fd, at + got, n - got);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		if (done == 0)
			break;
		got += (size_t)done;
	}
	return (ssize_t)got;
}

static void
ready(void)
{
	if (sodium_init() < 0)
		bug("libsodium cannot be used");
}

/* ---- keys ---- */

static enum status
key_write(struct op *op, const char *path, enum seal_key_kind kind, const unsigned char *key)
{
	char text[128];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    kinds[kind].mode);
	size_t n = strlen(kinds[kind].begins);
	bool done;

	memcpy(text, kinds[kind].begins, n);
	sodium_bin2base64(text + n, sizeof(text) - n, key, SEAL_KEY_BYTES,
	    sodium_base64_VARIANT_ORIGINAL);
	strcat(text, "\n");
	done = fd >= 0 && write_all(fd, text, strlen(text)) && fsync(fd) == 0;
	sodium_memzero(text, sizeof(text));
	if (!done)
		op_fail(op, ST_STORE, _("%s cannot be written: %s. Name a new file."), path,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
	return done ? ST_OK : ST_STORE;
}

enum status
seal_keys_make(struct op *op, const char *secret_path, const char *public_path)
{
	unsigned char public[SEAL_KEY_BYTES], secret[SEAL_KEY_BYTES];
	enum status s;

	ready();
	crypto_box_keypair(public, secret);
	s = key_write(op, secret_path, SEAL_SECRET, secret);
	sodium_memzero(secret, sizeof(secret));
	if (s == ST_OK)
		s = key_write(op, public_path, SEAL_PUBLIC, public);
	return s;
}

enum status
seal_key_read(struct op *op, const char *path, enum seal_key_kind kind, struct seal_key *key)
{
	char text[256] = "";
	size_t n = strlen(kinds[kind].begins), got = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool whole;

	ready();
	if (fd < 0 || read_full(fd, text, sizeof(text) - 1) < 0)
		op_fail(op, ST_NOT_FOUND, _("The key %s cannot be read: %s."), path,
		    strerror(errno));
	if (fd < 0)
		return ST_NOT_FOUND;
	close(fd);
	whole = strncmp(text, kinds[kind].begins, n) == 0 &&
	    sodium_base642bin(key->bytes, SEAL_KEY_BYTES, text + n, strlen(text + n), "\n", &got,
	        NULL, sodium_base64_VARIANT_ORIGINAL) == 0 && got == SEAL_KEY_BYTES;
	sodium_memzero(text, sizeof(text));
	if (whole)
		return ST_OK;
	return op_fail(op, ST_INVALID, kind == SEAL_PUBLIC ?
	    _("%s is no public key of tresen-admin backup-key.") :
	    _("%s is no secret key of tresen-admin backup-key."), path);
}

void
seal_key_wipe(struct seal_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

/* ---- closing ---- */

static enum status
not_written(struct op *op, const char *name)
{
	return op_fail(op, ST_STORE, _("%s could not be written: %s. Free some space there and "
	    "start again."), name, strerror(errno));
}

static enum status
not_read(struct op *op, const char *name)
{
	return op_fail(op, ST_STORE, _("%s could not be read: %s."), name, strerror(errno));
}

static enum status
head_write(struct op *op, const struct seal_key *public, int to, const char *name,
           crypto_secretstream_xchacha20poly1305_state *state)
{
	unsigned char key[STREAM_KEY];
	struct head head;

	memcpy(head.line, first_line, FIRST_LINE);
	crypto_secretstream_xchacha20poly1305_keygen(key);
	crypto_secretstream_xchacha20poly1305_init_push(state, head.stream, key);
	crypto_box_seal(head.key, key, sizeof(key), public->bytes);
	sodium_memzero(key, sizeof(key));
	return write_all(to, &head, sizeof(head)) ? ST_OK : not_written(op, name);
}

enum status
seal_close(struct op *op, const struct seal_key *public, int from, int to, const char *name)
{
	static unsigned char plain[PIECE], closed[PIECE + PROOF];
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char tag = MORE;

	ready();
	if (lseek(from, 0, SEEK_SET) != 0)
		return not_read(op, name);
	TRY(head_write(op, public, to, name, &state));
	while (tag != LAST) {
		ssize_t n = read_full(from, plain, PIECE);

		if (n < 0)
			return not_read(op, name);
		/* an office is whole pages: the last piece may well be an empty one */
		tag = n < PIECE ? LAST : MORE;
		crypto_secretstream_xchacha20poly1305_push(&state, closed, NULL, plain, (size_t)n,
		    (const unsigned char *)first_line, FIRST_LINE, tag);
		if (!write_all(to, closed, (size_t)n + PROOF))
			return not_written(op, name);
	}
	sodium_memzero(&state, sizeof(state));
	return ST_OK;
}

/* ---- opening ---- */

bool
seal_is_one(int fd)
{
	char line[FIRST_LINE];

	return pread(fd, line, FIRST_LINE, 0) == (ssize_t)FIRST_LINE &&
	    memcmp(line, first_line, FIRST_LINE) == 0;
}

static enum status
head_read(struct op *op, const struct seal_key *secret, int from, const char *name,
          crypto_secretstream_xchacha20poly1305_state *state)
{
	unsigned char key[STREAM_KEY], public[SEAL_KEY_BYTES];
	struct head head;
	bool opens;

	if (lseek(from, 0, SEEK_SET) != 0 || read_full(from, &head, sizeof(head)) !=
	    (ssize_t)sizeof(head))
		return op_fail(op, ST_INVALID, _("%s is not whole. Take another backup."), name);
	crypto_scalarmult_base(public, secret->bytes);
	opens = crypto_box_seal_open(key, head.key, sizeof(head.key), public, secret->bytes) == 0 &&
	    crypto_secretstream_xchacha20poly1305_init_pull(state, head.stream, key) == 0;
	sodium_memzero(key, sizeof(key));
	if (opens)
		return ST_OK;
	return op_fail(op, ST_DENIED, _("%s does not open with this key. Find the key it was made "
	    "for."), name);
}

enum status
seal_open(struct op *op, const struct seal_key *secret, int from, int to, const char *name)
{
	static unsigned char plain[PIECE], closed[PIECE + PROOF];
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char tag = MORE;
	unsigned long long length;
	char more;

	ready();
	TRY(head_read(op, secret, from, name, &state));
	while (tag != LAST) {
		ssize_t n = read_full(from, closed, sizeof(closed));

		if (n < 0)
			return not_read(op, name);
		if (n == 0)
			return op_fail(op, ST_INVALID, _("%s is cut off: its end is missing. Take "
			    "another backup."), name);
		if (n < (ssize_t)PROOF || crypto_secretstream_xchacha20poly1305_pull(&state, plain,
		    &length, &tag, closed, (unsigned long long)n,
		    (const unsigned char *)first_line, FIRST_LINE) != 0)
			return op_fail(op, ST_INVALID, _("%s was damaged or changed. Take another "
			    "backup."), name);
		if (!write_all(to, plain, (size_t)length))
			return not_written(op, name);
	}
	sodium_memzero(&state, sizeof(state));
	sodium_memzero(plain, sizeof(plain));
	if (read(from, &more, 1) != 0)
		return op_fail(op, ST_INVALID, _("%s has something behind its end. Take another "
		    "backup."), name);
	return ST_OK;
}
