/*
 * form.c - versions of forms in the file: which one holds on a day, what is
 * never changed, code lists, reasons for warnings.
 */
#include <check.h>
#include <string.h>

#include "../../src/store/db.h"
#include "harness_op.h"
#include "store_case.h"
#include "store_form.h"

static struct office *office;
static struct op op;

static void
setup(void)
{
	office = office_new();
	op = op_open(office, "res1");
	ck_assert_int_eq(db_begin_write(&op), ST_OK);
}

static void
teardown(void)
{
	db_rollback(&op);
	op_close(&op);
	office_free(office);
}

static enum status
publish(int version, int from, int until, const char *text)
{
	return store_form_publish(&op, &(struct form_edition){ .key = "trial",
	    .version = version, .valid_from = from, .valid_until = until,
	    .published_by = "root" }, text);
}

/* The version for new cases, days from now. */
static int
in_force(int days)
{
	const char *source;
	int version;

	op.today += days;
	ck_assert_int_eq(store_form_find(&op, "trial", 0, &version, &source), ST_OK);
	op.today -= days;
	ck_assert_int_eq(version == 0, source == NULL);
	return version;
}

START_TEST(the_newest_in_force_holds)
{
	int today = op.today;

	ck_assert_int_eq(in_force(0), 0);
	ck_assert_int_eq(publish(1, today - 10, DAY_NONE, "one"), ST_OK);
	ck_assert_int_eq(publish(2, today - 5, today + 5, "two"), ST_OK);
	ck_assert_int_eq(publish(3, today + 3, today + 4, "three"), ST_OK);
	ck_assert_int_eq(in_force(-11), 0);
	ck_assert_int_eq(in_force(-10), 1);
	ck_assert_int_eq(in_force(-5), 2);
	ck_assert_int_eq(in_force(0), 2);
	ck_assert_int_eq(in_force(3), 3);
	ck_assert_int_eq(in_force(5), 2);
	ck_assert_int_eq(in_force(6), 1);
	ck_assert_int_eq(store_form_withdraw(&op, "trial", 2, "root"), ST_OK);
	ck_assert_int_eq(in_force(0), 1);
}
END_TEST

/* The same text again changes nothing, not even a withdrawal. */
START_TEST(a_version_stays_what_it_is)
{
	struct form_edition *list;
	const char *source;
	int version;
	size_t n;

	ck_assert_int_eq(publish(1, op.today, DAY_NONE, "one"), ST_OK);
	ck_assert_int_eq(store_form_withdraw(&op, "trial", 1, "root"), ST_OK);
	ck_assert_int_eq(publish(1, op.today, DAY_NONE, "one"), ST_OK);
	ck_assert_int_eq(publish(1, op.today, DAY_NONE, "another"), ST_CONFLICT);
	ck_assert_int_eq(store_form_editions(&op, "trial", &list, &n), ST_OK);
	ck_assert_uint_eq(n, 1);
	ck_assert(list[0].withdrawn);
	ck_assert_int_eq(list[0].withdrawn_at, op.now);
	/* who was asked by it still is */
	ck_assert_int_eq(store_form_find(&op, "trial", 1, &version, &source), ST_OK);
	ck_assert_str_eq(source, "one");
}
END_TEST

static const char *const forbidden[] = {
	"UPDATE form SET source = 'x'",
	"DELETE FROM form",
	"UPDATE form_list SET source = 'x'",
};

START_TEST(no_sql_changes_a_text)
{
	ck_assert_int_eq(publish(1, op.today, DAY_NONE, "one"), ST_OK);
	ck_assert_int_eq(store_list_put(&op, "trial_list", 1, "one"), ST_OK);
	ck_assert_int_eq(sqlite3_exec(op.db->sqlite, forbidden[_i], NULL, NULL, NULL),
	    SQLITE_CONSTRAINT_TRIGGER);
}
END_TEST

START_TEST(the_newest_list_holds)
{
	const char *source;
	int version;

	ck_assert_int_eq(store_list_find(&op, "trial_list", &version, &source), ST_OK);
	ck_assert_ptr_null(source);
	ck_assert_int_eq(store_list_put(&op, "trial_list", 2, "two"), ST_OK);
	ck_assert_int_eq(store_list_put(&op, "trial_list", 10, "ten"), ST_OK);
	ck_assert_int_eq(store_list_put(&op, "trial_list", 10, "ten"), ST_OK);
	ck_assert_int_eq(store_list_put(&op, "trial_list", 10, "other"), ST_CONFLICT);
	ck_assert_int_eq(store_list_find(&op, "trial_list", &version, &source), ST_OK);
	ck_assert_int_eq(version, 10);
	ck_assert_str_eq(source, "ten");
}
END_TEST

Suite *suite_form(void);

Suite *
suite_form(void)
{
	Suite *s = suite_create("form");
	TCase *t = tcase_create("form");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_newest_in_force_holds);
	tcase_add_test(t, a_version_stays_what_it_is);
	tcase_add_loop_test(t, no_sql_changes_a_text, 0, COUNT_OF(forbidden));
	tcase_add_test(t, the_newest_list_holds);
	suite_add_tcase(s, t);
	return s;
}
