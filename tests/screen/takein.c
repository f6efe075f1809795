/*
 * takein.c - stories of taking in what a person wants: from the name to the
 * slip, and what happens when something comes in between.
 */
#include "harness_story.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_takein(void);

START_TEST(from_the_name_to_the_slip)
{
	char path[512], line[256] = "";
	FILE *f;

	take_in("visit new concern=S26 language=en", "en");
	tty_row_has(t, 0, "Take in · A001 · Certificate on the residence right");
	tty_row_has(t, 1, "▸1 Person  2 Papers 0/1  3 Hand over");
	tty_sees(t, "Speaks best                 [ English ");
	tty_type(t, "Haddad\tRania\t3.5.1990\tf\tsyr");
	tty_keys(t, "F4 Space");
	tty_row_has(t, 1, "1 Person ✓ ▸2 Papers 1/1 ✓  3 Hand over");
	tty_keys(t, "F4");
	tty_sees(t, "Haddad, Rania *3.5.1990 (new in the register)");
	tty_sees(t, "1 needed, and it is here");
	tty_keys(t, "F10");
	tty_row_has(t, 0, "Slip for case 2026-000001");
	tty_sees(t, "Your number: 2026-000001");
	tty_sees(t, "Residence works on it now.");
	tty_keys(t, "s");
	snprintf(path, sizeof(path), "%s/tresen-slips/2026-000001.txt", office_dir(office));
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f) && !strstr(line, "Name: HADDAD, Rania"))
		continue;
	fclose(f);
	ck_assert_ptr_nonnull(strstr(line, "Name: HADDAD, Rania"));
	tty_keys(t, "Enter");
	tty_sees(t, "Nobody is at your counter");
	office_has("front1", "person show id=1 --json", "\"born\":\"1990-05-03\"");
	office_has("front1", "person show id=1 --json", "\"nationality\":[\"SYR\"]");
	office_has("front1", "person show id=1 --json", "\"language\":\"en\"");
	office_has("front1", "case show id=1 --json", "\"state\":\"received\"");
	office_has("front1", "case show id=1 --json", "\"offered_to\":\"residence\"");
	office_has("front1", "visit show id=1 --json", "\"outcome\":\"taken_in\"");
}
END_TEST

/* What is said on the first page is not asked again; the day that a child was
 * born is not that of who brings the news. */
START_TEST(what_the_first_page_says_is_not_asked_again)
{
	take_in("visit new concern=S01 language=en", "en");
	tty_type(t, "Haddad\tRania\t3.5.1990");
	tty_keys(t, "F4");
	tty_sees(t, "Born *                      [ 03.05.1990   ] from the first page");
	tty_keys(t, "PgUp");
	tty_cursor_on(t, "Born");
	tty_keys(t, "^U");
	tty_type(t, "7.5.1990");
	tty_keys(t, "F4");
	tty_sees(t, "Born *                      [ 07.05.1990   ] from the first page");
	tty_keys(t, "PgUp Down Down Down ^U");
	tty_type(t, "kur");
	tty_keys(t, "F4");
	tty_sees(t, "Something about the person cannot be read. It is marked with !");
	tty_keys(t, "PgUp");
	tty_sees(t, "! kur: not one language.");
	tty_keys(t, "^U");
	tty_type(t, "germ"); /* and not German Sign Language */
	tty_keys(t, "F4");
	tty_lacks(t, "cannot be read");
}
END_TEST

/* What is no date, no country, no Latin letter is told where it was typed, not at
 * the end of the intake. */
START_TEST(what_nobody_is_called_is_told_at_once)
{
	take_in("visit new concern=S26 language=en", "en");
	tty_type(t, "Жоао\tRania\t31.2.1990\t");
	tty_sees(t, "! Ж (U+0416) is no Latin letter of DIN 91379.");
	tty_sees(t, "! 31.2.1990: no date of birth.");
	tty_type(t, "f\tSyria, Atlantis\t");
	tty_keys(t, "^U");
	tty_type(t, "klingonish\t");
	tty_sees(t, "! Atlantis: not one country."); /* the names are above */
	tty_sees(t, "! klingonish: not one language.");
	tty_row_has(t, 1, "▸1 Person  2 Papers");
	tty_keys(t, "F10"); /* before it asks why papers are missing */
	tty_sees(t, "Something about the person is missing or cannot be read.");
	tty_cursor_on(t, "Family name");
	tty_keys(t, "^U");
	tty_type(t, "Haddad");
	tty_keys(t, "F10");
	tty_cursor_on(t, "Born");
}
END_TEST

