/*
 * protocol.c - man/tresen-protocol.7 says the truth: its examples are sent to
 * a real engine line by line and the answers compared, its list of commands
 * is that of the table.
 */
#include "harness_desk.h"

#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE "man/tresen-protocol.7"
#define ROOM 65536

static struct office *office;
static struct desk *client, *colleague;

static void
setup(void)
{
	office = office_new();
	client = desk_open(office, NULL);
	colleague = desk_open(office, NULL);
}

static void
teardown(void)
{
	desk_close(client);
	desk_close(colleague);
	office_free(office);
}

/* ---- reading the page ---- */

/* The lines of the page between .EX and .EE, from the heading on. */
static char *
examples_after(const char *heading)
{
	char *all = calloc(1, ROOM), line[512];
	bool inside = false, reached = false;
	FILE *f = fopen(PAGE, "re");
	size_t used = 0;

	ck_assert_msg(f != NULL, "%s is not here: run the tests where the Makefile is", PAGE);
	while (fgets(line, sizeof(line), f)) {
		reached |= strncmp(line, heading, strlen(heading)) == 0;
		if (strcmp(line, ".EE\n") == 0)
			inside = false;
		if (inside && reached)
			used += (size_t)snprintf(all + used, ROOM - used, "%s", line);
		if (strcmp(line, ".EX\n") == 0) {
			inside = true;
			used += (size_t)snprintf(all + used, ROOM - used, used ? "\n" : "");
		}
		ck_assert_uint_lt(used, ROOM - 1);
	}
	fclose(f);
	return all;
}

/* The next message: its letter, and its lines as one line in place; 0: none. */
static char
next_message(char **at, char **message)
{
	char letter, *end;

	*at += strspn(*at, "\n");
	letter = **at;
	if (!letter || !strchr("CDSN", letter))
		return 0;
	ck_assert_msg((*at)[1] == ':', "no message: %.40s", *at);
	*message = *at + 2;
	for (end = *message; *end && !(end[0] == '\n' && end[1] != ' '); end++)
		if (*end == '\n')
			*end = ' ';
	*at = *end ? end + 1 : end;
	*end = '\0';
	return letter;
}

/* ---- comparing ---- */

_Noreturn static void
differs(const char *path, const json_t *actual)
{
	ck_abort_msg("%s is not as shown: %s", path, json_dumps(actual, JSON_ENCODE_ANY));
	abort();
}

/* Everything that is shown is there; more may be there. */
static void
holds(const json_t *actual, const json_t *shown, const char *path)
{
	const char *key;
	char inner[512];
	json_t *value;
	size_t i;

	if (json_is_object(shown)) {
		json_object_foreach((json_t *)(uintptr_t)shown, key, value) {
			snprintf(inner, sizeof(inner), "%s.%s", path, key);
			if (!json_object_get(actual, key))
				differs(inner, actual);
			holds(json_object_get(actual, key), value, inner);
		}
	} else if (json_is_array(shown)) {
		json_array_foreach(shown, i, value) {
			snprintf(inner, sizeof(inner), "%s.%zu", path, i);
			holds(json_array_get(actual, i), value, inner);
		}
	} else if (!json_equal(actual, shown)) {
		differs(path, actual);
	}
}

static json_t *
parsed(const char *message)
{
	json_error_t error;
	json_t *o = json_loads(message, 0, &error);

	ck_assert_msg(o != NULL, "%s: %s", error.text, message);
	return o;
}

/* ---- the stories ---- */

START_TEST(examples_are_what_the_engine_does)
{
	char *all = examples_after(".SH DESCRIPTION"), *at_ = all, *message, letter;
	struct desk *asked = NULL;
	int messages = 0;

	while ((letter = next_message(&at_, &message)) != 0) {
		json_t *shown = parsed(message);

		messages++;
		if (letter == 'C' || letter == 'D') {
			asked = letter == 'C' ? client : colleague;
			desk_line(asked, message);
		} else if (letter == 'S') {
			holds(desk_reply(asked), shown, "answer");
		} else {
			desk_await_news(client, str(shown, "params.topics.0"), DEADLINE_MS);
		}
		json_decref(shown);
	}
	ck_assert_int_gt(messages, 20);
	free(all);
}
END_TEST

/* A command as the page lists it: "! case.note          id text". */
static void
list_command(FILE *to, json_t *command)
{
	json_t *args = at(command, "args"), *arg;
	size_t column = 20, i;

	fprintf(to, json_array_size(args) ? "%c %-18s" : "%c %s",
	    json_is_true(at(command, "write")) ? '!' : ' ', str(command, "name"));
	json_array_foreach(args, i, arg) {
		bool need = json_is_true(at(arg, "required"));
		size_t width = strlen(str(arg, "name")) + (need ? 1 : 3);

		if (column + width > 76) {
			fprintf(to, "\n%20s", "");
			column = 20;
		}
		column += width;
		fprintf(to, need ? " %s" : " [%s]", str(arg, "name"));
	}
	fputc('\n', to);
}

START_TEST(all_commands_are_listed)
{
	char *listed = examples_after(".SH COMMANDS"), *wanted = NULL;
	json_t *commands, *command;
	size_t n, i;
	FILE *to = open_memstream(&wanted, &n);

	desk_do(client, "session.hello", "{s:i, s:s, s:s}", "protocol", 1, "client", "test/1",
	    "as", "front1");
	commands = at(desk_do(client, "session.commands", NULL), "commands");
	json_array_foreach(commands, i, command)
		list_command(to, command);
	fclose(to);
	/* too long a text for a failure of Check */
	if (strcmp(listed, wanted) != 0)
		fprintf(stderr, "the list in " PAGE " should be:\n%s.EE\n", wanted);
	ck_assert_msg(strcmp(listed, wanted) == 0, "the list in " PAGE " is not the table");
	free(listed);
	free(wanted);
}
END_TEST

/* The client knows from hello what the table would tell it later. */
START_TEST(hello_names_what_one_may)
{
	static const char *const logins[] = { "front1", "res1", "super1", "dpo1", "admin1" };

	for (size_t i = 0; i < COUNT_OF(logins); i++) {
		json_t *hello = json_incref(desk_do(client, "session.hello", "{s:i, s:s, s:s}",
		    "protocol", 1, "client", "test/1", "as", logins[i]));
		json_t *commands = at(desk_do(client, "session.commands", NULL), "commands");
		json_t *may = at(hello, "may"), *command;
		size_t at_command, n = 0;

		json_array_foreach(commands, at_command, command)
			if (json_is_true(at(command, "may")))
				ck_assert_str_eq(json_string_value(json_array_get(may, n++)),
				    str(command, "name"));
		ck_assert_uint_eq(json_array_size(may), n);
		ck_assert_uint_gt(n, 5);
		json_decref(hello);
	}
}
END_TEST

Suite *suite_protocol(void);

Suite *
suite_protocol(void)
{
	Suite *s = suite_create("protocol");
	TCase *c = tcase_create("protocol");

	tcase_add_unchecked_fixture(c, office_prepare, NULL);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, examples_are_what_the_engine_does);
	tcase_add_test(c, all_commands_are_listed);
	tcase_add_test(c, hello_names_what_one_may);
	suite_add_tcase(s, c);
	return s;
}
