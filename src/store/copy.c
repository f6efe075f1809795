/*
 * copy.c - layer 2: the office file as a whole, see store_copy.h.  Called by
 * tresen-admin.  Must never make those wait who work in the office.
 */
#include "store_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "record.h"

#define PAGES_A_STEP 1024        /* 4 MB, then the disk is asked to take them */
/* SQLite's locks on a file (sqlite3 file format): whoever has it open in WAL mode
 * holds some of these bytes, whoever holds all of them is alone. */
#define LOCKS_AT 0x40000000
#define LOCKS_LENGTH 512

/* ---- files without a name ---- */

#define NAMELESS "tresen-nameless"
#define DESCRIPTORS "/proc/self/fd/"

/* SQLite would follow the link of a descriptor to a name that is gone. */
static int
name_as_it_is(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	(void)vfs;
	sqlite3_snprintf(size, out, "%s", name);
	return SQLITE_OK;
}

/* Nor does it open a link; this one leads to no name that somebody could change. */
static int
open_linked(const char *path, int flags, int mode)
{
	if (strncmp(path, DESCRIPTORS, strlen(DESCRIPTORS)) == 0)
		flags &= ~O_NOFOLLOW;
	return open(path, flags, mode);
}

/* Opens a descriptor a second time; a file that nobody else knows needs no locks. */
static int
nameless_open(int fd, int flags, const char *more, sqlite3 **out)
{
	static sqlite3_vfs vfs;
	char uri[64];

	db_library_prepare();
	if (!vfs.zName) {
		vfs = *sqlite3_vfs_find("unix-none");
		vfs.zName = NAMELESS;
		vfs.xFullPathname = name_as_it_is;
		vfs.xSetSystemCall(&vfs, "open", (sqlite3_syscall_ptr)open_linked);
		sqlite3_vfs_register(&vfs, 0);
	}
	sqlite3_snprintf(sizeof(uri), uri, "file:" DESCRIPTORS "%d%s", fd, more);
	return sqlite3_open_v2(uri, out, flags | SQLITE_OPEN_URI, NAMELESS);
}

enum status
db_open_still(struct arena *mem, int fd, const char *name, struct db **out, const char **why)
{
	struct db *db = calloc(1, sizeof(*db));
	int version, newest;

	if (!db)
		bug("out of memory");
	/* immutable: the header says that it has a log, but there is none */
	if (nameless_open(fd, SQLITE_OPEN_READONLY, "?immutable=1", &db->sqlite) != SQLITE_OK) {
		*why = arena_printf(mem, _("%s cannot be read (%s)."), name,
		    sqlite3_errmsg(db->sqlite));
	} else {
		sqlite3_extended_result_codes(db->sqlite, 1);
		sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		sqlite3_exec(db->sqlite, "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384",
		    NULL, NULL, NULL);
		db->record = record_new(db->sqlite);
		*why = schema_refusal(mem, db->sqlite, name, &version, &newest);
		if (!*why && version < newest)
			*why = arena_printf(mem, _("%s is from an older tresen."), name);
	}
	*out = *why ? NULL : db;
	if (*why)
		db_close(db);
	else
		guard_set(db);
	return *why ? ST_STORE : ST_OK;
}

/* ---- the copy ---- */

static enum status
copy_failed(struct op *op, sqlite3 *to)
{
	int code = sqlite3_errcode(to) & 0xff;

	if (code == SQLITE_FULL || code == SQLITE_IOERR)
		return op_fail(op, ST_STORE, _("There is no room for the copy beside the office "
		    "(%s). It needs as much as the office has; free some and start again."),
		    sqlite3_errmsg(to));
	return op_fail(op, ST_STORE, _("The office could not be copied (%s)."), sqlite3_errmsg(to));
}

/*
 * The source stays in one view from the first page to the last: without it a
 * copy begins anew at each commit of another, and never ends on a busy day.
 */
static enum status
copy_pages(struct op *op, sqlite3 *to, int fd)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", op->db->sqlite, "main");
	int rc = SQLITE_OK;

	if (!b)
		return copy_failed(op, to);
	while (rc == SQLITE_OK) {
		rc = sqlite3_backup_step(b, PAGES_A_STEP);
		/* the disk takes it little by little: a commit must not wait for all of it */
		if (fdatasync(fd) != 0 && rc != SQLITE_DONE)
			rc = SQLITE_FULL;
	}
	sqlite3_backup_finish(b);
	return rc == SQLITE_DONE ? ST_OK : copy_failed(op, to);
}

enum status
store_copy(struct op *op, int fd)
{
	sqlite3 *to = NULL;
	int64_t seq, at;
	enum status s = ST_OK;

	if (nameless_open(fd, SQLITE_OPEN_READWRITE, "", &to) != SQLITE_OK ||
	    sqlite3_exec(to, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", NULL, NULL,
	        NULL) != SQLITE_OK)
		s = copy_failed(op, to);
	if (s == ST_OK)
		s = db_begin_read(op);
	/* the view begins with the first thing read */
	if (s == ST_OK)
		s = store_event_last(op, &seq, &at);
	if (s == ST_OK)
		s = copy_pages(op, to, fd);
	db_end_read(op);
	sqlite3_close(to);
	return s;
}

/* ---- the last event, and locks ---- */

enum status
store_event_last(struct op *op, int64_t *seq, int64_t *at)
{
	static const char sql[] = "SELECT seq, at FROM event ORDER BY seq DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	*seq = *at = 0;
	TRY(db_step(op, q, &row));
	if (!row)
		return ST_OK;
	*seq = col_int(q, 0);
	*at = col_int(q, 1);
	db_done(q);
	return ST_OK;
}

bool
office_alone(const char *path, int *fd, int *pid)
{
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCKS_AT,
	    .l_len = LOCKS_LENGTH };

	*pid = -1;
	*fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	if (*fd < 0)
		return false;
	if (fcntl(*fd, F_OFD_SETLK, &all) == 0)
		return true;
	*pid = fcntl(*fd, F_OFD_GETLK, &all) == 0 && all.l_type != F_UNLCK ? all.l_pid : 0;
	close(*fd);
	*fd = -1;
	return false;
}
