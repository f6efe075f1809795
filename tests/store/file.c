/*
 * file.c - the office file with two connections: what is refused at opening,
 * transactions, events with what changed, news, pages while rows change,
 * counters against the truth.
 */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "../../src/store/db.h"
#include "harness_op.h"
#include "store_admin.h"
#include "store_case.h"
#include "store_work.h"

static struct office *office;
static struct op a, b;           /* two connections to it */

static void
setup(void)
{
	office = office_new();
	a = op_open(office, "res1");
	b = op_open(office, "res2");
}

static void
teardown(void)
{
	op_close(&a);
	op_close(&b);
	office_free(office);
}

#define MUST(call) ck_assert_int_eq((call), ST_OK)

static void
begin(struct op *op)
{
	op->touched = NULL;
	MUST(db_begin_write(op));
}

static void
commit(struct op *op, const char *command)
{
	MUST(db_commit(op, &(struct event_head){ .command = command }));
}

static int64_t
new_person(struct op *op, const char *family)
{
	struct person_name name = { .kind = "main", .family = family, .given = "Rania" };
	struct person p = { .display = family, .names = &name, .n_names = 1 };

	MUST(store_person_add(op, &p));
	return p.id;
}

static int64_t
new_case(struct op *op, int64_t person, int due)
{
	struct case_file c = { .person_id = person, .service_id = 2, .site = "main",
		.unit = "residence", .state = CASE_OPEN, .opened_at = op->now,
		.opened_day = op->today, .arrived_day = op->today, .due_day = due, .rank_day = due,
		.asked = 1, .wait_day = DAY_NONE, .decided_day = DAY_NONE };

	MUST(store_case_add(op, &c));
	return c.id;
}

/* ---- opening ---- */

static void
is_refused(const char *path, enum status status)
{
	struct db *db;
	const char *why = NULL;
	enum status s = db_open(a.mem, path, &db, &why);

	ck_assert_msg(s == status, "%s: %s", path, status_name(s));
	ck_assert_ptr_null(db);
	ck_assert_msg(why && strlen(why) > 15, "%s: no sentence", path);
}

/* As somebody with the file would, without our guard. */
static void
sql(struct op *op, const char *text)
{
	guard_lift(op->db);
	ck_assert_msg(sqlite3_exec(op->db->sqlite, text, NULL, NULL, NULL) == SQLITE_OK, "%s: %s",
	    text, sqlite3_errmsg(op->db->sqlite));
	guard_set(op->db);
}

START_TEST(strange_files_are_refused)
{
	char path[300];
	int fd;

	snprintf(path, sizeof(path), "%s/none.db", office_dir(office));
	is_refused(path, ST_NOT_FOUND);
	is_refused(office_dir(office), ST_NOT_FOUND);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	is_refused(path, ST_STORE); /* empty: a database, but no office */
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(write(fd, "not a database\n", 15), 15);
	close(fd);
	is_refused(path, ST_STORE);
	unlink(path);
	ck_assert_int_eq(symlink(office_db(office), path), 0);
	is_refused(path, ST_STORE);
}
END_TEST

/* What others may open, too, or by another name, keeps no secrets. */
START_TEST(files_that_others_reach_are_refused)
{
	char path[300];
	static const unsigned modes[] = { 0640, 0602, 0604, 0660, 0610 };

	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		ck_assert_int_eq(chmod(office_db(office), modes[i]), 0);
		is_refused(office_db(office), ST_STORE);
	}
	ck_assert_int_eq(chmod(office_db(office), 0600), 0);
	snprintf(path, sizeof(path), "%s/second.db", office_dir(office));
	ck_assert_int_eq(link(office_db(office), path), 0);
	is_refused(office_db(office), ST_STORE);
	is_refused(path, ST_STORE);
	unlink(path);
	op_close(&b);
	b = op_open(office, "res2");
}
END_TEST

static int64_t pretended;        /* the magic of the file system; 0: as it is */

/* In the place of the C library's: no test can mount one. */
int
statfs(const char *path, struct statfs *fs)
{
	int rc = (int)syscall(SYS_statfs, path, fs);

	if (rc == 0 && pretended)
		fs->f_type = pretended;
	return rc;
}

