/*
 * value.c - layer 1: one answer: as typed, as stored, as shown.  A table of
 * types at the end.  Called by answers.c, the form view and history.  Must
 * never change what a clerk meant: what cannot be read is refused with an
 * example.
 */
#include "inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

#define TEXT_MAX 200             /* signs: one line of a screen and a half */
#define LINES_MAX 4000
#define NUMBER_MAX 999999999
#define CENTS_DIGITS 11

struct type {
	/* Canonical text of what was typed, or NULL. */
	const char *(*parse)(struct arena *a, const struct form_field *field, const char *typed,
	                     int today);
	const char *(*show)(struct arena *a, const struct form_field *field, const char *text);
	/* From canonical text; false if it is not canonical. */
	bool (*read)(const struct form_field *field, const char *text, struct value *v);
	/* What a field of this type wants, with an example. */
	const char *(*wanted)(struct arena *a, const struct form_field *field);
	/* The sentence for a value out of bounds, or NULL. */
	const char *(*beyond)(struct arena *a, const struct form_field *field,
	                      const struct value *v, int today);
};

static const struct type types[];

/* ---- text ---- */

static const char *
parse_text(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	(void)a;
	(void)field;
	(void)today;
	return typed;
}

static const char *
show_text(struct arena *a, const struct form_field *field, const char *text)
{
	(void)field;
	return arena_strdup(a, text);
}

static bool
read_text(const struct form_field *field, const char *text, struct value *v)
{
	(void)field;
	v->text = text;
	return true;
}

static const char *
wanted_text(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a text."));
}

static const char *
beyond_text(struct arena *a, const struct form_field *field, const struct value *v, int today)
{
	size_t most = field->type == FORM_LINES ? LINES_MAX : TEXT_MAX;
	size_t n = 0;

	(void)today;
	for (const char *at = v->text; *at; at += text_cluster(at))
		n++;
	if (n <= most)
		return NULL;
	return arena_printf(a, _("Too long: at most %zu signs, these are %zu."), most, n);
}

/* ---- choice ---- */

static const struct form_choice *
choice_of(const struct form_field *field, const char *key)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].key, key) == 0)
			return &field->choices[i];
	return NULL;
}

/* A whole label or key, or the one label that begins so. */
static const char *
parse_choice(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	const struct form_choice *begins = choice_of(field, typed);
	const char *wanted = text_search_form(a, typed, true);
	size_t beginnings = 0;

	(void)today;
	if (begins)
		return begins->key;
	for (size_t i = 0; *wanted && i < field->choice_count; i++) {
		const struct form_choice *one = &field->choices[i];
		const char *label = text_search_form(a, form_say(&one->label), true);

		if (strcmp(label, wanted) == 0)
			return one->key;
		if (strncmp(label, wanted, strlen(wanted)) == 0) {
			begins = one;
			beginnings++;
		}
	}
	return beginnings == 1 ? begins->key : NULL;
}

static const char *
show_choice(struct arena *a, const struct form_field *field, const char *text)
{
	const struct form_choice *choice = choice_of(field, text);

	return arena_strdup(a, choice ? form_say(&choice->label) : text);
}

static bool
read_choice(const struct form_field *field, const char *text, struct value *v)
{
	v->text = text;
	return choice_of(field, text) != NULL;
}

static const char *
wanted_choice(struct arena *a, const struct form_field *field)
{
	const char *all = "";

	if (field->choice_count > 6)
		return arena_strdup(a, _("Choose one from the list."));
	for (size_t i = 0; i < field->choice_count; i++)
		all = arena_printf(a, "%s%s%s", all, i ? ", " : "",
		                   form_say(&field->choices[i].label));
	return arena_printf(a, _("Choose one of: %s."), all);
}

/* ---- yes or no ---- */

