/*
 * pattern.c - layer 1: how a text must look.  Called by value.c and check.c.
 *
 *   pattern: { piece }      piece: one [ "?" | "*" | "+" | "{n}" | "{n,m}" ]
 *   one:     "[" [ "^" ] signs and ranges "]" | "." | "\" sign | any other sign
 *
 * All of the text must match; signs are code points.  Not the regular
 * expressions of the C library: those can take for ever, or all memory.  Here a
 * place in the text is looked at once a piece.
 */
#include "inside.h"

#include <string.h>
#include <utf8proc.h>

#define PIECES_MAX 64
#define TEXT_MAX 1000
#define TIMES_MAX 99

struct piece {
	const int32_t *start;    /* of what is between the brackets, or the sign */
	size_t length;
	bool set, inverted, any;
	int least, most;
};

/* Signs of a text, 0 at the end; false if there are too many. */
static bool
read_signs(const char *text, int32_t signs[static TEXT_MAX + 1], size_t *n)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;

	for (*n = 0; *at; ++*n) {
		utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &signs[*n]);

		if (bytes < 1 || *n == TEXT_MAX)
			return false;
		at += bytes;
	}
	signs[*n] = 0;
	return true;
}

static bool
in_set(const struct piece *p, int32_t sign)
{
	for (size_t i = 0; i < p->length; i++) {
		int32_t from = p->start[i], to = from;

		if (i + 2 < p->length && p->start[i + 1] == '-') {
			to = p->start[i + 2];
			i += 2;
		}
		if (sign >= from && sign <= to)
			return true;
	}
	return false;
}

static bool
fits(const struct piece *p, int32_t sign)
{
	if (p->any)
		return true;
	return p->set ? in_set(p, sign) != p->inverted : sign == *p->start;
}

static bool
is_digit(int32_t sign)
{
	return sign >= '0' && sign <= '9';
}

static bool
is_one_of(int32_t sign, const char *signs)
{
	return sign > 0 && sign < 128 && strchr(signs, (int)sign);
}

static const int32_t *
read_figure(const int32_t *at, int *figure)
{
	for (*figure = 0; is_digit(*at); at++)
		*figure = *figure > TIMES_MAX ? *figure : *figure * 10 + (int)(*at - '0');
	return at;
}

/* "?", "*", "+", "{2}", "{1,3}" at at; returns what is behind it, or NULL. */
static const int32_t *
read_times(const int32_t *at, struct piece *p)
{
	p->least = p->most = 1;
	if (*at == '?' || *at == '*')
		p->least = 0;
	if (*at == '*' || *at == '+')
		p->most = TEXT_MAX;
	if (is_one_of(*at, "?*+"))
		return at + 1;
	if (*at != '{')
		return at;
	if (!is_digit(at[1]))
		return NULL;
	at = read_figure(at + 1, &p->least);
	p->most = p->least;
	if (*at == ',' && is_digit(at[1]))
		at = read_figure(at + 1, &p->most);
	return *at == '}' && p->least <= p->most && p->most <= TIMES_MAX ? at + 1 : NULL;
}

static const int32_t *
read_set(const int32_t *at, struct piece *p)
{
	const int32_t *end;

	p->set = true;
	p->inverted = *at == '^';
	p->start = at + p->inverted;
	for (end = p->start + (*p->start != 0); *end && *end != ']'; end++)
		;
	p->length = (size_t)(end - p->start);
	return *end ? end + 1 : NULL;
}

static const int32_t *
read_piece(const int32_t *at, struct piece *p)
{
	*p = (struct piece){ .start = at, .length = 1 };
	if (*at == '[') {
		at = read_set(at + 1, p);
	} else if (*at == '\\' && at[1]) {
		p->start = at + 1;
		at += 2;
	} else if (is_one_of(*at, "()|{}?*+\\]")) {
		return NULL;             /* means something elsewhere: write "\" before it */
	} else {
		p->any = *at == '.';
		at++;
	}
	return at ? read_times(at, p) : NULL;
}

/* How many pieces there are; -1 if the pattern cannot be read. */
static int
read_pattern(const int32_t *pattern, struct piece pieces[static PIECES_MAX])
{
	int n = 0;

	while (*pattern) {
		if (n == PIECES_MAX)
			return -1;
		pattern = read_piece(pattern, &pieces[n++]);
		if (!pattern)
			return -1;
	}
	return n;
}

bool
form_pattern_valid(const char *pattern)
{
	struct piece pieces[PIECES_MAX];
	int32_t signs[TEXT_MAX + 1];
	size_t n;

	return read_signs(pattern, signs, &n) && n > 0 && read_pattern(signs, pieces) > 0;
}

/* Where a piece may end that may begin at the places marked. */
static void
advance(const struct piece *p, const int32_t *text, size_t n, const bool *from, bool *to)
{
	memset(to, 0, n + 1);
	for (size_t at = 0; at <= n; at++) {
		size_t end = at;

		if (!from[at])
			continue;
		for (int times = 0; times <= p->most; times++) {
			if (times >= p->least)
				to[end] = true;
			if (end == n || !fits(p, text[end]))
				break;
			end++;
		}
	}
}

bool
form_pattern_match(const char *pattern, const char *text)
{
	struct piece pieces[PIECES_MAX];
	int32_t wanted[TEXT_MAX + 1], signs[TEXT_MAX + 1];
	bool places[2][TEXT_MAX + 1] = { { true } };
	size_t n;
	int count;

	if (!read_signs(pattern, wanted, &n) || !read_signs(text, signs, &n))
		return false;
	count = read_pattern(wanted, pieces);
	if (count < 0)
		return false;
	for (int i = 0; i < count; i++)
		advance(&pieces[i], signs, n, places[i % 2], places[(i + 1) % 2]);
	return places[count % 2][n];
}
