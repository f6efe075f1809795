/*
 * rights.c - what the table of rights must never say, whatever else it says:
 * written by hand from the law and the house, not from the table.
 */
#include <check.h>
#include <string.h>

#include "rules_rights.h"

#define WORK (REACH_OWN | REACH_UNIT | REACH_OFFERED | REACH_SITE | REACH_ALL)

static unsigned
reach_of(const struct right *r, enum role role)
{
	return right_reach(r->command, role, UNIT_OPEN) | right_reach(r->command, role, UNIT_CLOSED);
}

static bool
is_of(const struct right *r, const char *noun)
{
	return strncmp(r->command, noun, strlen(noun)) == 0 && r->command[strlen(noun)] == '.';
}

/* Nouns behind which there are people. */
static bool
is_of_people(const struct right *r)
{
	static const char *const nouns[] = {
		"visit", "person", "case", "handover", "household", "task", "merge", "draft",
	};

	for (size_t i = 0; i < COUNT_OF(nouns); i++)
		if (is_of(r, nouns[i]))
			return true;
	return false;
}

START_TEST(rows_are_whole)
{
	for (size_t i = 0; i < rights_count; i++) {
		ck_assert_msg(right_roles(rights[i].command), "%s: nobody may", rights[i].command);
		for (size_t k = i + 1; k < rights_count; k++)
			ck_assert_msg(strcmp(rights[i].command, rights[k].command) != 0,
			    "%s stands twice", rights[i].command);
	}
}
END_TEST

START_TEST(what_is_not_named_is_denied)
{
	ck_assert(!right_known("case.burn"));
	ck_assert_uint_eq(right_roles("case.burn"), 0);
	for (unsigned at = 0; at < ROLES; at++) {
		struct facts f = { .role = (enum role)(1u << at), .own_unit = true, .owner = true,
			.receiver = true, .own_site = true };

		ck_assert(!right_any("case.burn", f.role, false));
		ck_assert_int_eq(right_refusal("case.burn", &f), REFUSE_ROLE);
	}
}
END_TEST

/* § 203 StGB: another unit's clerks, heads and administrators reach nothing. */
START_TEST(a_closed_unit_is_closed)
{
	for (size_t i = 0; i < rights_count; i++)
		for (unsigned at = 0; at < ROLES; at++) {
			enum role role = (enum role)(1u << at);
			unsigned reach = right_reach(rights[i].command, role, UNIT_CLOSED);

			if (is_of(&rights[i], "case") || is_of(&rights[i], "handover") ||
			    is_of(&rights[i], "task"))
				ck_assert_msg(!(reach & REACH_ALL), "%s reaches into closed units",
				    rights[i].command);
			if (role != ROLE_COUNTER && is_of(&rights[i], "visit"))
				ck_assert_msg(!(reach & (REACH_ALL | REACH_SITE)), "%s",
				    rights[i].command);
		}
}
END_TEST

START_TEST(steering_has_figures_only)
{
	for (size_t i = 0; i < rights_count; i++) {
		if (is_of_people(&rights[i]))
			ck_assert_msg(!reach_of(&rights[i], ROLE_STEERING), "%s", rights[i].command);
		if (is_of(&rights[i], "console"))
			ck_assert_msg(!(reach_of(&rights[i], ROLE_STEERING) & WORK), "%s",
			    rights[i].command);
	}
}
END_TEST

START_TEST(an_administrator_sees_no_content)
{
	for (size_t i = 0; i < rights_count; i++)
		if (is_of_people(&rights[i]) || is_of(&rights[i], "console"))
			ck_assert_msg(!reach_of(&rights[i], ROLE_ADMIN), "%s", rights[i].command);
}
END_TEST

/* Whoever may change a case may read it: no key opens only the back door. */
START_TEST(who_acts_on_a_case_may_read_it)
{
	for (size_t i = 0; i < rights_count; i++)
		for (unsigned at = 0; at < ROLES; at++)
			if (is_of(&rights[i], "case") && reach_of(&rights[i], (enum role)(1u << at)))
				ck_assert_msg(right_any("case.show", (enum role)(1u << at), false),
				    "%s", rights[i].command);
}
END_TEST

START_TEST(a_unit_of_figures_takes_the_role_away)
{
	ck_assert(right_any("case.claim", ROLE_CLERK, false));
	ck_assert(!right_any("case.claim", ROLE_CLERK, true));
	ck_assert(right_any("staff.list", ROLE_ADMIN, true)); /* who has none in cases keeps theirs */
}
END_TEST

Suite *suite_rights(void);
Suite *
suite_rights(void)
{
	Suite *s = suite_create("rights");
	TCase *t = tcase_create("rights");

	tcase_add_test(t, rows_are_whole);
	tcase_add_test(t, what_is_not_named_is_denied);
	tcase_add_test(t, a_closed_unit_is_closed);
	tcase_add_test(t, steering_has_figures_only);
	tcase_add_test(t, an_administrator_sees_no_content);
	tcase_add_test(t, who_acts_on_a_case_may_read_it);
	tcase_add_test(t, a_unit_of_figures_takes_the_role_away);
	suite_add_tcase(s, t);
	return s;
}
