/*
 * console.c - stories of a supervisor: what lies where, who has how much,
 * and giving cases to others.
 */
#include "harness_cases.h"

Suite *suite_console(void);

START_TEST(figures_open_to_what_they_count)
{
	cases_in_pool(2);
	run("res2", "case claim id=2");
	sit_down("super1");
	ck_assert_uint_lt(tty_take_bytes(t), 2048);
	tty_row_has(t, 0, "Console · all units");
	tty_row_has(t, 1, "Nobody waits at the counter.");
	tty_sees(t, "To approve: 0   Not counted here: visits to Social work");
	tty_cursor_on(t, "Front office");
	tty_keys(t, "j");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	tty_cursor_on(t, "Residence             2     2       0           0");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Residence · all");
	tty_sees(t, "2026-000001");
	tty_sees(t, "2026-000002");
	tty_keys(t, "Esc Tab");
	tty_cursor_on(t, "Demir");
	tty_keys(t, "j");
	tty_cursor_on(t, "Roth");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Residence · all · Roth");
	tty_sees(t, "2026-000002");
	tty_lacks(t, "2026-000001");
}
END_TEST

/* What one column does not need goes to those that are cut, and the rest to none:
 * a row is read across. */
START_TEST(a_wide_terminal_is_shared)
{
	cases_in_pool(1);
	run("front1", "person new family=Wickramasinghe-Hettiarachchi given=Nimalka");
	run("res1", "case open person=2 service=S02");
	sit_down("super1");
	tty_resize(t, 24, 180);
	tty_sees(t, "Demir                                     Residence    ");
	tty_keys(t, "j Enter");
	tty_row_has(t, 0, "Residence · all");
	tty_sees(t, "WICKRAMASINGHE-HETTIARACHCHI, Nimalka");
	tty_resize(t, 24, 80);
	tty_sees(t, "WICKRAMASING");
	tty_lacks(t, "WICKRAMASINGHE-HETTIARACHCHI, N");
}
END_TEST

START_TEST(a_case_being_taken_in_is_not_given_away)
{
	run("front1", "person new family=Haddad");
	run("front1", "case open person=1 service=S02");
	sit_down("super1");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Front office · all");
	tty_cursor_on(t, "HADDAD");
	tty_lacks(t, "Re-assign");
	tty_keys(t, "r");
	tty_row_has(t, 0, "Front office · all");
}
END_TEST

START_TEST(several_cases_are_given_in_one_act)
{
	cases_in_pool(3);
	sit_down("super1");
	sit_beside("res2");
	tty_row_has(other, 1, "mine 0");
	tty_keys(t, "j Enter x x");
	tty_row_has(t, 3, "2  Due");
	tty_keys(t, "r");
	tty_row_has(t, 0, "Give 2 cases to whom?");
	tty_sees(t, "in work 0, on hold 0, late 0");
	tty_type(t, "roth");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Why? It stays in the file (may be empty):");
	tty_type(t, "Demir is on leave");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "2 cases are with Roth now.");
	tty_await(other, "mine 2");
	tty_keys(t, "Esc");
	tty_keys(t, "Tab j");
	tty_cursor_on(t, "Roth");
	tty_cursor_on(t, "  2  ");
	tty_keys(other, "v m Enter");
	tty_sees(other, "Assigned: Demir is on leave");
}
END_TEST

START_TEST(steering_sees_figures_only)
{
	cases_in_pool(1);
	sit_down("steer1");
	tty_row_has(t, 0, "Console · all units");
	tty_sees(t, "Residence");
	tty_sees(t, "Who has how much only supervisors see.");
	tty_lacks(t, "Open the cases");
}
END_TEST

Suite *
suite_console(void)
{
	return stories("console", NULL, STORIES(
	    figures_open_to_what_they_count,
	    a_wide_terminal_is_shared,
	    a_case_being_taken_in_is_not_given_away,
	    several_cases_are_given_in_one_act,
	    steering_sees_figures_only));
}
