/*
 * typed.c - layer 1: days and sums as people type them at a counter.  Called
 * by value.c.  Must never guess between two readings: one rule each.
 */
#include "inside.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define YEAR_MIN 1900
#define YEAR_MAX 2199
#define CENTS_MAX INT64_C(99999999999) /* nobody pays a billion */

bool
form_whole(const char *text, int64_t *number)
{
	size_t sign = *text == '-';
	size_t digits = strspn(text + sign, "0123456789");

	if (digits == 0 || digits > 12 || text[sign + digits])
		return false;
	*number = strtoll(text, NULL, 10);
	return true;
}

/* ---- days ---- */

static bool
named_day(const char *typed, int today, int *day)
{
	static const struct { const char *name; int offset; } names[] = {
		{ "today", 0 },     { "heute", 0 },    { "tomorrow", 1 },
		{ "morgen", 1 },    { "yesterday", -1 }, { "gestern", -1 },
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcasecmp(names[i].name, typed) == 0) {
			*day = today + names[i].offset;
			return true;
		}
	return false;
}

/* "+14", "-3": days from today. */
static bool
offset_day(const char *typed, int today, int *day)
{
	int64_t offset;

	if ((*typed != '+' && *typed != '-') || !isdigit((unsigned char)typed[1]) ||
	    !form_whole(typed + 1, &offset) || offset > 36525)
		return false;
	*day = today + (int)(*typed == '-' ? -offset : offset);
	return true;
}

/* The real day of a date, or false: 31.2. is none. */
static bool
real_day(int year, int month, int mday, int *day)
{
	int y, m, d;

	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || mday < 1 || mday > 31)
		return false;
	*day = day_from_ymd(year, month, mday);
	day_to_ymd(*day, &y, &m, &d);
	return m == month && d == mday;
}

/*
 * Without a year: the day of this year; for a past date the last one that was,
 * for a future one, and for an end, the next that will be.  29.2. looks up to a
 * leap year.
 */
static bool
day_without_year(int month, int mday, enum form_when when, int today, int *day)
{
	int year, m, d;
	int step = when == FORM_PAST ? -1 : 1;

	day_to_ymd(today, &year, &m, &d);
	for (int tries = 0; tries < 9; tries++, year += step) {
		if (!real_day(year, month, mday, day))
			continue;
		if (when == FORM_ANY_DAY || (when == FORM_PAST ? *day <= today : *day >= today))
			return true;
	}
	return false;
}

/*
 * "26" is 2026, "90" is 1990: the one such year among a hundred, of which the
 * last is this year for a past date; lies twenty years ahead for any day; lies
 * eighty years ahead where something is to come or to end.
 */
static int
full_year(int year, enum form_when when, int today)
{
	static const int ahead[] = {
		[FORM_ANY_DAY] = 20, [FORM_PAST] = 0, [FORM_FUTURE] = 80, [FORM_END] = 80,
	};
	int last, m, d;

	if (year >= 100)
		return year;
	day_to_ymd(today, &last, &m, &d);
	last += ahead[when];
	return last - (last % 100 - year + 100) % 100;
}

/* "030526", "03052026": from a number pad. */
static bool
digit_day(const char *typed, enum form_when when, int today, int *day)
{
	size_t n = strlen(typed);
	int digits;

	if ((n != 6 && n != 8) || strspn(typed, "0123456789") != n)
		return false;
	digits = atoi(typed);
	if (n == 6)
		return real_day(full_year(digits % 100, when, today), digits / 100 % 100,
		                digits / 10000, day);
	return real_day(digits % 10000, digits / 10000 % 100, digits / 1000000, day);
}

/* "3.5.", "3.5", "3.5.26", "03/05/2026", "3 5 2026", "3,5,": day first. */
static bool
parted_day(const char *typed, enum form_when when, int today, int *day)
{
	int part[3] = { 0 }, n = 0;

	while (*typed && n < 3) {
		size_t digits = strspn(typed, "0123456789");

		if (digits == 0 || digits > 4)
			return false;
		part[n++] = atoi(typed);
		typed += digits;
		if (*typed && !strchr(".,/- ", *typed))
			return false;
		typed += strspn(typed, ".,/- ");
	}
	if (*typed || n < 2)
		return false;
	if (n == 2)
		return day_without_year(part[1], part[0], when, today, day);
	return real_day(full_year(part[2], when, today), part[1], part[0], day);
}

bool
form_typed_day(const char *typed, enum form_when when, int today, int *day)
{
	int year, m, d;

	if (day_parse(typed, day)) {
		day_to_ymd(*day, &year, &m, &d);
		return year >= YEAR_MIN && year <= YEAR_MAX;
	}
	return named_day(typed, today, day) || offset_day(typed, today, day) ||
	    digit_day(typed, when, today, day) || parted_day(typed, when, today, day);
}

/* ---- sums ---- */

#define PARTS ".,' "

/* "1640", "1.640.000": digits, parted by threes or not at all; by one sign,
 * which is not the decimal sign. */
static bool
grouped(const char *typed, const char *end, char decimal, int64_t *whole)
{
	char parting = '\0';

	*whole = 0;
	for (;;) {
		size_t digits = strspn(typed, "0123456789");

		if (parting ? digits != 3 : digits == 0 || digits > 9)
			return false;
		for (; digits > 0; digits--)
			*whole = *whole * 10 + (*typed++ - '0');
		if (*whole > CENTS_MAX / 100)
			return false;
		if (typed == end)
			return true;
		if (!strchr(PARTS, *typed) || *typed == decimal || (parting && *typed != parting))
			return false;
		parting = *typed++;
	}
}

/*
 * German or English: the last sign is the decimal sign if one or two digits
 * follow it; every other one must part three digits.
 */
bool
form_typed_cents(const char *typed, int64_t *cents)
{
	const char *end = typed + strlen(typed), *last = end;
	char decimal = '\0';
	size_t digits;
	int fraction = 0;

	while (last > typed && !strchr(PARTS, last[-1]))
		last--;
	digits = last > typed ? (size_t)(end - last) : 0;
	if (digits == 1 || digits == 2) {
		if (strspn(last, "0123456789") != digits)
			return false;
		fraction = atoi(last) * (digits == 1 ? 10 : 1);
		end = last - 1;
		decimal = *end;
	}
	if (!grouped(typed, end, decimal, cents))
		return false;
	*cents = *cents * 100 + fraction;
	return true;
}
