/*
 * radar.c - what ends by itself: terms are recorded and replace each other, the
 * radar shows them to those they concern, stage by stage as the clock goes on,
 * and knows whether somebody has started.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>

Suite *suite_radar(void);

/* The office opens on 2026-11-23. */
#define IN_8_WEEKS "2027-01-18"
#define IN_3_WEEKS "2026-12-14"
#define TOMORROW "2026-11-24"

static json_t *
term(struct desk *d, int64_t person, const char *kind, const char *ends)
{
	return desk_do(d, "person.term", "{s:I, s:s, s:s}", "id", (json_int_t)person, "kind",
	    kind, "ends", ends);
}

static int64_t
somebody(struct desk *d, const char *family, const char *kind, const char *ends)
{
	int64_t person = a_person(d, family);

	term(d, person, kind, ends);
	return person;
}

static void
passport(struct office *o, int64_t person, const char *ends)
{
	char sql[400];

	snprintf(sql, sizeof(sql), "INSERT INTO person_document (person_id, kind, number,"
	    " expires_day, checked) VALUES (%lld, 'passport', 'N%lld', '%s', 0) RETURNING id",
	    (long long)person, (long long)person, ends);
	office_number_of(o, sql);
}

static size_t
rows(struct desk *d)
{
	return json_array_size(at(desk_do(d, "person.radar", NULL), "radar"));
}

/* The family names of the list, a blank behind each. */
static const char *
names(json_t *result)
{
	static char all[400];
	json_t *row;
	size_t i;

	all[0] = '\0';
	json_array_foreach(at(result, "radar"), i, row) {
		const char *name = str(row, "person.name");

		strncat(all, name, strcspn(name, ","));
		strcat(all, " ");
	}
	return all;
}

