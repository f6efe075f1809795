/*
 * service_retention.h - layer 3: the deletion of what has had its time, by two
 * people.  Part of service.h by noun.
 */
#ifndef TRESEN_SERVICE_RETENTION_H
#define TRESEN_SERVICE_RETENTION_H

#include "store_retention.h"

/* Keeps a closed case until a day, that day included, for a reason. */
MUST_CHECK enum status retention_hold(struct op *op, int64_t case_id, const char *reason, int until);
/* With these cases, see store_retention_free; only one run is open at a time. */
MUST_CHECK enum status retention_propose(struct op *op, const int64_t *cases, size_t n,
                                         struct retention_run *run);
/* id 0: the newest one; run->id 0: there is none. */
MUST_CHECK enum status retention_show(struct op *op, int64_t id, struct retention_run *run);
/* By somebody else than who proposed it. */
MUST_CHECK enum status retention_approve(struct op *op, int64_t id, struct retention_run *run);
/* Until it is done. */
MUST_CHECK enum status retention_withdraw(struct op *op, int64_t id, struct retention_run *run);

#endif