/* What is missing stands on the last page, and a key goes there. */
START_TEST(a_key_goes_to_what_is_missing)
{
	take_in("visit new concern=S20", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_type(t, "housing");
	tty_keys(t, "F4 F4 F4 F4 F4 F4");
	tty_sees(t, "needed now are missing");
	tty_keys(t, "F7");
	tty_sees(t, "Ask: ");
	tty_lacks(t, "May follow");
}
END_TEST

/* Nobody is asked why before what is wrong has been said, and no page is done
 * with something on it that cannot be read. */
START_TEST(what_cannot_be_read_of_a_person_is_told_first)
{
	take_in("visit new concern=S26 language=en", "en");
	tty_type(t, "Шевченко\tRania");
	tty_keys(t, "F4");
	tty_row_has(t, 1, "1 Person ▸2 Papers");
	tty_keys(t, "F10");
	tty_sees(t, "(U+0428) is no Latin letter of DIN 91379.");
	tty_cursor_on(t, "Family name");
	tty_lacks(t, "Why hand over now?");
	tty_keys(t, "^U");
	tty_type(t, "Schewtschenko\tRania\t3.5.");
	tty_keys(t, "F4 F7");
	tty_cursor_on(t, "Born");
	tty_keys(t, "^U");
	tty_type(t, "1990");
	tty_keys(t, "F4");
	tty_row_has(t, 1, "1 Person ✓ ▸2 Papers");
}
END_TEST

/* The ticket was drawn for nobody yet; who it is comes out at the counter. */
START_TEST(who_is_found_there_comes_back_to_what_waits)
{
	run("front1", "person new family=Haddad given=Rania");
	run("front1", "person new family=Nguyen given=Hoa");
	run("front1", "case open person=1 service=S26");
	take_in("visit new concern=S28 person=2", "en");
	tty_lacks(t, "waits for");
	tty_keys(t, "F6 r");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_sees(t, "! F2 opens case 2026-000001, which waits for: identity document");
	office_has("front1", "visit show id=1 --json", "\"case\":1");
	tty_keys(t, "F6 r");
	tty_type(t, "nguyen");
	tty_keys(t, "Enter");
	tty_lacks(t, "waits for");
	office_has("front1", "visit show id=1 --json", "\"case\":null");
}
END_TEST

/* What the office finds out or does is nothing that the person hands in later. */
START_TEST(what_the_office_answers_does_not_follow)
{
	take_in("visit new concern=S11", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_type(t, "lost\t25(3\t31.12.2027\ttoday\tbus\ty\t");
	tty_keys(t, "F4");
	tty_type(t, "n");
	tty_keys(t, "F4 F4 F4 F4");
	tty_sees(t, "1 answer: Why no passport");
	tty_lacks(t, "Told: report if found");
	tty_lacks(t, "Certificate given");
}
END_TEST

/* German law is cited with Abs.; who is in a hurry types 25(3 all the same. */
START_TEST(a_title_is_chosen_by_its_paragraph)
{
	take_in("visit new concern=S11", "de");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_type(t, "verloren\t25(3");
	tty_sees(t, "[ Abschiebungsverbot, § 25 Abs. 3");
	tty_keys(t, "Del Del Del Del");
	tty_type(t, "25 abs 4");
	tty_sees(t, "[ vorübergehend, § 25 Abs. 4");
}
END_TEST

/* The service has no target of its own; its form is in a hurry all the same. */
START_TEST(a_hurry_is_told_without_a_target)
{
	take_in("visit new concern=S25", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F4 F4 F4");
	tty_cursor_on(t, "+ add: Ins");
	tty_keys(t, "Tab");
	tty_type(t, "y");
	tty_keys(t, "F4 F4");
	tty_sees(t, "urgent: by 23 Nov 2026");
}
END_TEST

START_TEST(a_form_of_the_service_is_filled_in)
{
	take_in("visit new concern=S20", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_sees(t, "What is it about *");
	tty_keys(t, "F10");
	tty_sees(t, "Answers needed now are missing or cannot be read.");
	tty_cursor_on(t, "What is it about");
	tty_type(t, "housing");
	tty_sees(t, "[ housing");
	tty_keys(t, "F1");
	tty_sees(t, "Tab, Enter            to the next question");
	tty_lacks(t, "Down, j");
}
END_TEST

START_TEST(a_paper_that_may_follow_is_not_counted)
{
	take_in("visit new concern=S47", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_type(t, "complaint\tdecision");
	tty_keys(t, "F4");
	tty_type(t, "yes");
	tty_keys(t, "F4 F4 F4 F4");
	tty_sees(t, "none needed");
}
END_TEST

START_TEST(another_service_may_have_no_form)
{
	take_in("visit new concern=S20", "en");
	tty_keys(t, "F4 F3");
	tty_type(t, "provisional");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Provisional residence document");
	tty_cursor_on(t, "proof of application");
}
END_TEST

/* Wherever the cursor was, there it is again: line cut, client killed. */
START_TEST(what_was_typed_survives)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "Haddad\tRa");
	tty_signal(t, SIGHUP);
	tty_wait(t);
	sit_down("front1");
	tty_row_has(t, 0, "Take in · A001");
	tty_cursor_on(t, "Given names                 [ Ra");
	office_clock(office, "2026-11-23T08:15:00Z");
	tty_type(t, "nia\t1990");
	tty_await(t, "draft saved 09:15");
	tty_signal(t, SIGKILL);
	tty_wait(t);
	sit_down("front1");
	tty_sees(t, "[ Haddad");
	tty_sees(t, "[ Rania");
	tty_cursor_on(t, "Born                        [ 1990");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Counter 3");
	tty_keys(t, "F4");
	tty_cursor_on(t, "Born                        [ 1990");
}
END_TEST

START_TEST(nobody_is_in_the_register_twice_by_accident)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	take_in("visit new concern=S28", "en");
	tty_type(t, "haddad\trania\t5.1990");
	tty_keys(t, "F10");
	tty_sees(t, "In the register: HADDAD, Rania *1990-05-03 (same name");
	tty_keys(t, "r");
	tty_sees(t, "[ 1990-05-03");
	tty_keys(t, "F10");
	tty_row_has(t, 0, "Slip for case 2026-000001");
	office_has("front1", "case show id=1 --json", "\"person\":{\"id\":1");
}
END_TEST

/* What this office does itself is handed to nobody. */
START_TEST(the_key_bar_says_whether_it_is_handed_over)
{
	take_in("visit new concern=S28", "en");
	tty_row_has(t, 23, "F10 Open case");
	tty_keys(t, "F3");
	tty_type(t, "my card ends");
	tty_keys(t, "Enter");
	tty_row_has(t, 23, "F10 Hand over");
}
END_TEST

START_TEST(what_is_over_leaves_no_draft)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "Esc F8 l");
	ck_assert_int_eq(tty_leave(t, "q"), 0);
	sit_down("front1");
	tty_row_has(t, 0, "Counter 3");
	tty_row_is(t, 22, "");
	office_has("front1", "draft list --json", "\"drafts\":[]");
}
END_TEST

