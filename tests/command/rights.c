/*
 * rights.c - every command by every role, over the socket, as the table of
 * rights has it; what that table must never say is in tests/unit/rights.c,
 * how far a right reaches in reach.c.
 */
#include "harness_desk.h"
#include "rules_rights.h"

#include <string.h>

static const struct {
	const char *login;
	enum role role;
} people[] = {
	{ "front1", ROLE_COUNTER }, { "branch1", ROLE_COUNTER }, { "res1", ROLE_CLERK },
	{ "soc1", ROLE_CLERK }, { "super1", ROLE_SUPERVISOR }, { "steer1", ROLE_STEERING },
	{ "dpo1", ROLE_DPO }, { "admin1", ROLE_ADMIN },
};

/* Something of the right type, about nothing that exists. */
static json_t *
any_value(const json_t *arg)
{
	const char *type = str(arg, "type");

	if (strcmp(type, "id") == 0 || strcmp(type, "ids") == 0)
		return json_integer(999999);
	if (strcmp(type, "int") == 0)
		return json_integer(1);
	if (strcmp(type, "birth") == 0)
		return json_string("1990");
	if (strcmp(type, "day") == 0)
		return json_string("2026-12-24");
	if (strcmp(type, "birth") == 0)
		return json_string("1990");
	if (strcmp(type, "enum") == 0)
		return json_incref(at(arg, "values.0"));
	if (strcmp(type, "json") == 0)
		return json_object();
	if (strcmp(type, "bool") == 0)
		return json_true();
	return json_string("x");
}

static json_t *
any_params(const json_t *command)
{
	json_t *params = json_object(), *arg;
	size_t i;

	json_array_foreach(at(command, "args"), i, arg)
		if (json_is_true(at(arg, "required")))
			json_object_set_new(params, str(arg, "name"), any_value(arg));
	return params;
}

static json_t *
table_of(struct desk *d)
{
	return json_incref(at(desk_do(d, "session.commands", NULL), "commands"));
}

/* Denied by default is safe, and silent: a new command must not be forgotten. */
START_TEST(each_command_has_its_row)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "admin1");
	json_t *table = table_of(d), *command;
	size_t i;

	json_array_foreach(table, i, command)
		ck_assert_msg(right_known(str(command, "name")), "%s: nobody may call this command. "
		    "Say who may, and how far, in a row of the table in src/rules/rights.c.",
		    str(command, "name"));
	for (size_t r = 0; r < rights_count; r++) {
		bool there = false;

		json_array_foreach(table, i, command)
			there |= strcmp(str(command, "name"), rights[r].command) == 0;
		ck_assert_msg(there, "%s: a row in src/rules/rights.c, but no command. Take it "
		    "out.", rights[r].command);
	}
	json_decref(table);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(each_command_by_each_role)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, people[_i].login);
	json_t *table = table_of(d), *command;
	size_t i;

	json_array_foreach(table, i, command) {
		const char *name = str(command, "name");
		bool may = right_any(name, people[_i].role, false);
		const char *status = reply_status(desk_ask_with(d, name, any_params(command)));

		ck_assert_msg(json_is_true(at(command, "may")) == may, "%s: may of %s", name,
		    people[_i].login);
		ck_assert_msg((strcmp(status, "DENIED") != 0) == may, "%s by %s: %s", name,
		    people[_i].login, status);
	}
	json_decref(table);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(who_is_denied_leaves_no_trace)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "dpo1");
	int64_t before = office_number_of(o, "SELECT count(*) FROM event");

	desk_refused(d, "DENIED", "person.new", "{s:s}", "family", "Haddad");
	desk_refused(d, "DENIED", "draft.save", "{s:s, s:{}}", "key", "k", "body");
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event"), before);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM draft"), 0);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(nothing_before_hello_and_nothing_as_nobody)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, NULL);
	json_t *hello;

	for (size_t i = 0; i < rights_count; i++)
		desk_refused(d, "DENIED", rights[i].command, NULL);
	hello = desk_do(d, "session.hello", "{s:i, s:s}", "protocol", 1, "client", "t/1");
	ck_assert(json_is_null(at(hello, "staff")));
	ck_assert_uint_eq(json_array_size(at(hello, "demo")), 12);
	keys_within(at(hello, "demo.0"), "login name role role_label unit_label");
	for (size_t i = 0; i < rights_count; i++)
		desk_refused(d, "DENIED", rights[i].command, NULL);
	desk_refused(d, "NOT_FOUND", "session.hello", "{s:i, s:s}", "protocol", 1, "as", "mallory");
	desk_do(d, "session.hello", "{s:i, s:s}", "protocol", 1, "as", "res1");
	ck_assert_str_eq(str(desk_do(d, "staff.me", NULL), "staff.login"), "res1");
	desk_close(d);
	office_free(o);
}
END_TEST

/* Who loses a role loses it at once, not with the next session. */
START_TEST(roles_are_read_at_each_request)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");

	desk_do(d, "case.list", NULL);
	desk_refused(d, "DENIED", "look.unusual", NULL);
	office_number_of(o, "UPDATE staff SET role = 'dpo' WHERE login = 'res1' RETURNING id");
	desk_do(d, "look.unusual", NULL);
	desk_refused(d, "DENIED", "case.list", NULL);
	desk_refused(d, "DENIED", "person.new", "{s:s}", "family", "Haddad");
	office_number_of(o, "UPDATE staff SET role = 'clerk' WHERE login = 'res1' RETURNING id");
	desk_do(d, "person.new", "{s:s}", "family", "Haddad");
	desk_refused(d, "DENIED", "look.unusual", NULL);
	office_number_of(o, "UPDATE staff SET active = 0 WHERE login = 'res1' RETURNING id");
	desk_refused(d, "DENIED", "case.list", NULL);
	desk_refused(d, "DENIED", "person.new", "{s:s}", "family", "Haddad");
	desk_close(d);
	office_free(o);
}
END_TEST

/* Whatever their role says: a unit that sees figures only shows them no person. */
START_TEST(a_unit_of_figures_shows_nobody)
{
	struct office *o = office_new();
	struct desk *d;

	office_number_of(o, "UPDATE staff SET unit = 'steering' WHERE login = 'res1' RETURNING id");
	d = desk_open(o, "res1");
	desk_refused(d, "DENIED", "case.list", NULL);
	desk_refused(d, "DENIED", "person.find", "{s:s}", "q", "haddad");
	desk_do(d, "console.show", NULL);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(as_only_in_a_training_office)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, NULL);

	office_number_of(o, "UPDATE office SET value = 'no' WHERE key = 'training' RETURNING 1");
	desk_refused(d, "DENIED", "session.hello", "{s:i, s:s}", "protocol", 1, "as", "super1");
	desk_refused(d, "DENIED", "session.hello", "{s:i}", "protocol", 1);
	desk_refused(d, "DENIED", "staff.me", NULL);
	desk_close(d);
	office_free(o);
}
END_TEST

Suite *suite_rights(void);
Suite *
suite_rights(void)
{
	Suite *s = suite_create("rights");
	TCase *t = tcase_create("rights");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, each_command_has_its_row);
	tcase_add_loop_test(t, each_command_by_each_role, 0,
	    (int)(sizeof(people) / sizeof(people[0])));
	tcase_add_test(t, who_is_denied_leaves_no_trace);
	tcase_add_test(t, nothing_before_hello_and_nothing_as_nobody);
	tcase_add_test(t, roles_are_read_at_each_request);
	tcase_add_test(t, a_unit_of_figures_shows_nobody);
	tcase_add_test(t, as_only_in_a_training_office);
	suite_add_tcase(s, t);
	return s;
}
