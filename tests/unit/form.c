/*
 * form.c - unit tests of reading forms and judging answers (include/form.h).
 */
#include <stdio.h>
#include <string.h>

#include "form_answers.h"
#include "harness_source.h"

Suite *suite_form(void);

/* The only error of a form begins so. */
static void
only_error(const char *fields, const char *more, const char *wanted)
{
	struct form *f = read_form(1, fields, more);

	ck_assert_ptr_null(f);
	ck_assert_msg(strncmp(errors.text[0], wanted, strlen(wanted)) == 0, "%s", errors.text[0]);
	ck_assert_msg(errors.count == 1, "%zu errors, the second: %s", errors.count,
	              errors.text[1]);
}

static json_t *
json(const char *text)
{
	json_t *j = json_loads(text, 0, NULL);

	ck_assert_msg(j != NULL, "%s", text);
	return j;
}

static struct form *
shipped(const char *name)
{
	static char text[1 << 18];
	FILE *file = fopen(name, "re");
	struct form *f;
	size_t n;

	ck_assert_msg(file != NULL, "%s is not there", name);
	n = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[n] = '\0';
	f = form_parse(mem, name, text, &errors);
	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "no error");
	return f;
}

/* ---- reading ---- */

START_TEST(reads_what_is_written)
{
	struct form *f = good_form(1, "{ key = \"hours\"; type = \"number\"; min = 1; max = 80;"
	    "required = \"review\"; label = { de = \"Stunden\"; en = \"Hours\"; };"
	    "unit = { de = \"Std.\"; en = \"h\"; }; }", "basis = \"§ 8\"; services = [ \"S02\" ];");

	ck_assert_str_eq(f->key, "f");
	ck_assert_int_eq(f->version, 1);
	ck_assert_int_eq(f->valid_from, day_from_ymd(2026, 1, 1));
	ck_assert_str_eq(f->basis, "§ 8");
	ck_assert_str_eq(f->services[0], "S02");
	ck_assert_uint_eq(f->sections[0].count, 1);
	ck_assert_int_eq(f->fields[0].required, FORM_REVIEW);
	ck_assert_int_eq(f->fields[0].max, 80);
	ck_assert_str_eq(form_label(f, "hours", LANG_DE), "Stunden");
	ck_assert_str_eq(form_label(f, "hours", LANG_EN), "Hours");
	ck_assert_ptr_null(form_label(f, "minutes", LANG_EN));
	ck_assert_str_eq(form_say(&f->fields[0].unit), "h");
	ck_assert_str_eq(form_say(&f->fields[0].help), "");
}
END_TEST

START_TEST(says_file_and_line)
{
	only_error(YN("a", "requird = \"intake\";"), "",
	           "f.form:3: there is no setting \"requird\" here");
	only_error(YN("a", "required = \"soon\";"), "",
	           "f.form:3: \"soon\" is no required; use one of: intake, review");
	only_error(YN("a", "urgent = 1;"), "", "f.form:3: \"urgent\" wants true or false");
	only_error(YN("a", "help = \"x\";"), "", "f.form:3: \"help\" wants { de");
	only_error(YN("a", "purpose = \"x\";"), "", "f.form:3: \"purpose\" wants { de");
	only_error(YN("a", "help = { de = \"x\"; };"), "",
	           "f.form:3: \"help\" has no text in \"en\"");
	only_error(YN("a", "help = { de = \"x\"; en = \"x\"; french = \"x\"; };"), "",
	           "f.form:3: \"french\" is no language");
	only_error(YN("Big", ""), "", "f.form:3: \"Big\" is no key");
	only_error(YN("not", ""), "", "f.form:3: \"not\" is a word of expressions");
	only_error("{ key = \"a\"; " LABEL " }", "", "f.form:3: \"type\" is missing");
	only_error(YN("a", "ask = { de = \"a\\x1b[2J\"; en = \"a\"; };"), "",
	           "f.form:3: \"de\" holds a line break or a control character");
	only_error("17", "", "f.form:3: a group");
	only_error("", "", "f.form:2: \"fields\" is an empty list");
}
END_TEST

