/*
 * disclosure.c - layer 4: commands about what leaves a closed unit: telling,
 * the book of it, and asking for it.
 */
#include "disclosure_shape.h"

#include <string.h>

#include "service_look.h"
#include "text.h"

#define SOURCES 50               /* files of one person to choose from */

void
put_receiver(struct op *op, json_t *o, const struct receiver *to)
{
	put(o, "to", shape_text(to->unit));
	put(o, "body", shape_text(to->body));
	put(o, "body_name", shape_text(to->name));
	put(o, "to_label", json_string(receiver_label(op, to)));
}

json_t *
shape_disclosure(struct op *op, const struct disclosure *d, bool values)
{
	json_t *o = json_object(), *fields = json_array();

	put(o, "id", shape_id(d->id));
	put(o, "person", shape_person_row(d->person_id, d->person_name, d->person_born,
	    d->person_locked));
	put(o, "case", shape_id(d->case_id));
	put(o, "from", json_string(d->from));
	put(o, "from_label", json_string(d->from_name));
	put_receiver(op, o, &d->to);
	put(o, "basis", json_string(d->basis));
	put(o, "basis_label", json_string(d->basis_name));
	put(o, "cite", shape_cite(op, d->cite));
	put(o, "reason", values ? shape_text(d->reason) : json_null());
	put(o, "consent", values ? shape_id(d->case_id ? d->consent_id : 0) : json_null());
	put(o, "at", shape_instant(d->at));
	put(o, "by", json_string(d->by_name));
	put(o, "ended", json_boolean(d->ended));
	put(o, "fields", fields);
	for (size_t i = 0; i < d->n_fields; i++) {
		json_t *field = json_object();

		put(field, "label", shape_text(d->fields[i].label));
		put(field, "value", values ? shape_text(d->fields[i].value) : json_null());
		json_array_append_new(fields, field);
	}
	return o;
}

static json_t *
shape_ask(const struct disclosure_ask *a)
{
	json_t *o = json_object();

	put(o, "id", json_integer(a->id));
	put(o, "person", shape_person_row(a->person_id, a->person_name, a->person_born,
	    a->person_locked));
	put(o, "from", json_string(a->from));
	put(o, "from_label", json_string(a->from_name));
	put(o, "to", json_string(a->to));
	put(o, "to_label", json_string(a->to_name));
	put(o, "question", json_string(a->question));
	put(o, "state", json_string(a->state));
	put(o, "answer", shape_text(a->answer));
	put(o, "asked", shape_instant(a->asked_at));
	put(o, "asked_by", json_string(a->asked_by_name));
	put(o, "answered", shape_instant(a->answered_at));
	put(o, "disclosure", shape_id(a->disclosure_id));
	return o;
}

/* ---- by what right, to whom ---- */

static enum status
put_bodies(struct call *call)
{
	json_t *rows = json_array();
	struct body *list;
	size_t n;

	put(call->out, "bodies", rows);
	TRY(store_body_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "code", json_string(list[i].code));
		put(o, "label", json_string(call->op->lang == LANG_DE ? list[i].name_de
		                                                      : list[i].name_en));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
run_bases(struct call *call)
{
	json_t *rows = json_array();
	struct basis *list;
	size_t n;

	put(call->out, "bases", rows);
	TRY(store_basis_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "code", json_string(list[i].code));
		put(o, "label", json_string(list[i].name));
		put(o, "cite", shape_cite(call->op, list[i].cite));
		put(o, "consent", json_boolean(list[i].consent));
		json_array_append_new(rows, o);
	}
	return put_bodies(call);
}

/* ---- disclosures ---- */

static enum status
run_fields(struct call *call)
{
	json_t *rows = json_array();
	struct tellable *list;
	struct case_file c;
	size_t n;

	put(call->out, "fields", rows);
	TRY(disclosure_choices(call->op, arg_id(call, "case"), &c, &list, &n));
	look_file(call->op, c.person_id);
	put(call->out, "locked", json_boolean(c.person_locked));
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "key", json_string(list[i].key));
		put(o, "label", json_string(list[i].label));
		put(o, "value", json_string(list[i].value));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

/* What it rests on, for who tells it. */
static enum status
put_consent(struct call *call, int64_t id)
{
	struct consent c = { 0 };

	if (id)
		TRY(store_consent_find(call->op, id, &c));
	put(call->out, "consent", c.id ? shape_consent(call->op, &c) : json_null());
	return ST_OK;
}

static enum status
run_give(struct call *call)
{
	struct disclosure_wish wish = { .case_id = arg_id(call, "case"),
	    .ask_id = arg_id(call, "ask"), .to = receiver_of(call),
	    .basis = arg_text(call, "basis"), .fields = arg_text(call, "fields"),
	    .reason = arg_text(call, "reason"), .seen = arg_text(call, "seen"),
	    .preview = arg_bool(call, "preview") };
	char digest[DIGEST_HEX + 1];
	struct disclosure d;

	TRY(disclosure_give(call->op, &wish, &d, digest));
	put(call->out, "disclosure", shape_disclosure(call->op, &d, true));
	put(call->out, "digest", json_string(digest));
	put(call->out, "locked", json_boolean(d.person_locked));
	return put_consent(call, d.consent_id);
}

