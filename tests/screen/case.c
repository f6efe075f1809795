/*
 * case.c - stories of one case: from the pool to its end, papers, notes, on
 * hold, colleagues who look at the same one.
 */
#include "harness_cases.h"

#include <signal.h>

Suite *suite_case(void);

/* All ten papers of the case, one key each. */
static void
verify_papers(void)
{
	tty_keys(t, "p v v v v v v v v v v");
	tty_row_has(t, 1, "Everything needed is there.");
	tty_keys(t, "Esc");
}

START_TEST(a_case_from_the_pool_to_its_end)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "2026-000001  HADDAD, Rania *1990-05-03 Syria");
	tty_row_has(t, 1, "Residence · nobody's yet · title ends in 2 days (25 Nov 2026)");
	tty_sees(t, "– missing: application form, signed");
	tty_sees(t, "Still blocks:");
	tty_lacks(t, "d Decide");
	tty_keys(t, "c");
	tty_row_has(t, 1, "Residence · Demir · title ends in 2 days (25 Nov 2026)");
	tty_sees(t, "d Decide");
	verify_papers();
	tty_sees(t, "missing for the decision");
	tty_keys(t, "d Enter");
	tty_sees(t, "give a reason to decide all the");
	tty_type(t, "known from before");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Decided. The counter can hand it out now.");
	tty_row_has(t, 0, "ready to hand out");
	tty_sees(t, "It has not been handed out yet.");
	tty_keys(t, "o");
	tty_row_has(t, 0, "handed out");
	tty_keys(t, "l");
	tty_row_has(t, 0, "closed");
	tty_row_has(t, 1, "Residence · granted"); /* nobody has to take it */
	tty_lacks(t, "n Note");
	tty_sees(t, "u Reopen");
}
END_TEST

/* A key that does nothing says why. */
START_TEST(no_key_is_silent)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Esc");
	tty_row_has(t, 22, "Back: not possible now, this is the first screen; F10 leaves");
	tty_keys(t, "Z");
	tty_row_has(t, 22, "There is no such key here. ? lists those that act.");
	tty_keys(t, "Enter d");
	tty_row_has(t, 22, "Decide: not possible now, the case is \"open\".");
	tty_keys(t, "c");
	run("super1", "case assign id=1 owner=res2");
	tty_await(t, "Roth");
	tty_keys(t, "d");
	tty_row_has(t, 22, "Decide: not possible now, Roth has the case.");
	run("res2", "case wait id=1 until=2026-12-07 reason=passport");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter c Enter r");
	tty_row_has(t, 22, "Resume: not possible now, the case is \"on hold\", at Residence.");
	sit_down("res1");
	tty_keys(t, "Esc c");
	tty_row_has(t, 22, "Claim: not possible now, no case is under the cursor.");
	tty_paste(t, "hello");
	tty_row_has(t, 22, "Nothing is typed here, so nothing can be pasted.");
}
END_TEST

START_TEST(a_refusal_needs_its_reason)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter d");
	tty_row_has(t, 0, "Decide 2026-000001: how?");
	tty_type(t, "refu");
	tty_keys(t, "Enter Enter");
	tty_sees(t, "A refusal needs its reason");
	tty_row_has(t, 22, "Reason:");
	tty_type(t, "No passport in spite of two reminders");
	tty_keys(t, "Enter");
	tty_row_has(t, 1, "refused: No passport in spite of two reminders");
}
END_TEST

START_TEST(what_was_withdrawn_is_closed_at_once)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter d");
	tty_type(t, "withdr");
	tty_keys(t, "Enter Enter");
	tty_row_has(t, 22, "Decided. If there is nothing to hand out, l closes the case.");
	tty_row_has(t, 0, "to be closed");
	office_has("res1", "case show id=1 --json", "\"why\":\"to be closed\"");
	tty_keys(t, "l");
	tty_row_has(t, 0, "closed");
}
END_TEST

