/*
 * workflow.c - layer 1: what may happen to a visit, a case, a hand-over, a task.  One
 * table an object; the checks, the lists of what may be done, the manual and
 * the tests read it.  Who may, and on whose things, says rights.c.  Called by
 * service/.
 */
#include "rules_rights.h"
#include "rules_task.h"

#include <string.h>

const struct transition *
workflow_find(const struct workflow *w, const char *command)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->table[i].command, command) == 0)
			return &w->table[i];
	bug("no transition for %s", command);
}

/* Where it lies and who has it changes with its state: the state is told first. */
static bool
is_of_the_moment(enum refusal r)
{
	return r == REFUSE_OWNER || r == REFUSE_SITE;
}

/* Guards that a reason from the user could not lift. */
static enum refusal
firm_refusal(const struct transition *t, int state, const struct facts *f)
{
	enum refusal r = right_refusal(t->command, f);

	if (r != REFUSE_NOTHING && !is_of_the_moment(r))
		return r;
	if (!(t->from & (1u << state)))
		return REFUSE_STATE;
	if ((t->guards & GUARD_TODAY) && f->earlier)
		return REFUSE_EARLIER;
	if ((t->guards & GUARD_EARLIER) && !f->earlier)
		return REFUSE_TODAY;
	if (r != REFUSE_NOTHING)
		return r;
	if ((t->guards & GUARD_OTHER) && f->owner)
		return REFUSE_OTHER;
	if ((t->guards & GUARD_SECOND) && f->own_work)
		return REFUSE_SECOND;
	if ((t->guards & GUARD_NOT_OFFERED) && f->offered)
		return REFUSE_OFFERED;
	if ((t->guards & GUARD_RESULT) && state == CASE_DECIDED && f->to_hand_out)
		return REFUSE_RESULT;
	return REFUSE_NOTHING;
}

enum refusal
transition_refusal(const struct transition *t, int state, const struct facts *f)
{
	enum refusal r = firm_refusal(t, state, f);

	if (r != REFUSE_NOTHING)
		return r;
	if ((t->guards & GUARD_REASON) && !f->reason)
		return REFUSE_REASON;
	if (f->reason)
		return REFUSE_NOTHING;
	if ((t->guards & GUARD_INTAKE) && f->lacks_intake)
		return REFUSE_GAPS;
	if ((t->guards & GUARD_DECISION) && f->lacks_decision)
		return REFUSE_GAPS;
	return REFUSE_NOTHING;
}

bool
transition_offered(const struct transition *t, int state, const struct facts *f)
{
	return firm_refusal(t, state, f) == REFUSE_NOTHING;
}

enum sight
case_sight(const struct facts *f, bool ready)
{
	enum unit_kind kind = f->closed ? UNIT_CLOSED : UNIT_OPEN;
	unsigned is = facts_reach(f);

	if (right_reach("case.show", f->role, kind) & is)
		return SIGHT_FULL;
	if (ready && (right_reach("case.handout", f->role, kind) & is))
		return SIGHT_HEAD;
	return SIGHT_NONE;
}

#define IN(state) (1u << (state))
#define AT_COUNTER (IN(VISIT_CALLED) | IN(VISIT_SERVING))
#define HERE (AT_COUNTER | IN(VISIT_WAITING) | IN(VISIT_PARKED) | IN(VISIT_ABSENT))
/* What waits for approval lies still: who approves it sees what was proposed. */
#define STILL_OURS (CASE_UNDECIDED & ~IN(CASE_PROPOSED))
#define NOT_CLOSED (CASE_UNDECIDED | IN(CASE_DECIDED) | IN(CASE_HANDED_OUT))

static const struct transition visit_table[] = {
	{ .command = "visit.next", .from = IN(VISIT_WAITING), .to = VISIT_CALLED,
	  .guards = GUARD_TODAY, .label = N_("Call") },
	{ .command = "visit.recall", .from = IN(VISIT_CALLED), .to = STATE_SAME,
	  .guards = GUARD_TODAY, .label = N_("Call again") },
	{ .command = "visit.start", .from = IN(VISIT_CALLED), .to = VISIT_SERVING,
	  .guards = GUARD_TODAY, .label = N_("Start") },
	{ .command = "visit.park", .from = AT_COUNTER, .to = VISIT_PARKED, .guards = GUARD_TODAY,
	  .label = N_("Park") },
	{ .command = "visit.unpark", .from = IN(VISIT_PARKED) | IN(VISIT_ABSENT),
	  .to = VISIT_WAITING, .guards = GUARD_TODAY, .label = N_("Back to the waiting room") },
	{ .command = "visit.absent", .from = IN(VISIT_CALLED), .to = VISIT_ABSENT,
	  .guards = GUARD_TODAY, .label = N_("Not there") },
	/* they get a new visit: what was left over ends */
	{ .command = "visit.readmit", .from = HERE, .to = VISIT_FINISHED, .guards = GUARD_EARLIER,
	  .label = N_("New ticket today") },
	{ .command = "visit.finish", .from = HERE, .to = VISIT_FINISHED, .label = N_("Finish") },
	{ .command = "visit.edit", .from = HERE, .to = STATE_SAME, .label = N_("Change") },
};

