/*
 * form_state.h - layer 1: a whole form under answers: what is seen, what is
 * required, what is computed, what is wrong, which papers, which way, how
 * soon.  One evaluation for the engine, the client and form-try.
 *
 * Answers are a JSON object as form_answers.h says; those to a repeat are an
 * array of such objects (or that array as a text, as it is stored).
 */
#ifndef TRESEN_FORM_STATE_H
#define TRESEN_FORM_STATE_H

#include "form_answers.h"

/* Unknown is not no.  Any: it could be anything; only checks know it. */
enum form_known { FORM_UNKNOWN, FORM_KNOWN, FORM_ANY, FORM_FAULT };

struct form_value {
	enum form_known known;
	int64_t number;          /* whole; cents; thousandths; day; minute; 0 or 1 */
	int64_t high;            /* a date known in part: its last day; else number */
	const char *text;        /* text, choice; FORM_FAULT: what went wrong */
};

struct form_cell {               /* one field in one row */
	const struct form_field *field;
	const char *text;        /* canonical answer or result; NULL: none */
	bool seen;
	bool required;           /* at the stage asked for */
	bool wrong;              /* there is an answer, but no canonical one */
	struct form_value value; /* unknown while not seen */
	struct form_row *rows;   /* repeat */
	size_t row_count;
};

struct form_row {
	const struct form_field *repeat; /* NULL: the form itself */
	struct form_row *outer;
	struct form_cell *cells; /* by place */
	size_t number;           /* in its repeat, from 1 */
};

struct form_finding {
	const char *path;        /* "children[2].born", rows from 1; "" the form */
	const char *field;       /* key of the field not in a row that holds it; or NULL */
	enum form_severity severity;
	const char *sentence;    /* what to do, in the current language */
	bool missing;            /* not answered, but needed at this stage */
	const struct form_rule *rule;     /* that speaks; or NULL */
	const struct form_choice *choice; /* chosen though it is not offered any more; or NULL */
};

struct form_need {               /* key or list, as in struct form_document */
	const char *key, *list;
	bool required;
};

struct form_state {
	const struct form *form;
	const struct form_world *world;
	struct form_row *root;
	struct form_finding *findings; /* in the order of the form */
	size_t finding_count, finding_room;
	struct form_need *needs;
	size_t need_count;
	const struct form_route *route; /* NULL: as the service says */
	enum form_level level;
	int due;                 /* earliest urgent day, or DAY_NONE */
	bool due_by_date;        /* it is that of an "urgent" field */
	bool *urgencies;         /* which of the form's hold, by index */
	struct arena *mem;
	long steps;              /* of evaluation, bounded */
};

/*
 * Evaluates.  The state lives in a and borrows form and world, not the answers.  Never
 * fails: what is wrong with the answers is a finding.
 */
struct form_state *form_evaluate(struct arena *a, const struct form *f, const json_t *answers,
                                 const struct form_world *world);
/* The cell of "rent" or "children[2].born"; NULL if there is none. */
const struct form_cell *form_cell_at(const struct form_state *s, const char *path);
/* May the choice at index i be chosen in this cell (filter, validity)? */
bool form_may_choose(const struct form_state *s, const struct form_row *row,
                     const struct form_field *field, size_t i);
/* Path of a cell, in s->mem. */
const char *form_path(const struct form_state *s, const struct form_row *row,
                      const struct form_field *field);

struct form_gap {                /* something that is not answered, but needed */
	enum form_stage stage;   /* by then */
	const char *path;        /* "children[2].born" */
	const char *field;       /* key of the field not in a row that holds it */
};

/*
 * All that is missing until a decision, what is needed soonest first, then in
 * the order of the form.  world->stage does not count.  Returns how many, in a.
 */
size_t form_missing(struct arena *a, const struct form *f, const json_t *answers,
                    const struct form_world *world, struct form_gap **gaps);
/* Sentences of what is wrong and stops at world->stage; what is only missing is
 * not among them.  Returns how many, in a. */
size_t form_stops(struct arena *a, const struct form *f, const json_t *answers,
                  const struct form_world *world, const char ***sentences);
/* A text in a language, also one that this program does not speak; or NULL. */
const char *form_text_in(const struct form_text *t, const char *lang);
/* The field of "children[2].born", or "children.born"; NULL if there is none. */
const struct form_field *form_path_field(const struct form *f, const char *path);
/* "Children 2, Born" of "children[2].born"; NULL if a part of it is not there in
 * that language. */
const char *form_path_label(struct arena *a, const struct form *f, const char *path,
                            const char *lang);

/* How a computed field comes about, in lines: its expression, then the answers
 * that went into it; "" if it is not computed. */
const char *form_explain(struct arena *a, const struct form_row *row,
                         const struct form_field *field);
/* All of it as JSON, the shape in tresen-form(5); the caller's. */
json_t *form_state_json(const struct form_state *s);

#endif
