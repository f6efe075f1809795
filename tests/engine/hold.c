/*
 * hold.c - writes that come together go to the disk together: one sync for all, no
 * answer before it, and the truth to each of them when the disk fails.
 *
 * The session is a child of the test that runs the engine's own code: this file's
 * fdatasync and clock stand before the real ones there.
 */
#include "../command/harness_desk.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine.h"

int fdatasync(int fd);
int64_t __wrap_clock_ticks(void);
int64_t __real_clock_ticks(void);

/* What test and session see of each other. */
static struct watch {
	int syncs, break_at;     /* of all files; the one that fails, 0: none */
	int told_early;          /* bytes that lay before the client at the first sync */
	int64_t ticks, step;     /* the clock, and how far it goes at each look */
	bool turned;             /* is the clock the test's? */
} *watch;

static int line;                 /* the session's end */

int
fdatasync(int fd)
{
	int early = 0;

	if (watch->syncs == 0 && ioctl(line, SIOCOUTQ, &early) == 0)
		watch->told_early = early;
	if (++watch->syncs == watch->break_at) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

int64_t
__wrap_clock_ticks(void)
{
	return watch && watch->turned ? watch->ticks += watch->step : __real_clock_ticks();
}

/* ---- the session ---- */

static struct office *office;
static struct desk *desk;
static int64_t ids[3];           /* cases that are nobody's */

_Noreturn static void
run_session(int fd)
{
	struct session s = { .path = office_db(office), .fd = fd, .peer = geteuid() };

	line = fd;
	setenv("TRESEN_NOW", office_clock_file(office), 1);
	clock_init();
	lang_init();
	serve(&s);
	_exit(EXIT_SUCCESS);
}

static struct desk *
begin_session(void)
{
	int pair[2];
	pid_t pid;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	pid = fork();
	if (pid == 0) {
		close(pair[0]);
		run_session(pair[1]);
	}
	close(pair[1]);
	return desk_at(office, pair[0], pid);
}

static void
setup(void)
{
	struct desk *d;
	int64_t person;

	watch = mmap(NULL, sizeof(*watch), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
	    0);
	ck_assert_ptr_ne(watch, MAP_FAILED);
	office = office_new();
	d = desk_open(office, "res1");
	person = a_person(d, "Haddad");
	for (size_t i = 0; i < COUNT_OF(ids); i++)
		ids[i] = a_case(d, person);
	desk_close(d);
	desk = begin_session();
	desk_do(desk, "session.hello", "{s:i, s:s, s:s, s:s}", "protocol", 1, "client", "test/1",
	    "lang", "en", "as", "res1");
	/* a new log is entered in its folder */
	desk_do(desk, "case.claim", "{s:I}", "id", ids[2]);
	*watch = (struct watch){ .turned = true };
}

static void
teardown(void)
{
	ck_assert_int_eq(watch->told_early, 0);
	watch->turned = false;
	desk_close(desk);
	office_sound(office);
	office_free(office);
	munmap(watch, sizeof(*watch));
}

/* Adds a request to those that go as one text. */
static void
ask(char *all, const char *method, int64_t id, const char *request)
{
	char *end = all + strlen(all);

	sprintf(end, "%s{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"%s\",\"params\":{\"id\":%lld",
	    end > all ? "\n" : "", request, method, (long long)id);
	if (strcmp(method, "case.show") != 0)
		sprintf(end + strlen(end), ",\"request_id\":\"%s\"", request);
	strcat(end, "}}");
}

/* The next answer: to which request, and how it ended. */
static json_t *
is_answered(const char *request, const char *status)
{
	json_t *reply = desk_reply(desk);

	ck_assert_ptr_nonnull(reply);
	ck_assert_str_eq(str(reply, "id"), request);
	ck_assert_str_eq(reply_status(reply), status);
	return reply;
}

static int64_t
events_of(const char *request)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event WHERE request_id = '%s'", request);
	return office_number_of(office, sql);
}

/* ---- the tests ---- */

START_TEST(one_sync_for_all)
{
	char all[1024] = "";
	const json_t *reply;

	ask(all, "case.claim", ids[0], "a");
	ask(all, "case.claim", ids[1], "b");
	ask(all, "case.release", ids[0], "c");
	ask(all, "case.claim", ids[0], "d");
	desk_line(desk, all);
	ck_assert_str_eq(str(is_answered("a", "OK"), "result.case.owner"), "res1");
	is_answered("b", "OK");
	reply = is_answered("c", "OK");
	ck_assert(json_is_null(at(reply, "result.case.owner")));
	ck_assert_str_eq(str(is_answered("d", "OK"), "result.case.owner"), "res1");
	ck_assert_int_eq(watch->syncs, 1);
	/* and one for one that comes alone */
	all[0] = '\0';
	ask(all, "case.release", ids[0], "e");
	desk_line(desk, all);
	is_answered("e", "OK");
	ck_assert_int_eq(watch->syncs, 2);
}
END_TEST

