/*
 * form_file.h - layer 1: form files and code lists on disk, as somebody wrote
 * them.  Used by tresen-admin and by the preview; the office keeps its own.
 */
#ifndef TRESEN_FORM_FILE_H
#define TRESEN_FORM_FILE_H

#include "form_read.h"

struct form_file {
	const char *path, *source;
	struct form *form;       /* NULL: see errors */
	struct form_errors errors;
};

/* The folder of catalogue and code lists beside this program. */
const char *form_data_folder(struct arena *a);
/* Reads and checks a form; code lists lie in folder/catalogue/lists.  ST_OK
 * also for a form with errors.  All in op->mem. */
MUST_CHECK enum status form_file_read(struct op *op, const char *folder, const char *path,
                                      struct form_file *file);
/* The same for one that was taken before, perhaps by an older check: see form_open. */
MUST_CHECK enum status form_file_open(struct op *op, const char *folder, const char *path,
                                      struct form_file *file);
/* The same with code lists from elsewhere. */
MUST_CHECK enum status form_file_read_with(struct op *op, const struct form_lists *lists,
                                           const char *path, struct form_file *file);
/* The last part of a path: as errors name the file. */
const char *form_file_name(const char *path);
/* The text of a form or a code list, in op->mem. */
MUST_CHECK enum status form_text_read(struct op *op, const char *path, const char **text);

#endif
