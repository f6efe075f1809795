/*
 * restriction.c - stories of files that are not for everybody: a supervisor
 * blocks a record, keeps one for named people; a clerk meets the line without a
 * name, opens the file in an emergency, and the officer is told.
 */
#include "harness_story.h"

#include <stdio.h>

static void
with_haddad(void)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
}

START_TEST(a_supervisor_blocks_a_record)
{
	sit_down("super1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_keys(t, "s");
	tty_row_has(t, 0, "HADDAD, Rania");
	tty_keys(t, "R");
	tty_row_has(t, 0, "Restrictions: person 1");
	tty_sees(t, "Nothing is restricted here.");
	tty_keys(t, "b");
	tty_type(t, "accuracy is contested");
	tty_keys(t, "Enter");
	tty_type(t, "VG 11 K 5/26");
	tty_keys(t, "Enter Enter");
	tty_sees(t, "Blocked: it is kept, and nobody works with it.");
	tty_sees(t, "accuracy is contested; VG 11 K 5/26");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "HADDAD, Rania · BLOCKED");
	tty_sees(t, "VG 11 K 5/26 (accuracy is contested)");
}
END_TEST

START_TEST(a_file_is_opened_in_an_emergency)
{
	run("super1", "person reserve id=1 staff=res2 reason=threatened");
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "haddad rania");
	tty_sees(t, "Nobody in the register fits this.");
	tty_type(t, " 1990-05-03");
	tty_sees(t, "(named people only)");
	tty_lacks(t, "HADDAD");
	tty_sees(t, "^X opens it in an emergency");
	tty_keys(t, "^X");
	tty_type(t, "help");
	tty_keys(t, "Enter");
	tty_sees(t, "Say in words what is at stake");
	tty_type(t, ", her husband is in the house");
	tty_sees(t, "help, her husband is in the house");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania · EMERGENCY");
	tty_sees(t, "open to you until");
}
END_TEST

START_TEST(the_officer_is_told_and_settles_it)
{
	run("super1", "person reserve id=1 staff=res2 reason=threatened");
	sit_down("dpo1");
	run("res1", "person emergency id=1 reason=husband-is-in-the-house");
	tty_await(t, "A file was opened in an emergency");
	tty_sees(t, "Opened in an emergency, to be reviewed: 1");
	tty_keys(t, ":");
	tty_type(t, "emergencies");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Emergencies");
	tty_sees(t, "HADDAD, Rania");
	tty_sees(t, "husband-is-in-the-house");
	tty_keys(t, "y");
	tty_keys(t, "Enter");
	tty_sees(t, "No file is open or was opened in an emergency");
}
END_TEST

/* By one act, once their names were read; each then has a restriction of its own. */
START_TEST(a_family_is_set_aside)
{
	run("front1", "person new family=Haddad given=Mia born=2015-07-01");
	run("res1", "household new person=1 kind=flat street=Ringweg from=2026-01-01");
	run("res1", "household move_in id=1 person=2 role=child from=2026-01-01");
	sit_down("super1");
	tty_keys(t, "/");
	tty_type(t, "rania");
	tty_keys(t, "Enter s R h");
	tty_sees(t, "Who may open it (logins, commas between)?");
	tty_type(t, ",res1");
	tty_keys(t, "Enter");
	tty_type(t, "threatened");
	tty_keys(t, "Enter Enter");
	tty_sees(t, "HADDAD, Rania *1990-05-03; HADDAD, Mia *2015-07-01");
	tty_sees(t, "Are all these files for named people only?");
	tty_keys(t, "y");
	tty_sees(t, "Only who was named opens these 2 files now.");
	tty_sees(t, "HADDAD, Rania");
	tty_sees(t, "Demir, Lindqvist");
	sit_down("res2");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_sees(t, "Nobody in the register fits this.");
}
END_TEST

/* Nobody is set aside whose name was not read. */
START_TEST(nobody_lives_with_them)
{
	sit_down("super1");
	tty_keys(t, "/");
	tty_type(t, "rania");
	tty_keys(t, "Enter s R h Enter");
	tty_type(t, "threatened");
	tty_keys(t, "Enter Enter");
	tty_sees(t, "They live in no household that is recorded.");
	tty_sees(t, "Nothing is restricted here.");
}
END_TEST

/* What is on somebody's screen when it is set aside goes from it at once. */
START_TEST(an_open_file_shuts_when_it_is_reserved)
{
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
	run("super1", "person reserve id=1 staff=res2 reason=threatened");
	tty_await(t, "This file is for named people only. Ask Roth");
	tty_lacks(t, "HADDAD");
}
END_TEST

/* Whoever was typing keeps what they typed, and sees no more of the case. */
START_TEST(an_open_case_shuts_under_the_hands)
{
	run("res1", "case open person=1 service=S02");
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
	tty_keys(t, "a");
	tty_type(t, "xyz");
	run("super1", "person reserve id=1 staff=res2 reason=threatened");
	tty_await(t, "2026-000001 is not in this unit any more.");
	tty_row_has(t, 0, "Residence · mine");
	tty_lacks(t, "HADDAD");
}
END_TEST

/* The list moves while the reason is typed: what was asked about ends, or nothing. */
START_TEST(only_what_was_asked_about_ends)
{
	char end[64];

	run("front1", "person new family=Nguyen given=Hoa born=1960-02-11");
	snprintf(end, sizeof(end), "restriction end id=%lld reason=moved", run_id("dpo1",
	    "person reserve id=1 staff=res2 reason=threatened", "restriction"));
	run("dpo1", "person reserve id=2 staff=res2 reason=threatened");
	sit_down("dpo1");
	tty_keys(t, ":");
	tty_type(t, "restrictions");
	tty_keys(t, "Enter End");
	tty_cursor_on(t, "HADDAD");
	tty_keys(t, "e");
	tty_type(t, "moved away");
	run("dpo1", end);
	tty_await_reload(t);
	tty_cursor_on(t, "moved away");
	tty_keys(t, "Enter");
	office_has("dpo1", "restriction list", "NGUYEN");
}
END_TEST

Suite *suite_restriction(void);
Suite *
suite_restriction(void)
{
	return stories("restriction", with_haddad, STORIES(a_supervisor_blocks_a_record,
	    a_file_is_opened_in_an_emergency, a_family_is_set_aside, nobody_lives_with_them,
	    the_officer_is_told_and_settles_it,
	    an_open_file_shuts_when_it_is_reserved, an_open_case_shuts_under_the_hands,
	    only_what_was_asked_about_ends));
}
