/*
 * formrowsdraw.c - layer 2: paints a repeat of a form view as a table: its
 * rows, and the line that adds one.  Called by formdraw.c.  Must never change
 * the view.
 */
#include "forminside.h"

#include <string.h>

#include "text.h"

#define COLUMNS_MAX 8
#define NUMBER_COL (FV_LABEL_COL + 2)
#define FIRST_COL (NUMBER_COL + 4)
#define COLUMN_MAX 26
#define COLUMN_MIN 5

struct columns {
	size_t field[COLUMNS_MAX];
	int width[COLUMNS_MAX];
	size_t count;
};

static const char *
cell_text(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	size_t n, rows = row->slots[i].row_count;
	const struct form_field *field = &fv_fields(v, row, &n)[i];

	if (!fv_seen(v, row, i))
		return "";
	if (field->type != FORM_REPEAT)
		return fv_shown(v, row, i);
	return arena_printf(frame_mem(), "%zu", rows);
}

/* As wide as what stands in it, within bounds. */
static int
width_of(const struct form_view *v, const struct form_view_slot *slot,
         const struct form_field *field, size_t i)
{
	int width = shown_width(form_say_short(field));

	for (size_t k = 0; k < slot->row_count; k++) {
		int w = shown_width(cell_text(v, slot->rows[k], i));

		if (w > width)
			width = w;
	}
	return width < COLUMN_MIN ? COLUMN_MIN : width > COLUMN_MAX ? COLUMN_MAX : width;
}

/* Those that fit, from the first. */
static struct columns
columns_of(const struct form_view *v, const struct form_view_slot *slot,
           const struct form_field *repeat, int room)
{
	struct columns cols = { .count = 0 };

	for (size_t i = 0; i < repeat->field_count && cols.count < COLUMNS_MAX; i++) {
		int width = width_of(v, slot, &repeat->fields[i], i);

		if (width > room)
			break;
		cols.field[cols.count] = i;
		cols.width[cols.count++] = width;
		room -= width + 2;
	}
	return cols;
}

static void
draw_titles(struct canvas *c, const struct form_field *repeat, const struct columns *cols)
{
	int col = c->col + FIRST_COL;

	for (size_t k = 0; k < cols->count && canvas_shows(c, c->row); k++) {
		draw_text(canvas_row(c, c->row), col, cols->width[k], STYLE_QUIET,
		    form_say_short(&repeat->fields[cols->field[k]]));
		col += cols->width[k] + 2;
	}
	c->row++;
}

static bool
is_here(const struct form_view *v, const struct form_view_row *row, size_t i, size_t sub)
{
	return row == v->here.row && i == v->here.at && sub == v->here.sub;
}

static void
mark_here(const struct form_view *v, struct canvas *c, bool here)
{
	if (!here)
		return;
	c->from = c->row;
	c->to = c->row + 1;
	if (!canvas_shows(c, c->row) || !c->focused)
		return;
	if (!v->read_only || v->here.row->slots[v->here.at].row_count > 0)
		draw_text(canvas_row(c, c->row), c->col + NUMBER_COL - 2, 1, STYLE_STRONG, "▸");
	draw_cursor(canvas_row(c, c->row), c->col + NUMBER_COL);
}

static void
draw_row(const struct form_view *v, struct canvas *c, const struct form_view_row *row,
         const struct columns *cols, bool here)
{
	bool wrong = fv_row_is_wrong(v, row);
	int at = canvas_row(c, c->row), col = c->col + FIRST_COL;
	enum style style = wrong ? STYLE_ALERT : here ? STYLE_STRONG : STYLE_PLAIN;

	if (!canvas_shows(c, c->row))
		return;
	draw_format(at, c->col + NUMBER_COL, 4, style, wrong ? "%zu !" : "%zu",
	    fv_number(row) + 1);
	for (size_t k = 0; k < cols->count; k++) {
		draw_text(at, col, cols->width[k], style, cell_text(v, row, cols->field[k]));
		col += cols->width[k] + 2;
	}
}

static void
draw_add_line(const struct form_view *v, struct canvas *c, const struct form_view_slot *slot,
              const struct form_field *repeat)
{
	const char *add = slot->row_count == 0 ? _("+ add: Ins") : _("+ another: Ins");

	if (v->read_only)
		add = "–";
	if (canvas_shows(c, c->row))
		draw_text(canvas_row(c, c->row), c->col + NUMBER_COL, c->cols - NUMBER_COL - 1,
		    STYLE_QUIET, repeat->max > 0 ? add : "–");
	c->row++;
}

static void
draw_label(const struct form_view *v, struct canvas *c, const struct form_view_row *row, size_t i,
           const struct form_field *repeat)
{
	const struct form_cell *cell = fv_cell(v, row, i);
	bool needed = !v->read_only && cell &&
	    (cell->required || (repeat->min > 0 && repeat->required <= v->world.stage));
	bool here = row == v->here.row && i == v->here.at && c->focused;
	const char *later = fv_needed_later(v, row, i);
	int at = canvas_row(c, c->row);

	if (canvas_shows(c, c->row)) {
		draw_format(at, c->col + FV_LABEL_COL, c->cols - FV_LABEL_COL - 1,
		    here ? STYLE_STRONG : STYLE_PLAIN, needed ? "%s *" : "%s",
		    form_say(&repeat->label));
		if (row->slots[i].row_count == 0)
			draw_right(at, c->col + c->cols - 25, 24, STYLE_QUIET, later);
	}
	c->row++;
}

void
fv_draw_rows(const struct form_view *v, struct canvas *c, struct form_view_row *row, size_t i)
{
	const struct form_view_slot *slot = &row->slots[i];
	size_t n, stops = fv_stops(v, row, i);
	const struct form_field *repeat = &fv_fields(v, row, &n)[i];
	struct columns cols = columns_of(v, slot, repeat, c->cols - FIRST_COL - 1);

	draw_label(v, c, row, i, repeat);
	if (slot->row_count > 0)
		draw_titles(c, repeat, &cols);
	for (size_t k = 0; k < slot->row_count; k++, c->row++) {
		mark_here(v, c, is_here(v, row, i, k));
		draw_row(v, c, slot->rows[k], &cols, is_here(v, row, i, k));
	}
	if (stops > slot->row_count) {
		mark_here(v, c, is_here(v, row, i, slot->row_count));
		draw_add_line(v, c, slot, repeat);
	}
	fv_draw_findings(v, c, row, i);
}
