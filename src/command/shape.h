/*
 * shape.h - private to command/: how objects of the office look in JSON.  The
 * keys are a contract with scripts, described in tresen-protocol(7).
 */
#ifndef TRESEN_COMMAND_SHAPE_H
#define TRESEN_COMMAND_SHAPE_H

#include "command.h"
#include "service_find.h"
#include "service_look.h"

json_t *shape_text(const char *text);            /* NULL: null */
/* The codes of a list with their labels, the frequent ones first, then by the
 * alphabet of the reader. */
MUST_CHECK enum status shape_code_list(struct op *op, const char *list_name, json_t *rows);
/* A citation of law, as text_cited tells it. */
json_t *shape_cite(struct op *op, const char *german);
json_t *shape_day(int day);                      /* DAY_NONE: null */
json_t *shape_instant(int64_t instant);          /* 0: null */
json_t *shape_id(int64_t id);                    /* 0: null */
/* id, name, born; id 0: null */
json_t *shape_person_brief(int64_t id, const char *name, const char *born);
/* The same in lists that somebody else may read along: with the lock against
 * disclosure. */
json_t *shape_person_row(int64_t id, const char *name, const char *born, bool locked);
/* "may": transitions as commands with labels */
json_t *shape_may(const struct transition **open);
/* Fails only where a label needs the store. */
MUST_CHECK enum status shape_case(struct op *op, const struct case_file *c, json_t **out);
MUST_CHECK enum status shape_visit(struct op *op, const struct visit *v, bool first, json_t **out);
/* "terms" of a person, as far as the reader may see them; whole: for the person's
 * own data package. */
MUST_CHECK enum status shape_terms(struct op *op, int64_t person_id, bool whole, json_t **out);
/* c NULL: without the case, which the reader has already; no hand-over: null. */
MUST_CHECK enum status shape_handover(struct op *op, const struct handover *h,
                                      const struct case_file *c, json_t **out);
/* Adds a case row as "case" to the result. */
MUST_CHECK enum status put_case(struct call *call, const struct case_file *c);

/* A look at a person's file; who: the member of staff by name. */
MUST_CHECK enum status shape_look(struct op *op, const struct look_row *look, bool who,
                                  json_t **out);

/* A row of person.find. */
json_t *shape_hit(struct op *op, const struct hit *hit);

/* Sets key, taking the value; the value must exist. */
void put(json_t *object, const char *key, json_t *value);
/* limit= of a list: between 1 and most, usual where it is not given. */
MUST_CHECK enum status read_limit(const struct call *call, int usual, int most, int *limit);
#define PAGE_USUAL 50
#define PAGE_MOST 500

/* A list was asked for one row more than fit: is there one?  Leaves limit. */
bool cut_page(size_t *n, int limit);

/* A number of digits only that is not above most, up to the sign end. */
bool digits_until(const char **text, char end, int64_t most, int64_t *n);
/* after= of a list whose key is an id; 0 at the start. */
MUST_CHECK enum status read_after_id(const struct call *call, int64_t *id);
/* The failure of an after= that no page gave. */
enum status bad_after(struct op *op);
/* Sets "next": the key of the last row, null when there are no more (0). */
void put_next(struct call *call, int64_t last_id);
/* Of a command that shows a file: the engine takes it. */
#define PURPOSE_ARG                                                            \
	ARG("purpose", ARG_TEXT, OPTIONAL, N_("what you look at it for: a code of look.purpose"))
#define LIST_ARGS                                                              \
	ARG("limit", ARG_INT, OPTIONAL, N_("rows at most")),                    \
	ARG("after", ARG_TEXT, OPTIONAL, N_("`next` of the page before"))

/* States of a list as values of an argument, NULL at the end. */
extern const char *const visit_state_values[], *const case_state_values[],
    *const paper_state_values[], *const result_values[], *const sex_values[];

#endif
