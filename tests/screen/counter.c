/*
 * counter.c - stories at the counter: calling, parking, tickets, handing out,
 * two counters at once.
 */
#include "harness_story.h"

#include <string.h>

Suite *suite_counter(void);

/* A001, L001, A002: they have come in this order. */
static void
three_wait(void)
{
	office_clock(office, "2026-11-23T07:58:00Z");
	run("front1", "visit new concern=S02 language=ar");
	office_clock(office, "2026-11-23T08:06:00Z");
	run("front1", "visit new concern=S32");
	office_clock(office, "2026-11-23T08:11:00Z");
	run("front1", "visit new concern=Schluessel people=3");
	office_clock(office, "2026-11-23T08:14:00Z");
}

START_TEST(a_visit_from_the_call_to_its_end)
{
	three_wait();
	sit_down("front1");
	tty_row_has(t, 0, "Counter 3");
	tty_row_has(t, 1, "Waiting 3   longest 16 min");
	tty_sees(t, "Nobody is at your counter. F2 calls the next one.");
	tty_keys(t, "F8");
	tty_row_has(t, 22, "Finish: not possible now, nobody is at your counter.");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Who is it?");
	tty_keys(t, "Esc");
	tty_cursor_on(t, "Residence permit, ext");
	tty_keys(t, "F2");
	tty_row_has(t, 3, "called  A001");
	tty_sees(t, "speaks Arabic");
	tty_row_has(t, 1, "Waiting 2");
	tty_keys(t, "F3");
	tty_row_has(t, 3, "called 2 times");
	tty_keys(t, "s");
	tty_row_has(t, 3, "since 09:14");
	tty_lacks(t, "F3 Recall");
	tty_keys(t, "F8");
	tty_row_has(t, 22, "How did A001 end?  d settled");
	tty_keys(t, "d");
	tty_sees(t, "A001 is finished. F2 calls the next one.");
	tty_sees(t, "Nobody is at your counter.");
}
END_TEST

/* Nothing that a colleague noted falls off the end of a line. */
START_TEST(a_long_note_is_read_in_full)
{
	run("front1", "person new family=Okonkwo given=Chukwuemeka born=1990-05-03");
	run("front1", "case open person=1 service=S02 --json");
	sit_down("front1");
	tty_keys(t, "t");
	tty_type(t, "provisional");
	tty_keys(t, "Enter p");
	tty_type(t, "okonkwo");
	tty_keys(t, "Enter n 3 Enter o");
	tty_type(t, "Neighbour translates, sits in a wheelchair: counter 1, please");
	tty_keys(t, "Enter F2");
	run("front1", "visit edit id=1 case=1");
	tty_row_has(t, 20, "Provisional residence document, issue · OKONKWO, Chukwuemeka · Neighbour");
	tty_row_has(t, 21, "translates, sits in a wheelchair: counter 1, please");
	tty_keys(t, "F2");
	tty_row_has(t, 3, "OKONKWO, Chukwuemeka *1990 ");
	tty_row_has(t, 4, "Provisional residence document, issue   3 people   note: Neighbour");
	tty_row_has(t, 5, "translates, sits in a wheelchair: counter 1, please   case 2026-");
}
END_TEST

START_TEST(a_locked_person_is_marked_while_they_wait)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	run("front1", "person lock id=1 until=2027-05-31 reason=police");
	run("front1", "visit new concern=S32 person=1");
	run("front1", "visit new concern=S32");
	sit_down("front1");
	tty_cursor_on(t, "L001 ■");
	tty_sees(t, "LOCKED · ");
	tty_sees(t, "■ HADDAD, Rania");
	tty_keys(t, "j");
	tty_cursor_on(t, "L002  ");
	tty_lacks(t, "LOCKED");
	tty_keys(t, "k F2");
	tty_row_has(t, 3, "■ HADDAD, Rania *1990");
}
END_TEST

START_TEST(who_somebody_is_may_be_said_while_they_wait)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	three_wait();
	sit_down("front1");
	tty_keys(t, "j Enter");
	tty_type(t, "hadd");
	tty_sees(t, "▸ HADDAD, Rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 21, "HADDAD, Rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
}
END_TEST

/* Nobody closed the office: the morning begins with who comes today. */
START_TEST(who_was_left_over_is_last_and_gets_a_new_ticket)
{
	three_wait();
	office_clock(office, "2026-11-24T08:00:00Z");
	sit_down("front1");
	tty_sees(t, "Nobody who came today waits. 3 shows who is left over from earlier days.");
	tty_keys(t, "F2");
	tty_sees(t, "! Nobody who came today is waiting.");
	run("front1", "visit new concern=S02");
	sit_down("front1");
	tty_row_has(t, 1, "Waiting 1   longest 0 min");
	tty_sees(t, "3 Away 0, earlier days 3");
	tty_lacks(t, "A002");
	tty_keys(t, "v");
	tty_cursor_on(t, "A001           came yesterday");
	tty_keys(t, "b");
	tty_sees(t, "A001 waits again, with the new ticket A002.");
	tty_row_has(t, 1, "Waiting 2");
	tty_cursor_on(t, "L001           came yesterday");
	tty_keys(t, "x l");
	tty_sees(t, "3 Away 0, earlier days 1");
	tty_keys(t, "F2");
	tty_row_has(t, 3, "called  A001");
}
END_TEST

