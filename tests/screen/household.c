/*
 * household.c - stories of households: a birth that is previewed and then done
 * once, a separation that a colleague was faster at, a move that is typed on
 * after a pause, tasks that are settled while somebody looks.
 */
#include "harness_story.h"

Suite *suite_household(void);

/* Rania, her husband Samir, their daughter Lina; Omar lives alone. */
static void
opening(void)
{
	run("res1", "person new family=Haddad given=Rania born=1990-05-03 sex=f");
	run("res1", "person new family=Haddad given=Samir born=1985");
	run("res1", "person new family=Haddad given=Lina born=2018-06-01");
	run("res1", "person new family=Omari given=Omar born=1960");
	run("res1", "household new person=1 kind=flat street=Ringweg5 from=2024-03-01");
	run("res1", "household move_in id=1 person=2 role=spouse from=2024-04-01");
	run("res1", "household move_in id=1 person=3 role=child from=2024-03-01");
}

static void
open_household(struct tty *at, const char *name)
{
	tty_keys(at, "/");
	tty_type(at, name);
	tty_keys(at, "Enter F5");
}

START_TEST(a_household_is_seen_as_it_was)
{
	sit_down("front1");
	open_household(t, "samir");
	tty_row_has(t, 0, "Household of HADDAD, Rania");
	tty_row_is(t, 1, " flat · Ringweg5   since 1 Mar 2024");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_row_has(t, 4, "head *");
	tty_sees(t, "since 1 Apr 2024");
	tty_sees(t, "Open tasks 5");
	tty_keys(t, "d");
	tty_type(t, "15.3.2024");
	tty_keys(t, "Enter");
	tty_sees(t, "as of 15 Mar 2024");
	tty_sees(t, "lives in no household on that day");
	tty_keys(t, "Esc Esc Esc");
	open_household(t, "lina");
	tty_keys(t, "d");
	tty_type(t, "15.3.2024");
	tty_keys(t, "Enter");
	tty_sees(t, "from 1 Apr 2024");
	tty_keys(t, "d");
	tty_type(t, "soon");
	tty_keys(t, "Enter");
	tty_sees(t, "Type a day, such as 3.5.");
	tty_sees(t, "Nothing: today.  soon");
	/* what is shown is still what it says it is */
	tty_keys(t, "Esc d Enter d");
	tty_type(t, "15.3.2024");
	tty_keys(t, "Enter d");
	tty_type(t, "soon");
	tty_keys(t, "Enter Esc");
	tty_sees(t, "as of 15 Mar 2024");
}
END_TEST

/* Where one lives whom nobody may be told of, nobody is told the address. */
START_TEST(a_lock_is_seen_on_the_member_and_the_address)
{
	run("front1", "person lock id=3 until=2027-05-31 reason=police");
	sit_down("front1");
	open_household(t, "samir");
	tty_row_is(t, 1, " LOCKED · flat · Ringweg5   since 1 Mar 2024");
	tty_row_has(t, 4, " HADDAD, Rania");
	tty_sees(t, " ! HADDAD, Lina ");
	tty_sees(t, "! LOCKED: tell nobody outside anything");
	run("res1", "person unlock id=3 reason=over");
	tty_keys(t, "Esc F5");
	tty_row_is(t, 1, " flat · Ringweg5   since 1 Mar 2024");
}
END_TEST

/* Samir moved in in May; and the birthday guest was never a member. */
START_TEST(a_wrong_day_is_corrected)
{
	run("res1", "household move_in id=1 person=4 role=other from=2026-11-01");
	sit_down("front1");
	open_household(t, "samir");
	tty_keys(t, "Down c");
	tty_row_has(t, 6, "01.04.2024");
	tty_keys(t, "Tab Tab");
	tty_type(t, "it was");
	tty_keys(t, "Tab");
	tty_type(t, "1.5.2024");
	tty_keys(t, "Tab");
	tty_type(t, "the");
	tty_keys(t, "Tab");
	tty_type(t, "lease");
	tty_keys(t, "F10");
	tty_sees(t, "Correction · preview");
	tty_sees(t, "Open tasks stay as they are.");
	tty_keys(t, "Down");
	tty_sees(t, "household 1: spouse: since 2024-05-01 instead of 2024-04-01");
	tty_keys(t, "F10");
	tty_sees(t, "Recorded: Correction.");
	tty_sees(t, "since 1 May 2024");
	tty_keys(t, "Down Down c Tab Tab");
	tty_type(t, "it never");
	tty_keys(t, "Tab");
	tty_type(t, "the");
	tty_keys(t, "Tab");
	tty_type(t, "guest");
	tty_keys(t, "F10 Down");
	tty_sees(t, "was never other member since 2026-11-01");
	tty_keys(t, "F10");
	tty_lacks(t, "1960");
}
END_TEST

