/*
 * hostile.c - every command with every argument odd, by several roles: huge
 * and negative numbers, foreign ids, long and deceptive texts, unknown codes,
 * deep JSON.  Whatever comes, the engine answers with a sentence, lives on,
 * and the office stays sound.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_TEXT 10240
#define DEPTH 2040               /* the reader takes 2048, wrapping included */

static const char *const logins[] = { "front1", "res1", "super1" };

/* Values as JSON; @ stands for what would be too long to write here. */
static const char *const odd[] = {
	"null", "true", "0", "1", "2", "-1", "1.5", "1e300", "2147483648", "-2147483649",
	"9223372036854775807", "-9223372036854775808", "\"\"", "\" \"", "\"x\"", "\"0\"",
	"\"\\u001b]0;x\\u0007\"", "\"\\u202egpj.exe\"", "\"\\ufeff\"", "\"\\u0085\"",
	"\"a\\nb\\tc\"", "\"\\ud83d\\udc69\\u200d\\ud83d\\udd2c\"", "\"%s%n%1000000d\"",
	"\"'; DROP TABLE visit; --\"", "\"\\\"\\\\/\"", "\"../../etc/passwd\"", "\"none\"",
	"\"me\"", "\"SYR,SYR\"", "\"SYR SYR,,IRQ\"", "\"S02\"", "\"PASS\"", "\"residence\"",
	"\"steering\"", "\"title_expiry\"", "\"ar\"", "\"0000-00-00\"", "\"2026-02-30\"",
	"\"9999-12-31\"", "\"10000-01-01\"", "\"-001-01-01\"", "\"1880\"", "\"2026-000001\"",
	"\"9999999999-1\"", "\"1.1\"", "\"1 99999999999999999999 1\"", "\"9223372036854775807\"", "[]", "[[]]", "[1, 1]", "[0]",
	"[1, \"1\"]", "{}", "{\"\": \"\"}", "{\"purpose\": null}", "{\"purpose\": [1]}",
	"{\"purpose\": {\"a\": 1}}", "{\"passport_until\": \"9999-99-99\"}", "\"{\"", "\"[]\"",
	"\"{\\\"a\\\": 1}\"", "\"{\\\"a\\\": 1, \\\"a\\\": 2}\"", "@text", "@wide", "@marks",
	"@ids", "@long_key", "@long_answer", "@deep", "@deep_text",
};

static char *
repeated(const char *before, const char *part, int n, const char *after)
{
	size_t room = strlen(before) + strlen(part) * (size_t)n + strlen(after) + 1;
	char *text = malloc(room), *to;

	ck_assert_ptr_nonnull(text);
	to = stpcpy(text, before);
	for (int i = 0; i < n; i++)
		to = stpcpy(to, part);
	stpcpy(to, after);
	return text;
}

/* {"a": {"a": ... 1}} */
static json_t *
deep(void)
{
	json_t *o = json_integer(1);

	for (int i = 0; i < DEPTH; i++)
		o = json_pack("{s:o}", "a", o);
	return o;
}

static json_t *
deep_text(void)
{
	char *open = repeated("{\"a\":", "[", DEPTH, ""), *all = repeated(open, "]", DEPTH, "}");
	json_t *o = json_string(all);

	free(open);
	free(all);
	return o;
}

static json_t *
long_value(const char *name)
{
	char *text = repeated("", strcmp(name, "@wide") == 0 ? "漢" :
	    strcmp(name, "@marks") == 0 ? "\u0301" : "x", LONG_TEXT, "");
	json_t *s = json_string(text), *o = NULL;

	if (strcmp(name, "@deep") == 0 || strcmp(name, "@deep_text") == 0)
		o = name[5] ? deep_text() : deep();
	else if (strcmp(name, "@long_key") == 0)
		o = json_pack("{s:s}", text, "v");
	else if (strcmp(name, "@long_answer") == 0)
		o = json_pack("{s:O}", "purpose", s);
	else if (strcmp(name, "@ids") == 0)
		for (o = json_array(); json_array_size(o) < LONG_TEXT;)
			json_array_append_new(o, json_integer(1));
	free(text);
	if (!o)
		return s;
	json_decref(s);
	return o;
}

static json_t *
odd_value(const char *value)
{
	return value[0] == '@' ? long_value(value)
	                       : json_loads(value, JSON_DECODE_ANY, NULL);
}

/* ---- the office around it ---- */

