/*
 * value.h - layer 1: what a type of field is.  Shared by value.c and
 * value_more.c.
 */
#ifndef TRESEN_FORM_VALUE_H
#define TRESEN_FORM_VALUE_H

#include "inside.h"

struct value_type {
	/* Canonical text of what was typed, or NULL. */
	const char *(*parse)(struct arena *a, const struct form_field *field, const char *typed,
	                     int today);
	const char *(*show)(struct arena *a, const struct form_field *field, const char *text);
	/* From canonical text; false if it is not canonical. */
	bool (*read)(const struct form_field *field, const char *text, struct form_value *v);
	/* What a field of this type wants, with an example. */
	const char *(*wanted)(struct arena *a, const struct form_field *field);
	/* The sentence for a value out of bounds, or NULL. */
	const char *(*beyond)(struct arena *a, const struct form_field *field,
	                      const struct form_value *v, int today);
};

extern const struct value_type value_whole, value_money, value_decimal, value_choices,
    value_part_date, value_period, value_time, value_language, value_country, value_person,
    value_members, value_paper, value_identifier, value_phone, value_email, value_reference,
    value_rows;

struct form_field value_one_of(const struct form_field *field); /* as a choice */
const char *value_write_thousandths(struct arena *a, int64_t n);
const char *value_retype_paper(struct arena *a, const char *text);
const char *value_show_same(struct arena *a, const struct form_field *field, const char *text);
/* Not as "pattern" of the field wants it. */
const char *value_off_pattern(struct arena *a, const struct form_field *field,
                              const struct form_value *v, int today);
const char *value_unbounded(struct arena *a, const struct form_field *field,
                            const struct form_value *v, int today);

#endif
