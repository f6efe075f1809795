/*
 * wire.c - what an engine does with lines that no client of ours would send:
 * it answers with a sentence, changes nothing and goes on.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define JSON_ERROR (-32700)
#define NO_REQUEST (-32600)
#define NO_METHOD (-32601)
#define NO_PARAMS (-32602)

static void
refuses(struct desk *d, const char *line, int code)
{
	json_t *reply;

	desk_line(d, line);
	reply = desk_reply(d);
	ck_assert_msg(reply != NULL, "the engine left after: %.60s", line);
	ck_assert_msg(num(reply, "error.code") == code, "%.60s: %lld", line,
	    (long long)num(reply, "error.code"));
	ck_assert_str_eq(str(reply, "error.data.status"), "INVALID");
	ck_assert_uint_gt(strlen(str(reply, "error.message")), 10);
}

START_TEST(broken_lines_are_answered)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");

	refuses(d, "", JSON_ERROR);
	refuses(d, "{", JSON_ERROR);
	refuses(d, "\xff\xfe", JSON_ERROR);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"staff.me\"}", JSON_ERROR);
	refuses(d, "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.me\"}]", NO_REQUEST);
	refuses(d, "7", JSON_ERROR);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"visit.new\",\"params\":"
	    "{\"concern\":\"a\\u0000b\"}}", JSON_ERROR);
	refuses(d, "{\"id\":1,\"method\":\"staff.me\"}", NO_REQUEST);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"staff.me\"}", NO_REQUEST);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1}", NO_REQUEST);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", NO_REQUEST);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.me\",\"params\":[1]}", NO_PARAMS);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no.such\"}", NO_METHOD);
	refuses(d, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.x\"}", NO_METHOD);
	desk_do(d, "staff.me", NULL);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Deep nesting is a program that wants our stack, not a clerk. */
START_TEST(deep_nesting_is_refused)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	char *deep = malloc(200001);

	memset(deep, '[', 200000);
	deep[200000] = '\0';
	refuses(d, deep, JSON_ERROR);
	desk_do(d, "staff.me", NULL);
	free(deep);
	desk_close(d);
	office_free(o);
}
END_TEST

static const struct {
	const char *method, *field, *params;
} wrong[] = {
	{ "visit.new", "concern", "{}" },
	{ "visit.new", "concern", "{\"concern\":null}" },
	{ "visit.new", "concern", "{\"concern\":7}" },
	{ "visit.new", "concern", "{\"concern\":\"  \"}" },
	{ "visit.new", "concern", "{\"concern\":\"\\u001b[2J\"}" },
	{ "visit.new", "colour", "{\"concern\":\"S02\",\"colour\":\"red\"}" },
	{ "visit.new", "lane", "{\"concern\":\"S02\",\"lane\":\"vip\",\"reason\":\"r\"}" },
	{ "visit.new", "language", "{\"concern\":\"S02\",\"language\":\"qq\"}" },
	{ "visit.new", "people", "{\"concern\":\"S02\",\"people\":-1}" },
	{ "visit.new", "people", "{\"concern\":\"S02\",\"people\":4294967297}" },
	{ "visit.new", "people", "{\"concern\":\"S02\",\"people\":1.5}" },
	{ "visit.new", "request_id", "{\"concern\":\"S02\",\"request_id\":7}" },
	{ "visit.new", "request_id", "{\"concern\":\"S02\",\"request_id\":\"\"}" },
	{ "visit.new", "people", "{\"concern\":\"S02\",\"people\":0}" },
	{ "visit.edit", "people", "{\"id\":1,\"people\":0}" },
	{ "visit.next", "counter", "{\"counter\":\"branch-1\"}" },
	{ "visit.show", "id", "{\"id\":0}" },
	{ "visit.show", "id", "{\"id\":-1}" },
	{ "visit.show", "id", "{\"id\":\"1\"}" },
	{ "visit.show", "id", "{\"id\":9223372036854775808}" },
	{ "visit.list", "state", "{\"state\":\"gone\"}" },
	{ "visit.list", "after", "{\"after\":\"x\"}" },
	{ "person.find", "q", "{\"q\":[]}" },
	{ "case.open", "form", "{\"person\":1,\"service\":\"S02\",\"form\":\"{\"}" },
	{ "case.wait", "until", "{\"id\":1,\"reason\":\"r\",\"until\":\"2026-02-30\"}" },
	{ "case.list", "sort", "{\"sort\":\"random\"}" },
	{ "case.list", "limit", "{\"limit\":-1}" },
	{ "case.list", "limit", "{\"limit\":501}" },
	{ "case.ready", "after", "{\"after\":\"x\"}" },
	{ "visit.list", "limit", "{\"limit\":0}" },
	{ "visit.list", "after", "{\"after\":\"99\"}" },
	{ "handover.list", "limit", "{\"limit\":0}" },
	{ "person.find", "limit", "{\"q\":\"a\",\"limit\":51}" },
	{ "case.list", "late", "{\"late\":\"yes\"}" },
	{ "case.list", "owner", "{\"owner\":\"mallory\"}" },
	{ "case.list", "unit", "{\"unit\":\"bogus\"}" },
	{ "case.list", "unit", "{\"unit\":\"social_work\"}" },
	{ "case.list", "after", "{\"after\":\"zzz\"}" },
	{ "case.list", "after", "{\"after\":\"rank.2147483647.1\"}" },
	{ "case.list", "after", "{\"after\":\"rank.1.99999999999999999999\"}" },
	{ "case.list", "after", "{\"after\":\"due.1.1\"}" },
	{ "handover.list", "after", "{\"after\":\"-3\"}" },
	{ "draft.save", "body", "{\"key\":\"k\",\"body\":[]}" },
	{ "draft.save", "key", "{\"key\":\"\",\"body\":{}}" },
};

