/*
 * deputy.c - who acts for whom while they are away: the work, never the role,
 * until a day that comes by itself.
 */
#include "harness_desk.h"

#include <string.h>

struct pair {
	struct office *office;
	struct desk *absent, *deputy;    /* res1, res2 */
	int64_t file;            /* in work with res1 */
};

static struct pair
two_clerks(void)
{
	struct pair p = { .office = office_new() };

	p.absent = desk_open(p.office, "res1");
	p.deputy = desk_open(p.office, "res2");
	p.file = a_case(p.absent, a_person(p.absent, "Haddad"));
	desk_do(p.absent, "case.claim", "{s:I}", "id", p.file);
	return p;
}

static void
pair_done(struct pair *p)
{
	desk_close(p->absent);
	desk_close(p->deputy);
	office_sound(p->office);
	office_free(p->office);
}

static int64_t
away(struct pair *p)
{
	return num(desk_do(p->absent, "staff.delegate", "{s:s, s:s, s:s}", "to", "res2", "until",
	    "2026-11-27", "reason", "holiday"), "delegation.id");
}

START_TEST(a_deputy_does_the_work_and_it_stays_with_the_absent)
{
	struct pair p = two_clerks();
	json_t *r;

	desk_refused(p.deputy, "DENIED", "case.wait", "{s:I, s:s, s:s}", "id", p.file, "reason", "r",
	    "until", "2026-12-01");
	away(&p);
	r = desk_do(p.deputy, "case.list", "{s:s}", "owner", "me");
	ck_assert_uint_eq(json_array_size(at(r, "cases")), 1);
	ck_assert(json_is_true(at(r, "cases.0.deputed")));
	ck_assert_str_eq(str(r, "cases.0.owner"), "res1");
	ck_assert_int_eq(num(r, "counts.mine"), 1);
	r = desk_do(p.absent, "case.list", "{s:s}", "owner", "me");
	ck_assert(json_is_false(at(r, "cases.0.deputed")));
	r = desk_do(p.deputy, "case.wait", "{s:I, s:s, s:s}", "id", p.file, "reason", "r", "until",
	    "2026-12-01");
	ck_assert_str_eq(str(r, "case.owner"), "res1");
	r = desk_do(p.absent, "case.show", "{s:I}", "id", p.file);
	ck_assert_str_eq(str(r, "case.history.0.by"), "Roth for Demir");
	ck_assert_str_eq(str(r, "case.history.1.by"), "Demir");
	/* the log knows both: who did it, and for whom */
	ck_assert_int_eq(office_number_of(p.office, "SELECT count(*) FROM event e"
	    " JOIN event_object o ON o.seq = e.seq AND o.kind = 'behalf'"
	    " JOIN staff a ON a.id = o.id JOIN staff d ON d.id = e.staff_id"
	    " WHERE e.command = 'case.wait' AND a.login = 'res1' AND d.login = 'res2'"), 1);
	pair_done(&p);
}
END_TEST

START_TEST(what_any_colleague_may_is_not_told_as_on_behalf)
{
	struct pair p = two_clerks();

	away(&p);
	desk_do(p.deputy, "case.note", "{s:I, s:s}", "id", p.file, "text", "has called");
	ck_assert_str_eq(str(desk_do(p.absent, "case.show", "{s:I}", "id", p.file),
	    "case.history.0.by"), "Roth");
	/* taking it over is another thing, and still possible */
	ck_assert_str_eq(str(desk_do(p.deputy, "case.take", "{s:I, s:s}", "id", p.file, "reason",
	    "for good"), "case.owner"), "res2");
	pair_done(&p);
}
END_TEST

START_TEST(it_ends_by_itself_and_begins_when_it_says)
{
	struct pair p = two_clerks();

	desk_do(p.absent, "staff.delegate", "{s:s, s:s, s:s, s:s}", "to", "res2", "from",
	    "2026-11-24", "until", "2026-11-25", "reason", "holiday");
	desk_refused(p.deputy, "DENIED", "case.release", "{s:I}", "id", p.file);
	office_clock(p.office, "2026-11-24T08:00:00Z");
	ck_assert_int_eq(num(desk_do(p.deputy, "case.list", NULL), "counts.mine"), 1);
	office_clock(p.office, "2026-11-25T22:59:00Z");
	ck_assert_int_eq(num(desk_do(p.deputy, "case.list", NULL), "counts.mine"), 1);
	/* midnight in Berlin, in the same session */
	office_clock(p.office, "2026-11-25T23:00:00Z");
	ck_assert_int_eq(num(desk_do(p.deputy, "case.list", NULL), "counts.mine"), 0);
	desk_refused(p.deputy, "DENIED", "case.release", "{s:I}", "id", p.file);
	ck_assert_uint_eq(json_array_size(at(desk_do(p.deputy, "staff.delegations", NULL),
	    "delegations")), 0);
	pair_done(&p);
}
END_TEST

START_TEST(it_is_taken_back_at_once)
{
	struct pair p = two_clerks();
	int64_t id = away(&p);

	desk_refused(p.deputy, "DENIED", "staff.undelegate", "{s:I}", "id", id);
	desk_do(p.absent, "staff.undelegate", "{s:I}", "id", id);
	desk_refused(p.deputy, "DENIED", "case.release", "{s:I}", "id", p.file);
	desk_refused(p.absent, "CONFLICT", "staff.undelegate", "{s:I}", "id", id);
	pair_done(&p);
}
END_TEST

