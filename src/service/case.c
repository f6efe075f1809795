/*
 * case.c - layer 3: the acts on a case file that move it: claim to close.
 * Called by command/case.c.  Opening is in intake.c, what lies in the file in
 * folder.c.
 */
#include <string.h>

#include "guard.h"
#include "rules_rights.h"
#include "service_form.h"
#include "service_restriction.h"
#include "store_radar.h"

/* The day by which the office means to be done, whatever is urgent. */
static enum status
target_day(struct op *op, const struct case_file *c, const struct service *service, int *day)
{
	int *holidays, days = service->target_days ? service->target_days : 1;
	size_t n;

	TRY(store_holidays(op, c->opened_day, &holidays, &n));
	*day = working_day_after(c->opened_day, days, holidays, n);
	return ST_OK;
}

enum status
level_days(struct op *op, enum form_level level, int *days)
{
	static const char *const settings[] = {
		[FORM_SOON] = "soon_days", [FORM_URGENT] = "urgent_days",
	};

	return office_number(op, settings[level], days);
}

static enum status
level_day(struct op *op, enum form_level level, int *day)
{
	int days;

	*day = DAY_NONE;
	if (level == FORM_NORMAL)
		return ST_OK;
	TRY(level_days(op, level, &days));
	return working_day_from_today(op, days, day);
}

static int
earlier(int one, int two)
{
	return two == DAY_NONE || (one != DAY_NONE && one < two) ? one : two;
}

/* The day that the form asks for.  A level without a day has that of the office,
 * from when it was reached: no later answer puts it off again. */
static enum status
hurried_day(struct op *op, const struct case_file *c, const struct form_hurry *h, int *day)
{
	bool reached = c->urgent && (c->soon ? FORM_SOON : FORM_URGENT) <= h->open;

	TRY(level_day(op, h->open, day));
	if (*day != DAY_NONE && reached)
		*day = earlier(*day, c->due_day);
	*day = earlier(*day, h->due);
	return ST_OK;
}

enum status
case_schedule(struct op *op, struct case_file *c, const struct service *service,
              const struct form_hurry *hurry)
{
	const struct form_hurry none = { .due = DAY_NONE };
	const struct form_hurry *h = hurry ? hurry : &none;
	const char *renews;
	int age_limit, day;
	bool hurried;

	TRY(office_number(op, "age_limit_days", &age_limit));
	TRY(store_radar_renews(op, service->code, service->unit, &renews));
	TRY(hurried_day(op, c, h, &day));
	/* what was urgent may be so no more */
	if (c->due_day == 0 || c->urgent || c->title_ends)
		TRY(target_day(op, c, service, &c->due_day));
	hurried = day != DAY_NONE && (day <= c->due_day || h->level == FORM_URGENT);
	c->due_day = hurried ? earlier(day, c->due_day) : c->due_day;
	c->title_ends = hurried && h->by_date && day == h->due && renews &&
	    strcmp(renews, "title") == 0;
	c->urgent = hurried && !c->title_ends;
	c->soon = c->urgent && h->level == FORM_SOON;
	/* somebody who has had nothing for three days is helped today, not late already */
	if (c->urgent && c->due_day < c->opened_day)
		c->due_day = c->opened_day;
	c->rank_day = case_rank(c->due_day, c->opened_day, c->asked, age_limit);
	return ST_OK;
}

/* Saves the case with its owner's names; read again only for those of another. */
static enum status
save(struct op *op, struct case_file *c)
{
	bool own = c->owner_id == op->by->id;

	TRY(store_case_save(op, c));
	if (c->owner_id && !own)
		return store_case_find(op, c->id, c);
	c->owner_login = own ? op->by->login : NULL;
	c->owner_name = own ? op->by->name : NULL;
	return ST_OK;
}

