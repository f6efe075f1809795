/*
 * clock.c - layer 0: instants and civil days.  The only file that asks the
 * kernel for the time.
 */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_SECONDS 86400

/*
 * The rule of Directive 2000/84/EC as a POSIX TZ string: needs no zone files
 * on the machine and ignores whatever TZ a clerk brings along.
 */
#define EUROPE_BERLIN "CET-1CEST,M3.5.0,M10.5.0/3"

void
clock_init(void)
{
	setenv("TZ", EUROPE_BERLIN, 1);
	tzset();
}

/* The instant in TRESEN_NOW, or in the file that it names. */
static bool
given_now(int64_t *instant)
{
	const char *given = getenv("TRESEN_NOW");
	char line[64] = "";
	FILE *f;

	if (!given || !*given)
		return false;
	if (given[0] != '/')
		return instant_parse(given, instant);
	f = fopen(given, "re");
	if (!f)
		return false;
	if (!fgets(line, sizeof(line), f))
		line[0] = '\0';
	fclose(f);
	line[strcspn(line, "\n")] = '\0';
	return instant_parse(line, instant);
}

int64_t
clock_now(void)
{
	int64_t given;

	return given_now(&given) ? given : (int64_t)time(NULL);
}

int64_t
clock_micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
clock_ticks(void)
{
	return clock_micros() / 1000;
}

static struct tm
civil(int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm tm;

	localtime_r(&t, &tm);
	return tm;
}

int
clock_day(int64_t instant)
{
	struct tm tm = civil(instant);

	return day_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

/* Berlin is one hour ahead of UTC, or two. */
int64_t
clock_midnight(int day)
{
	int64_t summer = (int64_t)day * 86400 - 7200;

	return clock_day(summer) == day ? summer : summer + 3600;
}

char *
clock_hhmm(int64_t instant, char buffer[static 6])
{
	struct tm tm = civil(instant);

	snprintf(buffer, 6, "%02u:%02u", (unsigned)tm.tm_hour % 100u,
	         (unsigned)tm.tm_min % 100u);
	return buffer;
}

char *
instant_iso(int64_t instant, char buffer[static 21])
{
	time_t t = (time_t)instant;
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(buffer, 21, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return buffer;
}

bool
instant_parse(const char *text, int64_t *instant)
{
	int day, hour, minute, second, end = 0;
	char date[11];

	if (strlen(text) != 20 || text[10] != 'T')
		return false;
	memcpy(date, text, 10);
	date[10] = '\0';
	if (!day_parse(date, &day))
		return false;
	if (sscanf(text + 11, "%2d:%2d:%2dZ%n", &hour, &minute, &second, &end) != 3 || end != 9)
		return false;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	*instant = (int64_t)day * DAY_SECONDS + hour * 3600 + minute * 60 + second;
	return true;
}

/* Days of the proleptic Gregorian calendar, counted in 400-year eras. */
int
day_from_ymd(int year, int month, int mday)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void
day_to_ymd(int day, int *year, int *month, int *mday)
{
	int z = day + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*mday = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

int
day_weekday(int day)
{
	return (day % 7 + 7 + 3) % 7;
}

/* Lists show thousands of days: no printf, no scanf here. */
static void
put_digits(char *to, int n, int value)
{
	while (n-- > 0) {
		to[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

static bool
take_digits(const char *text, int n, int *value)
{
	*value = 0;
	for (; n > 0; n--, text++) {
		if (*text < '0' || *text > '9')
			return false;
		*value = *value * 10 + (*text - '0');
	}
	return true;
}

char *
day_iso(int day, char buffer[static 11])
{
	int y, m, d;

	buffer[0] = '\0';
	if (day == DAY_NONE)
		return buffer;
	day_to_ymd(day, &y, &m, &d);
	memcpy(buffer, "YYYY-MM-DD", 11);
	put_digits(buffer, 4, y);
	put_digits(buffer + 5, 2, m);
	put_digits(buffer + 8, 2, d);
	return buffer;
}

bool
day_parse(const char *text, int *day)
{
	int y, m, d, again_y, again_m, again_d;

	if (!take_digits(text, 4, &y) || text[4] != '-' || !take_digits(text + 5, 2, &m) ||
	    text[7] != '-' || !take_digits(text + 8, 2, &d) || text[10])
		return false;
	if (y < 1 || m < 1 || m > 12 || d < 1)
		return false;
	*day = day_from_ymd(y, m, d);
	day_to_ymd(*day, &again_y, &again_m, &again_d);
	return again_y == y && again_m == m && again_d == d;
}
