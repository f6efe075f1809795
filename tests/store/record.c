/*
 * record.c - the recorder of changes beside SQLite's own: on two connections
 * the same statements run at random, one watched by each.  What both tell must
 * be the same, and must bring a copy to the same state, whether SQLite's own
 * way carries it out or ours.
 */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/store/apply.h"
#include "../../src/store/record.h"

#define TRANSACTIONS 1500
#define LINES_MAX 4000

/* Every kind of key, of value, of table; a trigger that changes other rows. */
static const char schema[] =
    "CREATE TABLE plain (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c REAL, d BLOB) STRICT;"
    "CREATE TABLE named (x, name TEXT NOT NULL PRIMARY KEY, z INTEGER);"
    "CREATE TABLE pair (k TEXT NOT NULL, v TEXT, n INTEGER NOT NULL, PRIMARY KEY (n, k))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE tally (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;"
    "CREATE INDEX plain_b ON plain (b);"
    "CREATE TABLE draft (id INTEGER PRIMARY KEY, body TEXT) STRICT;" /* not of the state */
    "CREATE TRIGGER count_up AFTER UPDATE OF b ON plain WHEN NEW.id % 3 = 0 BEGIN"
    " INSERT INTO tally VALUES (NEW.id, 1) ON CONFLICT DO UPDATE SET n = n + 1;"
    " INSERT INTO draft (body) VALUES ('x'); END;"
    "CREATE TRIGGER count_off AFTER DELETE ON plain BEGIN"
    " DELETE FROM tally WHERE id = OLD.id; END;"
    "CREATE TABLE child (id INTEGER PRIMARY KEY, of TEXT REFERENCES named (name)"
    " ON DELETE CASCADE ON UPDATE CASCADE) STRICT;"
    "CREATE TRIGGER again AFTER INSERT ON child BEGIN"
    " UPDATE named SET z = z + 1 WHERE name = NEW.of; END;";
static const char *const tables[] = {
	"plain ORDER BY id", "named ORDER BY name", "pair ORDER BY n, k", "tally ORDER BY id",
	"child ORDER BY id",
};

/* %d: a small number, so that rows meet again. */
static const char *const statements[] = {
	"INSERT OR REPLACE INTO plain (id, a, b, c, d) VALUES (%d, 'a%d', %d, %d, x'0%d')",
	"INSERT INTO plain (id, c) VALUES (%d, 1.5) ON CONFLICT DO UPDATE SET b = %d",
	"INSERT OR IGNORE INTO plain (id, a, b, c, d) VALUES (%d, '', 0, -0.0, x'')",
	"UPDATE plain SET a = 'ä' || %d, b = %d WHERE id = %d",
	"UPDATE plain SET b = b + 1 WHERE id > %d", "UPDATE plain SET b = b - 1 WHERE id > %d",
	"UPDATE plain SET c = 3, d = zeroblob(%d)", "UPDATE plain SET b = b WHERE id = %d",
	"UPDATE OR REPLACE plain SET id = %d WHERE id = %d", "DELETE FROM plain WHERE id = %d",
	"INSERT OR REPLACE INTO named VALUES (%d.5, 'n%d', %d)",
	"INSERT OR REPLACE INTO named VALUES (x'00', 'n%d', 9000000000 + %d)",
	"UPDATE OR IGNORE named SET name = 'n%d' WHERE name = 'n%d'",
	"UPDATE named SET x = 'n', z = -%d WHERE name = 'n%d'", "DELETE FROM named WHERE z < %d",
	"INSERT OR REPLACE INTO pair VALUES ('k%d', 'v%d', %d)",
	"UPDATE pair SET v = 'w%d' WHERE n = %d", "UPDATE pair SET v = v WHERE n = %d",
	"UPDATE OR REPLACE pair SET n = %d WHERE n = %d", "DELETE FROM pair WHERE n = %d",
	"INSERT OR IGNORE INTO child SELECT %d, name FROM named ORDER BY name LIMIT 1",
	"INSERT INTO draft (body) VALUES ('%d')", "DELETE FROM child", "DELETE FROM pair",
	"DELETE FROM plain WHERE %d = 1", "UPDATE plain SET a = hex(zeroblob(%d * 40))",
};

