/*
 * harness_see.c - what can be seen on a terminal of the screen tests, see
 * harness.h.
 */
#include "harness_tty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- failing with a picture ---- */

static char *
picture(struct tty *t)
{
	char *all = NULL;
	size_t n;
	FILE *f = open_memstream(&all, &n);
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	for (int row = 0; row < t->rows; row++)
		fprintf(f, "%2d|%s\n", row, tty_row(t, row));
	fprintf(f, "cursor %d,%d; keys sent %ld, consumed %ld; reloads %ld\n", at.row, at.col,
	    t->sent, t->keys, t->reloads);
	fclose(f);
	return all;
}

_Noreturn void
give_up(struct tty *t, const char *file, int line, const char *what, const char *text)
{
	fprintf(stderr, "%s:%d: %s: \"%s\"\nactual screen:\n%s\n", file, line, what, text,
	    picture(t));
	ck_abort_msg("%s:%d: %s: \"%s\"", file, line, what, text);
	abort();
}

/* ---- seeing ---- */

static char *
put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xC0 | c >> 6);
		*to++ = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		*to++ = (char)(0xE0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3F));
		*to++ = (char)(0x80 | (c & 0x3F));
	} else {
		*to++ = (char)(0xF0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 0x3F));
		*to++ = (char)(0x80 | (c >> 6 & 0x3F));
		*to++ = (char)(0x80 | (c & 0x3F));
	}
	return to;
}

static bool
cell_at(struct tty *t, int row, int col, VTermScreenCell *cell)
{
	return vterm_screen_get_cell(t->screen, (VTermPos){ .row = row, .col = col }, cell) != 0;
}

const char *
tty_row(struct tty *t, int row)
{
	char *to = t->row_text;
	VTermScreenCell cell;

	for (int col = 0; col < t->cols && cell_at(t, row, col, &cell); col++) {
		if (to > t->row_text + sizeof(t->row_text) - 32)
			break;
		if (!cell.chars[0])
			*to++ = ' ';
		else if (cell.chars[0] != (uint32_t)-1) /* right half of a wide sign */
			for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
				to = put_utf8(to, cell.chars[i]);
	}
	while (to > t->row_text && to[-1] == ' ')
		to--;
	*to = '\0';
	return t->row_text;
}

const char *
tty_at(const struct tty *t)
{
	return t->at;
}

int
tty_find(struct tty *t, const char *text)
{
	for (int row = 0; row < t->rows; row++)
		if (strstr(tty_row(t, row), text))
			return row;
	return -1;
}

void
tty_sees_at(struct tty *t, const char *text, const char *file, int line)
{
	if (tty_find(t, text) < 0)
		give_up(t, file, line, "not on the screen", text);
}

void
tty_lacks_at(struct tty *t, const char *text, const char *file, int line)
{
	if (tty_find(t, text) >= 0)
		give_up(t, file, line, "should not be on the screen", text);
}

void
tty_row_is_at(struct tty *t, int row, const char *text, const char *file, int line)
{
	if (strcmp(tty_row(t, row), text) != 0)
		give_up(t, file, line, "the row is not", text);
}

void
tty_row_has_at(struct tty *t, int row, const char *text, const char *file, int line)
{
	if (!strstr(tty_row(t, row), text))
		give_up(t, file, line, "the row does not have", text);
}

void
tty_screen_is_at(struct tty *t, const char *text, const char *file, int line)
{
	for (int row = 0; row < t->rows; row++) {
		size_t n = strcspn(text, "\n"), end = n;

		while (end > 0 && text[end - 1] == ' ')
			end--;
		if (strlen(tty_row(t, row)) != end || strncmp(tty_row(t, row), text, end) != 0) {
			fprintf(stderr, "row %d differs; expected screen:\n%s\n", row, text);
			give_up(t, file, line, "the screen differs", "");
		}
		text += n + (text[n] == '\n');
	}
}

void
tty_cursor(struct tty *t, int *row, int *col)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	*row = at.row;
	*col = at.col;
}

void
tty_cursor_on_at(struct tty *t, const char *text, const char *file, int line)
{
	int row, col;

	tty_cursor(t, &row, &col);
	if (!strstr(tty_row(t, row), text))
		give_up(t, file, line, "the cursor is not on", text);
}

static bool
is_coloured(const VTermScreenCell *cell)
{
	return !VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

/* Column of text in a row, counted in characters: none of ours is wide. */
static int
column_of(const char *row, const char *text)
{
	int col = 0;

	for (const char *at = strstr(row, text); row < at; row++)
		col += ((unsigned char)*row & 0xC0) != 0x80;
	return col;
}

struct cell
tty_cell(struct tty *t, int row, int col)
{
	struct cell c = { .colour = -1 };
	VTermScreenCell cell;
	char *to = c.text;

	if (!cell_at(t, row, col, &cell))
		return c;
	if (!cell.chars[0])
		*to++ = ' ';
	else if (cell.chars[0] != (uint32_t)-1)
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			to = put_utf8(to, cell.chars[i]);
	c.look = (struct look){
		.bold = cell.attrs.bold, .underline = cell.attrs.underline != 0,
		.reverse = cell.attrs.reverse, .coloured = is_coloured(&cell),
	};
	if (VTERM_COLOR_IS_INDEXED(&cell.fg) && !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
		c.colour = cell.fg.indexed.idx;
	return c;
}

struct look
tty_look(struct tty *t, const char *text)
{
	int row = tty_find(t, text);

	if (row < 0)
		give_up(t, __FILE__, __LINE__, "not on the screen", text);
	return tty_cell(t, row, column_of(tty_row(t, row), text)).look;
}

bool
tty_any_colour(struct tty *t)
{
	VTermScreenCell cell;

	for (int row = 0; row < t->rows; row++)
		for (int col = 0; col < t->cols; col++)
			if (cell_at(t, row, col, &cell) && is_coloured(&cell))
				return true;
	return false;
}
