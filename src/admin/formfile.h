/*
 * formfile.h - layer 5: form files and code lists on disk.  Used by the
 * catalogue and by the form tools.
 */
#ifndef TRESEN_ADMIN_FORMFILE_H
#define TRESEN_ADMIN_FORMFILE_H

#include "form_example.h"

struct form_file {
	const char *path, *source;
	struct form *form;       /* NULL: see errors */
	struct form_errors errors;
};

/* Reads and checks a form; code lists lie in folder/catalogue/lists.  ST_OK
 * also for a form with errors.  All in op->mem. */
MUST_CHECK enum status form_file_read(struct op *op, const char *folder, const char *path,
                                      struct form_file *file);
/* The text of a form or a code list, in op->mem. */
MUST_CHECK enum status form_text_read(struct op *op, const char *path, const char **text);
/* The office's holidays as the catalogue has them, ascending days. */
MUST_CHECK enum status form_file_holidays(struct op *op, const char *folder,
                                          struct form_world *world);

#endif
