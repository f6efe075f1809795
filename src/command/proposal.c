/*
 * proposal.c - layer 4: commands of changes that are proposed to the unit that
 * keeps a field.
 */
#include "shape_person.h"

#include <string.h>

#include "rules_identifier.h"

#define OF_PERSON 100

/* Codes in words, for who reads them; NULL: none. */
static enum status
in_words(struct op *op, const char *field, const char *value, const char **words)
{
	char *save = NULL, *copy;

	const char *kind;
	int sex = value && strcmp(field, "sex") == 0 ? state_by_name(&sexes, value) : -1;

	*words = sex < 0 ? value : state_label(&sexes, sex);
	if (value && field_part(field, &kind) == PART_IDENTIFIER)
		*words = identifier_shown(op->mem, kind, value);
	if (!value || (strcmp(field, "nationality") != 0 && strcmp(field, "language") != 0))
		return ST_OK;
	*words = "";
	copy = arena_strdup(op->mem, value);
	for (char *c = strtok_r(copy, ", ", &save); c; c = strtok_r(NULL, ", ", &save)) {
		const char *name;

		TRY(store_code_name(op, field[0] == 'n' ? "country" : "language", c, &name));
		*words = arena_printf(op->mem, "%s%s%s", *words, **words ? ", " : "",
		    name ? name : c);
	}
	return ST_OK;
}

static enum status
put_values(struct op *op, const struct proposal *r, json_t *o)
{
	const char *before, *after;

	TRY(in_words(op, r->field, r->before, &before));
	TRY(in_words(op, r->field, r->after, &after));
	put(o, "before", shape_text(r->before));
	put(o, "before_label", shape_text(before));
	put(o, "value", shape_text(r->after));
	put(o, "value_label", shape_text(after));
	return ST_OK;
}

/* What this reader may do with it, in the form of "may" everywhere. */
static enum status
put_may(struct op *op, const struct proposal *r, json_t *o)
{
	static const struct {
		const char *command, *label;
		bool owner, second;
	} acts[] = {
		{ .command = "person.accept", .label = N_("Accept"), .owner = true,
		  .second = true },
		{ .command = "person.refuse", .label = N_("Refuse"), .owner = true },
		{ .command = "person.withdraw", .label = N_("Withdraw") },
	};
	/* all that ownership asks of a person */
	const struct person p = { .unit = r->person_unit, .created_at = r->person_created_at };
	json_t *list = json_array();
	bool owner;

	put(o, "may", list);
	if (r->state != PROPOSAL_OPEN)
		return ST_OK;
	TRY(owner_may(op, &p, r->field, &owner));
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (may_call(op, acts[i].command) &&
		    !(acts[i].second && is_own_work(op, r->proposed_by)) &&
		    (acts[i].owner ? owner : strcmp(r->unit, op->by->unit) == 0))
			json_array_append_new(list, json_pack("{s:s, s:s}", "command",
			    acts[i].command, "label", tr(acts[i].label)));
	return ST_OK;
}

enum status
shape_proposal(struct op *op, const struct proposal *r, json_t **out)
{
	json_t *o = json_object();

	*out = o;
	put(o, "id", json_integer(r->id));
	put(o, "person", shape_person_row(r->person_id, r->person_name, r->person_born,
	    r->person_locked));
	put(o, "field", json_string(r->field));
	put(o, "field_label", json_string(field_label(r->field)));
	put(o, "reason", json_string(r->reason));
	put(o, "unit", json_string(r->unit));
	put(o, "unit_label", json_string(r->unit_name));
	put(o, "state", json_string(state_name(&proposal_states, (int)r->state)));
	put(o, "state_label", json_string(state_label(&proposal_states, (int)r->state)));
	put(o, "by", json_string(r->proposed_by_name));
	put(o, "at", shape_instant(r->proposed_at));
	put(o, "settled_by", shape_text(r->settled_by_name));
	put(o, "settled", shape_instant(r->settled_at));
	put(o, "answer", shape_text(r->answer));
	TRY(put_values(op, r, o));
	return put_may(op, r, o);
}