enum status
case_claim(struct op *op, int64_t id, int64_t seen, struct case_file *c)
{
	enum sight sight;

	/* taking an offered case is accepting it: one key, not two */
	TRY(case_look(op, id, c, &sight));
	if (c->offered_to && strcmp(c->offered_to, op->by->unit) == 0 &&
	    (!seen || seen == c->version)) {
		TRY(handover_accept_case(op, c));
		seen = c->version;
	}
	TRY(guard_loaded_case(op, &(struct attempt){ "case.claim", id, seen, NULL, NULL }, c));
	c->owner_id = op->by->id;
	return save(op, c);
}

enum status
case_next(struct op *op, const char *unit, struct case_file *c)
{
	const char *own = op->by->unit;
	struct case_filter f = { .units = &own, .n_units = 1, .states = 1u << CASE_OPEN,
	    .owner_id = -1, .due_before = DAY_NONE, .sort = CASE_BY_RANK, .limit = 20 };
	struct case_file *list;
	size_t n;

	if (unit && strcmp(unit, own) != 0)
		return op_fail_field(op, ST_DENIED, "unit",
		    _("You can claim cases of your own unit only."));
	do {
		TRY(store_case_page(op, &f, &list, &n));
		for (size_t i = 0; i < n; i++)
			if (!list[i].offered_to)
				return case_claim(op, list[i].id, 0, c);
		f.after_day = n ? list[n - 1].rank_day : DAY_NONE;
		f.after_id = n ? list[n - 1].id : 0;
	} while (n == (size_t)f.limit);
	return op_fail(op, ST_NOT_FOUND, _("No case is open in your unit."));
}

enum status
case_release(struct op *op, int64_t id, int64_t seen, struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.release", id, seen, NULL, NULL }, c));
	c->owner_id = 0;
	return save(op, c);
}

enum status
case_take(struct op *op, int64_t id, int64_t seen, const char *reason, struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.take", id, seen, reason, NULL }, c));
	c->owner_id = op->by->id;
	TRY(keep_reason(op, id, NOTE_TAKEN_OVER, reason));
	return save(op, c);
}

/* A stand-in works on it; it stays with who is away. */
static void
keep_owner(struct op *op, struct case_file *c)
{
	if (!staff_stands_for(op->by, c->owner_id))
		c->owner_id = op->by->id;
}

enum status
case_wait(struct op *op, int64_t id, int64_t seen, const char *reason, int until,
          struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.wait", id, seen, reason, NULL }, c));
	if (until <= op->today)
		return op_fail_field(op, ST_INVALID, "until",
		    _("Choose a day after today: on it the case comes back to you."));
	TRY(clean_text(op, "reason", reason, TEXT_SHORT, false, &c->wait_reason));
	keep_owner(op, c);
	c->wait_day = until;
	return save(op, c);
}

enum status
case_resume(struct op *op, int64_t id, int64_t seen, struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.resume", id, seen, NULL, NULL }, c));
	keep_owner(op, c);
	c->wait_day = DAY_NONE;
	c->wait_reason = NULL;
	return save(op, c);
}

/* A grant needs all of it there; what is refused, withdrawn or settled is not
 * waited for. */
static enum status
guard_result(struct op *op, struct attempt *try, enum result result, struct case_file *c)
{
	struct gaps gaps;

	if (result == RESULT_GRANTED)
		return guard_complete(op, try, FORM_DECISION, c, &gaps);
	return guard_case(op, try, c);
}

/* The result is said; somebody else is to say yes to it. */
static void
propose(struct op *op, struct case_file *c)
{
	c->state = (enum case_state)workflow_find(&case_workflow, "case.decide")->held;
	c->proposed_by = op->by->id;
	c->proposed_at = op->now;
}

enum status
case_decide(struct op *op, int64_t id, int64_t seen, enum result result, const char *reason,
            struct case_file *c)
{
	struct attempt try = { "case.decide", id, seen, reason, NULL };
	const char *held;

