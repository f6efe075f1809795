/*
 * merge_fields.h - private to service/: the fields of which two linked records
 * keep one value, chosen by a clerk.  Lists (names, numbers, papers) need no
 * choice: readers see the rows of both.
 */
#ifndef TRESEN_SERVICE_MERGE_FIELDS_H
#define TRESEN_SERVICE_MERGE_FIELDS_H

#include "service_merge.h"

bool merge_field_known(const char *field);
/* "name, born, ..." */
const char *merge_field_names(struct op *op);
/* Both values of each field in words, and what was chosen. */
struct merge_field *merge_fields_of(struct op *op, const struct merge *m,
                                    const struct person *survivor, const struct person *merged,
                                    size_t *n);
/* Gives the survivor what was chosen of the other; returns what it had and
 * has now by field.  The caller's. */
json_t *merge_fields_take(struct op *op, const char *choices, struct person *survivor,
                          const struct person *merged);
/* Puts one value in the place of the other; false: something else stands there. */
bool merge_field_replace(struct op *op, struct person *p, const char *field, const json_t *old,
                         const json_t *new);

/* The lock against disclosure as JSON; the caller's. */
json_t *merge_lock_of(const struct person *p);
/* Gives merged the survivor's lock where it came after then; false: it did not. */
bool merge_lock_spread(const json_t *then, const struct person *survivor, struct person *merged);

/* merge_part.c: parts them again (merge.undo), m->answer says why. */
MUST_CHECK enum status merge_part(struct op *op, const struct merge *m, const json_t *assign);
/* merge.c: compact, in op->mem. */
const char *json_text(struct op *op, const json_t *value);

#endif
