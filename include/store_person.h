/*
 * store_person.h - layer 2: people.  Part of store.h by noun.  A person is a
 * row with lists that hang on it; save writes the row's own columns, adds 1 to
 * version, sets changed_at and changed_by and touches the object.
 */
#ifndef TRESEN_STORE_PERSON_H
#define TRESEN_STORE_PERSON_H

#include "rules_person.h"
#include "store.h"

struct person_name {
	const char *kind, *family, *given, *script, *source; /* given, source may be NULL */
};

/* A row of one of the parts, its values in the order of part_specs. */
struct person_part {
	int64_t row;             /* 0: not stored yet */
	const char *value[PART_FIELDS_MAX]; /* NULL: none */
	const char *plain;       /* to compare and to find by, or NULL */
	bool mark;               /* numbers, papers: checked; languages: preferred */
};

struct part_rows {
	struct person_part *list;
	size_t n;
};

struct person {
	int64_t id, version;
	const char *display;             /* HADDAD, Rania */
	const char *sort_key;            /* of lists in German order */
	const char *born, *sex;          /* or NULL */
	const char *lock_day, *lock_reason; /* lock against disclosure; NULL: none */
	bool locked;                     /* it holds today */
	int64_t merged_into;             /* 0: a record of its own */
	const char *unit;                /* where it was made, or NULL */
	int64_t created_at;
	const char *changed_by_name;
	int64_t changed_at;
	/* filled by store_person_find: */
	struct person_name *names;       /* the main one first */
	size_t n_names;
	const char **nationalities;      /* codes */
	size_t n_nationalities;
	struct part_rows parts[PARTS];   /* names too, but not the main one */
	const char *language, *phone, *address; /* of the parts, what holds now; or NULL */
};

/* With its main name (names[0]), its nationalities and parts. */
MUST_CHECK enum status store_person_add(struct op *op, struct person *p);
/* The row, its main name (names[0]) and its nationalities. */
MUST_CHECK enum status store_person_save(struct op *op, struct person *p);
/* Only version, changed_at and changed_by: something that hangs on it changed. */
MUST_CHECK enum status store_person_mark(struct op *op, struct person *p);
/* p->id 0: no such person. */
MUST_CHECK enum status store_person_find(struct op *op, int64_t id, struct person *p);
/* Adds the row (row 0) or changes it; the person's own row stays as it is, and
 * after a name has changed store_search_refresh is needed too. */
MUST_CHECK enum status store_part_save(struct op *op, int64_t person, enum part part,
                                       struct person_part *row);
MUST_CHECK enum status store_part_drop(struct op *op, int64_t person, enum part part,
                                       int64_t row);
/* The record that the row hangs on, linked or not; 0: there is no such row. */
MUST_CHECK enum status store_part_owner(struct op *op, enum part part, int64_t row,
                                        int64_t *person);
/* What holds first, then what has ended; names without the main one. */
MUST_CHECK enum status store_part_list(struct op *op, int64_t person, enum part part,
                                       struct part_rows *rows);
/* Does a row hold today?  What of a person's rows does: NULL if none. */
bool part_holds(const struct op *op, enum part part, const struct person_part *row);
const struct person_part *part_current(const struct op *op, const struct person *p,
                                       enum part part, const char *kind);
/* The record and those that are linked to it. */
MUST_CHECK enum status store_person_linked(struct op *op, int64_t id, int64_t **ids, size_t *n);

#endif
