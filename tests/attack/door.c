/*
 * door.c - who may come in to an office, and how much of it one user may have:
 * each speaks by hand from a process of their own uid.
 */
#include "harness_town.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SESSIONS_MOST 16

Suite *suite_door(void);

/* ---- who may come in ---- */

static bool
is_okafor(void)
{
	int fd = come_in();
	json_t *reply = tell(fd, HELLO) ? hear(fd) : NULL;
	const json_t *staff = json_object_get(json_object_get(reply, "result"), "staff");
	const char *login = json_string_value(json_object_get(staff, "login"));
	bool known = login && strcmp(login, "okafor") == 0;

	json_decref(reply);
	return known && gets_status(fd, ASKING("visit.new", "\"concern\":\"S02\""), NULL);
}

static bool
is_sent_away(void)
{
	int fd = come_in();

	return gets_status(fd, HELLO, "DENIED") && gets_status(fd, ASKING("visit.list", ""), "DENIED");
}

static bool
cannot_choose_whom_to_be(void)
{
	int fd = come_in();

	return gets_status(fd, ASKING("session.hello", "\"protocol\":1,\"as\":\"demir\""), "DENIED") &&
	    gets_status(fd, ASKING("session.hello", "\"protocol\":1,\"as\":\"okafor\""), "DENIED") &&
	    gets_status(fd, ASKING("visit.list", ""), "DENIED");
}

/* The kernel keeps them from all that holds the office. */
static bool
cannot_go_round(void)
{
	static const char *const parts[] = { "", "-wal", "-shm", "-door", "-shown" };
	char path[PATH_MAX + 32];

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		snprintf(path, sizeof(path), "%s%s", office, parts[i]);
		if (open(path, O_RDONLY | O_CLOEXEC) >= 0 || errno != EACCES)
			return false;
	}
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)engine);
	return open(path, O_RDONLY | O_CLOEXEC) < 0 && kill(engine, SIGSTOP) != 0;
}

static bool
cannot_look_into_itself(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)engine);
	return open(path, O_RDONLY | O_CLOEXEC) < 0;
}

START_TEST(the_kernel_says_who_is_asking)
{
	AS(OKAFOR, is_okafor);
	AS(NOBODY_HERE, is_sent_away);
	AS(OKAFOR, cannot_choose_whom_to_be);
	/* a training office is played by its owner alone */
	sql("UPDATE office SET value = 'yes' WHERE key = 'training'");
	AS(OKAFOR, cannot_choose_whom_to_be);
	AS(OKAFOR, cannot_go_round);
	AS(NOBODY_HERE, cannot_go_round);
	/* nothing of what it holds is shown to anybody but root */
	AS(ENGINE, cannot_look_into_itself);
	shell("grep -q '^NoNewPrivs:.1' /proc/%d/status", (int)engine);
}
END_TEST

static bool
loses_the_role(void)
{
	int fd = come_in();

	if (!gets_status(fd, HELLO, NULL) || !gets_status(fd, ASKING("case.list", ""), NULL))
		return false;
	/* root, beside: the list changes while the session goes on */
	raise(SIGSTOP);
	return gets_status(fd, ASKING("case.list", ""), "DENIED");
}

