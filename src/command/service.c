/*
 * service.c - layer 4: commands of the catalogue: what the office offers, and
 * what somebody means who says it in everyday words.
 */
#include "service_offer.h"

#include <stdlib.h>
#include <string.h>

#include "shape.h"

static const struct {
	const char *act, *label;
} acts[] = {
	{ "finish", N_("finish here") }, { "take_in", N_("take in") },
	{ "appointment", N_("appointment") }, { "route", N_("pass on") },
};

static const char *
act_label(const char *act)
{
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].act, act) == 0)
			return _(acts[i].label);
	bug("act %s of a service", act);
}

static json_t *
shape_papers(const struct offer *o)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < o->n_papers; i++) {
		json_t *row = json_object();

		put(row, "key", json_string(o->papers[i].key));
		put(row, "label", json_string(o->papers[i].name));
		put(row, "required", json_boolean(o->papers[i].required));
		json_array_append_new(rows, row);
	}
	return rows;
}

/* "93.00 EUR"; "" for a share of another fee */
static const char *
fee_amount(struct op *op, const struct fee *f)
{
	long long cents = llabs((long long)f->cents);

	if (!f->counted)
		return "";
	return arena_printf(op->mem, op->lang == LANG_DE ? "%s%lld,%02lld EUR"
	    : "%s%lld.%02lld EUR", f->cents < 0 ? "-" : "", cents / 100, cents % 100);
}

/* "93.00 EUR, half for minors, free with benefits (§ 53(1) AufenthV)" */
static const char *
fee_line(struct op *op, const struct fee *f)
{
	const char *line = fee_amount(op, f);

	if (strcmp(f->minors, "half") == 0)
		line = arena_printf(op->mem, "%s%s%s", line, *line ? ", " : "",
		    _("half for minors"));
	if (f->waiver)
		line = arena_printf(op->mem, "%s%s%s", line, *line ? ", " : "",
		    _("free with benefits (§ 53(1) AufenthV)"));
	return line;
}

static json_t *
shape_fees(struct op *op, const struct offer *o)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < o->n_fees; i++) {
		const struct fee *f = &o->fees[i];
		json_t *row = json_object();

		put(row, "code", json_string(f->code));
		put(row, "label", json_string(f->name));
		put(row, "basis", shape_cite(op, f->basis));
		put(row, "cents", f->counted ? json_integer(f->cents) : json_null());
		put(row, "amount", json_string(fee_amount(op, f)));
		put(row, "minors", json_string(f->minors));
		put(row, "waiver", json_boolean(f->waiver));
		put(row, "note", shape_text(f->note));
		put(row, "line", json_string(fee_line(op, f)));
		json_array_append_new(rows, row);
	}
	return rows;
}

static json_t *
shape_offer(struct op *op, const struct offer *o)
{
	const struct service *s = &o->service;
	json_t *row = json_object();

	put(row, "code", json_string(s->code));
	put(row, "label", json_string(s->name));
	put(row, "unit", json_string(s->unit));
	put(row, "unit_label", json_string(s->unit_name));
	put(row, "act", json_string(o->act));
	put(row, "act_label", json_string(act_label(o->act)));
	put(row, "advice", shape_text(o->advice));
	put(row, "minutes", shape_id(s->target_minutes));
	put(row, "days", shape_id(s->target_days));
	put(row, "basis", shape_cite(op, s->basis));
	put(row, "papers", shape_papers(o));
	put(row, "fees", shape_fees(op, o));
	put(row, "form", shape_text(s->form));
	put(row, "score", shape_id(o->score));
	put(row, "why", shape_text(o->why));
	return row;
}

static void
put_offers(struct call *call, const struct offer *list, size_t n)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_offer(call->op, &list[i]));
	put(call->out, "services", rows);
}

static enum status
run_list(struct call *call)
{
	struct offer *list;
	size_t n;

	TRY(offer_list(call->op, &list, &n));
	put_offers(call, list, n);
	return ST_OK;
}

static enum status
run_show(struct call *call)
{
	struct offer offer;

	TRY(offer_show(call->op, arg_text(call, "code"), &offer));
	put(call->out, "service", shape_offer(call->op, &offer));
	return ST_OK;
}

#define FOUND_USUAL 10
#define FOUND_MOST 50

static enum status
run_find(struct call *call)
{
	struct offer *list;
	size_t n;
	int limit;

	TRY(read_limit(call, FOUND_USUAL, FOUND_MOST, &limit));
	TRY(offer_find(call->op, arg_text(call, "q"), limit, &list, &n));
	put_offers(call, list, n);
	return ST_OK;
}

static const struct arg show_args[] = {
	ARG("code", ARG_TEXT, REQUIRED, N_("code of the service, such as S02")), ARG_END
};
static const struct arg find_args[] = {
	ARG("q", ARG_TEXT, REQUIRED, N_("what it is about, in everyday words")),
	ARG("limit", ARG_INT, OPTIONAL, N_("rows at most")), ARG_END
};

const struct command cmd_service_list = {
	.name = "service.list",
	.help = N_("what the office offers, with papers and fees"), .run = run_list,
};
const struct command cmd_service_show = {
	.name = "service.show", .args = show_args,
	.help = N_("one service: what to do, papers, fees, legal basis"), .run = run_show,
};
const struct command cmd_service_find = {
	.name = "service.find", .args = find_args,
	.help = N_("which service is meant by everyday words"), .run = run_find,
};
