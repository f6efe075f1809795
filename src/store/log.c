/*
 * log.c - layer 2: the way of the pages to the disk and back, beside what
 * SQLite does: a commit in one piece, synced when the office lock is free; what
 * all acts read, from a map.  Called by db.c.  Must never hold back what SQLite
 * takes to be written once others can be told of it.
 */
#include "log.h"

#include <errno.h>
#include <stdlib.h>

/* As SQLite writes it: https://www.sqlite.org/fileformat2.html#walformat */
#define FRAME_HEADER 24
#define INDEX_BYTES 32768
#define INDEX_LENGTH 4           /* 32-bit numbers before it */
#define PAGE 4096
#define FRAMES_MOST 16           /* a claim has ten */
#define BYTES_MOST (FRAMES_MOST * (FRAME_HEADER + PAGE))
#define MAPPED (4 << 20)

/*
 * A commit that was too large for memory changes what it has written before:
 * pages, and then the headers of all that follow them, the last of which no
 * page follows.  Such bytes are never collected.
 *
 * SQLite writes each page of a commit by two calls of the kernel, and all of
 * them while the others wait: it was a third of the commit.  Here they are
 * collected and go with the last one.  That one says so: its header has the
 * size of the file, which is no zero then.
 */
struct log {
	struct sqlite3_io_methods methods; /* the plain ones but for ours */
	const struct sqlite3_io_methods *plain;
	sqlite3_int64 at;        /* where in the log the collected bytes begin */
	sqlite3_int64 end;       /* of what this transaction has written so far */
	int n;
	bool last;               /* the header that was collected ends a commit */
	unsigned char *bytes;    /* BYTES_MOST, apart: SQLite clears the room of three files for
	                          * each table it keeps for itself */
};

/* The database file, which has the locks of the log. */
struct shared {
	struct sqlite3_io_methods methods;
	const struct sqlite3_io_methods *plain;
	struct log *log;
	enum fold fold;
};

static sqlite3_vfs *plain_vfs;

/* Behind the file of the plain VFS; SQLite gives it the room, see log_vfs. */
static void *
behind(sqlite3_file *file)
{
	return (char *)file + (plain_vfs->szOsFile + 15) / 16 * 16;
}

/* SQLite knows of a full disk, and of no quota; and who it tells later finds another
 * errno. */
static int
write_plain(const struct sqlite3_io_methods *plain, sqlite3_file *file, const void *bytes, int n,
            sqlite3_int64 at)
{
	int rc = plain->xWrite(file, bytes, n, at);

	return rc == SQLITE_IOERR_WRITE && errno == EDQUOT ? SQLITE_FULL : rc;
}

static int
write_collected(sqlite3_file *file)
{
	struct log *log = behind(file);
	int n = log->n;

	log->n = 0;
	return n ? write_plain(log->plain, file, log->bytes, n, log->at) : SQLITE_OK;
}

static bool
fits(const struct log *log, int n, sqlite3_int64 at)
{
	int in_frame = log->n % (FRAME_HEADER + PAGE);

	return (log->n == 0 ? at >= log->end : at == log->at + log->n) &&
	    n == (in_frame ? PAGE : FRAME_HEADER) && log->n + n <= BYTES_MOST;
}

static int
log_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	struct log *log = behind(file);
	static const unsigned char none[4];
	int rc = fits(log, n, at) ? SQLITE_OK : write_collected(file);
	bool collected = rc == SQLITE_OK && fits(log, n, at);

	if (rc != SQLITE_OK)
		return rc;
	if (at + n > log->end)
		log->end = at + n;
	if (!collected)
		return write_plain(log->plain, file, bytes, n, at);
	if (log->n == 0)
		log->at = at;
	memcpy(log->bytes + log->n, bytes, (size_t)n);
	log->n += n;
	if (n == FRAME_HEADER)
		log->last = memcmp((const unsigned char *)bytes + 4, none, 4) != 0;
	return n == PAGE && log->last ? write_collected(file) : SQLITE_OK;
}

static int
log_read(sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
	struct log *log = behind(file);
	int rc = write_collected(file);

	return rc == SQLITE_OK ? log->plain->xRead(file, bytes, n, at) : rc;
}

static int
log_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct log *log = behind(file);
	int rc = write_collected(file);

	return rc == SQLITE_OK ? log->plain->xTruncate(file, size) : rc;
}

static int
log_size(sqlite3_file *file, sqlite3_int64 *size)
{
	struct log *log = behind(file);
	int rc = write_collected(file);

	return rc == SQLITE_OK ? log->plain->xFileSize(file, size) : rc;
}

static int
sync_log(sqlite3_file *file, int flags)
{
	struct log *log = behind(file);
	int rc = write_collected(file);

	return rc == SQLITE_OK ? log->plain->xSync(file, flags) : rc;
}

static int
close_log(sqlite3_file *file)
{
	struct log *log = behind(file);

	free(log->bytes);
	return log->plain->xClose(file);
}

/* The right to write (byte 0) is taken for a transaction that has written nothing
 * yet.  Who gives it up has committed, or takes back what a large transaction
 * wrote ahead: that is nobody's then, and its place others'. */
