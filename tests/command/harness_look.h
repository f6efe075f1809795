/*
 * harness_look.h - an office, somebody at its counter, and what is kept of the
 * looks at people's files.
 */
#ifndef TRESEN_TEST_HARNESS_LOOK_H
#define TRESEN_TEST_HARNESS_LOOK_H

#include "harness_desk.h"

extern struct office *o;
extern struct desk *d;           /* of front1 */

void looks_begin(void);
/* The office is sound at the end. */
void looks_end(void);

/* How many looks of a kind a command has left at a person. */
int64_t looks(const char *command, const char *kind, int64_t person);
int64_t all_looks(void);
/* A command has left one look at a person, for this purpose. */
void purpose_is(int64_t person, const char *command, const char *purpose);

#endif
