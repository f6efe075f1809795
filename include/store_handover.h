/*
 * store_handover.h - layer 2: cases that one unit offers to another.  Part of
 * store.h by noun; the conventions of store_work.h hold here too.
 */
#ifndef TRESEN_STORE_HANDOVER_H
#define TRESEN_STORE_HANDOVER_H

#include "store_work.h"

struct handover {
	int64_t id, version, case_id;
	const char *from, *from_name, *to, *to_name;
	enum handover_state state;
	const char *reason, *missing;    /* missing: keys, blank between */
	const char *missing_names;       /* as the case words them, a line each; or NULL */
	int64_t offered_at, offered_by;
	const char *offered_by_name;
	int due_day;
	int64_t settled_at, settled_by;  /* 0 */
	const char *settled_by_name, *answer;
};
MUST_CHECK enum status store_handover_add(struct op *op, struct handover *h);
MUST_CHECK enum status store_handover_save(struct op *op, struct handover *h);
MUST_CHECK enum status store_handover_find(struct op *op, int64_t id, struct handover *h);
/* The newest of a case; h->id 0: none. */
MUST_CHECK enum status store_handover_of_case(struct op *op, int64_t case_id, struct handover *h);
/* Open ones to or from a unit, by day due, urgent cases first; before all of
 * those from it what came back.  after: id of the last one seen. */
MUST_CHECK enum status store_handover_list(struct op *op, const char *unit, bool incoming,
                                           int64_t after, int limit, struct handover **list,
                                           size_t *n);
/* How many of a unit were sent back to it and still lie there, due since a day. */
MUST_CHECK enum status store_handover_came_back(struct op *op, const char *unit, int since,
                                                int64_t *n);

#endif
