/*
 * form_expr.c - unit tests of the conditions in forms: what is shown under
 * which answers, and what a condition that cannot be read is told.
 */
#include <string.h>

#include "form_answers.h"
#include "harness_source.h"

Suite *suite_form_expr(void);

/* A form with a field of each type and "it", shown under the condition. */
static struct form *
form_with(const char *condition)
{
	return read_form(1, arena_printf(mem, EVERY_KIND "," ROWS("kids",
	    FIELD("kid", "text", "") "," FIELD("bon", "money", "") ","
	    YN("in" "side", "") "," FIELD("years", "number", ""), "") ",\n"
	    FIELD("it", "text", "show = \"%s\";"), condition), "");
}

static const struct form_world monday = { .today = 20780 };

static bool
shown(const char *condition, const char *answers)
{
	struct form *f = form_with(condition);
	json_t *j = json_loads(answers, 0, NULL);
	bool yes;

	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "");
	ck_assert_ptr_nonnull(j);
	yes = form_visible(f, j, &monday, form_find(f, "it"));
	json_decref(j);
	return yes;
}

/* The only error, without the expression and the mark below it. */
static void
refused(const char *condition, const char *sentence, int column)
{
	const char *marked;

	ck_assert_msg(form_with(condition) == NULL, "taken: %s", condition);
	ck_assert_msg(errors.count == 1, "%zu errors, the first: %s", errors.count, errors.text[0]);
	marked = arena_printf(mem, "f.form:4: %s\n    %s\n    %*s^", sentence, condition, column, "");
	ck_assert_str_eq(errors.text[0], marked);
}

