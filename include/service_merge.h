/*
 * service_merge.h - layer 3: one person, two records.  Part of service.h by
 * noun.  Nothing is ever merged by the program: a clerk proposes, somebody
 * else approves, and what was linked can be parted again with everything that
 * came in since (domain: names, section 8).
 */
#ifndef TRESEN_SERVICE_MERGE_H
#define TRESEN_SERVICE_MERGE_H

#include "service.h"
#include "service_find.h"
#include "store_merge.h"

/* ---- before there are two ---- */

/* Records that a new one may be a double of, best first. */
struct doubles {
	struct hit *list;
	size_t n;
	const char *reason;              /* for going past them; NULL: none was given */
};
/*
 * Looks for them; takes long, so not under the office lock.  ST_INVALID on the
 * field reason when one is so like that going past it needs a reason: the list
 * is filled then, too.
 */
MUST_CHECK enum status doubles_look(struct op *op, const struct person_wish *wish,
                                    const char *reason, struct doubles *d);
/* The record has been made: it is somebody else than those gone past with a
 * reason, the others are suspected. */
MUST_CHECK enum status doubles_note(struct op *op, int64_t person, const struct doubles *d);
/* Compares a stretch of the register with all of it.  next_id: where to go on;
 * 0: that was the end. */
struct double_pair {
	int64_t a, b;
	int score;
};
MUST_CHECK enum status doubles_search(struct op *op, int64_t from_id, int count,
                                      struct double_pair **list, size_t *n, int64_t *next_id);

/* ---- two records ---- */

/* Suspected pairs, likeliest first; person_id 0: of the whole register. */
MUST_CHECK enum status pair_list(struct op *op, int64_t person_id, const struct pair_place *after,
                                 int limit, struct person_pair **list, size_t *n);
/* Two people after all: the hint does not come back. */
MUST_CHECK enum status pair_different(struct op *op, int64_t a, int64_t b, const char *reason,
                                      struct person_pair *pair);

/* What two records may both say, and one of them is right. */
struct merge_field {
	const char *field;               /* name, born, sex, nationality, lock */
	const char *label;
	const char *survivor, *merged;   /* in words; "" where nothing is said */
	bool take_merged;                /* chosen: the value of the record that goes under */
	bool fixed;                      /* by rule: nobody chooses */
};
struct merge_wish {
	int64_t survivor_id, merged_id;
	const json_t *choices;           /* field -> "survivor" or "merged"; NULL or none for a
	                          * field: the survivor, if it says anything */
	const char *reason;
};
/* Checks all but the reason and stores nothing: the preview.  m->id is 0. */
MUST_CHECK enum status merge_prepare(struct op *op, const struct merge_wish *wish,
                                     struct merge *m);
MUST_CHECK enum status merge_propose(struct op *op, const struct merge_wish *wish,
                                     struct merge *m);
/*
 * merge.approve, merge.refuse, merge.undo by their command.  assign, for undo:
 * kind -> ids of the rows that came in later and belong to the record that was
 * linked; the others stay with the survivor.  seen, for approve, or NULL: what
 * merge_seen said when both records were shown.
 */
struct merge_answer {
	const char *reason, *seen;
	const json_t *assign;
};
MUST_CHECK enum status merge_settle(struct op *op, const char *command, int64_t id,
                                    const struct merge_answer *answer, struct merge *m);
/* In which version both records are now, as an opaque text. */
MUST_CHECK enum status merge_seen(struct op *op, const struct merge *m, const char **seen);
MUST_CHECK enum status merge_show(struct op *op, int64_t id, struct merge *m);
/* Of a person, or 0: those that wait for approval. */
MUST_CHECK enum status merge_list(struct op *op, int64_t person, int64_t after, int limit,
                                  struct merge **list, size_t *n);
MUST_CHECK enum status merge_fields(struct op *op, const struct merge *m,
                                    struct merge_field **list, size_t *n);
/* What came in under the survivor since the link. */
MUST_CHECK enum status merge_later(struct op *op, const struct merge *m, struct person_row **list,
                                   size_t *n);
const struct transition **merge_may(struct op *op, const struct merge *m);

#endif
