/*
 * import.h - private to admin/: people from a file: its bytes, its columns,
 * its rows.  import.c is the verb and brings them in.
 */
#ifndef TRESEN_ADMIN_IMPORT_H
#define TRESEN_ADMIN_IMPORT_H

#include "csv.h"
#include "digest.h"
#include "store_import.h"

/* ---- import_file.c ---- */

/*
 * The file as UTF-8, in op->mem; encoding NULL: it is UTF-8 itself.  Fails with
 * a sentence when its bytes are not what they are said to be.
 */
MUST_CHECK enum status import_file_read(struct op *op, const char *path, const char *encoding,
                                        const char **text, size_t *n);

/* ---- import_word.c ---- */

struct import_names;
struct import_plan;
/* A code list of the catalogue by code, German and English names. */
MUST_CHECK enum status import_words_read(struct op *op, const char *list,
                                         struct import_names **names);
/* The code of a word; NULL for one that is not on the list. */
const char *import_word(struct arena *mem, const struct import_names *names, const char *text);
/* The same of countries, by codes of two letters and everyday words too. */
const char *import_country(struct arena *mem, const struct import_plan *plan, const char *text);

/* ---- import_row.c ---- */

#define IMPORT_COLUMNS 12
#define IMPORT_FIELDS_MAX 64     /* columns of a file */

/* How the columns of a file are to be read. */
struct import_plan {
	int column[IMPORT_FIELDS_MAX]; /* which column of ours, -1: a reason of ours */
	size_t n;
	struct import_names *countries, *languages;
	int today;
};
/* Reads the head of the file; every column must be known. */
MUST_CHECK enum status import_plan_read(struct op *op, const struct csv_record *head,
                                        struct import_plan *plan);
/* The reason a file of rejected rows tells stands first. */
bool import_plan_has_reason(const struct import_plan *plan);

/*
 * A row as a person; in mem.  Where it cannot be one, *why says everything
 * that is wrong with it, else it is NULL.
 */
struct newcomer *import_row_read(struct arena *mem, const struct import_plan *plan,
                                 const struct csv_record *r, const char **why);

/* ---- import_double.c ---- */

/* Who was born on the same day and has a name of the same parts in another
 * spelling or order; id 0: nobody.  who has a date of birth. */
MUST_CHECK enum status import_double(struct op *op, const struct newcomer *who,
                                     struct resident *like);

#endif
