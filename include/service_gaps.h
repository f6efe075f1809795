/*
 * service_gaps.h - layer 3: is it complete?  What a matter lacks, answers and
 * papers in one list, and by when.  One rule for the guard of the acts, for
 * what a case shows, and for the list that the person takes home.
 *
 * Intake: needed before the matter is handed over; papers that are required
 * are wanted by then.  Review: asked for by whoever takes the case; bars
 * nothing.  Decision: needed before it is granted or refused.
 */
#ifndef TRESEN_SERVICE_GAPS_H
#define TRESEN_SERVICE_GAPS_H

#include "form_state.h"
#include "service.h"

struct gap {
	enum form_stage stage;   /* by when */
	bool paper;              /* else an answer */
	bool of_office;          /* the person has nothing to do for it */
	const char *key;         /* of the paper, "PASS"; path of the answer, "children[2].born" */
	const char *label;       /* in the op's language */
	const char *name_de, *name_en; /* papers: as asked for */
};

struct gaps {
	struct gap *list;        /* soonest first; papers, then answers */
	size_t n;
	const char **stops[FORM_NEVER];  /* what a rule of the form says against it */
	size_t n_stops[FORM_NEVER];      /* at intake and decision */
	const struct form *form; /* or NULL */
	struct case_document *papers;    /* all of them, those that are here too */
	size_t n_papers;
};

/* Of a case, whatever its state; nobody is asked whether they may see it. */
MUST_CHECK enum status gaps_of_case(struct op *op, const struct case_file *c, struct gaps *g);
/* Of what is being taken in and is no case yet. */
struct matter {
	const char *service;
	const json_t *answers;   /* object, or NULL */
	const char *brought;     /* keys of papers, blanks between; or NULL */
};
MUST_CHECK enum status gaps_of_matter(struct op *op, const struct matter *m, struct gaps *g);
/* How many are needed by then. */
size_t gaps_until(const struct gaps *g, enum form_stage stage);
/* How many the person can close: papers, and what is asked of them. */
size_t gaps_of_person(const struct gaps *g);
/* "3 missing for the decision: photo, rent."; NULL if nothing is. */
const char *gaps_sentence(struct op *op, const struct gaps *g, enum form_stage stage);
/* "intake", ... as a clerk says it. */
const char *stage_label(enum form_stage stage);

#endif
