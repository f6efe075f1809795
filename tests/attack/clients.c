/*
 * clients.c - a clerk who kills or starves a client of their own: it holds
 * nothing of the office, and what it asked for has happened once or not at all.
 * Who stops one: stops.c.
 */
#include "harness_sit.h"

#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *suite_clients(void);

/* ---- killed between question and answer ---- */

#define TIMES 40

static bool
leaves_before_the_answer(void)
{
	char line[256];

	for (int i = 0; i < TIMES; i++) {
		int fd = session();

		snprintf(line, sizeof(line), ASKING("visit.new", "\"concern\":\"S02\",\"people\":7,"
		    "\"request_id\":\"gone-%d\""), i);
		tell(fd, line);
		if (i % 4)
			poll(NULL, 0, i % 4 - 1);
		close(fd);
		/* comes back and says it again, twice */
		fd = session();
		if (!gets_status(fd, line, NULL) || !gets_status(fd, line, NULL))
			return false;
		close(fd);
	}
	return true;
}

START_TEST(a_lost_answer_is_one_effect)
{
	AS(OKAFOR, leaves_before_the_answer);
	ck_assert_int_eq(count("SELECT count(*) FROM visit WHERE people = 7"), TIMES);
	all_is_well();
}
END_TEST

/* How often the log has an act, looked up as fast as can be. */
static int
times_done(sqlite3_stmt *acts)
{
	int n;

	sqlite3_reset(acts);
	ck_assert_int_eq(sqlite3_step(acts), SQLITE_ROW);
	n = sqlite3_column_int(acts, 0);
	sqlite3_reset(acts);
	return n;
}

/* F10, and death as soon as this act is done: mostly before its answer is there, which
 * waits for the disk. */
static void
dies_saving(struct tty *t, const char *act)
{
	int64_t until = clock_ticks() + DEADLINE_MS;
	sqlite3_stmt *acts;
	sqlite3 *db;
	int before;

	ck_assert_int_eq(sqlite3_open_v2(office, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, DEADLINE_MS);
	ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT count(*) FROM event WHERE command = ?1 AND"
	    " topics <> 0", -1, &acts, NULL), SQLITE_OK);
	sqlite3_bind_text(acts, 1, act, -1, SQLITE_STATIC);
	before = times_done(acts);
	tty_await(t, "draft saved");
	tty_bytes(t, "\033[21~", 0);
	while (times_done(acts) == before)
		ck_assert_msg(clock_ticks() < until, "%s is not done", act);
	tty_signal(t, SIGKILL);
	sqlite3_finalize(acts);
	sqlite3_close(db);
	tty_close(t);
}

#define KILLED 6

/* Whoever sits down again finds it saved, or finds the text and saves it: it is there once. */
START_TEST(a_killed_client_has_saved_once)
{
	int asked_again = 0;

	ck_assert_msg(shell_as(DEMIR, "set -e\n$TRESEN person new family=Haddad born=1990\n"
	    "$TRESEN case open person=1 service=S39\n$TRESEN case claim id=1\n") == 0, "%s", said);
	for (int i = 0; i < KILLED; i++) {
		char text[32], query[128];
		struct tty *t = sits(DEMIR, "");

		snprintf(text, sizeof(text), "round %d", i);
		tty_keys(t, "v m Enter n");
		tty_type(t, text);
		dies_saving(t, "case.note");
		t = sits(DEMIR, "");
		if (strcmp(tty_at(t), "note") == 0) {
			tty_sees(t, text);
			tty_keys(t, "F10");
			asked_again++;
		}
		stands_up(t);
		snprintf(query, sizeof(query), "SELECT count(*) FROM case_note WHERE text = '%s'", text);
		ck_assert_int_eq(count(query), 1);
	}
	ck_assert_int_gt(asked_again, 0);
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'case.note' AND"
	    " topics <> 0"), KILLED);
	all_is_well();
}
END_TEST

