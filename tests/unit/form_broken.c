/*
 * form_broken.c - unit tests of whole forms: what broken ones are told, what
 * sound ones make of answers, their examples, moves and differences.
 */
#include <stdlib.h>
#include <string.h>

#include "form_example.h"
#include "harness_source.h"

Suite *suite_form_broken(void);

/* Fields stand in line 3, more in line 5; so begins the first error. */
static const struct { const char *fields, *more, *wanted; } broken[] = {
	{ FIELD("a", "wish", ""), "", "f.form:3: \"wish\" is no type; use one of: text, lines" },
	{ YN("a", "") ",\n" ROWS("r", YN("a", ""), ""), "",
	  "f.form:4: field \"a\" is there already, in line 3" },
	{ ROWS("r", ROWS("s", ROWS("t", YN("a", ""), ""), ""), ""), "",
	  "f.form:3: repeats stand at most 2 deep" },
	{ ROWS("r", YN("a", ""), "max = 101;"), "",
	  "f.form:3: field \"r\": rows are counted from 0 to 100" },
	{ ROWS("r", YN("a", ""), "min = 1;"), "",
	  "f.form:3: field \"r\": nobody ever asks for its fewest rows" },
	{ FIELD("r", "repeat", ""), "", "f.form:3: field \"r\" of type repeat has no \"fields\"" },
	{ YN("a", "fields = ( " YN("b", "") " );"), "",
	  "f.form:3: field \"a\": \"fields\" does not fit its type" },
	{ FIELD("a", "text", "pattern = \"(a|b)\";"), "", "f.form:3: \"(a|b)\" is no pattern" },
	{ FIELD("a", "text", "pattern = \"[0-9]+\";"), "",
	  "f.form:3: field \"a\": say in \"pattern_text\" how an answer looks" },
	{ FIELD("a", "text", "pattern_" TEXT), "",
	  "f.form:3: field \"a\": \"pattern_text\" says how a \"pattern\" looks" },
	{ FIELD("a", "identifier", ""), "",
	  "f.form:3: field \"a\" of type identifier has no \"kind\"" },
	{ FIELD("a", "identifier", "kind = \"shoe\";"), "", "f.form:3: \"shoe\" is no kind" },
	{ FIELD("a", "choice", "list = \"towns\";"), "",
	  "f.form:3: there is no code list \"towns\"" },
	{ FIELD("a", "choice", "list = \"x\"; " AB), "",
	  "f.form:3: field \"a\" has choices of its own and a list" },
	{ YN("a", ""), "lists = ( { name = \"l\"; entries = ( { key = \"K\"; " LABEL " } ); } );",
	  "f.form:5: no field uses the list \"l\"" },
	{ FIELD("a", "number", "compute = \"b\";") "," FIELD("b", "number", "compute = \"a\";"),
	  "", "f.form:3: expressions go in a circle: a -> b -> a" },
	{ ROWS("r", FIELD("x", "number", "compute = \"sum(r: x)\";"), ""), "",
	  "f.form:3: expressions go in a circle: x -> x" },
	{ FIELD("a", "number", "compute = \"1\"; required_at = \"intake\";"), "",
	  "f.form:3: field \"a\" is computed: nobody can be required" },
	{ FIELD("a", "number", "compute = \"'x'\";"), "", "f.form:3: a whole number is wanted" },
	{ FIELD("a", "lines", "compute = \"'x'\";"), "",
	  "f.form:3: field \"a\": \"compute\" does not fit its type" },
	{ YN("a", "") "," YN("b", "show = \"a and not a\";"), "",
	  "f.form:3: field \"b\" is never seen, whatever is answered" },
	{ FIELD("a", "choice", AB) "," YN("b", "show = \"a == 'a'\";") "," YN("c",
	  "show = \"a == 'b' and b\";"), "", "f.form:3: field \"c\" is never seen" },
	{ FIELD("a", "number", "") "," YN("c", "show = \"a > 5 and a < 3\";"), "",
	  "f.form:3: field \"c\" is never seen" },
	{ FIELD("a", "number", "max = 9;") "," YN("c", "show = \"a > 9\";"), "",
	  "f.form:3: field \"c\" is never seen" },
	{ FIELD("a", "date", "") "," YN("c", "show = \"a < '2026-01-01' and not (a < '2026-07-01')\";"),
	  "", "f.form:3: field \"c\" is never seen" },
	{ FIELD("a", "text", "") "," YN("c", "show = \"a == 'x' and a in ('y', 'z')\";"), "",
	  "f.form:3: field \"c\" is never seen" },
	{ FIELD("a", "choice", AB "filter = \"option == 'a'\";"), "",
	  "f.form:3: field \"a\": its filter never lets \"b\" be chosen" },
	{ YN("a", "owner = \"residence\"; required_at = \"intake\";"), "",
	  "f.form:3: field \"a\" is required at intake, but only residence may" },
	{ YN("a", "owner = \"residence\"; rules = ( { forbid = \"a\"; " TEXT " } );"), "",
	  "f.form:3: this rule stops at intake, but nobody there" },
	{ YN("a", "rules = ( { forbid = \"today > '2026-01-01'\"; " TEXT " } );"), "",
	  "f.form:3: this rule stops and asks for no field" },
	{ YN("a", "rules = ( { " TEXT " } );"), "", "f.form:3: a rule has one of" },
	{ YN("a", "rules = ( { forbid = \"a\"; warn = \"a\"; " TEXT " } );"), "",
	  "f.form:3: a rule has one of" },
	{ YN("a", ""), "rules = ( { warn = \"a\"; field = \"b\"; " TEXT " } );",
	  "f.form:5: there is no field \"b\"" },
	{ YN("a", ""), "route = ( { unit = \"x\"; }, { unit = \"y\"; } );",
	  "f.form:5: this way is never taken: the one in line 5" },
	{ YN("a", ""), "urgency = ( { when = \"a\"; level = \"now\"; } );",
	  "f.form:5: \"now\" is no level; use one of: normal, soon, urgent" },
	{ YN("a", ""), "urgency = ( { when = \"a\"; level = \"soon\"; due = \"a\"; } );",
	  "f.form:5: this is yes or no, but a day is wanted" },
	{ YN("a", ""), "valid_until = \"2025-01-01\";", "f.form:5: \"valid_until\" lies before" },
	{ YN("a", ""), "migrate = ( { from = 2; } );", "f.form:5: \"from\" is a version before" },
	{ YN("a", ""), "migrate = ( { from = 1; ask = [ \"b\" ]; } );",
	  "f.form:5: there is no field \"b\"" },
	{ YN("a", ""), "migrate = ( { from = 1; drop = [ \"a\" ]; } );",
	  "f.form:5: \"a\" is a field of this version and cannot be dropped" },
	{ YN("a", ""), "migrate = ( { from = 1; default = ( { field = \"a\"; value = \"x\"; } ); } );",
	  "f.form:5: \"x\" is no value of field \"a\"" },
	{ ROWS("r", YN("a", ""), ""), "migrate = ( { from = 1; rename = ( { old = \"a\"; new = "
	  "\"r.a\"; } ); } );", "f.form:5: \"a\" cannot become \"r.a\": a field stays in" },
	{ ROWS("r", YN("a", ""), ""), "migrate = ( { from = 1; ask = [ \"r.b\" ]; } );",
	  "f.form:5: there is no field \"r.b\"" },
	{ YN("a", ""), "migrate = ( { from = 1; rename = ( { old = \"b.\"; new = \"a\"; } ); } );",
	  "f.form:5: \"b.\" is no key, nor keys with points" },
	{ YN("a", ""), "examples = ( { name = \"e\"; given = 1; } );",
	  "f.form:5: \"given\" wants answers" },
	{ YN("a", "asks = \"nobody\";"), "",
	  "f.form:3: \"nobody\" is no asks; use one of: person, office" },
	{ YN("a", "asks = \"office\"; ask = { de = \"A?\"; en = \"A?\"; };"), "",
	  "f.form:3: field \"a\" is answered by the office, but has a question to read out" },
	{ YN("a", "asks = \"person\"; compute = \"1 == 1\";"), "",
	  "f.form:3: field \"a\" is computed: nobody can be asked" },
	{ ROWS("r", YN("a", "asks = \"person\";"), "asks = \"office\";"), "",
	  "f.form:3: field \"a\" is asked of the person, but \"r\" around it" },
	{ YN("a", "ask = { de = \"\"; en = \"x\"; };"), "", "f.form:3: \"de\" is empty" },
};

