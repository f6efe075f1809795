/*
 * console.c - layer 3: the supervisor's view: baskets of every unit, load of
 * every clerk, and what it means for the counter.  Called by
 * command/office.c.  Counts only, so closed units are in it; but not who of a
 * closed unit has how much, which with one clerk tells of single people.
 */
#include <string.h>

#include "guard.h"
#include "rules_rights.h"

/* One line a supervisor can act on. */
static const char *
room_sentence(struct op *op, const struct room *r)
{
	int waiting = r->counts.in_state[VISIT_WAITING];

	if (waiting == 0)
		return _("Nobody waits at the counter.");
	if (r->longest_minutes >= r->limit_minutes)
		return arena_printf(op->mem,
		    _("The counter waits %d min, over the limit of %d: people are needed in front."),
		    r->longest_minutes, r->limit_minutes);
	return arena_printf(op->mem, _("The counter waits %d min (limit %d)."),
	    r->longest_minutes, r->limit_minutes);
}

static bool
loads_in_sight(struct op *op, const struct unit *unit)
{
	struct facts f = { .role = op->by->role, .closed = unit->closed,
	    .own_unit = strcmp(op->by->unit, unit->code) == 0 };

	return right_refusal("console.show", &f) == REFUSE_NOTHING;
}

static enum status
gather_loads(struct op *op, struct console *console)
{
	struct load *all = arena_array(op->mem, struct load, 2000);

	console->n_loads = 0;
	console->loads = all;
	for (size_t i = 0; i < console->n_units; i++) {
		struct load *some;
		size_t n;

		if (!loads_in_sight(op, &console->units[i]))
			continue;
		TRY(store_load_list(op, console->units[i].code, &some, &n));
		for (size_t j = 0; j < n && console->n_loads < 2000; j++)
			all[console->n_loads++] = some[j];
	}
	return ST_OK;
}

enum status
console_show(struct op *op, struct console *console)
{
	struct unit *all;
	size_t n;

	*console = (struct console){ 0 };
	TRY(store_unit_list(op, &all, &n));
	console->units = arena_array(op->mem, struct unit, n + 1);
	console->baskets = arena_array(op->mem, struct basket, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (all[i].figures_only)
			continue;
		console->units[console->n_units] = all[i];
		TRY(store_basket(op, all[i].code, &console->baskets[console->n_units]));
		/* one file more or less of a closed unit is a person's matter */
		if (all[i].closed && strcmp(op->by->unit, all[i].code) != 0)
			TRY(office_number(op, "blank_below",
			    &console->baskets[console->n_units].blank_below));
		console->n_units++;
	}
	TRY(gather_loads(op, console));
	TRY(room_state(op, &console->room));
	console->sentence = room_sentence(op, &console->room);
	return ST_OK;
}
