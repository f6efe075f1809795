/*
 * retention.c - layer 4: commands of what has had its time: the list, holding,
 * and a deletion that two people agree on.  tresen-admin carries it out.
 */
#include "shape.h"

#include <string.h>

#include "service_retention.h"

static const struct { const char *state, *label; } states[] = {
	{ "proposed", N_("waits for a second person") },
	{ "approved", N_("approved, not yet done") },
	{ "withdrawn", N_("withdrawn") },
	{ "running", N_("is being done") },
	{ "done", N_("done") },
};

static const char *
label_of(const char *state)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (strcmp(states[i].state, state) == 0)
			return tr(states[i].label);
	bug("state %s of a deletion", state);
}

static json_t *
shape_run(const struct retention_run *run)
{
	json_t *o;

	if (!run->id)
		return json_null();
	o = json_object();
	put(o, "id", json_integer(run->id));
	put(o, "state", json_string(run->state));
	put(o, "state_label", json_string(label_of(run->state)));
	put(o, "cases", json_integer(run->cases));
	put(o, "people", json_integer(run->people));
	put(o, "proposed", shape_instant(run->proposed_at));
	put(o, "proposed_by", json_string(run->proposed_by));
	put(o, "settled", shape_instant(run->settled_at));
	put(o, "settled_by", shape_text(run->settled_by));
	put(o, "done", shape_instant(run->done_at));
	return o;
}

/* What is due: a second's work in a large office, so acts ask for it before the
 * office waits for them, and change none of it. */
struct due {
	struct retention_sum *sums;
	size_t n;
	int64_t *cases;          /* that are not held: of a proposal */
	size_t n_cases;
	const char *class;       /* of the case that is to be held, if it is due and is not yet */
};

static struct due *
due_new(struct call *call)
{
	struct due *d = arena_make(call->op->mem, struct due);

	*d = (struct due){ .n = 0 };
	call->found = d;
	return d;
}

static enum status
look_sums(struct call *call)
{
	struct due *d = due_new(call);

	return store_retention_sums(call->op, &d->sums, &d->n);
}

static enum status
look_cases(struct call *call)
{
	struct due *d = due_new(call);

	TRY(store_retention_sums(call->op, &d->sums, &d->n));
	return store_retention_free(call->op, &d->cases, &d->n_cases);
}

static enum status
look_held(struct call *call)
{
	int64_t id = arg_id(call, "case");
	struct due *d = due_new(call);
	struct retention_case *list;
	size_t n;

	TRY(store_retention_sums(call->op, &d->sums, &d->n));
	TRY(store_retention_due(call->op, id - 1, 1, &list, &n));
	if (n && list->id == id && !list->hold_until && !list->blocked)
		d->class = list->class;
	return ST_OK;
}

/* How many are due, by class: all that a second person needs to see. */
static void
put_sums(struct call *call)
{
	const struct due *d = call->found;
	json_t *rows = json_array();

	put(call->out, "classes", rows);
	for (size_t i = 0; i < d->n; i++) {
		const struct retention_sum *sum = d->sums + i;
		bool one_more = d->class && strcmp(d->class, sum->class) == 0;
		json_t *o = json_object();

		put(o, "class", json_string(sum->class));
		put(o, "class_label", json_string(sum->class_name));
		put(o, "due", json_integer(sum->due));
		put(o, "held", json_integer(sum->held + one_more));
		json_array_append_new(rows, o);
	}
}

static enum status
put_run(struct call *call, const struct retention_run *run)
{
	put(call->out, "run", shape_run(run));
	put_sums(call);
	return ST_OK;
}

static enum status
run_show(struct call *call)
{
	struct retention_run run;

	if (!call->found)
		TRY(look_sums(call));
	TRY(retention_show(call->op, arg_id(call, "id"), &run));
	return put_run(call, &run);
}

static enum status
run_propose(struct call *call)
{
	const struct due *d = call->found;
	struct retention_run run;

	TRY(retention_propose(call->op, d->cases, d->n_cases, &run));
	return put_run(call, &run);
}