static void
put_page(struct call *call, struct disclosure *list, size_t n, bool more, bool values)
{
	json_t *rows = json_array();

	put(call->out, "disclosures", rows);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_disclosure(call->op, &list[i], values));
	put_next(call, more ? list[n - 1].id : 0);
}

static enum status
run_list(struct call *call)
{
	struct disclosure *list;
	int64_t before;
	int limit;
	size_t n;
	bool more;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &before));
	TRY(disclosure_list(call->op, arg_id(call, "person"), before, limit + 1, &list, &n));
	look_file(call->op, arg_id(call, "person"));
	more = cut_page(&n, limit);
	put_page(call, list, n, more, true);
	return ST_OK;
}

/* ---- the book ---- */

/* "Note of 2026-11-23, Area of help"; only how many, where that is sealed. */
static const char *
told_line(struct op *op, const struct disclosure *d)
{
	const char *all = "";

	for (size_t i = 0; i < d->n_fields; i++) {
		if (!d->fields[i].label)
			return arena_printf(op->mem, _("fields told: %d"), (int)d->n_fields);
		all = arena_printf(op->mem, "%s%s%s", all, i ? ", " : "", d->fields[i].label);
	}
	return all;
}

static const char *
book_text(struct op *op, const struct disclosure *list, size_t n, bool more)
{
	char day[11], hhmm[6];
	const char *all = arena_printf(op->mem, "%s\n%s, %s\n", _("Disclosure book"),
	    op->by->name, day_iso(op->today, day));

	for (size_t i = 0; i < n; i++) {
		const struct disclosure *d = &list[i];

		all = arena_printf(op->mem, "%s\n%s %s  %s → %s%s\n    %s%s%s\n    %s (%s)\n"
		    "    %s\n    %s\n", all, day_iso(clock_day(d->at), day), clock_hhmm(d->at, hhmm),
		    d->from_name, receiver_label(op, &d->to),
		    d->ended ? arena_printf(op->mem, " (%s)", _("over")) : "", d->person_name,
		    d->person_born ? " *" : "", d->person_born ? d->person_born : "",
		    d->basis_name, text_cited(op->mem, d->cite), d->by_name, told_line(op, d));
	}
	return more ? arena_printf(op->mem, "%s\n%s\n", all, _("There is more: narrow it by days."))
	            : all;
}

static enum status
read_book_filter(struct call *call, struct disclosure_filter *f)
{
	int from = arg_day(call, "from"), to = arg_day(call, "until");

	*f = (struct disclosure_filter){ .person_id = arg_id(call, "person"),
		.from = from == DAY_NONE ? 0 : clock_midnight(from),
		.until = to == DAY_NONE ? 0 : clock_midnight(to + 1) };
	TRY(arg_code(call, "to", CODE_RECEIVER, &f->to));
	TRY(arg_code(call, "basis", CODE_BASIS, &f->basis));
	if (from != DAY_NONE && to != DAY_NONE && to < from)
		return op_fail_field(call->op, ST_INVALID, "until",
		    _("It cannot end before it begins. Look at both days again."));
	TRY(read_limit(call, arg_bool(call, "print") ? PAGE_MOST : PAGE_USUAL, PAGE_MOST,
	    &f->limit));
	f->limit++;
	return read_after_id(call, &f->before);
}

static enum status
run_book(struct call *call)
{
	struct disclosure_filter f;
	struct disclosure *list;
	size_t n;
	bool more;

	TRY(read_book_filter(call, &f));
	TRY(disclosure_book(call->op, &f, &list, &n));
	more = cut_page(&n, f.limit - 1);
	for (size_t i = 0; i < n; i++)
		look_hit(call->op, list[i].person_id);
	put_page(call, list, n, more, false);
	if (arg_bool(call, "print"))
		put(call->out, "text", json_string(book_text(call->op, list, n, more)));
	return ST_OK;
}

/* ---- asking ---- */

static enum status
run_ask(struct call *call)
{
	struct disclosure_ask a;

	TRY(disclosure_ask(call->op, arg_id(call, "person"), arg_text(call, "to"),
	    arg_text(call, "question"), &a));
	put(call->out, "ask", shape_ask(&a));
	return ST_OK;
}

static enum status
run_refuse(struct call *call)
{
	struct disclosure_ask a;

	TRY(disclosure_refuse(call->op, arg_id(call, "id"), arg_text(call, "reason"), &a));
	put(call->out, "ask", shape_ask(&a));
	return ST_OK;
}