START_TEST(refuses_what_does_not_fit)
{
	only_error(YN("a", "") ",\n" YN("a", ""), "",
	           "f.form:4: field \"a\" is there already, in line 3");
	only_error(YN("a", "min = 1;"), "", "f.form:3: field \"a\": \"min\" does not fit");
	only_error(YN("a", "urgent = true;"), "",
	           "f.form:3: field \"a\": \"urgent\" does not fit");
	only_error("{ key = \"a\"; type = \"choice\"; " LABEL " }", "",
	           "f.form:3: field \"a\" of type choice has no");
	only_error("{ key = \"a\"; type = \"choice\"; " LABEL " choices = ("
	           "{ key = \"x\"; " LABEL " }, { key = \"x\"; " LABEL " } ); }", "",
	           "f.form:3: the choice \"x\" is there twice");
	only_error("{ key = \"a\"; type = \"number\"; min = 3; max = 2; " LABEL " }", "",
	           "f.form:3: field \"a\": min is larger than max");
	only_error(YN("a", ""), "documents = ( { key = \"A\"; list = \"B\"; } );",
	           "f.form:5: a document wants either");
	only_error(YN("a", ""), "documents = ( { list = \"B\"; required = false; } );",
	           "f.form:5: the catalogue says what of list \"B\" is required");
	only_error(YN("a", ""), "@include \"/etc/passwd\"\n",
	           "f.form:5: @include is not allowed");
	only_error(YN("a", ""), "more = 1;", "f.form:5: there is no setting \"more\" here");
	only_error(YN("a", ""), "key = \"g\";", "f.form:5: cannot be read: ");
}
END_TEST

START_TEST(tells_several_errors_at_once_by_line)
{
	struct form *f = read_form(1, YN("a", "hlp = 1;") ",\n" YN("A", "min = \"x\";")
	    ",\n" "{ key = \"c\"; type = \"choice\"; " LABEL " }", "version2 = 2;");

	ck_assert_ptr_null(f);
	ck_assert_uint_eq(errors.count, 5);
	ck_assert_str_eq(errors.text[0], "f.form:3: there is no setting \"hlp\" here; there are: "
	    "key, type, label, short, output, ask, help, unit, basis, purpose, asks, owner, "
	    "confidential, required_at, required, require, show, compute, rules, choices, list, "
	    "filter, kind, pattern, pattern_text, letters, urgent, when, min, max, fields");
	ck_assert_msg(strncmp(errors.text[1], "f.form:4: ", 10) == 0, "%s", errors.text[1]);
	ck_assert_msg(strncmp(errors.text[2], "f.form:4: ", 10) == 0, "%s", errors.text[2]);
	ck_assert_msg(strncmp(errors.text[3], "f.form:5: ", 10) == 0, "%s", errors.text[3]);
	ck_assert_msg(strncmp(errors.text[4], "f.form:7: ", 10) == 0, "%s", errors.text[4]);
}
END_TEST

START_TEST(survives_more_errors_than_anyone_reads)
{
	const char *fields = YN("a", "");

	for (int i = 0; i < 200; i++)
		fields = arena_printf(mem, "%s,\n" YN("a", "x = 1;"), fields);
	ck_assert_ptr_null(read_form(1, fields, ""));
	ck_assert_uint_eq(errors.count, 50);
	for (int i = 0; i < 100; i++)
		fields = arena_printf(mem, "%s,\n" YN("a", ""), fields);
	ck_assert_ptr_null(read_form(1, fields, ""));
}
END_TEST