static enum status
put_proposal(struct call *call, const struct proposal *r)
{
	json_t *o;
	enum status s = shape_proposal(call->op, r, &o);

	put(call->out, "proposal", o);
	return s;
}

static enum status
run_propose(struct call *call)
{
	struct proposal r;

	TRY(proposal_make(call->op, arg_id(call, "id"), arg_text(call, "field"),
	    arg_text(call, "value"), arg_text(call, "reason"), &r));
	return put_proposal(call, &r);
}

static enum status
run_accept(struct call *call)
{
	struct proposal r;

	TRY(proposal_accept(call->op, arg_id(call, "id"), &r));
	return put_proposal(call, &r);
}

static enum status
run_refuse(struct call *call)
{
	struct proposal r;

	TRY(proposal_refuse(call->op, arg_id(call, "id"), arg_text(call, "reason"), &r));
	return put_proposal(call, &r);
}

static enum status
run_withdraw(struct call *call)
{
	struct proposal r;

	TRY(proposal_withdraw(call->op, arg_id(call, "id"), &r));
	return put_proposal(call, &r);
}

static enum status
read_page(struct call *call, int limit, struct proposal **list, size_t *n)
{
	const char *box = arg_text(call, "box");
	struct person p;
	int64_t after;

	TRY(read_after_id(call, &after));
	if (!arg_id(call, "id"))
		return store_proposal_open(call->op, call->op->by->unit,
		    !box || strcmp(box, "in") == 0, after, limit + 1, list, n);
	TRY(person_show(call->op, arg_id(call, "id"), &p));
	look_file(call->op, p.id);
	return store_proposal_by_person(call->op, p.id, OF_PERSON, list, n);
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct proposal *list;
	bool more;
	int limit;
	size_t n;

	put(call->out, "proposals", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_page(call, limit, &list, &n));
	more = cut_page(&n, limit) && !arg_id(call, "id");
	for (size_t i = 0; i < n; i++) {
		json_t *o;
		enum status s = shape_proposal(call->op, &list[i], &o);

		look_hit(call->op, list[i].person_id);
		json_array_append_new(rows, o);
		if (s != ST_OK)
			return s;
	}
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

static const char *const boxes[] = { "in", "out", NULL };

#define PROPOSAL_ID ARG("id", ARG_ID, REQUIRED, N_("number of the proposal"))

static const struct arg propose_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("field", ARG_TEXT, REQUIRED, N_("what to change: born, family, identifier.azr, ...")),
	ARG("value", ARG_TEXT, REQUIRED, N_("what should stand there; empty: nothing")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("what shows it: the paper you have seen")), ARG_END
};
static const struct arg list_args[] = {
	ARG("id", ARG_ID, OPTIONAL, N_("number of the person; else what waits for you")),
	ARG_OF("box", OPTIONAL, N_("in: your unit decides; out: your unit proposed"), boxes),
	LIST_ARGS, ARG_END
};
static const struct arg accept_args[] = { PROPOSAL_ID, ARG_END };
static const struct arg refuse_args[] = {
	PROPOSAL_ID, ARG("reason", ARG_TEXT, REQUIRED, N_("why not")), ARG_END
};

const struct command cmd_person_propose = {
	.name = "person.propose", .args = propose_args, .flags = CMD_WRITE,
	.help = N_("propose a change to the unit that keeps a field"), .run = run_propose,
};
const struct command cmd_person_proposals = {
	.name = "person.proposals", .args = list_args,
	.flags = CMD_SENSITIVE, .help = N_("changes that are proposed"), .run = run_list,
};
const struct command cmd_person_accept = {
	.name = "person.accept", .args = accept_args, .flags = CMD_WRITE,
	.help = N_("take over a proposed change into a field your unit keeps"),
	.run = run_accept,
};
const struct command cmd_person_refuse = {
	.name = "person.refuse", .args = refuse_args, .flags = CMD_WRITE,
	.help = N_("refuse a proposed change, with a reason"), .run = run_refuse,
};
const struct command cmd_person_withdraw = {
	.name = "person.withdraw", .args = accept_args, .flags = CMD_WRITE,
	.help = N_("withdraw a change that your unit proposed"), .run = run_withdraw,
};
