/*
 * mrz_layout.h - private to rules/: where what stands in a machine-readable
 * zone, and how lines become one.
 */
#ifndef TRESEN_RULES_MRZ_LAYOUT_H
#define TRESEN_RULES_MRZ_LAYOUT_H

#include "rules_mrz.h"

#define MRZ_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define MRZ_DIGITS "0123456789"
#define MRZ_FILLER '<'
#define MRZ_SIGNS_MAX 90

/* A stretch of the zone, its lines written one behind the other. */
struct mrz_place {
	unsigned char from, length;
};

struct mrz_layout {
	const char *name;
	size_t lines, columns;
	struct mrz_place kind, issuer, names, number, born, sex, expires, nationality;
	struct mrz_place optional[2];
	/* the digit of each stands right behind it */
	bool optional_digit;
	bool long_numbers;       /* the optional data may go on with the number */
	struct mrz_place composite[4];
	unsigned char composite_digit;
};
/* By enum mrz_format. */
extern const struct mrz_layout mrz_layouts[];

/* The digit that stands for all stretches of a zone of its layout's length. */
char mrz_composite(const char *zone, const struct mrz_layout *l);

/*
 * The signs of text without its breaks and blanks, in capitals, into zone, and
 * their layout.  NULL, or a sentence why they are none.
 */
const char *mrz_lines(struct arena *a, const char *text, char zone[static MRZ_SIGNS_MAX + 1],
                      const struct mrz_layout **layout);

#endif
