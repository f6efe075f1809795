/*
 * store_radar.h - layer 2: what ends by itself: terms of people, and the radar
 * that looks over terms and papers.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_RADAR_H
#define TRESEN_STORE_RADAR_H

#include "store.h"
#include "store_catalogue.h"

/* ---- kinds: the catalogue ---- */

struct radar_kind {
	const char *kind, *name;
	bool document;                   /* a paper; else a term */
	const char *unit, *unit_name;    /* has to act */
	const char *stages;              /* weeks: "8 3 1" */
	const char *replaces;            /* kinds, blank between */
	const char *service, *service_name; /* offered to be opened, or NULL */
};
/* Those that the clerks of a unit see, in order; reader NULL: all that are of
 * no closed unit. */
MUST_CHECK enum status store_radar_kinds(struct op *op, const char *reader,
                                         struct radar_kind **list, size_t *n);

/* The kind that a service renews, of those that the clerks of a unit see; NULL: none. */
MUST_CHECK enum status store_radar_renews(struct op *op, const char *service, const char *reader,
                                          const char **kind);

struct radar_kind_row {
	struct named n;                  /* code: the kind */
	const char *source, *unit, *basis;
	const char *stages, *replaces;   /* blank between */
};
/* Adds the kind or changes it; who sees it and what renews it are put anew. */
MUST_CHECK enum status store_radar_kind_put(struct op *op, const struct radar_kind_row *row);
MUST_CHECK enum status store_radar_unit_put(struct op *op, const char *kind, const char *unit);
MUST_CHECK enum status store_radar_service_put(struct op *op, const char *kind,
                                               const char *service, int position);

/* ---- the radar ---- */

/* Rows in the order of the list: nobody has started, then by end. */
struct radar_place {
	bool started;
	int ends;
	bool document;
	int64_t id;                      /* 0: from the start */
};
struct radar_item {
	struct radar_place at;           /* id: of the term or the paper */
	const struct radar_kind *kind;
	int64_t person_id;
	const char *person_name, *person_born;
	bool person_locked;              /* against disclosure, today */
	const char *status, *status_name; /* or NULL */
	int64_t case_id;                 /* that somebody has opened; 0: nobody has */
	int case_year, case_number;
};
struct radar_filter {
	const struct radar_kind *kinds;  /* that may be seen */
	size_t n_kinds;
	int from, until;                 /* days of the end */
	struct radar_place after;
	int limit;
};
MUST_CHECK enum status store_radar_page(struct op *op, const struct radar_filter *f,
                                        struct radar_item **list, size_t *n);
struct radar_counts {
	int64_t all, nobody, ended;      /* nobody: has started; ended: before today */
};
MUST_CHECK enum status store_radar_count(struct op *op, const struct radar_filter *f,
                                         struct radar_counts *counts);

/* ---- terms ---- */

struct term {
	int64_t id, person_id;
	const char *kind, *kind_name;
	const char *unit;                /* has to act before it ends */
	const char *stages;
	const char *status, *status_name; /* or NULL */
	int from, ends;                  /* DAY_NONE: not known; without end */
	const char *source;              /* or NULL */
	int ended;                       /* replaced or withdrawn; DAY_NONE: holds */
};
/* Of a person and of the records linked to it, as far as the clerks of a unit
 * see them (reader as above): what holds first, the latest end first. */
MUST_CHECK enum status store_term_list(struct op *op, int64_t person_id, const char *reader,
                                       struct term **list, size_t *n);
/* t->id 0: none, or not for this reader. */
MUST_CHECK enum status store_term_find(struct op *op, int64_t id, const char *reader,
                                       struct term *t);
MUST_CHECK enum status store_term_add(struct op *op, struct term *t);
MUST_CHECK enum status store_term_save(struct op *op, const struct term *t);
/* Terms of a kind that hold, but not this one, are over today. */
MUST_CHECK enum status store_term_replace(struct op *op, const struct term *t, const char *kind);

#endif
