/*
 * restriction.c - records that are blocked, for named people only, or opened in
 * an emergency: who still sees what, over the socket.  For everybody else each
 * command is asked about the record by each of its numbers, and no answer may
 * hold a word of it.
 */
#include "harness_desk.h"

#include <stdlib.h>
#include <string.h>

#define CANARY "Quellenbach"     /* whose file it is */
#define WORD "brass kettle"      /* what stands in it */
#define OTHER "Lindenfeld"       /* who lives there too */

struct story {
	struct office *o;
	struct desk *super1, *res1, *res2, *front1, *dpo1, *soc1;
	int64_t person, other, id, home, visit, version;
};

/* A person with a case, a household, a visit, a child; somebody else beside. */
static struct story
begin(void)
{
	struct story s = { .o = office_new() };

	s.super1 = desk_open(s.o, "super1");
	s.res1 = desk_open(s.o, "res1");
	s.res2 = desk_open(s.o, "res2");
	s.front1 = desk_open(s.o, "front1");
	s.dpo1 = desk_open(s.o, "dpo1");
	s.soc1 = desk_open(s.o, "soc1");
	s.person = a_person(s.res1, CANARY);
	s.other = num(desk_do(s.res1, "person.new", "{s:s, s:s, s:s}", "family", OTHER, "given",
	    "Samira", "born", "2015-07-01"), "person.id");
	s.id = a_case(s.res1, s.person);
	a_case(s.res1, s.other);
	desk_do(s.res1, "case.note", "{s:I, s:s}", "id", (json_int_t)s.id, "text", WORD);
	s.home = num(desk_do(s.res1, "household.new", "{s:I, s:s, s:s, s:s, s:s}", "person",
	    (json_int_t)s.person, "kind", "flat", "street", "Ringstr. 5", "postcode", "20095", "from",
	    "2026-01-01"), "household.id");
	desk_do(s.res1, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", (json_int_t)s.home,
	    "person", (json_int_t)s.other, "role", "child", "from", "2026-02-01");
	desk_do(s.res1, "person.parent", "{s:I, s:I, s:s}", "id", (json_int_t)s.other, "parent",
	    (json_int_t)s.person, "kind", "mother");
	s.visit = num(desk_do(s.front1, "visit.new", "{s:s, s:I, s:s}", "concern", "S02", "person",
	    (json_int_t)s.person, "note", CANARY " is here"), "visit.id");
	s.version = num(desk_do(s.res1, "person.show", "{s:I}", "id", (json_int_t)s.person),
	    "person.version");
	return s;
}

static void
end(struct story *s)
{
	desk_close(s->super1);
	desk_close(s->res1);
	desk_close(s->res2);
	desk_close(s->front1);
	desk_close(s->dpo1);
	desk_close(s->soc1);
	office_sound(s->o);
	office_free(s->o);
}

static json_t *
block(struct story *s)
{
	return desk_do(s->super1, "person.block", "{s:I, s:s, s:s}", "id", (json_int_t)s->person,
	    "reason", "accuracy is contested", "reference", "VG 11 K 5/26");
}

static json_t *
reserve(struct story *s, const char *staff)
{
	return desk_do(s->super1, "person.reserve", "{s:I, s:s, s:s}", "id", (json_int_t)s->person,
	    "staff", staff, "reason", "is threatened");
}

static size_t
found(struct desk *d, const char *text)
{
	return json_array_size(at(desk_do(d, "person.find", "{s:s}", "q", text), "people"));
}

/* ---- every command, every number ---- */

static bool
tells(const json_t *reply, const char *words)
{
	char *text = json_dumps(reply, JSON_COMPACT);
	bool is = strcasestr(text, words) != NULL;

	free(text);
	return is;
}

