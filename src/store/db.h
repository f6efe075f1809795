/*
 * db.h - private to store/: prepared statements by the text of their SQL,
 * bound values, SQLite codes turned into status once.
 */
#ifndef TRESEN_STORE_DB_H
#define TRESEN_STORE_DB_H

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>
#include <string.h>
#include <sys/types.h>

#include "store.h"

#define CACHED_STATEMENTS 512

/* An office is a file, its log (-wal) and the log's index (-shm). */
enum { OFFICE_FILE, OFFICE_LOG, OFFICE_INDEX, OFFICE_FILES };

#define DB_BUSY_MS 2000          /* for locks of SQLite, which nobody holds for long */

struct db {
	sqlite3 *sqlite;
	struct office_lock lock;
	struct recorder *record;  /* what the transaction changes */
	struct seal *seal;        /* the key to what is entrusted; NULL: none */
	struct op *asking;        /* whose statement runs: the SQL functions of kept.c ask */
	unsigned owner;           /* uid of the file */
	char *path;               /* its name, as place_name gives it */
	struct office_file {
		dev_t device;
		ino_t inode;
	} files[OFFICE_FILES];    /* which files had that name and its suffixes */
	bool lost;                /* others have it now, or a newer tresen */
	int schema;               /* as it was when it was known to be ours; 0: not yet */
	bool alone;               /* a new file being filled: without a log */
	struct errands *errands;  /* this session's part in them, or NULL; see errand.c */
	bool gathers;             /* between db_gather and db_leave */
	bool puts_off;            /* between db_put_off and db_settle */
	bool unsynced;            /* something was committed since */
	bool in_doubt;            /* something was, and the disk did not confirm it */
	bool may_cut;             /* chain_read.c is at work: events may change */
	int log_before;           /* pages of the write-ahead log when the last write began */
	int log_pages;            /* ... and after its commit */
	bool fold_due;            /* a checkpoint is to be tried */
	bool folds_itself;        /* not at the commits: db_fold_some does it */
	int64_t seen_version;     /* PRAGMA data_version at the last look */
	int64_t seen_event;       /* newest event at the last look; -1: none yet */
	int64_t seen_before;      /* ... at the look before: news are of later ones */
	struct {
		const char *sql;  /* the address is the key: static strings only */
		sqlite3_stmt *stmt;
		bool used;        /* since the last db_reset_all */
	} cache[CACHED_STATEMENTS];
	unsigned short used[CACHED_STATEMENTS];
	size_t n_used;
};

/*
 * The statement of a static SQL text, reset and unbound.  NULL after an error
 * of the file, which the next db_step reports.
 */
sqlite3_stmt *db_query(struct op *op, const char *sql);
/* *row false: no further row; the statement is reset then. */
MUST_CHECK enum status db_step(struct op *op, sqlite3_stmt *q, bool *row);
/* The same in a loop: false behind the last row, or a failure; *s says which. */
bool db_next(struct op *op, sqlite3_stmt *q, enum status *s);
/* For statements that give no rows. */
MUST_CHECK enum status db_run(struct op *op, sqlite3_stmt *q);
/* Makes a row of the result into an item of the caller's. */
#define ROW_READER(name) void (*name)(struct op *op, sqlite3_stmt *q, void *item)
/*
 * Every row of q, read into an array of items of one size; items points to the
 * caller's pointer to the first.
 */
MUST_CHECK enum status db_all(struct op *op, sqlite3_stmt *q, ROW_READER(read), size_t size,
                              void *items, size_t *n);
/* The first row, read into an item of that size, which is all zero without one. */
MUST_CHECK enum status db_one(struct op *op, sqlite3_stmt *q, ROW_READER(read), size_t size,
                              void *item);
/* Is there a row?  Also what an insert tells that gives its row back unless one
 * stood there. */
MUST_CHECK enum status db_any(struct op *op, sqlite3_stmt *q, bool *row);
/* The number in the first row; 0 without a row. */
MUST_CHECK enum status db_number(struct op *op, sqlite3_stmt *q, int64_t *number);
/* Gives up rows that were not read. */
void db_done(sqlite3_stmt *q);
int64_t db_last_id(struct op *op);
/* What is entrusted has ids of its own above this, so that no gap in those of others
 * tells of it.  The statement for the next: ?1 ID_APART, or 0 for what is open. */
