/*
 * formkinds.c - unit tests of typing into every kind of field
 * (include/formview.h): what is stored and shown, rules and reasons, drafts
 * after each key.
 */
#include "harness_form.h"

#include <stdlib.h>
#include <string.h>

Suite *suite_formkinds(void);

/* ---- kinds ---- */

START_TEST(every_kind_is_typed_and_typed_again)
{
	fill_all_kinds();
	ck_assert_uint_eq(form_view_check(&v, FORM_INTAKE), 1);
	is_at("children[1]");
}
END_TEST

START_TEST(every_kind_is_typed_in_german)
{
	lang_set(LANG_DE);
	is_kept("wage", "1.640,5", "164050", "1.640,50");
	is_kept("start", "heute", "2026-11-23", "23.11.2026");
	is_kept("hours", "38,5", "38.5", "38,5");
	is_kept("level", "gr", "primary", "");
}
END_TEST

START_TEST(a_period_may_be_open)
{
	is_kept("contract", "1.1.25 -", "2025-01-01/", "01.01.2025 – …");
	form_view_go(&v, "contract");
	press("^U");
	is_kept("contract", "- 31.3.25", "/2025-03-31", "… – 31.03.2025");
}
END_TEST

START_TEST(what_cannot_be_read_stays_and_says_what_to_type)
{
	ck_assert_ptr_null(stored("account", "DE00"));
	form_view_go(&v, "account");
	ck_assert_str_eq(form_view_edit(&v)->text, "DE00");
	ck_assert_ptr_nonnull(v.top->slots[form_find(v.form, "account")->place].why);
	ck_assert_ptr_null(stored("shift", "25:00"));
	ck_assert_uint_eq(form_view_check(&v, FORM_DRAFT), 2);
}
END_TEST

START_TEST(several_of_a_list_are_taken_by_space)
{
	form_view_go(&v, "days");
	type(" ");
	press("Right");
	press("Right");
	type(" ");
	ck_assert_str_eq(form_view_text(&v), "mon,fri");
	type("wed ");
	ck_assert_str_eq(form_view_text(&v), "mon,wed,fri");
	type("m ");
	ck_assert_str_eq(form_view_text(&v), "wed,fri");
	press("^Z");
	ck_assert_str_eq(form_view_text(&v), "");
	press("^Z");
	ck_assert_str_eq(form_view_text(&v), "wed,fri");
	type("x "); /* no day, so none is taken */
	ck_assert_str_eq(form_view_text(&v), "wed,fri");
}
END_TEST

/* Primary: lake and forest; old is withdrawn, hill is for others. */
START_TEST(filtered_and_withdrawn_choices_cannot_be_taken)
{
	json_t *old = json_loads("{\"school\":\"old\",\"level\":\"primary\"}", 0, NULL);

	stored("level", "prim");
	form_view_go(&v, "school");
	press("Right");
	ck_assert_str_eq(form_view_text(&v), "lake");
	press("Right");
	ck_assert_str_eq(form_view_text(&v), "forest");
	type("h");
	ck_assert_str_eq(form_view_text(&v), "forest");
	type("o");
	ck_assert_str_eq(form_view_text(&v), "forest");
	form_view_fill(&v, old);
	json_decref(old);
	form_view_go(&v, "school");
	ck_assert_str_eq(v.top->slots[form_find(v.form, "school")->place].typed, "Old school");
	ck_assert_ptr_null(form_view_warning(&v)); /* it was there before */
}
END_TEST

/* ---- rules ---- */

START_TEST(rules_speak_at_once)
{
	stored("start", "3.5.26");
	stored("end", "1.5.26");
	ck_assert_ptr_nonnull(finding("end", FORM_STOP));
	form_view_go(&v, "end");
	press("^U");
	stored("end", "4.5.26");
	ck_assert_ptr_null(finding("end", FORM_STOP));
	stored("wage", "100");
	ck_assert_ptr_nonnull(finding("wage", FORM_HINT));
}
END_TEST

START_TEST(a_warning_wants_a_reason)
{
	json_t *draft;

	ck_assert_ptr_null(form_view_warning(&v));
	stored("wage", "6000");
	ck_assert_str_eq(form_view_warning(&v)->path, "wage");
	form_view_reason(&v, "wage", "as in the contract");
	ck_assert_ptr_null(form_view_warning(&v));
	ck_assert_str_eq(json_string_value(json_object_get(v.reasons, "wage")),
	    "as in the contract");
	draft = form_view_draft(&v);
	form_view_done(&v);
	open_form();
	form_view_restore(&v, draft);
	json_decref(draft);
	ck_assert_ptr_null(form_view_warning(&v));
}
END_TEST

