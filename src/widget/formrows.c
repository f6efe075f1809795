/*
 * formrows.c - layer 2: rows of repeats: made, opened, closed, taken away and
 * brought back.  Called by the other files of the form view.  Must never lose
 * a row with something in it without a way back.
 */
#include "forminside.h"

#include <string.h>

static void
grow_rows(struct form_view *v, struct form_view_row *row, const struct form_field *field,
          struct form_view_slot *slot)
{
	json_t *list = json_object_get(row->answers, field->key), *one;
	size_t i;

	slot->rows = arena_array(v->mem, struct form_view_row *, FORM_ROWS_MAX);
	json_array_foreach(list, i, one)
		if (slot->row_count < FORM_ROWS_MAX)
			slot->rows[slot->row_count++] = fv_row_new(v, field, row, one);
}

struct form_view_row *
fv_row_new(struct form_view *v, const struct form_field *repeat, struct form_view_row *outer,
           json_t *answers)
{
	struct form_view_row *row = arena_make(v->mem, struct form_view_row);
	const struct form_field *fields;
	size_t n;

	*row = (struct form_view_row){ repeat, outer, answers, NULL };
	fields = fv_fields(v, row, &n);
	row->slots = arena_array(v->mem, struct form_view_slot, n + 1);
	for (size_t i = 0; i < n; i++) {
		/* nobody has changed it yet: there is nothing to take back */
		row->slots[i] = (struct form_view_slot){
			.typed = "", .before = arena_strdup(v->mem, fv_canonical(row, &fields[i])),
		};
		if (fields[i].type == FORM_REPEAT)
			grow_rows(v, row, &fields[i], &row->slots[i]);
		else if (!fields[i].compute)
			row->slots[i].typed = fv_written(v, row, i);
	}
	return row;
}

/* ---- adding ---- */

bool
fv_may_add(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];
	size_t most = field->max < FORM_ROWS_MAX ? (size_t)field->max : FORM_ROWS_MAX;

	return !fv_is_closed(v, field) && row->slots[i].row_count < most;
}

static json_t *
list_of(struct form_view_row *row, const struct form_field *field)
{
	json_t *list = json_object_get(row->answers, field->key);

	if (list)
		return list;
	json_object_set_new(row->answers, field->key, json_array());
	return json_object_get(row->answers, field->key);
}

/* A form without a row has no answer to the repeat. */
static void
tidy(struct form_view_row *row, const struct form_field *field)
{
	if (json_array_size(json_object_get(row->answers, field->key)) == 0)
		json_object_del(row->answers, field->key);
}

static void
insert(struct form_view *v, struct form_view_place p, size_t at, struct form_view_row *new)
{
	struct form_view_slot *slot = &p.row->slots[p.at];
	size_t n;
	const struct form_field *field = &fv_fields(v, p.row, &n)[p.at];

	memmove(slot->rows + at + 1, slot->rows + at,
	    (slot->row_count - at) * sizeof(*slot->rows));
	slot->rows[at] = new;
	slot->row_count++;
	json_array_insert(list_of(p.row, field), at, new->answers);
	slot->why = NULL;
	v->touched = true;
	fv_evaluate(v);
}

/* Its answers stay with those removed, so that Undo finds them. */
static struct form_view_row *
take_out(struct form_view *v, struct form_view_place p, size_t at)
{
	struct form_view_slot *slot = &p.row->slots[p.at];
	struct form_view_row *row = slot->rows[at];
	size_t n;
	const struct form_field *field = &fv_fields(v, p.row, &n)[p.at];

	json_array_append(v->removed, row->answers);
	json_array_remove(list_of(p.row, field), at);
	tidy(p.row, field);
	slot->row_count--;
	memmove(slot->rows + at, slot->rows + at + 1,
	    (slot->row_count - at) * sizeof(*slot->rows));
	v->touched = true;
	fv_evaluate(v);
	return row;
}

/* ---- open and closed ---- */

bool
fv_open(struct form_view *v, size_t number)
{
	const struct form_view_slot *slot = fv_slot(v);
	struct form_view_place place;

	if (number >= slot->row_count || !fv_end_of(v, slot->rows[number], 1, &place))
		return false;
	fv_arrive(v, place);
	return true;
}

static bool
is_empty(const struct form_view *v, const struct form_view_row *row)
{
	size_t n;

	fv_fields(v, row, &n);
	for (size_t i = 0; i < n; i++)
		if (*fv_typed(v, row, i) || row->slots[i].row_count > 0)
			return false;
	return json_object_size(row->answers) == 0;
}

