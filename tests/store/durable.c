/*
 * durable.c - acknowledged means on disk: the log is synced before a commit
 * returns, and after the office lock has been given back, so that nobody waits
 * for another's disk.  This file's fdatasync stands before the C library's.
 */
#include <check.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../src/store/errands.h"
#include "harness_op.h"

#define SLOT 5                   /* in which an errand lies */
#define MUST(call) ck_assert_int_eq((call), ST_OK)

int fdatasync(int fd);

static struct office *office;
static struct op op;
static struct {
	bool watched, broken;
	int log, others;         /* syncs of the log, of other files */
	bool lock_was_free;      /* at the last one of the log */
} disk;

static bool
is_log(int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	return n > 4 && memcmp(path + n - 4, "-wal", 4) == 0;
}

static bool
lock_is_free(void)
{
	struct office_lock lock;
	struct stat st;
	bool taken;

	ck_assert_int_eq(stat(office_db(office), &st), 0);
	office_lock_init(&lock, &st);
	taken = office_lock_take(&lock, 0);
	if (taken)
		office_lock_give(&lock);
	return taken;
}

int
fdatasync(int fd)
{
	if (disk.watched && is_log(fd)) {
		disk.log++;
		disk.lock_was_free = lock_is_free();
		if (disk.broken) {
			errno = EIO;
			return -1;
		}
	} else {
		disk.others++;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

static void
setup(void)
{
	office = office_new();
	op = op_open(office, NULL);
	memset(&disk, 0, sizeof(disk));
	disk.watched = true;
}

static void
teardown(void)
{
	op_close(&op);
	office_free(office);
}

static enum status
set_name(const char *name)
{
	MUST(db_begin_write(&op));
	MUST(store_office_set(&op, "name", name));
	return db_commit(&op, &(struct event_head){ .command = "office.name" });
}

START_TEST(a_commit_is_synced_once_when_the_lock_is_free)
{
	MUST(set_name("Ahrensburg"));
	disk.log = disk.others = 0; /* a new log is entered in its directory first */
	MUST(set_name("Bargteheide"));
	ck_assert_int_eq(disk.log, 1);
	ck_assert(disk.lock_was_free);
	/* what is passing is acknowledged too */
	MUST(db_begin_write(&op));
	MUST(store_office_set(&op, "name", "Ahrensburg"));
	MUST(db_commit_quietly(&op));
	ck_assert_int_eq(disk.log, 2);
	ck_assert_int_eq(disk.others, 0);
}
END_TEST

START_TEST(a_disk_that_does_not_confirm_is_told)
{
	MUST(set_name("Ahrensburg"));
	disk.broken = true;
	ck_assert_int_eq(set_name("Bargteheide"), ST_STORE);
	ck_assert_ptr_nonnull(strstr(op.fail.sentence, "does not confirm"));
	/* who asks again is not told yes before the disk does */
	ck_assert_int_eq(db_make_durable(&op), ST_STORE);
	disk.broken = false;
	MUST(db_make_durable(&op));
	ck_assert(lock_is_free());
	MUST(set_name("Großhansdorf"));
}
END_TEST

START_TEST(what_is_put_off_goes_together)
{
	MUST(set_name("Ahrensburg"));
	disk.log = 0;
	db_put_off(op.db);
	MUST(set_name("Bargteheide"));
	MUST(set_name("Trittau"));
	ck_assert_int_eq(disk.log, 0);
	MUST(db_settle(&op));
	ck_assert_int_eq(disk.log, 1);
	MUST(set_name("Ahrensburg"));
	ck_assert_int_eq(disk.log, 2);
	/* where nothing was saved there is nothing to bring to the disk */
	db_put_off(op.db);
	MUST(db_settle(&op));
	ck_assert_int_eq(disk.log, 2);
}
END_TEST

/* One write, and one for somebody who waits, as a killed session leaves it. */
static enum status
write_along(void)
{
	struct errand_area *area = area_open(op.db);
	struct errand taken;

	area->used = SLOT + 1;
	area->slot[SLOT].lang = LANG_EN;
	db_gather(op.db);
	MUST(set_name("Bargteheide"));
	area->slot[SLOT].state = ERRAND_WAITS;
	ck_assert(errand_take(op.db, LANG_EN, &taken));
	MUST(set_name("Trittau"));
	errand_answer(op.db, "{}");
	area_close(area);
	return db_leave(&op);
}

/* They wait for their answer; and what the disk has lost stays lost when it says
 * yes the next time. */
START_TEST(for_others_nothing_is_put_off)
{
	MUST(set_name("Ahrensburg"));
	disk.log = 0;
	db_put_off(op.db);
	MUST(write_along());
	ck_assert_int_eq(disk.log, 1);
	MUST(db_settle(&op));
	db_put_off(op.db);
	MUST(set_name("Großhansdorf"));
	disk.broken = true;
	ck_assert_int_eq(write_along(), ST_STORE);
	disk.broken = false;
	ck_assert_int_eq(db_settle(&op), ST_STORE);
	ck_assert_ptr_nonnull(strstr(op.fail.sentence, "does not confirm"));
	db_put_off(op.db);
	MUST(set_name("Ahrensburg"));
	MUST(db_settle(&op));
}
END_TEST

Suite *suite_durable(void);

Suite *
suite_durable(void)
{
	Suite *s = suite_create("durable");
	TCase *t = tcase_create("sync");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_commit_is_synced_once_when_the_lock_is_free);
	tcase_add_test(t, a_disk_that_does_not_confirm_is_told);
	tcase_add_test(t, what_is_put_off_goes_together);
	tcase_add_test(t, for_others_nothing_is_put_off);
	suite_add_tcase(s, t);
	return s;
}