START_TEST(wrong_arguments_name_their_field)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	int taken = 0;

	a_person(d, "Haddad");
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		json_t *params = json_loads(wrong[i].params, JSON_ALLOW_NUL, NULL), *reply;

		if (!params) { /* a number that JSON cannot hold: as it is on the wire */
			char line[256];

			snprintf(line, sizeof(line), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\","
			    "\"params\":%s}", wrong[i].method, wrong[i].params);
			refuses(d, line, JSON_ERROR);
			continue;
		}
		reply = desk_ask_with(d, wrong[i].method, params);
		if (strcmp(reply_status(reply), "INVALID") == 0 &&
		    strcmp(str(reply, "error.data.field"), wrong[i].field) == 0)
			continue;
		fprintf(stderr, "%s %s: %s\n", wrong[i].method, wrong[i].params,
		    reply_status(reply));
		taken++;
	}
	ck_assert_int_eq(taken, 0);
	ck_assert_int_eq(num(desk_do(d, "visit.list", NULL), "counts.waiting"), 1);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(hello_with_the_wrong_protocol)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, NULL);

	desk_refused(d, "INVALID", "session.hello", NULL);
	desk_refused(d, "INVALID", "session.hello", "{s:i}", "protocol", 2);
	desk_refused(d, "INVALID", "session.hello", "{s:s}", "protocol", "1");
	desk_close(d);
	office_free(o);
}
END_TEST

/* Limits are said in characters, and meant so. */
START_TEST(long_is_counted_in_characters)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	char name[3 * 201 + 1];

	for (int i = 0; i < 201; i++)
		memcpy(name + 3 * i, "漢", 4);
	desk_refused(d, "INVALID", "visit.new", "{s:s}", "concern", name);
	desk_refused(d, "INVALID", "draft.save", "{s:s, s:{}}", "key", name, "body");
	desk_refused(d, "INVALID", "visit.new", "{s:s, s:s}", "concern", "S02", "request_id",
	    name);
	name[3 * 200] = '\0';
	desk_do(d, "visit.new", "{s:s}", "concern", name);
	desk_do(d, "draft.save", "{s:s, s:{}}", "key", name, "body");
	name[3 * 64] = '\0';
	desk_do(d, "visit.new", "{s:s, s:s}", "concern", "S02", "request_id", name);
	desk_close(d);
	office_free(o);
}
END_TEST

