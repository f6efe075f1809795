/*
 * household_plan.h - private to rules/: the plan of a correction, which has a
 * file of its own beside those of the acts.
 */
#ifndef TRESEN_RULES_HOUSEHOLD_PLAN_H
#define TRESEN_RULES_HOUSEHOLD_PLAN_H

#include "rules_household.h"

enum plan_refusal plan_correction(struct arena *mem, const struct household_act *act,
                                  struct household_plan *plan);

#endif