/* Something to aim at: ids 1 and 2 of everything, half-way through the day. */
static void
furnish(struct office *o)
{
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	int64_t person = a_person(front, "Haddad");

	a_person(front, "Osman");
	for (int i = 0; i < 3; i++)
		desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S02", "person", person);
	desk_do(front, "visit.next", NULL);
	desk_do(front, "visit.start", "{s:i}", "id", 1);
	a_case(res, person);
	a_case(res, person);
	desk_do(res, "case.claim", "{s:i}", "id", 1);
	desk_do(res, "handover.offer", "{s:i, s:s, s:s}", "case", 2, "to", "social_work", "reason",
	    "r");
	desk_close(front);
	desk_close(res);
}

/* What an argument may well be, so that only one is odd. */
static json_t *
usual_value(const json_t *arg)
{
	static const struct {
		const char *name, *value;
	} usual[] = {
		{ "service", "S02" }, { "to", "benefits" }, { "owner", "res2" }, { "key", "PASS" },
		{ "concern", "S02" }, { "q", "had" }, { "family", "Haddad" },
	};
	const char *type = str(arg, "type"), *name = str(arg, "name");

	if (strcmp(type, "id") == 0 || strcmp(type, "ids") == 0 || strcmp(type, "int") == 0)
		return json_integer(1);
	if (strcmp(type, "birth") == 0)
		return json_string("1990");
	if (strcmp(type, "day") == 0)
		return json_string("2026-12-24");
	if (strcmp(type, "enum") == 0)
		return json_incref(at(arg, "values.0"));
	if (strcmp(type, "json") == 0)
		return json_object();
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if (strcmp(usual[i].name, name) == 0)
			return json_string(usual[i].value);
	return strcmp(type, "bool") == 0 ? json_true() : json_string("because");
}

static json_t *
usual_params(const json_t *command)
{
	json_t *params = json_object(), *arg;
	size_t i;

	json_array_foreach(at(command, "args"), i, arg)
		if (json_is_true(at(arg, "required")))
			json_object_set_new(params, str(arg, "name"), usual_value(arg));
	return params;
}

static void
try_it(struct desk *d, const char *command, const char *arg, const char *value, json_t *params)
{
	json_t *reply = desk_try_with(d, command, params), *error;
	const char *status;

	ck_assert_msg(reply != NULL, "%s by %s: the engine died of %s = %s", command, d->login, arg,
	    value);
	error = json_object_get(reply, "error");
	status = reply_status(reply);
	ck_assert_msg(strcmp(status, "STORE") != 0 && strcmp(status, "BUSY") != 0,
	    "%s %s = %s: %s", command, arg, value, status);
	ck_assert_msg(!error || strlen(str(error, "message")) > 10, "%s %s = %s: no sentence",
	    command, arg, value);
}

static void
try_argument(struct desk *d, const json_t *command, const char *arg)
{
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		json_t *params = usual_params(command);

		json_object_set_new(params, arg, odd_value(odd[i]));
		try_it(d, str(command, "name"), arg, odd[i], params);
	}
}

/* Each argument odd, then all of them at once. */
static void
try_command(struct desk *d, const json_t *command)
{
	const json_t *args = at(command, "args"), *arg;
	size_t i;

	json_array_foreach(args, i, arg)
		try_argument(d, command, str(arg, "name"));
	try_argument(d, command, "request_id");
	for (size_t v = 0; v < sizeof(odd) / sizeof(odd[0]); v++) {
		json_t *params = json_object();

		json_array_foreach(args, i, arg)
			json_object_set_new(params, str(arg, "name"), odd_value(odd[v]));
		try_it(d, str(command, "name"), "everything", odd[v], params);
	}
}

START_TEST(no_value_ends_an_engine)
{
	struct office *o = office_new();
	struct desk *d;
	json_t *commands, *command;
	size_t i;

	furnish(o);
	d = desk_open(o, logins[_i]);
	commands = json_incref(at(desk_do(d, "session.commands", NULL), "commands"));
	json_array_foreach(commands, i, command)
		if (json_is_true(at(command, "may")))
			try_command(d, command);
	json_decref(commands);
	desk_do(d, "staff.me", NULL);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* What hello is told is kept, logged and compared as well. */
START_TEST(no_value_ends_a_hello)
{
	static const char *const args[] = { "protocol", "client", "lang", "as" };
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");

	for (size_t a = 0; a < sizeof(args) / sizeof(args[0]); a++)
		for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
			try_it(d, "session.hello", args[a], odd[i], json_pack("{s:i, s:s, s:o}",
			    "protocol", 1, "as", "front1", args[a], odd_value(odd[i])));
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_hostile(void);
Suite *
suite_hostile(void)
{
	Suite *s = suite_create("hostile");
	TCase *t = tcase_create("hostile");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, no_value_ends_an_engine, 0,
	    (int)(sizeof(logins) / sizeof(logins[0])));
	tcase_add_test(t, no_value_ends_a_hello);
	suite_add_tcase(s, t);
	return s;
}
