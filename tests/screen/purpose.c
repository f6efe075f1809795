/*
 * purpose.c - stories of the question what a file is looked at for: asked
 * before it is drawn, answered by one key, once a day.
 */
#include "harness_story.h"

static void
with_haddad(void)
{
	tty_states_purpose = false;
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
}

/* A name is typed, its file is wanted. */
static void
open_haddad(void)
{
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
}

START_TEST(one_key_answers_before_the_file_is_drawn)
{
	sit_down("front1");
	open_haddad();
	tty_row_has(t, 0, "Why this file?");
	tty_sees(t, "c      the person is here or on the telephone");
	tty_lacks(t, "1990-05-03");
	tty_keys(t, "m");
	tty_row_has(t, 0, "HADDAD, Rania");
	tty_keys(t, "Esc Esc");
	/* once a day, in whichever session */
	sit_down("front1");
	open_haddad();
	tty_row_has(t, 0, "HADDAD, Rania");
	office_has("front1", "look purpose person=1 --json", "\"purpose\":\"correction\"");
}
END_TEST

START_TEST(who_does_not_say_sees_nothing)
{
	sit_down("front1");
	open_haddad();
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Search");
	office_has("front1", "look purpose person=1 --json", "\"ask_purpose\":true");
}
END_TEST

START_TEST(another_purpose_is_said_in_words)
{
	sit_down("front1");
	open_haddad();
	tty_keys(t, "o");
	tty_sees(t, "In a few words, what for?");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Why this file?");
	tty_keys(t, "o");
	tty_type(t, "lost umbrella");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
	office_has("front1", "look purpose person=1 --json", "other: lost umbrella");
}
END_TEST

START_TEST(work_at_hand_answers)
{
	run("front1", "visit new concern=S02 person=1");
	sit_down("front1");
	tty_keys(t, "F2");
	open_haddad();
	tty_row_has(t, 0, "HADDAD, Rania");
}
END_TEST

START_TEST(in_german_too)
{
	sit_down_at((struct setup){ .as = "res1", .lang = "de" });
	open_haddad();
	tty_row_has(t, 0, "Wozu diese Akte?");
	tty_sees(t, "Anliegen der Person selbst (Auskunft, Kopie)");
	tty_keys(t, "Down Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
	office_has("res1", "look purpose person=1 --json", "\"purpose\":\"case\"");
}
END_TEST

Suite *suite_purpose(void);

Suite *
suite_purpose(void)
{
	return stories("purpose", with_haddad, STORIES(one_key_answers_before_the_file_is_drawn,
	    who_does_not_say_sees_nothing, another_purpose_is_said_in_words,
	    work_at_hand_answers, in_german_too));
}
