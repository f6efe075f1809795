/*
 * staff.c - layer 4: commands about those who work here: who, and who acts for
 * whom.
 */
#include "service_deputy.h"
#include "shape.h"

static enum status
run_me(struct call *call)
{
	put(call->out, "staff", shape_staff(call->op->by));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct staff *list;
	const char *unit;
	size_t n;

	put(call->out, "staff", rows);
	TRY(arg_code(call, "unit", CODE_UNIT, &unit));
	TRY(store_staff_list(call->op, unit, false, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_staff(&list[i]));
	return ST_OK;
}

/* ---- stand-ins ---- */

static json_t *
shape_deputy(struct op *op, const struct deputy *d)
{
	json_t *o = json_object(), *may = json_array();

	put(o, "id", json_integer(d->id));
	put(o, "absent", json_string(d->absent_login));
	put(o, "absent_name", json_string(d->absent_name));
	put(o, "deputy", json_string(d->deputy_login));
	put(o, "deputy_name", json_string(d->deputy_name));
	put(o, "unit", json_string(d->unit));
	put(o, "unit_label", json_string(d->unit_name));
	put(o, "from", shape_day(d->from_day));
	put(o, "until", shape_day(d->until_day));
	put(o, "holds", json_boolean(deputy_holds(op, d)));
	put(o, "made_by", json_string(d->made_by_name));
	put(o, "reason", shape_text(deputy_reason_shown(op, d) ? d->reason : NULL));
	if (deputy_may_end(op, d))
		json_array_append_new(may, json_pack("{s:s, s:s}", "command", "staff.undelegate",
		    "label", _("Take back")));
	put(o, "may", may);
	return o;
}

static enum status
run_delegate(struct call *call)
{
	struct deputy_wish wish = { .absent = arg_text(call, "for"),
		.deputy = arg_text(call, "to"), .from_day = arg_day(call, "from"),
		.until_day = arg_day(call, "until"), .reason = arg_text(call, "reason") };
	struct deputy d;

	TRY(deputy_make(call->op, &wish, &d));
	put(call->out, "delegation", shape_deputy(call->op, &d));
	return ST_OK;
}

static enum status
run_undelegate(struct call *call)
{
	struct deputy d;

	TRY(deputy_end(call->op, arg_id(call, "id"), &d));
	put(call->out, "delegation", shape_deputy(call->op, &d));
	return ST_OK;
}

static enum status
run_delegations(struct call *call)
{
	json_t *rows = json_array();
	struct deputy *list;
	size_t n;

	put(call->out, "delegations", rows);
	TRY(deputy_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_deputy(call->op, &list[i]));
	return ST_OK;
}

static const struct arg list_args[] = {
	ARG("unit", ARG_TEXT, OPTIONAL, N_("only this unit")), ARG_END
};
static const struct arg delegate_args[] = {
	ARG("to", ARG_TEXT, REQUIRED, N_("login of who acts for you: same unit, same role")),
	ARG("until", ARG_DAY, REQUIRED, N_("last day of the absence; it ends by itself")),
	ARG("from", ARG_DAY, OPTIONAL, N_("first day; left out: today")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("holiday, sickness, ...")),
	ARG("for", ARG_TEXT, OPTIONAL, N_("login of who is away, where their supervisor does it")),
	ARG_END
};
static const struct arg undelegate_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the stand-in, as staff.delegations has it")),
	ARG_END
};

const struct command cmd_staff_me = {
	.name = "staff.me", .help = N_("who you are here"), .run = run_me,
};
const struct command cmd_staff_list = {
	.name = "staff.list", .args = list_args,
	.help = N_("who works here"), .run = run_list,
};
const struct command cmd_staff_delegate = {
	.name = "staff.delegate", .args = delegate_args, .flags = CMD_WRITE,
	.help = N_("let a colleague do your work while you are away"), .run = run_delegate,
};
const struct command cmd_staff_undelegate = {
	.name = "staff.undelegate", .args = undelegate_args, .flags = CMD_WRITE,
	.help = N_("you are back: nobody acts for you any more"), .run = run_undelegate,
};
const struct command cmd_staff_delegations = {
	.name = "staff.delegations",
	.help = N_("who acts for whom, now and soon"), .run = run_delegations,
};
