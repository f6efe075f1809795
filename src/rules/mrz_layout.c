/*
 * mrz_layout.c - layer 1: the layouts of the machine-readable zone as a table,
 * the signs of its lines, and how a zone is known among what is typed.  Called
 * by mrz.c and, for readers, by the screens.
 */
#include "mrz_layout.h"

#include <string.h>

#define N_LAYOUTS (MRZ_TD3 + 1)

const char *
mrz_format_name(enum mrz_format format)
{
	return mrz_layouts[format].name;
}

/* ---- check digits ---- */

static int
value_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 0;
}

char
mrz_digit(const char *text, size_t n)
{
	static const int weights[] = { 7, 3, 1 };
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += value_of(text[i]) * weights[i % 3];
	return (char)('0' + sum % 10);
}

/* Over several stretches, read as one. */
char
mrz_composite(const char *zone, const struct mrz_layout *l)
{
	char all[MRZ_SIGNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(l->composite); i++) {
		memcpy(all + n, zone + l->composite[i].from, l->composite[i].length);
		n += l->composite[i].length;
	}
	return mrz_digit(all, n);
}

/* ---- the signs ---- */

struct lines {
	char signs[MRZ_SIGNS_MAX + 1]; /* all of them */
	size_t total, n, length[4];
};

static bool
is_break(char c)
{
	return c == '\n' || c == '\r' || c == '|';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* As it stands in the zone; 0 for a sign that cannot. */
static char
sign_of(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == MRZ_FILLER ? c : '\0';
}

static const char *
split(struct arena *a, const char *text, struct lines *lines)
{
	bool new_line = true;

	*lines = (struct lines){ 0 };
	for (; *text; text++) {
		char sign = sign_of(*text);

		if (is_break(*text))
			new_line = true;
		if (is_break(*text) || is_blank(*text))
			continue;
		lines->n += new_line;
		new_line = false;
		if (!sign)
			return arena_printf(a, _("A sign in line %zu is no letter from A to Z, no "
			    "digit and no <. Scan the document again."), lines->n);
		if (lines->n <= COUNT_OF(lines->length))
			lines->length[lines->n - 1]++;
		if (lines->total < MRZ_SIGNS_MAX)
			lines->signs[lines->total] = sign;
		lines->total++;
	}
	return NULL;
}

/* By the length of the first line; without breaks, by that of all. */
static const struct mrz_layout *
layout_of(const struct lines *lines)
{
	for (size_t i = 0; i < N_LAYOUTS; i++) {
		const struct mrz_layout *l = &mrz_layouts[i];

		if (lines->n > 1 ? l->columns == lines->length[0] :
		        l->columns * l->lines == lines->total)
			return l;
	}
	return NULL;
}

static const char *
misfit(struct arena *a, const struct lines *lines, const struct mrz_layout **layout)
{
	const struct mrz_layout *l = layout_of(lines);

	if (lines->total > 0 && lines->signs[0] == 'V')
		return arena_strdup(a, _("This is a visa. Scan the page with the photo of the "
		    "passport."));
	if (!l && lines->n > 1)
		return arena_printf(a, _("Line 1 has %zu signs; on a passport it has 44, on cards "
		    "36 or 30. Scan the document again."), lines->length[0]);
	if (!l)
		return arena_printf(a, _("These are %zu signs; a passport has 88, a card 72 or 90. "
		    "Scan all lines of the document."), lines->total);
	if (lines->n > 1 && lines->n != l->lines)
		return arena_printf(a, _("Of %zu lines %zu came. Scan all lines of the document."),
		    l->lines, lines->n);
	for (size_t i = 0; lines->n > 1 && i < lines->n; i++)
		if (lines->length[i] != l->columns)
			return arena_printf(a, _("Line %zu has %zu signs instead of %zu. Scan the "
			    "document again."), i + 1, lines->length[i], l->columns);
	*layout = l;
	return NULL;
}

const char *
mrz_lines(struct arena *a, const char *text, char zone[static MRZ_SIGNS_MAX + 1],
          const struct mrz_layout **layout)
{
	struct lines lines;
	const char *why = split(a, text, &lines);

	if (!why)
		why = misfit(a, &lines, layout);
	memcpy(zone, lines.signs, sizeof(lines.signs));
	return why;
}

/* ---- what a reader types ---- */

static bool
fits(const char *zone, struct mrz_place p, const char *signs)
{
	return strspn(zone + p.from, signs) >= p.length;
}

static bool
is_date(const char *zone, struct mrz_place p)
{
	return fits(zone, p, MRZ_DIGITS "<") && strchr(MRZ_DIGITS, zone[p.from + p.length]);
}

static bool
is_zone(const char *text, const struct mrz_layout *l)
{
	return strspn(text, MRZ_LETTERS MRZ_DIGITS "<") == l->lines * l->columns &&
	    fits(text, l->kind, MRZ_LETTERS "<") && fits(text, l->issuer, MRZ_LETTERS "<") &&
	    is_date(text, l->born) && is_date(text, l->expires) && fits(text, l->sex, "MFX<");
}

/* A code of the standard, a country, and fillers among at least a few signs. */
static bool
may_begin(const char *text)
{
	return strchr("PIACVM", *text) && strspn(text + 1, MRZ_LETTERS "<") >= 4 && strchr(text, '<');
}

const char *
mrz_tail(const char *text, bool *whole)
{
	size_t n = strlen(text);

	*whole = false;
	for (size_t i = 0; i < N_LAYOUTS; i++) {
		const struct mrz_layout *l = &mrz_layouts[i];
		const char *from = text + n - l->lines * l->columns;

		if (n < l->lines * l->columns || !may_begin(from) || !is_zone(from, l))
			continue;
		/* a passport's end may look like a card: then its last digit is wrong */
		*whole = from == text || mrz_composite(from, l) == from[l->composite_digit];
		if (*whole)
			return from;
	}
	for (; *text && strlen(text) >= 20; text++)
		if (may_begin(text))
			return text;
	return NULL;
}

const struct mrz_layout mrz_layouts[] = {
	[MRZ_TD1] = { .name = "TD1", .lines = 3, .columns = 30, .long_numbers = true,
	  .kind = { 0, 2 }, .issuer = { 2, 3 }, .number = { 5, 9 }, .born = { 30, 6 },
	  .sex = { 37, 1 }, .expires = { 38, 6 }, .nationality = { 45, 3 }, .names = { 60, 30 },
	  .optional = { { 15, 15 }, { 48, 11 } },
	  .composite = { { 5, 25 }, { 30, 7 }, { 38, 7 }, { 48, 11 } }, .composite_digit = 59 },
	[MRZ_TD2] = { .name = "TD2", .lines = 2, .columns = 36, .long_numbers = true,
	  .kind = { 0, 2 }, .issuer = { 2, 3 }, .names = { 5, 31 }, .number = { 36, 9 },
	  .nationality = { 46, 3 }, .born = { 49, 6 }, .sex = { 56, 1 }, .expires = { 57, 6 },
	  .optional = { { 64, 7 }, { 0, 0 } },
	  .composite = { { 36, 10 }, { 49, 7 }, { 57, 14 } }, .composite_digit = 71 },
	[MRZ_TD3] = { .name = "TD3", .lines = 2, .columns = 44, .optional_digit = true,
	  .kind = { 0, 2 }, .issuer = { 2, 3 }, .names = { 5, 39 }, .number = { 44, 9 },
	  .nationality = { 54, 3 }, .born = { 57, 6 }, .sex = { 64, 1 }, .expires = { 65, 6 },
	  .optional = { { 72, 14 }, { 0, 0 } },
	  .composite = { { 44, 10 }, { 57, 7 }, { 65, 22 } }, .composite_digit = 87 },
};