START_TEST(a_case_waits_and_goes_on)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter w");
	tty_row_has(t, 22, "On hold until (+14, 3.12.):");
	tty_type(t, "32.1.");
	tty_keys(t, "Enter");
	tty_row_has(t, 21, "!");
	tty_row_has(t, 22, "On hold until (+14, 3.12.):  32.1.");
	tty_keys(t, "^U");
	tty_type(t, "+14");
	tty_keys(t, "Enter");
	tty_type(t, "pay slips");
	tty_keys(t, "Enter");
	tty_row_has(t, 1, "Demir · on hold until 7 Dec 2026: pay slips");
	tty_row_has(t, 22, "On hold; it comes back to you on 7 Dec 2026.");
	tty_keys(t, "r");
	tty_row_has(t, 0, "in work");
	tty_keys(t, "r");
	tty_row_has(t, 1, "nobody's yet");
}
END_TEST

START_TEST(a_note_survives_being_put_aside)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Enter n");
	tty_row_has(t, 0, "Note · 2026-000001");
	tty_type(t, "calls again on Thursday");
	tty_keys(t, "Enter");
	tty_type(t, "wants an interpreter");
	tty_row_has(t, 4, "wants an interpreter");
	tty_keys(t, "Up Home Down Up Up");
	tty_type(t, "Selam ");
	tty_row_has(t, 3, "Selam calls again on Thursday");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "open");
	tty_keys(t, "n");
	tty_row_has(t, 3, "calls again on Thursday");
	tty_row_has(t, 4, "wants an interpreter");
	tty_keys(t, "F10");
	tty_row_has(t, 22, "The note is in the file.");
	tty_sees(t, "Demir: Selam calls again on Thursday");
	tty_keys(t, "n");
	tty_lacks(t, "draft saved");
	tty_row_is(t, 4, "");
}
END_TEST

START_TEST(a_pasted_letter_keeps_its_lines)
{
	static char page[5001];

	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Enter n");
	tty_paste(t, "Dear office,\r\rI come on Thursday.");
	tty_row_has(t, 3, "Dear office,");
	tty_row_is(t, 4, "");
	tty_row_has(t, 5, "I come on Thursday.");
	memset(page, 'x', sizeof(page) - 1);
	tty_paste(t, page);
	tty_row_has(t, 22, "! Too long for this field: nothing was put in. Paste a part of it.");
	tty_row_has(t, 5, "I come on Thursday.");
	tty_paste(t, "\xff\xfe");
	tty_row_has(t, 22, "! What was pasted is no text: nothing was put in.");
	tty_keys(t, "Esc");
	tty_keys(t, "c w");
	tty_paste(t, page);
	tty_row_has(t, 21, "! Too long for this field: nothing was put in.");
	page[2000] = '\0';
	tty_paste(t, page);
	tty_type(t, "x");
	tty_row_has(t, 21, "! This field is full. Delete something first.");
	tty_keys(t, "Backspace");
	tty_type(t, "y");
	tty_row_has(t, 22, "xxy");
}
END_TEST

START_TEST(a_colleague_changes_the_case_i_look_at)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Enter End");
	tty_cursor_on(t, "Okafor: Taken in");
	run("res2", "case note id=1 text=hello");
	tty_await(t, "Roth has changed this case just now");
	tty_sees(t, "Roth: hello");
	tty_cursor_on(t, "Okafor: Taken in"); /* the line has moved, the cursor with it */
}
END_TEST

/* The key comes before the news: who was faster is told, and stays told. */
START_TEST(what_an_act_says_is_not_written_over)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter d");
	tty_type(t, "refu");
	tty_keys(t, "Enter");
	tty_type(t, "no passport");
	tty_signal(t, SIGSTOP);
	run("res2", "case take id=1 reason=ill");
	tty_bytes(t, "\r", 0);
	tty_signal(t, SIGCONT);
	tty_await(t, "was taken by Roth just now.");
	tty_row_has(t, 1, "Roth");
	tty_row_has(t, 22, "2026-000001 was taken by Roth just now.");
}
END_TEST

