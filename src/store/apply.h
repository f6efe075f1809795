/*
 * apply.h - private to store/: changesets carried out on a file.
 */
#ifndef TRESEN_STORE_APPLY_H
#define TRESEN_STORE_APPLY_H

#include "changeset.h"

/*
 * Told of each change that does not fit what stands in the file, by its table.
 * It is carried out all the same where a row of that key lets it.
 */
typedef void apply_misfit(void *data, const char *table);

/* Carries changesets out on file, in which nobody else changes anything. */
struct applier *apply_new(sqlite3 *file, apply_misfit *misfit, void *data);
void apply_free(struct applier *a);

/*
 * Carries out a sound changeset.  Changes of tables that the file does not have
 * any more are passed over.  A code of SQLite's: SQLITE_OK, or why it cannot be
 * written.
 */
MUST_CHECK int apply_changeset(struct applier *a, const void *bytes, size_t n);

#endif
