/*
 * visit.c - a visit from the ticket on, where the other stories pass by: what is
 * changed of it while it waits, what goes along to the next day, and what the
 * waiting room says of itself meanwhile.
 */
#include "harness_desk.h"

#include <string.h>

Suite *suite_visit(void);

/* What is not named stays as it is; an empty word takes away. */
START_TEST(an_edit_changes_what_it_names)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	json_t *r = desk_do(front, "visit.new", "{s:s, s:s, s:i, s:s}", "concern", "S02", "language",
	    "ar", "people", 2, "note", "with a pram");

	r = desk_do(front, "visit.edit", "{s:i, s:s}", "id", 1, "language", "fa");
	ck_assert_str_eq(str(r, "visit.language"), "fa");
	ck_assert_int_eq(num(r, "visit.people"), 2);
	ck_assert_str_eq(str(r, "visit.note"), "with a pram");
	r = desk_do(front, "visit.edit", "{s:i, s:i}", "id", 1, "people", 3);
	ck_assert_int_eq(num(r, "visit.people"), 3);
	ck_assert_str_eq(str(r, "visit.language"), "fa");
	r = desk_do(front, "visit.edit", "{s:i, s:s}", "id", 1, "note", "with a dog");
	ck_assert_str_eq(str(r, "visit.note"), "with a dog");
	ck_assert_int_eq(num(r, "visit.people"), 3);
	ck_assert_str_eq(str(desk_refused(front, "INVALID", "visit.edit", "{s:i, s:s}", "id", 1,
	    "language", "zz"), "data.field"), "language");
	desk_do(front, "visit.edit", "{s:i, s:s}", "id", 1, "language", "");
	r = desk_do(front, "visit.show", "{s:i}", "id", 1);
	ck_assert(json_is_null(at(r, "visit.language")));
	ck_assert_str_eq(str(r, "visit.note"), "with a dog");
	ck_assert_int_eq(num(r, "visit.version"), 5);
	desk_close(front);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Who comes back the next morning comes in the same matter. */
START_TEST(the_case_goes_along_to_the_next_day)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	int64_t person = a_person(res, "Haddad"), id = a_case(res, person);
	json_t *r;

	desk_do(front, "visit.new", "{s:s, s:I, s:s}", "concern", "S02", "person", person,
	    "language", "ar");
	desk_do(front, "visit.edit", "{s:i, s:I}", "id", 1, "case", id);
	desk_do(front, "visit.next", "{s:s}", "counter", "main-1");
	desk_do(front, "visit.park", "{s:i}", "id", 1);
	office_clock(o, "2026-11-24T07:30:00Z");
	r = desk_do(front, "visit.readmit", "{s:i}", "id", 1);
	ck_assert_int_eq(num(r, "visit.case"), id);
	ck_assert_int_eq(num(r, "visit.person.id"), person);
	ck_assert_str_eq(str(r, "visit.language"), "ar");
	ck_assert_str_eq(str(r, "visit.state"), "waiting");
	ck_assert_int_eq(num(r, "visit.calls"), 0);
	ck_assert(json_is_null(at(r, "visit.staff")) && json_is_null(at(r, "visit.counter")) &&
	    json_is_null(at(r, "visit.called")) && json_is_null(at(r, "visit.started")));
	ck_assert_int_eq(num(r, "visit.waited_minutes"), 0);
	desk_close(front);
	desk_close(res);
	office_sound(o);
	office_free(o);
}
END_TEST

static const char *
sentence_at(struct desk *super, struct office *o, const char *instant)
{
	office_clock(o, instant);
	return str(desk_do(super, "console.show", NULL), "counter.sentence");
}

START_TEST(the_console_says_when_people_are_needed_in_front)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *super = desk_open(o, "super1");

	ck_assert_str_eq(sentence_at(super, o, "2026-11-23T08:14:00Z"),
	    "Nobody waits at the counter.");
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_str_eq(sentence_at(super, o, "2026-11-23T08:53:59Z"),
	    "The counter waits 39 min (limit 40).");
	ck_assert_str_eq(sentence_at(super, o, "2026-11-23T08:54:00Z"),
	    "The counter waits 40 min, over the limit of 40: people are needed in front.");
	desk_close(front);
	desk_close(super);
	office_free(o);
}
END_TEST

/* A newcomer is told what today's visits took, as soon as there are some. */
START_TEST(an_estimate_learns_from_the_day)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *other = desk_open(o, "front2");
	json_t *r;
	int64_t low, alone;

	for (int i = 0; i < 6; i++)
		desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	desk_do(front, "visit.next", "{s:s}", "counter", "main-1");
	desk_do(other, "visit.next", "{s:s}", "counter", "main-2");
	office_clock(o, "2026-11-23T08:24:00Z");
	desk_do(front, "visit.start", "{s:i}", "id", 1);
	desk_do(other, "visit.start", "{s:i}", "id", 2);
	r = desk_do(front, "visit.list", NULL);
	low = num(r, "counts.estimate_low");
	ck_assert_int_gt(num(r, "counts.estimate_high"), low);
	office_clock(o, "2026-11-23T09:24:00Z");
	desk_do(front, "visit.finish", "{s:i, s:s}", "id", 1, "outcome", "done");
	desk_do(other, "visit.finish", "{s:i, s:s}", "id", 2, "outcome", "done");
	r = desk_do(front, "visit.list", NULL);
	/* four wait, an hour each from its start on, at two counters */
	ck_assert_int_eq(num(r, "counts.estimate_low"), 95);
	ck_assert_int_eq(num(r, "counts.estimate_high"), 155);
	/* what was longer ago than an hour tells nothing any more */
	office_clock(o, "2026-11-23T10:23:59Z");
	ck_assert_int_eq(num(desk_do(front, "visit.list", NULL), "counts.estimate_low"), 95);
	office_clock(o, "2026-11-23T10:24:00Z");
	ck_assert_int_ne(num(desk_do(front, "visit.list", NULL), "counts.estimate_low"), 95);
	/* who works now does: four wait for one, then for two */
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	desk_do(front, "visit.next", "{s:s}", "counter", "main-1");
	alone = num(desk_do(front, "visit.list", NULL), "counts.estimate_low");
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	desk_do(other, "visit.next", "{s:s}", "counter", "main-2");
	ck_assert_int_lt(num(desk_do(front, "visit.list", NULL), "counts.estimate_low"), alone);
	desk_close(front);
	desk_close(other);
	office_free(o);
}
END_TEST

Suite *
suite_visit(void)
{
	Suite *s = suite_create("visit");
	TCase *t = tcase_create("visit");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, an_edit_changes_what_it_names);
	tcase_add_test(t, the_case_goes_along_to_the_next_day);
	tcase_add_test(t, the_console_says_when_people_are_needed_in_front);
	tcase_add_test(t, an_estimate_learns_from_the_day);
	suite_add_tcase(s, t);
	return s;
}
