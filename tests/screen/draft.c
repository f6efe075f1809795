/*
 * draft.c - stories of lost lines: what was typed is there again, and an
 * engine that has died is replaced.
 */
#include "harness_cases.h"
#include "harness_story.h"

#include <signal.h>

Suite *suite_draft(void);

static void
opening(void)
{
	sit_down("res1");
}

static void
type_half_a_note(void)
{
	tty_keys(t, ":");
	tty_type(t, "case note");
	tty_keys(t, "Enter");
	tty_type(t, "4711");
	tty_keys(t, "Enter");
	tty_type(t, "ruft Donnerstag wieder an, möchte Übersetzung");
	tty_keys(t, "Enter");
}

static void
come_back(void)
{
	sit_down("res1");
	tty_row_has(t, 0, "case.note");
	tty_sees(t, "You were in the middle of this.");
	tty_sees(t, "4711");
	tty_sees(t, "ruft Donnerstag wieder");
}

START_TEST(a_closed_terminal_keeps_what_was_typed)
{
	type_half_a_note();
	tty_signal(t, SIGHUP);
	ck_assert_int_eq(tty_wait(t), 0);
	come_back();
}
END_TEST

START_TEST(so_does_a_killed_client)
{
	type_half_a_note();
	tty_await(t, "draft saved 09:14");
	tty_signal(t, SIGKILL);
	ck_assert_int_eq(tty_wait(t), 128 + SIGKILL);
	come_back();
}
END_TEST

START_TEST(going_back_keeps_it_as_well)
{
	type_half_a_note();
	tty_keys(t, "Esc");
	tty_lacks(t, "case.note");
	ck_assert_int_eq(tty_leave(t, "^Q"), 0);
	come_back();
}
END_TEST

START_TEST(what_is_done_leaves_no_draft)
{
	tty_keys(t, ":");
	tty_type(t, "person find");
	tty_keys(t, "Enter");
	tty_type(t, "Nobody");
	tty_keys(t, "Enter");
	tty_await(t, "draft saved");
	tty_keys(t, "F2");
	ck_assert_int_eq(tty_leave(t, "^Q"), 0);
	sit_down("res1");
	tty_lacks(t, "You were in the middle of this.");
}
END_TEST

START_TEST(somebody_elses_draft_is_theirs)
{
	type_half_a_note();
	tty_await(t, "draft saved");
	sit_down("res2");
	tty_lacks(t, "Donnerstag");
}
END_TEST

static void
refuse_a_case(void)
{
	sit_down("res1");
	tty_keys(t, "v m Enter d");
	tty_type(t, "refu");
	tty_keys(t, "Enter");
}

/* A reason is as long as a note, and as dear to who has typed it. */
START_TEST(an_answer_survives_a_lost_line_too)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	refuse_a_case();
	tty_type(t, "No passport in spite of");
	tty_signal(t, SIGHUP);
	ck_assert_int_eq(tty_wait(t), 0);
	sit_down("res1");
	tty_sees(t, "What you had typed at \"Reason, for the letter:\" comes back");
	refuse_a_case();
	tty_row_has(t, 22, "Reason, for the letter:  No passport in spite of");
	tty_type(t, " two reminders");
	tty_keys(t, "Enter");
	tty_row_has(t, 1, "refused: No passport in spite of two reminders");
	office_has("res1", "draft list --json", "\"drafts\":[]");
}
END_TEST

START_TEST(a_refused_answer_is_not_typed_twice)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	refuse_a_case();
	tty_type(t, "No passport");
	run("res2", "case take id=1 reason=ill");
	tty_await(t, "Roth has changed this case");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "is with somebody else. Take it over first");
	tty_keys(t, "t");
	tty_type(t, "back again");
	tty_keys(t, "Enter d");
	tty_type(t, "refu");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Reason, for the letter:  No passport");
	tty_keys(t, "Esc d"); /* left on purpose */
	tty_type(t, "refu");
	tty_keys(t, "Enter");
	tty_lacks(t, "No passport");
	office_has("res1", "draft list --json", "\"drafts\":[]");
}
END_TEST

START_TEST(an_engine_that_dies_is_replaced_and_told_of_once)
{
	int engine = tty_engine(t);

	ck_assert_int_eq(kill(engine, SIGKILL), 0);
	tty_await(t, "The line to the office was lost for a moment");
	ck_assert_int_ne(tty_engine(t), engine);
	tty_keys(t, ":");
	tty_lacks(t, "The line to the office");
	tty_type(t, "staff me");
	tty_keys(t, "Enter F2");
	tty_sees(t, "res1");
	tty_lacks(t, "The line to the office");
}
END_TEST

/* The key comes before the news: its request goes over a new line. */
START_TEST(a_line_lost_under_a_key_is_told_of_too)
{
	tty_signal(t, SIGSTOP);
	ck_assert_int_eq(kill(tty_engine(t), SIGKILL), 0);
	tty_bytes(t, "\033OQ", 0); /* F2 */
	tty_signal(t, SIGCONT);
	tty_await(t, "The line to the office was lost for a moment");
	tty_sees(t, "! No case is open in your unit. The line to the office");
}
END_TEST

/* A key that takes long says so; what is typed meanwhile is not lost. */
START_TEST(a_slow_engine_is_waited_for_aloud)
{
	int engine = tty_engine(t);

	ck_assert_int_eq(kill(engine, SIGSTOP), 0);
	tty_bytes(t, "\033OQ", 0); /* F2 */
	tty_await_notice(t, "Waiting for the office to answer");
	tty_bytes(t, "?", 0);
	ck_assert_int_eq(kill(engine, SIGCONT), 0);
	tty_await(t, "Help · Queue");
}
END_TEST

START_TEST(an_engine_that_hangs_holds_nobody)
{
	ck_assert_int_eq(kill(tty_engine(t), SIGSTOP), 0);
	ck_assert_int_eq(tty_leave(t, "q"), 0);
}
END_TEST

Suite *
suite_draft(void)
{
	return stories("draft", opening, STORIES(
	    an_answer_survives_a_lost_line_too,
	    a_refused_answer_is_not_typed_twice,
	    a_closed_terminal_keeps_what_was_typed,
	    so_does_a_killed_client,
	    going_back_keeps_it_as_well,
	    what_is_done_leaves_no_draft,
	    somebody_elses_draft_is_theirs,
	    an_engine_that_dies_is_replaced_and_told_of_once,
	    a_line_lost_under_a_key_is_told_of_too,
	    a_slow_engine_is_waited_for_aloud,
	    an_engine_that_hangs_holds_nobody));
}