START_TEST(broken_forms_are_told_file_and_line)
{
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		const char *wanted = broken[i].wanted;
		struct form *f = read_form(2, broken[i].fields, broken[i].more);

		ck_assert_msg(f == NULL, "taken: %s %s", broken[i].fields, broken[i].more);
		ck_assert_msg(strncmp(errors.text[0], wanted, strlen(wanted)) == 0, "%s: %s", wanted,
		              errors.text[0]);
		ck_assert_msg(errors.count == 1, "%zu errors, the second: %s", errors.count,
		              errors.text[1]);
	}
}
END_TEST

START_TEST(versions_count_from_one)
{
	ck_assert_ptr_null(read_form(0, YN("a", "show = \"b\";"), ""));
	ck_assert_uint_eq(errors.count, 2);
	ck_assert_str_eq(errors.text[0], "f.form:1: \"version\" counts from 1");
}
END_TEST

START_TEST(an_old_translation_is_noted)
{
	ck_assert_ptr_nonnull(read_form(1, YN("a", "help = { de = \"x\"; en = \"y\"; "
	    "en_of = \"2d711642\"; };"), ""));
	ck_assert_uint_eq(errors.note_count, 0);
	ck_assert_ptr_nonnull(read_form(1, YN("a", "help = { de = \"z\"; en = \"y\"; "
	    "en_of = \"2d711642\"; ar = \"w\"; };"), ""));
	ck_assert_uint_eq(errors.note_count, 1);
	ck_assert_ptr_nonnull(strstr(errors.notes[0], "f.form:3: the German text has changed"));
}
END_TEST

