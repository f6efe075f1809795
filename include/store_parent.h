/*
 * store_parent.h - layer 2: parents of children.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_PARENT_H
#define TRESEN_STORE_PARENT_H

#include "store.h"

/* A parent as the child's record shows them, or a child as the parent's does. */
struct relative {
	int64_t row;
	int64_t id;                      /* of the record they are read under */
	const char *name, *born, *kind;  /* born may be NULL; kind: what the parent is */
	const char *source;              /* or NULL */
};
/* Of a person and of the records linked to it. */
MUST_CHECK enum status store_parent_list(struct op *op, int64_t child, struct relative **list,
                                         size_t *n);
MUST_CHECK enum status store_child_list(struct op *op, int64_t parent, struct relative **list,
                                        size_t *n);
MUST_CHECK enum status store_parent_add(struct op *op, int64_t child, int64_t parent,
                                        const char *kind, const char *source);
MUST_CHECK enum status store_parent_drop(struct op *op, const struct relative *r, int64_t child);

#endif