static json_t *
value_for(const json_t *arg, int64_t id)
{
	const char *type = str(arg, "type");

	if (strcmp(type, "id") == 0)
		return json_integer(id);
	if (strcmp(type, "ids") == 0)
		return json_pack("[I]", (json_int_t)id);
	if (strcmp(type, "int") == 0)
		return json_integer(5);
	if (strcmp(type, "day") == 0)
		return json_string("2026-11-23");
	if (strcmp(type, "birth") == 0)
		return json_string("1990-05-03");
	if (strcmp(type, "enum") == 0)
		return json_incref(at(arg, "values.0"));
	if (strcmp(type, "bool") == 0)
		return json_true();
	if (strcmp(type, "json") == 0)
		return json_object();
	return json_string(strcmp(str(arg, "name"), "purpose") == 0 ? "case" : "rania 1990-05-03");
}

/* What is not required is given one time and left out another. */
static json_t *
params_for(const json_t *command, int64_t id, bool all)
{
	json_t *params = json_object(), *arg;
	size_t i;

	json_array_foreach(at(command, "args"), i, arg)
		if (json_is_true(at(arg, "required")) || (all && (strcmp(str(arg, "type"), "id") == 0 ||
		    strcmp(str(arg, "type"), "bool") == 0)))
			json_object_set_new(params, str(arg, "name"), value_for(arg, id));
	return params;
}

/* Neither the answer nor the refusal of any command has a word of the file. */
static void
sweep(struct story *s, struct desk *d, const char *one, const char *other)
{
	json_t *table = json_incref(at(desk_do(d, "session.commands", NULL), "commands")), *command;
	const int64_t ids[] = { s->person, s->other, s->id, s->id + 1, s->home, s->visit };
	size_t i;

	json_array_foreach(table, i, command) {
		const char *name = str(command, "name");

		/* would change what the next one is asked of */
		if (strcmp(name, "person.emergency") == 0 || strcmp(name, "session.hello") == 0)
			continue;
		for (size_t k = 0; k < 2 * sizeof(ids) / sizeof(ids[0]); k++) {
			json_t *reply = desk_ask_with(d, name, params_for(command, ids[k / 2], k % 2));

			ck_assert_msg(!tells(reply, one) && !tells(reply, other), "%s by %s about %lld tells: %s", name,
			    d->login, (long long)ids[k / 2], json_dumps(reply, 0));
		}
	}
	json_decref(table);
}

START_TEST(nothing_of_a_reserved_file_gets_out)
{
	static const char *const logins[] = { "res2", "super1", "front1", "soc1", "steer1", "admin1" };
	struct story s = begin();
	struct desk *d;

	reserve(&s, "res1");
	d = desk_open(s.o, logins[_i]);
	sweep(&s, d, CANARY, WORD);
	desk_close(d);
	end(&s);
}
END_TEST

START_TEST(nothing_of_a_blocked_file_gets_out)
{
	static const char *const logins[] = { "res2", "front1", "soc1" };
	struct story s = begin();
	struct desk *d;

	block(&s);
	d = desk_open(s.o, logins[_i]);
	sweep(&s, d, CANARY, WORD);
	desk_close(d);
	end(&s);
}
END_TEST

/* What a sweep of everything has set. */
static void
lift_from_person(struct story *s)
{
	json_t *rows = json_incref(at(desk_do(s->dpo1, "restriction.list", "{s:I}", "person",
	    (json_int_t)s->person), "restrictions")), *row;
	size_t i;

	json_array_foreach(rows, i, row)
		if (json_is_null(at(row, "case")))
			desk_do(s->dpo1, "restriction.end", "{s:I, s:s}", "id",
			    (json_int_t)num(row, "id"), "reason", "r");
	json_decref(rows);
}

START_TEST(nothing_of_a_reserved_case_gets_out)
{
	static const char *const logins[] = { "res2", "super1", "front1" };
	struct story s = begin();
	json_t *person;
	struct desk *d;

	desk_do(s.super1, "case.reserve", "{s:I, s:s, s:s}", "id", (json_int_t)s.id, "staff", "res1",
	    "reason", "a colleague's family");
	d = desk_open(s.o, logins[_i]);
	sweep(&s, d, WORD, WORD);
	desk_refused(d, "NOT_FOUND", "case.show", "{s:I}", "id", (json_int_t)s.id);
	lift_from_person(&s);
	person = desk_do(d, "person.show", "{s:I}", "id", (json_int_t)s.person);
	ck_assert_uint_eq(json_array_size(at(person, "person.cases")), 0);
	desk_do(s.res1, "case.show", "{s:I}", "id", (json_int_t)s.id);
	desk_close(d);
	end(&s);
}
END_TEST

