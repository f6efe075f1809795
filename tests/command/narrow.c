/*
 * narrow.c - what narrows a list, and lists of numbers: a code that nobody knows is
 * refused, so that no empty list is taken for an answer, and what is named twice
 * counts once.
 */
#include "harness_desk.h"

#include <string.h>

#define NOBODY 999999

/* Each command that narrows by a code, a number or days. */
static const struct { const char *login, *command, *arg, *code, *status; } unknown[] = {
	{ "res1", "staff.list", "unit", "nowhere", "NOT_FOUND" },
	{ "res1", "case.list", "unit", "nowhere", "INVALID" },
	{ "res1", "case.list", "service", "S99", "NOT_FOUND" },
	{ "res1", "case.list", "owner", "nobody", "INVALID" },
	{ "res1", "case.list", "state", "nowhere", "INVALID" },
	{ "res1", "case.next", "unit", "nowhere", "DENIED" },
	{ "res1", "task.list", "unit", "nowhere", "NOT_FOUND" },
	{ "res1", "task.list", "person", NULL, "NOT_FOUND" },
	{ "res1", "task.list", "household", NULL, "NOT_FOUND" },
	{ "res1", "person.radar", "unit", "nowhere", "INVALID" },
	{ "res1", "person.radar", "kind", "nothing", "INVALID" },
	{ "res1", "merge.list", "person", NULL, "NOT_FOUND" },
	{ "res1", "person.proposals", "id", NULL, "NOT_FOUND" },
	{ "res1", "person.duplicates", "id", NULL, "NOT_FOUND" },
	{ "res1", "disclosure.list", "person", NULL, "NOT_FOUND" },
	{ "soc1", "disclosure.book", "person", NULL, "NOT_FOUND" },
	{ "soc1", "disclosure.book", "to", "nowhere", "NOT_FOUND" },
	{ "dpo1", "disclosure.book", "basis", "nothing", "NOT_FOUND" },
	{ "soc1", "consent.list", "person", NULL, "NOT_FOUND" },
	{ "dpo1", "restriction.list", "person", NULL, "NOT_FOUND" },
	{ "dpo1", "look.list", "person", NULL, "NOT_FOUND" },
	{ "dpo1", "look.list", "staff", "nobody", "NOT_FOUND" },
	{ "dpo1", "look.unusual", "staff", "nobody", "NOT_FOUND" },
	{ "front1", "visit.list", "state", "nowhere", "INVALID" },
	{ "front1", "visit.next", "counter", "nowhere", "INVALID" },
};

START_TEST(an_unknown_code_is_refused)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, unknown[_i].login);
	json_t *params = json_pack("{s:o}", unknown[_i].arg, unknown[_i].code
	    ? json_string(unknown[_i].code) : json_integer(NOBODY)), *r;

	r = desk_refused_at(desk_ask_with(d, unknown[_i].command, params), unknown[_i].status,
	    unknown[_i].command, _i);
	if (strcmp(unknown[_i].status, "DENIED") != 0)
		ck_assert_str_eq(str(r, "data.field"), unknown[_i].arg);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(so_are_those_beside_another_one)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "dpo1");

	desk_refused(d, "NOT_FOUND", "look.list", "{s:s, s:s}", "staff", "res1", "unit", "nowhere");
	desk_do(d, "look.list", "{s:s, s:s}", "staff", "res1", "unit", "residence");
	desk_refused(d, "INVALID", "look.list", "{s:s, s:s, s:s}", "staff", "res1", "from",
	    "2026-11-20", "to", "2026-11-01");
	desk_refused(d, "INVALID", "disclosure.book", "{s:s, s:s}", "from", "2026-11-20", "until",
	    "2026-11-01");
	desk_do(d, "disclosure.book", "{s:s, s:s, s:s}", "from", "2026-11-01", "until",
	    "2026-11-01", "to", "residence");
	desk_do(d, "staff.list", "{s:s}", "unit", "social_work");
	desk_close(d);
	office_free(o);
}
END_TEST

/* What has ended is still looked for. */
START_TEST(what_there_was_is_found)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *dpo;

	a_case(res, a_person(res, "Haddad"));
	office_number_of(o, "UPDATE service SET valid_to = '2026-01-01' WHERE code = 'S02'"
	    " RETURNING 1");
	office_number_of(o, "UPDATE unit SET active = 0 WHERE code = 'benefits' RETURNING 1");
	ck_assert_uint_eq(json_array_size(at(desk_do(res, "case.list", "{s:s}", "service", "S02"),
	    "cases")), 1);
	ck_assert_uint_gt(json_array_size(at(desk_do(res, "staff.list", "{s:s}", "unit",
	    "benefits"), "staff")), 0);
	dpo = desk_open(o, "dpo1");
	desk_do(dpo, "disclosure.book", "{s:s}", "to", "benefits");
	desk_close(res);
	desk_close(dpo);
	office_free(o);
}
END_TEST

START_TEST(a_case_that_is_named_twice_is_assigned_once)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *super = desk_open(o, "super1");
	int64_t person = a_person(res, "Haddad"), one = a_case(res, person), two;
	json_t *r;

	two = num(desk_do(res, "case.open", "{s:I, s:s}", "person", person, "service", "S10"),
	    "case.id");
	r = desk_do(super, "case.assign", "{s:[I, I, I, I], s:s, s:s}", "id", two, one, two, one,
	    "owner", "res2", "reason", "once");
	ck_assert_uint_eq(json_array_size(at(r, "cases")), 2);
	ck_assert_int_eq(num(r, "cases.0.id"), two);
	ck_assert_int_eq(num(r, "cases.1.id"), one);
	r = desk_do(super, "case.show", "{s:I}", "id", one);
	ck_assert_uint_eq(json_array_size(at(r, "case.notes")), 1);
	desk_close(res);
	desk_close(super);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(whoever_is_named_twice_is_named_once)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *super = desk_open(o, "super1");
	json_t *r = desk_do(super, "person.reserve", "{s:I, s:s, s:s}", "id",
	    a_person(res, "Haddad"), "staff", "res1, res2,res1", "reason", "related");

	ck_assert_uint_eq(json_array_size(at(r, "restriction.staff")), 2);
	desk_close(res);
	desk_close(super);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(a_field_that_is_named_twice_is_told_once)
{
	struct office *o = office_new();
	struct desk *soc = desk_open(o, "soc1");
	int64_t id = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", a_person(soc, "Haddad"),
	    "service", "S20"), "case.id");
	json_t *r;

	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_do(soc, "case.note", "{s:I, s:s}", "id", id, "text", "a note");
	r = desk_do(soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:b}", "case", id, "to",
	    "residence", "basis", "danger", "fields", "note.1000000001,note.1000000001", "reason",
	    "why", "preview", 1);
	ck_assert_uint_eq(json_array_size(at(r, "disclosure.fields")), 1);
	desk_close(soc);
	office_free(o);
}
END_TEST

Suite *suite_narrow(void);

Suite *
suite_narrow(void)
{
	Suite *s = suite_create("narrow");
	TCase *t = tcase_create("narrow");

	tcase_set_timeout(t, 60);
	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, an_unknown_code_is_refused, 0,
	    sizeof(unknown) / sizeof(unknown[0]));
	tcase_add_test(t, so_are_those_beside_another_one);
	tcase_add_test(t, what_there_was_is_found);
	tcase_add_test(t, a_case_that_is_named_twice_is_assigned_once);
	tcase_add_test(t, whoever_is_named_twice_is_named_once);
	tcase_add_test(t, a_field_that_is_named_twice_is_told_once);
	suite_add_tcase(s, t);
	return s;
}
