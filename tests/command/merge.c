/*
 * merge.c - two records of one person: linked by two people, read as one,
 * parted again with everything that came in since.
 */
#include "harness_desk.h"

#include <stdlib.h>
#include <string.h>

struct story {
	struct office *office;
	struct desk *front, *res, *boss;
	int64_t a, b;            /* the two records */
};

static int64_t
new_person(struct desk *d, const char *family, const char *given, const char *born)
{
	return num(desk_do(d, "person.new", "{s:s, s:s, s:s}", "family", family, "given", given,
	    "born", born), "person.id");
}

static struct story
begin(void)
{
	struct story s = { .office = office_new() };

	s.front = desk_open(s.office, "front1");
	s.res = desk_open(s.office, "res1");
	s.boss = desk_open(s.office, "super1");
	s.a = new_person(s.front, "Haddad", "Rania", "1990-05-03");
	s.b = new_person(s.front, "Hadad", "Raniya", "1991"); /* no double: another year */
	return s;
}

static void
end(struct story *s)
{
	desk_close(s->front);
	desk_close(s->res);
	desk_close(s->boss);
	office_sound(s->office);
	office_free(s->office);
}

static int64_t
propose(struct story *s, int64_t survivor, int64_t merged, const char *choices)
{
	return num(desk_do(s->front, "merge.propose", "{s:I, s:I, s:s, s:s}", "id", survivor, "with",
	    merged, "choices", choices, "reason", "one passport, shown today"), "merge.id");
}

/* Whoever approves has read both; a record that changed since is read again. */
START_TEST(what_changed_since_is_looked_at_again)
{
	struct story s = begin();
	int64_t id = propose(&s, s.a, s.b, "{}");
	json_t *r = desk_do(s.res, "merge.show", "{s:I}", "id", id);
	char *seen = strdup(str(r, "merge.seen"));

	desk_do(s.front, "person.edit", "{s:I, s:I, s:s}", "id", s.b, "version",
	    num(desk_do(s.front, "person.show", "{s:I}", "id", s.b), "person.version"), "given",
	    "Ranja");
	r = desk_refused(s.res, "CONFLICT", "merge.approve", "{s:I, s:s}", "id", id, "seen", seen);
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "changed since you looked"));
	free(seen);
	seen = strdup(str(desk_do(s.res, "merge.show", "{s:I}", "id", id), "merge.seen"));
	desk_do(s.res, "merge.approve", "{s:I, s:s}", "id", id, "seen", seen);
	free(seen);
	end(&s);
}
END_TEST

static int64_t
link_both(struct story *s, const char *choices)
{
	int64_t id = propose(s, s->a, s->b, choices);

	desk_do(s->res, "merge.approve", "{s:I}", "id", id);
	return id;
}

static const char *
name_of(struct desk *d, int64_t person)
{
	return str(desk_do(d, "person.show", "{s:I}", "id", person), "person.name");
}

START_TEST(cases_and_visits_show_under_the_survivor)
{
	struct story s = begin();
	int64_t file = a_case(s.res, s.b), visit;
	json_t *shown;

	visit = num(desk_do(s.front, "visit.new", "{s:s, s:I}", "concern", "S02", "person", s.b),
	    "visit.id");
	link_both(&s, "{}");
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.b);
	ck_assert_int_eq(num(shown, "person.id"), s.a);
	ck_assert_int_eq(num(shown, "person.cases.0.id"), file);
	ck_assert_int_eq(num(shown, "person.visits.0.id"), visit);
	ck_assert_str_eq(str(desk_do(s.res, "case.show", "{s:I}", "id", file), "case.person.name"),
	    "HADDAD, Rania");
	ck_assert_int_eq(num(desk_do(s.res, "case.list", NULL), "cases.0.person.id"), s.a);
	/* what comes now, comes to the survivor, whichever number is used */
	ck_assert_int_eq(num(desk_do(s.front, "visit.new", "{s:s, s:I}", "concern", "S20", "person",
	    s.b), "visit.person.id"), s.a);
	/* asking again for the same matter finds the case of the other record */
	ck_assert_int_eq(num(desk_do(s.res, "case.show", "{s:I}", "id", file), "case.asked"), 2);
	end(&s);
}
END_TEST

