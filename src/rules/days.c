/*
 * days.c - layer 1: working days, distances in words, birth dates that are
 * known only in part.  Called by service/ and form/.
 */
#include "rules_order.h"

#include <stdio.h>
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
