/*
 * service_why.h - layer 3: why somebody may or may not, sees or does not see:
 * the table of rights in plain words.
 */
#ifndef TRESEN_SERVICE_WHY_H
#define TRESEN_SERVICE_WHY_H

#include "base.h"

struct why_act {
	const char *command, *label;
	bool may;
	const char *sentence;    /* why not, and who may instead; "" when it may */
};

struct why {
	const char *about;       /* "Case 2026-000012", "case.claim" */
	bool sees;               /* a thing: it is in sight; a command: it may be called */
	const char **lines;
	size_t n_lines;
	struct why_act *acts;    /* on a thing: all that are done to its kind */
	size_t n_acts;
};

/* A command by its name; help: what it does, in the user's language. */
MUST_CHECK enum status why_command(struct op *op, const char *command, const char *help,
                                   struct why *w);
/*
 * A thing by its number.  One that is not for the actor is answered as one
 * that does not exist, whatever the reason: about is what was asked for.
 */
MUST_CHECK enum status why_case(struct op *op, int64_t id, const char *about, struct why *w);
MUST_CHECK enum status why_visit(struct op *op, int64_t id, const char *about, struct why *w);
/* People are shared: what of the record the actor's unit keeps. */
MUST_CHECK enum status why_person(struct op *op, int64_t id, const char *about, struct why *w);
MUST_CHECK enum status why_task(struct op *op, int64_t id, const char *about, struct why *w);
/* What somebody typed: a case number, a ticket of today.  *found false: neither. */
MUST_CHECK enum status why_typed(struct op *op, const char *text, struct why *w, bool *found);

#endif
