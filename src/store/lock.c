/*
 * lock.c - layer 2: the office lock.  Called by db.c only (and by tests, to
 * clean up).  Must never be held between two messages.
 *
 * Why a System V semaphore: the kernel queues waiters first come, first
 * served, and SEM_UNDO gives the lock back when its holder is killed.
 * SQLite's own busy handler starves: with 200 saturated writers one commits
 * 1,943 times while another commits once.  flock and a polled mutex are
 * unfair too, a robust mutex collapses at 200.
 */
#include "store.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <time.h>

/* A creator that dies before it releases the new lock is given this long. */
#define BIRTH_MS 1000

void
office_lock_init(struct office_lock *lock, const struct stat *file)
{
	uint64_t mixed = (file->st_dev * 0x9E3779B97F4A7C15u) ^
	    (file->st_ino * 0xC2B2AE3D27D4EB4Fu);

	mixed ^= mixed >> 29;
	*lock = (struct office_lock){ .key = (int)(mixed & 0x7fffffff) | 1, .id = -1,
	    .uid = file->st_uid, .gid = file->st_gid,
	    .mode = file->st_mode & S_IWGRP ? 0660 : 0600 };
}

union semun {
	int val;
	struct semid_ds *buf;
};

/* A new semaphore counts 0 and has no otime until its creator raises it. */
static bool
is_born(int id)
{
	struct semid_ds info;

	return semctl(id, 0, IPC_STAT, (union semun){ .buf = &info }) == 0 && info.sem_otime != 0;
}

/* Made by root at an init or a migration, it would keep the office's own
 * engines out for ever. */
static bool
give_to_owner(const struct office_lock *lock)
{
	struct semid_ds info = { .sem_perm = { .uid = lock->uid, .gid = lock->gid, .mode = (unsigned short)lock->mode } };

	return semctl(lock->id, 0, IPC_SET, (union semun){ .buf = &info }) == 0;
}

static bool
await_birth(int id)
{
	struct timespec pause = { .tv_nsec = 1000000 };

	for (int ms = 0; ms < BIRTH_MS; ms++) {
		if (is_born(id))
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

/* Its key can be guessed: a stranger who made it first, when the machine had just
 * started, could hold it for ever or let two in at once. */
static bool
is_foreign(const struct office_lock *lock)
{
	struct semid_ds info;

	if (lock->id < 0)
		return errno == EACCES;
	if (semctl(lock->id, 0, IPC_STAT, (union semun){ .buf = &info }) != 0 ||
	    info.sem_perm.cuid == lock->uid || info.sem_perm.cuid == 0)
		return false;
	/* the office's other engine is a user of its own, in the group of the file */
	return lock->mode == 0600 || info.sem_perm.cgid != lock->gid;
}

/* Finds or makes the semaphore of the file. */
static bool
look_up(struct office_lock *lock)
{
	struct sembuf raise = { .sem_op = 1 };

	for (;;) {
		lock->id = semget(lock->key, 1, IPC_CREAT | IPC_EXCL | lock->mode);
		if (lock->id >= 0)
			return give_to_owner(lock) && semop(lock->id, &raise, 1) == 0;
		if (errno != EEXIST)
			return false;
		lock->id = semget(lock->key, 1, 0600);
		lock->foreign = is_foreign(lock);
		if (lock->foreign) {
			lock->id = -1;
			return false;
		}
		if (lock->id >= 0 && await_birth(lock->id))
			return true;
		if (lock->id < 0 && errno != ENOENT)
			return false;
		if (lock->id >= 0 && semctl(lock->id, 0, IPC_RMID) != 0 && errno == EPERM) {
			lock->id = -1; /* somebody else's: it would never go away */
			return false;
		}
	}
}

bool
office_lock_take(struct office_lock *lock, int timeout_ms)
{
	struct sembuf lower = { .sem_op = -1, .sem_flg = SEM_UNDO };
	int64_t until = clock_ticks() + timeout_ms;

	invariant(!lock->held);
	for (;;) {
		int64_t left = until - clock_ticks();
		struct timespec wait = { .tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000 };

		if (left < 0 || (lock->id < 0 && !look_up(lock)))
			return false;
		if (semtimedop(lock->id, &lower, 1, &wait) == 0)
			return lock->held = true;
		if (errno == EIDRM || errno == EINVAL)
			lock->id = -1; /* removed under us: the file has a new one */
		else if (errno != EINTR)
			return false;
	}
}

void
office_lock_give(struct office_lock *lock)
{
	struct sembuf raise = { .sem_op = 1, .sem_flg = SEM_UNDO };

	invariant(lock->held);
	lock->held = false;
	if (semop(lock->id, &raise, 1) != 0)
		lock->id = -1;
}

void
office_lock_remove(const char *path)
{
	struct office_lock lock;
	struct stat st;

	if (stat(path, &st) != 0)
		return;
	office_lock_init(&lock, &st);
	lock.id = semget(lock.key, 1, 0600);
	if (lock.id >= 0)
		semctl(lock.id, 0, IPC_RMID);
}
