/*
 * service_parent.h - layer 3: parents of children, wherever they live.  Part of
 * service.h by noun; failures as there.
 */
#ifndef TRESEN_SERVICE_PARENT_H
#define TRESEN_SERVICE_PARENT_H

#include "store_parent.h"

/* kind is a name of parent_kinds; at most two who are no guardian. */
MUST_CHECK enum status parent_add(struct op *op, int64_t child, int64_t parent, const char *kind,
                                  const char *source);
/* Takes away what was never right; the history keeps it. */
MUST_CHECK enum status parent_drop(struct op *op, int64_t child, int64_t row,
                                   const char *reason);

#endif
