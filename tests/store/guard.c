/*
 * guard.c - the connection of an engine, in the hands of somebody who gets any
 * SQL through it: what happened stays, and so do the schema and the settings.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/store/db.h"
#include "harness_op.h"
#include "store_chain.h"

static struct office *office;
static struct op op;

static void
setup(void)
{
	office = office_new();
	op = op_open(office, "res1");
}

static void
teardown(void)
{
	op_close(&op);
	office_free(office);
}

/* All of what must stay, as text. */
static char *
look(void)
{
	static const char sql[] =
	    "SELECT group_concat(x, '|') FROM (SELECT hex(hash) || command AS x FROM event UNION ALL"
	    " SELECT kind || id || seq FROM event_object UNION ALL SELECT name || sql FROM sqlite_schema"
	    " UNION ALL SELECT user_version FROM pragma_user_version)";
	sqlite3_stmt *q;
	char *text;

	ck_assert_int_eq(sqlite3_prepare_v2(op.db->sqlite, sql, -1, &q, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	text = strdup((const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	return text;
}

static const char *const tries[] = {
	"UPDATE event SET command = 'x'", "UPDATE event SET hash = NULL, salt = NULL",
	"UPDATE event SET changeset = x'', salt = zeroblob(16)", "DELETE FROM event",
	"DELETE FROM event WHERE seq = 1", "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
	"INSERT OR REPLACE INTO event SELECT seq, at, NULL, NULL, NULL, NULL, 'x', NULL, NULL, 0, x'',"
	" x'', x'', x'' FROM event LIMIT 1",
	"REPLACE INTO event SELECT * FROM event",
	"INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT (seq) DO UPDATE SET command = 'x'",
	"INSERT INTO event_cut SELECT seq, x'' FROM event; UPDATE event SET changeset = x''",
	"UPDATE event_object SET id = id + 1", "DELETE FROM event_object",
	"REPLACE INTO event_object SELECT * FROM event_object",
	"DROP TRIGGER event_stays", "DROP TRIGGER event_remains", "DROP TRIGGER IF EXISTS main.event_stays",
	"DROP TABLE event", "DROP INDEX case_by_due",
	"ALTER TABLE event RENAME TO before", "ALTER TABLE event ADD COLUMN more TEXT",
	"ALTER TABLE event DROP COLUMN hash", "ALTER TABLE event RENAME COLUMN hash TO h",
	"CREATE TABLE more (x)", "CREATE TABLE more AS SELECT * FROM event", "CREATE TEMP TABLE event (x)",
	"CREATE TEMP VIEW event AS SELECT 1", "CREATE VIEW v AS SELECT 1", "CREATE INDEX i ON event (at)",
	"CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event_object; END",
	"CREATE TEMP TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
	"CREATE VIRTUAL TABLE v USING fts5(x)",
	"PRAGMA writable_schema = 1", "PRAGMA recursive_triggers = 0", "PRAGMA foreign_keys = 0",
	"PRAGMA journal_mode = DELETE", "PRAGMA synchronous = 0", "PRAGMA trusted_schema = 1",
	"PRAGMA user_version = 1", "PRAGMA schema_version = 1", "PRAGMA application_id = 1",
	"PRAGMA main.user_version = 1", "PRAGMA ignore_check_constraints = 1",
	"PRAGMA defer_foreign_keys = 1", "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA wal_checkpoint",
	"PRAGMA temp_store_directory = '/'", "PRAGMA wal_autocheckpoint = 1", "PRAGMA secure_delete = 0",
	"UPDATE sqlite_schema SET sql = ''", "DELETE FROM sqlite_master WHERE type = 'trigger'",
	"INSERT INTO sqlite_schema VALUES ('trigger', 't', 'event', 0, '')",
	"ATTACH ':memory:' AS other", "ATTACH '/tmp/other.db' AS other", "DETACH main", "VACUUM",
	"VACUUM INTO '/tmp/other.db'", "REINDEX", "ANALYZE", "SAVEPOINT s",
	"SELECT load_extension('x')", "WITH x AS (SELECT 1) DELETE FROM event", "UPDATE event SET at = 1"
	" FROM staff WHERE staff.id = event.staff_id", "BEGIN; DELETE FROM event_object; COMMIT",
};

START_TEST(no_sql_rewrites_what_happened)
{
	char *before = look(), *after;
	int rc = sqlite3_exec(op.db->sqlite, tries[_i], NULL, NULL, NULL);

	ck_assert_msg(rc == SQLITE_AUTH || rc == SQLITE_CONSTRAINT_TRIGGER || rc == SQLITE_ERROR,
	    "%s: %d", tries[_i], rc);
	if (!sqlite3_get_autocommit(op.db->sqlite))
		sqlite3_exec(op.db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	after = look();
	ck_assert_msg(strcmp(before, after) == 0, "%s changed something", tries[_i]);
	free(before);
	free(after);
}
END_TEST

/* The one way there is, for what the law wants gone: the chain still holds. */
START_TEST(an_event_is_cut_and_the_chain_holds)
{
	struct chain_seen seen = { .events = 0 };
	struct faults f = { .n = 0 };

	ck_assert_int_eq(db_begin_write(&op), ST_OK);
	ck_assert_int_eq(store_event_cut(&op, 2, "as the law wants it", "", 0), ST_OK);
	ck_assert_int_eq(db_commit(&op, &(struct event_head){ .command = "retention.run" }), ST_OK);
	/* and once more, down to nothing */
	op.touched = NULL;
	ck_assert_int_eq(db_begin_write(&op), ST_OK);
	ck_assert_int_eq(store_event_cut(&op, 2, NULL, NULL, 0), ST_OK);
	ck_assert_int_eq(db_commit(&op, &(struct event_head){ .command = "retention.run" }), ST_OK);
	ck_assert_int_eq(db_begin_read(&op), ST_OK);
	ck_assert_int_eq(store_verify_chain(&op, &f, &seen), ST_OK);
	db_end_read(&op);
	ck_assert_msg(f.found == 0, "%s", f.n ? f.text[0] : "");
	/* what was cut cannot be put back or cut again by SQL */
	ck_assert_int_eq(sqlite3_exec(op.db->sqlite, "UPDATE event SET changeset = x'00' WHERE seq = 2",
	    NULL, NULL, NULL), SQLITE_AUTH);
}
END_TEST

Suite *suite_guard(void);
Suite *
suite_guard(void)
{
	Suite *s = suite_create("guard");
	TCase *t = tcase_create("guard"), *once = tcase_create("cut");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, no_sql_rewrites_what_happened, 0, COUNT_OF(tries));
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(once, setup, teardown);
	tcase_add_test(once, an_event_is_cut_and_the_chain_holds);
	suite_add_tcase(s, once);
	return s;
}
