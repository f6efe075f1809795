/*
 * store_draft.h - layer 2: what a clerk has typed and not yet handed in: memo.c.
 * The drafts are the actor's own; nobody else sees them.
 */
#ifndef TRESEN_STORE_DRAFT_H
#define TRESEN_STORE_DRAFT_H

#include "store.h"

struct draft {
	const char *key, *body;
	int64_t saved_at;
};
MUST_CHECK enum status store_draft_save(struct op *op, const char *key, const char *body);
/* draft->key NULL: none. */
MUST_CHECK enum status store_draft_find(struct op *op, const char *key, struct draft *draft);
/* Newest first. */
MUST_CHECK enum status store_draft_list(struct op *op, int limit, struct draft **drafts,
                                        size_t *n);
MUST_CHECK enum status store_draft_drop(struct op *op, const char *key);

#endif
