/*
 * log.h - private to admin/: the hashes of an office, for seal.c too.
 */
#ifndef TRESEN_ADMIN_LOG_H
#define TRESEN_ADMIN_LOG_H

#include <stdio.h>

#include "base.h"

/* follow: until nobody reads out any more. */
MUST_CHECK enum status log_print(struct op *op, FILE *out, bool follow);

#endif
