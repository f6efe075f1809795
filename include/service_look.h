/*
 * service_look.h - layer 3: looking at people's files: who is shown, what for,
 * how much of it is usual.  Part of service.h by noun.
 *
 * Commands note whom they show, and the engine keeps it before it answers
 * (engine/look.c): who saw a person can be told years later (Art. 5(2) DSGVO).
 */
#ifndef TRESEN_SERVICE_LOOK_H
#define TRESEN_SERVICE_LOOK_H

#include "store_look.h"

/* ---- whom an answer shows ---- */

/* The file of a person, or a part of it. */
void look_file(struct op *op, int64_t person);
/* Name and date of birth, in a list. */
void look_hit(struct op *op, int64_t person);
/* The person whose file is shown; 0: hits only, or nobody. */
int64_t look_main(const struct op *op);

/* ---- what for: purpose.c ---- */

/* What a clerk states: a code of purposes.conf that is asked for, with words
 * behind a colon where it must be; *purpose is as it is kept. */
MUST_CHECK enum status purpose_state(struct op *op, const char *stated, const char **purpose);
/*
 * What the clerk looks at this person for: as it follows from the work at hand,
 * else as stated today; NULL: must be asked.  case_id: shown with the file, or 0.
 */
MUST_CHECK enum status purpose_known(struct op *op, int64_t person, int64_t case_id,
                                     const char **purpose);
/* In words, "something else: lost property". */
MUST_CHECK enum status purpose_say(struct op *op, const char *purpose, const char **words);

/* ---- how much: watch.c ---- */

/*
 * Notes what is unusual about the looks of this action, and an alarm where a
 * number of watch.conf is reached.  ST_DENIED where it ends: then only the
 * refusal is noted, and not each time.
 */
MUST_CHECK enum status watch_reading(struct op *op);
/* May any further file be shown to the clerk?  For answers to changes. */
MUST_CHECK enum status watch_limit(struct op *op);

#endif
