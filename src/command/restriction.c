/*
 * restriction.c - layer 4: commands of records that are blocked or for named
 * people only, and how such a restriction looks in JSON.
 */
#include "shape_restriction.h"

#include <string.h>

/* ---- in JSON ---- */

/* "a, b" as a list. */
static json_t *
shape_logins(struct op *op, const char *logins)
{
	json_t *list = json_array();
	char *save = NULL;

	for (char *l = strtok_r(arena_strdup(op->mem, logins), ", ", &save); l;
	     l = strtok_r(NULL, ", ", &save))
		json_array_append_new(list, json_string(l));
	return list;
}

static json_t *
shape_of_case(struct op *op, const struct restriction *r)
{
	json_t *o;

	if (!r->case_id)
		return json_null();
	o = json_object();
	put(o, "id", json_integer(r->case_id));
	put(o, "number", json_string(arena_printf(op->mem, "%04d-%06d", r->case_year,
	    r->case_number)));
	return o;
}

/* Words of a closed unit are for those with its key. */
static json_t *
shape_words(const char *text)
{
	return seal_is(text) ? json_null() : shape_text(text);
}

static json_t *
shape_restriction(struct op *op, const struct restriction *r)
{
	json_t *o = json_object();

	put(o, "id", json_integer(r->id));
	put(o, "kind", json_string(state_name(&restriction_kinds, (int)r->kind)));
	put(o, "kind_label", json_string(state_label(&restriction_kinds, (int)r->kind)));
	put(o, "person", shape_person_brief(r->person_id, r->person_name, r->person_born));
	put(o, "case", shape_of_case(op, r));
	put(o, "unit", shape_text(r->unit));
	put(o, "unit_label", shape_text(r->unit_name));
	put(o, "entrusted", json_boolean(r->entrusted));
	put(o, "reason", shape_words(r->reason));
	put(o, "reference", shape_words(r->reference));
	put(o, "until", shape_day(r->until_day));
	put(o, "set", shape_instant(r->set_at));
	put(o, "set_by", json_string(r->set_by_name));
	put(o, "staff", shape_logins(op, r->logins));
	put(o, "staff_names", json_string(r->names));
	put(o, "ended", shape_instant(r->ended_at));
	put(o, "ended_by", shape_text(r->ended_by_name));
	put(o, "end_reason", shape_words(r->end_reason));
	put(o, "holds", json_boolean(r->holds));
	return o;
}

