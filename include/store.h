/*
 * store.h - layer 2: the office file.  All SQL of the product lies behind
 * these functions; no SQLite type and no rowid leaves the layer.  Everything
 * returned lives in op->mem.  Functions that change something need a write
 * transaction (db_begin_write).
 */
#ifndef TRESEN_STORE_H
#define TRESEN_STORE_H

#include "base.h"
#include "rules.h"
#include "store_staff.h"

/* ---- the office lock: lock.c ---- */

/*
 * First come, first served among all processes of this machine, and given
 * back by the kernel when its holder dies: a System V semaphore with SEM_UNDO,
 * its key derived from device and inode of the file.
 */
struct office_lock {
	int key;
	int id;                  /* of the semaphore, -1: not looked up */
	unsigned uid, gid;       /* of the file: they own the semaphore, whoever makes it */
	int mode;                /* 0600; 0660 where the group of the file works on it too */
	bool held;
	bool next;               /* in line, before all others */
	int64_t until;           /* clock_ticks: waits no longer */
	bool foreign;            /* why it cannot be taken: another user has made it */
};

struct stat;
void office_lock_init(struct office_lock *lock, const struct stat *file);
/* False after timeout_ms: somebody holds it that long; or at once if foreign. */
MUST_CHECK bool office_lock_take(struct office_lock *lock, int timeout_ms);
/* False: somebody holds it, or is next.  Never waits. */
MUST_CHECK bool office_lock_try(struct office_lock *lock);
/* Waits until it is held, or until this session is the next one to get it and
 * may use the time until it is taken. */
MUST_CHECK bool office_lock_line_up(struct office_lock *lock, int timeout_ms);
/* The lock, or the place in line. */
void office_lock_give(struct office_lock *lock);
/* Removes the semaphore of a file nobody uses any more, and the memory for its
 * errands (tests, removal). */
void office_lock_remove(const char *path);

/* ---- the database: db.c ---- */

struct db;

/*
 * Opens an existing office file.  ST_NOT_FOUND, or ST_STORE with a sentence:
 * foreign or newer schema, network file system, damaged file.  The sentence
 * lives in mem.  Must be called after any fork.
 */
MUST_CHECK enum status db_open(struct arena *mem, const char *path, struct db **db,
                               const char **why);
/* Creates the file (mode 0600, must not exist) with the newest schema. */
MUST_CHECK enum status db_create(struct arena *mem, const char *path, struct db **db,
                                 const char **why);
/* Brings an older file to the newest schema, each step one transaction; and
 * makes anew what people are found by where it is not as it should be: *search. */
MUST_CHECK enum status db_migrate(struct arena *mem, const char *path, int *from, int *to,
                                  bool *search, const char **why);
void db_close(struct db *db);

/* One consistent view over several reads. */
MUST_CHECK enum status db_begin_read(struct op *op);
void db_end_read(struct op *op);

/*
 * Lines up for the office lock (ST_BUSY after 5 s).  *next: somebody else holds
 * it still, and this session is the next; what it does until db_begin_write
 * keeps nobody waiting as long as it is short.  db_rollback leaves the line.
 */
MUST_CHECK enum status db_line_up(struct op *op, bool *next);
/*
 * Several writes while the lock is held once: from here on the end of a write
 * gives nothing back and is not on disk, until db_leave gives back what there is,
 * and has brought to the disk what was committed.
 */
void db_gather(struct db *db);
MUST_CHECK enum status db_leave(struct op *op);
/*
 * Several writes in a row with one sync: from here on what is committed need not be
 * on disk, and nobody may be told of it, until db_settle says that it is.
 */
void db_put_off(struct db *db);
MUST_CHECK enum status db_settle(struct op *op);
/*
 * Takes the office lock (ST_BUSY after 5 s), begins, and records every change
 * of state tables from here on.
 */
MUST_CHECK enum status db_begin_write(struct op *op);
/*
 * Is the name of the office another file's now, or its log away?  Then the
 * session must end: what it wrote nobody would find.  Saves what can be saved.
 */
bool db_is_lost(struct op *op);
/* Appends the event of this op and makes all of it durable. */
struct event_head {
	const char *command;
	const char *request_id;  /* or NULL */
	const char *terminal;    /* or NULL */
};
MUST_CHECK enum status db_commit(struct op *op, const struct event_head *head);
/* For what is no event: drafts. */
MUST_CHECK enum status db_commit_quietly(struct op *op);
/* Everything committed so far is on disk when it says so; waits for nobody's lock. */
MUST_CHECK enum status db_make_durable(struct op *op);
void db_rollback(struct op *op);
/* Is this action between db_begin_write and its end? */
bool db_is_writing(const struct op *op);

/*
 * Has another session committed since the last call?  Costs one read of
 * shared memory.  topics: kinds of the objects touched, a bit each
 * (enum topic).
 */
#define TOPIC_LIST(X)                                                          \
	X(TOPIC_VISIT, 0, "visit")                                             \
	X(TOPIC_CASE, 1, "case")                                               \
	X(TOPIC_HANDOVER, 2, "handover")                                       \
	X(TOPIC_PERSON, 3, "person")                                           \
	X(TOPIC_STAFF, 4, "staff")                                             \
	X(TOPIC_CATALOGUE, 5, "catalogue")                                     \
	X(TOPIC_TASK, 6, "task")                                               \
	X(TOPIC_ALARM, 7, "alarm")                                             \
	X(TOPIC_DISCLOSURE, 8, "disclosure")                                   \
	X(TOPIC_ASK, 9, "disclosure_ask")                                      \
	X(TOPIC_CONSENT, 10, "consent")                                       \
	X(TOPIC_EMERGENCY, 11, "emergency")
enum topic {
#define X(id, bit, name) id = 1 << (bit),
	TOPIC_LIST(X)
#undef X
};
/* Topics that only sessions of the actor's own unit are told, shifted by this. */
#define TOPICS_INSIDE 16
MUST_CHECK enum status db_changes(struct op *op, int64_t staff_id, unsigned *topics);

/* Uid that owns the file: only they may act as demo staff. */
unsigned db_owner(const struct db *db);

/* A value of table office; "" when not set. */
MUST_CHECK enum status store_office_get(struct op *op, const char *key, const char **value);
MUST_CHECK enum status store_office_set(struct op *op, const char *key, const char *value);

/* ---- events: event.c ---- */

struct change {
	const char *table;
	const char *id;          /* primary key, parts joined by blanks */
	const char *column;
	const char *before;      /* NULL: row is new, or the value was none */
	const char *after;       /* NULL: row is gone, or the value is none */
};

struct event {
	int64_t seq, at;
	const char *by;          /* name of the actor */
	const char *behalf;      /* of who was away and for whom they acted; or NULL */
	const char *command;
	const char *reason;      /* as the actor gave it, or NULL */
	struct change *changes;
	size_t n_changes;
};

/* The newest limit events of an object (of a person with the records linked to
 * it), newest first; what was done inside a
 * closed unit is told to that unit only. */
MUST_CHECK enum status store_event_history(struct op *op, const char *kind, int64_t id, int limit,
                                           struct event **events, size_t *n);

/* ---- replies: exactly once ---- */

struct saved_reply {
	const char *command, *reply;
};
/* found->reply NULL: this request has not been done yet. */
MUST_CHECK enum status store_reply_find(struct op *op, const char *request_id,
                                        struct saved_reply *found);
MUST_CHECK enum status store_reply_save(struct op *op, const char *request_id,
                                        const char *command, const char *reply);

#endif
