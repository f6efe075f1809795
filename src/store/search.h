/*
 * search.h - private to store/: what is entered for a person, and rows of
 * spelling_people.  65,536 numbers of people a row, three bytes for each who
 * bears the spelling: two of the person's number, one on the name.
 */
#ifndef TRESEN_STORE_SEARCH_PRIVATE_H
#define TRESEN_STORE_SEARCH_PRIVATE_H

#include "db.h"
#include "store_person.h"

#define CHUNK_BITS 16
#define CHUNK_PEOPLE (1 << CHUNK_BITS)
#define CHUNK_OF_SPELLING_BITS 24
#define BEARER_BYTES 3
#define MARK_UNITS 3             /* how many units the name has, less one; 3: or more */
#define MARK_MAIN 4              /* stands in the main name */
#define MARK_FAMILY 8            /* as family name */

static inline int64_t
chunk_row(int64_t spelling_id, int64_t chunk)
{
	return (spelling_id << CHUNK_OF_SPELLING_BITS) + chunk;
}

/* Of the i-th bearer in a row: the last 16 bits of the person's number. */
static inline unsigned
bearer_number(const uint8_t *bytes, size_t i)
{
	return bytes[BEARER_BYTES * i] | (unsigned)bytes[BEARER_BYTES * i + 1] << 8;
}

static inline unsigned
bearer_marks(const uint8_t *bytes, size_t i)
{
	return bytes[BEARER_BYTES * i + 2];
}

/* ---- what a person is called: spelling.c ---- */

#define FORMS_MAX 64             /* of one person */
#define KEY_KINDS_STORED                                                       \
	(NAME_KEY_SKELETON | NAME_KEY_LETTER | NAME_KEY_BONE | NAME_KEY_GRAM | NAME_KEY_BEGIN)

/* The names of a person that a search goes by, the main one first. */
MUST_CHECK enum status read_names(struct op *op, int64_t person_id, struct person_name **names,
                                  size_t *n);

struct entries {
	struct {
		const char *form;
		unsigned marks;
	} of[FORMS_MAX];
	size_t n;
};
MUST_CHECK enum status names_as_entries(struct op *op, int64_t person_id, struct entries *e);
/* " HADDAD/5 RANIA/4" */
char *entries_as_text(struct op *op, const struct entries *e);
/* Stands in person_spelling where no person can: the rules all was made by. */
#define RULES_ROW 0
char *rules_as_text(struct op *op);
/* What was entered; "": nothing. */
MUST_CHECK enum status read_entered(struct op *op, int64_t person_id, const char **forms);

#endif
