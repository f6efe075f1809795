/*
 * rules.h - layer 1: the rules of the house as pure functions and tables.
 * No I/O, no clock, no SQL: what a rule needs is passed in.  Sentences come
 * in the language of the process.
 */
#ifndef TRESEN_RULES_H
#define TRESEN_RULES_H

#include "base.h"

/* ---- roles: who may do what ---- */

#define ROLE_LIST(X)                                                           \
	X(ROLE_COUNTER, 0, "counter", N_("counter clerk"))                     \
	X(ROLE_CLERK, 1, "clerk", N_("back-office clerk"))                     \
	X(ROLE_SUPERVISOR, 2, "supervisor", N_("supervisor"))                  \
	X(ROLE_STEERING, 3, "steering", N_("steering"))                        \
	X(ROLE_DPO, 4, "dpo", N_("data protection officer"))                   \
	X(ROLE_ADMIN, 5, "admin", N_("administrator"))

enum role {
#define X(id, bit, name, label) id = 1 << (bit),
	ROLE_LIST(X)
#undef X
};
#define ROLE_HANDS (ROLE_COUNTER | ROLE_CLERK)          /* who works with people */
#define ROLE_OFFICE (ROLE_HANDS | ROLE_SUPERVISOR)      /* who sees people */

const char *role_name(enum role role);
const char *role_label(enum role role);
bool role_by_name(const char *name, enum role *role);

/* ---- states ---- */

#define VISIT_STATE_LIST(X)                                                    \
	X(VISIT_WAITING, "waiting", N_("waiting"))                             \
	X(VISIT_CALLED, "called", N_("called"))                                \
	X(VISIT_SERVING, "serving", N_("at the counter"))                      \
	X(VISIT_PARKED, "parked", N_("parked"))                                \
	X(VISIT_ABSENT, "absent", N_("not there"))                             \
	X(VISIT_FINISHED, "finished", N_("finished"))

#define CASE_STATE_LIST(X)                                                     \
	X(CASE_INTAKE, "intake", N_("being taken in"))                         \
	X(CASE_OPEN, "open", N_("open"))                                       \
	X(CASE_IN_WORK, "in_work", N_("in work"))                              \
	X(CASE_WAITING, "waiting", N_("on hold"))                              \
	X(CASE_PROPOSED, "proposed", N_("to be approved"))                     \
	X(CASE_DECIDED, "decided", N_("decided or ended"))                     \
	X(CASE_HANDED_OUT, "handed_out", N_("handed out"))                     \
	X(CASE_CLOSED, "closed", N_("closed"))

#define HANDOVER_STATE_LIST(X)                                                 \
	X(HANDOVER_OFFERED, "offered", N_("offered"))                          \
	X(HANDOVER_ACCEPTED, "accepted", N_("accepted"))                       \
	X(HANDOVER_RETURNED, "returned", N_("sent back"))                      \
	X(HANDOVER_WITHDRAWN, "withdrawn", N_("withdrawn"))

#define MERGE_STATE_LIST(X)                                                    \
	X(MERGE_PROPOSED, "proposed", N_("proposed"))                          \
	X(MERGE_APPROVED, "approved", N_("linked"))                            \
	X(MERGE_REFUSED, "refused", N_("refused"))                             \
	X(MERGE_UNDONE, "undone", N_("parted again"))

#define PAPER_STATE_LIST(X)                                                    \
	X(PAPER_MISSING, "missing", N_("missing"))                             \
	X(PAPER_RECEIVED, "received", N_("received"))                          \
	X(PAPER_VERIFIED, "verified", N_("verified"))                          \
	X(PAPER_WAIVED, "waived", N_("waived"))

#define RESULT_LIST(X)                                                         \
	X(RESULT_GRANTED, "granted", N_("granted"))                            \
	X(RESULT_REFUSED, "refused", N_("refused"))                            \
	X(RESULT_WITHDRAWN, "withdrawn", N_("withdrawn by the person"))        \
	X(RESULT_SETTLED, "settled", N_("settled without a decision"))

#define X(id, name, label) id,
enum visit_state { VISIT_STATE_LIST(X) };
enum case_state { CASE_STATE_LIST(X) };
enum handover_state { HANDOVER_STATE_LIST(X) };
enum merge_state { MERGE_STATE_LIST(X) };
enum paper_state { PAPER_STATE_LIST(X) };
enum result { RESULT_NONE, RESULT_LIST(X) };
#undef X

/* Names and labels of a list; one struct serves all of them. */
struct state_list {
	const char *const *names;        /* on the wire and in the file */
	const char *const *labels;       /* English, for _() */
	size_t n;
};
extern const struct state_list visit_states, case_states, handover_states, merge_states,
    paper_states, results;