	TRY(guard_result(op, &try, result, c));
	if (result == RESULT_REFUSED && !(reason && *reason))
		return op_fail_field(op, ST_INVALID, "reason",
		    _("A refusal needs its reason: it goes into the decision letter."));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, true, &c->result_reason));
	TRY(approval_wanted(op, c, result, &held));
	c->result = result;
	c->decided_day = held ? DAY_NONE : op->today;
	if (held)
		propose(op, c);
	return save(op, c);
}

enum status
case_hand_out(struct op *op, int64_t id, int64_t seen, struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.handout", id, seen, NULL, NULL }, c));
	return save(op, c);
}

enum status
case_close(struct op *op, int64_t id, int64_t seen, struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.close", id, seen, NULL, NULL }, c));
	c->owner_id = 0;
	return save(op, c);
}

enum status
case_reopen(struct op *op, int64_t id, int64_t seen, const char *reason, struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ "case.reopen", id, seen, reason, NULL }, c));
	c->owner_id = 0;
	c->result = RESULT_NONE;
	c->result_reason = NULL;
	c->decided_day = DAY_NONE;
	c->proposed_by = c->proposed_at = 0;
	TRY(keep_reason(op, id, NOTE_REOPENED, reason));
	return save(op, c);
}

enum status
case_assign(struct op *op, int64_t id, const char *owner, const char *reason, struct case_file *c)
{
	const struct staff *to;

	TRY(guard_case(op, &(struct attempt){ "case.assign", id, 0, reason, NULL }, c));
	TRY(store_staff_find(op, owner, -1, &to));
	if (!to || strcmp(to->unit, c->unit) != 0 || 
	    !right_any("case.claim", to->role, to->figures_only))
		return op_fail_field(op, ST_INVALID, "owner",
		    _("\"%s\" does not work in %s. Choose a clerk of that unit."), owner,
		    c->unit_name);
	if (c->state == CASE_OPEN)
		c->state = CASE_IN_WORK;
	c->owner_id = to->id;
	TRY(keep_reason(op, id, NOTE_ASSIGNED, reason));
	return save(op, c);
}

/* ---- looking ---- */

enum status
case_reason(struct op *op, const struct case_file *c, const char **why)
{
	struct pending p = { .today = op->today, .due = c->due_day, .opened = c->opened_day,
	    .asked = c->asked, .wait_until = c->wait_day, .title_ends = c->title_ends,
	    .urgent = c->urgent, .soon = c->soon, .state = c->state };

	TRY(office_number(op, "age_limit_days", &p.age_limit));
	*why = c->state >= CASE_DECIDED ? case_state_label(c->state, c->result)
	                                : case_why(op->mem, &p);
	return ST_OK;
}

/* Claiming what is offered to one's unit accepts it first: may one then? */
static bool
may_claim_offered(struct op *op, const struct case_file *c)
{
	struct case_file accepted = *c;
	struct facts f;

	if (!c->offered_to || strcmp(c->offered_to, op->by->unit) != 0)
		return false;
	accepted.unit = op->by->unit;
	accepted.offered_to = NULL;
	accepted.owner_id = 0;
	return facts_of_case(op, &accepted, &f) == ST_OK &&
	    transition_offered(workflow_find(&case_workflow, "case.claim"), CASE_OPEN, &f);
}

const struct transition **
case_may(struct op *op, const struct case_file *c)
{
	const struct transition **open;
	struct facts f;
	size_t n = 0;

	if (facts_of_case(op, c, &f) != ST_OK)
		f = (struct facts){ .role = op->by->role };
	if (kept_case(op, c->id, NULL) != KEEP_NOTHING)
		return arena_array(op->mem, const struct transition *, 1);
	open = transitions_open(op, &case_workflow, (int)c->state, &f);
	if (!may_claim_offered(op, c))
		return open;
	while (open[n])
		n++;
	memmove(open + 1, open, n * sizeof(*open)); /* there is room for all of the table */
	open[0] = workflow_find(&case_workflow, "case.claim");
	return open;
}
