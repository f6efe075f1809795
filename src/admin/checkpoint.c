/*
 * checkpoint.c - layer 5: checkpoints as text, in the form of transparency
 * logs (C2SP: signed-note, tlog-checkpoint), so that tools of others read
 * them.  Called by seal.c, sealkey.c and prove.c.
 */
#include "checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define DASH "\xe2\x80\x94"       /* as the form wants it before a signature */
#define ED25519 1                /* kind of a key */
#define LINES_MOST 5             /* of a note: four, and its signature */
#define LINE_MOST 512

/* ---- keys ---- */

/* What a note names a key by. */
static void
key_number(const unsigned char public[32], unsigned char number[4])
{
	unsigned char bytes[sizeof(SEAL_NAME) + 1 + 32], hash[32];

	memcpy(bytes, SEAL_NAME "\n", sizeof(SEAL_NAME));
	bytes[sizeof(SEAL_NAME)] = ED25519;
	memcpy(bytes + sizeof(SEAL_NAME) + 1, public, 32);
	crypto_hash_sha256(hash, bytes, sizeof(bytes));
	memcpy(number, hash, 4);
}

/* "tresen-seal+1a2b3c4d+BASE64", the kind before the bytes. */
const char *
sign_key_text(struct arena *mem, const unsigned char public[32], const unsigned char bytes[32])
{
	unsigned char number[4], typed[33] = { ED25519 };
	char hex[9], text[64];

	key_number(public, number);
	memcpy(typed + 1, bytes, 32);
	sodium_bin2hex(hex, sizeof(hex), number, sizeof(number));
	sodium_bin2base64(text, sizeof(text), typed, sizeof(typed), BASE64);
	return arena_printf(mem, SEAL_NAME "+%s+%s", hex, text);
}

static bool
key_parse(char *line, bool secret, struct sign_key *key)
{
	const char *text = line, *head = secret ? SEAL_SECRET SEAL_NAME "+" : SEAL_NAME "+";
	unsigned char bytes[33];
	size_t n;

	line[strcspn(line, "\n")] = '\0';
	if (strncmp(line, head, strlen(head)) != 0)
		return false;
	/* the number of the key, eight digits and a plus, follows from the rest */
	text += strlen(head) + strcspn(line + strlen(head), "+");
	if (*text != '+' || sodium_base642bin(bytes, sizeof(bytes), text + 1, strlen(text + 1), NULL,
	        &n, NULL, BASE64) != 0 || n != sizeof(bytes) || bytes[0] != ED25519)
		return false;
	if (secret)
		crypto_sign_seed_keypair(key->public, key->secret, bytes + 1);
	else
		memcpy(key->public, bytes + 1, sizeof(key->public));
	sodium_memzero(bytes, sizeof(bytes));
	return true;
}

enum status
sign_key_read(struct op *op, const char *path, bool secret, struct sign_key *key)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char line[LINE_MOST] = "";
	struct stat st;
	ssize_t n;
	bool sound;

	if (fd < 0 || fstat(fd, &st) != 0)
		return op_fail(op, ST_NOT_FOUND, _("The key %s cannot be read: %s."), path,
		    strerror(errno));
	if (secret && (st.st_mode & 077)) {
		close(fd);
		return op_fail(op, ST_INVALID, _("Others may read the key %s. Take that away "
		    "(chmod 600), or better make a new one."), path);
	}
	n = read(fd, line, sizeof(line) - 1);
	close(fd);
	sound = n > 0 && key_parse(line, secret, key);
	sodium_memzero(line, sizeof(line));
	if (sound)
		return ST_OK;
	return op_fail(op, ST_INVALID, secret ? _("%s holds no secret key. tresen-admin seal-key "
	    "makes one.") : _("%s holds no public key. It is the file that ends with .pub."), path);
}

/* ---- writing ---- */

const char *
checkpoint_origin(struct arena *mem, const unsigned char first[TREE_HASH])
{
	char hex[17];

	sodium_bin2hex(hex, sizeof(hex), first, 8);
	return arena_printf(mem, "tresen/%s", hex);
}

