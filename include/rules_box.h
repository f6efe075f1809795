/*
 * rules_box.h - layer 1: what may be meant by one line of typing in the search
 * box.  Part of rules.h by noun.  Pure; what could be several things is read as
 * each of them.
 */
#ifndef TRESEN_RULES_BOX_H
#define TRESEN_RULES_BOX_H

#include "base.h"

#define BOX_NUMBERS_MAX 6
#define BOX_BORN_MAX 2

struct birth {
	int year, month, day;    /* 0: not said */
};

struct search_box {
	const char *names;       /* what is left for names, "" when nothing is */
	bool open;               /* the last name is still being typed */
	struct birth born[BOX_BORN_MAX];
	size_t n_born;
	/* without blanks and hyphens, upper case: identifiers, documents */
	const char *numbers[BOX_NUMBERS_MAX];
	size_t n_numbers;
	const char *phone;       /* digits behind country code and zero, last one first; or NULL */
	int case_year, case_number; /* 2026-004711; number 0: none; year 0: not said */
	char ticket_letter;      /* A018; '\0': none */
	int ticket_number;
};

/* today decides the century of 3.5.90: nobody is born tomorrow. */
void search_box_read(struct arena *a, const char *text, int today, struct search_box *box);
/* YYYY, YYYY-MM or YYYY-MM-DD as it stands in a record; false if it is none. */
bool birth_parse(const char *text, struct birth *birth);

/* How well two dates of birth agree, for the order of hits and for doubles. */
enum birth_match {
	BIRTH_UNKNOWN,           /* one of them is not there */
	BIRTH_EQUAL,             /* all that both say */
	BIRTH_TURNED,            /* day and month changed places */
	BIRTH_VAGUE,             /* the same year; one says no more, or 1 January */
	BIRTH_YEAR,              /* the same year, another day */
	BIRTH_NEAR,              /* the same day, a year apart */
	BIRTH_OTHER,
};
enum birth_match birth_match(const struct birth *a, const struct birth *b);

#endif
