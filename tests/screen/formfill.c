/*
 * formfill.c - stories of a long form with every kind of field: taken in, cut
 * off at any key, saved with a reason, edited after a newer version.
 */
#include "harness_story.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_formfill(void);

#define BODY_FROM 3
#define BODY_TO 21               /* above the message line */

static void
opening(void)
{
	office_publish(office, "residence_extend", 9);
	run("front1", "person new family=Haddad given=Rania nationality=SYR phone=01711234567");
	run("front1", "visit new concern=S02 person=1 language=en");
	sit_down("front1");
	tty_keys(t, "F2 F4 F4");
	tty_row_has(t, 1, "▸2 Work  3 Family");
}

/* ---- cut off and back ---- */

struct seen {
	char *rows[BODY_TO + 1];
	int row, col;
};

static struct seen
look(void)
{
	struct seen seen = { .row = 0 };

	for (int i = BODY_FROM; i <= BODY_TO; i++)
		seen.rows[i] = strdup(tty_row(t, i));
	tty_cursor(t, &seen.row, &seen.col);
	return seen;
}

static void
is_the_same(struct seen *before, const char *after_what)
{
	int row, col;

	for (int i = BODY_FROM; i <= BODY_TO; i++) {
		ck_assert_msg(strcmp(tty_row(t, i), before->rows[i]) == 0,
		    "after %s row %d was \"%s\" and is \"%s\"", after_what, i, before->rows[i],
		    tty_row(t, i));
		free(before->rows[i]);
	}
	tty_cursor(t, &row, &col);
	ck_assert_msg(row == before->row && col == before->col,
	    "after %s the cursor was at %d,%d and is at %d,%d", after_what, before->row,
	    before->col, row, col);
}

/* The line is cut after each of these keys; at the next login it is all there. */
static void
cut_after_each(const char *keys)
{
	char *copy = strdup(keys), *state = NULL;

	for (char *key = strtok_r(copy, " ", &state); key; key = strtok_r(NULL, " ", &state)) {
		struct seen before;

		tty_keys(t, key);
		before = look();
		tty_signal(t, SIGHUP);
		tty_wait(t);
		sit_down("front1");
		is_the_same(&before, key);
	}
	free(copy);
}

START_TEST(cut_off_at_any_key_of_the_first_page)
{
	cut_after_each("y Tab R o Left x Tab 3 . 5 . Tab + 1 4 Tab 3 Tab 6 0 0 0 Tab 8 Tab "
	    "Space Right Space Tab 1 . F4");
}
END_TEST

START_TEST(cut_off_at_any_key_inside_rows)
{
	tty_keys(t, "F4");
	cut_after_each("p Tab l Tab Ins A Tab 2 0 1 5 Tab y Tab 1 2 , Tab Ins Z Tab 4 Esc Up Esc "
	    "Down Ins B Tab 3 1 . 2 . Tab Esc");
}
END_TEST

START_TEST(cut_off_at_any_key_of_the_last_page)
{
	tty_keys(t, "F4 F4");
	cut_after_each("C 0 1 Tab x Tab D E 8 Tab ^U 1 Tab a Tab s Tab n Tab i Tab a Backspace "
	    "Tab Tab Tab 3 Tab n Enter o");
}
END_TEST

/* Killed without a word: it is all there but for two seconds. */
START_TEST(killed_it_is_exactly_there)
{
	static const char *const keys[] = { "y Tab R o t h", "Tab 3 .", "F4 Tab Tab Ins A d" };
	static const char *const times[] = { "09:15", "09:16", "09:17" };

	for (int i = 0; i < 3; i++) {
		char instant[] = "2026-11-23T08:15:00Z", saved[32] = "draft saved ";
		struct seen before;

		instant[15] = (char)('5' + i);
		office_clock(office, instant);
		tty_keys(t, keys[i]);
		tty_await(t, strcat(saved, times[i]));
		before = look();
		tty_signal(t, SIGKILL);
		ck_assert_int_eq(tty_wait(t), 128 + SIGKILL);
		sit_down("front1");
		is_the_same(&before, keys[i]);
	}
}
END_TEST

/* ---- what is on the screen ---- */

START_TEST(each_page_shows_what_it_asks)
{
	tty_row_has(t, 4, "Ask: \"Do you work at the moment?\"");
	tty_row_has(t, 4, "§ 2 TestG");
	tty_type(t, "y\tRoth\t3.5.26\t1.5.26\t");
	tty_sees(t, "! \"Ends on\": It ends before it starts: change one of them.");
	tty_type(t, "\t6000\t");
	tty_sees(t, "! Check: \"Wage\": A very high wage.");
	tty_keys(t, "Tab Space Right Space");
	tty_sees(t, "[ Monday, Wednesday");
	tty_sees(t, "Space takes: ✓ Monday · ▸✓ Wednesday · Friday");
	tty_keys(t, "F4 F4");
	tty_sees(t, "[ 01711234567            ] from the record");
	tty_sees(t, "Nationality                 [ Syria");
}
END_TEST