START_TEST(nobody_approves_what_they_proposed)
{
	struct story s = begin();
	struct desk *twin = desk_open(s.office, "res1");
	int64_t id = num(desk_do(s.res, "merge.propose", "{s:I, s:I, s:s}", "id", s.a, "with", s.b,
	    "reason", "same photo"), "merge.id");

	desk_refused(s.res, "DENIED", "merge.approve", "{s:I}", "id", id);
	desk_refused(twin, "DENIED", "merge.approve", "{s:I}", "id", id);
	desk_refused(s.front, "DENIED", "merge.approve", "{s:I}", "id", id);
	ck_assert_str_eq(name_of(s.front, s.b), "HADAD, Raniya");
	desk_do(s.boss, "merge.approve", "{s:I}", "id", id);
	ck_assert_str_eq(name_of(s.front, s.b), "HADDAD, Rania");
	/* a second approval finds it done, and by whom */
	ck_assert_str_eq(str(desk_refused(s.res, "CONFLICT", "merge.approve", "{s:I}", "id", id),
	    "data.winner.who"), "Lindqvist");
	desk_close(twin);
	end(&s);
}
END_TEST

START_TEST(chosen_fields_are_taken_and_given_back)
{
	struct story s = begin();
	int64_t id = link_both(&s, "{\"name\":\"merged\",\"born\":\"merged\"}");
	json_t *shown = desk_do(s.front, "person.show", "{s:I}", "id", s.a);

	ck_assert_str_eq(str(shown, "person.name"), "HADAD, Raniya");
	ck_assert_str_eq(str(shown, "person.born"), "1991");
	/* somebody learns better: that is not put back */
	desk_do(s.res, "person.edit", "{s:I, s:s}", "id", s.a, "born", "1990-05-04");
	desk_do(s.res, "merge.undo", "{s:I, s:s}", "id", id, "reason", "two sisters");
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.a);
	ck_assert_str_eq(str(shown, "person.name"), "HADDAD, Rania");
	ck_assert_str_eq(str(shown, "person.born"), "1990-05-04");
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.b);
	ck_assert_str_eq(str(shown, "person.name"), "HADAD, Raniya");
	ck_assert_str_eq(str(shown, "person.born"), "1991");
	end(&s);
}
END_TEST

START_TEST(what_came_in_since_is_assigned_again)
{
	struct story s = begin();
	int64_t early = a_case(s.res, s.b), id = link_both(&s, "{}"), late, kept;
	json_t *merge;

	late = num(desk_do(s.res, "case.open", "{s:I, s:s}", "person", s.a, "service", "S15"),
	    "case.id");
	kept = num(desk_do(s.front, "visit.new", "{s:s, s:I}", "concern", "a question", "person",
	    s.a), "visit.id");
	merge = desk_do(s.res, "merge.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(merge, "merge.later")), 2);
	desk_refused(s.res, "INVALID", "merge.undo", "{s:I, s:s, s:{s:[I]}}", "id", id, "reason",
	    "two sisters", "assign", "case", early);
	desk_do(s.res, "merge.undo", "{s:I, s:s, s:{s:[I]}}", "id", id, "reason", "two sisters",
	    "assign", "case", late);
	merge = desk_do(s.front, "person.show", "{s:I}", "id", s.b);
	ck_assert_int_eq(num(merge, "person.cases.0.id"), late);
	ck_assert_int_eq(num(merge, "person.cases.1.id"), early);
	merge = desk_do(s.front, "person.show", "{s:I}", "id", s.a);
	ck_assert_uint_eq(json_array_size(at(merge, "person.cases")), 0);
	ck_assert_int_eq(num(merge, "person.visits.0.id"), kept);
	end(&s);
}
END_TEST

/* Names, numbers and papers of both are read as one list. */
START_TEST(lists_of_both_are_one)
{
	struct story s = begin();
	int64_t id;
	json_t *shown;

	desk_do(s.res, "person.contact", "{s:I, s:s, s:s}", "id", s.b, "kind", "phone", "value",
	    "0151 23456");
	id = link_both(&s, "{\"name\":\"merged\"}");
	shown = at(desk_do(s.front, "person.show", "{s:I}", "id", s.a), "person");
	ck_assert_str_eq(str(shown, "phone"), "0151 23456");
	ck_assert_str_eq(str(shown, "names.0.given"), "Raniya");
	ck_assert_str_eq(str(shown, "names.1.given"), "Rania");
	/* linking and keeping the name are no later entries */
	ck_assert_uint_eq(json_array_size(at(desk_do(s.res, "merge.show", "{s:I}", "id", id),
	    "merge.later")), 0);
	desk_do(s.res, "merge.undo", "{s:I, s:s}", "id", id, "reason", "two sisters");
	shown = at(desk_do(s.front, "person.show", "{s:I}", "id", s.a), "person");
	ck_assert(json_is_null(at(shown, "phone")));
	ck_assert_uint_eq(json_array_size(at(shown, "names")), 1);
	ck_assert_str_eq(str(shown, "names.0.given"), "Rania");
	end(&s);
}
END_TEST

/* A new address ends the old ones of both: who does not keep it lives where they did. */
START_TEST(what_a_new_one_ended_holds_again)
{
	struct story s = begin();
	int64_t id, phone, news;
	json_t *shown;

	desk_do(s.res, "person.address", "{s:I, s:s, s:s}", "id", s.a, "street", "Ring 1", "from",
	    "2026-01-01");
	desk_do(s.res, "person.address", "{s:I, s:s, s:s}", "id", s.b, "street", "Gasse 2", "from",
	    "2026-02-01");
	desk_do(s.res, "person.contact", "{s:I, s:s, s:s, s:s}", "id", s.b, "kind", "phone",
	    "value", "0151 23456", "from", "2026-02-01");
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.b);
	phone = num(shown, "person.contacts.0.row");
	id = link_both(&s, "{}");
	desk_do(s.res, "person.address", "{s:I, s:s, s:s}", "id", s.a, "street", "Platz 3", "from",
	    "2026-11-01");
	/* somebody has said that this number is nobody's any more */
	desk_do(s.res, "person.contact", "{s:I, s:I, s:s}", "id", s.a, "row", phone, "until",
	    "2026-11-10");
	news = num(desk_do(s.res, "merge.show", "{s:I}", "id", id), "merge.later.0.id");
	desk_do(s.res, "merge.undo", "{s:I, s:s, s:{s:[I]}}", "id", id, "reason", "two sisters",
	    "assign", "address", news);
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.a);
	ck_assert_str_eq(str(shown, "person.address"), "Ring 1");
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.b);
	ck_assert_str_eq(str(shown, "person.address"), "Platz 3");
	ck_assert(json_is_null(at(shown, "person.phone")));
	end(&s);
}
END_TEST