START_TEST(that_an_answer_is_hidden_is_said_once)
{
	stored("works", "y");
	stored("employer", "Roth");
	form_view_go(&v, "works");
	type("n");
	ck_assert_ptr_nonnull(v.note);
	ck_assert_str_eq(json_string_value(json_object_get(v.answers, "employer")), "Roth");
	press("Tab");
	ck_assert_ptr_null(v.note);
	press("Shift-Tab");
	type("y");
	type("n");
	ck_assert_ptr_null(v.note);
}
END_TEST

START_TEST(the_record_is_offered_and_taken_back)
{
	ck_assert(form_view_offer(&v, "phone", "01711234567", "from the record"));
	ck_assert(!form_view_offer(&v, "phone", "0", "again"));
	ck_assert(!form_view_offer(&v, "mail", "no address", "from the record"));
	ck_assert(form_view_offer(&v, "nationality", "SYR", "from the record"));
	form_view_go(&v, "nationality");
	press("^U");
	type("irq");
	form_view_withdraw(&v);
	ck_assert_ptr_null(json_object_get(v.answers, "phone"));
	ck_assert_str_eq(json_string_value(json_object_get(v.answers, "nationality")), "IRQ");
}
END_TEST

/* A day to come that has passed meanwhile, a choice that is gone: no change of
 * whoever only looks. */
START_TEST(what_the_office_has_stays_whatever_it_is_worth)
{
	json_t *given = json_loads("{\"start\":\"1850-01-01\",\"level\":\"gone\"}", 0, NULL);
	json_t *draft, *changes;

	form_view_fill(&v, given);
	changes = form_view_changes(&v);
	ck_assert_uint_eq(json_object_size(changes), 0);
	json_decref(changes);
	draft = form_view_draft(&v);
	form_view_done(&v);
	open_form();
	form_view_fill(&v, given);
	form_view_restore(&v, draft);
	changes = form_view_changes(&v);
	ck_assert_uint_eq(json_object_size(changes), 0);
	json_decref(changes);
	json_decref(draft);
	json_decref(given);
}
END_TEST

START_TEST(all_about_a_question)
{
	const char **lines;
	size_t n;

	form_view_go(&v, "works");
	n = form_view_about(&v, mem, &lines);
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(lines[1], "Ask: \"Do you work at the moment?\"");
	ck_assert_str_eq(lines[2], "Legal basis: § 2 TestG");
	form_view_go(&v, "together");
	n = form_view_about(&v, mem, &lines);
	ck_assert_str_eq(lines[n - 1], "Computed: sum(children: default(cost, 0))");
}
END_TEST

/* ---- drafts ---- */

START_TEST(after_each_key_it_is_exactly_there)
{
	redraft = true;
	fill_all_kinds();
	add_child("Ada", "3.5.2015\ty\t12,5\t");
	press("Ins");
	type("Zoo\t4");
	press("Left");
	type("2");
	press("Esc");
	press("Esc");
	add_child("Ben", "31.2.");
	press("Tab");
	form_view_go(&v, "days");
	type(" ");
	press("Right");
	type(" ");
	form_view_go(&v, "wage");
	type("99999999999");
	press("F7");
	press("PgUp");
}
END_TEST

static uint64_t dice = 0x7472657365;

static size_t
below(size_t n)
{
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (size_t)((dice * 0x2545F4914F6CDD1D) >> 33) % n;
}

/* Whatever is pressed: nothing breaks, and a draft says all of it. */
START_TEST(any_keys_leave_a_draft_that_is_exact)
{
	static const char *const keys[] = {
		"Tab", "Tab", "Shift-Tab", "Enter", "Down", "Up", "Left", "Right", "Home", "Ins",
		"Ins", "Del", "Backspace", "Esc", "^Z", "^U", "^W", "^\\", "F7", "PgDn", "PgUp",
	};
	static const char *const texts[] = {
		"y", "n", "1", "5", ".", "3.5.26", "12,5", "2015", " ", "a", "s", "Zoo", "ü", "+7",
	};

	redraft = true;
	for (int i = 0; i < 3000; i++)
		if (below(2))
			press_any(keys[below(COUNT_OF(keys))]);
		else
			type(texts[below(COUNT_OF(texts))]);
}
END_TEST

Suite *
suite_formkinds(void)
{
	return form_suite("formkinds", FORM_TESTS(
	    every_kind_is_typed_and_typed_again,
	    every_kind_is_typed_in_german,
	    a_period_may_be_open,
	    what_cannot_be_read_stays_and_says_what_to_type,
	    several_of_a_list_are_taken_by_space,
	    filtered_and_withdrawn_choices_cannot_be_taken,
	    rules_speak_at_once,
	    a_warning_wants_a_reason,
	    that_an_answer_is_hidden_is_said_once,
	    the_record_is_offered_and_taken_back,
	    what_the_office_has_stays_whatever_it_is_worth,
	    all_about_a_question,
	    after_each_key_it_is_exactly_there,
	    any_keys_leave_a_draft_that_is_exact));
}