/* ---- answers ---- */

#define FAMILY YN("alone", "required_at = \"intake\";") "," \
	FIELD("rent", "money", "require = \"alone\";") "," \
	ROWS("kids", FIELD("name", "text", "required_at = \"intake\";") "," \
	     FIELD("born", "part_date", "") "," \
	     FIELD("school", "choice", AB "show = \"age(born) >= 6\"; required_at = \"review\";" \
	           "filter = \"option == 'a' or age(born) >= 10\";") "," \
	     ROWS("trips", FIELD("fare", "money", ""), ""), \
	     "min = 1; max = 2; required_at = \"intake\";" \
	     "rules = ( { forbid = \"any(kids: age(born) > 25)\"; " TEXT " } );") "," \
	FIELD("total", "money", "compute = \"sum(kids: sum(trips: fare))\";" \
	      "rules = ( { warn = \"total > 100\"; " TEXT " }, { hint = \"total > 50\"; " TEXT " } );")

#define MORE "documents = ( { key = \"BIRTH\"; needed = \"not empty(kids)\"; }, { list = \"L\"; } );" \
	"route = ( { when = \"count(kids) > 1\"; unit = \"social_work\"; }, { unit = \"benefits\"; } );" \
	"urgency = ( { when = \"alone\"; level = \"soon\"; }," \
	"  { when = \"total > 200\"; level = \"urgent\"; due = \"today + 3\"; } );"

