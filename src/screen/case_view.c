/*
 * case_view.c - layer 3: the lines of a case file on the screen: which of them
 * are seen, where the cursor is, what bars the next step.  Called by case.c.
 * Must never ask the engine.
 */
#include "case.h"

#include "text.h"

#define LABEL_COL 3
#define LABEL_WIDTH 11           /* "Unterlagen" */
#define TEXT_COL (LABEL_COL + LABEL_WIDTH)

struct case_view {
	size_t top, at;          /* first line shown; the one under the cursor */
	size_t height;
	bool cut;                /* not all that blocks is seen at the bottom */
};

/* ---- drawing ---- */

/* The line under the cursor, wherever it is now. */
static void
find_cursor(const struct case_screen *st, const struct case_line *lines, size_t n)
{
	struct case_view *view = st->view;

	for (size_t i = 0; i < n; i++)
		if (lines[i].id == st->line) {
			view->at = i;
			return;
		}
	if (view->at >= n)
		view->at = n > 0 ? n - 1 : 0;
}

static void
scroll(struct case_view *view, size_t n, size_t height)
{
	view->height = height;
	if (view->at < view->top)
		view->top = view->at;
	if (view->at >= view->top + height)
		view->top = view->at - height + 1;
	if (view->top + height > n)
		view->top = n > height ? n - height : 0;
}

static void
draw_line(const struct case_line *line, int row, int cols, bool here)
{
	int col = TEXT_COL;

	if (here) {
		draw_text(row, 1, 1, STYLE_STRONG, "▸");
		draw_cursor(row, 1);
	}
	if (line->label)
		draw_text(row, LABEL_COL, LABEL_WIDTH - 1, STYLE_STRONG, line->label);
	for (size_t i = 0; i < line->n; i++)
		col += draw_text(row, col, cols - col, line->pieces[i].style,
		    line->pieces[i].text);
}

/* ---- what bars the next step ---- */

static const char *
all_blocks(const json_t *blocks)
{
	const char *all = "";
	const json_t *block;
	size_t i;

	json_array_foreach(blocks, i, block)
		all = arena_printf(frame_mem(), "%s%s%s", all, i ? "\n" : "",
		    json_string_value(block));
	return all;
}

/* At the end of the area, each sentence on lines of its own; half of the screen
 * at most: the file itself must be seen, too.  Where that is too little it says
 * so, and all of it stands behind the file.  Returns rows taken. */
static int
draw_blocks(const struct case_screen *st, struct area area)
{
	const char *title = _("Still blocks:"), *all = all_blocks(at(st->file, "blocks"));
	int most = area.rows / 2, bottom = area.row + area.rows;
	char **lines;

	st->view->cut = false;
	if (!*all)
		return 0;
	area.col = shown_width(title) + 2;
	area.cols -= area.col + 1;
	area.rows = (int)shown_lines(all, area.cols, &lines);
	st->view->cut = area.rows > most;
	if (st->view->cut)
		area.rows = most;
	area.row = bottom - area.rows;
	draw_text(area.row, 1, area.col - 1, STYLE_ALERT, title);
	for (int i = 0; i < area.rows - st->view->cut; i++)
		draw_text(area.row + i, area.col, area.cols, STYLE_PLAIN, lines[i]);
	if (st->view->cut)
		draw_text(bottom - 1, area.col, area.cols, STYLE_QUIET,
		    _("… End shows the rest, behind the history."));
	return area.rows + 1;
}

/* ---- the whole of it ---- */

static size_t
lines_now(const struct case_screen *st, struct case_line **lines)
{
	size_t n = case_lines(frame_mem(), st, term_cols() - TEXT_COL - 1, st->view->cut, lines);

	find_cursor(st, *lines, n);
	return n;
}

void
case_draw(const struct screen *s, struct area body)
{
	const struct case_screen *st = s->state;
	struct case_view *view = st->view;
	struct case_line *lines;
	size_t n;

	body.rows -= draw_blocks(st, body);
	n = lines_now(st, &lines);
	scroll(view, n, (size_t)body.rows);
	for (int i = 0; i < body.rows && view->top + (size_t)i < n; i++)
		draw_line(&lines[view->top + (size_t)i], body.row + i, body.cols,
		    view->top + (size_t)i == view->at);
	draw_more(body, view->top > 0, view->top + view->height < n);
}

struct case_view *
case_view_new(struct arena *a)
{
	struct case_view *view = arena_make(a, struct case_view);

	view->height = 1;
	return view;
}

const struct case_line *
case_line_here(const struct screen *s)
{
	const struct case_screen *st = s->state;
	struct case_line *lines;
	size_t n = lines_now(st, &lines);

	return n > 0 ? &lines[st->view->at] : NULL;
}

/* ---- moving ---- */

unsigned
case_move(struct screen *s, int64_t by)
{
	struct case_screen *st = s->state;
	struct case_line *lines;
	size_t n = lines_now(st, &lines);
	int64_t to = (int64_t)st->view->at + by;

	if (n == 0)
		return NOTHING;
	if (to < 0)
		to = 0;
	if (to >= (int64_t)n)
		to = (int64_t)n - 1;
	st->view->at = (size_t)to;
	st->line = lines[to].id;
	return DRAW;
}

int64_t
case_page(const struct screen *s)
{
	const struct case_screen *st = s->state;

	return (int64_t)st->view->height;
}
