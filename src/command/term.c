/*
 * term.c - layer 4: commands of terms: titles, permissions, periods of
 * benefits, each with its end.
 */
#include "shape.h"

#include "service_radar.h"

static json_t *
shape_term(struct op *op, const struct term *t)
{
	json_t *o = json_object();

	put(o, "row", json_integer(t->id));
	put(o, "kind", json_string(t->kind));
	put(o, "kind_label", json_string(t->kind_name));
	put(o, "status", shape_text(t->status));
	put(o, "status_label", shape_text(t->status_name));
	put(o, "from", shape_day(t->from));
	put(o, "ends", shape_day(t->ends));
	put(o, "source", shape_text(t->source));
	put(o, "ended", shape_day(t->ended));
	put(o, "why", json_string(term_words(op, t)));
	return o;
}

enum status
shape_terms(struct op *op, int64_t person_id, bool whole, json_t **out)
{
	struct term *list;
	size_t n;

	*out = json_array();
	TRY(term_list(op, person_id, whole, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(*out, shape_term(op, &list[i]));
	return ST_OK;
}

static struct term_wish
wish_of(const struct call *call)
{
	return (struct term_wish){
		.kind = arg_text(call, "kind"), .status = arg_text(call, "status"),
		.source = arg_text(call, "source"), .from = arg_day(call, "from"),
		.ends = arg_day(call, "ends"),
	};
}

/* The term, and with it what holds now. */
static enum status
put_terms(struct call *call, const struct term *t)
{
	json_t *terms;
	enum status s = shape_terms(call->op, arg_id(call, "id"), false, &terms);

	put(call->out, "term", shape_term(call->op, t));
	put(call->out, "terms", terms);
	return s;
}

static enum status
run_term(struct call *call)
{
	int64_t person = arg_id(call, "id"), row = arg_id(call, "row");
	struct term_wish wish = wish_of(call);
	struct term t;

	if (row)
		TRY(term_change(call->op, person, row, &wish, &t));
	else
		TRY(term_new(call->op, person, &wish, &t));
	return put_terms(call, &t);
}

static enum status
run_end(struct call *call)
{
	struct term t;

	TRY(term_end(call->op, arg_id(call, "id"), arg_id(call, "row"), &t));
	return put_terms(call, &t);
}

/* The kinds of terms that the reader's unit may record. */
static enum status
put_kinds(struct call *call)
{
	json_t *kinds = json_array();
	struct radar_kind *list;
	size_t n;

	put(call->out, "kinds", kinds);
	TRY(term_kinds(call->op, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(kinds, json_pack("{s:s, s:s}", "kind", list[i].kind, "label",
		    list[i].name));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	struct person p;
	json_t *terms;
	enum status s;

	TRY(person_show(call->op, arg_id(call, "id"), &p));
	look_file(call->op, p.id);
	s = shape_terms(call->op, p.id, false, &terms);
	put(call->out, "terms", terms);
	put(call->out, "person", shape_person_brief(p.id, p.display, p.born));
	return s == ST_OK ? put_kinds(call) : s;
}

static const struct arg term_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("row", ARG_ID, OPTIONAL, N_("number of the term to be mended; without: a new one")),
	ARG("kind", ARG_TEXT, OPTIONAL,
	    N_("of a new one: title, provisional, permission, toleration, benefit")),
	ARG("status", ARG_TEXT, OPTIONAL, N_("code of the status, such as AE25_2")),
	ARG("from", ARG_DAY, OPTIONAL, N_("first day")),
	ARG("ends", ARG_DAY, OPTIONAL, N_("last day that holds; without: it has no end")),
	ARG("source", ARG_TEXT, OPTIONAL, N_("paper or case it was read from")), ARG_END
};
static const struct arg end_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("row", ARG_ID, REQUIRED, N_("number of the term")), ARG_END
};
static const struct arg list_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")), ARG_END
};

const struct command cmd_person_term = {
	.name = "person.term", .args = term_args, .flags = CMD_WRITE,
	.help = N_("record a title, a permission or a period with its end, or mend one; what a new "
	           "one replaces is over"),
	.run = run_term,
};
const struct command cmd_person_term_end = {
	.name = "person.term_end", .args = end_args, .flags = CMD_WRITE,
	.help = N_("a title, a permission or a period is over: withdrawn or given back"),
	.run = run_end,
};
const struct command cmd_person_terms = {
	.name = "person.terms", .args = list_args, .flags = CMD_SENSITIVE,
	.help = N_("titles, permissions and periods of a person, as far as you may see them"),
	.run = run_list,
};