static const char *
parse_yes_no(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	static const struct { const char *typed, *canonical; } words[] = {
		{ "y", "yes" }, { "j", "yes" }, { "yes", "yes" }, { "ja", "yes" },
		{ "n", "no" },  { "no", "no" }, { "nein", "no" },
	};

	(void)a;
	(void)field;
	(void)today;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcasecmp(words[i].typed, typed) == 0)
			return words[i].canonical;
	return NULL;
}

static const char *
show_yes_no(struct arena *a, const struct form_field *field, const char *text)
{
	(void)field;
	if (strcmp(text, "yes") == 0)
		text = _("yes");
	else if (strcmp(text, "no") == 0)
		text = _("no");
	return arena_strdup(a, text);
}

static bool
read_yes_no(const struct form_field *field, const char *text, struct value *v)
{
	(void)field;
	v->text = text;
	return strcmp(text, "yes") == 0 || strcmp(text, "no") == 0;
}

static const char *
wanted_yes_no(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type y for yes or n for no."));
}

/* ---- date ---- */

static const char *
parse_date(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	char iso[11];
	int day;

	if (!form_typed_day(typed, field->when, today, &day))
		return NULL;
	return arena_strdup(a, day_iso(day, iso));
}

static const char *
show_date(struct arena *a, const struct form_field *field, const char *text)
{
	int day, y, m, d;

	(void)field;
	if (!day_parse(text, &day))
		return arena_strdup(a, text);
	day_to_ymd(day, &y, &m, &d);
	return arena_printf(a, "%02d.%02d.%04d", d, m, y);
}

static bool
read_date(const struct form_field *field, const char *text, struct value *v)
{
	int day;

	if (!day_parse(text, &day) || !form_typed_day(text, field->when, day, &day))
		return false;
	v->number = day;
	return true;
}

static const char *
wanted_date(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a day, such as 3.5., 3.5.26, today or +14."));
}

static const char *
beyond_date(struct arena *a, const struct form_field *field, const struct value *v, int today)
{
	if (field->when == FORM_PAST && v->number > today)
		return arena_strdup(a, _("That day is still to come; type a day up to today."));
	if (field->when == FORM_FUTURE && v->number < today)
		return arena_strdup(a, _("That day is over; type a day from today on."));
	return NULL;
}

/* ---- number ---- */

static const char *
parse_number(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	int64_t number;

	(void)field;
	(void)today;
	return form_whole(typed, &number) ? arena_printf(a, "%" PRId64, number) : NULL;
}

static const char *
show_number(struct arena *a, const struct form_field *field, const char *text)
{
	const char *unit = form_say(&field->unit);

	return arena_printf(a, "%s%s%s", text, *unit ? " " : "", unit);
}

/* One text for one number: no "+5", no "007", no "-0". */
static bool
read_number(const struct form_field *field, const char *text, struct value *v)
{
	char again[FORM_VALUE_BUFFER];

	(void)field;
	if (!form_whole(text, &v->number))
		return false;
	snprintf(again, sizeof(again), "%" PRId64, v->number);
	return strcmp(again, text) == 0;
}

static const char *
wanted_number(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a whole number, such as 30."));
}

static const char *
beyond_number(struct arena *a, const struct form_field *field, const struct value *v, int today)
{
	int min = field->min < -NUMBER_MAX ? -NUMBER_MAX : field->min;
	int max = field->max > NUMBER_MAX ? NUMBER_MAX : field->max;

	(void)today;
	if (v->number < min)
		return arena_printf(a, _("Too small: type a number from %d."), min);
	if (v->number > max)
		return arena_printf(a, _("Too large: type a number up to %d."), max);
	return NULL;
}

/* ---- money ---- */

static const char *
without_currency(struct arena *a, const char *typed)
{
	static const char *const signs[] = { "€", "EUR", "eur", "Euro", "euro" };
	size_t n = strlen(typed);

	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		size_t k = strlen(signs[i]);

		if (n > k && strcmp(typed + n - k, signs[i]) == 0)
			return text_clean(a, arena_strndup(a, typed, n - k), false);
	}
	return typed;
}

