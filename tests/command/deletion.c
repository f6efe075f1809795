/*
 * deletion.c - a deletion goes on while people work: killed at any moment it is
 * taken up again, who comes back meanwhile stays, who reads an older state is
 * waited for, and of hundreds of names no byte is left.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

#define LATER "2037-01-02T09:00:00Z"
#define PEOPLE 60
/* In every name and every text about them; a tail makes the rows large, so that
 * pages are split and rows are moved. */
#define BIRD "Kanarienvogel"
#define TAIL "quetzalcoatlquetzalcoatlquetzalcoatlquetzalcoatl"
#define STAYER "Bleiber"

/* ---- an office of which much has had its time ---- */

static int64_t people[PEOPLE], cases[PEOPLE];
static bool some_stay;           /* two of three have a case that is open */

static bool
stays(int i)
{
	return some_stay && i % 3;
}

/* Not in the order of their names. */
static void
name_of(int i, char name[200])
{
	snprintf(name, 200, "%c%c%s%03d" TAIL, 'A' + i * 17 % 26, 'a' + i * 7 % 26,
	    stays(i) ? STAYER : BIRD, i);
}

static int64_t
open_case(struct desk *ben, int64_t person)
{
	return num(desk_do(ben, "case.open", "{s:I, s:s}", "person", (json_int_t)person, "service",
	    "S18"), "case.id");
}

static void
closed_people(struct office *o)
{
	struct desk *front = desk_open(o, "front1"), *ben = desk_open(o, "ben1");

	for (int i = 0; i < PEOPLE; i++) {
		char name[200], key[40];
		int64_t id;

		name_of(i, name);
		people[i] = num(desk_do(front, "person.new", "{s:s, s:s, s:s}", "family", name, "given",
		    "Rania", "address", name), "person.id");
		id = cases[i] = open_case(ben, people[i]);
		desk_do(ben, "case.claim", "{s:I}", "id", (json_int_t)id);
		/* in the order of their texts: most of them between two others */
		snprintf(key, sizeof(key), "note id=%d", (int)id);
		desk_do(ben, "draft.save", "{s:s, s:{s:[s, s, s]}}", "key", key, "body", "typed",
		    name, name, name);
		desk_do(ben, "case.note", "{s:I, s:s}", "id", (json_int_t)id, "text", name);
		desk_do(ben, "case.decide", "{s:I, s:s, s:s}", "id", (json_int_t)id, "result",
		    "refused", "reason", name);
		desk_do(front, "case.handout", "{s:I}", "id", (json_int_t)id);
		desk_do(ben, "case.close", "{s:I}", "id", (json_int_t)id);
		if (stays(i))
			open_case(ben, people[i]);
	}
	desk_close(front);
	desk_close(ben);
}

static void
agree(struct office *o)
{
	struct desk *d = desk_open(o, "dpo1"), *admin1 = desk_open(o, "admin1");
	int64_t run = num(desk_do(d, "retention.propose", NULL), "run.id");

	desk_do(admin1, "retention.approve", "{s:I}", "id", (json_int_t)run);
	desk_close(d);
	desk_close(admin1);
}

/* Begun a moment ago, unlike what was typed while the cases were open. */
static void
type_of_them(struct office *o)
{
	struct desk *ben = desk_open(o, "ben1");
	char key[40];

	snprintf(key, sizeof(key), "note id=%d", (int)cases[0]);
	desk_do(ben, "draft.save", "{s:s, s:{s:s}}", "key", key, "body", "typed", BIRD "000");
	snprintf(key, sizeof(key), "person_edit id=%d", (int)people[30]);
	desk_do(ben, "draft.save", "{s:s, s:{s:s}}", "key", key, "body", "typed", BIRD "030");
	desk_close(ben);
}

static struct office *
office_of_closed_people(void)
{
	struct office *o = office_new();

	closed_people(o);
	office_clock(o, LATER);
	setenv("TRESEN_NOW", LATER, 1);
	type_of_them(o);
	agree(o);
	return o;
}

static int
retention(struct office *o, const char *word)
{
	return admin("retention %s %s", office_db(o), word);
}

static int
traces(struct office *o, const char *word)
{
	command_of("cat %s %s-wal %s-shm | grep -aoi '%s' | wc -l", office_db(o), office_db(o),
	    office_db(o), word);
	return atoi(said);
}

/* Whoever is there is there with all of theirs; check, and both verifiers. */
static void
whole_or_gone(struct office *o)
{
	int64_t left = office_number_of(o, "SELECT count(*) FROM person");

	ck_assert_int_eq(office_number_of(o, "SELECT count(DISTINCT person_id) FROM case_file"), left);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_note"), left);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person_name"), left);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person_spelling WHERE person_id > 0"),
	                 left);
	office_sound(o);
	ck_assert_msg(admin("verify %s", office_db(o)) == 0, "%s", said);
	ck_assert_msg(command_of("python3 tests/proof.py %s", office_db(o)) == 0, "%s", said);
}

