/*
 * table.c - layer 2: a list with columns, a cursor that stays on its row
 * while the rows change, and marks.  Called by screens.  Must never know what
 * a row is about.
 */
#include "text.h"
#include "widget.h"

#include <string.h>

/* Left of the first column: mark, cursor, blank. */
#define GUTTER 3
#define GAP 2
#define COLUMNS_MAX 16
#define ROOMY 40                 /* wider than that no column is without need */
#define SPARE_LEAST 3            /* for less than that no column moves */

struct table_view {
	int needs[COLUMNS_MAX];  /* width of the widest cell */
	size_t top;              /* first row of the last frame */
	size_t height;           /* rows it had room for */
};

void
table_init(struct table *t, struct arena *mem, const struct column *columns, size_t n,
           const char *empty)
{
	invariant(n <= COLUMNS_MAX);
	*t = (struct table){ .columns = columns, .n_columns = n, .empty = empty, .mem = mem };
	t->view = arena_make(mem, struct table_view);
	t->view->height = 1;
}

void
table_begin(struct table *t, struct arena *page)
{
	memset(t->view->needs, 0, sizeof(t->view->needs));
	t->page = page;
	t->rows = NULL;
	t->n_rows = t->room = 0;
	t->has_more = false;
}

static void *
grown(struct arena *a, const void *old, size_t n, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 32;
	void *bigger = arena_alloc(a, more * size);

	if (n > 0)
		memcpy(bigger, old, n * size);
	*room = more;
	return bigger;
}

/* As it will be shown; a is of the rows: there may be no frame yet. */
static int
width_of(struct arena *a, const char *text)
{
	return text_width(term_ascii() ? text_ascii(a, text) : text);
}

static void
note_need(struct arena *a, int *need, const char *text)
{
	size_t bytes = strlen(text); /* never less than its width, and quicker */
	int width = bytes > (size_t)*need ? width_of(a, text) : 0;

	if (width > *need)
		*need = width;
}

void
table_add(struct table *t, int64_t id, enum style style, const char *const *cells)
{
	const char **copy = arena_array(t->page, const char *, t->n_columns);

	for (size_t i = 0; i < t->n_columns; i++) {
		copy[i] = cells[i] ? arena_strdup(t->page, cells[i]) : "";
		note_need(t->page, &t->view->needs[i], copy[i]);
	}
	if (t->n_rows == t->room)
		t->rows = grown(t->page, t->rows, t->n_rows, &t->room, sizeof(*t->rows));
	t->rows[t->n_rows++] = (struct row){ .id = id, .style = style, .cells = copy };
}

static bool
find(const struct table *t, int64_t id, size_t *at)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].id == id) {
			*at = i;
			return true;
		}
	return false;
}

static void
forget_marks(struct table *t)
{
	size_t kept = 0, at;

	for (size_t i = 0; i < t->n_marks; i++)
		if (find(t, t->marks[i], &at))
			t->marks[kept++] = t->marks[i];
	t->n_marks = kept;
}

static void
move_to(struct table *t, size_t row)
{
	t->cursor = row < t->n_rows ? row : t->n_rows > 0 ? t->n_rows - 1 : 0;
	t->at_id = t->n_rows > 0 ? t->rows[t->cursor].id : 0;
}

void
table_end(struct table *t)
{
	size_t at = t->cursor;

	find(t, t->at_id, &at); /* a row that has gone leaves the cursor where it was */
	move_to(t, at);
	forget_marks(t);
}

int64_t
table_at(const struct table *t)
{
	return t->n_rows > 0 ? t->at_id : 0;
}

void
table_go(struct table *t, int64_t id)
{
	t->at_id = id;
	table_end(t);
}

void
table_restart(struct table *t)
{
	t->cursor = 0;
	t->at_id = 0;
}

/* ---- marks ---- */

bool
table_is_marked(const struct table *t, int64_t id)
{
	for (size_t i = 0; i < t->n_marks; i++)
		if (t->marks[i] == id)
			return true;
	return false;
}

size_t
table_marked(const struct table *t, const int64_t **ids)
{
	*ids = t->n_marks > 0 ? t->marks : &t->at_id;
	return t->n_marks > 0 ? t->n_marks : t->n_rows > 0;
}

void
table_unmark(struct table *t)
{
	t->n_marks = 0;
}

static void
mark(struct table *t, int64_t id)
{
	for (size_t i = 0; i < t->n_marks; i++)
		if (t->marks[i] == id) {
			t->marks[i] = t->marks[--t->n_marks];
			return;
		}
	if (t->n_marks == t->marks_room)
		t->marks = grown(t->mem, t->marks, t->n_marks, &t->marks_room,
		    sizeof(*t->marks));
	t->marks[t->n_marks++] = id;
}

