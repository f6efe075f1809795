/*
 * form.c - forms in an office: which version a case gets and keeps, code lists
 * of fields, what tresen-admin form says and refuses.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

/* ---- an office with a form of its own ---- */

static struct office *o;
static char *folder;

/* A service that no shipped form will ever take. */
static void
setup(void)
{
	o = office_new();
	folder = strdup(office_db(o));
	ck_assert_ptr_nonnull(folder);
	dirname(folder);
	shell("cd %s && cd $([ -d ../data ] && echo .. || echo ../..) && cp -r data forms %s",
	      program_folder(), folder);
	shell("cd %s/data/catalogue && mkdir -p lists && sed -i '$ d' services.conf &&"
	      " echo ', { code = \"S90\"; unit = \"residence\"; lane = \"back\";"
	      " letter = \"A\"; de = \"Probe\"; en = \"Trial\"; basis = \"§ 1\";"
	      " target_days = 5; valid_from = \"2020-01-01\"; } );' >> services.conf", folder);
	ck_assert_msg(admin("catalogue %s %s/data", office_db(o), folder) == 0, "%s", said);
}

static void
teardown(void)
{
	office_sound(o);
	office_free(o);
	free(folder);
}

/* For an office that was changed behind its events' back. */
static void
teardown_unsound(void)
{
	office_free(o);
	free(folder);
}

static void
write_file(const char *name, const char *text)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "we");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

#define NAMED(name) "{ de = \"" name "\"; en = \"" name "\"; };"
#define FIELD(key, more) \
	"{ key = \"" key "\"; label = " NAMED(key) " " more " }"
#define FORM(version, fields, more)                                             \
	"key = \"try\"; version = " version "; valid_from = \"2026-01-01\";\n"  \
	"services = [ \"S90\" ]; title = " NAMED("Try") "\n"                    \
	"sections = ( { key = \"one\"; title = " NAMED("One") " fields = (\n"   \
	fields "\n); } );\n" more "\n"

#define SCHOOL FIELD("school", "type = \"choice\"; list = \"try_schools\";")
#define SCHOOLS(version, entries)                                               \
	"name = \"try_schools\"; version = " version "; entries = ( " entries " );\n"
#define ENTRY(key, more) "{ key = \"" key "\"; label = " NAMED("School " key) " " more " }"

/* Loads a catalogue with this list of try_schools; the exit code. */
static int
load_schools(const char *source)
{
	write_file("data/catalogue/lists/try_schools.conf", source);
	return admin("catalogue %s %s/data", office_db(o), folder);
}

static int
publish(const char *source)
{
	write_file("try.form", source);
	return admin("form %s publish %s/try.form", office_db(o), folder);
}

static json_t *
open_with(struct desk *d, const char *answers)
{
	return desk_ask(d, "case.open", "{s:I, s:s, s:o}", "person", a_person(d, "Haddad"),
	    "service", "S90", "form", json_loads(answers, 0, NULL));
}

static int64_t
opened(struct desk *d, const char *answers)
{
	return num(desk_done_at(open_with(d, answers), __FILE__, __LINE__), "case.id");
}

/* ---- code lists ---- */

START_TEST(a_list_is_offered_kept_and_refused)
{
	struct desk *res = desk_open(o, "res1");
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
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM form_list"
	    " WHERE name = 'try_schools'"), 1);
}
END_TEST

/* ---- publishing ---- */

#define RENT FIELD("rent", "type = \"money\";")
#define NOTE FIELD("note", "type = \"text\";")

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
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM form_edition"
	    " WHERE key = 'try' AND length(digest) = 64 AND published_by <> ''"), 2);
	ck_assert_int_eq(admin("form %s list try", office_db(o)), 0);
	ck_assert_ptr_nonnull(strstr(said, "published"));
}
END_TEST

