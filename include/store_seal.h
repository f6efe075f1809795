/*
 * store_seal.h - layer 2: the key to what is entrusted to closed units.  Part of
 * store.h by noun.
 */
#ifndef TRESEN_STORE_SEAL_H
#define TRESEN_STORE_SEAL_H

#include "store.h"

/* Of an office file: where its key lies in an office of one user. */
#define KEY_BESIDE "%s-key"

/*
 * From now on this connection seals and opens, with the keys of this file: they
 * must be those of the office (office setting seal_key names the one that
 * seals).  Whoever has no key writes no entrusted text: the engine sees to it.
 */
MUST_CHECK enum status db_unlock(struct arena *mem, struct db *db, const char *path,
                                 const char **why);
bool db_has_key(const struct db *db);

#endif
