/*
 * household.h - private to service/: what acts on households and corrections
 * of them share.
 */
#ifndef TRESEN_SERVICE_HOUSEHOLD_INSIDE_H
#define TRESEN_SERVICE_HOUSEHOLD_INSIDE_H

#include "guard.h"
#include "service_household.h"

/* household.c: refusals name field. */
MUST_CHECK enum status load_home(struct op *op, const char *field, int64_t id, struct home *home);
MUST_CHECK enum status load_mover(struct op *op, int64_t id, struct mover *m);
bool is_named(const struct mover *list, size_t n, int64_t id);
struct home copy_home(struct op *op, const struct home *home);
/* Within the days that may be recorded today. */
MUST_CHECK enum status check_day(struct op *op, const char *field, int day);
/* Were all of them born on that day? */
MUST_CHECK enum status check_born(struct op *op, const struct household_act *act,
                                  const char *field, int day);

/* household_mend.c: whom a correction is about, and the household at the other end. */
MUST_CHECK enum status prepare_correction(struct op *op, const struct household_wish *wish,
                                          struct household_change *c);
enum status refuse_correction(struct op *op, enum plan_refusal r, const char *since);

#endif
