/*
 * text.c - layer 0: text of people, on top of utf8proc.  Called by everyone.
 * Must never drop a character silently: it is taken, refused or made visible.
 */
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The code point at text and its length; -1 and 1 for a byte that is none. */
static utf8proc_int32_t
code_at(const char *text, size_t *length)
{
	utf8proc_int32_t code;
	utf8proc_ssize_t n;

	if ((unsigned char)*text < 0x80) { /* most of what people write */
		*length = 1;
		return *text;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
	*length = n > 0 ? (size_t)n : 1;
	return n > 0 ? code : -1;
}

static size_t
put_code(char *to, utf8proc_int32_t code)
{
	return (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)to);
}

bool
text_valid(const char *text, size_t n)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t code;

	while (n > 0) {
		utf8proc_ssize_t length = utf8proc_iterate(at, (utf8proc_ssize_t)n, &code);

		if (length <= 0 || code == 0)
			return false;
		at += length;
		n -= (size_t)length;
	}
	return true;
}

/* Bidi controls reorder what a supervisor reads; so do invisible joiners of
 * tags.  They have no place in a name or a note. */
static bool
is_deceptive(utf8proc_int32_t c)
{
	return c == 0x00AD || c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
	    (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
	    (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool
is_control(utf8proc_int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

static bool
is_blank(utf8proc_int32_t c)
{
	return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || c == 0x3000;
}

/* Folds blanks in place; a line break swallows the blanks around it. */
static void
fold_blanks(char *text)
{
	char *to = text;
	bool pending = false;

	for (const char *at = text; *at;) {
		size_t n;
		utf8proc_int32_t c = code_at(at, &n);

		if (is_blank(c)) {
			pending = to > text && to[-1] != '\n';
		} else {
			if (pending && c != '\n')
				*to++ = ' ';
			pending = false;
			memmove(to, at, n);
			to += n;
		}
		at += n;
	}
	while (to > text && to[-1] == '\n')
		to--;
	*to = '\0';
}

int32_t
text_unclean(const char *text, bool many_lines)
{
	while (*text) {
		size_t n;
		utf8proc_int32_t c = code_at(text, &n);
		bool allowed = c == '\t' || (many_lines && c == '\n');

		if ((is_control(c) || is_deceptive(c)) && !allowed)
			return c;
		text += n;
	}
	return -1;
}

/* Below U+0300 nothing combines: what most people write is NFC as it is. */
static bool
is_composed(const char *text)
{
	while (*text && (unsigned char)*text < 0xCC)
		text++;
	return *text == '\0';
}

char *
text_clean(struct arena *a, const char *text, bool many_lines)
{
	utf8proc_uint8_t *nfc;
	char *copy;

	if (!text_valid(text, strlen(text)) || text_unclean(text, many_lines) >= 0)
		return NULL;
	if (is_composed(text)) {
		copy = arena_strdup(a, text);
		fold_blanks(copy);
		return copy;
	}
	nfc = utf8proc_NFC((const utf8proc_uint8_t *)text);
	invariant(nfc);
	copy = arena_strdup(a, (const char *)nfc);
	free(nfc);
	fold_blanks(copy);
	return copy;
}

/* What stands for a code point that must not reach a terminal; 0 for none. */
static utf8proc_int32_t
placeholder(utf8proc_int32_t c, bool many_lines)
{
	if (c == '\n')
		return many_lines ? 0 : 0x21B5;
	if (c >= 0 && c < 0x20)
		return 0x2400 + c;
	if (c == 0x7F)
		return 0x2421;
	if (c < 0 || is_control(c))
		return 0xFFFD;
	return is_deceptive(c) ? 0x2E2E : 0;
}

/* A mark of direction that a page of ours has; it turns nothing around it. */
static bool
is_direction(utf8proc_int32_t c)
{
	return c == 0x200E || c == 0x200F || c == 0x2068 || c == 0x2069;
}

char *
text_page(struct arena *a, const char *text, bool marks)
{
	char *shown = arena_alloc(a, strlen(text) * 3 + 1);
	char *to = shown;

	for (const char *at = text; *at;) {
		size_t n;
		utf8proc_int32_t c = code_at(at, &n);
		utf8proc_int32_t stand_in = is_direction(c) ? 0 : placeholder(c, true);

		if (stand_in)
			to += put_code(to, stand_in);
		else if (marks || !is_direction(c))
			to = (char *)memcpy(to, at, n) + n;
		at += n;
	}
	return shown;
}

char *
text_visible(struct arena *a, const char *text, bool many_lines)
{
	char *shown = arena_alloc(a, strlen(text) * 3 + 1);
	char *to = shown;

	for (const char *at = text; *at;) {
		size_t n;
		utf8proc_int32_t c = code_at(at, &n);
		utf8proc_int32_t stand_in = placeholder(c, many_lines);

		if (stand_in)
			to += put_code(to, stand_in);
		else
			to = (char *)memcpy(to, at, n) + n;
		at += n;
	}
	return shown;
}

static size_t
length_within(const char *text, size_t bytes)
{
	size_t n = 0;

	for (size_t at = 0, step; at < bytes; at += step, n++)
		code_at(text + at, &step);
	return n;
}

size_t
text_length(const char *text)
{
	return length_within(text, strlen(text));
}

char *
text_first(struct arena *a, const char *text, size_t n)
{
	size_t end = 0, taken = 0;

	for (size_t step; (step = text_cluster(text + end)) > 0; end += step) {
		taken += length_within(text + end, step);
		if (taken > n)
			break;
	}
	return arena_strndup(a, text, end);
}

/* A cluster is as wide as its widest code point: marks count nothing, and a
 * second spacing letter (K͟H) starts a cluster of its own. */
static int
cluster_width(const char *text, size_t n)
{
	int width = 0;

	for (size_t at = 0, step; at < n; at += step) {
		utf8proc_int32_t c = code_at(text + at, &step);
		int w = c < 0 ? 1 : utf8proc_charwidth(c);

		if (w > width)
			width = w;
	}
	return width;
}

int
text_width(const char *text)
{
	int width = 0;

	for (size_t n; (n = text_cluster(text)) > 0; text += n)
		width += cluster_width(text, n);
	return width;
}

size_t
text_cluster(const char *text)
{
	utf8proc_int32_t before, next, state = 0;
	size_t n, length;

	if (!*text)
		return 0;
	before = code_at(text, &n);
	while (text[n]) {
		next = code_at(text + n, &length);
		if (before < 0 || next < 0 ||
		    utf8proc_grapheme_break_stateful(before, next, &state))
			break;
		before = next;
		n += length;
	}
	return n;
}

size_t
text_cluster_before(const char *text, size_t at)
{
	size_t last = 0, start = 0;

	while (start < at) {
		last = start;
		start += text_cluster(text + start);
	}
	return at - last;
}

/* Bytes of text that fit into columns. */
static size_t
fitting(const char *text, int columns)
{
	size_t at = 0, n;

	while ((n = text_cluster(text + at)) > 0) {
		columns -= cluster_width(text + at, n);
		if (columns < 0)
			break;
		at += n;
	}
	return at;
}

char *
text_cut(struct arena *a, const char *text, int columns)
{
	if (columns <= 0)
		return arena_strdup(a, "");
	if (text_width(text) <= columns)
		return arena_strdup(a, text);
	return arena_printf(a, "%.*s…", (int)fitting(text, columns - 1), text);
}

char *
text_pad(struct arena *a, const char *text, int columns)
{
	const char *cut = text_cut(a, text, columns);
	int missing = columns - text_width(cut);

	return arena_printf(a, "%s%*s", cut, missing > 0 ? missing : 0, "");
}

/* Length of the next line: up to a break, a blank, or what fits. */
static size_t
line_length(const char *text, int columns)
{
	size_t room = fitting(text, columns);
	size_t end = strcspn(text, "\n");

	if (end <= room)
		return end;
	for (size_t at = room; at > 0; at--)
		if (text[at] == ' ')
			return at;
	return room > 0 ? room : text_cluster(text);
}

size_t
text_wrap(struct arena *a, const char *text, int columns, char ***lines)
{
	size_t n = 0, room = 4;
	char **list = arena_array(a, char *, room);

	if (columns < 1) /* a window may be as narrow as it likes */
		columns = 1;
	while (*text) {
		size_t length = line_length(text, columns);

		if (n == room) {
			char **grown = arena_array(a, char *, room * 2);

			memcpy(grown, list, room * sizeof(*list));
			list = grown;
			room *= 2;
		}
		list[n++] = arena_strndup(a, text, length);
		text += length;
		if (*text == '\n' || *text == ' ')
			text++;
	}
	*lines = list;
	return n;
}

char *
text_close_up(struct arena *a, const char *text)
{
	char *closer = arena_strdup(a, text), *to = closer;

	for (const char *from = text; *from; from++)
		if (strncmp(from, "   ", 3) != 0)
			*to++ = *from;
	*to = '\0';
	return closer;
}
