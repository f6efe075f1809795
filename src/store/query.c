/*
 * query.c - layer 2: statements, values, and SQLite's codes turned into
 * status: once, here.  Called by every file of store/.
 */
#include "record.h"

#include <errno.h>

sqlite3_stmt *
db_query(struct op *op, const char *sql)
{
	struct db *db = op->db;
	size_t at = ((uintptr_t)sql >> 3) % CACHED_STATEMENTS;
	int rc;

	db->asking = op;
	for (size_t tried = 0; db->cache[at].sql && db->cache[at].sql != sql; tried++) {
		invariant(tried < CACHED_STATEMENTS);
		at = (at + 1) % CACHED_STATEMENTS;
	}
	if (!db->cache[at].used) {
		db->cache[at].used = true;
		db->used[db->n_used++] = (unsigned short)at;
	}
	if (db->cache[at].stmt) {
		sqlite3_reset(db->cache[at].stmt);
		sqlite3_clear_bindings(db->cache[at].stmt);
		return db->cache[at].stmt;
	}
	rc = sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT,
	    &db->cache[at].stmt, NULL);
	if (rc == SQLITE_ERROR)
		bug("SQL: %s in: %s", sqlite3_errmsg(db->sqlite), sql);
	if (rc == SQLITE_OK)
		db->cache[at].sql = sql;
	return db->cache[at].stmt;
}

/* The log's index has no code of its own for it (nor for a quota: else see log.c). */
static const char *
full_disk(sqlite3 *s)
{
	int error = sqlite3_system_errno(s);

	if ((sqlite3_errcode(s) & 0xff) != SQLITE_FULL && error != ENOSPC && error != EDQUOT)
		return NULL;
	log_line("the disk is full: see tresen-admin ballast");
	return _("The disk of the office server is full. Nothing was saved; tell the administrator, "
	    "who can give room back at once (tresen-admin ballast), then try again.");
}

/* The first one in needs some room beside the file. */
const char *
db_open_failed(struct arena *mem, sqlite3 *s, const char *path)
{
	const char *full = full_disk(s);

	return full ? full : arena_printf(mem, _("The office file %s cannot be used (%s). Ask the "
	    "administrator."), path, sqlite3_errmsg(s));
}

/*
 * A constraint is not among them, and rightly a bug: what a user sends is
 * refused with a sentence before the file sees it, so a constraint that fails
 * is an invariant of ours that is broken.  tests/command/hostile.c sends every
 * command every odd value to prove it.
 */
enum status
db_failed(struct op *op)
{
	sqlite3 *s = op->db->sqlite;
	int code = sqlite3_extended_errcode(s);
	const char *full;

	record_spoil(op->db->record);
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL: /* the log's index was contended too long */
		return op_fail(op, ST_BUSY, _("Someone is saving. Try again in a moment; nothing "
		    "you typed is lost."));
	case SQLITE_FULL:
	case SQLITE_IOERR:
		full = full_disk(s);
		if (full)
			return op_fail(op, ST_STORE, "%s", full);
		/* fall through */
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_NOMEM:
		return op_fail(op, ST_STORE, _("The office file could not be written (%s). Nothing "
		    "was saved; tell the administrator."), sqlite3_errmsg(s));
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return op_fail(op, ST_STORE, _("The office file is damaged (%s). Stop working and "
		    "tell the administrator."), sqlite3_errmsg(s));
	case SQLITE_INTERRUPT:
		return op_fail(op, ST_STORE, _("The request was interrupted. Try again."));
	default:
		bug("SQLite code %d: %s", code, sqlite3_errmsg(s));
	}
}

enum status
db_step(struct op *op, sqlite3_stmt *q, bool *row)
{
	int rc = q ? sqlite3_step(q) : SQLITE_ERROR;

	*row = rc == SQLITE_ROW;
	if (rc == SQLITE_ROW)
		return ST_OK;
	if (rc == SQLITE_DONE) {
		sqlite3_reset(q);
		return ST_OK;
	}
	return db_failed(op);
}