START_TEST(finds_conditions_that_go_in_a_circle)
{
	only_error(YN("a", "show = \"b == 'yes'\";") ",\n" YN("b", "show = \"c == 'yes'\";")
	           ",\n" YN("c", "show = \"a == 'yes'\";"), "",
	           "f.form:3: expressions go in a circle: a -> b -> c -> a");
	only_error(YN("a", "show = \"empty(a)\";"), "",
	           "f.form:3: expressions go in a circle: a -> a");
}
END_TEST

/* ---- answers ---- */

#define WORK YN("works", "required = \"intake\";") ",\n" \
	"{ key = \"hours\"; type = \"number\"; " LABEL " required = \"review\"; min = 1;" \
	"  show = \"works == 'yes'\"; },\n" \
	"{ key = \"net\"; type = \"money\"; " LABEL " required = \"decision\";" \
	"  show = \"hours > 10\"; },\n" \
	"{ key = \"note\"; type = \"lines\"; " LABEL " }"

static const struct form_world monday = { .today = 20780, .stage = FORM_INTAKE };

/* Problems at a stage as "key key?": the mark says missing. */
static const char *
problems(const struct form *f, const char *answers, enum form_stage stage)
{
	struct form_problem *list;
	json_t *j = json(answers);
	struct form_world world = { .today = day_from_ymd(2026, 11, 23), .stage = stage };
	size_t n = form_validate(mem, f, j, &world, &list);
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(mem, "%s%s%s%s", all, i ? " " : "",
		                   list[i].field ? list[i].field : "*",
		                   list[i].missing ? "?" : "");
	json_decref(j);
	return all;
}

static const char *
settled(const struct form *f, const char *answers)
{
	json_t *j = json(answers), *s = form_settle(mem, f, j, &monday);
	char *dump = json_dumps(s, JSON_COMPACT | JSON_SORT_KEYS);
	const char *text = arena_strdup(mem, dump);

	free(dump);
	json_decref(j);
	json_decref(s);
	return text;
}

START_TEST(asks_for_more_at_each_stage)
{
	struct form *f = good_form(1, WORK, "");

	ck_assert_str_eq(problems(f, "{}", FORM_DRAFT), "");
	ck_assert_str_eq(problems(f, "{}", FORM_INTAKE), "works?");
	ck_assert_str_eq(problems(f, "{\"works\":\"no\"}", FORM_DECISION), "");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\"}", FORM_INTAKE), "");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\"}", FORM_DECISION), "hours?");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\",\"hours\":\"30\"}", FORM_REVIEW), "");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\",\"hours\":\"30\"}", FORM_DECISION), "net?");
}
END_TEST

START_TEST(refuses_what_is_no_answer)
{
	struct form *f = good_form(1, WORK, "");

	ck_assert_str_eq(problems(f, "{\"wroks\":\"yes\"}", FORM_DRAFT), "wroks");
	ck_assert_str_eq(problems(f, "{\"works\":\"maybe\"}", FORM_DRAFT), "works");
	ck_assert_str_eq(problems(f, "{\"works\":[]}", FORM_DRAFT), "works");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\",\"hours\":0}", FORM_DRAFT), "hours");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\",\"hours\":2.5}", FORM_DRAFT), "hours");
	ck_assert_str_eq(problems(f, "{\"works\":\"yes\",\"hours\":\"030\"}", FORM_DRAFT), "hours");
	ck_assert_str_eq(problems(f, "{\"works\":true,\"hours\":30,\"net\":\"1.640,00\"}",
	                          FORM_DRAFT), "net");
	ck_assert_str_eq(problems(f, "{\"works\":true,\"hours\":30,\"net\":164000}", FORM_DRAFT), "");
	ck_assert_str_eq(problems(f, "{\"note\":\"a\\u001b[2J\"}", FORM_DRAFT), "note");
	ck_assert_str_eq(problems(f, "{\"note\":{\"a\":1}}", FORM_DRAFT), "note");
	ck_assert_str_eq(problems(f, "{\"works\":\" \"}", FORM_INTAKE), "works?");
	ck_assert_str_eq(problems(f, "[\"works\"]", FORM_DRAFT), "*");
}
END_TEST

