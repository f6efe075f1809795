/*
 * draw.c - layer 2: text into cells, the key bar, small pictures.  Called by
 * screens and by the other widgets.  Must never write text that has not been
 * through text_visible, nor outside the width it was given.
 */
#include "inside.h"
#include "text.h"

#include <string.h>

/* What this terminal can show of a text. */
static const char *
showable(const char *text)
{
	const char *shown = text_visible(frame_mem(), text, false);

	return term_ascii() ? text_ascii(frame_mem(), shown) : shown;
}

static int
put(int row, int col, int width, enum style style, const char *shown)
{
	if (row < 0 || row >= term_rows() || col < 0 || col >= term_cols())
		return 0;
	if (width > term_cols() - col)
		width = term_cols() - col;
	shown = text_cut(frame_mem(), shown, width);
	if (term_ascii())
		shown = text_ascii(frame_mem(), shown); /* the sign of the cut */
	attrset((int)term_attributes(style));
	mvaddstr(row, col, shown);
	attrset(A_NORMAL);
	return text_width(shown);
}

int
draw_text(int row, int col, int width, enum style style, const char *text)
{
	return put(row, col, width, style, showable(text));
}

int
draw_format(int row, int col, int width, enum style style, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = arena_vprintf(frame_mem(), format, args);
	va_end(args);
	return draw_text(row, col, width, style, text);
}

void
draw_right(int row, int col, int width, enum style style, const char *text)
{
	const char *shown = showable(text);
	int missing = width - text_width(shown);

	if (missing < 0)
		missing = 0;
	put(row, col + missing, width - missing, style, shown);
}

int
shown_width(const char *text)
{
	return text_width(showable(text));
}

size_t
shown_lines(const char *text, int columns, char ***lines)
{
	const char *shown = text_visible(frame_mem(), text, true);

	if (term_ascii())
		shown = text_ascii(frame_mem(), shown);
	return text_wrap(frame_mem(), shown, columns, lines);
}

int
draw_wrapped(struct area area, enum style style, const char *text)
{
	char **lines;
	size_t n = shown_lines(text, area.cols, &lines);

	if (area.rows > 0 && (int)n > area.rows) /* never cut in silence */
		lines[area.rows - 1] = arena_printf(frame_mem(), "%s …", lines[area.rows - 1]);
	for (size_t i = 0; i < n && (int)i < area.rows; i++)
		put(area.row + (int)i, area.col, area.cols, style, lines[i]);
	return (int)n < area.rows ? (int)n : area.rows;
}

void
draw_more(struct area area, bool above, bool below)
{
	int col = area.col + area.cols - 1;

	if (above && area.rows > 0)
		draw_text(area.row, col, 1, STYLE_QUIET, "↑");
	if (below && area.rows > 0)
		draw_text(area.row + area.rows - 1, col, 1, STYLE_QUIET, "↓");
}

void
draw_notice(const char *text)
{
	int row = term_rows() - 2, cols = term_cols();

	if (!term_fits())
		return;
	put(row, 0, cols, STYLE_PLAIN, text_pad(frame_mem(), "", cols));
	draw_text(row, 1, cols - 2, STYLE_STRONG, text);
	term_show();
}

/* Underlined blanks: they cost a few bytes where "─" costs 240, and nobody
 * has to listen to them. */
void
draw_rule(int row)
{
	if (!term_ascii())
		draw_style(row, 0, term_cols(), STYLE_HEADING);
	else
		for (int col = 0; col < term_cols(); col++)
			mvaddch(row, col, '-');
}

void
draw_cursor(int row, int col)
{
	term_cursor(row, col);
}

void
draw_style(int row, int col, int width, enum style style)
{
	attr_t attributes = term_attributes(style);

	mvchgat(row, col, width, attributes, (short)PAIR_NUMBER(attributes), NULL);
}

/* ---- key bar ---- */

struct bar {
	int row, col, end;
};

/* Draws "F2 Next" if there is room; keeps what is left for the others. */
static void
bar_item(struct bar *bar, const char *keys, const char *label)
{
	int width = text_width(keys) + 1 + text_width(label);

	if (bar->col + width > bar->end)
		return;
	bar->col += draw_text(bar->row, bar->col, bar->end - bar->col, STYLE_STRONG, keys) + 1;
	bar->col += draw_text(bar->row, bar->col, bar->end - bar->col, STYLE_PLAIN, label) + 2;
}

static void
bar_map(struct bar *bar, const struct keymap *map, bool typing)
{
	for (const struct binding *b = map->table; b->keys; b++) {
		const char *keys = b->label ? binding_shown(frame_mem(), map, b, typing) : NULL;

		if (keys)
			bar_item(bar, keys, showable(_(b->label)));
	}
}

void
draw_key_bar(int row, const struct keymaps *maps)
{
	const char *key = maps->typing ? "F1" : "?";
	const char *help = showable(_("Help"));
	void *on;
	/* help, and the gap before it, stay whatever the others take */
	int room = text_width(key) + 1 + text_width(help) + 2;
	struct bar bar = { .row = row, .col = 1, .end = term_cols() - 1 - room };

	for (size_t i = 0; i < maps->n; i++)
		bar_map(&bar, &maps->map[i], maps->typing);
	bar.end = term_cols() - 1;
	if (keymaps_find(maps, maps->typing ? K_F1 : '?', &on))
		bar_item(&bar, key, help);
}

/* ---- small pictures ---- */

const char *
chart_bars(struct arena *a, const int64_t *values, size_t n)
{
	static const char *const blocks[] = { " ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const plain[] = { " ", ".", ".", ":", "-", "=", "+", "*", "#" };
	char *bars = arena_alloc(a, n * 3 + 1), *to = bars;
	int64_t most = 1;

	for (size_t i = 0; i < n; i++)
		if (values[i] > most)
			most = values[i];
	for (size_t i = 0; i < n; i++) {
		/* rounded up: one case of a thousand is still seen */
		int64_t step = values[i] > 0 ? (values[i] * 8 + most - 1) / most : 0;

		to = stpcpy(to, (term_ascii() ? plain : blocks)[step]);
	}
	return bars;
}
