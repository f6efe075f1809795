/*
 * days.c - layer 1: working days, distances in words, birth dates that are
 * known only in part.  Called by service/ and form/.
 */
#include "rules_order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_working(int day, const int *holidays, size_t n)
{
	if (day_weekday(day) >= 5)
		return false;
	for (size_t i = 0; i < n && holidays[i] <= day; i++)
		if (holidays[i] == day)
			return false;
	return true;
}

int
working_day_after(int day, int n, const int *holidays, size_t n_holidays)
{
	while (n > 0)
		n -= is_working(++day, holidays, n_holidays);
	while (!is_working(day, holidays, n_holidays))
		day++;
	return day;
}

char *
day_distance(struct arena *mem, int day, int today)
{
	int n = day - today;

	if (n == 0)
		return arena_strdup(mem, _("today"));
	if (n == 1)
		return arena_strdup(mem, _("tomorrow"));
	if (n == -1)
		return arena_strdup(mem, _("yesterday"));
	if (n > 0)
		return arena_printf(mem, tr_n("in %d day", "in %d days", n), n);
	return arena_printf(mem, tr_n("%d day ago", "%d days ago", -n), -n);
}

bool
birth_valid(const char *born, int today)
{
	char whole[11];
	int day;

	switch (strlen(born)) {
	case 4:
		snprintf(whole, sizeof(whole), "%s-01-01", born);
		break;
	case 7:
		snprintf(whole, sizeof(whole), "%s-01", born);
		break;
	case 10:
		snprintf(whole, sizeof(whole), "%s", born);
		break;
	default:
		return false;
	}
	return day_parse(whole, &day) && day <= today && day >= day_from_ymd(1880, 1, 1);
}

/* The numbers of a text, at most three, and how long each is written. */
static size_t
numbers_of(const char *text, int number[static 3], size_t length[static 3])
{
	size_t n = 0;

	for (; *text; n++) {
		size_t digits = strspn(text, "0123456789");

		if (n == 3 || digits == 0 || digits > 4)
			return 0;
		number[n] = atoi(text);
		length[n] = digits;
		text += digits;
		text += strspn(text, ".-/ ");
	}
	return n;
}

bool
birth_read(const char *typed, int today, char born[static 11])
{
	int number[3], at = 0;
	size_t length[3], n = numbers_of(typed, number, length);
	int last = (int)n - 1;

	if (n == 0)
		return false;
	/* the year is the one with four digits: first (ISO) or last (German) */
	if (length[0] != 4) {
		int first = number[0];

		if (length[last] != 4)
			return false;
		number[0] = number[last];
		number[last] = first;
	}
	at = snprintf(born, 11, "%04d", number[0]);
	/* 00.00.1990: what is not known; a day without its month says nothing */
	while (n > 1 && number[n - 1] == 0)
		n--;
	for (size_t i = 1; i < n; i++)
		if (number[i] >= 1 && number[i] <= 31)
			at += snprintf(born + at, 11 - (size_t)at, "-%02d", number[i]);
		else
			return false;
	return birth_valid(born, today);
}
