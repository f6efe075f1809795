/*
 * errand_area.c - layer 2: the memory that the sessions of an office share for
 * their errands: whose it is, and whose each slot.  Called by errand.c.  Must
 * never be shared by two users of the machine, two offices or two versions.
 *
 * Shared memory of System V, found as the semaphore of lock.c is, but open to its
 * one user only.  Never in a file: what passes through it must not come to a disk.
 * A slot is somebody's as long as they hold its mutex; the kernel frees that when
 * they are killed.
 */
#include "errands.h"

#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#define READY 0x65727264u        /* zero until then, as the kernel hands it out */
#define SLOT_BITS 8
#define TAG_BITS 29              /* beside the state */

_Static_assert(ERRAND_SLOTS == 1 << SLOT_BITS, "a slot does not fit its tag");

static int
key_of(const struct office_lock *lock, uid_t user)
{
	uint32_t mixed = ((uint32_t)lock->key ^ ((uint32_t)user + 1) * 0x9E3779B1u) * 0x85EBCA6Bu;

	return (int)((mixed ^ mixed >> 15) & 0x7fffffff) | 1;
}

/* A stranger who knew the key may have made one that they can read. */
static bool
is_of(int id, uid_t user)
{
	struct shmid_ds info;

	return shmctl(id, IPC_STAT, &info) == 0 && info.shm_perm.cuid == user &&
	    info.shm_perm.uid == user && (info.shm_perm.mode & 0777) == 0600 &&
	    info.shm_segsz == sizeof(struct errand_area);
}

struct errand_area *
area_open(const struct db *db)
{
	uid_t user = geteuid();
	int id = shmget(key_of(&db->lock, user), sizeof(struct errand_area), IPC_CREAT | 0600);
	void *at;

	if (id < 0 || !is_of(id, user))
		return NULL;
	at = shmat(id, NULL, 0);
	return at == (void *)-1 ? NULL : at;
}

void
area_close(struct errand_area *area)
{
	shmdt(area);
}

/* Of whoever asks, and of the file's owner, for whom root asks. */
void
area_remove(const struct office_lock *lock)
{
	const uid_t users[] = { geteuid(), lock->uid };

	for (size_t i = 0; i < COUNT_OF(users); i++) {
		int id = shmget(key_of(lock, users[i]), 0, 0);

		if (id >= 0 && is_of(id, users[i]))
			shmctl(id, IPC_RMID, NULL);
	}
}

bool
area_fits(const struct errand_area *area, const struct db *db)
{
	return area->ready == READY && strcmp(area->version, TRESEN_VERSION) == 0 &&
	    area->file.device == db->files[OFFICE_FILE].device &&
	    area->file.inode == db->files[OFFICE_FILE].inode;
}

/* Whoever died while doing it left it unready, and it is done again. */
void
area_prepare(struct errand_area *area, const struct db *db)
{
	pthread_mutexattr_t robust;

	if (area->ready == READY || pthread_mutexattr_init(&robust) != 0)
		return;
	pthread_mutexattr_setpshared(&robust, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&area->helm, &robust);
	for (int i = 0; i < ERRAND_SLOTS; i++)
		pthread_mutex_init(&area->slot[i].owner, &robust);
	pthread_mutexattr_destroy(&robust);
	snprintf(area->version, sizeof(area->version), "%s", TRESEN_VERSION);
	area->file = db->files[OFFICE_FILE];
	area->ready = READY;
}

bool
area_try(pthread_mutex_t *mutex)
{
	int rc = pthread_mutex_trylock(mutex);

	return rc == 0 || (rc == EOWNERDEAD && pthread_mutex_consistent(mutex) == 0);
}

/* ---- slots ---- */

uint32_t
area_tag(const struct errand_area *area, int slot)
{
	return (area->slot[slot].serial << SLOT_BITS | (uint32_t)slot) & ((1u << TAG_BITS) - 1);
}

bool
area_lives(struct errand_area *area, uint32_t tag)
{
	int slot = (int)(tag & (ERRAND_SLOTS - 1));

	if (area_tag(area, slot) != tag)
		return false;
	if (!area_try(&area->slot[slot].owner))
		return true;
	pthread_mutex_unlock(&area->slot[slot].owner);
	return false;
}

static void
note_used(struct errand_area *area, uint32_t used)
{
	uint32_t seen = area->used;

	while (seen < used && !atomic_compare_exchange_weak(&area->used, &seen, used))
		continue;
}

/* What its last owner left; false: somebody has that in hand, and it is theirs. */
static bool
clear_slot(struct errand_area *area, int slot)
{
	uint32_t state = area->slot[slot].state;

	do {
		if (state == ERRAND_NONE)
			return true;
		if (ERRAND_STATE(state) == ERRAND_TAKEN && area_lives(area, ERRAND_TAKER(state)))
			return false;
	} while (!atomic_compare_exchange_strong(&area->slot[slot].state, &state, ERRAND_NONE));
	explicit_bzero(area->bytes[slot], ERRAND_BYTES);
	return true;
}

int
area_choose(struct errand_area *area)
{
	for (int i = 0; i < ERRAND_SLOTS; i++) {
		struct errand_slot *s = &area->slot[i];

		if (!area_try(&s->owner))
			continue;
		if (!clear_slot(area, i)) {
			pthread_mutex_unlock(&s->owner);
			continue;
		}
		s->serial++;
		note_used(area, (uint32_t)i + 1);
		return i;
	}
	return -1;
}
