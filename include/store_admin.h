/*
 * store_admin.h - layer 2: what only tresen-admin asks of the office file: is
 * it sound, and writing a great deal at once.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_ADMIN_H
#define TRESEN_STORE_ADMIN_H

#include "store.h"

/* Sentences about what is wrong, in op->mem; the first of each kind only. */
#define FAULTS_MAX 200
#define FAULTS_OF_A_KIND 10
struct faults {
	const char *text[FAULTS_MAX];
	size_t n;                /* sentences */
	int64_t found;           /* faults, also those without a sentence */
	bool blind;              /* tables are not what they were: ask nothing more of the file */
};

/* All of them only read; keep one view over them with db_begin_read. */

/* SQLite's own look at pages and indexes. */
MUST_CHECK enum status store_verify_pages(struct op *op, struct faults *f);
/* Tables, indexes and triggers against those that the schema's steps make. */
MUST_CHECK enum status store_verify_schema(struct op *op, struct faults *f);
/* Rows that point to nothing. */
MUST_CHECK enum status store_verify_references(struct op *op, struct faults *f);
/* Derived counters against what they count. */
MUST_CHECK enum status store_verify_counters(struct op *op, struct faults *f);
/* A case is offered to a unit exactly while a hand-over is open. */
MUST_CHECK enum status store_verify_handovers(struct op *op, struct faults *f);
/* What people are searched by against their names: whatever is found,
 * db_migrate makes it anew. */
MUST_CHECK enum status store_verify_search(struct op *op, struct faults *f);
/* Who lives with whom: no two at once, one head and one residence a day. */
MUST_CHECK enum status store_verify_households(struct op *op, struct faults *f);
/* Looks by reader against the events that tell of them. */
MUST_CHECK enum status store_verify_looks(struct op *op, struct faults *f);
/*
 * Rebuilds the state from the events alone, in a temporary file, and compares
 * every row.  Faults name table, key and column, never a value: whoever runs
 * the check need not see people.
 */
MUST_CHECK enum status store_verify_events(struct op *op, struct faults *f);

/*
 * On: commits do not wait for the disk until it is off again, which makes all
 * of it durable.  Only for a file that nobody uses yet.
 */
MUST_CHECK enum status db_bulk(struct op *op, bool on);
/* Closes op->db and removes the file that was just made: half an office. */
void db_discard(struct op *op, const char *path);

#endif
