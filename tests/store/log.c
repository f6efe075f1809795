/*
 * log.c - how a commit gets into the write-ahead log: in one piece, also the
 * part of a large transaction that SQLite writes ahead, and nothing of what
 * was taken back; and how the log gets into the file.
 */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../src/store/log.h"
#include "harness_op.h"
#include "store_admin.h"
#include "store_copy.h"
#include "store_draft.h"
#include "store_work.h"

#define MUST(call) ck_assert_int_eq((call), ST_OK)

/* 12 MB: six times what a session keeps of the file. */
#define LARGE 3000
#define BODY 4000

static struct office *office;
static struct op a, b;           /* two connections to it */

static void
setup(void)
{
	office = office_new();
	a = op_open(office, "res1");
	b = op_open(office, "res1");
}

static void
teardown(void)
{
	op_close(&a);
	op_close(&b);
	office_free(office);
}

/* Calls of this process that write, so far. */
static long
writes(void)
{
	char line[64];
	long n = -1;
	FILE *f = fopen("/proc/self/io", "r");

	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f))
		if (strncmp(line, "syscw:", 6) == 0)
			n = atol(line + 6);
	fclose(f);
	return n;
}

/* In the order of their keys: what SQLite writes ahead it need not read again. */
static void
save_drafts(struct op *op, int n, char letter)
{
	char key[32], body[BODY + 1];

	memset(body, letter, BODY);
	body[BODY] = '\0';
	for (int i = 0; i < n; i++) {
		snprintf(key, sizeof(key), "note:%05d", i);
		MUST(store_draft_save(op, key, body));
	}
}

static int
drafts_of(struct op *op, int n, char letter)
{
	char key[32];
	int same = 0;

	for (int i = 0; i < n; i++) {
		struct draft d;

		snprintf(key, sizeof(key), "note:%05d", i);
		MUST(store_draft_find(op, key, &d));
		same += d.body && d.body[0] == letter && d.body[BODY - 1] == letter;
	}
	return same;
}

static void
must_be_sound(void)
{
	int64_t ok;

	MUST(db_number(&b, db_query(&b, "SELECT integrity_check = 'ok' FROM"
	    " pragma_integrity_check"), &ok));
	ck_assert_int_eq(ok, 1);
}

#define FILE_ALONE "office.db"
#define FILE_AND_LOG "office.db office.db-wal"

/* Drafts of a letter as somebody finds them who has the file and its log alone:
 * after a power cut, or when the last session has gone. */
static int
drafts_from(const char *files, char letter)
{
	char line[1024];
	sqlite3 *copy;
	sqlite3_stmt *q;
	int n;

	snprintf(line, sizeof(line), "cd %s && rm -rf copy && mkdir copy && cp %s copy",
	    office_dir(office), files);
	ck_assert_int_eq(system(line), 0);
	snprintf(line, sizeof(line), "%s/copy/office.db", office_dir(office));
	ck_assert_int_eq(sqlite3_open(line, &copy), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(copy, "SELECT count(*) FROM draft WHERE"
	    " substr(body, 1, 1) = ?1", -1, &q, NULL), SQLITE_OK);
	sqlite3_bind_text(q, 1, &letter, 1, SQLITE_TRANSIENT);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(copy);
	return n;
}

START_TEST(a_commit_is_one_write)
{
	long before, n;
	enum status s;

	MUST(db_begin_write(&a));
	MUST(store_office_set(&a, "name", "Ahrensburg"));
	MUST(db_commit_quietly(&a)); /* the log gets its header with it */
	MUST(db_begin_write(&a));
	MUST(store_office_set(&a, "name", "Bargteheide"));
	save_drafts(&a, 2, 'x');
	before = writes(); /* not what a test tells */
	s = db_commit_quietly(&a);
	n = writes() - before;
	MUST(s);
	ck_assert_int_le(n, 2); /* a dozen pages, by two calls each otherwise */
	ck_assert_int_eq(drafts_of(&b, 2, 'x'), 2);
}
END_TEST

