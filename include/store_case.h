/*
 * store_case.h - layer 2: cases, what lies in them, baskets.  Part of store.h by
 * noun; the conventions of store_work.h hold here too.
 */
#ifndef TRESEN_STORE_CASE_H
#define TRESEN_STORE_CASE_H

#include "store_work.h"

/* ---- case ---- */

struct case_file {
	int64_t id, version;
	int year, number;
	int64_t person_id;
	const char *person_name, *person_born;
	bool person_locked;              /* against disclosure, today */
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
	bool title_ends, urgent;         /* due_why: at most one */
	bool soon;                       /* urgent, but not so much */
	int asked;
	const char *wait_reason;
	int wait_day;                    /* DAY_NONE */
	enum result result;
	const char *result_reason;
	int decided_day;                 /* DAY_NONE */
	int64_t proposed_by, proposed_at; /* what a second person must approve, or has; 0 */
	const char *proposed_by_name;
	int64_t changed_at, changed_by;
	const char *changed_by_name;
	const struct case_file *as_read; /* store's own: the row as it was read, */
	const char *wait_raw, *result_raw; /* and its texts as they lie in the file */
};

/* Numbers rise with the day of opening: by age is by number, too. */
enum case_sort { CASE_BY_RANK, CASE_BY_DUE, CASE_BY_AGE };

/* One page of cases: keyset-paged, by index, with the right in the query. */
struct case_filter {
	const char **units;              /* that may be seen */
	size_t n_units;
	unsigned states;                 /* set of bits */
	int64_t owner_id;                /* 0: any, -1: nobody */
	const int64_t *absent;           /* ... and of these, who are away */
	size_t n_absent;
	int due_before;                  /* DAY_NONE: any */
	const char *service;             /* code; NULL: any */
	const char *text;                /* end of the number, or ...; NULL: any */
	const char *name;                /* ... in search form, the beginning of a name */
	enum case_sort sort;
	int after_day;                   /* last key seen; with after_id */
	int64_t after_id;                /* 0: from the start */
	int limit;
};

/* Gives it the next number of the year. */
MUST_CHECK enum status store_case_add(struct op *op, struct case_file *c);
/* Names beside keys that changed are read with the next look at the case. */
MUST_CHECK enum status store_case_save(struct op *op, struct case_file *c);
MUST_CHECK enum status store_case_find(struct op *op, int64_t id, struct case_file *c);
MUST_CHECK enum status store_case_by_number(struct op *op, int year, int number, int64_t *id);
MUST_CHECK enum status store_case_page(struct op *op, const struct case_filter *f,
                                       struct case_file **list, size_t *n);
/* Cases that exist, in the order of their ids, by one statement; list has n. */
MUST_CHECK enum status store_case_by_ids(struct op *op, const int64_t *wanted, size_t n,
                                         struct case_file **list);
/* Newest first: cases of these units (each between blanks: " residence ") or
 * offered to receiver (NULL: of the units only). */
MUST_CHECK enum status store_case_by_person(struct op *op, int64_t person_id, const char *units,
                                            const char *receiver, int limit,
                                            struct case_file **list, size_t *n);
/* Decided ones that lie at a site to be handed out, by id; after: the last one
 * seen, 0: from the start. */
MUST_CHECK enum status store_case_ready(struct op *op, const char *site, int64_t after, int limit,
                                        struct case_file **list, size_t *n);
/* An undecided case of the same person and service, to be asked again; 0: none. */
MUST_CHECK enum status store_case_twin(struct op *op, int64_t person_id, int64_t service_id,
                                       int64_t *id);

/* The one undecided case of the person that lacks a required paper; 0: none, or
 * several. */
MUST_CHECK enum status store_case_lacking(struct op *op, int64_t person_id, int64_t *id);

struct case_counts {
	int64_t in_state[CASE_DECIDED];  /* by enum case_state: the undecided ones */
	int64_t mine, late, arrived_today, decided_today, offered, unowned;
	int64_t front_live, front_late;  /* of them, what the front office has itself */
};
/* In any of those states. */
int64_t case_counts_live(const struct case_counts *counts);
MUST_CHECK enum status store_case_counts(struct op *op, const char *unit,
                                         struct case_counts *counts);
/* unit NULL: of all units. */
MUST_CHECK enum status store_case_ready_count(struct op *op, const char *site, const char *unit,
                                              int64_t *count);

struct answer {
	const char *field;
	const char *value;               /* "": was taken away */
	int64_t version;
	int64_t changed_at;
	const char *changed_by_name;
};
MUST_CHECK enum status store_answer_list(struct op *op, int64_t case_id, struct answer **list,
                                         size_t *n);
/* By and when come from the op. */
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
	bool entrusted;                  /* to the closed unit that wrote it */
	bool headed;                     /* begins with a word of the office, up to a colon */
};
/* NOTE_OPEN: not entrusted, though written in a closed unit. */
enum note_kind { NOTE_TYPED, NOTE_OPEN, NOTE_HEADED };
MUST_CHECK enum status store_note_add(struct op *op, int64_t case_id, const char *text,
                                      enum note_kind kind, int64_t *id);
/* The headed notes of a case. */
MUST_CHECK enum status store_note_headed(struct op *op, int64_t case_id, int64_t **ids, size_t *n);
/* Notes that acts of these commands have left, as events tell, and that are not
 * headed; they become so. */
MUST_CHECK enum status store_note_unmarked(struct op *op, const char *const commands[],
                                           size_t n_commands, int64_t **ids, size_t *n);
MUST_CHECK enum status store_note_head(struct op *op, int64_t id);
/* note->id 0: the reader's unit has not written such a one there. */
MUST_CHECK enum status store_note_find(struct op *op, int64_t case_id, int64_t id,
                                       struct case_note *note);
/* From now on it is not entrusted. */
MUST_CHECK enum status store_note_open(struct op *op, const struct case_note *note);
/* Newest first, without those of closed units but the reader's own. */
MUST_CHECK enum status store_note_list(struct op *op, int64_t case_id, int limit,
                                       struct case_note **list, size_t *n);

/* ---- console: counts only ---- */

#define AGE_CLASSES 8                    /* 0 1 2-3 4-7 8-15 16-31 32-63 64+ days */
#define FLOW_DAYS 14
struct basket {
	struct case_counts counts;
	int64_t ages[AGE_CLASSES];
	int64_t flow[FLOW_DAYS];         /* decided, oldest day first */
	int blank_below;                 /* smaller figures are not told: nearly a person */
};
MUST_CHECK enum status store_basket(struct op *op, const char *unit, struct basket *b);
struct load {
	const char *login, *name, *unit;
	int64_t in_work, waiting, proposed, late;
	int oldest_day;                  /* DAY_NONE */
	bool left;                       /* works here no more: give it to others */
};
MUST_CHECK enum status store_load_list(struct op *op, const char *unit, struct load **list,
                                       size_t *n);

#endif
