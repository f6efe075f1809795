/*
 * retention.c - what has had its time goes: proposed by one, approved by
 * another, done by tresen-admin; and nothing of it is left in any byte.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stands in everything that is written about the person who goes. */
#define BIRD "Kanarienvogel"
#define LATER "2037-01-02T09:00:00Z"

static int64_t
closed_case(struct office *o, const char *family, const char *words)
{
	struct desk *front = desk_open(o, "front1"), *ben = desk_open(o, "ben1");
	json_t *person = desk_do(front, "person.new", "{s:s, s:s, s:s, s:s}", "family", family,
	    "given", "Rania", "born", "1990-05-03", "address", words);
	int64_t who = num(person, "person.id"), visit, id;
	char key[64];

	visit = num(desk_do(front, "visit.new", "{s:s, s:I, s:s}", "concern", "S18", "person",
	    (json_int_t)who, "note", words), "visit.id");
	id = num(desk_do(ben, "case.open", "{s:I, s:s}", "person", (json_int_t)who, "service",
	    "S18"), "case.id");
	desk_do(front, "visit.next", "{s:s}", "counter", "main-1");
	desk_do(front, "visit.start", "{s:I}", "id", (json_int_t)visit);
	desk_do(front, "visit.edit", "{s:I, s:I}", "id", (json_int_t)visit, "case",
	    (json_int_t)id);
	desk_do(front, "visit.finish", "{s:I, s:s}", "id", (json_int_t)visit, "outcome", "done");
	snprintf(key, sizeof(key), "answers id=%d", (int)id);
	desk_do(front, "draft.save", "{s:s, s:{s:s}}", "key", key, "body", "typed", words);
	desk_do(ben, "case.claim", "{s:I}", "id", (json_int_t)id);
	desk_do(ben, "case.note", "{s:I, s:s}", "id", (json_int_t)id, "text", words);
	desk_do(ben, "case.decide", "{s:I, s:s, s:s}", "id", (json_int_t)id, "result", "refused",
	    "reason", words);
	desk_do(front, "case.handout", "{s:I}", "id", (json_int_t)id);
	desk_do(ben, "case.close", "{s:I, s:s}", "id", (json_int_t)id, "reason", words);
	desk_close(front);
	desk_close(ben);
	return id;
}

/* How many bytes of the office's files begin the word. */
static int
traces(struct office *o, const char *word)
{
	char command[PATH_MAX];
	FILE *f;
	int n = 0;

	snprintf(command, sizeof(command), "cat %s %s-wal %s-shm | grep -aoi '%s' | wc -l",
	    office_db(o), office_db(o), office_db(o), word);
	f = popen(command, "r");
	ck_assert_int_eq(fscanf(f, "%d", &n), 1);
	pclose(f);
	return n;
}

static int
retention(struct office *o, const char *word)
{
	setenv("TRESEN_NOW", LATER, 1);
	return admin("retention %s %s", office_db(o), word);
}

/* ---- due ---- */

START_TEST(a_case_is_due_when_its_term_has_run)
{
	struct office *o = office_new();
	int64_t id = closed_case(o, BIRD, "word");
	struct desk *d = desk_open(o, "dpo1");
	const json_t *list;

	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.due"), 0);
	/* ten years from the end of the year of closing, that day included */
	office_clock(o, "2036-12-31T09:00:00Z");
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.due"), 0);
	office_clock(o, "2037-01-01T09:00:00Z");
	list = desk_do(d, "retention.list", NULL);
	ck_assert_int_eq(num(list, "counts.due"), 1);
	ck_assert_int_eq(num(list, "cases.0.id"), id);
	ck_assert_str_eq(str(list, "cases.0.due"), "2036-12-31");
	ck_assert_str_eq(str(list, "cases.0.class"), "benefit_file");
	ck_assert(json_is_false(at(list, "cases.0.certain")));
	desk_close(d);
	office_free(o);
}
END_TEST

