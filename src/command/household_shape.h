/*
 * household_shape.h - private to command/: households, plans and tasks in JSON.
 */
#ifndef TRESEN_COMMAND_HOUSEHOLD_SHAPE_H
#define TRESEN_COMMAND_HOUSEHOLD_SHAPE_H

#include "service_household.h"
#include "shape.h"

/* A household as of a day, with its open tasks; home->id 0: null. */
MUST_CHECK enum status shape_home(struct op *op, const struct home *home, int day, json_t **out);
/* What an act changes, before or after it has been stored. */
json_t *shape_plan(struct op *op, const struct household_change *c, bool stored);
/* Where a person has lived, and tasks about them, for the person's own package:
 * "households" and "tasks".  Nobody else is named in it. */
MUST_CHECK enum status put_lived(struct op *op, int64_t person, json_t *package);
/* Does somebody whose address may not become known live in one of them? */
bool lived_shields(const json_t *package);
/* Where the person lives today, in one line of a record: "household". */
MUST_CHECK enum status put_home(struct op *op, int64_t person, json_t *o);
json_t *shape_task(struct op *op, const struct task *t);

/* {id, name, born}; id 0: null. */
json_t *shape_who(int64_t id, const char *name, const char *born);
json_t *shape_dwelling(const struct dwelling *d);
/* Members on the day: the head first, then by their role. */
json_t *shape_members(const struct home *h, int day);

#endif
