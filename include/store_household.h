/*
 * store_household.h - layer 2: households and the tasks they open.  Part of
 * store.h by noun.  Rows themselves are in rules_household.h.
 */
#ifndef TRESEN_STORE_HOUSEHOLD_H
#define TRESEN_STORE_HOUSEHOLD_H

#include "rules_task.h"
#include "store.h"

/* ---- households ---- */

/* All periods, oldest first; home->id 0: no such household. */
MUST_CHECK enum status store_home_find(struct op *op, int64_t id, struct home *home);
/* The household somebody lives in on a day; *id 0: none. */
MUST_CHECK enum status store_home_of(struct op *op, int64_t person, int day, int64_t *id);
/* Every period of a person, in whatever household. */
MUST_CHECK enum status store_stay_list(struct op *op, int64_t person, struct stay **list,
                                       size_t *n);
/* Writes the marked rows and the household itself, gives ids to what is new,
 * adds 1 to version, touches the household and the people concerned; a household
 * of which a correction has left nothing is deleted (home->id is 0 then). */
MUST_CHECK enum status store_home_save(struct op *op, struct home *home);
/* Rows that a correction takes out: of all households concerned, before any of
 * them is saved. */
MUST_CHECK enum status store_home_take_out(struct op *op, const struct home *home);

/* ---- tasks ---- */

struct task {
	int64_t id, version;
	const char *unit, *unit_name;
	bool unit_closed;                /* a compartment */
	const char *kind, *name, *basis; /* basis may be NULL */
	const char *name_de, *name_en;   /* to be written */
	int64_t person_id, household_id; /* household_id 0: none */
	const char *person_name, *person_born;
	int due_day;
	enum task_state state;
	const char *note;                /* or NULL */
	int64_t opened_at, changed_at, changed_by;
	const char *opened_by_name, *changed_by_name;
};

/* The rules valid on a day, of active units, in order. */
MUST_CHECK enum status store_task_rules(struct op *op, enum act act, int day,
                                        struct task_rule **rules, size_t *n);
MUST_CHECK enum status store_task_add(struct op *op, struct task *t);
MUST_CHECK enum status store_task_save(struct op *op, struct task *t);
/* t->id 0: no such task. */
MUST_CHECK enum status store_task_find(struct op *op, int64_t id, struct task *t);

/* By due day.  Those of a closed unit only for that unit, of a unit that is
 * switched off for nobody. */
struct task_filter {
	const char *unit;                /* NULL: any, but then person or household */
	int64_t person_id, household_id; /* 0: any */
	enum task_state state;
	int after_day;                   /* the last row seen; after_id 0: from the start */
	int64_t after_id;
	int limit;
};
MUST_CHECK enum status store_task_page(struct op *op, const struct task_filter *f,
                                       struct task **list, size_t *n);
/* Open ones of a unit, and how many of them were due before today. */
MUST_CHECK enum status store_task_counts(struct op *op, const char *unit, int64_t *open,
                                         int64_t *late);

/* ---- loading: tresen-admin ---- */

struct task_rule_row {
	const char *act, *key, *valid_from, *valid_to, *unit, *about, *conditions;
	const char *name_de, *name_en, *basis, *term_unit;
	int term, position;
};
/* Empties the list, before its entries are put. */
MUST_CHECK enum status store_task_rule_clear(struct op *op);
/* *fresh false: the same act, key and day stand there already. */
MUST_CHECK enum status store_task_rule_put(struct op *op, const struct task_rule_row *row,
                                           bool *fresh);

#endif