START_TEST(who_is_still_here_is_asked_about_in_one_line)
{
	three_wait();
	sit_down("front1");
	tty_keys(t, "F2 s F2");
	tty_row_has(t, 22, "A001 is still here:  f finish and call   p park and call   Esc stay");
	tty_keys(t, "Esc");
	tty_row_has(t, 3, "A001");
	tty_keys(t, "F2 p");
	tty_row_has(t, 3, "called  L001");
	tty_keys(t, "3");
	tty_cursor_on(t, "A001    08:58  parked");
	tty_keys(t, "Enter");
	tty_sees(t, "A001 waits again, with the time of arrival.");
	tty_keys(t, "1");
	tty_sees(t, "A001 ");
	tty_keys(t, "F7");
	tty_sees(t, "3 Parked 0, not there 1");
}
END_TEST

static const char *
called_ticket(struct tty *tty)
{
	static char ticket[5];

	memcpy(ticket, strstr(tty_row(tty, 3), "called  ") + strlen("called  "), 4);
	ticket[4] = '\0';
	return ticket;
}

START_TEST(two_counters_call_at_once)
{
	char mine[5];

	three_wait();
	sit_down("front1");
	sit_beside("front2");
	tty_bytes(t, "\033OQ", 0); /* F2, and nobody waits for the answer */
	tty_bytes(other, "\033OQ", 0);
	tty_await(t, "is called");
	tty_await(other, "is called");
	strcpy(mine, called_ticket(t));
	ck_assert_str_ne(mine, called_ticket(other));
	tty_await(t, "Waiting 1");
	tty_await(other, "Waiting 1");
	tty_lacks(t, called_ticket(other));
	tty_keys(other, "F5");
	tty_await(t, "3 Parked 1");
}
END_TEST

/* A counter that has just ended a visit is open all the same. */
START_TEST(how_long_a_newcomer_waits_does_not_jump)
{
	three_wait();
	run("front2", "visit next");
	sit_down("front1");
	tty_keys(t, "F2");
	office_clock(office, "2026-11-23T08:19:00Z");
	tty_keys(t, "F8 d");
	tty_row_has(t, 1, "Waiting 1   longest 8 min   newcomers 0–10 min");
}
END_TEST

START_TEST(others_change_the_list_and_the_cursor_stays)
{
	three_wait();
	sit_down("front1");
	tty_keys(t, "End");
	tty_cursor_on(t, "A002");
	run("front2", "visit next");
	tty_await(t, "Waiting 2");
	tty_cursor_on(t, "A002");
	run("front2", "visit new concern=S33");
	tty_await(t, "L002");
	tty_cursor_on(t, "A002");
}
END_TEST

START_TEST(a_ticket_in_few_keys)
{
	sit_down("front1");
	tty_sees(t, "nobody waits");
	tty_keys(t, "t");
	tty_type(t, "permit exte");
	tty_cursor_on(t, "permit exte");
	tty_keys(t, "Enter Enter");
	tty_sees(t, "Ticket A001 is drawn: Residence permit, extension.");
	tty_cursor_on(t, "A001");
	tty_keys(t, "t");
	tty_type(t, "lost the key");
	tty_row_has(t, 23, "F3 As typed");
	tty_keys(t, "F3 n x Enter");
	tty_sees(t, "Type how many people came together, such as 3.");
	tty_keys(t, "3 Enter");
	tty_lacks(t, "Type how many people");
	tty_keys(t, "l");
	tty_type(t, "ukr");
	tty_keys(t, "Enter u");
	tty_type(t, "dang");
	tty_keys(t, "Enter");
	tty_type(t, "shouts");
	tty_keys(t, "Enter F2");
	tty_sees(t, "0  lost the key");
	tty_sees(t, "uk    Danger");
}
END_TEST

/* A case of a person, decided; it lies at the counter. */
static void
something_is_ready(void)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	run("front1", "case open person=1 service=S26");
	run("front1", "handover offer case=1 to=residence reason=asked");
	run("res1", "case claim id=1");
	run("res1", "case decide id=1 result=granted reason=known");
}

