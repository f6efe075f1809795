/*
 * merge.c - layer 4: commands of links between two records of one person.
 */
#include "shape.h"

#include "service_merge.h"

static json_t *
shape_merge(struct op *op, const struct merge *m)
{
	json_t *o = json_object();

	put(o, "id", json_integer(m->id));
	put(o, "version", json_integer(m->version));
	put(o, "state", json_string(state_name(&merge_states, (int)m->state)));
	put(o, "state_label", json_string(state_label(&merge_states, (int)m->state)));
	put(o, "survivor", shape_person_brief(m->survivor_id, m->survivor_name,
	    m->survivor_born));
	put(o, "merged", shape_person_brief(m->merged_id, m->merged_name, m->merged_born));
	put(o, "reason", json_string(m->reason));
	put(o, "proposed", shape_instant(m->proposed_at));
	put(o, "proposed_by", json_string(m->proposed_by_name));
	put(o, "settled", shape_instant(m->settled_at));
	put(o, "settled_by", shape_text(m->settled_by_name));
	put(o, "undone", shape_instant(m->undone_at));
	put(o, "undone_by", shape_text(m->undone_by_name));
	put(o, "answer", shape_text(m->answer));
	put(o, "may", shape_may(merge_may(op, m)));
	return o;
}

static enum status
put_fields(struct call *call, const struct merge *m, json_t *o)
{
	json_t *rows = json_array();
	struct merge_field *list;
	size_t n;

	put(o, "fields", rows);
	TRY(merge_fields(call->op, m, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *row = json_object();

		put(row, "field", json_string(list[i].field));
		put(row, "label", json_string(list[i].label));
		put(row, "survivor", json_string(list[i].survivor));
		put(row, "merged", json_string(list[i].merged));
		put(row, "choice", json_string(list[i].take_merged ? "merged" : "survivor"));
		put(row, "fixed", json_boolean(list[i].fixed));
		json_array_append_new(rows, row);
	}
	return ST_OK;
}

static enum status
put_later(struct call *call, const struct merge *m, json_t *o)
{
	json_t *rows = json_array();
	struct person_row *list;
	size_t n;

	put(o, "later", rows);
	TRY(merge_later(call->op, m, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *row = json_object();

		put(row, "kind", json_string(list[i].kind));
		put(row, "id", json_integer(list[i].id));
		put(row, "text", json_string(list[i].text));
		json_array_append_new(rows, row);
	}
	return ST_OK;
}

static void
look_at_both(struct op *op, const struct merge *m)
{
	look_file(op, m->survivor_id);
	look_file(op, m->merged_id);
}

static enum status
put_merge(struct call *call, const struct merge *m)
{
	json_t *o = shape_merge(call->op, m);

	const char *seen;

	look_at_both(call->op, m);
	put(call->out, "merge", o);
	TRY(merge_seen(call->op, m, &seen));
	put(o, "seen", json_string(seen));
	TRY(put_fields(call, m, o));
	return put_later(call, m, o);
}

/* What a link would make of both; there is none yet. */
static enum status
put_preview(struct call *call, const struct merge *m)
{
	json_t *o = json_object();

	look_at_both(call->op, m);
	put(call->out, "merge", o);
	put(o, "survivor", shape_person_brief(m->survivor_id, m->survivor_name,
	    m->survivor_born));
	put(o, "merged", shape_person_brief(m->merged_id, m->merged_name, m->merged_born));
	return put_fields(call, m, o);
}

static enum status
run_propose(struct call *call)
{
	json_t *choices = arg_json(call, "choices");
	struct merge_wish wish = { .survivor_id = arg_id(call, "id"),
	    .merged_id = arg_id(call, "with"), .choices = choices,
	    .reason = arg_text(call, "reason") };
	bool preview = arg_bool(call, "preview");
	struct merge m;
	enum status s = preview ? merge_prepare(call->op, &wish, &m)
	                        : merge_propose(call->op, &wish, &m);

	json_decref(choices);
	if (s != ST_OK)
		return s;
	return preview ? put_preview(call, &m) : put_merge(call, &m);
}

static enum status
run_settle(struct call *call)
{
	json_t *assign = arg_json(call, "assign");
	struct merge m;
	const struct merge_answer answer = { .reason = arg_text(call, "reason"),
	    .seen = arg_text(call, "seen"), .assign = assign };
	enum status s = merge_settle(call->op, call->name, arg_id(call, "id"), &answer, &m);

	json_decref(assign);
	return s == ST_OK ? put_merge(call, &m) : s;
}

static enum status
run_show(struct call *call)
{
	struct merge m;

	TRY(merge_show(call->op, arg_id(call, "id"), &m));
	return put_merge(call, &m);
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct merge *list;
	int64_t after;
	bool more;
	int limit;
	size_t n;

	put(call->out, "merges", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &after));
	TRY(merge_list(call->op, arg_id(call, "person"), after, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++) {
		look_hit(call->op, list[i].survivor_id);
		look_hit(call->op, list[i].merged_id);
		json_array_append_new(rows, shape_merge(call->op, &list[i]));
	}
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

static const struct arg propose_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("the record that remains")),
	ARG("with", ARG_ID, REQUIRED, N_("the record that is linked to it")),
	ARG("choices", ARG_JSON, OPTIONAL,
	    N_("for each field whose value is right: {\"born\":\"merged\"}; otherwise "
	       "the survivor's, if it has one")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("what shows that both are one person; needed but for a "
	    "preview")),
	ARG("preview", ARG_BOOL, OPTIONAL, N_("true: only say what would change")), ARG_END
};
static const struct arg settle_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the link")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why; needed to refuse")), ARG_END
};
static const struct arg approve_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the link")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("a remark")),
	ARG("seen", ARG_TEXT, OPTIONAL, N_("seen of merge.show: refused when a record was changed since")),
	ARG_END
};
static const struct arg undo_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the link")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("what shows that these are two people")),
	ARG("assign", ARG_JSON, OPTIONAL,
	    N_("what came in since and belongs to the other record: {\"case\":[7]}")), ARG_END
};
static const struct arg show_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the link")), ARG_END
};
static const struct arg list_args[] = {
	ARG("person", ARG_ID, OPTIONAL, N_("all links of this person; otherwise what waits for "
	    "approval")), LIST_ARGS, ARG_END
};

const struct command cmd_merge_propose = {
	.name = "merge.propose", .args = propose_args,
	.flags = CMD_WRITE | CMD_PREVIEW, .run = run_propose,
	.help = N_("propose to link two records of one person"),
};
const struct command cmd_merge_approve = {
	.name = "merge.approve", .args = approve_args,
	.flags = CMD_WRITE, .help = N_("link two records, as somebody else proposed"),
	.run = run_settle, .current = run_show,
};
const struct command cmd_merge_refuse = {
	.name = "merge.refuse", .args = settle_args, .flags = CMD_WRITE,
	.help = N_("do not link them"), .run = run_settle, .current = run_show,
};
const struct command cmd_merge_undo = {
	.name = "merge.undo", .args = undo_args,
	.flags = CMD_WRITE, .help = N_("part two linked records again"), .run = run_settle,
	.current = run_show,
};
const struct command cmd_merge_show = {
	.name = "merge.show", .args = show_args, .flags = CMD_SENSITIVE,
	.help = N_("a link: both values of each field, and what came in since"), .run = run_show,
};
const struct command cmd_merge_list = {
	.name = "merge.list", .args = list_args, .flags = CMD_SENSITIVE,
	.help = N_("links of a person, or those that wait for approval"), .run = run_list,
};
