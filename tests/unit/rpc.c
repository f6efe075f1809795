/*
 * rpc.c - framing: lines arrive in any pieces and come out whole; a peer that
 * sends without end or does not read is given up.
 */
#include <check.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

static int ours, theirs;
static struct rpc_buffer buffer;

static void
setup(void)
{
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	ours = pair[0];
	theirs = pair[1];
	buffer = (struct rpc_buffer){ 0 };
}

static void
teardown(void)
{
	close(ours);
	if (theirs >= 0)
		close(theirs);
	rpc_buffer_free(&buffer);
}

static void
arrives(const char *bytes, size_t n)
{
	ck_assert_int_eq(send(theirs, bytes, n, 0), (ssize_t)n);
	ck_assert_int_eq(rpc_fill(&buffer, ours), RPC_MORE);
}

static void
line_is(const char *expected)
{
	char *line;
	size_t n;

	ck_assert_int_eq(rpc_next_line(&buffer, &line, &n), RPC_LINE);
	ck_assert_uint_eq(n, strlen(expected));
	ck_assert_str_eq(line, expected);
}

static void
nothing_whole(void)
{
	char *line;
	size_t n;

	ck_assert_int_eq(rpc_next_line(&buffer, &line, &n), RPC_MORE);
}

START_TEST(a_byte_at_a_time)
{
	const char text[] = "{\"a\":1}\n\n{\"b\":2}\n";

	for (const char *c = text; *c; c++) {
		arrives(c, 1);
		if (*c != '\n')
			nothing_whole();
		else if (c - text == 7)
			line_is("{\"a\":1}");
		else if (c - text == 8)
			line_is("");
		else
			line_is("{\"b\":2}");
	}
	nothing_whole();
}
END_TEST

START_TEST(several_in_one_read)
{
	arrives("one\ntwo\nthr", 11);
	line_is("one");
	ck_assert(rpc_has_more(&buffer));
	line_is("two");
	ck_assert(!rpc_has_more(&buffer));
	nothing_whole();
	arrives("ee\n", 3);
	line_is("three");
	nothing_whole();
	/* the peer goes in the middle of a line */
	arrives("fou", 3);
	close(theirs);
	theirs = -1;
	ck_assert_int_eq(rpc_fill(&buffer, ours), RPC_CLOSED);
	nothing_whole();
}
END_TEST

START_TEST(nothing_to_read_is_no_end)
{
	ck_assert_int_eq(rpc_fill(&buffer, ours), RPC_MORE);
	nothing_whole();
}
END_TEST

START_TEST(a_line_without_end_is_given_up)
{
	char chunk[8192], *line;
	enum rpc_read got = RPC_MORE;
	size_t sent = 0, n;

	memset(chunk, 'x', sizeof(chunk));
	while (got == RPC_MORE && sent < 2 * RPC_LINE_MAX) {
		arrives(chunk, sizeof(chunk));
		sent += sizeof(chunk);
		got = rpc_next_line(&buffer, &line, &n);
	}
	ck_assert_int_eq(got, RPC_TOO_LONG);
	ck_assert_uint_ge(sent, RPC_LINE_MAX);
}
END_TEST

START_TEST(a_peer_that_does_not_read_is_given_up)
{
	json_t *message = json_pack("{s:s}", "a", "text of some length, to fill the pipe");
	int64_t from = clock_ticks();
	int n = 0;

	while (rpc_send(ours, message, 50))
		ck_assert_int_lt(++n, 1000000);
	ck_assert_int_ge(clock_ticks() - from, 49);
	json_decref(message);
}
END_TEST

START_TEST(requests_are_parsed_or_refused)
{
	static const struct {
		const char *line;
		int code;
	} cases[] = {
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}", 0 },
		{ "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"m\",\"params\":{}}", 0 },
		{ "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", 0 },
		{ "", RPC_PARSE_ERROR }, { "{", RPC_PARSE_ERROR }, { "{}x", RPC_PARSE_ERROR },
		{ "[]", RPC_INVALID_REQUEST }, { "{}", RPC_INVALID_REQUEST },
		{ "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}", RPC_INVALID_REQUEST },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"m\"}", RPC_INVALID_REQUEST },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[]}",
		  RPC_INVALID_PARAMS },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct rpc_request r;

		ck_assert_msg(rpc_parse(cases[i].line, strlen(cases[i].line), &r) == cases[i].code,
		    "%s", cases[i].line);
		if (cases[i].code == 0)
			ck_assert(json_is_object(r.params) && strcmp(r.method, "m") == 0);
		json_decref(r.message);
	}
}
END_TEST

/* Nothing is to be read, and whoever reads all the same must not wait for it. */
START_TEST(urgent_data_holds_nobody)
{
	struct pollfd p = { .fd = ours, .events = POLLIN };

	if (send(theirs, "x", 1, MSG_OOB) != 1)
		return; /* a kernel without it */
	for (int i = 0; i < 3 && poll(&p, 1, 0) > 0; i++)
		ck_assert_int_eq(rpc_fill(&buffer, ours), RPC_MORE);
	ck_assert_int_eq(poll(&p, 1, 0), 0);
	arrives("{}\n", 3);
	line_is("{}");
}
END_TEST

Suite *suite_rpc(void);
Suite *
suite_rpc(void)
{
	Suite *s = suite_create("rpc");
	TCase *t = tcase_create("rpc");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_byte_at_a_time);
	tcase_add_test(t, several_in_one_read);
	tcase_add_test(t, nothing_to_read_is_no_end);
	tcase_add_test(t, urgent_data_holds_nobody);
	tcase_add_test(t, a_line_without_end_is_given_up);
	tcase_add_test(t, a_peer_that_does_not_read_is_given_up);
	tcase_add_test(t, requests_are_parsed_or_refused);
	suite_add_tcase(s, t);
	return s;
}
