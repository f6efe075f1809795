/*
 * errand.c - layer 2: a write that waits for the office lock is put where whoever
 * holds the lock finds it and does it along.  Called by engine/write.c and db.c.
 * Must never tell of a result before it is on disk, and never do an errand whose
 * result could differ from what its own session would have said.
 *
 * Why: a process that gets the lock finds its caches cold and reads anew what the
 * others have written; one that goes on does a write in less than half the time,
 * and one sync of the disk is enough for all of them.
 *
 * One of those who wait has the helm: it stands in line for the lock as ever, for
 * all of them, so that nobody else who waits there is passed by.  When it has
 * got the lock it does its own write, then errands, the longest waiting first,
 * and calls another to the helm before the last one.  What went wrong in an errand
 * its own session does again, so that all refusals come from there.
 *
 * Killed at the helm or with errands in hand: the kernel gives up its mutexes and
 * the lock; those who wait look every tenth of a second, and do themselves what was
 * in hand, which is done once because each has a request id.
 */
#include "errands.h"
#include "store_seal.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE 16               /* errands while the lock is held: 2 ms */
#define LOOK_NS 100000000
#define PATIENCE_MS 5000         /* as for the lock */

struct errands {
	struct errand_area *area;
	int own;                 /* slot; -1: none yet */
	bool helm;
	struct {
		int slot;
		bool done;
	} taken[AT_ONCE];        /* since the lock was taken */
	int n;
};

