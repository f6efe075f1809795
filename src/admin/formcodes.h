/*
 * formcodes.h - layer 5: does the office have what a form names?  Used by
 * publish.c and form.c.
 */
#ifndef TRESEN_ADMIN_FORMCODES_H
#define TRESEN_ADMIN_FORMCODES_H

#include "form_file.h"
#include "store_catalogue.h"

/* Codes of a catalogue as its files have them. */
struct code_book {
	const char **units;      /* that take cases */
	size_t n_units;
	const char **services;
	struct service_ties *ties; /* by the place of their service */
	size_t n_services;
	const char **checklists, **papers, **classes; /* classes: of retention */
	size_t n_checklists, n_papers, n_classes;
};

/* "file:line: sentence" for each code that the office does not have; book: that
 * the catalogue does not have, NULL: ask the office. */
MUST_CHECK enum status form_codes_check(struct op *op, const struct form_file *file,
                                        const struct code_book *book,
                                        struct form_errors *errors);
/* Reads folder/catalogue. */
MUST_CHECK enum status code_book_read(struct op *op, const char *folder, struct code_book *book);

#endif
