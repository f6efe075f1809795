/*
 * harness_op.h - an op of somebody on an office of its own, on Monday 23
 * November 2026: what each suite of the store begins with.
 */
#ifndef TRESEN_TEST_HARNESS_OP_H
#define TRESEN_TEST_HARNESS_OP_H

#include <check.h>

#include "../screen/harness_office.h"
#include "store.h"

/* A connection of its own.  login NULL: nobody is asking. */
struct op op_open(struct office *office, const char *login);
/* Closes it, unless the test has done so already. */
void op_close(struct op *op);

#endif
