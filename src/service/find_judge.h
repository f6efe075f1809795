/*
 * find_judge.h - private to service/: how well a person fits a search.
 */
#ifndef TRESEN_SERVICE_FIND_JUDGE_H
#define TRESEN_SERVICE_FIND_JUDGE_H

#include "guard.h"
#include "service_find.h"

/* Which part of which name stands for each unit looked for. */
struct fit {
	const struct person_name *name;
	const struct name_unit *part[SEARCH_UNITS_MAX]; /* NULL: none */
	int like[SEARCH_UNITS_MAX];
	int points;              /* of the name alone; 10000: same letters, nothing more */
};

/* The name of a person that fits best; units must have been looked up. */
void fit_names(struct op *op, const struct search *s, const struct found *f, struct fit *best);
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
/* Makes units of a name; weights come with the look-up. */
void search_names(struct op *op, const char *names, bool open, struct search *s);
/*
 * Looks up, counts and judges, stage after stage, until the hits are good:
 * adds to hits, best first, each record once.
 */
MUST_CHECK enum status search_by_name(struct op *op, struct search *s, size_t limit,
                                      struct hit **hits, size_t *n);

#endif