/* ---- moving ---- */

static unsigned
go_down(struct table *t, size_t by)
{
	unsigned reaction = DRAW;

	if (t->has_more && t->more && t->cursor + by >= t->n_rows)
		reaction |= t->more(t->on);
	move_to(t, t->cursor + by);
	return reaction;
}

static unsigned
go_up(struct table *t, size_t by)
{
	move_to(t, t->cursor > by ? t->cursor - by : 0);
	return DRAW;
}

static unsigned
act_down(void *on)
{
	return go_down(on, 1);
}

static unsigned
act_up(void *on)
{
	return go_up(on, 1);
}

static unsigned
act_page_down(void *on)
{
	struct table *t = on;

	return go_down(t, t->view->height);
}

static unsigned
act_page_up(void *on)
{
	struct table *t = on;

	return go_up(t, t->view->height);
}

static unsigned
act_first(void *on)
{
	struct table *t = on;

	return go_up(t, t->cursor);
}

static unsigned
act_last(void *on)
{
	struct table *t = on;

	return go_down(t, t->n_rows);
}

static unsigned
act_mark(void *on)
{
	struct table *t = on;

	if (t->n_rows == 0)
		return NOTHING;
	mark(t, t->at_id);
	return go_down(t, 1);
}

static unsigned
act_unmark(void *on)
{
	table_unmark(on);
	return DRAW;
}

static bool
has_marks(const void *on)
{
	const struct table *t = on;

	return t->n_marks > 0;
}

/* ---- drawing ---- */

static int
need_of(const struct table *t, size_t i)
{
	int title = shown_width(_(t->columns[i].title)), need = t->view->needs[i];

	need = need > title ? need : title;
	return need > 0 ? need : 1;
}

/* Flexible columns get what they need; where that is too much, the neediest
 * are cut alike.  Returns what is left. */
static int
share(const struct table *t, int left, int widths[static COLUMNS_MAX])
{
	int sharing = 0;
	bool settled = true;

	for (size_t i = 0; i < t->n_columns; i++)
		sharing += widths[i] == 0;
	while (settled && sharing > 0) {
		settled = false;
		for (size_t i = 0; i < t->n_columns; i++)
			if (widths[i] == 0 && need_of(t, i) <= left / sharing) {
				widths[i] = need_of(t, i);
				left -= widths[i];
				settled = true;
				if (--sharing == 0)
					return left;
			}
	}
	for (size_t i = 0; i < t->n_columns; i++)
		if (widths[i] == 0) {
			widths[i] = left > sharing ? left / sharing : 1;
			left -= widths[i];
			sharing--;
		}
	return 0;
}

/* What nobody needs goes to the fixed ones that cut something, then to the
 * flexible ones; beyond that the right is left empty, so that a row can be read
 * across a wide terminal. */
static void
widen(const struct table *t, int left, int sharing, int widths[static COLUMNS_MAX])
{
	for (size_t i = 0; i < t->n_columns; i++) {
		int more = widths[i] > 0 && t->columns[i].width ? need_of(t, i) - widths[i] : 0;

		more = more < left ? more : left;
		widths[i] += more > 0 ? more : 0;
		left -= more > 0 ? more : 0;
	}
	for (size_t i = 0; i < t->n_columns; i++)
		if (widths[i] > 0 && !t->columns[i].width) {
			int more = ROOMY - widths[i];

			more = more < left / sharing ? more : left / sharing;
			widths[i] += more > 0 ? more : 0;
			left -= more > 0 ? more : 0;
			sharing--;
		}
}

/* Where a flexible column would be cut, fixed ones give what none of their cells
 * needs, the last first.  Returns what is left now. */
static int
narrow(const struct table *t, int left, int widths[static COLUMNS_MAX])
{
	int wanted = -left;

	for (size_t i = 0; i < t->n_columns; i++)
		wanted += widths[i] == 0 ? need_of(t, i) : 0;
	for (size_t i = t->n_columns; i-- > 0 && wanted > 0;) {
		int spare = widths[i] > 0 ? widths[i] - need_of(t, i) : 0;

		if (spare < SPARE_LEAST)
			continue;
		spare = spare < wanted ? spare : wanted;
		widths[i] -= spare;
		wanted -= spare;
		left += spare;
	}
	return left;
}

static void
measure(const struct table *t, int cols, int widths[static COLUMNS_MAX])
{
	int left = cols - GUTTER - 1, sharing = 0;

	for (size_t i = 0; i < t->n_columns; i++) {
		const struct column *c = &t->columns[i];

		widths[i] = term_cols() < c->from_cols ? -1 : c->width;
		if (widths[i] < 0)
			continue;
		left -= widths[i] + (i > 0 ? GAP : 0);
		sharing += widths[i] == 0;
	}
	left = share(t, narrow(t, left, widths), widths);
	if (left > 0)
		widen(t, left, sharing, widths);
}

