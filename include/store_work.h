/*
 * store_work.h - layer 2: visits.  Part of store.h by noun.
 * A struct is a row with the names that lists show beside it; save writes the
 * row's own columns, adds 1 to version, sets changed_at and changed_by and
 * touches the object.
 */
#ifndef TRESEN_STORE_WORK_H
#define TRESEN_STORE_WORK_H

#include "store_person.h"

/* ---- visit ---- */

struct visit {
	int64_t id, version;
	const char *site;
	int day;
	const char *letter;
	int number;
	int64_t person_id;               /* 0: not known */
	const char *person_name, *person_born;
	bool person_locked;              /* against disclosure, today */
	const char *concern;             /* or NULL */
	int64_t service_id;              /* 0: none */
	const char *service_code, *service_name;
	const char *service_unit;        /* or NULL */
	bool service_closed;             /* that unit is a compartment */
	const char *language;
	int people;
	const char *note;
	const char *lane, *lane_name, *lane_reason;
	int bonus_minutes;
	enum visit_state state;
	int64_t arrived_at, rank_at;
	const char *counter;             /* code, or NULL */
	const char *counter_name;
	int64_t staff_id;                /* 0: nobody */
	const char *staff_login, *staff_name;
	int64_t called_at, started_at, finished_at; /* 0: not yet */
	int calls;
	const char *outcome;
	int64_t case_id;                 /* 0: none */
	const char *case_unit;           /* or NULL */
	bool case_closed;                /* that unit is a compartment */
	int64_t changed_at, changed_by;
	const char *changed_by_name;
};

/* Gives it the next number of its site, day and letter. */
MUST_CHECK enum status store_visit_add(struct op *op, struct visit *v);
/* Adds a step when the state has changed. */
MUST_CHECK enum status store_visit_save(struct op *op, struct visit *v);
MUST_CHECK enum status store_visit_find(struct op *op, int64_t id, struct visit *v);
/* Who drew A018 there that day; 0: nobody. */
MUST_CHECK enum status store_visit_by_ticket(struct op *op, const char *site, int day, char letter,
                                             int number, int64_t *id);
/*
 * reader: a unit, for which visits to other closed units are not there, in no
 * row and in no count; NULL: who knows everybody who came.
 */
struct room_view {
	const char *site, *reader;
};
/* states: set of bits.  Called, served, waiting by rank, away, all of today;
 * last the open ones of earlier days.  after: id of the last one seen, 0: from
 * the start. */
MUST_CHECK enum status store_visit_room(struct op *op, const struct room_view *view,
                                        unsigned states, int64_t after, int limit,
                                        struct visit **list, size_t *n);
MUST_CHECK enum status store_visit_by_person(struct op *op, int64_t person_id, const char *reader,
                                             int limit, struct visit **list, size_t *n);
struct room_counts {
	int in_state[8];                 /* by enum visit_state, open ones of today */
	int earlier;                     /* open ones of earlier days */
	int64_t oldest_waiting;          /* id of who waits longest; 0: nobody waits */
	int64_t oldest_waiting_at;
	int counters_calling;            /* that called somebody in the last hour */
	int minutes_each;                /* mean of the last hour, 0: nobody finished */
};
MUST_CHECK enum status store_visit_counts(struct op *op, const struct room_view *view,
                                          struct room_counts *counts);

#endif
