/*
 * form.c - forms in an office: which version a case gets and keeps, code lists
 * of fields, what tresen-admin form says and refuses.
 */
#include "harness_form.h"

#include <string.h>

/* ---- code lists ---- */

START_TEST(a_list_is_offered_kept_and_refused)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", "") ", " ENTRY("b", ""))), 0);
	ck_assert_msg(publish(FORM("1", SCHOOL, "")) == 0, "%s", said);
	r = desk_do(res, "form.show", "{s:s}", "key", "try");
	ck_assert_str_eq(str(r, "form.lists.0.name"), "try_schools");
	ck_assert_int_eq(num(r, "form.lists.0.version"), 1);
	ck_assert_ptr_nonnull(strstr(str(r, "form.lists.0.source"), "School a"));
	r = desk_refused_at(open_with(res, "{\"school\":\"z\"}"), "INVALID", __FILE__, __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "school");
	id = opened(res, "{\"school\":\"b\"}");
	/* what is withdrawn stays readable where it was chosen */
	ck_assert_int_eq(load_schools(SCHOOLS("2", ENTRY("a", "") ", "
	    ENTRY("b", "withdrawn = true;"))), 0);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.school"), "b");
	desk_close(res);
}
END_TEST

START_TEST(a_list_loses_no_entry_and_changes_no_version)
{
	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", "") ", " ENTRY("b", ""))), 0);
	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", "") ", " ENTRY("c", ""))), 65);
	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", "") ", " ENTRY("b", "") ", "
	    ENTRY("c", ""))), 1);
	ck_assert_ptr_nonnull(strstr(said, "another text"));
	ck_assert_int_eq(load_schools(SCHOOLS("2", ENTRY("a", ""))), 65);
	ck_assert_ptr_nonnull(strstr(said, "the entry \"b\" of version 1 is gone"));
	ck_assert_int_eq(load_schools("name = \"school\"; version = 1; entries = ( "
	    ENTRY("a", "") " );"), 65);
	ck_assert_ptr_nonnull(strstr(said, "Call the file school.conf"));
	ck_assert_int_eq(office_number_of(form_office, "SELECT count(*) FROM form_list"
	    " WHERE name = 'try_schools'"), 1);
}
END_TEST

/* ---- publishing ---- */

START_TEST(a_version_is_published_once)
{
	ck_assert_msg(publish(FORM("1", RENT, "")) == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "try version 1 is published"));
	ck_assert_int_eq(publish(FORM("1", RENT, "")), 0);
	ck_assert_ptr_nonnull(strstr(said, "was published before"));
	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 1);
	ck_assert_ptr_nonnull(strstr(said, "in use with another text"));
	ck_assert_int_eq(publish(FORM("3", RENT ", " NOTE, "")), 0);
	ck_assert_ptr_nonnull(strstr(said, "note"));
	ck_assert_int_eq(publish(FORM("2", RENT, "")), 1);
	ck_assert_ptr_nonnull(strstr(said, "has version 3 of try already"));
	ck_assert_int_eq(office_number_of(form_office, "SELECT count(*) FROM form_edition"
	    " WHERE key = 'try' AND length(digest) = 64 AND published_by <> ''"), 2);
	ck_assert_int_eq(admin("form %s list try", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "published"));
}
END_TEST

/* How long cases are kept: the class of the form is that of its services. */
START_TEST(a_form_gives_its_services_a_class_of_retention)
{
	ck_assert_int_eq(publish(FORM("1", RENT, "retention = \"attic\";")), 65);
	ck_assert_ptr_nonnull(strstr(said, "no class of retention \"attic\""));
	ck_assert_int_eq(publish(FORM("1", RENT, "retention = \"complaints\";")), 0);
	ck_assert_int_eq(office_number_of(form_office, "SELECT count(*) FROM retention_service"
	    " WHERE service = 'S90' AND class = 'complaints'"), 1);
	ck_assert_int_eq(publish(FORM("2", RENT, "retention = \"office\";")), 65);
	ck_assert_ptr_nonnull(strstr(said, "retention.conf keeps cases of the service \"S90\" as "
	    "\"complaints\", not as \"office\""));
}
END_TEST

