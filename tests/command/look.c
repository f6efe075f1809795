/*
 * look.c - no log, no answer: each look at a person's file is an event, with
 * the right person and a purpose, once.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

static struct office *o;
static struct desk *d;

static void
begin(void)
{
	o = office_new();
	d = desk_open(o, "front1");
}

static void
end(void)
{
	desk_close(d);
	office_sound(o);
	office_free(o);
}

/* How many looks of a kind a command has left at a person. */
static int64_t
looks(const char *command, const char *kind, int64_t person)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event e JOIN event_object b"
	    " ON b.seq = e.seq WHERE e.command = '%s' AND b.kind = '%s' AND b.id = %lld"
	    " AND e.topics & 127 = 0 AND length(e.changeset) = 0", command, kind,
	    (long long)person);
	return office_number_of(o, sql);
}

static int64_t
all_looks(void)
{
	return office_number_of(o, "SELECT count(DISTINCT seq) FROM event_object"
	    " WHERE kind IN ('look', 'hit')");
}

static void
purpose_is(int64_t person, const char *command, const char *purpose)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event e JOIN event_object b ON b.seq = e.seq"
	    " WHERE e.command = '%s' AND b.kind = 'look' AND b.id = %lld AND e.reason IS '%s'",
	    command, (long long)person, purpose);
	ck_assert_msg(office_number_of(o, sql) == 1, "%s at %lld: not %s", command,
	    (long long)person, purpose);
}

/* ---- one look each ---- */

START_TEST(each_command_leaves_one_look)
{
	static const char *const shown[] = {
		"person.show", "person.history", "person.terms", "person.proposals",
		"person.export",
	};
	int64_t person, other, id;

	begin();
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
	desk_do(d, "merge.propose", "{s:I, s:I, s:s, s:b}", "id", person, "with", other, "reason",
	    "one", "preview", 1);
	ck_assert_int_eq(looks("merge.propose", "look", person), 1);
	ck_assert_int_eq(looks("merge.propose", "look", other), 1);
	end();
}
END_TEST

START_TEST(lists_of_hits_name_everybody)
{
	int64_t person, other;

	begin();
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
	end();
}
END_TEST

/* The loser of a race is told what stands there now. */
START_TEST(what_a_conflict_shows_is_a_look)
{
	int64_t person;

	begin();
	person = a_person(d, "Haddad");
	desk_do(d, "person.edit", "{s:I, s:s}", "id", person, "phone", "0170 1");
	desk_refused(d, "CONFLICT", "person.edit", "{s:I, s:i, s:s}", "id", person, "version", 1,
	    "phone", "0170 2");
	ck_assert_int_eq(looks("person.edit", "look", person), 1);
	end();
}
END_TEST

/* ---- the same look ---- */

START_TEST(the_same_look_is_one_for_some_minutes)
{
	int64_t person;

	begin();
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
	end();
}
END_TEST

START_TEST(a_refresh_is_none)
{
	struct desk *other;
	int64_t person;

	begin();
	other = desk_open(o, "front2");
	person = a_person(d, "Haddad");
	desk_do(d, "person.show", "{s:I}", "id", person);
	office_clock(o, "2026-11-23T10:00:00Z");
	desk_do(other, "person.edit", "{s:I, s:s}", "id", person, "phone", "0170 1");
	desk_await_news(d, "person", 5000);
	desk_do(d, "person.show", "{s:I}", "id", person);
	ck_assert_int_eq(looks("person.show", "look", person), 1);
	desk_close(other);
	end();
}
END_TEST

/* Looks tell other sessions nothing. */
START_TEST(nobody_is_woken)
{
	struct desk *other;
	int64_t person;

	begin();
	person = a_person(d, "Haddad");
	other = desk_open(o, "front2");
	json_array_clear(other->news);
	desk_do(d, "person.show", "{s:I}", "id", person);
	desk_do(d, "person.edit", "{s:I, s:s}", "id", person, "phone", "0170 1");
	desk_await_news(other, "person", 5000);
	ck_assert_uint_eq(json_array_size(other->news), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event WHERE topics = 0"
	    " AND command = 'person.show'"), 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(d, "person.history", "{s:I}", "id", person),
	    "history")), 2);
	desk_close(other);
	end();
}
END_TEST

/* ---- typing ---- */

START_TEST(typing_leaves_one_list)
{
	int64_t person, other;

	begin();
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
	ck_assert_int_eq(looks("person.find", "hit", other), 0);
	end();
}
END_TEST

