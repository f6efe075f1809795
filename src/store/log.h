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
/* False: the disk does not confirm it. */
MUST_CHECK bool log_sync(struct db *db);

#endif
