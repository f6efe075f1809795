/*
 * search_box.c - one line of typing taken apart: names, dates, numbers.
 */
#include <check.h>
#include <string.h>

#include "rules_box.h"

static struct arena *mem;
static struct search_box box;

static void
setup(void)
{
	mem = arena_new();
}

static void
teardown(void)
{
	arena_free(mem);
}

static void
read_box(const char *text)
{
	search_box_read(mem, text, day_from_ymd(2026, 11, 23), &box);
}

static const struct {
	const char *text, *names;
	int year, month, day;
} dates[] = {
	{ "haddad 3.5.1990", "haddad", 1990, 5, 3 },
	{ "03.05.90 haddad", "haddad", 1990, 5, 3 },
	{ "haddad 1990-05-03 rania", "haddad rania", 1990, 5, 3 },
	{ "haddad 5.1990", "haddad", 1990, 5, 0 },
	{ "haddad 1990", "haddad", 1990, 0, 0 },
	{ "haddad *1990", "haddad", 1990, 0, 0 },
	{ "haddad 25/05/1990", "haddad", 1990, 5, 25 },
	{ "haddad 05/25/1990", "haddad", 1990, 5, 25 }, /* the month cannot be 25 */
	{ "haddad 00.00.1990", "haddad", 1990, 0, 0 },
	{ "haddad 03051990", "haddad", 1990, 5, 3 },
	{ "haddad 19900503", "haddad", 1990, 5, 3 },
	{ "haddad 1.1.26", "haddad", 2026, 1, 1 },
	{ "haddad 1.1.27", "haddad", 1927, 1, 1 },      /* nobody is born tomorrow */
	{ "haddad 3 5 1990", "haddad", 1990, 5, 3 },
	{ "haddad 3. 5. 1990 rania", "haddad rania", 1990, 5, 3 },
	{ "3. Mai 1990 haddad", "haddad", 1990, 5, 3 },
	{ "haddad 3 M\xC3\xA4rz 1990", "haddad", 1990, 3, 3 },
	{ "haddad 3 December 1990", "haddad", 1990, 12, 3 },
	{ "Haddad, Rania, geb. 03.05.1990", "Haddad Rania", 1990, 5, 3 },
	{ "haddad geboren am 3.5.1990", "haddad", 1990, 5, 3 },
	{ "am may", "am may", 0, 0, 0 },                /* people are called so */
	{ "haddad", "haddad", 0, 0, 0 },
	{ "haddad 99", "haddad", 0, 0, 0 },
};

START_TEST(dates_in_all_usual_forms)
{
	read_box(dates[_i].text);
	ck_assert_str_eq(box.names, dates[_i].names);
	ck_assert_uint_eq(box.n_born, dates[_i].year != 0);
	ck_assert_int_eq(box.born[0].year, dates[_i].year);
	ck_assert_int_eq(box.born[0].month, dates[_i].month);
	ck_assert_int_eq(box.born[0].day, dates[_i].day);
}
END_TEST

START_TEST(numbers)
{
	read_box("2026-004711");
	ck_assert_int_eq(box.case_year, 2026);
	ck_assert_int_eq(box.case_number, 4711);
	read_box("4711");
	ck_assert_int_eq(box.case_number, 4711);
	ck_assert_int_eq(box.case_year, 0);
	read_box("a018");
	ck_assert_int_eq(box.ticket_letter, 'A');
	ck_assert_int_eq(box.ticket_number, 18);
	read_box("12 3456-789 012");
	ck_assert_str_eq(box.numbers[box.n_numbers - 1], "123456789012");
	read_box("33.21/4711 - b");
	ck_assert_str_eq(box.numbers[box.n_numbers - 2], "33.21/4711B");
}
END_TEST

/* Country and area are written or left out: the end is what counts. */
START_TEST(telephones_end_alike)
{
	static const char *const same[] = {
		"0151 234 567", "+49 151 234567", "0049 151/234567", "(0151) 234-567",
		"+49 (0)151 234567", "+49 (0) 151 / 234567", "tel. 0151 234567", "haddad 0151 234 567",
	};

	for (size_t i = 0; i < COUNT_OF(same); i++) {
		read_box(same[i]);
		ck_assert_str_eq(box.phone, "765432151");
	}
	read_box("haddad 3.5.1990");
	ck_assert_ptr_null(box.phone);
}
END_TEST

START_TEST(a_name_is_open_while_it_is_typed)
{
	read_box("haddad ra");
	ck_assert(box.open);
	read_box("haddad rania ");
	ck_assert(!box.open);
	read_box("haddad 1990");
	ck_assert(!box.open);
}
END_TEST

static const struct {
	const char *a, *b;
	enum birth_match match;
} births[] = {
	{ "1990-05-03", "1990-05-03", BIRTH_EQUAL }, { "1990-05-03", "1990-03-05", BIRTH_TURNED },
	{ "1990-05-03", "1990", BIRTH_VAGUE }, { "1990-05-03", "1990-01-01", BIRTH_VAGUE },
	{ "1990-05", "1990-05-03", BIRTH_VAGUE }, { "1990-05-03", "1990-06-04", BIRTH_YEAR },
	{ "1990-05-03", "1991-05-03", BIRTH_NEAR }, { "1990-05-03", "1980-02-03", BIRTH_OTHER },
	{ "1990-05-03", "", BIRTH_UNKNOWN }, { "1990", "1990", BIRTH_EQUAL },
};

START_TEST(dates_of_birth_are_compared)
{
	struct birth a, b;

	ck_assert(birth_parse(births[_i].a, &a));
	birth_parse(births[_i].b, &b);
	ck_assert_int_eq(birth_match(&a, &b), births[_i].match);
	ck_assert_int_eq(birth_match(&b, &a), births[_i].match);
}
END_TEST

Suite *suite_search_box(void);
Suite *
suite_search_box(void)
{
	Suite *s = suite_create("search_box");
	TCase *t = tcase_create("search_box");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, dates_in_all_usual_forms, 0, (int)COUNT_OF(dates));
	tcase_add_test(t, numbers);
	tcase_add_test(t, telephones_end_alike);
	tcase_add_test(t, a_name_is_open_while_it_is_typed);
	tcase_add_loop_test(t, dates_of_birth_are_compared, 0, (int)COUNT_OF(births));
	suite_add_tcase(s, t);
	return s;
}