/* What was done to a row of the other record is told there, too. */
START_TEST(each_takes_its_history_along)
{
	struct story s = begin();
	int64_t id, phone;
	const char *told;
	json_t *shown;

	desk_do(s.res, "person.contact", "{s:I, s:s, s:s}", "id", s.b, "kind", "phone", "value",
	    "0151 23456");
	shown = desk_do(s.front, "person.show", "{s:I}", "id", s.b);
	phone = num(shown, "person.contacts.0.row");
	id = link_both(&s, "{}");
	desk_do(s.res, "person.contact", "{s:I, s:I, s:s}", "id", s.a, "row", phone, "until",
	    "2026-11-10");
	desk_do(s.res, "merge.undo", "{s:I, s:s}", "id", id, "reason", "two sisters");
	told = json_dumps(at(desk_do(s.res, "person.history", "{s:I}", "id", s.b), "history"), 0);
	ck_assert_msg(strstr(told, "2026-11-10"), "%s", told);
	free((char *)(uintptr_t)told);
	told = json_dumps(at(desk_do(s.res, "person.history", "{s:I}", "id", s.a), "history"), 0);
	ck_assert_msg(!strstr(told, "2026-11-10"), "%s", told);
	free((char *)(uintptr_t)told);
	end(&s);
}
END_TEST

START_TEST(who_lives_in_two_homes_is_not_linked)
{
	struct story s = begin();
	int64_t id = propose(&s, s.a, s.b, "{}");
	const int64_t both[] = { s.a, s.b };

	for (size_t i = 0; i < 2; i++)
		desk_do(s.front, "household.new", "{s:I, s:s, s:s, s:s}", "person", both[i], "kind",
		    "flat", "street", "Ring 5", "from", "2026-11-01");
	desk_refused(s.res, "CONFLICT", "merge.approve", "{s:I}", "id", id);
	ck_assert_str_eq(name_of(s.front, s.b), "HADAD, Raniya");
	end(&s);
}
END_TEST

