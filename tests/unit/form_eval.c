/*
 * form_eval.c - unit tests of what expressions are worth: each operator and
 * function, with answers that are there, that are not, and that are known in
 * part; laws that hold for any expression.
 */
#include <stdlib.h>
#include <string.h>

#include "form_state.h"
#include "harness_source.h"

Suite *suite_form_eval(void);

/* A form with a field of each kind and "it", computed. */
static struct form *
form_with(const char *type, const char *expression)
{
	return read_form(1, arena_printf(mem, EVERY_KIND "," ROWS("kids",
	    FIELD("cost", "money", "") "," FIELD("born", "part_date", "") ","
	    YN("in_school", "") "," ROWS("trips", FIELD("fare", "money", ""), "max = 100;"),
	    "max = 100;") ",{ key = \"it\"; type = \"%s\"; " LABEL " compute = \"%s\"; }",
	    type, expression), "");
}

/* What "it" is: its text, "?" for unknown, "!" for an error. */
static const char *
worth(const char *type, const char *expression, const char *answers)
{
	static const int holidays[] = { 20812, 20813 };  /* 25 and 26 December 2026 */
	struct form_world world = {
		.today = day_from_ymd(2026, 11, 23), .stage = FORM_DECISION,
		.holidays = holidays, .holiday_count = COUNT_OF(holidays),
	};
	struct form *f = form_with(type, expression);
	json_t *j = json_loads(answers, 0, NULL);
	const struct form_cell *cell;

	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "");
	ck_assert_msg(j != NULL, "%s", answers);
	cell = form_cell_at(form_evaluate(mem, f, j, &world), "it");
	json_decref(j);
	if (cell->value.known == FORM_FAULT)
		return "!";
	return cell->text ? cell->text : "?";
}

struct example { const char *type, *expression, *answers, *worth; };

static void
all_worth(const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct example *e = &examples[i];
		const char *found = worth(e->type, e->expression, e->answers);

		ck_assert_msg(strcmp(found, e->worth) == 0, "%s with %s: %s, not %s", e->expression,
		              e->answers, found, e->worth);
	}
}

START_TEST(truth_has_three_values)
{
	static const char *const values[] = { "yes", "", "no" };
	static const char *const and[] = { "yes", "?", "no", "?", "?", "no", "no", "no", "no" };
	static const char *const or[] = { "yes", "yes", "yes", "yes", "?", "?", "yes", "?", "no" };
	static const char *const not[] = { "no", "?", "yes" };

	for (int i = 0; i < 9; i++) {
		const char *answers = arena_printf(mem, "{\"yn\":\"%s\",\"zn\":\"%s\"}",
		                                   values[i / 3], values[i % 3]);

		ck_assert_str_eq(worth("yes_no", "yn and zn", answers), and[i]);
		ck_assert_str_eq(worth("yes_no", "yn or zn", answers), or[i]);
		ck_assert_str_eq(worth("yes_no", "not yn", answers), not[i / 3]);
	}
}
END_TEST

START_TEST(numbers_are_reckoned_with)
{
	static const struct example examples[] = {
		{ "number", "n + m", "{\"n\":2,\"m\":3}", "5" },
		{ "number", "n + m", "{\"n\":2}", "?" },
		{ "number", "n - m * 2", "{\"n\":2,\"m\":3}", "-4" },
		{ "number", "(n - m) * 2", "{\"n\":2,\"m\":3}", "-2" },
		{ "number", "n / 2", "{\"n\":7}", "3" },
		{ "number", "n / 2", "{\"n\":-7}", "-3" },
		{ "number", "n % 4", "{\"n\":-7}", "-3" },
		{ "number", "n / m", "{\"n\":1,\"m\":0}", "!" },
		{ "number", "n % m", "{\"n\":1,\"m\":0}", "!" },
		{ "number", "n * n * n", "{\"n\":999999999999}", "!" },
		{ "number", "-n", "{\"n\":4}", "-4" },
		{ "number", "min(n, m)", "{\"n\":2,\"m\":3}", "2" },
		{ "number", "min(2, 1)", "{}", "1" },
		{ "decimal", "max(2, 1.5)", "{}", "2" },
		{ "number", "max(n, 7)", "{\"n\":2}", "7" },
		{ "number", "default(n, 7)", "{}", "7" },
		{ "number", "default(n, 7)", "{\"n\":0}", "0" },
		{ "number", "if(yn, 1, 2)", "{\"yn\":\"no\"}", "2" },
		{ "number", "if(yn, 1, 2)", "{}", "?" },
		{ "money", "eur + 12.50", "{\"eur\":100}", "1350" },
		{ "money", "eur * 3", "{\"eur\":100}", "300" },
		{ "money", "3 * eur", "{\"eur\":100}", "300" },
		{ "money", "eur / 3", "{\"eur\":100}", "33" },
		{ "money", "eur / 8", "{\"eur\":100}", "13" },
		{ "money", "eur * dec", "{\"eur\":1000,\"dec\":\"38.5\"}", "38500" },
		{ "money", "eur * 0.5", "{\"eur\":101}", "51" },
		{ "money", "eur - eur2", "{\"eur\":100,\"eur2\":300}", "-200" },
		{ "money", "2.50€ * n", "{\"n\":3}", "750" },
		{ "decimal", "eur / eur2", "{\"eur\":100,\"eur2\":300}", "0.333" },
		{ "decimal", "dec + n", "{\"dec\":\"1.5\",\"n\":2}", "3.5" },
		{ "yes_no", "n < dec", "{\"dec\":\"1.5\",\"n\":2}", "no" },
	};

	all_worth(examples, COUNT_OF(examples));
}
END_TEST

