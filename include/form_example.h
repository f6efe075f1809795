/*
 * form_example.h - layer 1: what a form says about itself: examples that must
 * come true, how answers move on from older versions, and what is different
 * between two versions.  Called by tresen-admin and by whoever publishes.
 */
#ifndef TRESEN_FORM_EXAMPLE_H
#define TRESEN_FORM_EXAMPLE_H

#include "form_state.h"

struct form_names {
	const char **list;       /* NULL: the example does not say */
	size_t count;
};

struct form_example {
	const char *name;
	int today;               /* DAY_NONE: that of the check */
	enum form_stage stage;
	const char *given;       /* answers as JSON */
	struct form_names visible, hidden, required, missing, errors, warnings, hints,
	    documents;
	const char *computed;    /* path -> value as JSON; or NULL */
	const char *route, *urgency, *due; /* NULL: does not say; "" none */
	int line;
};

/*
 * Runs the examples of a form.  Each that is red is one text "file:line:
 * example ...: expected ..., found ...".  Returns how many, in a.
 */
size_t form_examples_run(struct arena *a, const struct form *f, const char *file,
                         const struct form_world *world, const char ***red);

/*
 * Tells of each rule that stops a unit, which fills the form in at intake or has
 * the case behind it, though the unit could not mend it.
 */
void form_blocked(struct arena *a, const struct form *f, const char *unit, bool intake,
                  void (*tell)(void *self, int line, const char *sentence), void *self);

/* ---- migrate ---- */

enum form_move_kind { FORM_RENAME, FORM_MAP, FORM_DEFAULT, FORM_ASK, FORM_DROP };

struct form_move {
	enum form_move_kind kind;
	const char *field;       /* in this version; FORM_DROP: in the older one */
	const char *old;         /* key (rename) or value (map) in the older one */
	const char *value;       /* map, default: canonical */
	int line;
};

struct form_step {               /* from one older version to this one */
	int from;
	struct form_move *moves;
	size_t count;
	int line;
};

struct form_migration {
	json_t *answers;         /* of the last version; the caller's */
	const char **ask;        /* fields the clerk must be asked for */
	size_t ask_count;
	const char **lost;       /* keys of the older version with no place here */
	size_t lost_count;
};

/* The step of a form from an older version, or NULL. */
const struct form_step *form_step_from(const struct form *f, int from);
/* What a field was called in the older version of a step, "children.born". */
const char *form_older_key(struct arena *a, const struct form_step *step,
                           const struct form_field *field);
/* Moves answers of version from through the n versions of way, each with a step
 * from the one before, to the last; false if one of them does not say how.
 * Nothing is lost in silence: see lost. */
MUST_CHECK bool form_migrate(struct arena *a, const struct form *const *way, size_t n, int from,
                             const json_t *answers, const struct form_world *world,
                             struct form_migration *m);
/* What the steps of such a way have clerks ask for, and the answers (of its end)
 * lack where they let it be seen; keys of its end.  Returns how many, in a. */
size_t form_ask_since(struct arena *a, const struct form *const *way, size_t n, int from,
                      const json_t *answers, const struct form_world *world,
                      const char ***ask);

/* ---- difference ---- */

/* What clerks will see: a text of several lines, "" if nothing is different. */
const char *form_diff(struct arena *a, const struct form *old, const struct form *new);
/* The same for clerks: a sentence a line, with labels and no keys. */
const char *form_told(struct arena *a, const struct form *old, const struct form *new);

#endif
