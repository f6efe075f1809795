/*
 * inside.h - layer 1: what the files of form/ share with each other.
 */
#ifndef TRESEN_FORM_INSIDE_H
#define TRESEN_FORM_INSIDE_H

#include "form_answers.h"

/* ---- reading a form ---- */

#define FORM_ERRORS_MAX 50       /* nobody reads more before mending some */

/* A condition waits here until all fields are known. */
struct pending_expr {
	const struct form_expr **to;
	const char *source;
	int line;
	struct pending_expr *next;
};

struct reader {
	struct arena *a;
	const char *name;
	struct form *form;
	struct form_errors *errors;
	int *lines;              /* of the errors, which are kept in their order */
	struct pending_expr *pending;
};

/* Adds "name:line: sentence", sorted by line; beyond the 50th there is silence. */
void form_error(struct reader *r, int line, const char *format, ...) PRINTF(3, 4);
/* The rules that need the whole form: types, duplicates, cycles; sets order. */
void form_check(struct reader *r);

/* ---- conditions ---- */

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* What an answer is to a condition.  Unknown, if it is not given. */
struct value {
	bool known;
	int64_t number;          /* number, money in cents, date as a day */
	const char *text;        /* text, lines, choice, yes_no */
};

/* Reads a condition over the form's fields; NULL after form_error. */
const struct form_expr *form_expr_parse(struct reader *r, const char *source, int line);
/* The truth of a condition; values by index of field. */
enum truth form_expr_eval(const struct form_expr *e, const struct value *values);
/* Calls f with the index of each field that a condition asks for. */
void form_expr_fields(const struct form_expr *e, void (*f)(void *self, size_t field), void *self);

/* ---- values ---- */

/* The value of a canonical text; false, and unknown, if it is not canonical. */
bool form_value_read(const struct form_field *field, const char *canonical, struct value *v);
/* What a field wants, with an example: a sentence. */
const char *form_value_wanted(struct arena *a, const struct form_field *field);
bool form_is_text(enum form_type type);

#define FORM_VALUE_BUFFER 24     /* holds any 64-bit number */

/* A whole number of at most 12 digits; may have a minus, nothing else. */
bool form_whole(const char *text, int64_t *number);
/* What people type for a day, a sum; see tresen-form(5). */
bool form_typed_day(const char *typed, enum form_when when, int today, int *day);
bool form_typed_cents(const char *typed, int64_t *cents);

#endif