START_TEST(files_of_other_machines_are_refused)
{
	/* NFS, SMB 1 to 3 (CIFS), Ceph, AFS, Lustre, GFS2, a FUSE such as sshfs */
	static const int64_t remote[] = { 0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x00C36400,
		0x5346414F, 0x0BD00BD0, 0x01161970, 0x65735546 };
	/* ext4, XFS, Btrfs, ZFS, tmpfs, an overlay of containers */
	static const int64_t local[] = { 0xEF53, 0x58465342, 0x9123683E, 0x2FC12FC1, 0x01021994,
		0x794C7630 };

	for (size_t i = 0; i < COUNT_OF(remote); i++) {
		pretended = remote[i];
		is_refused(office_db(office), ST_STORE);
	}
	for (size_t i = 0; i < COUNT_OF(local); i++) {
		pretended = local[i];
		op_close(&b);
		b = op_open(office, "res2");
	}
	pretended = 0;
}
END_TEST

START_TEST(newer_and_foreign_schemas_are_refused)
{
	const char *why = NULL;
	int from, to;
	bool anew;

	sql(&a, "PRAGMA user_version = 4711");
	is_refused(office_db(office), ST_STORE);
	ck_assert_int_eq(db_migrate(a.mem, office_db(office), &from, &to, &anew, &why), ST_STORE);
	ck_assert_ptr_nonnull(why);
	sql(&a, "PRAGMA user_version = 1; PRAGMA application_id = 7");
	is_refused(office_db(office), ST_STORE);
	ck_assert_int_eq(db_migrate(a.mem, office_db(office), &from, &to, &anew, &why), ST_STORE);
}
END_TEST

/* Written while the schema was still being worked on: the numbers agree, the
 * tables do not. */
START_TEST(a_schema_that_was_never_released_is_refused)
{
	const char *why = NULL;
	int from, to;
	bool anew;

	sql(&a, "UPDATE schema_step SET sum = 4711 WHERE step = 1");
	is_refused(office_db(office), ST_STORE);
	ck_assert_int_eq(db_migrate(a.mem, office_db(office), &from, &to, &anew, &why), ST_STORE);
	ck_assert_ptr_nonnull(strstr(why, "never released"));
	sql(&a, "DROP TABLE schema_step");
	is_refused(office_db(office), ST_STORE);
}
END_TEST

START_TEST(a_new_file_is_private_and_not_overwritten)
{
	char path[300];
	const char *why = NULL;
	struct db *db;
	struct stat st;

	snprintf(path, sizeof(path), "%s/new.db", office_dir(office));
	umask(0);
	MUST(db_create(a.mem, path, &db, &why));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	db_close(db);
	office_lock_remove(path);
	ck_assert_int_eq(db_create(a.mem, path, &db, &why), ST_INVALID);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_gt(st.st_size, 0);
}
END_TEST

/* ---- writing ---- */

START_TEST(what_is_rolled_back_was_never_there)
{
	struct person p;
	int64_t id;

	begin(&a);
	id = new_person(&a, "Haddad");
	db_rollback(&a);
	MUST(store_person_find(&b, id, &p));
	ck_assert_int_eq(p.id, 0);
	begin(&b); /* the lock is free */
	db_rollback(&b);
}
END_TEST

