/*
 * radar.c - layer 4: the radar: what ends soon and nobody has started.
 */
#include "shape.h"

#include <string.h>

#include "service_radar.h"

#define WITHIN_MOST 3660         /* days */
#define LAST_DAY 2932896         /* 9999-12-31 */

/* "ends in 6 weeks · nobody has started" */
static char *
why(struct op *op, const struct radar_item *item)
{
	const char *ends = radar_distance(op->mem, item->at.ends, op->today);

	if (!item->case_id)
		return arena_printf(op->mem, _("%s, nobody has started"), ends);
	return arena_printf(op->mem, _("%s, case %04d-%06d is open"), ends, item->case_year,
	    item->case_number);
}

static json_t *
shape_started(struct op *op, const struct radar_item *item)
{
	json_t *o;

	if (!item->case_id)
		return json_null();
	o = json_object();
	put(o, "id", json_integer(item->case_id));
	put(o, "number", json_string(arena_printf(op->mem, "%04d-%06d", item->case_year,
	    item->case_number)));
	return o;
}

static json_t *
shape_item(struct op *op, const struct radar_item *item)
{
	const struct radar_kind *kind = item->kind;
	int stage = radar_stage(kind->stages, item->at.ends, op->today);
	json_t *o = json_object();

	look_hit(op, item->person_id);
	put(o, "source", json_string(item->at.document ? "document" : "term"));
	put(o, "row", json_integer(item->at.id));
	put(o, "person", shape_person_row(item->person_id, item->person_name,
	    item->person_born, item->person_locked));
	put(o, "kind", json_string(kind->kind));
	put(o, "kind_label", json_string(kind->name));
	put(o, "status", shape_text(item->status));
	put(o, "status_label", shape_text(item->status_name));
	put(o, "ends", shape_day(item->at.ends));
	put(o, "ends_label", json_string(radar_distance(op->mem, item->at.ends, op->today)));
	put(o, "stage", stage == RADAR_AHEAD ? json_null() : json_integer(stage));
	put(o, "stage_label", json_string(radar_stage_label(op->mem, stage)));
	put(o, "started", json_boolean(item->case_id != 0));
	put(o, "case", shape_started(op, item));
	put(o, "unit", json_string(kind->unit));
	put(o, "unit_label", json_string(kind->unit_name));
	put(o, "service", shape_text(kind->service));
	put(o, "service_label", shape_text(kind->service_name));
	put(o, "why", json_string(why(op, item)));
	return o;
}

/* after is "STARTED.DAY.SOURCE.ID", the place of the last row. */
static enum status
read_after(struct call *call, struct radar_place *place)
{
	const char *after = arg_text(call, "after");
	int64_t started, day, document;

	*place = (struct radar_place){ 0 };
	if (!after)
		return ST_OK;
	if (!digits_until(&after, '.', 1, &started) ||
	    !digits_until(&after, '.', LAST_DAY, &day) ||
	    !digits_until(&after, '.', 1, &document) ||
	    !digits_until(&after, '\0', INT64_MAX - 1, &place->id))
		return bad_after(call->op);
	place->started = started;
	place->ends = (int)day;
	place->document = document;
	return ST_OK;
}

static json_t *
shape_next(struct op *op, const struct radar_place *place)
{
	return json_string(arena_printf(op->mem, "%d.%d.%d.%lld", place->started, place->ends,
	    place->document, (long long)place->id));
}

static json_t *
shape_counts(const struct radar_counts *n)
{
	json_t *o = json_object();

	put(o, "all", json_integer(n->all));
	put(o, "nobody", json_integer(n->nobody));
	put(o, "ended", json_integer(n->ended));
	return o;
}

/* What may be filtered by: the kinds and the units that have to act. */
static json_t *
shape_kinds(const struct radar *radar)
{
	json_t *list = json_array();

	for (size_t i = 0; i < radar->n_kinds; i++) {
		const struct radar_kind *kind = &radar->kinds[i];
		json_t *o = json_object();

		put(o, "kind", json_string(kind->kind));
		put(o, "label", json_string(kind->name));
		put(o, "unit", json_string(kind->unit));
		put(o, "unit_label", json_string(kind->unit_name));
		json_array_append_new(list, o);
	}
	return list;
}

static enum status
run_radar(struct call *call)
{
	struct radar_wish wish = {
		.unit = arg_text(call, "unit"), .kind = arg_text(call, "kind"),
		.within = arg_int(call, "within", 0),
	};
	struct radar radar;
	json_t *rows = json_array();
	bool more;
	int limit;

	put(call->out, "radar", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_after(call, &wish.after));
	if (wish.within < 0 || wish.within > WITHIN_MOST)
		return op_fail_field(call->op, ST_INVALID, "within",
		    _("within is a number of days, %d at most."), WITHIN_MOST);
	wish.limit = limit + 1;
	TRY(radar_look(call->op, &wish, &radar));
	more = cut_page(&radar.n, limit);
	for (size_t i = 0; i < radar.n; i++)
		json_array_append_new(rows, shape_item(call->op, &radar.items[i]));
	put(call->out, "next", more ? shape_next(call->op, &radar.items[radar.n - 1].at)
	                            : json_null());
	put(call->out, "counts", shape_counts(&radar.counts));
	put(call->out, "within", json_integer(radar.within));
	put(call->out, "kinds", shape_kinds(&radar));
	return ST_OK;
}

static const struct arg radar_args[] = {
	ARG("unit", ARG_TEXT, OPTIONAL, N_("only what this unit has to act on")),
	ARG("kind", ARG_TEXT, OPTIONAL, N_("only what ends of this kind: title, passport, ...")),
	ARG("within", ARG_INT, OPTIONAL, N_("days until the end; else up to the first stage")),
	LIST_ARGS, ARG_END
};

const struct command cmd_person_radar = {
	.name = "person.radar", .args = radar_args,
	.flags = CMD_SENSITIVE,
	.help = N_("titles, papers and periods that end soon; nobody has started comes first"),
	.run = run_radar,
};
