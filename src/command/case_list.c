/*
 * case_list.c - layer 4: lists of cases, keyset-paged.
 */
#include "shape.h"
#include "store_disclosure.h"

#include <string.h>

#define LAST_DAY 2932896         /* 9999-12-31 */

/* What after begins with; by number is the order of age. */
static const char *const orders[] = {
	[CASE_BY_RANK] = "rank.", [CASE_BY_DUE] = "due.", [CASE_BY_AGE] = "age.",
};

static const char *const sorts[] = { "rank", "due", "age", "number", NULL };

static enum case_sort
sort_of(const struct call *call)
{
	const char *sort = arg_text(call, "sort");

	if (!sort || strcmp(sort, "rank") == 0)
		return CASE_BY_RANK;
	return strcmp(sort, "due") == 0 ? CASE_BY_DUE : CASE_BY_AGE;
}

static bool
is_ordered(const char *after)
{
	for (size_t i = 0; i < COUNT_OF(orders); i++)
		if (strncmp(after, orders[i], strlen(orders[i])) == 0)
			return true;
	return false;
}

/* after is "ORDER.DAY.ID": the order, the day it sorts by and the id of the last
 * row.  In another order the same place would leave rows out. */
static enum status
read_after(struct call *call, struct queue_wish *wish)
{
	const char *after = arg_text(call, "after"), *order = orders[wish->sort];
	int64_t day;

	wish->after_day = DAY_NONE;
	if (!after)
		return ST_OK;
	if (strncmp(after, order, strlen(order)) != 0)
		return is_ordered(after) ? op_fail_field(call->op, ST_INVALID, "after",
		    _("after comes from a list in another order. Begin that list anew, without "
		      "after, or ask in the order of the page before.")) : bad_after(call->op);
	after += strlen(order);
	if (!digits_until(&after, '.', LAST_DAY, &day) ||
	    !digits_until(&after, '\0', INT64_MAX - 1, &wish->after_id))
		return bad_after(call->op);
	wish->after_day = (int)day;
	return ST_OK;
}

static char *
after_row(struct op *op, const struct case_file *c, enum case_sort sort)
{
	int key = sort == CASE_BY_RANK ? c->rank_day
	    : sort == CASE_BY_DUE ? c->due_day : c->opened_day;

	return arena_printf(op->mem, "%s%d.%lld", orders[sort], key, (long long)c->id);
}

static json_t *
shape_counts(const struct case_counts *n)
{
	json_t *o = json_object();

	put(o, "open", json_integer(case_counts_live(n)));
	put(o, "pool", json_integer(n->unowned));
	put(o, "mine", json_integer(n->mine));
	put(o, "waiting", json_integer(n->in_state[CASE_WAITING]));
	put(o, "late", json_integer(n->late));
	put(o, "arrived_today", json_integer(n->arrived_today));
	put(o, "decided_today", json_integer(n->decided_today));
	put(o, "offered", json_integer(n->offered));
	put(o, "proposed", json_integer(n->in_state[CASE_PROPOSED]));
	put(o, "front_open", json_integer(n->front_live));
	put(o, "front_late", json_integer(n->front_late));
	return o;
}

static enum status
put_rows(struct call *call, const struct case_file *list, size_t n)
{
	json_t *rows = json_array();

	put(call->out, "cases", rows);
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		TRY(shape_case(call->op, &list[i], &o));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

/* What others ask of a unit that is bound to secrecy waits beside its cases. */
static enum status
put_requests(struct call *call)
{
	int n = 0;

	if (call->op->by->unit_closed)
		TRY(store_ask_waiting(call->op, &n));
	put(json_object_get(call->out, "counts"), "requests", json_integer(n));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	int state = state_by_name(&case_states, arg_text(call, "state"));
	struct queue_wish wish = {
		.unit = arg_text(call, "unit"), .states = state < 0 ? 0 : 1u << state,
		.owner = arg_text(call, "owner"),
		.text = arg_text(call, "q"), .sort = sort_of(call),
		.late = arg_bool(call, "late"),
	};
	struct case_counts counts;
	struct case_file *list;
	bool more;
	int limit;
	size_t n;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after(call, &wish));
	TRY(arg_code(call, "service", CODE_SERVICE, &wish.service));
	wish.limit = limit + 1;
	TRY(queue_page(call->op, &wish, &list, &n));
	more = cut_page(&n, limit);
	TRY(queue_counts(call->op, wish.unit, &counts));
	for (size_t i = 0; wish.text && i < n; i++)
		look_hit(call->op, list[i].person_id);
	TRY(put_rows(call, list, n));
	put(call->out, "next", more
	    ? json_string(after_row(call->op, &list[n - 1], wish.sort)) : json_null());
	put(call->out, "counts", shape_counts(&counts));
	return put_requests(call);
}

static enum status
run_ready(struct call *call)
{
	struct case_file *list;
	int64_t after;
	bool more;
	int limit;
	size_t n;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &after));
	TRY(store_case_ready(call->op, call->op->by->site, after, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	put_next(call, more ? list[n - 1].id : 0);
	return put_rows(call, list, n);
}

static const struct arg list_args[] = {
	ARG("unit", ARG_TEXT, OPTIONAL, N_("only this unit")),
	ARG_OF("state", OPTIONAL, N_("only those in this state"), case_state_values),
	ARG("owner", ARG_TEXT, OPTIONAL, N_("me, none, or a login")),
	ARG_OF("sort", OPTIONAL, N_("order of the list"), sorts),
	ARG("service", ARG_TEXT, OPTIONAL, N_("only this service (its code)")),
	ARG("q", ARG_TEXT, OPTIONAL, N_("end of a case number, or beginning of a name")),
	ARG("late", ARG_BOOL, OPTIONAL, N_("only those past their day")),
	LIST_ARGS, ARG_END
};
static const struct arg ready_args[] = { LIST_ARGS, ARG_END };

const struct command cmd_case_list = {
	.name = "case.list", .args = list_args, .flags = CMD_SENSITIVE,
	.help = N_("cases you may see, the most urgent first"), .run = run_list,
};
const struct command cmd_case_ready = {
	.name = "case.ready", .args = ready_args,
	.help = N_("decided cases that lie at your site to be handed out"), .run = run_ready,
};
