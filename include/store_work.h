/*
 * store_work.h - layer 2: people, visits, cases, hand-overs.  Part of store.h
 * by noun.  A struct is a row with the names that lists show beside it; save
 * writes the row's own columns, adds 1 to version, sets changed_at and
 * changed_by and touches the object.
 */
#ifndef TRESEN_STORE_WORK_H
#define TRESEN_STORE_WORK_H

#include "store.h"

/* ---- person ---- */

struct person_name {
	const char *kind, *family, *given, *script, *source; /* given, source may be NULL */
};
struct person {
	int64_t id, version;
	const char *display;             /* HADDAD, Rania */
	const char *born, *sex, *language, *phone, *address; /* or NULL */
	struct person_name *names;       /* filled by store_person_find */
	size_t n_names;
	const char **nationalities;      /* codes; filled by store_person_find */
	size_t n_nationalities;
	const char *changed_by_name;
	int64_t changed_at;
};

MUST_CHECK enum status store_person_add(struct op *op, struct person *p);
/* The row, its main name (names[0]) and its nationalities. */
MUST_CHECK enum status store_person_save(struct op *op, struct person *p);
/* p->id 0: no such person. */
MUST_CHECK enum status store_person_find(struct op *op, int64_t id, struct person *p);
/* Candidates that have a name part beginning with each of parts. */
MUST_CHECK enum status store_person_by_parts(struct op *op, char *const *parts, size_t n_parts,
                                             int limit, struct person **list, size_t *n);
MUST_CHECK enum status store_name_parts_rebuild(struct op *op);

/* ---- visit ---- */

struct visit {
	int64_t id, version;
	const char *site;
	int day;
	const char *letter;
	int number;
	int64_t person_id;               /* 0: not known */
	const char *person_name, *person_born;
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
	int64_t changed_at, changed_by;
	const char *changed_by_name;
};

/* Gives it the next number of its site, day and letter. */
MUST_CHECK enum status store_visit_add(struct op *op, struct visit *v);
/* Adds a step when the state has changed. */
MUST_CHECK enum status store_visit_save(struct op *op, struct visit *v);
MUST_CHECK enum status store_visit_find(struct op *op, int64_t id, struct visit *v);
/* states: set of bits.  By rank; after: id of the last one seen, 0: from the start. */
MUST_CHECK enum status store_visit_room(struct op *op, const char *site, unsigned states,
                                        int64_t after, int limit, struct visit **list, size_t *n);
MUST_CHECK enum status store_visit_by_person(struct op *op, int64_t person_id, int limit,
                                             struct visit **list, size_t *n);
struct room_counts {
	int in_state[8];                 /* by enum visit_state, open ones only */
	int64_t oldest_waiting_at;       /* 0: nobody waits */
	int counters_busy;               /* with somebody called or served */
	int minutes_each;                /* mean of today's visits, 0: none yet */
	int lane_today;                  /* visits of today outside the normal lane */
};
MUST_CHECK enum status store_visit_counts(struct op *op, const char *site,
                                          struct room_counts *counts);

/* ---- case ---- */

struct case_file {
	int64_t id, version;
	int year, number;
	int64_t person_id;
	const char *person_name, *person_born;
	int64_t service_id;
	const char *service_code, *service_name, *form; /* form: key or NULL */
	int form_version;                /* 0: none */
	const char *site;
	int64_t visit_id;
	const char *unit, *unit_name;
	bool unit_closed;
	int64_t owner_id;                /* 0: pool */
	const char *owner_login, *owner_name;
	enum case_state state;
	const char *offered_to;          /* or NULL */
	int64_t opened_at;
	int opened_day, arrived_day, due_day, rank_day;
	bool title_ends;                 /* due_why */
	int asked;
	const char *wait_reason;
	int wait_day;                    /* DAY_NONE */
	enum result result;
	const char *result_reason;
	int decided_day;                 /* DAY_NONE */
	int64_t changed_at, changed_by;
	const char *changed_by_name;
};

enum case_sort { CASE_BY_RANK, CASE_BY_DUE, CASE_BY_AGE, CASE_BY_NUMBER };

/* One page of cases: keyset-paged, by index, with the right in the query. */
struct case_filter {
	const char **units;              /* that may be seen */
	size_t n_units;
	unsigned states;                 /* set of bits */
	int64_t owner_id;                /* 0: any, -1: nobody */
	int due_before;                  /* DAY_NONE: any */
	enum case_sort sort;
	int after_day;                   /* last key seen; with after_id */
	int64_t after_id;                /* 0: from the start */
	int limit;
};

