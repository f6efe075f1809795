/*
 * formrows.c - unit tests of rows of repeats in a form view (include/formview.h): added,
 * opened, walked, taken out, two levels deep.
 */
#include "harness_form.h"

#include <stdlib.h>
#include <string.h>

Suite *suite_formrows(void);

/* ---- rows ---- */

START_TEST(rows_are_added_filled_and_left_by_typing)
{
	form_view_go(&v, "children");
	is_at("children[1]");
	press("Enter");
	is_at("children[1].name");
	type("Ada\t3.5.2015\t");
	is_at("children[1].pupil");
	type("y\t12,5\t");
	is_at("children[1].trips[1]");
	press("Ins");
	type("Zoo\t4\t");
	is_at("children[1].trips[2]");
	press("Tab");
	is_at("children[2]"); /* the line that adds the next one */
	press("Ins");
	type("Ben\t2024\t");
	is_at("children[2].cost"); /* too small for school */
	press("Esc");
	is_at("children[2]");
	answers_have("\"children\":\"[{\\\"born\\\":\\\"2015-05-03\\\",\\\"cost\\\":\\\"1250\\\","
	    "\\\"name\\\":\\\"Ada\\\",\\\"pupil\\\":\\\"yes\\\",\\\"trips\\\":[{\\\"place\\\":"
	    "\\\"Zoo\\\",\\\"price\\\":\\\"400\\\"}]},{\\\"born\\\":\\\"2024\\\",\\\"name\\\":"
	    "\\\"Ben\\\"}]\"");
	ck_assert_str_eq(form_cell_at(v.state, "together")->text, "1250");
	ck_assert_str_eq(form_explain(mem, v.state->root, form_find(v.form, "together")),
	    "Computed: sum(children: default(cost, 0))\n"
	    "Children 1, Costs: 12.50 · Children 2, Costs: not known yet");
}
END_TEST

START_TEST(a_row_nobody_filled_goes_again)
{
	form_view_go(&v, "children");
	press("Ins");
	press("Esc");
	is_at("children[1]");
	ck_assert_ptr_null(form_cell_at(v.state, "children[1].name"));
	press("Ins");
	type("Ada");
	press("Shift-Tab");
	is_at("children[1]");
	answers_have("Ada");
}
END_TEST

START_TEST(a_row_taken_out_comes_back)
{
	add_child("Ada", "2015");
	add_child("Ben", "2016");
	form_view_go(&v, "children[1]");
	press("Del");
	is_at("children[1]");
	ck_assert_ptr_null(form_cell_at(v.state, "children[2].name"));
	press("^Z");
	is_at("children[1]");
	ck_assert_str_eq(form_cell_at(v.state, "children[1].name")->text, "Ada");
	ck_assert_str_eq(form_cell_at(v.state, "children[2].name")->text, "Ben");
	ck_assert(!press_any("^Z"));
}
END_TEST

START_TEST(no_more_rows_than_may_be)
{
	for (int i = 0; i < 4; i++)
		add_child("Ada", "2015");
	form_view_go(&v, "children");
	is_at("children[4]");
	ck_assert(!press_any("Ins"));
	press("Del");
	is_at("children[4]"); /* the line that adds is there again */
	press("Ins");
	is_at("children[4].name");
}
END_TEST

START_TEST(lines_and_rows_are_walked_by_arrows)
{
	add_child("Ada", "2015");
	add_child("Ben", "2016");
	form_view_go(&v, "school");
	press("Down");
	is_at("children[1]");
	press("Down");
	is_at("children[2]");
	press("Down");
	is_at("children[3]");
	press("Down");
	is_at("together");
	press("Up");
	is_at("children[3]");
	press("Shift-Tab");
	is_at("school");
	press("Tab");
	is_at("children[3]");
	press("Tab"); /* what is computed is no question */
	is_at("passport");
	form_view_go(&v, "children[1].name");
	press("PgDn");
	is_at("children[2].name");
	press("PgDn");
	is_at("children[3]");
	form_view_go(&v, "children[2].born");
	press("PgUp");
	is_at("children[1].name");
}
END_TEST

START_TEST(gaps_are_found_inside_rows)
{
	stored("works", "n");
	stored("wage", "500");
	add_child("", "2015");
	press("Esc");
	press("F7");
	is_at("children[1].name");
	ck_assert_uint_eq(form_view_check(&v, FORM_INTAKE), 1);
	is_at("children[1].name");
	type("Ada");
	ck_assert_uint_eq(form_view_check(&v, FORM_INTAKE), 0);
	form_view_blame(&v, "children[1].born", "The engine says no.");
	is_at("children[1].born");
	ck_assert_str_eq(v.here.row->slots[v.here.at].why, "The engine says no.");
	form_view_forgive(&v);
	ck_assert_ptr_null(v.here.row->slots[v.here.at].why);
}
END_TEST

START_TEST(answers_with_rows_come_back_from_the_engine)
{
	json_t *given = json_loads("{\"children\":\"[{\\\"name\\\":\\\"Ada\\\","
	    "\\\"trips\\\":[{\\\"place\\\":\\\"Zoo\\\"}]}]\"}", 0, NULL), *changes;

	form_view_fill(&v, given);
	json_decref(given);
	changes = form_view_changes(&v);
	ck_assert_uint_eq(json_object_size(changes), 0);
	json_decref(changes);
	ck_assert(form_view_go(&v, "children[1].trips[1].place"));
	type("x");
	changes = form_view_changes(&v);
	ck_assert_uint_eq(json_object_size(changes), 1);
	ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(changes, "children")),
	    "Zoox"));
	json_decref(changes);
}
END_TEST

Suite *
suite_formrows(void)
{
	return form_suite("formrows", FORM_TESTS(
	    rows_are_added_filled_and_left_by_typing,
	    a_row_nobody_filled_goes_again,
	    a_row_taken_out_comes_back,
	    no_more_rows_than_may_be,
	    lines_and_rows_are_walked_by_arrows,
	    gaps_are_found_inside_rows,
	    answers_with_rows_come_back_from_the_engine));
}
