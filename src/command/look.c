/*
 * look.c - layer 4: commands about looks at people's files.
 */
#include "shape.h"

static json_t *
shape_purpose(const struct purpose *p)
{
	json_t *o = json_object();

	put(o, "code", json_string(p->code));
	put(o, "label", json_string(p->name));
	put(o, "key", json_string(p->key));
	put(o, "worded", json_boolean(p->worded));
	return o;
}

/* Those that can be stated; the others follow from work. */
static enum status
put_purposes(struct call *call)
{
	json_t *rows = json_array();
	struct purpose *list;
	size_t n;

	put(call->out, "purposes", rows);
	TRY(store_purpose_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].key)
			json_array_append_new(rows, shape_purpose(&list[i]));
	return ST_OK;
}

/* Whose file it would be; nobody is asked about a case that they may not see,
 * or see no more than the head of. */
static enum status
find_person(struct call *call, int64_t *person)
{
	int64_t case_id = arg_id(call, "case");
	struct case_file c;
	struct person p;
	enum sight sight;

	*person = 0;
	if (case_id) {
		TRY(case_look(call->op, case_id, &c, &sight));
		if (sight == SIGHT_FULL)
			*person = c.person_id;
		return ST_OK;
	}
	if (!arg_id(call, "person"))
		return op_fail_field(call->op, ST_INVALID, "person",
		    _("Name a person, or a case."));
	TRY(person_show(call->op, arg_id(call, "person"), &p));
	*person = p.id;
	return ST_OK;
}

static enum status
run_purpose(struct call *call)
{
	const char *purpose = NULL, *words = NULL;
	int64_t person;

	TRY(find_person(call, &person));
	if (person)
		TRY(purpose_known(call->op, person, arg_id(call, "case"), &purpose));
	if (purpose)
		TRY(purpose_say(call->op, purpose, &words));
	put(call->out, "ask_purpose", json_boolean(person && !purpose));
	put(call->out, "purpose", shape_text(purpose));
	put(call->out, "purpose_label", shape_text(words));
	return put_purposes(call);
}

static const struct arg purpose_args[] = {
	ARG("person", ARG_ID, OPTIONAL, N_("number of the person")),
	ARG("case", ARG_ID, OPTIONAL, N_("number of a case of theirs (its id)")), ARG_END
};

const struct command cmd_look_purpose = {
	.name = "look.purpose", .args = purpose_args,
	.help = N_("must you say what you look at a file for, and what can be said"),
	.run = run_purpose,
};
