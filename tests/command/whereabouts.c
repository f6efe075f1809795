/*
 * whereabouts.c - a person is locked against disclosure (§ 51 BMG): each reading
 * command of the table is asked about them by each role.  Where they can be reached
 * stands in the few answers named here, and there with the lock; nowhere else, so
 * that no list, ticket or page that others read along gives it away.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CANARY "Quellenweg"      /* whatever has it says where they are */

struct story {
	struct office *o;
	int64_t person, child, id, home, visit;
};

/* Everything about them that tells where they are, and somebody who lives there. */
static struct story
begin(void)
{
	struct story s = { .o = office_new() };
	struct desk *res = desk_open(s.o, "res1"), *front = desk_open(s.o, "front1");
	struct desk *ben = desk_open(s.o, "ben1"), *soc = desk_open(s.o, "soc1");
	int64_t file, note, twin;
	char fields[40];

	s.person = a_person(res, "Haddad");
	s.child = num(desk_do(res, "person.new", "{s:s, s:s, s:s}", "family", "Haddad", "given",
	    "Mia", "born", "2015-07-01"), "person.id");
	desk_do(res, "person.address", "{s:I, s:s, s:s}", "id", s.person, "street", CANARY " 77",
	    "city", "Hamburg");
	desk_do(res, "person.contact", "{s:I, s:s, s:s}", "id", s.person, "kind", "email", "value",
	    CANARY "@example.org");
	s.home = num(desk_do(res, "household.new", "{s:I, s:s, s:s, s:s, s:s}", "person", s.person,
	    "kind", "flat", "street", CANARY " 77", "postcode", "20095", "from", "2026-01-01"),
	    "household.id");
	desk_do(res, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", s.home, "person", s.child,
	    "role", "child", "from", "2026-01-01");
	s.visit = num(desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S02", "person",
	    s.person), "visit.id");
	s.id = a_case(res, s.person);
	desk_do(res, "case.claim", "{s:I}", "id", s.id);
	desk_do(res, "case.note", "{s:I, s:s}", "id", s.id, "text", "moved to " CANARY " 77");
	desk_do(soc, "person.propose", "{s:I, s:s, s:s, s:s}", "id", s.person, "field", "address",
	    "value", CANARY " 77b", "reason", "said so");
	desk_do(ben, "disclosure.ask", "{s:I, s:s, s:s}", "person", s.person, "to", "social_work",
	    "question", "Still in " CANARY "?");
	file = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", s.person, "service", "S20"),
	    "case.id");
	desk_do(soc, "case.claim", "{s:I}", "id", file);
	note = num(desk_do(soc, "case.note", "{s:I, s:s}", "id", file, "text", CANARY " 77"),
	    "note.id");
	snprintf(fields, sizeof(fields), "note.%lld", (long long)note);
	desk_do(soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s}", "case", file, "to", "benefits",
	    "basis", "danger", "fields", fields, "reason", "needed");
	twin = a_person(front, "Hadad");
	desk_do(front, "person.address", "{s:I, s:s, s:s}", "id", twin, "street", "Ringstr. 5",
	    "city", "Hamburg");
	desk_do(front, "merge.propose", "{s:I, s:I, s:s}", "id", s.person, "with", twin, "reason",
	    "the same");
	desk_do(res, "person.lock", "{s:I, s:s, s:s}", "id", s.person, "until", "2027-11-23",
	    "reason", "threatened");
	desk_close(res);
	desk_close(front);
	desk_close(ben);
	desk_close(soc);
	return s;
}

/* ---- what may tell ---- */

static const char *const may_tell[] = {
	"person.show", "person.history", "person.export", "person.proposals", "household.show",
	"case.show", "disclosure.list", "disclosure.asks", "disclosure.fields",
};

static bool
is_named(const char *command)
{
	for (size_t i = 0; i < sizeof(may_tell) / sizeof(may_tell[0]); i++)
		if (strcmp(may_tell[i], command) == 0)
			return true;
	return false;
}

/* ---- asking ---- */

