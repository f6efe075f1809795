/*
 * disk.c - the disk takes no more: the engine says so in a sentence, nothing
 * that was acknowledged is lost, and it goes on once there is room again.
 */
#include "../command/harness_desk.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static off_t
log_size(struct office *o)
{
	char path[PATH_MAX];
	struct stat st;

	snprintf(path, sizeof(path), "%s-wal", office_db(o));
	return stat(path, &st) == 0 ? st.st_size : 0;
}

/* Files of this engine may grow to size bytes; RLIM_INFINITY: as ever. */
static void
limit_files(struct desk *d, rlim_t size)
{
	struct rlimit limit = { .rlim_cur = size, .rlim_max = RLIM_INFINITY };

	ck_assert_int_eq(prlimit(d->engine, RLIMIT_FSIZE, &limit, NULL), 0);
}

START_TEST(a_disk_that_takes_no_more)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1"), *other = desk_open(o, "front2");
	int done = 0;

	limit_files(d, (rlim_t)log_size(o) + 100000);
	for (;;) {
		json_t *reply = desk_ask(d, "visit.new", "{s:s}", "concern", "S02");

		if (!json_object_get(reply, "result")) {
			desk_refused_at(reply, "STORE", __FILE__, __LINE__);
			break;
		}
		ck_assert_int_lt(++done, 1000);
	}
	ck_assert_int_gt(done, 0);
	desk_refused(d, "STORE", "visit.new", "{s:s}", "concern", "S02");
	ck_assert_int_eq(num(desk_do(d, "visit.list", NULL), "counts.waiting"), done);
	/* the lock is free again: a colleague can save */
	desk_do(other, "visit.new", "{s:s}", "concern", "S02");
	limit_files(d, RLIM_INFINITY);
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_int_eq(num(desk_do(d, "visit.list", NULL), "counts.waiting"), done + 2);
	desk_close(d);
	desk_close(other);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_disk(void);
Suite *
suite_disk(void)
{
	Suite *s = suite_create("disk");
	TCase *t = tcase_create("disk");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, a_disk_that_takes_no_more);
	suite_add_tcase(s, t);
	return s;
}
