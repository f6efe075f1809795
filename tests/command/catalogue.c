/*
 * catalogue.c - the catalogue as an office edits it: what loads, what is
 * refused with file and line, what stays when nothing changes.
 */
#include "harness_admin.h"

#include <stdlib.h>
#include <string.h>

/* Copies data and forms beside the office, where a test may edit them. */
static void
copy_data(void)
{
	/* build or build/san: the data lie beside build */
	shell("cd %s && cd $([ -d ../data ] && echo .. || echo ../..) &&"
	      " cp -r data forms $(dirname %s)", program_folder(), office);
}

/* Edits a file of the copy with sed, then loads it; the exit code. */
static int
load_after(const char *file, const char *edit)
{
	shell("cd $(dirname %s)/data && sed -i '%s' %s", office, edit, file);
	return admin("catalogue %s $(dirname %s)/data", office, office);
}

START_TEST(everything_is_there)
{
	office_copy();
	ck_assert_int_eq(count("SELECT count(*) FROM service"), 47);
	ck_assert_int_eq(count("SELECT count(*) FROM unit"), 5);
	ck_assert_int_ge(count("SELECT count(*) FROM code WHERE list = 'country'"), 249 + 3);
	ck_assert_int_ge(count("SELECT count(*) FROM code WHERE list = 'language'"), 40);
	ck_assert_int_eq(count("SELECT count(*) FROM service s LEFT JOIN form f ON f.key = s.form"
	                       " WHERE s.form IS NOT NULL AND f.key IS NULL"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM unit WHERE closed"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM unit WHERE front"), 1);
}
END_TEST

START_TEST(includes_are_resolved)
{
	office_copy();
	/* NE_9 asks for all of AE_base and for four papers of its own */
	ck_assert_int_eq(count("SELECT count(*) FROM checklist_item WHERE checklist = 'NE_9'"),
	    count("SELECT count(*) + 4 FROM checklist_item WHERE checklist = 'AE_base'"));
	/* either of two: none of it is required, but what both share is */
	ck_assert_int_eq(count("SELECT required FROM checklist_item WHERE checklist = 'AE_25a_25b'"
	                       " AND key = 'PASS'"), 1);
	ck_assert_int_eq(count("SELECT required FROM checklist_item WHERE checklist = 'AE_25a_25b'"
	                       " AND key = 'SCHOOL3'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM checklist_item"
	                       " WHERE checklist = 'DULD_60c_60d' AND required"), 0);
}
END_TEST

START_TEST(only_holidays_of_our_land_count)
{
	office_copy();
	/* North Rhine-Westphalia: Corpus Christi yes, Epiphany no */
	ck_assert_int_eq(count("SELECT count(*) FROM holiday WHERE day = '2026-06-04'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM holiday WHERE day = '2026-01-06'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM holiday WHERE day LIKE '2026-%'"), 11);
}
END_TEST