static void
type_birth(void)
{
	open_household(t, "samir");
	tty_keys(t, "F2 Tab");
	tty_type(t, "Haddad");
	tty_keys(t, "Tab");
	tty_type(t, "Mia");
	tty_keys(t, "Tab");
	tty_type(t, "16.11.2026");
	tty_keys(t, "Tab f Tab F9 Enter");
	tty_sees(t, "[ HADDAD, Rania");
}

START_TEST(a_birth_is_previewed_then_done_once)
{
	sit_down("res1");
	type_birth();
	tty_keys(t, "F10");
	tty_row_has(t, 0, "Birth · preview");
	tty_sees(t, "Nothing is stored yet.");
	tty_sees(t, "household 1: joins as child");
	tty_sees(t, "18 May 2027");
	tty_sees(t, "Residence: have a residence title");
	tty_lacks(t, "counselling");
	office_has("res1", "task list --json", "\"open\":1");
	tty_keys(t, "Esc");
	tty_sees(t, "[ 16.11.2026");
	tty_keys(t, "F10 F10");
	tty_sees(t, "Recorded: Birth. 4 tasks are open now.");
	tty_sees(t, "HADDAD, Mia");
	office_has("res1", "task list --json", "\"open\":2");
	office_has("res1", "draft list --json", "\"drafts\":[]");
}
END_TEST

/* What was typed is there again, whoever cut the line. */
START_TEST(a_birth_is_typed_on_after_a_pause)
{
	sit_down("res1");
	type_birth();
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Household of");
	sit_down("res1");
	tty_sees(t, "You were in the middle of this.");
	tty_sees(t, "[ Mia");
	tty_sees(t, "[ HADDAD, Rania");
	tty_keys(t, "F10 F10");
	tty_sees(t, "Recorded: Birth.");
}
END_TEST

START_TEST(what_is_wrong_stands_under_its_field)
{
	sit_down("res1");
	open_household(t, "samir");
	tty_keys(t, "m F10");
	tty_sees(t, "Something is missing.");
	tty_keys(t, "f Tab");
	tty_type(t, "Am Markt 1");
	tty_keys(t, "Tab");
	tty_type(t, "4512");
	tty_keys(t, "Tab Tab");
	tty_type(t, "1.11.2026");
	tty_keys(t, "F10");
	tty_sees(t, "4512 is no postcode: it has five digits.");
	tty_cursor_on(t, "Postcode");
}
END_TEST

/* Two look at the same plan; the slower one sees what has changed. */
START_TEST(a_separation_that_a_colleague_was_faster_at)
{
	sit_down("res1");
	open_household(t, "samir");
	tty_keys(t, "Home x End x s");
	tty_row_is(t, 1, " Chosen: HADDAD, Rania; HADDAD, Lina");
	tty_keys(t, "Tab s Tab");
	tty_type(t, "Haus Nord");
	tty_keys(t, "Tab Tab Tab");
	tty_type(t, "20.11.2026");
	tty_keys(t, "F10");
	tty_sees(t, "new household: joins as head");
	tty_sees(t, "household 1: becomes head");
	run("ben1", "household move id=1 kind=flat street=Markt1 from=2026-11-01");
	tty_keys(t, "F10");
	tty_sees(t, "This household was changed by Petrovi");
	tty_sees(t, "Nothing is stored yet.");
	office_has("res1", "household show id=1 --json", "\"id\":1,\"version\":4");
	tty_keys(t, "F10");
	tty_sees(t, "Recorded: Separation.");
	tty_row_has(t, 0, "Household of HADDAD, Samir");
	tty_sees(t, "until 19 Nov 2026");
	office_has("res1", "household show person=1 --json", "Haus Nord");
}
END_TEST

