/*
 * secrecy.c - a closed unit (social work, § 203 StGB): nobody outside learns
 * from any answer that there is a file, let alone about whom.  Two offices
 * that differ only in such a file must look the same from outside.
 */
#include "harness_desk.h"

#include <stdlib.h>
#include <string.h>

#define SECRET "cannot sleep since the letter"

struct entrusted {
	struct office *office;
	struct desk *social;
	int64_t person, visit, file; /* file 0: none was made */
};

/* Somebody comes, and in one of two offices tells social work something. */
static struct entrusted
entrust(bool with_file)
{
	struct entrusted e = { .office = office_new() };
	struct desk *front = desk_open(e.office, "front1");

	e.person = a_person(front, "Haddad");
	e.visit = num(desk_do(front, "visit.new", "{s:s, s:I}", "concern", "a question", "person",
	    e.person), "visit.id");
	desk_close(front);
	e.social = desk_open(e.office, "soc1");
	if (!with_file)
		return e;
	e.file = num(desk_do(e.social, "case.open", "{s:I, s:s}", "person", e.person, "service",
	    "S20"), "case.id");
	desk_do(e.social, "case.claim", "{s:I}", "id", e.file);
	desk_do(e.social, "case.note", "{s:I, s:s}", "id", e.file, "text", SECRET);
	return e;
}

static void
entrust_done(struct entrusted *e)
{
	desk_close(e->social);
	office_sound(e->office);
	office_free(e->office);
}

/* What somebody sees of the office without naming the file. */
static char *
outlook(struct entrusted *e, const char *login)
{
	static const char *const lists[] = {
		"case.list", "visit.list", "handover.list", "case.ready", "staff.list", "draft.list",
	};
	struct desk *d = desk_open(e->office, login);
	json_t *all = json_array();
	char *text;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		json_array_append(all, desk_ask(d, lists[i], NULL));
	json_array_append(all, desk_ask(d, "case.list", "{s:s}", "unit", "social_work"));
	json_array_append(all, desk_ask(d, "case.list", "{s:s, s:s}", "owner", "soc1", "state",
	    "in_work"));
	json_array_append(all, desk_ask(d, "person.find", "{s:s}", "q", "haddad"));
	json_array_append(all, desk_ask(d, "person.find", "{s:s}", "q", "2026-000001"));
	json_array_append(all, desk_ask(d, "person.show", "{s:I}", "id", e->person));
	json_array_append(all, desk_ask(d, "visit.show", "{s:I}", "id", e->visit));
	text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(all);
	desk_close(d);
	return text;
}

/* the last one has no hand in cases: other refusals come first */
static const char *const outside[] = { "res1", "ben1", "front1", "branch1", "super1" };
#define OUTSIDE 5
#define HANDS 4

START_TEST(two_offices_look_the_same_from_outside)
{
	struct entrusted with = entrust(true), without = entrust(false);
	char *a = outlook(&with, outside[_i]), *b = outlook(&without, outside[_i]);

	ck_assert_str_eq(a, b);
	free(a);
	free(b);
	entrust_done(&with);
	entrust_done(&without);
}
END_TEST

/* Every command about the file answers as it would about no file at all. */
START_TEST(the_file_is_not_there_for_others)
{
	static const char *const acts[] = {
		"case.show", "case.claim", "case.release", "case.resume", "case.handout",
		"case.close",
	};
	struct entrusted e = entrust(true);
	struct desk *d = desk_open(e.office, outside[_i]);

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		json_t *there = json_deep_copy(desk_refused(d, "NOT_FOUND", acts[i], "{s:I}", "id",
		    e.file));
		json_t *not_there = desk_refused(d, "NOT_FOUND", acts[i], "{s:I}", "id",
		    e.file + 1000);

		/* the same words but for the number asked for */
		ck_assert_uint_eq(strlen(str(there, "message")),
		    strlen(str(not_there, "message")));
		ck_assert_uint_eq(json_object_size(at(there, "data")),
		    json_object_size(at(not_there, "data")));
		json_decref(there);
	}
	desk_refused(d, "NOT_FOUND", "case.note", "{s:I, s:s}", "id", e.file, "text", "t");
	desk_refused(d, "NOT_FOUND", "case.take", "{s:I, s:s}", "id", e.file, "reason", "r");
	desk_refused(d, "NOT_FOUND", "case.reopen", "{s:I, s:s}", "id", e.file, "reason", "r");
	desk_refused(d, "NOT_FOUND", "case.document", "{s:I, s:s, s:s}", "id", e.file, "key", "PASS",
	    "state", "received");
	desk_refused(d, "NOT_FOUND", "case.answer", "{s:I, s:i, s:{}}", "id", e.file, "version", 1,
	    "answers");
	desk_refused(d, "NOT_FOUND", "case.decide", "{s:I, s:s}", "id", e.file, "result", "settled");
	desk_refused(d, "NOT_FOUND", "handover.offer", "{s:I, s:s}", "case", e.file, "to",
	    "benefits");
	desk_close(d);
	entrust_done(&e);
}
END_TEST