/* So like that the engine wants to know why. */
START_TEST(a_second_record_of_the_same_date_needs_a_reason)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	take_in("visit new concern=S28", "en");
	tty_type(t, "hadad\tranya\t3.5.1990");
	tty_sees(t, "! HADDAD, Rania *1990-05-03 · hadad ~ Haddad; ranya ~ Rania; born then");
	tty_keys(t, "F10");
	tty_sees(t, "n somebody else");
	tty_keys(t, "n");
	tty_row_has(t, 22, "What shows that it is somebody else?");
	tty_type(t, "her sister, both were here");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Slip for case 2026-000001");
	office_has("front1", "person history id=2 --json", "her sister, both were here");
}
END_TEST

/* Half a name sounds like many: whose name begins so comes first, and who is
 * only a little like it is not asked about. */
START_TEST(half_a_name_is_nobody_else)
{
	run("front1", "person new family=Uwimana given=Grâce");
	take_in("visit new concern=S26", "en");
	tty_type(t, "kras");
	tty_sees(t, "UWIMANA, Grâce · kras ~ Grâce");
	tty_lacks(t, "In the register?");
	tty_row_has(t, 20, "Alike in the register; F6 takes one of them:");
	run("front1", "person new family=Krasniqi given=Slobodan");
	tty_keys(t, "Backspace");
	tty_type(t, "s");
	tty_sees(t, "KRASNIQI, Slobodan · name begins so");
	tty_sees(t, "In the register? KRASNIQI, Slobodan");
	tty_lacks(t, "Alike in the register");
	tty_type(t, "niqi\tslobo");
	tty_sees(t, "In the register? KRASNIQI, Slobodan");
}
END_TEST

START_TEST(a_person_of_the_register_and_what_is_open_for_them)
{
	run("front1", "person new family=Haddad given=Rania phone=01511");
	run("front1", "case open person=1 service=S26");
	take_in("visit new concern=S26", "en");
	tty_type(t, "hadd");
	tty_sees(t, "In the register? HADDAD, Rania. F6 takes it.");
	tty_keys(t, "F6 Enter");
	tty_sees(t, "! F2 opens case 2026-000001, which waits for: identity document");
	tty_keys(t, "F2");
	tty_row_has(t, 0, "2026-000001");
	tty_keys(t, "Esc");
	office_has("front1", "visit show id=1 --json", "\"case\":1");
	tty_keys(t, "F10");
	tty_row_has(t, 22, "Case 2026-000001 is open for this:  n a new case all the same");
	tty_keys(t, "Esc F8");
	tty_row_has(t, 22, "No case for A001:  d settled");
	tty_keys(t, "d");
	tty_sees(t, "A001 is finished.");
	office_has("front1", "visit show id=1 --json", "\"outcome\":\"done\"");
}
END_TEST

