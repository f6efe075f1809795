/*
 * db.c - layer 2: the connection: opening safely, transactions behind the
 * office lock, checkpoints under it.  Called by engine/ and admin/.  Must never
 * leave a transaction open between two messages, and never open the file's path
 * except through SQLite.
 */
#include "errands.h"
#include "log.h"
#include "place.h"
#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal.h"
#include "store_admin.h"
#include "store_search.h"

#define LOCK_TIMEOUT_MS 5000
#define PAGES_AT_HAND 320        /* 1.4 MB: more than a list of cases reads */

/* ---- opening ---- */

static int
after_commit(void *data, sqlite3 *sqlite, const char *name, int pages)
{
	struct db *db = data;

	(void)sqlite;
	(void)name;
	db_note_length(db, pages);
	return SQLITE_OK;
}

static const char settings[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON; PRAGMA wal_autocheckpoint=0; PRAGMA mmap_size=0;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2048; PRAGMA secure_delete=ON;";

static bool
configure(struct db *db)
{
	sqlite3 *s = db->sqlite;

	sqlite3_extended_result_codes(s, 1);
	sqlite3_busy_timeout(s, DB_BUSY_MS);
	sqlite3_db_config(s, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_limit(s, SQLITE_LIMIT_ATTACHED, 0);
	if (sqlite3_exec(s, settings, NULL, NULL, NULL) != SQLITE_OK)
		return false;
	/* after wal_autocheckpoint: both use the one hook, the later one wins */
	sqlite3_wal_hook(s, after_commit, db);
	log_map_file(db);
	db->record = record_new(s);
	return kept_functions(db);
}

/*
 * What SQLite is told before it runs: it refuses later, and rightly.  A
 * process is one session: no threads, so no mutexes and no tallies under them.
 * Pages have their own memory: all of a session's are thrown away whenever
 * another one has committed, and malloc would be asked for each anew.
 */
void
db_library_prepare(void)
{
	static void *pages;
	int header = 0, size;

	if (pages)
		return;
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_PCACHE_HDRSZ, &header);
	size = 4096 + header;
	pages = malloc((size_t)size * PAGES_AT_HAND);
	if (!pages)
		bug("out of memory");
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, pages, size, PAGES_AT_HAND);
}

/*
 * Opens the file and its lock, without a look at the schema.
 *
 * A restore puts another file in the place of one that nobody has open, and
 * nobody can look at one that is open without a lock of SQLite's on it.  So who
 * has that lock now has it on the file of that name, or never writes.
 */
static enum status
open_file(struct arena *mem, const char *path, struct db **out, const char **why)
{
	struct stat st;
	struct db *db;

	TRY(file_check(mem, path, &st, why));
	db = calloc(1, sizeof(*db));
	if (!db)
		bug("out of memory");
	office_lock_init(&db->lock, &st);
	db->owner = st.st_uid;
	db->files[OFFICE_FILE] = (struct office_file){ st.st_dev, st.st_ino };
	db->path = place_name(path);
	if (!db->path)
		bug("out of memory");
	*out = db;
	db_library_prepare();
	if (sqlite3_open_v2(db->path, &db->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW,
	        log_vfs()) != SQLITE_OK || !configure(db))
		*why = db_open_failed(mem, db->sqlite, path);
	else if (!place_note(db))
		*why = arena_printf(mem, _("%s was replaced this moment. Try again."), path);
	else
		return ST_OK;
	db_close(db);
	*out = NULL;
	return ST_STORE;
}

enum status
db_open(struct arena *mem, const char *path, struct db **db, const char **why)
{
	int version, newest;
	enum status s;

	*db = NULL;
	s = open_file(mem, path, db, why);
	if (s != ST_OK)
		return s;
	*why = schema_refusal(mem, (*db)->sqlite, path, &version, &newest);
	if (!*why && version == newest) {
		guard_set(*db);
		return ST_OK;
	}
	if (!*why)
		*why = arena_printf(mem, _("%s is from an older tresen. Ask the administrator to "
		    "run: tresen-admin migrate %s"), path, path);
	db_close(*db);
	*db = NULL;
	return ST_STORE;
}

