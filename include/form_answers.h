/*
 * form_answers.h - layer 1: answers to the questions of a form: which of them
 * are seen, what is wrong or missing, the papers they ask for, values as typed,
 * kept and shown.  Used by both programs, see form.h.
 *
 * Answers are a JSON object: stable field key -> canonical text.  Canonical is
 *   text, lines  the text          date    2026-11-23    number  30
 *   choice       the choice's key  yes_no  yes | no      money   cents, 164000
 * JSON integers and booleans are taken for number, money and yes_no; null and
 * "" mean not answered.  Labels and sentences are in lang_current().
 */
#ifndef TRESEN_FORM_ANSWERS_H
#define TRESEN_FORM_ANSWERS_H

#include <jansson.h>

#include "form.h"

/* What answers alone do not say.  The caller's: it is borrowed. */
struct form_world {
	int today;               /* of the office */
	enum form_stage stage;
	const int *holidays;     /* ascending days */
	size_t holiday_count;
};

/*
 * ---- answers --------------------------------------------------------------
 * A field is seen when its condition and that of its section are true.  One
 * that hangs on an answer not given is not seen: unknown is not no.  The
 * answer of a field that is not seen counts as not given.
 */

/* Does the person answer it (else the office finds out or does it itself)?  As
 * "asks" says, of the field or of the repeat around it; else all but what an
 * owner answers without a question to read out. */
bool form_is_for_person(const struct form_field *field);
/* Is this field seen? */
bool form_visible(const struct form *f, const json_t *answers, const struct form_world *world,
                  const struct form_field *field);

struct form_problem {
	const char *field;       /* key of the field at fault; NULL: all of it */
	const char *sentence;    /* what to do, in the current language */
	bool missing;            /* not answered, but needed at this stage */
};

/*
 * What is wrong with answers at the world's stage: keys the form does not know, values
 * not canonical for their type, and what is needed by now.  Fields not seen
 * are not looked at.  Returns how many, in the order of the form, in a.
 */
size_t form_validate(struct arena *a, const struct form *f, const json_t *answers,
                     const struct form_world *world, struct form_problem **problems);

/* Answers as they are stored: canonical texts of the fields that are seen and
 * answered.  For answers that form_validate accepts.  The caller's. */
json_t *form_settle(struct arena *a, const struct form *f, const json_t *answers,
                    const struct form_world *world);

struct form_pair {
	const char *field;
	const char *value;       /* canonical text; NULL: not answered */
};
/* Answers as pairs, for those who keep them a row a field.  In a. */
size_t form_pairs(struct arena *a, const json_t *answers, struct form_pair **pairs);

/* How soon, as the answers say. */
struct form_hurry {
	enum form_level level;   /* the highest of "urgency" */
	enum form_level open;    /* the highest without a day of its own: the office has
	                          * one for each level */
	int due;                 /* the earliest day named, or DAY_NONE */
	bool by_date;            /* that is a day answered to an "urgent" field */
	const struct form_text *why; /* of the level, or NULL */
};
struct form_hurry form_hurry(const struct form *f, const json_t *answers,
                             const struct form_world *world);
/* The same of a state. */
struct form_state;
struct form_hurry form_hurry_of(const struct form_state *s);

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
                      const struct form_world *world, const struct form_checklists *lists,
                      struct form_paper **papers);

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
/* The same with people by their names: names says what a number is called. */
const char *form_value_tell(struct arena *a, const struct form_field *field,
                            const char *canonical, const json_t *names);
/* A row of a repeat with what each answer is called: "Name: Ada, Born: 2015". */
const char *form_row_tell(struct arena *a, const struct form_field *repeat, const json_t *row,
                          const json_t *names);
/* The same of a single value, so that typing it again gives the same value: without its unit. */
const char *form_value_retype(struct arena *a, const struct form_field *field,
                              const char *canonical);
/* Is key among the keys of several of a list, "a,b"? */
bool form_set_has(const char *set, const char *key);
/* NULL if value is canonical for the field, else the sentence. */
const char *form_value_check(struct arena *a, const struct form_field *field,
                             const char *canonical, int today);

#endif
