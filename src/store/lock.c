/*
 * lock.c - layer 2: the office lock.  Called by db.c only (and by tests, to
 * clean up).  Must never be held between two messages.
 *
 * Why a System V semaphore: the kernel queues waiters first come, first
 * served, and SEM_UNDO gives the lock back when its holder is killed.
 * SQLite's own busy handler starves: with 200 saturated writers one commits
 * 1,943 times while another commits once.  flock and a polled mutex are
 * unfair too, a robust mutex collapses at 200.
 *
 * Two semaphores: the lock, and a room for two before it, who writes and who is
 * next.  All others queue for the room.  The next one gets ready on another
 * core while the first still writes: what a process has not run for a tenth of
 * a second, it runs at half the speed.
 */
#include "errands.h"

#include <errno.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <time.h>

enum { LOCK, ROOM, SEMAPHORES };
#define PLACES 2                 /* in the room; with three the machine has no core for the third */
#define CATCH_US 200

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

	return semctl(id, 0, IPC_STAT, (union semun){ .buf = &info }) == 0 &&
	    info.sem_otime != 0 && info.sem_nsems == SEMAPHORES;
}

/* Made by root at an init or a migration, it would keep the office's own
 * engines out for ever. */
static bool
give_to_owner(const struct office_lock *lock)
{
	struct semid_ds info = { .sem_perm = { .uid = lock->uid, .gid = lock->gid,
	    .mode = (unsigned short)lock->mode } };

	return semctl(lock->id, 0, IPC_SET, (union semun){ .buf = &info }) == 0;
}

/* The file was opened to its group since: so must its lock be, or the other
 * engine of the office stays out until the machine starts anew.  Only who owns
 * it can; from anybody else it takes nothing. */
static void
follow_file(const struct office_lock *lock)
{
	struct semid_ds info;

	if (semctl(lock->id, 0, IPC_STAT, (union semun){ .buf = &info }) == 0 &&
	    ((int)(info.sem_perm.mode & 0777) != lock->mode || info.sem_perm.gid != lock->gid))
		(void)give_to_owner(lock);
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
	struct sembuf raise[] = {
		{ .sem_num = LOCK, .sem_op = 1 }, { .sem_num = ROOM, .sem_op = PLACES },
	};

	for (;;) {
		lock->id = semget(lock->key, SEMAPHORES, IPC_CREAT | IPC_EXCL | lock->mode);
		if (lock->id >= 0)
			return give_to_owner(lock) && semop(lock->id, raise, SEMAPHORES) == 0;
		if (errno != EEXIST)
			return false;
		lock->id = semget(lock->key, 0, 0600);
		lock->foreign = is_foreign(lock);
		if (lock->foreign) {
			lock->id = -1;
			return false;
		}
		if (lock->id >= 0 && await_birth(lock->id)) {
			follow_file(lock);
			return true;
		}
		if (lock->id < 0 && errno != ENOENT)
			return false;
		if (lock->id >= 0 && semctl(lock->id, 0, IPC_RMID) != 0 && errno == EPERM) {
			lock->id = -1; /* somebody else's: it would never go away */
			return false;
		}
	}
}

/* Until the lock's time is over; false: it is, or there is no lock to be had. */
static bool
operate(struct office_lock *lock, struct sembuf *ops, size_t n)
{
	for (;;) {
		int64_t left = lock->until - clock_ticks();
		struct timespec wait = { .tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000 };

		if (left < 0) {
			errno = EAGAIN;
			return false;
		}
		if (semtimedop(lock->id, ops, n, &wait) == 0)
			return true;
		if (errno != EINTR)
			return false;
	}
}

/* Removed under us: the file has a new one. */
static bool
is_gone(struct office_lock *lock)
{
	if (errno != EIDRM && errno != EINVAL)
		return false;
	lock->id = -1;
	lock->next = false;
	return true;
}

bool
office_lock_try(struct office_lock *lock)
{
	/* past nobody: only while the room is empty */
	struct sembuf walk_in[] = {
		{ .sem_num = ROOM, .sem_op = -PLACES, .sem_flg = IPC_NOWAIT | SEM_UNDO },
		{ .sem_num = LOCK, .sem_op = -1, .sem_flg = IPC_NOWAIT | SEM_UNDO },
		{ .sem_num = ROOM, .sem_op = PLACES - 1, .sem_flg = SEM_UNDO },
	};

	invariant(!lock->held && !lock->next);
	do {
		if (lock->id < 0 && !look_up(lock))
			return false;
		if (semop(lock->id, walk_in, COUNT_OF(walk_in)) == 0)
			return lock->held = true;
	} while (is_gone(lock));
	return false;
}

bool
office_lock_line_up(struct office_lock *lock, int timeout_ms)
{
	struct sembuf enter = { .sem_num = ROOM, .sem_op = -1, .sem_flg = SEM_UNDO };

	lock->until = clock_ticks() + timeout_ms;
	do {
		if (office_lock_try(lock))
			return true;
		if (lock->id < 0)
			return false;
		if (errno == EAGAIN && operate(lock, &enter, 1))
			return lock->next = true;
	} while (is_gone(lock));
	return false;
}

/*
 * The next one stays awake for about as long as a write takes: to be woken on a
 * core that has gone to sleep takes half as long again.  It is one process at
 * most that does so, and only while others write.
 */
static bool
catch_lock(struct office_lock *lock, struct sembuf step_up)
{
	int64_t until = clock_micros() + CATCH_US;

	step_up.sem_flg |= IPC_NOWAIT;
	do
		if (semop(lock->id, &step_up, 1) == 0)
			return true;
	while (errno == EAGAIN && clock_micros() < until);
	return false;
}

bool
office_lock_take(struct office_lock *lock, int timeout_ms)
{
	struct sembuf step_up = { .sem_num = LOCK, .sem_op = -1, .sem_flg = SEM_UNDO };

	do {
		if (!lock->held && !lock->next && !office_lock_line_up(lock, timeout_ms))
			return false;
		if (lock->held)
			return true;
		if (catch_lock(lock, step_up) || operate(lock, &step_up, 1)) {
			lock->next = false;
			return lock->held = true;
		}
	} while (is_gone(lock));
	office_lock_give(lock);
	return false;
}

/* The place with the lock: who comes in then finds a core that is soon free.
 * Called in by who has just got the lock, they would wait for its core. */
void
office_lock_give(struct office_lock *lock)
{
	struct sembuf leave[] = {
		{ .sem_num = ROOM, .sem_op = 1, .sem_flg = SEM_UNDO },
		{ .sem_num = LOCK, .sem_op = 1, .sem_flg = SEM_UNDO },
	};
	size_t n = lock->held ? 2 : 1;

	invariant(lock->held != lock->next);
	lock->held = lock->next = false;
	if (semop(lock->id, leave, n) != 0)
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
	lock.id = semget(lock.key, 0, 0600);
	if (lock.id >= 0)
		semctl(lock.id, 0, IPC_RMID);
	area_remove(&lock);
}