static const char *
parse_money(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	int64_t cents;

	(void)field;
	(void)today;
	if (!form_typed_cents(without_currency(a, typed), &cents))
		return NULL;
	return arena_printf(a, "%" PRId64, cents);
}

static bool
read_money(const struct form_field *field, const char *text, struct value *v)
{
	return strlen(text) <= CENTS_DIGITS && read_number(field, text, v) && v->number >= 0;
}

static const char *
show_money(struct arena *a, const struct form_field *field, const char *text)
{
	bool german = lang_current() == LANG_DE;
	struct value v;
	const char *whole;

	if (!read_money(field, text, &v))
		return arena_strdup(a, text);
	whole = arena_printf(a, "%" PRId64, v.number / 100);
	for (size_t n = strlen(whole); n > 3; n -= 3)
		whole = arena_printf(a, "%.*s%c%s", (int)(n - 3), whole, german ? '.' : ',',
		                     whole + n - 3);
	return arena_printf(a, "%s%c%02d", whole, german ? ',' : '.', (int)(v.number % 100));
}

static const char *
wanted_money(struct arena *a, const struct form_field *field)
{
	(void)field;
	/* TRANSLATORS: as people write it, in German 1.640,00 */
	return arena_strdup(a, _("Type a sum in euros, such as 1,640.00."));
}

static const char *
without_bounds(struct arena *a, const struct form_field *field, const struct value *v, int today)
{
	(void)a;
	(void)field;
	(void)v;
	(void)today;
	return NULL;
}

/* ---- public ---- */

bool
form_is_text(enum form_type type)
{
	return type == FORM_TEXT || type == FORM_LINES;
}

bool
form_value_read(const struct form_field *field, const char *canonical, struct value *v)
{
	*v = (struct value){ 0 };
	v->known = types[field->type].read(field, canonical, v);
	return v->known;
}

const char *
form_value_wanted(struct arena *a, const struct form_field *field)
{
	return types[field->type].wanted(a, field);
}

const char *
form_value_show(struct arena *a, const struct form_field *field, const char *canonical)
{
	return *canonical ? types[field->type].show(a, field, canonical) : "";
}

const char *
form_value_check(struct arena *a, const struct form_field *field, const char *canonical, int today)
{
	const char *clean = text_clean(a, canonical, field->type == FORM_LINES);
	struct value v;

	if (!clean)
		return arena_strdup(a, _("There is a control character in it; type it again."));
	if (!*clean || !form_value_read(field, canonical, &v))
		return form_value_wanted(a, field);
	return types[field->type].beyond(a, field, &v, today);
}

const char *
form_value_parse(struct arena *a, const struct form_field *field, const char *typed, int today,
                 const char **why)
{
	const char *clean = text_clean(a, typed, field->type == FORM_LINES);
	const char *canonical;

	*why = NULL;
	if (!clean) {
		*why = form_value_check(a, field, typed, today);
		return NULL;
	}
	if (!*clean)
		return "";
	canonical = types[field->type].parse(a, field, clean, today);
	*why = canonical ? form_value_check(a, field, canonical, today)
	                 : form_value_wanted(a, field);
	return *why ? NULL : canonical;
}

/* ---- types ---- */

static const struct type types[] = {
	[FORM_TEXT] = { parse_text, show_text, read_text, wanted_text, beyond_text },
	[FORM_LINES] = { parse_text, show_text, read_text, wanted_text, beyond_text },
	[FORM_CHOICE] = { parse_choice, show_choice, read_choice, wanted_choice, without_bounds },
	[FORM_DATE] = { parse_date, show_date, read_date, wanted_date, beyond_date },
	[FORM_YES_NO] = { parse_yes_no, show_yes_no, read_yes_no, wanted_yes_no, without_bounds },
	[FORM_NUMBER] = { parse_number, show_number, read_number, wanted_number, beyond_number },
	[FORM_MONEY] = { parse_money, show_money, read_money, wanted_money, without_bounds },
};
