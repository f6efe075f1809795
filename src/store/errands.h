/*
 * errands.h - private to store/: the memory in which errands lie, and what db.c
 * tells of the office lock.
 */
#ifndef TRESEN_STORE_ERRANDS_H
#define TRESEN_STORE_ERRANDS_H

#include <pthread.h>
#include <stdatomic.h>

#include "db.h"
#include "store_errand.h"

#define ERRAND_SLOTS 256         /* sessions that can send one */
#define ERRAND_BYTES 8192        /* of a request or a result; larger ones go alone */
#define ERRAND_CLIENT 64

enum errand_state {
	ERRAND_NONE,             /* its owner may write into the slot */
	ERRAND_WAITS,
	ERRAND_CALLED,           /* waits, and is to line up for all that wait */
	ERRAND_TAKEN,            /* by the session whose tag stands beside it */
	ERRAND_DONE,             /* the result lies there, for its owner to take */
	ERRAND_BACK,             /* its owner is to do it */
};

/* A word of both: what it is, and who has taken it (area_tag). */
#define ERRAND_STATE(word) ((enum errand_state)((word) & 7))
#define ERRAND_TAKER(word) ((word) >> 3)
#define ERRAND_TAKEN_BY(tag) ((tag) << 3 | ERRAND_TAKEN)

struct errand_slot {
	pthread_mutex_t owner;   /* robust: locked for as long as a session has the slot */
	_Atomic uint32_t serial; /* of the session that has it: another with each */
	_Atomic uint32_t state;  /* and who has taken it; a futex */
	_Atomic uint64_t turn;   /* the lowest waits longest */
	int64_t staff_id;
	uint32_t lang, n;
	bool has_key;
	char client[ERRAND_CLIENT];
};

struct errand_area {
	_Atomic uint32_t ready;
	char version[32];
	struct office_file file;
	pthread_mutex_t helm;    /* robust: who stands in line for all that wait */
	_Atomic uint64_t turns;
	_Atomic uint32_t used;   /* no slot from here on was ever somebody's */
	struct errand_slot slot[ERRAND_SLOTS];
	char bytes[ERRAND_SLOTS][ERRAND_BYTES];
};

/* The area of this office for sessions of this user; NULL: there is none to be
 * had, and everybody writes for themselves. */
struct errand_area *area_open(const struct db *db);
void area_close(struct errand_area *area);
/* Has somebody who held the office lock made it ready, for this file? */
bool area_fits(const struct errand_area *area, const struct db *db);
/* With the office lock. */
void area_prepare(struct errand_area *area, const struct db *db);
/* Removes the area of a file nobody uses any more. */
void area_remove(const struct office_lock *lock);
/* True: it is locked now, if its owner was killed or not. */
bool area_try(pthread_mutex_t *mutex);
/* A slot for this session; -1: all are somebody's. */
int area_choose(struct errand_area *area);
/* A session as it stands in the state of what it has taken. */
uint32_t area_tag(const struct errand_area *area, int slot);
/* Does the session of this tag live? */
bool area_lives(struct errand_area *area, uint32_t tag);

/* ---- called by db.c ---- */

/* The office lock, or the place in line, was given up, or never had. */
void errands_pass(struct db *db);
/* Has something been done for others since the lock was taken? */
bool errands_in_hand(const struct db *db);
/* All that was committed since the lock was taken is on disk, or is not. */
void errands_tell(struct db *db, bool durable);
void errands_close(struct db *db);

#endif