START_TEST(what_cannot_be_chosen_is_told)
{
	tty_type(t, "x");
	tty_sees(t, "Only y for yes and n for no are taken here.");
	tty_type(t, "y");
	tty_lacks(t, "Only y for yes");
	tty_type(t, "\tRoth");
	tty_keys(t, "Shift-Tab");
	tty_type(t, "n");
	tty_sees(t, "\"Employer\" is hidden now: its answer stays in the draft");
}
END_TEST

START_TEST(rows_are_a_table)
{
	tty_keys(t, "F4 Tab Tab Ins");
	tty_sees(t, " Children: 1 of 1");
	tty_type(t, "Ada\t3.5.2015\ty\t12,5\t");
	tty_keys(t, "Esc Tab");
	tty_keys(t, "PgUp PgUp F4");
	tty_sees(t, "         Name   Born        School  Costs  Trips");
	tty_sees(t, "     1   Ada    03.05.2015  yes     12.50  0");
	tty_sees(t, "     + another: Ins");
	tty_sees(t, "   Costs together              = 12.50");
	tty_keys(t, "Tab Tab Up Del");
	tty_lacks(t, "Ada");
	tty_sees(t, "The row is taken out. ^Z brings it back.");
	tty_keys(t, "^Z");
	tty_sees(t, "   ▸ 1   Ada    03.05.2015  yes     12.50  0");
	tty_keys(t, "Down Down");
	tty_sees(t, "Computed: sum(children: default(cost, 0))");
	tty_keys(t, "F1");
	tty_row_has(t, 3, "Costs together");
	tty_sees(t, "Children 1, Costs: 12.50");
}
END_TEST

START_TEST(wide_it_has_two_columns_and_the_papers)
{
	tty_resize(t, 30, 170);
	tty_row_has(t, 6, "Works *                     [        ]");
	tty_row_has(t, 6, "Starts on                   [              ] needed at review");
	tty_row_has(t, 4, "Papers");
	tty_sees(t, "– valid passport or substitute");
	tty_resize(t, 24, 80);
	tty_lacks(t, "– valid passport");
	tty_row_has(t, 3, "Still to bring: valid passport or substitute");
}
END_TEST

START_TEST(somebody_of_the_register_is_looked_up)
{
	run("front1", "person new family=Demir given=Ali");
	tty_keys(t, "F4 F4 Tab Tab Tab Tab Tab Tab Tab Tab Tab");
	tty_cursor_on(t, "Landlord");
	tty_sees(t, "F6 looks in the register");
	tty_keys(t, "F6");
	tty_type(t, "dem");
	tty_keys(t, "Enter");
	tty_sees(t, "Landlord                    [ 2                          ] DEMIR, Ali");
}
END_TEST

/* Who lives with the person is chosen, one after the other; others come from the
 * register. */
START_TEST(members_come_from_the_household)
{
	run("front1", "person new family=Haddad given=Samir born=1985");
	run("front1", "person new family=Demir given=Ali");
	run("front1", "household new person=1 kind=flat street=Ringweg5 from=2024-03-01");
	run("front1", "household move_in id=1 person=2 role=spouse from=2024-04-01");
	tty_keys(t, "F4 F4 Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab");
	tty_cursor_on(t, "Household");
	tty_sees(t, "F6 shows the household, and the register for others.");
	tty_keys(t, "F6");
	tty_sees(t, "HADDAD, Samir");
	tty_sees(t, "spouse");
	tty_lacks(t, "DEMIR");
	tty_type(t, "samir");
	tty_keys(t, "Enter");
	tty_sees(t, "Household                   [ 2                                        ]");
	tty_sees(t, "HADDAD, Samir");
	tty_keys(t, "F6");
	tty_sees(t, "✓ HADDAD, Samir");
	tty_type(t, "somebody");
	tty_keys(t, "Enter");
	tty_type(t, "dem");
	tty_keys(t, "Enter");
	tty_sees(t, "HADDAD, Samir; DEMIR, Ali");
	tty_keys(t, "F6");
	tty_type(t, "samir");
	tty_keys(t, "Enter");
	tty_lacks(t, "HADDAD, Samir");
	tty_keys(t, "F6");
	tty_type(t, "all");
	tty_keys(t, "Enter");
	tty_keys(t, "Tab");
	tty_sees(t, "Household                   [ HADDAD, Rania; HADDAD, Samir");
}
END_TEST

