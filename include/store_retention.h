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

/* Is this a class of cases?  An office that has none at all has not loaded them
 * yet: any is known. */
MUST_CHECK enum status store_retention_known(struct op *op, const char *class, bool *known);

/* Terms that no case has: of a person's record, by the last visit, of drafts and
 * replies since they were saved. */
enum retention_term { RETAIN_PERSON, RETAIN_DRAFT, RETAIN_REPLY, RETENTION_TERMS };
extern const char *const retention_terms[RETENTION_TERMS];
/* What lies on that day or before has had its time.  DAY_NONE: an older catalogue
 * has no such term. */
MUST_CHECK enum status store_retention_since(struct op *op, enum retention_term term, int *day);

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
/* All cases that are due and not held.  It takes a second in a large office: not to
 * be asked while others wait. */
MUST_CHECK enum status store_retention_free(struct op *op, int64_t **cases, size_t *n);
/* A run with these cases. */
MUST_CHECK enum status store_retention_propose(struct op *op, const int64_t *cases, size_t n,
                                               int64_t *id);
MUST_CHECK enum status store_retention_settle(struct op *op, int64_t id, const char *state);

/* Its cases are not to go any more. */
MUST_CHECK enum status store_retention_forget(struct op *op, int64_t id);

/* ---- the deletion: erase.c ---- */

/*
 * A deletion goes by parts, a few in each transaction, so that nobody who saves
 * waits long: a part is the file of a person, with those who lived with them and
 * go as well, and goes whole or not at all.  What goes is looked for in a view,
 * while others save; what they have touched since is left and looked for anew.
 * Stopped at any moment it is begun again with what is left.
 */
struct erased {
	int64_t cases, people, visits, rows, events;
	int64_t left;            /* cases of the run that do not go: not due any more, or held */
};
struct erase_plan;

/* To be asked before everything else of a deletion: the connection is for nothing
 * else from then on. */
MUST_CHECK enum status store_erase_prepare(struct op *op);
/* What goes of a run now.  To be freed, also after a failure. */
MUST_CHECK enum status store_erase_plan(struct op *op, int64_t run, struct erase_plan **plan);
void store_erase_free(struct erase_plan *plan);
const struct erased *store_erase_sum(const struct erase_plan *plan);

/*
 * Within a write transaction, whose event tells only how many: deletes parts for
 * some hundredths of a second, with all that hangs on them, drafts, words of
 * search, and every trace of these rows in the changesets of events.
 * ST_CONFLICT: the run is not approved any more.  *more: there are further ones.
 */
MUST_CHECK enum status store_erase_some(struct op *op, struct erase_plan *plan, struct erased *out,
                                        bool *more);
/* How many events were cut for it. */
int64_t store_erase_cut(struct erase_plan *plan);
/* Parts that were left because somebody has worked on them since. */
size_t store_erase_touched(const struct erase_plan *plan);
/* Within a write transaction: the run is done; out: all that went with it, and what
 * of it stays. */
MUST_CHECK enum status store_erase_end(struct op *op, int64_t run, struct erased *out);
/* Drafts and replies that have had their time, in transactions of its own. */
MUST_CHECK enum status store_erase_typed(struct op *op);

/* ---- what is left in the bytes: scrub.c ---- */

/* Has something been deleted since they were last overwritten? */
MUST_CHECK enum status store_scrub_due(struct op *op, bool *due);
/*
 * Overwrites what pages of the file still hold of rows that are gone, and empties
 * the log, while others save.  ST_BUSY: somebody goes on reading an older state.
 */
MUST_CHECK enum status store_scrub(struct op *op, int64_t *pages);
/* Within a write transaction: is it due, or done? */
MUST_CHECK enum status store_scrub_note(struct op *op, bool due);

#endif
