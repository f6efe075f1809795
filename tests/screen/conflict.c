/*
 * conflict.c - stories of two who change the same answers: nobody loses
 * what they typed.
 */
#include "harness_cases.h"

Suite *suite_conflict(void);

/* Both look at the answers of the same case, on what follows "Has a passport". */
static void
both_edit(const char *has_passport)
{
	cases_in_pool(1);
	sit_down("res1");
	sit_beside("res2");
	tty_keys(t, "Enter a Down Down");
	tty_keys(t, has_passport);
	tty_keys(t, "Down");
	tty_keys(other, "Enter a Down Down");
	tty_keys(other, has_passport);
	tty_keys(other, "Down");
}

START_TEST(two_who_change_the_same_decide)
{
	both_edit("y");
	tty_type(t, "1.5.27");
	tty_type(other, "1.6.27");
	tty_keys(other, "Down");
	tty_keys(other, "n F10");
	tty_sees(other, "The answers are saved.");
	tty_keys(t, "F10");
	tty_row_has(t, 0, "You and Roth changed 2026-000001 at the same time");
	tty_row_has(t, 0, "saved 09:14");
	tty_sees(t, "both the same");
	tty_row_has(t, 5, "Passport valid");
	tty_row_has(t, 5, "01.06.2027");
	tty_row_has(t, 5, "01.05.2027");
	tty_row_has(t, 5, "? h or m");
	tty_row_has(t, 6, "taken from Roth");
	tty_keys(t, "F10");
	tty_row_has(t, 22, "\"Passport valid until\" is not decided");
	tty_cursor_on(t, "? h or m");
	tty_keys(t, "m F10");
	tty_row_has(t, 0, "HADDAD, Rania");
	tty_sees(t, "Saved as decided.");
	tty_sees(t, "Passport valid until: 01.05.2027");
	tty_sees(t, "Abroad for over 6 months: no");
	tty_await(other, "01.05.2027");
	tty_keys(t, "a");
	tty_lacks(t, "draft saved");
}
END_TEST

START_TEST(theirs_may_be_the_better_one)
{
	both_edit("y");
	tty_type(t, "1.5.27");
	tty_type(other, "1.6.27");
	tty_keys(other, "F10");
	tty_keys(t, "F10 Esc");
	tty_row_has(t, 0, "Answers · 2026-000001");
	tty_sees(t, "01.05.2027"); /* back to one's own text */
	tty_keys(t, "F10 j h F10");
	tty_sees(t, "Passport valid until: 01.06.2027");
}
END_TEST

/* However long they are: nothing is decided that cannot be read. */
START_TEST(both_texts_are_seen_in_full)
{
	both_edit("n");
	tty_type(t, "asked the embassy in Berlin three times, by letter and in person; "
	    "there was no answer until today");
	tty_type(other, "went to the consulate in Hamburg, which has no appointments before May");
	tty_keys(other, "F10");
	tty_keys(t, "F10 Down");
	tty_cursor_on(t, "Efforts for a");
	tty_row_has(t, 17, "Before  –");
	tty_row_has(t, 18, "Roth    went to the consulate in Hamburg, which has no appointments before");
	tty_row_has(t, 19, "        May");
	tty_row_has(t, 20, "Yours   asked the embassy in Berlin three times, by letter and in person;");
	tty_row_has(t, 21, "        there was no answer until today");
}
END_TEST

START_TEST(what_only_one_changed_is_merged)
{
	cases_in_pool(1);
	sit_down("res1");
	tty_keys(t, "Enter a Down Down");
	tty_keys(t, "y");
	run("res2", "case answer id=1 answers={\"insurance\":\"private\"}");
	tty_keys(t, "F10");
	tty_sees(t, "Saved. What others changed meanwhile is kept as well.");
	tty_sees(t, "Has a passport: yes");
	tty_sees(t, "private");
}
END_TEST

/* Why a warning is right is asked once, also of who lost the first save. */
START_TEST(a_reason_given_before_counts)
{
	run("front1", "person new family=Haddad given=Rania");
	run("front1", "case open person=1 service=S13 form={\"matter\":\"job\",\"job_kind\":"
	    "\"job\",\"hours\":\"40\",\"pay\":\"400000\"}");
	run("front1", "handover offer case=1 to=residence reason=follows");
	run("res1", "handover accept id=1");
	sit_down("res1");
	tty_keys(t, "Enter a F4 Tab Tab Tab Tab Tab Tab Tab ^U");
	tty_type(t, "1000\t");
	run("res2", "case answer id=1 answers={\"pay\":\"410000\"}");
	tty_keys(t, "F10");
	tty_row_has(t, 22, "Why is it right all the same? Pay an hour");
	tty_type(t, "an apprentice");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "You and Roth changed");
	tty_lacks(t, "Pay an hour"); /* nobody typed it */
	tty_keys(t, "m F10");
	tty_sees(t, "Saved as decided.");
	office_has("res1", "case show id=1 --json", "\"pay_hour\":\"an apprentice\"");
}
END_TEST

Suite *
suite_conflict(void)
{
	return stories("conflict", NULL, STORIES(
	    two_who_change_the_same_decide,
	    theirs_may_be_the_better_one,
	    both_texts_are_seen_in_full,
	    what_only_one_changed_is_merged,
	    a_reason_given_before_counts));
}
