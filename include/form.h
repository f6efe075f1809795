/*
 * form.h - layer 1: the questions of an intake and the answers to them.
 *
 * A form is a text file (forms/NAME.form, described in tresen-form(5)) that an
 * office may edit.  The engine and the client read it with the same code: the
 * client to draw it, the engine to believe nothing the client says.
 *
 * Answers are a JSON object: stable field key -> canonical text.  Canonical is
 *   text, lines  the text          date    2026-11-23    number  30
 *   choice       the choice's key  yes_no  yes | no      money   cents, 164000
 * JSON integers and booleans are taken for number, money and yes_no; null and
 * "" mean not answered.  Labels and sentences are in lang_current().
 */
#ifndef TRESEN_FORM_H
#define TRESEN_FORM_H

#include <jansson.h>

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

/*
 * ---- answers --------------------------------------------------------------
 * A field is seen when its condition and that of its section are true.  One
 * that hangs on an answer not given is not seen: unknown is not no.  The
 * answer of a field that is not seen counts as not given.
 */

/* Which fields are seen; by index into form.fields. */
void form_seen(const struct form *f, const json_t *answers, bool seen[FORM_FIELDS_MAX]);
/* The same for one field. */
bool form_visible(const struct form *f, const json_t *answers, const struct form_field *field);

struct form_problem {
	const char *field;       /* key of the field at fault; NULL: all of it */
	const char *sentence;    /* what to do, in the current language */
	bool missing;            /* not answered, but needed at this stage */
};

/*
 * What is wrong with answers at a stage: keys the form does not know, values
 * not canonical for their type, and what is needed by now.  Fields not seen
 * are not looked at.  Returns how many, in the order of the form, in a.
 */
size_t form_validate(struct arena *a, const struct form *f, const json_t *answers,
                     enum form_stage stage, int today, struct form_problem **problems);

/* Answers as they are stored: canonical texts of the fields that are seen and
 * answered.  For answers that form_validate accepts.  The caller's. */
json_t *form_settle(struct arena *a, const struct form *f, const json_t *answers);

struct form_pair {
	const char *field;
	const char *value;       /* canonical text; NULL: not answered */
};
/* Answers as pairs, for those who keep them a row a field.  In a. */
size_t form_pairs(struct arena *a, const json_t *answers, struct form_pair **pairs);

/* The earliest urgent day among the answers, or DAY_NONE. */
int form_urgent_day(const struct form *f, const json_t *answers);

struct form_paper {
	const char *key;
	bool required;
};

/* How form_documents asks the catalogue: the items of a checklist, those of
 * lists it includes among them; 0 for a list that does not exist. */
struct form_checklists {
	size_t (*items)(void *self, const char *list, const struct form_paper **papers);
	void *self;
};

/*
 * Papers to bring under these answers, each key once, in the order of the
 * form.  Required if any entry or list says so.  Returns how many, in a.
 */
size_t form_documents(struct arena *a, const struct form *f, const json_t *answers,
                      const struct form_checklists *lists, struct form_paper **papers);

/*
 * ---- values ---------------------------------------------------------------
 */

/*
 * The canonical text of what a clerk typed: "3.5.", "3.5.26", "030526", "+14",
 * "heute" for a date; "1.640,00" or "1640.00" for money; the beginning of a
 * choice's label.  "" if nothing was typed.  NULL if it cannot be taken: why is
 * then a sentence with an example.
 */
const char *form_value_parse(struct arena *a, const struct form_field *field,
                             const char *typed, int today, const char **why);
/* A canonical value for people: "25.11.2026", "1,640.00", "yes", a label.  A
 * text that is not canonical is shown as it is. */
const char *form_value_show(struct arena *a, const struct form_field *field,
                            const char *canonical);
/* NULL if value is canonical for the field, else the sentence. */
const char *form_value_check(struct arena *a, const struct form_field *field,
                             const char *canonical, int today);

#endif
