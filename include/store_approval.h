/*
 * store_approval.h - layer 2: decisions to which a second person says yes.
 * Part of store.h by noun; the conventions of store_work.h hold here too.
 */
#ifndef TRESEN_STORE_APPROVAL_H
#define TRESEN_STORE_APPROVAL_H

#include "store_work.h"

/* Which results of a service need a second person. */
struct approval_rule {
	const char *result;              /* name */
	const char *field;               /* an amount of its form; NULL: always */
	int64_t above_cents;             /* ... only above this, or where it is not known */
	const char *name_de, *name_en, *basis;
	bool certain;                    /* by statute, not by the house */
};
/* rule->result NULL: none. */
MUST_CHECK enum status store_approval_find(struct op *op, int64_t service_id, enum result result,
                                           struct approval_rule *rule);
/* For the catalogue: all rules of a service (code and first day) anew. */
MUST_CHECK enum status store_approval_clear(struct op *op, const char *code,
                                            const char *valid_from);
MUST_CHECK enum status store_approval_put(struct op *op, const char *code, const char *valid_from,
                                          const struct approval_rule *rule);
/* Services whose rules name a field, with their forms: code, form, field. */
struct approval_field {
	const char *service, *form, *field;
};
MUST_CHECK enum status store_approval_fields(struct op *op, struct approval_field **list,
                                             size_t *n);

#endif
