/*
 * emergency.c - layer 4: commands about files that were opened in an emergency:
 * opening one, the list to review, what came of it.
 */
#include "shape_restriction.h"

static json_t *
shape_emergency(const struct emergency *e)
{
	json_t *o = json_object();

	put(o, "id", json_integer(e->id));
	put(o, "person", shape_person_brief(e->person_id, e->person_name, e->person_born));
	put(o, "staff", json_string(e->login));
	put(o, "staff_name", json_string(e->staff_name));
	put(o, "unit_label", json_string(e->unit_name));
	put(o, "reason", json_string(e->reason));
	put(o, "units_label", shape_text(e->units));
	put(o, "at", shape_instant(e->at));
	put(o, "until", shape_instant(e->until_at));
	put(o, "settled", shape_instant(e->settled_at));
	put(o, "settled_by", shape_text(e->settled_by_name));
	put(o, "justified", e->settled_at ? json_boolean(e->justified) : json_null());
	put(o, "remark", shape_text(e->remark));
	return o;
}

enum status
put_emergency(struct op *op, int64_t person_id, json_t *o)
{
	int64_t until;

	TRY(store_emergency_until(op, person_id, &until));
	put(o, "emergency", shape_instant(until));
	return ST_OK;
}

static enum status
run_open(struct call *call)
{
	struct emergency e;

	TRY(emergency_open(call->op, arg_id(call, "id"), arg_text(call, "reason"), &e));
	put(call->out, "emergency", shape_emergency(&e));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct emergency *list;
	int64_t before;
	bool more;
	int limit;
	size_t n;

	put(call->out, "emergencies", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &before));
	TRY(emergency_list(call->op, arg_bool(call, "all"), before, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++) {
		if (list[i].person_id)
			look_hit(call->op, list[i].person_id);
		json_array_append_new(rows, shape_emergency(&list[i]));
	}
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

static enum status
run_settle(struct call *call)
{
	struct emergency e;

	TRY(emergency_settle(call->op, arg_id(call, "id"), arg_bool(call, "justified"),
	    arg_text(call, "remark"), &e));
	put(call->out, "emergency", shape_emergency(&e));
	return ST_OK;
}

static const struct arg open_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("whose life or safety is at stake, and how")), ARG_END
};
static const struct arg list_args[] = {
	ARG("all", ARG_BOOL, OPTIONAL, N_("also those that are settled")), LIST_ARGS, ARG_END
};
static const struct arg settle_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the emergency")),
	ARG("justified", ARG_BOOL, REQUIRED, N_("was it right to open the file?")),
	ARG("remark", ARG_TEXT, OPTIONAL, N_("what was found; needed where it was not")), ARG_END
};

const struct command cmd_person_emergency = {
	.name = "person.emergency", .args = open_args, .flags = CMD_WRITE, .run = run_open,
	.help = N_("open a file that is not for you, to read, for some minutes: life or safety"),
};
const struct command cmd_emergency_list = {
	.name = "emergency.list", .args = list_args, .flags = CMD_SENSITIVE, .run = run_list,
	.help = N_("files that were opened in an emergency, to be reviewed"),
};
const struct command cmd_emergency_settle = {
	.name = "emergency.settle", .args = settle_args, .flags = CMD_WRITE, .run = run_settle,
	.help = N_("say whether it was right to open a file in an emergency"),
};