static sqlite3 *ours, *theirs, *copy, *repeated;
static struct applier *applier;
static int misfits;
static struct recorder *record;
static sqlite3_session *session;
static unsigned dice;

static unsigned
roll(unsigned sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (dice >> 12) % sides;
}

static void
sql(sqlite3 *s, const char *text)
{
	ck_assert_msg(sqlite3_exec(s, text, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", text,
	    sqlite3_errmsg(s));
}

static sqlite3 *
open_empty(void)
{
	sqlite3 *s;

	ck_assert_int_eq(sqlite3_open(":memory:", &s), SQLITE_OK);
	sql(s, "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON");
	return s;
}

static int
table_wanted(void *data, const char *table)
{
	(void)data;
	return table_is_state(table);
}

static void
one_misfit(void *data, const char *table)
{
	(void)data;
	(void)table;
	misfits++;
}

/* Only changesets change it. */
static sqlite3 *
open_copy(void)
{
	sqlite3 *s = open_empty();

	sql(s, schema);
	sql(s, "PRAGMA foreign_keys=OFF; DROP TRIGGER count_up; DROP TRIGGER count_off;"
	    "DROP TRIGGER again");
	return s;
}

static void
setup(void)
{
	ours = open_empty();
	theirs = open_empty();
	copy = open_copy();
	repeated = open_copy();
	applier = apply_new(repeated, one_misfit, NULL);
	misfits = 0;
	record = record_new(ours);
	sql(ours, schema);
	sql(theirs, schema);
}

static void
teardown(void)
{
	record_free(record);
	apply_free(applier);
	sqlite3_close(ours);
	sqlite3_close(theirs);
	sqlite3_close(copy);
	sqlite3_close(repeated);
}

static void
both(const char *text)
{
	sql(ours, text);
	sql(theirs, text);
}

static void
write_at_random(char *text, size_t size)
{
	int n[5];

	for (size_t i = 0; i < COUNT_OF(n); i++)
		n[i] = (int)roll(10);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text, size, statements[roll(COUNT_OF(statements))], n[0], n[1], n[2], n[3], n[4]);
#pragma GCC diagnostic pop
}

static void
change_at_random(void)
{
	char text[256];

	write_at_random(text, sizeof(text));
	both(text);
}

/* ---- what a changeset says, a line a row, in order ---- */

struct telling {
	char *line[LINES_MAX];
	size_t n;
};

static void
tell_values(FILE *f, sqlite3_changeset_iter *it, int columns, bool old)
{
	for (int i = 0; i < columns; i++) {
		sqlite3_value *v = NULL;

		if (old)
			sqlite3changeset_old(it, i, &v);
		else
			sqlite3changeset_new(it, i, &v);
		if (!v) {
			fputs(" -", f);
			continue;
		}
		fprintf(f, " %d:%s:%d", sqlite3_value_type(v),
		    sqlite3_value_type(v) == SQLITE_BLOB ? "" : (const char *)sqlite3_value_text(v),
		    sqlite3_value_bytes(v));
	}
}

static int
in_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
tell(struct telling *t, const void *bytes, size_t n)
{
	sqlite3_changeset_iter *it;

	t->n = 0;
	ck_assert_int_eq(sqlite3changeset_start(&it, (int)n, (void *)(uintptr_t)bytes), SQLITE_OK);
	while (sqlite3changeset_next(it) == SQLITE_ROW) {
		int columns, operation, indirect;
		unsigned char *key;
		const char *table;
		size_t size;
		FILE *f = open_memstream(&t->line[t->n++], &size);

		ck_assert_uint_lt(t->n, LINES_MAX);
		sqlite3changeset_op(it, &table, &columns, &operation, &indirect);
		sqlite3changeset_pk(it, &key, NULL);
		fprintf(f, "%s %d %s", table, operation, indirect ? "indirect" : "direct");
		for (int i = 0; i < columns; i++)
			fprintf(f, " %d", key[i]);
		if (operation != SQLITE_INSERT)
			tell_values(f, it, columns, true);
		if (operation != SQLITE_DELETE)
			tell_values(f, it, columns, false);
		fclose(f);
	}
	ck_assert_int_eq(sqlite3changeset_finalize(it), SQLITE_OK);
	qsort(t->line, t->n, sizeof(t->line[0]), in_order);
}

