/*
 * leave.c - what becomes of those who work here: another role, unit or name, a
 * last day.  Who has left has no session; their work goes to others, what they
 * did stays theirs.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <string.h>

Suite *suite_leave(void);

static struct office *o;

static int PRINTF(1, 2)
staff(const char *format, ...)
{
	char words[400];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	return admin("staff %s %s", office_db(o), words);
}

static int64_t
claimed(struct desk *d)
{
	int64_t id = a_case(d, a_person(d, "Haddad"));

	desk_do(d, "case.claim", "{s:I}", "id", id);
	return id;
}

START_TEST(who_has_left_has_no_session)
{
	struct desk *d, *other;
	int64_t id;

	o = office_new();
	d = desk_open(o, "res1");
	other = desk_open(o, "res2");
	id = claimed(d);
	desk_do(d, "draft.save", "{s:s, s:{s:s}}", "key", "note:1", "body", "text", "kept");
	ck_assert_int_eq(staff("end res1"), 0);
	ck_assert_ptr_nonnull(strstr(said, "pool of the unit: 1."));
	/* the line is closed, without a request */
	ck_assert_ptr_null(desk_reply(d));
	desk_kill(d);
	ck_assert_ptr_null(desk_try_open(o, "res1"));
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM draft"), 1);
	desk_do(other, "case.claim", "{s:I}", "id", id);
	desk_close(other);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event WHERE command = 'staff.end'"),
	    1);
	ck_assert_int_eq(staff("list"), 0);
	ck_assert_ptr_null(strstr(said, "Demir"));
	ck_assert_int_eq(staff("list --all"), 0);
	ck_assert_ptr_nonnull(strstr(said, "- 2026-11-23 Demir"));
	ck_assert_int_eq(staff("end res1"), 66);
	ck_assert_ptr_nonnull(strstr(said, "res1 has left already."));
	ck_assert_int_eq(staff("end nobody"), 66);
	ck_assert_ptr_nonnull(strstr(said, "Nobody here has the login \"nobody\"."));
	office_sound(o);
	office_free(o);
}
END_TEST