START_TEST(a_red_or_foreign_form_is_refused)
{
	int64_t events = office_number_of(form_office, "SELECT count(*) FROM event");

	ck_assert_int_eq(publish(FORM("1", RENT, "examples = ( { name = \"red\";"
	    " given = { }; visible = [ ]; hidden = [ \"rent\" ]; } );")), 65);
	ck_assert_ptr_nonnull(strstr(said, "example \"red\""));
	ck_assert_ptr_nonnull(strstr(said, "was not published"));
	ck_assert_int_eq(publish(FORM("1", SCHOOL, "")), 65);
	ck_assert_ptr_nonnull(strstr(said, "no code list \"try_schools\""));
	ck_assert_int_eq(publish(FORM("1", RENT, "state = \"withdrawn\";")), 65);
	ck_assert_int_eq(publish_edited("s/S90/S99/; /withdrawn/d", "--dry-run"), 65);
	ck_assert_int_eq(publish_edited("", ""), 65);
	ck_assert_ptr_nonnull(strstr(said, "try.form:2: the office has no service \"S99\""));
	ck_assert_int_eq(publish_edited("s/S99/S02/", ""), 65);
	ck_assert_ptr_nonnull(strstr(said, "\"S02\" has the form \"residence_extend\""));
	ck_assert_int_eq(publish_edited("s/S02/S90/", "--dry-run"), 0);
	ck_assert_ptr_nonnull(strstr(said, "nothing was written"));
	ck_assert_int_eq(publish(FORM("1", RENT, "route = ( { unit = \"vet\"; } );\n"
	    "documents = ( { key = \"LEASH\"; }, { list = \"DOGS\"; } );")), 65);
	ck_assert_ptr_nonnull(strstr(said, "try.form:6: no unit \"vet\""));
	ck_assert_ptr_nonnull(strstr(said, "try.form:7: the office has no paper \"LEASH\""));
	ck_assert_ptr_nonnull(strstr(said, "try.form:7: the office has no checklist \"DOGS\""));
	ck_assert_int_eq(office_number_of(form_office, "SELECT count(*) FROM event"), events);
}
END_TEST

static json_t *
open_asked(struct desk *d, const char *answers, int version)
{
	return desk_ask(d, "case.open", "{s:I, s:s, s:o, s:i}", "person", a_person(d, "Haddad"),
	    "service", "S90", "form", json_loads(answers, 0, NULL), "form_version", version);
}

/* Whoever has asked already is not made to ask again, unless it is void. */
START_TEST(a_version_comes_while_somebody_types)
{
	struct desk *res = desk_open(form_office, "res1");
	int64_t id;

	ck_assert_int_eq(publish(FORM("1", RENT, "")), 0);
	ck_assert_int_eq(publish(FORM("2", NOTE, "")), 0);
	id = num(desk_done_at(open_asked(res, "{\"rent\":\"50000\"}", 1), __FILE__, __LINE__),
	    "case.id");
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", id), "case.form.version"), 1);
	desk_refused_at(open_asked(res, "{\"rent\":\"50000\"}", 2), "INVALID", __FILE__, __LINE__);
	desk_refused_at(open_asked(res, "{}", 7), "INVALID", __FILE__, __LINE__);
	ck_assert_int_eq(admin("form %s withdraw try 1", office_db(form_office)), 0);
	ck_assert_str_eq(str(desk_refused_at(open_asked(res, "{\"rent\":\"50000\"}", 1), "INVALID",
	    __FILE__, __LINE__), "data.field"), "form_version");
	desk_close(res);
}
END_TEST

