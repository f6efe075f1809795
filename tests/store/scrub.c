/*
 * scrub.c - bytes of rows that are gone: SQLite leaves them where it has moved
 * rows between pages, and after store_scrub none is left, while all that is
 * there stays as it was.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/store/db.h"
#include "../screen/harness_office.h"
#include "store_copy.h"
#include "store_retention.h"

#define MUST(call) ck_assert_int_eq((call), ST_OK)
#define ROWS 3000
#define BIRD "Kanarienvogel"

static struct office *office;
static struct op op;

static void
begin(void)
{
	const char *why = "";

	office = office_new();
	op = (struct op){ .mem = arena_new(), .now = 1795421640 };
	ck_assert_msg(db_open(op.mem, office_db(office), &op.db, &why) == ST_OK, "%s", why);
}

static void
end(void)
{
	db_close(op.db);
	arena_free(op.mem);
	office_free(office);
}

static int
traces(const char *word)
{
	char command[4096];
	FILE *f;
	int n = 0;

	snprintf(command, sizeof(command), "cat %s %s-wal | grep -ao '%s' | wc -l", office_db(office),
	    office_db(office), word);
	f = popen(command, "r");
	ck_assert_int_eq(fscanf(f, "%d", &n), 1);
	pclose(f);
	return n;
}

/* Two of three rows go; they came in no order, so that pages were split. */
static void
rows_come_and_go(void)
{
	char sql[256];

	MUST(db_begin_write(&op));
	for (int i = 0; i < ROWS; i++) {
		int k = i * 1237 % ROWS;

		snprintf(sql, sizeof(sql), "INSERT INTO draft VALUES (%d, 'k%d', '%s%05d%0*d', 0)",
		    k % 7, k, k % 3 ? BIRD : "Bleiber", k, 20 + k % 90, 0);
		MUST(db_exec(&op, sql));
	}
	MUST(db_commit_quietly(&op));
	MUST(db_begin_write(&op));
	MUST(db_exec(&op, "DELETE FROM draft WHERE body GLOB '" BIRD "*'"));
	MUST(db_commit_quietly(&op));
}

START_TEST(no_byte_is_left_and_all_else_stays)
{
	int64_t pages, n;
	bool row;
	static const char sum[] = "SELECT count(*) + sum(length(body)) FROM draft"
	                          " WHERE body GLOB 'Bleiber*'";
	int64_t before, after;

	rows_come_and_go();
	MUST(db_fold_log(&op));
	MUST(db_number(&op, db_query(&op, sum), &before));
	/* what this is all about */
	ck_assert_int_gt(traces(BIRD), 0);
	MUST(store_scrub(&op, &pages));
	ck_assert_int_gt(pages, 0);
	ck_assert_int_eq(traces(BIRD), 0);
	MUST(db_number(&op, db_query(&op, sum), &after));
	ck_assert_int_eq(before, after);
	MUST(db_number(&op, db_query(&op, "SELECT count(*) FROM pragma_integrity_check"
	    " WHERE integrity_check = 'ok'"), &n));
	ck_assert_int_eq(n, 1);
	MUST(db_any(&op, db_query(&op, "SELECT 1 FROM draft ORDER BY body LIMIT 1"), &row));
	/* a second time there is nothing to be done */
	MUST(store_scrub(&op, &pages));
	ck_assert_int_le(pages, 1);
}
END_TEST

/* A session that has the pages in memory must not bring the bytes back. */
START_TEST(others_do_not_bring_them_back)
{
	struct op other = { .mem = arena_new(), .now = op.now };
	const char *why = "";
	int64_t pages, n;

	rows_come_and_go();
	MUST(db_open(other.mem, office_db(office), &other.db, &why));
	MUST(db_number(&other, db_query(&other, "SELECT sum(length(body)) FROM draft"), &n));
	MUST(store_scrub(&op, &pages));
	MUST(db_begin_write(&other));
	MUST(db_exec(&other, "UPDATE draft SET saved_at = 1"));
	MUST(db_commit_quietly(&other));
	ck_assert_int_eq(traces(BIRD), 0);
	MUST(db_fold_log(&op));
	ck_assert_int_eq(traces(BIRD), 0);
	db_close(other.db);
	arena_free(other.mem);
}
END_TEST

Suite *suite_scrub(void);

Suite *
suite_scrub(void)
{
	Suite *s = suite_create("scrub");
	TCase *t = tcase_create("scrub");

	tcase_set_timeout(t, 60);
	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, no_byte_is_left_and_all_else_stays);
	tcase_add_test(t, others_do_not_bring_them_back);
	suite_add_tcase(s, t);
	return s;
}