static enum status
run_approve(struct call *call)
{
	struct retention_run run;

	TRY(retention_approve(call->op, arg_id(call, "id"), &run));
	return put_run(call, &run);
}

static enum status
run_withdraw(struct call *call)
{
	struct retention_run run;

	TRY(retention_withdraw(call->op, arg_id(call, "id"), &run));
	return put_run(call, &run);
}

static enum status
run_hold(struct call *call)
{
	TRY(retention_hold(call->op, arg_id(call, "case"), arg_text(call, "reason"),
	    arg_day(call, "until")));
	put_sums(call);
	return ST_OK;
}

/* ---- the list ---- */

static json_t *
shape_due(struct op *op, const struct retention_case *c)
{
	json_t *o = json_object();

	put(o, "id", json_integer(c->id));
	put(o, "number", json_string(arena_printf(op->mem, "%d-%06d", c->year, c->number)));
	put(o, "service", json_string(c->service));
	put(o, "service_label", json_string(c->service_name));
	put(o, "class", json_string(c->class));
	put(o, "class_label", json_string(c->class_name));
	put(o, "basis", shape_cite(op, c->basis));
	put(o, "certain", json_boolean(c->certain));
	put(o, "last", json_string(c->last_day));
	put(o, "due", json_string(c->due_day));
	put(o, "hold_until", shape_text(c->hold_until));
	put(o, "hold_reason", shape_text(c->hold_reason));
	put(o, "blocked", json_boolean(c->blocked));
	return o;
}

static enum status
put_counts(struct call *call)
{
	json_t *counts = json_object();
	int64_t due, held;

	put(call->out, "counts", counts);
	TRY(store_retention_counts(call->op, &due, &held));
	put(counts, "due", json_integer(due));
	put(counts, "held", json_integer(held));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct retention_case *list;
	struct retention_run run;
	int64_t after;
	int limit;
	size_t n;
	bool more;

	put(call->out, "cases", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &after));
	TRY(store_retention_due(call->op, after, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_due(call->op, &list[i]));
	put_next(call, more ? list[n - 1].id : 0);
	TRY(put_counts(call));
	TRY(store_retention_run(call->op, 0, &run));
	put(call->out, "run", shape_run(&run));
	return ST_OK;
}

/* ---- the table ---- */

static const struct arg no_args[] = { ARG_END };
static const struct arg list_args[] = { LIST_ARGS, ARG_END };
static const struct arg show_args[] = {
	ARG("id", ARG_ID, OPTIONAL, N_("number of the deletion; the newest if left out")), ARG_END
};
static const struct arg settle_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the deletion")), ARG_END
};
static const struct arg hold_args[] = {
	ARG("case", ARG_ID, REQUIRED, N_("the closed case that stays")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why: an objection, a court, a claim")),
	ARG("until", ARG_DAY, REQUIRED, N_("last day; then it is due again")), ARG_END
};

const struct command cmd_retention_list = {
	.name = "retention.list", .args = list_args,
	.help = N_("closed cases whose term has run, and those that are held"), .run = run_list,
};
const struct command cmd_retention_show = {
	.name = "retention.show", .args = show_args,
	.help = N_("a deletion, and how many cases are due in each class"), .run = run_show,
};
const struct command cmd_retention_hold = {
	.name = "retention.hold", .args = hold_args, .flags = CMD_WRITE,
	.help = N_("keep a case although its term has run, until a day"), .before = look_held,
	.run = run_hold,
};
const struct command cmd_retention_propose = {
	.name = "retention.propose", .args = no_args, .flags = CMD_WRITE,
	.help = N_("propose that all that is due and not held is deleted"), .before = look_cases,
	.run = run_propose,
};
const struct command cmd_retention_approve = {
	.name = "retention.approve", .args = settle_args, .flags = CMD_WRITE,
	.help = N_("approve a deletion that somebody else has proposed"), .before = look_sums,
	.run = run_approve,
	.current = run_show,
};
const struct command cmd_retention_withdraw = {
	.name = "retention.withdraw", .args = settle_args, .flags = CMD_WRITE,
	.help = N_("withdraw a deletion that is not done yet"), .before = look_sums,
	.run = run_withdraw,
	.current = run_show,
};