static json_t *
values_of(const json_t *arg, const struct story *s)
{
	const char *name = str(arg, "name"), *type = str(arg, "type");

	if (json_is_array(json_object_get(arg, "values")))
		return json_incref(json_object_get(arg, "values"));
	if (strcmp(type, "id") == 0)
		return json_pack("[I, I, I, I, I, i]", s->person, s->child, s->id, s->home,
		    s->visit, 1000000001);
	if (strcmp(type, "bool") == 0)
		return json_pack("[b]", 1);
	if (strcmp(name, "q") == 0)
		return json_pack("[s, s, s]", "haddad", "000001", CANARY);
	if (strcmp(name, "purpose") == 0)
		return json_pack("[s]", "case");
	if (strcmp(type, "day") == 0)
		return json_pack("[s]", "2026-11-23");
	if (strcmp(type, "birth") == 0)
		return json_pack("[s]", "1990-05-03");
	if (strcmp(type, "int") == 0)
		return json_pack("[i]", 7);
	return json_pack("[s, s]", "haddad", "S02");
}

struct told {
	const char *login;
	int n;                   /* answers that told, with the lock */
};

static void
judge(struct told *t, const char *method, const json_t *params, const json_t *reply)
{
	if (!has_words(reply, CANARY))
		return;
	/* what was asked with it may be said back */
	if (!json_object_get(reply, "result") && has_words(params, CANARY))
		return;
	ck_assert_msg(is_named(method), "%s by %s tells: %.1500s", method, t->login,
	    json_dumps(reply, JSON_COMPACT));
	ck_assert_msg(has_words(reply, "\"locked\":true"), "%s by %s does not warn: %.3000s", method,
	    t->login, json_dumps(reply, JSON_COMPACT));
	t->n++;
}

static void
ask_once(struct desk *d, const char *method, json_t *params, struct told *t)
{
	json_t *reply = desk_ask_with(d, method, json_incref(params));

	judge(t, method, params, reply);
	json_decref(params);
}

/* Each required argument with its first value, every argument with each of its own. */
static void
ask_all(struct desk *d, const json_t *command, const struct story *s, struct told *t)
{
	const char *method = str(command, "name");
	json_t *base = json_object(), *arg, *value;
	size_t i, j;

	json_array_foreach(at(command, "args"), i, arg) {
		json_t *values = values_of(arg, s);

		if (json_is_true(at(arg, "required")))
			json_object_set(base, str(arg, "name"), json_array_get(values, 0));
		json_decref(values);
	}
	ask_once(d, method, json_deep_copy(base), t);
	json_array_foreach(at(command, "args"), i, arg) {
		json_t *values = values_of(arg, s);

		json_array_foreach(values, j, value) {
			json_t *params = json_deep_copy(base);

			json_object_set(params, str(arg, "name"), value);
			ask_once(d, method, params, t);
		}
		json_decref(values);
	}
	json_decref(base);
}

static const struct {
	const char *login;
	bool reads;              /* files of people */
} readers[] = {
	{ "res1", true }, { "ben1", true }, { "front1", true }, { "branch1", true },
	{ "soc1", true }, { "super1", true }, { "dpo1", true }, { "steer1", false },
	{ "admin1", false },
};

START_TEST(nowhere_but_with_the_lock)
{
	struct story s = begin();
	struct told t = { .login = readers[_i].login };
	struct desk *d = desk_open(s.o, t.login);
	json_t *table = json_deep_copy(at(desk_do(d, "session.commands", NULL), "commands"));
	json_t *command;
	size_t i;

	json_array_foreach(table, i, command)
		if (!json_is_true(at(command, "write")))
			ask_all(d, command, &s, &t);
	ck_assert_msg(readers[_i].reads == (t.n > 0), "%s was told %d times", t.login, t.n);
	json_decref(table);
	desk_close(d);
	office_free(s.o);
}
END_TEST

Suite *suite_whereabouts(void);
Suite *
suite_whereabouts(void)
{
	Suite *s = suite_create("whereabouts");
	TCase *t = tcase_create("whereabouts");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, nowhere_but_with_the_lock, 0,
	    sizeof(readers) / sizeof(readers[0]));
	suite_add_tcase(s, t);
	return s;
}
