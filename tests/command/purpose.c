/*
 * purpose.c - what a person's file is looked at for: asked once a day, and of
 * nobody whose work says it.
 */
#include "harness_look.h"

#include <string.h>

/* ---- what for ---- */

START_TEST(a_purpose_holds_for_the_day)
{
	json_t *shown;
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	shown = desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert(json_is_true(at(shown, "ask_purpose")));
	ck_assert(json_is_null(at(shown, "purpose")));
	shown = desk_do(d, "person.show", "{s:I, s:s}", "id", person, "purpose", "correction");
	ck_assert(json_is_false(at(shown, "ask_purpose")));
	purpose_is(person, "person.show", "correction");
	desk_close(d);
	d = desk_open(o, "front1");
	shown = desk_do(d, "look.purpose", "{s:I}", "person", person);
	ck_assert(json_is_false(at(shown, "ask_purpose")));
	ck_assert_str_eq(str(shown, "purpose"), "correction");
	desk_do(d, "person.history", "{s:I}", "id", person);
	purpose_is(person, "person.history", "correction");
	office_clock(o, "2026-11-23T23:30:00Z");
	shown = desk_do(d, "look.purpose", "{s:I}", "person", person);
	ck_assert(json_is_true(at(shown, "ask_purpose")));
	looks_end();
}
END_TEST

START_TEST(a_purpose_is_one_of_the_list)
{
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "fun");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "serving");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "other");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "other: ");
	ck_assert_int_eq(all_looks(), 0);
	desk_do(d, "person.show", "{s:I, s:s}", "id", person, "purpose", "other: lost umbrella");
	purpose_is(person, "person.show", "other: lost umbrella");
	looks_end();
}
END_TEST

START_TEST(who_is_served_is_not_asked_about)
{
	json_t *shown;
	int64_t person, visit;

	looks_begin();
	person = a_person(d, "Haddad");
	visit = num(desk_do(d, "visit.new", "{s:s, s:I}", "concern", "S02", "person", person),
	    "visit.id");
	shown = desk_do(d, "look.purpose", "{s:I}", "person", person);
	ck_assert(json_is_true(at(shown, "ask_purpose")));
	desk_do(d, "visit.next", NULL);
	shown = desk_do(d, "look.purpose", "{s:I}", "person", person);
	ck_assert_str_eq(str(shown, "purpose"), "serving");
	desk_do(d, "visit.start", "{s:I}", "id", visit);
	shown = desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_str_eq(str(shown, "purpose"), "serving");
	desk_do(d, "visit.finish", "{s:I, s:s}", "id", visit, "outcome", "done");
	/* what followed from work holds as long as the work */
	shown = desk_do(d, "look.purpose", "{s:I}", "person", person);
	ck_assert(json_is_true(at(shown, "ask_purpose")));
	looks_end();
}
END_TEST

START_TEST(who_works_on_a_case_is_not_asked)
{
	struct desk *res1, *res2;
	int64_t person, id;

	looks_begin();
	res1 = desk_open(o, "res1");
	res2 = desk_open(o, "res2");
	person = a_person(res1, "Haddad");
	id = a_case(res1, person);
	ck_assert_str_eq(str(desk_do(res1, "case.show", "{s:I}", "id", id), "purpose"), "working");
	desk_do(res2, "case.claim", "{s:I}", "id", id);
	ck_assert_str_eq(str(desk_do(res2, "case.show", "{s:I}", "id", id), "purpose"), "working");
	ck_assert(json_is_true(at(desk_do(res1, "look.purpose", "{s:I}", "case", id),
	    "ask_purpose")));
	desk_close(res1);
	desk_close(res2);
	looks_end();
}
END_TEST

/* What a supervisor opens of the own unit, from the console or to give it to
 * somebody, is supervision; anything else they are asked about. */