/* ---- blocked ---- */

START_TEST(a_blocked_record_is_kept_and_not_worked_with)
{
	struct story s = begin();
	json_t *r, *people;
	int64_t id;

	desk_refused(s.super1, "INVALID", "person.block", "{s:I, s:s, s:s}", "id",
	    (json_int_t)s.person, "reason", "x", "reference", "");
	desk_refused(s.res1, "DENIED", "person.block", "{s:I, s:s, s:s}", "id", (json_int_t)s.person,
	    "reason", "x", "reference", "y");
	id = num(block(&s), "restriction.id");
	desk_refused(s.super1, "CONFLICT", "person.block", "{s:I, s:s, s:s}", "id",
	    (json_int_t)s.person, "reason", "x", "reference", "y");
	/* a sentence for whoever worked with it, and no way to it by name */
	r = desk_refused(s.res1, "DENIED", "person.show", "{s:I}", "id", (json_int_t)s.person);
	ck_assert(tells(r, "blocked") && tells(r, "supervisor of Residence"));
	r = desk_refused(s.res1, "DENIED", "case.show", "{s:I}", "id", (json_int_t)s.id);
	ck_assert(tells(r, "blocked"));
	ck_assert_uint_eq(found(s.res2, CANARY), 0);
	/* who stands at the counter is no new person */
	people = at(desk_do(s.front1, "person.find", "{s:s}", "q", CANARY " Rania 1990-05-03"),
	    "people");
	ck_assert_uint_eq(json_array_size(people), 1);
	ck_assert(json_is_true(at(people, "0.kept")) && json_is_null(at(people, "0.born")));
	ck_assert(tells(people, "blocked") && tells(people, "supervisor of Residence"));
	desk_refused(s.front1, "INVALID", "person.new", "{s:s, s:s, s:s}", "family", CANARY, "given",
	    "Rania", "born", "1990-05-03");
	/* its overseer reads it, for a purpose, and changes nothing */
	desk_refused(s.super1, "INVALID", "person.show", "{s:I}", "id", (json_int_t)s.person);
	r = desk_do(s.super1, "person.show", "{s:I, s:s}", "id", (json_int_t)s.person, "purpose",
	    "supervision");
	ck_assert_str_eq(str(r, "person.restrictions.0.reference"), "VG 11 K 5/26");
	ck_assert(tells(desk_do(s.super1, "person.export", "{s:I}", "id", (json_int_t)s.person),
	    "VG 11 K 5/26"));
	r = desk_refused(s.super1, "DENIED", "case.note", "{s:I, s:s}", "id", (json_int_t)s.id, "text",
	    "no");
	ck_assert(tells(r, "blocked since 2026-11-23"));
	desk_refused(s.super1, "DENIED", "person.different", "{s:I, s:I, s:s}", "id",
	    (json_int_t)s.person, "with", (json_int_t)s.other, "reason", "x");
	desk_do(s.super1, "restriction.end", "{s:I, s:s}", "id", (json_int_t)id, "reason", "settled");
	desk_do(s.res1, "person.show", "{s:I}", "id", (json_int_t)s.person);
	desk_refused(s.super1, "CONFLICT", "restriction.end", "{s:I, s:s}", "id", (json_int_t)id,
	    "reason", "again");
	end(&s);
}
END_TEST

