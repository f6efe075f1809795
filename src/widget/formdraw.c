/*
 * formdraw.c - layer 2: paints a form view: the question to ask on top, the
 * fields of the page, below them the choices and the help of the field under
 * the cursor.  Called by screens.  Must never change the view.
 */
#include "forminside.h"

#include <string.h>

#include "text.h"

#define ASK_ROWS 2
#define HELP_ROWS 5
#define LABEL_COL 3
#define LABEL_WIDTH 29
#define VALUE_COL (LABEL_COL + LABEL_WIDTH + 1)
#define LINES_ROWS 3             /* of an empty field of several lines */
#define LINES_ROWS_MAX 8

/* One pass over the page measures, another paints: row 0 is the first line. */
struct canvas {
	struct area area;
	int top;                 /* row of the page shown first */
	int row;                 /* where the next thing goes */
	bool paint, focused;
	int from, to;            /* rows of the field under the cursor */
};

static bool
is_visible(const struct canvas *c, int row)
{
	return c->paint && row >= c->top && row < c->top + c->area.rows;
}

static int
screen_row(const struct canvas *c, int row)
{
	return c->area.row + row - c->top;
}

/* A field of the current page; read-only shows all pages. */
static bool
is_on_page(const struct form_view *v, size_t i)
{
	bool here = v->form->fields[i].section == fv_field(v)->section;

	return v->seen[i] && (v->read_only || here);
}

/* ---- values ---- */

static int
value_width(const struct form_field *field, int room)
{
	static const int widths[] = {
		[FORM_TEXT] = 40, [FORM_LINES] = 76, [FORM_CHOICE] = 40, [FORM_DATE] = 12,
		[FORM_YES_NO] = 6, [FORM_NUMBER] = 10, [FORM_MONEY] = 14,
	};
	int width = widths[field->type];

	return width < room ? width : room;
}

static void
draw_lines(const struct form_view *v, struct canvas *c, size_t i, int width)
{
	const char *text = fv_typed(v, i);
	bool editing = i == v->at && !v->read_only;
	char **lines;
	size_t n = text_wrap(frame_mem(), text, width, &lines), line = 0, first = 0;
	size_t rows = n;
	int col = 0;

	if (editing)
		edit_find_cursor(&v->edit, lines, n, &line, &col);
	if (rows < LINES_ROWS && !v->read_only)
		rows = LINES_ROWS;
	if (rows < line + 1)
		rows = line + 1;
	if (rows > LINES_ROWS_MAX)
		rows = LINES_ROWS_MAX;
	if (rows == 0)
		rows = 1;
	if (line >= rows)
		first = line - rows + 1;
	for (size_t k = 0; k < rows; k++, c->row++) {
		int row = screen_row(c, c->row);

		if (!is_visible(c, c->row))
			continue;
		draw_text(row, VALUE_COL, width, STYLE_PLAIN,
		          first + k < n ? lines[first + k] : "");
		if (!v->read_only)
			draw_style(row, VALUE_COL, width, STYLE_FIELD);
	}
	if (editing && c->focused && c->paint)
		draw_cursor(screen_row(c, c->row - (int)(rows - (line - first))), VALUE_COL + col);
}

static void
draw_box(const struct form_view *v, size_t i, int row, int width, bool focused)
{
	const struct form_field *field = &v->form->fields[i];
	bool here = i == v->at && focused;

	draw_text(row, VALUE_COL - 2, 1, STYLE_PLAIN, "[");
	draw_text(row, VALUE_COL + width, 2, STYLE_PLAIN, field->type == FORM_CHOICE ? "▾]" : " ]");
	if (i == v->at && !fv_is_chosen(field)) {
		edit_draw(&v->edit, row, VALUE_COL, width, here);
		return;
	}
	draw_text(row, VALUE_COL, width, STYLE_PLAIN, fv_typed(v, i));
	draw_style(row, VALUE_COL, width, STYLE_FIELD);
	if (here)
		draw_cursor(row, VALUE_COL);
}

static const char *
needed_later(const struct form_view *v, size_t i)
{
	const struct form_field *field = &v->form->fields[i];

	if (*fv_typed(v, i) || field->required <= v->world.stage)
		return "";
	if (field->required == FORM_REVIEW)
		return _("needed at review");
	return field->required == FORM_DECISION ? _("needed at decision") : "";
}

/* Behind the value: its unit, and where there is room, when it is needed. */
static void
draw_behind(const struct form_view *v, size_t i, int row, int col, int room)
{
	const char *unit = form_say(&v->form->fields[i].unit);
	const char *later = needed_later(v, i);
	int used = *unit ? draw_text(row, col, room, STYLE_PLAIN, unit) + 1 : 0;

	if (text_width(later) <= room - used)
		draw_text(row, col + used, room - used, STYLE_QUIET, later);
}

static void
draw_value(const struct form_view *v, struct canvas *c, size_t i)
{
	const struct form_field *field = &v->form->fields[i];
	int room = c->area.cols - VALUE_COL - 3, row = screen_row(c, c->row);
	int width = value_width(field, room);
	const char *shown;

	if (field->type == FORM_LINES && (!v->read_only || *fv_typed(v, i))) {
		draw_lines(v, c, i, width);
		return;
	}
	if (is_visible(c, c->row) && v->read_only) {
		shown = form_value_show(frame_mem(), field, fv_canonical(v, i));
		draw_text(row, VALUE_COL, room, STYLE_PLAIN, *shown ? shown : "–");
		if (i == v->at && c->focused)
			draw_cursor(row, VALUE_COL);
	} else if (is_visible(c, c->row)) {
		draw_box(v, i, row, width, c->focused);
		draw_behind(v, i, row, VALUE_COL + width + 3, room - width - 2);
	}
	c->row++;
}

