/*
 * palette.c - stories of the command palette: everything one may do, found by
 * typing, its values asked one by one.
 */
#include "harness_story.h"

Suite *suite_palette(void);

static void
opening(void)
{
	sit_down("res1");
}

START_TEST(a_command_is_found_by_typing_and_run)
{
	tty_keys(t, ":");
	tty_row_has(t, 0, "Commands and screens");
	tty_type(t, "hand-ov");
	tty_row_has(t, 21, "Cases offered from unit to unit.");
	tty_keys(t, "^U");
	tty_type(t, "staff.me");
	tty_sees(t, "▸ staff.me");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "staff.me");
	tty_sees(t, "This command needs nothing more. Press F2 to run it.");
	tty_keys(t, "F2");
	tty_sees(t, "res1");
	tty_sees(t, "login");
	tty_keys(t, "Esc Esc");
	tty_lacks(t, "staff.me");
}
END_TEST

/* A list is as wide as the window, and says what had no room. */
START_TEST(a_wide_list_leaves_out_what_matters_less)
{
	tty_keys(t, ":");
	tty_type(t, "service find");
	tty_keys(t, "Enter");
	tty_type(t, "card lost");
	tty_keys(t, "Enter F2");
	tty_sees(t, "code  label");
	tty_sees(t, "S11   Residence card, reiss");
	tty_sees(t, "No room for: ");
	tty_sees(t, "fees");
	tty_lacks(t, "  fees");
}
END_TEST

START_TEST(needed_values_are_asked_for)
{
	tty_keys(t, ":");
	tty_type(t, "draft show");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "key");
	tty_type(t, "nothing");
	tty_keys(t, "Enter");
	tty_sees(t, "Everything needed is there. F2 runs the command.");
	tty_keys(t, "Enter ^U");
	tty_type(t, "other");
	tty_keys(t, "Enter");
	tty_row_has(t, 4, "other");
	tty_keys(t, "F2 Esc");
	tty_row_has(t, 0, "draft.show");
}
END_TEST

/* What is typed filters; what does not fit says so and can be taken back. */
START_TEST(nothing_fits_is_no_dead_end)
{
	tty_keys(t, ":");
	tty_type(t, "xyzzy");
	tty_sees(t, "Nothing fits what you typed.");
	tty_keys(t, "Enter");
	tty_sees(t, "Nothing fits what you typed.");
	tty_keys(t, "^U");
	tty_sees(t, "staff.me");
	tty_keys(t, "Esc");
	tty_lacks(t, "staff.me");
}
END_TEST

START_TEST(a_paste_is_text_and_no_keys)
{
	tty_keys(t, ":");
	tty_paste(t, "staff\nme\033[A");
	tty_row_has(t, 1, "staff me");
	tty_sees(t, "staff.me");
}
END_TEST

/* A slow line cuts a letter in two; broken bytes are seen, not swallowed. */
START_TEST(a_letter_may_come_in_two_packets)
{
	tty_keys(t, ":");
	tty_bytes(t, "\xC3", 0);
	tty_bytes(t, "\xBC", 1);
	tty_bytes(t, "\xE2\x82", 0);
	tty_bytes(t, "\xAC", 1);
	tty_row_has(t, 1, "ü€");
	tty_bytes(t, "\xFF", 1);
	tty_row_has(t, 1, "ü€\uFFFD");
}
END_TEST

/* German is a third longer: a long question leaves the answer its own line. */
START_TEST(a_long_question_keeps_room_for_the_answer)
{
	sit_down("front1");
	tty_keys(t, ":");
	tty_type(t, "visit new");
	tty_keys(t, "Enter");
	tty_type(t, "S02");
	tty_row_has(t, 21, "concern (what the person wants");
	tty_row_is(t, 22, "   S02");
	tty_cursor_on(t, "S02");
}
END_TEST

START_TEST(help_while_typing_shows_keys_that_act)
{
	tty_keys(t, ":");
	tty_row_has(t, 23, "F1 Help");
	tty_keys(t, "F1");
	tty_sees(t, "delete the word before");
	tty_sees(t, "choose what is under the cursor");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Commands and screens");
}
END_TEST

Suite *
suite_palette(void)
{
	return stories("palette", opening, STORIES(
	    a_command_is_found_by_typing_and_run,
	    a_wide_list_leaves_out_what_matters_less,
	    needed_values_are_asked_for,
	    nothing_fits_is_no_dead_end,
	    a_paste_is_text_and_no_keys,
	    a_letter_may_come_in_two_packets,
	    a_long_question_keeps_room_for_the_answer,
	    help_while_typing_shows_keys_that_act));
}