START_TEST(a_block_ends_on_its_day)
{
	struct story s = begin();

	desk_do(s.super1, "case.block", "{s:I, s:s, s:s, s:s}", "id", (json_int_t)s.id, "reason",
	    "objection", "reference", "letter", "until", "2026-11-24");
	desk_refused(s.res1, "DENIED", "case.show", "{s:I}", "id", (json_int_t)s.id);
	desk_do(s.res1, "person.show", "{s:I}", "id", (json_int_t)s.person);
	office_clock(s.o, "2026-11-25T09:00:00Z");
	desk_do(s.res1, "case.show", "{s:I}", "id", (json_int_t)s.id);
	end(&s);
}
END_TEST

START_TEST(what_is_kept_is_not_counted)
{
	struct story s = begin();
	int64_t open = num(desk_do(s.res2, "case.list", NULL), "counts.open");
	int64_t figure = num(desk_do(s.super1, "console.show", NULL), "units.1.open");

	reserve(&s, "res1");
	ck_assert_int_eq(num(desk_do(s.res2, "case.list", NULL), "counts.open"), open - 1);
	ck_assert_int_eq(num(desk_do(s.res1, "case.list", NULL), "counts.open"), open);
	ck_assert_int_eq(num(desk_do(s.super1, "console.show", NULL), "units.1.open"), figure - 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.res2, "case.list", NULL), "cases")), 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.res1, "case.list", NULL), "cases")), 2);
	end(&s);
}
END_TEST

/* ---- for named people only ---- */

START_TEST(only_who_is_named_opens_a_reserved_file)
{
	struct story s = begin();
	json_t *r;
	int64_t id;

	desk_refused(s.super1, "INVALID", "person.reserve", "{s:I, s:s, s:s}", "id",
	    (json_int_t)s.person, "staff", "nobody", "reason", "x");
	desk_refused(s.super1, "INVALID", "person.reserve", "{s:I, s:s, s:s}", "id",
	    (json_int_t)s.person, "staff", "admin1", "reason", "x");
	id = num(reserve(&s, "res1"), "restriction.id");
	r = desk_do(s.res1, "person.show", "{s:I}", "id", (json_int_t)s.person);
	ck_assert_str_eq(str(r, "person.restrictions.0.staff.0"), "res1");
	desk_do(s.res1, "case.note", "{s:I, s:s}", "id", (json_int_t)s.id, "text", "goes on");
	r = desk_refused(s.res2, "DENIED", "person.show", "{s:I}", "id", (json_int_t)s.person);
	ck_assert(tells(r, "named people only") && tells(r, "Demir"));
	/* who has set it is not among them, and the list of the unit is silent, too */
	desk_refused(s.super1, "DENIED", "person.show", "{s:I}", "id", (json_int_t)s.person);
	desk_refused(s.super1, "NOT_FOUND", "restriction.end", "{s:I, s:s}", "id", (json_int_t)id,
	    "reason", "x");
	ck_assert_uint_eq(json_array_size(at(desk_do(s.super1, "restriction.list", NULL),
	    "restrictions")), 0);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.dpo1, "restriction.list", NULL),
	    "restrictions")), 1);
	/* another list takes the place of the first */
	id = num(desk_do(s.dpo1, "person.reserve", "{s:I, s:s, s:s}", "id", (json_int_t)s.person,
	    "staff", "res2, super1", "reason", "takes over"), "restriction.id");
	desk_refused(s.res1, "DENIED", "person.show", "{s:I}", "id", (json_int_t)s.person);
	desk_do(s.res2, "person.show", "{s:I}", "id", (json_int_t)s.person);
	desk_do(s.super1, "restriction.end", "{s:I, s:s}", "id", (json_int_t)id, "reason", "over");
	desk_do(s.res1, "person.show", "{s:I}", "id", (json_int_t)s.person);
	end(&s);
}
END_TEST