/* A later case of the class, open or closed, keeps the earlier one. */
START_TEST(the_last_case_of_a_class_counts)
{
	struct office *o = office_new();
	int64_t person;
	struct desk *ben, *d;

	closed_case(o, BIRD, "word");
	person = office_number_of(o, "SELECT max(id) FROM person");
	office_clock(o, "2030-03-01T09:00:00Z");
	ben = desk_open(o, "ben1");
	desk_do(ben, "case.open", "{s:I, s:s}", "person", (json_int_t)person, "service", "S36");
	desk_close(ben);
	office_clock(o, LATER);
	d = desk_open(o, "dpo1");
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.due"), 0);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(a_held_case_stays)
{
	struct office *o = office_new();
	int64_t id = closed_case(o, BIRD, "word");
	struct desk *d;

	office_clock(o, LATER);
	d = desk_open(o, "dpo1");
	desk_refused(d, "INVALID", "retention.hold", "{s:I, s:s, s:s}", "case", (json_int_t)id,
	    "reason", "court", "until", "2037-01-02");
	desk_do(d, "retention.hold", "{s:I, s:s, s:s}", "case", (json_int_t)id, "reason", "court",
	    "until", "2037-06-30");
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.held"), 1);
	ck_assert_str_eq(str(desk_do(d, "retention.list", NULL), "cases.0.hold_reason"), "court");
	desk_refused(d, "INVALID", "retention.propose", NULL);
	office_clock(o, "2037-07-01T09:00:00Z");
	desk_do(d, "retention.propose", NULL);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Blocked after the deletion was approved: it stays all the same, and the person. */
START_TEST(a_blocked_record_stays)
{
	struct office *o = office_new();
	struct desk *d, *admin1;
	int64_t run, block;

	closed_case(o, BIRD, "word");
	office_clock(o, LATER);
	d = desk_open(o, "dpo1");
	admin1 = desk_open(o, "admin1");
	run = num(desk_do(d, "retention.propose", NULL), "run.id");
	desk_do(admin1, "retention.approve", "{s:I}", "id", (json_int_t)run);
	block = num(desk_do(d, "person.block", "{s:I, s:s, s:s}", "id", (json_int_t)1, "reason",
	    "a claim", "reference", "letter"), "restriction.id");
	ck_assert(json_is_true(at(desk_do(d, "retention.list", NULL), "cases.0.blocked")));
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.held"), 1);
	desk_close(admin1);
	retention(o, "run");
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 1);
	desk_do(d, "restriction.end", "{s:I, s:s}", "id", (json_int_t)block, "reason", "settled");
	ck_assert_int_eq(num(desk_do(d, "retention.list", NULL), "counts.held"), 0);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* ---- two people ---- */

START_TEST(nobody_deletes_alone)
{
	struct office *o = office_new();
	struct desk *d, *again, *admin1;
	int64_t run;

	closed_case(o, BIRD, "word");
	office_clock(o, LATER);
	d = desk_open(o, "dpo1");
	again = desk_open(o, "dpo1");
	admin1 = desk_open(o, "admin1");
	desk_refused(admin1, "DENIED", "retention.list", NULL);
	desk_refused(admin1, "DENIED", "retention.propose", NULL);
	ck_assert_int_eq(retention(o, "run"), 66);
	run = num(desk_do(d, "retention.propose", NULL), "run.id");
	desk_refused(d, "CONFLICT", "retention.propose", NULL);
	ck_assert_int_eq(retention(o, "run"), 66);
	desk_refused(d, "DENIED", "retention.approve", "{s:I}", "id", (json_int_t)run);
	desk_refused(again, "DENIED", "retention.approve", "{s:I}", "id", (json_int_t)run);
	ck_assert_int_eq(num(desk_do(admin1, "retention.show", NULL), "classes.0.due"), 1);
	desk_do(admin1, "retention.approve", "{s:I}", "id", (json_int_t)run);
	desk_refused(admin1, "CONFLICT", "retention.approve", "{s:I}", "id", (json_int_t)run);
	/* seen first; nothing has gone by looking */
	ck_assert_msg(retention(o, "preview") == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "1 cases, 1 people, 1 visits"));
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 1);
	desk_do(d, "retention.withdraw", "{s:I}", "id", (json_int_t)run);
	ck_assert_int_eq(retention(o, "run"), 66);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 1);
	desk_close(d);
	desk_close(again);
	desk_close(admin1);
	office_sound(o);
	office_free(o);
}
END_TEST