/* An intake is several acts in a row, and may end behind any of them. */
static const struct {
	const char *act, *family;
} intakes[] = {
	{ "person.new", "Haddad" }, { "visit.edit", "Okonkwo" }, { "case.open", "Nguyen" },
	{ "case.document", "Petrov" }, { "handover.offer", "Silva" }, { "visit.finish", "Abdi" },
	{ "person.new", "Kovac" }, { "case.open", "Yilmaz" }, { "handover.offer", "Castro" },
};

static void
dies_handing_over(const char *family, const char *act)
{
	struct tty *t;

	ck_assert_int_eq(shell_as(OKAFOR, "$TRESEN visit new concern=S26 language=en\n"), 0);
	t = sits(OKAFOR, "");
	tty_keys(t, "F2 s F4");
	tty_type(t, family);
	tty_type(t, "\tRania\t3.5.1990\tf\tsyr");
	tty_keys(t, "F4 Space F4");
	dies_saving(t, act);
}

static void
is_there_once(const char *family, const char *act)
{
	char query[400];

	snprintf(query, sizeof(query), "SELECT count(*) FROM person p LEFT JOIN case_file c ON"
	    " c.person_id = p.id LEFT JOIN handover h ON h.case_id = c.id LEFT JOIN visit v ON"
	    " v.person_id = p.id AND v.state = 'finished' WHERE p.display LIKE '%s%%'", family);
	ck_assert_msg(count(query) == 1, "killed at %s: %d times there", act, count(query));
	strcat(query, " AND c.id AND h.id AND v.id");
	ck_assert_msg(count(query) == 1, "killed at %s: not all is done", act);
}

START_TEST(a_killed_intake_is_one_intake)
{
	int asked_again = 0;

	for (size_t i = 0; i < COUNT_OF(intakes); i++) {
		struct tty *t;

		dies_handing_over(intakes[i].family, intakes[i].act);
		t = sits(OKAFOR, "");
		if (strcmp(tty_at(t), "takein") == 0) {
			tty_keys(t, "F10");
			asked_again++;
		}
		stands_up(t);
		is_there_once(intakes[i].family, intakes[i].act);
	}
	ck_assert_int_gt(asked_again, 0);
	all_is_well();
}
END_TEST

/* ---- starved ---- */

static bool
saves(void)
{
	return gets_status(session(), ASKING("visit.new", "\"concern\":\"S02\""), NULL);
}

/* Whatever is taken from the client is taken from the client alone; it ends
 * with one of its codes, or runs; what it says it has saved is saved, once. */
START_TEST(limits_starve_the_client_only)
{
	static const char *const limits[] = { "-n 3", "-n 4", "-n 5", "-f 0", "-s 64", "-t 1",
		"-c unlimited", "-v 65536", "-d 1024" };
	int done = 0, there;

	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		/* a client with sanitizers takes more memory than any limit leaves */
		int code = shell_as(OKAFOR, "ulimit %s\n$TRESEN visit new concern=S02 people=9\n",
		    limits[i]);

		ck_assert_msg(code == 0 || (code >= 64 && code <= 78) || code == 1 || code >= 127,
		    "ulimit %s: %d %s", limits[i], code, said);
		done += code == 0;
		AS(OKAFOR, saves);
	}
	there = count("SELECT count(*) FROM visit WHERE people = 9");
	ck_assert_msg(there >= done && there <= (int)COUNT_OF(limits) && done >= 3,
	    "%d were said to be done, %d are there", done, there);
	all_is_well();
}
END_TEST

/* ---- what else is around a client ---- */

/* Programs that anybody may put before it, in all the ways of the environment:
 * the client starts none of them, nor does the engine. */
