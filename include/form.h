/*
 * form.h - layer 1: the questions of an intake.
 *
 * A form is a text file (forms/NAME.form, described in tresen-form(5)) that an
 * office may edit.  The engine and the client read it with the same code: the
 * client to draw it, the engine to believe nothing the client says.
 * What is done with answers stands in form_answers.h.
 */
#ifndef TRESEN_FORM_H
#define TRESEN_FORM_H

#include "base.h"

#define FORM_FIELDS_MAX 256
#define FORM_LANGS 2             /* of enum lang */

enum form_type {
	FORM_TEXT, FORM_LINES, FORM_CHOICE, FORM_DATE, FORM_YES_NO, FORM_NUMBER, FORM_MONEY,
};

/* By when a field must be answered; as the stage of a check: what is needed
 * now.  At FORM_DRAFT nothing is needed yet. */
enum form_stage { FORM_DRAFT, FORM_INTAKE, FORM_REVIEW, FORM_DECISION, FORM_NEVER };

/* Where a date may lie; today is both past and future. */
enum form_when { FORM_ANY_DAY, FORM_PAST, FORM_FUTURE };

struct form_text {
	const char *in[FORM_LANGS]; /* by enum lang; NULL if the form says nothing */
};

struct form_expr;                /* a condition, checked; see tresen-form(5) */

struct form_choice {
	const char *key;
	struct form_text label;
};

struct form_field {
	const char *key;         /* the same for ever; answers are kept by it */
	enum form_type type;
	enum form_stage required;
	enum form_when when;     /* date */
	bool urgent;             /* date: on this day the case is due */
	int min, max;            /* number, inclusive */
	struct form_text label;  /* always there */
	struct form_text help, ask, unit;
	const char *basis;       /* "§ 81(4) AufenthG", or NULL */
	struct form_choice *choices;
	size_t choice_count;
	const struct form_expr *show; /* NULL: always */
	size_t section;          /* index into form.sections */
	int line;                /* in the source */
};

struct form_section {
	const char *key;
	struct form_text title;
	struct form_text help;
	const struct form_expr *show;
	size_t first, count;     /* its fields in form.fields */
	int line;
};

/* A paper to bring: one of its own, or a whole checklist of the catalogue. */
struct form_document {
	const char *key;         /* as in the catalogue, "PASS"; or NULL */
	const char *list;        /* "AE_base"; or NULL */
	bool required;           /* key only */
	const struct form_expr *show;
	int line;
};

struct form {
	const char *key;         /* "residence_extend" */
	int version;             /* 1 ... */
	int valid_from;          /* day */
	struct form_text title;
	const char *basis;       /* or NULL */
	const char **services;   /* service codes, "S02" */
	size_t service_count;
	struct form_section *sections;
	size_t section_count;
	struct form_field *fields;
	size_t field_count;      /* <= FORM_FIELDS_MAX */
	struct form_document *documents;
	size_t document_count;
	const size_t *order;     /* fields, those a condition asks for first */
};

/*
 * ---- reading --------------------------------------------------------------
 */

struct form_errors {
	const char **text;       /* "residence_extend.form:12: sentence", by line */
	size_t count;
};

/*
 * Reads and checks a form.  name stands in the errors.  Everything returned
 * lives in a and borrows nothing.  NULL if anything at all is wrong; errors
 * then has at least one entry, several at once where they can be found.
 */
struct form *form_parse(struct arena *a, const char *name, const char *source,
                        struct form_errors *errors);

/* The field of a key, or NULL. */
const struct form_field *form_find(const struct form *f, const char *key);
/* Text in the current language; in another one rather than nothing; "". */
const char *form_say(const struct form_text *t);
/* Label of a field in a language; NULL for a key that the form does not know. */
const char *form_label(const struct form *f, const char *key, enum lang lang);

#endif
