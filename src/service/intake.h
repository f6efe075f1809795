/*
 * intake.h - private to service/: forms and papers of a case, shared by
 * opening (intake.c) and changing (folder.c).
 */
#ifndef TRESEN_SERVICE_INTAKE_H
#define TRESEN_SERVICE_INTAKE_H

#include "form_answers.h"
#include "service.h"

/* version 0: the one valid today.  *form NULL: the service has none. */
MUST_CHECK enum status load_form(struct op *op, const char *key, int version,
                                 const struct form **form, int *found);
/* Fails with the first problem's sentence and field. */
MUST_CHECK enum status check_answers(struct op *op, const struct form *form,
                                     const json_t *answers, enum form_stage stage);
/* Brings the checklist of a case in line with its answers. */
MUST_CHECK enum status settle_papers(struct op *op, const struct case_file *c,
                                     const struct form *form, const json_t *answers,
                                     const char *checklist);

#endif
