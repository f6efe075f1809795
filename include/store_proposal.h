/*
 * store_proposal.h - layer 2: who keeps which field of a person's record, and
 * changes that others propose.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_PROPOSAL_H
#define TRESEN_STORE_PROPOSAL_H

#include "store_catalogue.h"
#include "store_person.h"

/* Units that keep a field, in order; none: the table does not name it. */
MUST_CHECK enum status store_owner_list(struct op *op, const char *field, struct unit **list,
                                        size_t *n);
/* tresen-admin catalogue */
MUST_CHECK enum status store_owner_clear(struct op *op, const char *field);
MUST_CHECK enum status store_owner_put(struct op *op, const char *field, const char *unit);

struct proposal {
	int64_t id, version, person_id;
	const char *person_name, *person_born;
	bool person_locked;                      /* against disclosure */
	const char *person_unit;                 /* where that record was made, or NULL */
	int64_t person_created_at;
	const char *field, *before, *after;      /* values may be NULL: none */
	const char *reason;
	const char *unit, *unit_name;            /* that proposes */
	enum proposal_state state;
	int64_t proposed_at, settled_at;         /* 0: not yet */
	int64_t proposed_by;
	const char *proposed_by_name, *settled_by_name;
	const char *answer;                      /* why refused, or NULL */
};
MUST_CHECK enum status store_proposal_add(struct op *op, struct proposal *p);
/* State and answer; settled now, by the actor. */
MUST_CHECK enum status store_proposal_settle(struct op *op, struct proposal *p);
/* p->id 0: no such proposal. */
MUST_CHECK enum status store_proposal_find(struct op *op, int64_t id, struct proposal *p);
/* Of a person, newest first: open and settled. */
MUST_CHECK enum status store_proposal_by_person(struct op *op, int64_t person, int limit,
                                                struct proposal **list, size_t *n);
/* Open ones, oldest first, after the id last seen: all that wait for a unit
 * (incoming), or those that it has made. */
MUST_CHECK enum status store_proposal_open(struct op *op, const char *unit, bool incoming,
                                           int64_t after, int limit, struct proposal **list,
                                           size_t *n);

#endif
