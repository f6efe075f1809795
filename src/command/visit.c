/*
 * visit.c - layer 4: commands of the counter.
 */
#include "shape.h"

static enum status
put_visit(struct call *call, const struct visit *v)
{
	json_t *o;

	TRY(shape_visit(call->op, v, false, &o));
	put(call->out, "visit", o);
	return ST_OK;
}

static enum status
run_new(struct call *call)
{
	int people;
	struct visit_wish wish = {
		.concern = arg_text(call, "concern"), .person_id = arg_id(call, "person"),
		.language = arg_text(call, "language"), .note = arg_text(call, "note"),
		.lane = arg_text(call, "lane"), .reason = arg_text(call, "reason"),
		.people = arg_int_if(call, "people", &people),
	};
	struct visit v;

	TRY(visit_new(call->op, &wish, &v));
	return put_visit(call, &v);
}

static enum status
run_next(struct call *call)
{
	struct visit v;

	TRY(visit_next(call->op, arg_text(call, "counter"), &v));
	return put_visit(call, &v);
}

static enum status
run_show(struct call *call)
{
	struct visit v;

	TRY(visit_show(call->op, arg_id(call, "id"), &v));
	return put_visit(call, &v);
}

static enum status
run_step(struct call *call)
{
	struct visit v;

	TRY(visit_step(call->op, call->name, arg_id(call, "id"), arg_id(call, "version"),
	    arg_text(call, "outcome"), &v));
	return put_visit(call, &v);
}

static enum status
run_readmit(struct call *call)
{
	struct visit v;

	TRY(visit_readmit(call->op, arg_id(call, "id"), arg_id(call, "version"), &v));
	return put_visit(call, &v);
}

static enum status
run_edit(struct call *call)
{
	int people;
	struct visit_edit edit = {
		.person_id = arg_id(call, "person"), .case_id = arg_id(call, "case"),
		.language = arg_text(call, "language"), .note = arg_text(call, "note"),
		.people = arg_int_if(call, "people", &people),
	};
	struct visit v;

	TRY(visit_change(call->op, arg_id(call, "id"), arg_id(call, "version"), &edit, &v));
	return put_visit(call, &v);
}

static json_t *
shape_room(const struct room *room)
{
	json_t *o = json_object();

	put(o, "waiting", json_integer(room->counts.in_state[VISIT_WAITING]));
	put(o, "called", json_integer(room->counts.in_state[VISIT_CALLED]));
	put(o, "serving", json_integer(room->counts.in_state[VISIT_SERVING]));
	put(o, "parked", json_integer(room->counts.in_state[VISIT_PARKED]));
	put(o, "absent", json_integer(room->counts.in_state[VISIT_ABSENT]));
	put(o, "earlier", json_integer(room->counts.earlier));
	put(o, "ready", json_integer(room->ready));
	put(o, "came_back", json_integer(room->came_back));
	put(o, "longest_minutes", json_integer(room->longest_minutes));
	put(o, "limit_minutes", json_integer(room->limit_minutes));
	put(o, "estimate_low", json_integer(room->estimate_low));
	put(o, "estimate_high", json_integer(room->estimate_high));
	return o;
}

/* after is the id of a visit that a page has shown. */
static enum status
read_after(struct call *call, int64_t *after)
{
	struct visit v;
	enum status s;

	TRY(read_after_id(call, after));
	s = *after ? visit_show(call->op, *after, &v) : ST_OK;
	return s == ST_NOT_FOUND ? bad_after(call->op) : s;
}

static enum status
run_list(struct call *call)
{
	int state = state_by_name(&visit_states, arg_text(call, "state"));
	json_t *rows = json_array();
	struct visit *list;
	struct room room;
	int64_t after;
	bool more;
	int limit;
	size_t n;

	put(call->out, "visits", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after(call, &after));
	TRY(visit_room(call->op, state, after, limit + 1, &list, &n));
	TRY(room_state(call->op, &room));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		TRY(shape_visit(call->op, &list[i],
		    list[i].id == room.counts.oldest_waiting, &o));
		json_array_append_new(rows, o);
	}
	put_next(call, more ? list[n - 1].id : 0);
	put(call->out, "counts", shape_room(&room));
	return ST_OK;
}

static const char *const outcomes[] = { "done", "taken_in", "handed_out", "left", NULL };

