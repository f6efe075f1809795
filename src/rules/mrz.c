/*
 * mrz.c - layer 1: reads the machine-readable zone of passports and cards.
 * Called by service/ and the screens.  The layouts are a table.  Must never
 * guess a sign: what cannot be read is told by field.
 */
#include "rules_mrz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define FILLER '<'
#define SIGNS_MAX 90

#define X(id, name, label) name,
static const char *const field_names[] = { MRZ_FIELD_LIST(X) };
#undef X
#define X(id, name, label) label,
static const char *const field_labels[] = { MRZ_FIELD_LIST(X) };
#undef X

const struct state_list mrz_fields = { field_names, field_labels, MRZ_FIELDS };
const struct mrz_window mrz_window_usual = { .past_years = 10, .ahead_years = 20 };

/* A stretch of the zone, its lines written one behind the other. */
struct place {
	unsigned char from, length;
};

struct layout {
	const char *name;
	size_t lines, columns;
	struct place kind, issuer, names, number, born, sex, expires, nationality;
	struct place optional[2];
	/* the digit of each stands right behind it */
	bool optional_digit;
	bool long_numbers;       /* the optional data may go on with the number */
	struct place composite[4];
	unsigned char composite_digit;
};
static const struct layout layouts[];
static const size_t n_layouts;
static const struct mrz_kind kinds[];

