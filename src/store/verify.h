/*
 * verify.h - private to store/: what verify.c and replay.c share.
 */
#ifndef TRESEN_STORE_VERIFY_H
#define TRESEN_STORE_VERIFY_H

#include "db.h"
#include "store_admin.h"

/* Counts a fault and keeps its sentence while there are few of its kind. */
void fault_add(struct op *op, struct faults *f, int64_t *of_kind, const char *format, ...)
    PRINTF(4, 5);

#endif
