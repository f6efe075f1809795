/*
 * edit.c - layer 2: one line of text.  Called by prompts and forms.  The
 * cursor stands between grapheme clusters, never inside one.  Must never hold
 * text that is not valid UTF-8.
 */
#include "text.h"
#include "widget.h"

#include <string.h>

struct edit_past {
	const char *text;
	size_t at;
	struct edit_past *older;
};

static void
make_room(struct edit *e, size_t length)
{
	char *bigger;

	if (length + 1 <= e->room)
		return;
	e->room = (length + 1) * 2;
	bigger = arena_alloc(e->mem, e->room);
	memcpy(bigger, e->text, e->length + 1);
	e->text = bigger;
}

static void
put_text(struct edit *e, const char *text, size_t length)
{
	make_room(e, length);
	memmove(e->text, text, length);
	e->text[length] = '\0';
	e->length = e->at = length;
}

void
edit_init(struct edit *e, struct arena *mem, const char *text, size_t limit)
{
	*e = (struct edit){ .mem = mem, .limit = limit };
	e->room = 32;
	e->text = arena_alloc(mem, e->room);
	put_text(e, text ? text : "", text ? strlen(text) : 0);
}

/* What Undo comes back to. */
static void
remember(struct edit *e)
{
	struct edit_past *now = arena_make(e->mem, struct edit_past);

	now->text = arena_strndup(e->mem, e->text, e->length);
	now->at = e->at;
	now->older = e->past;
	e->past = now;
	e->in_word = false;
}

void
edit_set(struct edit *e, const char *text)
{
	remember(e);
	put_text(e, text, strlen(text));
}

/* ---- typing ---- */

static void
insert(struct edit *e, const char *text, size_t n)
{
	make_room(e, e->length + n);
	memmove(e->text + e->at + n, e->text + e->at, e->length - e->at + 1);
	memcpy(e->text + e->at, text, n);
	e->length += n;
	e->at += n;
}

static unsigned
refuse(struct edit *e, enum edit_refusal why)
{
	e->refused = why;
	return NOTHING;
}

/* A text in Tigrinya has three times the bytes of one in English. */
static bool
has_room(const struct edit *e, const char *text)
{
	size_t more = strlen(text);

	return e->length + more <= e->limit || text_length(e->text) + text_length(text) <= e->limit;
}

/* A paste: tabs, and breaks on a single line, become blanks, other control signs
 * stay out.  Bytes that are no text refuse the whole of it, and so does too long
 * a text: half of it would look as if it were all. */
static unsigned
paste(struct edit *e, const char *text)
{
	size_t n = strlen(text);

	if (!text_valid(text, n))
		return refuse(e, EDIT_NO_TEXT);
	if (!has_room(e, text))
		return refuse(e, EDIT_FULL);
	remember(e);
	for (const char *at = text; *at; at++) {
		unsigned char c = (unsigned char)*at;

		if (c == '\n' && e->lines)
			insert(e, "\n", 1);
		else if (c == '\n' || c == '\t')
			insert(e, " ", 1);
		else if (c >= 0x20 && c != 0x7F)
			insert(e, at, 1);
	}
	return DRAW;
}

unsigned
edit_type(struct edit *e, const struct event *event)
{
	size_t n;
	bool blank;

	if (!event_types(event))
		return PASS;
	e->refused = EDIT_TAKEN;
	if (event->key == K_PASTE)
		return paste(e, event->text);
	n = strlen(event->text);
	if (!has_room(e, event->text))
		return refuse(e, EDIT_FULL);
	blank = event->key == ' ';
	if (!e->in_word || blank)
		remember(e); /* Undo takes back a word, not a letter */
	insert(e, event->text, n);
	e->in_word = !blank;
	return DRAW;
}

/* ---- moving ---- */

static size_t
cluster_after(const struct edit *e, size_t at)
{
	return at + text_cluster(e->text + at);
}

static size_t
cluster_before(const struct edit *e, size_t at)
{
	return at - text_cluster_before(e->text, at);
}

static size_t
word_before(const struct edit *e, size_t at)
{
	while (at > 0 && e->text[at - 1] == ' ')
		at--;
	while (at > 0 && e->text[at - 1] != ' ')
		at--;
	return at;
}

static size_t
word_after(const struct edit *e, size_t at)
{
	at += strcspn(e->text + at, " ");
	return at + strspn(e->text + at, " ");
}

static unsigned
move_to(struct edit *e, size_t at)
{
	e->at = at;
	e->in_word = false;
	return DRAW;
}

static unsigned
act_left(void *on)
{
	struct edit *e = on;

	return move_to(e, cluster_before(e, e->at));
}

static unsigned
act_right(void *on)
{
	struct edit *e = on;

	return move_to(e, cluster_after(e, e->at));
}

static unsigned
act_home(void *on)
{
	return move_to(on, 0);
}

static unsigned
act_end(void *on)
{
	struct edit *e = on;

	return move_to(e, e->length);
}

static unsigned
act_word_left(void *on)
{
	struct edit *e = on;

	return move_to(e, word_before(e, e->at));
}

static unsigned
act_word_right(void *on)
{
	struct edit *e = on;

	return move_to(e, word_after(e, e->at));
}