START_TEST(a_chain_of_links_is_parted_at_its_end)
{
	struct story s = begin();
	int64_t c = new_person(s.front, "Hadat", "Ranja", "1990"), last;

	link_both(&s, "{}");
	last = propose(&s, c, s.a, "{}");
	desk_do(s.res, "merge.approve", "{s:I}", "id", last);
	ck_assert_str_eq(name_of(s.front, s.b), "HADAT, Ranja");
	desk_do(s.res, "merge.undo", "{s:I, s:s}", "id", last, "reason", "another person");
	ck_assert_str_eq(name_of(s.front, s.b), "HADDAD, Rania");
	ck_assert_str_eq(name_of(s.front, c), "HADAT, Ranja");
	end(&s);
}
END_TEST

START_TEST(a_linked_record_is_not_linked_again)
{
	struct story s = begin();
	int64_t c = new_person(s.front, "Hadat", "Ranja", "1990");

	desk_refused(s.front, "INVALID", "merge.propose", "{s:I, s:I, s:s}", "id", s.a, "with", s.a,
	    "reason", "x");
	desk_refused(s.front, "INVALID", "merge.propose", "{s:I, s:I, s:s, s:s}", "id", s.a, "with",
	    s.b, "choices", "{\"age\":\"merged\"}", "reason", "x");
	link_both(&s, "{}");
	desk_refused(s.front, "CONFLICT", "merge.propose", "{s:I, s:I, s:s}", "id", c, "with", s.b,
	    "reason", "x");
	desk_refused(s.front, "CONFLICT", "merge.propose", "{s:I, s:I, s:s}", "id", s.b, "with", c,
	    "reason", "x");
	end(&s);
}
END_TEST

/* ---- before there are two ---- */

START_TEST(a_strong_double_needs_a_reason)
{
	struct story s = begin();
	json_t *refused, *made;

	refused = desk_refused(s.front, "INVALID", "person.new", "{s:s, s:s, s:s}", "family",
	    "Hadad", "given", "Ranya", "born", "1990-05-03");
	ck_assert_str_eq(str(refused, "data.field"), "reason");
	ck_assert_int_eq(num(refused, "data.people.0.id"), s.a);
	ck_assert_str_eq(str(refused, "data.people.0.strength"), "strong");
	ck_assert_str_ne(str(refused, "data.people.0.why"), "");
	/* blanks are no reason, and a control character is none to keep */
	desk_refused(s.front, "INVALID", "person.new", "{s:s, s:s, s:s, s:s}", "family", "Hadad",
	    "given", "Ranya", "born", "1990-05-03", "reason", "  ");
	desk_refused(s.front, "INVALID", "person.new", "{s:s, s:s, s:s, s:s}", "family", "Hadad",
	    "given", "Ranya", "born", "1990-05-03", "reason", "twins\033[2J");
	made = desk_do(s.front, "person.new", "{s:s, s:s, s:s, s:s}", "family", "Hadad", "given",
	    "Ranya", "born", "1990-05-03", "reason", "both were here today");
	/* who was gone past with a reason is not suspected again */
	made = desk_do(s.front, "person.duplicates", "{s:I}", "id", num(made, "person.id"));
	for (size_t i = 0; i < json_array_size(at(made, "pairs")); i++)
		ck_assert_int_ne(num(json_array_get(at(made, "pairs"), i), "first.id"), s.a);
	end(&s);
}
END_TEST

/* The record made by the first request must not stand in its own way. */
START_TEST(a_repeated_request_meets_no_double)
{
	struct story s = begin();
	int64_t id = num(desk_do(s.front, "person.new", "{s:s, s:s, s:s, s:s}", "family", "Tesfay",
	    "given", "Selam", "born", "1992-03-15", "request_id", "once"), "person.id");

	ck_assert_int_eq(num(desk_do(s.front, "person.new", "{s:s, s:s, s:s, s:s}", "family",
	    "Tesfay", "given", "Selam", "born", "1992-03-15", "request_id", "once"), "person.id"),
	    id);
	end(&s);
}
END_TEST

START_TEST(twins_and_namesakes_need_no_reason)
{
	struct story s = begin();

	new_person(s.front, "Haddad", "Yusuf", "1990-05-03");
	new_person(s.front, "Haddad", "Rania", "1971-10-30");
	end(&s);
}
END_TEST

