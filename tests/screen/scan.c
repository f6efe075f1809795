/*
 * scan.c - stories of a passport reader: it types the lines of a document, and
 * the person is there, or the form is filled.
 */
#include "harness_story.h"

#include <string.h>

Suite *suite_scan(void);

#define LINE_1 "P<SYRHADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<"
#define LINE_2 "N012345679SYR9005031F2801016<<<<<<<<<<<<<<06"
#define WRONG_2 "N012345679SYR9005032F2801016<<<<<<<<<<<<<<06"
#define ERIKSSON "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<" \
	"L898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define CARD "ARD<<YZ7K0M4P16<<<<<<<<<<<<<<<\r8507147<3012316AFG<<<<<<<<<<<6\r" \
	"AHMADI<<FARZANA<<<<<<<<<<<<<<<\r"

#define SMALL "p<syrhaddad<<rania<<<<<<<<<<<<<<<<<<<<<<<<<<\r" \
	"n012345679syr9005031f2801016<<<<<<<<<<<<<<06\r"

/* A reader: as fast as the line goes, every sign and Enter a key. */
static void
scan(const char *lines)
{
	tty_bytes(t, lines, (int)strlen(lines));
}

START_TEST(a_scan_in_the_search_box_finds_the_person)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03 nationality=SYR");
	run("front1", "person new family=Haddad given=Samir born=1985");
	sit_down("front1");
	tty_keys(t, "/");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_row_has(t, 1, "HADDAD RANIA");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_row_has(t, 4, "1990-05-03  Syria");
	tty_lacks(t, "HADDAD, Samir");
	tty_sees(t, "passport N01234567: HADDAD RANIA *1990-05-03");
	tty_lacks(t, "<<");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania ");
}
END_TEST

/* No Enter at all, behind letters that were typed before, in small letters. */
START_TEST(a_scan_without_line_breaks_is_one_as_well)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "sa");
	scan(LINE_1 LINE_2);
	tty_row_has(t, 1, "HADDAD RANIA");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_keys(t, "^U");
	scan("p<syrhaddad<<rania<<<<<<<<<<<<<<<<<<<<<<<<<<"
	    "n012345679syr9005031f2801016<<<<<<<<<<<<<<06");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "HADDAD, Rania ");
}
END_TEST

START_TEST(a_pasted_zone_is_a_scan)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	sit_down("front1");
	tty_keys(t, "/");
	tty_paste(t, LINE_1 "\n" LINE_2 "\n");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_keys(t, "Esc");
	/* from everywhere */
	tty_paste(t, LINE_1 LINE_2);
	tty_row_has(t, 0, "Search");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_keys(t, "Esc");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_row_has(t, 0, "Search");
	tty_row_has(t, 4, "HADDAD, Rania");
}
END_TEST

/* Small letters are keys here: none of them may act. */
START_TEST(caps_lock_does_no_harm)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03");
	run("front1", "visit new concern=S26");
	sit_down("front1");
	scan(SMALL);
	tty_row_has(t, 0, "Search");
	tty_row_has(t, 4, "HADDAD, Rania");
	tty_keys(t, "Esc");
	tty_sees(t, "Nobody is at your counter");
	/* cut off in the middle */
	scan("p<syrhadnad<<nnn");
	tty_sees(t, "A document came only in part. Scan it again.");
	tty_sees(t, "Nobody is at your counter");
	tty_keys(t, "Down");
	tty_lacks(t, "A document came only in part.");
	/* what a clerk types is no document, however fast */
	tty_type(t, "an");
	tty_lacks(t, "Nobody is at your counter");
}
END_TEST

START_TEST(a_scan_fills_the_form_of_somebody_new)
{
	take_in("visit new concern=S26", "en");
	tty_cursor_on(t, "Family name");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_row_has(t, tty_find(t, "Family name"), "[ HADDAD ");
	tty_row_has(t, tty_find(t, "Given names"), "[ RANIA ");
	tty_row_has(t, tty_find(t, "Born"), "[ 1990-05-03 ");
	tty_row_has(t, tty_find(t, "Sex"), "female");
	tty_row_has(t, tty_find(t, "Nationality"), "[ Syria ");
	tty_sees(t, "Filled in from passport N01234567: HADDAD RANIA *1990-05-03.");
	tty_lacks(t, "<<");
	tty_cursor_on(t, "Family name");
	tty_keys(t, "F5 Space F10");
	tty_sees(t, "Slip for case 2026-000001");
	office_has("front1", "person show id=1 --json", "\"born\":\"1990-05-03\"");
	office_has("front1", "person show id=1 --json", "\"nationality\":[\"SYR\"]");
	office_has("front1", "person show id=1 --json", "\"sex\":\"f\"");
	office_has("front1", "person show id=1 --json", "\"number\":\"N01234567\"");
	office_has("front1", "person show id=1 --json", "\"expires\":\"2028-01-01\"");
}
END_TEST