void
fv_close(struct form_view *v, bool to_end)
{
	struct form_view_row *row = v->here.row;
	struct form_view_place place = { row->outer, row->repeat->place, fv_number(row) };
	size_t stops;

	fv_depart(v);
	if (is_empty(v, row) && !v->read_only)
		take_out(v, place, place.sub); /* nobody meant it */
	stops = fv_stops(v, place.row, place.at);
	if (to_end || place.sub >= stops)
		place.sub = stops ? stops - 1 : 0;
	fv_arrive(v, place);
}

/* ---- keys ---- */

static unsigned
act_add(void *on)
{
	struct form_view *v = on;
	struct form_view_slot *slot = fv_slot(v);
	struct form_view_place place = v->here;
	json_t *answers = json_object();
	struct form_view_row *row;

	fv_depart(v);
	row = fv_row_new(v, form_view_field(v), place.row, answers);
	insert(v, place, slot->row_count, row);
	json_decref(answers);
	if (fv_open(v, slot->row_count - 1))
		return DRAW;
	take_out(v, place, slot->row_count - 1);
	v->note = _("The form holds no more rows.");
	return DRAW;
}

static unsigned
act_open(void *on)
{
	struct form_view *v = on;

	return fv_open(v, v->here.sub) ? DRAW : NOTHING;
}

static unsigned
act_close(void *on)
{
	fv_close(on, false);
	return DRAW;
}

static unsigned
act_remove(void *on)
{
	struct form_view *v = on;
	struct form_view_slot *slot = fv_slot(v);
	struct form_view_place place = v->here;

	slot->gone = take_out(v, place, place.sub);
	slot->gone_at = place.sub;
	if (place.sub >= fv_stops(v, place.row, place.at))
		place.sub--;
	fv_arrive(v, place);
	v->note = _("The row is taken out. ^Z brings it back.");
	return DRAW;
}

static unsigned
act_bring_back(void *on)
{
	struct form_view *v = on;
	struct form_view_slot *slot = fv_slot(v);
	struct form_view_place place = v->here;

	place.sub = slot->gone_at < slot->row_count ? slot->gone_at : slot->row_count;
	insert(v, place, place.sub, slot->gone);
	slot->gone = NULL;
	v->note = NULL;
	fv_arrive(v, place);
	return DRAW;
}

/* ---- when ---- */

static bool
is_repeat(const struct form_view *v)
{
	return form_view_field(v)->type == FORM_REPEAT;
}

static bool
is_row(const void *on)
{
	const struct form_view *v = on;

	return is_repeat(v) && v->here.sub < fv_slot(v)->row_count;
}

static bool
can_remove(const void *on)
{
	return is_row(on) && !fv_is_closed(on, form_view_field(on));
}

static bool
can_add(const struct form_view *v)
{
	return is_repeat(v) && fv_may_add(v, v->here.row, v->here.at);
}

static bool can_add_here(const void *on) { return can_add(on) && !is_row(on); }
static bool can_add_below(const void *on) { return can_add(on) && is_row(on); }
static bool can_bring_back(const void *on) { return can_add(on) && fv_slot(on)->gone; }

static bool
is_inside(const void *on)
{
	return ((const struct form_view *)on)->here.row->outer != NULL;
}

static const char *
why_add(const void *on)
{
	const struct form_view *v = on;

	if (!is_repeat(v) || fv_is_closed(v, form_view_field(v)))
		return NULL;
	return arena_printf(frame_mem(), _("there are %zu rows, and more may not be given"),
	    fv_slot(v)->row_count);
}

const struct binding form_view_row_bindings[] = {
	{ .keys = "Enter", .label = N_("Open"), .act = act_open, .can = is_row,
	  .help = N_("open the row") },
	{ .keys = "Ins Enter", .label = N_("Add"), .act = act_add, .can = can_add_here,
	  .help = N_("add a row") },
	{ .keys = "Ins", .label = N_("Add"), .act = act_add, .can = can_add_below, .why = why_add,
	  .help = N_("add a row") },
	{ .keys = "Del", .label = N_("Remove"), .act = act_remove, .can = can_remove,
	  .help = N_("take the row out") },
	{ .keys = "^Z", .act = act_bring_back, .can = can_bring_back,
	  .help = N_("bring back the row taken out last") },
	{ .keys = "Esc", .label = N_("Close row"), .act = act_close, .can = is_inside,
	  .help = N_("close the row") },
	{ 0 }
};
