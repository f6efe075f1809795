/*
 * store_retention.h - layer 2: which cases have had their time, who proposed
 * and approved that they go, and their going.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_RETENTION_H
#define TRESEN_STORE_RETENTION_H

#include "store.h"

/* ---- the catalogue ---- */

struct retention_rule {
	const char *class, *valid_from, *valid_to, *name_de, *name_en, *basis, *starts;
	const char *term_unit;   /* NULL: no term runs by itself */
	bool certain;
	int amount, position;
};
MUST_CHECK enum status store_retention_rule_put(struct op *op, const struct retention_rule *r);
MUST_CHECK enum status store_retention_service_put(struct op *op, const char *service,
                                                   const char *class);

/* An office that has no class at all has not loaded them yet: any is known. */
MUST_CHECK enum status store_retention_known(struct op *op, const char *class, bool *known);

/* ---- what is due ---- */

/* Due is a case when it and all of its person in the same class are closed and
 * the term has run since the last of them. */
struct retention_case {
	int64_t id;
	int year, number;
	const char *service, *service_name, *class, *class_name, *basis;
	bool certain;
	const char *last_day, *due_day;
	const char *hold_until, *hold_reason; /* NULL: not held */
	bool blocked;            /* its block keeps it, whatever its term */
};
/* By number, those behind after_id. */
MUST_CHECK enum status store_retention_due(struct op *op, int64_t after_id, int limit,
                                           struct retention_case **list, size_t *n);
/* held: of those that are due. */
MUST_CHECK enum status store_retention_counts(struct op *op, int64_t *due, int64_t *held);

/* How many are due in each class, for who may see no case. */
struct retention_sum {
	const char *class, *class_name;
	int64_t due, held;
};
MUST_CHECK enum status store_retention_sums(struct op *op, struct retention_sum **list,
                                            size_t *n);

/* *found false: no such closed case. */
MUST_CHECK enum status store_retention_hold(struct op *op, int64_t case_id, const char *reason,
                                            int until_day, bool *found);

/* ---- runs ---- */

struct retention_run {
	int64_t id;              /* 0: none */
	const char *state, *proposed_by, *settled_by;
	int64_t proposer, proposed_at, settled_at, done_at;
	int64_t cases, people;
};
/* id 0: the newest. */
MUST_CHECK enum status store_retention_run(struct op *op, int64_t id, struct retention_run *run);
/* A run with all cases that are due and not held; *id 0: there are none. */
MUST_CHECK enum status store_retention_propose(struct op *op, int64_t *id);
MUST_CHECK enum status store_retention_settle(struct op *op, int64_t id, const char *state);

/* ---- the deletion: erase.c ---- */

struct erased {
	int64_t cases, people, visits, rows, events;
};
/* To be asked before the write transaction of a deletion: the connection is for
 * nothing else from then on. */
MUST_CHECK enum status store_erase_prepare(struct op *op);
/*
 * Deletes the cases of a run that are still due and not held, with all rows
 * that hang on them, the people of whom nothing is left, their drafts, their
 * words of search, and every trace of these rows in the changesets of events.
 * Within a write transaction, whose event tells only how many.  What is left
 * on free pages and in the log goes with store_scrub.
 */
MUST_CHECK enum status store_erase(struct op *op, int64_t run, struct erased *out);
/* Writes the whole file anew and empties the log.  Everybody who saves waits. */
MUST_CHECK enum status store_scrub(struct op *op);

#endif
