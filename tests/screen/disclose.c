/*
 * disclose.c - stories of what leaves a closed unit: told and read by two clerks
 * side by side, withdrawn while it is open; asked and refused; the book of it; the
 * text that is read out; and what a person takes home of their own data.
 */
#include "harness_story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLD "without-stairs"
#define KEPT "cannot-sleep"

static void
entrusted(void)
{
	run("res1", "person new family=Haddad given=Rania born=1990-05-03 language=ar");
	run("soc1", "case open person=1 service=S20 form={\"area\":\"housing\"}");
	run("soc1", "case claim id=1000000001");
	run("soc1", "case note id=1000000001 text=" TOLD);
	run("soc1", "case note id=1000000001 text=" KEPT);
}

static void
open_case(struct tty *who)
{
	tty_keys(who, "v m Enter");
	tty_row_has(who, 0, "2026-500001");
}

/* Marks the first note, and says to whom, by what right and why. */
static void
tell_residence(struct tty *who, const char *basis)
{
	tty_keys(who, "x");
	tty_row_has(who, 0, "Tell out of 2026-500001");
	tty_keys(who, "F2");
	tty_sees(who, "Mark with x what is to be told");
	tty_type(who, "jjjjj");
	tty_cursor_on(who, TOLD);
	tty_keys(who, "x F2");
	tty_type(who, "residence");
	tty_keys(who, "Enter");
	tty_type(who, basis);
	tty_keys(who, "Enter");
	tty_type(who, "she asked for it");
	tty_keys(who, "Enter");
	tty_row_has(who, 0, "Preview: Residence");
	tty_sees(who, TOLD);
	tty_lacks(who, KEPT);
}

START_TEST(told_read_and_withdrawn)
{
	sit_down("soc1");
	open_case(t);
	tty_keys(t, "i n");
	tty_type(t, "residence");
	tty_keys(t, "Enter");
	tty_type(t, "the flat");
	tty_keys(t, "Enter Enter");
	tty_row_has(t, 1, "Arabic: not checked by a native speaker");
	tty_keys(t, "F4");
	tty_type(t, "english");
	tty_keys(t, "Enter");
	tty_sees(t, "Who may tell: Social work");
	tty_sees(t, "What: the flat");
	tty_keys(t, "F2");
	tty_sees(t, "Residence               the flat");
	tty_sees(t, "holds");
	tty_keys(t, "Esc");
	tell_residence(t, "consent");
	tty_sees(t, "They consented on 23 Nov 2026: the flat");
	/* nothing is told by looking at it */
	office_has("res1", "disclosure list person=1", "disclosures");
	sit_beside("res1");
	tty_keys(other, "/");
	tty_type(other, "haddad");
	tty_keys(other, "Enter");
	tty_row_has(other, 0, "HADDAD, Rania");
	tty_keys(other, "o");
	tty_sees(other, "Nothing was told to your unit");
	tty_keys(t, "F2");
	tty_sees(t, "Residence sees this now.");
	tty_await(other, TOLD);
	tty_sees(other, "Social work → Residence · consent, release from secrecy");
	tty_sees(other, "she asked for it");
	tty_lacks(other, KEPT);
	/* withdrawn: the open view is shut by itself */
	tty_keys(t, "i w y");
	tty_sees(t, "withdrawn");
	tty_await(other, "Nothing was told to your unit");
	tty_lacks(other, TOLD);
}
END_TEST

/* Over midnight, while both go on sitting there. */
START_TEST(shut_when_its_day_is_over)
{
	run("soc1", "consent give person=1 to=residence scope=flat until=2026-11-23");
	run("soc1", "disclosure give case=1000000001 to=residence basis=consent "
	    "fields=note.1000000001 reason=help");
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter o");
	tty_sees(t, TOLD);
	office_clock(office, "2026-11-23T23:00:00Z");
	tty_await(t, "Nothing was told to your unit");
	tty_lacks(t, TOLD);
}
END_TEST

/* Whoever asks reads words that tell of no file. */
START_TEST(asked_and_refused)
{
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter i");
	tty_type(t, "Is a flat needed?");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Requests · by your unit");
	tty_sees(t, "open");
	sit_beside("soc1");
	tty_row_has(other, 1, "asked 1");
	tty_keys(other, "i");
	tty_row_has(other, 0, "Requests · to your unit");
	tty_sees(other, "Is a flat needed?");
	tty_keys(other, "F3 Enter");
	tty_sees(other, "Refused.");
	tty_await(t, "refused");
	tty_sees(t, "Answer: We say nothing of whether somebody is known to us");
	tty_keys(t, "Enter");
	tty_sees(t, "What was told: not possible now");
}
END_TEST