/* ---- deleting ---- */

static unsigned
cut_out(struct edit *e, size_t from, size_t to)
{
	if (from == to)
		return NOTHING;
	remember(e);
	memmove(e->text + from, e->text + to, e->length - to + 1);
	e->length -= to - from;
	e->at = from;
	return DRAW;
}

static unsigned
act_backspace(void *on)
{
	struct edit *e = on;

	return cut_out(e, cluster_before(e, e->at), e->at);
}

static unsigned
act_delete(void *on)
{
	struct edit *e = on;

	return cut_out(e, e->at, cluster_after(e, e->at));
}

static unsigned
act_delete_word(void *on)
{
	struct edit *e = on;

	return cut_out(e, word_before(e, e->at), e->at);
}

static unsigned
act_delete_all(void *on)
{
	struct edit *e = on;

	return cut_out(e, 0, e->length);
}

static unsigned
act_undo(void *on)
{
	struct edit *e = on;
	struct edit_past *past = e->past;

	if (!past)
		return NOTHING;
	put_text(e, past->text, strlen(past->text));
	e->at = past->at;
	e->past = past->older;
	e->in_word = false;
	return DRAW;
}

/* ---- drawing ---- */

/* First byte shown, so that the cursor is inside width columns. */
static size_t
first_shown(const struct edit *e, int width)
{
	const char *before = arena_strndup(frame_mem(), e->text, e->at);
	int over = shown_width(before) - (width - 1);
	size_t at = 0;

	while (over > 0) {
		size_t next = cluster_after(e, at);

		over -= shown_width(arena_strndup(frame_mem(), e->text + at, next - at));
		at = next;
	}
	return at;
}

void
edit_draw(const struct edit *e, int row, int col, int width, bool focused)
{
	size_t from = focused ? first_shown(e, width) : 0;
	const char *before = arena_strndup(frame_mem(), e->text + from, e->at - from);

	draw_text(row, col, width, STYLE_PLAIN, e->text + from);
	draw_style(row, col, width, STYLE_FIELD);
	if (focused)
		draw_cursor(row, col + shown_width(before));
}

/* ---- several lines ---- */

/* Bytes before wrapped line number n: a break or a blank lies between two. */
static size_t
line_start(const struct edit *e, char **lines, size_t n)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++) {
		start += strlen(lines[i]);
		start += e->text[start] == '\n' || e->text[start] == ' ';
	}
	return start;
}

void
edit_find_cursor(const struct edit *e, char **lines, size_t n, size_t *line, int *col)
{
	size_t start;

	*line = 0;
	while (*line < n && e->at > line_start(e, lines, *line) + strlen(lines[*line]))
		(*line)++;
	start = line_start(e, lines, *line);
	*col = text_width(arena_strndup(frame_mem(), e->text + start, e->at - start));
}

unsigned
edit_go_line(struct edit *e, int width, int step)
{
	char **lines;
	size_t n = text_wrap(frame_mem(), e->text, width, &lines), line, to, length = 0;
	int col;

	edit_find_cursor(e, lines, n, &line, &col);
	to = line + (size_t)step;
	if (to >= n)
		return NOTHING;
	while (lines[to][length] &&
	    text_width(arena_strndup(frame_mem(), lines[to], length)) < col)
		do
			length++;
		while ((lines[to][length] & 0xC0) == 0x80);
	e->at = line_start(e, lines, to) + length;
	e->in_word = false;
	return DRAW;
}

void
edit_draw_lines(const struct edit *e, struct area area)
{
	char **lines;
	size_t n = text_wrap(frame_mem(), e->text, area.cols - 1, &lines), line, first = 0;
	int col;

	edit_find_cursor(e, lines, n, &line, &col);
	if (line >= (size_t)area.rows)
		first = line - (size_t)area.rows + 1;
	for (int i = 0; i < area.rows; i++) {
		draw_text(area.row + i, area.col, area.cols, STYLE_PLAIN,
		    first + (size_t)i < n ? lines[first + (size_t)i] : "");
		draw_style(area.row + i, area.col, area.cols, STYLE_FIELD);
	}
	draw_cursor(area.row + (int)(line - first), area.col + col);
}

const struct binding edit_bindings[] = {
	{ .keys = "Left ^B", .act = act_left, .help = N_("one sign to the left") },
	{ .keys = "Right ^F", .act = act_right, .help = N_("one sign to the right") },
	{ .keys = "Home ^A", .act = act_home, .help = N_("to the start of the line") },
	{ .keys = "End ^E", .act = act_end, .help = N_("to the end of the line") },
	{ .keys = "^O", .act = act_word_left, .help = N_("one word to the left") },
	{ .keys = "^T", .act = act_word_right, .help = N_("one word to the right") },
	{ .keys = "Backspace", .act = act_backspace, .help = N_("delete the sign before") },
	{ .keys = "Del ^D", .act = act_delete, .help = N_("delete the sign here") },
	{ .keys = "^W", .act = act_delete_word, .help = N_("delete the word before") },
	{ .keys = "^U", .act = act_delete_all, .help = N_("delete the whole line") },
	{ .keys = "^Z", .act = act_undo, .help = N_("take back the last change") },
	{ 0 }
};
