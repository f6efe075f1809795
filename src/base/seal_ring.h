/*
 * seal_ring.h - private to base/: keys as seal.c uses them and seal_file.c
 * reads them.
 */
#ifndef TRESEN_BASE_SEAL_RING_H
#define TRESEN_BASE_SEAL_RING_H

#include <sodium.h>

#include "seal.h"

#define SEAL_MARK '\x01'         /* no text of a person holds a control character */
#define SEAL_ID_DIGITS 8
#define SEAL_KEYS_MOST 32
#define SEAL_KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES

struct seal_key {
	char id[SEAL_ID_DIGITS + 1];
	unsigned char whole[SEAL_KEY_BYTES]; /* as in the file; the others are made of it */
	unsigned char text[SEAL_KEY_BYTES];  /* seals texts */
	unsigned char name[SEAL_KEY_BYTES];  /* makes names */
};

/* In memory of its own, which is never swapped and wiped when it is given back. */
struct seal {
	size_t n;
	struct seal_key keys[SEAL_KEYS_MOST];
};

/* ---- seal_file.c ---- */

struct seal *seal_ring_new(void);
/* Fills in all but what stands in the file. */
void seal_key_complete(struct seal_key *key);
/* In groups, for whoever types them off a sheet of paper; and back. */
char *seal_digits(struct arena *mem, const unsigned char bytes[SEAL_KEY_BYTES]);
MUST_CHECK bool seal_digits_read(const char *digits, size_t n, unsigned char bytes[SEAL_KEY_BYTES]);
/* A file that nobody else may read, as text; NULL: *why. */
char *seal_file_text(struct arena *mem, const char *path, const char **why);
/* Makes a key file that is not there yet. */
MUST_CHECK bool seal_file_make(struct arena *mem, const char *path, const struct seal *s,
                               const char **why);

#endif
