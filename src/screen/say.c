/*
 * say.c - layer 3: days and times as people say them.  Called by screens.
 * Exact dates belong on the case; in lists one wants to know how soon.
 */
#include "screen.h"

#include <stdlib.h>
#include <string.h>

const char *
say_person(struct arena *a, const json_t *person)
{
	const char *name = text_at(person, "name");

	return truth_at(person, "locked") ? arena_printf(a, "■ %s", name) : name;
}

static const char *
weekday(int day)
{
	static const char *const names[] = {
		N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
	};

	return _(names[day_weekday(day)]);
}

static const char *
month(int number)
{
	static const char *const names[] = {
		N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
		N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
	};

	return _(names[number - 1]);
}

/* "23 Nov", with the year where it is not this one. */
static const char *
short_date(struct arena *a, int day, int today)
{
	int y, m, d, this_year, unused_month, unused_day;

	day_to_ymd(day, &y, &m, &d);
	day_to_ymd(today, &this_year, &unused_month, &unused_day);
	if (y == this_year)
		return arena_printf(a, _("%d %s"), d, month(m));
	return arena_printf(a, _("%d %s %d"), d, month(m), y);
}

const char *
say_weekday(struct arena *a, int day)
{
	int y, m, d;

	day_to_ymd(day, &y, &m, &d);
	return arena_printf(a, _("%s %d %s"), weekday(day), d, month(m));
}

const char *
say_date(struct arena *a, const char *iso_day)
{
	int day, y, m, d;

	if (!day_parse(iso_day, &day))
		return arena_strdup(a, iso_day);
	day_to_ymd(day, &y, &m, &d);
	return arena_printf(a, _("%d %s %d"), d, month(m), y);
}

const char *
say_day(struct arena *a, const char *iso_day)
{
	int day, away, today = clock_day(clock_now());

	if (!day_parse(iso_day, &day))
		return arena_strdup(a, iso_day);
	away = day - today;
	if (away == 0)
		return _("today");
	if (away == 1)
		return _("tomorrow");
	if (away == -1)
		return _("yesterday");
	if (away < -1 && away > -14)
		return arena_printf(a, tr_n("%d day ago", "%d days ago", -away), -away);
	if (away > 1 && away < 7)
		return arena_printf(a, "%s %d", weekday(day), (int)strtol(iso_day + 8, NULL, 10));
	return short_date(a, day, today);
}

const char *
say_instant(struct arena *a, const char *iso_instant)
{
	int64_t instant;
	int today = clock_day(clock_now());
	char hhmm[6];

	if (!instant_parse(iso_instant, &instant))
		return arena_strdup(a, iso_instant);
	clock_hhmm(instant, hhmm);
	if (clock_day(instant) == today)
		return arena_strdup(a, hhmm);
	return arena_printf(a, "%s %s", short_date(a, clock_day(instant), today), hhmm);
}
