/*
 * store_deputy.h - layer 2: who acts for whom while they are away.  Part of
 * store.h's file; times end by themselves, by the day of the asking.
 */
#ifndef TRESEN_STORE_DEPUTY_H
#define TRESEN_STORE_DEPUTY_H

#include "store.h"

struct deputy {
	int64_t id;
	int64_t absent_id, deputy_id, made_by;
	const char *absent_login, *absent_name, *deputy_login, *deputy_name, *made_by_name;
	const char *unit, *unit_name;    /* of the absent */
	bool unit_closed;
	int from_day, until_day; /* both included */
	const char *reason;
	int64_t ended_at;        /* 0: not taken back */
};

MUST_CHECK enum status store_deputy_add(struct op *op, struct deputy *d);
/* d->id 0: none. */
MUST_CHECK enum status store_deputy_find(struct op *op, int64_t id, struct deputy *d);
/* Takes it back, as of now. */
MUST_CHECK enum status store_deputy_end(struct op *op, const struct deputy *d);
/* Those that hold today or will, by their first day; unit NULL: all units. */
MUST_CHECK enum status store_deputy_list(struct op *op, const char *unit, struct deputy **list,
                                         size_t *n);

#endif