#define ID_APART 1000000000
#define NEXT_ID(table)                                                         \
	"SELECT coalesce(max(id), ?1) + 1 FROM " table                         \
	" WHERE id > ?1 AND id <= ?1 + 1000000000"
/* Turns the last SQLite error of op->db into a status with a sentence. */
MUST_CHECK enum status db_failed(struct op *op);
/* After a commit: has it brought the log to a length at which it is folded? */
void db_note_length(struct db *db, int pages);
/* A checkpoint when the log has grown for one; with the office lock. */
void db_fold_if_due(struct db *db);
/* The office lock, if the office is still where it was opened. */
MUST_CHECK enum status db_lock(struct op *op);
/* The same, and nothing is in the log: all there is is in the file, and who
 * reads reads that.  ST_BUSY: somebody goes on reading an older state. */
MUST_CHECK enum status db_lock_empty(struct op *op);
/* The sentence for the last SQLite error of an office file that did not open. */
const char *db_open_failed(struct arena *mem, sqlite3 *s, const char *path);
/* Text without result: BEGIN, PRAGMA. */
MUST_CHECK enum status db_exec(struct op *op, const char *sql);

/* A write also asked for inside db_begin_write by admin: resets every
 * statement so that none outlives its request. */
void db_reset_all(struct db *db);
/* The lock was not to be had: ST_BUSY, or what else it is. */
MUST_CHECK enum status db_not_taken(struct op *op);

/* May path be an office file of ours?  Looks at the name, opens nothing. */
MUST_CHECK enum status file_check(struct arena *mem, const char *path, struct stat *st,
                                  const char **why);

void bind_int(sqlite3_stmt *q, int at, int64_t value);
void bind_id(sqlite3_stmt *q, int at, int64_t id);     /* 0: NULL */
void bind_text(sqlite3_stmt *q, int at, const char *text); /* NULL: NULL */
void bind_day(sqlite3_stmt *q, int at, int day);       /* DAY_NONE: NULL */
void bind_blob(sqlite3_stmt *q, int at, const void *bytes, int n);

int64_t col_int(sqlite3_stmt *q, int at);
const char *col_text(struct op *op, sqlite3_stmt *q, int at); /* NULL: NULL; in op->mem */
int col_day(sqlite3_stmt *q, int at);                  /* NULL: DAY_NONE */

/* Derived tables and the log itself are not recorded in events. */
bool table_is_state(const char *table);

/* The records of a person, ids: their own and those linked to it. */
#define LINKED_TO(id)                                                          \
	"(SELECT " id " UNION ALL SELECT l.id FROM person l WHERE l.merged_into = " id ")"

/*
 * The right to see a row, in the query: what is kept from the actor is in no
 * list, page or count.  One rule serves all of them, rules/rights.c; kept.c
 * asks it once an action.
 */
#define NOT_KEPT_CASE(id) "NOT kept_case(" id ")"
#define NOT_KEPT_PERSON(id) "NOT kept_person(" id ")"
/* The cases of it, for what a counter has counted with them. */
#define KEPT_CASES(c) "json_each(kept_cases()) few CROSS JOIN case_file " c " ON " c ".id = few.value"
#define KEPT_PEOPLE "(SELECT few.value FROM json_each(kept_people()) few)"
bool kept_functions(struct db *db);
/* What was asked is asked again: another view, or something has changed. */
void kept_forget(struct op *op);

/* guard.c: no statement changes schema, settings or events while it is set. */
void guard_set(struct db *db);
void guard_lift(struct db *db);

/* A list that grows in the arena. */
struct list {
	void *items;
	size_t n, room, size;
};
/* Room for one more item of l->size bytes, zeroed. */
void *list_add(struct arena *mem, struct list *l);

/* What SQLite is told before it runs; whoever opens a file asks for it first. */
void db_library_prepare(void);

/* ---- migrate.c ---- */

/* Why this program must leave the file alone; NULL: its schema is known. */
MUST_CHECK const char *schema_refusal(struct arena *mem, sqlite3 *sqlite, const char *path,
                                      int *version, int *newest);
/* In a write: ST_STORE where the office has another schema by now; the session must end. */
MUST_CHECK enum status schema_stays(struct op *op);
int schema_apply(sqlite3 *sqlite, int from);

#endif