START_TEST(somebody_moves_in_and_out)
{
	sit_down("res1");
	open_household(t, "samir");
	tty_keys(t, "i Tab F9");
	tty_type(t, "omar");
	tty_keys(t, "Enter Tab o Tab");
	tty_type(t, "1.11.2026");
	tty_keys(t, "F10 F10");
	tty_sees(t, "Recorded: Move in.");
	tty_sees(t, "OMARI, Omar");
	tty_keys(t, "End o Tab a Tab");
	tty_type(t, "20.11.2026");
	tty_keys(t, "F10 F10");
	tty_sees(t, "Recorded: Move out.");
	tty_sees(t, "until 19 Nov 2026");
	tty_keys(t, "Esc Esc Esc");
	open_household(t, "omar");
	tty_sees(t, "lives in no household on that day. n begins one.");
	tty_keys(t, "n Tab s Tab");
	tty_type(t, "Haus Nord");
	tty_keys(t, "Tab Tab Tab");
	tty_type(t, "20.11.2026");
	tty_keys(t, "F10 F10");
	tty_sees(t, "Recorded: New household.");
	tty_row_has(t, 0, "Household of OMARI, Omar");
}
END_TEST

START_TEST(the_head_changes)
{
	sit_down("res1");
	open_household(t, "samir");
	tty_keys(t, "Down h Tab");
	tty_type(t, "1.11.2026");
	tty_keys(t, "F10");
	tty_sees(t, "becomes head of the need");
	tty_keys(t, "F10");
	tty_row_has(t, 0, "Household of HADDAD, Samir");
	tty_keys(t, "h");
	tty_keys(t, "Tab");
	tty_type(t, "2.11.2026");
	tty_keys(t, "F10");
	tty_sees(t, "They are head of the need community already.");
}
END_TEST

/* A list that somebody looks at follows what others do. */
START_TEST(tasks_are_settled_while_somebody_looks)
{
	sit_down("res1");
	tty_keys(t, "T");
	tty_row_has(t, 0, "Open tasks · Residence");
	tty_row_is(t, 1, " Open in my unit 1   late 0");
	run("front1", "household birth id=1 family=Haddad given=Mia born=2026-11-16");
	tty_await(t, "have a residence title applied for");
	tty_keys(t, "d");
	tty_sees(t, "Done. u takes it back.");
	tty_lacks(t, "check the residence rule");
	tty_keys(t, "u");
	tty_sees(t, "check the residence rule");
	tty_keys(t, "x Enter");
	tty_sees(t, "Why need it not be done?");
	tty_type(t, "no obligation");
	tty_keys(t, "Enter Tab Tab");
	tty_row_has(t, 0, "Tasks dropped · Residence");
	tty_sees(t, "no obligation");
	tty_keys(t, "r");
	tty_sees(t, "It is open again.");
	tty_keys(t, "Tab Enter");
	tty_row_has(t, 0, "HADDAD, Samir");
}
END_TEST

/* German is longer: nothing of it is lost on the smallest terminal. */
START_TEST(german_fits)
{
	sit_down_at((struct setup){ .as = "res1", .lang = "de" });
	open_household(t, "samir");
	tty_row_has(t, 0, "Haushalt von HADDAD, Rania");
	tty_row_has(t, 4, "Vorstand *         seit 1. Mär 2024");
	tty_keys(t, "F2");
	tty_sees(t, "[ Geburt");
	tty_keys(t, "Esc Esc Esc Esc T");
	tty_sees(t, "Wohnsitzauflage prüfen");
	tty_sees(t, "d Fertig  n Fertig, Notiz  x Verwerfen");
}
END_TEST

Suite *
suite_household(void)
{
	return stories("household", opening, STORIES(
	    a_lock_is_seen_on_the_member_and_the_address, a_household_is_seen_as_it_was,
	    a_wrong_day_is_corrected,
	    a_birth_is_previewed_then_done_once,
	    a_birth_is_typed_on_after_a_pause,
	    what_is_wrong_stands_under_its_field,
	    a_separation_that_a_colleague_was_faster_at,
	    somebody_moves_in_and_out,
	    the_head_changes,
	    tasks_are_settled_while_somebody_looks,
	    german_fits));
}