/* What is not for the reader does not use up the room of what is. */
START_TEST(many_closed_files_hide_no_other)
{
	struct entrusted e = entrust(false);
	struct desk *res = desk_open(e.office, "res1");
	int64_t mine = a_case(res, e.person);
	json_t *r;

	for (int i = 0; i < 51; i++) {
		int64_t id = num(desk_do(e.social, "case.open", "{s:I, s:s}", "person", e.person,
		    "service", "S20"), "case.id");

		desk_do(e.social, "case.claim", "{s:I}", "id", id);
		desk_do(e.social, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "settled",
		    "reason", "done");
	}
	r = desk_do(res, "person.show", "{s:I}", "id", e.person);
	ck_assert_uint_eq(json_array_size(at(r, "person.cases")), 1);
	ck_assert_int_eq(num(r, "person.cases.0.id"), mine);
	r = desk_do(e.social, "person.show", "{s:I}", "id", e.person);
	ck_assert_uint_eq(json_array_size(at(r, "person.cases")), 50);
	desk_close(res);
	entrust_done(&e);
}
END_TEST

static void
lacks(json_t *o, const char *word)
{
	char *text = json_dumps(o, JSON_COMPACT);

	ck_assert_msg(strstr(text, word) == NULL, "%s in %s", word, text);
	free(text);
}

/* A supervisor of another unit gets the figures that steering gets, no row. */
START_TEST(a_supervisor_sees_figures_and_no_row)
{
	struct entrusted e = entrust(true);
	struct desk *d = desk_open(e.office, "super1"), *steer = desk_open(e.office, "steer1");
	json_t *r = desk_do(d, "console.show", NULL);

	lacks(r, "HADDAD");
	lacks(r, "soc1"); /* one clerk's load is nearly one person's matter */
	ck_assert_uint_gt(json_array_size(at(r, "staff")), 0);
	ck_assert(json_equal(at(r, "units"), at(desk_do(steer, "console.show", NULL), "units")));
	ck_assert_int_eq(num(desk_do(d, "case.list", NULL), "counts.open"), 0);
	desk_refused(d, "NOT_FOUND", "case.show", "{s:I}", "id", e.file);
	desk_refused(d, "NOT_FOUND", "case.note", "{s:I, s:s}", "id", e.file, "text", "t");
	desk_refused(d, "NOT_FOUND", "case.assign", "{s:I, s:s}", "id", e.file, "owner", "soc1");
	lacks(desk_do(d, "person.show", "{s:I}", "id", e.person), "S20");
	lacks(desk_do(d, "person.find", "{s:s}", "q", "2026-000001"), "HADDAD");
	r = desk_do(e.social, "case.list", "{s:s}", "q", "haddad");
	ck_assert_uint_eq(json_array_size(at(r, "cases")), 1);
	desk_close(steer);
	desk_close(d);
	entrust_done(&e);
}
END_TEST

START_TEST(steering_sees_counts_only)
{
	struct entrusted e = entrust(true);
	struct desk *d = desk_open(e.office, "steer1");
	json_t *r = desk_do(d, "console.show", NULL);

	lacks(r, "HADDAD");
	lacks(r, "Amani");
	ck_assert_uint_eq(json_array_size(at(r, "staff")), 0);
	desk_close(d);
	entrust_done(&e);
}
END_TEST