START_TEST(days_are_reckoned_with)
{
	static const struct example examples[] = {
		{ "date", "today", "{}", "2026-11-23" },
		{ "date", "day + 14", "{\"day\":\"2026-12-25\"}", "2027-01-08" },
		{ "number", "day2 - day", "{\"day\":\"2026-11-01\",\"day2\":\"2026-12-01\"}", "30" },
		{ "number", "days(day, '2026-12-01')", "{\"day\":\"2026-12-02\"}", "-1" },
		{ "date", "add_months(day, 1)", "{\"day\":\"2026-01-31\"}", "2026-02-28" },
		{ "date", "add_months(day, -1)", "{\"day\":\"2026-03-31\"}", "2026-02-28" },
		{ "date", "add_years(day, 1)", "{\"day\":\"2024-02-29\"}", "2025-02-28" },
		{ "date", "add_years(day, 250)", "{\"day\":\"2024-02-29\"}", "!" },
		{ "date", "add_workdays(day, 1)", "{\"day\":\"2026-12-24\"}", "2026-12-28" },
		{ "date", "add_workdays(day, -1)", "{\"day\":\"2026-12-24\"}", "!" },
		{ "date", "add_workdays(day, 4001)", "{\"day\":\"2026-12-24\"}", "!" },
		{ "number", "workdays(day, day2)",
		  "{\"day\":\"2026-12-23\",\"day2\":\"2026-12-28\"}", "2" },
		{ "number", "workdays(day, day2)",
		  "{\"day\":\"2026-12-28\",\"day2\":\"2026-12-23\"}", "-2" },
		{ "number", "months(day, day2)",
		  "{\"day\":\"2026-01-31\",\"day2\":\"2026-02-28\"}", "0" },
		{ "number", "years(day, today)", "{\"day\":\"2006-11-24\"}", "19" },
		{ "number", "age(day)", "{\"day\":\"2006-11-23\"}", "20" },
		{ "number", "age(day, '2025-02-28')", "{\"day\":\"2004-02-29\"}", "20" },
		{ "number", "age(day, '2025-03-01')", "{\"day\":\"2004-02-29\"}", "21" },
		{ "number", "age(part)", "{\"part\":\"2006-11-23\"}", "20" },
		{ "number", "age(part)", "{\"part\":\"2006\"}", "?" },
		{ "yes_no", "age(part) >= 18", "{\"part\":\"2006\"}", "yes" },
		{ "yes_no", "age(part) >= 18", "{\"part\":\"2008\"}", "?" },
		{ "yes_no", "age(part) >= 18", "{\"part\":\"2009\"}", "no" },
		{ "yes_no", "part < day", "{\"part\":\"2006-05\",\"day\":\"2006-06-01\"}", "yes" },
		{ "yes_no", "part < day", "{\"part\":\"2006-05\",\"day\":\"2006-05-20\"}", "?" },
		{ "yes_no", "part == day", "{\"part\":\"2006-05\",\"day\":\"2006-06-01\"}", "no" },
		{ "number", "year(day) * 10000 + month(day) * 100 + day(day)",
		  "{\"day\":\"2026-11-23\"}", "20261123" },
		{ "number", "weekday(day)", "{\"day\":\"2026-11-23\"}", "1" },
		{ "date", "until(per)", "{\"per\":\"2026-01-01/2026-03-31\"}", "2026-03-31" },
		{ "date", "until(per)", "{\"per\":\"2026-01-01/\"}", "?" },
		{ "date", "from(per)", "{\"per\":\"2026-01-01/\"}", "2026-01-01" },
		{ "date", "expires(paper)", "{\"paper\":\"C01/2027-05-01\"}", "2027-05-01" },
		{ "yes_no", "at < '12:00'", "{\"at\":\"08:30\"}", "yes" },
	};

	all_worth(examples, COUNT_OF(examples));
}
END_TEST