static void
same_telling(const void *a, size_t n, const void *b, size_t m)
{
	static struct telling x, y;

	tell(&x, a, n);
	tell(&y, b, m);
	for (size_t i = 0; i < x.n || i < y.n; i++)
		ck_assert_msg(i < x.n && i < y.n && strcmp(x.line[i], y.line[i]) == 0,
		    "ours:   %s\ntheirs: %s", i < x.n ? x.line[i] : "", i < y.n ? y.line[i] : "");
	for (size_t i = 0; i < x.n; i++) {
		free(x.line[i]);
		free(y.line[i]);
	}
}

/* ---- a transaction ---- */

static void
start(void)
{
	record_start(record);
	ck_assert_int_eq(sqlite3session_create(theirs, "main", &session), SQLITE_OK);
	sqlite3session_table_filter(session, table_wanted, NULL);
	ck_assert_int_eq(sqlite3session_attach(session, NULL), SQLITE_OK);
	both("BEGIN");
}

/* The changeset is believed, as far as the rows that stand there let it. */
static int
believe(void *conflicts, int kind, sqlite3_changeset_iter *it)
{
	(void)it;
	++*(int *)conflicts;
	return kind == SQLITE_CHANGESET_DATA || kind == SQLITE_CHANGESET_CONFLICT ?
	    SQLITE_CHANGESET_REPLACE : SQLITE_CHANGESET_OMIT;
}

/* Both ways find as much that does not fit. */
static int
repeat(const void *bytes, size_t n)
{
	int conflicts = 0, before = misfits;

	if (!n)
		return 0;
	ck_assert_int_eq(sqlite3changeset_apply(copy, (int)n, (void *)(uintptr_t)bytes, NULL, believe,
	    &conflicts), SQLITE_OK);
	ck_assert_int_eq(apply_changeset(applier, bytes, n), SQLITE_OK);
	ck_assert_int_eq(misfits - before, conflicts);
	return conflicts;
}

static int
finish(void)
{
	const void *bytes;
	void *expected;
	size_t n;
	int m, conflicts;

	ck_assert(record_take(record, &bytes, &n));
	ck_assert_int_eq(sqlite3session_changeset(session, &m, &expected), SQLITE_OK);
	ck_assert(changeset_is_sound(bytes, n));
	ck_assert(changeset_is_sound(expected, (size_t)m));
	same_telling(bytes, n, expected, (size_t)m);
	conflicts = repeat(bytes, n);
	sqlite3_free(expected);
	record_stop(record);
	sqlite3session_delete(session);
	both("COMMIT");
	return conflicts;
}

static char *
contents(sqlite3 *s)
{
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		char *query = sqlite3_mprintf("SELECT * FROM %s", tables[i]);
		sqlite3_stmt *q;

		ck_assert_int_eq(sqlite3_prepare_v2(s, query, -1, &q, NULL), SQLITE_OK);
		while (sqlite3_step(q) == SQLITE_ROW)
			for (int c = 0; c < sqlite3_column_count(q); c++)
				fprintf(f, "%d:%s|", sqlite3_column_type(q, c),
				    (const char *)sqlite3_column_text(q, c));
		sqlite3_finalize(q);
		sqlite3_free(query);
	}
	fclose(f);
	return text;
}

static void
same_contents(sqlite3 *s, sqlite3 *other)
{
	char *a = contents(s), *b = contents(other);

	ck_assert_str_eq(a, b);
	free(a);
	free(b);
}

START_TEST(tells_what_the_session_tells)
{
	for (int i = 0; i < TRANSACTIONS; i++) {
		unsigned n = roll(12);

		if (i == TRANSACTIONS / 2) {
			both("ALTER TABLE plain ADD COLUMN late TEXT");
			sql(copy, "ALTER TABLE plain ADD COLUMN late TEXT");
			sql(repeated, "ALTER TABLE plain ADD COLUMN late TEXT");
		}
		start();
		while (n--)
			change_at_random();
		ck_assert_int_eq(finish(), 0);
	}
	same_contents(ours, theirs);
	same_contents(ours, copy);
	same_contents(ours, repeated);
}
END_TEST

/* Copies that somebody has changed meanwhile: each change does to them what
 * SQLite's own way does, and says as often that it did not fit. */