START_TEST(a_large_write_is_read_back)
{
	MUST(db_begin_write(&a));
	save_drafts(&a, LARGE, 'x');
	/* from the log, before it is committed, and from nowhere for the other */
	ck_assert_int_eq(drafts_of(&a, LARGE, 'x'), LARGE);
	ck_assert_int_eq(drafts_of(&b, 10, 'x'), 0);
	save_drafts(&a, LARGE / 2, 'y');
	MUST(db_commit_quietly(&a));
	ck_assert_int_eq(drafts_of(&b, LARGE / 2, 'y'), LARGE / 2);
	must_be_sound();
	/* SQLite went back over what it had written ahead: to its last byte */
	ck_assert_int_eq(drafts_from(FILE_AND_LOG, 'y'), LARGE / 2);
	ck_assert_int_eq(drafts_from(FILE_AND_LOG, 'x'), LARGE - LARGE / 2);
}
END_TEST

START_TEST(what_was_taken_back_is_written_by_nobody)
{
	MUST(db_begin_write(&a));
	save_drafts(&a, 10, 'x');
	MUST(db_commit_quietly(&a));
	/* somewhere in between SQLite has just begun to write ahead */
	for (int i = 0; i < 60; i++) {
		MUST(db_begin_write(&a));
		save_drafts(&a, 250 + 4 * i, 'Y');
		db_rollback(&a);
		MUST(db_begin_write(&b));
		save_drafts(&b, 20, (char)('a' + i % 26));
		MUST(db_commit_quietly(&b));
		MUST(db_begin_write(&a));
		MUST(store_draft_drop(&a, "note:00019"));
		MUST(db_commit_quietly(&a));
		ck_assert_int_eq(drafts_of(&b, 19, (char)('a' + i % 26)), 19);
		must_be_sound();
	}
}
END_TEST

static bool
fold(enum fold how)
{
	int left = 0, done = 0;

	log_fold(a.db, how);
	ck_assert_int_eq(sqlite3_wal_checkpoint_v2(a.db->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE,
	    &left, &done), SQLITE_OK);
	log_fold(a.db, FOLD_PLAIN);
	ck_assert_int_gt(left, 0);
	return done == left;
}

/* What a checkpoint wrote ahead is not synced: the log has to keep all of it. */
START_TEST(what_is_written_ahead_counts_once_it_is_synced)
{
	MUST(db_begin_write(&a));
	save_drafts(&a, 300, 'x');
	MUST(db_commit_quietly(&a));
	ck_assert(!fold(FOLD_AHEAD));
	ck_assert_int_eq(drafts_from(FILE_ALONE, 'x'), 300);
	ck_assert_int_eq(drafts_from(FILE_AND_LOG, 'x'), 300);
	/* others go on, and what they change is not taken for written */
	MUST(db_begin_write(&b));
	save_drafts(&b, 100, 'y');
	MUST(db_commit_quietly(&b));
	ck_assert(fold(FOLD_REST));
	ck_assert_int_eq(drafts_from(FILE_ALONE, 'y'), 100);
	ck_assert_int_eq(drafts_from(FILE_ALONE, 'x'), 200);
	/* the log begins anew with the next one, and both are read */
	MUST(db_begin_write(&b));
	save_drafts(&b, 50, 'z');
	MUST(db_commit_quietly(&b));
	ck_assert_int_eq(drafts_from(FILE_AND_LOG, 'z'), 50);
	ck_assert_int_eq(drafts_from(FILE_AND_LOG, 'y'), 50);
	must_be_sound();
}
END_TEST

START_TEST(a_long_log_goes_into_the_file)
{
	MUST(db_begin_write(&a));
	save_drafts(&a, LARGE, 'x');
	MUST(db_commit_quietly(&a));
	MUST(db_fold_some(&a));
	ck_assert_int_eq(drafts_from(FILE_ALONE, 'x'), LARGE);
	/* so the next one begins it anew */
	MUST(db_begin_write(&a));
	save_drafts(&a, 1, 'y');
	MUST(db_commit_quietly(&a));
	ck_assert_int_lt(a.db->log_pages, 100);
}
END_TEST

/* ---- as it grows ---- */

