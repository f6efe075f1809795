/*
 * form_blocked.c - unit tests of rules that stop where nobody could mend it, of
 * lists and settings that contradict themselves, and of texts that libconfig
 * would misread.
 */
#include <string.h>

#include "harness_source.h"

Suite *suite_form_blocked(void);

#define OTHERS "owner = \"residence\"; "
#define RULE(at, forbid) "rules = ( { forbid = \"" forbid "\"; at = \"" at "\"; " TEXT " } );"
#define TO_BENEFITS "route = ( { unit = \"benefits\"; } );"

/* Fields stand in line 3, more in line 5; wanted NULL: it is sound. */
struct trial { const char *fields, *more, *wanted; };

static void
try(const struct trial *t)
{
	struct form *f = read_form(1, t->fields, t->more);

	if (t->wanted)
		ck_assert_msg(!f && strstr(errors.text[0], t->wanted) == errors.text[0],
		    "%s %s: %s", t->fields, t->more, f ? "sound" : errors.text[0]);
	else
		ck_assert_msg(f != NULL, "%s %s: %s", t->fields, t->more, errors.text[0]);
}

#define NOTHING_AT(line, stage) \
	"f.form:" line ": this rule stops at " stage ", but \"benefits\", which has"
#define UNSEEN_AT(line, stage) "f.form:" line ": this rule stops at " stage " even while"

static const struct trial rules[] = {
	/* who has the case behind intake says the way */
	{ FIELD("a", "number", OTHERS RULE("review", "a > 1")), "", NULL },
	{ FIELD("a", "number", OTHERS RULE("review", "a > 1")), TO_BENEFITS,
	  NOTHING_AT("3", "review") },
	{ FIELD("a", "number", OTHERS RULE("decision", "a > 1")), TO_BENEFITS,
	  NOTHING_AT("3", "decision") },
	{ FIELD("a", "number", "owner = \"benefits\"; " RULE("decision", "a > 1")), TO_BENEFITS,
	  NULL },
	{ FIELD("z", "yes_no", "") "," FIELD("a", "number", OTHERS RULE("review", "a > 1")),
	  "route = ( { when = \"z\"; unit = \"residence\"; }, { unit = \"benefits\"; } );",
	  NOTHING_AT("3", "review") },
	{ FIELD("a", "number", OTHERS "rules = ( { warn = \"a > 1\"; at = \"review\"; " TEXT
	  " } );"), TO_BENEFITS, NULL },
	/* what is computed is mended by what it is computed from */
	{ FIELD("b", "date", "") "," FIELD("y", "number", "compute = \"age(b)\"; "
	  RULE("intake", "y < 16")), "", NULL },
	{ FIELD("y", "number", "compute = \"5\"; " RULE("intake", "y < 16")), "",
	  "f.form:3: this rule stops and asks for no field" },
	{ FIELD("a", "number", OTHERS) "," FIELD("b", "number", "compute = \"a + 1\";") ","
	  FIELD("c", "number", "compute = \"b * 2\"; " RULE("decision", "c > 1")), TO_BENEFITS,
	  NOTHING_AT("3", "decision") },
	/* rows: an owner around them holds in them, and keeps them */
	{ FIELD("r", "repeat", OTHERS "fields = ( " FIELD("c", "number", RULE("intake", "c > 1"))
	  " );"), "", "f.form:3: this rule stops at intake, but nobody there" },
	{ FIELD("r", "repeat", "fields = ( " FIELD("c", "number", OTHERS) " );"),
	  TO_BENEFITS RULE("review", "any(r: c > 1)"), NOTHING_AT("5", "review") },
	{ FIELD("r", "repeat", "fields = ( " FIELD("c", "number", OTHERS) " );"),
	  TO_BENEFITS RULE("review", "count(r) > 3"), NULL },
	/* what others put out of sight */
	{ FIELD("y", "yes_no", OTHERS) "," FIELD("a", "number", "show = \"y\";"),
	  TO_BENEFITS RULE("decision", "empty(a)"), UNSEEN_AT("5", "decision") },
	{ FIELD("y", "yes_no", OTHERS) "," FIELD("a", "number", "show = \"y\";"),
	  TO_BENEFITS RULE("intake", "empty(a)"), UNSEEN_AT("5", "intake") },
	{ FIELD("y", "number", OTHERS) "," FIELD("a", "number", "show = \"y > 3\";"),
	  TO_BENEFITS RULE("review", "empty(a)"), UNSEEN_AT("5", "review") },
	{ FIELD("y", "yes_no", OTHERS) "," FIELD("a", "number", "show = \"y\";") ","
	  FIELD("t", "number", "compute = \"default(a, 9) * 2\";"),
	  TO_BENEFITS RULE("decision", "t > 5"), UNSEEN_AT("5", "decision") },
	{ FIELD("y", "yes_no", OTHERS) "," FIELD("a", "number", "show = \"y\";") ","
	  FIELD("t", "number", "compute = \"a * 2\";"), TO_BENEFITS RULE("decision", "t > 5"),
	  NULL },
	{ FIELD("y", "yes_no", OTHERS) "," FIELD("a", "number", "show = \"y\";"),
	  TO_BENEFITS RULE("decision", "y and empty(a)"), NULL },
	{ FIELD("y", "yes_no", OTHERS) "," FIELD("a", "number", "show = \"y\"; "
	  RULE("decision", "empty(a)")), TO_BENEFITS, NULL },
	{ FIELD("y", "yes_no", "") "," FIELD("a", "number", "show = \"y\";"),
	  TO_BENEFITS RULE("decision", "empty(a)"), NULL },
	{ FIELD("a", "number", RULE("never", "a > 1")), "", "f.form:3: this rule never speaks" },
};

