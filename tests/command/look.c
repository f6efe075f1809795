/*
 * look.c - no log, no answer: each look at a person's file is an event, with
 * the right person, once.
 */
#include "harness_look.h"

#include <string.h>
#include <sys/resource.h>

/* ---- one look each ---- */

START_TEST(each_command_leaves_one_look)
{
	static const char *const shown[] = {
		"person.show", "person.history", "person.terms", "person.proposals",
		"person.export",
	};
	int64_t person, other, id;

	looks_begin();
	person = a_person(d, "Haddad");
	other = a_person(d, "Nguyen");
	id = a_case(d, person);
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		desk_do(d, shown[i], "{s:I}", "id", person);
		ck_assert_msg(looks(shown[i], "look", person) == 1, "%s", shown[i]);
		ck_assert_int_eq(looks(shown[i], "look", other), 0);
	}
	desk_do(d, "household.new", "{s:I, s:s, s:s, s:s}", "person", person, "kind", "flat",
	    "street", "Hauptstr. 1", "from", "2026-11-01");
	desk_do(d, "household.show", "{s:I}", "person", person);
	ck_assert_int_eq(looks("household.show", "look", person), 1);
	desk_do(d, "case.show", "{s:I}", "id", id);
	ck_assert_int_eq(looks("case.show", "look", person), 1);
	desk_do(d, "case.gaps", "{s:I}", "id", id);
	ck_assert_int_eq(looks("case.gaps", "look", person), 1);
	/* the slip of a ticket, for whom it was drawn */
	id = num(desk_do(d, "visit.new", "{s:s, s:I}", "concern", "S02", "person", person), "visit.id");
	desk_do(d, "visit.slip", "{s:I}", "id", id);
	ck_assert_int_eq(looks("visit.slip", "look", person), 1);
	desk_do(d, "merge.propose", "{s:I, s:I, s:s, s:b}", "id", person, "with", other, "reason",
	    "one", "preview", 1);
	ck_assert_int_eq(looks("merge.propose", "look", person), 1);
	ck_assert_int_eq(looks("merge.propose", "look", other), 1);
	looks_end();
}
END_TEST

START_TEST(lists_of_hits_name_everybody)
{
	int64_t person, other;

	looks_begin();
	person = a_person(d, "Haddad");
	other = a_person(d, "Haddad");
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_do(d, "person.candidates", "{s:s}", "family", "Haddad");
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(looks("person.find", "hit", person), 1);
	ck_assert_int_eq(looks("person.find", "hit", other), 1);
	ck_assert_int_eq(looks("person.candidates", "hit", person), 1);
	/* who is refused with the candidates has seen them too */
	desk_refused(d, "INVALID", "person.new", "{s:s, s:s, s:s}", "family", "Haddad", "given",
	    "Rania", "born", "1990-05-03");
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(looks("person.new", "hit", person), 1);
	looks_end();
}
END_TEST

/* The loser of a race is told what stands there now. */
START_TEST(what_a_conflict_shows_is_a_look)
{
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	desk_do(d, "person.edit", "{s:I, s:s}", "id", person, "phone", "0170 1");
	desk_refused(d, "CONFLICT", "person.edit", "{s:I, s:i, s:s}", "id", person, "version", 1,
	    "phone", "0170 2");
	ck_assert_int_eq(looks("person.edit", "look", person), 1);
	looks_end();
}
END_TEST

/* ---- the same look ---- */

START_TEST(the_same_look_is_one_for_some_minutes)
{
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	for (int i = 0; i < 3; i++)
		desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 1);
	office_clock(o, "2026-11-23T08:23:00Z");
	desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 1);
	office_clock(o, "2026-11-23T08:25:00Z");
	desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 2);
	/* what is taken away is a look each time */
	desk_do(d, "person.export", "{s:I}", "id", person);
	desk_do(d, "person.export", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.export", "look", person), 2);
	looks_end();
}
END_TEST

/* Whoever's clock is set back within the day has not just looked. */
START_TEST(a_look_before_the_clock_was_set_back_is_another)
{
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	office_clock(o, "2026-11-23T14:00:00Z");
	desk_do(d, "person.show", "{s:I}", "id", person);
	office_clock(o, "2026-11-23T09:00:00Z");
	desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 2);
	desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 2);
	looks_end();
}
END_TEST