static int
lock_shared(sqlite3_file *file, int from, int n, int flags)
{
	struct shared *shared = behind(file);

	if (from == 0 && shared->log) {
		shared->log->n = 0;
		shared->log->end = 0;
	}
	return shared->plain->xShmLock(file, from, n, flags);
}

/* ---- the file ---- */

/* At a checkpoint: nobody writes into the file otherwise. */
static int
write_page(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
	struct shared *shared = behind(file);
	unsigned char there[PAGE];

	if (shared->fold == FOLD_REST && n == PAGE &&
	    shared->plain->xRead(file, there, n, at) == SQLITE_OK && memcmp(there, bytes, PAGE) == 0)
		return SQLITE_OK;
	return write_plain(shared->plain, file, bytes, n, at);
}

static int
sync_file(sqlite3_file *file, int flags)
{
	struct shared *shared = behind(file);

	return shared->fold == FOLD_AHEAD ? SQLITE_BUSY : shared->plain->xSync(file, flags);
}

sqlite3_file *
log_office_file(const struct db *db)
{
	sqlite3_file *file = NULL;

	return sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &file) ==
	    SQLITE_OK ? file : NULL;
}

int
log_length(const struct db *db)
{
	sqlite3_file *file = log_office_file(db);
	void volatile *map = NULL;

	if (!file || file->pMethods->xShmMap(file, 0, INDEX_BYTES, 0, &map) != SQLITE_OK || !map)
		return 0;
	return (int)((const volatile uint32_t *)map)[INDEX_LENGTH];
}

void
log_fold(struct db *db, enum fold fold)
{
	sqlite3_file *file = log_office_file(db);

	if (file)
		((struct shared *)behind(file))->fold = fold;
}

bool
log_sync_file(struct db *db)
{
	sqlite3_file *file = log_office_file(db);

	return file && file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

/* ---- opening ---- */

static void
begin_log(sqlite3_file *file, const char *name)
{
	struct shared *shared = behind(sqlite3_database_file_object(name));
	struct log *log = behind(file);

	log->bytes = malloc(BYTES_MOST);
	if (!log->bytes)
		bug("out of memory");
	log->plain = file->pMethods;
	log->methods = *log->plain;
	log->methods.xClose = close_log;
	log->methods.xWrite = log_write;
	log->methods.xRead = log_read;
	log->methods.xTruncate = log_truncate;
	log->methods.xFileSize = log_size;
	log->methods.xSync = sync_log;
	log->n = 0;
	file->pMethods = &log->methods;
	shared->log = log;
}

static void
begin_shared(sqlite3_file *file)
{
	struct shared *shared = behind(file);

	shared->plain = file->pMethods;
	shared->methods = *shared->plain;
	shared->methods.xShmLock = lock_shared;
	shared->methods.xWrite = write_page;
	shared->methods.xSync = sync_file;
	shared->log = NULL;
	shared->fold = FOLD_PLAIN;
	file->pMethods = &shared->methods;
}

static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
	int rc = plain_vfs->xOpen(plain_vfs, name, file, flags, got);

	(void)vfs;
	if (rc == SQLITE_OK && (flags & SQLITE_OPEN_WAL))
		begin_log(file, name);
	if (rc == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB))
		begin_shared(file);
	return rc;
}

const char *
log_vfs(void)
{
	static sqlite3_vfs ours;

	if (!plain_vfs) {
		plain_vfs = sqlite3_vfs_find(NULL);
		ours = *plain_vfs;
		ours.zName = "tresen";
		ours.szOsFile = (plain_vfs->szOsFile + 15) / 16 * 16 + (int)sizeof(struct log);
		ours.xOpen = open_file;
		if (sqlite3_vfs_register(&ours, 0) != SQLITE_OK)
			bug("SQLite takes no VFS");
	}
	return ours.zName;
}

/*
 * Others have written in between, so SQLite reads nearly every page afresh in
 * each transaction: 30 for a claim, half of them roots of tables and lists of
 * the office, and from a map that takes a fifth of the time.  Not PRAGMA
 * mmap_size: that gives pointers into the map to who only reads, and serves no
 * write.  Not the log: its pages are others each time, and the first look at
 * one costs more than it saves.  The map is read only, and so small that it
 * counts for nothing among 200 sessions.
 */
void
log_map_file(struct db *db)
{
	sqlite3_int64 size = MAPPED;
	sqlite3_file *file = log_office_file(db);
	void *page = NULL;

	if (!file || file->pMethods->iVersion < 3 ||
	    file->pMethods->xFileControl(file, SQLITE_FCNTL_MMAP_SIZE, &size) != SQLITE_OK)
		return;
	/* it is made at the first wish for a page */
	if (file->pMethods->xFetch(file, 0, PAGE, &page) == SQLITE_OK && page)
		file->pMethods->xUnfetch(file, 0, page);
}

bool
log_sync(struct db *db)
{
	sqlite3_file *log = NULL;

	if (sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) !=
	    SQLITE_OK)
		return false;
	if (!log || !log->pMethods)
		return true; /* nothing was written yet */
	return log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) == SQLITE_OK;
}
