/*
 * place.h - private to store/: the files of an office and their names.
 */
#ifndef TRESEN_STORE_PLACE_H
#define TRESEN_STORE_PLACE_H

#include "db.h"

/* The name of path for SQLite: no links among its folders, no URI; the
 * caller's.  NULL: there is no such folder. */
char *place_name(const char *path);

/* Notes which log and index were opened with the file.  False: something was
 * exchanged at this moment. */
MUST_CHECK bool place_note(struct db *db);
/* Are file, log and index still those? */
bool place_is_same(const struct db *db);
/* They are not: saves what can be saved, and says what became of it.  With the
 * office lock; the session must end. */
MUST_CHECK enum status place_refuse(struct op *op);

#endif