const char *
mrz_format_name(enum mrz_format format)
{
	return layouts[format].name;
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

static void
add_check(struct mrz *m, enum mrz_field_id field, char expected, char found, bool filler_is_zero)
{
	bool holds = found == expected || (filler_is_zero && found == FILLER && expected == '0');

	m->checks[m->n_checks++] = (struct mrz_check){ field, expected, found, holds };
	if (!holds)
		m->fields[field].sure = false;
}

static void
check_field(struct mrz *m, enum mrz_field_id field, const char *zone, struct place p)
{
	add_check(m, field, mrz_digit(zone + p.from, p.length), zone[p.from + p.length], false);
}

/* Over several stretches, read as one. */
static char
composite_digit(const char *zone, const struct layout *l)
{
	char all[SIGNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(l->composite); i++) {
		memcpy(all + n, zone + l->composite[i].from, l->composite[i].length);
		n += l->composite[i].length;
	}
	return mrz_digit(all, n);
}

static void
check_composite(struct mrz *m, const char *zone, const struct layout *l)
{
	m->fields[MRZ_COMPOSITE] = (struct mrz_field){ .raw = "", .read = "", .sure = true };
	add_check(m, MRZ_COMPOSITE, composite_digit(zone, l), zone[l->composite_digit], false);
}

/* ---- fields ---- */

static char *
cut(struct arena *a, const char *zone, struct place p)
{
	return arena_strndup(a, zone + p.from, p.length);
}

/* Fillers at the ends go, those between become one blank. */
static char *
without_fillers(struct arena *a, const char *raw)
{
	char *text = arena_strdup(a, raw), *to = text;

	for (const char *at = raw; *at; at++)
		if (*at != FILLER)
			*to++ = *at;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	if (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
	return text;
}

static bool
is_made_of(const char *text, const char *signs)
{
	return text[strspn(text, signs)] == '\0';
}

static void
put(struct mrz *m, enum mrz_field_id field, const char *raw, const char *read, bool sure)
{
	m->fields[field] = (struct mrz_field){ raw, read, sure };
}

static void
read_letters(struct arena *a, struct mrz *m, enum mrz_field_id field, const char *zone,
             struct place p)
{
	const char *raw = cut(a, zone, p);
	bool sure = is_made_of(raw, LETTERS "<");

	put(m, field, raw, without_fillers(a, raw), sure && *raw != FILLER);
}

/* Without "<<" it is a single name: nobody knows what of it is a family name. */
static void
read_names(struct arena *a, struct mrz *m, const char *zone, struct place p)
{
	const char *raw = cut(a, zone, p), *apart = strstr(raw, "<<");
	const char *family = arena_strndup(a, raw, apart ? (size_t)(apart - raw) : strlen(raw));
	const char *given = apart ? apart + 2 : "";
	bool sure = is_made_of(raw, LETTERS "<");

	m->names_cut = raw[strlen(raw) - 1] != FILLER;
	if (!*family) {
		family = given;
		given = "";
	}
	put(m, MRZ_FAMILY, family, without_fillers(a, family), sure && *without_fillers(a, family));
	put(m, MRZ_GIVEN, given, without_fillers(a, given), sure);
}

static void
read_sex(struct arena *a, struct mrz *m, const char *zone, struct place p)
{
	const char *raw = cut(a, zone, p);
	const char *read = *raw == 'F' ? "f" : *raw == 'M' ? "m" :
	    *raw == FILLER || *raw == 'X' ? "x" : "";

	put(m, MRZ_SEX, raw, read, *read);
}

/*
 * A card's number longer than nine signs goes on in the optional data, with
 * its digit, up to the first filler.  *optional is what is left of that.
 */
static void
read_number(struct arena *a, struct mrz *m, const char *zone, const struct layout *l,
            const char **optional)
{
	const char *raw = cut(a, zone, l->number);
	char digit = zone[l->number.from + l->number.length];
	size_t more = strcspn(*optional, "<");

	if (l->long_numbers && digit == FILLER && raw[strlen(raw) - 1] != FILLER && more > 0) {
		digit = (*optional)[more - 1];
		raw = arena_printf(a, "%s%.*s", raw, (int)more - 1, *optional);
		*optional += more;
	}
	put(m, MRZ_NUMBER, raw, without_fillers(a, raw), true);
	add_check(m, MRZ_NUMBER, mrz_digit(raw, strlen(raw)), digit, false);
}

/* Newer German cards carry their version, such as 2108: nothing of a person. */
static bool
is_version(const struct mrz *m, const char *text)
{
	return strcmp(m->fields[MRZ_ISSUER].read, "D") == 0 && strlen(text) == 4 &&
	    is_made_of(text, DIGITS);
}

static void
read_optional(struct arena *a, struct mrz *m, const char *zone, const struct layout *l,
              const char *first)
{
	const char *second = cut(a, zone, l->optional[1]);
	const char *raw = arena_printf(a, "%s%s", first, second);
	const char *one = without_fillers(a, first), *two = without_fillers(a, second);

	one = is_version(m, one) ? "" : one;
	two = is_version(m, two) ? "" : two;
	put(m, MRZ_OPTIONAL, raw, arena_printf(a, "%s%s%s", one, *one && *two ? " " : "", two),
	    true);
	if (l->optional_digit)
		add_check(m, MRZ_OPTIONAL, mrz_digit(raw, strlen(raw)),
		    zone[l->optional[0].from + l->optional[0].length], true);
}

/* ---- dates ---- */

/* 1 to 99; 0: not known ("<<", on some papers "00"); -1: no number. */
static int
two_digits(const char *text)
{
	if (text[0] == FILLER && text[1] == FILLER)
		return 0;
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return -1;
	return (text[0] - '0') * 10 + text[1] - '0';
}

static bool
is_day(int year, int month, int mday)
{
	char text[32];
	int day;

	snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, mday);
	return day_parse(text, &day);
}

/* As far as it is known; a day without its month says nothing. */
static const char *
birth_text(struct arena *a, int year, int month, int mday)
{
	if (!month)
		return arena_printf(a, "%04d", year);
	return mday ? arena_printf(a, "%04d-%02d-%02d", year, month, mday) :
	    arena_printf(a, "%04d-%02d", year, month);
}

static void
read_birth(struct arena *a, struct mrz *m, const char *zone, struct place p, int today)
{
	const char *raw = cut(a, zone, p);
	int month = two_digits(raw + 2), mday = two_digits(raw + 4), year, this_month, this_day;
	bool unknown = raw[0] == FILLER && raw[1] == FILLER;

	day_to_ymd(today, &year, &this_month, &this_day);
	year = year / 100 * 100 + two_digits(raw);
	if (two_digits(raw) < 0 || month < 0 || mday < 0) {
		put(m, MRZ_BORN, raw, "", false);
		return;
	}
	if (day_from_ymd(year, month ? month : 1, month && mday ? mday : 1) > today)
		year -= 100;
	if (unknown || !is_day(year, month ? month : 1, mday ? mday : 1))
		put(m, MRZ_BORN, raw, "", unknown);
	else
		put(m, MRZ_BORN, raw, birth_text(a, year, month, mday), true);
}

/* Days outside of the window. */
static int
outside(int day, int today, const struct mrz_window *w)
{
	int first = today - w->past_years * 1461 / 4, last = today + w->ahead_years * 1461 / 4;

	return day < first ? first - day : day > last ? day - last : 0;
}

static void
read_expiry(struct arena *a, struct mrz *m, const char *zone, struct place p, int today,
            const struct mrz_window *w)
{
	const char *raw = cut(a, zone, p);
	int month = two_digits(raw + 2), mday = two_digits(raw + 4), year, best = DAY_NONE;
	bool none = is_made_of(raw, "<");
	char iso[11];

	day_to_ymd(today, &year, &(int){ 0 }, &(int){ 0 });
	year = year / 100 * 100 - 100 + two_digits(raw);
	for (int i = 0; i < 3 && raw[0] != FILLER && month > 0 && mday > 0; i++, year += 100) {
		int day = is_day(year, month, mday) ? day_from_ymd(year, month, mday) : DAY_NONE;

		if (day != DAY_NONE && two_digits(raw) >= 0 && (best == DAY_NONE ||
		        outside(day, today, w) < outside(best, today, w)))
			best = day;
	}
	put(m, MRZ_EXPIRES, raw, arena_strdup(a, day_iso(best, iso)), none || best != DAY_NONE);
}

/* ---- the signs ---- */

struct lines {
	char signs[SIGNS_MAX + 1]; /* all of them */
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
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == FILLER ? c : '\0';
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
		if (lines->total < SIGNS_MAX)
			lines->signs[lines->total] = sign;
		lines->total++;
	}
	return NULL;
}

