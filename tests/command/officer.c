/*
 * officer.c - what the data protection officer hands a person of what the office
 * holds (Art. 15 DSGVO), that it opens no file to them, and of which emergency
 * they and others are told.
 */
#include "harness_family.h"

#include <stdlib.h>
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
	/* nor keeps one without saying why */
	desk_refused(dpo, "INVALID", "retention.hold", "{s:I, s:s, s:s}", "case", id, "reason", " ",
	    "until", "2027-01-01");
	desk_close(front);
	desk_close(soc);
	desk_close(dpo);
	office_sound(o);
	office_free(o);
}
END_TEST

/* What somebody has answered is theirs, whatever its field is called. */
START_TEST(answers_are_left_as_they_are)
{
	struct office *o = office_new();
	struct desk *ben = desk_open(o, "ben1"), *dpo = desk_open(o, "dpo1");
	int64_t person = a_person(ben, "Haddad");
	json_t *r;

	desk_do(ben, "case.open", "{s:I, s:s, s:{s:s}}", "person", person, "service", "S37", "form",
	    "answer_by", "2026-12-01");
	r = desk_do(dpo, "person.export", "{s:I}", "id", person);
	ck_assert_str_eq(str(r, "package.person.cases.0.answers.answer_by"), "2026-12-01");
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "Landlord waits until: "));
	desk_close(ben);
	desk_close(dpo);
	office_free(o);
}
END_TEST

/* Whose restriction is over answers for it no more, and is told of nothing. */
START_TEST(an_emergency_is_told_to_whom_it_concerns)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *super = desk_open(o, "super1");
	struct desk *dpo = desk_open(o, "dpo1");
	int64_t person = a_person(front, "Weidenau");

	desk_do(super, "person.reserve", "{s:I, s:s, s:s, s:s}", "id", person, "staff", "res1",
	    "reason", "as she asked", "until", "2026-12-31");
	office_clock(o, "2027-01-04T09:00:00Z");
	desk_do(front, "person.emergency", "{s:I, s:s}", "id", person, "reason",
	    "a child is missing since noon");
	ck_assert(json_is_null(at(desk_do(dpo, "emergency.list", NULL),
	    "emergencies.0.units_label")));
	ck_assert_uint_eq(json_array_size(at(desk_do(super, "emergency.list", NULL),
	    "emergencies")), 0);
	desk_close(front);
	desk_close(super);
	desk_close(dpo);
	office_free(o);
}
END_TEST

/* A case of Rania's that names her daughter, first by her record, then by no record. */
static void
asks_for_lina(struct family *f)
{
	struct desk *ben = desk_open(f->office, "ben1");
	int64_t id = num(desk_do(ben, "case.open", "{s:I, s:s}", "person", f->rania, "service", "S16"),
	    "case.id");
	char rows[160];

	desk_do(ben, "case.claim", "{s:I}", "id", id);
	snprintf(rows, sizeof(rows), "[{\"name\":\"our child\",\"born\":\"2018-06-01\",\"child\":"
	    "\"%d\"}]", (int)f->lina);
	desk_do(ben, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "children", rows);
	desk_do(ben, "case.answer", "{s:I, s:{s:s}, s:s}", "id", id, "answers", "children",
	    "[{\"name\":\"our child\",\"born\":\"2018-06-02\"}]", "reason", "another day");
	desk_do(ben, "case.answer", "{s:I, s:{s:s}, s:s}", "id", id, "answers", "children", rows,
	    "reason", "it was right");
	desk_close(ben);
}

/* And one whose decision waited for a second person. */
static void
is_refused(struct family *f)
{
	int64_t id = num(desk_do(f->res, "case.open", "{s:I, s:s}", "person", f->rania, "service",
	    "S01"), "case.id");

	desk_do(f->res, "case.claim", "{s:I}", "id", id);
	desk_do(f->res, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "refused", "reason",
	    "no claim");
	desk_do(f->res, "case.withdraw", "{s:I}", "id", id);
}

static void
is_kept_from_most(struct family *f)
{
	struct desk *super = desk_open(f->office, "super1");
	json_t *r = desk_do(super, "person.reserve", "{s:I, s:s, s:s}", "id", f->rania, "staff",
	    "res1,super1", "reason", "as she asked");

	desk_do(super, "restriction.end", "{s:I, s:s}", "id", num(r, "restriction.id"), "reason",
	    "as she asked");
	desk_close(super);
}

/* Neither in what is printed nor in the data beside it, wherever a shape may have put it. */
START_TEST(the_package_names_nobody_else)
{
	static const char *const others[] = { "Sami", "Lina", "Mia", "Amal", "Qureshi", "QURESHI", "Demir",
		"Lindqvist", "Okafor", "res1", "ben1", "super1" };
	struct family f = a_family();
	struct desk *dpo = desk_open(f.office, "dpo1");
	const char *number, *text;
	json_t *r;

	desk_do(f.res, "person.parent", "{s:I, s:I, s:s}", "id", f.lina, "parent", f.rania, "kind",
	    "mother");
	desk_do(f.res, "person.parent", "{s:I, s:I, s:s}", "id", f.rania, "parent",
	    person_born(f.res, "Qureshi", "Amal", "1960"), "kind", "mother");
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", f.sami,
	    "from", "2026-11-01");
	desk_done_at(desk_ask_with(f.res, "household.birth", birth(&f, false, NULL)), __FILE__,
	    __LINE__);
	asks_for_lina(&f);
	is_refused(&f);
	is_kept_from_most(&f);
	r = desk_do(dpo, "person.export", "{s:I}", "id", f.rania);
	text = json_dumps(r, JSON_COMPACT);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		number = strstr(text, others[i]);
		ck_assert_msg(!number, "%s in: %.300s", others[i], number - 200 > text ? number - 200
		    : text);
	}
	/* all of it is there but for them */
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "our child"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "In the register: another person"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "  mother: another person\n"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "  child: another person\n"));
	free((char *)(uintptr_t)text);
	/* the office's own has them */
	r = desk_do(f.res, "person.export", "{s:I, s:s}", "id", f.rania, "for", "office");
	text = json_dumps(r, JSON_COMPACT);
	ck_assert_ptr_nonnull(strstr(text, "  child: HADDAD, Lina"));
	ck_assert_ptr_nonnull(strstr(text, "  mother: QURESHI, Amal"));
	free((char *)(uintptr_t)text);
	desk_close(dpo);
	family_done(&f);
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
	tcase_add_test(t, an_emergency_is_told_to_whom_it_concerns);
	tcase_add_test(t, answers_are_left_as_they_are);
	tcase_add_test(t, the_package_names_nobody_else);
	suite_add_tcase(s, t);
	return s;
}
