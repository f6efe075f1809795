/*
 * scrub.c - bytes of rows that are gone: SQLite leaves them where it has moved
 * rows between pages, and after store_scrub none is left, while all that is
 * there stays as it was: for who reads meanwhile, after a power cut, and killed
 * at any moment.
 */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/store/db.h"
#include "harness_op.h"
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
	office = office_new();
	op = op_open(office, NULL);
}

static void
end(void)
{
	op_close(&op);
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

static const char sum[] = "SELECT count(*) + sum(length(body)) FROM draft"
                          " WHERE body GLOB 'Bleiber*'";

static int64_t
number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *q;
	int64_t n;

	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK, "%s",
	    sqlite3_errmsg(db));
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return n;
}

/* As any other program finds it. */
static void
sound(const char *path, int64_t rows)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	ck_assert_int_eq(number(db, "SELECT count(*) FROM pragma_integrity_check WHERE"
	    " integrity_check = 'ok'"), 1);
	ck_assert_int_eq(number(db, sum), rows);
	sqlite3_close(db);
}

static void
all_read(struct op *who)
{
	int64_t n;

	MUST(db_number(who, db_query(who, "SELECT sum(length(body)) FROM draft"), &n));
	db_reset_all(who->db);
}

START_TEST(no_byte_is_left_and_all_else_stays)
{
	int64_t pages, before, after;

	rows_come_and_go();
	MUST(db_fold_log(&op));
	MUST(db_number(&op, db_query(&op, sum), &before));
	all_read(&op);
	/* what this is all about */
	ck_assert_int_gt(traces(BIRD), 0);
	MUST(store_scrub(&op, &pages));
	ck_assert_int_gt(pages, 0);
	ck_assert_int_eq(traces(BIRD), 0);
	MUST(db_number(&op, db_query(&op, sum), &after));
	ck_assert_int_eq(before, after);
	/* nor from our own memory */
	MUST(db_begin_write(&op));
	MUST(db_exec(&op, "UPDATE draft SET saved_at = 2"));
	MUST(db_commit_quietly(&op));
	ck_assert_int_eq(traces(BIRD), 0);
	sound(office_db(office), before);
	/* and then there is nothing to be done */
	MUST(store_scrub(&op, &pages));
	MUST(store_scrub(&op, &pages));
	ck_assert_int_le(pages, 1);
}
END_TEST

static struct op other;

/* Another session reads when a chunk has begun, and writes as soon as it is done:
 * around the office lock, which is not given back yet. */
static int
within_a_chunk(unsigned when, void *data, void *statement, void *text)
{
	const char *sql = sqlite3_sql(statement);
	int *writes = data;

	(void)text;
	if (when == SQLITE_TRACE_STMT && strcmp(sql, "BEGIN IMMEDIATE") == 0)
		all_read(&other);
	if (when == SQLITE_TRACE_PROFILE && strcmp(sql, "COMMIT") == 0 && (*writes)++ == 0)
		MUST(db_exec(&other, "BEGIN IMMEDIATE; UPDATE draft SET saved_at = 1; COMMIT"));
	return 0;
}

/* A session that has the pages in memory must not bring the bytes back. */
START_TEST(others_do_not_bring_them_back)
{
	int writes = 0;
	int64_t pages;

	rows_come_and_go();
	other = op_open(office, NULL);
	all_read(&other);
	sqlite3_trace_v2(op.db->sqlite, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, within_a_chunk,
	    &writes);
	MUST(store_scrub(&op, &pages));
	sqlite3_trace_v2(op.db->sqlite, 0, NULL, NULL);
	ck_assert_int_gt(writes, 0);
	ck_assert_int_eq(traces(BIRD), 0);
	op_close(&other);
}
END_TEST

/*
 * A page of which the log has an older picture would come back from there: all
 * of the log is in the file, but while somebody stands in it, it is read still.
 */
