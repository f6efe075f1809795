/*
 * case_show.h - private to command/: a whole case in JSON.
 */
#ifndef TRESEN_COMMAND_CASE_SHOW_H
#define TRESEN_COMMAND_CASE_SHOW_H

#include "command.h"

/* "missing": what is lacking, soonest needed first. */
struct gaps;
json_t *shape_gaps(const struct gaps *g);
json_t *shape_document(const struct case_document *d);
json_t *shape_note(struct op *op, const struct case_note *n);
/* What only those who may see the file itself get, into o. */
MUST_CHECK enum status put_folder(struct op *op, const struct case_file *c, json_t *o);
/* "case": everything the reader may see of it.  Without id: nothing. */
MUST_CHECK enum status run_case_show(struct call *call);

/* A case's form, its answers, reasons and way, into the case object o. */
MUST_CHECK enum status put_case_form(struct op *op, const struct case_file *c, json_t *o);

#endif
