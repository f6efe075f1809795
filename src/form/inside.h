/*
 * inside.h - layer 1: what the files of form/ share with each other.
 */
#ifndef TRESEN_FORM_INSIDE_H
#define TRESEN_FORM_INSIDE_H

#include "form_read.h"
#include "form_state.h"

/* ---- kinds: what an expression or a field is worth ---- */

#define KIND_LIST(X)                                                           \
	X(KIND_NONE, "")                                                       \
	X(KIND_TRUTH, N_("yes or no"))                                         \
	X(KIND_NUMBER, N_("a whole number"))                                   \
	X(KIND_DECIMAL, N_("a decimal number"))                                \
	X(KIND_MONEY, N_("a sum of money"))                                    \
	X(KIND_DATE, N_("a day"))                                              \
	X(KIND_PART, N_("a day known in part"))                                \
	X(KIND_TIME, N_("a time of day"))                                      \
	X(KIND_TEXT, N_("a text"))                                             \
	X(KIND_CHOICE, N_("one of a list"))                                    \
	X(KIND_SET, N_("several of a list"))                                   \
	X(KIND_PERIOD, N_("a period"))                                         \
	X(KIND_PAPER, N_("a document"))                                        \
	X(KIND_ROWS, N_("a repeat"))                                           \
	X(KIND_QUOTED, N_("a text in quotation marks")) /* of no kind yet */   \
	X(KIND_FIGURE, N_("a number"))                  /* of no kind yet */

enum kind {
#define X(id, label) id,
	KIND_LIST(X)
#undef X
};

/* ---- reading a form ---- */

#define FORM_ERRORS_MAX 50       /* nobody reads more before mending some */

/* An expression waits here until all fields are known. */
struct pending_expr {
	const struct form_expr **to;
	const char *source;
	int line;
	const struct form_field *scope; /* the repeat in whose rows it stands, or NULL */
	const struct form_field *field; /* KIND_NONE: it must be of this field's kind */
	enum kind want;
	bool filter;             /* "option" and "tags" have a meaning */
	struct pending_expr *next;
};

struct reader {
	struct arena *a;
	const char *name;
	struct form *form;
	struct form_errors *errors;
	int *lines;              /* of the errors, which are kept in their order */
	int *note_lines;
	struct pending_expr *pending;
	struct form_field *scope, *field; /* the repeat and the field being read */
	const struct form_lists *lists;
	bool shaky;              /* a key or a type is missing: expressions would echo it */
	bool deep;               /* look also for what only trying out can find */
};

/* Adds "name:line: sentence", sorted by line; beyond the 50th there is silence. */
void form_error(struct reader *r, int line, const char *format, ...) PRINTF(3, 4);
/* What libconfig may read of a text, behind a byte order mark; NULL after an
 * error. */
const char *form_source(struct reader *r, const char *source);
/* The rules that need the whole form: types, duplicates; who may answer. */
void form_check(struct reader *r);
/* "children.born": the keys of the repeats around it, points between. */
const char *form_full_key(struct arena *a, const struct form_field *field);
/* Moves of "migrate". */
void form_check_steps(struct reader *r);
/* Cycles; sets order. */
void form_check_order(struct reader *r);
/* Fields and choices that no answers let anyone see. */
void form_check_reach(struct reader *r);
/* Can it be so (shown at a field, NULL: the form) while none of these fields, by
 * id, is seen?  No if that cannot be told. */
bool form_holds_unseen(struct arena *a, const struct form *f, const struct form_expr *e,
                       const struct form_field *at, const bool fields[]);
/* Rules that stop where nobody could mend it. */
void form_check_blocked(struct reader *r);

/* ---- expressions ---- */

/* Reads an expression over the form's fields; NULL after form_error. */
const struct form_expr *form_expr_parse(struct reader *r, const struct pending_expr *p);
/* Its value in a row (NULL: the form). */
struct form_value form_expr_value(struct form_state *s, struct form_row *row,
                                  const struct form_expr *e);
/* The same for a filter, asked for one choice. */
struct form_value form_expr_option(struct form_state *s, struct form_row *row,
                                   const struct form_expr *e, const struct form_choice *option);
bool form_is_yes(const struct form_value *v);
bool form_is_no(const struct form_value *v);
/* Calls f with each field that an expression asks for, repeats among them. */
void form_expr_fields(const struct form_expr *e,
                      void (*f)(void *self, const struct form_field *field), void *self);

/* What a field is compared with in expressions. */
#define FORM_LITERALS_MAX 16
struct form_literals {
	const struct form_field *field;
	struct form_value list[FORM_LITERALS_MAX];
	size_t n;
	bool beyond;             /* more is done with it: any value may matter */
};
void form_expr_literals(const struct form_expr *e, struct form_literals *found);

/* ---- state ---- */

/* form_evaluate without its findings: cells alone cost little. */
struct form_state *form_settled(struct arena *a, const struct form *f, const json_t *answers,
                                const struct form_world *world);
void form_find_out(struct form_state *s, const json_t *answers);
/* Rows and cells without answers, one row a repeat: for checks. */
struct form_state *form_state_blank(struct arena *a, const struct form *f,
                                    const struct form_world *world);

/* ---- values ---- */

/* The value of a canonical text; false, and unknown, if it is not canonical. */
bool form_value_read(const struct form_field *field, const char *canonical,
                     struct form_value *v);
/* The canonical text of a value that was computed. */
const char *form_value_write(struct arena *a, const struct form_field *field,
                             const struct form_value *v);
/* Rows as people read them; names as in form_value_tell, or NULL. */
const char *form_rows_tell(struct arena *a, const struct form_field *field, const char *text,
                           const json_t *names);
/* What a field wants, with an example: a sentence. */
const char *form_value_wanted(struct arena *a, const struct form_field *field);
/* "12.5" as thousandths. */
bool form_thousandths(const char *text, int64_t *number);
bool form_minutes(const char *text, int64_t *minutes);
/* The choice of a key, or NULL. */
const struct form_choice *form_choice_of(const struct form_field *field, const char *key);

/* All of text looks like pattern; the pattern can be read at all. */
bool form_pattern_match(const char *pattern, const char *text);
bool form_pattern_valid(const char *pattern);

#define FORM_VALUE_BUFFER 24     /* holds any 64-bit number */

/* A whole number of at most 12 digits; may have a minus, nothing else. */
bool form_whole(const char *text, int64_t *number);
/* What people type for a day, a sum; see tresen-form(5). */
bool form_typed_day(const char *typed, enum form_when when, int today, int *day);
bool form_typed_cents(const char *typed, int64_t *cents);

#endif
