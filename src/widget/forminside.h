/*
 * forminside.h - layer 2: what formview.c, formfill.c and formdraw.c share.
 */
#ifndef TRESEN_WIDGET_FORMINSIDE_H
#define TRESEN_WIDGET_FORMINSIDE_H

#include "formview.h"

/* The field under the cursor. */
const struct form_field *fv_field(const struct form_view *v);
/* Chosen from a list, not typed: choice, yes or no. */
bool fv_is_chosen(const struct form_field *field);

/* The answer to field i, "" if there is none; and a new one. */
const char *fv_canonical(const struct form_view *v, size_t i);
void fv_set(struct form_view *v, size_t i, const char *canonical);
/* How that answer stands in its field; a number without its unit. */
const char *fv_written(const struct form_view *v, size_t i);
/* What stands in field i now, readable or not. */
const char *fv_typed(const struct form_view *v, size_t i);
/* Reads that as the answer; NULL, or why it is none, in a. */
const char *fv_read(struct form_view *v, size_t i, struct arena *a);
/* Needed at the view's stage and not there, or there and wrong. */
bool fv_is_open(const struct form_view *v, size_t i);

/* The cursor leaves its field; comes to field i. */
void fv_depart(struct form_view *v);
void fv_arrive(struct form_view *v, size_t i);
/* The next field seen, from + step on; the number of fields for none. */
size_t fv_next_seen(const struct form_view *v, size_t from, int step);

#endif
