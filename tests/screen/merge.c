/*
 * merge.c - stories of one person with two records: compared, linked by two
 * people, parted again.
 */
#include "harness_story.h"

#include <string.h>

Suite *suite_merge(void);

static void
two_records(void)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03 phone=111");
	run("front1", "person new family=Hadad given=Raniya born=1991 nationality=SYR");
	run("res1", "case open person=2 service=S02");
}

START_TEST(two_clerks_link_two_records)
{
	run("front1", "merge propose id=1 with=2 reason=passport");
	sit_down("res1");
	tty_keys(t, ":");
	tty_type(t, "The same person");
	tty_keys(t, "Enter Tab");
	tty_cursor_on(t, "HADDAD, Rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania and HADAD, Raniya");
	tty_row_has(t, 1, "proposed by Okafor 09:14: passport");
	/* what only one record says needs no choice */
	tty_sees(t, "✓ 1990-05-03                  1991");
	tty_sees(t, "–                         ✓ Syria");
	sit_beside("res2");
	tty_keys(other, ":");
	tty_type(other, "The same person");
	tty_keys(other, "Enter Tab Enter a");
	tty_row_has(other, 22, "Linked: both are read as one person.");
	/* the first clerk sees it, and has nothing left to approve */
	tty_await(t, "linked · proposed by Okafor");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania");
	tty_sees(t, "Residence permit, extension");
}
END_TEST

/* From the person to the comparison, and from the link back to two records. */
START_TEST(a_link_is_parted_with_what_came_since)
{
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "hadad raniya");
	tty_keys(t, "Enter m o");
	tty_type(t, "haddad rania 1990");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "One person, two records?");
	tty_keys(t, "x j Space F10");
	tty_type(t, "one passport");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Proposed.");
	run("res2", "merge approve id=1");
	run("front1", "visit new concern=S28 person=1");
	tty_keys(t, "Tab Enter");
	tty_row_has(t, 1, "linked");
	tty_sees(t, "E001, 2026-11-23");
	tty_keys(t, "x z");
	tty_type(t, "two sisters");
	tty_keys(t, "Enter");
	tty_row_has(t, 22, "Parted: both records stand for themselves again.");
	office_has("front1", "person show id=2 --json", "\"concern\":\"S28\"");
}
END_TEST

/* More comes in while one says why: what was marked goes, and nothing else. */
START_TEST(a_mark_stays_on_its_row)
{
	run("front1", "merge propose id=1 with=2 reason=passport");
	run("res2", "merge approve id=1");
	run("front1", "visit new concern=S28 person=1");
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "haddad rania 1990");
	tty_keys(t, "Enter m Tab Enter x z");
	tty_type(t, "two sisters");
	run("res1", "case open person=1 service=S03");
	tty_await_reload(t);
	tty_keys(t, "Enter");
	tty_sees(t, "Parted: both records stand for themselves again.");
	office_has("front1", "person show id=2 --json", "\"concern\":\"S28\"");
}
END_TEST

Suite *
suite_merge(void)
{
	return stories("merge", two_records,
	    STORIES(two_clerks_link_two_records, a_link_is_parted_with_what_came_since,
	    a_mark_stays_on_its_row));
}
