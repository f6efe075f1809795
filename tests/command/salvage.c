/*
 * salvage.c - a damaged office file: what can be read of it, and what is said
 * of the rest.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store.h"

#define PAGE 4096

#define NEW ".new"
static char fresh[PATH_MAX + 32];

static void
salvage_begin(void)
{
	office_begin();
	snprintf(fresh, sizeof(fresh), "%s" NEW, office);
}

static void
salvage_end(void)
{
	if (access(fresh, F_OK) == 0)
		office_lock_remove(fresh);
	office_end();
}

/* Number of the n-th last leaf of a table. */
static int
leaf_of(const char *table, int n)
{
	char query[256];

	snprintf(query, sizeof(query), "SELECT pageno FROM dbstat WHERE name = '%s'"
	    " AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1 OFFSET %d", table, n);
	return count(query);
}

static void
overwrite(int page, int at, const void *bytes, size_t n)
{
	int fd = open(office, O_WRONLY);

	ck_assert_int_eq(pwrite(fd, bytes, n, (off_t)(page - 1) * PAGE + at), (ssize_t)n);
	close(fd);
}

/* A figure of the salvaged file. */
static int
there(const char *query)
{
	size_t end = strlen(office);
	int n;

	strcpy(office + end, NEW);
	n = count(query);
	office[end] = '\0';
	return n;
}

static int
salvage(void)
{
	char *told;
	int code;

	shell("sha256sum < %s > %s.before", office, office);
	code = admin("salvage %s %s", office, fresh);
	told = strdup(said);
	/* only read, and no copy of it stays */
	shell("sha256sum < %s | cmp - %s.before", office, office);
	shell("! ls $(dirname %s) | grep salvaging", office);
	strcpy(said, told);
	free(told);
	return code;
}

static const struct { const char *table, *figure; } states[] = {
	{ "person_name", "SELECT count(*) FROM person_name" },
	{ "case_answer", "SELECT count(*) FROM case_answer" },
	{ "visit", "SELECT sum(id) FROM visit" },
	{ "case_note_case", "SELECT count(*) FROM case_note" },
	{ "case_count", "SELECT sum(open) FROM case_count" },
	{ "spelling_key", "SELECT count(*) FROM spelling_key" },
};

/* What events tell is whole, whatever became of the tables. */
START_TEST(with_all_events_nothing_is_lost)
{
	static const unsigned char zeros[PAGE];
	int before;

	office_copy();
	before = count(states[_i].figure);
	overwrite(leaf_of(states[_i].table, 0), 0, zeros, PAGE);
	ck_assert_int_ne(admin("check %s", office), 0);
	ck_assert_msg(salvage() == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "nothing is lost"));
	ck_assert_msg(admin("check %s", fresh) == 0, "%s", said);
	ck_assert_int_eq(there(states[_i].figure), before);
}
END_TEST

/* Of what nobody tells any more the file itself is asked. */
START_TEST(rows_of_lost_events_are_taken_from_the_file)
{
	static const unsigned char zeros[PAGE];
	int cases, notes, events, drafts;

	office_copy();
	sql("INSERT INTO draft (staff_id, key, body, saved_at) VALUES (1, 'a', '{}', 5)");
	cases = count("SELECT sum(id * version) FROM case_file");
	notes = count("SELECT count(*) FROM case_note");
	events = count("SELECT count(*) FROM event");
	drafts = count("SELECT count(*) FROM draft");
	overwrite(leaf_of("event", 3), 0, zeros, PAGE);
	ck_assert_int_eq(salvage(), 74);
	ck_assert_msg(strstr(said, "  event: rows "), "%s", said);
	ck_assert_int_eq(there("SELECT sum(id * version) FROM case_file"), cases);
	ck_assert_int_eq(there("SELECT count(*) FROM case_note"), notes);
	ck_assert_int_eq(there("SELECT count(*) FROM draft"), drafts);
	/* all but one page of them, and the one that says so */
	ck_assert_int_gt(there("SELECT count(*) FROM event"), events - 60);
	ck_assert_int_lt(there("SELECT count(*) FROM event"), events);
	ck_assert_int_eq(there("SELECT count(*) FROM event WHERE command = 'office.salvage'"), 1);
	/* pages, counters, search are made anew and sound */
	admin("check %s", fresh);
	ck_assert_ptr_nonnull(strstr(said, "sound  pages"));
	ck_assert_ptr_nonnull(strstr(said, "sound  counters"));
	ck_assert_ptr_nonnull(strstr(said, "are gone"));
}
END_TEST

