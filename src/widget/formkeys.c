/*
 * formkeys.c - layer 2: the keys of a form view: to the next field, page, row,
 * gap; the next of a list; undo.  Called by dispatch through the table at the
 * end.  Must never type.
 */
#include "forminside.h"

#include <string.h>

/* ---- moving ---- */

/* Beyond its last field a row closes; beyond the form is another page of the
 * screen. */
static unsigned
go_beyond(struct form_view *v, int step)
{
	fv_depart(v);
	if (v->here.row->outer) {
		fv_close(v, step > 0);
		return DRAW;
	}
	fv_arrive(v, v->here);
	return (v->leave ? v->leave(v->on, step) : NOTHING) | DRAW;
}

/* The next field with a place for the cursor. */
static bool
next_field(const struct form_view *v, size_t from, int step, struct form_view_place *place)
{
	size_t n;

	fv_fields(v, v->here.row, &n);
	for (size_t i = from + (size_t)step; i < n; i += (size_t)step) {
		size_t stops = fv_stops(v, v->here.row, i);

		*place = (struct form_view_place){ v->here.row, i, stops ? stops - 1 : 0 };
		if (stops > 0)
			return true;
	}
	return false;
}

/* To the next question: what others answer is passed, a table of rows entered at
 * its end. */
static unsigned
go_question(struct form_view *v, int step)
{
	struct form_view_place place = v->here;
	size_t n;

	fv_depart(v); /* first: the answer may show or hide what comes next */
	do
		if (!next_field(v, place.at, step, &place))
			return go_beyond(v, step);
	while (!v->read_only && fv_is_closed(v, &fv_fields(v, place.row, &n)[place.at]));
	fv_arrive(v, place);
	return DRAW;
}

/* To the next place, whatever it is. */
static unsigned
go_line(struct form_view *v, int step)
{
	struct form_view_place place = v->here;

	fv_depart(v);
	if (step > 0 ? place.sub + 1 < fv_stops(v, place.row, place.at) : place.sub > 0) {
		place.sub += (size_t)step;
	} else {
		if (!next_field(v, place.at, step, &place))
			return go_beyond(v, step);
		if (step > 0)
			place.sub = 0;
	}
	fv_arrive(v, place);
	return DRAW;
}

/* Inside a row: to the one beside it. */
static unsigned
go_row(struct form_view *v, int step)
{
	const struct form_view_row *outer = v->here.row->outer;
	const struct form_view_slot *slot = &outer->slots[v->here.row->repeat->place];
	size_t number = fv_number(v->here.row) + (size_t)step, rows = slot->row_count;

	fv_close(v, step > 0);
	if (step > 0 && slot->row_count < rows)
		number--; /* it was empty and has gone */
	if (number < fv_slot(v)->row_count)
		fv_open(v, number);
	return DRAW;
}

static unsigned
go_page(struct form_view *v, int step)
{
	struct form_view_place place = v->here;
	size_t section = v->form->fields[place.at].section, now = section;

	fv_depart(v);
	while (now == section) {
		if (!next_field(v, place.at, step, &place))
			return go_beyond(v, step);
		now = v->form->fields[place.at].section;
	}
	next_field(v, v->form->sections[now].first - 1, 1, &place);
	place.sub = 0;
	fv_arrive(v, place);
	return DRAW;
}

static unsigned
turn(struct form_view *v, int step)
{
	return v->here.row->outer ? go_row(v, step) : go_page(v, step);
}

/* ---- acts ---- */

static unsigned act_next(void *on) { return go_question(on, 1); }
static unsigned act_previous(void *on) { return go_question(on, -1); }
static unsigned act_down(void *on) { return go_line(on, 1); }
static unsigned act_up(void *on) { return go_line(on, -1); }
static unsigned act_page(void *on) { return turn(on, 1); }
static unsigned act_page_back(void *on) { return turn(on, -1); }
static unsigned act_choose(void *on) { return fv_choose_by(on, 1); }
static unsigned act_choose_back(void *on) { return fv_choose_by(on, -1); }
static unsigned act_undo(void *on) { return fv_undo(on); }

static unsigned
act_gap(void *on)
{
	struct form_view *v = on;

	fv_depart(v);
	if (fv_next_gap(v))
		return DRAW;
	while (v->here.row->outer)
		fv_close(v, true);
	return go_beyond(v, 1);
}

static unsigned
act_break(void *on)
{
	return form_view_type(on, &(struct event){ .key = '\n', .text = "\n" });
}

static unsigned
act_clear(void *on)
{
	struct form_view *v = on;

	v->ahead[0] = '\0';
	return fv_choose(v, "");
}

static unsigned
act_scroll(void *on)
{
	struct form_view *v = on;

	v->scroll = !v->scroll;
	return DRAW;
}

/* ---- when ---- */

static bool
is_editable(const void *on)
{
	return !((const struct form_view *)on)->read_only;
}

static bool
is_list(const void *on)
{
	return !fv_is_closed(on, form_view_field(on)) && fv_is_chosen(form_view_field(on));
}

static bool
is_lines(const void *on)
{
	return is_editable(on) && form_view_field(on)->type == FORM_LINES && form_view_edit(
	    (struct form_view *)(uintptr_t)on);
}

static bool
can_undo(const void *on)
{
	const struct form_view *v = on;

	return is_list(on) && strcmp(fv_slot(v)->before,
	    fv_canonical(v->here.row, form_view_field(v))) != 0;
}

/* Pages to turn, rows beside the one that is open, or pages of the screen? */
static bool
has_pages(const void *on)
{
	const struct form_view *v = on;

	return v->here.row->outer || v->leave || v->form->section_count > 1;
}

static const char *
why_no_page(const void *on)
{
	(void)on;
	return _("this form has one page");
}

const struct binding form_view_bindings[] = {
	{ .keys = "Enter", .act = act_break, .can = is_lines,
	  .help = N_("a new line, in a field of several lines") },
	{ .keys = "Tab Enter", .label = N_("Next"), .act = act_next,
	  .help = N_("to the next question") },
	{ .keys = "Shift-Tab", .act = act_previous, .help = N_("to the question before") },
	{ .keys = "Down j", .act = act_down, .help = N_("to the next field or row") },
	{ .keys = "Up k", .act = act_up, .help = N_("to the field or row before") },
	{ .keys = "F4 PgDn", .label = N_("Next page"), .act = act_page,
	  .can = has_pages, .why = why_no_page, .help = N_("to the next page, or the next row") },
	{ .keys = "PgUp", .act = act_page_back, .can = has_pages, .why = why_no_page,
	  .help = N_("to the page before, or the row before") },
	{ .keys = "F7 ^N", .label = N_("Next gap"), .act = act_gap, .can = is_editable,
	  .help = N_("to the next field that is needed now and is empty or wrong") },
	{ .keys = "Right", .act = act_choose, .can = is_list,
	  .help = N_("the next one of a list; letters choose by name") },
	{ .keys = "Left", .act = act_choose_back, .can = is_list,
	  .help = N_("the one before in a list") },
	{ .keys = "Del Backspace ^U", .act = act_clear, .can = is_list,
	  .help = N_("no answer to this question") },
	{ .keys = "^Z", .act = act_undo, .can = can_undo,
	  .help = N_("take back the last change of the field") },
	{ .keys = "^\\", .act = act_scroll, .can = is_editable,
	  .help = N_("all pages in one, or one by one") },
	{ 0 }
};
