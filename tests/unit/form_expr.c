/*
 * form_expr.c - unit tests of the conditions in forms: what is shown under
 * which answers, and what a condition that cannot be read is told.
 */
#include <check.h>
#include <string.h>

#include "form_answers.h"

Suite *suite_form_expr(void);

static struct arena *mem;
static struct form_errors errors;

static void
setup(void)
{
	mem = arena_new();
	lang_set(LANG_EN);
}

static void
teardown(void)
{
	arena_free(mem);
}

#define LABEL "label = { de = \"L\"; en = \"L\"; };"
#define TITLE "title = { de = \"T\"; en = \"T\"; };"

/* A form with a field of each type and "it", shown under the condition. */
static struct form *
form_with(const char *condition)
{
	const char *source = arena_printf(mem, "key = \"f\"; version = 1;"
	    "valid_from = \"2026-01-01\"; services = [ \"S\" ];" TITLE
	    "sections = ( { key = \"s\"; " TITLE " fields = ("
	    "{ key = \"yn\"; type = \"yes_no\"; " LABEL " },"
	    "{ key = \"n\"; type = \"number\"; " LABEL " },"
	    "{ key = \"m\"; type = \"number\"; " LABEL " },"
	    "{ key = \"eur\"; type = \"money\"; " LABEL " },"
	    "{ key = \"day\"; type = \"date\"; " LABEL " },"
	    "{ key = \"text\"; type = \"text\"; " LABEL " },"
	    "{ key = \"pick\"; type = \"choice\"; " LABEL " choices = ("
	    "  { key = \"a\"; " LABEL " }, { key = \"b\"; " LABEL " } ); },\n"
	    "{ key = \"it\"; type = \"text\"; " LABEL " show = \"%s\"; } ); } );", condition);

	return form_parse(mem, "f", source, &errors);
}

static bool
shown(const char *condition, const char *answers)
{
	struct form *f = form_with(condition);
	json_t *j = json_loads(answers, 0, NULL);
	bool yes;

	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "");
	ck_assert_ptr_nonnull(j);
	yes = form_visible(f, j, form_find(f, "it"));
	json_decref(j);
	return yes;
}

static void
refused(const char *condition, const char *wanted)
{
	ck_assert_msg(form_with(condition) == NULL, "taken: %s", condition);
	ck_assert_uint_eq(errors.count, 1);
	ck_assert_str_eq(errors.text[0], wanted);
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
	ck_assert(shown("n == 1 or n == 2 and n == 3", "{\"n\":1}"));
	ck_assert(!shown("(n == 1 or n == 2) and n == 3", "{\"n\":1}"));
	ck_assert(shown("not n == 1 or n == 1", "{\"n\":1}"));
	ck_assert(!shown("not (n == 1 or n == 1)", "{\"n\":1}"));
	ck_assert(shown("not not n == 1", "{\"n\":1}"));
}
END_TEST

START_TEST(errors_mark_the_place)
{
	refused("yn == 'yes' and wroks == 'no'",
	        "f:2: there is no field \"wroks\", here: yn == 'yes' and >>wroks == 'no'");
	refused("pick == 'c'", "f:2: \"pick\" has no choice \"c\", here: pick == >>'c'");
	refused("yn == 'ja'", "f:2: \"yn\" has no choice \"ja\", here: yn == >>'ja'");
	refused("n == 'a'", "f:2: a number is wanted, here: n == >>'a'");
	refused("n == 1.50", "f:2: write a whole number, or 12.50 for money, here: n == >>1.50");
	refused("eur == 1.5", "f:2: write a whole number, or 12.50 for money, here: eur == >>1.5");
	refused("n == 99999999999999", "f:2: the number is too large, here: n == "
	        ">>99999999999999");
	refused("day == 'soon'", "f:2: a day such as \"2026-07-01\" is wanted, here: day == "
	        ">>'soon'");
	refused("text == 5", "f:2: a text in quotation marks is wanted, here: text == >>5");
	refused("yn", "f:2: a comparison is wanted, such as yn == 'yes', here: yn>>");
	refused("pick < 'a'", "f:2: \"pick\" has no order; use == or !=, here: pick < >>'a'");
	refused("n == eur", "f:2: \"n\" and \"eur\" are of different types, here: n == eur>>");
	refused("n == 1 n == 2", "f:2: the condition should end or go on with \"and\" or "
	        "\"or\", here: n == 1 >>n == 2");
	refused("(n == 1", "f:2: \")\" is wanted, here: (n == 1>>");
	refused("n = 1", "f:2: \"=\" has no meaning in a condition, here: n >>= 1");
	refused("text == 'a", "f:2: a quotation mark is missing, here: text == >>'a");
	refused("n not 1", "f:2: \"in\" is wanted, here: n not >>1");
	refused("1 == n", "f:2: the key of a field is wanted, here: >>1 == n");
	refused("empty(", "f:2: the key of a field is wanted, here: empty(>>");
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
	ck_assert(form_visible(f, j, form_find(f, "f199")));
	json_object_set_new(j, "f0", json_integer(0));
	ck_assert(!form_visible(f, j, form_find(f, "f199")));
	json_decref(j);
}
END_TEST

Suite *
suite_form_expr(void)
{
	Suite *s = suite_create("form_expr");
	TCase *t = tcase_create("form_expr");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, compares_each_type);
	tcase_add_test(t, unknown_is_not_no);
	tcase_add_test(t, and_binds_closer_than_or);
	tcase_add_test(t, errors_mark_the_place);
	tcase_add_test(t, endless_conditions_are_refused);
	tcase_add_test(t, a_long_chain_costs_little);
	suite_add_tcase(s, t);
	return s;
}
