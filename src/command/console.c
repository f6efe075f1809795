/*
 * console.c - layer 4: what lies where, for supervisors and steering: counts, and
 * the load of each clerk.  Called by table.c.  Must never give out a row.
 */
#include "service_deputy.h"
#include "shape.h"

#include <string.h>

static json_t *
figure(const struct basket *b, int64_t n)
{
	return n < b->blank_below ? json_null() : json_integer(n);
}

static json_t *
figures(const struct basket *b, const int64_t *numbers, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, figure(b, numbers[i]));
	return list;
}

static json_t *
shape_basket(const struct unit *unit, const struct basket *b)
{
	const struct case_counts *n = &b->counts;
	json_t *o = json_object();

	put(o, "unit", json_string(unit->code));
	put(o, "label", json_string(unit->name));
	put(o, "open", figure(b, case_counts_live(n)));
	put(o, "new", figure(b, n->arrived_today));
	put(o, "done", figure(b, n->decided_today));
	put(o, "late", figure(b, n->late));
	put(o, "offered", figure(b, n->offered));
	put(o, "waiting", figure(b, n->in_state[CASE_WAITING]));
	put(o, "proposed", figure(b, n->in_state[CASE_PROPOSED]));
	put(o, "ages", figures(b, b->ages, AGE_CLASSES));
	put(o, "flow", figures(b, b->flow, FLOW_DAYS));
	return o;
}

/* The stand-in of a clerk who is away today; NULL: they are here. */
static const struct deputy *
deputy_of(struct op *op, const struct deputy *list, size_t n, const char *login)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].absent_login, login) == 0 && deputy_holds(op, &list[i]))
			return &list[i];
	return NULL;
}

static json_t *
shape_load(struct op *op, const struct load *l, const struct deputy *away)
{
	json_t *o = json_object();

	put(o, "away_until", shape_day(away ? away->until_day : DAY_NONE));
	put(o, "deputy_name", shape_text(away ? away->deputy_name : NULL));

	put(o, "left", json_boolean(l->left));
	put(o, "login", json_string(l->login));
	put(o, "name", json_string(l->name));
	put(o, "unit", json_string(l->unit));
	put(o, "in_work", json_integer(l->in_work));
	put(o, "waiting", json_integer(l->waiting));
	put(o, "proposed", json_integer(l->proposed));
	put(o, "late", json_integer(l->late));
	put(o, "oldest_days", l->oldest_day == DAY_NONE ? json_null()
	    : json_integer(days_waited(l->oldest_day, op->today)));
	return o;
}

/* Whose visits the reader learns nothing of: they are in no figure of the counter. */
static json_t *
uncounted(struct op *op, const struct console *c)
{
	const char *reader = visit_reader(op);
	json_t *labels = json_array();

	for (size_t i = 0; reader && i < c->n_units; i++)
		if (c->units[i].closed && strcmp(c->units[i].code, reader) != 0)
			json_array_append_new(labels, json_string(c->units[i].name));
	return labels;
}

static enum status
run_console(struct call *call)
{
	json_t *units = json_array(), *staff = json_array(), *counter = json_object();
	struct deputy *away = NULL;
	size_t n_away = 0;
	struct console c;

	put(call->out, "units", units);
	put(call->out, "staff", staff);
	put(call->out, "counter", counter);
	TRY(console_show(call->op, &c));
	if (c.n_loads)
		TRY(deputy_list(call->op, &away, &n_away));
	for (size_t i = 0; i < c.n_units; i++)
		json_array_append_new(units, shape_basket(&c.units[i], &c.baskets[i]));
	for (size_t i = 0; i < c.n_loads; i++)
		json_array_append_new(staff, shape_load(call->op, &c.loads[i],
		    deputy_of(call->op, away, n_away, c.loads[i].login)));
	put(counter, "waiting", json_integer(c.room.counts.in_state[VISIT_WAITING]));
	put(counter, "longest_minutes", json_integer(c.room.longest_minutes));
	put(counter, "limit_minutes", json_integer(c.room.limit_minutes));
	put(counter, "serving", json_integer(c.room.counts.in_state[VISIT_SERVING] +
	    c.room.counts.in_state[VISIT_CALLED]));
	put(counter, "ready", json_integer(c.room.ready));
	put(counter, "sentence", json_string(c.sentence));
	put(counter, "without", uncounted(call->op, &c));
	return ST_OK;
}

const struct command cmd_console_show = {
	.name = "console.show",
	.help = N_("what lies where: baskets, ages, load"), .run = run_console,
};