START_TEST(who_stands_in_the_log_is_waited_for)
{
	sqlite3 *reader;
	int64_t pages, rows;

	rows_come_and_go();
	MUST(db_number(&op, db_query(&op, sum), &rows));
	ck_assert_int_eq(sqlite3_open(office_db(office), &reader), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(reader, "BEGIN", NULL, NULL, NULL), SQLITE_OK);
	ck_assert_int_eq(number(reader, sum), rows);
	ck_assert_int_eq(store_scrub(&op, &pages), ST_BUSY);
	ck_assert_int_eq(pages, 0);
	ck_assert_int_eq(number(reader, sum), rows);
	ck_assert_int_eq(sqlite3_exec(reader, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	MUST(store_scrub(&op, &pages));
	ck_assert_int_eq(number(reader, sum), rows);
	ck_assert_int_eq(traces(BIRD), 0);
	sqlite3_close(reader);
	sound(office_db(office), rows);
}
END_TEST

static size_t
bytes_of(const char *path, unsigned char **bytes)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
	n = (size_t)ftell(f);
	rewind(f);
	*bytes = malloc(n);
	ck_assert_uint_eq(fread(*bytes, 1, n, f), n);
	fclose(f);
	return n;
}

/* Others may have an office of that name by now, with another log. */
START_TEST(an_office_that_lost_its_log_is_left_alone)
{
	char log[4096];
	int64_t pages;

	rows_come_and_go();
	snprintf(log, sizeof(log), "%s-wal", office_db(office));
	ck_assert_int_eq(unlink(log), 0);
	ck_assert_int_eq(store_scrub(&op, &pages), ST_STORE);
	ck_assert_int_eq(pages, 0);
}
END_TEST

#define SECTOR 512

/* Whichever sectors of the pages have reached the disk when the power goes, and
 * whichever halves of a page somebody reads. */
START_TEST(half_old_half_new_the_rows_are_the_same)
{
	unsigned char *old, *new;
	char path[4096];
	size_t n;
	int64_t pages, rows;

	rows_come_and_go();
	MUST(db_number(&op, db_query(&op, sum), &rows));
	MUST(db_fold_log(&op));
	n = bytes_of(office_db(office), &old);
	MUST(store_scrub(&op, &pages));
	ck_assert_int_gt(pages, 10);
	ck_assert_uint_eq(bytes_of(office_db(office), &new), n);
	snprintf(path, sizeof(path), "%s/mixed.db", office_dir(office));
	srandom(7);
	for (int i = 0; i < 20; i++) {
		FILE *f = fopen(path, "wb");

		ck_assert_ptr_nonnull(f);
		for (size_t at = 0; at < n; at += SECTOR)
			fwrite((random() & 1 ? old : new) + at, 1, SECTOR, f);
		fclose(f);
		sound(path, rows);
	}
	free(old);
	free(new);
}
END_TEST

static pid_t
scrub_start(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct op mine = op_open(office, NULL);
		int64_t pages;

		while (store_scrub(&mine, &pages) == ST_OK)
			;
		_exit(1);
	}
	return pid;
}

/* Others save meanwhile; what they have in memory brings no byte back at the end. */
START_TEST(killed_at_any_moment_all_is_there)
{
	int64_t pages, rows;

	rows_come_and_go();
	MUST(db_number(&op, db_query(&op, sum), &rows));
	for (int i = 0; i < 20; i++) {
		pid_t pid = scrub_start();
		int saves = 3 + i * 7 % 25;

		while (saves--) {
			MUST(db_begin_write(&op));
			MUST(db_exec(&op, "UPDATE draft SET saved_at = saved_at + 1 WHERE staff_id ="
			    " abs(random()) % 7 AND key GLOB 'k*7'"));
			MUST(db_commit_quietly(&op));
		}
		kill(pid, SIGKILL);
		ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
		sound(office_db(office), rows);
	}
	MUST(store_scrub(&op, &pages));
	ck_assert_int_eq(traces(BIRD), 0);
	sound(office_db(office), rows);
}
END_TEST

Suite *suite_scrub(void);

Suite *
suite_scrub(void)
{
	Suite *s = suite_create("scrub");
	TCase *t = tcase_create("scrub");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, begin, end);
	tcase_add_test(t, no_byte_is_left_and_all_else_stays);
	tcase_add_test(t, others_do_not_bring_them_back);
	tcase_add_test(t, who_stands_in_the_log_is_waited_for);
	tcase_add_test(t, an_office_that_lost_its_log_is_left_alone);
	tcase_add_test(t, half_old_half_new_the_rows_are_the_same);
	tcase_add_test(t, killed_at_any_moment_all_is_there);
	suite_add_tcase(s, t);
	return s;
}
