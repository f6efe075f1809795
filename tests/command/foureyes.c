/*
 * foureyes.c - what two people must do, nobody does alone: not in two
 * sessions, not under another hat, not through who stands in for them.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>

struct two {
	struct office *office;
	struct desk *res1, *res2;
	int64_t link;            /* proposed by res1 */
};

static struct two
proposed(void)
{
	struct two t = { .office = office_new() };
	int64_t a, b;

	t.res1 = desk_open(t.office, "res1");
	t.res2 = desk_open(t.office, "res2");
	a = a_person(t.res1, "Haddad");
	b = a_person(t.res1, "Okonkwo");
	t.link = num(desk_do(t.res1, "merge.propose", "{s:I, s:I, s:s}", "id", a, "with", b,
	    "reason", "same photo"), "merge.id");
	return t;
}

static void
two_done(struct two *t)
{
	desk_close(t->res1);
	desk_close(t->res2);
	office_free(t->office);
}

static bool
offered(struct desk *d, int64_t link)
{
	json_t *may = at(desk_do(d, "merge.show", "{s:I}", "id", link), "merge.may"), *act;
	size_t i;

	json_array_foreach(may, i, act)
		if (strcmp(str(act, "command"), "merge.approve") == 0)
			return true;
	return false;
}

static const char *const hats[] = {
	"role = 'supervisor'", "unit = 'benefits'", "login = 'somebody'", "site = 'branch'",
	"name = 'Somebody Else'",
};

START_TEST(another_hat_is_the_same_head)
{
	struct two t = proposed();
	struct desk *again;
	char sql[200];

	snprintf(sql, sizeof(sql), "UPDATE staff SET %s WHERE login = 'res1' RETURNING id",
	    hats[_i]);
	office_number_of(t.office, sql);
	again = desk_open(t.office, _i == 2 ? "somebody" : "res1");
	desk_refused(t.res1, "DENIED", "merge.approve", "{s:I}", "id", t.link);
	desk_refused(again, "DENIED", "merge.approve", "{s:I}", "id", t.link);
	ck_assert(!offered(again, t.link));
	desk_close(again);
	two_done(&t);
}
END_TEST

START_TEST(a_stand_in_is_no_second_pair_of_eyes)
{
	struct two t = proposed();
	int64_t id;

	ck_assert(offered(t.res2, t.link));
	id = num(desk_do(t.res1, "staff.delegate", "{s:s, s:s, s:s}", "to", "res2", "until",
	    "2026-11-27", "reason", "holiday"), "delegation.id");
	ck_assert(!offered(t.res2, t.link));
	desk_refused(t.res2, "DENIED", "merge.approve", "{s:I}", "id", t.link);
	desk_do(t.res1, "staff.undelegate", "{s:I}", "id", id);
	desk_do(t.res2, "merge.approve", "{s:I}", "id", t.link);
	two_done(&t);
}
END_TEST

/* A field of another unit is proposed; who goes there may not say yes to it. */
START_TEST(nobody_moves_to_the_unit_that_accepts)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	int64_t person = a_person(res, "Haddad"), id;

	id = num(desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", person, "field",
	    "family", "value", "Haddadi", "reason", "passport"), "proposal.id");
	office_number_of(o, "UPDATE staff SET unit = 'residence', role = 'clerk'"
	    " WHERE login = 'front1' RETURNING id");
	desk_refused(front, "DENIED", "person.accept", "{s:I}", "id", id);
	ck_assert_str_eq(str(desk_do(front, "person.proposals", "{s:I}", "id", person),
	    "proposals.0.may.0.command"), "person.refuse");
	desk_do(res, "person.accept", "{s:I}", "id", id);
	desk_close(front);
	desk_close(res);
	office_free(o);
}
END_TEST

Suite *suite_foureyes(void);
Suite *
suite_foureyes(void)
{
	Suite *s = suite_create("foureyes");
	TCase *t = tcase_create("foureyes");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, another_hat_is_the_same_head, 0, 5);
	tcase_add_test(t, a_stand_in_is_no_second_pair_of_eyes);
	tcase_add_test(t, nobody_moves_to_the_unit_that_accepts);
	suite_add_tcase(s, t);
	return s;
}