START_TEST(the_night_finds_doubles_once)
{
	struct story s = begin();
	json_t *pairs;

	desk_do(s.front, "person.new", "{s:s, s:s, s:s, s:s}", "family", "Alhadad", "given",
	    "Ranya", "born", "1990-03-05", "reason", "not looked");
	desk_do(s.res, "person.edit", "{s:I, s:s, s:s, s:s}", "id", s.b, "born", "1990-05-03",
	    "family", "Haddad", "given", "Rania");
	office_admin(s.office, "duplicates");
	pairs = desk_do(s.front, "person.duplicates", "{s:I}", "id", s.b);
	ck_assert_int_eq(num(pairs, "pairs.0.first.id"), s.a);
	ck_assert_int_eq(num(pairs, "pairs.0.second.id"), s.b);
	ck_assert_int_ge(num(pairs, "pairs.0.score"), 90);
	desk_do(s.front, "person.different", "{s:I, s:I, s:s}", "id", s.a, "with", s.b, "reason",
	    "twins");
	office_admin(s.office, "duplicates");
	pairs = desk_do(s.front, "person.duplicates", "{s:I}", "id", s.a);
	for (size_t i = 0; i < json_array_size(at(pairs, "pairs")); i++)
		ck_assert_int_ne(num(json_array_get(at(pairs, "pairs"), i), "second.id"), s.b);
	end(&s);
}
END_TEST

START_TEST(two_people_stay_two_people)
{
	struct story s = begin();
	json_t *pair;

	desk_refused(s.front, "INVALID", "person.different", "{s:I, s:I, s:s}", "id", s.a, "with",
	    s.b, "reason", " ");
	pair = desk_do(s.front, "person.different", "{s:I, s:I, s:s}", "id", s.b, "with", s.a,
	    "reason", "twins");
	ck_assert_int_eq(num(pair, "pair.first.id"), s.a);
	ck_assert_str_eq(str(pair, "pair.state"), "different");
	pair = desk_do(s.front, "person.duplicates", "{s:I}", "id", s.a);
	ck_assert_uint_eq(json_array_size(at(pair, "pairs")), 0);
	end(&s);
}
END_TEST

/* Who came since came under the record that theirs was linked to. */
START_TEST(the_last_visit_counts_whichever_record_it_is_of)
{
	struct office *o = office_new();
	struct desk *soc = desk_open(o, "soc1"), *front = desk_open(o, "front1"), *d;
	int64_t person = a_person(front, "Haddad"), other = a_person(front, "Quellenbach"), id;

	id = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", person, "service", "S20"),
	    "case.id");
	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_do(soc, "case.decide", "{s:I, s:s}", "id", id, "result", "settled");
	desk_do(soc, "case.close", "{s:I}", "id", id);
	id = num(desk_do(front, "merge.propose", "{s:I, s:I, s:s}", "id", other, "with", person,
	    "reason", "one passport"), "merge.id");
	desk_do(soc, "merge.approve", "{s:I}", "id", id);
	office_clock(o, "2029-11-01T09:00:00Z");
	desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S20", "person", person);
	office_clock(o, "2029-12-01T09:00:00Z");
	d = desk_open(o, "dpo1");
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.due"), 0);
	office_clock(o, "2032-11-02T09:00:00Z");
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.due"), 1);
	desk_close(soc);
	desk_close(front);
	desk_close(d);
	office_free(o);
}
END_TEST

Suite *suite_merge(void);
Suite *
suite_merge(void)
{
	Suite *s = suite_create("merge");
	TCase *t = tcase_create("merge");

	tcase_add_test(t, what_changed_since_is_looked_at_again);
	tcase_add_test(t, cases_and_visits_show_under_the_survivor);
	tcase_add_test(t, nobody_approves_what_they_proposed);
	tcase_add_test(t, chosen_fields_are_taken_and_given_back);
	tcase_add_test(t, what_came_in_since_is_assigned_again);
	tcase_add_test(t, lists_of_both_are_one);
	tcase_add_test(t, what_a_new_one_ended_holds_again);
	tcase_add_test(t, each_takes_its_history_along);
	tcase_add_test(t, who_lives_in_two_homes_is_not_linked);
	tcase_add_test(t, a_chain_of_links_is_parted_at_its_end);
	tcase_add_test(t, a_linked_record_is_not_linked_again);
	tcase_add_test(t, a_strong_double_needs_a_reason);
	tcase_add_test(t, a_repeated_request_meets_no_double);
	tcase_add_test(t, twins_and_namesakes_need_no_reason);
	tcase_add_test(t, the_night_finds_doubles_once);
	tcase_add_test(t, two_people_stay_two_people);
	tcase_add_test(t, the_last_visit_counts_whichever_record_it_is_of);
	suite_add_tcase(s, t);
	return s;
}
