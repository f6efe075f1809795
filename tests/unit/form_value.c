/*
 * form_value.c - unit tests of single answers: as typed, as stored, as shown.
 */
#include <check.h>
#include <string.h>

#include "form_answers.h"

Suite *suite_form_value(void);

static struct arena *mem;
static int today;                /* Mon 23 Nov 2026 */

static void
setup(void)
{
	mem = arena_new();
	lang_set(LANG_EN);
	today = day_from_ymd(2026, 11, 23);
}

static void
teardown(void)
{
	arena_free(mem);
}

static struct form_choice choices[] = {
	{ .key = "employed", .label = { .in = { "employed", "angestellt" } } },
	{ .key = "apprentice", .label = { .in = { "apprentice", "in Ausbildung" } } },
	{ .key = "self", .label = { .in = { "self-employed", "selbständig" } } },
	{ .key = "student", .label = { .in = { "student", "Studium" } } },
	{ .key = "seeking", .label = { .in = { "seeking work", "sucht Arbeit" } } },
	{ .key = "home", .label = { .in = { "child, household", "Kind, Haushalt" } } },
};

static struct form_field
field_of(enum form_type type)
{
	return (struct form_field){
		.key = "x", .type = type, .min = INT32_MIN, .max = INT32_MAX,
		.choices = choices, .choice_count = COUNT_OF(choices),
	};
}

/* What typing gives; the sentence if it is refused. */
static const char *
typed_in(const struct form_field *field, const char *typed)
{
	const char *why, *canonical = form_value_parse(mem, field, typed, today, &why);

	ck_assert_msg(!canonical == (why != NULL), "%s", typed);
	if (canonical && *canonical)
		ck_assert_ptr_null(form_value_check(mem, field, canonical, today));
	return canonical ? canonical : why;
}

static const char *
typed(enum form_type type, const char *text)
{
	struct form_field field = field_of(type);

	return typed_in(&field, text);
}

static const char *
shown(enum form_type type, const char *text)
{
	struct form_field field = field_of(type);

	return form_value_show(mem, &field, text);
}