/* By the length of the first line; without breaks, by that of all. */
static const struct layout *
layout_of(const struct lines *lines)
{
	for (size_t i = 0; i < n_layouts; i++) {
		const struct layout *l = &layouts[i];

		if (lines->n > 1 ? l->columns == lines->length[0] :
		        l->columns * l->lines == lines->total)
			return l;
	}
	return NULL;
}

static const char *
misfit(struct arena *a, const struct lines *lines, const struct layout **layout)
{
	const struct layout *l = layout_of(lines);

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

/* ---- all of it ---- */

static bool
is_all_sure(const struct mrz *m)
{
	for (size_t i = 0; i < MRZ_FIELDS; i++)
		if (!m->fields[i].sure)
			return false;
	return true;
}

const char *
mrz_read(struct arena *a, const char *text, int today, const struct mrz_window *window,
         struct mrz *m)
{
	const struct layout *l = NULL;
	const char *optional, *zone, *why;
	struct lines lines;

	*m = (struct mrz){ 0 };
	why = split(a, text, &lines);
	if (!why)
		why = misfit(a, &lines, &l);
	if (why)
		return why;
	m->format = (enum mrz_format)(l - layouts);
	zone = arena_strdup(a, lines.signs);
	optional = cut(a, zone, l->optional[0]);
	read_letters(a, m, MRZ_KIND, zone, l->kind);
	read_letters(a, m, MRZ_ISSUER, zone, l->issuer);
	read_names(a, m, zone, l->names);
	read_letters(a, m, MRZ_NATIONALITY, zone, l->nationality);
	read_sex(a, m, zone, l->sex);
	read_number(a, m, zone, l, &optional);
	read_birth(a, m, zone, l->born, today);
	check_field(m, MRZ_BORN, zone, l->born);
	read_expiry(a, m, zone, l->expires, today, window);
	check_field(m, MRZ_EXPIRES, zone, l->expires);
	read_optional(a, m, zone, l, optional);
	check_composite(m, zone, l);
	m->valid = is_all_sure(m);
	return NULL;
}

/* "birth date, expiry date": those with a digit that fails, or those without;
 * the composite fails with each of its fields, so it counts only alone. */
static const char *
doubtful(struct arena *a, const struct mrz *m, bool by_digit)
{
	const char *all = "";
	unsigned failed = 0;

	for (size_t i = 0; i < m->n_checks; i++)
		if (!m->checks[i].holds)
			failed |= 1u << m->checks[i].field;
	if (failed != 1u << MRZ_COMPOSITE)
		failed &= ~(1u << MRZ_COMPOSITE);
	for (int i = 0; i < MRZ_FIELDS; i++) {
		bool named = by_digit ? failed & 1u << i :
		    i != MRZ_COMPOSITE && !m->fields[i].sure && !(failed & 1u << i);

		if (named)
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "",
			    state_label(&mrz_fields, i));
	}
	return all;
}

