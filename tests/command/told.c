/*
 * told.c - what a clerk is told: what bars a case and what does not, what can
 * be done instead, what comes next, and what a new day begins with.
 */
#include "harness_desk.h"

#include <string.h>

static void
verify_required_papers(struct desk *d, int64_t id)
{
	json_t *papers = json_incref(at(desk_do(d, "case.show", "{s:I}", "id", id),
	    "case.documents")), *paper;
	size_t i;

	json_array_foreach(papers, i, paper)
		if (json_is_true(at(paper, "required")))
			desk_do(d, "case.document", "{s:I, s:s, s:s}", "id", id, "key",
			    str(paper, "key"), "state", "verified");
	json_decref(papers);
}

/* What bars is in blocks, all of it and nothing else. */
START_TEST(blocks_are_what_bars)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1");
	int64_t id = a_case(res, a_person(res, "Haddad"));
	json_t *r;

	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "case.blocks")), 1);
	ck_assert_ptr_nonnull(strstr(str(r, "case.blocks.0"), "missing for the decision: "));
	ck_assert_ptr_nonnull(strstr(str(r, "case.blocks.0"), "application form, signed"));
	desk_refused(res, "INVALID", "case.decide", "{s:I, s:s}", "id", id, "result", "granted");
	verify_required_papers(res, id);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "case.blocks")), 1);
	ck_assert_ptr_null(strstr(str(r, "case.blocks.0"), "application form, signed"));
	desk_refused(res, "INVALID", "case.decide", "{s:I, s:s}", "id", id, "result", "granted");
	desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "known from the case before");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "case.blocks")), 1);
	ck_assert_uint_eq(json_array_size(at(r, "case.missing")), 0);
	desk_refused(res, "CONFLICT", "case.close", "{s:I}", "id", id);
	desk_do(res, "case.handout", "{s:I}", "id", id);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "case.blocks")), 0);
	desk_do(res, "case.close", "{s:I}", "id", id);
	desk_close(res);
	office_sound(o);
	office_free(o);
}
END_TEST

/* A refusal says what to do: what is possible now, what must be given. */
START_TEST(refusals_say_what_to_do)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1");
	int64_t id = a_case(res, a_person(res, "Haddad"));
	json_t *r = desk_refused(res, "CONFLICT", "case.resume", "{s:I}", "id", id);

	ck_assert_str_eq(str(r, "message"), "Case 2026-000001 is open: that is not possible now. "
	    "Possible is: Claim, Note, Papers, Answers, Hand over.");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_refused(res, "INVALID", "case.take", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "message"), "reason must be given (why; it is kept).");
	r = desk_refused(res, "INVALID", "case.document", "{s:I, s:s, s:s}", "id", id, "key",
	    "PASS", "state", "waived");
	ck_assert_str_eq(str(r, "data.field"), "reason");
	desk_do(res, "case.document", "{s:I, s:s, s:s, s:s}", "id", id, "key", "PASS", "state",
	    "waived", "reason", "lost in the flight");
	desk_close(res);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Nobody closed the office: the next day begins with who comes on it. */
START_TEST(the_next_day_begins_anew)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *other = desk_open(o, "front2");
	json_t *r;

	for (int i = 0; i < 4; i++)
		desk_do(front, "visit.new", "{s:s, s:s}", "concern", "S02", "note", "with child");
	desk_do(front, "visit.next", NULL);
	desk_do(front, "visit.next", NULL);
	desk_do(front, "visit.park", "{s:i}", "id", 2);
	office_clock(o, "2026-11-24T07:30:00Z");
	r = desk_refused(other, "NOT_FOUND", "visit.next", NULL);
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "came today"));
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	r = desk_do(front, "visit.list", NULL);
	ck_assert_int_eq(num(r, "visits.0.id"), 5);
	ck_assert(!json_is_true(at(r, "visits.0.earlier")));
	ck_assert_str_eq(str(r, "visits.0.why"), "waited longest (limit 40)");
	for (int i = 1; i <= 4; i++) {
		const json_t *v = json_array_get(at(r, "visits"), (size_t)i);

		ck_assert_int_eq(num(v, "id"), i);
		ck_assert(json_is_true(at(v, "earlier")));
		ck_assert_str_eq(str(v, "why"), "came yesterday");
		ck_assert_int_eq(num(v, "waited_minutes"), 0);
		ck_assert_str_eq(str(v, "may.0.command"), "visit.readmit");
	}
	ck_assert_int_eq(num(r, "counts.waiting"), 1);
	ck_assert_int_eq(num(r, "counts.called"), 0);
	ck_assert_int_eq(num(r, "counts.parked"), 0);
	ck_assert_int_eq(num(r, "counts.earlier"), 4);
	ck_assert_int_eq(num(r, "counts.longest_minutes"), 0);
	r = desk_do(front, "visit.list", "{s:s, s:i}", "state", "waiting", "limit", 2);
	ck_assert_int_eq(num(r, "visits.1.id"), 3);
	r = desk_do(front, "visit.list", "{s:s, s:s}", "state", "waiting", "after", "3");
	ck_assert_uint_eq(json_array_size(at(r, "visits")), 1);
	ck_assert_int_eq(num(r, "visits.0.id"), 4);
	/* whoever had called them is not needed for that */
	desk_refused(front, "CONFLICT", "visit.start", "{s:i}", "id", 1);
	r = desk_do(other, "visit.finish", "{s:i}", "id", 1);
	ck_assert_str_eq(str(r, "visit.outcome"), "left");
	desk_refused(other, "CONFLICT", "visit.readmit", "{s:i}", "id", 5);
	r = desk_do(other, "visit.readmit", "{s:i}", "id", 3);
	ck_assert_int_eq(num(r, "visit.id"), 6);
	ck_assert_str_eq(str(r, "visit.ticket"), "A002");
	ck_assert_str_eq(str(r, "visit.note"), "with child");
	ck_assert_str_eq(str(r, "visit.arrived"), "2026-11-24T07:30:00Z");
	r = desk_do(other, "visit.show", "{s:i}", "id", 3);
	ck_assert_str_eq(str(r, "visit.outcome"), "left");
	ck_assert_int_eq(num(desk_do(other, "visit.next", NULL), "visit.id"), 5);
	ck_assert_int_eq(num(desk_do(other, "visit.next", NULL), "visit.id"), 6);
	desk_refused(other, "NOT_FOUND", "visit.next", NULL);
	ck_assert_int_eq(num(desk_do(other, "visit.list", NULL), "counts.earlier"), 2);
	desk_close(front);
	desk_close(other);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Every list ends with next null, also where the last page is full. */
