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
struct merge_field *merge_fields_of(struct op *op, const char *choices,
                                    const struct person *survivor, const struct person *merged,
                                    size_t *n);
/* Gives the survivor what was chosen of the other; returns what it had and
 * has now by field.  The caller's. */
json_t *merge_fields_take(struct op *op, const char *choices, struct person *survivor,
                          const struct person *merged);
/* Puts back what it had, except where somebody has changed it since. */
void merge_fields_put_back(struct op *op, const json_t *fields, struct person *survivor);

#endif
