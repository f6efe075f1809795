/*
 * slip.c - stories of the papers that a matter needs and of what the person
 * takes home in their language: which of them are missing.
 */
#include "harness_story.h"

#include <stdio.h>
#include <string.h>

Suite *suite_slip(void);

START_TEST(missing_answers_and_papers_are_asked_for)
{
	take_in("visit new concern=S26 language=en", "en");
	tty_keys(t, "F10");
	tty_sees(t, "Something about the person is missing or cannot be read.");
	tty_cursor_on(t, "Family name");
	tty_type(t, "Haddad");
	tty_keys(t, "F10");
	tty_sees(t, "0 of 1; missing: identity document");
	tty_row_has(t, 22, "Required papers are missing. Why hand over now?");
	tty_keys(t, "Enter"); /* an empty one is none */
	tty_row_has(t, 21, "Without the papers it goes on with a reason only.");
	tty_row_has(t, 22, "Required papers are missing. Why hand over now?");
	tty_type(t, "comes tomorrow");
	tty_keys(t, "Enter");
	tty_sees(t, "Your number: 2026-000001");
	tty_sees(t, "it is still missing:");
	office_has("front1", "case show id=1 --json", "comes tomorrow");
}
END_TEST

/* All that is missing is named, and a paper under the cursor in full. */
START_TEST(the_last_page_names_each_missing_paper)
{
	take_in("visit new concern=S01 language=de", "de");
	tty_type(t, "Haddad");
	tty_keys(t, "F4");
	tty_type(t, "fam");
	for (int page = 0; page < 5; page++)
		tty_keys(t, "F4");
	tty_row_has(t, 1, "▸7 Unterlagen 0/8");
	tty_keys(t, "Down");
	tty_sees(t, "gültiger Pass oder Passersatz/Ausweisersa");
	tty_sees(t, "gültiger Pass oder Passersatz/Ausweisersatz");
	tty_keys(t, "F4");
	tty_row_has(t, 1, "▸8 Übergeben");
	tty_sees(t, "Eheerklärung");
}
END_TEST

/* Several lists know a photo: the service's own says what the case will say.
 * What rows have answered is needed no more. */
START_TEST(a_paper_is_called_as_the_case_calls_it)
{
	take_in("visit new concern=S07 language=de", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F4 F4");
	tty_type(t, "n\t\tn\t");
	tty_cursor_on(t, "+ add: Ins");
	tty_sees(t, "needed at review");
	tty_keys(t, "Ins");
	tty_type(t, "3.5.\t");
	tty_keys(t, "Esc");
	tty_cursor_on(t, "03.05.2026");
	tty_lacks(t, "needed at review");
	tty_keys(t, "F4 F4");
	tty_row_has(t, 1, "▸5 Papers");
	tty_sees(t, "– missing   photo ");
	tty_sees(t, "Needed");
}
END_TEST

/* Whoever speaks a language that nobody has written takes both of ours home. */
START_TEST(the_slip_is_in_a_language_the_person_can_read)
{
	take_in("visit new concern=S26 language=de", "en");
	tty_type(t, "Haddad");
	tty_keys(t, "F5 Space F10");
	tty_sees(t, "Bescheinigung über das Aufenthaltsrecht");
	tty_lacks(t, "Certificate on the residence right");
	tty_keys(t, "Enter");
	run("front1", "visit new concern=S27 language=ta");
	tty_keys(t, "F2 F4");
	tty_type(t, "Shevchenko");
	tty_keys(t, "F5 a F10");
	tty_row_has(t, 1, "German and English");
	tty_sees(t, "Lichtbild/Fingerabdruck Erfassung");
	tty_keys(t, "End");
	tty_sees(t, "Photo or fingerprint capture");
}
END_TEST

/* What is close to their language is offered before others, and named. */
START_TEST(who_speaks_farsi_is_offered_dari)
{
	take_in("visit new concern=S26 language=fa", "en");
	tty_type(t, "Rezaei");
	tty_keys(t, "F5 s");
	tty_row_has(t, 1, "German and English; F4: Dari, close to Persian (Farsi)");
	tty_keys(t, "F4");
	tty_row_has(t, 4, "▸ German and English");
	tty_row_has(t, 5, "Dari · ");
	tty_row_has(t, 5, "close to Persian (Farsi)");
	tty_keys(t, "Down Enter");
	tty_row_has(t, 1, "Dari: not checked by a native speaker");
	tty_sees(t, "نام: ");
}
END_TEST

/* The person's own language is there first, any other a key away; the file has
 * what the terminal cannot show. */
START_TEST(the_slip_speaks_the_language_of_the_person)
{
	char path[512], text[4096];
	size_t n;
	FILE *f;

	take_in("visit new concern=S26 language=ar", "en");
	tty_type(t, "Haddad\tRania");
	tty_keys(t, "F5 s");
	tty_row_has(t, 0, "Slip: Certificate on the residen");
	tty_row_has(t, 1, "Arabic: not checked by a native speaker");
	tty_sees(t, "Haddad, Rania");
	tty_sees(t, "(Identitätsnachweis)");
	tty_keys(t, "F4");
	tty_row_has(t, 4, "▸ Arabic");
	tty_type(t, "ukr");
	tty_keys(t, "Enter");
	tty_sees(t, "цього ще бракує:");
	tty_sees(t, "документ, що посвідчує особу (Identitätsnachweis)");
	tty_keys(t, "F4 Enter s");
	snprintf(path, sizeof(path), "%s/tresen-slips/S26.txt", office_dir(office));
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	/* U+200F, the Arabic, U+2068, the name, U+2069 */
	ck_assert_ptr_nonnull(strstr(text, "\xe2\x80\x8fالاسم: "
	    "\xe2\x81\xa8Haddad, Rania\xe2\x81\xa9\n"));
	tty_keys(t, "Enter Space s");
	tty_sees(t, "لا ينقص شيء.");
}
END_TEST

/* Who was asked to bring something comes back: the counter knows for what. */
START_TEST(the_next_visit_begins_with_what_is_missing)
{
	run("front1", "person new family=Haddad given=Rania language=en");
	run("front1", "case open person=1 service=S26");
	take_in("visit new concern=S28 person=1", "en");
	tty_sees(t, "! F2 opens case 2026-000001, which waits for: identity document");
	tty_keys(t, "F2 f");
	tty_row_has(t, 0, "Papers · 2026-000001");
	tty_keys(t, "r Esc s");
	tty_sees(t, "Nothing is missing.");
	tty_keys(t, "Enter Esc");
	tty_lacks(t, "waits for");
	tty_keys(t, "F8 d");
	tty_sees(t, "E001 is finished.");
	office_has("front1", "case show id=1 --json", "\"missing\":[]");
	office_has("front1", "visit show id=1 --json", "\"case\":1");
}
END_TEST

Suite *
suite_slip(void)
{
	return stories("slip", NULL, STORIES(
	    missing_answers_and_papers_are_asked_for,
	    the_last_page_names_each_missing_paper,
	    a_paper_is_called_as_the_case_calls_it,
	    the_slip_is_in_a_language_the_person_can_read,
	    the_slip_speaks_the_language_of_the_person,
	    who_speaks_farsi_is_offered_dari,
	    the_next_visit_begins_with_what_is_missing));
}
