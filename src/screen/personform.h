/*
 * personform.h - layer 3: the form of a person (forms/person.form) in a form
 * view, filled from the register and sent to it.  Used by take-in and by the
 * screen that changes a record.
 */
#ifndef TRESEN_SCREEN_PERSONFORM_H
#define TRESEN_SCREEN_PERSONFORM_H

#include "screen.h"

struct person_form {
	struct form_view view;
	int64_t id, version;     /* 0: not in the register yet */
	bool locked;             /* against disclosure */
	json_t *document;        /* on the counter: what person_form_keep got, or NULL */
	json_t *own;             /* fields this clerk's unit keeps; others are proposed */
	const char *reason;      /* of what is proposed; NULL: not asked yet */
	unsigned (*took_reason)(void *on, const char *reason); /* what asks to save again */
	size_t proposed;         /* how many fields the last save proposed */
};

/* Empty, for a new person; mem is that of the screen. */
MUST_CHECK enum status person_form_open(struct screen *s, struct person_form *p);
void person_form_done(struct person_form *p);
/* Shows a person object of the engine; NULL: a new person. */
void person_form_fill(struct person_form *p, const json_t *person);

/* A scanned document, to be saved with the person: {"zone", "scan"}; copied.
 * NULL: none. */
void person_form_keep(struct person_form *p, const json_t *document);

/* How many fields are wrong or missing; told under them. */
size_t person_form_check(struct person_form *p);

/*
 * Saves what was typed: a new record, or the changes of one; what another unit
 * keeps goes there as a proposal, once the clerk has said why (asked for here,
 * took_reason gets it: ST_DENIED until then).  Does nothing
 * when nothing was changed, so it can be repeated.  What is wrong is told
 * under its field.  After a conflict the form holds what others saved and,
 * where this clerk typed, what they typed: saving again keeps that.
 */
MUST_CHECK enum status person_form_save(struct screen *s, struct person_form *p);

/* What is typed into a field, as the register has it; "" where nothing is, NULL
 * where it cannot be read. */
const char *person_form_value(struct screen *s, const struct person_form *p, const char *field);

/* What is typed into a field as the engine takes it, NULL typed for taken away;
 * NULL: it cannot be read, and why. */
const char *person_word(struct screen *s, const char *field, const char *typed,
                        const char **why);

/* Is the field under the cursor one with a list? */
bool person_form_has_list(const struct person_form *p);
/* Opens that list; what is picked goes into the field.  find gives the form
 * of the screen that asked. */
unsigned person_form_list(struct screen *s, const struct person_form *p,
                          unsigned (*picked)(struct screen *s, const char *code));
/* Puts a picked code into the field under the cursor, as words. */
unsigned person_form_put(struct screen *s, struct person_form *p, const char *code);

/* "HADDAD, Rania *1990-05-03" of a person object or a brief one. */
const char *person_line(struct arena *a, const json_t *person);

#endif