static json_t *
state_json(const struct form *f, const char *answers, enum form_stage stage)
{
	struct form_world world = { .today = day_from_ymd(2026, 11, 23), .stage = stage };
	json_t *j = json_loads(answers, 0, NULL), *state;

	ck_assert_msg(j != NULL, "%s", answers);
	state = form_state_json(form_evaluate(mem, f, j, &world));
	ck_assert_ptr_nonnull(state);
	json_decref(j);
	return state;
}

/* A part of the state, as compact JSON; of findings only the paths. */
static const char *
part(const struct form *f, const char *answers, enum form_stage stage, const char *key)
{
	json_t *state = state_json(f, answers, stage), *of = json_object_get(state, key), *one;
	json_t *paths = json_array();
	const char *text;
	char *dump;
	size_t i;

	json_array_foreach(of, i, one)
		json_array_append(paths, json_is_object(one) && json_object_get(one, "path")
		                  ? json_object_get(one, "path") : one);
	dump = json_dumps(json_is_array(of) ? paths : of,
	                  JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
	text = arena_strdup(mem, dump);
	free(dump);
	json_decref(paths);
	json_decref(state);
	return text;
}

START_TEST(a_form_makes_this_of_answers)
{
	static const struct { const char *key, *answers, *wanted; } cases[] = {
		{ "visible", "{}", "[\"alone\",\"rent\",\"kids\",\"total\"]" },
		{ "required", "{}", "[\"alone\",\"kids\"]" },
		{ "required", "{\"alone\":true}", "[\"alone\",\"rent\",\"kids\"]" },
		{ "errors", "{\"alone\":false}", "[\"kids\"]" },
		{ "errors", "{\"alone\":false,\"kids\":[{\"name\":\"A\"}]}", "[]" },
		{ "errors", "{\"alone\":false,\"kids\":[{\"born\":\"2020\"}]}", "[\"kids[1].name\"]" },
		{ "errors", "{\"alone\":false,\"kids\":[{\"name\":\"A\"},{\"name\":\"B\"},"
		  "{\"name\":\"C\"}]}", "[\"kids\"]" },
		{ "errors", "{\"alone\":false,\"kids\":[{\"name\":\"A\",\"bron\":1}]}",
		  "[\"kids[1].bron\"]" },
		{ "errors", "{\"alone\":false,\"kids\":[{\"name\":\"A\",\"born\":\"1990\"},"
		  "{\"name\":\"B\"}]}", "[\"kids\"]" },
		{ "errors", "{\"alone\":false,\"kids\":\"A\"}", "[\"kids\",\"kids\"]" },
		{ "errors", "{\"alone\":false,\"kids\":[{\"name\":\"A\",\"born\":\"2019-01-01\","
		  "\"school\":\"b\"}]}", "[\"kids[1].school\"]" },
		{ "hidden_answers", "{\"kids\":[{\"school\":\"a\"}]}", "[\"kids[1].school\"]" },
		{ "computed", "{\"kids\":[{\"trips\":[{\"fare\":700},{\"fare\":500}]}]}",
		  "{\"total\":1200}" },
		{ "computed", "{\"kids\":[{\"trips\":[{\"fare\":700},{}]}]}", "{}" },
		{ "warnings", "{\"kids\":[{\"trips\":[{\"fare\":10001}]}]}", "[\"total\"]" },
		{ "hints", "{\"kids\":[{\"trips\":[{\"fare\":10000}]}]}", "[\"total\"]" },
		{ "documents", "{}", "[{\"list\":\"L\"}]" },
		{ "documents", "{\"kids\":[{}]}", "[{\"key\":\"BIRTH\",\"required\":true},{\"list\":\"L\"}]" },
		{ "route", "{\"kids\":[{},{}]}", "\"social_work\"" },
		{ "route", "{}", "\"benefits\"" },
		{ "urgency", "{}", "{\"due\":null,\"level\":\"normal\"}" },
		{ "urgency", "{\"alone\":true}", "{\"due\":null,\"level\":\"soon\"}" },
		{ "urgency", "{\"alone\":true,\"kids\":[{\"trips\":[{\"fare\":20001}]}]}",
		  "{\"due\":\"2026-11-26\",\"level\":\"urgent\"}" },
	};
	struct form *f = good_form(1, FAMILY, MORE);

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *found = part(f, cases[i].answers, FORM_INTAKE, cases[i].key);

		ck_assert_msg(strcmp(found, cases[i].wanted) == 0, "%s of %s: %s", cases[i].key,
		              cases[i].answers, found);
	}
	ck_assert_str_eq(part(f, "{\"alone\":false,\"kids\":[{\"name\":\"A\","
	    "\"born\":\"2010\"}]}", FORM_REVIEW, "missing"), "[\"kids[1].school\"]");
	ck_assert_str_eq(part(f, "{}", FORM_DRAFT, "errors"), "[]");
}
END_TEST