const char *
checkpoint_note(struct arena *mem, const struct checkpoint *c, const struct sign_key *key)
{
	unsigned char signature[4 + crypto_sign_BYTES];
	char root[64], iso[21], line[128];
	const char *text;

	sodium_bin2base64(root, sizeof(root), c->root, TREE_HASH, BASE64);
	text = arena_printf(mem, "%s\n%lld\n%s\ntime %s\n", c->origin, (long long)c->size, root,
	    instant_iso(c->at, iso));
	key_number(key->public, signature);
	crypto_sign_detached(signature + 4, NULL, (const unsigned char *)text, strlen(text),
	    key->secret);
	sodium_bin2base64(line, sizeof(line), signature, sizeof(signature), BASE64);
	return arena_printf(mem, "%s\n" DASH " " SEAL_NAME " %s\n\n", text, line);
}

/* ---- reading ---- */

static bool
root_parse(const char *line, unsigned char root[TREE_HASH])
{
	size_t n;

	return sodium_base642bin(root, TREE_HASH, line, strlen(line), NULL, &n, NULL, BASE64) == 0 &&
	    n == TREE_HASH;
}

static bool
is_signed(const char *text, const char *line, const struct sign_key *key)
{
	static const char head[] = DASH " " SEAL_NAME " ";
	unsigned char signature[4 + crypto_sign_BYTES], number[4];
	size_t n;

	if (strncmp(line, head, sizeof(head) - 1) != 0 ||
	    sodium_base642bin(signature, sizeof(signature), line + sizeof(head) - 1,
	        strlen(line) - (sizeof(head) - 1), NULL, &n, NULL, BASE64) != 0 ||
	    n != sizeof(signature))
		return false;
	key_number(key->public, number);
	return memcmp(signature, number, sizeof(number)) == 0 &&
	    crypto_sign_verify_detached(signature + 4, (const unsigned char *)text, strlen(text),
	        key->public) == 0;
}

/* Four lines and the one with the signature. */
static bool
note_parse(struct op *op, char lines[LINES_MOST][LINE_MOST], const struct sign_key *key,
           struct checkpoint *c)
{
	const char *text = arena_printf(op->mem, "%s\n%s\n%s\n%s\n", lines[0], lines[1], lines[2],
	    lines[3]);
	char *end;

	c->origin = arena_strdup(op->mem, lines[0]);
	c->size = strtoll(lines[1], &end, 10);
	c->forged = key && !is_signed(text, lines[4], key);
	return *end == '\0' && c->size > 0 && root_parse(lines[2], c->root) &&
	    strncmp(lines[3], "time ", 5) == 0 && instant_parse(lines[3] + 5, &c->at);
}

static struct checkpoint *
checkpoint_new(struct op *op, struct checkpoints *list)
{
	if (list->n == list->room) {
		struct checkpoint *grown = arena_array(op->mem, struct checkpoint,
		    list->room ? list->room * 2 : 64);

		if (list->n)
			memcpy(grown, list->at, list->n * sizeof(*grown));
		list->room = list->room ? list->room * 2 : 64;
		list->at = grown;
	}
	list->at[list->n] = (struct checkpoint){ 0 };
	return &list->at[list->n++];
}

static enum status
notes_read(struct op *op, FILE *f, const char *path, const struct sign_key *key,
           struct checkpoints *list)
{
	char lines[LINES_MOST][LINE_MOST];
	int n = 0, at = 0;

	while (fgets(lines[n], LINE_MOST, f)) {
		struct checkpoint *c;

		at++;
		lines[n][strcspn(lines[n], "\n")] = '\0';
		/* blank lines part text, signature and the next note */
		if (*lines[n] && ++n == LINES_MOST) {
			c = checkpoint_new(op, list);
			c->file = path;
			n = 0;
			if (!note_parse(op, lines, key, c))
				return op_fail(op, ST_INVALID, _("%s:%d: this is no checkpoint of "
				    "tresen."), path, at);
		}
	}
	if (ferror(f))
		return op_fail(op, ST_STORE, _("%s:%d: it cannot be read further. Look at the "
		    "disk, and try again."), path, at);
	if (n)
		return op_fail(op, ST_INVALID, _("%s:%d: this checkpoint breaks off."), path, at);
	return ST_OK;
}

enum status
checkpoints_read(struct op *op, const char *path, const struct sign_key *key,
                 struct checkpoints *list)
{
	FILE *f = fopen(path, "re");
	enum status s;

	if (!f)
		return op_fail(op, errno == ENOENT ? ST_NOT_FOUND : ST_STORE,
		    _("The checkpoints %s cannot be read: %s."), path, strerror(errno));
	s = notes_read(op, f, path, key, list);
	fclose(f);
	return s;
}
