/*
 * formdraw.c - layer 2: paints a form view: the question to ask on top, the
 * fields of the page in one column or two, below them choices and help.
 * Called by screens.  Must never change the view.
 */
#include "forminside.h"

#include <string.h>

#include "text.h"

#define ASK_ROWS 2
#define FOOT_ROWS 5

bool
canvas_shows(const struct canvas *c, int row)
{
	return c->paint && row >= c->top && row < c->top + c->area.rows;
}

int
canvas_row(const struct canvas *c, int row)
{
	return c->area.row + row - c->top;
}

/* Is the cursor in this field, or in a row of it? */
static bool
holds_cursor(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	return row == v->here.row && i == v->here.at;
}

static bool
one_scroll(const struct form_view *v)
{
	return v->read_only || v->scroll;
}

/* A field of what is shown now: the row that is open, or the page. */
static bool
is_on_page(const struct form_view *v, size_t i)
{
	const struct form_view_row *row = v->here.row;
	bool same;

	if (!fv_seen(v, row, i))
		return false;
	if (row->outer || one_scroll(v))
		return true;
	same = v->form->fields[i].section == form_view_field(v)->section;
	return same;
}

/* ---- headings ---- */

static void
draw_heading(struct canvas *c, const char *title)
{
	if (c->row > 0)
		c->row++;
	if (canvas_shows(c, c->row))
		draw_text(canvas_row(c, c->row), 1, c->area.cols - 2, STYLE_STRONG, title);
	c->row++;
}

/* "Children 2 of 3": the row that is open, and those around it. */
static const char *
row_title(const struct form_view_row *row)
{
	const char *own;

	if (!row->outer)
		return "";
	own = arena_printf(frame_mem(), _("%s: %zu of %zu"), form_say(&row->repeat->label),
	    fv_number(row) + 1, row->outer->slots[row->repeat->place].row_count);
	if (!row->outer->outer)
		return own;
	return arena_printf(frame_mem(), "%s › %s", row_title(row->outer), own);
}

/* ---- the page ---- */

static void
draw_one(const struct form_view *v, struct canvas *c, size_t i)
{
	struct form_view_row *row = v->here.row;
	int from = c->row;
	size_t n;

	if (fv_fields(v, row, &n)[i].type == FORM_REPEAT) {
		fv_draw_rows(v, c, row, i);
		return;
	}
	fv_draw_field(v, c, row, i);
	if (holds_cursor(v, row, i)) {
		c->from = from;
		c->to = c->row;
	}
}

/* Two fields that fit stand side by side. */
static bool
fits_half(const struct form_view *v, const struct canvas *c, size_t i)
{
	const struct form_view_row *row = v->here.row;
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];

	return field->type != FORM_REPEAT && field->type != FORM_LINES &&
	    fv_field_width(v, row, i) <= c->area.cols / 2;
}

static void
draw_pair(const struct form_view *v, struct canvas *c, size_t left, size_t right)
{
	int row = c->row, cols = c->cols, after;

	c->cols = cols / 2;
	draw_one(v, c, left);
	after = c->row;
	c->row = row;
	c->col = c->cols;
	draw_one(v, c, right);
	if (c->row < after)
		c->row = after;
	if (c->from >= row) /* both belong to the line of the cursor */
		c->to = c->row;
	c->col = 0;
	c->cols = cols;
}

static size_t
next_shown(const struct form_view *v, size_t i, size_t n)
{
	while (i < n && !is_on_page(v, i))
		i++;
	return i;
}

static void
draw_page(const struct form_view *v, struct canvas *c)
{
	size_t n, section = v->form->section_count;
	const struct form_field *fields = fv_fields(v, v->here.row, &n);

	c->row = 0;
	if (v->here.row->outer)
		draw_heading(c, row_title(v->here.row));
	for (size_t i = next_shown(v, 0, n), next; i < n; i = next) {
		next = next_shown(v, i + 1, n);
		if (!v->here.row->outer && one_scroll(v) && fields[i].section != section)
			draw_heading(c, form_say(&v->form->sections[fields[i].section].title));
		section = fields[i].section;
		if (next < n && fields[next].section == section && fits_half(v, c, i) &&
		    fits_half(v, c, next)) {
			draw_pair(v, c, i, next);
			next = next_shown(v, next + 1, n);
		} else {
			draw_one(v, c, i);
		}
	}
}

/* The place under the cursor in the middle, unless the page fits or ends. */
static int
first_row(const struct canvas *c, int all)
{
	int top = (c->from + c->to - c->area.rows) / 2;

	if (top > all - c->area.rows)
		top = all - c->area.rows;
	return top > 0 ? top : 0;
}

void
form_view_draw(const struct form_view *v, struct area area, bool focused)
{
	struct canvas c = { .area = area, .focused = focused, .cols = area.cols };
	int all;

	if (!v->read_only) {
		c.area.row += ASK_ROWS;
		c.area.rows -= ASK_ROWS + FOOT_ROWS;
		fv_draw_ask(v, area);
		area.row += area.rows - FOOT_ROWS;
		area.rows = FOOT_ROWS;
		fv_draw_foot(v, area);
	}
	draw_page(v, &c);
	all = c.row;
	c.top = first_row(&c, all);
	c.paint = true;
	draw_page(v, &c);
	draw_more(c.area, c.top > 0, c.top + c.area.rows < all);
}
