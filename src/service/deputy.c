/*
 * deputy.c - layer 3: who acts for whom while they are away.  Called by
 * command/staff.c.  Must never lend more than the work: whoever stands in
 * works in the same unit and has the same role.
 */
#include "service_deputy.h"

#include <string.h>

#include "guard.h"
#include "rules_rights.h"

static struct facts
facts_of_deputy(struct op *op, int64_t absent_id, const char *unit, bool unit_closed)
{
	return (struct facts){ .role = op->by->role, .closed = unit_closed,
		.own_unit = strcmp(op->by->unit, unit) == 0, .owner = absent_id == op->by->id,
		.owned = true };
}

static enum status
find_colleague(struct op *op, const char *field, const char *login, const struct staff **found)
{
	TRY(store_staff_find(op, login, -1, found));
	if (*found)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, field, _("Nobody here has the login \"%s\". "
	    "`tresen staff list` names them all."), login);
}

/* By oneself, or by a supervisor who may look into that unit. */
static enum status
guard_absent(struct op *op, const struct staff *absent)
{
	struct facts f;
	struct unit unit;

	TRY(store_unit_find(op, absent->unit, &unit));
	f = facts_of_deputy(op, absent->id, absent->unit, unit.closed);
	if (right_refusal("staff.delegate", &f) == REFUSE_NOTHING)
		return ST_OK;
	return op_fail_field(op, ST_DENIED, "for", _("A stand-in for %s is named by themselves or "
	    "by their supervisor. Ask one of them."), absent->name);
}

/* A stand-in gets no right that is not their own. */
static enum status
check_deputy(struct op *op, const struct staff *absent, const struct staff *deputy)
{
	if (absent->id == deputy->id)
		return op_fail_field(op, ST_INVALID, "to",
		    _("Nobody stands in for themselves. Name a colleague."));
	if (!right_any("case.claim", absent->role, absent->figures_only) &&
	    !right_any("case.assign", absent->role, absent->figures_only))
		return op_fail_field(op, ST_INVALID, "for", _("%s has no cases and no visits that "
		    "somebody could do. The administrator gives the post to somebody else."),
		    absent->name);
	if (strcmp(absent->unit, deputy->unit) == 0 && absent->role == deputy->role)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "to", _("%s does not work in %s as %s. A stand-in gets "
	    "the work, not the rights: name somebody of the same unit and role."), deputy->name,
	    absent->unit_name, role_label(absent->role));
}

static enum status
check_days(struct op *op, const struct deputy *d)
{
	int longest;

	if (d->until_day < op->today)
		return op_fail_field(op, ST_INVALID, "until",
		    _("This day is over. Name the last day of the absence."));
	if (d->until_day < d->from_day)
		return op_fail_field(op, ST_INVALID, "until",
		    _("It cannot end before it begins. Look at both days again."));
	TRY(office_number(op, "deputy_days", &longest));
	if (d->until_day - d->from_day > longest)
		return op_fail_field(op, ST_INVALID, "until", _("A stand-in lasts %d days at most. "
		    "For longer, the administrator changes the post."), longest);
	return ST_OK;
}

enum status
deputy_make(struct op *op, const struct deputy_wish *wish, struct deputy *d)
{
	const struct staff *absent, *deputy;

	TRY(find_colleague(op, "for", wish->absent ? wish->absent : op->by->login, &absent));
	TRY(guard_absent(op, absent));
	TRY(find_colleague(op, "to", wish->deputy, &deputy));
	TRY(check_deputy(op, absent, deputy));
	*d = (struct deputy){ .absent_id = absent->id, .deputy_id = deputy->id,
		.from_day = wish->from_day == DAY_NONE ? op->today : wish->from_day,
		.until_day = wish->until_day };
	TRY(check_days(op, d));
	TRY(clean_text(op, "reason", wish->reason, TEXT_SHORT, false, &d->reason));
	if (!d->reason || !*d->reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason, such as holiday: the stand-in and the supervisor read it."));
	TRY(store_deputy_add(op, d));
	return store_deputy_find(op, d->id, d);
}

bool
deputy_may_end(struct op *op, const struct deputy *d)
{
	struct facts f = facts_of_deputy(op, d->absent_id, d->unit, d->unit_closed);

	return !d->ended_at && d->until_day >= op->today &&
	    right_refusal("staff.undelegate", &f) == REFUSE_NOTHING;
}

/* Can the actor know of it at all? */
static bool
in_sight(struct op *op, const struct deputy *d)
{
	struct facts f = facts_of_deputy(op, d->absent_id, d->unit, d->unit_closed);

	return right_refusal("staff.delegations", &f) == REFUSE_NOTHING;
}

enum status
deputy_end(struct op *op, int64_t id, struct deputy *d)
{
	TRY(store_deputy_find(op, id, d));
	if (!d->id || !in_sight(op, d))
		return op_fail_field(op, ST_NOT_FOUND, "id",
		    _("There is no stand-in %lld here. Look at the list again."), (long long)id);
	if (d->ended_at || d->until_day < op->today)
		return op_fail(op, ST_CONFLICT, _("This is over already. Nothing needs to be done."));
	if (!deputy_may_end(op, d))
		return op_fail(op, ST_DENIED,
		    _("Only %s or a supervisor takes this back. Ask one of them."), d->absent_name);
	TRY(store_deputy_end(op, d));
	return store_deputy_find(op, id, d);
}

enum status
deputy_list(struct op *op, struct deputy **list, size_t *n)
{
	struct deputy *all;
	size_t n_all;

	TRY(store_deputy_list(op, NULL, &all, &n_all));
	*list = arena_array(op->mem, struct deputy, n_all + 1);
	*n = 0;
	for (size_t i = 0; i < n_all; i++)
		if (in_sight(op, &all[i]))
			(*list)[(*n)++] = all[i];
	return ST_OK;
}

bool
deputy_reason_shown(struct op *op, const struct deputy *d)
{
	struct facts f = facts_of_deputy(op, d->absent_id, d->unit, d->unit_closed);

	return d->deputy_id == op->by->id || d->made_by == op->by->id ||
	    right_refusal("staff.delegate", &f) == REFUSE_NOTHING;
}

bool
deputy_holds(struct op *op, const struct deputy *d)
{
	return !d->ended_at && d->from_day <= op->today && d->until_day >= op->today;
}