START_TEST(nothing_is_started)
{
	char env[1024];
	struct tty *t;

	shell("mkdir -m 777 %s/trap && printf '#!/bin/sh\\ntouch %s/trap/sprung\\n' >%s/trap/run && "
	    "chmod 755 %s/trap/run && %s/trap/run && rm %s/trap/sprung", house, house, house, house,
	    house, house);
	shell("cd %s/trap && for n in sh bash less more cat vi vim nano ed lpr lp xdg-open man stty "
	    "clear tput; do ln run $n; done", house);
	snprintf(env, sizeof(env), "EDITOR=%s/trap/run VISUAL=%s/trap/run PAGER=%s/trap/run "
	    "SHELL=%s/trap/run BROWSER=%s/trap/run PATH=%s/trap", house, house, house, house, house,
	    house);
	t = sits(OKAFOR, env);
	/* the kernel would refuse it: a program, and rights by one (2: a filter of calls) */
	shell("for p in $(pgrep -u %u -x tresen); do grep -qx 'Seccomp:.2' /proc/$p/status && "
	    "grep -qx 'NoNewPrivs:.1' /proc/$p/status && n=1; done; test \"$n\"", OKAFOR);
	tty_keys(t, "! : ! s h Enter Esc ^L ? Esc / ! Esc");
	tty_bytes(t, "\032", 1); /* ^Z undoes, and stops nothing */
	tty_keys(t, "^L");
	stands_up(t);
	shell("! test -e %s/trap/sprung", house);
}
END_TEST

#define TRAPS "LD_PRELOAD=$HOUSE/trap/lib.so LD_LIBRARY_PATH=$HOUSE/trap "        \
	"LD_AUDIT=$HOUSE/trap/audit.so SQLITE_TMPDIR=$HOUSE/trap TMPDIR=$HOUSE/trap "  \
	"LOCPATH=$HOUSE/trap TERMINFO=$HOUSE/trap TERMINFO_DIRS=$HOUSE/trap: "         \
	"NLSPATH=$HOUSE/trap/%%N LANGUAGE=../../../trap TZ=:$HOUSE/trap/zone "          \
	"ASAN_OPTIONS=verify_asan_link_order=0 MALLOC_TRACE=$HOUSE/trap/m "            \
	"TRESEN_NOW=1999-01-01T00:00:00Z"

/* Any library will do, under a name that nothing else has. */
static void
lay_out_library(void)
{
	shell("mkdir -m 777 %s/trap && cp $(ldd %s/bin/tresen | sed -n 's/.*=> \\(.*jansson[^ ]*\\).*/"
	    "\\1/p') %s/trap/lib.so && chmod 755 %s/trap/lib.so", house, house, house, house);
}

/* The engine of an office has its own environment: a clerk's reaches nothing of it,
 * neither what is named there nor what is loaded. */
START_TEST(the_environment_stays_outside)
{
	lay_out_library();
	ck_assert_msg(shell_as(OKAFOR, "export " TRAPS "\n$TRESEN visit new concern=S02 people=9 && "
	    "$TRESEN visit list\n") == 0, "%s", said);
	shell("! find %s/trap -mindepth 1 | grep -v lib.so", house);
	/* the time is the engine's: nobody is taken in in 1999 */
	ck_assert_int_eq(count("SELECT count(*) FROM visit WHERE day LIKE '1999%'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM visit WHERE people = 9"), 1);
}
END_TEST

/* While such a client sits there: it has the library, no engine has. */
START_TEST(no_library_gets_into_the_engine)
{
	char env[1024];
	struct tty *t;

	lay_out_library();
	snprintf(env, sizeof(env), "LD_PRELOAD=%s/trap/lib.so ASAN_OPTIONS=verify_asan_link_order=0",
	    house);
	t = sits(OKAFOR, env);
	tty_keys(t, "^L");
	shell("grep -l %s/trap/lib.so /proc/[0-9]*/maps 2>/dev/null | grep .", house);
	shell("for p in %d $(cat /proc/%d/task/*/children); do cat /proc/$p/maps /proc/$p/environ; done "
	    "2>&1 >%s/seen; grep -q office.db-shm %s/seen && ! grep -a %s/trap %s/seen", (int)engine,
	    (int)engine, house, house, house, house);
	stands_up(t);
}
END_TEST

Suite *
suite_clients(void)
{
	return town_suite("clients", TESTS(a_lost_answer_is_one_effect,
	    a_killed_client_has_saved_once, a_killed_intake_is_one_intake,
	    limits_starve_the_client_only, nothing_is_started, the_environment_stays_outside,
	    no_library_gets_into_the_engine));
}