START_TEST(a_red_or_foreign_form_is_refused)
{
	int64_t events = office_number_of(o, "SELECT count(*) FROM event");

	ck_assert_int_eq(publish(FORM("1", RENT, "examples = ( { name = \"red\";"
	    " given = { }; visible = [ ]; hidden = [ \"rent\" ]; } );")), 65);
	ck_assert_ptr_nonnull(strstr(said, "example \"red\""));
	ck_assert_ptr_nonnull(strstr(said, "was not published"));
	ck_assert_int_eq(publish(FORM("1", SCHOOL, "")), 65);
	ck_assert_ptr_nonnull(strstr(said, "no code list \"try_schools\""));
	ck_assert_int_eq(publish(FORM("1", RENT, "state = \"withdrawn\";")), 65);
	write_file("try.form", FORM("1", RENT, ""));
	shell("sed -i s/S90/S99/ %s/try.form", folder);
	ck_assert_int_eq(admin("form %s publish %s/try.form", office_db(o), folder), 65);
	ck_assert_ptr_nonnull(strstr(said, "the service S99, which the office does not have"));
	shell("sed -i s/S99/S02/ %s/try.form", folder);
	ck_assert_int_eq(admin("form %s publish %s/try.form", office_db(o), folder), 65);
	ck_assert_ptr_nonnull(strstr(said, "S02 has the form residence_extend already"));
	write_file("try.form", FORM("1", RENT, ""));
	ck_assert_int_eq(admin("form %s publish %s/try.form --dry-run", office_db(o), folder), 0);
	ck_assert_ptr_nonnull(strstr(said, "nothing was written"));
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event"), events);
}
END_TEST

/* A new case gets the newest that is in force; a case keeps what it was asked. */
START_TEST(a_case_keeps_its_version)
{
	struct desk *res = desk_open(o, "res1");
	int64_t first, second;

	ck_assert_int_eq(publish(FORM("1", RENT, "")), 0);
	first = opened(res, "{\"rent\":\"50000\"}");
	ck_assert_int_eq(publish(FORM("2", NOTE, "")), 0);
	write_file("try.form", FORM("3", NOTE, ""));
	shell("sed -i s/2026-01-01/2030-01-01/ %s/try.form", folder);
	ck_assert_int_eq(admin("form %s publish %s/try.form", office_db(o), folder), 0);
	second = opened(res, "{\"note\":\"x\"}");
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", first),
	    "case.form.version"), 1);
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", second),
	    "case.form.version"), 2);
	/* withdrawn: new cases get the one before, those that have it keep it */
	ck_assert_int_eq(admin("form %s withdraw try 2", office_db(o)), 0);
	ck_assert_ptr_nonnull(strstr(said, "New cases get version 1."));
	desk_refused_at(open_with(res, "{\"note\":\"x\"}"), "INVALID", __FILE__, __LINE__);
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", second),
	    "case.form.version"), 2);
	ck_assert_int_eq(admin("form %s withdraw try 2", office_db(o)), 66);
	desk_close(res);
}
END_TEST

START_TEST(usage_counts_answers_by_version)
{
	struct desk *res = desk_open(o, "res1");

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	opened(res, "{\"rent\":\"50000\"}");
	opened(res, "{}");
	ck_assert_int_eq(admin("form %s usage try", office_db(o)), 0);
	ck_assert_ptr_nonnull(strstr(said, "try version 1, cases: 2"));
	ck_assert_ptr_nonnull(strstr(said, "1   50 %  rent"));
	ck_assert_ptr_nonnull(strstr(said, "0    0 %  note"));
	desk_close(res);
}
END_TEST

#define NEXT FORM("2", FIELD("warm", "type = \"money\";") ", " FIELD("pets", "type = \"yes_no\";"), \
	"migrate = ( { from = 1; rename = ( { old = \"rent\"; new = \"warm\"; } );" \
	" ask = [ \"pets\" ]; } );")

START_TEST(cases_go_on_to_a_new_version)
{
	struct desk *res = desk_open(o, "res1");
	int64_t id, done;
	json_t *r;

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	id = opened(res, "{\"rent\":\"50000\",\"note\":\"x\"}");
	done = opened(res, "{\"rent\":\"40000\"}");
	desk_do(res, "case.claim", "{s:I}", "id", done);
	desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", done, "result", "withdrawn", "reason",
	    "moved away");
	ck_assert_msg(publish(NEXT) == 0, "%s", said);
	ck_assert_int_eq(admin("form %s migrate try --dry-run", office_db(o)), 0);
	ck_assert_ptr_nonnull(strstr(said, "1 undecided cases would go on"));
	ck_assert_ptr_nonnull(strstr(said, "1  pets"));
	ck_assert_ptr_nonnull(strstr(said, "1  note"));
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", id), "case.form.version"), 1);
	ck_assert_int_eq(admin("form %s migrate try", office_db(o)), 0);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_int_eq(num(r, "case.form.version"), 2);
	ck_assert_str_eq(str(r, "case.answers.warm"), "50000");
	ck_assert_ptr_null(json_object_get(at(r, "case.answers"), "note"));
	ck_assert_int_eq(num(desk_do(res, "case.show", "{s:I}", "id", done),
	    "case.form.version"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event"
	    " WHERE command = 'form.migrate' AND staff_id IS NULL AND length(changeset) > 0"), 1);
	/* once is enough */
	ck_assert_int_eq(admin("form %s migrate try", office_db(o)), 0);
	ck_assert_ptr_nonnull(strstr(said, "0 undecided cases"));
	desk_close(res);
}
END_TEST

