/*
 * log.h - private to store/: how the write-ahead log gets to the disk.
 */
#ifndef TRESEN_STORE_LOG_H
#define TRESEN_STORE_LOG_H

#include "db.h"

/* The name of the VFS that the office file is opened with; once SQLite is configured. */
const char *log_vfs(void);
/* Lets SQLite read what all acts read of the file without a way into the kernel. */
void log_map_file(struct db *db);
/* As SQLite has it open; NULL: not yet. */
sqlite3_file *log_office_file(const struct db *db);
/* Pages in the log, as the index tells whoever works with it; 0: none. */
int log_length(const struct db *db);
/* False: the disk does not confirm it. */
MUST_CHECK bool log_sync(struct db *db);

/*
 * How the checkpoints of a connection write into the file.  FOLD_AHEAD: without
 * the sync at their end, and so, as SQLite sees it, without having been: nothing
 * is left out of the log for them.  FOLD_REST: but for pages that stand there
 * already, as after a checkpoint ahead.
 */
enum fold { FOLD_PLAIN, FOLD_AHEAD, FOLD_REST };
void log_fold(struct db *db, enum fold fold);
/* False: the disk does not confirm it. */
MUST_CHECK bool log_sync_file(struct db *db);

#endif
