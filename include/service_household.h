/*
 * service_household.h - layer 3: acts on households, and the small tasks they
 * leave to the units.  Part of service.h by noun.
 */
#ifndef TRESEN_SERVICE_HOUSEHOLD_H
#define TRESEN_SERVICE_HOUSEHOLD_H

#include "service_find.h"
#include "service_merge.h"
#include "store_household.h"

/* ---- households ---- */

/* What a clerk wants; members that an act does not need stay 0. */
struct household_wish {
	enum act act;
	int64_t id, seen;                /* the household and its version seen */
	const int64_t *people;           /* who joins or leaves */
	size_t n_people;
	enum member_role role;           /* of who joins a household that is there */
	int64_t to_household;            /* where who leaves goes, 0: not to one that is there */
	int64_t head, successor;         /* of what begins, of what remains; 0: by rule */
	const struct person_wish *child; /* a birth */
	int64_t mother;
	const char *kind, *street, *postcode, *city; /* where; street NULL: not named */
	int day;                         /* DAY_NONE: today; a birth has its own */
	/* a correction: of what was recorded for day; people: one, or all of that day */
	int right;                       /* the day it was; DAY_NONE: it never was */
	const char *reason;              /* also of a birth: why no double (doubles_look) */
};

/* An act as planned: what was, what will be, which tasks.  The plan points
 * into itself: never copy it. */
struct household_change {
	struct household_act act;
	struct household_plan plan;
	struct home before, there_before; /* as of now; id 0: there is none yet */
	struct person child;             /* of a birth; display NULL otherwise */
	const struct person_wish *wish;  /* of that child */
	int64_t mother;                  /* of that child; 0: not named */
	struct hit *doubles;             /* whom the child's record might double */
	size_t n_doubles;
	struct doubles *passed;          /* whom a reason was given to go past */
	struct planned_task *tasks;
	size_t n_tasks;
};

/* Checks everything and stores nothing: the preview. */
MUST_CHECK enum status household_prepare(struct op *op, const struct household_wish *wish,
                                         struct household_change *change);
/* Does what was prepared in the same op: rows get ids, tasks are opened. */
MUST_CHECK enum status household_carry_out(struct op *op, struct household_change *change);

/* A day as a clerk reads it, in their language. */
const char *day_said(struct op *op, int day);
MUST_CHECK enum status household_show(struct op *op, int64_t id, struct home *home);
/* The one a person lives in on that day; home->id 0: in none. */
MUST_CHECK enum status household_of(struct op *op, int64_t person, int day, struct home *home);

/* ---- tasks ---- */

/* What a closed unit has to do is told to that unit only. */
bool task_rule_in_sight(struct op *op, const struct task_rule *rule);

/* done, drop (with a reason), reopen: by its command.  note may be NULL. */
MUST_CHECK enum status task_settle(struct op *op, const char *command, int64_t id, int64_t seen,
                                   const char *note, struct task *t);
MUST_CHECK enum status task_show(struct op *op, int64_t id, struct task *t);
struct task_wish {
	const char *unit;                /* NULL: the clerk's own; any for one person */
	int64_t person_id, household_id;
	enum task_state state;
	int after_day;
	int64_t after_id;
	int limit;
};
MUST_CHECK enum status task_list(struct op *op, const struct task_wish *wish, struct task **list,
                                 size_t *n);
const struct transition **task_may(struct op *op, const struct task *t);

#endif
