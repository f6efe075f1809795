/*
 * oversight.c - stories of the data protection officer: who saw this person,
 * what is unusual, an alarm while the page is open.
 */
#include "harness_story.h"

static void
with_people(void)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	run("front1", "person new family=Okafor given=Ada born=1988-01-02");
	run("front1", "person show id=1 purpose=correction");
	run("res1", "person history id=1");
}

START_TEST(who_saw_this_person)
{
	sit_down("dpo1");
	tty_row_has(t, 0, "Data protection");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Looks: HADDAD, Rania");
	tty_sees(t, "Okafor                  file opened         mending data");
	tty_sees(t, "Demir                   ! file opened       not stated");
	tty_lacks(t, "1990");
	/* the copy for the person is written, and not shown */
	tty_keys(t, "x");
	tty_sees(t, "tresen-slips/person-1.txt");
	tty_lacks(t, "1990");
	tty_keys(t, "G");
	tty_keys(t, "k Enter");
	tty_row_has(t, 0, "A look");
	tty_sees(t, "23 Nov 2026 09:14");
	tty_sees(t, "Okafor (front1)");
	tty_sees(t, "mending data");
	tty_sees(t, "tresen/");
	tty_keys(t, "Esc m");
	tty_type(t, "demir");
	tty_keys(t, "Enter");
	tty_lacks(t, "Okafor  ");
	tty_sees(t, "Demir ");
	tty_keys(t, "d");
	tty_type(t, "22.11.");
	tty_keys(t, "Enter");
	tty_sees(t, "No look is recorded here that fits.");
}
END_TEST

START_TEST(an_alarm_comes_while_the_page_is_open)
{
	sit_down("dpo1");
	tty_lacks(t, "Unusual reading today");
	run("front1", "person show id=2");
	tty_await(t, "! Unusual reading today: 1.");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Unusual reading");
	tty_sees(t, "Okafor          people of the same family name: 1 of 2");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Looks: Okafor");
	tty_sees(t, "OKAFOR, Ada");
	tty_sees(t, "people of the same family name");
}
END_TEST

START_TEST(nobody_else_has_these_pages)
{
	sit_down("res1");
	tty_keys(t, ":");
	tty_type(t, "unusual");
	tty_lacks(t, "Who has read more");
}
END_TEST

START_TEST(in_german_too)
{
	sit_down_at((struct setup){ .as = "dpo1", .lang = "de" });
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Einblicke: HADDAD, Rania");
	tty_sees(t, "Akte geöffnet");
	tty_sees(t, "Daten berichtigen");
}
END_TEST

Suite *suite_oversight(void);

Suite *
suite_oversight(void)
{
	return stories("oversight", with_people, STORIES(who_saw_this_person,
	    an_alarm_comes_while_the_page_is_open, nobody_else_has_these_pages,
	    in_german_too));
}