START_TEST(who_supervises_a_unit_is_not_asked)
{
	struct desk *res1, *super, *ben1;
	int64_t person, id, other;

	looks_begin();
	res1 = desk_open(o, "res1");
	ben1 = desk_open(o, "ben1");
	super = desk_open(o, "super1");
	person = a_person(res1, "Haddad");
	id = a_case(res1, person);
	desk_do(res1, "case.claim", "{s:I}", "id", id);
	ck_assert_str_eq(str(desk_do(super, "case.show", "{s:I}", "id", id), "purpose"), "review");
	ck_assert_str_eq(str(desk_do(super, "person.show", "{s:I}", "id", person), "purpose"),
	    "review");
	/* of another unit's case of the same person they say why, once a day */
	other = num(desk_do(ben1, "case.open", "{s:I, s:s}", "person", person, "service", "S15"),
	    "case.id");
	ck_assert(json_is_true(at(desk_do(super, "case.show", "{s:I}", "id", other),
	    "ask_purpose")));
	desk_do(super, "case.show", "{s:I, s:s}", "id", other, "purpose", "supervision");
	ck_assert_str_eq(str(desk_do(super, "case.show", "{s:I}", "id", other), "purpose"),
	    "supervision");
	/* and of what is decided */
	desk_do(res1, "case.decide", "{s:I, s:s}", "id", id, "result", "withdrawn");
	person = a_person(res1, "Okonkwo");
	id = a_case(res1, person);
	desk_do(res1, "case.claim", "{s:I}", "id", id);
	desk_do(res1, "case.decide", "{s:I, s:s}", "id", id, "result", "withdrawn");
	ck_assert(json_is_true(at(desk_do(super, "case.show", "{s:I}", "id", id), "ask_purpose")));
	desk_close(res1);
	desk_close(ben1);
	desk_close(super);
	looks_end();
}
END_TEST

/* Who may approve it must read it. */
START_TEST(who_may_approve_is_not_asked)
{
	struct desk *res1, *res2, *ben1, *super;
	int64_t id;

	looks_begin();
	res1 = desk_open(o, "res1");
	res2 = desk_open(o, "res2");
	ben1 = desk_open(o, "ben1");
	super = desk_open(o, "super1");
	id = num(desk_do(res1, "case.open", "{s:I, s:s}", "person", a_person(res1, "Haddad"),
	    "service", "S39"), "case.id");
	desk_do(res1, "case.claim", "{s:I}", "id", id);
	ck_assert(json_is_true(at(desk_do(res2, "look.purpose", "{s:I}", "case", id),
	    "ask_purpose")));
	desk_do(res1, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "refused", "reason",
	    "no school");
	ck_assert_str_eq(str(desk_do(res2, "case.show", "{s:I}", "id", id), "purpose"), "working");
	/* of another unit, while it waits for those who approve in all of them */
	id = num(desk_do(ben1, "case.open", "{s:I, s:s}", "person", a_person(ben1, "Okonkwo"),
	    "service", "S36"), "case.id");
	desk_do(ben1, "case.claim", "{s:I}", "id", id);
	ck_assert(json_is_true(at(desk_do(super, "look.purpose", "{s:I}", "case", id),
	    "ask_purpose")));
	desk_do(ben1, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "heard");
	ck_assert_str_eq(str(desk_do(super, "case.show", "{s:I}", "id", id), "purpose"), "working");
	desk_close(ben1);
	desk_close(super);
	desk_close(res1);
	desk_close(res2);
	looks_end();
}
END_TEST

Suite *suite_purpose(void);

Suite *
suite_purpose(void)
{
	Suite *s = suite_create("purpose");
	TCase *tc = tcase_create("purpose");

	tcase_add_unchecked_fixture(tc, office_prepare, NULL);
	tcase_add_test(tc, a_purpose_holds_for_the_day);
	tcase_add_test(tc, a_purpose_is_one_of_the_list);
	tcase_add_test(tc, who_is_served_is_not_asked_about);
	tcase_add_test(tc, who_works_on_a_case_is_not_asked);
	tcase_add_test(tc, who_supervises_a_unit_is_not_asked);
	tcase_add_test(tc, who_may_approve_is_not_asked);
	suite_add_tcase(s, tc);
	return s;
}
