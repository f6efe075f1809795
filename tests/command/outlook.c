/*
 * outlook.c - two offices that differ only in what was entrusted to a social
 * worker: each reading command of the table, asked by each other clerk with
 * whatever might fit, is answered alike in both, to the letter.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))
#define CANARY "yellow bird 7351"

struct twin {
	struct office *office;
	int64_t person;
};

/* What both offices have seen: a person, a visit, files of two units, a note. */
static struct twin
same_day(void)
{
	struct twin t = { .office = office_new() };
	struct desk *front = desk_open(t.office, "front1"), *res = desk_open(t.office, "res1");
	int64_t file;

	t.person = a_person(front, "Haddad");
	desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S02", "person", t.person);
	file = a_case(res, t.person);
	desk_do(res, "case.claim", "{s:I}", "id", file);
	desk_do(res, "case.note", "{s:I, s:s}", "id", file, "text", "passport copied");
	desk_do(front, "case.open", "{s:I, s:s}", "person", t.person, "service", "S20");
	desk_close(front);
	desk_close(res);
	return t;
}

/* Told by the law alone, or with a consent: to a unit, or to a doctor. */
static void
tell(struct desk *soc, int64_t id, const char *to, const char *basis)
{
	int64_t note = num(desk_do(soc, "case.show", "{s:I}", "id", id), "case.notes.0.id");
	bool outside = strcmp(to, "medical") == 0;
	char fields[80];

	snprintf(fields, sizeof(fields), "note.%lld answer.interpreter_language", (long long)note);
	desk_do(soc, "disclosure.give", "{s:I, s:s, s:s*, s:s, s:s, s:s}", "case", id,
	    outside ? "body" : "to", to, "body_name", outside ? CANARY : NULL, "basis", basis,
	    "fields", fields, "reason", CANARY);
}

/* And what only one has: a file that social work opened and all that lies in it,
 * also what benefits was told until the person withdrew it. */
static void
entrust(struct twin *t)
{
	struct desk *soc = desk_open(t->office, "soc1");
	int64_t id = num(desk_do(soc, "case.open", "{s:I, s:s, s:{s:s, s:s}}", "person", t->person,
	    "service", "S20", "form", "interpreter", "yes", "interpreter_language", CANARY),
	    "case.id"), consent;

	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_do(soc, "case.note", "{s:I, s:s}", "id", id, "text", CANARY);
	desk_do(soc, "case.document", "{s:I, s:s, s:s, s:s}", "id", id, "key", "PASS", "state",
	    "waived", "reason", CANARY);
	desk_do(soc, "case.wait", "{s:I, s:s, s:s}", "id", id, "reason", CANARY, "until",
	    "2026-12-01");
	desk_do(soc, "draft.save", "{s:s, s:{s:s}}", "key", "note:1", "body", "text", CANARY);
	consent = num(desk_do(soc, "consent.give", "{s:I, s:s, s:s}", "person", t->person, "to",
	    "benefits", "scope", CANARY), "consent.id");
	tell(soc, id, "benefits", "consent");
	tell(soc, id, "medical", "danger");
	desk_do(soc, "consent.withdraw", "{s:I}", "id", consent);
	desk_close(soc);
}

/* ---- asking ---- */

static json_t *
values_of(const json_t *arg, int64_t person)
{
	const char *name = str(arg, "name"), *type = str(arg, "type");
	json_t *values = json_object_get(arg, "values");

	if (json_is_array(values))
		return json_incref(values);
	if (strcmp(type, "id") == 0)
		return json_pack("[i, i, i, i, i, I]", 1, 2, 3, 4, 1000000001, (json_int_t)person);
	if (strcmp(type, "bool") == 0)
		return json_pack("[b]", 1);
	if (strcmp(name, "unit") == 0 || strcmp(name, "to") == 0)
		return json_pack("[s, s]", "social_work", "residence");
	if (strcmp(name, "owner") == 0 || strcmp(name, "login") == 0 || strcmp(name, "staff") == 0)
		return json_pack("[s, s, s]", "soc1", "none", "res1");
	if (strcmp(name, "service") == 0 || strcmp(name, "code") == 0)
		return json_pack("[s, s]", "S20", "S02");
	if (strcmp(name, "q") == 0)
		return json_pack("[s, s, s, s]", "haddad", "000002", "2026-000003", CANARY);
	if (strcmp(type, "day") == 0)
		return json_pack("[s]", "2026-11-23");
	if (strcmp(type, "int") == 0)
		return json_pack("[i, i]", 1, 7);
	return json_pack("[s, s]", "haddad", "note:1");
}

/* Asks with these params, and keeps the answer beside the question. */
static void
ask_once(struct desk *d, const char *method, json_t *params, json_t *seen)
{
	json_t *reply = desk_ask_with(d, method, json_incref(params));

	json_array_append_new(seen, json_pack("{s:s, s:o, s:O?, s:O?}", "method", method, "params",
	    params, "result", json_object_get(reply, "result"), "error",
	    json_object_get(reply, "error")));
}

