/*
 * stops.c - clerks stop clients of their own, on each screen that there is: a
 * colleague's save does not even notice, and the client goes on where it was.
 * A screen without a stop below turns this red; so does one on the way that
 * does not say by W why what can be done there.
 */
#include "harness_walks.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "screen.h"

Suite *suite_stops(void);

/* ---- a colleague saves ---- */

/* The save itself: a machine that is busy with other things starts sessions slowly. */
static bool
saves_in_time(const char *line)
{
	int fd = session();
	int64_t began = clock_ticks();
	bool saved = gets_status(fd, line, NULL);

	return saved && clock_ticks() - began < 1000;
}

static bool
front_office_saves(void)
{
	return saves_in_time(ASKING("visit.new", "\"concern\":\"S02\""));
}

static bool
back_office_saves(void)
{
	return saves_in_time(ASKING("case.note", "\"id\":1,\"text\":\"seen\""));
}

/* Whoever sits there is not who saves. */
static bool
colleague_saves(uid_t who)
{
	pid_t pid = who == OKAFOR ? play_begins(DEMIR, back_office_saves)
	    : play_begins(OKAFOR, front_office_saves);
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status == 0;
}

/* ---- one stop ---- */

static void
is_there(struct tty *t, const struct stop *stop)
{
	tty_sees(t, stop->sees);
	ck_assert_msg(strcmp(tty_at(t), stop->at) == 0, "after %s this is %s, not %s", stop->keys,
	    tty_at(t), stop->at);
	if (stop->types)
		tty_sees(t, stop->types);
}

/* What is typed afterwards arrives: the client lives, and stands where it stood. */
static void
lives_on(struct tty *t, const struct stop *stop)
{
	tty_keys(t, "^L");
	is_there(t, stop);
}

static void
stops_here(struct tty *t, uid_t who, const struct stop *stop)
{
	bool saved = false;

	/* a busy machine may be to blame once: then stop anew */
	for (int i = 0; i < 3 && !saved; i++) {
		tty_signal(t, SIGSTOP);
		saved = colleague_saves(who);
		tty_signal(t, SIGCONT);
		lives_on(t, stop);
	}
	ck_assert_msg(saved, "while a client stands still on %s nobody saves", stop->at);
}

static void
goes_to(struct tty *t, const struct stop *stop)
{
	if (stop->does)
		walk_does(stop->by, stop->does);
	/* the question what for is a screen, too */
	tty_states_purpose = strcmp(stop->at, "purpose") != 0;
	tty_keys(t, stop->keys);
	if (stop->types)
		tty_type(t, stop->types);
	is_there(t, stop);
	if (stop->says)
		tty_sees(t, stop->says);
}

/* ---- why? ---- */

/* Nobody knows yet who asks, or it is a question and no place. */
static const char *const without_why[] = { "help", "why", "pick", "login", "cover", "preview",
	"text" };

static bool
has_no_why(const char *class)
{
	for (size_t i = 0; i < COUNT_OF(without_why); i++)
		if (strcmp(without_why[i], class) == 0)
			return true;
	return false;
}

/* Where a line is being typed the key is one of its own. */
static bool
says_why(struct tty *t, const struct stop *stop)
{
	if (has_no_why(stop->at))
		return false;
	tty_keys(t, "^]");
	if (strcmp(tty_at(t), "why") != 0)
		return false;
	tty_row_has(t, 0, "Why · ");
	tty_lacks(t, "Nothing here depends");
	tty_keys(t, "Esc");
	is_there(t, stop);
	return true;
}

#define STOPS_MOST 64

static void
all_said_why(const struct stop *stops, const bool *said_why)
{
	for (size_t i = 0; stops[i].at; i++) {
		bool once = has_no_why(stops[i].at);

		for (size_t k = 0; stops[k].at && !once; k++)
			once = said_why[k] && strcmp(stops[k].at, stops[i].at) == 0;
		ck_assert_msg(once, "no key says why on %s", stops[i].at);
	}
}

static void
walk_along(const struct walk *walk)
{
	bool said_why[STOPS_MOST] = { false };
	struct tty *t;

	office_at_work();
	if (walk->before)
		walk->before();
	t = walk_begins(walk);
	for (size_t i = 0; walk->stops[i].at; i++) {
		ck_assert_uint_lt(i, STOPS_MOST);
		goes_to(t, &walk->stops[i]);
		stops_here(t, walk->who, &walk->stops[i]);
		said_why[i] = says_why(t, &walk->stops[i]);
	}
	all_said_why(walk->stops, said_why);
	stands_up(t);
	all_is_well();
}

START_TEST(a_stopped_client_holds_nobody)
{
	walk_along(&walks[_i]);
}
END_TEST

static bool
has_a_stop(const char *class)
{
	for (size_t i = 0; i < walks_count; i++)
		for (const struct stop *stop = walks[i].stops; stop->at; stop++)
			if (strcmp(stop->at, class) == 0)
				return true;
	return false;
}

START_TEST(each_screen_has_a_stop)
{
	char without[1024] = "";

	for (const struct screen_class *const *c = screen_classes; *c; c++)
		if (!has_a_stop((*c)->name))
			snprintf(without + strlen(without), sizeof(without) - strlen(without), " %s",
			    (*c)->name);
	ck_assert_msg(!*without, "no client is stopped on:%s", without);
}
END_TEST

/* Somebody who does hold the office is noticed by what is asked above. */
START_TEST(a_held_office_would_be_noticed)
{
	sqlite3 *db;

	/* what is refused here is meant to be */
	ck_assert_ptr_nonnull(freopen("/dev/null", "we", stderr));
	colleague_goes();
	office_at_work();
	ck_assert(colleague_saves(DEMIR));
	ck_assert_int_eq(sqlite3_open_v2(office, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	ck_assert(!colleague_saves(DEMIR));
	ck_assert(!colleague_saves(OKAFOR));
	ck_assert_int_eq(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	ck_assert(colleague_saves(DEMIR));
}
END_TEST

Suite *
suite_stops(void)
{
	Suite *s = suite_create("stops");
	TCase *town = town_case("stops"), *table = tcase_create("table");

	tcase_add_test(table, each_screen_has_a_stop);
	suite_add_tcase(s, table);
	if (!town)
		return s;
	tcase_add_loop_test(town, a_stopped_client_holds_nobody, 0, (int)walks_count);
	tcase_add_test(town, a_held_office_would_be_noticed);
	suite_add_tcase(s, town);
	return s;
}
