/*
 * disclosure.c - layer 4: commands about what leaves a closed unit, and about
 * consent to it.
 */
#include "service_disclosure.h"

#include <string.h>

#include "service_look.h"
#include "shape.h"

/* values: the book of others names what was told, and no more. */
static json_t *
shape_disclosure(const struct disclosure *d, bool values)
{
	json_t *o = json_object(), *fields = json_array();

	put(o, "id", json_integer(d->id));
	put(o, "person", shape_person_brief(d->person_id, d->person_name, d->person_born));
	put(o, "case", shape_id(d->case_id));
	put(o, "from", json_string(d->from));
	put(o, "from_label", json_string(d->from_name));
	put(o, "to", json_string(d->to));
	put(o, "to_label", json_string(d->to_name));
	put(o, "basis", json_string(d->basis));
	put(o, "basis_label", json_string(d->basis_name));
	put(o, "cite", json_string(d->cite));
	put(o, "reason", values ? json_string(d->reason) : json_null());
	put(o, "consent", values ? shape_id(d->case_id ? d->consent_id : 0) : json_null());
	put(o, "at", shape_instant(d->at));
	put(o, "by", json_string(d->by_name));
	put(o, "ended", json_boolean(d->ended));
	put(o, "fields", fields);
	for (size_t i = 0; i < d->n_fields; i++) {
		json_t *field = json_object();

		put(field, "label", json_string(d->fields[i].label));
		put(field, "value", values ? json_string(d->fields[i].value) : json_null());
		json_array_append_new(fields, field);
	}
	return o;
}

static json_t *
shape_ask(const struct disclosure_ask *a)
{
	json_t *o = json_object();

	put(o, "id", json_integer(a->id));
	put(o, "person", shape_person_brief(a->person_id, a->person_name, a->person_born));
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
	return o;
}

static json_t *
shape_consent(const struct consent *c)
{
	json_t *o = json_object();

	put(o, "id", json_integer(c->id));
	put(o, "to", json_string(c->to));
	put(o, "to_label", json_string(c->to_name));
	put(o, "scope", json_string(c->scope));
	put(o, "version", json_integer(c->version));
	put(o, "language", json_string(c->language));
	put(o, "text", shape_text(c->text));
	put(o, "given", shape_day(c->given_day));
	put(o, "until", shape_day(c->until_day));
	put(o, "by", json_string(c->given_by_name));
	put(o, "withdrawn", shape_instant(c->ended_at));
	put(o, "holds", json_boolean(c->holds));
	return o;
}

/* ---- disclosures ---- */

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
		put(o, "cite", json_string(list[i].cite));
		put(o, "consent", json_boolean(list[i].consent));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
run_fields(struct call *call)
{
	json_t *rows = json_array();
	struct tellable *list;
	size_t n;

	put(call->out, "fields", rows);
	TRY(disclosure_choices(call->op, arg_id(call, "case"), &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "key", json_string(list[i].key));
		put(o, "label", json_string(list[i].label));
		put(o, "value", json_string(list[i].value));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
run_give(struct call *call)
{
	struct disclosure_wish wish = { .case_id = arg_id(call, "case"),
	    .ask_id = arg_id(call, "ask"), .to = arg_text(call, "to"),
	    .basis = arg_text(call, "basis"), .fields = arg_text(call, "fields"),
	    .reason = arg_text(call, "reason") };
	struct disclosure d;

	TRY(disclosure_give(call->op, &wish, &d));
	put(call->out, "disclosure", shape_disclosure(&d, true));
	return ST_OK;
}

static void
put_page(struct call *call, struct disclosure *list, size_t n, int limit, bool values)
{
	json_t *rows = json_array();
	bool more = cut_page(&n, limit);

	put(call->out, "disclosures", rows);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_disclosure(&list[i], values));
	put_next(call, more ? list[n - 1].id : 0);
}

static enum status
run_list(struct call *call)
{
	struct disclosure *list;
	int64_t before;
	int limit;
	size_t n;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &before));
	TRY(disclosure_list(call->op, arg_id(call, "person"), before, limit + 1, &list, &n));
	look_file(call->op, arg_id(call, "person"));
	put_page(call, list, n, limit, true);
	return ST_OK;
}