/* A new case gets the newest that is in force; a case keeps what it was asked. */
START_TEST(a_case_keeps_its_version)
{
	struct desk *res = desk_open(form_office, "res1");
	int64_t first, second;

	ck_assert_int_eq(publish(FORM("1", RENT, "")), 0);
	first = opened(res, "{\"rent\":\"50000\"}");
	ck_assert_int_eq(publish(FORM("2", NOTE, "")), 0);
	ck_assert_int_eq(publish_edited("s/version = 2/version = 3/; s/2026-01-01/2030-01-01/", ""),
	    0);
	second = opened(res, "{\"note\":\"x\"}");
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", first),
	    "case.form.version"), 1);
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", second),
	    "case.form.version"), 2);
	/* withdrawn: new cases get the one before, those that have it keep it */
	ck_assert_int_eq(admin("form %s withdraw try 2x", office_db(form_office)), 66);
	ck_assert_int_eq(admin("form %s withdraw try 2", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "New cases get version 1."));
	desk_refused_at(open_with(res, "{\"note\":\"x\"}"), "INVALID", __FILE__, __LINE__);
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", second),
	    "case.form.version"), 2);
	ck_assert_int_eq(admin("form %s withdraw try 2", office_db(form_office)), 66);
	desk_close(res);
}
END_TEST

START_TEST(usage_counts_answers_by_version)
{
	struct desk *res = desk_open(form_office, "res1");

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	opened(res, "{\"rent\":\"50000\"}");
	opened(res, "{}");
	ck_assert_int_eq(admin("form %s usage try", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "try version 1, cases: 2"));
	ck_assert_ptr_nonnull(strstr(said, "1   50 %  rent"));
	ck_assert_ptr_nonnull(strstr(said, "0    0 %  note"));
	desk_close(res);
}
END_TEST

START_TEST(cases_go_on_to_a_new_version)
{
	struct desk *res = desk_open(form_office, "res1");
	int64_t id, done;
	json_t *r;

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	id = opened(res, "{\"rent\":\"50000\",\"note\":\"x\"}");
	done = opened(res, "{\"rent\":\"40000\"}");
	desk_do(res, "case.claim", "{s:I}", "id", done);
	desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", done, "result", "withdrawn", "reason",
	    "moved away");
	ck_assert_msg(publish(NEXT) == 0, "%s", said);
	ck_assert_int_eq(admin("form %s migrate try --dry-run", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "1 undecided cases would go on"));
	ck_assert_ptr_nonnull(strstr(said, "1  pets"));
	ck_assert_ptr_nonnull(strstr(said, "1  note"));
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", id), "case.form.version"), 1);
	ck_assert_int_eq(admin("form %s migrate try", office_db(form_office)), 0);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_int_eq(num(r, "case.form.version"), 2);
	ck_assert_str_eq(str(r, "case.answers.warm"), "50000");
	ck_assert_ptr_null(json_object_get(at(r, "case.answers"), "note"));
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", done),
	    "case.form.version"), 1);
	ck_assert_int_eq(office_number_of(form_office, "SELECT count(*) FROM event"
	    " WHERE command = 'form.migrate' AND staff_id IS NULL AND length(changeset) > 0"), 1);
	/* once is enough */
	ck_assert_int_eq(admin("form %s migrate try", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "0 undecided cases"));
	desk_close(res);
}
END_TEST

/* Versions that a case never had are on its way to the newest all the same,
 * those withdrawn meanwhile too. */