START_TEST(texts_and_sets_are_asked)
{
	static const struct example examples[] = {
		{ "number", "length(text)", "{\"text\":\"Müller\"}", "6" },
		{ "yes_no", "begins(text, 'DE')", "{\"text\":\"DE89\"}", "yes" },
		{ "yes_no", "begins(text, 'DE')", "{}", "?" },
		{ "yes_no", "'a' in many", "{\"many\":[\"a\",\"b\"]}", "yes" },
		{ "yes_no", "'b' in many", "{\"many\":\"a\"}", "no" },
		{ "yes_no", "pick in many", "{\"many\":\"a\",\"pick\":\"a\"}", "yes" },
		{ "yes_no", "'a' not in many", "{}", "?" },
		{ "number", "chosen(many)", "{\"many\":\"a,b\"}", "2" },
		{ "text", "if(pick == 'a', text, 'none')", "{\"pick\":\"b\"}", "none" },
	};

	all_worth(examples, COUNT_OF(examples));
}
END_TEST

#define KIDS "{\"kids\":[{\"cost\":100,\"born\":\"2010-01-01\",\"in_school\":true," \
	"\"trips\":[{\"fare\":5},{\"fare\":7}]},{\"cost\":250,\"born\":\"2022-01-01\"," \
	"\"in_school\":false,\"trips\":[{\"fare\":1}]}]}"
#define DOUBT "{\"kids\":[{\"cost\":100,\"in_school\":true},{\"cost\":250},{}]}"

START_TEST(rows_are_gone_through)
{
	static const struct example examples[] = {
		{ "number", "count(kids)", KIDS, "2" },
		{ "number", "count(kids)", "{}", "0" },
		{ "number", "count(kids where in_school)", KIDS, "1" },
		{ "number", "count(kids where in_school)", DOUBT, "?" },
		{ "yes_no", "count(kids where in_school) >= 1", DOUBT, "yes" },
		{ "yes_no", "count(kids where in_school) > 3", DOUBT, "no" },
		{ "money", "sum(kids: cost)", KIDS, "350" },
		{ "money", "sum(kids: cost)", DOUBT, "?" },
		{ "money", "sum(kids: default(cost, 0))", DOUBT, "350" },
		{ "money", "sum(kids: cost where age(born) >= 6)", KIDS, "100" },
		{ "money", "sum(kids: cost + sum(trips: fare))", KIDS, "363" },
		{ "money", "min(kids: cost)", KIDS, "100" },
		{ "money", "max(kids: cost)", KIDS, "250" },
		{ "money", "max(kids: cost)", "{}", "?" },
		{ "yes_no", "any(kids where in_school)", DOUBT, "yes" },
		{ "yes_no", "any(kids: cost > 2 where in_school)", KIDS, "no" },
		{ "yes_no", "any(kids: cost > 2 where in_school)", DOUBT, "?" },
		{ "yes_no", "all(kids: cost > 0.50)", KIDS, "yes" },
		{ "yes_no", "all(kids: cost > 1.50)", DOUBT, "no" },
		{ "yes_no", "all(kids: cost > 0.50)", DOUBT, "?" },
		{ "yes_no", "all(kids: cost > 0.50)", "{}", "yes" },
		{ "yes_no", "any(kids: any(trips: fare > 0.06))", KIDS, "yes" },
		{ "yes_no", "any(kids: cost > eur)", "{\"eur\":240,\"kids\":[{\"cost\":250}]}", "yes" },
		{ "yes_no", "empty(kids)", "{\"kids\":[]}", "yes" },
	};

	all_worth(examples, COUNT_OF(examples));
}
END_TEST

