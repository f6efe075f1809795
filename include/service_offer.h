/*
 * service_offer.h - layer 3: what the office offers: a service with all that
 * the counter needs to know, found by what people say.  Part of service.h by
 * noun.
 */
#ifndef TRESEN_SERVICE_OFFER_H
#define TRESEN_SERVICE_OFFER_H

#include "store_catalogue.h"
#include "store_concern.h"

struct offer {
	struct service service;
	const char *act;         /* finish take_in appointment route */
	const char *advice;      /* one line for the counter; NULL: none */
	struct paper *papers;
	size_t n_papers;
	struct fee *fees;
	size_t n_fees;
	int score;               /* of a search, 100: exactly what was said; else 0 */
	const char *why;         /* of a search: why it was found; else NULL */
};

/* All that can be asked for today, in order. */
MUST_CHECK enum status offer_list(struct op *op, struct offer **list, size_t *n);
/* ST_NOT_FOUND also for a service of a unit that is switched off. */
MUST_CHECK enum status offer_show(struct op *op, const char *code, struct offer *offer);
/* What may be meant by everyday words, the likeliest first; *n may be 0. */
MUST_CHECK enum status offer_find(struct op *op, const char *text, int limit, struct offer **list,
                                  size_t *n);

#endif