START_TEST(a_refresh_is_none)
{
	struct desk *other;
	int64_t person;

	looks_begin();
	other = desk_open(o, "front2");
	person = a_person(d, "Haddad");
	desk_do(d, "person.show", "{s:I}", "id", person);
	office_clock(o, "2026-11-23T10:00:00Z");
	desk_do(other, "person.edit", "{s:I, s:s}", "id", person, "phone", "0170 1");
	desk_await_news(d, "person", DEADLINE_MS);
	desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 1);
	desk_close(other);
	looks_end();
}
END_TEST

/* Looks tell other sessions nothing. */
START_TEST(nobody_is_woken)
{
	struct desk *other;
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	other = desk_open(o, "front2");
	json_array_clear(other->news);
	desk_do(d, "person.show", "{s:I}", "id", person);
	desk_do(d, "person.edit", "{s:I, s:s}", "id", person, "phone", "0170 1");
	desk_await_news(other, "person", DEADLINE_MS);
	ck_assert_uint_eq(json_array_size(other->news), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event WHERE topics = 0"
	    " AND command = 'person.show'"), 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(d, "person.history", "{s:I}", "id", person),
	    "history")), 2);
	desk_close(other);
	looks_end();
}
END_TEST

/* ---- typing ---- */

START_TEST(typing_leaves_one_list)
{
	int64_t person, other;

	looks_begin();
	person = a_person(d, "Haddad");
	other = a_person(d, "Hamdan");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "ha");
	desk_do(d, "person.find", "{s:s}", "q", "had");
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	ck_assert_int_eq(all_looks(), 0);
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	ck_assert_int_eq(looks("person.find", "hit", person), 1);
	/* whoever was shown on the way to it was shown */
	ck_assert_int_eq(looks("person.find", "hit", other), 1);
	looks_end();
}
END_TEST

/* The form of a newcomer searches at each key, too. */
START_TEST(typing_a_form_leaves_one_list)
{
	looks_begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.candidates", "{s:s, s:s}", "family", "Had", "given", "R");
	desk_do(d, "person.candidates", "{s:s, s:s}", "family", "Haddad", "given", "R");
	desk_do(d, "person.candidates", "{s:s, s:s}", "family", "Haddad", "given", "Rania");
	ck_assert_int_eq(all_looks(), 0);
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	looks_end();
}
END_TEST

START_TEST(each_page_is_kept)
{
	json_t *page;

	looks_begin();
	for (int i = 0; i < 3; i++)
		a_case(d, a_person(d, "Haddad"));
	desk_do(d, "staff.me", NULL);
	page = desk_do(d, "case.list", "{s:s, s:i}", "q", "haddad", "limit", 1);
	page = desk_do(d, "case.list", "{s:s, s:i, s:s}", "q", "haddad", "limit", 1, "after",
	    str(page, "next"));
	desk_do(d, "case.list", "{s:s, s:i, s:s}", "q", "haddad", "limit", 1, "after",
	    str(page, "next"));
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 3);
	looks_end();
}
END_TEST

/* Another beginning is another search: nobody lists the register unseen. */
START_TEST(what_does_not_go_on_is_kept_first)
{
	looks_begin();
	a_person(d, "Haddad");
	a_person(d, "Nguyen");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_do(d, "person.find", "{s:s}", "q", "nguyen");
	ck_assert_int_eq(all_looks(), 1);
	desk_do(d, "person.find", "{s:s}", "q", "nguy");
	ck_assert_int_eq(all_looks(), 2);
	looks_end();
}
END_TEST

START_TEST(a_list_is_kept_when_the_typing_rests)
{
	int64_t until;

	looks_begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	for (until = ticks_ms() + 5000; all_looks() == 0 && ticks_ms() < until;)
		;
	ck_assert_int_eq(all_looks(), 1);
	looks_end();
}
END_TEST

START_TEST(a_list_is_kept_when_the_client_goes)
{
	looks_begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_close(d);
	ck_assert_int_eq(all_looks(), 1);
	d = desk_open(o, "front1");
	looks_end();
}
END_TEST

/* ---- no log, no answer ---- */

/* Files of this engine may grow no more: a full disk; RLIM_INFINITY: as ever. */
static void
limit_files(rlim_t size)
{
	struct rlimit limit = { .rlim_cur = size, .rlim_max = RLIM_INFINITY };

	ck_assert_int_eq(prlimit(d->engine, RLIMIT_FSIZE, &limit, NULL), 0);
}

