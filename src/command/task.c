/*
 * task.c - layer 4: commands of the small tasks of a unit.
 */
#include "household_shape.h"

static enum status
put_task(struct call *call, const struct task *t)
{
	put(call->out, "task", shape_task(call->op, t));
	return ST_OK;
}

/* How it was done, or why it need not be. */
static enum status
run_settle(struct call *call)
{
	const char *note = arg_text(call, "note"), *reason = arg_text(call, "reason");
	struct task t;

	TRY(task_settle(call->op, call->name, arg_id(call, "id"), arg_id(call, "version"),
	    note ? note : reason, &t));
	return put_task(call, &t);
}

static enum status
run_show(struct call *call)
{
	struct task t;

	TRY(task_show(call->op, arg_id(call, "id"), &t));
	return put_task(call, &t);
}

/* ---- the list ---- */

/* Key of a row: due day, id. */
static enum status
read_after(const struct call *call, struct task_wish *wish)
{
	const char *after = arg_text(call, "after");
	int64_t day;

	if (!after)
		return ST_OK;
	if (!digits_until(&after, ':', INT32_MAX, &day) ||
	    !digits_until(&after, '\0', INT64_MAX - 1, &wish->after_id))
		return bad_after(call->op);
	wish->after_day = (int)day;
	return ST_OK;
}

static void
put_after(struct call *call, const struct task *last)
{
	put(call->out, "next", last ? json_string(arena_printf(call->op->mem, "%d:%lld",
	    last->due_day, (long long)last->id)) : json_null());
}

static enum status
put_counts(struct call *call, const char *unit)
{
	json_t *counts = json_object();
	int64_t open, late;

	put(call->out, "counts", counts);
	TRY(store_task_counts(call->op, unit ? unit : call->op->by->unit, &open, &late));
	put(counts, "open", json_integer(open));
	put(counts, "late", json_integer(late));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	const char *state = arg_text(call, "state");
	struct task_wish wish = { .unit = arg_text(call, "unit"),
	    .person_id = arg_id(call, "person"), .household_id = arg_id(call, "household"),
	    .state = state ? (enum task_state)state_by_name(&task_states, state) : TASK_OPEN };
	json_t *rows = json_array();
	struct task *list;
	int limit;
	size_t n;
	bool more;

	put(call->out, "tasks", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after(call, &wish));
	wish.limit = limit + 1;
	TRY(task_list(call->op, &wish, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_task(call->op, &list[i]));
	put_after(call, more ? &list[n - 1] : NULL);
	return put_counts(call, wish.unit);
}

/* ---- the table ---- */

#define X(id, name, label) name,
static const char *const state_values[] = { TASK_STATE_LIST(X) NULL };
#undef X

#define ID_ARG ARG("id", ARG_ID, REQUIRED, N_("number of the task"))
#define VERSION_ARG ARG("version", ARG_INT, OPTIONAL, N_("version you have seen"))

static const struct arg list_args[] = {
	ARG("unit", ARG_TEXT, OPTIONAL, N_("whose tasks; your own unit's if left out")),
	ARG_OF("state", OPTIONAL, N_("open ones if left out"), state_values),
	ARG("person", ARG_ID, OPTIONAL, N_("only about this person, of any unit")),
	ARG("household", ARG_ID, OPTIONAL, N_("only about this household, of any unit")),
	LIST_ARGS, ARG_END
};
static const struct arg done_args[] = {
	ID_ARG, ARG("note", ARG_TEXT, OPTIONAL, N_("how it was done")), VERSION_ARG, ARG_END
};
static const struct arg drop_args[] = {
	ID_ARG, ARG("reason", ARG_TEXT, REQUIRED, N_("why it need not be done")), VERSION_ARG,
	ARG_END
};
static const struct arg reopen_args[] = { ID_ARG, VERSION_ARG, ARG_END };

const struct command cmd_task_list = {
	.name = "task.list", .args = list_args,
	.help = N_("small tasks that acts have left to a unit, most urgent first"),
	.run = run_list,
};
const struct command cmd_task_done = {
	.name = "task.done", .args = done_args, .flags = CMD_WRITE,
	.help = N_("a task of your unit is done"), .run = run_settle, .current = run_show,
};
const struct command cmd_task_drop = {
	.name = "task.drop", .args = drop_args, .flags = CMD_WRITE,
	.help = N_("a task of your unit need not be done, with a reason"), .run = run_settle,
	.current = run_show,
};
const struct command cmd_task_reopen = {
	.name = "task.reopen", .args = reopen_args, .flags = CMD_WRITE,
	.help = N_("a task is open again"), .run = run_settle, .current = run_show,
};