/* Rows are stored as a text, and mean the same when they are read again. */
START_TEST(rows_are_stored_and_read_again)
{
	struct form *f = good_form(1, FAMILY, MORE);
	json_t *j = json_loads("{\"alone\":false,\"kids\":[{\"name\":\"A\",\"school\":\"a\","
	    "\"trips\":[{\"fare\":5}]},{\"name\":\"B\",\"born\":\"2012\",\"school\":\"a\"}]}", 0,
	    NULL);
	const struct form_world world = { .today = 20780 };
	json_t *settled = form_settle(mem, f, j, &world);
	json_t *again = form_settle(mem, f, settled, &world);

	ck_assert_str_eq(json_string_value(json_object_get(settled, "kids")),
	    "[{\"name\":\"A\",\"trips\":[{\"fare\":\"5\"}]},"
	    "{\"born\":\"2012\",\"name\":\"B\",\"school\":\"a\"}]");
	ck_assert_str_eq(json_string_value(json_object_get(settled, "total")), "5");
	ck_assert(json_equal(settled, again));
	json_decref(j);
	json_decref(settled);
	json_decref(again);
}
END_TEST

/* ---- examples, moves, differences ---- */

START_TEST(a_red_example_names_expected_and_found)
{
	struct form_world world = { .today = day_from_ymd(2026, 11, 23), .stage = FORM_INTAKE };
	const char **red;
	struct form *f = good_form(1, FAMILY, MORE "examples = (\n"
	    "{ name = \"good\"; given = { alone = true; kids = ( { name = \"A\"; } ); };"
	    "  missing = [ \"rent\" ]; visible = [ \"kids[1].name\" ]; errors = [];"
	    "  computed = { total = 0; }; documents = [ \"L\", \"BIRTH\" ]; route = \"benefits\";"
	    "  urgency = \"soon\"; due = \"\"; },\n"
	    "{ name = \"bad\"; given = { }; errors = []; route = \"x\"; computed = { total = 1; };"
	    "  hidden = [ \"rent\" ]; },\n"
	    "{ name = \"slip\"; given = { kidz = ( ); kids = ( { nam = \"A\"; } ); }; } );");

	ck_assert_uint_eq(form_examples_run(mem, f, "f.form", &world, &red), 6);
	ck_assert_str_eq(red[0], "f.form:7: example \"bad\": hidden: expected rent, found that it "
	                         "is visible");
	ck_assert_str_eq(red[1], "f.form:7: example \"bad\": errors: expected nothing, found kids");
	ck_assert_str_eq(red[2], "f.form:7: example \"bad\": computed total: expected 1, found 0");
	ck_assert_str_eq(red[3], "f.form:7: example \"bad\": route: expected x, found benefits");
	ck_assert_str_eq(red[4], "f.form:8: example \"slip\": given: expected kidz, found no field "
	                         "\"kidz\"");
	ck_assert_ptr_nonnull(strstr(red[5], "kids[1].nam"));
}
END_TEST

