/*
 * rules_task.h - layer 1: the small tasks that an act on a household leaves to
 * the units, as the catalogue (tasks.conf) lists them: whom a task is about,
 * whether its conditions hold, when it is due.  Part of rules.h by noun.
 */
#ifndef TRESEN_RULES_TASK_H
#define TRESEN_RULES_TASK_H

#include "rules_household.h"

#define TASK_STATE_LIST(X)                                                     \
	X(TASK_OPEN, "open", N_("open"))                                       \
	X(TASK_DONE, "done", N_("done"))                                       \
	X(TASK_DROPPED, "dropped", N_("dropped"))

/* Whom a task is about. */
#define ABOUT_LIST(X)                                                          \
	X(ABOUT_EACH, "each")            /* one for everybody who joins or leaves */ \
	X(ABOUT_HOUSEHOLD, "household")  /* the head of the household they live in now */ \
	X(ABOUT_REMAINING, "remaining")  /* the head of those whom they left */ \
	X(ABOUT_MOTHER, "mother")        /* of the child born; else the head */

/* What must be so; several must all be. */
#define CONDITION_LIST(X)                                                      \
	X(IF_MINOR, 0, "minor")          /* the person is, or may be, under 18 */ \
	X(IF_ADULT, 1, "adult")          /* is 18 or older, or it is not known */ \
	X(IF_MINORS, 2, "minors")        /* somebody under 18 lives with the person */ \
	X(IF_FLAT, 3, "flat")            /* the household lives in a flat from then on */ \
	X(IF_SHARED, 4, "shared")                                              \
	X(IF_RECEPTION, 5, "reception")                                        \
	X(IF_INSTITUTION, 6, "institution")

#define TERM_LIST(X)                                                           \
	X(TERM_WORKING_DAYS, "working_days") /* from the day it is recorded */ \
	X(TERM_DAYS, "days")             /* from the day of the act */         \
	X(TERM_MONTHS, "months")         /* from the day of the act */

#define X(id, name, label) id,
enum task_state { TASK_STATE_LIST(X) };
#undef X
#define X(id, name) id,
enum about { ABOUT_LIST(X) };
enum term_unit { TERM_LIST(X) };
#undef X
enum condition {
#define X(id, bit, name) id = 1 << (bit),
	CONDITION_LIST(X)
#undef X
};
extern const struct state_list task_states;
extern const struct workflow task_workflow;

/* Names of tasks.conf, NULL at the end. */
extern const char *const about_names[], *const term_names[], *const condition_names[];
/* A set of conditions from names with blanks between; false: a name is none. */
bool conditions_read(const char *names, unsigned *set);

struct task_rule {
	enum act act;
	const char *key, *unit, *unit_name;
	bool unit_closed;                /* a compartment */
	const char *name_de, *name_en, *basis; /* basis may be NULL */
	enum about about;
	unsigned conditions;
	int term;
	enum term_unit term_unit;
};

struct planned_task {
	const struct task_rule *rule;
	const char *name, *born;         /* of the person it is about */
	int64_t person_id;               /* 0: about to be born */
	const struct home *home;         /* where that person lives then; in the plan */
	int due;
};

struct calendar {
	int today;
	const int *holidays;             /* ascending, from today */
	size_t n_holidays;
};

/*
 * The tasks of an act that has been planned, in the order of the rules.  A
 * term that ends on a day off ends on the next working day (§ 31(3) VwVfG); one
 * that is over already ends today, or on the next working day.
 */
size_t household_tasks(struct arena *mem, const struct household_act *act, int64_t mother,
                       const struct household_plan *plan, const struct task_rule *rules,
                       size_t n_rules, const struct calendar *calendar,
                       struct planned_task **tasks);

#endif