static void
agree(struct office *o)
{
	struct desk *d = desk_open(o, "dpo1"), *admin1 = desk_open(o, "admin1");
	int64_t run = num(desk_do(d, "retention.propose", NULL), "run.id");

	desk_do(admin1, "retention.approve", "{s:I}", "id", (json_int_t)run);
	desk_close(d);
	desk_close(admin1);
}

/* ---- and nothing is left ---- */

START_TEST(no_byte_of_it_is_left)
{
	struct office *o = office_new();
	struct desk *d;

	closed_case(o, BIRD, "geheimer " BIRD);
	closed_case(o, "Bleiber", "bleibt");
	ck_assert_int_gt(traces(o, BIRD), 5);
	office_clock(o, LATER);
	/* whoever stays has come again */
	d = desk_open(o, "ben1");
	desk_do(d, "case.open", "{s:I, s:s}", "person", (json_int_t)office_number_of(o,
	    "SELECT id FROM person WHERE display LIKE '%Bleiber%' OR display LIKE 'BLEIBER%'"),
	    "service", "S18");
	desk_close(d);
	agree(o);
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	ck_assert_int_eq(traces(o, BIRD), 0);
	ck_assert_int_eq(traces(o, "KANARIENVOGEL"), 0);
	ck_assert_int_gt(traces(o, "Bleiber"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 2);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM visit"), 1);
	/* the events tell the state as it is now, and the chain still holds */
	office_sound(o);
	ck_assert_msg(admin("verify %s", office_db(o)) == 0, "%s", said);
	/* and people go on working */
	d = desk_open(o, "front1");
	desk_do(d, "person.new", "{s:s}", "family", "Neu");
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* The record of a person stays while anything else of them does. */
START_TEST(a_person_with_something_left_stays)
{
	struct office *o = office_new();
	int64_t person;
	struct desk *d;

	closed_case(o, BIRD, "word");
	person = office_number_of(o, "SELECT max(id) FROM person");
	office_clock(o, LATER);
	d = desk_open(o, "front1");
	desk_do(d, "visit.new", "{s:s, s:I}", "concern", "S29", "person", (json_int_t)person);
	desk_close(d);
	agree(o);
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "1 cases, 0 people"));
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM visit"), 1);
	office_sound(o);
	ck_assert_msg(admin("verify %s", office_db(o)) == 0, "%s", said);
	office_free(o);
}
END_TEST

/* ---- how long is data ---- */

/* Loads a catalogue whose entry of that class was edited with sed. */
static void
load_edited(struct office *o, const char *class, const char *edit)
{
	shell("cp -r data forms $(dirname %s) && sed -i '/class = \"%s\"/,/valid_from/ %s'"
	      " $(dirname %s)/data/catalogue/retention.conf", office_db(o), class, edit,
	    office_db(o));
	ck_assert_msg(admin("catalogue %s $(dirname %s)/data", office_db(o), office_db(o)) == 0,
	    "%s", said);
}

/* 215 days before the deletion. */
static void
come_again(struct office *o, int64_t person)
{
	struct desk *front;
	int64_t visit;

	office_clock(o, "2036-06-01T09:00:00Z");
	front = desk_open(o, "front1");
	visit = num(desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S29", "person",
	    (json_int_t)person), "visit.id");
	desk_do(front, "visit.next", "{s:s}", "counter", "main-1");
	desk_do(front, "visit.start", "{s:I}", "id", (json_int_t)visit);
	desk_do(front, "visit.finish", "{s:I, s:s}", "id", (json_int_t)visit, "outcome", "done");
	desk_close(front);
}