START_TEST(loading_again_changes_nothing)
{
	office_copy();
	ck_assert_int_eq(admin("catalogue %s", office), 0);
	ck_assert_int_eq(count("SELECT length(changeset) FROM event ORDER BY seq DESC LIMIT 1"), 0);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

/* What the file does not say any more, the office forgets. */
START_TEST(what_is_frequent_may_change)
{
	office_copy();
	copy_data();
	ck_assert_int_eq(count("SELECT position FROM code WHERE list = 'country_often'"
	    " AND code = 'SYR'"), 2);
	ck_assert_int_eq(load_after("catalogue/countries.conf", "s/\"UKR\", //"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM code WHERE list = 'country_often'"), 9);
	ck_assert_int_eq(count("SELECT position FROM code WHERE list = 'country_often'"
	    " AND code = 'SYR'"), 1);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

START_TEST(a_change_of_law_is_a_new_row)
{
	office_copy();
	copy_data();
	ck_assert_int_eq(load_after("catalogue/services.conf",
	    "/code = \"S24\"/,/valid_from/ s/valid_from = \"2020-01-01\";"
	    "/valid_from = \"2020-01-01\"; valid_to = \"2026-12-31\";/"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM service WHERE code = 'S24'"
	                       " AND valid_to = '2026-12-31'"), 1);
	ck_assert_int_eq(load_after("catalogue/services.conf",
	    "/code = \"S24\"/,/valid_from/ "
	    "s/valid_from = \"2020-01-01\"; valid_to = \"2026-12-31\";/valid_from = \"2027-01-01\";/"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM service WHERE code = 'S24'"), 2);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

/* Tasks of a unit that is switched off load, and are opened for nobody. */
START_TEST(a_task_may_be_for_a_unit_switched_off)
{
	office_copy();
	copy_data();
	ck_assert_int_eq(load_after("catalogue/units.conf", "/code = \"steering\"/i"
	    " { code = \"guests\"; de = \"Heime\"; en = \"Homes\"; active = false; },"), 0);
	ck_assert_int_eq(load_after("catalogue/tasks.conf", "s/\"social_work\"/\"guests\"/"), 0);
	ck_assert_int_gt(count("SELECT count(*) FROM task_rule WHERE unit = 'guests'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM task_rule WHERE unit = 'social_work'"), 0);
}
END_TEST

START_TEST(a_form_in_use_never_changes)
{
	office_copy();
	copy_data();
	ck_assert_int_eq(load_after("../forms/counselling.form", "1i # another text"), 1);
	ck_assert_ptr_nonnull(strstr(said, "next version number"));
	ck_assert_int_eq(load_after("../forms/counselling.form", "s/^version = .*/version = 99;/"),
	                 0);
	ck_assert_int_eq(count("SELECT count(*) FROM form WHERE key = 'counselling'"), 2);
}
END_TEST

/* A further file is a further language; ours must stay. */
START_TEST(a_further_language_needs_no_programmer)
{
	office_copy();
	copy_data();
	shell("cd $(dirname %s)/data/texts && sed 's/\"tr\"/\"az\"/' tr.conf > az.conf", office);
	ck_assert_int_eq(load_after("texts/az.conf", "s/Türkçe/azərbaycanca/"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM slip_language WHERE code = 'az'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM slip_text WHERE language = 'az'"),
	    count("SELECT count(*) FROM slip_text WHERE language = 'de'"));
	shell("rm $(dirname %s)/data/texts/de.conf", office);
	ck_assert_int_eq(load_after("texts/az.conf", "s/x/x/"), 66);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

/* A paper that the office adds has no words in other languages: that is said. */
START_TEST(papers_without_words_are_told)
{
	office_copy();
	copy_data();
	ck_assert_int_eq(load_after("texts/tr.conf", "s/x/x/"), 0);
	ck_assert_msg(!strstr(said, "no words for"), "%s", said);
	ck_assert_int_eq(load_after("catalogue/checklists.conf",
	    "s/de = \"Antragsformular, unterschrieben\"/de = \"Antragsblatt\"/"), 0);
	ck_assert_ptr_nonnull(strstr(said, "texts/tr.conf: no words for the paper \"Antragsblatt\""));
	ck_assert_ptr_nonnull(strstr(said, "texts/ar.conf: no words for the paper \"Antragsblatt\""));
	ck_assert_ptr_null(strstr(said, "texts/de.conf"));
}
END_TEST

/* Before it is loaded, a form is held against the catalogue beside it. */
START_TEST(a_form_is_held_against_a_catalogue)
{
	office_copy();
	copy_data();
	shell("cd $(dirname %s)/forms && sed -i 's/\"S10\"/\"S77\"/; s/owner = \"residence\"/owner ="
	    " \"aliens\"/; s/list = \"TRAVEL_[a-z]*\"; }/list = \"NONE\"; }/;"
	    " s/^retention = .*/retention = \"attic\";/;"
	    " s/^documents = (/documents = ( { key = \"SHOE\"; },/' travel_document.form", office);
	ck_assert_int_eq(admin("form-check $(dirname %s)/forms/travel_document.form", office), 65);
	ck_assert_msg(!strstr(said, "aliens") && strstr(said, "example"), "%s", said);
	ck_assert_int_eq(admin("form-check $(dirname %s)/forms/travel_document.form --data "
	    "$(dirname %s)/data", office, office), 65);
	ck_assert_msg(strstr(said, "travel_document.form:11: the office has no service \"S77\"") !=
	    NULL, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "no unit \"aliens\" of the office takes cases"));
	ck_assert_ptr_nonnull(strstr(said, "the office has no paper \"SHOE\""));
	ck_assert_ptr_nonnull(strstr(said, "the office has no class of retention \"attic\""));
}
END_TEST

#define MINIMAL(version, more)                                                  \
	"key = \"m\"; version = " version "; valid_from = \"2026-01-01\"; title = { de = \"M\"; "  \
	"en = \"M\"; }; sections = ( { key = \"s\"; title = { de = \"S\"; en = \"S\"; }; "  \
	"fields = ( { key = \"a\"; type = \"text\"; label = { de = \"A\"; en = \"A\"; }; " more \
	" } ); } );"

/* What the catalogue alone knows: which unit has the cases of a service. */
START_TEST(a_rule_that_stops_is_held_against_the_unit_of_the_service)
{
	office_copy();
	copy_data();
	shell("cd $(dirname %s) && echo '%s' > m.form", office,
	    "services = [ \"S15\" ]; retention = \"social_work\"; "
	    MINIMAL("1", "owner = \"residence\"; rules = ( { forbid = \"length(a) > 9\"; "
	    "at = \"review\"; text = { de = \"T\"; en = \"T\"; }; } );"));
	ck_assert_int_eq(admin("form-check $(dirname %s)/m.form", office), 0);
	ck_assert_int_eq(admin("form-check $(dirname %s)/m.form --data $(dirname %s)/data", office,
	    office), 65);
	ck_assert_msg(strstr(said, "m.form:1: this rule stops at review, but \"benefits\", which") &&
	    strstr(said, "keeps cases of the service \"S15\" as \"benefit_file\", not as "
	    "\"social_work\""), "%s", said);
}
END_TEST

/* What an office has published is compared, though today's check is stricter. */
START_TEST(an_old_form_is_compared_as_it_was)
{
	office_copy();
	shell("cd $(dirname %s) && echo '%s' > old.form && echo '%s' > new.form", office,
	    MINIMAL("1", "pattern = \"[0-9]\";"), MINIMAL("2", ""));
	ck_assert_int_eq(admin("form-check $(dirname %s)/old.form", office), 65);
	ck_assert_int_eq(admin("form-diff $(dirname %s)/old.form $(dirname %s)/new.form", office,
	    office), 0);
	ck_assert_ptr_nonnull(strstr(said, "~ a: must look like: [0-9] → none"));
	ck_assert_int_eq(admin("form-diff $(dirname %s)/new.form $(dirname %s)/old.form", office,
	    office), 65);
}
END_TEST

static const struct { const char *file, *edit, *sentence; } mistakes[] = {
	{ "catalogue/units.conf", "s/front = true/fornt = true/", "nobody knows \"fornt\"" },
	{ "catalogue/units.conf", "s/front = true;/front = 1;/", "must be true or false" },
	{ "catalogue/units.conf", "s/^units = (/units = [/", "units.conf:" },
	{ "catalogue/units.conf", "s/^units/unites/", "there is no list \"units\"" },
	{ "catalogue/sites.conf", "s/code = \"main\";//", "\"code\" is missing" },
	{ "catalogue/countries.conf", "s/\"UKR\", /\"UKA\", /", "there is no entry \"UKA\"" },
	{ "catalogue/languages.conf", "s/near = \"prs\"/near = \"dari\"/",
	  "there is no entry \"dari\"" },
	{ "catalogue/lanes.conf", "s/quota = 20/quota = -1/", "whole number" },
	{ "catalogue/lanes.conf", "s/de = \"Reise\"/de = \"\"/", "must be a text" },
	{ "catalogue/lanes.conf", "s/de = \"Reise\"/de = \"\\\\x1b[2J\"/", "must be a text" },
	{ "catalogue/services.conf", "s/\"residence\"/\"residents\"/",
	  "no active unit \"residents\"" },
	{ "catalogue/services.conf", "s/\"both\"/\"er back\"/", "\"lane\" is one of" },
	{ "catalogue/services.conf", "s/\"NE_9\"/\"NE_8\"/", "no list \"NE_8\"" },
	{ "catalogue/services.conf", "s/2020-01-01/2020-02-30/", "must be a day" },
	{ "catalogue/checklists.conf", "s/include = \"AE_base\"/include = \"AE_bass\"/",
	  "no list \"AE_bass\"" },
	{ "catalogue/checklists.conf",
	  "s/{ key = \"TRAINING\".*/{ include = \"DULD_60c_60d\"; },\\n&/", "in a circle" },
	{ "catalogue/holidays.conf", "s/2026-12-25/25.12.2026/", "must be a day" },
	{ "catalogue/office.conf", "/age_limit_days = /d", "\"age_limit_days\" is missing" },
	{ "catalogue/tasks.conf", "s/act = \"move\"/act = \"moves\"/", "\"act\" is one of" },
	{ "catalogue/tasks.conf", "s/\"front_office\"/\"front\"/", "no unit \"front\"" },
	{ "catalogue/tasks.conf", "s/\"social_work\"/\"steering\"/", "gets no tasks" },
	{ "catalogue/tasks.conf", "s/when = \"minor\"/when = \"minor, adult\"/",
	  "\"when\" is one of" },
	{ "catalogue/tasks.conf", "s/term = 14;/term = 1400;/", "too long" },
	{ "catalogue/tasks.conf", "s/birth_equipment/birth_community/", "stands here twice" },
	{ "catalogue/concerns.conf", "s/service = \"S46\"/service = \"S45\"/", "stands here twice" },
	{ "catalogue/concerns.conf", "s/service = \"S46\"/service = \"S64\"/",
	  "no service \"S64\"" },
	{ "catalogue/concerns.conf", "s/act = \"appointment\"/act = \"date\"/",
	  "\"act\" is one of" },
	{ "catalogue/concerns.conf", "s/\\ttr = /\\txx = /", "no language \"xx\"" },
	{ "catalogue/concerns.conf", "s/\"no money\"/\"...\"/", "lists phrases" },
	{ "catalogue/concerns.conf", "s/words = {/speech = {/", "nobody knows \"speech\"" },
	{ "catalogue/fees.conf", "s/amount = \"29.00\"/amount = \"29,00\"/",
	  "must be euros and cents" },
	{ "catalogue/fees.conf", "s/\"F45_2B\"/\"F45_2A\"/", "stands here twice" },
	{ "catalogue/fees.conf", "s/\"S21\"/\"S99\"/", "no service \"S99\"" },
	{ "catalogue/fees.conf", "s/ amount = \"29.00\";//", "\"note_de\" is missing" },
	{ "catalogue/retention.conf", "s/\"draft\"/\"drafts\"/",
	  "the class \"draft\" is missing" },
	{ "catalogue/retention.conf", "s/\"saved\"/\"visit\"/", "cannot start with \"visit\"" },
	{ "catalogue/retention.conf", "s/\"contact\"/\"saved\"/", "cannot start with \"saved\"" },
	{ "texts/ar.conf", "/\tleave = /,/;/d", "\"leave\" is missing" },
	{ "texts/tr.conf", "s/{day}/{date}/", "{day} must stand in this text" },
	{ "texts/de.conf", "s/Ihre Nummer: /Ihre {Nummer} /", "{ } stands here too often" },
	{ "texts/fr.conf", "s/\"ltr\"/\"left\"/", "\"direction\" is one of" },
	{ "texts/uk.conf", "s/\"uk\"/\"xx\"/", "no language \"xx\"" },
	{ "texts/ti.conf", "s/\"ti\"/\"fr\"/", "\"fr\" has a file already" },
	{ "texts/prs.conf", "s/checked = false/checked = 0/", "must be true or false" },
	{ "texts/en.conf", "s/\tbring = /\tbrings = /", "nobody knows \"brings\"" },
	{ "../forms/counselling.form", "s/type = \"yes_no\"/type = \"perhaps\"/",
	  "counselling.form:" },
};

/* The sentence names file and line, and the office stays as it was. */
START_TEST(mistakes_name_file_and_line)
{
	const char *name = strrchr(mistakes[_i].file, '/') + 1, *at;
	int events;

	office_copy();
	copy_data();
	events = count("SELECT count(*) FROM event");
	ck_assert_int_eq(load_after(mistakes[_i].file, mistakes[_i].edit), 65);
	at = strstr(said, name);
	ck_assert_msg(at && at[strlen(name)] == ':' && atoi(at + strlen(name) + 1) > 0, "%s", said);
	ck_assert_msg(strstr(said, mistakes[_i].sentence), "%s", said);
	ck_assert_int_eq(count("SELECT count(*) FROM event"), events);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

Suite *suite_catalogue(void);

Suite *
suite_catalogue(void)
{
	Suite *s = suite_create("catalogue");
	TCase *t = tcase_create("catalogue");

	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, everything_is_there);
	tcase_add_test(t, includes_are_resolved);
	tcase_add_test(t, only_holidays_of_our_land_count);
	tcase_add_test(t, loading_again_changes_nothing);
	tcase_add_test(t, what_is_frequent_may_change);
	tcase_add_test(t, a_change_of_law_is_a_new_row);
	tcase_add_test(t, a_task_may_be_for_a_unit_switched_off);
	tcase_add_test(t, a_form_in_use_never_changes);
	tcase_add_test(t, a_further_language_needs_no_programmer);
	tcase_add_test(t, papers_without_words_are_told);
	tcase_add_test(t, a_form_is_held_against_a_catalogue);
	tcase_add_test(t, a_rule_that_stops_is_held_against_the_unit_of_the_service);
	tcase_add_test(t, an_old_form_is_compared_as_it_was);
	tcase_add_loop_test(t, mistakes_name_file_and_line, 0, COUNT_OF(mistakes));
	suite_add_tcase(s, t);
	return s;
}
