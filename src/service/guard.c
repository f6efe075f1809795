/*
 * guard.c - layer 3: who may act, and plain words when they may not.  Called
 * by the other files of service/.  Every refusal of the product comes from
 * here.
 */
#include "guard.h"

#include <stdlib.h>
#include <string.h>

#include "rules_person.h"
#include "rules_rights.h"
#include "service_restriction.h"
#include "text.h"

#define SOFT_HYPHEN 0xAD
#define CONTROL_LAST 0x9F

bool
may_call(struct op *op, const char *command)
{
	return right_any(command, op->by->role, op->by->figures_only);
}

enum status
office_number(struct op *op, const char *key, int *value)
{
	const char *text;

	TRY(store_office_get(op, key, &text));
	if (!*text)
		return op_fail(op, ST_STORE, _("The office setting %s is missing. Ask the "
		    "administrator to run: tresen-admin catalogue"), key);
	*value = atoi(text);
	return ST_OK;
}

/* What was pasted may hold signs that nobody sees: say which. */
static enum status
unclean(struct op *op, const char *field, int32_t code)
{
	if (code == SOFT_HYPHEN)
		return op_fail_field(op, ST_INVALID, field, _("%s contains a soft hyphen (U+00AD), "
		    "which nobody sees. Type it again by hand, with a hyphen where one belongs."),
		    field_label(field));
	if (code > CONTROL_LAST)
		return op_fail_field(op, ST_INVALID, field, _("%s contains a sign that nobody sees "
		    "(U+%04X). Type it again by hand."), field_label(field), (unsigned)code);
	return op_fail_field(op, ST_INVALID, field,
	    _("%s contains a control character. Type it again by hand."), field_label(field));
}

enum status
clean_text(struct op *op, const char *field, const char *text, size_t most, bool many_lines,
           const char **clean)
{
	*clean = NULL;
	if (!text)
		return ST_OK;
	*clean = text_clean(op->mem, text, many_lines);
	if (!*clean)
		return unclean(op, field, text_unclean(text, many_lines));
	if (text_length(*clean) > most)
		return op_fail_field(op, ST_INVALID, field,
		    _("%s is too long: %zu characters fit."), field_label(field), most);
	return ST_OK;
}

enum status
named_as(struct op *op, const char *field, enum status s)
{
	if (s != ST_OK && op->fail.field && strcmp(op->fail.field, "id") == 0)
		op->fail.field = field;
	return s;
}

enum status
check_language(struct op *op, const char *language)
{
	const char *name;

	if (!language || !*language)
		return ST_OK;
	TRY(store_code_name(op, "language", language, &name));
	if (name)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "language",
	    _("There is no language \"%s\". Use a two-letter code such as ar, fa, uk."), language);
}

enum status
working_day_from_today(struct op *op, int n, int *day)
{
	size_t n_holidays;
	int *holidays;

	TRY(store_holidays(op, op->today, &holidays, &n_holidays));
	*day = working_day_after(op->today, n, holidays, n_holidays);
	return ST_OK;
}

char *
case_number(struct op *op, const struct case_file *c)
{
	return arena_printf(op->mem, "%04d-%06d", c->year, c->number);
}

enum status
clash(struct op *op, const char *what, const char *who, int64_t at)
{
	char hhmm[6];
	enum status s = op_fail(op, ST_CONFLICT, _("%s was changed by %s at %s. Look at it again "
	    "before you go on."), what, who, clock_hhmm(at, hhmm));

	op->fail.winner = who;
	op->fail.winner_at = at;
	return s;
}