/* ---- an office of the time before ---- */

/* A file of schema 4 had forms without versions of the office. */
START_TEST(migrate_brings_forms_along)
{
	struct desk *res;

	snprintf(office, 4096, "%s", office_db(o));
	sql("DROP TRIGGER form_remains; DELETE FROM form_edition;"
	    " DELETE FROM form WHERE key = 'settlement'");
	ck_assert_int_eq(admin("migrate %s", office_db(o)), 0);
	ck_assert_ptr_nonnull(strstr(said, "Forms in use that became versions of the office"));
	ck_assert_ptr_nonnull(strstr(said, "settlement version"));
	res = desk_open(o, "res1");
	desk_do(res, "form.show", "{s:s}", "key", "residence_extend");
	desk_do(res, "form.show", "{s:s}", "key", "settlement");
	desk_close(res);
}
END_TEST

/* ---- what the engine judges ---- */

#define WARN(field, when) \
	FIELD(field, "type = \"money\"; rules = ( { warn = \"" when "\"; text = " \
	NAMED("Very high.") " } );")
#define BENEFITS FIELD("grant", "type = \"yes_no\"; owner = \"benefits\";")
#define SECRET FIELD("health", "type = \"text\"; confidential = true;")

START_TEST(a_field_belongs_to_its_unit)
{
	struct desk *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT ", " BENEFITS, "")) == 0, "%s", said);
	r = desk_refused_at(open_with(res, "{\"grant\":\"yes\"}"), "DENIED", __FILE__, __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "grant");
	id = opened(res, "{\"rent\":\"50000\"}");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_refused(res, "DENIED", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "grant", "no");
	ck_assert_str_eq(str(r, "data.field"), "grant");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent", "60000");
	desk_close(res);
}
END_TEST

/* What is warned of wants a reason once; it stays with the case. */
START_TEST(a_warning_wants_a_reason_that_stays)
{
	struct desk *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", WARN("rent", "rent > 1500") ", " NOTE, "")) == 0, "%s",
	    said);
	r = desk_refused_at(open_with(res, "{\"rent\":\"200000\"}"), "INVALID", __FILE__,
	    __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "reason");
	id = opened(res, "{\"rent\":\"100000\"}");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent",
	    "200000");
	desk_do(res, "case.answer", "{s:I, s:{s:s}, s:{s:s}}", "id", id, "answers", "rent",
	    "200000", "reasons", "rent", "seven people");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.reasons.rent"), "seven people");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "x");
	desk_do(res, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "benefits", "reason",
	    "papers come later");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.reasons.rent"), "seven people");
	desk_close(res);
}
END_TEST

START_TEST(confidential_answers_stay_with_the_unit)
{
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT ", " SECRET, "")) == 0, "%s", said);
	id = opened(front, "{\"rent\":\"50000\",\"health\":\"hard of hearing\"}");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.health"), "hard of hearing");
	desk_do(front, "handover.offer", "{s:I, s:s}", "case", id, "reason", "no papers");
	r = desk_do(res, "handover.list", NULL);
	desk_do(res, "handover.accept", "{s:I}", "id", num(r, "handovers.0.id"));
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.health"), "hard of hearing");
	ck_assert_uint_eq(json_array_size(at(r, "case.hidden")), 0);
	id = num(r, "case.id");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "known");
	/* it lies at the counter now, which reads the file to hand it out */
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.rent"), "50000");
	ck_assert_ptr_null(json_object_get(at(r, "case.answers"), "health"));
	ck_assert_str_eq(str(r, "case.hidden.0"), "health");
	desk_close(res);
	desk_close(front);
}
END_TEST

#define JOURNEY FIELD("journey", "type = \"date\"; when = \"future\";")

/* What lay ahead when it was said is over one day, and bars nothing then. */
START_TEST(a_day_to_come_may_pass)
{
	struct desk *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", JOURNEY ", " NOTE, "")) == 0, "%s", said);
	r = desk_refused_at(open_with(res, "{\"journey\":\"2026-11-22\"}"), "INVALID", __FILE__,
	    __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "journey");
	id = opened(res, "{\"journey\":\"2026-11-24\"}");
	office_clock(o, "2026-12-01T09:00:00Z");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "x");
	desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "journey", "2026-11-25");
	desk_close(res);
}
END_TEST

