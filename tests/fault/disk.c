/*
 * disk.c - the disk takes no more: the engine says so in a sentence, nothing
 * that was acknowledged is lost, and it goes on once there is room again.
 */
#include "../command/harness_desk.h"
#include "base.h"

#include <errno.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

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

/* ---- a disk that is really full ---- */

PRINTF(1, 2) static int
run(const char *format, ...)
{
	char command[3 * PATH_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	return system(command);
}

/* The office on a disk of 16 MB that only this process knows. */
static bool
small_disk(struct office *o)
{
	if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    run("cp -a %s %s.keep", office_dir(o), office_dir(o)) != 0 ||
	    mount("none", office_dir(o), "tmpfs", 0, "size=16m,mode=700") != 0) {
		fprintf(stderr, "LEFT OUT: a full disk, since only root may make a small one\n");
		return false;
	}
	ck_assert_int_eq(run("cp -a %s.keep/. %s && rm -r %s.keep", office_dir(o), office_dir(o),
	                 office_dir(o)), 0);
	return true;
}

START_TEST(a_full_disk_and_its_ballast)
{
	struct office *o = office_new();
	struct desk *d, *late;
	char admin[PATH_MAX];
	int done = 0;

	program_path("tresen-admin", admin, sizeof(admin));
	if (!small_disk(o))
		return;
	/* made beside the office, and too large a one is refused */
	ck_assert_int_eq(run("%s ballast %s restore --size 9 2>&1 | grep -q Only", admin,
	                 office_db(o)), 0);
	ck_assert_int_eq(run("%s ballast %s restore --size 2", admin, office_db(o)), 0);
	d = desk_open(o, "front1");
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	run("cd %s && touch names && ls -A | tr '\\n' ' ' > names", office_dir(o));
	run("dd if=/dev/zero of=%s/filler bs=64k 2> /dev/null", office_dir(o));
	for (;;) {
		json_t *reply = desk_ask(d, "visit.new", "{s:s}", "concern", "S02");

		if (!json_object_get(reply, "result")) {
			ck_assert_ptr_nonnull(strstr(str(reply, "error.message"), "ballast"));
			break;
		}
		ck_assert_int_lt(++done, 1000);
	}
	/* nor is there room for a copy or a look, which leave nothing behind */
	ck_assert_int_eq(run("%s backup %s %s 2>&1 | grep -q 'no room for the copy'", admin,
	                 office_db(o), office_dir(o)), 0);
	ck_assert_int_eq(run("%s check %s 2>&1 | grep -q 'Free some space beside the office'", admin,
	                 office_db(o)), 0);
	ck_assert_int_eq(run("cd %s && test \"$(ls -A | grep -v filler | tr '\\n' ' ')\" = \"$(cat names)\"",
	                 office_dir(o)), 0);
	/* reading goes on, and who comes now is let in */
	late = desk_open(o, "front2");
	ck_assert_int_eq(num(desk_do(late, "visit.list", NULL), "counts.waiting"), done + 1);
	ck_assert_int_eq(run("%s ballast %s release", admin, office_db(o)), 0);
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	desk_do(late, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_int_ne(run("%s ballast %s restore --size 2", admin, office_db(o)), 0);
	run("rm %s/filler", office_dir(o));
	ck_assert_int_eq(run("%s ballast %s restore --size 2", admin, office_db(o)), 0);
	desk_close(d);
	desk_close(late);
	/* the first one of a day needs room, too */
	run("rm %s-shm; dd if=/dev/zero of=%s/filler bs=4k 2> /dev/null", office_db(o),
	    office_dir(o));
	d = desk_open(o, NULL);
	ck_assert_ptr_nonnull(strstr(str(desk_refused(d, "STORE", "session.hello", "{s:i, s:s}",
	    "protocol", 1, "as", "front1"), "message"), "ballast"));
	ck_assert_int_eq(run("%s ballast %s release", admin, office_db(o)), 0);
	desk_do(d, "session.hello", "{s:i, s:s}", "protocol", 1, "as", "front1");
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* ---- a quota that is used up ---- */

/* From now on whatever this process starts is told so when it writes at a place of a
 * file, as SQLite does: who has no quota to use up cannot try it otherwise. */
static bool
quota_is_over(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pwrite64, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EDQUOT),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = COUNT_OF(filter), .filter = filter };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

START_TEST(a_quota_that_is_used_up)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1"), *over;
	const char *why;

	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	ck_assert(quota_is_over());
	over = desk_open(o, "front2");
	why = str(desk_refused(over, "STORE", "visit.new", "{s:s}", "concern", "S02"), "message");
	ck_assert_msg(strstr(why, "full") && strstr(why, "ballast"), "%s", why);
	ck_assert_int_eq(num(desk_do(over, "visit.list", NULL), "counts.waiting"), 1);
	/* others have theirs, and the lock */
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_int_eq(num(desk_do(over, "visit.list", NULL), "counts.waiting"), 2);
	desk_close(d);
	desk_close(over);
	/* and the first one of a day writes before it has said anything */
	ck_assert_int_eq(run("rm %s-shm", office_db(o)), 0);
	d = desk_open(o, NULL);
	why = str(desk_refused(d, "STORE", "session.hello", "{s:i, s:s}", "protocol", 1, "as",
	    "front1"), "message");
	ck_assert_msg(strstr(why, "full") && strstr(why, "ballast"), "%s", why);
	desk_close(d);
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
	tcase_add_test(t, a_full_disk_and_its_ballast);
	tcase_add_test(t, a_quota_that_is_used_up);
	suite_add_tcase(s, t);
	return s;
}