START_TEST(compares_each_type)
{
	static const struct { const char *condition, *answers; bool shown; } cases[] = {
		{ "yn == 'yes'", "{\"yn\":\"yes\"}", true },
		{ "yn == \\\"yes\\\"", "{\"yn\":true}", true },
		{ "yn == 'yes'", "{\"yn\":\"no\"}", false },
		{ "yn != 'yes'", "{\"yn\":\"no\"}", true },
		{ "n > 10", "{\"n\":\"11\"}", true },
		{ "n > 10", "{\"n\":9}", false },
		{ "n >= 10", "{\"n\":10}", true },
		{ "n < 10", "{\"n\":-10}", true },
		{ "n <= -10", "{\"n\":-10}", true },
		{ "n == m", "{\"n\":7,\"m\":7}", true },
		{ "n < m", "{\"n\":7,\"m\":10}", true },
		{ "eur > 500", "{\"eur\":\"50001\"}", true },
		{ "eur > 500", "{\"eur\":\"50000\"}", false },
		{ "eur == 12.50", "{\"eur\":1250}", true },
		{ "eur > -0.50", "{\"eur\":0}", true },
		{ "day < '2026-11-24'", "{\"day\":\"2026-11-23\"}", true },
		{ "day < '2026-11-24'", "{\"day\":\"2026-11-24\"}", false },
		{ "text == 'ä'", "{\"text\":\"ä\"}", true },
		{ "pick in ('a', 'b')", "{\"pick\":\"b\"}", true },
		{ "pick in ('a')", "{\"pick\":\"b\"}", false },
		{ "pick not in ('a')", "{\"pick\":\"b\"}", true },
		{ "n in (1, 2)", "{\"n\":2}", true },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		ck_assert_msg(shown(cases[i].condition, cases[i].answers) == cases[i].shown,
		              "%s with %s", cases[i].condition, cases[i].answers);
}
END_TEST

START_TEST(unknown_is_not_no)
{
	ck_assert(!shown("yn == 'yes'", "{}"));
	ck_assert(!shown("yn != 'yes'", "{}"));
	ck_assert(!shown("not yn == 'yes'", "{}"));
	ck_assert(!shown("pick not in ('a')", "{}"));
	ck_assert(!shown("yn == 'yes'", "{\"yn\":\"perhaps\"}"));
	ck_assert(shown("empty(yn)", "{}"));
	ck_assert(!shown("not empty(yn)", "{}"));
	ck_assert(shown("not empty(yn)", "{\"yn\":\"no\"}"));
	/* One side may decide alone, on either side. */
	ck_assert(shown("yn == 'yes' or n == 1", "{\"n\":1}"));
	ck_assert(shown("n == 1 or yn == 'yes'", "{\"n\":1}"));
	ck_assert(!shown("n == 2 or yn == 'yes'", "{\"n\":1}"));
	ck_assert(!shown("yn == 'yes' and n == 1", "{\"n\":1}"));
	ck_assert(!shown("n == 1 and yn == 'yes'", "{\"n\":1}"));
	ck_assert(shown("not (yn == 'yes' and n == 2)", "{\"n\":1}"));
	ck_assert(shown("not (n == 2 and yn == 'yes')", "{\"n\":1}"));
	ck_assert(!shown("not (yn == 'yes' and n == 1)", "{\"n\":1}"));
}
END_TEST

START_TEST(and_binds_closer_than_or)
{
	ck_assert(shown("n == 1 or m == 2 and n == 3", "{\"n\":1}"));
	ck_assert(!shown("(n == 1 or m == 2) and n == 3", "{\"n\":1}"));
	ck_assert(shown("not n == 1 or n == 1", "{\"n\":1}"));
	ck_assert(!shown("not (n == 1 or n == 1)", "{\"n\":1}"));
	ck_assert(shown("not not n == 1", "{\"n\":1}"));
}
END_TEST

START_TEST(errors_mark_the_place)
{
	refused("yn == 'yes' and wroks == 'no'", "there is no field \"wroks\"", 16);
	refused("pick == 'c'", "\"pick\" has no choice \"c\"", 8);
	refused("yn == 'ja'", "'yes' or 'no' is wanted here", 6);
	refused("n == 'a'", "a whole number is wanted here", 5);
	refused("n == 1.50", "write a whole number here", 5);
	refused("eur == 1.5", "write a whole number, or 12.50 for money", 7);
	refused("n == 99999999999999", "the number is too large", 5);
	refused("day == 'soon'", "a day such as '2026-07-01' is wanted here", 7);
	refused("text == 5", "a text is wanted here", 8);
	refused("n", "a comparison is wanted, such as n == ...", 0);
	refused("pick < 'a'", "one of a list has no order; use == or !=", 0);
	refused("n == eur", "the left side is a whole number, this is a sum of money", 5);
	refused("n == 1 n == 2", "the expression should end here, or go on with \"and\" or "
	        "\"or\"", 7);
	refused("(n == 1", "\")\" is wanted here", 7);
	refused("n = 1", "\"=\" has no meaning in an expression", 2);
	refused("text == 'a", "a quotation mark is missing", 8);
	refused("n not 1", "\"in\" is wanted here", 6);
	refused("empty(", "the key of a field is wanted here", 6);
	refused("n + eur > 1", "a whole number and a sum of money cannot be reckoned with like this",
	        4);
	refused("day + day > day", "a day and a day cannot be reckoned with like this", 6);
	refused("nothing(n) > 1", "there is no function \"nothing\"", 0);
	refused("age(n) > 1", "this is a whole number, but a day known in part is wanted", 4);
	refused("age() > 1", "a field, a value or a function is wanted here", 4);
	refused("'a' in text", "behind \"in\" several values in parentheses are wanted, or a "
	        "field with several of a list", 7);
	refused("count(n) > 1", "\"n\" is no repeat", 6);
	refused("sum(kids) > 1", "\":\" and what is to be taken of each row is wanted here", 8);
	refused("sum(kids: kid) > 1", "a text cannot be added up or ordered", 10);
	refused("bon > 1", "\"bon\" stands in the rows of \"kids\": ask for it with sum, min, "
	        "max, any, all or count", 0);
	refused("if(yn, n, eur) > 1", "the left side is a whole number, this is a sum of money", 10);
	refused("- text == 'a'", "a text cannot be negative", 2);
	refused("per == per", "a period cannot be compared; ask with \"in\", \"empty\" or a "
	        "function", 0);
}
END_TEST

START_TEST(several_errors_of_one_expression_are_told_together)
{
	ck_assert_ptr_null(form_with("wroks == 'no' and pick == 'c' or n == day"));
	ck_assert_uint_eq(errors.count, 3);
}
END_TEST

START_TEST(endless_conditions_are_refused)
{
	const char *wide = "n == 1";
	char deep[101] = "";

	memset(deep, '(', 100);
	ck_assert_ptr_null(form_with(deep));
	ck_assert_uint_eq(errors.count, 1);
	while (strlen(wide) < 1000)
		wide = arena_printf(mem, "%s or n == 1", wide);
	ck_assert_ptr_null(form_with(wide));
	ck_assert_uint_eq(errors.count, 1);
}
END_TEST

/* Each field hangs twice on the one before: naively 2^200 steps. */
START_TEST(a_long_chain_costs_little)
{
	const char *source = "key = \"f\"; version = 1; valid_from = \"2026-01-01\";"
	    "services = [ \"S\" ];" TITLE "sections = ( { key = \"s\"; " TITLE " fields = ("
	    "{ key = \"f0\"; type = \"number\"; " LABEL " }";
	json_t *j = json_object();
	struct form *f;

	json_object_set_new(j, "f0", json_integer(1));
	for (int i = 1; i < 200; i++) {
		source = arena_printf(mem, "%s, { key = \"f%d\"; type = \"number\"; " LABEL
		    "show = \"f%d == 1 and f%d > 0\"; }", source, i, i - 1, i - 1);
		json_object_set_new(j, arena_printf(mem, "f%d", i), json_integer(1));
	}
	f = form_parse(mem, "f", arena_printf(mem, "%s ); } );", source), &errors);
	ck_assert_ptr_nonnull(f);
	ck_assert(form_visible(f, j, &monday, form_find(f, "f199")));
	json_object_set_new(j, "f0", json_integer(0));
	ck_assert(!form_visible(f, j, &monday, form_find(f, "f199")));
	json_decref(j);
}
END_TEST

Suite *
suite_form_expr(void)
{
	Suite *s = suite_create("form_expr");
	TCase *t = tcase_create("form_expr");

	tcase_add_checked_fixture(t, source_setup, source_teardown);
	tcase_add_test(t, compares_each_type);
	tcase_add_test(t, unknown_is_not_no);
	tcase_add_test(t, and_binds_closer_than_or);
	tcase_add_test(t, errors_mark_the_place);
	tcase_add_test(t, several_errors_of_one_expression_are_told_together);
	tcase_add_test(t, endless_conditions_are_refused);
	tcase_add_test(t, a_long_chain_costs_little);
	suite_add_tcase(s, t);
	return s;
}
