/*
 * missing.c - unit tests of completeness: what a form lacks, by which stage,
 * and what is no gap but a fault; names of it in any language.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "form_read.h"
#include "form_state.h"

Suite *suite_missing(void);

static struct arena *mem;
static struct form *form;

#define L(de, en) "label = { de = \"" de "\"; en = \"" en "\"; ar = \"x" en "\"; };"
#define T "title = { de = \"T\"; en = \"T\"; };"

static const char source[] =
    "key = \"f\"; version = 1; valid_from = \"2026-01-01\";" T
    "sections = ( { key = \"s\"; " T " fields = ("
    "{ key = \"last\"; type = \"text\"; required_at = \"decision\"; " L("Zuletzt", "Last") " },"
    "{ key = \"first\"; type = \"text\"; required_at = \"intake\"; " L("Zuerst", "First") " },"
    "{ key = \"works\"; type = \"yes_no\"; required_at = \"review\"; " L("Arbeitet", "Works") " },"
    "{ key = \"boss\"; type = \"text\"; required_at = \"intake\"; show = \"works\"; "
    "  label = { de = \"Chef\"; en = \"Boss\"; }; },"
    "{ key = \"never\"; type = \"text\"; " L("Nie", "Never") " },"
    "{ key = \"age\"; type = \"number\"; min = 0; max = 120; " L("Alter", "Age")
    "  rules = ( { forbid = \"age < 18\"; at = \"decision\";"
    "    text = { de = \"Zu jung.\"; en = \"Too young.\"; }; } ); },"
    "{ key = \"kids\"; type = \"repeat\"; required_at = \"review\"; min = 2; " L("Kinder", "Kids")
    "  fields = ( { key = \"born\"; type = \"date\"; required_at = \"review\"; "
    L("Geboren", "Born") " } ); } ); } );";

static void
setup(void)
{
	struct form_errors errors;

	mem = arena_new();
	lang_set(LANG_EN);
	form = form_parse(mem, "f", source, &errors);
	ck_assert_msg(form != NULL, "%s", form ? "" : errors.text[0]);
}

static void
teardown(void)
{
	arena_free(mem);
}

static struct form_world
world_at(enum form_stage stage)
{
	return (struct form_world){ .today = day_from_ymd(2026, 11, 23), .stage = stage };
}

/* "intake:first review:works ..." */
static const char *
missing(const char *answers)
{
	json_t *json = json_loads(answers, 0, NULL);
	struct form_world world = world_at(FORM_DRAFT);
	struct form_gap *gaps;
	const char *all = "";
	size_t n = form_missing(mem, form, json, &world, &gaps);

	for (size_t i = 0; i < n; i++)
		all = arena_printf(mem, "%s%s%s:%s", all, i ? " " : "",
		    form_stage_name(gaps[i].stage), gaps[i].path);
	json_decref(json);
	return all;
}

static size_t
stops(const char *answers, enum form_stage stage)
{
	json_t *json = json_loads(answers, 0, NULL);
	struct form_world world = world_at(stage);
	const char **sentences;
	size_t n = form_stops(mem, form, json, &world, &sentences);

	json_decref(json);
	return n;
}

#define TWO "\"kids\":[{\"born\":\"2020-01-01\"},{\"born\":\"2021-01-01\"}]"

/* What is needed soonest comes first, each thing once; what is not seen or not
 * needed not at all. */
static const struct { const char *answers, *missing; } table[] = {
	{ "{}", "intake:first review:works review:kids decision:last" },
	{ "{\"first\":\"a\"}", "review:works review:kids decision:last" },
	{ "{\"first\":\"a\",\"works\":\"yes\"}", "intake:boss review:kids decision:last" },
	{ "{\"first\":\"a\",\"works\":\"no\",\"boss\":\"b\"," TWO "}", "decision:last" },
	{ "{\"first\":\"a\",\"works\":\"no\",\"last\":\"z\",\"kids\":[{\"born\":\"2020-01-01\"},{}]}",
	  "review:kids[2].born" },
	{ "{\"first\":\"a\",\"works\":\"no\",\"last\":\"z\"," TWO "}", "" },
};

START_TEST(what_is_missing_by_when)
{
	ck_assert_str_eq(missing(table[_i].answers), table[_i].missing);
}
END_TEST

/* Too few rows are a gap, too; a rule that stops is none. */
START_TEST(a_fault_is_no_gap)
{
	ck_assert_str_eq(missing("{\"first\":\"a\",\"works\":\"no\",\"last\":\"z\","
	    "\"kids\":[{\"born\":\"2020-01-01\"}]}"), "intake:kids");
	ck_assert_uint_eq(stops("{}", FORM_DECISION), 0);
	ck_assert_uint_eq(stops("{\"age\":12}", FORM_INTAKE), 0);
	ck_assert_uint_eq(stops("{\"age\":12}", FORM_DECISION), 1);
	ck_assert_uint_eq(stops("{\"age\":20}", FORM_DECISION), 0);
	ck_assert_uint_eq(stops("{\"age\":999}", FORM_INTAKE), 1);
}
END_TEST

START_TEST(names_in_any_language)
{
	ck_assert_str_eq(form_path_label(mem, form, "first", "de"), "Zuerst");
	ck_assert_str_eq(form_path_label(mem, form, "kids[2].born", "en"), "Kids 2, Born");
	ck_assert_str_eq(form_path_label(mem, form, "kids[2].born", "ar"), "xKids 2, xBorn");
	ck_assert_ptr_null(form_path_label(mem, form, "boss", "ar"));
	ck_assert_ptr_null(form_path_label(mem, form, "first", "uk"));
	ck_assert_ptr_null(form_path_label(mem, form, "nobody", "de"));
	ck_assert_ptr_null(form_path_label(mem, form, "kids[2].nobody", "de"));
	ck_assert_str_eq(form_path_field(form, "kids[1].born")->key, "born");
	ck_assert_ptr_null(form_path_field(form, "born"));
}
END_TEST

Suite *
suite_missing(void)
{
	Suite *s = suite_create("missing");
	TCase *t = tcase_create("missing");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, what_is_missing_by_when, 0, COUNT_OF(table));
	tcase_add_test(t, a_fault_is_no_gap);
	tcase_add_test(t, names_in_any_language);
	suite_add_tcase(s, t);
	return s;
}
