/*
 * store_disclosure.h - layer 2: what leaves a closed unit, by what right, with
 * whose consent, and who asks for it.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_DISCLOSURE_H
#define TRESEN_STORE_DISCLOSURE_H

#include "store_person.h"

/* ---- the catalogue: bases.conf ---- */

struct basis {
	const char *code, *name, *cite;
	bool consent;                    /* only while the person consents */
};
struct basis_row {
	const char *code, *name_de, *name_en, *cite;
	bool consent;
	int position;
};
MUST_CHECK enum status store_basis_clear(struct op *op);
/* *fresh false: there is one of this code already. */
MUST_CHECK enum status store_basis_put(struct op *op, const struct basis_row *row, bool *fresh);
MUST_CHECK enum status store_basis_list(struct op *op, struct basis **list, size_t *n);

/* *same false: another text stands under this version and language. */
MUST_CHECK enum status store_consent_text_put(struct op *op, int version, const char *language,
                                              const char *text, bool *same);
struct consent_text {
	int version;
	const char *language, *text;
};
/* Of the newest version; in German if not in this language.  version 0: none. */
MUST_CHECK enum status store_consent_text_find(struct op *op, const char *language,
                                               struct consent_text *t);

/* ---- consents ---- */

struct consent {
	int64_t id, person_id;
	const char *unit, *to, *to_name, *scope, *language, *text;
	int version, given_day, until_day; /* DAY_NONE: until withdrawn */
	const char *given_by_name;
	int64_t ended_at;                /* 0: not withdrawn */
	bool holds;                      /* today */
};
MUST_CHECK enum status store_consent_add(struct op *op, struct consent *c);
/* c->id 0: none of this unit. */
MUST_CHECK enum status store_consent_find(struct op *op, int64_t id, struct consent *c);
MUST_CHECK enum status store_consent_end(struct op *op, int64_t id);
/* Those that the reader's unit was given, newest first. */
MUST_CHECK enum status store_consent_list(struct op *op, int64_t person_id, struct consent **list,
                                          size_t *n);

/* ---- disclosures ---- */

struct disclosed {
	const char *label, *value;
};
struct disclosure {
	int64_t id, person_id, case_id;  /* case_id: 0 for all but the unit that told */
	const char *person_name, *person_born;
	const char *from, *from_name, *to, *to_name;
	const char *basis, *basis_name, *cite, *reason;
	int64_t consent_id, at;
	const char *by_name;
	bool ended;                      /* its consent holds no more */
	struct disclosed *fields;
	size_t n_fields;
};
struct disclosure_filter {
	int64_t person_id;               /* 0: any */
	bool all;                        /* of all units; else given by or told to the reader's */
	bool given;                      /* only given by the reader's unit */
	int64_t before;                  /* id of the last one seen; 0: from the newest */
	int limit;
};
MUST_CHECK enum status store_disclosure_add(struct op *op, struct disclosure *d);
/* Newest first, with their fields.  What is ended the receiver does not see. */
MUST_CHECK enum status store_disclosure_page(struct op *op, const struct disclosure_filter *f,
                                             struct disclosure **list, size_t *n);

/* ---- asking for one ---- */

struct disclosure_ask {
	int64_t id, person_id;
	const char *person_name, *person_born;
	const char *from, *from_name, *to, *to_name;
	const char *question, *state, *answer;
	int64_t asked_at, answered_at;   /* 0: not yet */
	const char *asked_by_name, *answered_by_name;
};
MUST_CHECK enum status store_ask_add(struct op *op, struct disclosure_ask *a);
/* a->id 0: neither from the reader's unit nor to it. */
MUST_CHECK enum status store_ask_find(struct op *op, int64_t id, struct disclosure_ask *a);
MUST_CHECK enum status store_ask_answer(struct op *op, int64_t id, const char *state,
                                        const char *answer);
/* Open ones and those answered, newest first; in: to the reader's unit. */
MUST_CHECK enum status store_ask_page(struct op *op, bool in, int64_t before, int limit,
                                      struct disclosure_ask **list, size_t *n);

#endif
