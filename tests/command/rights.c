/*
 * rights.c - every command by every role, over the socket.  The matrix is
 * written by hand from what the office allows; it must never be copied from
 * the program's table.
 */
#include "harness_desk.h"

#include <string.h>

/* counter, Klerk of the back office, Supervisor, sTeering, Dpo, Admin */
static const struct {
	const char *command, *who;
} matrix[] = {
	{ "staff.me", "CKSTDA" }, { "staff.list", "CKSA" }, { "catalogue.show", "CKSTDA" },
	{ "form.show", "CKS" },
	{ "service.list", "CKSTDA" }, { "service.show", "CKSTDA" }, { "service.find", "CKSTDA" },
	{ "service.gaps", "CKS" }, { "visit.slip", "CKS" }, { "case.gaps", "CKS" },
	{ "visit.new", "C" }, { "visit.next", "C" }, { "visit.start", "C" },
	{ "visit.recall", "C" }, { "visit.park", "C" }, { "visit.unpark", "C" },
	{ "visit.absent", "C" }, { "visit.readmit", "C" }, { "visit.finish", "CS" }, { "visit.edit", "C" },
	{ "visit.list", "CKS" }, { "visit.show", "CKS" },
	{ "person.new", "CK" }, { "person.edit", "CK" }, { "person.find", "CKS" },
	{ "person.scan", "CKS" }, { "person.show", "CKS" },
	{ "person.duplicates", "CKS" }, { "person.candidates", "CKS" }, { "person.different", "CKS" },
	{ "person.radar", "CKS" }, { "person.term", "CK" }, { "person.term_end", "CK" },
	{ "person.terms", "CKS" }, { "person.parent", "CK" }, { "person.parent_drop", "CK" },
	{ "merge.propose", "CKS" }, { "merge.approve", "KS" }, { "merge.refuse", "CKS" },
	{ "merge.undo", "KS" }, { "merge.show", "CKS" }, { "merge.list", "CKS" },
	{ "person.lock", "CK" }, { "person.unlock", "CK" },
	{ "person.name", "CK" }, { "person.identifier", "CK" }, { "person.contact", "CK" },
	{ "person.address", "CK" }, { "person.language", "CK" }, { "person.document", "CK" },
	{ "person.drop", "CK" }, { "person.propose", "CK" }, { "person.proposals", "CKS" },
	{ "person.accept", "CK" }, { "person.refuse", "CK" }, { "person.withdraw", "CK" },
	{ "person.history", "CKS" }, { "person.export", "CKS" },
	{ "household.show", "CKS" }, { "household.new", "CK" }, { "household.birth", "CK" },
	{ "household.move_in", "CK" }, { "household.move_out", "CK" },
	{ "household.separate", "CK" }, { "household.move", "CK" }, { "household.head", "CK" },
	{ "household.correct", "CK" },
	{ "task.list", "CKS" }, { "task.done", "CKS" }, { "task.drop", "CKS" },
	{ "task.reopen", "CKS" },
	{ "case.open", "CK" }, { "case.list", "CKS" }, { "case.ready", "C" },
	{ "case.show", "CKS" }, { "case.claim", "CK" }, { "case.next", "CK" },
	{ "case.release", "CK" }, { "case.take", "CK" }, { "case.note", "CKS" },
	{ "case.document", "CK" }, { "case.answer", "CK" }, { "case.wait", "CK" },
	{ "case.resume", "CK" }, { "case.decide", "CK" }, { "case.handout", "CK" },
	{ "case.close", "CK" }, { "case.reopen", "CKS" }, { "case.assign", "S" },
	{ "handover.offer", "CK" }, { "handover.accept", "CK" }, { "handover.return", "CK" },
	{ "handover.withdraw", "CK" }, { "handover.list", "CK" },
	{ "console.show", "ST" },
	{ "draft.save", "CKS" }, { "draft.show", "CKS" }, { "draft.list", "CKS" },
	{ "draft.drop", "CKS" },
};

static const struct {
	const char *login;
	char role;
} people[] = {
	{ "front1", 'C' }, { "branch1", 'C' }, { "res1", 'K' }, { "soc1", 'K' },
	{ "super1", 'S' }, { "steer1", 'T' }, { "dpo1", 'D' }, { "admin1", 'A' },
};

static bool
allowed(const char *command, char role)
{
	for (size_t i = 0; i < sizeof(matrix) / sizeof(matrix[0]); i++)
		if (strcmp(matrix[i].command, command) == 0)
			return strchr(matrix[i].who, role) != NULL;
	ck_abort_msg("%s: a command that the matrix does not know", command);
}

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

START_TEST(each_command_by_each_role)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, people[_i].login);
	json_t *table = table_of(d), *command;
	size_t i;

	ck_assert_uint_eq(json_array_size(table), sizeof(matrix) / sizeof(matrix[0]));
	json_array_foreach(table, i, command) {
		const char *name = str(command, "name");
		bool may = allowed(name, people[_i].role);
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

	for (size_t i = 0; i < sizeof(matrix) / sizeof(matrix[0]); i++)
		desk_refused(d, "DENIED", matrix[i].command, NULL);
	hello = desk_do(d, "session.hello", "{s:i, s:s}", "protocol", 1, "client", "t/1");
	ck_assert(json_is_null(at(hello, "staff")));
	ck_assert_uint_eq(json_array_size(at(hello, "demo")), 12);
	keys_within(at(hello, "demo.0"), "login name role role_label unit_label");
	for (size_t i = 0; i < sizeof(matrix) / sizeof(matrix[0]); i++)
		desk_refused(d, "DENIED", matrix[i].command, NULL);
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
	office_number_of(o, "UPDATE staff SET active = 0 WHERE login = 'res1' RETURNING id");
	desk_refused(d, "DENIED", "case.list", NULL);
	desk_refused(d, "DENIED", "person.new", "{s:s}", "family", "Haddad");
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
	tcase_add_loop_test(t, each_command_by_each_role, 0,
	    (int)(sizeof(people) / sizeof(people[0])));
	tcase_add_test(t, who_is_denied_leaves_no_trace);
	tcase_add_test(t, nothing_before_hello_and_nothing_as_nobody);
	tcase_add_test(t, roles_are_read_at_each_request);
	tcase_add_test(t, as_only_in_a_training_office);
	suite_add_tcase(s, t);
	return s;
}