/* An office that is older has not yet every table. */
START_TEST(a_table_that_is_not_there)
{
	office_copy();
	sql("UPDATE unit SET position = position; DROP TABLE draft");
	ck_assert_msg(salvage() == 0, "%s", said);
	ck_assert_int_eq(there("SELECT count(*) FROM draft"), 0);
}
END_TEST

/* The end of the file is gone, as after a broken copy. */
START_TEST(a_file_that_was_cut_off)
{
	static const char names[] = "SELECT count(*) FROM person_name";
	int before;

	office_copy();
	before = count(names);
	shell("truncate -s $(($(stat -c %%s %s) / 4096 * 9 / 10 * 4096)) %s", office, office);
	ck_assert_int_eq(salvage(), 74);
	ck_assert_ptr_nonnull(strstr(said, "cannot be read"));
	ck_assert_int_gt(there(names), before / 2);
	admin("check %s", fresh);
	ck_assert_ptr_nonnull(strstr(said, "sound  pages"));
}
END_TEST

/* Bits fall over anywhere: it ends, and the new file can be used. */
START_TEST(a_file_with_fallen_bits)
{
	int pages;

	office_copy();
	pages = count("PRAGMA page_count");
	srand((unsigned)_i + 1);
	for (int i = 0; i < 40; i++) {
		unsigned char byte = (unsigned char)rand();

		overwrite(2 + rand() % (pages - 1), rand() % PAGE, &byte, 1);
	}
	salvage();
	admin("check %s", fresh);
	ck_assert_msg(strstr(said, "sound  pages"), "%s", said);
	ck_assert_int_gt(there("SELECT count(*) FROM event"), 1000);
}
END_TEST

START_TEST(without_its_first_page_it_is_refused)
{
	static const unsigned char zeros[PAGE];

	office_copy();
	overwrite(1, 0, zeros, PAGE);
	ck_assert_int_eq(salvage(), 74);
	ck_assert_ptr_nonnull(strstr(said, "Go back to the last backup"));
	shell("! ls %s", fresh);
	/* a sound database for SQLite, of which nothing would be missing */
	shell("rm -f %s-wal; : > %s", office, office);
	ck_assert_int_eq(salvage(), 74);
	ck_assert_ptr_nonnull(strstr(said, "There is nothing in that file"));
	shell("! ls %s", fresh);
	ck_assert_int_eq(admin("salvage /nowhere.db %s", fresh), 66);
	ck_assert_int_eq(admin("salvage %s", office), 64);
}
END_TEST

/* What was saved last stands in the log beside the file. */
START_TEST(its_log_is_read_too)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");

	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	desk_close(d);
	ck_assert_msg(admin("salvage %s %s", office_db(o), fresh) == 0, "%s", said);
	ck_assert_int_eq(there("SELECT count(*) FROM visit"), 1);
	office_free(o);
}
END_TEST

Suite *suite_salvage(void);

Suite *
suite_salvage(void)
{
	Suite *s = suite_create("salvage");
	TCase *t = tcase_create("salvage"), *live = tcase_create("live");

	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, salvage_begin, salvage_end);
	tcase_add_loop_test(t, with_all_events_nothing_is_lost, 0, COUNT_OF(states));
	tcase_add_test(t, rows_of_lost_events_are_taken_from_the_file);
	tcase_add_test(t, a_table_that_is_not_there);
	tcase_add_test(t, a_file_that_was_cut_off);
	tcase_add_loop_test(t, a_file_with_fallen_bits, 0, 4);
	tcase_add_test(t, without_its_first_page_it_is_refused);
	suite_add_tcase(s, t);
	tcase_add_unchecked_fixture(live, office_prepare, NULL);
	tcase_add_checked_fixture(live, salvage_begin, salvage_end);
	tcase_add_test(live, its_log_is_read_too);
	suite_add_tcase(s, live);
	return s;
}