/* A list goes on where the token of its first page says. */
static void
ask_page(struct desk *d, const char *method, json_t *params, json_t *seen)
{
	const json_t *result, *next;

	ask_once(d, method, params, seen);
	result = json_object_get(json_array_get(seen, json_array_size(seen) - 1), "result");
	next = json_object_get(result, "next");
	if (!json_is_string(next) || json_object_get(params, "after"))
		return;
	params = json_deep_copy(params);
	json_object_set_new(params, "after", json_string(json_string_value(next)));
	ask_once(d, method, params, seen);
}

/* The required arguments each with its first values, then one more at a time. */
static void
ask_all(struct desk *d, const json_t *command, int64_t person, json_t *seen)
{
	const char *method = str(command, "name");
	json_t *base = json_object(), *arg;
	size_t i, j;

	json_array_foreach(at(command, "args"), i, arg) {
		json_t *values = values_of(arg, person);

		if (json_is_true(at(arg, "required")))
			json_object_set(base, str(arg, "name"), json_array_get(values, 0));
		json_decref(values);
	}
	ask_page(d, method, json_deep_copy(base), seen);
	json_array_foreach(at(command, "args"), i, arg) {
		json_t *values = values_of(arg, person), *value;

		json_array_foreach(values, j, value) {
			json_t *params = json_deep_copy(base);

			json_object_set(params, str(arg, "name"), value);
			ask_page(d, method, params, seen);
		}
		json_decref(values);
	}
	json_decref(base);
}

static json_t *
outlook(struct twin *t, const char *login)
{
	struct desk *d = desk_open(t->office, login);
	json_t *seen = json_array(), *command;
	json_t *commands = json_deep_copy(at(desk_do(d, "session.commands", NULL), "commands"));
	size_t i;

	/* refusals for want of a right tell nothing either: all are asked; but how large
	 * the file is the administrator may know, and the data protection officer who has
	 * looked at whom, in each unit, and what was told by what right */
	json_array_foreach(commands, i, command)
		if (!json_is_true(at(command, "write")) &&
		    strcmp(str(command, "name"), "office.health") != 0 &&
		    (strcmp(login, "dpo1") != 0 ||
		        (strncmp(str(command, "name"), "look.", 5) != 0 &&
		            strcmp(str(command, "name"), "disclosure.book") != 0)))
			ask_all(d, command, t->person, seen);
	json_decref(commands);
	desk_close(d);
	return seen;
}

static void
same_answers(const json_t *with, const json_t *without, const char *login, size_t least)
{
	size_t i;
	json_t *one;

	ck_assert_uint_gt(json_array_size(with), least);
	json_array_foreach(with, i, one) {
		json_t *other = json_array_get(without, i);
		char *a = json_dumps(one, JSON_COMPACT | JSON_SORT_KEYS);
		char *b = json_dumps(other, JSON_COMPACT | JSON_SORT_KEYS);
		size_t same = 0, shown;

		while (a[same] && a[same] == b[same])
			same++;
		shown = same > 200 ? same - 200 : 0;
		ck_assert_msg(strcmp(a, b) == 0, "%s can tell by %s:\n%.600s\n%.600s", login,
		    str(one, "method"), a + shown, b + shown);
		ck_assert_msg(!strstr(a, CANARY) || strstr(a, "\"q\":\"" CANARY), "%s reads: %.2000s",
		    login, a);
		free(a);
		free(b);
	}
}

static const char *const outside[] = {
	"res1", "ben1", "front1", "branch1", "super1", "steer1", "dpo1", "admin1",
};

/* All that login may ask for in both; they are given up. */
static void
answered_alike(struct twin *with, struct twin *without, const char *login)
{
	json_t *a = outlook(with, login), *b = outlook(without, login);

	same_answers(a, b, login, 100);
	json_decref(a);
	json_decref(b);
	office_free(with->office);
	office_free(without->office);
}

START_TEST(no_answer_of_any_command_differs)
{
	struct twin with = same_day(), without = same_day();

	entrust(&with);
	answered_alike(&with, &without, outside[_i]);
}
END_TEST

