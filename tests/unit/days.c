/*
 * days.c - unit tests of dates of birth as people write them
 * (include/rules_order.h).
 */
#include <check.h>

#include "rules_order.h"

Suite *suite_days(void);

static const struct {
	const char *typed, *born; /* NULL: none */
} births[] = {
	{ "3.5.1990", "1990-05-03" }, { "03.05.1990", "1990-05-03" }, { "3/5/1990", "1990-05-03" },
	{ "1990-05-03", "1990-05-03" }, { "5.1990", "1990-05" }, { "1990-5", "1990-05" },
	{ "1990", "1990" }, { "23.11.2026", "2026-11-23" },
	{ "00.00.1990", "1990" }, { "1990-00-00", "1990" }, { "0.5.1990", "1990-05" },
	{ "5.0.1990", NULL }, { "0.1990", "1990" },
	{ "", NULL }, { "90", NULL }, { "3.5.90", NULL }, { "31.2.1990", NULL },
	{ "13.1990", NULL }, { "24.11.2026", NULL }, { "1870", NULL }, { "1.1.1.1990", NULL },
	{ "May 1990", NULL }, { "99999.1.1", NULL }, { "1990.40", NULL }, { "3.-5.1990", "1990-05-03" },
};

START_TEST(births_are_read_as_people_write_them)
{
	char born[11] = "";
	bool read = birth_read(births[_i].typed, day_from_ymd(2026, 11, 23), born);

	ck_assert_msg(read == (births[_i].born != NULL), "%s: %s", births[_i].typed, born);
	if (read)
		ck_assert_str_eq(born, births[_i].born);
}
END_TEST

Suite *
suite_days(void)
{
	Suite *s = suite_create("days");
	TCase *c = tcase_create("days");

	tcase_add_loop_test(c, births_are_read_as_people_write_them, 0, COUNT_OF(births));
	suite_add_tcase(s, c);
	return s;
}
