/*
 * handover.c - stories of cases on their way between units: accepted, sent
 * back, taken back.
 */
#include "harness_cases.h"

Suite *suite_handover(void);

START_TEST(an_offer_is_accepted_and_claimed)
{
	cases_offered(2);
	sit_down("res1");
	tty_row_has(t, 1, "to accept 2");
	tty_keys(t, "h");
	tty_row_has(t, 0, "Hand-overs to Residence");
	tty_cursor_on(t, "Front office      2026-000001  HADDAD");
	tty_row_has(t, 20, "follows · missing: application form, signed");
	tty_keys(t, "a");
	tty_row_has(t, 22, "Accepted: 1 case lies in your unit's pool now.");
	tty_cursor_on(t, "2026-000002");
	tty_keys(t, "c");
	tty_row_has(t, 22, "2026-000002 is accepted and yours now.");
	tty_sees(t, "Nothing waits for an answer here.");
	office_has("res1", "case show id=2", "Demir");
	tty_keys(t, "Esc");
	tty_cursor_on(t, "2026-000001");
}
END_TEST

START_TEST(several_are_accepted_at_once)
{
	cases_offered(3);
	sit_down("res1");
	tty_keys(t, "h");
	tty_take_bytes(t);
	tty_keys(t, "j");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	tty_keys(t, "k x x a");
	tty_row_has(t, 22, "Accepted: 2 cases lie in your unit's pool now.");
	tty_cursor_on(t, "2026-000003");
	tty_lacks(t, "2026-000001");
}
END_TEST

START_TEST(an_offer_is_sent_back_with_a_reason)
{
	cases_offered(1);
	sit_down("res1");
	tty_keys(t, "h Enter");
	tty_row_has(t, 0, "being taken in");
	tty_sees(t, "to Residence by Okafor, 09:14: follows");
	tty_keys(t, "Esc b");
	tty_row_has(t, 22, "Why do you send it back?");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Why do you send it back?");
	tty_type(t, "a photo is missing");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Sent back with your reason.");
	tty_sees(t, "Nothing waits for an answer here.");
}
END_TEST

/* What was sent back must not lie where nobody looks. */
START_TEST(who_sent_it_sees_that_it_came_back)
{
	cases_offered(3);
	run("res1", "handover return id=3 reason=blurred");
	sit_down("front1");
	tty_row_has(t, 1, "Sent back 1 (u)");
	tty_keys(t, "u");
	tty_row_has(t, 0, "Hand-overs by Front office");
	tty_cursor_on(t, "Residence         2026-000003");
	tty_sees(t, "sent back ");
	tty_row_has(t, 21, "Sent back by Demir: blurred");
	run("front1", "handover offer case=3 to=residence reason=again");
	tty_keys(t, "Esc");
	tty_await(t, "Nobody is at your counter");
	tty_lacks(t, "Sent back");
}
END_TEST

/* The row asked about has gone while the reason was typed. */
START_TEST(only_what_was_asked_about_is_sent_back)
{
	cases_offered(2);
	sit_down("res1");
	tty_keys(t, "h b");
	tty_type(t, "a photo is missing");
	run("res2", "handover accept id=1");
	tty_await(t, "▸ Front office      2026-000002");
	tty_keys(t, "Enter");
	tty_lacks(t, "Sent back");
	tty_sees(t, "2026-000002");
	office_has("res1", "handover list --json", "\"state\":\"offered\"");
}
END_TEST

START_TEST(an_offer_goes_out_and_is_taken_back)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	sit_down("res1");
	sit_beside("ben1");
	tty_keys(t, "v m Enter h");
	tty_row_has(t, 0, "Hand over to which unit?");
	tty_type(t, "bene");
	tty_keys(t, "Enter");
	tty_sees(t, "missing for the hand-over.");
	tty_type(t, "benefits first");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Offered to Benefits. Until they accept it stays with you.");
	tty_await(other, "to accept 1");
	tty_keys(t, "Esc h Tab");
	tty_row_has(t, 0, "Hand-overs by Residence");
	tty_cursor_on(t, "Benefits");
	tty_keys(t, "z");
	tty_sees(t, "Withdrawn: the case stays with your unit.");
	tty_await(other, "to accept 0");
}
END_TEST

Suite *
suite_handover(void)
{
	return stories("handover", NULL, STORIES(
	    an_offer_is_accepted_and_claimed,
	    several_are_accepted_at_once,
	    an_offer_is_sent_back_with_a_reason,
	    who_sent_it_sees_that_it_came_back,
	    only_what_was_asked_about_is_sent_back,
	    an_offer_goes_out_and_is_taken_back));
}
