/*
 * mrz.c - layer 1: reads the machine-readable zone of passports and cards.
 * Called by service/ and the screens.  The mrz_layouts are a table.  Must never
 * guess a sign: what cannot be read is told by field.
 */
#include "mrz_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define X(id, name, label) name,
static const char *const field_names[] = { MRZ_FIELD_LIST(X) };
#undef X
#define X(id, name, label) label,
static const char *const field_labels[] = { MRZ_FIELD_LIST(X) };
#undef X

const struct state_list mrz_fields = { field_names, field_labels, MRZ_FIELDS };
static const struct mrz_kind kinds[];

/* ---- check digits ---- */

static void
add_check(struct mrz *m, enum mrz_field_id field, char expected, char found, bool may_be_filler)
{
	bool holds = found == expected ||
	    (may_be_filler && found == MRZ_FILLER && expected == '0');

	m->checks[m->n_checks++] = (struct mrz_check){ field, expected, found, holds };
	if (!holds)
		m->fields[field].sure = false;
}

static void
check_field(struct mrz *m, enum mrz_field_id field, const char *zone, struct mrz_place p)
{
	add_check(m, field, mrz_digit(zone + p.from, p.length), zone[p.from + p.length], false);
}

static void
check_composite(struct mrz *m, const char *zone, const struct mrz_layout *l)
{
	m->fields[MRZ_COMPOSITE] = (struct mrz_field){ .raw = "", .read = "", .sure = true };
	add_check(m, MRZ_COMPOSITE, mrz_composite(zone, l), zone[l->composite_digit], false);
}

/* ---- fields ---- */

static char *
cut(struct arena *a, const char *zone, struct mrz_place p)
{
	return arena_strndup(a, zone + p.from, p.length);
}

/* Fillers at the ends go, those between become one blank. */
static char *
without_fillers(struct arena *a, const char *raw)
{
	char *text = arena_strdup(a, raw), *to = text;

	for (const char *at = raw; *at; at++)
		if (*at != MRZ_FILLER)
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
             struct mrz_place p)
{
	const char *raw = cut(a, zone, p);
	bool sure = is_made_of(raw, MRZ_LETTERS "<");

	put(m, field, raw, without_fillers(a, raw), sure && *raw != MRZ_FILLER);
}

/* Without "<<" it is a single name: nobody knows what of it is a family name. */
static void
read_names(struct arena *a, struct mrz *m, const char *zone, struct mrz_place p)
{
	const char *raw = cut(a, zone, p), *apart = strstr(raw, "<<");
	const char *family = arena_strndup(a, raw, apart ? (size_t)(apart - raw) : strlen(raw));
	const char *given = apart ? apart + 2 : "";
	bool sure = is_made_of(raw, MRZ_LETTERS "<");

	m->names_cut = raw[strlen(raw) - 1] != MRZ_FILLER;
	if (!*family) {
		family = given;
		given = "";
	}
	put(m, MRZ_FAMILY, family, without_fillers(a, family), sure && *without_fillers(a, family));
	put(m, MRZ_GIVEN, given, without_fillers(a, given), sure);
}

static void
read_sex(struct arena *a, struct mrz *m, const char *zone, struct mrz_place p)
{
	const char *raw = cut(a, zone, p);
	const char *read = *raw == 'F' ? "f" : *raw == 'M' ? "m" :
	    *raw == MRZ_FILLER || *raw == 'X' ? "x" : "";

	put(m, MRZ_SEX, raw, read, *read);
}

/*
 * A card's number longer than nine signs goes on in the optional data, with
 * its digit, up to the first filler.  *optional is what is left of that.
 */
static void
read_number(struct arena *a, struct mrz *m, const char *zone, const struct mrz_layout *l,
            const char **optional)
{
	const char *raw = cut(a, zone, l->number);
	char digit = zone[l->number.from + l->number.length];
	size_t more = strcspn(*optional, "<");

	if (l->long_numbers && digit == MRZ_FILLER && raw[strlen(raw) - 1] != MRZ_FILLER &&
	    more > 0) {
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
	    is_made_of(text, MRZ_DIGITS);
}

static void
read_optional(struct arena *a, struct mrz *m, const char *zone, const struct mrz_layout *l,
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
		/* only an empty field may do without its digit */
		add_check(m, MRZ_OPTIONAL, mrz_digit(raw, strlen(raw)),
		    zone[l->optional[0].from + l->optional[0].length], is_made_of(raw, "<"));
}

/* ---- dates ---- */

/* 1 to 99; 0: not known ("<<", on some papers "00"); -1: no number. */
static int
two_digits(const char *text)
{
	if (text[0] == MRZ_FILLER && text[1] == MRZ_FILLER)
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
read_birth(struct arena *a, struct mrz *m, const char *zone, struct mrz_place p, int today)
{
	const char *raw = cut(a, zone, p);
	int month = two_digits(raw + 2), mday = two_digits(raw + 4), year, this_month, this_day;
	bool unknown = raw[0] == MRZ_FILLER && raw[1] == MRZ_FILLER;

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
read_expiry(struct arena *a, struct mrz *m, const char *zone, struct mrz_place p, int today,
            const struct mrz_window *w)
{
	const char *raw = cut(a, zone, p);
	int month = two_digits(raw + 2), mday = two_digits(raw + 4), year, best = DAY_NONE;
	bool none = is_made_of(raw, "<");
	char iso[11];

	day_to_ymd(today, &year, &(int){ 0 }, &(int){ 0 });
	year = year / 100 * 100 - 100 + two_digits(raw);
	for (int i = 0; i < 3 && raw[0] != MRZ_FILLER && month > 0 && mday > 0; i++, year += 100) {
		int day = is_day(year, month, mday) ? day_from_ymd(year, month, mday) : DAY_NONE;

		if (day != DAY_NONE && two_digits(raw) >= 0 && (best == DAY_NONE ||
		        outside(day, today, w) < outside(best, today, w)))
			best = day;
	}
	put(m, MRZ_EXPIRES, raw, arena_strdup(a, day_iso(best, iso)), none || best != DAY_NONE);
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
	const struct mrz_layout *l = NULL;
	char zone[MRZ_SIGNS_MAX + 1];
	const char *optional, *why = mrz_lines(a, text, zone, &l);

	*m = (struct mrz){ 0 };
	if (why)
		return why;
	m->format = (enum mrz_format)(l - mrz_layouts);
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