START_TEST(days_as_people_type_them)
{
	static const struct { const char *typed, *iso; } cases[] = {
		{ "3.5.", "2026-05-03" }, { "3.5", "2026-05-03" }, { "3.5.26", "2026-05-03" },
		{ "03.05.2026", "2026-05-03" }, { "3/5/26", "2026-05-03" },
		{ "3,5,", "2026-05-03" }, { "3 5 2026", "2026-05-03" },
		{ "030526", "2026-05-03" }, { "03052026", "2026-05-03" },
		{ "2026-05-03", "2026-05-03" }, { "1.1.90", "1990-01-01" },
		{ "1.1.46", "2046-01-01" }, { "1.1.47", "1947-01-01" },
		{ "+14", "2026-12-07" }, { "-23", "2026-10-31" }, { "+0", "2026-11-23" },
		{ "today", "2026-11-23" }, { "Heute", "2026-11-23" }, { "morgen", "2026-11-24" },
		{ "gestern", "2026-11-22" }, { " 3.5. ", "2026-05-03" }, { "29.2.", "2028-02-29" },
		{ "", "" }, { "   ", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		ck_assert_msg(strcmp(typed(FORM_DATE, cases[i].typed), cases[i].iso) == 0,
		              "%s gives %s", cases[i].typed, typed(FORM_DATE, cases[i].typed));
}
END_TEST

START_TEST(what_is_no_day)
{
	static const char *const cases[] = {
		"31.2.", "31.2.2026", "29.2.2026", "0.1.", "1.13.", "3", "35", "3.5.26.1",
		"2026-02-30", "soon", "+", "+1x", "+99999999", "3.5.12026", "1.1.1899",
		"12345", "99999999", ".5.", "3..", "2026-5-3-1", "320526",
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		ck_assert_msg(strcmp(typed(FORM_DATE, cases[i]), "Type a day, such as 3.5., "
		              "3.5.26, today or +14.") == 0, "%s gives %s", cases[i],
		              typed(FORM_DATE, cases[i]));
}
END_TEST

START_TEST(a_day_without_a_year_knows_where_it_lies)
{
	struct form_field past = field_of(FORM_DATE), future = past;

	past.when = FORM_PAST;
	future.when = FORM_FUTURE;
	ck_assert_str_eq(typed_in(&past, "24.12."), "2025-12-24");
	ck_assert_str_eq(typed_in(&past, "23.11."), "2026-11-23");
	ck_assert_str_eq(typed_in(&future, "3.5."), "2027-05-03");
	ck_assert_str_eq(typed_in(&future, "23.11."), "2026-11-23");
	ck_assert_str_eq(typed_in(&past, "29.2."), "2024-02-29");
	ck_assert_str_eq(typed_in(&past, "+1"),
	                 "That day is still to come; type a day up to today.");
	ck_assert_str_eq(typed_in(&future, "-1"), "That day is over; type a day from today on.");
}
END_TEST

/* Today is 23 November 2026. */
START_TEST(a_day_reads_its_year_by_where_it_lies)
{
	static const struct { enum form_when when; const char *typed, *day; } cases[] = {
		{ FORM_END, "22.11.", "2027-11-22" }, { FORM_END, "23.11.", "2026-11-23" },
		{ FORM_END, "24.11.", "2026-11-24" }, { FORM_END, "31.12.", "2026-12-31" },
		{ FORM_END, "1.1.", "2027-01-01" }, { FORM_END, "29.2.", "2028-02-29" },
		{ FORM_END, "22.11.26", "2026-11-22" }, { FORM_END, "3.5.25", "2025-05-03" },
		{ FORM_END, "3.5.30", "2030-05-03" }, { FORM_END, "030547", "2047-05-03" },
		{ FORM_END, "3.5.06", "2106-05-03" }, { FORM_END, "3.5.07", "2007-05-03" },
		{ FORM_PAST, "22.11.", "2026-11-22" }, { FORM_PAST, "24.11.", "2025-11-24" },
		{ FORM_PAST, "3.5.26", "2026-05-03" }, { FORM_PAST, "3.5.27", "1927-05-03" },
		{ FORM_PAST, "3.5.30", "1930-05-03" }, { FORM_PAST, "030546", "1946-05-03" },
		{ FORM_FUTURE, "22.11.", "2027-11-22" }, { FORM_FUTURE, "3.5.47", "2047-05-03" },
		{ FORM_ANY_DAY, "22.11.", "2026-11-22" }, { FORM_ANY_DAY, "3.5.46", "2046-05-03" },
		{ FORM_ANY_DAY, "3.5.47", "1947-05-03" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct form_field day = field_of(FORM_DATE);

		day.when = cases[i].when;
		ck_assert_msg(strcmp(typed_in(&day, cases[i].typed), cases[i].day) == 0,
		    "%d %s gives %s", (int)day.when, cases[i].typed, typed_in(&day, cases[i].typed));
	}
	ck_assert_str_eq(typed(FORM_PAPER, "C01 3.5."), "C01/2027-05-03");
	ck_assert_str_eq(typed(FORM_PAPER, "3.5.30"), "/2030-05-03");
}
END_TEST

START_TEST(a_latin_text_is_refused_where_it_is_typed)
{
	struct form_field name = field_of(FORM_TEXT);

	ck_assert_str_eq(typed_in(&name, "Шевченко"), "Шевченко");
	name.letters = FORM_LATIN;
	ck_assert_str_eq(typed_in(&name, "Ñuñez-Ďurič d’Ür"), "Ñuñez-Ďurič d’Ür");
	ck_assert_str_eq(typed_in(&name, "Sаra"), "а (U+0430) is no Latin letter of DIN 91379. "
	    "Write it in Latin letters, as the paper has it.");
	ck_assert_str_eq(typed_in(&name, "حداد"), "ح (U+062D) is no Latin letter of DIN 91379. "
	    "Write it in Latin letters, as the paper has it.");
}
END_TEST

START_TEST(sums_in_both_spellings)
{
	static const struct { const char *typed, *cents; } cases[] = {
		{ "1640", "164000" }, { "1.640,00", "164000" }, { "1,640.00", "164000" },
		{ "1640.5", "164050" }, { "1640,05", "164005" }, { "1.640", "164000" },
		{ "1,640", "164000" }, { "1 640", "164000" }, { "1'640.00", "164000" },
		{ "0,99", "99" }, { "0", "0" }, { "007", "700" }, { "12.345.678,90", "1234567890" },
		{ "1640 €", "164000" }, { "1640,00 EUR", "164000" }, { "999999999,99", "99999999999" },
	};
	static const char *const none[] = {
		"12.34.56", "1.64.0", "-5", "5,-", "a", "1.2345", ",50", "1,,5", "€", "1640.",
		"12345678901", "1.640,000,00", "1..640", "1.640.00", "1640,",
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		ck_assert_msg(strcmp(typed(FORM_MONEY, cases[i].typed), cases[i].cents) == 0,
		              "%s gives %s", cases[i].typed, typed(FORM_MONEY, cases[i].typed));
	for (size_t i = 0; i < COUNT_OF(none); i++)
		ck_assert_msg(strncmp(typed(FORM_MONEY, none[i]), "Type a sum", 10) == 0,
		              "%s gives %s", none[i], typed(FORM_MONEY, none[i]));
}
END_TEST

START_TEST(numbers_have_bounds)
{
	struct form_field hours = field_of(FORM_NUMBER);

	hours.min = 1;
	hours.max = 80;
	ck_assert_str_eq(typed_in(&hours, "030"), "30");
	ck_assert_str_eq(typed_in(&hours, "0"), "Too small: type a number from 1.");
	ck_assert_str_eq(typed_in(&hours, "81"), "Too large: type a number up to 80.");
	ck_assert_str_eq(typed_in(&hours, "30 h"), "Type a whole number, such as 30.");
	ck_assert_str_eq(typed(FORM_NUMBER, "1000000000"),
	                 "Too large: type a number up to 999999999.");
	ck_assert_str_eq(typed(FORM_NUMBER, "-0"), "0");
}
END_TEST

START_TEST(choices_by_their_beginning)
{
	ck_assert_str_eq(typed(FORM_CHOICE, "emp"), "employed");
	ck_assert_str_eq(typed(FORM_CHOICE, "SELF"), "self");
	ck_assert_str_eq(typed(FORM_CHOICE, "student"), "student");
	ck_assert_str_eq(typed(FORM_CHOICE, "s"), "Choose one of: employed, apprentice, "
	    "self-employed, student, seeking work, child, household.");
	lang_set(LANG_DE);
	ck_assert_str_eq(typed(FORM_CHOICE, "selbst"), "self");
	ck_assert_str_eq(typed(FORM_CHOICE, "selbstae"), "self");
	ck_assert_str_eq(typed(FORM_CHOICE, "Studium"), "student");
	lang_set(LANG_EN);
}
END_TEST

START_TEST(yes_and_no_in_both_languages)
{
	ck_assert_str_eq(typed(FORM_YES_NO, "j"), "yes");
	ck_assert_str_eq(typed(FORM_YES_NO, "Y"), "yes");
	ck_assert_str_eq(typed(FORM_YES_NO, "nein"), "no");
	ck_assert_str_eq(typed(FORM_YES_NO, "x"), "Type y for yes or n for no.");
}
END_TEST

START_TEST(texts_are_clean_and_short)
{
	char long_text[5000];

	ck_assert_str_eq(typed(FORM_TEXT, "  a   b "), "a b");
	ck_assert_str_eq(typed(FORM_LINES, "a \n b"), "a\nb");
	ck_assert_str_eq(typed(FORM_TEXT, "a\nb"),
	                 "There is a control character in it; type it again.");
	ck_assert_str_eq(typed(FORM_TEXT, "a\x1b[2J"),
	                 "There is a control character in it; type it again.");
	ck_assert_str_eq(typed(FORM_DATE, "\xff"),
	                 "There is a control character in it; type it again.");
	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	ck_assert_str_eq(typed(FORM_TEXT, long_text),
	                 "Too long: at most 200 signs, these are 4999.");
	ck_assert_str_eq(typed(FORM_LINES, long_text),
	                 "Too long: at most 4000 signs, these are 4999.");
}
END_TEST

/* A row says what each of its answers is called: two dates alone say nothing. */
START_TEST(rows_say_what_is_what)
{
	struct form_field columns[] = { field_of(FORM_TEXT), field_of(FORM_DATE),
		field_of(FORM_REPEAT) };
	struct form_field day = field_of(FORM_DATE), rows = field_of(FORM_REPEAT);

	day.key = "d";
	day.label = (struct form_text){ .in = { "Day", "Tag" } };
	columns[0].label = (struct form_text){ .in = { "Name", "Name" } };
	columns[1].key = "born";
	columns[1].label = (struct form_text){ .in = { "Date of birth", "Geburtsdatum" } };
	columns[1].short_label = (struct form_text){ .in = { "Born", "Geboren" } };
	columns[2] = (struct form_field){ .key = "in", .type = FORM_REPEAT, .fields = &day,
		.field_count = 1, .label = { .in = { "Days", "Tage" } } };
	rows.fields = columns;
	rows.field_count = COUNT_OF(columns);
	ck_assert_str_eq(form_value_show(mem, &rows,
	    "[{\"x\":\"Ada\",\"born\":\"2015-05-03\"}]"), "Name: Ada, Born: 03.05.2015");
	ck_assert_str_eq(form_value_show(mem, &rows, "[{\"x\":\"Ada\",\"born\":\"2015-05-03\"},"
	    "{\"x\":\"Ben\",\"in\":[{\"d\":\"2024-01-02\"}]}]"),
	    "1. Name: Ada, Born: 03.05.2015; 2. Name: Ben, Days: (Day: 02.01.2024)");
	lang_set(LANG_DE);
	ck_assert_str_eq(form_value_show(mem, &rows, "[{\"born\":\"2015-05-03\"}]"),
	    "Geboren: 03.05.2015");
	lang_set(LANG_EN);
}
END_TEST

START_TEST(shown_as_people_write_it)
{
	struct form_field flat = field_of(FORM_NUMBER);

	flat.unit = (struct form_text){ .in = { "m²", "m²" } };
	ck_assert_str_eq(form_value_show(mem, &flat, "54"), "54 m²");
	ck_assert_str_eq(form_value_show(mem, &flat, ""), "");
	ck_assert_str_eq(shown(FORM_DATE, "2026-05-03"), "03.05.2026");
	ck_assert_str_eq(shown(FORM_DATE, "soon"), "soon");
	ck_assert_str_eq(shown(FORM_MONEY, "164000"), "1,640.00");
	ck_assert_str_eq(shown(FORM_MONEY, "123456789"), "1,234,567.89");
	ck_assert_str_eq(shown(FORM_MONEY, "5"), "0.05");
	ck_assert_str_eq(shown(FORM_MONEY, "-5"), "-5");
	ck_assert_str_eq(shown(FORM_CHOICE, "self"), "self-employed");
	ck_assert_str_eq(shown(FORM_CHOICE, "gone"), "gone");
	ck_assert_str_eq(shown(FORM_YES_NO, "yes"), "yes");
	lang_set(LANG_DE);
	ck_assert_str_eq(shown(FORM_MONEY, "123456789"), "1.234.567,89");
	ck_assert_str_eq(shown(FORM_CHOICE, "self"), "selbständig");
	lang_set(LANG_EN);
}
END_TEST

/* What is shown can be typed again: a clerk may edit it in place. */
START_TEST(shown_can_be_typed)
{
	ck_assert_str_eq(typed(FORM_DATE, shown(FORM_DATE, "2026-05-03")), "2026-05-03");
	ck_assert_str_eq(typed(FORM_MONEY, shown(FORM_MONEY, "123456789")), "123456789");
	ck_assert_str_eq(typed(FORM_MONEY, shown(FORM_MONEY, "5")), "5");
	for (size_t i = 0; i < COUNT_OF(choices); i++)
		ck_assert_str_eq(typed(FORM_CHOICE, shown(FORM_CHOICE, choices[i].key)),
		                 choices[i].key);
	ck_assert_str_eq(typed(FORM_CHOICES, shown(FORM_CHOICES, "apprentice,home")),
	    "apprentice,home");
	ck_assert_str_eq(typed(FORM_CHOICES, "child, household, self"), "self,home");
	ck_assert_str_eq(typed(FORM_CHOICES, "child,emp"), "employed,home");
	ck_assert_str_eq(typed(FORM_YES_NO, shown(FORM_YES_NO, "no")), "no");
}
END_TEST

Suite *
suite_form_value(void)
{
	Suite *s = suite_create("form_value");
	TCase *t = tcase_create("form_value");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, days_as_people_type_them);
	tcase_add_test(t, what_is_no_day);
	tcase_add_test(t, a_day_without_a_year_knows_where_it_lies);
	tcase_add_test(t, a_day_reads_its_year_by_where_it_lies);
	tcase_add_test(t, a_latin_text_is_refused_where_it_is_typed);
	tcase_add_test(t, sums_in_both_spellings);
	tcase_add_test(t, numbers_have_bounds);
	tcase_add_test(t, choices_by_their_beginning);
	tcase_add_test(t, yes_and_no_in_both_languages);
	tcase_add_test(t, texts_are_clean_and_short);
	tcase_add_test(t, rows_say_what_is_what);
	tcase_add_test(t, shown_as_people_write_it);
	tcase_add_test(t, shown_can_be_typed);
	suite_add_tcase(s, t);
	return s;
}
