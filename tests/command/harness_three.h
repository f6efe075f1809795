/*
 * harness_three.h - an office where three sit who see a person differently: the
 * counter, the unit that keeps most of the record, and one that is closed.
 */
#ifndef TRESEN_TEST_HARNESS_THREE_H
#define TRESEN_TEST_HARNESS_THREE_H

#include "harness_desk.h"

extern struct office *three_office;
extern struct desk *front, *res, *soc; /* of front1, res1, soc1 */

void three_sit_down(void);
/* The office is sound at the end. */
void three_leave(void);

#endif
