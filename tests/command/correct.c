/*
 * correct.c - what was recorded of a household for a wrong day, or never was:
 * previewed, moved or taken out on both sides, refused where something else
 * stands against it.
 */
#include "harness_family.h"

#include <string.h>

static json_t *
correct(struct family *f, int64_t home, const char *day, const char *right)
{
	return desk_do(f->res, "household.correct", "{s:I, s:s, s:s*, s:s}", "id", home, "day", day,
	    "right", right, "reason", "lease shown");
}

static const char *
since_of(struct family *f, int64_t person, const char *day)
{
	const json_t *r = desk_do(f->res, "household.show", "{s:I, s:s}", "person", person, "day",
	    day), *m;
	size_t i;

	if (json_is_null(at(r, "household")))
		return "nowhere";
	json_array_foreach(at(r, "household.members"), i, m)
		if (num(m, "person.id") == person)
			return str(m, "since");
	ck_abort_msg("%lld lives there and is no member", (long long)person);
}

/* Rania goes with Lina; Sami, who stays, is head from then on. */
static int64_t
part(struct family *f, const char *from)
{
	json_t *r = desk_do(f->res, "household.separate", "{s:I, s:[I, I], s:s, s:s, s:s}", "id",
	    f->home, "persons", f->rania, f->lina, "kind", "shared", "street", "Haus Nord",
	    "from", from);

	return num(r, "plan.households.1.id");
}

START_TEST(a_move_in_was_on_another_day)
{
	struct family f = a_family();
	json_t *r = desk_do(f.res, "household.correct", "{s:I, s:s, s:s, s:s, s:b}", "id", f.home,
	    "day", "2024-04-01", "right", "2025-04-01", "reason", "lease shown", "preview", 1);

	ck_assert_uint_eq(rows(r, "plan.households.0.changes"), 1);
	ck_assert_str_eq(str(r, "plan.households.0.changes.0.label"),
	    "spouse: since 2025-04-01 instead of 2024-04-01");
	ck_assert_str_eq(since_of(&f, f.sami, "2026-01-01"), "2024-04-01");
	correct(&f, f.home, "2024-04-01", "2025-04-01");
	ck_assert_str_eq(since_of(&f, f.sami, "2026-01-01"), "2025-04-01");
	ck_assert_str_eq(since_of(&f, f.sami, "2024-05-01"), "nowhere");
	correct(&f, f.home, "2025-04-01", "2024-03-02");
	ck_assert_str_eq(since_of(&f, f.sami, "2026-01-01"), "2024-03-02");
	r = desk_do(f.res, "person.history", "{s:I}", "id", f.sami);
	ck_assert_str_eq(str(r, "history.0.command"), "household.correct");
	ck_assert_str_eq(str(r, "history.0.reason"), "lease shown");
	family_done(&f);
}
END_TEST

START_TEST(a_separation_was_on_another_day)
{
	struct family f = a_family();
	int64_t second = part(&f, "2026-06-01");
	json_t *r;

	/* from the side of those who left, both are corrected */
	correct(&f, second, "2026-06-01", "2026-05-01");
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "id", f.home, "day", "2026-05-01");
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Sami");
	ck_assert_uint_eq(rows(r, "household.members"), 1);
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "id", second, "day", "2026-05-01");
	ck_assert_str_eq(str(r, "household.from"), "2026-05-01");
	ck_assert_str_eq(str(r, "household.residence.from"), "2026-05-01");
	correct(&f, f.home, "2026-05-01", "2026-07-01");
	ck_assert_str_eq(since_of(&f, f.lina, "2026-07-01"), "2026-07-01");
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "id", f.home, "day", "2026-06-30");
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Rania");
	family_done(&f);
}
END_TEST

START_TEST(a_separation_never_was)
{
	struct family f = a_family();
	int64_t second = part(&f, "2026-06-01");
	json_t *r;

	/* tasks of the second household stay with the people */
	ck_assert_int_gt(office_number_of(f.office,
	    "SELECT count(*) FROM task WHERE household_id = 2"), 0);
	r = correct(&f, f.home, "2026-06-01", NULL);
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Rania");
	ck_assert_uint_eq(rows(r, "household.members"), 3);
	ck_assert_str_eq(since_of(&f, f.sami, "2026-11-01"), "2024-04-01");
	desk_refused(f.res, "NOT_FOUND", "household.show", "{s:I}", "id", second);
	ck_assert_int_eq(office_number_of(f.office,
	    "SELECT count(*) FROM task WHERE household_id = 2"), 0);
	r = desk_do(f.res, "task.list", "{s:I}", "person", f.rania);
	ck_assert_uint_gt(rows(r, "tasks"), 0);
	family_done(&f);
}
END_TEST

/* The wrong Sami was taken in; the household itself was begun in error. */
START_TEST(members_and_households_that_never_were)
{
	struct family f = a_family();
	int64_t alone = begin(f.res, person_born(f.res, "Qureshi", "Bilal", "1970"),
	    "2026-10-01");
	json_t *r = desk_do(f.res, "household.correct", "{s:I, s:s, s:I, s:s}", "id", f.home, "day",
	    "2024-04-01", "person", f.sami, "reason", "another Sami");

	ck_assert_uint_eq(rows(r, "household.members"), 2);
	ck_assert_uint_eq(rows(r, "household.past"), 0);
	r = correct(&f, alone, "2026-10-01", NULL);
	ck_assert(json_is_null(at(r, "household")));
	desk_refused(f.res, "NOT_FOUND", "household.show", "{s:I}", "id", alone);
	/* the first day of the family is not Rania's alone */
	desk_refused(f.res, "INVALID", "household.correct", "{s:I, s:s, s:I, s:s}", "id", f.home,
	    "day", "2024-03-01", "person", f.rania, "reason", "x");
	family_done(&f);
}
END_TEST

