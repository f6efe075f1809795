/*
 * form_kind.h - layer 1: what kinds of fields, stages, rules and texts a form
 * knows.  Part of form.h.
 */
#ifndef TRESEN_FORM_KIND_H
#define TRESEN_FORM_KIND_H

#include "base.h"

#define FORM_LANGS 2             /* of enum lang */

/* Name in a form file.  The first seven are drawn by the present client. */
#define FORM_TYPE_LIST(X)                                                      \
	X(FORM_TEXT, "text") X(FORM_LINES, "lines") X(FORM_CHOICE, "choice")   \
	X(FORM_DATE, "date") X(FORM_YES_NO, "yes_no") X(FORM_NUMBER, "number") \
	X(FORM_MONEY, "money") X(FORM_DECIMAL, "decimal")                      \
	X(FORM_CHOICES, "choices") X(FORM_PART_DATE, "part_date")              \
	X(FORM_PERIOD, "period") X(FORM_TIME, "time")                          \
	X(FORM_LANGUAGE, "language") X(FORM_COUNTRY, "country")                \
	X(FORM_PERSON, "person") X(FORM_MEMBERS, "members")                    \
	X(FORM_PAPER, "document") X(FORM_IDENTIFIER, "identifier")             \
	X(FORM_IBAN, "iban") X(FORM_PHONE, "phone") X(FORM_EMAIL, "email")     \
	X(FORM_ADDRESS, "address") X(FORM_REFERENCE, "reference")              \
	X(FORM_REPEAT, "repeat")

enum form_type {
#define X(id, name) id,
	FORM_TYPE_LIST(X)
#undef X
};

/* By when a field must be answered; as the stage of a check: what is needed
 * now.  At FORM_DRAFT nothing is needed yet. */
enum form_stage { FORM_DRAFT, FORM_INTAKE, FORM_REVIEW, FORM_DECISION, FORM_NEVER };
/* A rule stops, wants a reason, or only says. */
enum form_severity { FORM_STOP, FORM_WARN, FORM_HINT };
enum form_level { FORM_NORMAL, FORM_SOON, FORM_URGENT };
/* Of a whole form: only a published one is asked. */
enum form_life { FORM_IS_DRAFT, FORM_IS_PUBLISHED, FORM_IS_WITHDRAWN };

/* Who knows the answer: only what the person knows is asked of them. */
enum form_asks { FORM_ASKS_UNSAID, FORM_ASKS_PERSON, FORM_ASKS_OFFICE };

/* Where a date may lie; today is both past and future.  What ends may have ended,
 * but a day without its year is the next one. */
enum form_when { FORM_ANY_DAY, FORM_PAST, FORM_FUTURE, FORM_END };

/* Of what signs a text is: names in papers are in Latin letters (DIN 91379). */
enum form_letters { FORM_ANY_LETTERS, FORM_LATIN };

struct form_translation {        /* into a language this program does not speak */
	const char *lang;        /* "ar" */
	const char *text;
	const struct form_translation *next;
};

struct form_text {
	const char *in[FORM_LANGS]; /* by enum lang; NULL if the form says nothing */
	const struct form_translation *more;
};

#endif
