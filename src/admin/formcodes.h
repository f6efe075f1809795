/*
 * formcodes.h - layer 5: does the office have what a form names?  Used by
 * publish.c.
 */
#ifndef TRESEN_ADMIN_FORMCODES_H
#define TRESEN_ADMIN_FORMCODES_H

#include "form_file.h"

/* "file:line: sentence" for each code that the office does not have. */
MUST_CHECK enum status form_codes_check(struct op *op, const struct form_file *file,
                                        struct form_errors *errors);

#endif
