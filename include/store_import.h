/*
 * store_import.h - layer 2: people brought in from a file, for tresen-admin
 * import.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_IMPORT_H
#define TRESEN_STORE_IMPORT_H

#include "digest.h"
#include "store_work.h"

/* A row of a file that has been checked; what it does not say is NULL. */
struct newcomer {
	int line;                        /* where it stands in the file */
	char digest[DIGEST_HEX + 1];     /* of all it says */
	const char *family, *given, *display;
	const char *born, *sex;
	const char **nationalities;      /* codes */
	size_t n_nationalities;
	const char *azr, *azr_typed;
	const char *phone, *street, *postcode, *city, *language;
	int arrived;                     /* DAY_NONE */
};

/* Somebody in the register; id 0: nobody. */
struct resident {
	int64_t id;
	const char *display, *born;
};

/* Who came of this row before. */
MUST_CHECK enum status store_import_find(struct op *op, const char *digest, struct resident *r);
/* Who has this AZR number. */
MUST_CHECK enum status store_import_azr(struct op *op, const char *azr, struct resident *r);
/* Who has the same name and date of birth; the oldest record first. */
MUST_CHECK enum status store_import_same(struct op *op, const struct newcomer *who,
                                         struct resident **list, size_t *n);
/* Who was born on that day, whatever they are called. */
MUST_CHECK enum status store_import_born(struct op *op, const char *born, struct resident **list,
                                         size_t *n);
/* Adds the person with all that the row says. */
MUST_CHECK enum status store_import_add(struct op *op, const struct newcomer *who, int64_t *id);

#endif
