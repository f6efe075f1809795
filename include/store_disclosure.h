/*
 * store_disclosure.h - layer 2: what leaves a closed unit, by what right, with
 * whose consent, and who asks for it.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_DISCLOSURE_H
#define TRESEN_STORE_DISCLOSURE_H

#include "store_person.h"

/* ---- the catalogue: bases.conf, texts ---- */

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

/* A kind of body outside the office. */
struct body {
	const char *code, *name_de, *name_en;
	int position;
};
MUST_CHECK enum status store_body_clear(struct op *op);
MUST_CHECK enum status store_body_put(struct op *op, const struct body *b, bool *fresh);
MUST_CHECK enum status store_body_list(struct op *op, struct body **list, size_t *n);

/* What a person hears before they consent: a version never changes. */
struct consent_text {
	int version;
	const char *language, *text;
	const char *from, *until;        /* days on which it is read to people; NULL: open */
	bool checked;                    /* by a native speaker */
};
/* *same false: another text stands under this version and language. */
MUST_CHECK enum status store_consent_text_put(struct op *op, const struct consent_text *t,
                                              bool *same);
/* Of a version (0: the newest of today); in German if not in this language.
 * version 0: none. */
MUST_CHECK enum status store_consent_text_find(struct op *op, int version, const char *language,
                                               struct consent_text *t);

/* ---- who is told ---- */

/* A unit, or a body outside the office: then unit is NULL. */
struct receiver {
	const char *unit, *unit_name;
	const char *body, *body_name;    /* kind and its label */
	const char *name;                /* which body; NULL: this connection cannot read it */
};

/* ---- consents ---- */

struct consent {
	int64_t id, person_id;
	const char *person_name;
	const char *unit, *scope, *language;
	struct receiver to;
	int version, given_day, until_day; /* DAY_NONE: until withdrawn */
	const char *given_by_name;
	int64_t ended_at;                /* 0: not withdrawn */
	bool holds;                      /* today */
	bool checked;                    /* what is read out, by a native speaker */
};
MUST_CHECK enum status store_consent_add(struct op *op, struct consent *c);
/* c->id 0: none of this unit. */
MUST_CHECK enum status store_consent_find(struct op *op, int64_t id, struct consent *c);
/* With all that rests on it. */
MUST_CHECK enum status store_consent_end(struct op *op, int64_t id);
/* Those that the reader's unit was given, newest first. */
MUST_CHECK enum status store_consent_list(struct op *op, int64_t person_id, struct consent **list,
                                          size_t *n);

/* ---- disclosures ---- */

struct disclosed {
	const char *label, *value;       /* NULL: this connection cannot read it */
};
struct disclosure {
	int64_t id, person_id, case_id;  /* case_id: 0 for all but the unit that told */
	const char *person_name, *person_born;
	bool person_locked;              /* against disclosure */
	const char *from, *from_name;
	struct receiver to;
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
	const char *to, *basis;          /* code of a unit or kind of body; NULL: any */
	int64_t from, until;             /* instants; 0: any */
	int64_t before;                  /* id of the last one seen; 0: from the newest */
	int limit;
};
/* Its id is an instant: no gap tells others how much is told. */
MUST_CHECK enum status store_disclosure_add(struct op *op, struct disclosure *d);
/* Newest first, with their fields.  What is ended the receiver does not see. */
MUST_CHECK enum status store_disclosure_page(struct op *op, const struct disclosure_filter *f,
                                             struct disclosure **list, size_t *n);
/* Of topics, those of which a change since the last look concerns the unit of a
 * member of staff. */
MUST_CHECK enum status store_disclosure_heard(struct op *op, int64_t staff_id, unsigned *topics);

/* ---- asking for one ---- */

struct disclosure_ask {
	int64_t id, person_id, disclosure_id; /* disclosure_id 0: not answered by one */
	const char *person_name, *person_born;
	bool person_locked;              /* against disclosure */
	const char *from, *from_name, *to, *to_name;
	const char *question, *state, *answer;
	int64_t asked_at, answered_at;   /* 0: not yet */
	const char *asked_by_name, *answered_by_name;
};
MUST_CHECK enum status store_ask_add(struct op *op, struct disclosure_ask *a);
/* a->id 0: neither from the reader's unit nor to it. */
MUST_CHECK enum status store_ask_find(struct op *op, int64_t id, struct disclosure_ask *a);
/* disclosure_id 0: refused, with an answer. */
MUST_CHECK enum status store_ask_answer(struct op *op, int64_t id, int64_t disclosure_id,
                                        const char *answer);
/* Open ones and those answered, newest first; in: to the reader's unit.  What was
 * answered by a disclosure that is over, who asked does not see. */
MUST_CHECK enum status store_ask_page(struct op *op, bool in, int64_t before, int limit,
                                      struct disclosure_ask **list, size_t *n);
/* How many wait for an answer of the reader's unit. */
MUST_CHECK enum status store_ask_waiting(struct op *op, int *n);

#endif
