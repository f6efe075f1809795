/*
 * service_find.h - layer 3: finding people by one line of typing, and people
 * that a new record may be a double of.  Part of service.h by noun.
 */
#ifndef TRESEN_SERVICE_FIND_H
#define TRESEN_SERVICE_FIND_H

#include "service_person.h"
#include "store_search.h"

enum strength { HIT_WEAK, HIT_STRONG };

struct hit {
	int64_t id;              /* the record to open: the survivor of a merged one */
	const char *display, *born, *sex; /* born, sex may be NULL */
	const char *countries;   /* codes, blanks between; or NULL */
	bool locked;             /* lock against disclosure */
	int score;               /* 100: all that was said is equal */
	int rank;                /* finer than score: for the order */
	const char *why;         /* "Muhamad ~ Mohammed; born 1990: only the year" */
	int name;                /* likeness of the name alone, to 100 */
	int worst;               /* of its least like part; 0: a part is missing */
	enum birth_match birth;
	enum strength strength;  /* of a candidate */
	bool numbered;           /* found by the number of the person or of a paper */
	bool kept;               /* a line without a name: why says whom to ask */
};
#define HIT_SURE 80              /* score from which a whole date of birth makes sure */

struct find_wish {
	const char *text;        /* the line */
	const char *born;        /* or NULL: further narrows, as far as known */
	const char *nationality; /* or NULL: a country; who has another is left out */
	bool names_only;         /* no word of the line stands for a country */
	int limit;
};
/* The best, best first. */
MUST_CHECK enum status person_find(struct op *op, const struct find_wish *wish, struct hit **hits,
                                   size_t *n);

/* What a new record will say; NULL and 0: nothing. */
struct candidate_wish {
	const char *family, *given, *born, *sex;
	const char *countries;   /* as typed: codes or words, blanks or commas between */
	int64_t but;             /* not this record */
};
/*
 * Records that may be the same person, best first, with score, reasons and
 * strength (domain/names.md 8; points: data/names/weights.tsv).  Never decides:
 * a clerk who goes past a strong one gives a reason.
 */
MUST_CHECK enum status person_candidates(struct op *op, const struct candidate_wish *wish,
                                         int limit, struct hit **hits, size_t *n);

#endif