START_TEST(an_event_tells_what_changed)
{
	struct event *events;
	struct case_file c;
	size_t n, i;
	int64_t id;

	begin(&a);
	id = new_case(&a, new_person(&a, "Haddad"), a.today);
	commit(&a, "case.open");
	begin(&b);
	MUST(store_case_find(&b, id, &c));
	c.state = CASE_IN_WORK;
	c.owner_id = b.by->id;
	MUST(store_case_save(&b, &c));
	commit(&b, "case.claim");
	ck_assert_int_eq(c.version, 2);
	MUST(store_event_history(&a, "case", id, 10, &events, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(events[0].command, "case.claim");
	ck_assert_str_eq(events[0].by, b.by->name);
	for (i = 0; i < events[0].n_changes; i++)
		if (strcmp(events[0].changes[i].column, "state") == 0)
			break;
	ck_assert_uint_lt(i, events[0].n_changes);
	ck_assert_str_eq(events[0].changes[i].before, "open");
	ck_assert_str_eq(events[0].changes[i].after, "in_work");
}
END_TEST

/* The log is what happened: the file itself refuses, to any connection. */
START_TEST(events_and_steps_stay)
{
	static const char *const tries[] = {
		"UPDATE event SET command = 'x'", "UPDATE event SET hash = NULL", "DELETE FROM event",
		"UPDATE event SET changeset = x''", "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
		"INSERT OR REPLACE INTO event SELECT * FROM event LIMIT 1",
		"INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT DO UPDATE SET at = 0",
		"UPDATE event_object SET id = 0", "DELETE FROM event_object",
		"INSERT OR REPLACE INTO event_object SELECT * FROM event_object LIMIT 1",
		"UPDATE visit_step SET at = 0", "DELETE FROM visit_step",
	};
	struct visit v = { .site = "main", .letter = "A", .lane = "normal", .people = 1,
		.concern = "a question", .state = VISIT_WAITING, .arrived_at = a.now,
		.rank_at = a.now };

	v.day = a.today;
	begin(&a);
	MUST(store_visit_add(&a, &v));
	op_touch(&a, "visit", v.id);
	commit(&a, "visit.new");
	guard_lift(b.db);
	for (size_t i = 0; i < COUNT_OF(tries); i++)
		ck_assert_msg(sqlite3_exec(b.db->sqlite, tries[i], NULL, NULL, NULL) ==
		    SQLITE_CONSTRAINT_TRIGGER, "%s", tries[i]);
}
END_TEST

START_TEST(news_are_of_others_and_told_once)
{
	unsigned topics;

	MUST(db_changes(&a, 1, &topics));
	MUST(db_changes(&b, 1, &topics));
	begin(&a);
	new_person(&a, "Haddad");
	commit(&a, "person.new");
	MUST(db_changes(&a, 1, &topics));
	ck_assert_uint_eq(topics, 0);
	MUST(db_changes(&b, 1, &topics));
	ck_assert_uint_eq(topics, TOPIC_PERSON);
	MUST(db_changes(&b, 1, &topics));
	ck_assert_uint_eq(topics, 0);
}
END_TEST

/* ---- reading ---- */

/*
 * Pages while others work: whatever stays in the queue all the time is seen
 * exactly once, whatever leaves or comes meanwhile.
 */
START_TEST(pages_are_whole_while_rows_change)
{
	const char *unit = "residence";
	struct case_filter f = { .units = &unit, .n_units = 1, .states = 1u << CASE_OPEN,
		.due_before = DAY_NONE, .sort = (enum case_sort)_i, .limit = 7 };
	struct case_file *list, gone;
	int seen[200] = { 0 };
	int64_t first, person;
	size_t n;

	begin(&a);
	person = new_person(&a, "Haddad");
	first = new_case(&a, person, a.today + 50);
	for (int i = 1; i < 100; i++) /* many with the same key */
		new_case(&a, person, a.today + 50 + i / 10);
	commit(&a, "case.open");
	do {
		MUST(store_case_page(&b, &f, &list, &n));
		for (size_t i = 0; i < n; i++)
			seen[list[i].id - first]++;
		if (n == 0)
			break;
		f.after_id = list[n - 1].id;
		f.after_day = f.sort == CASE_BY_AGE ? list[n - 1].opened_day
		    : list[n - 1].due_day;
		/* the last one seen is claimed, a new one comes in front */
		begin(&a);
		MUST(store_case_find(&a, list[n - 1].id, &gone));
		gone.state = CASE_IN_WORK;
		gone.owner_id = a.by->id;
		MUST(store_case_save(&a, &gone));
		new_case(&a, person, a.today);
		commit(&a, "case.claim");
	} while (n == (size_t)f.limit);
	for (int i = 0; i < 100; i++)
		ck_assert_msg(seen[i] == 1, "the %dth was seen %d times", i, seen[i]);
}
END_TEST

START_TEST(counters_tell_the_truth)
{
	static const char sql_truth[] =
	    "SELECT count(*) FROM case_file WHERE unit = 'residence' AND state = ?1";
	struct faults faults = { .n = 0 };
	struct case_counts counts;
	int64_t person, ids[40];

	begin(&a);
	person = new_person(&a, "Haddad");
	for (int i = 0; i < 40; i++)
		ids[i] = new_case(&a, person, a.today - 20 + i);
	commit(&a, "case.open");
	begin(&a);
	for (int i = 0; i < 40; i += 3) {
		struct case_file c;

		MUST(store_case_find(&a, ids[i], &c));
		c.state = (enum case_state)(CASE_OPEN + i % 5);
		c.decided_day = c.state >= CASE_DECIDED ? a.today : DAY_NONE;
		MUST(store_case_save(&a, &c));
	}
	commit(&a, "case.claim");
	MUST(store_case_counts(&b, "residence", &counts));
	for (int state = CASE_OPEN; state <= CASE_WAITING; state++) {
		sqlite3_stmt *q = db_query(&b, sql_truth);
		bool row;

		bind_text(q, 1, state_name(&case_states, state));
		MUST(db_step(&b, q, &row));
		ck_assert_int_eq(col_int(q, 0), counts.in_state[state]);
		db_done(q);
	}
	ck_assert_int_gt(counts.late, 0);
	MUST(db_begin_read(&b));
	MUST(store_verify_counters(&b, &faults));
	MUST(store_verify_events(&b, &faults));
	db_end_read(&b);
	ck_assert_int_eq(faults.found, 0);
	/* and a wrong one is found */
	sql(&a, "UPDATE case_count SET open = open + 1");
	MUST(store_verify_counters(&b, &faults));
	ck_assert_int_gt(faults.found, 0);
}
END_TEST

/* What somebody changed behind the program's back is found by the check. */
START_TEST(a_change_without_event_is_found)
{
	struct faults faults = { .n = 0 };

	begin(&a);
	new_case(&a, new_person(&a, "Haddad"), a.today);
	commit(&a, "case.open");
	sql(&b, "UPDATE case_file SET due_day = '2030-01-01'");
	MUST(db_begin_read(&b));
	MUST(store_verify_events(&b, &faults));
	db_end_read(&b);
	ck_assert_int_gt(faults.found, 0);
}
END_TEST

/* SQLite's own reader would never come to the end of this one. */
START_TEST(a_damaged_event_is_found)
{
	struct faults faults = { .n = 0 };
	struct event *events;
	int64_t person;
	size_t n;

	begin(&a);
	person = new_person(&a, "Haddad");
	commit(&a, "person.new");
	sql(&a, "DROP TRIGGER event_stays; UPDATE event SET changeset = x'5401'"
	    " WHERE seq = (SELECT max(seq) FROM event)");
	MUST(store_event_history(&b, "person", person, 10, &events, &n));
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(events[0].n_changes, 0);
	MUST(db_begin_read(&b));
	MUST(store_verify_events(&b, &faults));
	db_end_read(&b);
	ck_assert_int_gt(faults.found, 0);
}
END_TEST

Suite *suite_file(void);
Suite *
suite_file(void)
{
	Suite *s = suite_create("file");
	TCase *t = tcase_create("file");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, strange_files_are_refused);
	tcase_add_test(t, files_that_others_reach_are_refused);
	tcase_add_test(t, files_of_other_machines_are_refused);
	tcase_add_test(t, newer_and_foreign_schemas_are_refused);
	tcase_add_test(t, a_schema_that_was_never_released_is_refused);
	tcase_add_test(t, a_new_file_is_private_and_not_overwritten);
	tcase_add_test(t, what_is_rolled_back_was_never_there);
	tcase_add_test(t, an_event_tells_what_changed);
	tcase_add_test(t, events_and_steps_stay);
	tcase_add_test(t, news_are_of_others_and_told_once);
	tcase_add_loop_test(t, pages_are_whole_while_rows_change, CASE_BY_RANK, CASE_BY_AGE + 1);
	tcase_add_test(t, counters_tell_the_truth);
	tcase_add_test(t, a_change_without_event_is_found);
	tcase_add_test(t, a_damaged_event_is_found);
	suite_add_tcase(s, t);
	return s;
}
