/*
 * erase.h - private to store/: what a deletion takes, and the parts of it that
 * go whole.  erase_choose.c says which rows go, erase_part.c which of them go
 * together, erase_told.c which events tell of them; erase.c lets them go.
 */
#ifndef TRESEN_STORE_ERASE_H
#define TRESEN_STORE_ERASE_H

#include "changeset.h"
#include "retention.h"

/* A column that points to a row of another table. */
struct erase_edge {
	const char *child, *column, *parent;
	int place;               /* of the column in its table */
	bool rowless;            /* rows of child have no number */
	bool takes;              /* rows of child go with that row */
};

struct erase_table {
	const char *name, *keys; /* columns of the primary key, as they stand */
	const char *gone;        /* the condition for rows that go */
	const struct erase_edge *edges;
	size_t n_edges;
	sqlite3_stmt *drop;      /* by its key; NULL: not yet asked for */
};

/* What goes in one transaction or not at all: the file of a person, with those
 * who lived with them and go, too. */
struct erase_part {
	struct erase_row *rows;
	struct erase_told *told;
	int64_t first_seq;       /* the first event that tells of it */
	bool stale;              /* somebody has worked on it since */
	bool going;              /* its rows are gone, its events are next */
};

struct erase_row {
	struct erase_table *table;
	struct slice key;        /* values, as a changeset has them */
	bool goes;               /* else it stays: what happens to it decides */
	struct erase_row *chain; /* of the same bucket */
	struct erase_row *leader; /* towards the one that stands for its part */
	struct erase_part *part;
	struct erase_row *next;  /* of the part */
};

/* An event that tells of a part. */
struct erase_told {
	int64_t seq, bytes;
	bool reason;             /* what was given as one may tell of it, too */
	struct erase_told *next;
};

struct erase_plan {
	struct arena *mem;
	int64_t run;
	struct list edges, tables; /* struct erase_edge, erase_table */
	struct erase_row **buckets;
	size_t n_buckets;
	struct list rows;        /* struct erase_row * */
	struct buffer line;      /* the values at hand */
	struct erase_part **parts; /* in the order in which they go */
	size_t n_parts, next;
	int64_t planned, seen;   /* the last event that the plan knows, and that was looked at */
	struct erased sum;       /* all of it */
	struct list cut;         /* int64_t: events that were, some of them twice */
};

/* ---- erase.c ---- */

/* Up to which day the catalogue says that it has had its time; ST_STORE: it does
 * not say. */
MUST_CHECK enum status erase_since(struct op *op, enum retention_term term, int *day);

/* ---- erase_choose.c ---- */

/* temp.doomed (tbl, id): all that goes; temp.watched: the people it is about. */
MUST_CHECK enum status erase_choose(struct op *op, struct erase_plan *p);

/* ---- erase_part.c ---- */

MUST_CHECK enum status erase_parts_make(struct op *op, struct erase_plan *p);
/* NULL: no such row is in the plan. */
struct erase_row *erase_row_find(const struct erase_plan *p, const char *table, struct slice key);
int64_t erase_row_id(const struct erase_row *row);
/* Is this row among those that are going now, or gone? */
bool erase_goes(const struct erase_plan *p, const char *table, int64_t id);

/* ---- erase_told.c ---- */

/* Which events tell of which part; needs no view: events stay as they are. */
MUST_CHECK enum status erase_told_find(struct op *op, struct erase_plan *p);
/* Marks the parts that somebody has worked on since the plan was made. */
MUST_CHECK enum status erase_told_since(struct op *op, struct erase_plan *p);
/* Adds the events of a part to those that are to be cut (struct erase_told), each
 * once; *bytes grows by those that are new. */
void erase_told_add(struct op *op, const struct erase_part *part, struct list *cuts,
                    int64_t *bytes);
/* Adds to a part what tells of it since the plan was made: somebody has looked at it. */
MUST_CHECK enum status erase_told_lately(struct op *op, const struct erase_plan *p,
                                         struct erase_part *part);
/* Takes the rows of parts that are going out of these events. */
MUST_CHECK enum status erase_told_cut(struct op *op, struct erase_plan *p,
                                      const struct list *cuts);

#endif
