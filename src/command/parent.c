/*
 * parent.c - layer 4: commands of parents, and how they look in JSON.
 */
#include "shape_person.h"

#include "service_parent.h"

static json_t *
shape_relatives(const struct relative *list, size_t n)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < n; i++) {
		const struct relative *r = &list[i];
		json_t *o = shape_person_brief(r->id, r->name, r->born);

		put(o, "row", json_integer(r->row));
		put(o, "kind", json_string(r->kind));
		put(o, "kind_label", json_string(state_label(&parent_kinds,
		    state_by_name(&parent_kinds, r->kind))));
		put(o, "source", shape_text(r->source));
		json_array_append_new(rows, o);
	}
	return rows;
}

enum status
put_relatives(struct op *op, int64_t person, json_t *o)
{
	struct relative *list;
	size_t n;

	TRY(store_parent_list(op, person, &list, &n));
	put(o, "parents", shape_relatives(list, n));
	TRY(store_child_list(op, person, &list, &n));
	put(o, "children", shape_relatives(list, n));
	return ST_OK;
}

static enum status
run_parent(struct call *call)
{
	TRY(parent_add(call->op, arg_id(call, "id"), arg_id(call, "parent"),
	    arg_text(call, "kind"), arg_text(call, "source")));
	return run_person_show(call);
}

static enum status
run_parent_drop(struct call *call)
{
	TRY(parent_drop(call->op, arg_id(call, "id"), arg_id(call, "row"),
	    arg_text(call, "reason")));
	return run_person_show(call);
}

#define X(id, name, label) name,
static const char *const kinds[] = { PARENT_KIND_LIST(X) NULL };
#undef X

static const struct arg parent_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the child")),
	ARG("parent", ARG_ID, REQUIRED, N_("number of the parent, wherever they live")),
	ARG_OF("kind", REQUIRED, N_("what they are to the child"), kinds),
	ARG("source", ARG_TEXT, OPTIONAL, N_("paper it was read from")), ARG_END
};
static const struct arg drop_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the child")),
	ARG("row", ARG_ID, REQUIRED, N_("row of the parent, as person show has it")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("what shows that they are not")), ARG_END
};
const struct command cmd_person_parent = {
	.name = "person.parent", .args = parent_args, .flags = CMD_WRITE,
	.help = N_("say whose child somebody is"), .run = run_parent,
};
const struct command cmd_person_parent_drop = {
	.name = "person.parent_drop", .args = drop_args, .flags = CMD_WRITE,
	.help = N_("take away a parent that was never right"), .run = run_parent_drop,
};
