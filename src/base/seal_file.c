/*
 * seal_file.c - layer 0: the file of keys, see seal.h.  Called by engine/ and
 * admin/.  Must never write a key anywhere but into that file.
 */
#include "seal_ring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONTEXT "tresen-1"       /* crypto_kdf: eight bytes */
#define FILE_MOST 8192
#define GROUP 4                  /* digits, for whoever types it off a sheet of paper */

_Static_assert(SEAL_KEY_BYTES == crypto_kdf_KEYBYTES, "one key makes the others");

/* ---- a key ---- */

enum part { PART_ID = 1, PART_TEXT, PART_NAME };

void
seal_key_complete(struct seal_key *key)
{
	unsigned char id[crypto_kdf_BYTES_MIN];

	crypto_kdf_derive_from_key(id, sizeof(id), PART_ID, CONTEXT, key->whole);
	crypto_kdf_derive_from_key(key->text, SEAL_KEY_BYTES, PART_TEXT, CONTEXT, key->whole);
	crypto_kdf_derive_from_key(key->name, SEAL_KEY_BYTES, PART_NAME, CONTEXT, key->whole);
	sodium_bin2hex(key->id, sizeof(key->id), id, SEAL_ID_DIGITS / 2);
}

char *
seal_digits(struct arena *mem, const unsigned char bytes[SEAL_KEY_BYTES])
{
	char digits[2 * SEAL_KEY_BYTES + 1], *text = arena_strdup(mem, "");

	sodium_bin2hex(digits, sizeof(digits), bytes, SEAL_KEY_BYTES);
	for (size_t i = 0; i < 2 * SEAL_KEY_BYTES; i += GROUP)
		text = arena_printf(mem, "%s %.*s", text, GROUP, digits + i);
	sodium_memzero(digits, sizeof(digits));
	return text;
}

bool
seal_digits_read(const char *digits, size_t n, unsigned char bytes[SEAL_KEY_BYTES])
{
	size_t got = 0;

	return sodium_hex2bin(bytes, SEAL_KEY_BYTES, digits, n, " \t\r", &got, NULL) == 0 &&
	    got == SEAL_KEY_BYTES;
}

/* "1f2e3d4c  0123 4567 ...": is the id that of the digits? */
static bool
key_read(const char *line, size_t n, struct seal_key *key)
{
	char id[SEAL_ID_DIGITS + 1] = "";

	if (n <= SEAL_ID_DIGITS)
		return false;
	memcpy(id, line, SEAL_ID_DIGITS);
	if (!seal_digits_read(line + SEAL_ID_DIGITS, n - SEAL_ID_DIGITS, key->whole))
		return false;
	seal_key_complete(key);
	return strcmp(id, key->id) == 0;
}

struct seal *
seal_ring_new(void)
{
	struct seal *s;

	if (sodium_init() < 0 || !(s = sodium_malloc(sizeof(*s))))
		bug("no memory for keys");
	sodium_memzero(s, sizeof(*s));
	return s;
}

void
seal_free(struct seal *s)
{
	sodium_free(s);
}

const char *
seal_id(const struct seal *s)
{
	return s->keys[0].id;
}

char *
seal_paper(const struct seal *s, struct arena *mem)
{
	char *text = arena_strdup(mem, "");

	for (size_t i = 0; i < s->n; i++)
		text = arena_printf(mem, "%s%s %s\n", text, s->keys[i].id,
		    seal_digits(mem, s->keys[i].whole));
	return text;
}

/* ---- the file ---- */

/* The whole file as text; NULL: *why. */
char *
seal_file_text(struct arena *mem, const char *path, const char **why)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char *text = arena_alloc(mem, FILE_MOST + 1);
	ssize_t n = -1;
	struct stat st;

	if (fd < 0) {
		*why = arena_printf(mem, _("The key file %s cannot be read: %s."), path,
		    strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & (S_IRWXG | S_IRWXO)) ||
	    (st.st_uid != geteuid() && geteuid() != 0))
		*why = arena_printf(mem, _("%s may be read by others, or is no file of this user. "
		    "Close it first: chmod 400 %s"), path, path);
	else if ((n = read(fd, text, FILE_MOST)) < 0)
		*why = arena_printf(mem, _("The key file %s cannot be read: %s."), path,
		    strerror(errno));
	close(fd);
	if (n < 0)
		return NULL;
	text[n] = '\0';
	return text;
}

