/*
 * service_visit.h - layer 3: the counter: who has come, who is next, who is
 * being served.  Part of service.h by noun, which includes it; its conventions
 * hold here too.
 */
#ifndef TRESEN_SERVICE_VISIT_H
#define TRESEN_SERVICE_VISIT_H

#include "store_work.h"

struct visit_wish {
	const char *concern;     /* a service's code, or words */
	int64_t person_id;       /* 0: not known yet */
	const char *language, *note, *lane, *reason; /* or NULL */
	const int *people;       /* NULL: one */
};
/* A person has come: draws the next ticket of the clerk's site. */
MUST_CHECK enum status visit_new(struct op *op, const struct visit_wish *wish, struct visit *v);
/* Calls whoever is next; ST_NOT_FOUND when nobody waits.  counter NULL: where
 * the clerk usually sits. */
MUST_CHECK enum status visit_next(struct op *op, const char *counter, struct visit *v);
/* Any step of visit_workflow by its command.  outcome: for visit.finish. */
MUST_CHECK enum status visit_step(struct op *op, const char *command, int64_t id, int64_t seen,
                                  const char *outcome, struct visit *v);
/* Somebody left over from an earlier day has come again: that visit ends, and
 * another begins with a new ticket, as of now. */
MUST_CHECK enum status visit_readmit(struct op *op, int64_t id, int64_t seen, struct visit *v);
/* Still open although its day is over. */
bool visit_is_earlier(struct op *op, const struct visit *v);
struct visit_edit {
	int64_t person_id, case_id; /* 0: as it is */
	const char *language, *note; /* NULL: as it is */
	const int *people;       /* NULL: as it is */
};
MUST_CHECK enum status visit_change(struct op *op, int64_t id, int64_t seen,
                                    const struct visit_edit *edit, struct visit *v);
/* The counter knows what everybody came for: NULL.  Others do not learn who
 * came to a closed unit: the unit they read for. */
const char *visit_reader(struct op *op);
/* The case it led to; 0: none, or a file of a closed unit that is not theirs. */
int64_t visit_case(struct op *op, const struct visit *v);
/* Takes out of a copy that is to be shown whom it is about, where their record is
 * kept from the actor: a ticket waits in line all the same. */
void visit_mask(struct op *op, struct visit *v);
MUST_CHECK enum status visit_show(struct op *op, int64_t id, struct visit *v);
/* "A018" */
char *visit_ticket(struct op *op, const struct visit *v);
/* state -1: everyone still here, in the order of their calling; last, whoever
 * is left over from earlier days. */
MUST_CHECK enum status visit_room(struct op *op, int state, int64_t after, int limit,
                                  struct visit **list, size_t *n);
struct room {
	struct room_counts counts;
	int longest_minutes, limit_minutes, estimate_low, estimate_high;
	int64_t ready;           /* decided cases that lie here */
	int64_t came_back;       /* hand-overs of the own unit that were sent back to it */
};
MUST_CHECK enum status room_state(struct op *op, struct room *room);
/* Why somebody stands where they stand; first: nobody waits longer. */
MUST_CHECK enum status visit_reason(struct op *op, const struct visit *v, bool first,
                                    const char **why);
/* Transitions open to this clerk now; ends with NULL. */
const struct transition **visit_may(struct op *op, const struct visit *v);

#endif
