/*
 * live.c - stories of what happens below a question: others change what it is
 * about, the line is lost, the window shrinks.  What was typed stays, and acts on
 * what it was typed for, or goes on demand only.
 */
#include "harness_story.h"

#include <signal.h>
#include <stdio.h>

Suite *suite_live(void);

static void
look_up(const char *login)
{
	sit_down(login);
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
}

static void
with_haddad(void)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
}

/* The line that is lost comes back, and all is loaded again. */
static void
lose_the_line(void)
{
	ck_assert_int_eq(kill(tty_engine(t), SIGKILL), 0);
	tty_await(t, "The line to the office was lost for a moment");
}

/* As if the disk had gone: no engine can be had until it is put back. */
static void
office_goes(bool away)
{
	char elsewhere[4200];

	snprintf(elsewhere, sizeof(elsewhere), "%s.away", office_db(office));
	ck_assert_int_eq(away ? rename(office_db(office), elsewhere)
	    : rename(elsewhere, office_db(office)), 0);
	if (away)
		ck_assert_int_eq(kill(tty_engine(t), SIGKILL), 0);
}

/* Typed on the record of then, saved on that of now: whoever wrote in between is
 * told of, not overwritten. */
START_TEST(a_drafted_row_overwrites_nobody)
{
	run("front1", "person contact id=1 kind=phone value=0151-1 note=mother");
	look_up("res1");
	tty_keys(t, "r End Enter Down");
	tty_type(t, "23");
	tty_await(t, "draft saved");
	tty_signal(t, SIGKILL);
	tty_wait(t);
	run("front1", "person contact id=1 row=1 note=neighbour");
	sit_down("res1");
	tty_sees(t, "You were in the middle of this.");
	tty_sees(t, "0151-123");
	tty_keys(t, "F10");
	tty_sees(t, "Okafor changed this row at the same time.");
	tty_sees(t, "neighbour");
	tty_sees(t, "0151-123");
	tty_keys(t, "F10");
	tty_sees(t, "Saved.");
	office_has("res1", "person show id=1 --json", "\"note\":\"neighbour\"");
	office_has("res1", "person show id=1 --json", "0151-123");
}
END_TEST

START_TEST(colleagues_change_while_one_is_chosen)
{
	sit_down("super1");
	tty_keys(t, ":");
	tty_type(t, "Stand-ins");
	tty_keys(t, "Enter n");
	tty_row_has(t, 0, "Who is away?");
	run("res1", "staff delegate to=res2 until=2026-12-04 reason=holiday");
	tty_await_reload(t);
	tty_type(t, "Yıldız");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Who does the work meanwhile?");
	tty_sees(t, "Okafor");
}
END_TEST

START_TEST(a_purpose_is_typed_over_a_lost_line)
{
	tty_states_purpose = false;
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter o");
	lose_the_line();
	tty_type(t, "lost umbrella");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
	office_has("front1", "look purpose person=1 --json", "other: lost umbrella");
}
END_TEST

/* Without its form a service is not taken for the one before. */
START_TEST(a_service_that_cannot_be_had_changes_nothing)
{
	take_in("visit new concern=S02", "en");
	tty_type(t, "Nguyen\tHoa");
	tty_keys(t, "F5 Space");
	tty_sees(t, "✓ brought");
	run("front1", "visit edit id=1 note=late");
	tty_await_reload(t);
	tty_keys(t, "F3");
	tty_type(t, "S15");
	office_goes(true);
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Residence permit, extension");
	tty_sees(t, "✓ brought");
	tty_keys(t, "Down Space");
	office_goes(false);
	tty_keys(t, "F4");
	tty_row_has(t, 0, "Residence permit, extension");
}
END_TEST

START_TEST(a_window_may_shrink_to_nothing_under_a_text)
{
	sit_down("res1");
	tty_keys(t, "W");
	tty_row_has(t, 0, "Why");
	tty_resize(t, 10, 3);
	ck_assert_int_eq(kill(tty_engine(t), SIGKILL), 0);
	tty_await_reload(t);
	tty_resize(t, 24, 80);
	tty_row_has(t, 0, "Why");
	tty_sees(t, "the most urgent");
}
END_TEST

/* A slip of the finger must not cost an hour of typing. */
START_TEST(what_was_typed_is_thrown_away_on_demand_only)
{
	run("res1", "case open person=1 service=S03");
	run("res1", "case claim id=1");
	sit_down("res1");
	tty_keys(t, "v m Enter n");
	tty_type(t, "promised to call");
	tty_keys(t, "F9");
	tty_sees(t, "Throw away what was typed?");
	tty_keys(t, "Esc");
	tty_sees(t, "promised to call");
	tty_keys(t, "^X d");
	tty_row_has(t, 0, "2026-000001  HADDAD, Rania");
	/* nothing was typed: nothing is asked */
	tty_keys(t, "n ^X");
	tty_row_has(t, 0, "2026-000001  HADDAD, Rania");
	tty_keys(t, "m e");
	tty_type(t, "x");
	tty_keys(t, "^X d");
	tty_row_has(t, 0, "HADDAD, Rania");
	sit_down("res1");
	tty_lacks(t, "You were in the middle of this.");
}
END_TEST

/* Whoever is called next, or has left: nothing typed is dropped in silence. */
START_TEST(what_goes_with_a_visit_is_said)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "Haddad\tRania");
	tty_keys(t, "Esc F2");
	tty_sees(t, "A001 is still here; f drops what you typed for it:");
	tty_keys(t, "p");
	tty_keys(t, "3 x");
	tty_sees(t, "A001, and what you typed for it is dropped:");
	tty_keys(t, "l");
	sit_down("front1");
	tty_lacks(t, "You were in the middle of this.");
}
END_TEST

/* However long the question is, and whatever it is about. */
START_TEST(an_answer_to_a_long_question_is_kept)
{
	run("soc1", "case open person=1 service=S20 form={\"area\":\"housing\"}");
	run("res1", "disclosure ask person=1 to=social_work question=is-a-flat-needed-and-for-how-"
	    "many-people-and-is-there-anything-that-we-have-to-know-of-their-health-before-we-"
	    "decide-on-the-title-that-they-have-asked-for-on-Monday-last-week-with-the-lawyer?");
	sit_down("soc1");
	tty_keys(t, "i F2 r");
	tty_sees(t, "Why is it told?");
	tty_type(t, "they asked for it");
	tty_signal(t, SIGHUP);
	ck_assert_int_eq(tty_wait(t), 0);
	sit_down("soc1");
	tty_sees(t, "What you had typed at \"Why is it told?");
	tty_keys(t, "i F2 r");
	tty_sees(t, "they asked for it");
}
END_TEST

Suite *
suite_live(void)
{
	return stories("live", with_haddad, STORIES(a_drafted_row_overwrites_nobody,
	    colleagues_change_while_one_is_chosen, a_purpose_is_typed_over_a_lost_line,
	    a_service_that_cannot_be_had_changes_nothing,
	    a_window_may_shrink_to_nothing_under_a_text,
	    what_was_typed_is_thrown_away_on_demand_only, what_goes_with_a_visit_is_said,
	    an_answer_to_a_long_question_is_kept));
}