START_TEST(a_move_away_and_a_move_of_all)
{
	struct family f = a_family();
	struct desk *ben = desk_open(f.office, "ben1");
	json_t *r;

	desk_do(f.res, "household.move", "{s:I, s:s, s:s, s:s}", "id", f.home, "kind", "shared",
	    "street", "Haus Nord", "from", "2026-03-01");
	/* where somebody lives stands in their record: who reads it is told */
	desk_await_news(ben, "person", DEADLINE_MS);
	desk_close(ben);
	correct(&f, f.home, "2026-03-01", "2026-04-01");
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "id", f.home, "day", "2026-03-15");
	ck_assert_str_eq(str(r, "household.residence.street"), "Ringstraße 5");
	correct(&f, f.home, "2026-04-01", NULL);
	r = desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", f.sami,
	    "from", "2026-05-01");
	ck_assert_str_eq(str(r, "household.residence.street"), "Ringstraße 5");
	/* he is back already: he did not leave */
	correct(&f, f.home, "2026-05-01", NULL);
	ck_assert_str_eq(since_of(&f, f.sami, "2026-11-01"), "2024-04-01");
	family_done(&f);
}
END_TEST

START_TEST(what_stands_against_a_correction)
{
	struct family f = a_family();
	int64_t other = begin(f.res, person_born(f.res, "Qureshi", "Bilal", "1970"),
	    "2025-01-01");
	static const struct {
		const char *day, *right, *field;
	} refused[] = {
		{ "2026-01-01", "2026-02-01", "day" },      /* nothing then */
		{ "2024-04-01", "2024-04-01", "right" },    /* the same */
		{ "2024-04-01", "2027-04-01", "right" },    /* too far ahead */
		{ "2024-04-01", "2024-02-01", "person" },   /* before the household began */
		{ "2024-04-01", "2026-02-01", "right" },    /* he left before that */
		{ "2024-04-01", NULL, "right" },
	};

	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s, s:I}", "id", f.home, "person", f.sami,
	    "from", "2026-01-10", "to_household", other);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		const json_t *r = desk_refused(f.res, "INVALID", "household.correct",
		    "{s:I, s:s, s:s*, s:s}", "id", f.home, "day", refused[i].day, "right",
		    refused[i].right, "reason", "x");

		ck_assert_str_eq(str(r, "data.field"), refused[i].field);
	}
	desk_refused(f.res, "INVALID", "household.correct", "{s:I, s:s, s:s, s:s}", "id", f.home,
	    "day", "2024-04-01", "right", "2024-05-01", "reason", " ");
	/* he lives with Bilal: that he never left would be two places */
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", other, "person", f.sami,
	    "from", "2026-02-01");
	join(f.res, f.home, f.sami, "spouse", "2026-03-01");
	desk_refused(f.res, "INVALID", "household.correct", "{s:I, s:s, s:s, s:s}", "id", other,
	    "day", "2026-02-01", "right", "2026-03-05", "reason", "x");
	family_done(&f);
}
END_TEST

/* Whoever is slower learns what the other has changed. */
START_TEST(two_correct_the_same_day)
{
	struct family f = a_family();
	struct desk *ben = desk_open(f.office, "ben1");
	int64_t seen = num(desk_do(ben, "household.show", "{s:I}", "id", f.home),
	    "household.version");

	correct(&f, f.home, "2024-04-01", "2024-05-01");
	desk_refused(ben, "CONFLICT", "household.correct", "{s:I, s:s, s:s, s:s, s:I}", "id",
	    f.home, "day", "2024-04-01", "right", "2024-06-01", "reason", "x", "version", seen);
	desk_close(ben);
	family_done(&f);
}
END_TEST

/* The child was made twice: one of the two never lived there, then both are one. */
START_TEST(doubles_in_one_household_are_linked)
{
	struct family f = a_family();
	struct desk *boss = desk_open(f.office, "super1");
	int64_t twice = person_born(f.res, "Haddad", "Leena", "2018"), id;

	join(f.res, f.home, twice, "child", "2026-02-01");
	id = num(desk_do(f.res, "merge.propose", "{s:I, s:I, s:s}", "id", f.lina, "with", twice,
	    "reason", "one birth certificate"), "merge.id");
	desk_refused(boss, "CONFLICT", "merge.approve", "{s:I}", "id", id);
	correct(&f, f.home, "2026-02-01", NULL);
	desk_do(boss, "merge.approve", "{s:I}", "id", id);
	ck_assert_str_eq(since_of(&f, f.lina, "2026-11-01"), "2024-03-01");
	desk_close(boss);
	family_done(&f);
}
END_TEST

Suite *suite_correct(void);
Suite *
suite_correct(void)
{
	Suite *s = suite_create("correct");
	TCase *t = tcase_create("correct");

	tcase_add_test(t, a_move_in_was_on_another_day);
	tcase_add_test(t, a_separation_was_on_another_day);
	tcase_add_test(t, a_separation_never_was);
	tcase_add_test(t, members_and_households_that_never_were);
	tcase_add_test(t, a_move_away_and_a_move_of_all);
	tcase_add_test(t, what_stands_against_a_correction);
	tcase_add_test(t, two_correct_the_same_day);
	tcase_add_test(t, doubles_in_one_household_are_linked);
	suite_add_tcase(s, t);
	return s;
}
