/*
 * due.c - by when a case is due, as the answers to its form say, and who comes
 * first by that.
 */
#include "harness_form.h"

#include <string.h>

#define PETS FIELD("pets", "type = \"yes_no\";")
#define HURRY "urgency = ( { when = \"pets == 'no'\"; level = \"urgent\"; text = " \
	NAMED("Nobody there.") " }, { when = \"pets == 'yes'\"; level = \"soon\"; } );"

/* A level without a day has that of the office, from when it was reached. */
START_TEST(a_level_without_a_day_is_due)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	shell("cd $(dirname %s)/data/catalogue && sed -i 's/target_days = 5/target_days = 30/;"
	    " s/urgent_days = 1;/urgent_days = 2;/' services.conf office.conf",
	    office_db(form_office));
	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", ""))), 0);
	ck_assert_msg(publish(FORM("1", PETS ", " NOTE, HURRY)) == 0, "%s", said);
	id = opened(res, "{\"note\":\"x\"}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_gt(str(r, "case.due"), "2026-12-20");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "pets", "yes");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.due"), "2026-11-30");
	ck_assert_str_eq(str(r, "case.why"), "soon, due in 7 days");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "pets", "no");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.due"), "2026-11-25");
	ck_assert_str_eq(str(r, "case.why"), "urgent, due in 2 days: Nobody there.");
	/* what is written later puts it off no more; what takes it back does */
	office_clock(form_office, "2026-11-24T09:00:00Z");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "y");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.due"), "2026-11-25");
	desk_do(res, "case.answer", "{s:I, s:{s:n}}", "id", id, "answers", "pets");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_gt(str(r, "case.due"), "2026-12-20");
	desk_close(res);
}
END_TEST

/* What is urgent gives the day, and takes it back. */
START_TEST(urgency_gives_the_day)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT, "urgency = ( { when = \"rent > 500\";"
	    " level = \"urgent\"; due = \"add_workdays(today, 1)\"; },"
	    " { when = \"rent > 5000\"; level = \"urgent\"; due = \"'2020-01-01'\"; } );")) == 0,
	    "%s", said);
	id = opened(res, "{\"rent\":\"60000\"}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.due"), "2026-11-24");
	ck_assert_str_eq(str(r, "case.why"), "urgent, due tomorrow");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent", "100");
	ck_assert_str_eq(str(r, "case.due"), "2026-11-30");
	/* a day that is over is today */
	r = desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent", "600000");
	ck_assert_str_eq(str(r, "case.due"), "2026-11-23");
	desk_close(res);
}
END_TEST

#define ROOF FIELD("roof", "type = \"yes_no\";")
#define NO_ROOF "urgency = ( { when = \"roof == 'no'\"; level = \"urgent\"; due = \"today\"; } );"

/* Somebody without a roof is not answered tomorrow, after all who came before. */
START_TEST(what_is_urgent_is_offered_first)
{
	struct desk *front = desk_open(form_office, "front1"), *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t usual, urgent;

	ck_assert_msg(publish(FORM("1", ROOF, NO_ROOF)) == 0, "%s", said);
	usual = opened(front, "{\"roof\":\"yes\"}");
	urgent = opened(front, "{\"roof\":\"no\"}");
	r = desk_do(front, "handover.offer", "{s:I, s:s}", "case", usual, "reason", "no papers");
	ck_assert_str_eq(str(r, "handover.due"), "2026-11-24");
	r = desk_do(front, "handover.offer", "{s:I, s:s}", "case", urgent, "reason", "no papers");
	ck_assert_str_eq(str(r, "handover.due"), "2026-11-23");
	office_clock(form_office, "2026-11-24T08:00:00Z");
	r = desk_do(res, "handover.list", "{s:i}", "limit", 1);
	ck_assert_int_eq(num(r, "handovers.0.case.id"), urgent);
	r = desk_do(res, "handover.list", "{s:i, s:s}", "limit", 1, "after", str(r, "next"));
	ck_assert_int_eq(num(r, "handovers.0.case.id"), usual);
	/* as late as each other, the urgent one is first */
	urgent = opened(front, "{\"roof\":\"no\"}");
	desk_do(front, "handover.offer", "{s:I, s:s}", "case", urgent, "reason", "no papers");
	r = desk_do(res, "handover.list", NULL);
	ck_assert_int_eq(num(r, "handovers.1.case.id"), urgent);
	ck_assert_int_eq(num(r, "handovers.2.case.id"), usual);
	desk_close(res);
	desk_close(front);
}
END_TEST

/* Money that ended three days ago makes a case of today, not one that is late. */
START_TEST(nothing_is_late_before_it_was_said)
{
	struct desk *front = desk_open(form_office, "front1");
	json_t *r;

	ck_assert_msg(publish(FORM("1", FIELD("money", "type = \"date\"; urgent = true;"), ""))
	    == 0, "%s", said);
	r = desk_do(front, "case.show", "{s:I}", "id",
	    opened(front, "{\"money\":\"2026-11-20\"}"));
	ck_assert_str_eq(str(r, "case.due"), "2026-11-23");
	ck_assert(!json_is_true(at(r, "case.late")));
	desk_close(front);
}
END_TEST

Suite *suite_due(void);

Suite *
suite_due(void)
{
	Suite *s = suite_create("due");
	TCase *t = tcase_create("due");

	tcase_add_checked_fixture(t, form_begin, form_end);
	tcase_add_test(t, a_level_without_a_day_is_due);
	tcase_add_test(t, urgency_gives_the_day);
	tcase_add_test(t, what_is_urgent_is_offered_first);
	tcase_add_test(t, nothing_is_late_before_it_was_said);
	suite_add_tcase(s, t);
	return s;
}
