/*
 * guard.h - private to service/: who may act on an object, and the sentences
 * when they may not.
 */
#ifndef TRESEN_SERVICE_GUARD_H
#define TRESEN_SERVICE_GUARD_H

#include "service_gaps.h"

/* What an act on a case asks for. */
struct attempt {
	const char *command;     /* case.claim */
	int64_t id, seen;
	const char *reason;      /* given by the clerk, or NULL */
	const struct gaps *gaps; /* for acts that need it complete; else NULL */
};

/* What is acted on, and who changed it last; changed_at 0: nobody. */
struct thing {
	const char *what;        /* "Case 2026-004711", "A018" */
	int state;
	int64_t changed_by;
	const char *changed_by_name;
	int64_t changed_at;
};
/* Moves it into the state the act leads to; or refuses with a sentence that
 * says what is possible, and names who was faster. */
MUST_CHECK enum status guard_act(struct op *op, const struct workflow *w, const char *command,
                                 const struct facts *f, struct thing *thing);
/* The event says so where an act was allowed only because the actor stands in
 * for who has the thing. */
void note_behalf(struct op *op, const char *command, const struct facts *f, int64_t owner_id);
/* Loads the case, and refuses with a sentence unless the attempt is allowed;
 * c->state is the one it leads to. */
MUST_CHECK enum status guard_case(struct op *op, const struct attempt *try, struct case_file *c);
/* The same for a case that case_look has loaded in this action. */
MUST_CHECK enum status guard_loaded_case(struct op *op, const struct attempt *try,
                                         struct case_file *c);
/* Facts of the actor and a case, but for what it lacks. */
MUST_CHECK enum status facts_of_case(struct op *op, const struct case_file *c, struct facts *f);
struct facts facts_of_visit(struct op *op, const struct visit *v);
/* The sentence for a refusal of any but the state; what: "This case", "A018". */
enum status refuse(struct op *op, enum refusal r, const char *what);
/* Somebody else changed the object since it was looked at. */
enum status clash(struct op *op, const char *what, const char *who, int64_t at);

/* A figure of the office's settings (data/catalogue/office.conf). */
MUST_CHECK enum status office_number(struct op *op, const char *key, int *value);
/* Cleaned text of at most so many characters; NULL stays NULL.  Fails with a
 * sentence naming the field. */
MUST_CHECK enum status clean_text(struct op *op, const char *field, const char *text,
                                  size_t most, bool many_lines, const char **clean);
/* A failure to find something names the argument that it was given as. */
MUST_CHECK enum status named_as(struct op *op, const char *field, enum status s);
/* The code of a country called by its code, its name in either language or
 * another word for it (staatenlos, AF, syrisch); NULL: no country. */
MUST_CHECK enum status country_code(struct op *op, const char *word, const char **code);
/* Codes with blanks between: of a record (NULL: none), and of what somebody
 * typed, as far as they are countries. */
const char *countries_joined(struct op *op, const struct person *p);
MUST_CHECK enum status countries_typed(struct op *op, const char *text, const char **codes);
/* The refusal of such a word. */
MUST_CHECK enum status no_country(struct op *op, const char *word);
/* A code of the list of languages; NULL and "" pass. */
MUST_CHECK enum status check_language(struct op *op, const char *language);
/* The n-th working day from today. */
MUST_CHECK enum status working_day_from_today(struct op *op, int n, int *day);
/* Transitions of a workflow that are open under the facts. */
const struct transition **transitions_open(struct op *op, const struct workflow *w, int state,
                                           const struct facts *f);
/*
 * Puts the record under which a person is read in the place of *id; 0 stays 0.
 * ST_NOT_FOUND names the field; ST_DENIED, where it is kept from the actor, or to
 * be changed and only for reading.
 */
MUST_CHECK enum status person_current(struct op *op, const char *field, int64_t *id);
/* The same, whatever is kept: for what is done about just that. */
MUST_CHECK enum status person_known_as(struct op *op, const char *field, int64_t *id);
/* "HADDAD, Rania"; a single name stands alone. */
char *person_display(struct op *op, const char *family, const char *given);
/*
 * guard_case for an act that needs the case complete until a stage, as the
 * workflow says: with something missing only for a reason, against a rule of
 * its form that stops not at all.
 */
MUST_CHECK enum status guard_complete(struct op *op, struct attempt *try, enum form_stage stage,
                                      struct case_file *c, struct gaps *g);
/* The reason of an act stays in the file as a note ("Taken over: ..."). */
enum note_head { NOTE_TAKEN_OVER, NOTE_REOPENED, NOTE_ASSIGNED, NOTE_SENT_BACK, NOTE_TAKEN_BACK };
MUST_CHECK enum status keep_reason(struct op *op, int64_t case_id, enum note_head head,
                                   const char *reason);
/* Accepts an open hand-over of a case to the actor's unit. */
MUST_CHECK enum status handover_accept_case(struct op *op, struct case_file *c);
/* The answers' effect on a case: due day and rank.  hurry NULL: it has no form. */
struct form_hurry;
MUST_CHECK enum status case_schedule(struct op *op, struct case_file *c,
                                     const struct service *service,
                                     const struct form_hurry *hurry);

#define TEXT_SHORT 200           /* characters: names, codes, concerns */
#define TEXT_LONG 4000           /* characters: notes, reasons, answers */

#endif