/* Out of which files of the reader's closed unit a question can be answered. */
static enum status
put_sources(struct call *call, int64_t person_id, json_t *ask)
{
	json_t *rows = json_array();
	struct case_file *list;
	size_t n;

	put(ask, "cases", rows);
	TRY(cases_of_person(call->op, person_id, SOURCES, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		if (!list[i].unit_closed || strcmp(list[i].unit, call->op->by->unit) != 0)
			continue;
		o = json_object();
		put(o, "id", json_integer(list[i].id));
		put(o, "number", json_string(case_number(call->op, &list[i])));
		put(o, "service_label", json_string(list[i].service_name));
		put(o, "state_label", json_string(case_state_label(list[i].state, list[i].result)));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
run_asks(struct call *call)
{
	const char *box = arg_text(call, "box");
	bool in = !box || strcmp(box, "in") == 0;
	struct disclosure_ask *list;
	json_t *rows = json_array();
	int64_t before;
	int limit;
	size_t n;
	bool more;

	put(call->out, "asks", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &before));
	TRY(store_ask_page(call->op, in, before, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++) {
		json_t *o = shape_ask(&list[i]);

		look_hit(call->op, list[i].person_id);
		json_array_append_new(rows, o);
		if (in)
			TRY(put_sources(call, list[i].person_id, o));
	}
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

/* ---- the table ---- */

static const char *const boxes[] = { "in", "out", NULL };
#define PERSON_ARG ARG("person", ARG_ID, REQUIRED, N_("number of the person"))

static const struct arg none[] = { ARG_END };
static const struct arg case_args[] = {
	ARG("case", ARG_ID, REQUIRED, N_("number of the case (its id)")), ARG_END
};
static const struct arg give_args[] = {
	ARG("case", ARG_ID, REQUIRED, N_("number of the case (its id)")), RECEIVER_ARGS,
	ARG("basis", ARG_TEXT, REQUIRED, N_("by what right; `disclosure bases` lists them")),
	ARG("fields", ARG_TEXT, REQUIRED, N_("what is told, blanks between; `disclosure fields` "
	    "lists what there is")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why; the receiver reads it")),
	ARG("ask", ARG_ID, OPTIONAL, N_("request that is answered by it")),
	ARG("seen", ARG_TEXT, OPTIONAL, N_("`digest` of the preview: nothing else is told")),
	ARG("preview", ARG_BOOL, OPTIONAL, N_("true: only say what would be told")), ARG_END
};
static const struct arg list_args[] = { PERSON_ARG, LIST_ARGS, ARG_END };
static const struct arg book_args[] = {
	ARG("person", ARG_ID, OPTIONAL, N_("only about this person")),
	ARG("to", ARG_TEXT, OPTIONAL, N_("only to this unit or kind of body")),
	ARG("basis", ARG_TEXT, OPTIONAL, N_("only by this right")),
	ARG("from", ARG_DAY, OPTIONAL, N_("first day")), ARG("until", ARG_DAY, OPTIONAL, N_("last day")),
	ARG("print", ARG_BOOL, OPTIONAL, N_("true: also as text to be printed")),
	LIST_ARGS, ARG_END
};
static const struct arg ask_args[] = {
	PERSON_ARG, ARG("to", ARG_TEXT, REQUIRED, N_("unit that is asked")),
	ARG("question", ARG_TEXT, REQUIRED, N_("what you need to know, and by what right")), ARG_END
};
static const struct arg refuse_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the request")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why not; whoever asked reads it")), ARG_END
};
static const struct arg asks_args[] = {
	ARG_OF("box", OPTIONAL, N_("to your unit (in), or from it (out)"), boxes), LIST_ARGS, ARG_END
};

const struct command cmd_disclosure_bases = {
	.name = "disclosure.bases", .args = none, .run = run_bases,
	.help = N_("by what right something entrusted may be told"),
};
const struct command cmd_disclosure_fields = {
	.name = "disclosure.fields", .args = case_args, .flags = CMD_SENSITIVE,
	.run = run_fields,
	.help = N_("what a case of your unit has to tell, a line each"),
};
const struct command cmd_disclosure_give = {
	.name = "disclosure.give", .args = give_args, .flags = CMD_WRITE | CMD_PREVIEW,
	.run = run_give,
	.help = N_("tell a unit, or a body outside, something entrusted, with its legal basis"),
};
const struct command cmd_disclosure_list = {
	.name = "disclosure.list", .args = list_args, .flags = CMD_SENSITIVE, .run = run_list,
	.help = N_("what was told of a person to your unit, or by it"),
};
const struct command cmd_disclosure_book = {
	.name = "disclosure.book", .args = book_args, .flags = CMD_SENSITIVE, .run = run_book,
	.help = N_("the book of disclosures: who was told what sort of thing, by what right"),
};
const struct command cmd_disclosure_ask = {
	.name = "disclosure.ask", .args = ask_args, .flags = CMD_WRITE, .run = run_ask,
	.help = N_("ask another unit about a person; the answer does not tell whether it knows them"),
};
const struct command cmd_disclosure_refuse = {
	.name = "disclosure.refuse", .args = refuse_args, .flags = CMD_WRITE, .run = run_refuse,
	.help = N_("refuse what was asked, with a text"),
};
const struct command cmd_disclosure_asks = {
	.name = "disclosure.asks", .args = asks_args, .flags = CMD_SENSITIVE, .run = run_asks,
	.help = N_("requests to your unit, or from it, with their answers"),
};
