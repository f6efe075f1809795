/*
 * services.c - stories of the catalogue: a concern in everyday words becomes a
 * service, on the ticket, in the take-in, or just to know.
 */
#include "harness_story.h"

Suite *suite_services(void);

START_TEST(everyday_words_find_the_service)
{
	sit_down("front1");
	tty_keys(t, "c");
	tty_row_has(t, 0, "Catalogue");
	tty_row_has(t, 4, "Residence permit, issue");
	tty_type(t, "my card end");
	tty_row_has(t, 4, "Residence permit, extension");
	tty_row_has(t, 4, "take in");
	tty_row_has(t, 4, "Residence   12     30");
	tty_sees(t, "Papers     application form, signed, valid passport");
	tty_sees(t, "Basis      § 8 AufenthG");
	tty_sees(t, "Found      people say \"my card ends\"");
	tty_sees(t, "Extension up to 3 months 96.00 EUR*");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Counter 3");
}
END_TEST

/* What stands below is of the row that the cursor is on. */
START_TEST(the_details_follow_the_cursor)
{
	sit_down("front1");
	tty_keys(t, "c");
	tty_type(t, "lost card");
	tty_sees(t, "Basis      § 78 AufenthG, § 45c AufenthV");
	tty_keys(t, "Down");
	tty_lacks(t, "Basis      § 78 AufenthG, § 45c AufenthV");
	tty_sees(t, "Basis      § 3 AsylbLG");
	tty_type(t, " xyzzy qqq www rrr kkk zzz");
	tty_keys(t, "^U");
	tty_type(t, "xyzzy");
	tty_sees(t, "Nothing fits. Say it in other words");
	tty_lacks(t, "Basis");
}
END_TEST

START_TEST(a_ticket_takes_what_was_meant)
{
	sit_down("front1");
	tty_keys(t, "t");
	tty_type(t, "no money");
	tty_row_has(t, 4, "Asylum seeker benefits, first c");
	tty_keys(t, "Enter");
	tty_sees(t, "c  Concern              Asylum seeker benefits, first contact");
	tty_keys(t, "Enter");
	tty_sees(t, "Ticket L001 is drawn: Asylum seeker benefits, first contact.");
}
END_TEST

START_TEST(the_catalogue_draws_a_ticket)
{
	sit_down("front1");
	tty_keys(t, "^V");
	tty_type(t, "Deutschkurs");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "New ticket");
	tty_sees(t, "Integration course");
	tty_keys(t, "Enter");
	tty_sees(t, "is drawn: Integration course");
}
END_TEST

/* Somebody came for one thing and means another. */
START_TEST(who_is_here_is_taken_in_with_it)
{
	run("front1", "visit new concern=S26 language=en");
	sit_down("front1");
	tty_keys(t, "F2 c");
	tty_type(t, "moved house");
	tty_row_has(t, 23, "F4 Take in");
	tty_keys(t, "F4");
	tty_row_has(t, 0, "Take in · A001 · Address change sticker");
	tty_keys(t, "F3");
	tty_type(t, "new baby");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Take in · A001 · Birth of a child");
	tty_keys(t, "Esc");
	tty_row_has(t, 0, "Counter 3");
}
END_TEST

START_TEST(a_clerk_looks_things_up_in_german)
{
	sit_down_at((struct setup){ .as = "res1", .lang = "de" });
	tty_keys(t, "^V");
	tty_row_has(t, 0, "Katalog");
	tty_type(t, "arbeiten");
	tty_row_has(t, 4, "Nebenbestimmung/Besch");
	tty_row_has(t, 4, "Ausländerbehörde    10     15");
	tty_sees(t, " Unterlagen ");
	tty_lacks(t, "Enter Marke");
	tty_keys(t, "Esc");
	tty_lacks(t, "Katalog ");
}
END_TEST

Suite *
suite_services(void)
{
	return stories("services", NULL, STORIES(
	    everyday_words_find_the_service,
	    the_details_follow_the_cursor,
	    a_ticket_takes_what_was_meant,
	    the_catalogue_draws_a_ticket,
	    who_is_here_is_taken_in_with_it,
	    a_clerk_looks_things_up_in_german));
}