/* ---- a deletion that runs, a transaction at a time ---- */

enum { LOCK, ROOM };             /* of the office lock, see store/lock.c */

static pid_t
deletion_start(struct office *o)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		char program[PATH_MAX], db[PATH_MAX];

		snprintf(program, sizeof(program), "%s/tresen-admin", program_folder());
		snprintf(db, sizeof(db), "%s", office_db(o));
		ck_assert_ptr_nonnull(freopen("/dev/null", "w", stdout));
		execl(program, "tresen-admin", "retention", db, "run", NULL);
		_exit(127);
	}
	return pid;
}

static struct office_lock
lock_of(struct office *o)
{
	struct office_lock lock;
	struct stat st;

	ck_assert_int_eq(stat(office_db(o), &st), 0);
	office_lock_init(&lock, &st);
	ck_assert(office_lock_take(&lock, DEADLINE_MS));
	return lock;
}

/* Until so many wait at one of its semaphores. */
static void
await_waiting(const struct office_lock *lock, int which, int n)
{
	int64_t until = ticks_ms() + DEADLINE_MS;

	while (semctl(lock->id, which, GETNCNT) < n)
		ck_assert_int_lt(ticks_ms(), until);
}

/* Who is the next gets it, and when that one is done we have it again. */
static void
one_turn(struct office_lock *lock)
{
	await_waiting(lock, LOCK, 1);
	office_lock_give(lock);
	ck_assert(office_lock_take(lock, DEADLINE_MS));
}

/* Until something is gone; the deletion waits for its next turn then. */
static void
until_some_went(struct office *o, struct office_lock *lock, int64_t before)
{
	while (office_number_of(o, "SELECT count(*) FROM person") == before)
		one_turn(lock);
}

static void
kill_and_wait(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
}

/* ---- the stories ---- */

START_TEST(killed_at_any_moment_it_goes_on)
{
	struct office *o = office_of_closed_people();
	int64_t left = PEOPLE;
	int code;

	/* between two of its transactions, twice */
	for (int i = 0; i < 2; i++) {
		struct office_lock lock = lock_of(o);
		pid_t pid = deletion_start(o);

		until_some_went(o, &lock, left);
		kill_and_wait(pid);
		office_lock_give(&lock);
		left = office_number_of(o, "SELECT count(*) FROM person");
		ck_assert_int_gt(left, 0);
		whole_or_gone(o);
	}
	/* and anywhere, until it is done */
	for (int ms = 10; ms < 200; ms += 27)
		shell("timeout -s KILL 0.%03d %s/tresen-admin retention %s run || true", ms,
		      program_folder(), office_db(o));
	whole_or_gone(o);
	code = retention(o, "run");
	ck_assert_msg(code == 0 || code == 66, "%s", said);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT cases FROM retention_run"), PEOPLE);
	ck_assert_int_eq(office_number_of(o, "SELECT people FROM retention_run"), PEOPLE);
	ck_assert_int_eq(traces(o, BIRD), 0);
	whole_or_gone(o);
	office_free(o);
}
END_TEST

/* Everybody saves all the time, and somebody whose file was to go has come back. */
START_TEST(who_comes_back_meanwhile_stays)
{
	struct office *o = office_of_closed_people();
	struct desk *ben = desk_open(o, "ben1"), *front = desk_open(o, "front1");
	struct office_lock lock = lock_of(o);
	pid_t pid = deletion_start(o);
	int status, done = 0;

	until_some_went(o, &lock, PEOPLE);
	/* its list is made; the last of it comes before its next turn but one */
	await_waiting(&lock, LOCK, 1);
	desk_send(ben, "case.open", json_pack("{s:I, s:s}", "person", (json_int_t)people[PEOPLE - 1],
	    "service", "S18"));
	await_waiting(&lock, ROOM, 1);
	office_lock_give(&lock);
	ck_assert_ptr_nonnull(json_object_get(desk_reply(ben), "result"));
	while (waitpid(pid, &status, WNOHANG) == 0) {
		desk_do(front, "visit.new", "{s:s}", "concern", "S02");
		done++;
	}
	ck_assert_int_eq(status, 0);
	ck_assert_int_gt(done, 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 2);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM retention_item"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event WHERE command = 'retention.run'"
	    " AND reason LIKE '%is done: 59 cases, 59 people; 1 cases of the list stay%'"), 1);
	ck_assert_int_eq(traces(o, BIRD "000"), 0);
	ck_assert_int_eq(traces(o, BIRD "058"), 0);
	ck_assert_int_gt(traces(o, BIRD "059"), 0);
	desk_close(ben);
	desk_close(front);
	whole_or_gone(o);
	office_free(o);
}
END_TEST

