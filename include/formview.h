/*
 * formview.h - layer 2: a form on the screen: fields in a column, edited in
 * place.  Used by take-in and case.  Knows struct form and answers, nothing
 * else; what it holds is saved by the screen.
 *
 * A screen puts it into its focus (focus.form) and draws it; keys then find
 * their way, and class->edited is called after each of them.  Typing acts on
 * the field under the cursor at once, and conditions follow at once; a value
 * that cannot be read is told under its field when the cursor leaves it.
 */
#ifndef TRESEN_FORMVIEW_H
#define TRESEN_FORMVIEW_H

#include "form_answers.h"
#include "widget.h"

struct form_view_slot {
	const char *typed;       /* as it stands in the field */
	const char *why;         /* what is wrong with it, or NULL */
	const char *before;      /* canonical, as it was when the cursor came */
};

struct form_view {
	const struct form *form; /* NULL until form_view_init */
	struct arena *mem;
	struct form_world world; /* what is needed at its stage is marked "*" */
	bool read_only;
	bool touched;            /* something was typed since form_view_fill */

	/* Beyond the last page (1) or before the first (-1); NULL: stays. */
	unsigned (*leave)(void *on, int step);
	void *on;

	json_t *answers;         /* canonical, of hidden fields too */
	json_t *filled;          /* as given, settled */
	struct form_view_slot *slots;
	bool seen[FORM_FIELDS_MAX];
	size_t at;               /* field under the cursor */
	struct edit edit;        /* its text, unless it is chosen from a list */
	char ahead[32];          /* letters typed to choose from it */
	struct arena *scratch;   /* of one key */
};

/*
 * The form must live as long as the view, mem and the world's holidays too.
 * Starts empty, on the first field.  read_only shows all pages in one and takes no answers.
 */
void form_view_init(struct form_view *v, struct arena *mem, const struct form *form,
                    const struct form_world *world, bool read_only);
/* Also for one that was never begun. */
void form_view_done(struct form_view *v);

/* Puts answers in (NULL: none), as the engine stores them; keeps the cursor,
 * forgets what was typed. */
void form_view_fill(struct form_view *v, const json_t *answers);

/* The answers to be sent: settled, the caller's. */
json_t *form_view_answers(const struct form_view *v);
/* Only those that differ from form_view_fill; null for one that is gone. */
json_t *form_view_changes(const struct form_view *v);

/*
 * What is wrong or still missing at a stage; told under the fields from now
 * on.  Returns how many; the cursor goes to the first of them.
 */
size_t form_view_check(struct form_view *v, enum form_stage stage);
/* An error the engine found in a field: told under it; the cursor goes there. */
void form_view_blame(struct form_view *v, const char *field, const char *sentence);

/* Everything typed, and where the cursor is; the caller's.  And back again:
 * what no longer fits the form is left out. */
json_t *form_view_draft(const struct form_view *v);
void form_view_restore(struct form_view *v, const json_t *draft);

/* What stands in the field under the cursor: as typed, or the key chosen. */
const char *form_view_text(const struct form_view *v);
/* Types text (or the key of a choice) in place of what stands in a field; a
 * field that is not seen now is left alone.  The cursor stays. */
void form_view_put(struct form_view *v, const char *field, const char *text);

/* Key of the field under the cursor; and there, if it is seen. */
const char *form_view_at(const struct form_view *v);
bool form_view_go(struct form_view *v, const char *field);
/* To the first or last field, coming from another page of the screen. */
void form_view_go_first(struct form_view *v);
void form_view_go_last(struct form_view *v);

/* The sections that are seen, as pages: for chips.  Returns how many, in a. */
struct form_view_page {
	const char *title;
	bool done;               /* nothing wrong, nothing missing at the stage */
	bool current;
};
size_t form_view_pages(const struct form_view *v, struct arena *a, struct form_view_page **pages);

/* Needs 11 rows.  focused: sets the hardware cursor. */
void form_view_draw(const struct form_view *v, struct area area, bool focused);

/* ---- for dispatch ---- */

/* Types what the event types; PASS if it types nothing. */
unsigned form_view_type(struct form_view *v, const struct event *event);
/* The line under the cursor, or NULL; after edit_bindings acted on it. */
struct edit *form_view_edit(struct form_view *v);
void form_view_edited(struct form_view *v);
/* Moves, chooses, takes back; on is a struct form_view. */
extern const struct binding form_view_bindings[];

#endif