/* What people are found by is made anew wherever it is not as their names and
 * this program's rules would have it. */
static enum status
fill_search(struct arena *mem, struct db *db, bool *anew)
{
	struct op op = { .mem = mem, .db = db };
	struct faults f = { .n = 0 };
	enum status s;

	TRY(store_verify_search(&op, &f));
	*anew = f.found > 0;
	if (!*anew)
		return ST_OK;
	TRY(db_exec(&op, "BEGIN IMMEDIATE"));
	s = store_search_rebuild(&op);
	db_reset_all(db);
	if (s == ST_OK)
		return db_exec(&op, "COMMIT");
	sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	return s;
}

enum status
db_create(struct arena *mem, const char *path, struct db **db, const char **why)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);
	enum status s;
	bool anew;

	*db = NULL;
	if (fd < 0) {
		*why = arena_printf(mem, _("%s cannot be made: %s. Name another place."), path,
		    strerror(errno));
		return errno == EEXIST ? ST_INVALID : ST_STORE;
	}
	(void)fchmod(fd, S_IRUSR | S_IWUSR); /* whatever the umask */
	close(fd);
	s = open_file(mem, path, db, why);
	if (s != ST_OK) {
		unlink(path);
		return s;
	}
	if (schema_apply((*db)->sqlite, 0) == SQLITE_OK &&
	    fill_search(mem, *db, &anew) == ST_OK) {
		guard_set(*db);
		return ST_OK;
	}
	*why = arena_printf(mem, _("%s cannot be written (%s). Is the disk full?"), path,
	    sqlite3_errmsg((*db)->sqlite));
	db_close(*db);
	*db = NULL;
	return ST_STORE;
}

enum status
db_migrate(struct arena *mem, const char *path, int *from, int *to, bool *search,
           const char **why)
{
	struct db *db;
	enum status s = open_file(mem, path, &db, why);

	if (s != ST_OK)
		return s;
	s = ST_STORE;
	*why = schema_refusal(mem, db->sqlite, path, from, to);
	if (*why)
		;
	else if (!office_lock_take(&db->lock, LOCK_TIMEOUT_MS))
		*why = _("Someone is saving. Try again in a moment.");
	else if (schema_apply(db->sqlite, *from) != SQLITE_OK ||
	    fill_search(mem, db, search) != ST_OK)
		*why = arena_printf(mem, _("%s stays as it was: %s."), path,
		    sqlite3_errmsg(db->sqlite));
	else
		s = ST_OK;
	db_close(db);
	return s;
}

static void
leave_line(struct db *db)
{
	if (db->lock.held || db->lock.next)
		office_lock_give(&db->lock);
	errands_pass(db);
}

void
db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < CACHED_STATEMENTS; i++)
		sqlite3_finalize(db->cache[i].stmt);
	record_free(db->record);
	seal_free(db->seal);
	sqlite3_close(db->sqlite);
	leave_line(db);
	errands_close(db);
	free(db->path);
	free(db);
}

unsigned
db_owner(const struct db *db)
{
	return db->owner;
}

/* ---- transactions ---- */

enum status
db_begin_read(struct op *op)
{
	kept_forget(op);
	return db_run(op, db_query(op, "BEGIN"));
}