START_TEST(a_stand_in_inherits_no_name)
{
	struct story s = begin();

	desk_do(s.res1, "case.claim", "{s:I}", "id", (json_int_t)s.id);
	desk_do(s.res1, "staff.delegate", "{s:s, s:s, s:s}", "to", "res2", "until", "2026-12-24",
	    "reason", "holiday");
	desk_do(s.res2, "case.show", "{s:I}", "id", (json_int_t)s.id);
	reserve(&s, "res1");
	desk_refused(s.res2, "NOT_FOUND", "case.show", "{s:I}", "id", (json_int_t)s.id);
	desk_refused(s.res2, "NOT_FOUND", "case.wait", "{s:I, s:s, s:s}", "id", (json_int_t)s.id,
	    "reason", "x", "until", "2026-12-24");
	end(&s);
}
END_TEST

START_TEST(the_counter_takes_a_reserved_person_in_without_a_name)
{
	struct story s = begin();
	json_t *visit;

	reserve(&s, "res1");
	visit = at(desk_do(s.front1, "visit.list", NULL), "visits.0");
	ck_assert_int_eq(num(visit, "id"), s.visit);
	ck_assert(json_is_null(at(visit, "person")) && json_is_null(at(visit, "note")));
	desk_do(s.front1, "visit.next", NULL);
	desk_do(s.front1, "visit.start", "{s:I}", "id", (json_int_t)s.visit);
	/* what was not shown is not lost */
	ck_assert_int_eq(num(desk_do(s.res1, "visit.show", "{s:I}", "id", (json_int_t)s.visit),
	    "visit.person.id"), s.person);
	end(&s);
}
END_TEST

START_TEST(what_is_restricted_is_linked_to_nothing)
{
	struct story s = begin();
	int64_t twin = a_person(s.res1, CANARY);

	reserve(&s, "res1,super1");
	desk_refused(s.res1, "CONFLICT", "merge.propose", "{s:I, s:I, s:s}", "id",
	    (json_int_t)s.person, "with", (json_int_t)twin, "reason", "the same");
	desk_refused(s.res2, "DENIED", "merge.propose", "{s:I, s:I, s:s}", "id",
	    (json_int_t)s.person, "with", (json_int_t)twin, "reason", "the same");
	end(&s);
}
END_TEST

/* ---- emergencies ---- */

START_TEST(a_file_is_opened_in_an_emergency_and_shut_again)
{
	struct story s = begin();
	json_t *r;
	int64_t id;

	reserve(&s, "res1");
	desk_refused(s.res2, "INVALID", "person.emergency", "{s:I, s:s}", "id", (json_int_t)s.person,
	    "reason", "urgent");
	id = num(desk_do(s.res2, "person.emergency", "{s:I, s:s}", "id", (json_int_t)s.person,
	    "reason", "her husband is in the house"), "emergency.id");
	desk_await_news(s.dpo1, "emergency", DEADLINE_MS);
	desk_await_news(s.super1, "emergency", DEADLINE_MS);
	r = desk_do(s.res2, "person.show", "{s:I}", "id", (json_int_t)s.person);
	ck_assert_str_eq(str(r, "person.emergency"), "2026-11-23T08:44:00Z");
	ck_assert_str_eq(str(r, "purpose"), "emergency");
	desk_do(s.res2, "case.show", "{s:I}", "id", (json_int_t)s.id);
	desk_refused(s.res2, "DENIED", "case.note", "{s:I, s:s}", "id", (json_int_t)s.id, "text", "x");
	r = desk_refused(s.res2, "DENIED", "person.edit", "{s:I, s:s}", "id", (json_int_t)s.person,
	    "phone", "1");
	ck_assert(tells(r, "emergency"));
	desk_refused(s.res2, "CONFLICT", "person.emergency", "{s:I, s:s}", "id", (json_int_t)s.person,
	    "reason", "once more, please");
	/* the officer reads why and whose; the unit's supervisor, who is not named, that it was */
	r = at(desk_do(s.dpo1, "emergency.list", NULL), "emergencies.0");
	ck_assert_str_eq(str(r, "reason"), "her husband is in the house");
	ck_assert(tells(at(r, "person"), CANARY));
	r = at(desk_do(s.super1, "emergency.list", NULL), "emergencies.0");
	ck_assert(json_is_null(at(r, "person")));
	/* what it has heard until now comes before what comes now */
	desk_do(s.front1, "visit.next", NULL);
	desk_await_news(s.res2, "visit", DEADLINE_MS);
	office_clock(s.o, "2026-11-23T08:44:00Z");
	/* a screen that is open shuts by itself */
	desk_await_news(s.res2, "person", DEADLINE_MS);
	desk_refused(s.res2, "DENIED", "person.show", "{s:I}", "id", (json_int_t)s.person);
	desk_refused(s.super1, "DENIED", "emergency.settle", "{s:I, s:b}", "id", (json_int_t)id,
	    "justified", 1);
	desk_refused(s.dpo1, "INVALID", "emergency.settle", "{s:I, s:b}", "id", (json_int_t)id,
	    "justified", 0);
	desk_do(s.dpo1, "emergency.settle", "{s:I, s:b, s:s}", "id", (json_int_t)id, "justified", 1,
	    "remark", "police was called");
	desk_refused(s.dpo1, "CONFLICT", "emergency.settle", "{s:I, s:b}", "id", (json_int_t)id,
	    "justified", 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.dpo1, "emergency.list", NULL),
	    "emergencies")), 0);
	end(&s);
}
END_TEST

