/*
 * counts.c - two offices that differ in what one unit asked and what was set aside:
 * the numbers of what another does afterwards are the same.
 */
#include "harness_desk.h"

/* What one asks, or sets aside, is numbered by the moment: nobody else can count. */
START_TEST(nobody_counts_what_others_asked)
{
	struct office *both[] = { office_new(), office_new() };
	int64_t asks[2], restrictions[2];

	for (size_t i = 0; i < 2; i++) {
		struct desk *res = desk_open(both[i], "res1");
		struct desk *ben = desk_open(both[i], "ben1");
		struct desk *dpo = desk_open(both[i], "dpo1");
		struct desk *super = desk_open(both[i], "super1");
		int64_t person = a_person(res, "Haddad"), other = a_person(res, "Nguyen");

		if (i == 0) {
			desk_do(ben, "disclosure.ask", "{s:I, s:s, s:s}", "person", person,
			    "to", "social_work", "question", "q");
			desk_do(dpo, "person.reserve", "{s:I, s:s, s:s}", "id", other, "staff",
			    "ben1", "reason", "r");
		}
		office_clock(both[i], "2026-11-23T08:20:00Z");
		asks[i] = num(desk_do(res, "disclosure.ask", "{s:I, s:s, s:s}", "person",
		    person, "to", "social_work", "question", "q"), "ask.id");
		restrictions[i] = num(desk_do(super, "person.reserve", "{s:I, s:s, s:s}", "id",
		    person, "staff", "res1", "reason", "r"), "restriction.id");
		desk_close(res);
		desk_close(ben);
		desk_close(dpo);
		desk_close(super);
	}
	ck_assert_int_eq(asks[0], asks[1]);
	ck_assert_int_eq(restrictions[0], restrictions[1]);
	office_free(both[0]);
	office_free(both[1]);
}
END_TEST

Suite *suite_counts(void);
Suite *
suite_counts(void)
{
	Suite *s = suite_create("counts");
	TCase *t = tcase_create("counts");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, nobody_counts_what_others_asked);
	suite_add_tcase(s, t);
	return s;
}
