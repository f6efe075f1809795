/*
 * store_search.h - layer 2: finding people by name.  Part of store.h by noun.
 *
 * A search has three steps.  The vocabulary gives the spellings that may be
 * meant by each unit (a part of the name looked for); the people who bear them
 * are counted together, the best are read.  Judging them is the service's.
 */
#ifndef TRESEN_STORE_SEARCH_H
#define TRESEN_STORE_SEARCH_H

#include "rules_box.h"
#include "rules_name.h"
#include "store.h"
#include "store_work.h"

/* ---- the vocabulary: spelling.c ---- */

/* After any change to the names of a person, inside the same transaction. */
MUST_CHECK enum status store_search_refresh(struct op *op, int64_t person_id);
/* Takes out who is deleted; a spelling that nobody else bears goes, too. */
MUST_CHECK enum status store_search_forget(struct op *op, int64_t person_id);
/* Makes all of it anew; needs a write transaction. */
MUST_CHECK enum status store_search_rebuild(struct op *op);

/* ---- looking up ---- */

/* A spelling that may be meant. */
struct candidate {
	int64_t spelling_id, people;
	const char *form;
	int like;                /* 0 to 100 */
};

struct search_unit {
	const char *text;        /* as typed */
	const char *form, *glued; /* see struct name_unit; glued or NULL */
	bool open;               /* still being typed */
	bool bare;               /* from a script without short vowels */
	bool weak;               /* a particle: no miss when it is not there */
	struct candidate *list;  /* by form */
	size_t n;
	int best;                /* likeness of the best candidate */
	int weight;              /* rare names weigh more: 1 to 20 */
};
/* Adds the candidates that share keys of these kinds (enum name_key_kind), or
 * begin with an open unit. */
MUST_CHECK enum status store_search_lookup(struct op *op, struct search_unit *u, unsigned kinds);
/* How alike is a form to a unit, by its candidates? */
int search_unit_like(const struct search_unit *u, const char *form);

/* ---- people ---- */

#define SEARCH_UNITS_MAX 10
struct search {
	struct search_unit units[SEARCH_UNITS_MAX];
	size_t n_units;
	struct birth born[BOX_BORN_MAX]; /* readings of what was typed */
	size_t n_born;
};

struct found {
	int64_t id;
	int64_t merged_into;     /* 0: stands for itself */
	const char *display, *born, *sex;
	const char *countries;   /* codes, blanks between; or NULL */
	bool locked;             /* against disclosure, today */
	struct person_name *names;
	size_t n_names;
};
/* A person by the count alone: what a name and a date are worth, in points. */
struct counted {
	int64_t id;
	int points;
};
/* The people who fit best, best first. */
MUST_CHECK enum status store_search_people(struct op *op, const struct search *s, size_t limit,
                                           struct counted **best, size_t *n);
MUST_CHECK enum status store_search_read(struct op *op, int64_t id, struct found *f);
/* People whose record says this; within: or any day of this year or month.  For
 * a search without a name. */
MUST_CHECK enum status store_search_born(struct op *op, const char *born, bool within, int limit,
                                         int64_t **ids, size_t *n);
/* Who has this number: identifier, document or telephone; kind as stored. */
struct numbered {
	int64_t person_id;
	const char *kind;        /* of the identifier or document; phone */
	bool of_document;
};
/* phone: see struct search_box, or NULL; value too. */
MUST_CHECK enum status store_search_number(struct op *op, const char *value, const char *phone,
                                           struct numbered **list, size_t *n);

#endif
