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
#include "widget.h"
#include "wire.h"

struct desk;                     /* one clerk's session, see desk.h */
struct page;                     /* what the last load brought */
struct screen;
struct pick_item;

struct head {
	const char *left;        /* default: the title of the class */
	const char *right;       /* default: who, role, day and time */
	const char *load;        /* second line: counts, or NULL */
};

/* What the keyboard goes to, besides the bindings of the class. */
struct focus {
	struct table *table;     /* moves with table_bindings */
	bool marks;              /* ... and its rows can be marked */
	struct edit *edit;       /* types; printable keys no longer act */
	struct form_view *form;  /* the same for the field under its cursor */
};

struct screen_class {
	const char *name;        /* "queue": for screen_open, drafts, home */
	const char *title;       /* N_("Queue") */
	const char *about;       /* N_(): one sentence for help and menu */
	const char *needs;       /* in the menu for those who may call this, or NULL */
	bool menu;               /* can be opened without arguments */
	size_t state_size;
	const struct binding *bindings;  /* act on the struct screen */
	const char *const *topics;       /* loads again when these change; NULL-ended */

	/* All optional but draw. */
	void (*open)(struct screen *s, const json_t *args);     /* once */
	enum status (*load)(struct screen *s);                  /* asks the engine */
	void (*head)(const struct screen *s, struct head *head);
	void (*draw)(const struct screen *s, struct area body);
	struct focus (*focus)(struct screen *s);
	unsigned (*edited)(struct screen *s);   /* the focused edit or form has changed */
	unsigned (*key)(struct screen *s, const struct event *event); /* else PASS */
	json_t *(*draft)(const struct screen *s);               /* what was typed */
	void (*restore)(struct screen *s, const json_t *draft); /* after open */
	void (*done)(struct screen *s);
};

struct screen {
	const struct screen_class *class;
	struct desk *desk;
	void *state;             /* state_size zeroed bytes */
	json_t *args;            /* what it was opened with */
	struct arena *mem;       /* lives as long as the screen */
	struct arena *page;      /* lives until the next load has succeeded */
	struct prompt prompt;
	int64_t typed_at;        /* ticks of the oldest unsaved typing, or 0 */
	int64_t draft_saved;     /* instant, or 0 */
	struct page *pages;      /* inside desk.c */
	struct screen *below;
};

/* The classes, by name; NULL if there is none. */
const struct screen_class *screen_class_by_name(const char *name);
/* All of them, NULL-ended. */
extern const struct screen_class *const screen_classes[];

/*
 * ---- asking the engine ----------------------------------------------------
 * format and what follows are of json_pack: "{s:I, s:s*}", "id", id, "reason",
 * reason; NULL for no parameters.  A failure is shown on the message line.
 * result lives until the load after this one; NULL if nobody wants it.
 */
MUST_CHECK enum status ask(struct screen *s, const json_t **result, const char *method,
                           const char *format, ...);
/* The same with an object of parameters, taken over. */
MUST_CHECK enum status ask_with(struct screen *s, const json_t **result, const char *method,
                                json_t *params);
/* The last answer, with field and winner; until the next ask. */
const struct reply *last_reply(const struct screen *s);
/* After an act that asked: load again whether it went well or not (a conflict
 * means that what is shown is old).  The usual end of an action. */
unsigned then_reload(enum status status);

/*
 * A list that pages itself.  load fetches as many rows as were there before,
 * at least a page; add turns one object into table_add.
 */
struct listing {
	struct screen *s;
	struct table *table;
	const char *method;      /* "case.list" */
	const char *key;         /* "cases" */
	json_t *params;          /* of this load, without limit and after */
	void (*add)(struct screen *s, struct table *t, const json_t *item);
	const json_t *first;     /* result of the first page, for counts */
	const char *next;
};

/* Loads table; sets table->more so that the end of the list loads on.  The
 * listing must live as long as the table. */
MUST_CHECK enum status listing_load(struct listing *l, json_t *params);

/*
 * ---- reading results ------------------------------------------------------
 * path is "person.name".  What is missing or null reads as "", 0, false.
 */
const json_t *at(const json_t *object, const char *path);
const char *text_at(const json_t *object, const char *path);
int64_t number_at(const json_t *object, const char *path);
bool truth_at(const json_t *object, const char *path);

/*
 * ---- the catalogue --------------------------------------------------------
 * The result of catalogue.show, asked once a session: services, units,
 * languages, countries, lanes.  list is one of these words.
 */

/* The entry of a code, or NULL. */
const json_t *catalogue_find(const struct screen *s, const char *list, const char *code);
/* Its label, or the code itself. */
const char *catalogue_label(const struct screen *s, const char *list, const char *code);
/* The entry of what a clerk typed: a code, a label, or the beginning of one
 * label only.  NULL: none or several. */
const json_t *catalogue_guess(const struct screen *s, const char *list, const char *typed);
/* All entries, to be picked from; extra is a key of theirs, or NULL. */
size_t catalogue_items(const struct screen *s, const char *list, const char *extra,
                       struct pick_item **items);

/* ---- telling the clerk ---- */

enum tone { TONE_NOTE, TONE_DONE, TONE_WARNING, TONE_FAILURE };

/* One sentence on the message line, until the next key. */
void say(struct screen *s, enum tone tone, const char *format, ...) PRINTF(3, 4);
/* "today", "in 3 days", "Fri 27", "12 Jan 2027"; "" for no day. */
const char *say_day(struct arena *a, const char *iso_day);
/* "23 Nov 2026", exact. */
const char *say_date(struct arena *a, const char *iso_day);
/* "09:14" of today, "20 Nov 09:14" of another day. */
const char *say_instant(struct arena *a, const char *iso_instant);
/* "Mon 23 Nov" of a day number. */
const char *say_weekday(struct arena *a, int day);

/* ---- asking the clerk; all return reactions ---- */

/* One key answers: choices is a binding table acting on the screen. */
unsigned choose(struct screen *s, const struct binding *choices, const char *format, ...)
    PRINTF(3, 4);
/* A text answers; on is the screen. */
unsigned ask_line(struct screen *s, const char *question, const char *text,
                  unsigned (*answer)(void *on, const char *text));

struct pick_item {
	const char *code;        /* what picked gets */
	const char *label;
	const char *extra;       /* second column, or NULL */
};

/* A list with type-ahead answers.  Items are copied. */
unsigned pick(struct screen *s, const char *title, const struct pick_item *items, size_t n,
              unsigned (*picked)(struct screen *s, const char *code));
/* The same; what fits nothing in the list is taken as words. */
unsigned pick_or_words(struct screen *s, const char *title, const struct pick_item *items,
                       size_t n, unsigned (*picked)(struct screen *s, const char *code),
                       unsigned (*words)(struct screen *s, const char *text));
/* A person of the register; text is what is known of the name. */
unsigned pick_person(struct screen *s, const char *text,
                     unsigned (*picked)(struct screen *s, int64_t person));

/* ---- going places ---- */

/* Opens a screen above this one; takes args (NULL: none). */
unsigned screen_open(struct screen *s, const char *name, json_t *args);
/* Something was typed: it will be saved as a draft within 2 s. */
void screen_typed(struct screen *s);
/* The same, at once: before something that must not happen twice goes on. */
void screen_save_draft(struct screen *s);
/* The typed is done: no draft is left. */
void screen_drop_draft(struct screen *s);

/* ---- who is sitting here ---- */

/* The staff object of session.hello; a null object before login. */
const json_t *me(const struct screen *s);
bool has_role(const struct screen *s, const char *role);
/* May this clerk call a command? */
bool may(const struct screen *s, const char *command);

#endif