/* ---- handed over, and edited later ---- */

static void
hand_over(void)
{
	tty_type(t, "y\tRoth\t\t\t\t6000\t");
	tty_keys(t, "F4 Tab Tab Ins");
	tty_type(t, "Ada\t2015\t");
	tty_keys(t, "F10");
	tty_row_has(t, 22, "Why is it right all the same? Wage");
	tty_keys(t, "Enter"); /* an empty one is none */
	tty_row_has(t, 22, "Why is it right all the same? Wage");
	tty_type(t, "as in the contract");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Required papers are missing. Why hand over now?");
	tty_type(t, "comes");
	tty_keys(t, "Enter");
	tty_sees(t, "Your number: 2026-000001");
}

START_TEST(what_is_warned_of_goes_on_with_a_reason)
{
	hand_over();
	office_has("front1", "case show id=1 --json", "\"wage\":\"600000\"");
	office_has("front1", "case show id=1 --json", "\"wage\":\"as in the contract\"");
	office_has("front1", "case show id=1 --json",
	    "\"children\":\"[{\\\"born\\\":\\\"2015\\\",\\\"name\\\":\\\"Ada\\\"}]\"");
	run("res1", "handover accept id=1"); /* whoever decides reads why */
	sit_down("res1");
	tty_keys(t, "Enter");
	tty_sees(t, "6,000.00 (all the same: as in the contract)");
}
END_TEST

/* The pay was typed where nobody is asked about it; whoever reviews it is. */
START_TEST(what_review_warns_of_is_asked_there)
{
	run("front1", "case open person=1 service=S13 form={\"matter\":\"job\",\"job_kind\":"
	    "\"job\",\"hours\":\"40\",\"pay\":\"100000\"}");
	run("front1", "handover offer case=1 to=residence reason=follows");
	run("res1", "handover accept id=1");
	sit_down("res1");
	tty_keys(t, "Enter a F10");
	tty_row_has(t, 22, "Why is it right all the same? Pay an hour");
	tty_type(t, "an apprentice");
	tty_keys(t, "Enter");
	tty_sees(t, "The answers are saved.");
	office_has("res1", "case show id=1 --json", "\"pay_hour\":\"an apprentice\"");
	tty_keys(t, "a F10");
	tty_sees(t, "Nothing was changed.");
}
END_TEST

START_TEST(a_newer_version_is_shown_to_who_edits)
{
	hand_over();
	run("res1", "handover accept id=1");
	office_publish(office, "residence_extend", 10);
	sit_down("res1");
	tty_keys(t, "Enter a");
	tty_sees(t, "Version 10 of this form is in force; this case keeps the questions of");
	tty_keys(t, "F8");
	tty_row_has(t, 0, "Version 10 against 9 · Everything");
	tty_keys(t, "Esc F4");
	tty_sees(t, "     1   Ada    2015");
	tty_keys(t, "Down Down Enter");
	tty_sees(t, " Children: 1 of 1");
	tty_type(t, "m");
	tty_keys(t, "F10");
	tty_sees(t, "The answers are saved.");
	office_has("res1", "case show id=1 --json", "Adam");
}
END_TEST

START_TEST(in_german_nothing_is_cut)
{
	sit_down_at((struct setup){ .as = "front1", .lang = "de" });
	tty_keys(t, "F4 F4 F4 F4");
	tty_sees(t, "Staatsangehörigkeit         [ Syrien");
	tty_keys(t, "PgUp Tab Tab Ins");
	tty_sees(t, "Kinder: 1 von 1");
	tty_keys(t, "Esc");
	for (int row = BODY_FROM; row <= BODY_TO; row++)
		ck_assert_msg(!strstr(tty_row(t, row), "…"), "%s", tty_row(t, row));
}
END_TEST

Suite *
suite_formfill(void)
{
	return stories("formfill", opening, STORIES(
	    cut_off_at_any_key_of_the_first_page,
	    cut_off_at_any_key_inside_rows,
	    cut_off_at_any_key_of_the_last_page,
	    killed_it_is_exactly_there,
	    each_page_shows_what_it_asks,
	    what_cannot_be_chosen_is_told,
	    rows_are_a_table,
	    wide_it_has_two_columns_and_the_papers,
	    somebody_of_the_register_is_looked_up,
	    members_come_from_the_household,
	    what_is_warned_of_goes_on_with_a_reason,
	    what_review_warns_of_is_asked_there,
	    a_newer_version_is_shown_to_who_edits,
	    in_german_nothing_is_cut));
}
