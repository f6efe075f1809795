/*
 * screen_say.h - layer 3: telling the clerk, and asking the clerk.  Part of
 * screen.h.
 */
#ifndef TRESEN_SCREEN_SAY_H
#define TRESEN_SCREEN_SAY_H

#include "form_kind.h"
#include "widget.h"

struct screen;

/* ---- telling the clerk ---- */

enum tone { TONE_NOTE, TONE_DONE, TONE_WARNING, TONE_FAILURE };

/* One sentence on the message line, until the next key. */
void say(struct screen *s, enum tone tone, const char *format, ...) PRINTF(3, 4);
/* Does it tell what became of the act after which this is loaded again?  What others did
 * must not write over that. */
bool act_is_told(const struct screen *s);
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

/* The day that was typed ("3.12.", "+14", "heute"), as ISO in s->mem; "" for nothing.
 * NULL: it is none, that is said, and question stands again with what was typed. */
const char *typed_day(struct screen *s, const char *typed, enum form_when when,
                      const char *question, unsigned (*answer)(void *on, const char *text));

struct pick_item {
	const char *code;        /* what picked gets */
	const char *label;
	const char *extra;       /* second column, or NULL */
};

/* A list with type-ahead answers.  Items are copied. */
unsigned pick(struct screen *s, const char *title, const struct pick_item *items, size_t n,
              unsigned (*picked)(struct screen *s, const char *code));
/* A service, found by everyday words.  words NULL, or takes what was typed where
 * no service is meant. */
unsigned pick_service(struct screen *s, const char *title,
                      unsigned (*picked)(struct screen *s, const char *code),
                      unsigned (*words)(struct screen *s, const char *text));
/* A person of the register; text is what is known of the name. */
unsigned pick_person(struct screen *s, const char *text,
                     unsigned (*picked)(struct screen *s, int64_t person));

/*
 * The name of a person as a row has it ({"name", "locked"}); a sign before it
 * says that nothing of them may be disclosed, "" for nobody.
 */
const char *say_person(struct arena *a, const json_t *person);

#endif