/* What one unit is told another cannot even tell from the next thing it is told. */
START_TEST(a_third_unit_learns_nothing_of_it)
{
	static const char *const thirds[] = { "ben1", "front1", "branch1", "steer1", "admin1" };
	struct twin with = same_day(), without = same_day();
	struct twin *both[] = { &with, &without };

	for (size_t i = 0; i < 2; i++) {
		struct desk *soc;

		entrust(both[i]);
		soc = desk_open(both[i]->office, "soc1");
		for (int64_t n = i == 0 ? 3 : 0; n > 0; n--)
			tell(soc, num(desk_do(soc, "person.show", "{s:I}", "id", both[i]->person),
			    "person.cases.0.id"), "residence", "danger");
		office_clock(both[i]->office, "2026-11-23T08:20:00Z");
		desk_do(soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s}", "case",
		    num(desk_do(soc, "person.show", "{s:I}", "id", both[i]->person),
		        "person.cases.0.id"), "to", "benefits", "basis", "danger", "fields",
		    "service", "reason", "needed");
		desk_close(soc);
	}
	answered_alike(&with, &without, thirds[_i]);
}
END_TEST

/* ---- what is made later ---- */

struct deed {
	const char *login, *method, *params;
};

/* Each act outside that makes something with a number; the numbers in them are those
 * of an office where nothing is hidden. */
static const struct deed deeds[] = {
	{ "front1", "person.new", "{\"family\":\"Tesfay\",\"given\":\"Selam\",\"born\":\"1992\"}" },
	{ "front1", "visit.new", "{\"concern\":\"S02\",\"person\":2,\"note\":\"n\"}" },
	{ "front1", "visit.next", "{}" },
	{ "front1", "visit.start", "{\"id\":1}" },
	{ "front1", "case.open", "{\"person\":2,\"service\":\"S02\",\"visit\":1}" },
	{ "front1", "case.open", "{\"person\":1,\"service\":\"S20\"}" },
	{ "res1", "case.open", "{\"person\":1,\"service\":\"S02\"}" },
	{ "res1", "case.claim", "{\"id\":5}" },
	{ "res1", "case.note", "{\"id\":5,\"text\":\"rent contract\"}" },
	{ "res1", "case.note", "{\"id\":5,\"text\":\"and photo\"}" },
	{ "res1", "case.document", "{\"id\":5,\"key\":\"PASS\",\"state\":\"received\"}" },
	{ "res1", "handover.offer", "{\"case\":5,\"to\":\"benefits\",\"reason\":\"theirs\"}" },
	{ "ben1", "handover.accept", "{\"id\":1}" },
	{ "res1", "disclosure.ask",
	  "{\"person\":2,\"to\":\"social_work\",\"question\":\"Is there an interpreter?\"}" },
	{ "res1", "household.new", "{\"person\":1,\"kind\":\"flat\",\"street\":\"Ringstr. 5\","
	  "\"postcode\":\"20095\",\"from\":\"2026-01-01\"}" },
	{ "res1", "person.contact", "{\"id\":1,\"kind\":\"phone\",\"value\":\"0151 1234\"}" },
	{ "res1", "person.term", "{\"id\":1,\"kind\":\"title\",\"ends\":\"2027-01-01\"}" },
	{ "ben1", "person.propose", "{\"id\":1,\"field\":\"family\",\"value\":\"Hadad\","
	  "\"reason\":\"passport\"}" },
	{ "res1", "merge.propose", "{\"id\":1,\"with\":2,\"reason\":\"the same\"}" },
	{ "res1", "staff.delegate", "{\"to\":\"res2\",\"until\":\"2026-12-24\","
	  "\"reason\":\"holiday\"}" },
	{ "super1", "person.reserve", "{\"id\":2,\"staff\":\"super1\",\"reason\":\"known\"}" },
	{ "res1", "person.emergency", "{\"id\":1,\"reason\":\"a child is missing\"}" },
};

static json_t *
act_outside(struct twin *t)
{
	json_t *seen = json_array();

	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		struct desk *d = desk_open(t->office, deeds[i].login);
		json_t *reply = desk_ask_with(d, deeds[i].method,
		    json_loads(deeds[i].params, 0, NULL));

		json_object_del(reply, "id");
		json_array_append_new(seen, json_pack("{s:s, s:O}", "method", deeds[i].method,
		    "reply", reply));
		desk_close(d);
	}
	return seen;
}

/* Whatever comes into being later has the number it would have had anyway. */
START_TEST(later_numbers_leave_no_gap)
{
	struct twin with = same_day(), without = same_day();
	json_t *a, *b, *one;
	size_t i;

	entrust(&with);
	a = act_outside(&with);
	b = act_outside(&without);
	json_array_foreach(b, i, one)
		ck_assert_msg(at(one, "reply.result") != NULL, "%s", json_dumps(one, 0));
	same_answers(a, b, "somebody who acts", 20);
	json_decref(a);
	json_decref(b);
	office_free(with.office);
	office_free(without.office);
}
END_TEST

/* Nor does any answer to them, when the unit has gone on with it as well: numbers,
 * versions, counts and the tokens of pages. */
START_TEST(what_all_have_done_is_answered_alike)
{
	static const char *const logins[] = { "res1", "ben1", "front1", "super1", "dpo1" };
	struct twin with = same_day(), without = same_day();

	entrust(&with);
	json_decref(act_outside(&with));
	json_decref(act_outside(&without));
	entrust(&with);
	answered_alike(&with, &without, logins[_i]);
}
END_TEST