const char *
mrz_complaint(struct arena *a, const struct mrz *m)
{
	const char *wrong = doubtful(a, m, true), *unread = doubtful(a, m, false);

	if (*wrong && *unread)
		return arena_printf(a, _("%s: check digit does not hold; %s: cannot be read. Scan "
		    "again, or type this from the document."), wrong, unread);
	if (*wrong)
		return arena_printf(a, _("%s: check digit does not hold. Scan again, or type this "
		    "from the document."), wrong);
	if (*unread)
		return arena_printf(a, _("%s: cannot be read. Scan again, or type this from the "
		    "document."), unread);
	return NULL;
}

/* ---- what a reader types ---- */

static bool
fits(const char *zone, struct place p, const char *signs)
{
	return strspn(zone + p.from, signs) >= p.length;
}

static bool
is_date(const char *zone, struct place p)
{
	return fits(zone, p, DIGITS "<") && strchr(DIGITS, zone[p.from + p.length]);
}

static bool
is_zone(const char *text, const struct layout *l)
{
	return strspn(text, LETTERS DIGITS "<") == l->lines * l->columns &&
	    fits(text, l->kind, LETTERS "<") && fits(text, l->issuer, LETTERS "<") &&
	    is_date(text, l->born) && is_date(text, l->expires) && fits(text, l->sex, "MFX<");
}

/* A code of the standard, a country, and fillers among at least a few signs. */
static bool
may_begin(const char *text)
{
	return strchr("PIACVM", *text) && strspn(text + 1, LETTERS "<") >= 4 && strchr(text, '<');
}

const char *
mrz_tail(const char *text, bool *whole)
{
	size_t n = strlen(text);

	*whole = false;
	for (size_t i = 0; i < n_layouts; i++) {
		const struct layout *l = &layouts[i];
		const char *from = text + n - l->lines * l->columns;

		if (n < l->lines * l->columns || !may_begin(from) || !is_zone(from, l))
			continue;
		/* a passport's end may look like a card: then its last digit is wrong */
		*whole = from == text || composite_digit(from, l) == from[l->composite_digit];
		if (*whole)
			return from;
	}
	for (; *text && strlen(text) >= 20; text++)
		if (may_begin(text))
			return text;
	return NULL;
}

/* ---- kinds of documents ---- */

const struct mrz_kind *
mrz_kind_of(const struct mrz *m)
{
	const char *code = m->fields[MRZ_KIND].read, *issuer = m->fields[MRZ_ISSUER].read;
	const struct mrz_kind *k = kinds;

	while (strncmp(code, k->code, strlen(k->code)) != 0 ||
	    (k->issuer && strcmp(issuer, k->issuer) != 0))
		k++; /* the last one is any */
	return k;
}

static const struct layout layouts[] = {
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
static const size_t n_layouts = COUNT_OF(layouts);

/* The first that fits; the issuer is D, never DEU. */
static const struct mrz_kind kinds[] = {
	{ "PT", "D", "travel", N_("travel document for foreigners") },
	{ "PR", "D", "travel", N_("travel document for refugees") },
	{ "PS", "D", "travel", N_("travel document for stateless people") },
	{ "PU", "D", "travel", N_("EU emergency travel document") },
	{ "P", NULL, "passport", N_("passport") },
	{ "AR", "D", "residence_card", N_("residence card") },
	{ "AS", "D", "residence_card", N_("residence card") },
	{ "AF", "D", "residence_card", N_("residence card of a family member") },
	{ "ME", "D", "arrival", N_("proof of arrival") },
	{ "ID", NULL, "id_card", N_("identity card") },
	{ "I", NULL, "id_card", N_("identity card") },
	{ "", NULL, "other", N_("other document") },
};