enum status
put_restrictions(struct op *op, int64_t person_id, int64_t case_id, bool ended, json_t *o)
{
	json_t *rows = json_array();
	struct restriction *list;
	size_t n;

	put(o, "restrictions", rows);
	TRY(restrictions_on(op, person_id, 0, ended, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_restriction(op, &list[i]));
	if (!case_id)
		return ST_OK;
	TRY(restrictions_on(op, person_id, case_id, ended, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_restriction(op, &list[i]));
	return ST_OK;
}

/* ---- acts ---- */

static struct restriction_wish
wish_of(const struct call *call)
{
	return (struct restriction_wish){
		.command = call->name, .id = arg_id(call, "id"), .reason = arg_text(call, "reason"),
		.reference = arg_text(call, "reference"), .staff = arg_text(call, "staff"),
		.until = arg_day(call, "until"), .household = arg_bool(call, "household"),
		.preview = arg_bool(call, "preview"),
	};
}

static enum status
run_set(struct call *call)
{
	struct restriction_wish wish = wish_of(call);
	json_t *people = json_array();
	struct restriction *list;
	size_t n;

	put(call->out, "people", people);
	TRY(restriction_set(call->op, &wish, &list, &n));
	put(call->out, "restriction", wish.preview ? json_null()
	                                           : shape_restriction(call->op, &list[0]));
	for (size_t i = 0; i < n; i++) {
		look_hit(call->op, list[i].person_id);
		json_array_append_new(people, shape_person_brief(list[i].person_id,
		    list[i].person_name, list[i].person_born));
	}
	return ST_OK;
}

static enum status
run_end(struct call *call)
{
	struct restriction r;

	TRY(restriction_end(call->op, arg_id(call, "id"), arg_text(call, "reason"), &r));
	put(call->out, "restriction", shape_restriction(call->op, &r));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	struct restriction_filter f = { .ended = arg_bool(call, "all"),
	    .person_id = arg_id(call, "person"), .case_id = arg_id(call, "case") };
	json_t *rows = json_array();
	struct restriction *list;
	bool more;
	int limit;
	size_t n;

	put(call->out, "restrictions", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &f.before));
	f.limit = limit + 1;
	TRY(restriction_list(call->op, &f, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++) {
		look_hit(call->op, list[i].person_id);
		json_array_append_new(rows, shape_restriction(call->op, &list[i]));
	}
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

/* ---- the table ---- */

#define PERSON_ID ARG("id", ARG_ID, REQUIRED, N_("number of the person"))
#define CASE_ID ARG("id", ARG_ID, REQUIRED, N_("number of the case (its id)"))
#define BLOCK_ARGS                                                             \
	ARG("reason", ARG_TEXT, REQUIRED, N_("why it is kept and not worked with")), \
	ARG("reference", ARG_TEXT, REQUIRED,                                   \
	    N_("the person's letter, or the court and its file number")),      \
	ARG("until", ARG_DAY, OPTIONAL, N_("last day; none: until it is lifted")), ARG_END
#define RESERVE_ARGS                                                           \
	ARG("staff", ARG_TEXT, REQUIRED,                                       \
	    N_("logins of who may open it, commas between; another list replaces it")), \
	ARG("reason", ARG_TEXT, REQUIRED, N_("why only they: who is threatened, who is related")), \
	ARG("until", ARG_DAY, OPTIONAL, N_("last day; none: until it is lifted"))

static const struct arg person_block[] = { PERSON_ID, BLOCK_ARGS };
static const struct arg case_block[] = { CASE_ID, BLOCK_ARGS };
static const struct arg person_reserve[] = {
	PERSON_ID, RESERVE_ARGS,
	ARG("household", ARG_BOOL, OPTIONAL,
	    N_("true: and the files of all who live with them today, for the same reason")),
	ARG("preview", ARG_BOOL, OPTIONAL, N_("true: only say whose files it would be")), ARG_END
};
static const struct arg case_reserve[] = { CASE_ID, RESERVE_ARGS, ARG_END };
static const struct arg end_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the restriction, see restriction.list")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why it ends")), ARG_END
};
static const struct arg list_args[] = {
	ARG("person", ARG_ID, OPTIONAL, N_("only those of this person, and of their cases")),
	ARG("case", ARG_ID, OPTIONAL, N_("only those of this case")),
	ARG("all", ARG_BOOL, OPTIONAL, N_("also what does not hold any more")), LIST_ARGS, ARG_END
};

const struct command cmd_person_block = {
	.name = "person.block", .args = person_block, .flags = CMD_WRITE, .run = run_set,
	.help = N_("keep a record and work with it no more (Art. 18 DSGVO)"),
};
const struct command cmd_case_block = {
	.name = "case.block", .args = case_block, .flags = CMD_WRITE, .run = run_set,
	.help = N_("keep a case and work on it no more (Art. 18 DSGVO)"),
};
const struct command cmd_person_reserve = {
	.name = "person.reserve", .args = person_reserve, .flags = CMD_WRITE | CMD_PREVIEW,
	.run = run_set,
	.help = N_("a person's file for named people only"),
};
const struct command cmd_case_reserve = {
	.name = "case.reserve", .args = case_reserve, .flags = CMD_WRITE, .run = run_set,
	.help = N_("a case for named people only"),
};
const struct command cmd_restriction_end = {
	.name = "restriction.end", .args = end_args, .flags = CMD_WRITE, .run = run_end,
	.help = N_("lift a block, or open what was for named people only to their units again"),
};
const struct command cmd_restriction_list = {
	.name = "restriction.list", .args = list_args, .flags = CMD_SENSITIVE, .run = run_list,
	.help = N_("records that are blocked or for named people only, and why"),
};