START_TEST(test_rule_that_stops)
{
	try(&rules[_i]);
}
END_TEST

#define ENTRY(key, more) "{ key = \"" key "\"; " LABEL more " }"

static const struct trial settings[] = {
	{ FIELD("a", "choice", "list = \"l\";"), "lists = ( { name = \"l\"; entries = ( "
	  ENTRY("K", "valid_from = \"2026-05-01\"; valid_until = \"2026-04-30\";") " ); } );",
	  "f.form:5: \"valid_until\" lies before" },
	{ FIELD("a", "choice", "list = \"l\";"), "lists = ( { name = \"l\"; entries = ( "
	  ENTRY("K", "") " ); }, { name = \"l\"; entries = ( " ENTRY("K", "") " ); } );",
	  "f.form:5: the list \"l\" is there twice" },
	{ FIELD("a", "choice", "choices = ( " ENTRY("k", "withdrawn = true;") " );"), "",
	  "f.form:3: field \"a\": all its choices are withdrawn" },
	{ FIELD("a", "text", "required = \"intake\"; required_at = \"review\";"), "",
	  "f.form:3: \"required\" is the older name" },
	/* one empty setting does not hide what is wrong with another */
	{ FIELD("a", "text", "show = \"\";") ",\n" FIELD("b", "text", "show = \"c\";"), "",
	  "f.form:3: \"show\" is empty" },
	{ FIELD("a", "number", "min = 12345678901;"), "", "f.form:3: the number is too large" },
	{ FIELD("a", "text", ""), "leika = \"99008001012011\";", NULL },
	{ FIELD("a", "text", ""), "leika = \"9900800101201\";",
	  "f.form:5: \"9900800101201\" is no key of the LeiKa" },
	{ FIELD("a", "text", ""), "leika = \"89008001012011\";",
	  "f.form:5: \"89008001012011\" is no key of the LeiKa" },
	{ FIELD("a", "text", "help = { de = \"12345678901\"; en = \"L # 98765432109\"; };"),
	  "# 12345678901\n/* 12345678901 */", NULL },
};

START_TEST(test_setting)
{
	try(&settings[_i]);
}
END_TEST

START_TEST(test_errors_beside_an_empty_setting)
{
	try(&settings[4]);
	ck_assert_uint_eq(errors.count, 2);
	ck_assert_msg(strstr(errors.text[1], "f.form:4: there is no field \"c\"") ==
	    errors.text[1], "%s", errors.text[1]);
}
END_TEST

/* ---- the text itself ---- */

START_TEST(test_byte_order_mark)
{
	const char *source = "\xef\xbb\xbfkey = \"f\"; version = 1; valid_from = \"2026-01-01\"; "
	    TITLE "sections = ( { key = \"s\"; " TITLE " fields = ( " FIELD("a", "text", "")
	    " ); } );";

	ck_assert_ptr_nonnull(form_parse_with(mem, "f.form", source, NULL, &errors));
}
END_TEST

START_TEST(test_brackets_without_end)
{
	static const char open[] = "({[";
	char source[30002] = "\n";

	for (size_t i = 1; i < sizeof(source) - 1; i++)
		source[i] = open[_i];
	ck_assert_ptr_null(form_parse_with(mem, "f.form", source, NULL, &errors));
	ck_assert_uint_eq(errors.count, 1);
	ck_assert_str_eq(errors.text[0], "f.form:2: too many brackets are open here; close those "
	    "that are complete");
}
END_TEST

Suite *
suite_form_blocked(void)
{
	Suite *s = suite_create("form_blocked");
	TCase *t = tcase_create("form_blocked");

	tcase_add_checked_fixture(t, source_setup, source_teardown);
	tcase_add_loop_test(t, test_rule_that_stops, 0, (int)COUNT_OF(rules));
	tcase_add_loop_test(t, test_setting, 0, (int)COUNT_OF(settings));
	tcase_add_test(t, test_errors_beside_an_empty_setting);
	tcase_add_test(t, test_byte_order_mark);
	tcase_add_loop_test(t, test_brackets_without_end, 0, 3);
	suite_add_tcase(s, t);
	return s;
}
