/*
 * person.c - stories of a person's record: its rows, its papers that end, the
 * lock, changes that are proposed, who changed what, and taking it along.
 */
#include "harness_story.h"

Suite *suite_person(void);

static void
opening(void)
{
	run("res1", "person new family=Haddad given=Rania born=1990-05-03 nationality=SYR");
}

/* The clerk has the person before them. */
static void
look_up(const char *login)
{
	sit_down(login);
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
}

START_TEST(a_passport_is_entered_and_ends_in_words)
{
	look_up("res1");
	tty_keys(t, "r");
	tty_sees(t, "main name Haddad, Rania");
	tty_keys(t, "a");
	tty_type(t, "doc");
	tty_keys(t, "Enter");
	tty_sees(t, "HADDAD, Rania: Document");
	tty_type(t, "pass");
	tty_keys(t, "Down");
	tty_type(t, "n 0011 22");
	tty_keys(t, "Down Down Down");
	tty_type(t, "30.12.2026");
	tty_keys(t, "F10");
	tty_sees(t, "Saved.");
	tty_sees(t, "passport N001122");
	tty_sees(t, "ends in 5 weeks");
	tty_keys(t, "c");
	tty_sees(t, "papers             passport N001122, ends in 5 weeks");
	/* it was handed in: the row ends, it does not go */
	tty_keys(t, "r End Enter");
	tty_cursor_on(t, "Kind");
	tty_keys(t, "Down Down Down Down Down Down");
	tty_cursor_on(t, "Ended on");
	tty_type(t, "23.11.2026");
	tty_keys(t, "F10");
	tty_sees(t, "until 23 Nov 2026");
}
END_TEST

START_TEST(countries_are_everyday_words)
{
	look_up("res1");
	tty_keys(t, "F4 Down Down Down Down ^U");
	tty_cursor_on(t, "Nationality");
	tty_type(t, "al");
	tty_keys(t, "F10");
	tty_sees(t, "al: not one country.");
	tty_keys(t, "^U");
	tty_type(t, "syrisch, Iraq");
	tty_keys(t, "F10");
	tty_row_has(t, 1, "Iraq, Syria");
	tty_keys(t, "F4 Down Down Down Down ^U");
	tty_type(t, "staatenlos");
	tty_keys(t, "F10");
	tty_row_has(t, 1, "stateless");
}
END_TEST

/* A form of one page names no key for the next. */
START_TEST(one_page_has_no_next)
{
	look_up("res1");
	tty_keys(t, "F4");
	tty_row_is(t, 23, " Tab Next  F7 Next gap  F10 Save  ^K Search  ^P Commands  Esc Back  F1 Help");
	tty_keys(t, "F4");
	tty_row_has(t, 22, "Next page: not possible now, this form has one page.");
}
END_TEST

START_TEST(a_number_that_cannot_be_is_told_under_its_field)
{
	look_up("res1");
	tty_keys(t, "a");
	tty_type(t, "num");
	tty_keys(t, "Enter");
	tty_type(t, "tax");
	tty_keys(t, "Down");
	tty_type(t, "86095742718");
	tty_keys(t, "F10");
	tty_sees(t, "The check digit does not hold");
	tty_keys(t, "Backspace");
	tty_type(t, "9");
	tty_keys(t, "F10");
	tty_sees(t, "numbers            tax identification number 86 095 742 719");
}
END_TEST

START_TEST(a_field_of_another_unit_goes_there_as_a_proposal)
{
	office_clock(office, "2026-11-24T08:14:00Z");
	look_up("front1");
	tty_keys(t, "e Down Down ^U");
	tty_cursor_on(t, "Born");
	tty_type(t, "1991");
	tty_keys(t, "F10");
	tty_sees(t, "Born: kept by another unit, so it will be proposed. What have you seen?");
	tty_type(t, "passport");
	tty_keys(t, "Enter");
	tty_sees(t, "Saved. What another unit keeps is proposed to it.");
	tty_sees(t, "1 waits for an answer: Date of birth");
	tty_row_has(t, 1, "*1990-05-03");
	/* the unit that keeps it finds it in its list */
	sit_down("res1");
	tty_keys(t, "^P");
	tty_type(t, "proposed changes");
	tty_keys(t, "Enter");
	tty_sees(t, "Proposed to your unit");
	tty_sees(t, "1990-05-03");
	tty_sees(t, "Date of birth: 1990-05-03 → 1991");
	tty_sees(t, "Okafor, Front office");
	tty_sees(t, "passport");
	tty_keys(t, "y");
	tty_sees(t, "Accepted: the record has it now.");
	tty_sees(t, "Nothing is proposed here.");
	office_has("front1", "person show id=1 --json", "\"born\":\"1991\"");
}
END_TEST

/* German needs more room than a line has; what is asked stands at its end. */
START_TEST(a_long_question_is_asked_whole)
{
	sit_down_at((struct setup){ .as = "front1", .lang = "de" });
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter e Down Down ^U");
	tty_type(t, "1991");
	tty_keys(t, "F10");
	tty_row_has(t, 21, "führt eine andere Einheit, es wird vorgeschlagen.");
	tty_type(t, "Pass");
	tty_row_is(t, 22, " gesehen?  Pass");
}
END_TEST