/* What is left on the last day stands under their name, for others to have. */
START_TEST(a_last_day_ends_by_itself)
{
	struct desk *d, *super;
	int64_t id;
	json_t *r;

	o = office_new();
	d = desk_open(o, "res1");
	super = desk_open(o, "super1");
	id = claimed(d);
	/* today is still theirs; the day can be another one until then */
	ck_assert_int_eq(staff("end res1 --on 2026-11-23"), 0);
	ck_assert_ptr_nonnull(strstr(said, "res1 works here until 2026-11-23."));
	ck_assert_int_eq(staff("end res1 --on 2026-11-24"), 0);
	ck_assert_ptr_nonnull(strstr(said, "Cases they have: 1"));
	desk_do(d, "case.show", "{s:I}", "id", id);
	office_clock(o, "2026-11-24T15:00:00Z");
	desk_do(d, "case.show", "{s:I}", "id", id);
	office_clock(o, "2026-11-25T08:00:00Z");
	desk_refused(d, "DENIED", "case.show", "{s:I}", "id", id);
	desk_kill(d);
	ck_assert_ptr_null(desk_try_open(o, "res1"));
	r = desk_do(super, "console.show", NULL);
	ck_assert_str_eq(str(r, "staff.0.login"), "res1");
	ck_assert(json_is_true(at(r, "staff.0.left")) && json_is_false(at(r, "staff.1.left")));
	r = desk_do(super, "case.list", "{s:s}", "owner", "res1");
	ck_assert_int_eq(num(r, "cases.0.id"), id);
	desk_refused(super, "INVALID", "case.assign", "{s:I, s:s}", "id", id, "owner", "res1");
	desk_do(super, "case.assign", "{s:I, s:s}", "id", id, "owner", "res2");
	r = desk_do(super, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.history.0.changes.0.old"), "Demir");
	ck_assert_uint_eq(json_array_size(at(desk_do(super, "console.show", NULL), "staff")), 2);
	desk_close(super);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(another_unit_leaves_the_cases_behind)
{
	struct desk *d;
	json_t *r;
	int64_t id;

	o = office_new();
	d = desk_open(o, "res1");
	id = claimed(d);
	ck_assert_int_eq(staff("change res1 --name 'Demir-Roth' --site branch"), 0);
	r = desk_do(d, "staff.me", NULL);
	ck_assert_str_eq(str(r, "staff.name"), "Demir-Roth");
	ck_assert_str_eq(str(r, "staff.site"), "branch");
	ck_assert_int_eq(staff("change res1 --unit benefits --role supervisor"), 0);
	ck_assert_ptr_nonnull(strstr(said, "pool of the unit: 1."));
	r = desk_do(d, "staff.me", NULL);
	ck_assert_str_eq(str(r, "staff.role"), "supervisor");
	ck_assert_str_eq(str(desk_do(d, "case.show", "{s:I}", "id", id), "case.state"), "open");
	ck_assert_int_eq(office_number_of(o,
	    "SELECT count(*) FROM event WHERE command = 'staff.change'"), 2);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

#define OKAFOR "--uid 1007 --name 'Ada Okafor' --role clerk --unit residence --site main"
#define ROTH "--name 'Jan Roth' --role clerk --unit residence --site main"

START_TEST(a_login_is_not_given_to_another_unsaid)
{
	o = office_new();
	ck_assert_int_eq(staff("add okafor " OKAFOR), 0);
	ck_assert_int_eq(staff("end okafor --on 2026-11-01"), 0);
	ck_assert_int_eq(staff("add okafor --uid 1008 " ROTH), 1);
	ck_assert_ptr_nonnull(strstr(said, "Ada Okafor"));
	ck_assert_ptr_nonnull(strstr(said, "--reuse"));
	ck_assert_int_eq(staff("add roth --uid 1007 " ROTH), 1);
	ck_assert_int_eq(staff("add roth --uid 1007 " ROTH " --reuse"), 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM staff WHERE former_uid = 1007 AND"
	    " uid IS NULL AND name = 'Ada Okafor'"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM staff WHERE uid = 1007"), 1);
	office_sound(o);
	office_free(o);
}
END_TEST

static const struct { const char *words; int code; const char *sentence; } wrong[] = {
	{ "change", 64, "usage" }, { "change res1", 64, "usage" }, { "end", 64, "usage" },
	{ "change nobody --role clerk", 66, "nobody" },
	{ "change res1 --role king", 65, "Choose counter, clerk," },
	{ "change res1 --unit nowhere", 66, "Choose one of: front_office, residence," },
	{ "change res1 --site moon", 66, "Choose one of: main, branch" },
	{ "change front1 --counter 9", 66, "Choose one of: main-1, main-2," },
	{ "change res1 --name ''", 65, "name" }, { "end nobody", 66, "nobody" },
	{ "end res1 --on tomorrow", 65, "tomorrow" }, { "end res1 --on 2026-02-30", 65, "2026-02-30" },
};

START_TEST(what_is_wrong_changes_nothing)
{
	int64_t events;

	o = office_new();
	events = office_number_of(o, "SELECT count(*) FROM event");
	ck_assert_msg(staff("%s", wrong[_i].words) == wrong[_i].code, "%s: %s", wrong[_i].words, said);
	ck_assert_msg(strstr(said, wrong[_i].sentence) != NULL, "%s: %s", wrong[_i].words, said);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM event"), events);
	office_free(o);
}
END_TEST

Suite *
suite_leave(void)
{
	Suite *s = suite_create("leave");
	TCase *t = tcase_create("leave");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, who_has_left_has_no_session);
	tcase_add_test(t, a_last_day_ends_by_itself);
	tcase_add_test(t, another_unit_leaves_the_cases_behind);
	tcase_add_test(t, a_login_is_not_given_to_another_unsaid);
	tcase_add_loop_test(t, what_is_wrong_changes_nothing, 0, COUNT_OF(wrong));
	suite_add_tcase(s, t);
	return s;
}