/* Nobody is woken by it who would then see no change. */
START_TEST(only_the_own_unit_is_woken)
{
	struct twin t = same_day();
	struct desk *soc = desk_open(t.office, "soc1"), *own = desk_open(t.office, "soc1");
	struct desk *res = desk_open(t.office, "res1"), *super = desk_open(t.office, "super1");
	int64_t id;

	desk_do(own, "staff.me", NULL);
	desk_do(res, "staff.me", NULL);
	desk_do(super, "staff.me", NULL);
	json_array_clear(res->news);
	json_array_clear(super->news);
	id = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", t.person, "service", "S20"),
	    "case.id");
	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_await_news(own, "case", DEADLINE_MS);
	desk_do(soc, "case.note", "{s:I, s:s}", "id", id, "text", CANARY);
	desk_await_news(own, "case", DEADLINE_MS);
	/* what all may see comes after it: whatever came before would be here */
	desk_do(own, "person.edit", "{s:I, s:s}", "id", t.person, "phone", "0151 1");
	desk_hear(res, "person", DEADLINE_MS);
	desk_hear(super, "person", DEADLINE_MS);
	ck_assert_uint_eq(json_array_size(res->news), 1);
	ck_assert_uint_eq(json_array_size(super->news), 1);
	desk_close(soc);
	desk_close(own);
	desk_close(res);
	desk_close(super);
	office_free(t.office);
}
END_TEST

/* ---- for named people only ---- */

/* A person and all of theirs, for res1 alone. */
static void
set_aside(struct twin *t)
{
	struct desk *res = desk_open(t->office, "res1"), *super = desk_open(t->office, "super1");
	int64_t person = a_person(res, CANARY), id = a_case(res, person);

	desk_do(super, "person.reserve", "{s:I, s:s, s:s}", "id", person, "staff", "res1", "reason",
	    CANARY);
	desk_do(res, "person.contact", "{s:I, s:s, s:s}", "id", person, "kind", "phone", "value",
	    "0151 7351");
	desk_do(res, "household.new", "{s:I, s:s, s:s, s:s, s:s}", "person", person, "kind", "flat",
	    "street", CANARY, "postcode", "20095", "from", "2026-01-01");
	desk_do(res, "person.term", "{s:I, s:s, s:s}", "id", person, "kind", "title", "ends",
	    "2026-12-01");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.note", "{s:I, s:s}", "id", id, "text", CANARY);
	desk_do(res, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "benefits", "reason",
	    CANARY);
	desk_do(res, "disclosure.ask", "{s:I, s:s, s:s}", "person", person, "to", "social_work",
	    "question", CANARY);
	desk_close(res);
	desk_close(super);
}

/* Whoever names its number is told whom to ask (tresen-internals(7)): refused is
 * refused, in whatever words; `staff why` says the same. */
static void
drop_words(json_t *seen)
{
	json_t *one;
	size_t i;

	json_array_foreach(seen, i, one)
		if (json_is_object(at(one, "error")) || (strcmp(str(one, "method"), "staff.why") == 0 &&
		    json_object_get(at(one, "params"), "person"))) {
			json_object_del(one, "result");
			json_object_set_new(one, "error", json_true());
		}
}

START_TEST(nothing_tells_of_what_is_set_aside)
{
	static const char *const logins[] = { "res2", "ben1", "front1", "branch1", "super1", "soc1",
		"steer1", "admin1" };
	struct twin with = same_day(), without = same_day();
	json_t *a, *b;

	set_aside(&with);
	a = outlook(&with, logins[_i]);
	b = outlook(&without, logins[_i]);
	drop_words(a);
	drop_words(b);
	same_answers(a, b, logins[_i], 100);
	json_decref(a);
	json_decref(b);
	office_free(with.office);
	office_free(without.office);
}
END_TEST

Suite *suite_outlook(void);
Suite *
suite_outlook(void)
{
	Suite *s = suite_create("outlook");
	TCase *t = tcase_create("answers"), *later = tcase_create("later");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, no_answer_of_any_command_differs, 0, COUNT_OF(outside));
	tcase_add_loop_test(t, a_third_unit_learns_nothing_of_it, 0, 5);
	tcase_add_loop_test(t, nothing_tells_of_what_is_set_aside, 0, 8);
	suite_add_tcase(s, t);
	tcase_add_unchecked_fixture(later, office_prepare, NULL);
	tcase_add_test(later, only_the_own_unit_is_woken);
	tcase_add_test(later, later_numbers_leave_no_gap);
	tcase_add_loop_test(later, what_all_have_done_is_answered_alike, 0, 5);
	suite_add_tcase(s, later);
	return s;
}