START_TEST(who_is_taken_off_the_list_is_out_at_once)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		become(DEMIR);
		_exit(loses_the_role() ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	sql("UPDATE staff SET active = 0 WHERE login = 'demir'");
	kill(pid, SIGCONT);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

/* ---- how much one user may have ---- */

static bool
one_more_is_too_many(void)
{
	int fds[SESSIONS_MOST], more;

	for (int i = 0; i < SESSIONS_MOST; i++)
		if (!gets_status(fds[i] = come_in(), HELLO, NULL))
			return false;
	more = come_in();
	if (!gets_status(more, HELLO, "BUSY") || hear(more)) /* told, then shown out */
		return false;
	/* however a session ends, its place is free again */
	close(fds[3]);
	for (int tries = 0; tries < 100; tries++) {
		json_t *reply = tell(more = come_in(), HELLO) ? hear(more) : NULL;
		bool in = json_object_get(reply, "result") != NULL;

		json_decref(reply);
		if (in)
			return gets_status(fds[0], ASKING("staff.me", ""), NULL);
		close(more);
	}
	return false;
}

static bool
asks_once(void)
{
	int fd = come_in();

	return gets_status(fd, HELLO, NULL) && gets_status(fd, ASKING("staff.me", ""), NULL);
}

static bool
takes_all_places(void)
{
	for (int i = 0; i < SESSIONS_MOST; i++)
		if (!gets_status(come_in(), HELLO, NULL))
			return false;
	raise(SIGSTOP);
	return true;
}

/* A script that comes then knows that it may come again. */
START_TEST(a_command_too_many_may_come_again)
{
	pid_t pid = play_begins(OKAFOR, takes_all_places);
	int status;

	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	ck_assert_int_eq(shell_as(OKAFOR, "$TRESEN visit list"), 75);
	ck_assert_msg(strstr(said, "You have too many sessions open at once. Close one and try "
	    "again.") != NULL, "%s", said);
	ck_assert_int_eq(shell_as(DEMIR, "$TRESEN case list"), 0);
	kill(pid, SIGCONT);
	play_ends(pid, "many sessions");
}
END_TEST

START_TEST(one_user_has_so_many_sessions)
{
	AS(OKAFOR, one_more_is_too_many);
	AS(OKAFOR, asks_once);
}
END_TEST

/* A hundred at once, then fifty a second: two sessions share it. */
static bool
asks_170_times(void)
{
	int fds[] = { come_in(), come_in() };

	for (int i = 0; i < 170; i++)
		if (!gets_status(fds[i % 2], i < 2 ? HELLO : ASKING("staff.me", ""), NULL))
			return false;
	return true;
}

START_TEST(one_user_asks_so_often)
{
	int64_t took = AS(OKAFOR, asks_170_times);

	ck_assert_msg(took >= 1200, "70 above the share took %lld ms", (long long)took);
	AS(DEMIR, asks_once);
}
END_TEST

/* Whoever keeps silent, never reads, or drips bytes before saying who they are
 * is given up; a colleague works on meanwhile. */
static bool
is_shown_out(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char bytes[65536];
	ssize_t n = 1;

	while (n > 0)
		n = poll(&p, 1, DEADLINE_MS) == 1 ? recv(fd, bytes, sizeof(bytes), 0) : -2;
	return n == 0 || (n == -1 && errno == ECONNRESET);
}

static bool
is_open(int fd, const char *line)
{
	return send(fd, line, strlen(line), MSG_NOSIGNAL) >= 0 || errno == EAGAIN;
}

static bool
outstays_the_welcome(void)
{
	int silent = come_in(), deaf = come_in(), drips = come_in();
	static const char question[] = ASKING("catalogue.show", "");
	int64_t until = clock_ticks() + DEADLINE_MS;

	if (!gets_status(deaf, HELLO, NULL))
		return false;
	fcntl(deaf, F_SETFL, O_NONBLOCK);
	while (clock_ticks() < until && (is_open(drips, " ") || is_open(deaf, question)))
		poll(NULL, 0, 10);
	return clock_ticks() < until && is_shown_out(silent);
}

START_TEST(who_holds_a_session_for_nothing_is_shown_out)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		become(OKAFOR);
		_exit(outstays_the_welcome() ? 0 : 1);
	}
	AS(DEMIR, asks_once);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	AS(OKAFOR, asks_once);
}
END_TEST

/* A crowd of one user's at the door: a colleague comes in between them. */
static bool
crowds(void)
{
	for (int i = 0; i < 200; i++)
		if (!tell(come_in(), "x"))
			return false;
	return true;
}

START_TEST(a_crowd_does_not_keep_a_colleague_out)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		become(OKAFOR);
		_exit(crowds() ? 0 : 1);
	}
	for (int i = 0; i < 10; i++)
		ck_assert_int_lt(AS(DEMIR, asks_once), 5000);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
}
END_TEST

/* Those for whom there is no place: nothing that they send, and no urgent byte,
 * keeps a process of theirs in the house. */
static bool
fills_the_house(void)
{
	static const char question[] = ASKING("staff.me", "");
	int inside[SESSIONS_MOST], more[30];
	int64_t began;

	for (int i = 0; i < SESSIONS_MOST; i++)
		if (!gets_status(inside[i] = come_in(), HELLO, NULL))
			return false;
	for (size_t i = 0; i < COUNT_OF(more); i++) {
		more[i] = come_in();
		if (i % 2)
			send(more[i], "x", 1, MSG_OOB | MSG_NOSIGNAL);
		for (int n = 0; n < 40 && i % 2 == 0; n++)
			send(more[i], question, strlen(question), MSG_NOSIGNAL);
	}
	began = clock_ticks();
	for (size_t i = 0; i < COUNT_OF(more); i++)
		if (!is_shown_out(more[i]))
			return false;
	return clock_ticks() - began < 10000;
}

START_TEST(who_finds_no_place_does_not_stay)
{
	AS(OKAFOR, fills_the_house);
}
END_TEST

Suite *
suite_door(void)
{
	return town_suite("door", TESTS(the_kernel_says_who_is_asking,
	    who_is_taken_off_the_list_is_out_at_once, one_user_has_so_many_sessions,
	    a_command_too_many_may_come_again,
	    one_user_asks_so_often, a_crowd_does_not_keep_a_colleague_out,
	    who_holds_a_session_for_nothing_is_shown_out, who_finds_no_place_does_not_stay));
}