START_TEST(says_what_to_do)
{
	struct form *f = good_form(1, WORK, "");
	struct form_problem *list;
	json_t *j = json("{\"hours\":\"x\",\"works\":\"yes\"}");

	ck_assert_uint_eq(form_validate(mem, f, j, &monday, &list), 1);
	ck_assert_str_eq(list[0].sentence, "\"L\": Type a whole number, such as 30.");
	json_decref(j);
	ck_assert_uint_eq(form_validate(mem, f, NULL, &monday, &list), 1);
	ck_assert_str_eq(list[0].sentence, "\"L\" is still missing. Type y for yes or n for no.");
}
END_TEST

START_TEST(drops_what_is_not_seen)
{
	struct form *f = good_form(1, WORK, "");

	ck_assert_str_eq(settled(f, "{\"works\":\"no\",\"hours\":\"30\",\"net\":\"5\"}"),
	                 "{\"works\":\"no\"}");
	/* net hangs on hours, which is hidden and so not given. */
	ck_assert_str_eq(settled(f, "{\"hours\":\"30\",\"net\":\"5\"}"), "{}");
	ck_assert_str_eq(settled(f, "{\"works\":true,\"hours\":30,\"net\":5,\"note\":null}"),
	                 "{\"hours\":\"30\",\"net\":\"5\",\"works\":\"yes\"}");
	ck_assert_str_eq(settled(f, "{\"note\":\"  a   b \\n c  \"}"), "{\"note\":\"a b\\nc\"}");
	/* What is hidden is not judged either. */
	ck_assert_str_eq(problems(f, "{\"works\":\"no\",\"hours\":\"x\"}", FORM_DECISION), "");
}
END_TEST

START_TEST(hides_a_section_with_its_fields)
{
	const char *source = "key = \"f\"; version = 1; valid_from = \"2026-01-01\";\n"
	    "services = [ \"S02\" ]; " TITLE "\n sections = ( { key = \"s\"; " TITLE
	    " fields = ( " YN("a", "") " ); },\n { key = \"t\"; " TITLE
	    " show = \"a == 'yes'\"; fields = ( " YN("b", "required = \"intake\";")
	    " ); } );";
	struct form *f = form_parse(mem, "f.form", source, &errors);

	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "");
	ck_assert_str_eq(problems(f, "{}", FORM_INTAKE), "");
	ck_assert_str_eq(problems(f, "{\"a\":\"yes\"}", FORM_INTAKE), "b?");
	ck_assert_uint_eq(f->sections[1].first, 1);
}
END_TEST

START_TEST(the_earliest_urgent_day_is_due)
{
	struct form *f = good_form(1, "{ key = \"a\"; type = \"date\"; urgent = true; " LABEL " },"
	    "{ key = \"b\"; type = \"date\"; urgent = true; " LABEL " },"
	    "{ key = \"c\"; type = \"date\"; " LABEL " }", "");
	json_t *j = json("{\"a\":\"2026-11-25\",\"b\":\"2026-11-24\",\"c\":\"2026-11-01\"}");

	ck_assert_int_eq(form_hurry(f, j, &monday).due, day_from_ymd(2026, 11, 24));
	json_object_set_new(j, "b", json_string("2026-11-26"));
	ck_assert_int_eq(form_hurry(f, j, &monday).due, day_from_ymd(2026, 11, 25));
	json_object_set_new(j, "b", json_string("soon"));
	ck_assert_int_eq(form_hurry(f, j, &monday).due, day_from_ymd(2026, 11, 25));
	json_object_clear(j);
	ck_assert_int_eq(form_hurry(f, j, &monday).due, DAY_NONE);
	json_decref(j);
}
END_TEST