static enum status
run_book(struct call *call)
{
	struct disclosure *list;
	int64_t before;
	int limit;
	size_t n;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &before));
	TRY(disclosure_book(call->op, before, limit + 1, &list, &n));
	for (size_t i = 0; i < n; i++)
		look_hit(call->op, list[i].person_id);
	put_page(call, list, n, limit, false);
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

static enum status
run_asks(struct call *call)
{
	const char *box = arg_text(call, "box");
	struct disclosure_ask *list;
	json_t *rows = json_array();
	int64_t before;
	int limit;
	size_t n;
	bool more;

	put(call->out, "asks", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after_id(call, &before));
	TRY(store_ask_page(call->op, !box || strcmp(box, "in") == 0, before, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++) {
		look_hit(call->op, list[i].person_id);
		json_array_append_new(rows, shape_ask(&list[i]));
	}
	put_next(call, more ? list[n - 1].id : 0);
	return ST_OK;
}

/* ---- consent ---- */

static enum status
run_consent(struct call *call)
{
	struct consent c = { .person_id = arg_id(call, "person"), .to = arg_text(call, "to"),
	    .scope = arg_text(call, "scope"), .language = arg_text(call, "language"),
	    .until_day = arg_day(call, "until") };

	TRY(consent_give(call->op, &c));
	put(call->out, "consent", shape_consent(&c));
	return ST_OK;
}

static enum status
run_withdraw(struct call *call)
{
	struct consent c;

	TRY(consent_withdraw(call->op, arg_id(call, "id"), &c));
	put(call->out, "consent", shape_consent(&c));
	return ST_OK;
}

static enum status
run_consents(struct call *call)
{
	json_t *rows = json_array();
	struct consent *list;
	size_t n;

	put(call->out, "consents", rows);
	TRY(consent_list(call->op, arg_id(call, "person"), &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_consent(&list[i]));
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
	ARG("case", ARG_ID, REQUIRED, N_("number of the case (its id)")),
	ARG("to", ARG_TEXT, REQUIRED, N_("unit that is told")),
	ARG("basis", ARG_TEXT, REQUIRED, N_("by what right; `disclosure bases` lists them")),
	ARG("fields", ARG_TEXT, REQUIRED, N_("what is told, blanks between; `disclosure fields` "
	    "lists what there is")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why; the receiver reads it")),
	ARG("ask", ARG_ID, OPTIONAL, N_("request that is answered by it")), ARG_END
};
static const struct arg list_args[] = { PERSON_ARG, LIST_ARGS, ARG_END };
static const struct arg book_args[] = { LIST_ARGS, ARG_END };
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
static const struct arg consent_args[] = {
	PERSON_ARG, ARG("to", ARG_TEXT, REQUIRED, N_("unit that may be told")),
	ARG("scope", ARG_TEXT, REQUIRED, N_("about what, as it was said to the person")),
	ARG("language", ARG_TEXT, OPTIONAL, N_("in which the text was read; German if left out")),
	ARG("until", ARG_DAY, OPTIONAL, N_("last day it holds; none: until withdrawn")), ARG_END
};
static const struct arg withdraw_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the consent")), ARG_END
};
static const struct arg consents_args[] = { PERSON_ARG, ARG_END };

const struct command cmd_disclosure_bases = {
	.name = "disclosure.bases", .args = none, .run = run_bases,
	.help = N_("by what right something entrusted may be told"),
};
const struct command cmd_disclosure_fields = {
	.name = "disclosure.fields", .args = case_args, .run = run_fields,
	.help = N_("what a case of your unit has to tell, a line each"),
};
const struct command cmd_disclosure_give = {
	.name = "disclosure.give", .args = give_args, .flags = CMD_WRITE, .run = run_give,
	.help = N_("tell another unit something entrusted, with its legal basis"),
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
const struct command cmd_consent_give = {
	.name = "consent.give", .args = consent_args, .flags = CMD_WRITE, .run = run_consent,
	.help = N_("a person consents that your unit tells another one something"),
};
const struct command cmd_consent_withdraw = {
	.name = "consent.withdraw", .args = withdraw_args, .flags = CMD_WRITE, .run = run_withdraw,
	.help = N_("a person withdraws it: from now on the other unit sees nothing of it"),
};
const struct command cmd_consent_list = {
	.name = "consent.list", .args = consents_args, .run = run_consents,
	.help = N_("what a person has consented to towards your unit"),
};
