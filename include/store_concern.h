/*
 * store_concern.h - layer 2: what people say when they come, what the counter
 * does then, what it costs.  Part of store.h by noun; texts come in the
 * language of the op.
 */
#ifndef TRESEN_STORE_CONCERN_H
#define TRESEN_STORE_CONCERN_H

#include "store.h"

struct phrase {
	const char *service;     /* code */
	const char *words, *form; /* as people say it; as it is compared */
};
struct fee {
	const char *code, *name, *basis, *minors, *note; /* note or NULL */
	bool counted;            /* has an amount of its own */
	int64_t cents;
	bool waiver;             /* free with benefits, § 53(1) AufenthV */
};

/* All phrases, also of services that are over; *n may be 0. */
MUST_CHECK enum status store_phrase_list(struct op *op, struct phrase **list, size_t *n);
/* What services are called, in all languages; form NULL. */
MUST_CHECK enum status store_service_names(struct op *op, struct phrase **list, size_t *n);
/* Sorted, as they are compared. */
MUST_CHECK enum status store_filler_list(struct op *op, const char ***list, size_t *n);
/* *act and *advice NULL: the catalogue says nothing. */
MUST_CHECK enum status store_advice_find(struct op *op, const char *service, const char **act,
                                         const char **advice);
/* Fees of a service that hold today, in order. */
MUST_CHECK enum status store_fee_list(struct op *op, const char *service, struct fee **list,
                                      size_t *n);

/* ---- loading: tresen-admin ---- */

struct fee_row {
	const char *code, *valid_from, *valid_to, *name_de, *name_en, *basis, *minors;
	const char *note_de, *note_en; /* or NULL */
	const int64_t *cents;    /* NULL: a share of another fee */
	bool waiver;
	int position;
};

/* Is there a service of this code, at any time, of any unit? */
MUST_CHECK enum status store_service_known(struct op *op, const char *code, bool *known);
/* Empties phrases, advice and fillers, before they are put. */
MUST_CHECK enum status store_concern_clear(struct op *op);
/* *fresh false: the service has its advice already. */
MUST_CHECK enum status store_advice_put(struct op *op, const char *service, const char *act,
                                        const char *do_de, const char *do_en, bool *fresh);
MUST_CHECK enum status store_phrase_put(struct op *op, const struct phrase *p,
                                        const char *language, int position);
MUST_CHECK enum status store_filler_put(struct op *op, const char *form);
/* Empties fees and where they are shown. */
MUST_CHECK enum status store_fee_clear(struct op *op);
/* *fresh false: this code stands there from the same day on. */
MUST_CHECK enum status store_fee_put(struct op *op, const struct fee_row *row, bool *fresh);
MUST_CHECK enum status store_service_fee_put(struct op *op, const char *service, const char *fee);

#endif
