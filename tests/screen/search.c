/*
 * search.c - stories of looking for people: found while typing, their cases,
 * two clerks who change the same record.
 */
#include "harness_story.h"

Suite *suite_search(void);

static void
opening(void)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03 nationality=SYR");
	run("front1", "person new family=Haddad given=Samir born=1985");
	run("front1", "person new family=Nguyen given=Thi");
}

START_TEST(people_are_found_while_one_types)
{
	run("front1", "case open person=1 service=S26");
	sit_down("front1");
	tty_keys(t, "/");
	tty_sees(t, "Type parts of names in any order and spelling, a date of birth, or any");
	tty_type(t, "had");
	tty_sees(t, "HADDAD, Rania");
	tty_sees(t, "HADDAD, Samir");
	tty_type(t, " ran");
	tty_lacks(t, "HADDAD, Samir");
	tty_row_has(t, 4, "1990-05-03  Syria");
	tty_keys(t, "^U");
	tty_type(t, "wxqz");
	tty_sees(t, "Nobody in the register fits this.");
	tty_keys(t, "^U");
	tty_type(t, "had ran");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania ");
	tty_row_is(t, 1, " *1990-05-03   Syria");
	tty_cursor_on(t, "2026-000001");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "2026-000001  HADDAD, Rania");
	tty_keys(t, "Esc Esc Esc");
	tty_row_has(t, 0, "Counter 3");
}
END_TEST

/* A narrow column cuts the reason: the row under the cursor has it in full. */
START_TEST(why_somebody_was_found_can_be_read)
{
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "samier hadad 1.1.1985");
	tty_row_has(t, 4, "HADDAD, Samir");
	tty_row_has(t, 21, "samier ~ Samir; hadad ~ Haddad; born 1985: only the year");
	tty_keys(t, "^U");
	tty_row_is(t, 21, "");
}
END_TEST

START_TEST(a_case_number_finds_its_person)
{
	run("front1", "case open person=2 service=S26");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "2026-000001");
	tty_row_has(t, 4, "HADDAD, Samir");
	tty_row_has(t, 4, "case 2026-000001");
}
END_TEST

START_TEST(a_ticket_for_a_person_who_was_found)
{
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "nguy");
	tty_keys(t, "Enter t");
	tty_type(t, "pick-up");
	tty_keys(t, "Enter");
	tty_sees(t, "NGUYEN, Thi");
	tty_keys(t, "Enter");
	tty_sees(t, "Ticket A001 is drawn: Residence card, pick-up.");
	tty_row_has(t, 0, "NGUYEN, Thi");
}
END_TEST

/* Both have the record open; nobody's work is lost, and nobody is surprised. */
START_TEST(two_clerks_change_one_record)
{
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "rania");
	tty_keys(t, "Enter e Down Down Down Down Down Down");
	tty_cursor_on(t, "Telephone");
	tty_type(t, "0151 1");
	run("res1", "person edit id=1 phone=0151-2 address=Berlin");
	tty_keys(t, "F10");
	tty_sees(t, "Demir changed this person at the same time.");
	tty_sees(t, "Demir wrote here: 0151-2");
	tty_sees(t, "[ 0151 1");
	tty_sees(t, "[ Berlin");
	tty_keys(t, "F10");
	tty_sees(t, "Saved.");
	office_has("front1", "person show id=1 --json", "\"phone\":\"0151 1\"");
	office_has("front1", "person show id=1 --json", "\"address\":\"Berlin\"");
}
END_TEST

Suite *
suite_search(void)
{
	return stories("search", opening, STORIES(
	    people_are_found_while_one_types,
	    why_somebody_was_found_can_be_read,
	    a_case_number_finds_its_person,
	    a_ticket_for_a_person_who_was_found,
	    two_clerks_change_one_record));
}