static void
draw_cell(const struct column *c, int row, int col, int width, enum style style,
          const char *text)
{
	if (c->align == RIGHT)
		draw_right(row, col, width, style, text);
	else
		draw_text(row, col, width, style, text);
}

static void
draw_headings(const struct table *t, struct area area, const int *widths)
{
	int col = area.col + GUTTER;

	/* how many are marked: most of them may be out of sight */
	if (t->n_marks > 0)
		draw_format(area.row, area.col, GUTTER, STYLE_PLAIN, "%zu", t->n_marks);
	for (size_t i = 0; i < t->n_columns; i++) {
		if (widths[i] < 0)
			continue;
		draw_cell(&t->columns[i], area.row, col, widths[i], STYLE_PLAIN,
		    _(t->columns[i].title));
		col += widths[i] + GAP;
	}
	draw_style(area.row, area.col, area.cols, STYLE_HEADING);
}

static void
draw_row(const struct table *t, size_t at, struct area line, const int *widths, bool here)
{
	const struct row *r = &t->rows[at];
	int from = line.col + GUTTER, col = from, last = from;

	if (here)
		draw_text(line.row, line.col + 1, 1, STYLE_STRONG, "▸");
	if (table_is_marked(t, r->id))
		draw_text(line.row, line.col, 1, STYLE_STRONG, "x");
	for (size_t i = 0; i < t->n_columns; i++) {
		if (widths[i] < 0)
			continue;
		draw_cell(&t->columns[i], line.row, col, widths[i], r->style, r->cells[i]);
		if (*r->cells[i])
			last = col;
		col += widths[i] + GAP;
	}
	/* also between the cells: turned on and off for each, it would double what is sent */
	draw_style(line.row, from, last - from, r->style);
}

/* As little scrolling as shows the cursor. */
static void
scroll(const struct table *t, size_t height)
{
	struct table_view *view = t->view;

	view->height = height > 0 ? height : 1;
	if (t->cursor < view->top)
		view->top = t->cursor;
	if (t->cursor >= view->top + view->height)
		view->top = t->cursor - view->height + 1;
	if (view->top + view->height > t->n_rows)
		view->top = t->n_rows > view->height ? t->n_rows - view->height : 0;
}

void
table_draw(const struct table *t, struct area area, enum table_focus focus)
{
	int widths[COLUMNS_MAX];

	measure(t, area.cols, widths);
	draw_headings(t, area, widths);
	area.row++;
	area.rows--;
	scroll(t, (size_t)(area.rows > 0 ? area.rows : 0));
	/* beside the headings: beside the rows they would be sent anew with each that moves */
	draw_more((struct area){ area.row - 1, area.col, 1, area.cols - 1 }, t->view->top > 0,
	    false);
	draw_more((struct area){ area.row - 1, area.col, 1, area.cols }, false,
	    t->view->top + t->view->height < t->n_rows || t->has_more);
	if (t->n_rows == 0 && t->empty)
		draw_wrapped((struct area){ area.row, area.col + GUTTER, area.rows,
		    area.cols - GUTTER - 1 }, STYLE_PLAIN, _(t->empty));
	for (int i = 0; i < area.rows && t->view->top + (size_t)i < t->n_rows; i++) {
		size_t at = t->view->top + (size_t)i;
		bool here = at == t->cursor;

		draw_row(t, at, (struct area){ area.row + i, area.col, 1, area.cols }, widths,
		    here && focus != TABLE_ASIDE);
		if (here && focus == TABLE_HERE)
			draw_cursor(area.row + i, area.col + 1);
	}
}

const struct binding table_bindings[] = {
	{ .keys = "Down j", .act = act_down, .help = N_("to the next row") },
	{ .keys = "Up k", .act = act_up, .help = N_("to the row before") },
	{ .keys = "PgDn ^D", .act = act_page_down, .help = N_("one page down") },
	{ .keys = "PgUp ^U", .act = act_page_up, .help = N_("one page up") },
	{ .keys = "Home g", .act = act_first, .help = N_("to the first row") },
	{ .keys = "End G", .act = act_last, .help = N_("to the last row that is loaded") },
	{ 0 }
};

const struct binding table_mark_bindings[] = {
	{ .keys = "x Ins", .label = N_("Mark"), .act = act_mark,
	  .help = N_("mark this row, to do something to several at once") },
	{ .keys = "X", .act = act_unmark, .can = has_marks, .help = N_("remove all marks") },
	{ 0 }
};
