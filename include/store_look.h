/*
 * store_look.h - layer 2: looks at people's files, read from the events.  Part
 * of store.h by noun.  A look is written as the event of an action whose
 * touched objects are of the kinds below.
 */
#ifndef TRESEN_STORE_LOOK_H
#define TRESEN_STORE_LOOK_H

#include "rules_watch.h"
#include "store_catalogue.h"

#define LOOK_FILE "look"         /* the file of a person was shown */
#define LOOK_SEEN "seen"         /* ... as the answer to a change */
#define LOOK_HIT "hit"           /* a person stood in a list */
#define LOOK_REFUSED "refused"   /* somebody had read too much */
#define LOOK_ALARM "alarm"       /* id: the sign that was reached */
/* What this command shows its clerk has just said: kept as seen, not counted as a
 * file that was opened. */
#define LOOK_MAKES "person.new"

/* ---- purposes ---- */

struct purpose {
	const char *code, *name;
	const char *key;         /* that answers; NULL: follows from work */
	bool worded;
};
MUST_CHECK enum status store_purpose_list(struct op *op, struct purpose **list, size_t *n);
/* p->code NULL: no such purpose. */
MUST_CHECK enum status store_purpose_find(struct op *op, const char *code, struct purpose *p);
MUST_CHECK enum status store_purpose_put(struct op *op, const struct named *n, const char *key,
                                         bool worded);
/* What the clerk has last stated for this file since then; NULL: nothing. */
MUST_CHECK enum status store_look_purpose(struct op *op, int64_t person, int64_t since,
                                          const char **purpose);
struct look_work {
	bool serving;            /* the clerk has called the person, or serves them now */
	bool working;            /* a case of theirs is the clerk's, in the unit's queue, or
	                          * offered to it */
	bool proposed;           /* one of the unit waits for approval ... */
	bool proposed_else;      /* ... one of another unit that is not closed */
	bool of_unit;            /* one of the unit is undecided, whoever has it */
};
/* case_id: that one only; 0: any. */
MUST_CHECK enum status store_look_work(struct op *op, int64_t person, int64_t case_id,
                                       struct look_work *work);

/* ---- how much somebody has read ---- */

MUST_CHECK enum status store_watch_put(struct op *op, const char *role, const char *sign,
                                       int most);
/* Of the clerk's role; 0: not watched. */
MUST_CHECK enum status store_watch_list(struct op *op, const char *role, int most[WATCH_SIGNS]);
/* Files that the clerk has been shown since then, but for one person's, and for
 * those that they have only made (LOOK_MAKES). */
MUST_CHECK enum status store_look_files(struct op *op, int64_t since, int64_t but, int64_t *n);
/* Different people, or events, of a kind since then. */
MUST_CHECK enum status store_look_people(struct op *op, const char *kind, int64_t since,
                                         int64_t but, int64_t *n);
MUST_CHECK enum status store_look_events(struct op *op, const char *kind, int64_t since,
                                         int64_t *n);
/* What a look is judged by. */
MUST_CHECK enum status store_look_person(struct op *op, int64_t person, const char **display,
                                         bool *locked);
/* Names of those who live with the person today. */
MUST_CHECK enum status store_look_home(struct op *op, int64_t person, const char ***names,
                                       size_t *n);

/* ---- reading the log of looks: look_list.c ---- */

struct look_row {
	int64_t seq, at;
	const char *kind;        /* LOOK_FILE, LOOK_SEEN, LOOK_HIT, LOOK_REFUSED */
	const char *command, *terminal;
	const char *purpose;     /* as kept; NULL: not stated */
	int64_t staff_id;
	const char *login, *name, *unit, *unit_name; /* the unit then */
	bool closed;             /* that unit is: what was shown there is not told outside */
	enum role role;
	int64_t person_id;
	const char *person_name, *person_born;
	const char *signs;       /* watch.* kinds, blanks between; "" */
};
struct look_filter {
	int64_t person_id, staff_id; /* one of them; 0: any */
	int64_t from, until;     /* instants: from <= at < until */
	const char *unit;        /* or NULL */
	const char *reader;      /* the unit that reads: looks of other closed ones are left
	                          * out; NULL: all of them (data protection officer) */
	bool hits;               /* lists of hits too */
	bool changes;            /* and what was seen by changing it */
	int64_t after, after_person; /* seq and person of the last row; 0: from the newest */
	int limit;
};
/* Newest first; of a person with the records linked to it. */
MUST_CHECK enum status store_look_list(struct op *op, const struct look_filter *f,
                                       struct look_row **list, size_t *n);

/* What was unusual of somebody on a day. */
struct unusual {
	int64_t staff_id;
	const char *login, *name, *unit, *unit_name;
	enum role role;
	int day;
	int64_t last_at;
	enum watch_sign sign;
	int64_t files;           /* different people with the sign */
	int64_t looks;           /* different people in all, that day */
};
/* The newest day first; staff_id 0: everybody. */
MUST_CHECK enum status store_look_unusual(struct op *op, int64_t staff_id, int from, int until,
                                          struct unusual **list, size_t *n);

#endif