/* A passport scanned once is known again, whatever name it is under. */
START_TEST(a_known_passport_finds_its_person)
{
	run("front1", "person new family=Nassar given=Rania born=1990-05-03");
	run("front1", "person document id=1 mrz=" LINE_1 "|" LINE_2);
	take_in("visit new concern=S26", "en");
	scan(LINE_1 LINE_2 "\r");
	tty_sees(t, "In the register: NASSAR, Rania *1990-05-03 (document N01234567).");
	tty_keys(t, "r");
	tty_row_has(t, tty_find(t, "Family name"), "[ Nassar ");
	tty_sees(t, "the document says: HADDAD");
	tty_keys(t, "Esc F5 Space F10");
	office_has("front1", "case show id=1 --json", "\"person\":{\"id\":1");
	office_has("front1", "person show id=1 --json", "\"name\":\"NASSAR, Rania\"");
}
END_TEST

START_TEST(a_card_of_three_lines_fills_the_form)
{
	take_in("visit new concern=S26", "en");
	scan(CARD);
	tty_row_has(t, tty_find(t, "Family name"), "[ AHMADI ");
	tty_row_has(t, tty_find(t, "Given names"), "[ FARZANA ");
	tty_row_has(t, tty_find(t, "Born"), "[ 1985-07-14 ");
	tty_row_has(t, tty_find(t, "Sex"), "not stated");
	tty_row_has(t, tty_find(t, "Nationality"), "[ Afghanistan ");
	tty_sees(t, "Filled in from residence card YZ7K0M4P1");
}
END_TEST

START_TEST(a_wrong_digit_leaves_its_field_empty)
{
	take_in("visit new concern=S26", "en");
	scan(LINE_1 "\r" WRONG_2 "\r");
	tty_row_has(t, tty_find(t, "Family name"), "[ HADDAD ");
	tty_lacks(t, "1990-05-03");
	tty_sees(t, "birth date: check digit does not hold.");
	tty_sees(t, "check digit does not hold; type it from the document");
	tty_cursor_on(t, "Born");
	tty_type(t, "3.5.1990");
	tty_keys(t, "F5 Space F10");
	office_has("front1", "person show id=1 --json", "\"born\":\"1990-05-03\"");
}
END_TEST

/* A line that came short is told; the field is as it was. */
START_TEST(a_line_that_came_short_is_told)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "X");
	scan("P<SYRHADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<\r" LINE_2 "\r");
	tty_sees(t, "Line 1 has");
	tty_row_has(t, tty_find(t, "Family name"), "[ X ");
	tty_lacks(t, "<<");
	tty_cursor_on(t, "Family name");
}
END_TEST

START_TEST(what_was_typed_is_not_overwritten)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "Haddad-Nassar\tRania\t1991");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_row_has(t, tty_find(t, "Family name"), "[ Haddad-Nassar ");
	tty_row_has(t, tty_find(t, "Born"), "[ 1991 ");
	tty_sees(t, "the document says: 1990-05-03");
	tty_sees(t, "The document says otherwise where ! stands.");
	tty_row_has(t, tty_find(t, "Nationality"), "[ Syria ");
	tty_keys(t, "d");
	tty_row_has(t, tty_find(t, "Family name"), "[ Haddad-Nassar ");
	tty_row_has(t, tty_find(t, "Born"), "[ 1990-05-03 ");
}
END_TEST

/* Another name that only begins so is another name; an end is told. */
START_TEST(an_expired_passport_of_somebody_else)
{
	take_in("visit new concern=S26", "en");
	tty_type(t, "Erikssonova");
	scan(ERIKSSON);
	tty_row_has(t, tty_find(t, "Family name"), "[ Erikssonova ");
	tty_sees(t, "the document says: ERIKSSON");
	tty_row_has(t, tty_find(t, "Given names"), "[ ANNA MARIA ");
	/* a country that nobody knows */
	tty_row_has(t, tty_find(t, "Nationality"), "[   ");
	tty_keys(t, "^U d");
	tty_row_has(t, tty_find(t, "Family name"), "[ ERIKSSON ");
	tty_keys(t, "^U");
	scan(ERIKSSON);
	tty_sees(t, "Filled in from passport L898902C3, expired: ERIKSSON ANNA MARIA *1974-08-12.");
}
END_TEST

