/*
 * service_disclosure.h - layer 3: what leaves a closed unit.  Part of service.h
 * by noun.
 *
 * What was entrusted (§ 203 StGB) is told to another unit, or to a body outside
 * the office, by an act with a legal basis: the receiver sees exactly the fields
 * named, as a plain copy, and a book has all of it.  Whoever asks learns the
 * answer, never whether there is a file.
 */
#ifndef TRESEN_SERVICE_DISCLOSURE_H
#define TRESEN_SERVICE_DISCLOSURE_H

#include "digest.h"
#include "service_slip.h"
#include "store_disclosure.h"

/* What a case has to tell, a line each: "result", "answer.area", "note.7", ... */
struct tellable {
	const char *key, *label, *value;
};
MUST_CHECK enum status disclosure_choices(struct op *op, int64_t case_id, struct case_file *c,
                                          struct tellable **list, size_t *n);
struct disclosure_wish {
	int64_t case_id, ask_id;         /* ask_id 0: nobody has asked */
	struct receiver to;              /* unit, or body and name */
	const char *basis, *reason;
	const char *fields;              /* keys, blanks between */
	const char *seen;                /* digest of the preview; NULL: there was none */
	bool preview;                    /* only what would be told: nothing is stored */
};
/*
 * digest: of what is told.  ST_CONFLICT if the file was changed since the preview:
 * nobody tells what they have not seen.
 */
MUST_CHECK enum status disclosure_give(struct op *op, const struct disclosure_wish *wish,
                                       struct disclosure *d, char digest[static DIGEST_HEX + 1]);
/* All that was told of a person to the reader's unit or by it. */
MUST_CHECK enum status disclosure_list(struct op *op, int64_t person_id, int64_t before, int limit,
                                       struct disclosure **list, size_t *n);
/* What the reader's unit has told; for the data protection officer, everybody.
 * person_id, to, basis, from, until and before of f narrow it. */
MUST_CHECK enum status disclosure_book(struct op *op, struct disclosure_filter *f,
                                       struct disclosure **list, size_t *n);
/* "Doctor, hospital: Charité"; a name that the reader may not know is left out. */
const char *receiver_label(struct op *op, const struct receiver *to);

MUST_CHECK enum status disclosure_ask(struct op *op, int64_t person_id, const char *to,
                                      const char *question, struct disclosure_ask *a);
MUST_CHECK enum status disclosure_refuse(struct op *op, int64_t id, const char *reason,
                                         struct disclosure_ask *a);

/* Cleans the name of a body; INVALID unless to is one that may be told. */
MUST_CHECK enum status receiver_check(struct op *op, struct receiver *to);

/*
 * A person releases the clerk's unit from secrecy.  slip is what is read to them,
 * in the language asked for, else in theirs; c tells which one that was.  preview:
 * only that, nothing is stored.
 */
MUST_CHECK enum status consent_give(struct op *op, struct consent *c, bool preview,
                                    struct slip *slip);
/* One of the reader's unit, as it was read then. */
MUST_CHECK enum status consent_show(struct op *op, int64_t id, struct consent *c,
                                    struct slip *slip);
/* Those of a person towards the reader's unit, newest first. */
MUST_CHECK enum status consent_list(struct op *op, int64_t person_id, struct consent **list,
                                    size_t *n);
/* From now on nothing that rests on it is seen by its receiver. */
MUST_CHECK enum status consent_withdraw(struct op *op, int64_t id, struct consent *c);

#endif
