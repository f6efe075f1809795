/*
 * pattern.c - layer 1: how a text must look.  Called by value.c and check.c.
 *
 *   pattern: { piece }      piece: one [ "?" | "*" | "+" | "{n}" | "{n,m}" ]
 *   one:     "[" [ "^" ] signs and ranges "]" | "." | "\" sign | any other sign
 *
 * All of the text must match; signs are bytes.  Not the regular expressions of
 * the C library: those can take for ever, or all memory.  Here a place in the
 * text is looked at once a piece.
 */
#include "inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PIECES_MAX 64
#define TEXT_MAX 1000
#define TIMES_MAX 99

struct piece {
	const char *start;       /* of what is between the brackets, or the sign */
	size_t length;
	bool set, inverted, any;
	int least, most;
};

static bool
in_set(const struct piece *p, char sign)
{
	unsigned char c = (unsigned char)sign;

	for (size_t i = 0; i < p->length; i++) {
		unsigned char from = (unsigned char)p->start[i], to = from;

		if (i + 2 < p->length && p->start[i + 1] == '-') {
			to = (unsigned char)p->start[i + 2];
			i += 2;
		}
		if (c >= from && c <= to)
			return true;
	}
	return false;
}

static bool
fits(const struct piece *p, char sign)
{
	if (p->any)
		return true;
	return p->set ? in_set(p, sign) != p->inverted : sign == *p->start;
}

/* "?", "*", "+", "{2}", "{1,3}" at at; returns what is behind it, or NULL. */
static const char *
read_times(const char *at, struct piece *p)
{
	char *end;

	p->least = p->most = 1;
	if (*at == '?' || *at == '*')
		p->least = 0;
	if (*at == '*' || *at == '+')
		p->most = TEXT_MAX;
	if (*at && strchr("?*+", *at))
		return at + 1;
	if (*at != '{')
		return at;
	if (!isdigit((unsigned char)at[1]))
		return NULL;
	p->least = p->most = (int)strtol(at + 1, &end, 10);
	if (*end == ',' && isdigit((unsigned char)end[1]))
		p->most = (int)strtol(end + 1, &end, 10);
	return *end == '}' && p->least <= p->most && p->most <= TIMES_MAX ? end + 1 : NULL;
}

static const char *
read_set(const char *at, struct piece *p)
{
	const char *end;

	p->set = true;
	p->inverted = *at == '^';
	p->start = at + p->inverted;
	end = *p->start ? strchr(p->start + 1, ']') : NULL;
	p->length = end ? (size_t)(end - p->start) : 0;
	return end ? end + 1 : NULL;
}

static const char *
read_piece(const char *at, struct piece *p)
{
	*p = (struct piece){ .start = at, .length = 1 };
	if (*at == '[') {
		at = read_set(at + 1, p);
	} else if (*at == '\\' && at[1]) {
		p->start = at + 1;
		at += 2;
	} else if (strchr("()|{}?*+\\]", *at)) {
		return NULL;             /* means something elsewhere: write "\" before it */
	} else {
		p->any = *at == '.';
		at++;
	}
	return at ? read_times(at, p) : NULL;
}

/* How many pieces there are; -1 if the pattern cannot be read. */
static int
read_pattern(const char *pattern, struct piece pieces[static PIECES_MAX])
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

	return *pattern && read_pattern(pattern, pieces) > 0;
}

/* Where a piece may end that may begin at the places marked. */
static void
advance(const struct piece *p, const char *text, size_t n, const bool *from, bool *to)
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
	int count = read_pattern(pattern, pieces);
	bool places[2][TEXT_MAX + 1] = { { true } };
	size_t n = strlen(text);

	if (count < 0 || n > TEXT_MAX)
		return false;
	for (int i = 0; i < count; i++)
		advance(&pieces[i], text, n, places[i % 2], places[(i + 1) % 2]);
	return places[count % 2][n];
}