/* Known under another name: the document goes to the record all the same. */
START_TEST(a_scan_stays_when_the_register_is_asked_later)
{
	run("front1", "person new family=Nassar given=Rania born=1990-05-03");
	take_in("visit new concern=S26", "en");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_sees(t, "Filled in from passport N01234567");
	tty_keys(t, "F6 ^U");
	tty_type(t, "nassar");
	tty_keys(t, "Enter");
	tty_row_has(t, tty_find(t, "Family name"), "[ Nassar ");
	tty_sees(t, "the document says: HADDAD");
	tty_row_has(t, tty_find(t, "Sex"), "female");
	tty_keys(t, "Esc F5 Space F10");
	office_has("front1", "person show id=1 --json", "\"number\":\"N01234567\"");
	office_has("front1", "case show id=1 --json", "\"person\":{\"id\":1");
}
END_TEST

/* A namesake of another age is told, not asked about. */
START_TEST(a_namesake_of_another_age_does_not_stop_the_scan)
{
	run("front1", "person new family=Haddad given=Rania born=1961-01-01");
	take_in("visit new concern=S26", "en");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_sees(t, "In the register? HADDAD, Rania *1961-01-01.");
	tty_sees(t, "Filled in from passport N01234567");
	tty_row_has(t, tty_find(t, "Born"), "[ 1990-05-03 ");
}
END_TEST

START_TEST(somebody_of_the_register_is_offered)
{
	run("front1", "person new family=Haddad given=Rania born=1990-05-03 phone=0151");
	take_in("visit new concern=S26", "en");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_sees(t, "In the register: HADDAD, Rania *1990-05-03");
	tty_keys(t, "r");
	tty_row_has(t, tty_find(t, "Telephone"), "[ 0151 ");
	tty_row_has(t, tty_find(t, "Family name"), "[ Haddad ");
	tty_row_has(t, tty_find(t, "Nationality"), "[ Syria ");
	tty_keys(t, "F5 Space F10");
	office_has("front1", "case show id=1 --json", "\"person\":{\"id\":1");
	office_has("front1", "person show id=1 --json", "\"nationality\":[\"SYR\"]");
}
END_TEST

/* Who she is, the residence unit keeps: what the counter saw is proposed. */
START_TEST(what_another_unit_keeps_is_proposed_to_it)
{
	run("res1", "person new family=Haddad given=Rania born=1990-05-03");
	take_in("visit new concern=S26", "en");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_keys(t, "r F5 Space F10");
	tty_sees(t, "Slip for case 2026-000001");
	office_has("res1", "person proposals id=1 --json", "\"field\":\"nationality\"");
	office_has("res1", "person proposals id=1 --json",
	    "seen on the document: passport N01234567");
	office_has("res1", "person show id=1 --json", "\"nationality\":[]");
	office_has("res1", "person show id=1 --json", "\"number\":\"N01234567\"");
}
END_TEST

START_TEST(a_scan_fills_the_gaps_of_a_record)
{
	run("front1", "person new family=Haddad given=Rania born=1990");
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "haddad");
	tty_keys(t, "Enter e");
	scan(LINE_1 "\r" LINE_2 "\r");
	tty_row_has(t, tty_find(t, "Nationality"), "[ Syria ");
	tty_row_has(t, tty_find(t, "Born"), "[ 1990 ");
	tty_sees(t, "the document says: 1990-05-03");
	tty_keys(t, "d F10");
	office_has("front1", "person show id=1 --json", "\"born\":\"1990-05-03\"");
	office_has("front1", "person show id=1 --json", "\"sex\":\"f\"");
}
END_TEST

Suite *
suite_scan(void)
{
	return stories("scan", NULL, STORIES(
	    a_scan_in_the_search_box_finds_the_person,
	    a_scan_without_line_breaks_is_one_as_well,
	    a_pasted_zone_is_a_scan,
	    caps_lock_does_no_harm,
	    a_scan_fills_the_form_of_somebody_new,
	    a_known_passport_finds_its_person,
	    a_card_of_three_lines_fills_the_form,
	    a_wrong_digit_leaves_its_field_empty,
	    a_line_that_came_short_is_told,
	    what_was_typed_is_not_overwritten,
	    an_expired_passport_of_somebody_else,
	    a_scan_stays_when_the_register_is_asked_later,
	    a_namesake_of_another_age_does_not_stop_the_scan,
	    somebody_of_the_register_is_offered,
	    what_another_unit_keeps_is_proposed_to_it,
	    a_scan_fills_the_gaps_of_a_record));
}