bool
db_next(struct op *op, sqlite3_stmt *q, enum status *s)
{
	bool row;

	*s = db_step(op, q, &row);
	return row;
}

enum status
db_run(struct op *op, sqlite3_stmt *q)
{
	bool row;

	TRY(db_step(op, q, &row));
	db_done(q);
	return ST_OK;
}

void
db_done(sqlite3_stmt *q)
{
	sqlite3_reset(q);
}

enum status
db_all(struct op *op, sqlite3_stmt *q, ROW_READER(read), size_t size, void *items, size_t *n)
{
	struct list rows = { .size = size };
	enum status s;

	while (db_next(op, q, &s))
		read(op, q, list_add(op->mem, &rows));
	memcpy(items, &rows.items, sizeof(rows.items));
	*n = rows.n;
	return s;
}

enum status
db_one(struct op *op, sqlite3_stmt *q, ROW_READER(read), size_t size, void *item)
{
	bool row;

	memset(item, 0, size);
	TRY(db_step(op, q, &row));
	if (row)
		read(op, q, item);
	db_done(q);
	return ST_OK;
}

enum status
db_any(struct op *op, sqlite3_stmt *q, bool *row)
{
	TRY(db_step(op, q, row));
	db_done(q);
	return ST_OK;
}

enum status
db_number(struct op *op, sqlite3_stmt *q, int64_t *number)
{
	bool row;

	TRY(db_step(op, q, &row));
	*number = row ? col_int(q, 0) : 0;
	db_done(q);
	return ST_OK;
}

int64_t
db_last_id(struct op *op)
{
	return sqlite3_last_insert_rowid(op->db->sqlite);
}

enum status
db_exec(struct op *op, const char *sql)
{
	if (sqlite3_exec(op->db->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(op);
	return ST_OK;
}

void
db_reset_all(struct db *db)
{
	for (size_t i = 0; i < db->n_used; i++) {
		sqlite3_reset(db->cache[db->used[i]].stmt);
		db->cache[db->used[i]].used = false;
	}
	db->n_used = 0;
}

void
bind_int(sqlite3_stmt *q, int at, int64_t value)
{
	sqlite3_bind_int64(q, at, value);
}

void
bind_id(sqlite3_stmt *q, int at, int64_t id)
{
	if (id)
		sqlite3_bind_int64(q, at, id);
}

/* Borrowed: the text lives in the op's arena, longer than the statement runs. */
void
bind_text(sqlite3_stmt *q, int at, const char *text)
{
	sqlite3_bind_text(q, at, text, -1, SQLITE_STATIC);
}

void
bind_day(sqlite3_stmt *q, int at, int day)
{
	char iso[11];

	if (day != DAY_NONE)
		sqlite3_bind_text(q, at, day_iso(day, iso), -1, SQLITE_TRANSIENT);
}

void
bind_blob(sqlite3_stmt *q, int at, const void *bytes, int n)
{
	sqlite3_bind_blob(q, at, n ? bytes : "", n, SQLITE_STATIC);
}

int64_t
col_int(sqlite3_stmt *q, int at)
{
	return sqlite3_column_int64(q, at);
}

const char *
col_text(struct op *op, sqlite3_stmt *q, int at)
{
	const unsigned char *text = sqlite3_column_text(q, at);

	return text ? arena_strndup(op->mem, (const char *)text,
	    (size_t)sqlite3_column_bytes(q, at)) : NULL;
}

int
col_day(sqlite3_stmt *q, int at)
{
	const unsigned char *text = sqlite3_column_text(q, at);
	int day;

	return text && day_parse((const char *)text, &day) ? day : DAY_NONE;
}

void *
list_add(struct arena *mem, struct list *l)
{
	if (l->n == l->room) {
		size_t room = l->room ? l->room * 2 : 16;
		void *grown = arena_alloc(mem, room * l->size);

		if (l->n)
			memcpy(grown, l->items, l->n * l->size);
		l->items = grown;
		l->room = room;
	}
	return (char *)l->items + l->size * l->n++;
}
