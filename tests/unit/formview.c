/*
 * formview.c - unit tests of filling in a form by keys (include/formview.h),
 * without a terminal: what is typed, where the cursor goes, what is answered.
 */
#include <stdlib.h>
#include <string.h>

#include "form_read.h"
#include "harness_form.h"

Suite *suite_formview(void);

#define LABEL(text) "label = { de = \"" text "\"; en = \"" text "\"; };"
#define TITLE(text) "title = { de = \"" text "\"; en = \"" text "\"; };"

static const char source[] =
    "key = \"f\"; version = 1; valid_from = \"2026-01-01\"; services = [ \"S\" ];" TITLE("F")
    "sections = ( { key = \"one\"; " TITLE("One") " fields = ("
    "{ key = \"works\"; type = \"yes_no\"; required = \"intake\"; " LABEL("Works") " },"
    "{ key = \"employer\"; type = \"text\"; " LABEL("Employer") " show = \"works == 'yes'\"; },"
    "{ key = \"until\"; type = \"date\"; required = \"intake\"; " LABEL("Until") " },"
    "{ key = \"lives\"; type = \"choice\"; " LABEL("Lives in") " choices = ("
    "  { key = \"flat\"; " LABEL("own flat") " }, { key = \"sublet\"; " LABEL("sublet room") " },"
    "  { key = \"shared\"; " LABEL("shared accommodation") " } ); } ); },"
    "{ key = \"two\"; " TITLE("Two") " show = \"lives == 'flat'\"; fields = ("
    "{ key = \"rent\"; type = \"money\"; required = \"intake\"; " LABEL("Rent") " } ); },"
    "{ key = \"three\"; " TITLE("Three") " fields = ("
    "{ key = \"size\"; type = \"number\"; " LABEL("Size")
    "  unit = { de = \"m²\"; en = \"m²\"; }; },"
    "{ key = \"note\"; type = \"lines\"; " LABEL("Note") " } ); } );";

static void
open_small(bool read_only)
{
	struct form_errors errors;
	struct form *f = form_parse(mem, "f", source, &errors);
	struct form_world world = { .today = day_from_ymd(2026, 11, 23), .stage = FORM_INTAKE };

	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "");
	form_view_init(&v, mem, f, &world, read_only);
}

static void
setup(void)
{
	mem = arena_new();
	lang_set(LANG_EN);
	open_small(false);
}

/* ---- what is there now ---- */

static void
is_json(json_t *j, const char *wanted)
{
	char *dump = json_dumps(j, JSON_COMPACT | JSON_SORT_KEYS);

	ck_assert_str_eq(dump, wanted);
	free(dump);
	json_decref(j);
}

static void
answers_are(const char *wanted)
{
	is_json(form_view_answers(&v), wanted);
}

static const char *
why(const char *field)
{
	const char *blamed = v.top->slots[form_find(v.form, field)->place].why;

	for (size_t i = 0; !blamed && i < v.state->finding_count; i++) {
		const struct form_finding *f = &v.state->findings[i];

		if (strcmp(f->path, field) == 0 && (v.told || !f->missing))
			blamed = f->sentence;
	}
	return blamed;
}

static const char *
pages(void)
{
	struct form_view_page *list;
	size_t n = form_view_pages(&v, mem, &list);
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(mem, "%s%s%s%s%s", all, i ? " " : "", list[i].current ? ">" : "",
		                   list[i].title, list[i].done ? "+" : "");
	return all;
}

/* ---- stories ---- */

START_TEST(a_form_is_filled_in_by_typing)
{
	type("y");
	press("Tab");
	is_at("employer");
	type("Roth");
	press("Enter");
	type("3.5.");
	press("Down");
	type("sub");
	press("Tab");
	is_at("size");
	type("54");
	press("Tab");
	type("one");
	press("Enter");
	type("two");
	answers_are("{\"employer\":\"Roth\",\"lives\":\"sublet\",\"note\":\"one\\ntwo\","
	            "\"size\":\"54\",\"until\":\"2026-05-03\",\"works\":\"yes\"}");
	ck_assert(v.touched);
}
END_TEST

