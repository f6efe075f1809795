/*
 * casework.h - private to src/screen: what the screens of the back office
 * share.  Says what happened to a case; knows no screen.
 */
#ifndef TRESEN_SCREEN_CASEWORK_H
#define TRESEN_SCREEN_CASEWORK_H

#include "form_answers.h"
#include "screen.h"

/* "just now", "4 s ago", "12 min ago", "at 09:14": for what others did. */
const char *say_ago(struct arena *a, const char *iso_instant);
/* Tells what became of a case that a colleague moved; nothing if it was me. */
void tell_moved(struct screen *s, const char *number, const json_t *file, const char *who,
                const char *at_instant);
/* The same after last_reply was a conflict; else the engine's sentence stands. */
void tell_conflict(struct screen *s, const char *number);
/* The form a case was taken in with, parsed into a; NULL: it has none. */
const struct form *form_of_case(struct screen *s, struct arena *a, const json_t *file);
/* What hinders a key on this case (NULL: none is there): "the case is closed". */
const char *why_not(const json_t *row);
/* Does case or hand-over object say that command may be used? */
bool offers(const json_t *object, const char *command);
/* Did the engine refuse for want of a reason?  Then ask again with what was typed. */
bool wants_reason(const struct screen *s, enum status status);
/* Are these two people?  answer gets the reason and hands it to tell_apart. */
unsigned ask_apart(struct screen *s, unsigned (*answer)(void *on, const char *reason));
/* Tells it: then, or what follows a refusal; what will not do as a reason is asked
 * for again. */
unsigned tell_apart(struct screen *s, int64_t first, int64_t second, const char *reason,
                    unsigned (*answer)(void *on, const char *reason), unsigned then);
/* Is somebody still to decide a case?  row: of any list or of case.show. */
bool is_undecided(const json_t *row);
/* How many answers and papers are missing until a stage: "intake", "decision". */
size_t gaps_until(const json_t *file, const char *stage);
/* "photo, proof of rent": what was asked for of a case, papers first; or "". */
const char *gaps_named(struct arena *a, const json_t *file);
/* How many required papers are not there yet. */
size_t papers_missing(const json_t *file);
/* Units that can be given a case, but not this one, for pick(); in s->page. */
size_t units_to_choose(struct screen *s, const char *but, struct pick_item **items);
/* Clerks of a unit with their load: who has room?  For pick(). */
size_t clerks_to_choose(struct screen *s, const char *unit, struct pick_item **items);

#endif
