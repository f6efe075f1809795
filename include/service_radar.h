/*
 * service_radar.h - layer 3: terms of people and the radar over what ends.
 * Part of service.h by noun; failures as there.
 *
 * Which kinds a clerk sees says the catalogue (radar.conf): those of their
 * unit; supervisors all but those of closed units.  Who sees a kind may record
 * its terms.
 */
#ifndef TRESEN_SERVICE_RADAR_H
#define TRESEN_SERVICE_RADAR_H

#include "rules_radar.h"
#include "service.h"
#include "store_radar.h"

/* ---- terms ---- */

struct term_wish {
	const char *kind;                /* of a new term */
	const char *status, *source;     /* NULL: as it is, "": none */
	int from, ends;                  /* DAY_NONE: as it is; new: not known, without end */
};
/* Records a term; those of the kinds that it replaces are over. */
MUST_CHECK enum status term_new(struct op *op, int64_t person_id, const struct term_wish *wish,
                                struct term *t);
/* Mends what was recorded wrong. */
MUST_CHECK enum status term_change(struct op *op, int64_t person_id, int64_t id,
                                   const struct term_wish *wish, struct term *t);
/* Withdrawn, or over for another reason, from today on. */
MUST_CHECK enum status term_end(struct op *op, int64_t person_id, int64_t id, struct term *t);
/* What of a person's terms the clerk may see: what holds first.  whole: all but
 * those of closed units, for the person themselves. */
MUST_CHECK enum status term_list(struct op *op, int64_t person_id, bool whole, struct term **list,
                                 size_t *n);
/* The kinds of terms that the clerk's unit may record. */
MUST_CHECK enum status term_kinds(struct op *op, struct radar_kind **list, size_t *n);
/* "ends in 6 weeks", "without end", "replaced or withdrawn" */
const char *term_words(struct op *op, const struct term *t);

/* ---- the radar ---- */

struct radar_wish {
	const char *unit;                /* that has to act; NULL: all one may see */
	const char *kind;                /* NULL: all */
	int within;                      /* days; 0: up to the first stage */
	struct radar_place after;
	int limit;
};
struct radar {
	const struct radar_kind *kinds;  /* that are watched */
	size_t n_kinds;
	int within;
	struct radar_item *items;
	size_t n;
	struct radar_counts counts;
};
MUST_CHECK enum status radar_look(struct op *op, const struct radar_wish *wish,
                                  struct radar *radar);

#endif