#define ID_ARG ARG("id", ARG_ID, REQUIRED, N_("number of the visit"))
#define VERSION_ARG ARG("version", ARG_INT, OPTIONAL, N_("version you have seen"))

static const struct arg new_args[] = {
	ARG("concern", ARG_TEXT, REQUIRED, N_("what the person wants: a service code or words")),
	ARG("person", ARG_ID, OPTIONAL, N_("number of the person, if known")),
	ARG("language", ARG_TEXT, OPTIONAL, N_("language to talk in, such as ar")),
	ARG("people", ARG_INT, OPTIONAL, N_("how many came together")),
	ARG("note", ARG_TEXT, OPTIONAL, N_("a few words for the counter")),
	ARG("lane", ARG_TEXT, OPTIONAL, N_("lane of urgency; needs a reason")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why this lane")),
	ARG_END
};
static const struct arg next_args[] = {
	ARG("counter", ARG_TEXT, OPTIONAL, N_("counter to call to")), ARG_END
};
static const struct arg id_args[] = { ID_ARG, ARG_END };
static const struct arg step_args[] = { ID_ARG, VERSION_ARG, ARG_END };
static const struct arg finish_args[] = {
	ID_ARG, VERSION_ARG,
	ARG_OF("outcome", OPTIONAL, N_("what came of it"), outcomes), ARG_END
};
static const struct arg edit_args[] = {
	ID_ARG, VERSION_ARG,
	ARG("person", ARG_ID, OPTIONAL, N_("number of the person")),
	ARG("case", ARG_ID, OPTIONAL, N_("number of the case this is about")),
	ARG("language", ARG_TEXT, OPTIONAL, N_("language to talk in, such as ar")),
	ARG("people", ARG_INT, OPTIONAL, N_("how many came together")),
	ARG("note", ARG_TEXT, OPTIONAL, N_("a few words for the counter")),
	ARG_END
};
static const struct arg list_args[] = {
	ARG_OF("state", OPTIONAL, N_("only those in this state"), visit_state_values),
	LIST_ARGS, ARG_END
};

const struct command cmd_visit_new = {
	.name = "visit.new", .args = new_args, .flags = CMD_WRITE,
	.help = N_("draw a ticket for somebody who has come"), .run = run_new,
};
const struct command cmd_visit_next = {
	.name = "visit.next", .args = next_args, .flags = CMD_WRITE,
	.help = N_("call whoever is next; nobody else gets them"), .run = run_next,
};
const struct command cmd_visit_show = {
	.name = "visit.show", .args = id_args,
	.help = N_("one visit"), .run = run_show,
};
const struct command cmd_visit_start = {
	.name = "visit.start", .args = step_args, .flags = CMD_WRITE,
	.help = N_("the person called has come to the counter"),
	.run = run_step, .current = run_show,
};
const struct command cmd_visit_recall = {
	.name = "visit.recall", .args = step_args, .flags = CMD_WRITE,
	.help = N_("call the same person again"), .run = run_step, .current = run_show,
};
const struct command cmd_visit_park = {
	.name = "visit.park", .args = step_args, .flags = CMD_WRITE,
	.help = N_("let the person fetch something; they keep their place"),
	.run = run_step, .current = run_show,
};
const struct command cmd_visit_unpark = {
	.name = "visit.unpark", .args = step_args, .flags = CMD_WRITE,
	.help = N_("back to the waiting room, with the first arrival"),
	.run = run_step, .current = run_show,
};
const struct command cmd_visit_readmit = {
	.name = "visit.readmit", .args = step_args, .flags = CMD_WRITE,
	.help = N_("a new ticket for somebody left over from an earlier day"),
	.run = run_readmit, .current = run_show,
};
const struct command cmd_visit_absent = {
	.name = "visit.absent", .args = step_args, .flags = CMD_WRITE,
	.help = N_("called but not there"), .run = run_step, .current = run_show,
};
const struct command cmd_visit_finish = {
	.name = "visit.finish", .args = finish_args,
	.flags = CMD_WRITE, .help = N_("end a visit"), .run = run_step, .current = run_show,
};
const struct command cmd_visit_edit = {
	.name = "visit.edit", .args = edit_args, .flags = CMD_WRITE,
	.help = N_("say who it is, or change what was noted"),
	.run = run_edit, .current = run_show,
};
const struct command cmd_visit_list = {
	.name = "visit.list", .args = list_args,
	.help = N_("who is here, in the order of their calling"), .run = run_list,
};
