/*
 * people.h - an invented register of people for the search: names from
 * tests/bench/names, the same ones on every machine.  Called by people.c.
 */
#ifndef TRESEN_BENCH_PEOPLE_H
#define TRESEN_BENCH_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARTS_MAX 4
#define PEOPLE 1000000

/* Spellings of one name. */
struct group {
	char kind;               /* g given, f family, b both, x the end of a family name */
	int weight;
	const char *script;      /* in its own script, or NULL */
	const char *spelling[12];
	int n;
	bool held_out;           /* not looked at while the rules were made */
};

struct bit {
	const struct group *group, *end; /* end: what is hung on, or NULL */
	int spelling, end_spelling;
};

struct citizen {
	struct bit parts[PARTS_MAX]; /* the family name first */
	int n;
	char born[11];           /* as the record says */
	int year, month, day;    /* as it was */
};

void names_load(const char *folder);
/* The i-th of the register. */
void citizen_make(uint32_t i, struct citizen *c);
/* A part spelled some way. */
void part_text(const struct bit *p, char *to, size_t size);
/* Fills db with all of them behind those that are there; the first's id. */
int64_t people_fill(const char *db);
/* How large the search's tables are; what entering a person costs.  Returns the
 * instant of the newest event. */
int64_t people_sizes(const char *db);

uint32_t roll(uint64_t *dice, uint32_t below);

#endif