static const struct form_world monday = { .today = 20780 };

START_TEST(answers_move_to_the_next_version)
{
	struct form *f = good_form(2, YN("a", "") "," FIELD("pick", "choice", AB) ","
	    YN("c", "") "," YN("d", ""), "migrate = ( { from = 1;"
	    "rename = ( { old = \"x\"; new = \"a\"; } );"
	    "map = ( { field = \"pick\"; old = \"z\"; new = \"b\"; } );"
	    "default = ( { field = \"c\"; value = \"no\"; } ); ask = [ \"d\" ];"
	    "drop = [ \"fax\" ]; } );");
	const struct form *end = f;
	json_t *j = json_loads("{\"x\":\"yes\",\"pick\":\"z\",\"fax\":\"1\",\"tel\":\"2\"}", 0, NULL);
	struct form_migration m;
	char *dump;

	ck_assert(form_migrate(mem, &end, 1, 1, j, &monday, &m));
	dump = json_dumps(m.answers, JSON_COMPACT | JSON_SORT_KEYS);
	ck_assert_str_eq(dump, "{\"a\":\"yes\",\"c\":\"no\",\"pick\":\"b\"}");
	ck_assert_uint_eq(m.ask_count, 1);
	ck_assert_str_eq(m.ask[0], "d");
	ck_assert_uint_eq(m.lost_count, 1);
	ck_assert_str_eq(m.lost[0], "tel");
	free(dump);
	json_decref(m.answers);
	ck_assert(!form_migrate(mem, &end, 1, 7, j, &monday, &m));
	json_decref(j);
}
END_TEST

/* Through the version between, in rows too; what one asks is asked at the end,
 * however it is called there. */
START_TEST(answers_move_through_versions)
{
	struct form *two = good_form(2, YN("b", "") "," YN("q", "") "," ROWS("kids",
	    FIELD("nam", "text", "") "," YN("boy", ""), ""), "migrate = ( { from = 1;"
	    "rename = ( { old = \"a\"; new = \"b\"; }, { old = \"children\"; new = \"kids\"; },"
	    " { old = \"children.name\"; new = \"kids.nam\"; } );"
	    "drop = [ \"children.fax\" ]; ask = [ \"q\", \"kids.boy\" ]; } );");
	struct form *three = good_form(3, YN("c", "") "," YN("r", "") "," ROWS("kids",
	    FIELD("nam", "text", "") "," YN("son", "") "," FIELD("pick", "choice", AB), ""),
	    "migrate = ( { from = 2; rename = ( { old = \"b\"; new = \"c\"; },"
	    "{ old = \"q\"; new = \"r\"; }, { old = \"kids.boy\"; new = \"kids.son\"; } );"
	    "default = ( { field = \"kids.pick\"; value = \"a\"; } ); } );");
	const struct form *const way[] = { two, three };
	json_t *j = json_loads("{\"a\":\"yes\",\"children\":\"[{\\\"name\\\":\\\"A\\\","
	    "\\\"fax\\\":\\\"1\\\",\\\"tel\\\":\\\"2\\\"}]\"}", 0, NULL);
	struct form_migration m;
	char *dump;

	ck_assert_ptr_nonnull(j);
	ck_assert(form_migrate(mem, way, 2, 1, j, &monday, &m));
	dump = json_dumps(m.answers, JSON_COMPACT | JSON_SORT_KEYS);
	ck_assert_str_eq(dump, "{\"c\":\"yes\",\"kids\":\"[{\\\"nam\\\":\\\"A\\\","
	    "\\\"pick\\\":\\\"a\\\"}]\"}");
	free(dump);
	ck_assert_uint_eq(m.ask_count, 2);
	ck_assert_str_eq(m.ask[0], "r");
	ck_assert_str_eq(m.ask[1], "kids.son");
	ck_assert_str_eq(form_path_label(mem, three, "kids.son", "en"), "L, L");
	ck_assert_uint_eq(m.lost_count, 1);
	ck_assert_str_eq(m.lost[0], "children.tel");
	json_decref(m.answers);
	json_decref(j);
}
END_TEST

