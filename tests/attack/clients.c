/*
 * clients.c - a clerk who kills or starves a client of their own: it holds
 * nothing of the office, and what it asked for has happened once or not at all.
 * Who stops one: stops.c.
 */
#include "harness_sit.h"

#include <poll.h>
#include <signal.h>
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

/* The client itself, killed at some moment after the key that saves: whoever sits down
 * again finds it saved, or finds the text and saves it; it is there once. */
#define KILLED 8

static void
is_killed_while_it_saves(const char *text, int after_ms)
{
	struct tty *t = sits(DEMIR, "");

	tty_keys(t, "v m Enter n");
	tty_type(t, text);
	tty_await(t, "draft saved");
	tty_bytes(t, "\033[21~", 0); /* F10 */
	poll(NULL, 0, after_ms);
	tty_signal(t, SIGKILL);
	tty_close(t);
}

START_TEST(a_killed_client_has_saved_once)
{
	int asked_again = 0;

	ck_assert_msg(shell_as(DEMIR, "set -e\n$TRESEN person new family=Haddad born=1990\n"
	    "$TRESEN case open person=1 service=S39\n$TRESEN case claim id=1\n") == 0, "%s", said);
	for (int i = 0; i < KILLED; i++) {
		char text[32], query[128];
		struct tty *t;

		snprintf(text, sizeof(text), "round %d", i);
		is_killed_while_it_saves(text, i * i);
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
	    a_killed_client_has_saved_once, limits_starve_the_client_only, nothing_is_started, the_environment_stays_outside,
	    no_library_gets_into_the_engine));
}