static void
wake(struct errand_slot *s)
{
	syscall(SYS_futex, &s->state, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* Until the slot's state is another, or it is time to look. */
static void
sleep_on(struct errand_slot *s, uint32_t state)
{
	struct timespec look = { .tv_nsec = LOOK_NS };

	syscall(SYS_futex, &s->state, FUTEX_WAIT, state, &look, NULL, 0);
}

static bool
change(struct errand_slot *s, uint32_t from, uint32_t to)
{
	return atomic_compare_exchange_strong(&s->state, &from, to);
}

/* ---- having a part in it ---- */

/* NULL: this session can neither send nor take one. */
static struct errands *
errands_of(struct db *db)
{
	struct errands *e = db->errands;

	if (!e) {
		e = db->errands = calloc(1, sizeof(*e));
		if (!e)
			bug("out of memory");
		*e = (struct errands){ .area = area_open(db), .own = -1 };
	}
	return e->area ? e : NULL;
}

static bool
has_slot(struct errands *e, const struct db *db)
{
	if (e->own < 0 && area_fits(e->area, db))
		e->own = area_choose(e->area);
	return e->own >= 0;
}

static void
leave_slot(struct errands *e)
{
	pthread_mutex_unlock(&e->area->slot[e->own].owner);
	e->own = -1;
}

void
errands_close(struct db *db)
{
	struct errands *e = db->errands;

	if (!e)
		return;
	errands_pass(db);
	if (e->own >= 0)
		leave_slot(e);
	if (e->area)
		area_close(e->area);
	free(e);
	db->errands = NULL;
}

/* ---- the helm ---- */

/* The one that waits longest, of those that may be done by somebody like that;
 * lang -1: of all. */
static int
longest_waiting(const struct errand_area *area, int lang, bool has_key)
{
	uint64_t turn = UINT64_MAX;
	int found = -1, used = (int)area->used;

	for (int i = 0; i < used; i++) {
		const struct errand_slot *s = &area->slot[i];

		if (s->state != ERRAND_WAITS || s->turn >= turn ||
		    (lang >= 0 && ((int)s->lang != lang || s->has_key != has_key)))
			continue;
		turn = s->turn;
		found = i;
	}
	return found;
}

/* First free, then looked who waits: whoever comes waits first and looks then
 * whether it is free, so one of both sees the other. */
void
errands_pass(struct db *db)
{
	struct errands *e = db->errands;
	int next;

	if (!e || !e->helm)
		return;
	e->helm = false;
	pthread_mutex_unlock(&e->area->helm);
	next = longest_waiting(e->area, -1, false);
	if (next >= 0 && change(&e->area->slot[next], ERRAND_WAITS, ERRAND_CALLED))
		wake(&e->area->slot[next]);
}

/* ---- sending ---- */

static bool
put_down(struct errands *e, const struct db *db, const struct errand *what)
{
	struct errand_slot *s;
	const char *client = what->client ? what->client : "";

	if (what->n > ERRAND_BYTES || strlen(client) >= ERRAND_CLIENT || !has_slot(e, db))
		return false;
	s = &e->area->slot[e->own];
	s->staff_id = what->staff_id;
	s->lang = what->lang;
	s->has_key = db_has_key(db);
	strcpy(s->client, client);
	s->n = (uint32_t)what->n;
	memcpy(e->area->bytes[e->own], what->line, what->n);
	s->turn = atomic_fetch_add(&e->area->turns, 1);
	s->state = ERRAND_WAITS;
	return true;
}

/* Nothing of it stays where another session of this user could read it. */
static void
wipe(struct errand_area *area, int slot)
{
	explicit_bzero(area->bytes[slot], area->slot[slot].n);
}

static void
take_back(struct errands *e)
{
	wipe(e->area, e->own);
	e->area->slot[e->own].state = ERRAND_NONE;
}

/* It is this session's own again: to the helm, or because its taker was killed. */
static bool
is_back(struct errands *e, uint32_t state)
{
	struct errand_slot *s = &e->area->slot[e->own];

	switch (ERRAND_STATE(state)) {
	case ERRAND_BACK:
		return true;
	case ERRAND_TAKEN:
		return !area_lives(e->area, ERRAND_TAKER(state)) && change(s, state, ERRAND_NONE);
	case ERRAND_CALLED:
	case ERRAND_WAITS:
		if (!area_try(&e->area->helm))
			return false;
		e->helm = true;
		return change(s, state, ERRAND_NONE);
	default:
		return false;
	}
}

enum await { AWAIT_DONE, AWAIT_BACK, AWAIT_OVER };

static enum await
await(struct db *db, struct errands *e)
{
	struct errand_slot *s = &e->area->slot[e->own];
	int64_t until = clock_ticks() + PATIENCE_MS;

	for (;;) {
		uint32_t state = s->state;

		if (state == ERRAND_DONE)
			return AWAIT_DONE;
		if (is_back(e, state))
			return AWAIT_BACK;
		if (e->helm) {
			errands_pass(db); /* it was taken at this moment */
			continue;
		}
		/* somebody else was faster at the helm */
		if (state == ERRAND_CALLED && change(s, state, ERRAND_WAITS))
			continue;
		if (clock_ticks() >= until)
			return AWAIT_OVER;
		sleep_on(s, state);
	}
}

/* Nobody does it, neither now nor later; false: somebody has it in hand for ever
 * so long, and their slot this is until then. */
static bool
withdraw(struct errands *e)
{
	struct errand_slot *s = &e->area->slot[e->own];

	if (change(s, ERRAND_WAITS, ERRAND_NONE) || change(s, ERRAND_CALLED, ERRAND_NONE) ||
	    s->state == ERRAND_BACK) {
		take_back(e);
		return true;
	}
	return false;
}

static void
fetch(struct op *op, struct errands *e, const char **result)
{
	*result = arena_strndup(op->mem, e->area->bytes[e->own], e->area->slot[e->own].n);
	take_back(e);
}

enum status
errand_send(struct op *op, const struct errand *what, bool *next, const char **result)
{
	struct db *db = op->db;
	struct errands *e = errands_of(db);
	enum await end;

	*result = NULL;
	*next = false;
	if (!e)
		return db_line_up(op, next);
	if (office_lock_try(&db->lock)) {
		if (has_slot(e, db))
			e->helm = area_try(&e->area->helm);
		return ST_OK;
	}
	if (!put_down(e, db, what))
		return db_line_up(op, next);
	end = await(db, e);
	if (end == AWAIT_DONE) {
		fetch(op, e, result);
		return ST_OK;
	}
	if (end == AWAIT_BACK)
		take_back(e);
	else if (!withdraw(e))
		leave_slot(e);
	if (end == AWAIT_BACK)
		return db_line_up(op, next);
	return db_not_taken(op);
}

/* ---- doing others' ---- */

static struct errand
errand_at(const struct errand_area *area, int slot)
{
	const struct errand_slot *s = &area->slot[slot];

	return (struct errand){ .staff_id = s->staff_id, .lang = (enum lang)s->lang,
	    .client = *s->client ? s->client : NULL, .line = area->bytes[slot], .n = s->n };
}

/* Whoever was killed reads no result: then it must not stay. */
static void
give_back(struct errands *e, int slot, enum errand_state state)
{
	struct errand_slot *s = &e->area->slot[slot];

	if (area_try(&s->owner)) {
		wipe(e->area, slot);
		s->state = ERRAND_NONE;
		pthread_mutex_unlock(&s->owner);
		return;
	}
	s->state = state;
	wake(s);
}

bool
errand_take(struct db *db, enum lang lang, struct errand *what)
{
	struct errands *e = errands_of(db);
	int slot;

	/* where one's own write was refused the lock, nobody else's is tried */
	if (!e || !db->lock.held)
		return false;
	area_prepare(e->area, db);
	if (e->n == AT_ONCE || !has_slot(e, db))
		return false;
	slot = longest_waiting(e->area, (int)lang, db_has_key(db));
	if (slot < 0 || !change(&e->area->slot[slot], ERRAND_WAITS,
	    ERRAND_TAKEN_BY(area_tag(e->area, e->own))))
		return false;
	if (e->n == AT_ONCE - 1)
		errands_pass(db); /* who is next wakes up meanwhile */
	e->taken[e->n].slot = slot;
	e->taken[e->n++].done = false;
	*what = errand_at(e->area, slot);
	return true;
}

void
errand_answer(struct db *db, const char *result)
{
	struct errands *e = db->errands;
	int slot = e->taken[e->n - 1].slot;
	size_t n = result ? strlen(result) : 0;

	/* what is too long was done all the same, and is found by its request id */
	if (result && n <= ERRAND_BYTES) {
		wipe(e->area, slot);
		memcpy(e->area->bytes[slot], result, n);
		e->area->slot[slot].n = (uint32_t)n;
		e->taken[e->n - 1].done = true;
	}
	/* SQLite takes it for this session's own doing */
	if (result && db->seen_version)
		db->seen_version = -1;
}

bool
errands_in_hand(const struct db *db)
{
	return db->errands && db->errands->n > 0;
}

void
errands_tell(struct db *db, bool durable)
{
	struct errands *e = db->errands;

	for (int i = 0; e && i < e->n; i++)
		give_back(e, e->taken[i].slot, durable && e->taken[i].done ? ERRAND_DONE
		                                                           : ERRAND_BACK);
	if (e)
		e->n = 0;
}
