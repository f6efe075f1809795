/*
 * value_number.c - layer 1: whole numbers, decimals and sums of money: as typed,
 * as stored, as shown.  Called through the table of value.c.  Must never round
 * what a clerk typed.
 */
#include "value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define NUMBER_MAX 999999999
#define CENTS_DIGITS 11

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
read_number(const struct form_field *field, const char *text, struct form_value *v)
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
beyond_number(struct arena *a, const struct form_field *field, const struct form_value *v, int today)
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
read_money(const struct form_field *field, const char *text, struct form_value *v)
{
	return strlen(text) <= CENTS_DIGITS + (*text == '-') && read_number(field, text, v) &&
	    (v->number >= 0 || field->compute);
}

static const char *
show_money(struct arena *a, const struct form_field *field, const char *text)
{
	bool german = lang_current() == LANG_DE;
	struct form_value v;
	const char *whole;
	int64_t cents;

	if (!read_money(field, text, &v))
		return arena_strdup(a, text);
	cents = v.number < 0 ? -v.number : v.number;
	whole = arena_printf(a, "%" PRId64, cents / 100);
	for (size_t n = strlen(whole); n > 3; n -= 3)
		whole = arena_printf(a, "%.*s%c%s", (int)(n - 3), whole, german ? '.' : ',',
		                     whole + n - 3);
	return arena_printf(a, "%s%s%c%02d", v.number < 0 ? "-" : "", whole, german ? ',' : '.',
	                    (int)(cents % 100));
}

static const char *
wanted_money(struct arena *a, const struct form_field *field)
{
	(void)field;
	/* TRANSLATORS: as people write it, in German 1.640,00 */
	return arena_strdup(a, _("Type a sum in euros, such as 1,640.00."));
}

/* ---- decimal: thousandths ---- */

bool
form_thousandths(const char *text, int64_t *number)
{
	size_t sign = *text == '-', whole = strspn(text + sign, "0123456789");
	const char *point = text + sign + whole;
	size_t part = *point == '.' ? strspn(point + 1, "0123456789") : 0;
	int64_t n;

	if (whole == 0 || whole > 12 || part > 3 || point[part ? part + 1 : 0] != '\0')
		return false;
	n = strtoll(text + sign, NULL, 10) * 1000;
	for (size_t i = 0, unit = 100; i < part; i++, unit /= 10)
		n += (point[1 + i] - '0') * (int64_t)unit;
	*number = sign ? -n : n;
	return true;
}

/* One text for one number: "38.5", no "38.50", no "-0". */
const char *
value_write_thousandths(struct arena *a, int64_t n)
{
	uint64_t size = n < 0 ? (uint64_t)-n : (uint64_t)n;
	char *text = arena_printf(a, "%s%" PRIu64 ".%03u", n < 0 ? "-" : "", size / 1000,
	                          (unsigned)(size % 1000));
	size_t end = strlen(text);

	while (text[end - 1] == '0')
		end--;
	if (text[end - 1] == '.')
		end--;
	text[end] = '\0';
	return text;
}

static const char *
parse_decimal(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	char *text = arena_strdup(a, typed), *comma = strchr(text, ',');
	int64_t n;

	(void)field;
	(void)today;
	if (comma)
		*comma = '.';
	return form_thousandths(text, &n) ? value_write_thousandths(a, n) : NULL;
}

static const char *
show_decimal(struct arena *a, const struct form_field *field, const char *text)
{
	char *shown = arena_strdup(a, text), *point = strchr(shown, '.');
	const char *unit = form_say(&field->unit);

	if (point && lang_current() == LANG_DE)
		*point = ',';
	return arena_printf(a, "%s%s%s", shown, *unit ? " " : "", unit);
}

static bool
read_decimal(const struct form_field *field, const char *text, struct form_value *v)
{
	const char *point = strchr(text, '.');
	size_t zero = *text == '-';

	(void)field;
	if (point && (point[1] == '\0' || text[strlen(text) - 1] == '0'))
		return false;
	if (text[zero] == '0' && isdigit((unsigned char)text[zero + 1]))
		return false;
	return form_thousandths(text, &v->number) && !(zero && v->number == 0);
}

static const char *
wanted_decimal(struct arena *a, const struct form_field *field)
{
	(void)field;
	/* TRANSLATORS: as people write it, in German 38,5 */
	return arena_strdup(a, _("Type a number, such as 38.5."));
}

static const char *
beyond_decimal(struct arena *a, const struct form_field *field, const struct form_value *v,
               int today)
{
	(void)today;
	if (v->number < (int64_t)field->min * 1000)
		return arena_printf(a, _("Too small: type a number from %d."), field->min);
	if (v->number > (int64_t)field->max * 1000)
		return arena_printf(a, _("Too large: type a number up to %d."), field->max);
	return NULL;
}

/* ---- table ---- */

const struct value_type value_whole = {
	parse_number, show_number, read_number, wanted_number, beyond_number,
}, value_money = {
	parse_money, show_money, read_money, wanted_money, value_unbounded,
}, value_decimal = {
	parse_decimal, show_decimal, read_decimal, wanted_decimal, beyond_decimal,
};
