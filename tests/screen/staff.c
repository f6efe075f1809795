/*
 * staff.c - stories of those who work here: the first pages of administrator
 * and data protection officer, who is away and who does their work.
 */
#include "harness_story.h"

Suite *suite_staff(void);

START_TEST(an_administrator_begins_with_accounts)
{
	sit_down("admin1");
	tty_row_has(t, 0, "Administration");
	tty_row_has(t, 1, "Cases and people are not shown to you.");
	tty_sees(t, "Who works here");
	tty_lacks(t, "Queue");
	tty_keys(t, "j j Enter");
	tty_row_has(t, 0, "Who works here");
	tty_cursor_on(t, "front1");
	tty_sees(t, "counter clerk");
	tty_keys(t, "d");
	tty_row_has(t, 0, "Stand-ins");
	tty_keys(t, "n");
	tty_sees(t, "There is no such key here.");
}
END_TEST

START_TEST(an_administrator_sees_how_the_file_is)
{
	sit_down("admin1");
	tty_keys(t, ":");
	tty_type(t, "Office health");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Office health");
	tty_sees(t, "Office file");
	tty_sees(t, "from the first event on");
	tty_sees(t, "12 without a unix user");
	office_has("admin1", "office health", "Free on the disk");
}
END_TEST

START_TEST(a_data_protection_officer_has_a_page_too)
{
	sit_down("dpo1");
	tty_row_has(t, 0, "Data protection");
	tty_sees(t, "Who works here");
	tty_lacks(t, "Queue");
	tty_row_has(t, 21, "without a purpose, or outside working hours.");
}
END_TEST

START_TEST(who_goes_on_holiday_names_a_stand_in)
{
	run("res1", "person new family=Haddad given=Rania");
	run("res1", "case open person=1 service=S02");
	run("res1", "case claim id=1");
	sit_beside("res2");
	tty_keys(other, "v m");
	tty_lacks(other, "HADDAD");
	sit_down("res1");
	tty_keys(t, ":");
	tty_type(t, "Stand-ins");
	tty_keys(t, "Enter");
	tty_sees(t, "Nobody is away");
	tty_keys(t, "n");
	tty_row_has(t, 0, "Who does the work meanwhile?");
	tty_sees(t, "Roth");
	tty_lacks(t, "Amani");
	tty_keys(t, "Enter");
	tty_sees(t, "First day (empty: today):");
	tty_keys(t, "Enter");
	tty_type(t, "+11");
	tty_keys(t, "Enter");
	tty_sees(t, "Why (holiday, sickness)?");
	tty_type(t, "holiday");
	tty_keys(t, "Enter");
	tty_sees(t, "Both are told.");
	office_has("super1", "console show --json", "\"deputy_name\":\"Roth\"");
	tty_sees(t, "Demir             Roth              today         4 Dec 2026    holiday");
	tty_await(other, "for Demir: ");
	tty_keys(t, "x");
	tty_sees(t, "Nobody is away");
	tty_await(other, "No case is here");
}
END_TEST

START_TEST(a_day_that_is_none_is_asked_again)
{
	sit_down("res1");
	tty_keys(t, ":");
	tty_type(t, "Stand-ins");
	tty_keys(t, "Enter n Enter Enter");
	tty_type(t, "soon");
	tty_keys(t, "Enter");
	tty_sees(t, "Last day of the absence");
	tty_keys(t, "^U");
	tty_type(t, "1.1.2020");
	tty_keys(t, "Enter");
	tty_type(t, "x");
	tty_keys(t, "Enter");
	tty_sees(t, "This day is over. Name the last day of the absence.");
}
END_TEST

START_TEST(a_supervisor_names_one_for_others)
{
	sit_down("super1");
	tty_keys(t, ":");
	tty_type(t, "Stand-ins");
	tty_keys(t, "Enter n");
	tty_row_has(t, 0, "Who is away?");
	tty_lacks(t, "Amani"); /* a closed unit says itself who is away */
	tty_type(t, "Yıldız");
	tty_keys(t, "Enter");
	tty_sees(t, "Okafor");
	tty_lacks(t, "Demir");
	tty_keys(t, "Enter Enter");
	tty_type(t, "+2");
	tty_keys(t, "Enter");
	tty_type(t, "ill");
	tty_keys(t, "Enter");
	tty_sees(t, "Yıldız            Okafor");
	office_has("front1", "staff delegations --json", "\"reason\":\"ill\"");
}
END_TEST

/* W says why, on what stands under the cursor, wherever one is. */
START_TEST(why_not_is_told_on_a_key)
{
	run("res1", "person new family=Haddad given=Rania");
	run("res1", "case open person=1 service=S02");
	run("res1", "case claim id=1");
	sit_down("res2");
	tty_keys(t, "v a W");
	tty_row_has(t, 0, "Why · Queue");
	tty_sees(t, "You see it, for as back-office clerk you reach:");
	tty_sees(t, "It is with Demir.");
	tty_sees(t, "You may now: Take over, Note, Papers.");
	tty_sees(t, "could be done by: Demir (Residence).");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Residence");
	/* where one types, by its twin */
	tty_keys(t, "/ ^]");
	tty_row_has(t, 0, "Why · Search");
	tty_sees(t, "You may do this.");
}
END_TEST

/* Their last day as a stand-in is over while the case stands on the screen, and a
 * question about it is half answered. */
START_TEST(a_stand_in_ends_in_the_middle_of_an_act)
{
	run("res1", "person new family=Haddad given=Rania");
	run("res1", "case open person=1 service=S02");
	run("res1", "case claim id=1");
	run("res1", "staff delegate to=res2 until=2026-11-24 reason=holiday");
	sit_down("res2");
	tty_keys(t, "v m");
	tty_row_has(t, 1, "mine 1");
	tty_keys(t, "Enter");
	tty_sees(t, "d Decide  w Wait");
	tty_keys(t, "w");
	tty_type(t, "3.12.");
	office_clock(office, "2026-11-25T08:00:00Z");
	tty_keys(t, "Enter");
	tty_type(t, "proof");
	tty_keys(t, "Enter");
	tty_sees(t, "Case 2026-000001 is with somebody else. Take it over first, with a reason.");
	tty_sees(t, "t Take over");
	tty_lacks(t, "d Decide");
	office_has("res1", "case show id=1", "in work");
	tty_keys(t, "Esc");
	tty_row_has(t, 1, "mine 0");
}
END_TEST

Suite *
suite_staff(void)
{
	return stories("staff", NULL, STORIES(an_administrator_begins_with_accounts,
	    an_administrator_sees_how_the_file_is,
	    a_data_protection_officer_has_a_page_too, who_goes_on_holiday_names_a_stand_in,
	    a_day_that_is_none_is_asked_again, a_supervisor_names_one_for_others,
	    why_not_is_told_on_a_key, a_stand_in_ends_in_the_middle_of_an_act));
}
