/*
 * lock.c - the office lock: first come, first served, free again when its
 * holder is killed, and never passed by whoever waits.
 */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

#define CHILDREN 8

static char path[] = "/tmp/tresen-lock-XXXXXX";

static struct office_lock
new_lock(void)
{
	struct office_lock lock;
	struct stat st;

	ck_assert_int_eq(stat(path, &st), 0);
	office_lock_init(&lock, &st);
	return lock;
}

static void
setup(void)
{
	memcpy(strrchr(path, '-') + 1, "XXXXXX", 6);
	close(mkstemp(path));
}

static void
teardown(void)
{
	office_lock_remove(path);
	unlink(path);
}

/* Only root can make a lock for somebody else, and so see whether it did. */
START_TEST(the_lock_belongs_to_whom_the_file_does)
{
	const unsigned nobody = 65534;
	struct office_lock lock;
	struct semid_ds info;
	union {
		int val;
		struct semid_ds *buf;
	} arg = { .buf = &info };
	pid_t child;
	int status;

	if (geteuid() != 0)
		return;
	ck_assert_int_eq(chown(path, nobody, nobody), 0);
	lock = new_lock();
	ck_assert(office_lock_take(&lock, 1000));
	office_lock_give(&lock);
	ck_assert_int_eq(semctl(lock.id, 0, IPC_STAT, arg), 0);
	ck_assert_uint_eq(info.sem_perm.uid, nobody);
	ck_assert_uint_eq(info.sem_perm.gid, nobody);
	ck_assert_uint_eq(info.sem_perm.mode & 0777, 0600);
	child = fork();
	if (child == 0)
		_exit(setuid(nobody) != 0 || !office_lock_take(&lock, 1000));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

/* The file of an office with a closed unit is opened to a group once it is made. */
START_TEST(the_lock_follows_the_file)
{
	struct office_lock lock = new_lock();
	struct semid_ds info;
	union {
		int val;
		struct semid_ds *buf;
	} arg = { .buf = &info };

	ck_assert(office_lock_take(&lock, 1000));
	office_lock_give(&lock);
	ck_assert_int_eq(semctl(lock.id, 0, IPC_STAT, arg), 0);
	ck_assert_int_eq(info.sem_perm.mode & 0777, 0600);
	ck_assert_int_eq(chmod(path, 0660), 0);
	lock = new_lock();
	ck_assert(office_lock_take(&lock, 1000));
	office_lock_give(&lock);
	ck_assert_int_eq(semctl(lock.id, 0, IPC_STAT, arg), 0);
	ck_assert_int_eq(info.sem_perm.mode & 0777, 0660);
}
END_TEST

START_TEST(one_at_a_time)
{
	struct office_lock a = new_lock(), b = new_lock();
	int64_t from;

	ck_assert(office_lock_take(&a, 1000));
	from = clock_ticks();
	ck_assert(!office_lock_take(&b, 60));
	ck_assert_int_ge(clock_ticks() - from, 59);
	ck_assert_int_lt(clock_ticks() - from, 5000);
	office_lock_give(&a);
	ck_assert(office_lock_take(&b, 0));
	office_lock_give(&b);
}
END_TEST

/* A child that takes the lock, says so, and then sleeps for ever. */
static pid_t
start_holder(void)
{
	int ready[2];
	pid_t pid;
	char c;

	ck_assert_int_eq(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		struct office_lock lock = new_lock();

		if (office_lock_take(&lock, 1000) && write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return pid;
}

START_TEST(a_killed_holder_gives_it_back)
{
	for (int i = 0; i < 5; i++) {
		pid_t holder = start_holder();
		struct office_lock lock = new_lock();

		ck_assert(!office_lock_take(&lock, 10));
		kill(holder, SIGKILL);
		waitpid(holder, NULL, 0);
		ck_assert(office_lock_take(&lock, 1000));
		office_lock_give(&lock);
	}
}
END_TEST

/* A stopped holder keeps it: whoever waits gives up and does not go past. */
START_TEST(a_stopped_holder_is_not_passed)
{
	pid_t holder = start_holder();
	struct office_lock lock = new_lock();

	kill(holder, SIGSTOP);
	ck_assert(!office_lock_take(&lock, 50));
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	ck_assert(office_lock_take(&lock, 1000));
	office_lock_give(&lock);
}
END_TEST

/* Two at most are in the room: who holds it and who is next.  A place is free
 * again when it is left or its owner is killed. */
START_TEST(one_is_the_next)
{
	struct office_lock a = new_lock(), b = new_lock(), c = new_lock();
	pid_t child;

	ck_assert(office_lock_line_up(&a, 100));
	ck_assert(a.held && !a.next); /* nobody was before it */
	ck_assert(office_lock_line_up(&b, 1000));
	ck_assert(b.next && !b.held);
	ck_assert(!office_lock_line_up(&c, 20));
	office_lock_give(&b); /* leaves */
	ck_assert(office_lock_line_up(&c, 100));
	ck_assert(c.next);
	office_lock_give(&a);
	ck_assert(office_lock_line_up(&a, 100));
	ck_assert(!a.held); /* the room was not empty: past nobody */
	ck_assert(office_lock_take(&c, 0));
	office_lock_give(&a);
	child = fork();
	if (child == 0) {
		if (office_lock_line_up(&b, 100) && b.next)
			raise(SIGKILL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	ck_assert(office_lock_line_up(&b, 100));
	ck_assert(b.next);
	office_lock_give(&c);
	ck_assert(office_lock_take(&b, 0));
	office_lock_give(&b);
	ck_assert(office_lock_line_up(&a, 0));
	ck_assert(a.held);
	office_lock_give(&a);
}
END_TEST

#define TURNS 400

struct crowd {
	volatile int stop, inside, clash, present;
	volatile int turns;              /* of all */
	int got[CHILDREN];
	int passed[CHILDREN][TURNS];     /* how many had it while one waited for it */
};

/* Takes and gives as fast as it can. */
static void
take_turns(struct crowd *c, int i)
{
	struct office_lock lock = new_lock();

	__atomic_add_fetch(&c->present, 1, __ATOMIC_SEQ_CST);
	while (!c->stop) {
		int before = c->turns;

		if (!office_lock_take(&lock, 10000))
			return;
		if (__atomic_add_fetch(&c->inside, 1, __ATOMIC_SEQ_CST) != 1)
			c->clash = 1;
		for (volatile int work = 0; work < 20000; work++)
			;
		__atomic_sub_fetch(&c->inside, 1, __ATOMIC_SEQ_CST);
		/* it counts once all are there */
		if (c->present == CHILDREN && !c->stop) {
			c->passed[i][c->got[i]++] = c->turns - before;
			c->stop = c->got[i] == TURNS;
		}
		c->turns++;
		office_lock_give(&lock);
	}
}

static int
by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Whoever waits is passed by each other once or twice, not again and again: the
 * median of the waits, as the machine may stop anybody before they stand in line. */
START_TEST(all_get_their_share)
{
	struct crowd *c = mmap(NULL, sizeof(*c), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
	    -1, 0);
	pid_t pids[CHILDREN];

	ck_assert(c != MAP_FAILED);
	for (int i = 0; i < CHILDREN; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			take_turns(c, i);
			_exit(0);
		}
	}
	for (int i = 0; i < CHILDREN; i++)
		waitpid(pids[i], NULL, 0);
	ck_assert_int_eq(c->clash, 0);
	for (int i = 0; i < CHILDREN; i++) {
		int *waits = c->passed[i];

		qsort(waits, (size_t)c->got[i], sizeof(*waits), by_size);
		ck_assert_int_gt(c->got[i], 0);
		ck_assert_int_le(waits[c->got[i] / 2], 2 * CHILDREN);
	}
	munmap(c, sizeof(*c));
}
END_TEST

START_TEST(a_removed_semaphore_is_made_anew)
{
	struct office_lock a = new_lock(), b = new_lock();

	ck_assert(office_lock_take(&a, 0));
	office_lock_give(&a);
	office_lock_remove(path);
	ck_assert(office_lock_take(&b, 100));
	office_lock_give(&b);
	ck_assert(office_lock_take(&a, 100));
	ck_assert(!office_lock_take(&b, 10));
	office_lock_give(&a);
}
END_TEST

/* Another user has taken the key: an answer, not a wait without end. */
START_TEST(a_stranger_s_semaphore_is_no_lock)
{
	struct office_lock lock = new_lock();
	int status;
	pid_t child;

	if (geteuid() != 0)
		return; /* two users are needed */
	ck_assert_int_ge(semget(lock.key, 1, IPC_CREAT | IPC_EXCL | 0666), 0);
	child = fork();
	if (child == 0) {
		if (setuid(65534) != 0)
			_exit(2);
		alarm(10);
		_exit(office_lock_take(&lock, 100));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

/* Made first by somebody whom the file does not belong to, in working order: they
 * could let two in. */
START_TEST(a_lock_that_a_stranger_made_is_told)
{
	static const int modes[] = { 0600, 0666 };

	if (geteuid() != 0)
		return; /* two users are needed */
	for (size_t i = 0; i < COUNT_OF(modes); i++) {
		struct office_lock lock = new_lock();
		pid_t child = fork();
		int status;

		if (child == 0) {
			struct sembuf raise = { .sem_op = 1 };

			_exit(setuid(65534) != 0 || semop(semget(lock.key, 1,
			    IPC_CREAT | IPC_EXCL | modes[i]), &raise, 1) != 0);
		}
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
		lock.uid = 65533; /* the file is an engine's, not root's and not the stranger's */
		child = fork();
		if (child == 0)
			_exit(setuid(lock.uid) != 0 || office_lock_take(&lock, 100) ||
			    !lock.foreign);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
		office_lock_remove(path);
	}
}
END_TEST

Suite *suite_lock(void);
Suite *
suite_lock(void)
{
	Suite *s = suite_create("lock");
	TCase *t = tcase_create("lock");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_stranger_s_semaphore_is_no_lock);
	tcase_add_test(t, a_lock_that_a_stranger_made_is_told);
	tcase_add_test(t, the_lock_belongs_to_whom_the_file_does);
	tcase_add_test(t, the_lock_follows_the_file);
	tcase_add_test(t, one_at_a_time);
	tcase_add_test(t, a_killed_holder_gives_it_back);
	tcase_add_test(t, a_stopped_holder_is_not_passed);
	tcase_add_test(t, one_is_the_next);
	tcase_add_test(t, all_get_their_share);
	tcase_add_test(t, a_removed_semaphore_is_made_anew);
	suite_add_tcase(s, t);
	return s;
}