START_TEST(a_supervisor_names_one_for_who_is_ill)
{
	struct pair p = two_clerks();
	struct desk *super = desk_open(p.office, "super1");
	json_t *r;
	int64_t id;

	desk_refused(p.deputy, "DENIED", "staff.delegate", "{s:s, s:s, s:s, s:s}", "for", "res1",
	    "to", "res2", "until", "2026-11-27", "reason", "ill");
	id = num(desk_do(super, "staff.delegate", "{s:s, s:s, s:s, s:s}", "for", "res1", "to", "res2",
	    "until", "2026-11-27", "reason", "ill"), "delegation.id");
	/* why somebody is away is for the two and their supervisor */
	r = desk_do(p.deputy, "staff.delegations", NULL);
	ck_assert_str_eq(str(r, "delegations.0.reason"), "ill");
	ck_assert_str_eq(str(r, "delegations.0.made_by"), "Lindqvist");
	desk_do(super, "staff.undelegate", "{s:I}", "id", id);
	desk_close(super);
	super = desk_open(p.office, "admin1");
	away(&p);
	r = desk_do(super, "staff.delegations", NULL);
	ck_assert(json_is_null(at(r, "delegations.0.reason")));
	ck_assert_uint_eq(json_array_size(at(r, "delegations.0.may")), 0);
	desk_close(super);
	pair_done(&p);
}
END_TEST

START_TEST(nobody_gets_a_right_that_they_do_not_have)
{
	static const struct {
		const char *to, *from, *until, *reason, *field;
	} wrong[] = {
		{ "soc1", "2026-11-23", "2026-11-27", "r", "to" },
		{ "ben1", "2026-11-23", "2026-11-27", "r", "to" },
		{ "super1", "2026-11-23", "2026-11-27", "r", "to" },
		{ "res1", "2026-11-23", "2026-11-27", "r", "to" },
		{ "nobody", "2026-11-23", "2026-11-27", "r", "to" },
		{ "res2", "2026-11-23", "2026-11-22", "r", "until" },
		{ "res2", "2026-11-30", "2026-11-27", "r", "until" },
		{ "res2", "2026-11-23", "2028-11-27", "r", "until" },
		{ "res2", "2026-11-23", "2026-11-27", " ", "reason" },
	};
	struct pair p = two_clerks();

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_str_eq(str(desk_refused(p.absent, "INVALID", "staff.delegate",
		    "{s:s, s:s, s:s, s:s}", "to", wrong[i].to, "from", wrong[i].from, "until",
		    wrong[i].until, "reason", wrong[i].reason), "data.field"), wrong[i].field);
	desk_refused(p.absent, "INVALID", "staff.delegate", "{s:s, s:s}", "to", "res2", "reason",
	    "no end");
	pair_done(&p);
}
END_TEST

/* Who moves to another unit leaves the work of the old one behind. */
START_TEST(a_deputy_who_changes_the_unit_stands_in_no_more)
{
	struct pair p = two_clerks();

	away(&p);
	office_number_of(p.office, "UPDATE staff SET unit = 'benefits' WHERE login = 'res2'"
	    " RETURNING id");
	desk_refused(p.deputy, "NOT_FOUND", "case.show", "{s:I}", "id", p.file);
	ck_assert_int_eq(num(desk_do(p.deputy, "case.list", NULL), "counts.mine"), 0);
	desk_close(p.absent);
	desk_close(p.deputy);
	office_free(p.office);
}
END_TEST

START_TEST(a_closed_unit_is_not_told_of)
{
	struct pair p = two_clerks();
	struct desk *soc = desk_open(p.office, "soc1"), *super = desk_open(p.office, "super1");
	int64_t id;

	office_number_of(p.office, "INSERT INTO staff (login, name, role, unit, site) VALUES"
	    " ('soc2', 'Berg', 'clerk', 'social_work', 'main') RETURNING id");
	id = num(desk_do(soc, "staff.delegate", "{s:s, s:s, s:s}", "to", "soc2", "until",
	    "2026-11-27", "reason", "holiday"), "delegation.id");
	ck_assert_uint_eq(json_array_size(at(desk_do(super, "staff.delegations", NULL),
	    "delegations")), 0);
	desk_refused(super, "NOT_FOUND", "staff.undelegate", "{s:I}", "id", id);
	desk_refused(p.absent, "NOT_FOUND", "staff.undelegate", "{s:I}", "id", id);
	desk_refused(super, "DENIED", "staff.delegate", "{s:s, s:s, s:s, s:s}", "for", "soc1", "to",
	    "soc2", "until", "2026-11-27", "reason", "r");
	desk_close(soc);
	desk_close(super);
	desk_close(p.absent);
	desk_close(p.deputy);
	office_free(p.office);
}
END_TEST

Suite *suite_deputy(void);
Suite *
suite_deputy(void)
{
	Suite *s = suite_create("deputy");
	TCase *t = tcase_create("deputy");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, a_deputy_does_the_work_and_it_stays_with_the_absent);
	tcase_add_test(t, what_any_colleague_may_is_not_told_as_on_behalf);
	tcase_add_test(t, it_ends_by_itself_and_begins_when_it_says);
	tcase_add_test(t, it_is_taken_back_at_once);
	tcase_add_test(t, a_supervisor_names_one_for_who_is_ill);
	tcase_add_test(t, nobody_gets_a_right_that_they_do_not_have);
	tcase_add_test(t, a_deputy_who_changes_the_unit_stands_in_no_more);
	tcase_add_test(t, a_closed_unit_is_not_told_of);
	suite_add_tcase(s, t);
	return s;
}
