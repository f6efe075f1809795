/*
 * service_person.h - layer 3: what the office does with a person's record.
 * Part of service.h by noun.
 *
 * Whatever is shared has an owner (table field_owner): a unit that does not
 * own a field proposes its change.  seen, failures: as in service.h.
 */
#ifndef TRESEN_SERVICE_PERSON_H
#define TRESEN_SERVICE_PERSON_H

#include "store_proposal.h"

/* ---- the record ---- */

/* NULL members stay as they are; "" empties. */
struct person_wish {
	const char *family, *given, *source;     /* the main name, and its paper */
	const char *keep;                        /* previous, spelling: what the old name becomes */
	const char *born, *sex, *nationality;
	const char *language, *phone, *address;  /* what holds from today on */
};
/* Checked and named as it would be, not stored: for a preview. */
MUST_CHECK enum status person_prepare(struct op *op, const struct person_wish *wish,
                                      struct person *p);
MUST_CHECK enum status person_new(struct op *op, const struct person_wish *wish, struct person *p);
MUST_CHECK enum status person_change(struct op *op, int64_t id, int64_t seen,
                                     const struct person_wish *wish, struct person *p);
MUST_CHECK enum status person_show(struct op *op, int64_t id, struct person *p);
/* The record, if it is still as seen; else a conflict that names the winner. */
MUST_CHECK enum status person_seen(struct op *op, int64_t id, int64_t seen, struct person *p);

/* Years that a lock is proposed for. */
MUST_CHECK enum status lock_years(struct op *op, int *years);
/* Lock against disclosure (§ 51 BMG), until the last day it holds. */
MUST_CHECK enum status person_lock(struct op *op, int64_t id, int64_t seen, int until,
                                   const char *reason, struct person *p);
MUST_CHECK enum status person_unlock(struct op *op, int64_t id, int64_t seen, const char *reason,
                                     struct person *p);

/* ---- its parts ---- */

struct part_wish {
	enum part part;
	int64_t row;             /* 0: a new one */
	const char *value[PART_FIELDS_MAX]; /* NULL: as it is, "": none */
	bool checked;            /* of a paper: the digits of its zone hold */
};
/* warning: what the clerk should look at again, or NULL. */
MUST_CHECK enum status person_part(struct op *op, int64_t id, int64_t seen,
                                   const struct part_wish *wish, struct person *p,
                                   const char **warning);
/* Takes a row away that was never right; the history keeps it. */
MUST_CHECK enum status person_drop(struct op *op, int64_t id, int64_t seen, enum part part,
                                   int64_t row, const char *reason, struct person *p);

/* ---- owners and proposals ---- */

/* May this clerk change the field, a main one or "identifier.iban"? */
MUST_CHECK enum status owner_may(struct op *op, const struct person *p, const char *field,
                                 bool *may);
/* value "": nothing should stand there.  A row is proposed by its kind and
 * what matters most of it: "identifier.azr" and the number. */
MUST_CHECK enum status proposal_make(struct op *op, int64_t person, const char *field,
                                     const char *value, const char *reason,
                                     struct proposal *made);
/* ST_CONFLICT when the value is no longer what it was thought out for. */
MUST_CHECK enum status proposal_accept(struct op *op, int64_t id, struct proposal *r);
MUST_CHECK enum status proposal_refuse(struct op *op, int64_t id, const char *reason,
                                       struct proposal *r);
MUST_CHECK enum status proposal_withdraw(struct op *op, int64_t id, struct proposal *r);

#endif
