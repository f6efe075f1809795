/*
 * value_more.c - layer 1: the less common types of a field: as typed, as
 * stored, as shown.  Called through the table of value.c.  Must never change
 * what a clerk meant: what cannot be read is refused with an example.
 */
#include "value.h"

#include <string.h>

#include "rules_order.h"
#include "text.h"

#define DIGITS "0123456789"

/* ---- several of a list: "a,b" in the order of the list ---- */

bool
form_set_has(const char *set, const char *key)
{
	size_t n = strlen(key);

	for (const char *at = set; *at; at += strcspn(at, ","), at += *at == ',')
		if (strcspn(at, ",") == n && strncmp(at, key, n) == 0)
			return true;
	return false;
}

struct form_field
value_one_of(const struct form_field *field)
{
	struct form_field one = *field;

	one.type = FORM_CHOICE;
	return one;
}

/* How many commas the labels have, at most. */
static size_t
commas_inside(const struct form_field *field)
{
	size_t most = 0;

	for (size_t i = 0; i < field->choice_count; i++) {
		size_t n = 0;

		for (const char *c = form_say(&field->choices[i].label); *c; c++)
			n += *c == ',';
		most = n > most ? n : most;
	}
	return most;
}

/* Where the part after this many commas ends. */
static size_t
end_after(const char *text, size_t commas)
{
	size_t n = strcspn(text, ",");

	while (commas-- > 0 && text[n])
		n += 1 + strcspn(text + n + 1, ",");
	return n;
}

/* The longest beginning of text that is one choice, for a label may have commas
 * of its own; length: how far it goes. */
static const char *
first_choice(struct arena *a, const struct form_field *one, size_t commas, const char *text,
             int today, size_t *length)
{
	const char *key, *why;

	for (;; commas--) {
		size_t n = end_after(text, commas);
		const char *word = text_clean(a, arena_strndup(a, text, n), false);

		key = word ? form_value_parse(a, one, word, today, &why) : NULL;
		*length = n;
		if ((key && *key) || commas == 0)
			return key;
	}
}

static const char *
parse_choices(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	const struct form_field one = value_one_of(field);
	size_t commas = commas_inside(field), n;
	const char *chosen = "", *ordered = "";

	for (const char *at = typed; *at; at += n, at += *at == ',') {
		const char *key = first_choice(a, &one, commas, at, today, &n);

		if (!key || !*key)
			return NULL;
		chosen = arena_printf(a, "%s%s%s", chosen, *chosen ? "," : "", key);
	}
	for (size_t i = 0; i < field->choice_count; i++)
		if (form_set_has(chosen, field->choices[i].key))
			ordered = arena_printf(a, "%s%s%s", ordered, *ordered ? "," : "",
			                       field->choices[i].key);
	return ordered;
}

static const char *
show_choices(struct arena *a, const struct form_field *field, const char *text)
{
	const char *shown = "";

	for (const char *at = text; *at; at += strcspn(at, ","), at += *at == ',') {
		const char *key = arena_strndup(a, at, strcspn(at, ","));
		const struct form_choice *choice = form_choice_of(field, key);

		shown = arena_printf(a, "%s%s%s", shown, *shown ? ", " : "",
		                     choice ? form_say(&choice->label) : key);
	}
	return shown;
}

static bool
read_choices(const struct form_field *field, const char *text, struct form_value *v)
{
	size_t next = 0;

	v->text = text;
	for (const char *at = text; *at; at += strcspn(at, ","), at += *at == ',') {
		size_t n = strcspn(at, ",");

		while (next < field->choice_count && (strlen(field->choices[next].key) != n ||
		       strncmp(field->choices[next].key, at, n) != 0))
			next++;
		if (next++ >= field->choice_count && field->choice_count > 0)
			return false;
	}
	return true;
}

static const char *
wanted_choices(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Choose from the list, with commas between."));
}

/* ---- a date as far as known ---- */

static bool
part_days(const char *text, int64_t *first, int64_t *last)
{
	size_t n = strlen(text);
	int y = atoi(text), m = n > 4 ? atoi(text + 5) : 1, day;
	char born[11];

	if (!birth_read(text, day_from_ymd(2199, 12, 31), born) || strcmp(born, text) != 0)
		return false;
	if (n == 10) {
		if (!day_parse(text, &day))
			return false;
		*first = *last = day;
		return true;
	}
	*first = day_from_ymd(y, m, 1);
	*last = n == 4 || m == 12 ? day_from_ymd(y + 1, 1, 1) - 1 : day_from_ymd(y, m + 1, 1) - 1;
	return true;
}

static const char *
parse_part_date(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	char part[11], iso[11];
	int day;

	if (birth_read(typed, day_from_ymd(2199, 12, 31), part))
		return arena_strdup(a, part);
	if (form_typed_day(typed, field->when, today, &day))
		return arena_strdup(a, day_iso(day, iso));
	return NULL;
}

static const char *
show_part_date(struct arena *a, const struct form_field *field, const char *text)
{
	(void)field;
	if (strlen(text) == 10)
		return arena_printf(a, "%.2s.%.2s.%.4s", text + 8, text + 5, text);
	if (strlen(text) == 7)
		return arena_printf(a, "%.2s.%.4s", text + 5, text);
	return arena_strdup(a, text);
}

