/*
 * radar.c - stories of what ends by itself: looked at, started, recorded; and
 * the clock that raises it.
 */
#include "harness_story.h"

Suite *suite_radar(void);

/* Haddad's title ends in 9 weeks, Nguyen's tomorrow, Abdi's toleration in 3 weeks. */
static void
people(void)
{
	run("res1", "person new family=Haddad given=Rania born=1990-05-03 nationality=SYR");
	run("res1", "person new family=Nguyen given=Thi nationality=VNM");
	run("res1", "person new family=Abdi given=Hodan nationality=SOM");
	run("res1", "person term id=1 kind=title status=AE25_2 ends=2027-01-25");
	run("res1", "person term id=2 kind=title status=AE18A ends=2026-11-24");
	run("res1", "person term id=3 kind=toleration status=DULD ends=2026-12-14");
}

START_TEST(the_list_says_what_ends_and_who_has_started)
{
	people();
	sit_down("res1");
	tty_keys(t, "^E");
	tty_row_has(t, 0, "What ends soon");
	tty_row_has(t, 1, "Ends within 8 weeks: 2   nobody has started 2   over already 0");
	tty_row_is(t, 4, " ▸ ends tomorrow         NGUYEN, Thi        Residence title        not "
	    "yet");
	tty_row_is(t, 5, "   ends in 3 weeks       ABDI, Hodan        Toleration             not "
	    "yet");
	tty_row_has(t, 20, "24 Nov 2026 · Residence permit, skilled worker");
	tty_row_has(t, 21, "Residence · Residence permit, extension");
	tty_lacks(t, "HADDAD");
	tty_keys(t, "w 6");
	tty_row_has(t, 1, "Ends within 26 weeks: 3");
	tty_sees(t, "ends in 9 weeks       HADDAD, Rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "NGUYEN, Thi");
	tty_keys(t, "d");
	tty_row_has(t, 0, "NGUYEN, Thi · Terms");
}
END_TEST

/* Nothing runs at night: who looks a week later sees the item. */
START_TEST(the_clock_raises_an_item)
{
	people();
	sit_down("res1");
	tty_keys(t, "^E");
	tty_lacks(t, "HADDAD");
	office_clock(office, "2026-11-30T08:14:00Z");
	tty_keys(t, "Esc ^E");
	tty_sees(t, "ended 6 days ago      NGUYEN, Thi");
	tty_sees(t, "ends in 8 weeks       HADDAD, Rania");
	tty_row_has(t, 1, "Ends within 8 weeks: 3   nobody has started 3   over already 1");
	office_clock(office, "2027-01-18T08:14:00Z");
	tty_keys(t, "Esc ^E G");
	tty_sees(t, "ends in 7 days        HADDAD, Rania");
	tty_row_has(t, 20, "25 Jan 2027 · Residence permit, refugee or subsidiary protection · last");
}
END_TEST

START_TEST(a_case_is_begun_from_the_list)
{
	people();
	sit_down("res1");
	tty_keys(t, "^E o");
	tty_row_has(t, 0, "2026-000001  NGUYEN, Thi");
	tty_sees(t, "2026-000001 is open: Residence permit, extension.");
	tty_keys(t, "Esc");
	/* what somebody has started stands below what nobody has */
	tty_row_has(t, 4, "ABDI, Hodan");
	tty_row_has(t, 5, "ends tomorrow         NGUYEN, Thi        Residence title        "
	    "2026-000001");
	tty_row_has(t, 1, "nobody has started 1");
	tty_keys(t, "G o");
	tty_row_has(t, 0, "2026-000001  NGUYEN, Thi");
}
END_TEST

START_TEST(others_start_while_one_looks)
{
	people();
	sit_down("res1");
	tty_keys(t, "^E");
	tty_row_has(t, 5, "ABDI, Hodan        Toleration             not yet");
	run("res2", "case open person=3 service=S07");
	tty_await(t, "ABDI, Hodan        Toleration             2026-000001");
}
END_TEST

START_TEST(a_new_title_is_recorded)
{
	people();
	sit_down("res1");
	tty_keys(t, "^E j t");
	tty_row_has(t, 0, "ABDI, Hodan · Terms");
	tty_cursor_on(t, "Toleration             Toleration");
	tty_keys(t, "n");
	tty_row_has(t, 0, "What is recorded?");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Which status?");
	tty_type(t, "AE25_5");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Until (+90, 3.12.2027; empty: no end):");
	tty_type(t, "sometime");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Until");
	tty_keys(t, "^U");
	tty_type(t, "22.11.2027");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Recorded; what it replaces is over.");
	tty_row_has(t, 4, "22 Nov 2027   ends in 52 weeks");
	tty_row_has(t, 5, "replaced or withdrawn");
	tty_keys(t, "Esc");
	tty_lacks(t, "ABDI");
}
END_TEST

START_TEST(a_term_is_mended_and_ended)
{
	people();
	sit_down("res1");
	tty_keys(t, "^E t e");
	tty_row_has(t, 22, "2026-11-24");
	tty_keys(t, "^U");
	tty_type(t, "+14");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Mended.");
	tty_row_has(t, 4, "7 Dec 2026");
	tty_keys(t, "x");
	tty_row_has(t, 22, "Over from today on.");
	tty_keys(t, "x");
	tty_row_has(t, 22, "Over: not possible now, it is over.");
}
END_TEST

/* Benefits watches its periods and is told nothing of titles. */
START_TEST(each_unit_its_own)
{
	people();
	run("ben1", "person term id=2 kind=benefit ends=2026-12-31");
	sit_down("ben1");
	tty_keys(t, "^E");
	tty_row_has(t, 4, "NGUYEN, Thi        Benefit period");
	tty_lacks(t, "Residence title");
	tty_row_has(t, 1, "Ends within 8 weeks: 1");
	tty_keys(t, "t");
	tty_lacks(t, "Residence title");
	sit_down("front1");
	tty_keys(t, "^E o");
	tty_sees(t, "Begin: not possible now, Residence has to act; a ticket sends the");
}
END_TEST

/* Granting leads to where the new end is recorded. */
START_TEST(what_was_granted_is_recorded)
{
	people();
	run("res1", "case open person=2 service=S02");
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter d Enter");
	tty_type(t, "all papers seen");
	tty_keys(t, "Enter");
	tty_sees(t, "Decided. The counter can hand it out now. e records until when it holds.");
	tty_keys(t, "e");
	tty_row_has(t, 0, "NGUYEN, Thi · Terms");
}
END_TEST

START_TEST(the_list_in_german)
{
	people();
	sit_down_at((struct setup){ .as = "res1", .lang = "de" });
	tty_keys(t, "^E");
	tty_row_has(t, 0, "Was bald endet");
	tty_row_has(t, 1, "Ende binnen 8 Wochen: 2   niemand hat begonnen 2   schon vorbei 0");
	tty_row_is(t, 4, " ▸ endet morgen          NGUYEN, Thi        Aufenthaltstitel       noch "
	    "nicht");
	tty_keys(t, "f");
	tty_row_has(t, 0, "Nur was?");
	tty_type(t, "Dul");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Was bald endet · Duldung");
	tty_row_has(t, 4, "endet in 3 Wochen     ABDI, Hodan");
	tty_lacks(t, "NGUYEN");
}
END_TEST

Suite *
suite_radar(void)
{
	return stories("radar", NULL, STORIES(
		the_list_says_what_ends_and_who_has_started, the_clock_raises_an_item,
		a_case_is_begun_from_the_list, others_start_while_one_looks,
		a_new_title_is_recorded, a_term_is_mended_and_ended, each_unit_its_own,
		what_was_granted_is_recorded, the_list_in_german));
}
