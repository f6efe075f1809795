/*
 * watch.c - looks that are too many or odd are stopped, marked and told; and
 * who reads who looked.
 */
#include "harness_look.h"

#include <string.h>

/* ---- too much ---- */

static void
at_most(const char *sign, int most)
{
	char sql[200];

	snprintf(sql, sizeof(sql), "UPDATE watch SET most = %d WHERE sign = '%s' RETURNING 1", most,
	    sign);
	office_number_of(o, sql);
}

START_TEST(mass_reading_is_stopped_and_told)
{
	int64_t people[4];

	looks_begin();
	for (int i = 0; i < 4; i++)
		people[i] = a_person(d, "Haddad");
	at_most("hour", 2);
	at_most("stop", 3);
	office_clock(o, "2026-11-23T10:00:00Z");
	for (int i = 0; i < 3; i++)
		desk_do(d, "person.show", "{s:I}", "id", people[i]);
	ck_assert_int_eq(looks("person.show", "watch.hour", people[0]), 0);
	ck_assert_int_eq(looks("person.show", "watch.hour", people[1]), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event WHERE topics = 128"), 1);
	for (int i = 0; i < 3; i++)
		desk_refused(d, "DENIED", "person.show", "{s:I}", "id", people[3]);
	ck_assert_int_eq(looks("person.show", "refused", people[3]), 1);
	ck_assert_int_eq(looks("person.show", "look", people[3]), 0);
	/* nor as the answer to a change */
	desk_refused(d, "DENIED", "person.edit", "{s:I, s:s}", "id", people[3], "phone", "0170 1");
	office_clock(o, "2026-11-23T11:00:01Z");
	desk_do(d, "person.show", "{s:I}", "id", people[3]);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Whoever takes people in has been shown nothing that they did not say. */
START_TEST(taking_people_in_is_no_reading)
{
	int64_t other, people[6];
	struct desk *back;

	looks_begin();
	back = desk_open(o, "front2");
	other = a_person(back, "Nguyen");
	desk_close(back);
	at_most("hour", 3);
	at_most("stop", 3);
	office_clock(o, "2026-11-23T10:00:00Z");
	for (int i = 0; i < 6; i++)
		people[i] = a_person(d, "Haddad");
	desk_do(d, "person.show", "{s:I}", "id", other);
	ck_assert_int_eq(looks("person.show", "watch.hour", other), 0);
	/* their file as it is now is one like any other */
	desk_do(d, "person.show", "{s:I}", "id", people[0]);
	desk_do(d, "person.edit", "{s:I, s:s}", "id", people[1], "phone", "0170 1");
	desk_refused(d, "DENIED", "person.show", "{s:I}", "id", people[2]);
	desk_refused(d, "DENIED", "person.edit", "{s:I, s:s}", "id", people[2], "phone", "0170 1");
	a_person(d, "Abdi");
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(odd_looks_are_marked)
{
	int64_t own, locked, plain;

	looks_begin();
	own = a_person(d, "Okafor");
	locked = a_person(d, "Haddad");
	plain = a_person(d, "Nguyen");
	desk_do(d, "person.lock", "{s:I, s:s, s:s}", "id", locked, "until", "2028-11-22", "reason",
	    "order");
	desk_do(d, "person.show", "{s:I}", "id", own);
	desk_do(d, "person.show", "{s:I}", "id", locked);
	desk_do(d, "person.show", "{s:I, s:s}", "id", plain, "purpose", "counter");
	ck_assert_int_eq(looks("person.show", "watch.own", own), 1);
	ck_assert_int_eq(looks("person.show", "watch.own", locked), 0);
	ck_assert_int_eq(looks("person.show", "watch.locked", locked), 1);
	ck_assert_int_eq(looks("person.show", "watch.unstated", locked), 1);
	ck_assert_int_eq(looks("person.show", "watch.unstated", plain), 0);
	ck_assert_int_eq(looks("person.show", "watch.late", plain), 0);
	office_clock(o, "2026-11-23T19:30:00Z");
	desk_do(d, "person.show", "{s:I}", "id", plain);
	ck_assert_int_eq(looks("person.show", "watch.late", plain), 1);
	looks_end();
}
END_TEST

START_TEST(who_lives_with_a_namesake_is_marked)
{
	int64_t own, beside, home;

	looks_begin();
	own = a_person(d, "Okafor");
	beside = a_person(d, "Haddad");
	home = num(desk_do(d, "household.new", "{s:I, s:s, s:s, s:s}", "person", own, "kind",
	    "flat", "street", "Hauptstr. 1", "from", "2026-11-01"), "household.id");
	desk_do(d, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", home, "person", beside,
	    "role", "spouse", "from", "2026-11-02");
	desk_do(d, "person.show", "{s:I}", "id", beside);
	ck_assert_int_eq(looks("person.show", "watch.home", beside), 1);
	ck_assert_int_eq(looks("person.show", "watch.own", beside), 0);
	looks_end();
}
END_TEST

/* ---- who reads it ---- */

START_TEST(an_export_tells_who_saw_it)
{
	json_t *package, *seen;
	struct desk *soc1;
	const char *text;
	int64_t person, id;

	looks_begin();
	person = a_person(d, "Haddad");
	id = a_case(d, person);
	desk_do(d, "case.note", "{s:I, s:s}", "id", id, "text", "brings it on Thursday");
	soc1 = desk_open(o, "soc1");
	desk_do(soc1, "person.show", "{s:I, s:s}", "id", person, "purpose", "request");
	desk_close(soc1);
	desk_do(d, "person.show", "{s:I, s:s}", "id", person, "purpose", "correction");
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	package = at(desk_do(d, "person.export", "{s:I}", "id", person), "package");
	seen = at(package, "seen_by");
	/* not the social worker's: that would tell that there is such a case */
	ck_assert_uint_eq(json_array_size(seen), 2);
	ck_assert_str_eq(str(seen, "0.kind"), "hit");
	ck_assert_str_eq(str(seen, "1.staff.name"), "Okafor");
	ck_assert_str_eq(str(seen, "1.purpose"), "correction");
	/* for the person themselves: unit and role, nobody's name */
	package = desk_do(d, "person.export", "{s:I, s:s}", "id", person, "for", "person");
	text = str(package, "text");
	ck_assert_ptr_nonnull(strstr(text, "Who saw it"));
	ck_assert_ptr_nonnull(strstr(text, "(mending data)"));
	ck_assert_ptr_nonnull(strstr(text, "brings it on Thursday"));
	ck_assert_msg(!strstr(text, "Okafor"), "%s", text);
	ck_assert(json_is_null(at(package, "package.seen_by.1.staff.name")));
	ck_assert_str_eq(str(package, "package.seen_by.1.staff.role"), "counter");
	looks_end();
}
END_TEST

START_TEST(the_officer_reads_who_looked)
{
	json_t *list;
	struct desk *dpo;
	int64_t person;

	looks_begin();
	person = a_person(d, "Haddad");
	dpo = desk_open(o, "dpo1");
	desk_do(d, "person.show", "{s:I}", "id", person);
	desk_do(d, "person.history", "{s:I}", "id", person);
	list = desk_do(dpo, "look.list", "{s:I}", "person", person);
	ck_assert_uint_eq(json_array_size(at(list, "looks")), 3);
	keys_are(at(list, "looks.0"), "event at kind kind_label staff command what terminal purpose "
	    "purpose_label person signs");
	ck_assert_str_eq(str(list, "looks.0.command"), "person.history");
	ck_assert_str_eq(str(list, "looks.0.terminal"), "test/1");
	ck_assert_str_eq(str(list, "looks.0.purpose_label"), "not stated");
	/* who watches is seen too, with what for */
	purpose_is(person, "look.list", "oversight");
	list = desk_do(dpo, "look.list", "{s:s, s:i}", "staff", "front1", "limit", 1);
	ck_assert_uint_eq(json_array_size(at(list, "looks")), 1);
	list = desk_do(dpo, "look.list", "{s:s, s:s}", "staff", "front1", "after",
	    str(list, "next"));
	ck_assert_str_eq(str(list, "looks.0.command"), "person.show");
	list = desk_do(dpo, "look.list", "{s:I, s:s}", "person", person, "unit", "residence");
	ck_assert_uint_eq(json_array_size(at(list, "looks")), 0);
	desk_refused(dpo, "INVALID", "look.list", NULL);
	desk_refused(dpo, "NOT_FOUND", "look.list", "{s:s}", "staff", "mallory");
	desk_refused(dpo, "DENIED", "person.show", "{s:I}", "id", person);
	desk_refused(d, "DENIED", "look.list", "{s:I}", "person", person);
	desk_close(dpo);
	looks_end();
}
END_TEST

/* That somebody of a closed unit looked, not at what: it would tell of a case. */
START_TEST(what_a_closed_unit_reads_is_not_told)
{
	json_t *list;
	struct desk *dpo, *soc1;
	int64_t person, id;

	looks_begin();
	soc1 = desk_open(o, "soc1");
	dpo = desk_open(o, "dpo1");
	person = a_person(d, "Haddad");
	id = num(desk_do(soc1, "case.open", "{s:I, s:s}", "person", person, "service", "S42"),
	    "case.id");
	desk_do(soc1, "case.show", "{s:I}", "id", id);
	list = desk_do(dpo, "look.list", "{s:I}", "person", person);
	ck_assert_str_eq(str(list, "looks.0.staff.login"), "soc1");
	ck_assert_str_eq(str(list, "looks.0.purpose_label"), "work of the unit");
	ck_assert(json_is_null(at(list, "looks.0.purpose")));
	ck_assert(json_is_null(at(list, "looks.0.command")));
	ck_assert(json_is_null(at(list, "looks.0.what")));
	desk_close(dpo);
	desk_close(soc1);
	looks_end();
}
END_TEST

START_TEST(the_officer_is_told_at_once)
{
	json_t *list;
	struct desk *dpo, *other;
	int64_t own;

	looks_begin();
	own = a_person(d, "Okafor");
	dpo = desk_open(o, "dpo1");
	other = desk_open(o, "front2");
	desk_do(dpo, "staff.me", NULL);
	desk_do(d, "person.show", "{s:I}", "id", own);
	desk_await_news(dpo, "alarm", DEADLINE_MS);
	list = desk_do(dpo, "look.unusual", NULL);
	ck_assert_int_eq(num(list, "today"), 1);
	ck_assert_str_eq(str(list, "unusual.0.sign"), "own");
	ck_assert_str_eq(str(list, "unusual.0.staff.login"), "front1");
	ck_assert_int_eq(num(list, "unusual.0.files"), 1);
	desk_refused(d, "DENIED", "look.unusual", NULL);
	/* nobody else hears of it */
	desk_do(d, "person.edit", "{s:I, s:s}", "id", own, "phone", "0170 1");
	desk_await_news(other, "person", DEADLINE_MS);
	for (size_t i = 0; i < json_array_size(other->news); i++)
		ck_assert_str_ne(json_string_value(json_array_get(other->news, i)), "alarm");
	desk_close(dpo);
	desk_close(other);
	looks_end();
}
END_TEST

Suite *suite_watch(void);

Suite *
suite_watch(void)
{
	Suite *s = suite_create("watch");
	TCase *tc = tcase_create("watch");

	tcase_add_unchecked_fixture(tc, office_prepare, NULL);
	tcase_add_test(tc, mass_reading_is_stopped_and_told);
	tcase_add_test(tc, taking_people_in_is_no_reading);
	tcase_add_test(tc, odd_looks_are_marked);
	tcase_add_test(tc, who_lives_with_a_namesake_is_marked);
	tcase_add_test(tc, an_export_tells_who_saw_it);
	tcase_add_test(tc, the_officer_reads_who_looked);
	tcase_add_test(tc, what_a_closed_unit_reads_is_not_told);
	tcase_add_test(tc, the_officer_is_told_at_once);
	suite_add_tcase(s, tc);
	return s;
}
