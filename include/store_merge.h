/*
 * store_merge.h - layer 2: two records of one person: suspected pairs, and
 * links between records.  Part of store.h by noun.  A link moves no row: the
 * linked record keeps its cases, visits and papers, readers look at both.  So
 * it can be undone.
 */
#ifndef TRESEN_STORE_MERGE_H
#define TRESEN_STORE_MERGE_H

#include "store_work.h"

/* ---- suspected pairs ---- */

struct person_pair {
	int64_t first_id, second_id;     /* first < second */
	const char *first_name, *first_born, *second_name, *second_born;
	int score;                       /* 100: certain */
	const char *state;               /* suspected, different, merged */
	const char *reason;              /* why different, or NULL */
	const char *settled_by_name;     /* or NULL */
};

/* Where a page of pairs goes on; score 0: at the start. */
struct pair_place {
	int score;
	int64_t first_id, second_id;
};

/* In either order.  A pair that somebody has looked at stays as it is. */
MUST_CHECK enum status store_pair_suspect(struct op *op, int64_t a, int64_t b, int score);
MUST_CHECK enum status store_pair_settle(struct op *op, int64_t a, int64_t b, const char *state,
                                         const char *reason);
/* pair->first_id 0: never suspected. */
MUST_CHECK enum status store_pair_find(struct op *op, int64_t a, int64_t b,
                                       struct person_pair *pair);
/* Suspected ones, likeliest first; person_id 0: of anybody. */
MUST_CHECK enum status store_pair_list(struct op *op, int64_t person_id,
                                       const struct pair_place *after, int limit,
                                       struct person_pair **list, size_t *n);

/* The next records that stand for themselves, by id. */
MUST_CHECK enum status store_person_ids(struct op *op, int64_t from_id, int count, int64_t **ids,
                                        size_t *n);

/* ---- links ---- */

struct merge {
	int64_t id, version;
	int64_t survivor_id, merged_id;
	const char *survivor_name, *merged_name;
	const char *survivor_born, *merged_born; /* or NULL */
	enum merge_state state;
	const char *choices;             /* JSON: field -> survivor or merged */
	const char *before;              /* JSON: what the link changed, to undo it; NULL: not linked */
	const char *reason;
	int64_t proposed_at, proposed_by;
	const char *proposed_by_name;
	int64_t settled_at;              /* 0 */
	const char *settled_by_name;     /* or NULL */
	int64_t undone_at;               /* 0 */
	const char *undone_by_name, *answer; /* or NULL */
};

MUST_CHECK enum status store_merge_add(struct op *op, struct merge *m);
/* State, before and answer; by and when come from the op and the state. */
MUST_CHECK enum status store_merge_save(struct op *op, struct merge *m);
/* What a link changed, as it is to be undone now. */
MUST_CHECK enum status store_merge_before(struct op *op, int64_t id, const char *before);
/* m->id 0: there is none. */
MUST_CHECK enum status store_merge_find(struct op *op, int64_t id, struct merge *m);
/* The open proposal or the link that holds for a record; m->id 0: none. */
MUST_CHECK enum status store_merge_of(struct op *op, int64_t merged_id, struct merge *m);
/* Newest first; person_id 0: open proposals of anybody. */
MUST_CHECK enum status store_merge_list(struct op *op, int64_t person_id, int64_t after, int limit,
                                        struct merge **list, size_t *n);

/* The record under which this one is read: mostly itself; 0: no such person. */
MUST_CHECK enum status store_person_current(struct op *op, int64_t id, int64_t *current);
/* From now on merged, and whoever stood under it, is read under survivor. */
MUST_CHECK enum status store_person_link(struct op *op, int64_t merged_id, int64_t survivor_id);
/* It stands for itself again, and whoever was linked to it stands under it. */
MUST_CHECK enum status store_person_unlink(struct op *op, int64_t id);

/* ---- what came in after a link ---- */

/* Kinds of rows that hang on a person, in a fixed order: new ones at the end. */
#define PERSON_ROWS 13
#define PERSON_ROW_NAME 2                /* rows of names */
/* The highest id of each kind now: what comes later is above it. */
MUST_CHECK enum status store_person_marks(struct op *op, int64_t marks[PERSON_ROWS]);
struct person_row {
	const char *kind;                /* case, visit, name, ... */
	int64_t id, person_id;           /* the record it hangs on */
	const char *text;
};
/* Rows of the person above the marks. */
MUST_CHECK enum status store_person_rows_since(struct op *op, int64_t person_id,
                                               const int64_t marks[PERSON_ROWS],
                                               struct person_row **list, size_t *n);
/* ST_NOT_FOUND: that record has such a row already. */
MUST_CHECK enum status store_person_row_move(struct op *op, const struct person_row *row,
                                             int64_t to);

#endif