START_TEST(asked_and_told)
{
	run("res1", "person lock id=1 until=2027-01-01 reason=threat");
	run("res1", "disclosure ask person=1 to=social_work question=flat?");
	sit_down("soc1");
	tty_keys(t, "i F2");
	tty_sees(t, "Asked: flat?");
	tty_sees(t, "To: Residence");
	tty_type(t, "jjjjjx");
	tty_keys(t, "F2");
	tty_type(t, "danger to life");
	tty_keys(t, "Enter");
	tty_type(t, "they asked");
	tty_keys(t, "Enter");
	tty_sees(t, "LOCKED against disclosure");
	tty_keys(t, "F2");
	tty_sees(t, "Residence sees this now.");
	tty_sees(t, "told");
	office_has("res1", "disclosure list person=1 --json", TOLD);
}
END_TEST

/* What sort of thing was told, and to whom; never what it said. */
START_TEST(the_officer_reads_the_book)
{
	run("soc1", "disclosure give case=1000000001 to=residence basis=danger "
	    "fields=note.1000000001 reason=help");
	run("soc1", "disclosure give case=1000000001 body=medical body_name=Weiss basis=danger "
	    "fields=note.1000000001 reason=help");
	sit_down("dpo1");
	tty_sees(t, "Disclosure book");
	tty_keys(t, ":");
	tty_type(t, "disclosure book");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Disclosure book");
	tty_sees(t, "Residence");
	tty_sees(t, "doctor, hospital");
	tty_keys(t, "j");
	tty_sees(t, "Note of 2026-11-23");
	tty_lacks(t, TOLD);
	tty_keys(t, "F5");
	tty_type(t, "residence");
	tty_keys(t, "Enter");
	tty_lacks(t, "doctor, hospital");
	tty_keys(t, "F8");
	tty_sees(t, "book-2026-11-23.txt");
}
END_TEST

/* ---- what people take home ---- */

static char *
saved(const char *name)
{
	static char text[65536];
	char path[4200];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/tresen-slips/%s.txt", office_dir(office), name);
	f = fopen(path, "r");
	ck_assert_msg(f != NULL, "%s is not there", path);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

START_TEST(their_own_data_without_others)
{
	char *text;

	run("res1", "person new family=Nguyen given=Hoa born=1960-02-11");
	run("res1", "person parent id=1 parent=2 kind=mother source=paper");
	run("soc1", "disclosure give case=1000000001 to=residence basis=danger "
	    "fields=note.1000000001 reason=help");
	sit_down("res1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter x");
	tty_sees(t, "person-1.txt");
	text = saved("person-1");
	ck_assert_ptr_nonnull(strstr(text, "HADDAD, Rania"));
	ck_assert_ptr_nonnull(strstr(text, "Social work → Residence"));
	ck_assert_ptr_nonnull(strstr(text, TOLD));
	ck_assert_ptr_null(strstr(text, KEPT));
	ck_assert_ptr_null(strstr(text, "NGUYEN"));
	ck_assert_ptr_null(strstr(text, "Amani"));
}
END_TEST

/* Right to left, as the slips do it: the file has the marks, the screen none. */
START_TEST(the_text_is_printed_in_their_language)
{
	sit_down("soc1");
	open_case(t);
	tty_keys(t, "i n");
	tty_type(t, "court");
	tty_keys(t, "Enter");
	tty_type(t, "Amtsgericht");
	tty_keys(t, "Enter");
	tty_type(t, "the flat");
	tty_keys(t, "Enter");
	tty_type(t, "31.12.");
	tty_keys(t, "Enter F5");
	ck_assert_ptr_nonnull(strstr(saved("consent-1"), "\u200f"));
	ck_assert_ptr_nonnull(strstr(saved("consent-1"), "\u206831.12.2026\u2069"));
	ck_assert_ptr_nonnull(strstr(saved("consent-1"), "Amtsgericht"));
	tty_lacks(t, "\u2068");
}
END_TEST

START_TEST(in_german_too)
{
	sit_down_at((struct setup){ .as = "soc1", .lang = "de" });
	tty_keys(t, "v m Enter");
	tty_keys(t, "x");
	tty_row_has(t, 0, "Aus 2026-500001 mitteilen");
	tty_sees(t, "F3 An wen");
}
END_TEST

Suite *suite_disclose(void);

Suite *
suite_disclose(void)
{
	return stories("disclose", entrusted, STORIES(told_read_and_withdrawn,
	    shut_when_its_day_is_over, asked_and_refused, asked_and_told, the_officer_reads_the_book,
	    their_own_data_without_others, the_text_is_printed_in_their_language, in_german_too));
}
