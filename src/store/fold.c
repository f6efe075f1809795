/*
 * fold.c - layer 2: the log goes into the file: at a commit when many have
 * written (db.c), all of it or what a deletion has just written (tresen-admin).
 * Must never do so without the office lock.
 */
#include "db.h"

#include <time.h>

#include "log.h"
#include "store_copy.h"

/* Readers are over in a moment, but for a copy: they are waited for beside the lock. */
#define READERS_MS 10
#define PAUSE_MS 20
#define FOLD_MS 5000
#define FOLD_PAGES 1000          /* 4 MB */

/*
 * 16 MB, some 480 writes.  A checkpoint stops all writers for some milliseconds:
 * it must not be one write in a hundred that waits.  But SQLite finds pages in
 * the log by tables of 4,096: with a second one each page takes twice as long.
 */
#define FOLD_AT 4000
/* Whoever reads an older state at that moment keeps a part of it back, and who
 * reads at the next write the whole log in its length: it is tried again soon. */
#define AGAIN_PAGES 500
/* Where somebody always reads, those who read now are waited for. */
#define WAIT_AT (FOLD_AT + 4 * AGAIN_PAGES)
#define WAIT_MS 15
#define LARGE_PAGES (64 * 1024 * 1024 / 4096)

/* ---- at a commit ---- */

/* The log was so long before, and is so long now: has it just come to the length
 * from, or to another step beyond?  Of all sessions one sees that. */
static bool
has_come(int before, int now, int from, int step)
{
	if (now < from)
		return false;
	return before < from || (now - from) / step > (before - from) / step;
}

void
db_note_length(struct db *db, int pages)
{
	db->log_pages = pages;
	if (has_come(db->log_before, pages, FOLD_AT, AGAIN_PAGES) && !db->folds_itself)
		db->fold_due = true;
	if (has_come(db->log_before, pages, LARGE_PAGES, LARGE_PAGES))
		log_line("the write-ahead log is large: some session keeps an old view open");
}

/*
 * Only while the office lock is held: a checkpoint then never overlaps a
 * commit, which takes the ground from SQLite's WAL-reset race.
 */
void
db_fold_if_due(struct db *db)
{
	bool waits = db->log_pages >= WAIT_AT;

	if (!db->fold_due)
		return;
	db->fold_due = false;
	if (waits)
		sqlite3_busy_timeout(db->sqlite, WAIT_MS);
	sqlite3_wal_checkpoint_v2(db->sqlite, "main", waits ? SQLITE_CHECKPOINT_RESTART
	    : SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (waits)
		sqlite3_busy_timeout(db->sqlite, DB_BUSY_MS);
}

/* ---- for tresen-admin ---- */

static enum status
checkpoint(struct op *op, int mode, bool *all)
{
	int left = 0, done = 0;
	int rc = sqlite3_wal_checkpoint_v2(op->db->sqlite, "main", mode, &left, &done);

	*all = rc == SQLITE_OK && done == left;
	return rc == SQLITE_OK || rc == SQLITE_BUSY ? ST_OK : db_failed(op);
}

/* Whoever reads the newest state only does not hold up the first of the two. */
static enum status
empty(struct op *op, bool *is)
{
	enum status s;

	TRY(checkpoint(op, SQLITE_CHECKPOINT_PASSIVE, is));
	if (!*is)
		return ST_OK;
	sqlite3_busy_timeout(op->db->sqlite, READERS_MS);
	s = checkpoint(op, SQLITE_CHECKPOINT_TRUNCATE, is);
	sqlite3_busy_timeout(op->db->sqlite, DB_BUSY_MS);
	return s;
}

/* What is in the log is on the disk before anybody waits for the lock. */
static enum status
lock_synced(struct op *op)
{
	TRY(db_make_durable(op));
	return db_lock(op);
}

enum status
db_lock_empty(struct op *op)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000 };
	int64_t until = clock_ticks() + FOLD_MS;
	bool done = false;

	for (;;) {
		enum status s;

		TRY(lock_synced(op));
		db_reset_all(op->db);
		s = empty(op, &done);
		if (s == ST_OK && done)
			return ST_OK;
		office_lock_give(&op->db->lock);
		if (s != ST_OK)
			return s;
		if (clock_ticks() > until)
			return op_fail(op, ST_BUSY, _("Somebody goes on reading an older state of "
			    "the office, such as a backup. Try again when that is over."));
		nanosleep(&pause, NULL);
	}
}

enum status
db_fold_log(struct op *op)
{
	TRY(db_lock_empty(op));
	office_lock_give(&op->db->lock);
	return ST_OK;
}

static enum status
fold(struct op *op, enum fold how)
{
	enum status s;
	bool all;

	TRY(lock_synced(op));
	log_fold(op->db, how);
	s = checkpoint(op, SQLITE_CHECKPOINT_PASSIVE, &all);
	log_fold(op->db, FOLD_PLAIN);
	office_lock_give(&op->db->lock);
	return s;
}

/*
 * The disk takes far longer than the kernel: so the pages are written under the
 * lock, but synced beside it, and the checkpoint that counts finds them there.  It
 * syncs the file again, and with it whatever anybody has written into it; but that
 * is little then.
 */
enum status
db_fold_some(struct op *op)
{
	if (op->db->log_pages < FOLD_PAGES)
		return ST_OK;
	TRY(fold(op, FOLD_AHEAD));
	if (!log_sync_file(op->db))
		return op_fail(op, ST_STORE, _("The disk does not confirm what was written into the "
		    "office file. Stop working and tell the administrator."));
	return fold(op, FOLD_REST);
}