START_TEST(the_catalogue_says_who_has_come_lately)
{
	static const struct { const char *edit, *told; } terms[] = {
		{ "s/x/x/", "1 cases, 0 people" },
		{ "s/amount = 365/amount = 215/", "1 cases, 1 people" },
		{ "s/amount = 365/amount = 216/", "1 cases, 0 people" },
		{ "s/amount = 365; term_unit = \"days\";//", "1 cases, 0 people" },
	};
	struct office *o = office_new();

	closed_case(o, BIRD, "word");
	come_again(o, office_number_of(o, "SELECT max(id) FROM person"));
	load_edited(o, "person", terms[_i].edit);
	office_clock(o, LATER);
	agree(o);
	ck_assert_msg(retention(o, "run") == 0 && strstr(said, terms[_i].told), "%s", said);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Two drafts, 31 and 29 days old. */
static int
drafts_left(const char *edit)
{
	static const char *const days[] = { "2036-12-02T08:59:59Z", "2036-12-04T09:00:00Z" };
	struct office *o = office_new();
	int n;

	closed_case(o, BIRD, "word");
	load_edited(o, "draft", edit);
	for (size_t i = 0; i < COUNT_OF(days); i++) {
		struct desk *d;

		office_clock(o, days[i]);
		d = desk_open(o, "ben1");
		desk_do(d, "draft.save", "{s:s, s:{s:s}}", "key", days[i], "body", "typed", "w");
		desk_close(d);
	}
	office_clock(o, LATER);
	agree(o);
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	n = (int)office_number_of(o, "SELECT count(*) FROM draft");
	office_free(o);
	return n;
}

START_TEST(the_catalogue_says_how_old_a_draft_may_be)
{
	ck_assert_int_eq(drafts_left("s/x/x/"), 1);
	ck_assert_int_eq(drafts_left("s/amount = 30/amount = 28/"), 0);
	ck_assert_int_eq(drafts_left("s/amount = 30/amount = 32/"), 2);
}
END_TEST

/* Replies go by themselves, at every 64th. */
START_TEST(the_catalogue_says_how_long_a_reply_is_kept)
{
	struct office *o = office_new();
	struct desk *d;

	load_edited(o, "reply", "s/amount = 7/amount = 2/");
	d = desk_open(o, "front1");
	desk_do(d, "person.new", "{s:s, s:s}", "family", "Alt", "request_id", "old");
	desk_close(d);
	office_clock(o, "2026-11-26T09:00:00Z");
	d = desk_open(o, "front1");
	for (int i = 0; i < 64; i++) {
		char id[20];

		snprintf(id, sizeof(id), "new-%d", i);
		desk_do(d, "person.new", "{s:s, s:s}", "family", id, "request_id", id);
	}
	desk_close(d);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM reply WHERE request_id = 'old'"),
	    0);
	office_free(o);
}
END_TEST

/* An office whose catalogue is older deletes nothing, and says what to do; what
 * migrate brings is what this tresen brings along, never instead of a figure. */
START_TEST(without_a_term_nothing_goes)
{
	struct office *o = office_new();

	closed_case(o, BIRD, "word");
	office_clock(o, LATER);
	agree(o);
	load_edited(o, "draft", "s/amount = 30/amount = 31/");
	shell("sqlite=\"import sqlite3, sys; d = sqlite3.connect(sys.argv[1], isolation_level=None);"
	    "d.execute('DELETE FROM retention_rule WHERE class = \\\"person\\\"');"
	    "d.execute('DELETE FROM office WHERE key = \\\"deputy_days\\\"')\";"
	    " python3 -c \"$sqlite\" %s", office_db(o));
	ck_assert_int_eq(retention(o, "preview"), 74);
	ck_assert_int_eq(retention(o, "run"), 74);
	ck_assert_msg(strstr(said, "class \"person\"") && strstr(said, "tresen-admin catalogue"),
	    "%s", said);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 1);
	ck_assert_msg(admin("migrate %s", office_db(o)) == 0 && strstr(said, "Figures that this"),
	    "%s", said);
	ck_assert_int_eq(office_number_of(o, "SELECT amount FROM retention_rule WHERE class ="
	    " 'draft'"), 31);
	ck_assert_int_eq(office_number_of(o, "SELECT value FROM office WHERE key = 'deputy_days'"),
	    366);
	ck_assert_msg(retention(o, "run") == 0 && strstr(said, "1 cases, 1 people"), "%s", said);
	/* and again nothing is to be done */
	ck_assert_int_eq(admin("migrate %s", office_db(o)), 0);
	ck_assert_ptr_null(strstr(said, "Figures that this"));
	office_free(o);
}
END_TEST