/* 100 rows that each look at 100 rows, 100 times: told, and soon. */
START_TEST(too_many_rows_are_told)
{
	json_t *j = json_object(), *kids = json_array();
	char *text;

	for (int i = 0; i < 100; i++)
		json_array_append_new(kids, json_pack("{s:i}", "cost", i));
	json_object_set_new(j, "kids", kids);
	text = json_dumps(j, 0);
	ck_assert_str_eq(worth("number", "count(kids where count(kids where count(kids where "
	                       "cost > 1) > 1) > 1)", text), "!");
	free(text);
	json_decref(j);
}
END_TEST

/* ---- laws ---- */

static uint64_t dice = 0x7265736e65736e74;

static unsigned
below(unsigned n)
{
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (unsigned)((dice * 0x2545F4914F6CDD1D) >> 33) % n;
}

static const char *
random_truth(int depth)
{
	static const char *const leaves[] = {
		"yn", "zn", "n > m", "n == 1", "empty(text)", "pick == 'a'", "'b' in many",
		"eur < eur2", "day < today", "any(kids where in_school)", "all(kids: cost > 1)",
		"count(kids) > 1", "age(part) >= 18", "n / m > 1", "yn == zn",
	};
	const char *left;

	if (depth == 0)
		return leaves[below(COUNT_OF(leaves))];
	left = random_truth(depth - 1);
	switch (below(4)) {
	case 0:
		return arena_printf(mem, "not (%s)", left);
	case 1:
		return arena_printf(mem, "(%s) and (%s)", left, random_truth(depth - 1));
	case 2:
		return arena_printf(mem, "(%s) or (%s)", left, random_truth(depth - 1));
	default:
		return left;
	}
}

static const char *
random_answers(void)
{
	static const char *const some[] = {
		"\"yn\":true", "\"yn\":false", "\"zn\":true", "\"zn\":false", "\"n\":1", "\"n\":5",
		"\"m\":1", "\"m\":0", "\"pick\":\"a\"", "\"pick\":\"b\"", "\"many\":[\"b\"]",
		"\"text\":\"x\"", "\"eur\":5", "\"eur2\":7", "\"day\":\"2026-01-01\"",
		"\"part\":\"2008\"", "\"part\":\"1990\"",
		"\"kids\":[{\"cost\":5,\"in_school\":true},{\"cost\":1}]", "\"kids\":[{}]",
	};
	const char *all = "";

	for (int i = 0; i < 6; i++)
		all = arena_printf(mem, "%s%s%s", all, i ? "," : "", some[below(COUNT_OF(some))]);
	return arena_printf(mem, "{%s}", all);
}

START_TEST(laws_hold_for_any_expression)
{
	for (int i = 0; i < 300; i++) {
		const char *a = random_truth(2), *b = random_truth(2), *answers = random_answers();
		const struct { const char *one, *two; } laws[] = {
			{ "not (not (%s)) or (%s) and (%s)", "(%s) or (%s) and (%s)" },
			{ "not ((%s) and (%s) and (%s))", "not (%s) or not (%s) or not (%s)" },
			{ "not ((%s) or (%s) or (%s))", "not (%s) and not (%s) and not (%s)" },
		};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		for (size_t k = 0; k < COUNT_OF(laws); k++) {
			const char *one = arena_printf(mem, laws[k].one, a, a, b);
			const char *two = arena_printf(mem, laws[k].two, a, a, b);
			const char *left = worth("yes_no", one, answers);

			ck_assert_msg(strcmp(left, worth("yes_no", two, answers)) == 0, "%s with %s",
			              one, answers);
		}
#pragma GCC diagnostic pop
		arena_reset(mem);
	}
}
END_TEST

Suite *
suite_form_eval(void)
{
	Suite *s = suite_create("form_eval");
	TCase *t = tcase_create("form_eval");

	tcase_add_checked_fixture(t, source_setup, source_teardown);
	tcase_add_test(t, truth_has_three_values);
	tcase_add_test(t, numbers_are_reckoned_with);
	tcase_add_test(t, days_are_reckoned_with);
	tcase_add_test(t, texts_and_sets_are_asked);
	tcase_add_test(t, rows_are_gone_through);
	tcase_add_test(t, too_many_rows_are_told);
	tcase_add_test(t, laws_hold_for_any_expression);
	suite_add_tcase(s, t);
	return s;
}