START_TEST(what_lies_ready_comes_in_pages)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *front = desk_open(o, "front1");
	int64_t person = a_person(res, "Haddad"), ids[4];
	json_t *r;

	for (int i = 0; i < 4; i++) {
		ids[i] = a_case(res, person);
		desk_do(res, "case.claim", "{s:I}", "id", ids[i]);
		desk_do(res, "case.decide", "{s:I, s:s}", "id", ids[i], "result", "settled");
	}
	r = desk_do(front, "case.ready", "{s:i}", "limit", 2);
	ck_assert_int_eq(num(r, "cases.1.id"), ids[1]);
	r = desk_do(front, "case.ready", "{s:i, s:s}", "limit", 2, "after", str(r, "next"));
	ck_assert_int_eq(num(r, "cases.0.id"), ids[2]);
	ck_assert_uint_eq(json_array_size(at(r, "cases")), 2);
	ck_assert(json_is_null(at(r, "next")));
	desk_close(res);
	desk_close(front);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Of two who came at once the first one waited longest, and nobody else. */
START_TEST(one_alone_waited_longest)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	json_t *r;

	for (int i = 0; i < 3; i++)
		desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	r = desk_do(front, "visit.list", NULL);
	ck_assert_str_eq(str(r, "visits.0.arrived"), str(r, "visits.1.arrived"));
	ck_assert_int_eq(num(r, "visits.0.id"), 1);
	ck_assert_str_eq(str(r, "visits.0.why"), "waited longest (limit 40)");
	ck_assert_str_eq(str(r, "visits.1.why"), "arrival");
	r = desk_do(front, "visit.list", "{s:i, s:s}", "limit", 1, "after", "1");
	ck_assert_str_eq(str(r, "visits.0.why"), "arrival");
	desk_close(front);
	office_free(o);
}
END_TEST

/* A page goes on in the order of the page before, and in no other. */
START_TEST(pages_keep_to_their_order)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1");
	int64_t person = a_person(res, "Haddad"), second;
	char next[60];
	json_t *r;

	a_case(res, person);
	second = a_case(res, person);
	r = desk_do(res, "case.list", "{s:s, s:i}", "sort", "due", "limit", 1);
	snprintf(next, sizeof(next), "%s", str(r, "next"));
	r = desk_do(res, "case.list", "{s:s, s:i, s:s}", "sort", "due", "limit", 1, "after", next);
	ck_assert_int_eq(num(r, "cases.0.id"), second);
	r = desk_refused(res, "INVALID", "case.list", "{s:s, s:i, s:s}", "sort", "age", "limit", 1,
	    "after", next);
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "another order"));
	desk_close(res);
	office_free(o);
}
END_TEST

/* What the front office has itself is told apart: the rest is the back office's. */
START_TEST(the_front_counts_its_own_apart)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	int64_t person = a_person(front, "Haddad");
	json_t *r;

	a_case(res, person);
	a_case(res, person);
	desk_do(front, "case.open", "{s:I, s:s}", "person", person, "service", "S23");
	r = desk_do(front, "case.list", NULL);
	ck_assert_int_eq(num(r, "counts.open"), 3);
	ck_assert_int_eq(num(r, "counts.front_open"), 1);
	ck_assert_int_eq(num(r, "counts.front_late"), 0);
	desk_close(res);
	desk_close(front);
	office_free(o);
}
END_TEST

Suite *suite_told(void);
Suite *
suite_told(void)
{
	Suite *s = suite_create("told");
	TCase *t = tcase_create("told");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, blocks_are_what_bars);
	tcase_add_test(t, refusals_say_what_to_do);
	tcase_add_test(t, the_next_day_begins_anew);
	tcase_add_test(t, what_lies_ready_comes_in_pages);
	tcase_add_test(t, one_alone_waited_longest);
	tcase_add_test(t, pages_keep_to_their_order);
	tcase_add_test(t, the_front_counts_its_own_apart);
	suite_add_tcase(s, t);
	return s;
}
