/*
 * task.c - layer 3: small tasks that acts have left to a unit: seen by all but
 * those of a closed unit, settled by the unit alone.  Called by
 * command/task.c and command/household.c.
 */
#include <string.h>

#include "guard.h"
#include "service_household.h"

bool
task_rule_in_sight(struct op *op, const struct task_rule *rule)
{
	return !rule->unit_closed || strcmp(rule->unit, op->by->unit) == 0;
}

static struct facts
facts_of_task(struct op *op, const struct task *t, const char *reason)
{
	return (struct facts){
		.role = op->by->role,
		.closed = t->unit_closed,
		.own_unit = strcmp(op->by->unit, t->unit) == 0,
		.reason = reason && *reason,
	};
}

enum status
task_show(struct op *op, int64_t id, struct task *t)
{
	TRY(store_task_find(op, id, t));
	if (t->id)
		return ST_OK;
	return op_fail_field(op, ST_NOT_FOUND, "id",
	    _("There is no task %lld here. Look at the list again."), (long long)id);
}

static enum status
guard_task(struct op *op, const char *command, int64_t seen, const char *note, struct task *t)
{
	struct thing thing = { _("This task"), (int)t->state, t->changed_by, t->changed_by_name,
	    t->changed_at };
	struct facts f = facts_of_task(op, t, note);

	if (seen && seen != t->version)
		return clash(op, thing.what, t->changed_by_name, t->changed_at);
	TRY(guard_act(op, &task_workflow, command, &f, &thing));
	t->state = (enum task_state)thing.state;
	return ST_OK;
}

enum status
task_settle(struct op *op, const char *command, int64_t id, int64_t seen, const char *note,
            struct task *t)
{
	TRY(task_show(op, id, t));
	TRY(guard_task(op, command, seen, note, t));
	TRY(clean_text(op, t->state == TASK_DROPPED ? "reason" : "note", note, TEXT_SHORT, false,
	    &t->note));
	TRY(store_task_save(op, t));
	return store_task_find(op, id, t);
}

enum status
task_list(struct op *op, const struct task_wish *wish, struct task **list, size_t *n)
{
	struct task_filter f = { .unit = wish->unit, .person_id = wish->person_id,
	    .household_id = wish->household_id, .state = wish->state,
	    .after_day = wish->after_day, .after_id = wish->after_id, .limit = wish->limit };
	struct unit unit;
	struct home home;

	if (wish->unit)
		TRY(store_unit_find(op, wish->unit, &unit));
	else if (!wish->person_id && !wish->household_id)
		f.unit = op->by->unit;
	TRY(person_current(op, "person", &f.person_id));
	if (wish->household_id)
		TRY(named_as(op, "household", household_show(op, wish->household_id, &home)));
	return store_task_page(op, &f, list, n);
}

const struct transition **
task_may(struct op *op, const struct task *t)
{
	struct facts f = facts_of_task(op, t, NULL);

	return transitions_open(op, &task_workflow, (int)t->state, &f);
}
