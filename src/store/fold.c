/*
 * fold.c - layer 2: the log goes into the file.  db.c does so at a commit, with
 * what few writes have left; here is what runs long does, or has held up: a copy,
 * a check, a deletion.  Called by tresen-admin.  Must never hold the office lock
 * while a disk works.
 */
#include "db.h"

#include <time.h>

#include "log.h"
#include "store_copy.h"

/* ---- all of it ---- */

enum status
db_still_read(struct op *op)
{
	return op_fail(op, ST_BUSY, _("Somebody goes on reading an older state of the office, such "
	    "as a backup. Try again when that is over."));
}

/* Readers are over in a moment, but for a copy: they are waited for beside the lock. */
#define FOLD_TRY_MS 30
#define FOLD_MS 5000

static enum status
fold_once(struct op *op, bool *folded)
{
	int rc;

	if (!office_lock_take(&op->db->lock, 5000))
		return op_fail(op, ST_BUSY, _("Someone is saving. Try again in a moment."));
	sqlite3_busy_timeout(op->db->sqlite, FOLD_TRY_MS);
	rc = sqlite3_wal_checkpoint_v2(op->db->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL,
	    NULL);
	sqlite3_busy_timeout(op->db->sqlite, DB_BUSY_MS);
	office_lock_give(&op->db->lock);
	*folded = rc == SQLITE_OK;
	return rc == SQLITE_OK || rc == SQLITE_BUSY ? ST_OK : db_failed(op);
}

enum status
db_fold_log(struct op *op)
{
	const struct timespec pause = { .tv_nsec = FOLD_TRY_MS * 1000000 };
	int64_t until = clock_ticks() + FOLD_MS;
	bool folded = false;

	TRY(fold_once(op, &folded));
	while (!folded && clock_ticks() < until) {
		nanosleep(&pause, NULL);
		TRY(fold_once(op, &folded));
	}
	if (folded)
		return ST_OK;
	return db_still_read(op);
}

/* ---- beside others ---- */

/* What the index of the log says: https://www.sqlite.org/walformat.html */
#define INDEX_SIZE 32768
#define FRAMES_AT 16             /* in the log */
#define FOLDED_AT 96             /* of them in the file already */

/* Frames that are not in the file yet; none when that cannot be said. */
static uint32_t
frames_waiting(struct db *db)
{
	sqlite3_file *file = NULL;
	uint32_t frames, folded;
	void volatile *index = NULL;

	if (sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
	    SQLITE_OK || file->pMethods->iVersion < 2 ||
	    file->pMethods->xShmMap(file, 0, INDEX_SIZE, 0, &index) != SQLITE_OK || !index)
		return 0;
	memcpy(&frames, (const char *)(uintptr_t)index + FRAMES_AT, sizeof(frames));
	memcpy(&folded, (const char *)(uintptr_t)index + FOLDED_AT, sizeof(folded));
	return frames > folded ? frames - folded : 0;
}

/* A second connection of this process, to stand in the log. */
static sqlite3 *
second_open(struct db *db)
{
	sqlite3 *second = NULL;

	if (sqlite3_open_v2(sqlite3_db_filename(db->sqlite, "main"), &second, SQLITE_OPEN_READWRITE |
	        SQLITE_OPEN_NOFOLLOW, log_vfs()) == SQLITE_OK) {
		sqlite3_db_config(second, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		return second;
	}
	sqlite3_close(second);
	return NULL;
}

/*
 * A checkpoint without the office lock.  What db.c keeps apart by that lock is a
 * checkpoint and a log that begins anew (SQLite's WAL-reset race): here a view of
 * our own, of the newest state, stands in the log until it is over, so that nobody
 * can begin it anew.  That view is taken under the lock, and only when something
 * is not in the file yet: otherwise it would not stand in the log.
 */
enum status
db_fold_beside(struct op *op)
{
	struct db *db = op->db;
	sqlite3 *second = second_open(db);
	bool stands = false;

	if (!second)
		return ST_OK; /* whoever commits next does it */
	if (!office_lock_take(&db->lock, 5000)) {
		sqlite3_close(second);
		return op_fail(op, ST_BUSY, _("Someone is saving. Try again in a moment."));
	}
	/* the version, since it is read without the schema */
	if (frames_waiting(db) > 0)
		stands = sqlite3_exec(second, "BEGIN; PRAGMA schema_version", NULL, NULL, NULL) ==
		    SQLITE_OK;
	office_lock_give(&db->lock);
	if (stands)
		sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	sqlite3_close(second);
	return ST_OK;
}
