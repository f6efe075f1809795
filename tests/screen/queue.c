/*
 * queue.c - stories at a back-office desk: what is next, and why; two who
 * want the same case.
 */
#include "harness_cases.h"

Suite *suite_queue(void);

START_TEST(the_most_urgent_is_first_and_says_why)
{
	cases_in_pool(3);
	sit_down("res1");
	tty_row_has(t, 0, "Residence · pool");
	tty_row_has(t, 1, "Open 3   mine 0   on hold 0   late 0   today 3 in, 0 done");
	tty_cursor_on(t, "▸ Wed 25        2026-000001  HADDAD, Rania");
	tty_row_has(t, 21, "title ends in 2 days · Residence permit, extension");
	tty_row_has(t, 5, "30 Nov        2026-000002  NGUYEN, Hoa");
	tty_row_has(t, 6, "3 Dec         2026-000003  ABDI, Hodan");
	tty_keys(t, "j");
	tty_row_has(t, 21, "title ends in 7 days");
	tty_keys(t, "s n");
	tty_row_has(t, 0, "by number");
	tty_cursor_on(t, "2026-000001");
}
END_TEST

/* A lock against disclosure shows wherever the name may be read along. */
START_TEST(who_is_locked_is_marked)
{
	cases_in_pool(2);
	run("res1", "person lock id=1 until=2027-05-31 reason=police");
	sit_down("res1");
	tty_cursor_on(t, "2026-000001  ■ HADDAD, Rania");
	tty_row_has(t, 5, "2026-000002  NGUYEN, Hoa");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "■ HADDAD, Rania");
	tty_row_has(t, 1, "LOCKED · Residence");
	sit_down_at((struct setup){ .as = "res1", .env = "TRESEN_ASCII=1" });
	tty_cursor_on(t, "2026-000001  # HADDAD, Rania");
	/* the lock ends by itself */
	office_clock(office, "2027-06-01T08:14:00Z");
	sit_down("res1");
	tty_lacks(t, "■");
}
END_TEST

START_TEST(a_claimed_case_is_mine)
{
	cases_in_pool(2);
	sit_down("res1");
	tty_keys(t, "c");
	tty_row_has(t, 22, "2026-000001 is yours now.");
	tty_cursor_on(t, "2026-000002");
	tty_keys(t, "v m");
	tty_row_has(t, 0, "Residence · mine");
	tty_cursor_on(t, "2026-000001");
	tty_lacks(t, "2026-000002");
	tty_keys(t, "v l");
	tty_sees(t, "No case is here. Press v for another view");
}
END_TEST

START_TEST(the_next_one_is_claimed_and_opened)
{
	cases_in_pool(2);
	sit_down("res1");
	tty_keys(t, "j F2");
	tty_row_has(t, 0, "2026-000001  HADDAD, Rania *1990-05-03");
	tty_row_has(t, 0, "in work");
	tty_row_has(t, 22, "2026-000001 is yours now: title ends in 2 days.");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Residence · pool");
	tty_lacks(t, "2026-000001");
}
END_TEST

START_TEST(a_colleague_is_faster)
{
	cases_in_pool(3);
	sit_down("res1");
	tty_keys(t, "j");
	tty_cursor_on(t, "2026-000002");
	sit_beside("res2");
	tty_cursor_on(other, "2026-000001");
	tty_keys(other, "c"); /* another row goes: the cursor stays on its own */
	tty_keys(other, "c");
	tty_await(t, "2026-000002 was taken by Roth just now.");
	tty_cursor_on(t, "2026-000003");
	tty_lacks(t, "2026-000001");
}
END_TEST

START_TEST(a_list_is_narrowed_and_widened)
{
	cases_in_pool(3);
	sit_down("res1");
	tty_keys(t, "f t");
	tty_row_has(t, 22, "Name, or end of the number:");
	tty_type(t, "ngu");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Residence · pool · \"ngu\"");
	tty_cursor_on(t, "NGUYEN, Hoa");
	tty_lacks(t, "HADDAD");
	tty_keys(t, "F");
	tty_sees(t, "HADDAD");
	tty_keys(t, "f s");
	tty_row_has(t, 0, "Only which service?");
	tty_type(t, "settlement permit, i");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Residence · pool · Settlement");
	tty_sees(t, "No case is here.");
	tty_keys(t, "f c f o");
	tty_type(t, "nobody");
	tty_keys(t, "Enter");
	tty_sees(t, "ABDI, Hodan");
}
END_TEST

START_TEST(a_queue_costs_a_slow_line_little)
{
	cases_in_pool(3);
	sit_down("res1");
	ck_assert_uint_lt(tty_take_bytes(t), 2048);
	tty_keys(t, "j");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	tty_keys(t, "k");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	ck_assert_uint_eq(tty_idle_bytes(t, 300), 0);
}
END_TEST

START_TEST(a_wide_window_shows_more)
{
	cases_in_pool(1);
	sit_down_at((struct setup){ .as = "res1", .cols = 150 });
	tty_row_has(t, 3, "Why here");
	tty_row_has(t, 3, "Owner");
	tty_row_has(t, 4, "title ends in 2 days");
	tty_resize(t, 24, 80);
	tty_cursor_on(t, "2026-000001");
}
END_TEST

/* The key bar names the keys that answer, and none that waits behind the question. */
START_TEST(a_question_has_its_own_keys)
{
	cases_in_pool(1);
	sit_down_at((struct setup){ .as = "res1", .lang = "de" });
	tty_keys(t, "v");
	tty_row_has(t, 22, "Esc bleiben");
	tty_row_is(t, 23, "");
	tty_keys(t, "Esc f t");
	tty_row_is(t, 23, " Enter Weiter  Esc Zurück");
	tty_keys(t, "Esc");
	tty_row_has(t, 23, "Enter Öffnen");
}
END_TEST

Suite *
suite_queue(void)
{
	return stories("queue", NULL, STORIES(
	    the_most_urgent_is_first_and_says_why,
	    who_is_locked_is_marked,
	    a_claimed_case_is_mine,
	    the_next_one_is_claimed_and_opened,
	    a_colleague_is_faster,
	    a_list_is_narrowed_and_widened,
	    a_queue_costs_a_slow_line_little,
	    a_wide_window_shows_more,
	    a_question_has_its_own_keys));
}