START_TEST(the_shape_of_an_item)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	json_t *list, *row;

	somebody(d, "Haddad", "title", "2027-01-04");
	list = desk_do(d, "person.radar", NULL);
	keys_are(list, "radar next counts within kinds");
	row = at(list, "radar.0");
	keys_are(row, "source row person kind kind_label status status_label ends ends_label stage "
	    "stage_label started case unit unit_label service service_label why");
	ck_assert_str_eq(str(row, "why"), "ends in 6 weeks, nobody has started");
	ck_assert_str_eq(str(row, "stage_label"), "8 weeks");
	ck_assert_int_eq(num(row, "stage"), 8);
	ck_assert_str_eq(str(row, "unit"), "residence");
	ck_assert_str_eq(str(row, "service"), "S02");
	ck_assert(json_is_null(at(row, "case")));
	ck_assert_int_eq(num(list, "within"), 56);
	ck_assert_int_eq(num(list, "counts.nobody"), 1);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(the_clock_raises_items_stage_by_stage)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	static const struct { const char *now, *label, *ends; } days[] = {
		{ "2026-12-13T09:00:00Z", NULL, NULL },            /* 8 weeks and a day */
		{ "2026-12-14T09:00:00Z", "8 weeks", "ends in 8 weeks" },
		{ "2027-01-17T09:00:00Z", "8 weeks", "ends in 3 weeks" },
		{ "2027-01-18T09:00:00Z", "3 weeks", "ends in 3 weeks" },
		{ "2027-02-01T09:00:00Z", "last week", "ends in 7 days" },
		{ "2027-02-08T09:00:00Z", "last week", "ends today" },
		{ "2027-02-11T09:00:00Z", "over", "ended 3 days ago" },
		{ "2027-05-10T09:00:00Z", NULL, NULL },            /* more than 90 days */
	};

	somebody(d, "Haddad", "title", "2027-02-08");
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		json_t *list;

		office_clock(o, days[i].now);
		list = desk_do(d, "person.radar", NULL);
		ck_assert_uint_eq(json_array_size(at(list, "radar")), days[i].label ? 1 : 0);
		if (!days[i].label)
			continue;
		ck_assert_str_eq(str(list, "radar.0.stage_label"), days[i].label);
		ck_assert_str_eq(str(list, "radar.0.ends_label"), days[i].ends);
	}
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(nobody_has_started_comes_first)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	int64_t soon = somebody(d, "Soon", "title", TOMORROW), c;
	json_t *list;

	somebody(d, "Late", "title", IN_8_WEEKS);
	somebody(d, "Over", "toleration", "2026-11-20");
	ck_assert_str_eq(names(desk_do(d, "person.radar", NULL)), "OVER SOON LATE ");
	c = a_case(d, soon);
	list = desk_do(d, "person.radar", NULL);
	ck_assert_str_eq(names(list), "OVER LATE SOON ");
	ck_assert_int_eq(num(list, "counts.all"), 3);
	ck_assert_int_eq(num(list, "counts.nobody"), 2);
	ck_assert_int_eq(num(list, "counts.ended"), 1);
	ck_assert(json_is_true(at(list, "radar.2.started")));
	ck_assert_int_eq(num(list, "radar.2.case.id"), c);
	ck_assert_ptr_nonnull(strstr(str(list, "radar.2.why"), "ends tomorrow, case 2026-"));
	/* a case of another service is no start */
	desk_do(d, "case.open", "{s:I, s:s}", "person",
	    (json_int_t)num(list, "radar.0.person.id"), "service", "S12");
	ck_assert_str_eq(names(desk_do(d, "person.radar", NULL)), "OVER LATE SOON ");
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* The figure above the list comes from the cases, the rows from the terms. */
START_TEST(the_figures_are_those_of_the_list)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1"), *boss = desk_open(o, "super1");
	int64_t one = somebody(d, "Okonkwo", "title", IN_3_WEEKS), twice = a_person(d, "Adeyemi");
	int64_t merge, nobody = 0;
	json_t *r, *row;
	size_t i;

	desk_do(d, "person.document", "{s:I, s:s, s:s, s:s}", "id", one, "kind", "passport",
	    "number", "A1234567", "expires", IN_8_WEEKS);
	somebody(d, "Nwosu", "title", TOMORROW);
	merge = num(desk_do(d, "merge.propose", "{s:I, s:I, s:s}", "id", one, "with", twice,
	    "reason", "one passport"), "merge.id");
	/* two cases of the linked record, and one that renews nothing of this */
	desk_do(d, "case.open", "{s:I, s:s}", "person", twice, "service", "S02");
	desk_do(d, "case.open", "{s:I, s:s}", "person", one, "service", "S03");
	desk_do(d, "case.open", "{s:I, s:s}", "person", one, "service", "S20");
	desk_do(boss, "merge.approve", "{s:I}", "id", merge);
	r = desk_do(d, "person.radar", NULL);
	json_array_foreach(at(r, "radar"), i, row)
		nobody += json_is_false(at(row, "started"));
	ck_assert_int_eq(num(r, "counts.all"), (int64_t)json_array_size(at(r, "radar")));
	ck_assert_int_eq(num(r, "counts.all"), 3);
	ck_assert_int_eq(num(r, "counts.nobody"), nobody);
	ck_assert_int_eq(nobody, 2);
	desk_close(d);
	desk_close(boss);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(a_new_term_replaces_the_old_one)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	int64_t person = somebody(d, "Haddad", "toleration", IN_3_WEEKS);
	json_t *result;

	ck_assert_uint_eq(rows(d), 1);
	result = term(d, person, "title", "2029-11-22");
	keys_are(result, "term terms");
	keys_are(at(result, "term"), "row kind kind_label status status_label from ends source "
	    "ended why");
	ck_assert_str_eq(str(result, "terms.0.kind"), "title");
	ck_assert_str_eq(str(result, "terms.1.ended"), "2026-11-23");
	ck_assert_str_eq(str(result, "terms.1.why"), "replaced or withdrawn");
	ck_assert_uint_eq(rows(d), 0);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(a_term_is_mended_and_ended)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	int64_t person = a_person(d, "Haddad"), row;
	json_t *result = desk_do(d, "person.term", "{s:I, s:s, s:s, s:s, s:s}", "id",
	    (json_int_t)person, "kind", "title", "status", "AE25_2", "from", "2023-11-23",
	    "ends", "2026-12-24");

	row = num(result, "term.row");
	ck_assert_str_eq(str(result, "term.status_label"),
	    "Residence permit, refugee or subsidiary protection");
	desk_do(d, "person.term", "{s:I, s:I, s:s}", "id", (json_int_t)person, "row",
	    (json_int_t)row, "ends", "2026-12-04");
	result = desk_do(d, "person.terms", "{s:I}", "id", (json_int_t)person);
	ck_assert_str_eq(str(result, "terms.0.ends"), "2026-12-04");
	ck_assert_str_eq(str(result, "terms.0.from"), "2023-11-23");
	desk_do(d, "person.term_end", "{s:I, s:I}", "id", (json_int_t)person, "row",
	    (json_int_t)row);
	ck_assert_uint_eq(rows(d), 0);
	desk_refused(d, "CONFLICT", "person.term_end", "{s:I, s:I}", "id", (json_int_t)person,
	    "row", (json_int_t)row);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	json_int_t person = a_person(d, "Haddad");

	desk_refused(d, "INVALID", "person.term", "{s:I}", "id", person);
	desk_refused(d, "INVALID", "person.term", "{s:I, s:s}", "id", person, "kind", "passport");
	desk_refused(d, "INVALID", "person.term", "{s:I, s:s, s:s}", "id", person, "kind", "title",
	    "status", "XX");
	desk_refused(d, "INVALID", "person.term", "{s:I, s:s, s:s, s:s}", "id", person, "kind",
	    "title", "from", "2026-12-02", "ends", "2026-12-01");
	desk_refused(d, "NOT_FOUND", "person.term", "{s:i, s:s}", "id", 4711, "kind", "title");
	desk_refused(d, "NOT_FOUND", "person.term", "{s:I, s:i}", "id", person, "row", 99);
	desk_refused(d, "INVALID", "person.radar", "{s:s}", "unit", "moon");
	desk_refused(d, "INVALID", "person.radar", "{s:s}", "kind", "benefit");
	desk_refused(d, "INVALID", "person.radar", "{s:i}", "within", -1);
	desk_refused(d, "INVALID", "person.radar", "{s:s}", "after", "0.1.1");
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person_term"), 0);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Titles are for residence and reception, periods of benefits for benefits. */
static const struct {
	const char *login, *sees, *terms; /* the kinds, a blank behind each */
} readers[] = {
	{ "res1", "title passport ", "title " }, { "front1", "title passport ", "title " },
	{ "ben1", "benefit ", "benefit " }, { "soc1", "", "" },
	{ "super1", "title passport benefit ", "benefit title " },
};