/* The form of a newcomer searches at each key, too. */
START_TEST(typing_a_form_leaves_one_list)
{
	begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.candidates", "{s:s, s:s}", "family", "Had", "given", "R");
	desk_do(d, "person.candidates", "{s:s, s:s}", "family", "Haddad", "given", "R");
	desk_do(d, "person.candidates", "{s:s, s:s}", "family", "Haddad", "given", "Rania");
	ck_assert_int_eq(all_looks(), 0);
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(all_looks(), 1);
	end();
}
END_TEST

START_TEST(each_page_is_kept)
{
	json_t *page;

	begin();
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
	end();
}
END_TEST

/* Another beginning is another search: nobody lists the register unseen. */
START_TEST(what_does_not_go_on_is_kept_first)
{
	begin();
	a_person(d, "Haddad");
	a_person(d, "Nguyen");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_do(d, "person.find", "{s:s}", "q", "nguyen");
	ck_assert_int_eq(all_looks(), 1);
	desk_do(d, "person.find", "{s:s}", "q", "nguy");
	ck_assert_int_eq(all_looks(), 2);
	end();
}
END_TEST

START_TEST(a_list_is_kept_when_the_typing_rests)
{
	int64_t until;

	begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	for (until = ticks_ms() + 5000; all_looks() == 0 && ticks_ms() < until;)
		;
	ck_assert_int_eq(all_looks(), 1);
	end();
}
END_TEST

START_TEST(a_list_is_kept_when_the_client_goes)
{
	begin();
	a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_close(d);
	ck_assert_int_eq(all_looks(), 1);
	d = desk_open(o, "front1");
	end();
}
END_TEST

/* ---- what for ---- */

START_TEST(a_purpose_holds_for_the_day)
{
	json_t *shown;
	int64_t person;

	begin();
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
	end();
}
END_TEST

START_TEST(a_purpose_is_one_of_the_list)
{
	int64_t person;

	begin();
	person = a_person(d, "Haddad");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "fun");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "serving");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "other");
	desk_refused(d, "INVALID", "person.show", "{s:I, s:s}", "id", person, "purpose", "other: ");
	ck_assert_int_eq(all_looks(), 0);
	desk_do(d, "person.show", "{s:I, s:s}", "id", person, "purpose", "other: lost umbrella");
	purpose_is(person, "person.show", "other: lost umbrella");
	end();
}
END_TEST

START_TEST(who_is_served_is_not_asked_about)
{
	json_t *shown;
	int64_t person, visit;

	begin();
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
	end();
}
END_TEST

START_TEST(who_works_on_a_case_is_not_asked)
{
	struct desk *res1, *res2;
	int64_t person, id;

	begin();
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
	end();
}
END_TEST

/* What a supervisor opens of the own unit, from the console or to give it to
 * somebody, is supervision; anything else they are asked about. */
START_TEST(who_supervises_a_unit_is_not_asked)
{
	struct desk *res1, *super, *ben1;
	int64_t person, id, other;

	begin();
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
	end();
}
END_TEST

/* Who may approve it must read it. */
START_TEST(who_may_approve_is_not_asked)
{
	struct desk *res1, *res2, *ben1, *super;
	int64_t id;

	begin();
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
	end();
}
END_TEST

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

	begin();
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

START_TEST(odd_looks_are_marked)
{
	int64_t own, locked, plain;

	begin();
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
	end();
}
END_TEST

START_TEST(who_lives_with_a_namesake_is_marked)
{
	int64_t own, beside, home;

	begin();
	own = a_person(d, "Okafor");
	beside = a_person(d, "Haddad");
	home = num(desk_do(d, "household.new", "{s:I, s:s, s:s, s:s}", "person", own, "kind",
	    "flat", "street", "Hauptstr. 1", "from", "2026-11-01"), "household.id");
	desk_do(d, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", home, "person", beside,
	    "role", "spouse", "from", "2026-11-02");
	desk_do(d, "person.show", "{s:I}", "id", beside);
	ck_assert_int_eq(looks("person.show", "watch.home", beside), 1);
	ck_assert_int_eq(looks("person.show", "watch.own", beside), 0);
	end();
}
END_TEST

/* ---- who reads it ---- */

START_TEST(an_export_tells_who_saw_it)
{
	json_t *package, *seen;
	struct desk *soc1;
	const char *text;
	int64_t person, id;

	begin();
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
	end();
}
END_TEST

START_TEST(the_officer_reads_who_looked)
{
	json_t *list;
	struct desk *dpo;
	int64_t person;

	begin();
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
	end();
}
END_TEST