const char *state_name(const struct state_list *list, int state);
const char *state_label(const struct state_list *list, int state);
/* The state of a name; -1 for a name that is not on the list. */
int state_by_name(const struct state_list *list, const char *name);
/* Of what was granted or refused the person gets a paper. */
bool result_is_handed_out(enum result result);
/* The state of a case whose result is known: what is decided is ready to hand
 * out, what has ended otherwise to be closed. */
const char *case_state_label(enum case_state state, enum result result);

/* States in which somebody still has to do something in the back office. */
#define CASE_LIVE                                                              \
	((1u << CASE_OPEN) | (1u << CASE_IN_WORK) | (1u << CASE_WAITING) | (1u << CASE_PROPOSED))
/* ... or at the counter, where it is taken in. */
#define CASE_UNDECIDED ((1u << CASE_INTAKE) | CASE_LIVE)

/* ---- transitions: the workflow as one table an object ---- */

/* How far an act reaches says the table of rights (rules_rights.h). */
enum guard {
	GUARD_OTHER = 1 << 0,    /* only who does not have it */
	GUARD_REASON = 1 << 1,   /* a reason must be given */
	GUARD_INTAKE = 1 << 2,   /* all that intake needs is there, or a reason */
	GUARD_RESULT = 1 << 3,   /* only where nothing remains to be handed out */
	GUARD_NOT_OFFERED = 1 << 4, /* not while offered to another unit */
	GUARD_SECOND = 1 << 5,   /* four eyes: only somebody whose own work it is not */
	GUARD_TODAY = 1 << 6,    /* only a visit of today */
	GUARD_EARLIER = 1 << 7,  /* only a visit left over from an earlier day */
	GUARD_DECISION = 1 << 8, /* all that a decision needs is there, or a reason */
};
#define STATE_SAME (-1)

struct transition {
	const char *command;     /* "case.claim" */
	unsigned from;           /* set of states, a bit each */
	int to;                  /* state, or STATE_SAME */
	int held;                /* ... where a second person must approve it first; 0: the same */
	unsigned guards;         /* set of enum guard */
	const char *label;       /* English, for _() */
};

struct workflow {
	const struct transition *table;
	size_t n;
	const struct state_list *states;
};
extern const struct workflow visit_workflow, case_workflow, handover_workflow, merge_workflow;

/* What guards ask about the actor and the object. */
struct facts {
	enum role role;
	bool closed;             /* it belongs to a closed unit */
	bool by_site;            /* it belongs to a site rather than to a unit: a visit */
	bool own_unit;           /* the actor's unit is responsible */
	bool owner;              /* the actor has it */
	bool deputy;             /* who has it is away, and the actor stands in for them */
	bool owned;              /* somebody has it */
	bool own_work;           /* proposed by the actor, or by who they stand in for */
	bool own_site;
	bool receiver;           /* the actor's unit has been offered it */
	bool offered;            /* it is offered to some unit */
	bool reason;             /* a reason was given */
	bool lacks_intake;       /* something needed at intake is missing */
	bool lacks_decision;     /* ... or until a decision */
	bool to_hand_out;        /* the result is a paper for the person */
	bool earlier;            /* the visit is left over from an earlier day */
	bool emergency;          /* the actor has opened the person's file in one */
};

enum refusal {
	REFUSE_NOTHING, REFUSE_STATE, REFUSE_ROLE, REFUSE_UNIT, REFUSE_OWNER, REFUSE_OTHER,
	REFUSE_SITE, REFUSE_REASON, REFUSE_GAPS, REFUSE_RESULT, REFUSE_RECEIVER, REFUSE_OFFERED,
	REFUSE_EARLIER, REFUSE_TODAY, REFUSE_SECOND
};

/* The entry of a command; a command that is none is a bug. */
const struct transition *workflow_find(const struct workflow *w, const char *command);
/* May this be done now?  The first reason against it, gravest first. */
enum refusal transition_refusal(const struct transition *t, int state, const struct facts *f);
/* Could it be done once a reason is given?  For lists of what may be done. */
bool transition_offered(const struct transition *t, int state, const struct facts *f);

/* ---- sight: what of a case somebody may see ---- */

enum sight { SIGHT_NONE, SIGHT_HEAD, SIGHT_FULL };

/*
 * § 203 StGB: a closed unit's files are for that unit and for whom it offers
 * them to; supervisors of others get its figures on the console, as steering
 * does, and no row.  ready: lies at the viewer's counter to be handed out.
 */
enum sight case_sight(const struct facts *f, bool ready);

#endif
