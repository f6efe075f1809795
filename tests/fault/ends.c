/*
 * ends.c - how programs end whose invariants do not hold, and those that find
 * the office busy: exit codes and sentences that scripts and people rely on.
 */
#include "../command/harness_desk.h"
#include "base.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

Suite *suite_ends(void);

static sqlite3 *
open_beside(struct office *o, const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open_v2(office_db(o), &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	return db;
}

static void
ends_with(struct office *o, const char *command, int exit_code, const char *sentence)
{
	int code;
	char *said = office_run(o, "front1", command, &code);

	ck_assert_msg(code == exit_code && strstr(said, sentence), "exit %d: %s", code, said);
	free(said);
}

/* The programs count on it that no rule of the schema refuses what they write. */
#define NEVER "BEGIN SELECT RAISE(ABORT, 'never'); END"

START_TEST(a_bug_is_named_and_ends_with_70)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	char admin[PATH_MAX], line[2 * PATH_MAX + 200];
	siginfo_t end;

	sqlite3_close(open_beside(o, "CREATE TRIGGER a BEFORE INSERT ON visit " NEVER "; "
	    "CREATE TRIGGER b BEFORE INSERT ON staff " NEVER));
	/* of an engine, whose client only sees that it is gone */
	ck_assert_ptr_null(desk_try_with(d, "visit.new", json_pack("{s:s}", "concern", "S02")));
	ck_assert_int_eq(waitid(P_PID, (id_t)d->engine, &end, WEXITED | WNOWAIT), 0);
	ck_assert_int_eq(end.si_code, CLD_EXITED);
	ck_assert_int_eq(end.si_status, 70);
	desk_kill(d);
	ends_with(o, "visit new concern=S02", 69, "The engine ended before it answered. Try again;");
	ends_with(o, "visit list", 0, "waiting            0");
	program_path("tresen-admin", admin, sizeof(admin));
	snprintf(line, sizeof(line), "%s staff %s add new --uid 7 --name New --role clerk "
	    "--unit residence --site main 2>%s/said; test $? = 70 && "
	    "grep -q '^tresen: bug at src/store/query.c:[0-9]*: .*never' %s/said", admin,
	    office_db(o), office_dir(o), office_dir(o));
	ck_assert_int_eq(system(line), 0);
	office_free(o);
}
END_TEST

START_TEST(a_busy_office_ends_with_75)
{
	struct office *o = office_new();
	sqlite3 *other = open_beside(o, "BEGIN IMMEDIATE");

	ends_with(o, "visit new concern=S02", 75, "Someone is saving. Try again in a moment; "
	    "nothing you typed is lost.");
	sqlite3_close(other);
	ends_with(o, "visit new concern=S02", 0, "waiting");
	office_sound(o);
	office_free(o);
}
END_TEST

/* A report that is cut off, or a package for a person, must not look complete. */
START_TEST(output_that_has_no_room_is_told)
{
	static const char *const commands[] = { "tresen --db $O --as front1 visit list",
		"tresen --db $O --as front1 help", "tresen --help", "tresen-admin staff $O list",
		"tresen-admin --help" };
	struct office *o = office_new();
	char folder[PATH_MAX], line[2 * PATH_MAX + 200];

	program_path("", folder, sizeof(folder));
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		snprintf(line, sizeof(line), "O=%s; said=$(LANG=C.UTF-8 %s%s 2>&1 >/dev/full); "
		    "test $? = 74 && echo \"$said\" | grep -q 'could be written. Give it more room'",
		    office_db(o), folder, commands[i]);
		ck_assert_msg(system(line) == 0, "%s", line);
	}
	office_free(o);
}
END_TEST

Suite *
suite_ends(void)
{
	Suite *s = suite_create("ends");
	TCase *t = tcase_create("ends");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, a_bug_is_named_and_ends_with_70);
	tcase_add_test(t, a_busy_office_ends_with_75);
	tcase_add_test(t, output_that_has_no_room_is_told);
	suite_add_tcase(s, t);
	return s;
}