START_TEST(what_cannot_be_kept_is_not_shown)
{
	int64_t person;
	json_t *error;

	looks_begin();
	person = a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	limit_files(1000);
	error = desk_refused(d, "STORE", "person.show", "{s:I}", "id", person);
	ck_assert_ptr_nonnull(strstr(str(error, "message"), "recorded"));
	ck_assert_ptr_null(json_object_get(json_object_get(error, "data"), "person"));
	desk_refused(d, "STORE", "person.find", "{s:s}", "q", "haddad");
	limit_files(RLIM_INFINITY);
	desk_do(d, "person.find", "{s:s}", "q", "nguyen");
	ck_assert_int_eq(looks("person.find", "hit", person), 0);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	limit_files(1000);
	/* neither the next list nor what it leaves behind is lost */
	desk_refused(d, "STORE", "person.find", "{s:s}", "q", "abdi");
	limit_files(RLIM_INFINITY);
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(looks("person.find", "hit", person), 1);
	desk_do(d, "person.show", "{s:I}", "id", person);
	looks_end();
}
END_TEST

/* A list that has left the engine is in the log, whatever becomes of the engine. */
START_TEST(a_killed_engine_loses_no_list)
{
	struct desk *next;
	int64_t person, other;

	looks_begin();
	person = a_person(d, "Haddad");
	other = a_person(d, "Hamdan");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "ha");
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_kill(d);
	ck_assert_int_eq(all_looks(), 0);
	/* whose session is the next does not matter */
	next = desk_open(o, "ben1");
	desk_do(next, "staff.me", NULL);
	ck_assert_int_eq(looks("person.find", "hit", person), 1);
	ck_assert_int_eq(looks("person.find", "hit", other), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event e JOIN staff s"
	    " ON s.id = e.staff_id WHERE s.login = 'front1' AND e.command = 'person.find'"), 1);
	/* and only once */
	desk_close(next);
	next = desk_open(o, "ben1");
	desk_do(next, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	desk_close(next);
	d = desk_open(o, "front1");
	looks_end();
}
END_TEST

/* Nor does the next session repeat what the log has already. */
START_TEST(a_killed_engine_repeats_no_list)
{
	struct desk *next;

	looks_begin();
	a_person(d, "Haddad");
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	desk_kill(d);
	next = desk_open(o, "ben1");
	desk_do(next, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	desk_close(next);
	d = desk_open(o, "front1");
	looks_end();
}
END_TEST

/* Nor is it written down while its session lives and has not come to it yet. */
START_TEST(nobody_takes_what_a_living_session_will_write)
{
	struct desk *next;

	looks_begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	next = desk_open(o, "ben1");
	desk_do(next, "staff.me", NULL);
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	desk_close(next);
	looks_end();
}
END_TEST

Suite *suite_look(void);

Suite *
suite_look(void)
{
	Suite *s = suite_create("look");
	TCase *tc = tcase_create("look");

	tcase_add_unchecked_fixture(tc, office_prepare, NULL);
	tcase_add_test(tc, each_command_leaves_one_look);
	tcase_add_test(tc, lists_of_hits_name_everybody);
	tcase_add_test(tc, what_a_conflict_shows_is_a_look);
	tcase_add_test(tc, the_same_look_is_one_for_some_minutes);
	tcase_add_test(tc, a_look_before_the_clock_was_set_back_is_another);
	tcase_add_test(tc, a_refresh_is_none);
	tcase_add_test(tc, nobody_is_woken);
	tcase_add_test(tc, typing_leaves_one_list);
	tcase_add_test(tc, typing_a_form_leaves_one_list);
	tcase_add_test(tc, each_page_is_kept);
	tcase_add_test(tc, what_does_not_go_on_is_kept_first);
	tcase_add_test(tc, a_list_is_kept_when_the_typing_rests);
	tcase_add_test(tc, a_list_is_kept_when_the_client_goes);
	tcase_add_test(tc, what_cannot_be_kept_is_not_shown);
	tcase_add_test(tc, a_killed_engine_loses_no_list);
	tcase_add_test(tc, a_killed_engine_repeats_no_list);
	tcase_add_test(tc, nobody_takes_what_a_living_session_will_write);
	suite_add_tcase(s, tc);
	return s;
}