START_TEST(cases_go_on_through_versions)
{
	struct desk *res = desk_open(form_office, "res1");
	int64_t id;
	json_t *r;

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	id = opened(res, "{\"rent\":\"50000\",\"note\":\"x\"}");
	ck_assert_msg(publish(NEXT) == 0, "%s", said);
	ck_assert_msg(publish(FORM("3", FIELD("cost", "type = \"money\";") ", "
	    FIELD("pets", "type = \"yes_no\";"), "migrate = ( { from = 2; rename = ( { old = "
	    "\"warm\"; new = \"cost\"; } ); } );")) == 0, "%s", said);
	ck_assert_int_eq(admin("form %s withdraw try 2", office_db(form_office)), 0);
	ck_assert_int_eq(admin("form %s migrate try --dry-run", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "version 3: 1 undecided cases would go on"));
	ck_assert_ptr_nonnull(strstr(said, "1  pets"));
	ck_assert_ptr_nonnull(strstr(said, "1  note"));
	ck_assert_int_eq(admin("form %s migrate try", office_db(form_office)), 0);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_int_eq(num(r, "case.form.version"), 3);
	ck_assert_str_eq(str(r, "case.answers.cost"), "50000");
	ck_assert_str_eq(str(r, "case.form.ask.0"), "pets");
	/* where nobody says how, cases stay, and why is said */
	ck_assert_msg(publish(FORM("5", NOTE, "migrate = ( { from = 4; } );")) == 0, "%s", said);
	ck_assert_int_eq(admin("form %s migrate try", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "1  no version says how to move from version 3 to "
	    "version 5"));
	desk_close(res);
}
END_TEST

/* ---- an office of the time before ---- */

/* A file of schema 4 had forms without versions of the office. */
START_TEST(migrate_brings_forms_along)
{
	struct desk *res;

	snprintf(office, 4096, "%s", office_db(form_office));
	sql("DROP TRIGGER form_remains; DELETE FROM form_edition;"
	    " DELETE FROM form WHERE key = 'settlement'");
	ck_assert_int_eq(admin("migrate %s", office_db(form_office)), 0);
	ck_assert_ptr_nonnull(strstr(said, "Forms in use that became versions of the office"));
	ck_assert_ptr_nonnull(strstr(said, "settlement version"));
	res = desk_open(form_office, "res1");
	desk_do(res, "form.show", "{s:s}", "key", "residence_extend");
	desk_do(res, "form.show", "{s:s}", "key", "settlement");
	desk_close(res);
}
END_TEST

static const struct { const char *words; int code; } wrong[] = {
	{ "", 64 }, { "publish", 64 }, { "drop try", 64 }, { "withdraw", 64 }, { "usage", 64 },
	{ "withdraw nothing", 66 }, { "migrate nothing", 66 }, { "publish /nowhere.form", 66 },
	{ "list a b", 64 }, { "usage nothing", 0 },
};

START_TEST(mistakes_of_the_verb_are_told)
{
	ck_assert_int_eq(admin("form %s %s", office_db(form_office), wrong[_i].words), wrong[_i].code);
	ck_assert_uint_gt(strlen(said), 20);
}
END_TEST

Suite *suite_form(void);

Suite *
suite_form(void)
{
	Suite *s = suite_create("form");
	TCase *t = tcase_create("form");

	tcase_add_checked_fixture(t, form_begin, form_end);
	tcase_add_test(t, a_list_is_offered_kept_and_refused);
	tcase_add_test(t, a_list_loses_no_entry_and_changes_no_version);
	tcase_add_test(t, a_version_is_published_once);
	tcase_add_test(t, a_form_gives_its_services_a_class_of_retention);
	tcase_add_test(t, a_red_or_foreign_form_is_refused);
	tcase_add_test(t, a_version_comes_while_somebody_types);
	tcase_add_test(t, a_case_keeps_its_version);
	tcase_add_test(t, usage_counts_answers_by_version);
	tcase_add_test(t, cases_go_on_to_a_new_version);
	tcase_add_test(t, cases_go_on_through_versions);
	tcase_add_loop_test(t, mistakes_of_the_verb_are_told, 0, COUNT_OF(wrong));
	suite_add_tcase(s, t);
	t = tcase_create("before");
	tcase_add_checked_fixture(t, form_begin, form_end_unsound);
	tcase_add_test(t, migrate_brings_forms_along);
	suite_add_tcase(s, t);
	return s;
}