/* What is urgent gives the day, and takes it back. */
START_TEST(urgency_gives_the_day)
{
	struct desk *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT, "urgency = ( { when = \"rent > 500\";"
	    " level = \"urgent\"; due = \"add_workdays(today, 1)\"; } );")) == 0, "%s", said);
	id = opened(res, "{\"rent\":\"60000\"}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.due"), "2026-11-24");
	ck_assert_str_eq(str(r, "case.why"), "urgent, due tomorrow");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent", "100");
	ck_assert_str_eq(str(r, "case.due"), "2026-11-30");
	desk_close(res);
}
END_TEST

/* Without a receiver the case goes where its form says. */
START_TEST(the_form_says_the_way)
{
	struct desk *front = desk_open(o, "front1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT, "route = ( { when = \"rent > 500\";"
	    " unit = \"benefits\"; text = " NAMED("High rent") " } );")) == 0, "%s", said);
	id = opened(front, "{\"rent\":\"60000\"}");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.way.unit"), "benefits");
	ck_assert_str_eq(str(r, "case.way.why"), "High rent");
	r = desk_do(front, "handover.offer", "{s:I, s:s}", "case", id, "reason", "no papers");
	ck_assert_str_eq(str(r, "handover.to"), "benefits");
	id = opened(front, "{\"rent\":\"40000\"}");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.way.unit"), "residence");
	desk_close(front);
}
END_TEST

START_TEST(a_withdrawn_choice_is_not_chosen_anew)
{
	struct desk *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", "") ", " ENTRY("b", ""))), 0);
	ck_assert_msg(publish(FORM("1", SCHOOL ", " NOTE, "")) == 0, "%s", said);
	id = opened(res, "{\"school\":\"b\"}");
	ck_assert_int_eq(load_schools(SCHOOLS("2", ENTRY("a", "") ", "
	    ENTRY("b", "valid_until = \"2026-11-01\";"))), 0);
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "x");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "school", "a");
	r = desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "school", "b");
	ck_assert_str_eq(str(r, "data.field"), "school");
	desk_refused_at(open_with(res, "{\"school\":\"b\"}"), "INVALID", __FILE__, __LINE__);
	desk_close(res);
}
END_TEST

/* Who edits after a new version is told what is different in it, and what is
 * still to be asked once the case has gone on. */
START_TEST(a_newer_version_is_told)
{
	struct desk *res = desk_open(o, "res1");
	json_t *r;
	int64_t id;

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	id = opened(res, "{\"rent\":\"50000\"}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert(json_is_null(at(r, "case.form.newest")));
	ck_assert_msg(publish(NEXT) == 0, "%s", said);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_int_eq(num(r, "case.form.newest"), 2);
	ck_assert_ptr_nonnull(strstr(str(r, "case.form.difference"), "pets"));
	ck_assert_int_eq(admin("form %s migrate try", office_db(o)), 0);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert(json_is_null(at(r, "case.form.newest")));
	ck_assert_str_eq(str(r, "case.form.ask.0"), "pets");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "pets", "no");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "case.form.ask")), 0);
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
	ck_assert_int_eq(admin("form %s %s", office_db(o), wrong[_i].words), wrong[_i].code);
	ck_assert_uint_gt(strlen(said), 20);
}
END_TEST

Suite *suite_form(void);

Suite *
suite_form(void)
{
	Suite *s = suite_create("form");
	TCase *t = tcase_create("form");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_list_is_offered_kept_and_refused);
	tcase_add_test(t, a_list_loses_no_entry_and_changes_no_version);
	tcase_add_test(t, a_version_is_published_once);
	tcase_add_test(t, a_red_or_foreign_form_is_refused);
	tcase_add_test(t, a_case_keeps_its_version);
	tcase_add_test(t, usage_counts_answers_by_version);
	tcase_add_test(t, cases_go_on_to_a_new_version);
	tcase_add_test(t, a_field_belongs_to_its_unit);
	tcase_add_test(t, a_warning_wants_a_reason_that_stays);
	tcase_add_test(t, confidential_answers_stay_with_the_unit);
	tcase_add_test(t, the_form_says_the_way);
	tcase_add_test(t, a_day_to_come_may_pass);
	tcase_add_test(t, urgency_gives_the_day);
	tcase_add_test(t, a_withdrawn_choice_is_not_chosen_anew);
	tcase_add_test(t, a_newer_version_is_told);
	tcase_add_loop_test(t, mistakes_of_the_verb_are_told, 0, COUNT_OF(wrong));
	suite_add_tcase(s, t);
	t = tcase_create("before");
	tcase_add_checked_fixture(t, setup, teardown_unsound);
	tcase_add_test(t, migrate_brings_forms_along);
	suite_add_tcase(s, t);
	return s;
}
