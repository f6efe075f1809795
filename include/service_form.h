/*
 * service_form.h - layer 3: forms as the office has them, and the world in
 * which their answers are judged.  Part of service.h by noun.
 */
#ifndef TRESEN_SERVICE_FORM_H
#define TRESEN_SERVICE_FORM_H

#include "form_state.h"
#include "service.h"

/*
 * A form with its code lists; version 0: the newest that is published and valid
 * today.  *form NULL: there is none.  *found: its version.
 */
MUST_CHECK enum status form_load(struct op *op, const char *key, int version,
                                 const struct form **form, int *found);
/* The day of the op and the office's holidays. */
MUST_CHECK enum status form_world_now(struct op *op, enum form_stage stage,
                                      struct form_world *world);
/* Code lists of the office, as forms ask for them; self is the op. */
const struct form_list *form_list_named(void *op, const char *name);

/* The form of a case as it was asked; *form NULL: it has none. */
MUST_CHECK enum status case_form(struct op *op, const struct case_file *c,
                                 const struct form **form);

/* A case under its answers at a stage; *state NULL: it has no form. */
MUST_CHECK enum status case_judged(struct op *op, const struct case_file *c,
                                   enum form_stage stage, const struct form_state **state);
/* May this clerk see the answer?  Confidential ones belong to the unit that has
 * the case, and to the one that answers them. */
bool answer_is_shown(struct op *op, const struct case_file *c, const struct form_field *field);
/* What the people are called whom a stored answer names, in rows too: adds them
 * to names, number -> name. */
MUST_CHECK enum status answer_people_names(struct op *op, const struct form_field *field,
                                           const char *text, json_t *names);
/* In how many working days the office does what is soon or urgent. */
MUST_CHECK enum status level_days(struct op *op, enum form_level level, int *days);
/* The unit that a case goes to: as its form says, else its service's.  *why is
 * what the form says about it, or NULL. */
MUST_CHECK enum status case_way(struct op *op, const struct case_file *c, const char **unit,
                                const char **why);

/*
 * The versions through which answers of version from come to a form, itself the
 * last; *n 0: no version says how.  A direct step goes before a way round.
 */
MUST_CHECK enum status form_way(struct op *op, const struct form *to, int from,
                                const struct form *const **way, size_t *n);

/* What moving a case to another version of its form does. */
struct case_move {
	const struct form *to;
	bool dry;                /* only look */
	const char *stays;       /* NULL, or a sentence: why it keeps its version */
	const char **ask;        /* fields that the clerk is to ask for */
	size_t n_ask;
	const char **lost;       /* answers without a place in it */
	size_t n_lost;
};
/* For the administrator's program: written in the name of nobody, the rows keep
 * who changed the case last. */
MUST_CHECK enum status case_move_form(struct op *op, int64_t case_id, struct case_move *m);

#endif
