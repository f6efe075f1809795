/*
 * checkpoint.h - private to admin/: what was sealed and when, as a signed note
 * that anybody can read and check: tresen-checkpoint(5).
 */
#ifndef TRESEN_ADMIN_CHECKPOINT_H
#define TRESEN_ADMIN_CHECKPOINT_H

#include "base.h"
#include "tree.h"

#define SEAL_NAME "tresen-seal"  /* of every key, before its number */
#define SEAL_SECRET "PRIVATE+KEY+" /* begins the file of a secret one */
#define SEAL_EVENTS 100          /* sealed after so many, */
#define SEAL_SECONDS 300         /* or when the first of them is so old */

struct sign_key {
	unsigned char secret[64], public[32];
};
/* A key as text: public names it, bytes are public or the seed of the secret one. */
const char *sign_key_text(struct arena *mem, const unsigned char public[32],
                          const unsigned char bytes[32]);
/* The file of a secret key, that only its owner may read; or of a public one. */
MUST_CHECK enum status sign_key_read(struct op *op, const char *path, bool secret,
                                     struct sign_key *key);

struct checkpoint {
	const char *origin;      /* which office: "tresen/" and the first hash's beginning */
	int64_t size, at;        /* events, and when it was sealed */
	unsigned char root[TREE_HASH];
	bool forged;             /* the signature is not that of the key */
	const char *file;        /* where it was read */
};

const char *checkpoint_origin(struct arena *mem, const unsigned char first[TREE_HASH]);
/* The signed note. */
const char *checkpoint_note(struct arena *mem, const struct checkpoint *c,
                            const struct sign_key *key);

struct checkpoints {
	struct checkpoint *at;
	size_t n, room;
};
/* Appends those of a file; key NULL: signatures are not checked.  ST_NOT_FOUND:
 * there is no such file. */
MUST_CHECK enum status checkpoints_read(struct op *op, const char *path,
                                        const struct sign_key *key, struct checkpoints *list);

#endif
