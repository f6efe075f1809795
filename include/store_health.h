/*
 * store_health.h - layer 2: figures of the office file that cost nothing to
 * ask for.  tresen-admin check looks at everything, and takes its time.
 */
#ifndef TRESEN_STORE_HEALTH_H
#define TRESEN_STORE_HEALTH_H

#include "store.h"

struct health {
	int64_t file_bytes, unused_bytes, log_bytes, disk_free_bytes;
	int64_t schema, events, last_event_at; /* events: number of the newest */
	int64_t accounts, without_user;  /* active; those without a unix user */
	int64_t drafts, oldest_draft_at; /* 0: none */
	bool unchained;          /* the oldest events do not hang together yet */
};
MUST_CHECK enum status store_health(struct op *op, struct health *h);

#endif
