/*
 * service.h - layer 3: what the office does.  Rules and store brought
 * together: each function is one act of a clerk, checks who may and what has
 * changed since, and leaves rows that agree.  No SQL, no JSON on the wire, no
 * screen.  Returned things live in op->mem; sentences for the user in
 * op->fail.
 *
 * seen: the version the clerk looked at, 0 if they did not say.  Failures are
 * the same everywhere: ST_NOT_FOUND (nothing there, or not for you to know),
 * ST_CONFLICT (changed since, or taken), ST_DENIED (not your role, unit or
 * site), ST_INVALID (an argument; op->fail.field names it).
 */
#ifndef TRESEN_SERVICE_H
#define TRESEN_SERVICE_H

#include <jansson.h>

#include "store_catalogue.h"
#include "rules_order.h"
#include "service_person.h"
#include "service_visit.h"
#include "store_case.h"
#include "store_handover.h"

/* May the actor call this command about anything at all? */
bool may_call(struct op *op, const char *command);
/*
 * Four eyes: is it the actor's own work, and so nothing they may approve?  A
 * person is their row of staff, whatever session, role, unit or login they come
 * with, and their unix user, whatever row they have got since; who stands in
 * for somebody is no second pair of eyes for them.
 */
bool is_own_work(struct op *op, int64_t worker_id);

/* ---- cases ---- */

struct case_wish {
	int64_t person_id, visit_id; /* visit_id 0: none */
	const char *service;
	const json_t *answers;   /* object, or NULL */
	int form_version;        /* that was asked; 0: the newest */
	const json_t *reasons;   /* path of a warning -> why it is right; or NULL */
};
MUST_CHECK enum status case_open(struct op *op, const struct case_wish *wish, struct case_file *c);
MUST_CHECK enum status case_claim(struct op *op, int64_t id, int64_t seen, struct case_file *c);
/* Claims the most urgent open case of the clerk's unit. */
MUST_CHECK enum status case_next(struct op *op, const char *unit, struct case_file *c);
MUST_CHECK enum status case_release(struct op *op, int64_t id, int64_t seen, struct case_file *c);
MUST_CHECK enum status case_take(struct op *op, int64_t id, int64_t seen, const char *reason,
                                 struct case_file *c);
MUST_CHECK enum status case_wait(struct op *op, int64_t id, int64_t seen, const char *reason,
                                 int until, struct case_file *c);
MUST_CHECK enum status case_resume(struct op *op, int64_t id, int64_t seen, struct case_file *c);
MUST_CHECK enum status case_decide(struct op *op, int64_t id, int64_t seen, enum result result,
                                   const char *reason, struct case_file *c);
/* Why a second person must approve such a result of the case; NULL: nobody. */
MUST_CHECK enum status approval_wanted(struct op *op, const struct case_file *c,
                                       enum result result, const char **why);
/* case.approve, case.return, case.withdraw.  seen must be said to approve: what
 * was looked at is what is approved. */
MUST_CHECK enum status case_settle(struct op *op, const char *command, int64_t id, int64_t seen,
                                   const char *reason, struct case_file *c);
MUST_CHECK enum status case_hand_out(struct op *op, int64_t id, int64_t seen,
                                     struct case_file *c);
MUST_CHECK enum status case_close(struct op *op, int64_t id, int64_t seen, struct case_file *c);
MUST_CHECK enum status case_reopen(struct op *op, int64_t id, int64_t seen, const char *reason,
                                   struct case_file *c);
/* open: not entrusted, though a closed unit writes it. */
MUST_CHECK enum status case_note(struct op *op, int64_t id, const char *text, bool open,
                                 struct case_file *c, int64_t *note_id);
/* A note as who reads it understands it: what the office wrote, in their language;
 * what its clerk wrote stays as it is. */
const char *note_told(struct op *op, const char *text, bool headed);
/* Notes that an older tresen headed without saying so. */
MUST_CHECK enum status note_heads_missing(struct op *op, int64_t **ids, size_t *n);
/* A note of the clerk's closed unit is entrusted no more, for good. */
MUST_CHECK enum status case_unseal(struct op *op, int64_t id, int64_t note_id,
                                   struct case_file *c, struct case_note *note);
MUST_CHECK enum status case_document(struct op *op, int64_t id, const char *key,
                                     enum paper_state state, const char *reason,
                                     struct case_file *c, struct case_document *d);
/*
 * Changes some answers (JSON null: takes one away).  Clashes only where
 * somebody else changed the same field since the version seen.
 */
struct case_change {
	int64_t id, seen;
	const json_t *answers;
	const json_t *reasons;   /* path of a warning -> why it is right; or NULL */
};
MUST_CHECK enum status case_answer(struct op *op, const struct case_change *change,
                                   struct case_file *c);
MUST_CHECK enum status case_assign(struct op *op, int64_t id, const char *owner,
                                   const char *reason, struct case_file *c);

/* The case, if the clerk may see it; sight tells how much. */
MUST_CHECK enum status case_look(struct op *op, int64_t id, struct case_file *c,
                                 enum sight *sight);
enum sight case_sight_of(struct op *op, const struct case_file *c);
MUST_CHECK enum status case_reason(struct op *op, const struct case_file *c, const char **why);
const struct transition **case_may(struct op *op, const struct case_file *c);
/* Sentences: what bars this case's hand-over and decision, once decided its
 * end.  g: of gaps_of_case. */
struct gaps;
MUST_CHECK enum status case_blocks(struct op *op, const struct case_file *c, const struct gaps *g,
                                   const char ***blocks, size_t *n);

/* "2026-004711" */
char *case_number(struct op *op, const struct case_file *c);

/* ---- queues ---- */

struct queue_wish {
	const char *unit;        /* NULL: the clerk's own; all one may see for others */
	unsigned states;         /* 0: those in which something is to be done */
	const char *owner;       /* me, none, a login; NULL: any */
	const char *service;     /* code; NULL: any */
	const char *text;        /* end of a number, beginning of a name; NULL: any */
	enum case_sort sort;
	bool late;
	int after_day;
	int64_t after_id;
	int limit;
};
MUST_CHECK enum status queue_page(struct op *op, const struct queue_wish *wish,
                                  struct case_file **list, size_t *n);
/* Of a person, those that the caller may read, newest first. */
MUST_CHECK enum status cases_of_person(struct op *op, int64_t person, int limit,
                                       struct case_file **list, size_t *n);
MUST_CHECK enum status queue_counts(struct op *op, const char *unit, struct case_counts *counts);

/* ---- hand-overs ---- */

/* to NULL: where its form or its service says. */
MUST_CHECK enum status handover_offer(struct op *op, int64_t case_id, const char *to,
                                      const char *reason, struct handover *h);
/* accept, return (with a reason), withdraw: by its command. */
MUST_CHECK enum status handover_settle(struct op *op, const char *command, int64_t id,
                                       const char *reason, struct handover *h);
MUST_CHECK enum status handover_box(struct op *op, bool incoming, int64_t after, int limit,
                                    struct handover **list, size_t *n);
const struct transition **handover_may(struct op *op, const struct handover *h);
/* Names of the papers that were missing when it was offered; how many. */
size_t handover_missing(struct op *op, const struct handover *h, const char ***names);

/* ---- supervisor ---- */

struct console {
	struct unit *units;
	struct basket *baskets;  /* one a unit */
	size_t n_units;
	struct load *loads;
	size_t n_loads;
	struct room room;
	const char *sentence;    /* what the figures mean for the counter now */
};
MUST_CHECK enum status console_show(struct op *op, struct console *console);

#endif