/* What a closed unit told, was asked and may tell goes with its last case, also
 * where the person stays for the sake of another unit. */
START_TEST(disclosures_and_consents_go_with_the_case)
{
	struct office *o = office_new();
	struct desk *soc = desk_open(o, "soc1"), *res = desk_open(o, "res1");
	int64_t person = a_person(res, "Haddad"), id, ask;

	id = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", person, "service", "S20"),
	    "case.id");
	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_do(soc, "case.note", "{s:I, s:s}", "id", id, "text", "n");
	desk_do(soc, "consent.give", "{s:I, s:s, s:s}", "person", person, "to", "residence",
	    "scope", "all");
	ask = num(desk_do(res, "disclosure.ask", "{s:I, s:s, s:s}", "person", person, "to",
	    "social_work", "question", BIRD), "ask.id");
	desk_do(soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:I}", "case", id, "to",
	    "residence", "basis", "consent", "fields", "note.1000000001", "reason", BIRD, "ask", ask);
	desk_do(soc, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "settled", "reason",
	    "done");
	desk_do(soc, "case.close", "{s:I}", "id", id);
	office_clock(o, LATER);
	a_case(res, person);
	desk_close(soc);
	desk_close(res);
	agree(o);
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM disclosure"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM disclosure_ask"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM consent"), 0);
	ck_assert_int_eq(traces(o, BIRD), 0);
	office_sound(o);
	ck_assert_msg(admin("verify %s", office_db(o)) == 0, "%s", said);
	office_free(o);
}
END_TEST

/* Every service has a class, and forms name only classes that there are. */
START_TEST(all_services_have_a_class)
{
	struct office *o = office_new();

	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM service WHERE code NOT IN"
	    " (SELECT service FROM retention_service)"), 0);
	shell("for c in $(sed -n 's/^retention = \"\\(.*\\)\";/\\1/p' forms/*.form | sort -u); do"
	      " grep -q \"class = \\\"$c\\\"\" data/catalogue/retention.conf || exit 1; done");
	office_free(o);
}
END_TEST

Suite *suite_retention(void);

Suite *
suite_retention(void)
{
	Suite *s = suite_create("retention");
	TCase *t = tcase_create("retention");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, a_case_is_due_when_its_term_has_run);
	tcase_add_test(t, the_last_case_of_a_class_counts);
	tcase_add_test(t, a_held_case_stays);
	tcase_add_test(t, a_blocked_record_stays);
	tcase_add_test(t, nobody_deletes_alone);
	tcase_add_test(t, no_byte_of_it_is_left);
	tcase_add_test(t, a_person_with_something_left_stays);
	tcase_add_test(t, disclosures_and_consents_go_with_the_case);
	tcase_add_test(t, all_services_have_a_class);
	tcase_add_loop_test(t, the_catalogue_says_who_has_come_lately, 0, 4);
	tcase_add_test(t, the_catalogue_says_how_old_a_draft_may_be);
	tcase_add_test(t, the_catalogue_says_how_long_a_reply_is_kept);
	tcase_add_test(t, without_a_term_nothing_goes);
	suite_add_tcase(s, t);
	return s;
}