/* ---- the page ---- */

static void
draw_label(const struct form_view *v, const struct canvas *c, size_t i)
{
	const struct form_field *field = &v->form->fields[i];
	const char *label = form_say(&field->label);
	int row = screen_row(c, c->row);
	bool needed = !v->read_only && field->required <= v->world.stage;
	enum style style = i == v->at && c->focused ? STYLE_STRONG : STYLE_PLAIN;

	if (!is_visible(c, c->row))
		return;
	if (i == v->at && c->focused)
		draw_text(row, LABEL_COL - 2, 1, STYLE_STRONG, "▸");
	draw_format(row, LABEL_COL, LABEL_WIDTH - 2, style, needed ? "%s *" : "%s", label);
}

static void
draw_error(const struct form_view *v, struct canvas *c, size_t i)
{
	char **lines;
	size_t n;

	if (!v->slots[i].why)
		return;
	n = text_wrap(frame_mem(), v->slots[i].why, c->area.cols - LABEL_COL - 3, &lines);
	for (size_t k = 0; k < n; k++, c->row++)
		if (is_visible(c, c->row))
			draw_format(screen_row(c, c->row), LABEL_COL - 2, c->area.cols - LABEL_COL,
			            STYLE_ALERT, k == 0 ? "! %s" : "  %s", lines[k]);
}

static void
draw_heading(const struct form_view *v, struct canvas *c, size_t section)
{
	if (c->row > 0)
		c->row++;
	if (is_visible(c, c->row))
		draw_text(screen_row(c, c->row), 1, c->area.cols - 2, STYLE_STRONG,
		          form_say(&v->form->sections[section].title));
	c->row++;
}

static void
draw_page(const struct form_view *v, struct canvas *c)
{
	size_t section = v->form->section_count;

	c->row = 0;
	for (size_t i = 0; i < v->form->field_count; i++) {
		const struct form_field *field = &v->form->fields[i];
		int from;

		if (!is_on_page(v, i))
			continue;
		if (v->read_only && field->section != section)
			draw_heading(v, c, field->section);
		section = field->section;
		from = c->row;
		draw_label(v, c, i);
		draw_value(v, c, i);
		draw_error(v, c, i);
		if (i == v->at) {
			c->from = from;
			c->to = c->row;
		}
	}
}

/* The field under the cursor in the middle, unless the page fits or ends. */
static int
first_row(const struct canvas *c, int all)
{
	int top = (c->from + c->to - c->area.rows) / 2;

	if (top > all - c->area.rows)
		top = all - c->area.rows;
	return top > 0 ? top : 0;
}

/* ---- around it ---- */

static void
draw_ask(const struct form_view *v, struct area area)
{
	const struct form_field *field = fv_field(v);
	const char *ask = form_say(&field->ask);
	const char *basis = field->basis ? field->basis : v->form->basis;
	int taken = basis ? text_width(basis) + 2 : 0;

	if (basis)
		draw_right(area.row, area.cols - taken, taken - 1, STYLE_QUIET, basis);
	if (*ask) {
		area.col = 1;
		area.cols -= taken + 3;
		area.rows = ASK_ROWS;
		draw_wrapped(area, STYLE_STRONG, arena_printf(frame_mem(), _("Ask: \"%s\""), ask));
	}
}

/* "flat · sublet room · shared": what can be chosen. */
static const char *
all_choices(const struct form_field *field)
{
	const char *all = "";

	if (field->type == FORM_YES_NO)
		return _("y yes · n no");
	for (size_t i = 0; i < field->choice_count; i++)
		all = arena_printf(frame_mem(), "%s%s%s", all, i ? " · " : "",
		                   form_say(&field->choices[i].label));
	return all;
}

static void
draw_help(const struct form_view *v, struct area area)
{
	const struct form_field *field = fv_field(v);
	const struct form_text *help = &field->help;
	int used;

	if (!help->in[LANG_EN] && !help->in[LANG_DE])
		help = &v->form->sections[field->section].help;
	area.col = 1;
	area.cols -= 2;
	if (fv_is_chosen(field)) {
		used = draw_wrapped(area, STYLE_PLAIN, all_choices(field));
		area.row += used;
		area.rows -= used;
	}
	used = draw_wrapped(area, STYLE_QUIET, form_say(help));
	area.row += used;
	area.rows -= used;
	draw_wrapped(area, STYLE_QUIET, needed_later(v, v->at));
}

void
form_view_draw(const struct form_view *v, struct area area, bool focused)
{
	struct canvas c = { .area = area, .focused = focused };

	if (!v->read_only) {
		c.area.row += ASK_ROWS;
		c.area.rows -= ASK_ROWS + HELP_ROWS;
		draw_ask(v, area);
		area.row += area.rows - HELP_ROWS;
		area.rows = HELP_ROWS;
		draw_help(v, area);
	}
	draw_page(v, &c);
	c.top = first_row(&c, c.row);
	c.paint = true;
	draw_page(v, &c);
}