/* A title without an end is something left of its holder. */
START_TEST(who_has_a_title_stays)
{
	struct office *o = office_of_closed_people();
	struct desk *res = desk_open(o, "res1");

	desk_do(res, "person.term", "{s:I, s:s, s:s}", "id", people[0], "kind", "title", "from",
	    "2026-01-01");
	desk_close(res);
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	ck_assert_int_eq(office_number_of(o, "SELECT id FROM person"), people[0]);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_file"), 0);
	office_free(o);
}
END_TEST

/* A look at a file that goes is no reason to keep it, but its purpose goes, too. */
START_TEST(what_was_looked_at_meanwhile_leaves_nothing)
{
	struct office *o = office_of_closed_people();
	struct desk *ben = desk_open(o, "ben1");
	struct office_lock lock = lock_of(o);
	pid_t pid = deletion_start(o);
	int status;

	until_some_went(o, &lock, PEOPLE);
	await_waiting(&lock, LOCK, 1);
	desk_send(ben, "person.show", json_pack("{s:I, s:s}", "id", (json_int_t)people[PEOPLE - 1],
	    "purpose", "other: " BIRD));
	await_waiting(&lock, ROOM, 1);
	office_lock_give(&lock);
	ck_assert_ptr_nonnull(json_object_get(desk_reply(ben), "result"));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	desk_close(ben);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 0);
	ck_assert_int_eq(traces(o, BIRD), 0);
	office_sound(o);
	office_free(o);
}
END_TEST

/* The second person covers the list: whoever takes that back stops the rest. */
START_TEST(withdrawn_in_the_middle_the_rest_stays)
{
	struct office *o = office_of_closed_people();
	struct desk *d = desk_open(o, "dpo1");
	struct office_lock lock = lock_of(o);
	pid_t pid = deletion_start(o);
	int64_t left;
	int status;

	until_some_went(o, &lock, PEOPLE);
	await_waiting(&lock, LOCK, 1);
	desk_send(d, "retention.withdraw", json_pack("{s:i}", "id", 1));
	await_waiting(&lock, ROOM, 1);
	office_lock_give(&lock);
	ck_assert_ptr_nonnull(json_object_get(desk_reply(d), "result"));
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(WEXITSTATUS(status), 1);
	desk_close(d);
	left = office_number_of(o, "SELECT count(*) FROM person");
	ck_assert_int_gt(left, 0);
	whole_or_gone(o);
	/* what has gone is not to be found all the same */
	ck_assert_int_eq(retention(o, "due"), 0);
	ck_assert_ptr_nonnull(strstr(said, "scrub"));
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), left);
	ck_assert_int_eq(traces(o, BIRD "000"), 0);
	office_free(o);
}
END_TEST

START_TEST(who_reads_an_older_state_is_waited_for)
{
	struct office *o = office_of_closed_people();
	sqlite3 *reader;

	ck_assert_int_eq(sqlite3_open(office_db(o), &reader), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM person", NULL, NULL, NULL),
	                 SQLITE_OK);
	ck_assert_int_eq(retention(o, "run"), 75);
	ck_assert_ptr_nonnull(strstr(said, "60 cases, 60 people"));
	ck_assert_ptr_nonnull(strstr(said, "not yet from every byte"));
	ck_assert_ptr_nonnull(strstr(said, "retention"));
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), 0);
	ck_assert_int_eq(retention(o, "due"), 0);
	ck_assert_ptr_nonnull(strstr(said, "still stands in bytes of the file"));
	sqlite3_close(reader);
	ck_assert_msg(retention(o, "scrub") == 0, "%s", said);
	ck_assert_int_eq(traces(o, BIRD), 0);
	ck_assert_int_eq(retention(o, "due"), 0);
	ck_assert_ptr_null(strstr(said, "still stands"));
	ck_assert_int_eq(retention(o, "run"), 66);
	whole_or_gone(o);
	office_free(o);
}
END_TEST

/* Pages were split while rows came in: what was moved then stands in both. */
START_TEST(beside_those_who_stay_no_byte_stays_of_those_who_go)
{
	struct office *o;

	some_stay = true;
	o = office_of_closed_people();
	ck_assert_int_gt(traces(o, BIRD), 0);
	ck_assert_msg(retention(o, "run") == 0, "%s", said);
	ck_assert_int_eq(traces(o, BIRD), 0);
	ck_assert_int_gt(traces(o, STAYER), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), PEOPLE - PEOPLE / 3);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_deletion(void);

Suite *
suite_deletion(void)
{
	Suite *s = suite_create("deletion");
	TCase *t = tcase_create("deletion");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, killed_at_any_moment_it_goes_on);
	tcase_add_test(t, who_comes_back_meanwhile_stays);
	tcase_add_test(t, who_has_a_title_stays);
	tcase_add_test(t, what_was_looked_at_meanwhile_leaves_nothing);
	tcase_add_test(t, withdrawn_in_the_middle_the_rest_stays);
	tcase_add_test(t, beside_those_who_stay_no_byte_stays_of_those_who_go);
	tcase_add_test(t, who_reads_an_older_state_is_waited_for);
	suite_add_tcase(s, t);
	return s;
}