static const struct transition case_table[] = {
	{ .command = "case.claim", .from = IN(CASE_OPEN), .to = CASE_IN_WORK,
	  .guards = GUARD_NOT_OFFERED, .label = N_("Claim") },
	{ .command = "case.release", .from = IN(CASE_IN_WORK), .to = CASE_OPEN,
	  .label = N_("Back to the pool") },
	{ .command = "case.take", .from = IN(CASE_IN_WORK) | IN(CASE_WAITING), .to = STATE_SAME,
	  .guards = GUARD_OTHER | GUARD_REASON, .label = N_("Take over") },
	{ .command = "case.wait", .from = IN(CASE_IN_WORK), .to = CASE_WAITING,
	  .guards = GUARD_REASON, .label = N_("Put on hold") },
	{ .command = "case.resume", .from = IN(CASE_WAITING), .to = CASE_IN_WORK,
	  .label = N_("Resume") },
	{ .command = "case.decide", .from = IN(CASE_IN_WORK), .to = CASE_DECIDED,
	  .held = CASE_PROPOSED, .guards = GUARD_DECISION | GUARD_NOT_OFFERED,
	  .label = N_("Decide") },
	{ .command = "case.approve", .from = IN(CASE_PROPOSED), .to = CASE_DECIDED,
	  .guards = GUARD_SECOND, .label = N_("Approve") },
	{ .command = "case.return", .from = IN(CASE_PROPOSED), .to = CASE_IN_WORK,
	  .guards = GUARD_SECOND | GUARD_REASON, .label = N_("Send back") },
	{ .command = "case.withdraw", .from = IN(CASE_PROPOSED), .to = CASE_IN_WORK,
	  .label = N_("Withdraw") },
	{ .command = "case.handout", .from = IN(CASE_DECIDED), .to = CASE_HANDED_OUT,
	  .label = N_("Hand out") },
	{ .command = "case.close", .from = IN(CASE_DECIDED) | IN(CASE_HANDED_OUT),
	  .to = CASE_CLOSED, .guards = GUARD_RESULT, .label = N_("Close") },
	{ .command = "case.reopen",
	  .from = IN(CASE_DECIDED) | IN(CASE_HANDED_OUT) | IN(CASE_CLOSED), .to = CASE_OPEN,
	  .guards = GUARD_REASON, .label = N_("Reopen") },
	{ .command = "case.note", .from = NOT_CLOSED, .to = STATE_SAME, .label = N_("Note") },
	{ .command = "case.document", .from = CASE_UNDECIDED, .to = STATE_SAME,
	  .label = N_("Papers") },
	{ .command = "case.answer", .from = STILL_OURS, .to = STATE_SAME,
	  .label = N_("Answers") },
	/* from the pool it goes into work; on hold it stays on hold */
	{ .command = "case.assign", .from = CASE_LIVE, .to = STATE_SAME,
	  .guards = GUARD_NOT_OFFERED, .label = N_("Assign") },
	{ .command = "handover.offer", .from = STILL_OURS, .to = STATE_SAME,
	  .guards = GUARD_INTAKE | GUARD_NOT_OFFERED, .label = N_("Hand over") },
};

static const struct transition handover_table[] = {
	{ .command = "handover.accept", .from = IN(HANDOVER_OFFERED), .to = HANDOVER_ACCEPTED,
	  .label = N_("Accept") },
	{ .command = "handover.return", .from = IN(HANDOVER_OFFERED), .to = HANDOVER_RETURNED,
	  .guards = GUARD_REASON, .label = N_("Send back") },
	{ .command = "handover.withdraw", .from = IN(HANDOVER_OFFERED), .to = HANDOVER_WITHDRAWN,
	  .label = N_("Withdraw") },
};

/* Two records are linked by two people (FEATURES B3); parting them again
 * harms nobody and needs one, with a reason. */
static const struct transition merge_table[] = {
	{ .command = "merge.approve", .from = IN(MERGE_PROPOSED), .to = MERGE_APPROVED,
	  .guards = GUARD_SECOND, .label = N_("Approve") },
	{ .command = "merge.refuse", .from = IN(MERGE_PROPOSED), .to = MERGE_REFUSED,
	  .guards = GUARD_REASON, .label = N_("Refuse") },
	{ .command = "merge.undo", .from = IN(MERGE_APPROVED), .to = MERGE_UNDONE,
	  .guards = GUARD_REASON, .label = N_("Part again") },
};

static const struct transition task_table[] = {
	{ .command = "task.done", .from = IN(TASK_OPEN), .to = TASK_DONE, .label = N_("Done") },
	{ .command = "task.drop", .from = IN(TASK_OPEN), .to = TASK_DROPPED,
	  .guards = GUARD_REASON, .label = N_("Drop") },
	{ .command = "task.reopen", .from = IN(TASK_DONE) | IN(TASK_DROPPED), .to = TASK_OPEN,
	  .label = N_("Reopen") },
};

const struct workflow visit_workflow = { visit_table, COUNT_OF(visit_table), &visit_states };
const struct workflow case_workflow = { case_table, COUNT_OF(case_table), &case_states };
const struct workflow handover_workflow = {
	handover_table, COUNT_OF(handover_table), &handover_states
};
const struct workflow merge_workflow = { merge_table, COUNT_OF(merge_table), &merge_states };
const struct workflow task_workflow = { task_table, COUNT_OF(task_table), &task_states };
