/*
 * service_deputy.h - layer 3: acting for a colleague who is away.  A stand-in
 * sees and does the work of the absent within the unit; lends no role and is
 * no second pair of eyes.
 */
#ifndef TRESEN_SERVICE_DEPUTY_H
#define TRESEN_SERVICE_DEPUTY_H

#include "store_deputy.h"

struct deputy_wish {
	const char *absent;      /* login; NULL: the actor */
	const char *deputy;      /* login */
	int from_day, until_day; /* from_day DAY_NONE: today */
	const char *reason;
};
MUST_CHECK enum status deputy_make(struct op *op, const struct deputy_wish *wish,
                                   struct deputy *d);
/* Ends today, before its day. */
MUST_CHECK enum status deputy_end(struct op *op, int64_t id, struct deputy *d);
/* Of the units that the actor may look into. */
MUST_CHECK enum status deputy_list(struct op *op, struct deputy **list, size_t *n);
/* May the actor take it back? */
bool deputy_may_end(struct op *op, const struct deputy *d);
/* Is its reason for the actor: the two, and their supervisor? */
bool deputy_reason_shown(struct op *op, const struct deputy *d);
/* Does it hold today? */
bool deputy_holds(struct op *op, const struct deputy *d);

#endif
