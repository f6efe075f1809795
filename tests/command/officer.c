/*
 * officer.c - what the data protection officer hands a person of what the office
 * holds (Art. 15 DSGVO), and that it opens no file to them.
 */
#include "harness_desk.h"

#include <string.h>

START_TEST(the_officer_writes_what_open_units_hold)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *soc = desk_open(o, "soc1");
	struct desk *dpo = desk_open(o, "dpo1");
	int64_t person = a_person(front, "Haddad"), id = a_case(front, person);
	const char *text;
	json_t *r;

	desk_do(front, "case.note", "{s:I, s:s}", "id", id, "text", "brings it on Thursday");
	desk_do(soc, "case.open", "{s:I, s:s}", "person", person, "service", "S20");
	/* whatever it is asked for: without other people and names of staff */
	r = desk_do(dpo, "person.export", "{s:I, s:s}", "id", person, "for", "office");
	text = str(r, "text");
	ck_assert_uint_eq(json_array_size(at(r, "package.person.cases")), 1);
	ck_assert_ptr_nonnull(strstr(text, "brings it on Thursday"));
	ck_assert_msg(!strstr(text, "Okafor") && !strstr(text, "Amani"), "%s", text);
	ck_assert_ptr_null(strstr(text, "ocial work"));
	desk_refused(dpo, "DENIED", "person.show", "{s:I}", "id", person);
	desk_refused(dpo, "DENIED", "case.show", "{s:I}", "id", id);
	desk_refused(dpo, "DENIED", "case.list", "{}");
	desk_close(front);
	desk_close(soc);
	desk_close(dpo);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_officer(void);

Suite *
suite_officer(void)
{
	Suite *s = suite_create("officer");
	TCase *t = tcase_create("officer");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, the_officer_writes_what_open_units_hold);
	suite_add_tcase(s, t);
	return s;
}
