/*
 * service_pin.h - layer 3: the PIN that uncovers a clerk's screen.
 */
#ifndef TRESEN_SERVICE_PIN_H
#define TRESEN_SERVICE_PIN_H

#include "base.h"

/* When a screen that nobody touches is covered, and given up; 0: never, as in a
 * training office, which strangers may look at. */
struct cover {
	int minutes, leave_minutes;
	bool pin;                /* the actor has one */
};
MUST_CHECK enum status pin_cover(struct op *op, struct cover *c);
/* OK when it is the actor's; INVALID with a sentence when not, or when there is none. */
MUST_CHECK enum status pin_check(struct op *op, const char *pin);
/* Before the office lock is taken: may the actor have new, and what will be kept of it. */
MUST_CHECK enum status pin_prepare(struct op *op, const char *new, const char *old,
                                   const char **hash);
/* Keeps what was prepared. */
MUST_CHECK enum status pin_keep(struct op *op, const char *hash);

#endif
