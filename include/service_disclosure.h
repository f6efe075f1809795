/*
 * service_disclosure.h - layer 3: what leaves a closed unit.  Part of service.h
 * by noun.
 *
 * What was entrusted (§ 203 StGB) is told to another unit by an act with a legal
 * basis: the receiver sees exactly the fields named, as a plain copy, and a book
 * has all of it.  Whoever asks learns the answer, never whether there is a file.
 */
#ifndef TRESEN_SERVICE_DISCLOSURE_H
#define TRESEN_SERVICE_DISCLOSURE_H

#include "service.h"
#include "store_disclosure.h"

/* What a case has to tell, a line each: "result", "answer.area", "note.7", ... */
struct tellable {
	const char *key, *label, *value;
};
MUST_CHECK enum status disclosure_choices(struct op *op, int64_t case_id, struct tellable **list,
                                          size_t *n);
struct disclosure_wish {
	int64_t case_id, ask_id;         /* ask_id 0: nobody has asked */
	const char *to, *basis, *reason;
	const char *fields;              /* keys, blanks between */
};
MUST_CHECK enum status disclosure_give(struct op *op, const struct disclosure_wish *wish,
                                       struct disclosure *d);
/* All that was told of a person to the reader's unit or by it. */
MUST_CHECK enum status disclosure_list(struct op *op, int64_t person_id, int64_t before, int limit,
                                       struct disclosure **list, size_t *n);
/* What the reader's unit has told; for the data protection officer, everybody. */
MUST_CHECK enum status disclosure_book(struct op *op, int64_t before, int limit,
                                       struct disclosure **list, size_t *n);

MUST_CHECK enum status disclosure_ask(struct op *op, int64_t person_id, const char *to,
                                      const char *question, struct disclosure_ask *a);
MUST_CHECK enum status disclosure_refuse(struct op *op, int64_t id, const char *reason,
                                         struct disclosure_ask *a);

/* A person releases the clerk's unit from secrecy towards another one. */
MUST_CHECK enum status consent_give(struct op *op, struct consent *c);
/* Those of a person towards the reader's unit, newest first. */
MUST_CHECK enum status consent_list(struct op *op, int64_t person_id, struct consent **list,
                                    size_t *n);
/* From now on nothing that rests on it is seen by its receiver. */
MUST_CHECK enum status consent_withdraw(struct op *op, int64_t id, struct consent *c);

#endif
