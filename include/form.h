/*
 * form.h - layer 1: the questions of an intake.
 *
 * A form is a text file (forms/NAME.form, described in tresen-form(5)) that an
 * office may edit.  The engine and the client read it with the same code: the
 * client to draw it, the engine to believe nothing the client says.
 * How one is read stands in form_read.h, what is done with answers in
 * form_answers.h and form_state.h.
 */
#ifndef TRESEN_FORM_H
#define TRESEN_FORM_H

#include "form_kind.h"

#define FORM_FIELDS_MAX 256      /* those in rows among them */
#define FORM_ROWS_MAX 100        /* of one repeat; its own max may be less */
#define FORM_ROWS_USUAL 20
#define FORM_COUNTER "front_office" /* the unit that answers at intake */

struct form_expr;                /* an expression, checked; see tresen-form(5) */

struct form_choice {
	const char *key;
	struct form_text label;
	const char **tags;
	size_t tag_count;
	int valid_from, valid_until; /* days; DAY_NONE: open */
	bool withdrawn;          /* may be read, not chosen */
};

struct form_list {               /* a code list of the catalogue, or of the form */
	const char *name;
	int version;
	struct form_choice *entries;
	size_t count;
	int line;
};

struct form_rule {
	const struct form_expr *when; /* true: it speaks */
	enum form_severity severity;
	enum form_stage at;      /* from which stage on */
	struct form_text text;
	const char *field;       /* form rules: where it is shown, or NULL */
	int line;
};

struct form_field {
	const char *key;         /* the same for ever; answers are kept by it */
	enum form_type type;
	enum form_stage required;
	enum form_when when;     /* date */
	enum form_asks asks;     /* see form_is_for_person */
	enum form_letters letters; /* text */
	bool urgent;             /* date: on this day the case is due */
	bool confidential;
	int min, max;            /* number, and rows of a repeat; inclusive */
	struct form_text label;  /* always there */
	struct form_text short_label, output, help, ask, unit;
	const char *basis;       /* "§ 81 Abs. 4 AufenthG", or NULL */
	struct form_text purpose; /* what the answer is for */
	const char *owner;       /* code of a unit, or NULL */
	int identifier;          /* enum identifier_kind */
	const char *pattern;     /* text: all of it must look so; or NULL */
	struct form_text pattern_text; /* how that looks, in words */
	const char *list;        /* name of a code list, or NULL */
	struct form_choice *choices; /* its own, or those of the list */
	size_t choice_count;
	const struct form_expr *show;    /* NULL: always */
	const struct form_expr *require; /* NULL: by stage alone */
	const struct form_expr *compute; /* NULL: it is asked */
	const struct form_expr *filter;  /* of choices; NULL: all */
	struct form_rule *rules;
	size_t rule_count;
	struct form_field *fields; /* repeat: of each row */
	size_t field_count;
	const struct form_field *parent; /* the repeat it is in, or NULL */
	size_t place;            /* among the fields beside it */
	size_t id;               /* among all: form.every */
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

struct form_route {              /* the first whose condition is true */
	const struct form_expr *when; /* NULL: always */
	const char *unit;
	struct form_text text;
	int line;
};

struct form_urgency {            /* the highest level, the earliest day */
	const struct form_expr *when;
	const struct form_expr *due; /* a day, or NULL */
	enum form_level level;
	struct form_text text;
	int line;
};

struct form_example;             /* see form_example.h */
struct form_step;

struct form {
	const char *key;         /* "residence_extend" */
	int version;             /* 1 ... */
	int valid_from;          /* day */
	int valid_until;         /* day, or DAY_NONE */
	enum form_life life;
	struct form_text title, purpose;
	const char *basis, *leika, *retention; /* or NULL */
	const char **services;   /* service codes, "S02" */
	size_t service_count;
	int services_line, leika_line, retention_line;
	struct form_section *sections;
	size_t section_count;
	struct form_field *fields; /* not those in rows */
	size_t field_count;
	struct form_field *every[FORM_FIELDS_MAX]; /* all, by id */
	size_t every_count;
	struct form_document *documents;
	size_t document_count;
	struct form_list *lists;
	size_t list_count;
	struct form_rule *rules;
	size_t rule_count;
	struct form_route *routes;
	size_t route_count;
	struct form_urgency *urgencies;
	size_t urgency_count;
	struct form_example *examples;
	size_t example_count;
	struct form_step *steps; /* migrate */
	size_t step_count;
	const size_t *order;     /* ids, those an expression asks for first */
};

/* The field of a key that is not in a row, or NULL. */
const struct form_field *form_find(const struct form *f, const char *key);
/* Text in the current language; in another one rather than nothing; "". */
const char *form_say(const struct form_text *t);
/* What a field is called where there is little room: over a column, in a row. */
const char *form_say_short(const struct form_field *field);
/* Label of a field in a language; NULL for a key that the form does not know. */
const char *form_label(const struct form *f, const char *key, enum lang lang);
/* "text" for FORM_TEXT, "intake" for FORM_INTAKE, "stop", "urgent". */
const char *form_type_name(enum form_type type);
const char *form_stage_name(enum form_stage stage);
const char *form_severity_name(enum form_severity severity);
const char *form_level_name(enum form_level level);

#endif
