/*
 * store_staff.h - layer 2: who works here, and who has.  Part of store.h by
 * noun, which brings it along: everything that is done is done by somebody.
 */
#ifndef TRESEN_STORE_STAFF_H
#define TRESEN_STORE_STAFF_H

#include "rules.h"

struct staff {
	int64_t id;
	const char *login, *name;
	int64_t uid;             /* -1: demo staff, no unix user */
	enum role role;
	const char *unit, *unit_name;
	bool figures_only;       /* that unit sees counts, never people */
	bool unit_closed;        /* a compartment: what they write is entrusted */
	const char *site, *site_name;
	const char *counter, *counter_name; /* or NULL */
	int until_day;           /* last day they may work; DAY_NONE: open.  Not of who acts */
	bool left;               /* that day is over, or it ended at once */
	/* Colleagues of the same unit for whom they act today; of who is asking only. */
	const int64_t *absent;
	size_t n_absent;
};

/* Does by act for this clerk today, who is away? */
bool staff_stands_for(const struct staff *by, int64_t id);

/* NULL login or uid < 0: not asked for.  *found is NULL for nobody. */
MUST_CHECK enum status store_staff_find(struct op *op, const char *login, int64_t uid,
                                        const struct staff **found);
MUST_CHECK enum status store_staff_by_id(struct op *op, int64_t id, const struct staff **found);
/* Who acts: the codes, without the names of unit, site and counter (NULL). */
MUST_CHECK enum status store_staff_actor(struct op *op, int64_t id, const struct staff **found);
/* Active staff by unit and name; unit NULL: all.  demo_only: those without uid. */
MUST_CHECK enum status store_staff_list(struct op *op, const char *unit, bool demo_only,
                                        struct staff **list, size_t *n);
/* Are both rows of staff the same unix user, now or formerly? */
MUST_CHECK enum status store_staff_same(struct op *op, int64_t id, int64_t other, bool *same);
/*
 * ---- also who has left: their rows stay, for what they did ----
 * id 0, login NULL, uid < 0: not asked for.  *found is NULL for nobody.
 */
MUST_CHECK enum status store_staff_known(struct op *op, int64_t id, const char *login, int64_t uid,
                                         const struct staff **found);
MUST_CHECK enum status store_staff_all(struct op *op, struct staff **list, size_t *n);
/* Name, role and places. */
MUST_CHECK enum status store_staff_change(struct op *op, const struct staff *s);
MUST_CHECK enum status store_staff_end(struct op *op, int64_t id, int last_day, bool at_once);
/* Login and unix user go to somebody else; that they were theirs is kept. */
MUST_CHECK enum status store_staff_yield(struct op *op, int64_t id);
/* Undecided cases that they have. */
MUST_CHECK enum status store_staff_cases(struct op *op, int64_t id, int64_t *n);
/* Those go back into the pool of their unit; n: how many. */
MUST_CHECK enum status store_staff_let_go(struct op *op, int64_t id, size_t *n);

/* What is kept of the actor's PIN; *hash NULL: there is none. */
MUST_CHECK enum status store_pin_get(struct op *op, const char **hash);
MUST_CHECK enum status store_pin_put(struct op *op, const char *hash);
MUST_CHECK enum status store_staff_add(struct op *op, const struct staff *s, int64_t *id);

#endif