START_TEST(the_disk_fails_all_of_them)
{
	char all[1024] = "";

	ask(all, "case.claim", ids[0], "a");
	ask(all, "case.claim", ids[1], "b");
	ask(all, "case.release", ids[0], "c");
	watch->break_at = 1;
	desk_line(desk, all);
	for (const char *id = "abc"; *id; id++) {
		char request[] = { *id, '\0' };
		json_t *reply = is_answered(request, "STORE");

		ck_assert_ptr_nonnull(strstr(str(reply, "error.message"), "does not confirm"));
	}
	/* asked again when it can write again: it is there, once */
	desk_line(desk, all);
	is_answered("a", "OK");
	is_answered("b", "OK");
	is_answered("c", "OK");
	for (const char *id = "abc"; *id; id++)
		ck_assert_int_eq(events_of((char[]){ *id, '\0' }), 1);
}
END_TEST

START_TEST(a_refusal_has_its_place)
{
	struct desk *other = desk_open(office, "res2");
	char all[1024] = "";

	desk_do(other, "case.claim", "{s:I}", "id", ids[1]);
	ask(all, "case.claim", ids[0], "a");
	ask(all, "case.claim", ids[1], "b");
	ask(all, "case.release", ids[0], "c");
	desk_line(desk, all);
	is_answered("a", "OK");
	ck_assert_str_eq(str(is_answered("b", "CONFLICT"), "error.data.winner.current.owner"),
	    "res2");
	is_answered("c", "OK");
	ck_assert_int_eq(events_of("b"), 0);
	desk_close(other);
}
END_TEST

/* What may take its time keeps no answer waiting that could be given. */
START_TEST(a_question_between_lets_go)
{
	char all[1024] = "";

	ask(all, "case.claim", ids[0], "a");
	ask(all, "case.show", ids[0], "b");
	ask(all, "case.release", ids[0], "c");
	desk_line(desk, all);
	is_answered("a", "OK");
	ck_assert_str_eq(str(is_answered("b", "OK"), "result.case.owner"), "res1");
	is_answered("c", "OK");
	ck_assert_int_ge(watch->syncs, 2);
	/* nor does what is no request at all */
	all[0] = '\0';
	ask(all, "case.claim", ids[0], "d");
	strcat(all, "\n{\"jsonrpc\":");
	desk_line(desk, all);
	is_answered("d", "OK");
	ck_assert_str_eq(reply_status(desk_reply(desk)), "INVALID");
}
END_TEST

START_TEST(nobody_is_held_for_long)
{
	char all[1024] = "";

	watch->step = 2;
	ask(all, "case.claim", ids[0], "a");
	ask(all, "case.release", ids[0], "b");
	ask(all, "case.claim", ids[0], "c");
	ask(all, "case.release", ids[0], "d");
	desk_line(desk, all);
	is_answered("a", "OK");
	is_answered("b", "OK");
	is_answered("c", "OK");
	is_answered("d", "OK");
	ck_assert_int_gt(watch->syncs, 1);
}
END_TEST

START_TEST(more_than_are_held_at_once)
{
	static char all[200 * (2 * HELD_MOST + 1)];
	char request[16];

	all[0] = '\0';
	for (int i = 0; i <= 2 * HELD_MOST; i++) {
		snprintf(request, sizeof(request), "q%d", i);
		ask(all, i % 2 ? "case.release" : "case.claim", ids[0], request);
	}
	desk_line(desk, all);
	for (int i = 0; i <= 2 * HELD_MOST; i++) {
		snprintf(request, sizeof(request), "q%d", i);
		is_answered(request, "OK");
	}
	ck_assert_int_eq(watch->syncs, 3);
}
END_TEST

Suite *suite_hold(void);

Suite *
suite_hold(void)
{
	Suite *s = suite_create("hold");
	TCase *t = tcase_create("together");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, one_sync_for_all);
	tcase_add_test(t, the_disk_fails_all_of_them);
	tcase_add_test(t, a_refusal_has_its_place);
	tcase_add_test(t, a_question_between_lets_go);
	tcase_add_test(t, nobody_is_held_for_long);
	tcase_add_test(t, more_than_are_held_at_once);
	suite_add_tcase(s, t);
	return s;
}