/* Whoever ends a visit while something is typed is told that it goes. */
START_TEST(what_is_typed_is_not_dropped_in_silence)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "Haddad\tRania");
	tty_keys(t, "F8");
	tty_sees(t, "No case for A001, and what you typed is dropped:");
	tty_keys(t, "Esc Esc");
	tty_row_has(t, 0, "Counter");
	tty_keys(t, "F8");
	tty_sees(t, "How did A001 end? What you typed for it is dropped:");
	tty_keys(t, "d");
	tty_sees(t, "A001 is finished.");
	sit_down("front1");
	tty_lacks(t, "You were in the middle of this.");
}
END_TEST

/* What is changed of somebody in the register is typed, too. */
START_TEST(nor_what_has_changed_in_the_register)
{
	run("res1", "person new family=Haddad given=Rania born=1990-05-03 phone=0151-1");
	take_in("visit new concern=S26 person=1", "en");
	tty_keys(t, "F8");
	tty_lacks(t, "what you typed is dropped:");
	tty_keys(t, "Esc Down Down Down Down Down Down");
	tty_cursor_on(t, "Telephone");
	tty_type(t, "23");
	tty_keys(t, "F8");
	tty_sees(t, "No case for A001, and what you typed is dropped:");
}
END_TEST

/* The end of the visit fails; the record is not made twice. */
START_TEST(what_stops_half_way_is_not_done_twice)
{
	char *shown;

	take_in("visit new concern=S26", "en");
	tty_type(t, "Haddad");
	run("super1", "visit finish id=1");
	tty_keys(t, "F5 Space F10");
	tty_sees(t, "The person is saved.");
	tty_sees(t, "A001 is finished: nothing is left to do. F10 goes on");
	tty_keys(t, "F10");
	shown = office_run(office, "front1", "person find q=haddad --json", NULL);
	ck_assert_ptr_null(strstr(strstr(shown, "HADDAD") + 1, "HADDAD"));
	free(shown);
}
END_TEST

/* The client died between the case and its hand-over: what the engine has is
 * found again, the same key does the rest. */
START_TEST(a_hand_over_that_was_cut_off_goes_on)
{
	run("front1", "person new family=Haddad given=Rania");
	run("front1", "visit new concern=S26 person=1 language=en");
	run("front1", "visit next");
	run("front1", "visit start id=1");
	run("front1", "case open person=1 service=S26 visit=1");
	sit_down("front1");
	tty_keys(t, "F4 F5 Space F10");
	tty_row_has(t, 0, "Slip for case 2026-000001");
	office_has("front1", "case show id=1 --json", "\"offered_to\":\"residence\"");
	office_has("front1", "case show id=1 --json", "\"state\":\"received\"");
	office_has("front1", "visit show id=1 --json", "\"state\":\"finished\"");
}
END_TEST

START_TEST(in_german)
{
	take_in("visit new concern=S02", "de");
	tty_row_has(t, 0, "Aufenthaltserlaubnis Verlängerung");
	tty_sees(t, "Staatsangehörigkeit");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_row_has(t, 1, "▸2 Titel  3 Lebensunterhalt  4 Wohnen");
	tty_sees(t, "Zweck des Titels *");
	for (int row = 0; row < 24; row++)
		ck_assert_msg(!strstr(tty_row(t, row), "%"), "%s", tty_row(t, row));
}
END_TEST

Suite *
suite_takein(void)
{
	return stories("takein", NULL, STORIES(
	    from_the_name_to_the_slip,
	    what_the_first_page_says_is_not_asked_again,
	    what_nobody_is_called_is_told_at_once,
	    a_key_goes_to_what_is_missing,
	    what_cannot_be_read_of_a_person_is_told_first,
	    who_is_found_there_comes_back_to_what_waits,
	    what_the_office_answers_does_not_follow,
	    a_title_is_chosen_by_its_paragraph,
	    a_hurry_is_told_without_a_target,
	    a_form_of_the_service_is_filled_in,
	    a_paper_that_may_follow_is_not_counted,
	    another_service_may_have_no_form,
	    what_was_typed_survives,
	    nobody_is_in_the_register_twice_by_accident,
	    a_second_record_of_the_same_date_needs_a_reason,
	    the_key_bar_says_whether_it_is_handed_over,
	    what_is_over_leaves_no_draft,
	    half_a_name_is_nobody_else,
	    a_person_of_the_register_and_what_is_open_for_them,
	    what_is_typed_is_not_dropped_in_silence, nor_what_has_changed_in_the_register,
	    what_stops_half_way_is_not_done_twice,
	    a_hand_over_that_was_cut_off_goes_on,
	    in_german));
}
