/*
 * order.c - who is next and why: the waiting room, the queue, working days and
 * dates of birth.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "rules_order.h"

static struct arena *mem;

static void
setup(void)
{
	mem = arena_new();
	clock_init();
	lang_set(LANG_EN);
}

static void
teardown(void)
{
	arena_free(mem);
}

static int
day(const char *text)
{
	int d;

	ck_assert_msg(day_parse(text, &d), "%s", text);
	return d;
}

/* ---- the waiting room ---- */

/* However many urgent ones come, nobody waits longer than the bonus more. */
START_TEST(nobody_in_the_room_waits_for_ever)
{
	const int bonus = 30;
	int64_t ordinary = visit_rank(1000, 0);

	ck_assert_int_lt(visit_rank(1000 + 60, bonus), ordinary);
	for (int64_t later = 0; later < 100000; later += 60)
		if (visit_rank(1000 + later, bonus) < ordinary)
			ck_assert_int_lt(later, bonus * 60);
}
END_TEST

START_TEST(a_wait_is_told_in_whole_minutes_and_days)
{
	ck_assert_int_eq(minutes_waited(1000, 1000 + 59), 0);
	ck_assert_int_eq(minutes_waited(1000, 1000 + 60), 1);
	ck_assert_int_eq(minutes_waited(1000, 1000 + 60 * 60 - 1), 59);
	ck_assert_int_eq(minutes_waited(1000, 1000 + 60 * 60), 60);
	ck_assert_int_eq(days_waited(100, 100), 0);
	ck_assert_int_eq(days_waited(100, 112), 12);
	/* a clock that was set back: nobody has waited less than not at all */
	ck_assert_int_eq(minutes_waited(1000, 100), 0);
	ck_assert_int_eq(days_waited(100, 99), 0);
}
END_TEST

START_TEST(reasons_of_the_room)
{
	struct waiting w = { .now = 10000, .arrived_at = 10000 - 41 * 60, .limit_minutes = 40,
		.lane_label = "Small children" };

	ck_assert_str_eq(visit_why(mem, &w), "over the limit of 40 min");
	w.arrived_at = 10000 - 40 * 60;
	ck_assert_str_eq(visit_why(mem, &w), "over the limit of 40 min");
	w.arrived_at += 1;
	ck_assert_str_eq(visit_why(mem, &w), "arrival");
	w.back = true;
	ck_assert_str_eq(visit_why(mem, &w), "arrival, comes back");
	w.first = true;
	ck_assert_str_eq(visit_why(mem, &w), "waited longest (limit 40)");
	w.bonus_minutes = 30;
	ck_assert_str_eq(visit_why(mem, &w), "Small children");
	w.day = day("2026-11-22");
	w.today = day("2026-11-23");
	ck_assert_str_eq(visit_why(mem, &w), "came yesterday");
}
END_TEST

START_TEST(an_estimate_is_an_honest_range)
{
	int low, high;

	wait_estimate(0, 3, 12, &low, &high);
	ck_assert_int_eq(low, 0);
	ck_assert_int_le(high, 5);
	wait_estimate(9, 3, 12, &low, &high);
	ck_assert(low <= 36 && 36 <= high && low % 5 == 0 && high % 5 == 0);
	wait_estimate(9, 0, 12, &low, &high); /* no counter open: as with one */
	ck_assert(low <= 108 && 108 <= high);
	/* four fifths and five quarters of it, to the nearest five; never less than five apart */
	ck_assert(low == 85 && high == 140);
	wait_estimate(1, 1, 5, &low, &high);
	ck_assert(low == 5 && high == 10);
}
END_TEST

/* ---- the queue ---- */

/* A matter without urgency is in front of everything after the age limit. */
START_TEST(nothing_in_the_queue_waits_for_ever)
{
	int opened = day("2026-01-05"), limit = 60;
	int rank = case_rank(day("2030-01-01"), opened, 1, limit);

	ck_assert_int_eq(rank, opened + limit);
	/* opened later and due at once: behind it from the limit on */
	for (int later = limit; later < 1000; later++)
		ck_assert_int_ge(case_rank(opened + later, opened + later, 1, limit), rank);
	/* who asks again moves up, a day each time */
	ck_assert_int_eq(case_rank(day("2026-02-01"), opened, 3, limit), day("2026-01-30"));
}
END_TEST

