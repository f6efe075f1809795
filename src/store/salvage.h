/*
 * salvage.h - private to store/: what salvage.c and salvage_read.c share.
 */
#ifndef TRESEN_STORE_SALVAGE_H
#define TRESEN_STORE_SALVAGE_H

#include "db.h"
#include "store_copy.h"

struct salvage {
	struct op *op;           /* op->db: the new file */
	sqlite3 *from;           /* the damaged one */
	struct salvaged *out;
	sqlite3_stmt *put, *same; /* of the table at hand, into the new file */
	int64_t last_event;
};

struct table {
	const char *name;
	const char *names;       /* of the columns that both files have */
	const char *key;         /* those of the primary key */
	const char *number;      /* the whole number its rows lie in the order of, or NULL */
	int columns;
	int64_t losses;          /* how often reading stopped */
};

/* Reads what can be read of a table; take is handed each row: column 0 is its
 * number, the columns of t->names follow. */
typedef void row_taker(struct salvage *s, const struct table *t, sqlite3_stmt *q);
void salvage_table(struct salvage *s, struct table *t, row_taker *take);

#endif
