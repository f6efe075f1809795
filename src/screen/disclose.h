/*
 * disclose.h - private to src/screen: what the screens share that are about what
 * leaves a closed unit: telling, asking, consenting, the book of it.
 */
#ifndef TRESEN_SCREEN_DISCLOSE_H
#define TRESEN_SCREEN_DISCLOSE_H

#include "screen.h"

/* ---- disclosed.c ---- */

/* A disclosure as its receiver reads it, as lines of the screen's list. */
void disclosed_lines(struct screen *s, const json_t *disclosure);

/* ---- receiver.c ---- */

/* Who is told; texts live as long as the screen.  All NULL: nobody yet. */
struct receiver_choice {
	const char *unit;        /* code, or NULL */
	const char *body;        /* a kind of body outside the office, */
	const char *name;        /* and which one; NULL: not said yet */
	const char *label;
};

/* Units but one's own, then kinds of bodies outside; all: first of all nobody. */
unsigned receiver_pick(struct screen *s, const char *title, bool all,
                       unsigned (*picked)(struct screen *s, const char *code));
/* Takes what was picked; true if its name is still to be asked for. */
bool receiver_take(struct screen *s, const char *code, struct receiver_choice *to);
/* False, with a sentence, for an empty one. */
bool receiver_name(struct screen *s, const char *name, struct receiver_choice *to);
/* Puts it into the parameters of a command. */
void receiver_params(const struct receiver_choice *to, json_t *params);

/* Bases, of disclosure.bases, with their provisions; for pick(), in s->page. */
size_t basis_items(struct screen *s, bool all, struct pick_item **items);

#endif
