/*
 * place.c - layer 2: which files the office lies in: its name as SQLite may see
 * it, and whether file, log and index are still the ones that were opened.
 * Called by db.c.  Must never open one of them: closing a descriptor would drop
 * the locks of the connection that is there.
 *
 * Log (-wal) and index (-shm) stay as long as somebody works, and longer: a
 * session that finds others in their place, or none, would write where nobody
 * reads.
 */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "log.h"

/* As SQLite writes it: https://www.sqlite.org/walformat.html */
#define LOG_HEADER 32
#define FRAME_BYTES (24 + 4096)

static const char *const suffixes[OFFICE_FILES] = { "", "-wal", "-shm" };

/*
 * Absolute, so that SQLite takes "file:..." and "?" for what they are in a name;
 * and with no link among its folders, which SQLite would refuse.  The last part
 * stays as it was given: that it is no link, file_check has seen.
 */
char *
place_name(const char *path)
{
	const char *last = strrchr(path, '/');
	char *folder = last ? strndup(path, (size_t)(last - path) + 1) : strdup(".");
	char *real = folder ? realpath(folder, NULL) : NULL;
	char *name = NULL;

	if (real && asprintf(&name, "%s/%s", real, last ? last + 1 : path) < 0)
		bug("out of memory");
	free(folder);
	free(real);
	return name;
}

/*
 * Never asks for the times: a file whose times somebody has seen gets new ones at the
 * next byte written, and the sync of the log would bring those to the disk too,
 * each time (multigrain timestamps, Linux 6.13).
 */
static bool
look(const struct db *db, int i, struct statx *st)
{
	char path[PATH_MAX + 8];

	sqlite3_snprintf(sizeof(path), path, "%s%s", db->path, suffixes[i]);
	return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_SIZE, st) == 0;
}

static struct office_file
file_of(const struct statx *st)
{
	return (struct office_file){ makedev(st->stx_dev_major, st->stx_dev_minor), st->stx_ino };
}

static bool
is_same(const struct db *db, int i)
{
	const struct office_file *known = &db->files[i];
	struct office_file now;
	struct statx st;

	if (!look(db, i, &st))
		return false;
	now = file_of(&st);
	return now.device == known->device && now.inode == known->inode;
}

bool
place_is_same(const struct db *db)
{
	for (int i = 0; i < (db->alone ? OFFICE_LOG : OFFICE_FILES); i++)
		if (!is_same(db, i))
			return false;
	return true;
}

/* Does the log have all that the index of the others tells of? */
static bool
log_is_whole(const struct db *db)
{
	int frames = log_length(db);
	struct statx log;

	if (frames == 0)
		return true;
	return look(db, OFFICE_LOG, &log) &&
	    log.stx_size >= LOG_HEADER + (uint64_t)frames * FRAME_BYTES;
}

bool
place_note(struct db *db)
{
	/* the first thing read opens log and index */
	bool read = sqlite3_exec(db->sqlite, "PRAGMA user_version", NULL, NULL, NULL) == SQLITE_OK;

	for (int i = OFFICE_LOG; i < OFFICE_FILES; i++) {
		struct statx st;

		if (!look(db, i, &st))
			return !read; /* no database: others say so better */
		db->files[i] = file_of(&st);
	}
	return is_same(db, OFFICE_FILE) && log_is_whole(db);
}

/* ---- what can be saved still ---- */

static bool
is_gone(const struct db *db, int i)
{
	struct statx st;

	return !look(db, i, &st) && errno == ENOENT;
}

/* No other log has been begun: there is none, or an empty one of somebody who
 * looked in vain for the pages that the common index tells of. */
static bool
is_free(const struct db *db)
{
	struct statx log;

	if (is_gone(db, OFFICE_LOG))
		return is_gone(db, OFFICE_INDEX) || is_same(db, OFFICE_INDEX);
	return is_same(db, OFFICE_INDEX) && look(db, OFFICE_LOG, &log) && log.stx_size == 0;
}

/*
 * The log has no name any more, but this session has it: what it holds goes into
 * the office file, or it would end with the last session.  Not once somebody has
 * begun another log, whose pages these would be mixed with; so that nobody begins
 * one now, the door for new readers (SQLite's PENDING lock) is held shut.  Called
 * with the office lock.
 */
static bool
log_saved(struct db *db)
{
	sqlite3_file *file = log_office_file(db);
	bool saved = false;

	if (!file || file->pMethods->xLock(file, SQLITE_LOCK_RESERVED) != SQLITE_OK)
		return false;
	(void)file->pMethods->xLock(file, SQLITE_LOCK_EXCLUSIVE);
	if (is_same(db, OFFICE_FILE) && is_free(db))
		saved = sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE,
		    NULL, NULL) == SQLITE_OK;
	file->pMethods->xUnlock(file, SQLITE_LOCK_SHARED);
	return saved;
}

enum status
place_refuse(struct op *op)
{
	struct db *db = op->db;

	db->lost = true;
	if (!is_same(db, OFFICE_FILE))
		return op_fail(op, ST_STORE, _("The office file was moved away or replaced, so "
		    "nothing was saved. Log in again; if that does not help, tell the "
		    "administrator."));
	/* its name leads to the log: whoever opens the office next has all of it */
	if (is_same(db, OFFICE_LOG) || log_saved(db)) {
		log_line("%s-wal or -shm was removed while people work; nothing is lost",
		    db->path);
		return op_fail(op, ST_STORE, _("A file that belongs to the office (-wal or -shm) was "
		    "removed while people work, so this was not saved; what was saved before is "
		    "there. Save once more, and tell the administrator."));
	}
	log_line("%s-wal was removed while people work; what was saved last may be lost",
	    db->path);
	return op_fail(op, ST_STORE, _("A file that belongs to the office (-wal) was removed while "
	    "people work, so this was not saved, and what was saved last may be lost. Look "
	    "whether it is there, and tell the administrator at once."));
}
