/*
 * listen.c - tresen-engine --listen, for hosts without systemd: one process a
 * connection, an end in good order, and patience where the machine has nothing
 * left.
 */
#include "harness_desk.h"

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define HELLO                                                                  \
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.hello\",\"params\":{\"protocol\":1}}\n"

static char door[PATH_MAX];

static pid_t
start_listener(struct office *o)
{
	char engine[PATH_MAX];
	char *argv[] = { engine, (char[]){ "--db" }, (char *)(uintptr_t)office_db(o),
		(char[]){ "--listen" }, door, NULL };
	char *env[] = { (char[]){ "PATH=/usr/bin:/bin" }, NULL };
	pid_t pid;

	snprintf(door, sizeof(door), "%s/door", office_dir(o));
	program_path("tresen-engine", engine, sizeof(engine));
	ck_assert_int_eq(posix_spawn(&pid, engine, NULL, NULL, argv, env), 0);
	return pid;
}

/* Connected; the listener may still be on its way. */
static int
come_in(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int64_t until = ticks_ms() + DEADLINE_MS;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_uint_lt(strlen(door), sizeof(address.sun_path));
	strcpy(address.sun_path, door);
	while (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		ck_assert_msg(ticks_ms() < until, "nobody listens");
		poll(NULL, 0, 5);
	}
	return fd;
}

static bool
is_answered(int fd, int ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char byte;

	return poll(&p, 1, ms) == 1 && recv(fd, &byte, 1, 0) == 1;
}

static void
say_hello(int fd)
{
	ck_assert_int_eq(send(fd, HELLO, strlen(HELLO), MSG_NOSIGNAL), (ssize_t)strlen(HELLO));
}

/* Ends it by SIGTERM; milliseconds of processor it has used. */
static int64_t
stop(pid_t pid)
{
	struct rusage used;
	int status;

	kill(pid, SIGTERM);
	ck_assert_int_eq(wait4(pid, &status, 0, &used), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "ended with %x",
	    (unsigned)status);
	ck_assert_msg(access(door, F_OK) != 0, "the socket is still there");
	return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
	    (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

START_TEST(each_connection_is_a_session)
{
	struct office *o = office_new();
	pid_t pid = start_listener(o);
	int a = come_in(), b = come_in();

	say_hello(b);
	ck_assert(is_answered(b, DEADLINE_MS));
	say_hello(a);
	ck_assert(is_answered(a, DEADLINE_MS));
	/* the door closes, who is in stays in */
	stop(pid);
	while (is_answered(a, 50))
		;
	say_hello(a);
	ck_assert(is_answered(a, DEADLINE_MS));
	close(a);
	close(b);
	office_free(o);
}
END_TEST

/* No descriptor left: it waits, without burning the processor, and goes on. */
START_TEST(a_full_machine_is_waited_for)
{
	struct office *o = office_new();
	pid_t pid = start_listener(o);
	struct rlimit usual, none;
	int fd;

	close(come_in());
	ck_assert_int_eq(prlimit(pid, RLIMIT_NOFILE, NULL, &usual), 0);
	none = (struct rlimit){ .rlim_cur = 3, .rlim_max = usual.rlim_max };
	ck_assert_int_eq(prlimit(pid, RLIMIT_NOFILE, &none, NULL), 0);
	fd = come_in();
	say_hello(fd);
	ck_assert(!is_answered(fd, 1000));
	ck_assert_int_eq(prlimit(pid, RLIMIT_NOFILE, &usual, NULL), 0);
	ck_assert(is_answered(fd, DEADLINE_MS));
	close(fd);
	ck_assert_int_lt(stop(pid), 250);
	office_free(o);
}
END_TEST

Suite *suite_listen(void);
Suite *
suite_listen(void)
{
	Suite *s = suite_create("listen");
	TCase *t = tcase_create("listen");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, each_connection_is_a_session);
	tcase_add_test(t, a_full_machine_is_waited_for);
	suite_add_tcase(s, t);
	return s;
}