START_TEST(each_unit_sees_its_kinds)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *ben = desk_open(o, "ben1"), *d;
	int64_t person = somebody(res, "Haddad", "title", TOMORROW);
	char kinds[100] = "";
	json_t *row, *list;
	size_t i;

	passport(o, person, "2026-12-01");
	term(ben, person, "benefit", "2026-12-31");
	desk_refused(ben, "INVALID", "person.term", "{s:I, s:s}", "id", (json_int_t)person, "kind",
	    "title");
	/* nor can they mend what they do not see */
	desk_refused(ben, "NOT_FOUND", "person.term", "{s:I, s:i, s:s}", "id", (json_int_t)person,
	    "row", 1, "ends", "2030-01-01");
	d = desk_open(o, readers[_i].login);
	list = desk_do(d, "person.radar", NULL);
	json_array_foreach(at(list, "radar"), i, row) {
		strcat(kinds, str(row, "kind"));
		strcat(kinds, " ");
	}
	ck_assert_str_eq(kinds, readers[_i].sees);
	ck_assert_int_eq(num(list, "counts.all"), (json_int_t)i);
	/* nor does the record tell more */
	list = desk_do(d, "person.show", "{s:I}", "id", (json_int_t)person);
	kinds[0] = '\0';
	json_array_foreach(at(list, "person.terms"), i, row) {
		strcat(kinds, str(row, "kind"));
		strcat(kinds, " ");
	}
	ck_assert_str_eq(kinds, readers[_i].terms);
	desk_close(d);
	desk_close(res);
	desk_close(ben);
	office_free(o);
}
END_TEST

START_TEST(figures_only_see_nobody)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "steer1");

	desk_refused(d, "DENIED", "person.radar", NULL);
	desk_refused(d, "DENIED", "person.terms", "{s:i}", "id", 1);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Page by page the same as at once, each row once: terms and papers of one
 * day, started or not. */
