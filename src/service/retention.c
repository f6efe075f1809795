/*
 * retention.c - layer 3: proposing and approving a deletion, and exceptions
 * from it, see service_retention.h.  Called by command/retention.c.  Must never
 * let one person do both.
 */
#include "service_retention.h"

#include <string.h>

#include "guard.h"

static bool
is_in(const struct retention_run *run, const char *state)
{
	return run->id && strcmp(run->state, state) == 0;
}

enum status
retention_show(struct op *op, int64_t id, struct retention_run *run)
{
	TRY(store_retention_run(op, id, run));
	if (!id || run->id)
		return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("There is no deletion %lld. Look at the newest one."),
	    (long long)id);
}

enum status
retention_hold(struct op *op, int64_t case_id, const char *reason, int until)
{
	bool found;

	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &reason));
	if (!reason || !*reason)
		return op_fail_field(op, ST_INVALID, "reason", _("Say why the case is kept: an "
		    "objection, a court, a claim."));
	if (until <= op->today)
		return op_fail_field(op, ST_INVALID, "until", _("Name a day that is still to come: "
		    "then it is looked at again."));
	TRY(store_retention_hold(op, case_id, reason, until, &found));
	op_touch(op, "case", case_id);
	if (found)
		return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("There is no closed case %lld; one that is not closed "
	    "never goes."), (long long)case_id);
}

enum status
retention_propose(struct op *op, const int64_t *cases, size_t n, struct retention_run *run)
{
	int64_t id;

	TRY(store_retention_run(op, 0, run));
	if (is_in(run, "proposed") || is_in(run, "approved"))
		return op_fail(op, ST_CONFLICT, _("Deletion %lld, proposed by %s, is not done yet. "
		    "Withdraw it, or let it be done first."), (long long)run->id,
		    run->proposed_by);
	if (n == 0)
		return op_fail(op, ST_INVALID, _("Nothing is due that is not held: there is nothing "
		    "to propose."));
	TRY(store_retention_propose(op, cases, n, &id));
	return store_retention_run(op, id, run);
}

enum status
retention_approve(struct op *op, int64_t id, struct retention_run *run)
{
	TRY(retention_show(op, id, run));
	if (!is_in(run, "proposed"))
		return op_fail(op, ST_CONFLICT, _("Deletion %lld does not wait for an approval any "
		    "more. Load it again."), (long long)id);
	if (is_own_work(op, run->proposer))
		return refuse(op, REFUSE_SECOND, arena_printf(op->mem, _("Deletion %lld"),
		    (long long)id));
	TRY(store_retention_settle(op, id, "approved"));
	return store_retention_run(op, id, run);
}

enum status
retention_withdraw(struct op *op, int64_t id, struct retention_run *run)
{
	TRY(retention_show(op, id, run));
	if (!is_in(run, "proposed") && !is_in(run, "approved"))
		return op_fail(op, ST_CONFLICT, _("Deletion %lld is over already. Load it again."),
		    (long long)id);
	TRY(store_retention_settle(op, id, "withdrawn"));
	return store_retention_run(op, id, run);
}
