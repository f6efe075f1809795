/*
 * shape_person.h - private to command/: a person's record in JSON.
 */
#ifndef TRESEN_COMMAND_SHAPE_PERSON_H
#define TRESEN_COMMAND_SHAPE_PERSON_H

#include "shape.h"

/* Codes with blanks between as the nationalities of p. */
void countries_split(struct op *op, const char *codes, struct person *p);
/* "Syria, Iraq" */
MUST_CHECK enum status person_nationality_label(struct op *op, const struct person *p,
                                                const char **label);
/* The record with its parts, without cases and visits. */
MUST_CHECK enum status shape_person(struct op *op, const struct person *p, json_t **out);
/* Adds it as "person" to the result, with cases and visits that the reader may
 * see. */
MUST_CHECK enum status put_person(struct call *call, const struct person *p);
/* What of the person ends by itself, "terms"; whole: for their own data package. */
MUST_CHECK enum status put_terms(struct call *call, const struct person *p, bool whole,
                                 json_t *person);
/* Cases and visits that the reader may see, newest first: "cases", "visits". */
MUST_CHECK enum status put_past(struct call *call, const struct person *p, int cases, int visits,
                                json_t *person);
/* Who changed what and why, newest first, as "history"; what was done inside a
 * closed unit is told to that unit only. */
MUST_CHECK enum status put_person_history(struct op *op, const struct person *p, int limit,
                                          json_t *o);
/* "names", "identifiers", ... of a part in the object. */
const char *part_key(enum part part);
/* A proposal in JSON; *out is there after a failure too. */
MUST_CHECK enum status shape_proposal(struct op *op, const struct proposal *r, json_t **out);
/* Before person.new: fails on strong candidates without a reason; call->found
 * is a struct doubles. */
MUST_CHECK enum status look_for_doubles(struct call *call);
/* person.show: what a loser of a race is shown. */
MUST_CHECK enum status run_person_show(struct call *call);

/* Takes other people and the names of staff out of a data package. */
void package_mask(struct op *op, json_t *value);

/* Parents and children, wherever they live. */
MUST_CHECK enum status put_relatives(struct op *op, int64_t person, json_t *o);

#endif