struct seal *
seal_read(struct arena *mem, const char *path, const char **why)
{
	char *text = seal_file_text(mem, path, why);
	struct seal *s = text ? seal_ring_new() : NULL;
	bool sound = true;

	for (const char *line = text; s && *line;) {
		size_t n = strcspn(line, "\n");

		if (n > 0 && *line != '#')
			sound = sound && s->n < SEAL_KEYS_MOST &&
			    key_read(line, n, &s->keys[s->n++]);
		line += n + (line[n] == '\n');
	}
	if (text)
		sodium_memzero(text, strlen(text));
	if (!s || (sound && s->n > 0))
		return s;
	*why = arena_printf(mem, _("%s holds no key, or one with a digit wrong. Compare it with the "
	    "sheet in the safe."), path);
	seal_free(s);
	return NULL;
}

/* A name that is not on the disk yet is lost with the power, and the key with it. */
static bool
folder_sync(struct arena *mem, const char *path)
{
	const char *end = strrchr(path, '/');
	int n = end ? (int)(end - path) + 1 : 0;
	int fd = open(arena_printf(mem, "%.*s.", n, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

/* All or nothing, whatever happens in between; was: whose file it takes the place of. */
static bool
write_whole(struct arena *mem, const char *path, const char *text, const struct stat *was,
            const char **why)
{
	const char *next = arena_printf(mem, "%s.new", path);
	int fd = open(next, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400);
	size_t n = strlen(text);
	bool done = fd >= 0 && write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;

	/* who owned it keeps it, also where root helps out */
	done = done && (!was || fchown(fd, was->st_uid, was->st_gid) == 0);
	if (fd >= 0)
		close(fd);
	/* a file that was there meanwhile is never written over */
	done = done && (was ? rename(next, path) == 0
	                    : link(next, path) == 0 && unlink(next) == 0);
	if (done && folder_sync(mem, path))
		return true;
	*why = arena_printf(mem, _("The key file %s cannot be written: %s."), path,
	    strerror(errno));
	if (fd >= 0)
		unlink(next);
	return false;
}

/* The text of a key file, to be wiped. */
static char *
file_text(struct arena *mem, const struct seal *s)
{
	return arena_printf(mem, "# tresen: keys of what is entrusted; see tresen-admin(8), key.\n"
	    "# The first one seals, all of them open.  Lost keys are lost files.\n%s",
	    seal_paper(s, mem));
}

bool
seal_file_make(struct arena *mem, const char *path, const struct seal *s, const char **why)
{
	char *text = file_text(mem, s);
	bool done = write_whole(mem, path, text, NULL, why);

	sodium_memzero(text, strlen(text));
	return done;
}

bool
seal_add_key(struct arena *mem, const char *path, const char **why)
{
	struct stat st;
	bool fresh = lstat(path, &st) != 0;
	struct seal *s = fresh ? seal_ring_new() : seal_read(mem, path, why);
	char *text;
	bool done;

	if (!s)
		return false;
	if (s->n == SEAL_KEYS_MOST)
		bug("%d keys", SEAL_KEYS_MOST);
	memmove(&s->keys[1], &s->keys[0], sizeof(s->keys[0]) * s->n++);
	random_bytes(s->keys[0].whole, SEAL_KEY_BYTES);
	seal_key_complete(&s->keys[0]);
	text = file_text(mem, s);
	done = write_whole(mem, path, text, fresh ? NULL : &st, why);
	sodium_memzero(text, strlen(text));
	seal_free(s);
	return done;
}
