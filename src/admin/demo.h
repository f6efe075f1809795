/*
 * demo.h - layer 5: the generator of training offices.  Everything it invents
 * comes from one seed: the same seed on the same day is the same office.
 */
#ifndef TRESEN_ADMIN_DEMO_H
#define TRESEN_ADMIN_DEMO_H

#include "rules_person.h"

/* ---- dice: numbers that only look random (splitmix64) ---- */

struct dice { uint64_t state; };

/* 0 ... n - 1; n > 0. */
int dice_below(struct dice *d, int n);
/* low ... high */
int dice_between(struct dice *d, int low, int high);
bool dice_percent(struct dice *d, int percent);
/* 0 ... n - 1, small ones far more often: ages of open work. */
int dice_early(struct dice *d, int n);

/* ---- words: the lists of data/demo ---- */

struct words { const char **text; int n; };

const char *words_pick(const struct words *w, struct dice *d);

/* A name in its Latin spellings and in its own script (or NULL). */
struct spelt { const char **latin; int n; const char *own; };
struct names { struct spelt *list; int n; };

enum name_order { ORDER_FAMILY, ORDER_FATHERS, ORDER_SINGLE };

struct origin {
	int weight;
	int since;               /* day before which nobody came from there; 0: always */
	const char *feminine;    /* ending of a woman's family name, or NULL */
	int new_year;            /* births of 1 January in a hundred */
	const char *script;      /* ISO 15924 of names in their own script */
	enum name_order order;
	struct words from;       /* "SYR ar" */
	struct names male, female, family;
};

/* Whom something fits: years of age, and words of which a person has all, any, none.
 * Which words there are stands in data/demo/town.conf. */
struct fit {
	int from, until;
	struct words all, any, none;
};
struct trait {
	const char *born;        /* "" unknown */
	const char *words;       /* blanks around each */
	const char *status;      /* code of what they hold, or NULL */
	int entered, ends;       /* days; ends: of what they hold, 0: of nothing */
	int passport_ends;       /* 0: none was seen */
	bool busy;               /* comes for something already */
	int adults, children;    /* of the household, themselves among them */
};
bool demo_fits(const struct fit *fit, const struct trait *trait, int day);

struct town {
	/* a choice that only some people make, by question; form NULL: any */
	struct choice_fit { const char *form, *key; struct words texts; struct fit fit; } *fits;
	int n_fits;
	/* euros, or what else is counted, where the question has a usual answer */
	struct amount { const char *key; int from, until; } *amounts;
	int n_amounts;
	struct words streets, homes, towns, phones, notes, concerns, waits, refusals, grants,
	    urgent;          /* "lane reason" */
	struct answers { const char *key; struct words texts; } *answers;
	int n_answers;
};

/* The lists live in op->mem. */
MUST_CHECK enum status origins_load(struct op *op, const char *dir, struct origin **origins,
                                    int *n);
MUST_CHECK enum status town_load(struct op *op, const char *dir, struct town *town);

/* How often people come for a service: weights. */
struct share { const char *service; int cases, visits; struct fit who; };

MUST_CHECK enum status shares_load(struct op *op, const char *dir, struct share **shares, int *n);

/* ---- people ---- */

#define INVENTED_ROWS_MAX 4

/* A row of a part, its values in the order of part_specs. */
struct invented_row {
	const char *value[PART_FIELDS_MAX], *plain;
	bool mark;
};
struct invented_rows { struct invented_row list[INVENTED_ROWS_MAX]; int n; };

struct invented {
	const char *family, *given; /* main name, in Latin letters */
	char born[11];           /* as exact as known */
	const char *sex, *country;
	const char *lock_day, *lock_reason; /* or NULL */
	int entered;             /* day of the first entry */
	int passport_ends;       /* day, or 0 */
	bool camp;               /* lives in shared accommodation */
	int member, left;        /* of a household: 0 is its head; how many still come.
	                          * member -1: another record of somebody */
	struct invented_rows parts[PARTS];
};

/* Room for a row more. */
struct invented_row *invented_add(struct invented *p, enum part part);

/* One household after the other; members share what households share. */
struct family_tree;

struct family_tree *people_new(struct arena *mem, struct dice *dice, const struct town *town,
                               const struct origin *origins, int n, int today);
/* The next person, as recorded on that day; texts in mem. */
struct invented *people_next(struct family_tree *t, struct arena *mem, int day);

/* Numbers, passport, languages, now and then a lock; texts in mem.  p->member
 * says who they are in their household. */
void papers_invent(struct dice *d, struct arena *mem, struct invented *p, int day, int today);

#endif
