/*
 * formbox.c - layer 2: paints one field of a form view: label, value, what is
 * wrong with it.  Called by formdraw.c.  Must never change the view.
 */
#include "forminside.h"

#include <string.h>

#include "text.h"

#define LINES_ROWS 3             /* of an empty field of several lines */
#define LINES_ROWS_MAX 8

/* ---- values ---- */

const char *
fv_shown(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_cell *cell = fv_cell(v, row, i);
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];
	const char *canonical = field->compute ? (cell && cell->text ? cell->text : "")
	                                       : fv_canonical(row, field);

	return *canonical ? form_value_tell(frame_mem(), field, canonical, v->names)
	                  : fv_typed(v, row, i);
}

static const struct form_field *
field_of(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	size_t n;

	return &fv_fields(v, row, &n)[i];
}

static bool
is_here(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	return row == v->here.row && i == v->here.at;
}

/* Typed are numbers, read are names. */
static bool
is_people(const struct form_field *field)
{
	return field->type == FORM_PERSON || field->type == FORM_MEMBERS;
}

static int
box_width(const struct form_field *field)
{
	static const int widths[] = {
		[FORM_TEXT] = 40, [FORM_LINES] = 76, [FORM_CHOICE] = 40, [FORM_DATE] = 12,
		[FORM_YES_NO] = 6, [FORM_NUMBER] = 10, [FORM_MONEY] = 14, [FORM_DECIMAL] = 10,
		[FORM_CHOICES] = 40, [FORM_PART_DATE] = 12, [FORM_PERIOD] = 26, [FORM_TIME] = 8,
		[FORM_LANGUAGE] = 24, [FORM_COUNTRY] = 30, [FORM_PERSON] = 26,
		[FORM_MEMBERS] = 40, [FORM_PAPER] = 30, [FORM_IDENTIFIER] = 24, [FORM_IBAN] = 30,
		[FORM_PHONE] = 22, [FORM_EMAIL] = 40, [FORM_ADDRESS] = 60,
		[FORM_REFERENCE] = 24, [FORM_REPEAT] = 40,
	};

	return widths[field->type];
}

static int
value_width(const struct form_field *field, int room)
{
	int width = box_width(field);

	return width < room ? width : room;
}

/* What stands quietly behind the value when there is room. */
static const char *
behind(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_field *field = field_of(v, row, i);
	const char *canonical = fv_canonical(row, field);

	if (is_people(field) && *canonical) /* else it stands in the field */
		return is_here(v, row, i) ? form_value_tell(frame_mem(), field, canonical, v->names)
		                          : "";
	return row->slots[i].from ? row->slots[i].from : fv_needed_later(v, row, i);
}

int
fv_field_width(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_field *field = field_of(v, row, i);
	int unit = shown_width(form_say(&field->unit));

	return FV_VALUE_COL + box_width(field) + 3 + (unit ? unit + 1 : 0);
}

/* ---- several lines ---- */

struct lines {
	char **text;
	size_t n, shown, first, line; /* line: of the cursor */
	int col;
};

static struct lines
lines_of(const struct form_view *v, const struct form_view_row *row, size_t i, int width,
         bool editing)
{
	struct lines l = { .n = text_wrap(frame_mem(), fv_typed(v, row, i), width, &l.text) };

	if (editing)
		edit_find_cursor(&row->slots[i].edit, l.text, l.n, &l.line, &l.col);
	l.shown = l.n < LINES_ROWS && !v->read_only ? LINES_ROWS : l.n;
	if (l.shown < l.line + 1)
		l.shown = l.line + 1;
	if (l.shown > LINES_ROWS_MAX)
		l.shown = LINES_ROWS_MAX;
	if (l.line >= l.shown)
		l.first = l.line - l.shown + 1;
	return l;
}

static void
draw_lines(const struct form_view *v, struct canvas *c, const struct form_view_row *row, size_t i,
           int width)
{
	bool closed = fv_is_closed(v, field_of(v, row, i));
	bool editing = row == v->here.row && i == v->here.at && !closed;
	struct lines l = lines_of(v, row, i, width, editing);
	int col = c->col + FV_VALUE_COL, line = c->row + (int)(l.line - l.first);

	for (size_t k = 0; k < l.shown; k++, c->row++) {
		bool is_text = l.first + k < l.n;

		if (!canvas_shows(c, c->row))
			continue;
		draw_text(canvas_row(c, c->row), col, width, STYLE_PLAIN,
		    is_text ? l.text[l.first + k] : "");
		if (!closed)
			draw_style(canvas_row(c, c->row), col, width, STYLE_FIELD);
	}
	if (editing && c->focused && canvas_shows(c, line))
		draw_cursor(canvas_row(c, line), col + l.col);
}

/* ---- one line ---- */

static void
draw_box(const struct form_view *v, const struct canvas *c, const struct form_view_row *row,
         size_t i, int width)
{
	const struct form_field *field = field_of(v, row, i);
	bool here = is_here(v, row, i), listed = fv_is_chosen(field) && field->type != FORM_YES_NO;
	int at = canvas_row(c, c->row), col = c->col + FV_VALUE_COL;

	draw_text(at, col - 2, 1, STYLE_PLAIN, "[");
	draw_text(at, col + width, 2, STYLE_PLAIN, listed ? "▾]" : " ]");
	if (here && fv_is_typed(field)) {
		edit_draw(&row->slots[i].edit, at, col, width, c->focused);
		return;
	}
	draw_text(at, col, width, STYLE_PLAIN, is_people(field) && *fv_canonical(row, field)
	    ? fv_shown(v, row, i) : fv_typed(v, row, i));
	draw_style(at, col, width, STYLE_FIELD);
	if (here && c->focused)
		draw_cursor(at, col);
}

