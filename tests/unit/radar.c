/*
 * radar.c - unit tests of the stages before an end and their words
 * (include/rules_radar.h).
 */
#include <check.h>

#include "rules_radar.h"

Suite *suite_radar(void);

#define TODAY 20780

static const struct {
	int days;                /* until the end */
	int stage;
	const char *words, *label;
} ends[] = {
	{ 400, RADAR_AHEAD, "ends in 57 weeks", "" },
	{ 57, RADAR_AHEAD, "ends in 8 weeks", "" },
	{ 56, 8, "ends in 8 weeks", "8 weeks" },
	{ 42, 8, "ends in 6 weeks", "8 weeks" },
	{ 22, 8, "ends in 3 weeks", "8 weeks" },
	{ 21, 3, "ends in 3 weeks", "3 weeks" },
	{ 13, 3, "ends in 13 days", "3 weeks" },
	{ 8, 3, "ends in 8 days", "3 weeks" },
	{ 7, 1, "ends in 7 days", "last week" },
	{ 1, 1, "ends tomorrow", "last week" },
	{ 0, 1, "ends today", "last week" },
	{ -1, RADAR_OVER, "ended yesterday", "over" },
	{ -3, RADAR_OVER, "ended 3 days ago", "over" },
	{ -14, RADAR_OVER, "ended 2 weeks ago", "over" },
};

START_TEST(stages_and_words)
{
	struct arena *a = arena_new();
	int day = TODAY + ends[_i].days;

	ck_assert_int_eq(radar_stage("8 3 1", day, TODAY), ends[_i].stage);
	/* the order in which they are written does not matter */
	ck_assert_int_eq(radar_stage("1 8 3", day, TODAY), ends[_i].stage);
	ck_assert_str_eq(radar_distance(a, day, TODAY), ends[_i].words);
	ck_assert_str_eq(radar_stage_label(a, ends[_i].stage), ends[_i].label);
	arena_free(a);
}
END_TEST

START_TEST(the_horizon_is_the_first_stage)
{
	ck_assert_int_eq(radar_horizon("8 3 1"), 56);
	ck_assert_int_eq(radar_horizon("1 12"), 84);
	ck_assert_int_eq(radar_horizon(""), 0);
	ck_assert_int_eq(radar_stage("", TODAY, TODAY), RADAR_AHEAD);
}
END_TEST

Suite *
suite_radar(void)
{
	Suite *s = suite_create("radar");
	TCase *c = tcase_create("radar");

	tcase_add_loop_test(c, stages_and_words, 0, COUNT_OF(ends));
	tcase_add_test(c, the_horizon_is_the_first_stage);
	suite_add_tcase(s, c);
	return s;
}