static const struct {
	enum refusal refusal;
	enum status status;
	const char *field;
	const char *sentence;    /* English, with what it is about */
} refusals[] = {
	{ REFUSE_ROLE, ST_DENIED, NULL,
	  N_("%s: your role may not do this. Ask your supervisor who may.") },
	{ REFUSE_UNIT, ST_DENIED, NULL,
	  N_("%s belongs to another unit. Only that unit can do this.") },
	{ REFUSE_RECEIVER, ST_DENIED, NULL,
	  N_("%s is offered to another unit. Only that unit can answer.") },
	{ REFUSE_OWNER, ST_DENIED, NULL,
	  N_("%s is with somebody else. Take it over first, with a reason.") },
	{ REFUSE_OTHER, ST_CONFLICT, NULL, N_("You already have %s.") },
	{ REFUSE_SITE, ST_DENIED, NULL,
	  N_("%s is at another site. Ask the colleagues there.") },
	{ REFUSE_REASON, ST_INVALID, "reason", N_("%s: give a reason.") },
	{ REFUSE_GAPS, ST_INVALID, "reason",
	  N_("%s: something is missing. Record it, or give a reason.") },
	{ REFUSE_RESULT, ST_CONFLICT, NULL, N_("%s must be handed out before it is closed.") },
	{ REFUSE_SECOND, ST_DENIED, NULL,
	  N_("%s: you proposed it, or stand in for who did, so somebody else must approve it. Ask "
	     "a colleague.") },
	{ REFUSE_OFFERED, ST_CONFLICT, NULL,
	  N_("%s is offered to another unit. Wait for the answer, or withdraw the offer.") },
	{ REFUSE_EARLIER, ST_CONFLICT, NULL,
	  N_("%s is left over from an earlier day. Finish it, or give a new ticket for today.") },
	{ REFUSE_TODAY, ST_CONFLICT, NULL,
	  N_("%s came today and has a place in the order. Nothing needs to be done.") },
};

enum status
refuse(struct op *op, enum refusal r, const char *what)
{
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		enum status s = refusals[i].status;

		if (refusals[i].refusal != r)
			continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		if (refusals[i].field)
			return op_fail_field(op, s, refusals[i].field, tr(refusals[i].sentence),
			    what);
		return op_fail(op, s, tr(refusals[i].sentence), what);
#pragma GCC diagnostic pop
	}
	bug("refusal %d", (int)r);
}

