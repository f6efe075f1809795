/*
 * formfile.h - layer 5: what the form tools read besides forms.  Used by the
 * catalogue and by form.c.
 */
#ifndef TRESEN_ADMIN_FORMFILE_H
#define TRESEN_ADMIN_FORMFILE_H

#include "form_example.h"
#include "form_file.h"

/* The office's holidays as the catalogue has them, ascending days. */
MUST_CHECK enum status form_file_holidays(struct op *op, const char *folder,
                                          struct form_world *world);

#endif