/* Nobody can be asked for what the answers do not let be seen; in rows, one in
 * which it is seen is enough. */
START_TEST(what_is_hidden_is_not_asked_for)
{
	struct form *f = good_form(2, YN("a", "") "," YN("b", "show = \"a\";") ","
	    ROWS("kids", YN("boy", "") "," YN("son", "show = \"boy\";"), ""),
	    "migrate = ( { from = 1; ask = [ \"b\", \"kids.son\" ]; } );");
	const struct form *end = f;
	static const struct { const char *answers; size_t asked; } cases[] = {
		{ "{\"a\":\"no\"}", 0 }, { "{}", 0 }, { "{\"a\":\"yes\"}", 1 },
		{ "{\"kids\":\"[{\\\"boy\\\":\\\"no\\\"}]\"}", 0 },
		{ "{\"a\":\"yes\",\"kids\":\"[{\\\"boy\\\":\\\"no\\\"},"
		  "{\\\"boy\\\":\\\"yes\\\"}]\"}", 2 },
		{ "{\"kids\":\"[{\\\"boy\\\":\\\"yes\\\",\\\"son\\\":\\\"no\\\"}]\"}", 0 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *j = json_loads(cases[i].answers, 0, NULL);
		struct form_migration m;

		ck_assert_ptr_nonnull(j);
		ck_assert(form_migrate(mem, &end, 1, 1, j, &monday, &m));
		ck_assert_msg(m.ask_count == cases[i].asked, "%s: %zu", cases[i].answers,
		    m.ask_count);
		json_decref(m.answers);
		json_decref(j);
	}
}
END_TEST

START_TEST(a_difference_is_told_in_words)
{
	struct form *old = good_form(1, YN("a", "") "," YN("b", "") "," FIELD("p", "choice", AB), "");
	struct form *new = good_form(2, YN("b", "show = \"c\"; required_at = \"intake\";") ","
	    YN("c", "") "," FIELD("p", "choice", "choices = ( { key = \"a\"; " LABEL " } );"), "");

	ck_assert_str_eq(form_diff(mem, old, old), "");
	ck_assert_str_eq(form_diff(mem, old, new),
	    "  ~ b: required at: never → intake\n"
	    "  ~ b: shown if: none → c\n"
	    "  + c: new field \"L\" (yes_no)\n"
	    "  - p: choice b \"L\" is gone\n"
	    "  - a: field \"L\" is gone\n");
	/* clerks know no keys */
	ck_assert_str_eq(form_told(mem, old, old), "");
	ck_assert_str_eq(form_told(mem, old, new), "L: is asked under other conditions.\n"
	    "L: for the hand-over (before: not needed).\nNew question: L.\n"
	    "L: the choice \"L\" is no longer offered.\nNot asked any more: L.\n");
	ck_assert_str_eq(form_told(mem, good_form(1, FIELD("n", "date", ""), ""),
	    good_form(2, FIELD("n", "date", "when = \"end\"; confidential = true;"), "")),
	    "L: others may read it.\n"
	    "L: any day; without its year it is the next one (before: any day).\n");
	ck_assert_str_eq(form_diff(mem, good_form(1, FIELD("n", "number", "max = 9;"), ""),
	    good_form(2, FIELD("n", "number", "min = 1; confidential = true;"), "")),
	    "  ~ n: least: none → 1\n"
	    "  ~ n: most: 9 → none\n"
	    "  ~ n: confidential: no → yes\n");
	ck_assert_str_eq(form_diff(mem, good_form(1, FIELD("p", "choice", AB), ""),
	    good_form(2, FIELD("p", "choice", "choices = ( { key = \"a\"; label = { de = \"M\";"
	    " en = \"M\"; }; }, { key = \"b\"; " LABEL " } );"), "")),
	    "  ~ p: choice a: L → M\n");
}
END_TEST

/* What can be seen is not called unseen. */
START_TEST(what_figures_allow_is_seen)
{
	good_form(1, FIELD("a", "number", "min = 1;") "," FIELD("b", "number", "") ","
	    YN("c", "show = \"a > 5 and a < 7\";") "," YN("d", "show = \"a == 1 or empty(a)\";") ","
	    YN("e", "show = \"a > 5 and a + b < 3\";") "," YN("f", "show = \"a < b and a > 7\";"), "");
}
END_TEST

START_TEST(patterns_match_all_of_a_text)
{
	static const struct { const char *pattern, *text; bool fits; } cases[] = {
		{ "[A-Z]{1,3}-[0-9]+", "B-12", true }, { "[A-Z]{1,3}-[0-9]+", "ABCD-12", false },
		{ "[A-Z]{1,3}-[0-9]+", "B-", false }, { "a?b*", "", true }, { "a?b*", "abbb", true },
		{ "a?b*", "ba", false }, { "[^0-9]+", "abc", true }, { "[^0-9]+", "a1c", false },
		{ "[äö]{2}.", "öäس", true }, { "[^ä]{1}", "é", true }, { ".{2}", "ö", false },
		{ "[а-я]+", "мир", true }, { "1\\.5", "1.5", true }, { "1\\.5", "1x5", false }, { ".{2}", "xy", true },
		{ "a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct form *f = good_form(1, arena_printf(mem, FIELD("x", "text",
		    "pattern = \"%s\"; pattern_" TEXT), strcmp(cases[i].pattern, "1\\.5") == 0 ? "1\\\\.5"
		                                                               : cases[i].pattern), "");
		const char *text = *cases[i].text ? cases[i].text : NULL;

		if (text)
			ck_assert_msg((form_value_check(mem, f->fields, text, 0) == NULL) ==
			              cases[i].fits, "%s %s", cases[i].pattern, text);
	}
}
END_TEST

