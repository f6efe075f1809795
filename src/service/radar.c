/*
 * radar.c - layer 3: what ends soon, and whether somebody has started.  Called
 * by command/radar.c.  Stages are seen from the day of the reader: nothing has
 * to run at night for an item to rise.
 */
#include "radar.h"

#include <string.h>

#include "guard.h"

/* The kinds the clerk may see, narrowed by the wish. */
static enum status
kinds_wanted(struct op *op, const struct radar_wish *wish, struct radar *radar)
{
	struct radar_kind *all;
	size_t n_all, n = 0;
	bool known = !wish->unit;

	TRY(store_radar_kinds(op, radar_reader(op), &all, &n_all));
	for (size_t i = 0; i < n_all; i++) {
		bool unit = !wish->unit || strcmp(all[i].unit, wish->unit) == 0;

		known |= unit;
		if (unit && (!wish->kind || strcmp(all[i].kind, wish->kind) == 0))
			all[n++] = all[i];
	}
	radar->kinds = all;
	radar->n_kinds = n;
	if (!known)
		return op_fail_field(op, ST_INVALID, "unit",
		    _("There is no unit \"%s\" with anything that ends, as far as you may see."),
		    wish->unit);
	if (n == 0 && wish->kind)
		return op_fail_field(op, ST_INVALID, "kind",
		    _("Nothing of the kind %s is watched, as far as you may see."), wish->kind);
	return ST_OK;
}

enum status
radar_look(struct op *op, const struct radar_wish *wish, struct radar *radar)
{
	int past = 0;
	struct radar_filter f = { .after = wish->after, .limit = wish->limit };

	*radar = (struct radar){ .within = wish->within };
	TRY(kinds_wanted(op, wish, radar));
	TRY(office_number(op, "radar_past_days", &past));
	for (size_t i = 0; wish->within == 0 && i < radar->n_kinds; i++) {
		int horizon = radar_horizon(radar->kinds[i].stages);

		radar->within = horizon > radar->within ? horizon : radar->within;
	}
	f.kinds = radar->kinds;
	f.n_kinds = radar->n_kinds;
	f.from = op->today - past;
	f.until = op->today + radar->within;
	TRY(store_radar_page(op, &f, &radar->items, &radar->n));
	return store_radar_count(op, &f, &radar->counts);
}
