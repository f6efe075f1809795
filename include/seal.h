/*
 * seal.h - layer 0: texts that only the holder of a key can read, by libsodium
 * (XChaCha20-Poly1305).  A sealed text is bound to its place: table, column and
 * row are authenticated with it, so that nobody moves one to another row.
 */
#ifndef TRESEN_SEAL_H
#define TRESEN_SEAL_H

#include "base.h"

/* The keys of one file: the first one seals, all of them open. */
struct seal;

/*
 * A key file is text: comments, and a line a key, its id and then 64 digits in
 * groups.  It may be open to nobody but its owner, who is the user of this
 * process (root may read any).  NULL: *why, in mem, says what to do.
 */
struct seal *seal_read(struct arena *mem, const char *path, const char **why);
/* Puts a new key on top of the file, or makes the file (mode 0400).  False: *why. */
MUST_CHECK bool seal_add_key(struct arena *mem, const char *path, const char **why);
void seal_free(struct seal *s);
/* Of the key that seals: eight digits, no secret. */
const char *seal_id(const struct seal *s);
/* The file's text as it is to lie in a safe. */
char *seal_paper(const struct seal *s, struct arena *mem);

#define SEAL_PARTS_MOST 9
/*
 * The texts of n files (2 to 9), NULL behind them, that together make the key file
 * again; fewer tell nothing of the keys.
 */
char *const *seal_split(const struct seal *s, struct arena *mem, int n);
/* Makes the key file of all its parts, whose files are named; NULL at the end. */
MUST_CHECK bool seal_join(struct arena *mem, const char *const *parts, const char *path,
                          const char **why);

/* Where a text stands.  key: of the row, parts joined by blanks. */
struct seal_place {
	const char *table, *column, *key;
};

/* Does this text stand sealed?  No text of a person begins as one. */
bool seal_is(const char *text);
/* Texts of nearly one length become the same length. */
char *seal_text(const struct seal *s, struct arena *mem, const struct seal_place *at,
                const char *text);
/* NULL: none of the keys has sealed it, or not for this place. */
char *unseal_text(const struct seal *s, struct arena *mem, const struct seal_place *at,
                const char *sealed);
/* What stands for a word in the key of a row: always the same for one word at one
 * place, and nobody without the key can tell which word. */
char *seal_name(const struct seal *s, struct arena *mem, const struct seal_place *at,
                const char *word);

#endif