/* Saves until the log begins anew, or is as long as most; how long it became. */
static int
grown_until_anew(int most)
{
	static char letter = 'a';
	int longest = 0;

	while (a.db->log_pages >= longest && longest < most) {
		letter ^= 1; /* SQLite writes nothing that stands there already */
		longest = a.db->log_pages;
		MUST(db_begin_write(&a));
		save_drafts(&a, 100, letter);
		MUST(db_commit_quietly(&a));
		ck_assert_int_ne(a.db->log_pages, longest);
	}
	return longest;
}

START_TEST(the_log_begins_anew_at_its_length)
{
	int longest = grown_until_anew(20000);

	ck_assert_int_ge(longest, 4000);
	ck_assert_int_lt(longest, 4500);
}
END_TEST

/* Who reads an older state keeps the rest of the log; once they have gone it is
 * not as long again until that is seen. */
START_TEST(soon_after_a_reader_it_begins_anew)
{
	int longest;

	MUST(db_begin_read(&b));
	ck_assert_int_eq(drafts_of(&b, 1, 'x'), 0);
	ck_assert_int_ge(grown_until_anew(5000), 5000);
	db_end_read(&b);
	longest = grown_until_anew(20000);
	ck_assert_int_lt(longest, 6500);
}
END_TEST

static int
times_said(const char *words, FILE *f)
{
	char line[256];
	int n = 0;

	rewind(f);
	while (fgets(line, sizeof(line), f))
		n += strstr(line, words) != NULL;
	fclose(f);
	return n;
}

/* Of 64 MB the administrator is told, once and not with every save. */
START_TEST(a_log_that_only_grows_is_told_of_once)
{
	FILE *said = tmpfile();
	int screen = dup(STDERR_FILENO);

	ck_assert_ptr_nonnull(said);
	MUST(db_begin_read(&b));
	ck_assert_int_eq(drafts_of(&b, 1, 'x'), 0);
	dup2(fileno(said), STDERR_FILENO);
	ck_assert_int_ge(grown_until_anew(17500), 17500);
	dup2(screen, STDERR_FILENO);
	close(screen);
	db_end_read(&b);
	ck_assert_int_eq(times_said("write-ahead log is large", said), 1);
}
END_TEST

/* Reads without a pause, as an office does in which somebody always looks. */
_Noreturn static void
read_on(void)
{
	struct op reader = op_open(office, "res1");
	int64_t n;

	for (;;) {
		MUST(db_begin_read(&reader));
		MUST(db_number(&reader, db_query(&reader, "SELECT sum(length(body)) FROM draft"
		    " CROSS JOIN (VALUES (1), (2), (3), (4))"), &n));
		db_end_read(&reader);
	}
}

START_TEST(where_somebody_always_reads_it_begins_anew)
{
	pid_t readers[3];
	int longest;

	for (size_t i = 0; i < COUNT_OF(readers); i++) {
		readers[i] = fork();
		if (readers[i] == 0)
			read_on();
	}
	longest = grown_until_anew(30000);
	for (size_t i = 0; i < COUNT_OF(readers); i++) {
		kill(readers[i], SIGKILL);
		ck_assert_int_eq(waitpid(readers[i], NULL, 0), readers[i]);
	}
	ck_assert_msg(longest < 30000, "the log has %d pages and goes on", longest);
	must_be_sound();
}
END_TEST

Suite *suite_log(void);

Suite *
suite_log(void)
{
	Suite *s = suite_create("log");
	TCase *t = tcase_create("log");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_commit_is_one_write);
	tcase_add_test(t, a_large_write_is_read_back);
	tcase_add_test(t, what_was_taken_back_is_written_by_nobody);
	tcase_add_test(t, what_is_written_ahead_counts_once_it_is_synced);
	tcase_add_test(t, a_long_log_goes_into_the_file);
	tcase_add_test(t, the_log_begins_anew_at_its_length);
	tcase_add_test(t, soon_after_a_reader_it_begins_anew);
	tcase_add_test(t, a_log_that_only_grows_is_told_of_once);
	tcase_add_test(t, where_somebody_always_reads_it_begins_anew);
	suite_add_tcase(s, t);
	return s;
}
