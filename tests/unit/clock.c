/*
 * clock.c - civil days in Europe/Berlin, whatever TZ says: summer time, both
 * midnights of a year's turn, leap days.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base.h"

START_TEST(local_days_and_times)
{
	static const struct {
		const char *instant, *day, *hhmm;
	} cases[] = {
		{ "2026-11-23T08:14:00Z", "2026-11-23", "09:14" },
		{ "2026-07-01T21:59:59Z", "2026-07-01", "23:59" },
		{ "2026-07-01T22:00:00Z", "2026-07-02", "00:00" },
		{ "2026-01-15T22:59:59Z", "2026-01-15", "23:59" },
		{ "2026-01-15T23:00:00Z", "2026-01-16", "00:00" },
		/* 29 March 2026: 02:00 becomes 03:00 */
		{ "2026-03-29T00:59:59Z", "2026-03-29", "01:59" },
		{ "2026-03-29T01:00:00Z", "2026-03-29", "03:00" },
		{ "2026-03-28T23:00:00Z", "2026-03-29", "00:00" },
		{ "2026-03-29T21:59:59Z", "2026-03-29", "23:59" },
		{ "2026-03-29T22:00:00Z", "2026-03-30", "00:00" },
		/* 25 October 2026: 03:00 becomes 02:00 */
		{ "2026-10-25T00:59:59Z", "2026-10-25", "02:59" },
		{ "2026-10-25T01:00:00Z", "2026-10-25", "02:00" },
		{ "2026-10-25T22:59:59Z", "2026-10-25", "23:59" },
		{ "2026-10-25T23:00:00Z", "2026-10-26", "00:00" },
		{ "2026-12-31T22:59:59Z", "2026-12-31", "23:59" },
		{ "2026-12-31T23:00:00Z", "2027-01-01", "00:00" },
		{ "2028-02-29T12:00:00Z", "2028-02-29", "13:00" },
	};
	static const char *const zones[] = { "", "UTC", "Pacific/Auckland", "America/New_York" };

	setenv("TZ", zones[_i], 1);
	clock_init();
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char iso[11], hhmm[6], back[21];
		int64_t t;

		ck_assert(instant_parse(cases[i].instant, &t));
		ck_assert_str_eq(instant_iso(t, back), cases[i].instant);
		ck_assert_msg(strcmp(day_iso(clock_day(t), iso), cases[i].day) == 0, "%s is %s",
		    cases[i].instant, iso);
		ck_assert_msg(strcmp(clock_hhmm(t, hhmm), cases[i].hhmm) == 0, "%s is %s",
		    cases[i].instant, hhmm);
	}
}
END_TEST

START_TEST(days_count_on)
{
	int day = day_from_ymd(1600, 1, 1), y, m, d;

	for (int i = 0; i < 366 * 900; i++, day++) {
		char iso[11];
		int back;

		day_to_ymd(day, &y, &m, &d);
		ck_assert_int_eq(day_from_ymd(y, m, d), day);
		if (i % 97)
			continue;
		ck_assert(day_parse(day_iso(day, iso), &back));
		ck_assert_int_eq(back, day);
	}
	ck_assert_int_eq(day_from_ymd(1970, 1, 1), 0);
	ck_assert_int_eq(day_weekday(day_from_ymd(2026, 11, 23)), 0);
	ck_assert_int_eq(day_weekday(day_from_ymd(1969, 12, 31)), 2);
}
END_TEST

START_TEST(what_is_no_day_and_no_instant)
{
	static const char *const days[] = {
		"", "2026", "2026-11", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-11-31", "26-11-23", "2026-11-23x", " 2026-11-23", "2026-1-023", "2026-11-2",
		"+026-11-23", "2026-11--1",
	};
	static const char *const instants[] = {
		"", "2026-11-23", "2026-11-23T08:14:00", "2026-11-23T24:00:00Z",
		"2026-11-23T08:60:00Z", "2026-11-23T08:14:00Zx", "2026-02-30T08:14:00Z",
		"2026-11-23 08:14:00Z",
	};
	int64_t t;
	int day;
	char iso[11];

	for (size_t i = 0; i < COUNT_OF(days); i++)
		ck_assert_msg(!day_parse(days[i], &day), "%s", days[i]);
	for (size_t i = 0; i < COUNT_OF(instants); i++)
		ck_assert_msg(!instant_parse(instants[i], &t), "%s", instants[i]);
	ck_assert_str_eq(day_iso(DAY_NONE, iso), "");
}
END_TEST

/* Tests set the clock by a text or by a file that is rewritten. */
START_TEST(the_clock_can_be_set)
{
	char path[] = "/tmp/tresen-clock-XXXXXX";
	int fd = mkstemp(path);
	int64_t t;

	ck_assert_int_ge(fd, 0);
	clock_init();
	setenv("TRESEN_NOW", "2026-11-23T08:14:00Z", 1);
	ck_assert(instant_parse("2026-11-23T08:14:00Z", &t));
	ck_assert_int_eq(clock_now(), t);
	setenv("TRESEN_NOW", path, 1);
	ck_assert_int_eq(dprintf(fd, "2026-11-23T08:14:00Z\n"), 21);
	ck_assert_int_eq(clock_now(), t);
	ck_assert_int_eq(pwrite(fd, "2026-11-23T08:15:00Z\n", 21, 0), 21);
	ck_assert_int_eq(clock_now(), t + 60);
	close(fd);
	unlink(path);
}
END_TEST

Suite *suite_clock(void);
Suite *
suite_clock(void)
{
	Suite *s = suite_create("clock");
	TCase *t = tcase_create("clock");

	tcase_add_loop_test(t, local_days_and_times, 0, 4);
	tcase_add_test(t, days_count_on);
	tcase_add_test(t, what_is_no_day_and_no_instant);
	tcase_add_test(t, the_clock_can_be_set);
	suite_add_tcase(s, t);
	return s;
}