/* A visit that led to an entrusted file does not point there for others. */
START_TEST(a_visit_does_not_point_to_the_file)
{
	struct entrusted e = entrust(false);
	struct desk *front = desk_open(e.office, "front1"), *res = desk_open(e.office, "res1");
	int64_t file, visit = num(desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S20",
	    "person", e.person), "visit.id");
	json_t *r;

	file = num(desk_do(front, "case.open", "{s:I, s:s, s:I}", "person", e.person, "service",
	    "S20", "visit", visit), "case.id");
	desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", file, "to", "social_work",
	    "reason", "r");
	desk_do(e.social, "case.claim", "{s:I}", "id", file);
	ck_assert_int_eq(num(desk_do(e.social, "visit.show", "{s:I}", "id", visit), "visit.case"),
	    file);
	desk_refused(res, "NOT_FOUND", "visit.show", "{s:I}", "id", visit);
	lacks(desk_do(res, "visit.list", NULL), "S20");
	lacks(desk_do(res, "person.show", "{s:I}", "id", e.person), "S20");
	/* the counter called them: it knows what they came for, not the file */
	r = desk_do(front, "visit.show", "{s:I}", "id", visit);
	ck_assert_str_eq(str(r, "visit.service"), "S20");
	ck_assert(json_is_null(at(r, "visit.case")));
	desk_close(front);
	desk_close(res);
	entrust_done(&e);
}
END_TEST

/* Three come in one office, two in the other: one of the three to social work. */
static char *
room_from_outside(const char *login, bool with_visit)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *d = desk_open(o, login);
	json_t *seen = json_array(), *r;
	char *text;

	if (with_visit) {
		desk_do(front, "visit.new", "{s:s}", "concern", "S20");
		desk_do(front, "visit.new", "{s:s}", "concern", "S20");
		office_clock(o, "2026-11-23T08:20:00Z");
		desk_do(front, "visit.next", NULL);
		desk_do(front, "visit.start", "{s:i}", "id", 1);
		office_clock(o, "2026-11-23T08:35:00Z");
		desk_do(front, "visit.finish", "{s:i}", "id", 1);
	}
	office_clock(o, "2026-11-23T08:40:00Z");
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	office_clock(o, "2026-11-23T08:50:00Z");
	r = desk_do(d, "visit.list", NULL);
	json_array_append(seen, at(r, "counts"));
	json_array_append(seen, at(r, "visits.0.why"));
	ck_assert_uint_eq(json_array_size(at(r, "visits")), 2);
	/* pages are full, and the last one says so */
	r = desk_do(d, "visit.list", "{s:i}", "limit", 1);
	ck_assert_str_eq(str(r, "visits.0.ticket"), "A001");
	r = desk_do(d, "visit.list", "{s:i, s:s}", "limit", 1, "after", str(r, "next"));
	ck_assert_str_eq(str(r, "visits.0.ticket"), "A002");
	ck_assert(json_is_null(at(r, "next")));
	desk_refused(d, "INVALID", "visit.list", "{s:s}", "after", with_visit ? "2" : "99");
	r = desk_ask(d, "console.show", NULL);
	if (json_object_get(r, "result"))
		json_array_append(seen, at(r, "result.counter"));
	text = json_dumps(seen, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(seen);
	desk_close(front);
	desk_close(d);
	office_free(o);
	return text;
}

START_TEST(a_waiting_room_does_not_count_them)
{
	const char *login = (const char *[]){ "res1", "ben1", "super1" }[_i];
	char *with = room_from_outside(login, true), *without = room_from_outside(login, false);

	ck_assert_str_eq(with, without);
	free(with);
	free(without);
}
END_TEST

/* Decided, it lies at the counter: the counter hands it out and knows no more. */
START_TEST(the_counter_hands_out_without_reading)
{
	struct entrusted e = entrust(true);
	struct desk *front = desk_open(e.office, "front1"), *res = desk_open(e.office, "res1");
	char *before = json_dumps(desk_do(res, "visit.list", NULL), JSON_COMPACT), *after;
	json_t *r;

	desk_do(e.social, "case.decide", "{s:I, s:s, s:s}", "id", e.file, "result", "granted",
	    "reason", "papers seen");
	after = json_dumps(desk_do(res, "visit.list", NULL), JSON_COMPACT);
	ck_assert_str_eq(before, after);
	r = desk_do(front, "case.show", "{s:I}", "id", e.file);
	ck_assert_str_eq(str(r, "case.person.name"), "HADDAD, Rania");
	lacks(r, SECRET);
	lacks(r, "papers seen");
	ck_assert_ptr_null(json_object_get(at(r, "case"), "notes"));
	desk_refused(res, "NOT_FOUND", "case.handout", "{s:I}", "id", e.file);
	desk_do(front, "case.handout", "{s:I}", "id", e.file);
	desk_do(front, "case.close", "{s:I}", "id", e.file);
	desk_refused(front, "NOT_FOUND", "case.show", "{s:I}", "id", e.file);
	free(before);
	free(after);
	desk_close(front);
	desk_close(res);
	entrust_done(&e);
}
END_TEST