START_TEST(a_proposal_for_what_has_changed_is_a_conflict)
{
	office_clock(office, "2026-11-24T08:14:00Z");
	run("front1", "person propose id=1 field=born value=1991 reason=passport");
	run("res2", "person edit id=1 born=1992");
	look_up("res1");
	tty_keys(t, "p");
	tty_sees(t, "Should be");
	tty_keys(t, "y");
	tty_sees(t, "Date of birth has changed since");
	tty_keys(t, "n");
	tty_type(t, "1992 is on the passport");
	tty_keys(t, "Enter");
	tty_sees(t, "1992 is on the passport");
	office_has("front1", "person show id=1 --json", "\"born\":\"1992\"");
}
END_TEST

START_TEST(a_lock_is_seen_by_everybody)
{
	look_up("res1");
	tty_keys(t, "l");
	tty_sees(t, "Lock until (31.12.2028, +90)?  23.11.2028");
	tty_keys(t, "Enter");
	tty_type(t, "court, danger");
	tty_keys(t, "Enter");
	tty_sees(t, "Locked until 23 Nov 2028.");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_sees(t, "LOCKED; ");
	tty_keys(t, "Enter");
	tty_sees(t, "LOCKED             until 23 Nov 2028: tell nobody outside anything (court");
	/* ends only where it is kept */
	tty_keys(t, "l");
	tty_type(t, "asked");
	tty_keys(t, "Enter");
	tty_sees(t, "End of the lock is kept by Residence.");
}
END_TEST

START_TEST(a_visit_without_a_case_says_why_none_opens)
{
	run("front1", "visit new concern=S26 person=1");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter Enter");
	tty_row_has(t, 22, "Open case: not possible now, no case belongs to this visit.");
}
END_TEST

START_TEST(the_take_in_of_a_locked_person_says_so)
{
	run("res1", "person lock id=1 until=2027-01-01 reason=court");
	run("front1", "visit new concern=S02 person=1");
	sit_down("front1");
	tty_keys(t, "F2 F4");
	tty_row_has(t, 0, "LOCKED · Take in · A001");
	tty_sees(t, "LOCKED: tell nobody outside anything about this person.");
}
END_TEST

START_TEST(history_says_who_what_and_why)
{
	run("res1", "person edit id=1 family=Khalil keep=previous reason=married");
	run("res1", "person address id=1 street=Hafenstr.1 from=2026-11-01");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "khalil");
	tty_keys(t, "Enter v");
	tty_sees(t, "Changed: married");
	tty_sees(t, "Name: Family name: Haddad → Khalil");
	tty_sees(t, "Name: – → previous name Haddad, Rania");
	tty_sees(t, "Address: – → Hafenstr.1");
	tty_sees(t, "Demir");
	tty_keys(t, "c");
	tty_sees(t, "also               previous name Haddad, Rania");
}
END_TEST

START_TEST(a_parent_is_added_by_keys)
{
	run("front1", "person new family=Haddad given=Mia born=2020-02-02");
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "mia haddad");
	tty_keys(t, "Enter a");
	tty_type(t, "mother");
	tty_keys(t, "Enter");
	tty_type(t, "rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Read from which paper?");
	tty_type(t, "birth certificate");
	tty_keys(t, "Enter");
	tty_sees(t, "Recorded, in both records.");
	tty_sees(t, "HADDAD, Rania (mother)");
	tty_keys(t, "v");
	tty_sees(t, "Parent: – → HADDAD, Rania (mother)");
}
END_TEST

START_TEST(two_clerks_add_rows_at_the_same_time)
{
	look_up("res1");
	tty_keys(t, "a");
	tty_type(t, "contact");
	tty_keys(t, "Enter");
	tty_type(t, "tel");
	tty_keys(t, "Down");
	tty_type(t, "0151 1");
	run("front1", "person contact id=1 kind=email value=rania@example.org");
	tty_type(t, "23");
	tty_keys(t, "F10");
	tty_sees(t, "Saved.");
	tty_keys(t, "r");
	tty_sees(t, "telephone 0151 123");
	tty_sees(t, "e-mail rania@example.org");
}
END_TEST

START_TEST(all_of_it_as_a_file_for_the_person)
{
	look_up("res1");
	tty_keys(t, "x");
	tty_sees(t, "tresen-slips/person-1.txt");
	/* of somebody who hides, it is said once more whom it may go to */
	run("res1", "person lock id=1 until=2027-01-01 reason=threatened");
	tty_await(t, "LOCKED");
	tty_keys(t, "x");
	tty_sees(t, "LOCKED against disclosure until 1 Jan 2027: for nobody else.");
	tty_keys(t, "g");
	tty_sees(t, "tresen-slips/person-1");
}
END_TEST

Suite *
suite_person(void)
{
	return stories("person", opening, STORIES(a_passport_is_entered_and_ends_in_words,
	    countries_are_everyday_words,
	    one_page_has_no_next,
	    a_number_that_cannot_be_is_told_under_its_field,
	    a_field_of_another_unit_goes_there_as_a_proposal,
	    a_long_question_is_asked_whole, a_proposal_for_what_has_changed_is_a_conflict,
	    a_lock_is_seen_by_everybody,
	    a_visit_without_a_case_says_why_none_opens,
	    the_take_in_of_a_locked_person_says_so,
	    history_says_who_what_and_why, a_parent_is_added_by_keys, two_clerks_add_rows_at_the_same_time,
	    all_of_it_as_a_file_for_the_person));
}