/* Another unit's cases of the person open too; a closed unit's never do. */
START_TEST(an_emergency_opens_no_closed_unit)
{
	struct story s = begin();
	int64_t ben, soc;

	ben = num(desk_do(s.front1, "case.open", "{s:I, s:s}", "person", (json_int_t)s.other,
	    "service", "S02"), "case.id");
	soc = num(desk_do(s.soc1, "case.open", "{s:I, s:s}", "person", (json_int_t)s.other, "service",
	    "S21"), "case.id");
	desk_refused(s.res2, "NOT_FOUND", "case.show", "{s:I}", "id", (json_int_t)soc);
	desk_do(s.res2, "person.emergency", "{s:I, s:s}", "id", (json_int_t)s.other, "reason",
	    "a child is missing since noon");
	desk_do(s.res2, "case.show", "{s:I}", "id", (json_int_t)ben);
	desk_refused(s.res2, "NOT_FOUND", "case.show", "{s:I}", "id", (json_int_t)soc);
	end(&s);
}
END_TEST

START_TEST(staff_why_tells_what_is_kept)
{
	struct story s = begin();

	block(&s);
	ck_assert(tells(desk_do(s.res1, "staff.why", "{s:I}", "person", (json_int_t)s.person),
	    "This record is blocked"));
	ck_assert(tells(desk_do(s.super1, "staff.why", "{s:I}", "person", (json_int_t)s.person),
	    "you oversee the block"));
	ck_assert(tells(desk_do(s.res2, "staff.why", "{s:s}", "what", "person.emergency"),
	    "You may do this"));
	end(&s);
}
END_TEST

Suite *suite_restriction(void);
Suite *
suite_restriction(void)
{
	Suite *s = suite_create("restriction");
	TCase *t = tcase_create("restriction");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, nothing_of_a_reserved_file_gets_out, 0, 6);
	tcase_add_loop_test(t, nothing_of_a_blocked_file_gets_out, 0, 3);
	tcase_add_loop_test(t, nothing_of_a_reserved_case_gets_out, 0, 3);
	tcase_add_test(t, a_blocked_record_is_kept_and_not_worked_with);
	tcase_add_test(t, a_block_ends_on_its_day);
	tcase_add_test(t, what_is_kept_is_not_counted);
	tcase_add_test(t, only_who_is_named_opens_a_reserved_file);
	tcase_add_test(t, a_stand_in_inherits_no_name);
	tcase_add_test(t, the_counter_takes_a_reserved_person_in_without_a_name);
	tcase_add_test(t, what_is_restricted_is_linked_to_nothing);
	tcase_add_test(t, a_file_is_opened_in_an_emergency_and_shut_again);
	tcase_add_test(t, an_emergency_opens_no_closed_unit);
	tcase_add_test(t, staff_why_tells_what_is_kept);
	suite_add_tcase(s, t);
	return s;
}
