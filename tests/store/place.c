/*
 * place.c - the files of an office, by whatever name it is called, and what
 * happens when somebody takes one of them away.
 */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/store/db.h"
#include "../screen/harness_office.h"

Suite *suite_place(void);

static struct office *office;
static struct op a, b;           /* two connections to it */

static void
enter(struct op *op)
{
	const char *why = "";

	*op = (struct op){ .mem = arena_new() };
	ck_assert_msg(db_open(op->mem, office_db(office), &op->db, &why) == ST_OK, "%s", why);
}

static void
leave(struct op *op)
{
	db_close(op->db);
	arena_free(op->mem);
}

static void
setup(void)
{
	clock_init();
	office = office_new();
	enter(&a);
	enter(&b);
}

static void
teardown(void)
{
	leave(&a);
	leave(&b);
	office_free(office);
}

static void
sets(struct op *op, const char *key, const char *value)
{
	ck_assert_int_eq(db_begin_write(op), ST_OK);
	ck_assert_int_eq(store_office_set(op, key, value), ST_OK);
	ck_assert_int_eq(db_commit_quietly(op), ST_OK);
}

/* A name is a name, whatever SQLite would read in it, and folders may be links; the
 * file itself may not. */
START_TEST(odd_names_are_names)
{
	static const char *const names[] = { "file:a.db", "file:b.db?mode=memory", "c%41.db",
		"d?immutable=1", "file:///e.db", "./f.db", "way/g.db" };
	const char *why = NULL;
	struct db *db;

	ck_assert_int_eq(chdir(office_dir(office)), 0);
	ck_assert_int_eq(mkdir("real", 0700) + symlink("real", "way"), 0);
	ck_assert_int_eq(mkdir("file:", 0700), 0);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		ck_assert_msg(db_create(a.mem, names[i], &db, &why) == ST_OK, "%s", why);
		db_close(db);
		ck_assert_msg(db_open(a.mem, names[i], &db, &why) == ST_OK, "%s", why);
		ck_assert_int_eq(access(names[i], F_OK), 0);
		db_close(db);
		office_lock_remove(names[i]);
	}
	ck_assert_int_eq(access("real/g.db-wal", F_OK), 0);
	ck_assert_int_eq(symlink("g.db", "real/h.db"), 0);
	ck_assert_int_eq(db_open(a.mem, "way/h.db", &db, &why), ST_STORE);
	ck_assert_int_eq(db_open(a.mem, "nowhere/h.db", &db, &why), ST_NOT_FOUND);
	ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

/* As whoever opens the office next finds it. */
static int
phones_in(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *q;
	int n;

	ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT count(*) FROM office WHERE key = 'phone'", -1, &q, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

/* Log or index are gone while people work: nothing more is written, and what becomes
 * of the rest is said; tests/fault/gone.c tries it with engines. */
START_TEST(a_log_that_is_gone_is_noticed)
{
	static const struct {
		const char *gone[2], *comes, *sentence;
	} tries[] = {
		{ { "-wal" }, NULL, "what was saved before is there" },
		{ { "-shm" }, NULL, "what was saved before is there" },
		{ { "-wal", "-shm" }, NULL, "what was saved before is there" },
		{ { "-wal", "-shm" }, "-wal", "may be lost" },
		{ { "" }, NULL, "moved away" },
	};
	char path[300];

	ck_assert(!db_is_lost(&b));
	sets(&a, "phone", "1");
	for (int i = 0; i < 2 && tries[_i].gone[i]; i++) {
		snprintf(path, sizeof(path), "%s%s", office_db(office), tries[_i].gone[i]);
		ck_assert_int_eq(unlink(path), 0);
	}
	if (tries[_i].comes)
		close(open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600));
	ck_assert_int_eq(db_begin_write(&a), ST_STORE);
	ck_assert_msg(strstr(a.fail.sentence, tries[_i].sentence) != NULL, "%s", a.fail.sentence);
	ck_assert(db_is_lost(&a) && db_is_lost(&b));
	if (access(office_db(office), F_OK) == 0 && !tries[_i].comes)
		ck_assert_int_eq(phones_in(office_db(office)), 1);
}
END_TEST

Suite *
suite_place(void)
{
	Suite *s = suite_create("place");
	TCase *t = tcase_create("place");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, odd_names_are_names);
	tcase_add_loop_test(t, a_log_that_is_gone_is_noticed, 0, 5);
	suite_add_tcase(s, t);
	return s;
}