START_TEST(pages_join_without_gap)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	/* nobody like another: such a one would be asked about */
	static const char *const families[] = {
		"Haddad", "Nguyen", "Petrov", "Okafor", "Schmidt", "Tesfay", "Kowalska", "Ibarra",
		"Lindqvist", "Demir", "Zhou", "Bamba",
	};
	char whole[400], pages[400] = "", next[80] = "";
	bool more = true;

	for (int i = 0; i < 12; i++) {
		int64_t person = somebody(d, families[i], i % 2 ? "title" : "toleration",
		    i < 8 ? IN_3_WEEKS : IN_8_WEEKS);

		if (i % 3 == 0)
			passport(o, person, IN_3_WEEKS);
		if (i % 4 == 1)
			a_case(d, person);
	}
	snprintf(whole, sizeof(whole), "%s", names(desk_do(d, "person.radar", NULL)));
	while (more) {
		json_t *list = *next ? desk_do(d, "person.radar", "{s:i, s:s}", "limit", 3,
		    "after", next) : desk_do(d, "person.radar", "{s:i}", "limit", 3);

		strcat(pages, names(list));
		more = json_is_string(at(list, "next"));
		if (more)
			snprintf(next, sizeof(next), "%s", str(list, "next"));
	}
	ck_assert_str_eq(pages, whole);
	ck_assert_uint_eq(rows(d), 16);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(within_and_kind_narrow_it)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");

	somebody(d, "Soon", "title", TOMORROW);
	somebody(d, "Mid", "toleration", IN_3_WEEKS);
	somebody(d, "Far", "title", "2027-06-01");
	ck_assert_str_eq(names(desk_do(d, "person.radar", "{s:i}", "within", 7)), "SOON ");
	ck_assert_str_eq(names(desk_do(d, "person.radar", "{s:i}", "within", 365)),
	    "SOON MID FAR ");
	ck_assert_str_eq(names(desk_do(d, "person.radar", "{s:s}", "kind", "toleration")), "MID ");
	ck_assert_str_eq(names(desk_do(d, "person.radar", "{s:s}", "unit", "residence")),
	    "SOON MID ");
	desk_close(d);
	office_free(o);
}
END_TEST

/* The person themselves is told all of it, whoever prints it. */
START_TEST(the_data_package_is_whole)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *ben = desk_open(o, "ben1");
	int64_t person = somebody(res, "Haddad", "title", TOMORROW);
	json_t *result;

	term(ben, person, "benefit", "2026-12-31");
	result = desk_do(res, "person.export", "{s:I}", "id", (json_int_t)person);
	ck_assert_ptr_nonnull(strstr(str(result, "text"), "Benefit period,  – 2026-12-31"));
	desk_close(res);
	desk_close(ben);
	office_free(o);
}
END_TEST

START_TEST(others_learn_of_it_at_once)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1"), *other = desk_open(o, "front1");
	int64_t person = a_person(d, "Haddad");

	rows(other);
	term(d, person, "title", TOMORROW);
	desk_await_news(other, "person", DEADLINE_MS);
	ck_assert_uint_eq(rows(other), 1);
	desk_close(d);
	desk_close(other);
	office_free(o);
}
END_TEST

Suite *
suite_radar(void)
{
	Suite *s = suite_create("radar");
	TCase *t = tcase_create("radar");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, the_shape_of_an_item);
	tcase_add_test(t, the_clock_raises_items_stage_by_stage);
	tcase_add_test(t, nobody_has_started_comes_first);
	tcase_add_test(t, the_figures_are_those_of_the_list);
	tcase_add_test(t, a_new_term_replaces_the_old_one);
	tcase_add_test(t, a_term_is_mended_and_ended);
	tcase_add_test(t, what_makes_no_sense_is_refused);
	tcase_add_loop_test(t, each_unit_sees_its_kinds, 0,
	    (int)(sizeof(readers) / sizeof(readers[0])));
	tcase_add_test(t, figures_only_see_nobody);
	tcase_add_test(t, pages_join_without_gap);
	tcase_add_test(t, within_and_kind_narrow_it);
	tcase_add_test(t, the_data_package_is_whole);
	tcase_add_test(t, others_learn_of_it_at_once);
	suite_add_tcase(s, t);
	return s;
}