/* That somebody of a closed unit looked, not at what: it would tell of a case. */
START_TEST(what_a_closed_unit_reads_is_not_told)
{
	json_t *list;
	struct desk *dpo, *soc1;
	int64_t person, id;

	begin();
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
	end();
}
END_TEST

START_TEST(the_officer_is_told_at_once)
{
	json_t *list;
	struct desk *dpo, *other;
	int64_t own;

	begin();
	own = a_person(d, "Okafor");
	dpo = desk_open(o, "dpo1");
	other = desk_open(o, "front2");
	desk_do(dpo, "staff.me", NULL);
	desk_do(d, "person.show", "{s:I}", "id", own);
	desk_await_news(dpo, "alarm", 5000);
	list = desk_do(dpo, "look.unusual", NULL);
	ck_assert_int_eq(num(list, "today"), 1);
	ck_assert_str_eq(str(list, "unusual.0.sign"), "own");
	ck_assert_str_eq(str(list, "unusual.0.staff.login"), "front1");
	ck_assert_int_eq(num(list, "unusual.0.files"), 1);
	desk_refused(d, "DENIED", "look.unusual", NULL);
	/* nobody else hears of it */
	desk_do(d, "person.edit", "{s:I, s:s}", "id", own, "phone", "0170 1");
	desk_await_news(other, "person", 5000);
	for (size_t i = 0; i < json_array_size(other->news); i++)
		ck_assert_str_ne(json_string_value(json_array_get(other->news, i)), "alarm");
	desk_close(dpo);
	desk_close(other);
	end();
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

	begin();
	person = a_person(d, "Haddad");
	desk_do(d, "staff.me", NULL);
	limit_files(1000);
	error = desk_refused(d, "STORE", "person.show", "{s:I}", "id", person);
	ck_assert_ptr_nonnull(strstr(str(error, "message"), "recorded"));
	ck_assert_ptr_null(json_object_get(json_object_get(error, "data"), "person"));
	desk_do(d, "person.find", "{s:s}", "q", "haddad");
	desk_refused(d, "STORE", "person.find", "{s:s}", "q", "nguyen");
	limit_files(RLIM_INFINITY);
	desk_do(d, "person.find", "{s:s}", "q", "nguyen");
	ck_assert_int_eq(looks("person.find", "hit", person), 1);
	desk_do(d, "person.show", "{s:I}", "id", person);
	end();
}
END_TEST

Suite *suite_look(void);

Suite *
suite_look(void)
{
	Suite *s = suite_create("look");
	TCase *tc = tcase_create("look");

	tcase_set_timeout(tc, 60);
	tcase_add_unchecked_fixture(tc, office_prepare, NULL);
	tcase_add_test(tc, each_command_leaves_one_look);
	tcase_add_test(tc, lists_of_hits_name_everybody);
	tcase_add_test(tc, what_a_conflict_shows_is_a_look);
	tcase_add_test(tc, the_same_look_is_one_for_some_minutes);
	tcase_add_test(tc, a_refresh_is_none);
	tcase_add_test(tc, nobody_is_woken);
	tcase_add_test(tc, typing_leaves_one_list);
	tcase_add_test(tc, typing_a_form_leaves_one_list);
	tcase_add_test(tc, each_page_is_kept);
	tcase_add_test(tc, what_does_not_go_on_is_kept_first);
	tcase_add_test(tc, a_list_is_kept_when_the_typing_rests);
	tcase_add_test(tc, a_list_is_kept_when_the_client_goes);
	tcase_add_test(tc, a_purpose_holds_for_the_day);
	tcase_add_test(tc, a_purpose_is_one_of_the_list);
	tcase_add_test(tc, who_is_served_is_not_asked_about);
	tcase_add_test(tc, who_works_on_a_case_is_not_asked);
	tcase_add_test(tc, who_supervises_a_unit_is_not_asked);
	tcase_add_test(tc, who_may_approve_is_not_asked);
	tcase_add_test(tc, mass_reading_is_stopped_and_told);
	tcase_add_test(tc, odd_looks_are_marked);
	tcase_add_test(tc, who_lives_with_a_namesake_is_marked);
	tcase_add_test(tc, an_export_tells_who_saw_it);
	tcase_add_test(tc, the_officer_reads_who_looked);
	tcase_add_test(tc, what_a_closed_unit_reads_is_not_told);
	tcase_add_test(tc, the_officer_is_told_at_once);
	tcase_add_test(tc, what_cannot_be_kept_is_not_shown);
	suite_add_tcase(s, tc);
	return s;
}