START_TEST(conditions_follow_each_key)
{
	press("Tab");
	is_at("until");
	press("Shift-Tab");
	type("j");
	press("Tab");
	is_at("employer");
	type("Roth");
	press("Up");
	type("n");
	answers_are("{\"works\":\"no\"}");
	type("y"); /* what was hidden has been kept */
	answers_are("{\"employer\":\"Roth\",\"works\":\"yes\"}");
	ck_assert_str_eq(pages(), ">One Three+");
	form_view_go(&v, "lives");
	type("o");
	ck_assert_str_eq(pages(), ">One Two Three+");
	press("Del");
	ck_assert_str_eq(pages(), ">One Three+");
}
END_TEST

START_TEST(a_list_is_chosen_by_letters_and_arrows)
{
	form_view_go(&v, "lives");
	type("s");
	answers_are("{\"lives\":\"sublet\"}");
	type("h");
	answers_are("{\"lives\":\"shared\"}");
	press("Backspace");
	type("blet"); /* inside a word, though none begins so */
	answers_are("{\"lives\":\"sublet\"}");
	ck_assert_ptr_null(v.note);
	press("Backspace");
	type("fl"); /* by any word of the label */
	answers_are("{\"lives\":\"flat\"}");
	press("Right");
	answers_are("{\"lives\":\"sublet\"}");
	press("Left");
	press("Left");
	answers_are("{\"lives\":\"shared\"}");
	type(" ");
	answers_are("{\"lives\":\"flat\"}");
	press("Backspace");
	answers_are("{}");
	press("Left");
	answers_are("{\"lives\":\"shared\"}");
}
END_TEST

/* "shoe" is not in the list: neither what begins with sh nor what with o or e. */
START_TEST(a_word_that_is_not_in_the_list_chooses_nothing)
{
	form_view_go(&v, "lives");
	type("sh");
	answers_are("{\"lives\":\"shared\"}");
	type("o");
	answers_are("{}");
	type("es");
	answers_are("{}");
	ck_assert_str_eq(v.note, "Nothing in this list fits \"shoes\". Del takes the letters back, "
	    "Right and Left go through it.");
	press("Backspace");
	type("s");
	answers_are("{\"lives\":\"sublet\"}");
	ck_assert_ptr_null(v.note);
	type("q");
	answers_are("{}");
	type("f"); /* not begun anew: what was meant is not known */
	answers_are("{}");
}
END_TEST

START_TEST(yes_and_no_take_no_other_letter)
{
	type("v");
	answers_are("{}");
	ck_assert_str_eq(v.note, "Only y for yes and n for no are taken here.");
	type("n");
	answers_are("{\"works\":\"no\"}");
	ck_assert_ptr_null(v.note);
}
END_TEST

START_TEST(an_error_is_told_when_the_cursor_leaves)
{
	form_view_go(&v, "until");
	type("31.2.");
	ck_assert_ptr_null(why("until"));
	press("Tab");
	ck_assert_str_eq(why("until"), "Type a day, such as 3.5., 3.5.26, today or +14.");
	answers_are("{}");
	press("Up");
	ck_assert_str_eq(form_view_edit(&v)->text, "31.2."); /* kept, to be mended */
	press("^U");
	ck_assert_ptr_null(why("until"));
	type("+14");
	press("Tab");
	answers_are("{\"until\":\"2026-12-07\"}");
	press("Up");
	ck_assert_str_eq(form_view_edit(&v)->text, "07.12.2026");
}
END_TEST

