/*
 * clients.c - a clerk who stops, kills or starves a client of their own: it
 * holds nothing of the office, whatever it shows, and what it asked for has
 * happened once or not at all.
 */
#include "harness_sit.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *suite_clients(void);

/* ---- stopped ---- */

/* The save itself: a machine that is busy with other things starts sessions slowly. */
static bool
saves(void)
{
	int fd = session();
	int64_t began = clock_ticks();
	bool saved = gets_status(fd, ASKING("visit.new", "\"concern\":\"S02\""), NULL);

	return saved && clock_ticks() - began < 1000;
}

/* A save that finds the office held waits for seconds, each time: a busy machine
 * may have been to blame for one. */
static bool
saves_at_once(void)
{
	return saves() || saves() || saves();
}

/* From screen to screen; on each the client is stopped, and a colleague saves. */
struct stop {
	const char *keys, *sees;
};

static void
stops_on_each(uid_t uid, const struct stop *stops)
{
	struct tty *t = sits(uid, "");

	for (; stops->keys; stops++) {
		tty_keys(t, stops->keys);
		tty_sees(t, stops->sees);
		tty_signal(t, SIGSTOP);
		AS(OKAFOR, saves_at_once);
		tty_signal(t, SIGCONT);
	}
	stands_up(t);
}

static const struct stop counter_stops[] = {
	{ "^L", "Service centre Mitte" }, { "?", "Help" }, { "Esc :", "Commands and screens" },
	{ "v i s i t . l i s t Enter", "visit.list · who" }, { "Enter", "only those in this state" },
	{ "Esc F2", "visit.list  " }, { "Esc Esc Esc c", "Catalogue" }, { "Esc Esc /", "Search" },
	{ "h a d d a d", "Search" }, { "Enter", "HADDAD, Rania" }, { "F4", "Change a person" },
	{ "Esc Ins", "What is to be added?" }, { "Enter", "HADDAD, Rania: Name" },
	{ "Esc F5", "Household" }, { "F2", "Chosen: HADDAD, Rania" },
	{ "Esc Esc Esc Esc Esc F6", "New ticket" }, { "Esc Esc F2 s", "Service centre Mitte" },
	{ "F4", "Take in · A001" }, { "Esc W", "Why · Counter" }, { "Esc ^_", "tresen" },
	{ NULL, NULL },
};
static const struct stop clerk_stops[] = {
	{ "^L", "Residence · pool" }, { "v", "on hold" }, { "m s", "Sort by" }, { "Esc f", "Only with" },
	{ "Esc h", "Hand-overs to Residence" }, { "Esc n", "is yours now" }, { "n", "Note · 2026" },
	{ "Esc p", "Papers · 2026" }, { "Esc a", "Answers · 2026" }, { "Esc d", "Decide 2026" },
	{ "Esc w", "On hold until" }, { "Esc h", "Hand over to which unit?" }, { "Esc m", "*1990" },
	{ "m", "same person twice" }, { "Enter", "One person, two records?" }, { "Esc Esc", "*1990" },
	{ "Esc Esc Esc Esc Esc : t a s k Enter", "Open tasks · Residence" },
	{ "Esc Esc Esc : r a d a r Enter", "What ends soon" },
	{ "Esc Esc Esc i", "Requests" },
	{ NULL, NULL },
};
static const struct stop supervisor_stops[] = {
	{ "^L", "Console · all units" }, { "Tab", "Console · all units" },
	{ "a", "All units · to be approved" }, { "Esc Enter", "Residence · all · Demir" },
	{ "Esc Esc Esc : d e p u t Enter", "Stand-ins · Residence" },
	{ "Esc Esc Esc : d u p l Enter", "The same person twice?" },
	{ "Esc Esc Esc : r e s t r i Enter", "Restrictions" },
	{ "Esc Esc Esc : e m e r g e Enter", "Emergencies" },
	{ NULL, NULL },
};

static const struct stop officer_stops[] = {
	{ "^L", "Data protection" }, { ": s a w Enter", "Who saw whom" },
	{ "Esc Esc Esc / h a d d a d Enter", "Looks: HADDAD" }, { "Enter", "A look" },
	{ "Esc Esc Esc : u n u s u Enter", "Unusual reading" },
	{ "Esc Esc Esc : r e t e n Enter", "Retention due" },
	{ "Esc Esc Esc : b o o k Enter", "Disclosure book" },
	{ NULL, NULL },
};

START_TEST(a_stopped_client_holds_nobody)
{
	ck_assert_msg(shell_as(OKAFOR, "$TRESEN person new family=Haddad given=Rania born=1990 && "
	    "$TRESEN visit new concern=S02 person=1\n") == 0, "%s", said);
	ck_assert_msg(shell_as(OKAFOR, "$TRESEN person new family=Hadad given=Rania born=1990"
	    " reason=twins\n") == 0, "%s", said);
	ck_assert_msg(shell_as(DEMIR, "$TRESEN case open person=1 service=S01\n") == 0, "%s", said);
	stops_on_each(OKAFOR, counter_stops);
	stops_on_each(DEMIR, clerk_stops);
	stops_on_each(ROTH, supervisor_stops);
	shell("%s/bin/tresen-admin staff %s change roth --role dpo --unit steering", house, office);
	stops_on_each(ROTH, officer_stops);
	all_is_well();
}
END_TEST

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

/* ---- starved ---- */

/* Whatever is taken from the client is taken from the client alone; it ends
 * with one of its codes, or runs. */
START_TEST(limits_starve_the_client_only)
{
	static const char *const limits[] = { "-n 3", "-n 4", "-n 5", "-f 0", "-s 64", "-t 1",
		"-c unlimited", "-v 65536", "-d 1024" };

	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		/* a client with sanitizers takes more memory than any limit leaves */
		int code = shell_as(OKAFOR, "ulimit %s\n$TRESEN visit new concern=S02\n", limits[i]);

		ck_assert_msg(code == 0 || (code >= 64 && code <= 78) || code == 1 || code >= 127,
		    "ulimit %s: %d %s", limits[i], code, said);
		AS(OKAFOR, saves);
	}
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

/* The engine of an office has its own environment: a clerk's reaches nothing. */
START_TEST(the_environment_stays_outside)
{
	shell("mkdir -m 777 %s/trap", house);
	ck_assert_int_eq(shell_as(OKAFOR, "export SQLITE_TMPDIR=$HOUSE/trap TMPDIR=$HOUSE/trap "
	    "LOCPATH=$HOUSE/trap TERMINFO=$HOUSE/trap NLSPATH=$HOUSE/trap/%%N "
	    "LANGUAGE=../../../trap TZ=:/etc/shadow MALLOC_TRACE=$HOUSE/trap/m "
	    "TRESEN_NOW=1999-01-01T00:00:00Z\n"
	    "$TRESEN visit new concern=S02 && $TRESEN visit list\n"), 0);
	shell("! find %s/trap -mindepth 1 | grep .", house);
	/* the time is the engine's: nobody is taken in in 1999 */
	ck_assert_int_eq(count("SELECT count(*) FROM visit WHERE day LIKE '1999%'"), 0);
}
END_TEST

Suite *
suite_clients(void)
{
	return town_suite("clients", TESTS(a_stopped_client_holds_nobody,
	    a_lost_answer_is_one_effect, limits_starve_the_client_only, nothing_is_started,
	    the_environment_stays_outside));
}