/* What a client calls itself is kept with each event: whole characters, and
 * nothing that would write into an administrator's terminal. */
START_TEST(a_client_name_is_cut_and_cleaned)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, NULL);

	desk_do(d, "session.hello", "{s:i, s:s, s:s}", "protocol", 1, "as", "front1", "client",
	    "\x1b[2J3456789012345678901234567890123456789012345678901234567éé");
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_int_eq(office_number_of(o, "SELECT terminal ="
	    " '␛[2J3456789012345678901234567890123456789012345678901234567é'"
	    " FROM event ORDER BY seq DESC LIMIT 1"), 1);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Nobody types a megabyte: the line is refused and the session ends. */
START_TEST(a_line_without_end_closes_the_session)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	char *chunk = malloc(65536);
	json_t *reply;

	memset(chunk, 'x', 65536);
	/* it is still sending when the engine has had enough */
	for (int i = 0; i < 64; i++)
		ck_assert_int_eq(send(d->fd, chunk, 65536, MSG_NOSIGNAL), 65536);
	reply = desk_reply(d);
	ck_assert_msg(reply != NULL, "the line was reset before the sentence could be read");
	ck_assert_int_eq(num(reply, "error.code"), NO_REQUEST);
	ck_assert_ptr_null(desk_reply(d));
	free(chunk);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(a_line_of_nearly_a_megabyte_is_read)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	size_t n = (1 << 20) - 200;
	char *line = malloc(n + 256);
	int head = sprintf(line, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"visit.new\","
	    "\"params\":{\"concern\":\"");

	memset(line + head, 'x', n - (size_t)head);
	strcpy(line + n, "\"}}");
	desk_line(d, line);
	ck_assert_str_eq(str(desk_reply(d), "error.data.field"), "concern");
	free(line);
	desk_close(d);
	office_free(o);
}
END_TEST

/* JSON-RPC: no id, no answer; the deed is done all the same. */
START_TEST(a_notification_gets_no_answer)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");

	desk_line(d, "{\"jsonrpc\":\"2.0\",\"method\":\"visit.new\",\"params\":{\"concern\":\"S02\"}}");
	desk_line(d, "{\"jsonrpc\":\"2.0\",\"method\":\"visit.new\",\"params\":{}}");
	ck_assert_int_eq(num(desk_do(d, "visit.list", NULL), "counts.waiting"), 1);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Many requests in one packet, and one request in many packets. */
START_TEST(lines_are_cut_where_they_end)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, NULL);
	const char lines[] =
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"session.hello\",\"params\":"
	    "{\"protocol\":1,\"as\":\"front1\"}}\n"
	    "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"staff.me\"}\n"
	    "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"visit.list\"}";

	desk_line(d, lines);
	ck_assert_int_eq(num(desk_reply(d), "id"), 1);
	ck_assert_str_eq(str(desk_reply(d), "id"), "b");
	ck_assert_int_eq(num(desk_reply(d), "id"), 3);
	for (const char *c = lines; *c; c++)
		ck_assert_int_eq(send(d->fd, c, 1, MSG_NOSIGNAL), 1);
	desk_line(d, "");
	for (int i = 0; i < 3; i++)
		keys_within(desk_reply(d), "result");
	desk_close(d);
	office_free(o);
}
END_TEST

Suite *suite_wire(void);
Suite *
suite_wire(void)
{
	Suite *s = suite_create("wire");
	TCase *t = tcase_create("wire");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, broken_lines_are_answered);
	tcase_add_test(t, deep_nesting_is_refused);
	tcase_add_test(t, wrong_arguments_name_their_field);
	tcase_add_test(t, hello_with_the_wrong_protocol);
	tcase_add_test(t, long_is_counted_in_characters);
	tcase_add_test(t, a_client_name_is_cut_and_cleaned);
	tcase_add_test(t, a_line_without_end_closes_the_session);
	tcase_add_test(t, a_line_of_nearly_a_megabyte_is_read);
	tcase_add_test(t, a_notification_gets_no_answer);
	tcase_add_test(t, lines_are_cut_where_they_end);
	suite_add_tcase(s, t);
	return s;
}