const struct transition **
transitions_open(struct op *op, const struct workflow *w, int state, const struct facts *f)
{
	const struct transition **open =
	    arena_array(op->mem, const struct transition *, w->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (transition_offered(&w->table[i], state, f))
			open[n++] = &w->table[i];
	return open;
}

/* Not in this state: what can be done instead. */
static enum status
refuse_state(struct op *op, const struct workflow *w, const struct thing *thing,
             const struct facts *f)
{
	const char *state = state_label(w->states, thing->state), *acts = "";

	for (const struct transition **t = transitions_open(op, w, thing->state, f); *t; t++)
		acts = arena_printf(op->mem, "%s%s%s", acts, *acts ? ", " : "", tr((*t)->label));
	if (*acts)
		return op_fail(op, ST_CONFLICT,
		    _("%s is %s: that is not possible now. Possible is: %s."), thing->what, state,
		    acts);
	return op_fail(op, ST_CONFLICT, _("%s is %s: nothing is left to do."), thing->what,
	    state);
}

enum status
guard_act(struct op *op, const struct workflow *w, const char *command, const struct facts *f,
          struct thing *thing)
{
	const struct transition *t = workflow_find(w, command);
	enum refusal r = transition_refusal(t, thing->state, f);
	enum status s;

	if (r == REFUSE_NOTHING) {
		if (t->to != STATE_SAME)
			thing->state = t->to;
		return ST_OK;
	}
	s = r == REFUSE_STATE ? refuse_state(op, w, thing, f) : refuse(op, r, thing->what);
	/* taken or moved on in the meantime: say by whom */
	if (s == ST_CONFLICT && thing->changed_at && thing->changed_by != op->by->id) {
		op->fail.winner = thing->changed_by_name;
		op->fail.winner_at = thing->changed_at;
	}
	return s;
}

bool
is_own_work(struct op *op, int64_t worker_id)
{
	bool same;

	if (worker_id == op->by->id || staff_stands_for(op->by, worker_id))
		return true;
	/* what cannot be looked up is not approved */
	return worker_id && (store_staff_same(op, worker_id, op->by->id, &same) != ST_OK || same);
}

void
note_behalf(struct op *op, const char *command, const struct facts *f, int64_t owner_id)
{
	struct facts alone = *f;

	alone.deputy = false;
	if (f->deputy && right_refusal(command, &alone) != REFUSE_NOTHING)
		op_touch(op, "behalf", owner_id);
}

/* ---- cases ---- */

/* To be handed out, or handed out and not yet closed. */
static bool
lies_at_counter(const struct case_file *c)
{
	return c->state == CASE_DECIDED || c->state == CASE_HANDED_OUT;
}

/* Asked only where it can make a difference: lists come by here for each row. */
static enum status
opened_in_emergency(struct op *op, const struct case_file *c, struct facts *f)
{
	int64_t until;

	if (f->own_unit || !(right_reach("case.show", f->role, f->closed ? UNIT_CLOSED : UNIT_OPEN) &
	    REACH_EMERGENCY))
		return ST_OK;
	TRY(store_emergency_until(op, c->person_id, &until));
	f->emergency = until != 0;
	return ST_OK;
}

enum status
facts_of_case(struct op *op, const struct case_file *c, struct facts *f)
{
	const struct staff *by = op->by;

	*f = (struct facts){
		.role = by->role,
		.closed = c->unit_closed,
		.own_unit = strcmp(by->unit, c->unit) == 0,
		.owner = c->owner_id == by->id,
		.deputy = staff_stands_for(by, c->owner_id),
		.owned = c->owner_id != 0,
		.own_site = strcmp(by->site, c->site) == 0,
		.receiver = c->offered_to && strcmp(c->offered_to, by->unit) == 0,
		.offered = c->offered_to != NULL,
		.to_hand_out = result_is_handed_out(c->result),
		.own_work = c->state == CASE_PROPOSED &&
		    (is_own_work(op, c->proposed_by) || is_own_work(op, c->owner_id)),
	};
	return opened_in_emergency(op, c, f);
}

enum sight
case_sight_of(struct op *op, const struct case_file *c)
{
	struct facts f;

	if (facts_of_case(op, c, &f) != ST_OK)
		return SIGHT_NONE;
	return case_sight(&f, lies_at_counter(c));
}

enum status
case_look(struct op *op, int64_t id, struct case_file *c, enum sight *sight)
{
	bool hidden = false;

	TRY(store_case_find(op, id, c));
	*sight = c->id ? case_sight_of(op, c) : SIGHT_NONE;
	if (*sight != SIGHT_NONE)
		TRY(case_guard(op, id, &hidden));
	if (hidden)
		*sight = SIGHT_NONE;
	/* nobody learns whether there is a case they may not see */
	if (*sight == SIGHT_NONE)
		return op_fail_field(op, ST_NOT_FOUND, "id",
		    _("There is no case %lld here. Check the number."), (long long)id);
	return ST_OK;
}

enum status
guard_case(struct op *op, const struct attempt *try, struct case_file *c)
{
	enum sight sight;

	TRY(case_look(op, try->id, c, &sight));
	return guard_loaded_case(op, try, c);
}

enum status
guard_loaded_case(struct op *op, const struct attempt *try, struct case_file *c)
{
	struct thing thing;
	struct facts f;

	thing = (struct thing){ arena_printf(op->mem, _("Case %s"), case_number(op, c)),
	    (int)c->state, c->changed_by, c->changed_by_name, c->changed_at };
	if (try->seen && try->seen != c->version)
		return clash(op, thing.what, thing.changed_by_name, thing.changed_at);
	TRY(facts_of_case(op, c, &f));
	if (try->gaps) {
		f.lacks_intake = gaps_until(try->gaps, FORM_INTAKE) > 0;
		f.lacks_decision = gaps_until(try->gaps, FORM_DECISION) > 0;
	}
	f.reason = try->reason && *try->reason;
	TRY(guard_act(op, &case_workflow, try->command, &f, &thing));
	note_behalf(op, try->command, &f, c->owner_id);
	c->state = (enum case_state)thing.state;
	return ST_OK;
}

/* ---- visits ---- */

struct facts
facts_of_visit(struct op *op, const struct visit *v)
{
	bool earlier = visit_is_earlier(op, v);

	return (struct facts){
		.role = op->by->role,
		.closed = v->service_closed,
		.by_site = true,
		.own_unit = v->service_unit && strcmp(op->by->unit, v->service_unit) == 0,
		.owner = v->staff_id == op->by->id,
		.deputy = staff_stands_for(op->by, v->staff_id),
		/* overnight nobody has kept anybody: any colleague may end it */
		.owned = v->staff_id != 0 && !earlier &&
		    (v->state == VISIT_CALLED || v->state == VISIT_SERVING),
		.own_site = strcmp(op->by->site, v->site) == 0,
		.earlier = earlier,
	};
}