START_TEST(a_reference_looks_like_its_pattern)
{
	struct form *f = good_form(1, FIELD("x", "reference", "pattern = \"[0-9]+ F [0-9]+\"; "
	    "pattern_text = { de = \"wie 12 F 3\"; en = \"as 12 F 3\"; };"), "");

	ck_assert_ptr_null(form_value_check(mem, f->fields, "12 F 3", 0));
	ck_assert_str_eq(form_value_check(mem, f->fields, "0221 12345", 0),
	    "It must look like this: as 12 F 3");
}
END_TEST

Suite *
suite_form_broken(void)
{
	Suite *s = suite_create("form_broken");
	TCase *t = tcase_create("form_broken");

	tcase_add_checked_fixture(t, source_setup, source_teardown);
	tcase_add_test(t, broken_forms_are_told_file_and_line);
	tcase_add_test(t, versions_count_from_one);
	tcase_add_test(t, an_old_translation_is_noted);
	tcase_add_test(t, a_form_makes_this_of_answers);
	tcase_add_test(t, rows_are_stored_and_read_again);
	tcase_add_test(t, a_red_example_names_expected_and_found);
	tcase_add_test(t, answers_move_to_the_next_version);
	tcase_add_test(t, answers_move_through_versions);
	tcase_add_test(t, what_is_hidden_is_not_asked_for);
	tcase_add_test(t, a_difference_is_told_in_words);
	tcase_add_test(t, what_figures_allow_is_seen);
	tcase_add_test(t, patterns_match_all_of_a_text);
	tcase_add_test(t, a_reference_looks_like_its_pattern);
	suite_add_tcase(s, t);
	return s;
}
