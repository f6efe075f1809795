/*
 * handover.c - layer 4: commands of hand-overs between units.
 */
#include "shape.h"

#include <string.h>

static json_t *
shape_missing(struct op *op, const struct handover *h)
{
	json_t *rows = json_array();
	const char **names;
	size_t n = handover_missing(op, h, &names);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, json_string(names[i]));
	return rows;
}

enum status
shape_handover(struct op *op, const struct handover *h, const struct case_file *c, json_t **out)
{
	json_t *o, *row;

	*out = json_null();
	if (!h->id)
		return ST_OK;
	*out = o = json_object();
	put(o, "id", json_integer(h->id));
	put(o, "version", json_integer(h->version));
	put(o, "state", json_string(state_name(&handover_states, (int)h->state)));
	put(o, "state_label", json_string(state_label(&handover_states, (int)h->state)));
	put(o, "from", json_string(h->from));
	put(o, "from_label", json_string(h->from_name));
	put(o, "to", json_string(h->to));
	put(o, "to_label", json_string(h->to_name));
	put(o, "reason", shape_text(h->reason));
	put(o, "offered", shape_instant(h->offered_at));
	put(o, "offered_by", json_string(h->offered_by_name));
	put(o, "due", shape_day(h->due_day));
	put(o, "settled", shape_instant(h->settled_at));
	put(o, "settled_by", shape_text(h->settled_by_name));
	put(o, "settled_reason", shape_text(h->answer));
	put(o, "may", shape_may(handover_may(op, h)));
	put(o, "missing", shape_missing(op, h));
	if (!c)
		return ST_OK;
	TRY(shape_case(op, c, &row));
	put(o, "case", row);
	return ST_OK;
}

static enum status
put_handover(struct call *call, const struct handover *h)
{
	struct case_file c;
	enum status s;
	json_t *o;

	TRY(store_case_find(call->op, h->case_id, &c));
	s = shape_handover(call->op, h, &c, &o);
	put(call->out, "handover", o);
	return s;
}

static enum status
run_offer(struct call *call)
{
	struct handover h;

	TRY(handover_offer(call->op, arg_id(call, "case"), arg_text(call, "to"),
	    arg_text(call, "reason"), &h));
	return put_handover(call, &h);
}

static enum status
run_settle(struct call *call)
{
	struct handover h;

	TRY(handover_settle(call->op, call->name, arg_id(call, "id"), arg_text(call, "reason"), &h));
	return put_handover(call, &h);
}

static enum status
put_rows(struct call *call, const struct handover *list, size_t n)
{
	int64_t *ids = arena_array(call->op->mem, int64_t, n + 1);
	json_t *rows = json_array();
	struct case_file *cases;

	put(call->out, "handovers", rows);
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i].case_id;
	TRY(store_case_by_ids(call->op, ids, n, &cases));
	for (size_t i = 0; i < n; i++) {
		json_t *o;
		enum status s = shape_handover(call->op, &list[i], &cases[i], &o);

		json_array_append_new(rows, o);
		if (s != ST_OK)
			return s;
	}
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	const char *box = arg_text(call, "box");
	bool incoming = !box || strcmp(box, "in") == 0;
	struct handover *list;
	int64_t after;
	bool more;
	int limit;
	size_t n;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &after));
	TRY(handover_box(call->op, incoming, after, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	TRY(put_rows(call, list, n));
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

static const char *const boxes[] = { "in", "out", NULL };

static const struct arg offer_args[] = {
	ARG("case", ARG_ID, REQUIRED, N_("number of the case (its id)")),
	ARG("to", ARG_TEXT, OPTIONAL, N_("unit that is to take it; else as its form says")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why; needed when required papers are missing")),
	ARG_END
};
static const struct arg settle_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the hand-over")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why; needed to send back")), ARG_END
};
static const struct arg list_args[] = {
	ARG_OF("box", OPTIONAL, N_("in: offered to your unit, out: by your unit"), boxes),
	LIST_ARGS, ARG_END
};

const struct command cmd_handover_offer = {
	.name = "handover.offer", .args = offer_args, .flags = CMD_WRITE,
	.help = N_("offer a case to another unit; it stays yours until accepted"), .run = run_offer,
};
const struct command cmd_handover_accept = {
	.name = "handover.accept", .args = settle_args, .flags = CMD_WRITE,
	.help = N_("accept a case for your unit"), .run = run_settle,
};
const struct command cmd_handover_return = {
	.name = "handover.return", .args = settle_args, .flags = CMD_WRITE,
	.help = N_("send a case back, with a reason"), .run = run_settle,
};
const struct command cmd_handover_withdraw = {
	.name = "handover.withdraw", .args = settle_args, .flags = CMD_WRITE,
	.help = N_("take back an offer nobody has accepted"), .run = run_settle,
};
const struct command cmd_handover_list = {
	.name = "handover.list", .args = list_args,
	.help = N_("hand-overs that wait for an answer"), .run = run_list,
};