START_TEST(repeats_on_what_does_not_fit)
{
	int conflicts = 0;
	char text[256];

	for (int i = 0; i < TRANSACTIONS; i++) {
		unsigned n = roll(6);

		write_at_random(text, sizeof(text));
		sql(copy, text);
		sql(repeated, text);
		start();
		while (n--)
			change_at_random();
		conflicts += finish();
		same_contents(copy, repeated);
	}
	ck_assert_int_gt(conflicts, TRANSACTIONS / 2);
}
END_TEST

/* More rows than the first buckets, each found again. */
START_TEST(keeps_many_rows_apart)
{
	start();
	both("WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
	    " INSERT INTO plain (id, b) SELECT i, i FROM n");
	both("UPDATE plain SET b = b + 1, a = 'x' WHERE id % 2 = 0");
	both("DELETE FROM plain WHERE id % 5 = 0");
	finish();
	start();
	both("UPDATE plain SET b = -b");
	finish();
	same_contents(ours, repeated);
}
END_TEST

/* A column moved to another place, as many columns as before. */
START_TEST(follows_the_columns)
{
	static const char *const steps[] = {
		"CREATE TABLE moving (a TEXT, id INTEGER PRIMARY KEY, b TEXT)",
		"ALTER TABLE moving DROP COLUMN a", "ALTER TABLE moving ADD COLUMN c TEXT",
	};

	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		both(steps[i]);
		sql(copy, steps[i]);
		sql(repeated, steps[i]);
		start();
		both("INSERT INTO moving (b) VALUES ('x')");
		both("UPDATE moving SET b = 'y' WHERE id = 1");
		ck_assert_int_eq(finish(), 0);
	}
}
END_TEST

START_TEST(a_failed_statement_spoils_it)
{
	const void *bytes;
	size_t n;

	start();
	record_spoil(record);
	ck_assert(!record_take(record, &bytes, &n));
	record_start(record);
	ck_assert(record_take(record, &bytes, &n));
	ck_assert_uint_eq(n, 0);
	sqlite3session_delete(session);
}
END_TEST

/* Whatever bytes are called sound, SQLite's reader comes to their end. */
START_TEST(strange_bytes_are_not_sound)
{
	static const struct {
		const char *bytes;
		size_t n;
	} strange[] = {
		{ "T\001", 2 }, { "T", 1 }, { "x", 1 }, { "T\000\000", 3 }, { "T\001\001t", 4 },
		{ "T\001\001\000\022\000\005", 7 }, { "T\001\000t\000\022\000\005", 8 },
		{ "T\001\001t\000\022\000\003\377", 9 }, { "T\001\001t\000\022\000\006", 8 },
		{ "T\001\001t\000\022\000", 7 }, { "T\001\001t\000\027\000\000\000", 9 },
		{ "T\377\377\377\377\377\377", 7 },
	};
	const void *bytes;
	size_t n;

	for (size_t i = 0; i < COUNT_OF(strange); i++)
		ck_assert_msg(!changeset_is_sound(strange[i].bytes, strange[i].n), "%zu", i);
	start();
	for (int i = 0; i < 40; i++)
		change_at_random();
	ck_assert(record_take(record, &bytes, &n));
	ck_assert_uint_gt(n, 50);
	for (int i = 0; i < 4000; i++) {
		unsigned char *bad = malloc(n);
		size_t length = roll(3) ? n : roll((unsigned)n);
		sqlite3_changeset_iter *it;

		memcpy(bad, bytes, n);
		bad[roll((unsigned)n)] = (unsigned char)roll(256);
		if (changeset_is_sound(bad, length) && length > 0) {
			sqlite3changeset_start(&it, (int)length, bad);
			while (sqlite3changeset_next(it) == SQLITE_ROW)
				;
			sqlite3changeset_finalize(it);
		}
		free(bad);
	}
	finish();
}
END_TEST

Suite *suite_record(void);
Suite *
suite_record(void)
{
	Suite *s = suite_create("record");
	TCase *t = tcase_create("record");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, tells_what_the_session_tells);
	tcase_add_test(t, repeats_on_what_does_not_fit);
	tcase_add_test(t, keeps_many_rows_apart);
	tcase_add_test(t, follows_the_columns);
	tcase_add_test(t, a_failed_statement_spoils_it);
	tcase_add_test(t, strange_bytes_are_not_sound);
	suite_add_tcase(s, t);
	return s;
}