START_TEST(reasons_of_the_queue)
{
	struct pending p = { .today = day("2026-11-23"), .opened = day("2026-11-11"), .asked = 1,
		.due = day("2026-11-24"), .age_limit = 60, .wait_until = DAY_NONE,
		.state = CASE_OPEN };

	ck_assert_str_eq(case_why(mem, &p), "due tomorrow; waiting 12 days");
	p.urgent = true;
	ck_assert_str_eq(case_why(mem, &p), "urgent, due tomorrow; waiting 12 days");
	p.urgent = false;
	p.title_ends = true;
	ck_assert_str_eq(case_why(mem, &p), "title ends tomorrow; waiting 12 days");
	p.due = day("2026-11-20");
	ck_assert_str_eq(case_why(mem, &p), "title ended 3 days ago; waiting 12 days");
	p.due = p.today;
	ck_assert_str_eq(case_why(mem, &p), "title ends today; waiting 12 days");
	p.title_ends = false;
	ck_assert_str_eq(case_why(mem, &p), "due today; waiting 12 days");
	p.due = day("2026-11-20");
	ck_assert_str_eq(case_why(mem, &p), "late: was due 3 days ago; waiting 12 days");
	p.asked = 3;
	ck_assert_str_eq(case_why(mem, &p), "late: was due 3 days ago; asked 3 times");
	p.state = CASE_WAITING;
	p.wait_until = day("2026-11-23");
	ck_assert_str_eq(case_why(mem, &p), "on hold, follow up today");
	/* only while it waits, and only where a day was said */
	p.wait_until = DAY_NONE;
	ck_assert_str_eq(case_why(mem, &p), "late: was due 3 days ago; asked 3 times");
	p.state = CASE_OPEN;
	p.wait_until = day("2026-11-23");
	ck_assert_str_eq(case_why(mem, &p), "late: was due 3 days ago; asked 3 times");
}
END_TEST

/* In front by its age alone: then that is the reason. */
START_TEST(age_is_the_reason_where_it_comes_before_the_due_day)
{
	struct pending p = { .today = day("2026-11-23"), .opened = day("2026-10-04"), .asked = 1,
		.due = day("2026-11-23"), .age_limit = 50, .wait_until = DAY_NONE,
		.state = CASE_OPEN };

	ck_assert_str_eq(case_why(mem, &p), "waiting 50 days (limit 50)");
	p.age_limit = 51;
	ck_assert_str_eq(case_why(mem, &p), "due today; waiting 50 days");
	p.due = day("2027-11-23");
	ck_assert_str_eq(case_why(mem, &p), "waiting 50 days (limit 51)");
	/* nothing that came today has waited */
	p.opened = p.today;
	ck_assert_str_ne(case_why(mem, &p), "waiting 0 days (limit 51)");
	p.due = p.today;
	p.opened = day("2026-11-22");
	ck_assert_str_eq(case_why(mem, &p), "due today");
	p.opened = day("2026-11-21");
	ck_assert_str_eq(case_why(mem, &p), "due today; waiting 2 days");
}
END_TEST

/* ---- days ---- */

START_TEST(working_days_step_over_holidays)
{
	/* 2026: Fri 25 and Sat 26 December, Fri 1 January 2027 */
	const int holidays[] = { day("2026-12-25"), day("2026-12-26"), day("2027-01-01") };
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		{ "2026-11-23", 0, "2026-11-23" }, { "2026-11-21", 0, "2026-11-23" },
		{ "2026-11-23", 1, "2026-11-24" }, { "2026-11-20", 1, "2026-11-23" },
		{ "2026-12-24", 1, "2026-12-28" }, { "2026-12-25", 0, "2026-12-28" },
		{ "2026-12-31", 1, "2027-01-04" }, { "2026-12-18", 10, "2027-01-05" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char iso[11];

		day_iso(working_day_after(day(cases[i].from), cases[i].n, holidays, 3), iso);
		ck_assert_msg(strcmp(iso, cases[i].to) == 0, "%s + %d: %s", cases[i].from,
		    cases[i].n, iso);
	}
}
END_TEST

START_TEST(births_are_as_exact_as_known)
{
	static const char *const good[] = {
		"1880", "1990", "1990-05", "1990-05-03", "2026", "2026-11", "2026-11-23",
		"2000-02-29",
	};
	static const char *const bad[] = {
		"", "1879", "90", "1990-13", "1990-00", "1990-02-30", "1900-02-29", "2027",
		"2026-12", "2026-11-24", "1990-5-3", "1990-05-03 ", "abcd", "1990/05", "199O",
	};

	for (size_t i = 0; i < COUNT_OF(good); i++)
		ck_assert_msg(birth_valid(good[i], day("2026-11-23")), "%s", good[i]);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		ck_assert_msg(!birth_valid(bad[i], day("2026-11-23")), "%s", bad[i]);
}
END_TEST

Suite *suite_order(void);
Suite *
suite_order(void)
{
	Suite *s = suite_create("order");
	TCase *t = tcase_create("order");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, nobody_in_the_room_waits_for_ever);
	tcase_add_test(t, a_wait_is_told_in_whole_minutes_and_days);
	tcase_add_test(t, reasons_of_the_room);
	tcase_add_test(t, an_estimate_is_an_honest_range);
	tcase_add_test(t, nothing_in_the_queue_waits_for_ever);
	tcase_add_test(t, reasons_of_the_queue);
	tcase_add_test(t, age_is_the_reason_where_it_comes_before_the_due_day);
	tcase_add_test(t, working_days_step_over_holidays);
	tcase_add_test(t, births_are_as_exact_as_known);
	suite_add_tcase(s, t);
	return s;
}