START_TEST(a_case_is_taken_over_with_a_reason)
{
	cases_in_pool(1);
	run("res2", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v a Enter");
	tty_row_has(t, 1, "Residence · Roth");
	tty_lacks(t, "d Decide");
	tty_keys(t, "t");
	tty_type(t, "Roth is ill");
	tty_keys(t, "Enter");
	tty_row_has(t, 1, "Residence · Demir");
	tty_sees(t, "Taken over: Roth is ill");
}
END_TEST

/* What was typed and not saved is no answer yet: nobody decides past it unknowing. */
START_TEST(a_draft_of_answers_is_told_before_deciding)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Enter c a Down Down y Down Esc d");
	tty_sees(t, "Typed into the answers, but not saved:");
	tty_keys(t, "a");
	tty_row_has(t, 0, "Answers · 2026-000001");
	tty_keys(t, "Esc h");
	tty_sees(t, "Typed into the answers, but not saved:");
	tty_keys(t, "o");
	tty_row_has(t, 0, "Hand over to which unit?");
	tty_keys(t, "Esc d");
	tty_sees(t, "o drop them with the decision");
	tty_keys(t, "o");
	tty_row_has(t, 0, "Decide 2026-000001: how?");
	tty_type(t, "withdrawn");
	tty_keys(t, "Enter Enter");
	tty_sees(t, "Decided.");
	sit_down("res1");
	tty_lacks(t, "You were in the middle of this.");
}
END_TEST

START_TEST(a_case_costs_a_slow_line_little)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_take_bytes(t);
	tty_keys(t, "Enter");
	ck_assert_uint_lt(tty_take_bytes(t), 2048);
	tty_keys(t, "j");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	tty_keys(t, "p");
	ck_assert_uint_lt(tty_take_bytes(t), 2048);
	tty_keys(t, "j");
	ck_assert_uint_le(tty_take_bytes(t), 180);
}
END_TEST

START_TEST(a_case_file_in_german)
{
	cases_in_pool(1);
	run("res1", "case claim id=1");
	sit_down_at((struct setup){ .as = "res1", .lang = "de" });
	tty_row_has(t, 0, "Ausländerbehörde");
	tty_keys(t, "v m");
	tty_cursor_on(t, "2026-000001");
	tty_sees(t, "Aufenthaltserlaubnis");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania *1990-05-03 Syrien");
	tty_row_has(t, 0, "in Arbeit");
	tty_sees(t, "– fehlt: Antragsformular");
	tty_sees(t, "Für die Entscheidung fehlen noch ");
	tty_sees(t, "Zweck des Titels: ");
	tty_keys(t, "p v v v v v v v v v w");
	tty_type(t, "liegt in der Akte");
	tty_keys(t, "Enter Esc");
	tty_sees(t, "entbehrlich, Grund liegt in der Akte");
	tty_row_has(t, 23, "Hilfe");
}
END_TEST

#define LATE "{\"began\":\"2026-10-05\",\"ended\":\"2026-10-01\"}"

/* What finds no room at the bottom stands in full behind the history, and the
 * last line says so: no sentence just ends. */
START_TEST(what_blocks_never_breaks_off)
{
	run("front1", "person new family=Haddad given=Rania");
	run("front1", "case open person=1 service=S08 form={\"way\":\"work\",\"jobs\":["
	    LATE "," LATE "," LATE "," LATE "]}");
	sit_down_at((struct setup){ .as = "front1", .lang = "de" });
	tty_type(t, "/haddad");
	tty_keys(t, "Enter Enter");
	tty_row_has(t, 0, "2026-000001");
	tty_sees(t, "… Ende zeigt den Rest, hinter dem Verlauf.");
	tty_lacks(t, "Zeit 4, Bis");
	tty_keys(t, "End");
	tty_row_has(t, 10, "„Arbeit der letzten Zeit 4, Bis“: Ende vor Beginn. Eines der");
	tty_row_has(t, 11, "▸            beiden Daten berichtigen.");
}
END_TEST

Suite *
suite_case(void)
{
	return stories("case", NULL, STORIES(
	    a_case_from_the_pool_to_its_end,
	    no_key_is_silent,
	    a_refusal_needs_its_reason,
	    what_was_withdrawn_is_closed_at_once,
	    a_case_waits_and_goes_on,
	    a_note_survives_being_put_aside,
	    a_pasted_letter_keeps_its_lines,
	    a_colleague_changes_the_case_i_look_at,
	    what_an_act_says_is_not_written_over,
	    a_case_is_taken_over_with_a_reason,
	    a_draft_of_answers_is_told_before_deciding,
	    a_case_costs_a_slow_line_little,
	    a_case_file_in_german,
	    what_blocks_never_breaks_off));
}
