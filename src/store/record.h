/*
 * record.h - private to store/: what a transaction changes in the state
 * tables, as a changeset.
 */
#ifndef TRESEN_STORE_RECORD_H
#define TRESEN_STORE_RECORD_H

#include "db.h"

struct recorder;

/* Listens to every change on the connection from now on. */
struct recorder *record_new(sqlite3 *sqlite);
void record_free(struct recorder *r);
/* Forgets what it has; keeps what changes from here on until record_stop. */
void record_start(struct recorder *r);
void record_stop(struct recorder *r);
/* Which schema that was: another number after any change of it; 0: not known. */
int record_schema(const struct recorder *r);
/* What changes meanwhile is in no event: rows that no event may tell of. */
void record_pause(struct recorder *r, bool pause);
/* A statement failed half way: SQLite has undone changes that are kept here. */
void record_spoil(struct recorder *r);
/*
 * What changed since record_start, valid until the next one; *n 0: nothing.
 * False when that is not known.
 */
MUST_CHECK bool record_take(struct recorder *r, const void **bytes, size_t *n);

#endif