START_TEST(pages_turn_and_end)
{
	press("F4");
	is_at("size");
	press("PgUp");
	is_at("works");
	press("PgUp");
	is_at("works");
	form_view_go(&v, "lives");
	type("own");
	press("F4");
	is_at("rent");
	press("F4");
	is_at("size");
	press("PgUp");
	is_at("rent");
	form_view_go_last(&v);
	is_at("note");
	press("Tab");
	is_at("note");
	form_view_go_first(&v);
	is_at("works");
}
END_TEST

static int left_by;

static unsigned
leave(void *on, int step)
{
	*(int *)on = step;
	return CLOSE;
}

START_TEST(beyond_the_last_field_the_screen_is_asked)
{
	v.leave = leave;
	v.on = &left_by;
	form_view_go(&v, "note");
	ck_assert_uint_eq(press("Tab"), CLOSE);
	ck_assert_int_eq(left_by, 1);
	form_view_go(&v, "works");
	press("Shift-Tab");
	ck_assert_int_eq(left_by, -1);
}
END_TEST

START_TEST(gaps_are_found)
{
	ck_assert_uint_eq(form_view_check(&v, FORM_INTAKE), 2);
	is_at("works");
	ck_assert_str_eq(why("until"), "\"Until\" is still missing. Type a day, such as 3.5., "
	                 "3.5.26, today or +14.");
	press("F7");
	is_at("until");
	type("today");
	press("F7");
	is_at("works");
	type("n");
	ck_assert_uint_eq(form_view_check(&v, FORM_INTAKE), 0);
	form_view_blame(&v, "until", "The engine says no.");
	is_at("until");
	ck_assert_uint_eq(form_view_check(&v, FORM_INTAKE), 1);
	form_view_blame(&v, "nothing", "x");
	form_view_blame(&v, NULL, "x");
}
END_TEST

START_TEST(one_step_back)
{
	type("y");
	press("Tab");
	press("Up");
	type("n");
	press("^Z");
	answers_are("{\"works\":\"yes\"}");
	press("^Z");
	answers_are("{\"works\":\"no\"}");
	form_view_go(&v, "until");
	type("3.5.");
	press("^Z");
	ck_assert_str_eq(form_view_edit(&v)->text, "");
	answers_are("{\"works\":\"no\"}");
}
END_TEST

START_TEST(a_draft_comes_back_as_it_was)
{
	json_t *draft;

	type("y");
	form_view_go(&v, "until");
	type("31.2.");
	form_view_go(&v, "note");
	type("half a sen");
	draft = form_view_draft(&v);
	form_view_done(&v);
	open_small(false);
	form_view_restore(&v, draft);
	json_decref(draft);
	is_at("note");
	ck_assert_str_eq(form_view_edit(&v)->text, "half a sen");
	ck_assert_ptr_nonnull(why("until"));
	answers_are("{\"note\":\"half a sen\",\"works\":\"yes\"}");
	form_view_go(&v, "until");
	ck_assert_str_eq(form_view_edit(&v)->text, "31.2.");
}
END_TEST

/* What came from elsewhere nobody has changed: there is nothing to take back,
 * before a draft is restored and behind. */
START_TEST(undo_takes_back_what_was_typed_only)
{
	json_t *given = json_pack("{s:s}", "works", "yes"), *draft;

	form_view_fill(&v, given);
	json_decref(given);
	ck_assert(!press_any("^Z"));
	ck_assert(form_view_offer(&v, "lives", "flat", "from the record"));
	draft = form_view_draft(&v);
	form_view_done(&v);
	open_small(false);
	form_view_restore(&v, draft);
	json_decref(draft);
	form_view_go(&v, "lives");
	ck_assert(!press_any("^Z"));
	type("sub");
	draft = form_view_draft(&v);
	form_view_done(&v);
	open_small(false);
	form_view_restore(&v, draft);
	json_decref(draft);
	press("^Z");
	answers_are("{\"lives\":\"flat\",\"works\":\"yes\"}");
}
END_TEST

