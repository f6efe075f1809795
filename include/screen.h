/*
 * screen.h - layer 3: what a screen is and what it may use.
 *
 * A screen is one file in src/screen with one public symbol, its class, which
 * is listed in src/screen/screens.c.  It fills itself by requests, draws from
 * what it got, and acts through its binding table.  src/screen/login.c is the
 * shortest example with everything in it.
 */
#ifndef TRESEN_SCREEN_H
#define TRESEN_SCREEN_H

#include <jansson.h>

#include "formview.h"
#include "screen_ask.h"
#include "screen_say.h"
#include "widget_prompt.h"

struct desk;                     /* one clerk's session, see desk.h */
struct page;                     /* what the last load brought */
struct screen;

struct head {
	const char *left;        /* default: the title of the class */
	const char *right;       /* default: who, role, day and time */
	const char *load;        /* second line: counts, or NULL */
	bool unruled;            /* a table comes first: the line under its heading is enough */
};

/* What the keyboard goes to, besides the bindings of the class. */
struct focus {
	struct table *table;     /* moves with table_bindings */
	bool marks;              /* ... and its rows can be marked */
	struct edit *edit;       /* types; printable keys no longer act */
	struct form_view *form;  /* the same for the field under its cursor */
};

/* A screen that is one table, with which its state begins: nothing of that is
 * the screen's own work but the rows. */
struct list {
	const struct column *columns;    /* NULL: the class draws itself */
	size_t n_columns;
	const char *empty;       /* N_(): what it means that there is nothing */
	bool (*marks)(const struct screen *s);   /* can rows be marked? NULL: no */
	/* what stands below it, at the end of body; returns how many rows that takes */
	int (*foot)(const struct screen *s, struct area body);
};

struct screen_class {
	const char *name;        /* "queue": for screen_open, drafts, home */
	const char *title;       /* N_("Queue") */
	const char *about;       /* N_(): one sentence for help and menu */
	const char *needs;       /* in the menu for those who may call this, or NULL */
	bool menu;               /* can be opened without arguments */
	const char *asks;        /* first what for, of the "person" or "case" in args.id; or NULL */
	bool alone;              /* no key of elsewhere acts here */
	size_t state_size;
	const struct binding *bindings;  /* act on the struct screen */
	const char *const *topics;       /* loads again when these change; NULL-ended */

	struct list list;
	/* A screen that is one form: drawn, typed into and kept as a draft without more. */
	struct form_view *(*form)(struct screen *s);

	/* All optional but draw, which a list and a form do without. */
	void (*open)(struct screen *s, const json_t *args);     /* once */
	enum status (*load)(struct screen *s);                  /* asks the engine */
	void (*head)(const struct screen *s, struct head *head);
	void (*draw)(const struct screen *s, struct area body);
	struct focus (*focus)(struct screen *s);
	/* what stands under the cursor, as staff.why takes it ({"case": 12}); NULL: nothing */
	json_t *(*subject)(const struct screen *s);
	unsigned (*edited)(struct screen *s);   /* the focused edit or form has changed */
	unsigned (*key)(struct screen *s, const struct event *event); /* else PASS */
	/* a document was scanned or pasted: its zone, until the next load; NULL: search */
	unsigned (*scanned)(struct screen *s, const char *zone);
	json_t *(*draft)(const struct screen *s);               /* what was typed */
	void (*restore)(struct screen *s, const json_t *draft); /* after open */
	void (*done)(struct screen *s);
};

/* The question that is asked in one line, or was answered in vain. */
struct asked_line {
	const char *key;         /* of its draft; NULL: nothing was asked */
	const char *question;
	const char *text;        /* as it was saved last, or answered in vain */
	int64_t typed_at;        /* ticks of the oldest unsaved typing, or 0 */
	bool saved, refused;
};

struct screen {
	const struct screen_class *class;
	struct desk *desk;
	void *state;             /* state_size zeroed bytes */
	json_t *args;            /* what it was opened with */
	struct arena *mem;       /* lives as long as the screen */
	struct arena *page;      /* lives until the next load has succeeded */
	struct prompt prompt;
	struct asked_line line;        /* what the prompt asks, if it asks for a text */
	const json_t *rows;      /* a list: the objects its rows were made of, of the last load */
	int64_t asked;           /* row under the cursor at the last key that was no answer:
	                          * a question is about it, wherever the rows go meanwhile */
	int64_t typed_at;        /* ticks of the oldest unsaved typing, or 0 */
	int64_t draft_saved;     /* instant, or 0 */
	const char *once;        /* the draft's own id, which comes back with it; NULL: no draft */
	struct page *pages;      /* inside desk.c */
	struct screen *below;
};

/* The classes, by name; NULL if there is none. */
const struct screen_class *screen_class_by_name(const char *name);
/* All of them, NULL-ended. */
extern const struct screen_class *const screen_classes[];

/* ---- going places ---- */

/* Opens a screen above this one; takes args (NULL: none). */
unsigned screen_open(struct screen *s, const char *name, json_t *args);
/* Something was typed: it will be saved as a draft within 2 s. */
void screen_typed(struct screen *s);
/* The same, at once: before something that must not happen twice goes on. */
void screen_save_draft(struct screen *s);
/* The typed is done: no draft is left. */
void screen_drop_draft(struct screen *s);
/* Throws it away and closes, as a binding; asks before where something was typed. */
unsigned screen_discard(void *on);
/* Is there a draft of this key, "answers id=12", that somebody has not sent? */
bool screen_draft_waits(struct screen *s, const char *key);
void screen_forget_draft(struct screen *s, const char *key);

/* ---- lists ---- */

/* What a list says of the row under the cursor, at the bottom of body: in one row, or
 * in two where it is longer.  Returns the rows to be kept for it and the blank above. */
int list_foot(struct area body, const char *text);
/* The first sentence of a text: what a slow line should carry at each move. */
const char *first_sentence(const char *text);

/* The object of the row under the cursor; NULL: there is none. */
const json_t *list_here(const struct screen *s);
/* Is there a row?  For bindings; on is the screen. */
bool list_has(const void *on);

/* The one column of a list whose rows are lines of text. */
extern const struct column list_lines[];
/* Adds text, broken into lines of the terminal's width; hang stands before all
 * lines but the first.  id 0: each line has a number of its own. */
void list_say(struct screen *s, int64_t id, enum style style, const char *hang, const char *text);
/* Adds a page that the engine has laid out in lines. */
void list_page(struct screen *s, const char *page);

/* ---- who is sitting here ---- */

/* The staff object of session.hello; a null object before login. */
const json_t *me(const struct screen *s);
bool has_role(const struct screen *s, const char *role);
/* May this clerk call a command? */
bool may(const struct screen *s, const char *command);
/* The table of session.commands, asked for when it is first looked into: nobody waits
 * for it at the start. */
const json_t *all_commands(const struct screen *s);

#endif
