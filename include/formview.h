/*
 * formview.h - layer 2: a form on the screen: fields in a column (two where
 * the terminal is wide), edited in place; repeats as small tables whose rows
 * open.  Used by take-in, answers, preview.  Knows struct form and answers,
 * nothing else; what it holds is saved by the screen.
 *
 * A screen puts it into its focus (focus.form) and draws it; keys then find
 * their way, and class->edited is called after each of them.  Typing acts on
 * the field under the cursor at once, and conditions follow at once; a value
 * that cannot be read is told under its field when the cursor leaves it.
 *
 * A path names a field: "rent", "children[2].born", rows counted from 1;
 * "children[2]" is the row itself.
 */
#ifndef TRESEN_FORMVIEW_H
#define TRESEN_FORMVIEW_H

#include "form_state.h"
#include "widget.h"

/* One field of one row as it stands on the screen. */
struct form_view_slot {
	const char *typed;       /* what stands in it, unless it is being edited */
	const char *why;         /* what is wrong with it, or NULL */
	const char *before;      /* chosen: what Undo brings back, canonical */
	const char *from;        /* where the answer was taken from, or NULL */
	struct edit edit;        /* typed fields, once the cursor was there */
	struct form_view_row **rows; /* repeat; FORM_ROWS_MAX of them fit */
	size_t row_count;
	struct form_view_row *gone;  /* the row removed last, for Undo */
	size_t gone_at;
};

struct form_view_row {
	const struct form_field *repeat; /* NULL: the form itself */
	struct form_view_row *outer;
	json_t *answers;         /* canonical, of hidden fields too; part of view.answers */
	struct form_view_slot *slots; /* by place */
};

struct form_view_place {         /* where the cursor can be */
	struct form_view_row *row;
	size_t at;               /* field */
	size_t sub;              /* repeat: a row of it, or behind them the line that adds */
};

struct form_view {
	const struct form *form; /* NULL until form_view_init */
	struct arena *mem;
	struct form_world world; /* what is needed at its stage is marked "*" */
	bool read_only;
	bool has_register;       /* the screen looks people up by F6 */
	const char *unit;        /* who fills it in: what another unit answers is not
	                          * asked, only read; NULL: all.  Set behind
	                          * form_view_init */
	/* What people call a unit, for the reason; NULL: its code.  on: see below */
	const char *(*unit_name)(void *on, const char *code);
	/* Warnings that are there at form_view_fill and begin behind this stage
	 * want a reason; older ones were there already.  FORM_NEVER at first: none
	 * does.  Set behind form_view_init */
	enum form_stage reasoned;
	bool touched;            /* something was typed since form_view_fill */

	/* Beyond the last page (1) or before the first (-1); NULL: stays. */
	unsigned (*leave)(void *on, int step);
	/* Why what stands in a field of the form itself is no answer, although the
	 * form takes it; NULL: it is one.  Not asked of what was filled in and is
	 * unchanged.  judge NULL: the form alone judges. */
	const char *(*judge)(void *on, const char *field, const char *text);
	void *on;

	json_t *answers;         /* rows are arrays of objects here */
	json_t *filled;          /* as given, settled */
	json_t *reasons;         /* path -> why what is warned of is right; null: it
	                          * stood there before */
	json_t *names;           /* number -> what this person is called */
	json_t *removed;         /* rows taken away, as long as Undo may want them */
	struct form_view_row *top;
	const struct form_state *state; /* of the answers, after each key */
	struct form_view_place here;
	size_t pointed;          /* several of a list: the one that Space takes */
	char ahead[32];          /* letters typed to choose from a list */
	bool typing;             /* the field under the cursor is not finished */
	bool told;               /* what is missing is told under the fields */
	bool scroll;             /* all pages in one */
	bool hid;                /* it was said that hidden answers are not saved */
	const char *note;        /* one sentence until the cursor moves, or NULL */
	struct arena *scratch;   /* of one key */
	struct arena *evaluated; /* where state lives */
};

/*
 * The form must live as long as the view, mem and the world's holidays too.
 * Starts empty, on the first field.  read_only shows all pages in one and
 * takes no answers.
 */
void form_view_init(struct form_view *v, struct arena *mem, const struct form *form,
                    const struct form_world *world, bool read_only);
/* Also for one that was never begun. */
void form_view_done(struct form_view *v);

/* Puts answers in (NULL: none), as the engine stores them; keeps the cursor,
 * forgets what was typed. */
void form_view_fill(struct form_view *v, const json_t *answers);
/* Puts one answer in where there is none yet, and says from where; false if
 * there is one, or no such field, or it cannot be taken. */
bool form_view_offer(struct form_view *v, const char *field, const char *canonical,
                     const char *from);
/* Takes out again what was offered and not changed since: it was of another. */
void form_view_withdraw(struct form_view *v);

/* The answers to be sent: settled, the caller's. */
json_t *form_view_answers(const struct form_view *v);
/* Only those that differ from form_view_fill, nothing computed; null for one
 * that is gone. */
json_t *form_view_changes(const struct form_view *v);

/*
 * What is wrong or still missing at a stage; told under the fields from now
 * on.  Returns how many; the cursor goes to the first of them.
 */
size_t form_view_check(struct form_view *v, enum form_stage stage);
/* From now on this is needed by another stage. */
void form_view_set_stage(struct form_view *v, enum form_stage stage);
/* An error the engine found at a path: told under it; the cursor goes there. */
void form_view_blame(struct form_view *v, const char *path, const char *sentence);
/* All that was blamed is forgiven; what is still wrong a check finds again. */
void form_view_forgive(struct form_view *v);

/* The first warning that is new and that nobody has given a reason for, or
 * NULL; and a reason for it. */
const struct form_finding *form_view_warning(const struct form_view *v);
void form_view_reason(struct form_view *v, const char *path, const char *reason);

/* Everything typed, and where the cursor is; the caller's.  And back again:
 * what no longer fits the form is left out. */
json_t *form_view_draft(const struct form_view *v);
void form_view_restore(struct form_view *v, const json_t *draft);

/* What stands in the field under the cursor: as typed, or the key chosen. */
const char *form_view_text(const struct form_view *v);
/* Types text (or the key of a choice) in place of what stands in a field of
 * the form itself; one that is not seen now is left alone.  The cursor stays. */
void form_view_put(struct form_view *v, const char *field, const char *text);
/* The same for the field under the cursor, in a row or not. */
void form_view_put_here(struct form_view *v, const char *text);

/* What a person whose number is an answer is called. */
void form_view_name(struct form_view *v, const char *id, const char *name);

/* Path of the field under the cursor, until the next key; and there, if it is
 * seen: the rows around it open. */
const char *form_view_at(const struct form_view *v);
bool form_view_go(struct form_view *v, const char *path);
/* The field itself. */
const struct form_field *form_view_field(const struct form_view *v);
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
/* All that is known of the question under the cursor: help, basis, purpose,
 * how it is computed.  Returns how many paragraphs, in a. */
size_t form_view_about(const struct form_view *v, struct arena *a, const char ***paragraphs);

/* ---- for dispatch ---- */

/* Types what the event types; PASS if it types nothing. */
unsigned form_view_type(struct form_view *v, const struct event *event);
/* The line under the cursor, or NULL; after edit_bindings acted on it. */
struct edit *form_view_edit(struct form_view *v);
void form_view_edited(struct form_view *v);
/* Rows: open, add, take out; then moves, chooses, takes back.  Asked in this
 * order; on is a struct form_view. */
extern const struct binding form_view_row_bindings[];
extern const struct binding form_view_bindings[];

#endif
