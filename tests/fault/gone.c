/*
 * gone.c - somebody tidies up while people work: the office file is another, or
 * its log (-wal) or the log's index (-shm) is gone.  Nothing that was
 * acknowledged is lost, nothing is acknowledged that would be, and work goes on.
 */
#include "../command/harness_desk.h"
#include "base.h"

#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const removed[][2] = {
	{ "-wal" }, { "-shm" }, { "-wal", "-shm" },
};

static void
remove_files(struct office *o, const char *const suffixes[static 2])
{
	char path[PATH_MAX];

	for (int i = 0; i < 2 && suffixes[i]; i++) {
		snprintf(path, sizeof(path), "%s%s", office_db(o), suffixes[i]);
		ck_assert_int_eq(unlink(path), 0);
	}
}

static void
saves(struct desk *d, int times)
{
	for (int i = 0; i < times; i++)
		desk_do(d, "visit.new", "{s:s}", "concern", "S02");
}

static int64_t
waiting(struct desk *d)
{
	return num(desk_do(d, "visit.list", NULL), "counts.waiting");
}

/* Refused in a sentence, and then shown out; or shown out at once, where the
 * session has noticed by itself. */
static void
saves_no_more(struct desk *d, const char *sentence)
{
	json_t *reply = desk_try_with(d, "visit.new", json_pack("{s:s}", "concern", "S02"));

	if (reply) {
		desk_refused_at(reply, "STORE", __FILE__, __LINE__);
		ck_assert_msg(strstr(str(reply, "error.message"), sentence) != NULL, "%s",
		    str(reply, "error.message"));
	}
	ck_assert_ptr_null(desk_reply(d));
}

START_TEST(what_was_saved_is_there)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1"), *idle = desk_open(o, "front2"), *next;

	saves(d, 20);
	remove_files(o, removed[_i]);
	saves_no_more(d, "Save once more");
	/* nobody has to ask for it */
	ck_assert_ptr_null(desk_reply(idle));
	next = desk_open(o, "front1");
	ck_assert_int_eq(waiting(next), 20);
	saves(next, 1);
	desk_close(d);
	desk_close(idle);
	desk_close(next);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Who comes meanwhile either finds all of it or is asked to come again. */
START_TEST(nobody_begins_another_log_beside)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1"), *early, *late;
	json_t *reply;

	saves(d, 20);
	kill(d->engine, SIGSTOP);
	remove_files(o, removed[0]);
	early = desk_open(o, NULL);
	reply = desk_ask(early, "session.hello", "{s:i, s:s, s:s}", "protocol", 1, "lang", "en", "as",
	    "front2");
	desk_refused_at(reply, "STORE", __FILE__, __LINE__);
	desk_close(early);
	kill(d->engine, SIGCONT);
	ck_assert_ptr_null(desk_reply(d));
	late = desk_open(o, "front2");
	ck_assert_int_eq(waiting(late), 20);
	desk_close(d);
	desk_close(late);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Where another log has begun all the same, its pages and the old ones are never
 * mixed; who saved into the old one is told. */
START_TEST(two_logs_do_not_mix)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1"), *next;

	saves(d, 5);
	kill(d->engine, SIGSTOP);
	remove_files(o, removed[2]);
	next = desk_open(o, "front2");
	saves(next, 3);
	kill(d->engine, SIGCONT);
	saves_no_more(d, "may be lost");
	saves(next, 1);
	ck_assert_int_eq(waiting(next), 4);
	desk_close(d);
	desk_close(next);
	office_sound(o);
	office_free(o);
}
END_TEST

static int
copy(const char *from, const char *to)
{
	char line[2 * PATH_MAX + 16];

	snprintf(line, sizeof(line), "cp -p %s %s", from, to);
	return system(line);
}

/* What a session acknowledged would be in a file that nobody finds any more. */
START_TEST(nothing_is_saved_in_a_file_that_was_replaced)
{
	struct office *o = office_new();
	struct desk *moved = desk_open(o, "front1"), *copied = desk_open(o, "front2"), *next;
	char aside[PATH_MAX];

	saves(moved, 1);
	snprintf(aside, sizeof(aside), "%s.aside", office_db(o));
	kill(copied->engine, SIGSTOP);
	ck_assert_int_eq(rename(office_db(o), aside), 0);
	saves_no_more(moved, "moved away");
	ck_assert_int_eq(copy(aside, office_db(o)), 0);
	kill(copied->engine, SIGCONT);
	saves_no_more(copied, "moved away");
	ck_assert_int_eq(rename(aside, office_db(o)), 0);
	next = desk_open(o, "front1");
	saves(next, 1);
	ck_assert_int_eq(waiting(next), 2);
	desk_close(moved);
	desk_close(copied);
	desk_close(next);
	office_free(o);
}
END_TEST

/* The office was migrated by a newer tresen-admin: whoever is in with the old program
 * writes nothing that the new one would misread. */
START_TEST(a_newer_schema_is_not_written_to)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1"), *next;
	json_t *reply;
	sqlite3 *db;

	saves(d, 1);
	ck_assert_int_eq(sqlite3_open_v2(office_db(o), &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "CREATE TABLE other (a); DROP TABLE other", NULL, NULL,
	    NULL), SQLITE_OK);
	saves(d, 1); /* not every change is another version */
	ck_assert_int_eq(sqlite3_exec(db, "CREATE TABLE later (a); PRAGMA user_version = 999", NULL,
	    NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	reply = desk_ask(d, "visit.new", "{s:s}", "concern", "S02");
	desk_refused_at(reply, "STORE", __FILE__, __LINE__);
	ck_assert_ptr_nonnull(strstr(str(reply, "error.message"), "start it again"));
	ck_assert_ptr_null(desk_reply(d));
	next = desk_open(o, NULL);
	desk_refused(next, "STORE", "session.hello", "{s:i, s:s}", "protocol", 1, "as", "front1");
	desk_close(d);
	desk_close(next);
	office_free(o);
}
END_TEST

/* Whoever seals would never hear again of an event. */
START_TEST(who_follows_the_log_begins_again)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	char admin[PATH_MAX], line[2 * PATH_MAX + 32];
	FILE *log;

	saves(d, 1);
	program_path("tresen-admin", admin, sizeof(admin));
	snprintf(line, sizeof(line), "exec %s log %s --follow", admin, office_db(o));
	log = popen(line, "re");
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), log));
	remove_files(o, removed[2]);
	while (fgets(line, sizeof(line), log))
		continue;
	ck_assert_int_eq(WEXITSTATUS(pclose(log)), 75);
	desk_kill(d);
	office_free(o);
}
END_TEST

Suite *suite_gone(void);
Suite *
suite_gone(void)
{
	Suite *s = suite_create("gone");
	TCase *t = tcase_create("gone");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, what_was_saved_is_there, 0, COUNT_OF(removed));
	tcase_add_test(t, nobody_begins_another_log_beside);
	tcase_add_test(t, two_logs_do_not_mix);
	tcase_add_test(t, who_follows_the_log_begins_again);
	tcase_add_test(t, a_newer_schema_is_not_written_to);
	tcase_add_test(t, nothing_is_saved_in_a_file_that_was_replaced);
	suite_add_tcase(s, t);
	return s;
}
