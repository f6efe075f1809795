/*
 * process.c - what a program gives up at its start: each in a process of its
 * own, since nothing of it can be taken back.
 */
#include "process.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Below lie what Check itself has open. */
#define SPARED 900

START_TEST(nothing_is_gained_and_nothing_shown)
{
	struct rlimit core;
	int left_open = fcntl(STDERR_FILENO, F_DUPFD, SPARED);

	ck_assert_int_ge(left_open, SPARED);
	process_harden(SPARED);
	ck_assert_int_eq(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
	ck_assert_int_eq(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
	ck_assert_int_eq(getrlimit(RLIMIT_CORE, &core), 0);
	ck_assert_uint_eq(core.rlim_max, 0);
	ck_assert_uint_eq(umask(0), 077);
	ck_assert_int_eq(fcntl(left_open, F_GETFD), -1);
}
END_TEST

/* Else the next file opened would be written error messages to. */
START_TEST(standard_descriptors_are_open)
{
	close(STDIN_FILENO);
	process_harden(SPARED);
	ck_assert_int_ne(fcntl(STDIN_FILENO, F_GETFD), -1);
}
END_TEST

START_TEST(no_program_is_started)
{
	char *argv[] = { (char[]){ "true" }, NULL };

	process_harden(SPARED);
	process_start_nothing();
	ck_assert_int_eq(execv("/bin/true", argv), -1);
	ck_assert_int_eq(errno, EPERM);
	ck_assert_int_eq(execveat(AT_FDCWD, "/bin/true", argv, NULL, 0), -1);
	ck_assert_int_eq(errno, EPERM);
	ck_assert_int_eq(access("/bin/true", X_OK), 0);
}
END_TEST

Suite *suite_process(void);

Suite *
suite_process(void)
{
	Suite *s = suite_create("process");
	TCase *c = tcase_create("process");

	tcase_add_test(c, nothing_is_gained_and_nothing_shown);
	tcase_add_test(c, standard_descriptors_are_open);
	tcase_add_test(c, no_program_is_started);
	suite_add_tcase(s, c);
	return s;
}