/* Hand-overs are known to the two units they lie between. */
START_TEST(a_handover_is_between_two_units)
{
	struct entrusted e = entrust(true);
	struct desk *ben = desk_open(e.office, "ben1"), *res = desk_open(e.office, "res1");
	int64_t h = num(desk_do(e.social, "handover.offer", "{s:I, s:s, s:s}", "case", e.file, "to",
	    "benefits", "reason", "with consent"), "handover.id");

	ck_assert_uint_eq(json_array_size(at(desk_do(ben, "handover.list", NULL), "handovers")), 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(res, "handover.list", NULL), "handovers")), 0);
	desk_refused(res, "NOT_FOUND", "handover.accept", "{s:I}", "id", h);
	desk_refused(res, "NOT_FOUND", "handover.withdraw", "{s:I}", "id", h);
	desk_refused(res, "NOT_FOUND", "case.show", "{s:I}", "id", e.file);
	/* offered or accepted, what was noted in confidence stays where it was told */
	lacks(desk_do(ben, "case.show", "{s:I}", "id", e.file), SECRET);
	desk_do(ben, "handover.accept", "{s:I}", "id", h);
	lacks(desk_do(ben, "case.show", "{s:I}", "id", e.file), SECRET);
	h = num(desk_do(ben, "handover.offer", "{s:I, s:s, s:s}", "case", e.file, "to",
	    "social_work", "reason", "not ours"), "handover.id");
	desk_do(e.social, "handover.accept", "{s:I}", "id", h);
	ck_assert_str_eq(str(desk_do(e.social, "case.show", "{s:I}", "id", e.file),
	    "case.notes.0.text"), SECRET);
	h = num(desk_do(e.social, "handover.offer", "{s:I, s:s, s:s}", "case", e.file, "to",
	    "benefits", "reason", "with consent"), "handover.id");
	desk_do(e.social, "handover.withdraw", "{s:I}", "id", h);
	desk_refused(ben, "NOT_FOUND", "case.show", "{s:I}", "id", e.file);
	desk_close(ben);
	desk_close(res);
	entrust_done(&e);
}
END_TEST

/* Whoever is to say yes or no to a case may read what they would take. */
START_TEST(the_counter_reads_what_it_is_offered)
{
	struct entrusted e = entrust(true);
	struct desk *front = desk_open(e.office, "front1");
	int64_t h = num(desk_do(e.social, "handover.offer", "{s:I, s:s, s:s}", "case", e.file, "to",
	    "front_office", "reason", "with consent"), "handover.id");

	keys_within(at(desk_do(front, "case.show", "{s:I}", "id", e.file), "case"), "documents");
	lacks(desk_do(front, "case.show", "{s:I}", "id", e.file), SECRET);
	desk_do(e.social, "handover.withdraw", "{s:I}", "id", h);
	desk_refused(front, "NOT_FOUND", "case.show", "{s:I}", "id", e.file);
	desk_close(front);
	entrust_done(&e);
}
END_TEST

Suite *suite_secrecy(void);
Suite *
suite_secrecy(void)
{
	Suite *s = suite_create("secrecy");
	TCase *t = tcase_create("secrecy");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, two_offices_look_the_same_from_outside, 0, OUTSIDE);
	tcase_add_loop_test(t, the_file_is_not_there_for_others, 0, HANDS);
	tcase_add_test(t, many_closed_files_hide_no_other);
	tcase_add_test(t, a_supervisor_sees_figures_and_no_row);
	tcase_add_test(t, steering_sees_counts_only);
	tcase_add_test(t, a_visit_does_not_point_to_the_file);
	tcase_add_loop_test(t, a_waiting_room_does_not_count_them, 0, 3);
	tcase_add_test(t, the_counter_hands_out_without_reading);
	tcase_add_test(t, a_handover_is_between_two_units);
	tcase_add_test(t, the_counter_reads_what_it_is_offered);
	suite_add_tcase(s, t);
	return s;
}