static bool
read_part_date(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	return part_days(text, &v->number, &v->high);
}

static const char *
wanted_part_date(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a day as far as it is known: 3.5.1990, 5.1990 or 1990."));
}

static const char *
beyond_part_date(struct arena *a, const struct form_field *field, const struct form_value *v,
                 int today)
{
	if (field->when == FORM_PAST && v->number > today)
		return arena_strdup(a, _("That day is still to come; type a day up to today."));
	if (field->when == FORM_FUTURE && v->high < today)
		return arena_strdup(a, _("That day is over; type a day from today on."));
	return NULL;
}

/* ---- a period: "2025-01-01/2025-03-31", open on one side at most ---- */

static bool
day_or_open(const char *text, size_t n, int64_t *to)
{
	char iso[11] = "";
	int day = DAY_NONE;

	if (n != 0 && n != 10)
		return false;
	memcpy(iso, text, n);
	if (n == 10 && !day_parse(iso, &day))
		return false;
	*to = day;
	return true;
}

static bool
read_period(const struct form_field *field, const char *text, struct form_value *v)
{
	const char *slash = strchr(text, '/');

	(void)field;
	return slash && day_or_open(text, (size_t)(slash - text), &v->number) &&
	    day_or_open(slash + 1, strlen(slash + 1), &v->high) &&
	    (v->number != DAY_NONE || v->high != DAY_NONE);
}

static const char *
period_side(struct arena *a, const struct form_field *field, const char *typed, size_t n,
            int today)
{
	const char *side = text_clean(a, arena_strndup(a, typed, n), false);
	char iso[11];
	int day;

	if (!side || !*side)
		return side;
	if (strcmp(side, "…") == 0) /* as it is shown */
		return "";
	return form_typed_day(side, field->when, today, &day) ? arena_strdup(a, day_iso(day, iso))
	                                                      : NULL;
}

static const char *
parse_period(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	static const char *const between[] = { "/", " - ", " – ", " bis ", " to " };
	struct form_value v;

	typed = arena_printf(a, " %s ", typed); /* one side may be open: "1.1.25 -" */
	for (size_t i = 0; i < COUNT_OF(between); i++) {
		const char *at = strstr(typed, between[i]), *text, *from, *until;

		if (!at)
			continue;
		from = period_side(a, field, typed, (size_t)(at - typed), today);
		at += strlen(between[i]);
		until = period_side(a, field, at, strlen(at), today);
		text = from && until ? arena_printf(a, "%s/%s", from, until) : "";
		if (read_period(field, text, &v))
			return text;
	}
	return NULL;
}

static const char *
show_period(struct arena *a, const struct form_field *field, const char *text)
{
	const char *slash = strchr(text, '/');

	if (!slash)
		return value_show_same(a, field, text);
	return arena_printf(a, "%s – %s",
	    slash > text ? show_part_date(a, field, arena_strndup(a, text, (size_t)(slash - text)))
	                 : "…", slash[1] ? show_part_date(a, field, slash + 1) : "…");
}

static const char *
wanted_period(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type two days, such as 1.1.25 - 31.3.25; one may be left out."));
}

static const char *
beyond_period(struct arena *a, const struct form_field *field, const struct form_value *v,
              int today)
{
	(void)field;
	(void)today;
	if (v->number != DAY_NONE && v->high != DAY_NONE && v->high < v->number)
		return arena_strdup(a, _("The period ends before it begins; type the earlier day "
		                         "first."));
	return NULL;
}

/* ---- a time of day: "08:30" ---- */

bool
form_minutes(const char *text, int64_t *minutes)
{
	int hour, minute;

	if (strlen(text) != 5 || text[2] != ':' || strspn(text, DIGITS) != 2 ||
	    strspn(text + 3, DIGITS) != 2)
		return false;
	hour = atoi(text);
	minute = atoi(text + 3);
	*minutes = hour * 60 + minute;
	return hour < 24 && minute < 60;
}

static const char *
parse_time(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	size_t hours = strspn(typed, DIGITS), parting;
	const char *text;
	int64_t minutes;

	(void)field;
	(void)today;
	if (hours == 4 && !typed[4])
		text = arena_printf(a, "%.2s:%s", typed, typed + 2);
	else if (hours == 0 || hours > 2)
		return NULL;
	else if (!typed[hours])
		text = arena_printf(a, "%02d:00", atoi(typed));
	else {
		parting = strspn(typed + hours, ":.");
		text = arena_printf(a, "%02d:%s", atoi(typed), typed + hours + parting);
	}
	return form_minutes(text, &minutes) ? text : NULL;
}

static bool
read_time(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	return form_minutes(text, &v->number);
}

static const char *
wanted_time(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a time of day, such as 8:30."));
}

/* ---- table ---- */

const struct value_type value_choices = {
	parse_choices, show_choices, read_choices, wanted_choices, value_unbounded,
}, value_part_date = {
	parse_part_date, show_part_date, read_part_date, wanted_part_date, beyond_part_date,
}, value_period = {
	parse_period, show_period, read_period, wanted_period, beyond_period,
}, value_time = {
	parse_time, value_show_same, read_time, wanted_time, value_unbounded,
};