/* ---- papers ---- */

static size_t
items(void *self, const char *list, const struct form_paper **papers)
{
	static const struct form_paper base[] = { { "PASS", true }, { "COURSE", false } };

	(void)self;
	*papers = base;
	return strcmp(list, "AE_base") == 0 ? COUNT_OF(base) : 0;
}

static const char *
papers(const struct form *f, const char *answers)
{
	struct form_checklists lists = { items, NULL };
	struct form_paper *list;
	json_t *j = json(answers);
	size_t n = form_documents(mem, f, j, &monday, &lists, &list);
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(mem, "%s%s%s%s", all, i ? " " : "", list[i].key,
		                   list[i].required ? "!" : "");
	json_decref(j);
	return all;
}

START_TEST(papers_follow_the_answers)
{
	struct form *f = good_form(1, YN("course", ""), "documents = ( { list = \"AE_base\"; },"
	    "{ key = \"COURSE\"; show = \"course == 'yes'\"; },"
	    "{ key = \"REG\"; required = false; }, { list = \"NONE\"; } );");

	ck_assert_str_eq(papers(f, "{}"), "PASS! COURSE REG");
	ck_assert_str_eq(papers(f, "{\"course\":\"yes\"}"), "PASS! COURSE! REG");
}
END_TEST

/* ---- the forms of the house ---- */

START_TEST(forms_of_the_house_are_sound)
{
	struct form *f = shipped("forms/residence_extend.form");

	ck_assert_str_eq(f->key, "residence_extend");
	ck_assert_str_eq(problems(f, "{\"purpose\":\"skilled\",\"title_until\":\"2026-11-25\","
	    "\"has_passport\":\"yes\",\"works\":\"no\",\"benefits\":\"none\","
	    "\"housing\":\"flat\",\"moved\":\"no\"}", FORM_INTAKE), "");
	ck_assert_str_eq(papers(f, "{\"purpose\":\"skilled\"}"), "PASS! COURSE JOB! QUAL!");
	f = shipped("forms/benefits_grant.form");
	ck_assert_str_eq(f->key, "benefits_grant");
	ck_assert_str_eq(problems(f, "{\"need_since\":\"2026-11-23\",\"status\":\"toleration\","
	    "\"allocated\":\"yes\",\"without_means_from\":\"2026-11-23\",\"adults\":1,"
	    "\"children\":0,\"housing\":\"shared\"}", FORM_INTAKE), "");
	f = shipped("forms/counselling.form");
	ck_assert_str_eq(f->key, "counselling");
	ck_assert_str_eq(problems(f, "{\"area\":\"housing\",\"danger\":\"no\","
	    "\"interpreter\":\"no\",\"reach\":\"waits\"}", FORM_DECISION), "");
}
END_TEST

Suite *
suite_form(void)
{
	Suite *s = suite_create("form");
	TCase *t = tcase_create("form");

	tcase_add_checked_fixture(t, source_setup, source_teardown);
	tcase_add_test(t, reads_what_is_written);
	tcase_add_test(t, says_file_and_line);
	tcase_add_test(t, refuses_what_does_not_fit);
	tcase_add_test(t, tells_several_errors_at_once_by_line);
	tcase_add_test(t, survives_more_errors_than_anyone_reads);
	tcase_add_test(t, finds_conditions_that_go_in_a_circle);
	tcase_add_test(t, asks_for_more_at_each_stage);
	tcase_add_test(t, refuses_what_is_no_answer);
	tcase_add_test(t, says_what_to_do);
	tcase_add_test(t, drops_what_is_not_seen);
	tcase_add_test(t, hides_a_section_with_its_fields);
	tcase_add_test(t, the_earliest_urgent_day_is_due);
	tcase_add_test(t, papers_follow_the_answers);
	tcase_add_test(t, forms_of_the_house_are_sound);
	suite_add_tcase(s, t);
	return s;
}
