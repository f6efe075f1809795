/*
 * find_judge.h - private to service/: how well a person fits a search.
 */
#ifndef TRESEN_SERVICE_FIND_JUDGE_H
#define TRESEN_SERVICE_FIND_JUDGE_H

#include "guard.h"
#include "service_find.h"

/* A name of a person, in units: the family name's first. */
struct name_parts {
	const struct name_unit *units;
	size_t n, n_family;
};

/* Which part of which name stands for each unit looked for. */
struct fit {
	const struct person_name *name;
	const struct name_unit *part[SEARCH_UNITS_MAX]; /* NULL: none */
	int like[SEARCH_UNITS_MAX];
	int points;              /* of the name alone; 10000: same letters, nothing more */
};

/* Each name of the person in its parts. */
struct name_parts *split_names(struct op *op, const struct found *f);
/* The name of a person that fits best; units must have been looked up. */
void fit_names(const struct search *s, const struct found *f, const struct name_parts *parts,
               struct fit *best);
/* The best reading of what was said against the record's. */
enum birth_match fit_birth(const struct birth *said, size_t n, const char *born);
int birth_points(enum birth_match match);
/* The name alone: all of it, and its least like part. */
int score_of_name(const struct search *s, const struct fit *fit);
int worst_of(const struct search *s, const struct fit *fit);
/* 100: all that was said is equal. */
int score_of(const struct search *s, const struct fit *fit, enum birth_match match);
const char *fit_why(struct op *op, const struct search *s, const struct found *f,
                    const struct fit *fit, enum birth_match match);
/* The record that a hit opens: follows links to the survivor. */
MUST_CHECK enum status read_survivor(struct op *op, int64_t id, struct found *f,
                                     struct found *shown);

/* ---- find_name.c ---- */

/* One search by name, however many readings of the line it tries. */
struct finding {
	struct op *op;
	size_t limit;            /* hits that are wanted */
	bool certain;            /* somebody was found by a number: no need to look far */
	struct judged **best;    /* records that were read, best first */
	size_t n, room;
};
/* Makes units of a name; weights come with the look-up. */
void search_names(struct op *op, const char *names, bool open, struct search *s);
/* Looks up, counts and judges, stage after stage, until the hits are good. */
MUST_CHECK enum status search_by_name(struct finding *f, struct search *s);
/* Counts and judges what has been looked up; s must stay. */
MUST_CHECK enum status search_looked_up(struct finding *f, struct search *s);
/* How good is the best hit?  0: there is none. */
int best_score(const struct finding *f);
/* The hits with their reasons, best first, each record once. */
void found_hits(struct finding *f, struct hit **hits, size_t *n);

#endif