static void
end_transaction(struct db *db)
{
	record_stop(db->record);
	db_reset_all(db);
	if (!sqlite3_get_autocommit(db->sqlite))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

void
db_end_read(struct op *op)
{
	end_transaction(op->db);
}

bool
table_is_state(const char *table)
{
	static const char *const unrecorded[] = {
		"event", "event_object", "reply", "draft", "case_count", "schema_step",
		"spelling", "spelling_key", "spelling_people", "person_spelling", "looked",
	};

	for (size_t i = 0; i < COUNT_OF(unrecorded); i++)
		if (strcmp(table, unrecorded[i]) == 0)
			return false;
	return true;
}

enum status
db_not_taken(struct op *op)
{
	const struct office_lock *lock = &op->db->lock;

	errands_pass(op->db);
	if (lock->foreign)
		return op_fail(op, ST_STORE, _("The lock of this office was made by another user of "
		    "the machine. Ask the administrator to remove it (ipcrm -S 0x%x), then try "
		    "again."), (unsigned)lock->key);
	return op_fail(op, ST_BUSY, _("Someone is saving. Try again in a moment; nothing you typed "
	    "is lost."));
}

enum status
db_line_up(struct op *op, bool *next)
{
	struct office_lock *lock = &op->db->lock;

	*next = false;
	if (!office_lock_line_up(lock, LOCK_TIMEOUT_MS))
		return db_not_taken(op);
	*next = lock->next;
	return ST_OK;
}

enum status
db_lock(struct op *op)
{
	enum status s;

	if (!office_lock_take(&op->db->lock, LOCK_TIMEOUT_MS))
		return db_not_taken(op);
	if (place_is_same(op->db))
		return ST_OK;
	/* what was written into a file that nobody finds any more would be lost */
	s = place_refuse(op);
	db_rollback(op);
	return s;
}

enum status
db_begin_write(struct op *op)
{
	enum status s;

	TRY(db_lock(op));
	kept_forget(op);
	s = db_run(op, db_query(op, "BEGIN IMMEDIATE"));
	if (s == ST_OK) {
		op->db->log_before = op->db->alone ? 0 : log_length(op->db);
		record_start(op->db->record);
		s = schema_stays(op);
	}
	if (s != ST_OK)
		db_rollback(op);
	return s;
}

bool
db_is_lost(struct op *op)
{
	struct db *db = op->db;

	if (db->lost || place_is_same(db) || !office_lock_take(&db->lock, LOCK_TIMEOUT_MS))
		return db->lost;
	/* it is told when something is to be saved */
	if (place_refuse(op) != ST_OK)
		leave_line(db);
	return db->lost;
}

static enum status
not_confirmed(struct op *op)
{
	return op_fail(op, ST_STORE, _("The disk does not confirm that this was saved. Look whether "
	    "it stands there, and tell the administrator at once."));
}

/*
 * Acknowledged means on disk: the log is synced after the lock is given back,
 * so that nobody waits for another's disk, and before anything is answered.
 * SQLite itself (synchronous=NORMAL) syncs it only before a checkpoint.
 * Whoever commits later has the earlier pages of the log in the same sync.
 */
enum status
db_make_durable(struct op *op)
{
	return log_sync(op->db) ? ST_OK : not_confirmed(op);
}

enum status
db_commit_quietly(struct op *op)
{
	enum status s;

	record_stop(op->db->record);
	db_reset_all(op->db);
	s = db_run(op, db_query(op, "COMMIT"));
	if (s != ST_OK) {
		db_rollback(op);
		return s;
	}
	op->db->unsynced = true;
	return op->db->gathers ? ST_OK : db_leave(op);
}

void
db_gather(struct db *db)
{
	db->gathers = true;
}

static enum status
sync_what_is_due(struct op *op)
{
	bool due = op->db->unsynced;

	op->db->unsynced = false;
	return due ? db_make_durable(op) : ST_OK;
}

enum status
db_leave(struct op *op)
{
	struct db *db = op->db;
	enum status s = ST_OK;

	db->gathers = false;
	if (db->lock.held)
		db_fold_if_due(db);
	leave_line(db);
	/* others wait for theirs */
	if (!db->puts_off || errands_in_hand(db))
		s = sync_what_is_due(op);
	db->in_doubt = db->in_doubt || s != ST_OK;
	errands_tell(db, s == ST_OK);
	return s;
}

void
db_put_off(struct db *db)
{
	if (!db->puts_off)
		db->in_doubt = false;
	db->puts_off = true;
}

enum status
db_settle(struct op *op)
{
	enum status s = sync_what_is_due(op);

	op->db->puts_off = false;
	/* a disk that has lost something says yes when it is asked again */
	return s == ST_OK && op->db->in_doubt ? not_confirmed(op) : s;
}

bool
db_is_writing(const struct op *op)
{
	return op->db->lock.held;
}

void
db_rollback(struct op *op)
{
	end_transaction(op->db);
	if (!op->db->gathers)
		leave_line(op->db);
}