/* Gives it the next number of the year. */
MUST_CHECK enum status store_case_add(struct op *op, struct case_file *c);
MUST_CHECK enum status store_case_save(struct op *op, struct case_file *c);
MUST_CHECK enum status store_case_find(struct op *op, int64_t id, struct case_file *c);
MUST_CHECK enum status store_case_by_number(struct op *op, int year, int number, int64_t *id);
MUST_CHECK enum status store_case_page(struct op *op, const struct case_filter *f,
                                       struct case_file **list, size_t *n);
MUST_CHECK enum status store_case_by_person(struct op *op, int64_t person_id, int limit,
                                            struct case_file **list, size_t *n);
/* Decided ones that lie at a site to be handed out. */
MUST_CHECK enum status store_case_ready(struct op *op, const char *site, int limit,
                                        struct case_file **list, size_t *n);
/* An undecided case of the same person and service, to be asked again; 0: none. */
MUST_CHECK enum status store_case_twin(struct op *op, int64_t person_id, int64_t service_id,
                                       int64_t *id);

struct case_counts {
	int64_t in_state[8];             /* by enum case_state; undecided ones only */
	int64_t mine, late, arrived_today, decided_today, offered, unowned;
};
MUST_CHECK enum status store_case_counts(struct op *op, const char *unit,
                                         struct case_counts *counts);
MUST_CHECK enum status store_case_ready_count(struct op *op, const char *site, int64_t *count);

struct answer {
	const char *field, *value;
	int64_t version;
};
MUST_CHECK enum status store_answer_list(struct op *op, int64_t case_id, struct answer **list,
                                         size_t *n);
/* value NULL: takes the answer away. */
MUST_CHECK enum status store_answer_put(struct op *op, int64_t case_id, const struct answer *a);

struct case_document {
	const char *key, *name, *name_de, *name_en;
	bool required;
	int position;
	enum paper_state state;
	const char *reason;
	int64_t changed_at;              /* 0: as at the start */
	const char *changed_by_name;
};
MUST_CHECK enum status store_document_list(struct op *op, int64_t case_id,
                                           struct case_document **list, size_t *n);
/* Adds it or changes it; by and when come from the op unless still missing. */
MUST_CHECK enum status store_document_put(struct op *op, int64_t case_id,
                                          const struct case_document *d);

struct case_note {
	int64_t id, at;
	const char *by, *text;
};
MUST_CHECK enum status store_note_add(struct op *op, int64_t case_id, const char *text,
                                      int64_t *id);
MUST_CHECK enum status store_note_list(struct op *op, int64_t case_id, int limit,
                                       struct case_note **list, size_t *n);

/* ---- hand-over ---- */

struct handover {
	int64_t id, version, case_id;
	const char *from, *from_name, *to, *to_name;
	enum handover_state state;
	const char *reason, *missing;    /* missing: keys, blank between */
	int64_t offered_at, offered_by;
	const char *offered_by_name;
	int due_day;
	int64_t settled_at, settled_by;  /* 0 */
	const char *settled_by_name, *answer;
};
MUST_CHECK enum status store_handover_add(struct op *op, struct handover *h);
MUST_CHECK enum status store_handover_save(struct op *op, struct handover *h);
MUST_CHECK enum status store_handover_find(struct op *op, int64_t id, struct handover *h);
/* The newest of a case; h->id 0: none. */
MUST_CHECK enum status store_handover_of_case(struct op *op, int64_t case_id, struct handover *h);
/* Open ones to or from a unit, by day due; after: id of the last one seen. */
MUST_CHECK enum status store_handover_list(struct op *op, const char *unit, bool incoming,
                                           int64_t after, int limit, struct handover **list,
                                           size_t *n);

/* ---- console: counts only ---- */

#define AGE_CLASSES 8                    /* 0 1 2-3 4-7 8-15 16-31 32-63 64+ days */
#define FLOW_DAYS 14
struct basket {
	struct case_counts counts;
	int64_t ages[AGE_CLASSES];
	int64_t flow[FLOW_DAYS];         /* decided, oldest day first */
};
MUST_CHECK enum status store_basket(struct op *op, const char *unit, struct basket *b);
struct load {
	const char *login, *name, *unit;
	int64_t in_work, waiting, late;
	int oldest_day;                  /* DAY_NONE */
};
MUST_CHECK enum status store_load_list(struct op *op, const char *unit, struct load **list,
                                       size_t *n);

#endif