START_TEST(handing_out_takes_two_keys)
{
	something_is_ready();
	sit_down("front1");
	tty_keys(t, "2");
	tty_cursor_on(t, "2026-000001  HADDAD, Rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "2026-000001 is handed out:  c close the case");
	tty_sees(t, "2 Ready to hand out 0");
	tty_keys(t, "c");
	tty_sees(t, "Handed out, and the case is closed.");
	tty_sees(t, "Nothing lies here to be handed out.");
	office_has("front1", "case show id=1 --json", "\"state\":\"closed\"");
}
END_TEST

START_TEST(what_lies_ready_of_another_is_asked_about)
{
	something_is_ready();
	run("front1", "person new family=Tahiri given=Sakina born=1988-02-01");
	run("front1", "visit new concern=S32 person=2");
	run("front1", "visit next");
	sit_down("front1");
	tty_keys(t, "2 Enter");
	tty_sees(t, "TAHIRI, Sakina is at your counter, this is HADDAD, Rania's:");
	tty_keys(t, "Esc");
	office_has("front1", "case show id=1 --json", "\"state\":\"decided\"");
	tty_keys(t, "Enter y");
	tty_sees(t, "2026-000001 is handed out:");
	tty_keys(t, "o");
	office_has("front1", "case show id=1 --json", "\"state\":\"handed_out\"");
}
END_TEST

/* Who comes with something open is told at once what was missing. */
START_TEST(what_was_missing_is_known_at_the_counter)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	run("front1", "case open person=1 service=S26");
	run("front1", "handover offer case=1 to=residence reason=asked");
	run("front1", "visit new concern=S28 person=1");
	sit_down("front1");
	tty_keys(t, "F2");
	tty_row_has(t, 3, "HADDAD, Rania *1990  ");
	tty_sees(t, "case 2026-000001   missing last time: identity document");
}
END_TEST

START_TEST(a_full_room_costs_few_bytes)
{
	run("front1", "person new family=Berhane-Haile given=Gebremedhin");
	for (int i = 0; i < 6; i++) {
		run("front1", "visit new concern=S02 language=ar");
		run("front1", "visit new concern=S02 person=1");
	}
	/* all of them beyond the limit: each row stands out */
	office_clock(office, "2026-11-23T10:15:00Z");
	sit_down("front1");
	ck_assert_uint_lt(tty_take_bytes(t), 2048);
	for (int i = 0; i < 4; i++) { /* with each row the keys are others */
		tty_keys(t, "j");
		ck_assert_uint_le(tty_take_bytes(t), 180);
	}
	tty_keys(t, "k");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	ck_assert_uint_eq(tty_idle_bytes(t, 300), 0);
}
END_TEST

START_TEST(what_is_noted_of_a_visit_can_be_changed)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	three_wait();
	sit_down("front1");
	tty_keys(t, "F2 e");
	tty_row_has(t, 22, "A001:  p Person   l Language   n People   o Note");
	tty_keys(t, "p");
	tty_type(t, "hadd");
	tty_keys(t, "Enter");
	tty_row_has(t, 3, "HADDAD, Rania *1990");
	tty_keys(t, "e o");
	tty_type(t, "brings the photo");
	tty_keys(t, "Enter e n 4 Enter");
	tty_sees(t, "speaks Arabic   4 people   note: brings the photo");
	tty_keys(t, "e n 0 Enter");
	tty_sees(t, "The number of people must be between 1 and 30.");
}
END_TEST

/* While a question is open somebody else may come to stand at the counter. */
START_TEST(a_question_is_about_who_it_was_asked_of)
{
	three_wait();
	sit_down("front1");
	tty_keys(t, "F2 s e o");
	tty_type(t, "brings the photo");
	run("front1", "visit finish id=1 outcome=done");
	run("front1", "visit next");
	tty_await(t, "called  L001");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "! A001 was changed by Okafor");
	tty_row_has(t, 3, "L001");
	tty_lacks(t, "note: brings");
	tty_keys(t, "F7 F2 s F8");
	run("front1", "visit park id=3");
	run("front1", "visit unpark id=3");
	run("front1", "visit next");
	tty_await(t, "called  A002");
	tty_keys(t, "d");
	tty_row_has(t, 3, "called  A002");
}
END_TEST

START_TEST(a_larger_window_shows_more)
{
	something_is_ready();
	run("front1", "visit new concern=S28 person=1 note=again");
	sit_down_at((struct setup){ .as = "front1", .rows = 40, .cols = 150 });
	tty_row_has(t, 7, "Person                    Note");
	tty_cursor_on(t, "HADDAD, Rania             again");
	tty_sees(t, "2026-000001  HADDAD, Rania");
	tty_resize(t, 24, 80);
	tty_lacks(t, "2026-000001");
	tty_cursor_on(t, "Document intake");
}
END_TEST

Suite *
suite_counter(void)
{
	return stories("counter", NULL, STORIES(
	    a_visit_from_the_call_to_its_end,
	    a_long_note_is_read_in_full,
	    a_locked_person_is_marked_while_they_wait,
	    who_somebody_is_may_be_said_while_they_wait,
	    who_was_left_over_is_last_and_gets_a_new_ticket,
	    who_is_still_here_is_asked_about_in_one_line,
	    two_counters_call_at_once,
	    how_long_a_newcomer_waits_does_not_jump,
	    others_change_the_list_and_the_cursor_stays,
	    a_ticket_in_few_keys,
	    handing_out_takes_two_keys,
	    what_lies_ready_of_another_is_asked_about,
	    what_was_missing_is_known_at_the_counter,
	    a_full_room_costs_few_bytes,
	    what_is_noted_of_a_visit_can_be_changed,
	    a_question_is_about_who_it_was_asked_of,
	    a_larger_window_shows_more));
}
