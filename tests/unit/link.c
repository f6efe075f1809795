/*
 * link.c - the client's end of the line, against an engine played by the
 * test: who one is stays so over a lost line, a refused login changes nothing.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "wire.h"

static char dir[] = "/tmp/tresen-link-XXXXXX", path[64];
static pid_t engine;
static struct link *l;
static struct reply r;

/* ---- the engine: knows everybody but "nobody"; "end" closes the line ---- */

static json_t *
answer_to(const struct rpc_request *q, char as[static 16])
{
	const char *wanted = json_string_value(json_object_get(q->params, "as"));

	if (strcmp(q->method, "session.hello") == 0) {
		if (wanted && strcmp(wanted, "nobody") == 0)
			return rpc_error(q->id, 66, "There is no such login.",
			    json_pack("{s:s}", "status", "NOT_FOUND"));
		if (wanted && strcmp(wanted, "old") == 0)
			return rpc_result(q->id, json_pack("{s:i, s:{}, s:{}}", "protocol",
			    TRESEN_PROTOCOL, "office", "staff"));
		snprintf(as, 16, "%s", wanted ? wanted : "-");
	}
	return rpc_result(q->id, json_pack("{s:i, s:{}, s:s}", "protocol", TRESEN_PROTOCOL,
	    "office", "as", as));
}

/* One connection; false once the client has asked for its end. */
static void
serve_one(int fd, bool *ended)
{
	struct rpc_buffer in = { 0 };
	char as[16] = "", *line;
	size_t length;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	bool open = true;

	while (open && poll(&p, 1, -1) > 0 && rpc_fill(&in, fd) == RPC_MORE)
		while (open && rpc_next_line(&in, &line, &length) == RPC_LINE) {
			struct rpc_request q;
			json_t *reply;

			rpc_parse(line, length, &q);
			if (strcmp(q.method, "end") == 0 && !*ended) {
				*ended = true;
				open = false;
			} else {
				reply = answer_to(&q, as);
				rpc_send(fd, reply, 1000);
				json_decref(reply);
			}
			json_decref(q.message);
		}
	rpc_buffer_free(&in);
	close(fd);
}

static void
setup(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int door = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ended = false;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/door", dir);
	memcpy(address.sun_path, path, strlen(path) + 1);
	ck_assert_int_eq(bind(door, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(listen(door, 4), 0);
	engine = fork();
	if (engine == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			serve_one(accept(door, NULL, NULL), &ended);
	}
	close(door);
	l = link_open(&(struct link_target){ .office = path, .client = "test/1" }, &r);
	ck_assert_ptr_nonnull(l);
	reply_done(&r);
}

static void
teardown(void)
{
	reply_done(&r);
	link_close(l);
	kill(engine, SIGKILL);
	unlink(path);
	rmdir(dir);
}

/* Who the engine thinks we are, asked over the line as it is. */
static const char *
known_as(const char *method)
{
	reply_done(&r);
	ck_assert_int_eq(link_call(l, method, NULL, &r), ST_OK);
	return json_string_value(json_object_get(r.result, "as"));
}

START_TEST(a_refused_login_changes_nobody)
{
	ck_assert_int_eq(link_hello_as(l, "nobody", &r), ST_NOT_FOUND);
	ck_assert_str_eq(known_as("end"), "-");
}
END_TEST

START_TEST(nor_somebody)
{
	ck_assert_int_eq(link_hello_as(l, "front1", &r), ST_OK);
	reply_done(&r);
	ck_assert_int_eq(link_hello_as(l, "nobody", &r), ST_NOT_FOUND);
	ck_assert_str_eq(known_as("end"), "front1");
}
END_TEST

/* It does not say what one may do: no screen would have a key. */
START_TEST(an_engine_before_this_program_is_not_worked_with)
{
	ck_assert_int_eq(link_hello_as(l, "old", &r), ST_UNREACHABLE);
	ck_assert_ptr_nonnull(strstr(r.sentence, "same version"));
}
END_TEST

START_TEST(a_lost_line_is_told_once)
{
	ck_assert_int_eq(link_hello_as(l, "front1", &r), ST_OK);
	reply_done(&r);
	ck_assert(!link_came_back(l));
	ck_assert_str_eq(known_as("end"), "front1");
	ck_assert(link_came_back(l));
	ck_assert(!link_came_back(l));
	ck_assert_str_eq(known_as("who"), "front1");
	ck_assert(!link_came_back(l));
}
END_TEST

Suite *suite_link(void);
Suite *
suite_link(void)
{
	Suite *s = suite_create("link");
	TCase *t = tcase_create("link");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_refused_login_changes_nobody);
	tcase_add_test(t, nor_somebody);
	tcase_add_test(t, an_engine_before_this_program_is_not_worked_with);
	tcase_add_test(t, a_lost_line_is_told_once);
	suite_add_tcase(s, t);
	return s;
}