START_TEST(a_draft_of_another_form_does_no_harm)
{
	json_t *draft = json_loads("{\"at\":\"gone\",\"typed\":{\"works\":\"x\",\"gone\":\"x\"},"
	    "\"answers\":{\"works\":7,\"lives\":\"gone\",\"until\":[]}}", 0, NULL);

	form_view_restore(&v, draft);
	is_at("works");
	answers_are("{}");
	form_view_restore(&v, NULL);
	json_decref(draft);
}
END_TEST

START_TEST(changes_name_what_is_gone)
{
	json_t *given = json_loads("{\"works\":\"yes\",\"employer\":\"Roth\",\"size\":\"54\"}", 0,
	                           NULL);

	form_view_fill(&v, given);
	json_decref(given);
	ck_assert(!v.touched);
	is_json(form_view_changes(&v), "{}");
	type("n");
	form_view_go(&v, "size");
	ck_assert_str_eq(form_view_edit(&v)->text, "54");
	press("^U");
	type("60");
	is_json(form_view_changes(&v), "{\"employer\":null,\"size\":\"60\",\"works\":\"no\"}");
}
END_TEST

START_TEST(read_only_takes_nothing)
{
	form_view_done(&v);
	open_small(true);
	ck_assert_uint_eq(form_view_type(&v, &(struct event){ .key = 'y', .text = "y" }), PASS);
	ck_assert_ptr_null(form_view_edit(&v));
	press("j");
	is_at("until");
	press("k");
	is_at("works");
	answers_are("{}");
}
END_TEST

/* As if typed, without the cursor: by a scanner, or back again. */
START_TEST(a_field_is_filled_without_going_there)
{
	ck_assert_str_eq(form_view_text(&v), "");
	form_view_put(&v, "works", "no");
	form_view_put(&v, "until", "3.12.2026");
	form_view_put(&v, "lives", "flat");
	form_view_put(&v, "employer", "hidden");
	form_view_put(&v, "nowhere", "x");
	is_at("works");
	ck_assert_str_eq(form_view_text(&v), "no");
	answers_are("{\"lives\":\"flat\",\"until\":\"2026-12-03\",\"works\":\"no\"}");
	form_view_put(&v, "works", "");
	form_view_put(&v, "until", "never");
	answers_are("{\"lives\":\"flat\"}");
	press("Tab");
	ck_assert_str_eq(form_view_text(&v), "never");
	form_view_put(&v, "until", "");
	ck_assert_str_eq(form_view_text(&v), "");
	ck_assert_ptr_null(why(form_view_at(&v)));
}
END_TEST

/* The engine would refuse it; and who sits here may not even know. */
Suite *
suite_formview(void)
{
	Suite *s = suite_create("formview");
	TCase *t = tcase_create("formview");

	tcase_add_checked_fixture(t, setup, form_teardown);
	tcase_add_test(t, a_form_is_filled_in_by_typing);
	tcase_add_test(t, conditions_follow_each_key);
	tcase_add_test(t, a_list_is_chosen_by_letters_and_arrows);
	tcase_add_test(t, a_word_that_is_not_in_the_list_chooses_nothing);
	tcase_add_test(t, yes_and_no_take_no_other_letter);
	tcase_add_test(t, an_error_is_told_when_the_cursor_leaves);
	tcase_add_test(t, pages_turn_and_end);
	tcase_add_test(t, beyond_the_last_field_the_screen_is_asked);
	tcase_add_test(t, gaps_are_found);
	tcase_add_test(t, one_step_back);
	tcase_add_test(t, a_draft_comes_back_as_it_was);
	tcase_add_test(t, undo_takes_back_what_was_typed_only);
	tcase_add_test(t, a_draft_of_another_form_does_no_harm);
	tcase_add_test(t, changes_name_what_is_gone);
	tcase_add_test(t, read_only_takes_nothing);
	tcase_add_test(t, a_field_is_filled_without_going_there);
	suite_add_tcase(s, t);
	return s;
}
