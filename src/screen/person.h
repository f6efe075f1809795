/*
 * person.h - private to src/screen: what person.c and person_acts.c share.
 */
#ifndef TRESEN_SCREEN_PERSON_H
#define TRESEN_SCREEN_PERSON_H

#include "desk.h"
#include "rules_person.h"

enum view { VIEW_PAST, VIEW_RECORD, VIEW_CHANGES, VIEWS };

struct person_screen {
	const json_t *person;
	enum view view;
	struct table tables[VIEWS];

	/* What was answered so far of a question in several steps. */
	enum part part;          /* the row that is asked about */
	int64_t row;
	const char *until;       /* of the lock */
	const char *parent_kind; /* and whom, of a parent */
	int64_t parent;
};

/* Acts on the record: on is the screen. */
unsigned person_edit(void *on);
unsigned person_change_row(void *on);
unsigned person_add(void *on);
unsigned person_drop(void *on);
unsigned person_lock(void *on);
unsigned person_unlock(void *on);
unsigned person_proposals(void *on);
unsigned person_export(void *on);
unsigned person_doubles(void *on);
unsigned person_household(void *on);
unsigned person_ask(void *on);
unsigned person_ticket(void *on);
unsigned person_terms(void *on);
unsigned person_disclosed(void *on);

#endif
