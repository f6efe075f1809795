/*
 * task.c - the small tasks that acts leave to units: who settles them, who
 * learns of them, who hears that there are new ones.
 */
#include "harness_family.h"

#include <stdlib.h>
#include <string.h>

static int64_t
first_task(struct desk *d)
{
	return num(desk_do(d, "task.list", NULL), "tasks.0.id");
}

START_TEST(a_task_is_settled_by_its_unit)
{
	struct family f = a_family();
	struct desk *ben = desk_open(f.office, "ben1"), *super = desk_open(f.office, "super1");
	int64_t id = first_task(f.res), theirs = first_task(ben);
	json_t *r;

	keys_are(at(desk_do(f.res, "task.list", NULL), "counts"), "open late");
	desk_refused(f.res, "DENIED", "task.done", "{s:I}", "id", theirs);
	desk_refused(f.res, "INVALID", "task.drop", "{s:I, s:s}", "id", id, "reason", "");
	r = desk_do(f.res, "task.done", "{s:I, s:s}", "id", id, "note", "title asked for");
	ck_assert_str_eq(str(r, "task.state"), "done");
	ck_assert_str_eq(str(r, "task.note"), "title asked for");
	/* the supervisor of the unit, a moment later */
	r = desk_refused(super, "CONFLICT", "task.drop", "{s:I, s:s}", "id", id, "reason", "r");
	ck_assert_str_eq(str(r, "data.winner.who"), "Demir");
	ck_assert_str_eq(str(r, "data.winner.current.state"), "done");
	desk_do(super, "task.reopen", "{s:I}", "id", id);
	desk_do(super, "task.drop", "{s:I, s:s}", "id", id, "reason", "not needed");
	r = desk_do(f.res, "task.list", "{s:s}", "state", "dropped");
	ck_assert_int_eq(num(r, "tasks.0.id"), id);
	desk_refused(super, "DENIED", "task.done", "{s:I}", "id", theirs);
	desk_close(ben);
	desk_close(super);
	family_done(&f);
}
END_TEST

START_TEST(tasks_come_in_pages)
{
	struct family f = a_family();
	struct desk *ben = desk_open(f.office, "ben1");
	json_t *after = NULL, *r;
	char last[16] = "";
	size_t seen = 0;

	for (int i = 0; i < 4; i++) {
		json_t *b = birth(&f, false, NULL);

		json_object_set_new(b, "reason", json_string("one of four"));
		desk_done_at(desk_ask_with(f.res, "household.birth", b), __FILE__, __LINE__);
	}
	do {
		r = desk_do(ben, "task.list", "{s:i, s:o?}", "limit", 3, "after", after);
		for (size_t i = 0; i < rows(r, "tasks"); i++, seen++) {
			const char *due = str(json_array_get(at(r, "tasks"), i), "due");

			ck_assert_str_ge(due, last);
			strcpy(last, due);
		}
		after = json_incref(at(r, "next"));
	} while (json_is_string(after));
	json_decref(after);
	ck_assert_int_eq((int64_t)seen, num(r, "counts.open"));
	ck_assert_uint_eq(seen, 10);
	desk_refused(ben, "INVALID", "task.list", "{s:s}", "after", "x");
	desk_refused(ben, "NOT_FOUND", "task.list", "{s:s}", "unit", "nowhere");
	r = desk_do(f.res, "task.list", "{s:I}", "person", f.lina);
	ck_assert_uint_gt(rows(r, "tasks"), 0);
	desk_close(ben);
	family_done(&f);
}
END_TEST

/* What a closed unit has to do nobody else learns, by whatever way they ask. */
START_TEST(a_closed_unit_s_tasks_are_its_own)
{
	struct family f = a_family();
	struct desk *soc = desk_open(f.office, "soc1"), *super = desk_open(f.office, "super1");
	struct desk *const others[] = { f.res, super };
	size_t own, all_of_them;
	int64_t id;
	json_t *r;

	desk_done_at(desk_ask_with(f.res, "household.birth", birth(&f, false, NULL)),
	    __FILE__, __LINE__);
	id = first_task(soc);
	own = rows(desk_do(soc, "task.list", NULL), "tasks");
	all_of_them = rows(desk_do(soc, "household.show", "{s:I}", "id", f.home), "household.tasks");
	r = desk_do(f.res, "household.show", "{s:I}", "id", f.home);
	ck_assert_uint_eq(own, 2);
	ck_assert_uint_eq(rows(r, "household.tasks") + own, all_of_them);
	for (size_t i = 0; i < 2; i++) {
		json_t *all = json_array();
		char *text;

		json_array_append(all, desk_do(others[i], "household.show", "{s:I}", "id", f.home));
		json_array_append(all, desk_do(others[i], "task.list", "{s:s}", "unit",
		    "social_work"));
		json_array_append(all, desk_do(others[i], "task.list", "{s:I}", "household", f.home));
		json_array_append(all, desk_do(others[i], "task.list", "{s:I}", "person", f.rania));
		json_array_append(all, desk_do(others[i], "person.export", "{s:I}", "id", f.rania));
		json_array_append(all, desk_do(others[i], "person.history", "{s:I}", "id", f.lina));
		text = json_dumps(all, JSON_COMPACT);
		ck_assert_ptr_nonnull(strstr(text, "Ringstra"));
		ck_assert_ptr_null(strstr(text, "counselling"));
		ck_assert_ptr_null(strstr(text, "school"));
		free(text);
		json_decref(all);
		desk_refused(others[i], "NOT_FOUND", "task.done", "{s:I}", "id", id);
		r = desk_do(others[i], "task.list", "{s:s}", "unit", "social_work");
		ck_assert_int_eq(num(r, "counts.open"), 0);
	}
	desk_do(soc, "task.done", "{s:I}", "id", id);
	desk_close(soc);
	desk_close(super);
	family_done(&f);
}
END_TEST

START_TEST(a_unit_switched_off_gets_none)
{
	struct office *o = office_new();
	struct desk *d;
	json_t *r;

	office_number_of(o, "UPDATE unit SET active = 0 WHERE code = 'benefits' RETURNING 1");
	d = desk_open(o, "res1");
	begin(d, person_born(d, "Haddad", "Rania", "1990-05-03"), "2024-03-01");
	join(d, 1, person_born(d, "Haddad", "Sami", "1988"), "spouse", "2024-04-01");
	r = desk_do(d, "household.show", "{s:i}", "id", 1);
	ck_assert_uint_eq(rows(r, "household.tasks"), 2);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM task WHERE unit = 'benefits'"), 0);
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(other_sessions_hear_of_tasks)
{
	struct family f = a_family();
	struct desk *ben = desk_open(f.office, "ben1");

	desk_done_at(desk_ask_with(f.res, "household.birth", birth(&f, false, NULL)),
	    __FILE__, __LINE__);
	desk_await_news(ben, "task", DEADLINE_MS);
	desk_close(ben);
	family_done(&f);
}
END_TEST

Suite *suite_task(void);
Suite *
suite_task(void)
{
	Suite *s = suite_create("task");
	TCase *t = tcase_create("task");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, a_task_is_settled_by_its_unit);
	tcase_add_test(t, tasks_come_in_pages);
	tcase_add_test(t, a_closed_unit_s_tasks_are_its_own);
	tcase_add_test(t, a_unit_switched_off_gets_none);
	tcase_add_test(t, other_sessions_hear_of_tasks);
	suite_add_tcase(s, t);
	return s;
}