const char *
fv_needed_later(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_field *field = field_of(v, row, i);

	if (*fv_typed(v, row, i) || row->slots[i].row_count > 0 ||
	    field->required <= v->world.stage || field->compute)
		return "";
	if (field->required == FORM_REVIEW)
		return _("needed at review");
	return field->required == FORM_DECISION ? _("needed at decision") : "";
}

/* Behind the value: its unit, and where there is room, what is known of it. */
static void
draw_behind(const struct form_view *v, const struct canvas *c, const struct form_view_row *row,
            size_t i, int width)
{
	const char *unit = form_say(&field_of(v, row, i)->unit), *more = behind(v, row, i);
	int at = canvas_row(c, c->row), col = c->col + FV_VALUE_COL + width + 3;
	int room = c->col + c->cols - col - 1;
	int used = *unit ? draw_text(at, col, room, STYLE_PLAIN, unit) + 1 : 0;

	if (shown_width(more) <= room - used)
		draw_text(at, col + used, room - used, STYLE_QUIET, more);
}

/* What nobody types here: read only, or computed. */
static void
draw_plain(const struct form_view *v, const struct canvas *c, const struct form_view_row *row,
           size_t i, int room)
{
	const struct form_field *field = field_of(v, row, i);
	const char *shown = fv_shown(v, row, i);
	int at = canvas_row(c, c->row), col = c->col + FV_VALUE_COL;
	int used = 0;

	if (field->compute && !v->read_only)
		used = draw_text(at, col - 2, 1, STYLE_PLAIN, "=") - 1;
	draw_text(at, col + used, room, field->compute ? STYLE_STRONG : STYLE_PLAIN,
	    *shown ? shown : "–");
	if (is_here(v, row, i) && c->focused)
		draw_cursor(at, col);
}

static void
draw_value(const struct form_view *v, struct canvas *c, const struct form_view_row *row, size_t i)
{
	const struct form_field *field = field_of(v, row, i);
	int room = c->cols - FV_VALUE_COL - 3, width = value_width(field, room);

	if (field->type == FORM_LINES && (!fv_is_closed(v, field) || *fv_typed(v, row, i))) {
		draw_lines(v, c, row, i, width);
		return;
	}
	if (canvas_shows(c, c->row) && fv_is_closed(v, field)) {
		draw_plain(v, c, row, i, room);
	} else if (canvas_shows(c, c->row)) {
		draw_box(v, c, row, i, width);
		draw_behind(v, c, row, i, width);
	}
	c->row++;
}

static void
draw_label(const struct form_view *v, const struct canvas *c, const struct form_view_row *row,
           size_t i)
{
	const char *label = form_say(&field_of(v, row, i)->label);
	const struct form_cell *cell = fv_cell(v, row, i);
	bool needed = !v->read_only && cell && cell->required;
	bool here = is_here(v, row, i) && c->focused;
	int at = canvas_row(c, c->row);

	if (!canvas_shows(c, c->row))
		return;
	if (here)
		draw_text(at, c->col + FV_LABEL_COL - 2, 1, STYLE_STRONG, "▸");
	if (needed) /* however long it is */
		label = arena_printf(frame_mem(), "%s *", text_cut(frame_mem(), label,
		    FV_LABEL_WIDTH - 4));
	draw_text(at, c->col + FV_LABEL_COL, FV_LABEL_WIDTH - 2, here ? STYLE_STRONG : STYLE_PLAIN,
	    label);
}

/* ---- what is wrong ---- */

static void
draw_sentence(struct canvas *c, enum style style, const char *sign, const char *sentence)
{
	char **lines;
	size_t n = shown_lines(sentence, c->cols - FV_LABEL_COL - 3, &lines);

	for (size_t k = 0; k < n; k++, c->row++)
		if (canvas_shows(c, c->row))
			draw_format(canvas_row(c, c->row), c->col + FV_LABEL_COL - 2,
			    c->cols - FV_LABEL_COL, style, "%s %s", k == 0 ? sign : " ",
			    lines[k]);
}

static void
draw_finding(const struct form_view *v, struct canvas *c, const struct form_finding *f)
{
	const char *reason = json_string_value(json_object_get(v->reasons, f->path));
	enum style style = f->severity == FORM_HINT ? STYLE_QUIET : STYLE_ALERT;
	const char *text = f->sentence;

	if (f->severity == FORM_WARN && reason) {
		style = STYLE_QUIET;
		text = arena_printf(frame_mem(), _("%s Reason: %s"), text, reason);
	} else if (f->severity == FORM_WARN) {
		text = arena_printf(frame_mem(), _("Check: %s"), text);
	}
	draw_sentence(c, style, f->severity == FORM_HINT ? "i" : "!", text);
}

void
fv_draw_findings(const struct form_view *v, struct canvas *c, const struct form_view_row *row,
                 size_t i)
{
	const struct form_finding *f;
	const char *why = row->slots[i].why;
	size_t from = 0;

	if (why)
		draw_sentence(c, STYLE_ALERT, "!", why);
	while ((f = fv_finding(v, row, i, &from)))
		if (fv_is_told(v, row, i, f) && !(why && f->severity == FORM_STOP))
			draw_finding(v, c, f);
}

void
fv_draw_field(const struct form_view *v, struct canvas *c, const struct form_view_row *row,
              size_t i)
{
	draw_label(v, c, row, i);
	draw_value(v, c, row, i);
	fv_draw_findings(v, c, row, i);
}
