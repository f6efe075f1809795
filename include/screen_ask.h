/*
 * screen_ask.h - layer 3: asking the engine: requests, lists that page
 * themselves, reading results, the catalogue.  Part of screen.h.
 */
#ifndef TRESEN_SCREEN_ASK_H
#define TRESEN_SCREEN_ASK_H

#include <jansson.h>

#include "widget.h"
#include "wire.h"

struct pick_item;
struct screen;

/*
 * ---- asking the engine ----------------------------------------------------
 * format and what follows are of json_pack: "{s:I, s:s*}", "id", id, "reason",
 * reason; NULL for no parameters.  A failure is shown on the message line.
 * result lives until the load after this one; NULL if nobody wants it.  After a
 * failure it is what it was.
 */
MUST_CHECK enum status ask(struct screen *s, const json_t **result, const char *method,
                           const char *format, ...);
/* The same with an object of parameters, taken over. */
MUST_CHECK enum status ask_with(struct screen *s, const json_t **result, const char *method,
                                json_t *params);
/* The same for what a draft is written for: done once, also when the client ends before
 * the answer and the draft comes back and is sent again. */
MUST_CHECK enum status ask_once(struct screen *s, const json_t **result, const char *method,
                                json_t *params);
/* The last answer, with field and winner; until the next ask. */
const struct reply *last_reply(const struct screen *s);
/* After an act that asked: load again whether it went well or not (a conflict
 * means that what is shown is old).  The usual end of an action. */
unsigned then_reload(enum status status);

/*
 * A list that pages itself.  load fetches as many rows as were there before,
 * at least a page; add turns one object into one table_add.
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
	json_t *rows;            /* the objects, as in the table */
};

/* Loads table; sets table->more so that the end of the list loads on.  The
 * listing must live as long as the table. */
MUST_CHECK enum status listing_load(struct listing *l, json_t *params);
/* Another list is to be loaded: it begins at its first row, with nothing marked. */
unsigned listing_turn(struct listing *l);

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
 * languages, countries, lanes,
 * statuses.  list is one of these words.
 */

/* All of a list; of "holidays" days only, ascending. */
const json_t *catalogue_list(const struct screen *s, const char *list);
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

#endif
