/*
 * replay.c - layer 2: the state rebuilt from the events alone and compared
 * with the state that people work with.  Called by tresen-admin check.  Works
 * in a temporary file of its own; the office file is only read.
 */
#include "apply.h"
#include "verify.h"

#define KEY_COLUMNS_MAX 4

struct replay {
	struct op *op;
	struct faults *faults;
	sqlite3 *copy;
	struct applier *applier; /* of the copy */
	int64_t seq;             /* event that is being repeated */
	int64_t conflicts, gaps, differences;
};

/* A failure of the temporary file: its directory is full or may not be used. */
static enum status
copy_failed(struct replay *r)
{
	return op_fail(r->op, ST_STORE, _("The temporary copy could not be written (%s). Free some "
	               "space beside the office, or name another folder in SQLITE_TMPDIR, and "
	               "check again."),
	               sqlite3_errmsg(r->copy));
}

static enum status
copy_exec(struct replay *r, const char *sql)
{
	return sqlite3_exec(r->copy, sql, NULL, NULL, NULL) == SQLITE_OK ? ST_OK : copy_failed(r);
}

/* Triggers would count and refuse again; indexes would only cost time. */
static enum status
strip(struct replay *r)
{
	static const char sql[] =
	    "SELECT group_concat('DROP ' || type || ' ' || name, ';') FROM sqlite_schema"
	    " WHERE type IN ('trigger', 'index') AND sql IS NOT NULL";
	sqlite3_stmt *q;
	enum status s = ST_OK;

	if (sqlite3_prepare_v2(r->copy, sql, -1, &q, NULL) != SQLITE_OK)
		return copy_failed(r);
	if (sqlite3_step(q) == SQLITE_ROW) {
		char *drop = arena_strdup(r->op->mem, (const char *)sqlite3_column_text(q, 0));

		sqlite3_finalize(q);
		q = NULL;
		s = copy_exec(r, drop);
	}
	sqlite3_finalize(q);
	return s;
}

static enum status
copy_open(struct replay *r)
{
	/* the empty name is a file of SQLite's own that nobody else can open */
	if (sqlite3_open("", &r->copy) != SQLITE_OK)
		return copy_failed(r);
	TRY(copy_exec(r, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
	                 "PRAGMA cache_size=-131072; PRAGMA foreign_keys=OFF;"));
	if (schema_apply(r->copy, 0) != SQLITE_OK)
		return copy_failed(r);
	return strip(r);
}

/* ---- repeating ---- */

static void
misfit(void *data, const char *table)
{
	struct replay *r = data;

	fault_add(r->op, r->faults, &r->conflicts,
	          _("Event %lld does not fit what came before it (%s)."), (long long)r->seq, table);
}

static enum status
repeat_event(struct replay *r, const void *bytes, int n)
{
	if (n == 0)
		return ST_OK;
	if (changeset_is_sound(bytes, (size_t)n))
		return apply_changeset(r->applier, bytes, (size_t)n) == SQLITE_OK ? ST_OK
		    : copy_failed(r);
	fault_add(r->op, r->faults, &r->conflicts, _("Event %lld cannot be repeated: its record is "
	          "damaged."), (long long)r->seq);
	return ST_OK;
}

static enum status
repeat_all(struct replay *r)
{
	static const char sql[] = "SELECT seq, changeset FROM event ORDER BY seq";
	sqlite3_stmt *q = db_query(r->op, sql);
	enum status s;

	TRY(copy_exec(r, "BEGIN"));
	while (db_next(r->op, q, &s)) {
		int64_t last = r->seq;

		r->seq = col_int(q, 0);
		if (r->seq != last + 1)
			fault_add(r->op, r->faults, &r->gaps,
			          _("The events %lld to %lld are gone."), (long long)last + 1,
			          (long long)r->seq - 1);
		TRY(repeat_event(r, sqlite3_column_blob(q, 1), sqlite3_column_bytes(q, 1)));
	}
	TRY(s);
	return copy_exec(r, "COMMIT");
}

/* ---- comparing ---- */

struct side {
	sqlite3_stmt *q;
	bool row;
};

struct table {
	const char *name;
	int columns, key[KEY_COLUMNS_MAX], n_key;
};

static int
value_compare(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
	int type = sqlite3_column_type(a, column);
	int n = 0, m = 0, order;

	if (type != sqlite3_column_type(b, column))
		return type < sqlite3_column_type(b, column) ? -1 : 1;
	if (type == SQLITE_INTEGER) {
		int64_t x = sqlite3_column_int64(a, column), y = sqlite3_column_int64(b, column);

		return x < y ? -1 : x > y;
	}
	if (type == SQLITE_NULL)
		return 0;
	n = sqlite3_column_bytes(a, column);
	m = sqlite3_column_bytes(b, column);
	order = n && m ? memcmp(sqlite3_column_blob(a, column), sqlite3_column_blob(b, column),
	    (size_t)(n < m ? n : m)) : 0;
	return order ? order : n - m;
}

static const char *
key_text(struct op *op, const struct table *t, sqlite3_stmt *q)
{
	const char *key = "";

	for (int i = 0; i < t->n_key; i++)
		key = arena_printf(op->mem, "%s%s%s", key, i ? " " : "",
		                   col_text(op, q, t->key[i]));
	return key;
}

static void
row_compare(struct replay *r, const struct table *t, sqlite3_stmt *file, sqlite3_stmt *events)
{
	for (int i = 0; i < t->columns; i++)
		if (value_compare(file, events, i) != 0)
			fault_add(r->op, r->faults, &r->differences,
			          _("%s %s: column %s is not what the events say."), t->name,
			          key_text(r->op, t, file), sqlite3_column_name(file, i));
}

static enum status
side_next(struct replay *r, struct side *s)
{
	int rc = sqlite3_step(s->q);

	s->row = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? ST_OK : copy_failed(r);
}

/* Both sides in the order of the key, as in a merge. */
static enum status
rows_compare(struct replay *r, const struct table *t, struct side *file, struct side *events)
{
	TRY(side_next(r, file));
	TRY(side_next(r, events));
	while (file->row || events->row) {
		int order = !file->row ? 1 : !events->row ? -1 : 0;

		for (int i = 0; order == 0 && i < t->n_key; i++)
			order = value_compare(file->q, events->q, t->key[i]);
		if (order < 0)
			fault_add(r->op, r->faults, &r->differences,
			          _("%s %s: no event made this row."), t->name,
			          key_text(r->op, t, file->q));
		else if (order > 0)
			fault_add(r->op, r->faults, &r->differences,
			          _("%s %s: this row is gone without an event."), t->name,
			          key_text(r->op, t, events->q));
		else
			row_compare(r, t, file->q, events->q);
		if (order <= 0)
			TRY(side_next(r, file));
		if (order >= 0)
			TRY(side_next(r, events));
	}
	return ST_OK;
}

static enum status
table_read(struct replay *r, struct table *t)
{
	static const char sql[] = "SELECT cid, pk FROM pragma_table_info(?1) ORDER BY cid";
	sqlite3_stmt *q = db_query(r->op, sql);
	enum status s;

	bind_text(q, 1, t->name);
	while (db_next(r->op, q, &s)) {
		int64_t key;

		t->columns++;
		key = col_int(q, 1);
		invariant(key <= KEY_COLUMNS_MAX);
		if (key > 0) {
			t->key[key - 1] = (int)col_int(q, 0);
			t->n_key++;
		}
	}
	return s;
}

static enum status
table_compare(struct replay *r, const char *name)
{
	struct table t = { .name = name };
	struct side file = { 0 }, events = { 0 };
	const char *sql;
	enum status s;

	TRY(table_read(r, &t));
	sql = arena_printf(r->op->mem, "SELECT * FROM %s ORDER BY %d", name, t.key[0] + 1);
	for (int i = 1; i < t.n_key; i++)
		sql = arena_printf(r->op->mem, "%s, %d", sql, t.key[i] + 1);
	if (sqlite3_prepare_v2(r->op->db->sqlite, sql, -1, &file.q, NULL) != SQLITE_OK)
		return db_failed(r->op);
	s = sqlite3_prepare_v2(r->copy, sql, -1, &events.q, NULL) == SQLITE_OK ?
	    rows_compare(r, &t, &file, &events) : copy_failed(r);
	sqlite3_finalize(file.q);
	sqlite3_finalize(events.q);
	return s;
}

static enum status
compare_all(struct replay *r)
{
	static const char sql[] = "SELECT name FROM sqlite_schema WHERE type = 'table'"
	                          " AND name NOT LIKE 'sqlite%' ORDER BY name";
	sqlite3_stmt *q = db_query(r->op, sql);
	enum status s;

	while (db_next(r->op, q, &s)) {
		const char *name;

		name = col_text(r->op, q, 0);
		if (table_is_state(name))
			TRY(table_compare(r, name));
	}
	return s;
}

enum status
store_verify_events(struct op *op, struct faults *f)
{
	struct replay r = { .op = op, .faults = f };
	enum status s = copy_open(&r);

	r.applier = apply_new(r.copy, misfit, &r);
	if (s == ST_OK)
		s = repeat_all(&r);
	apply_free(r.applier);
	if (s == ST_OK)
		s = compare_all(&r);
	db_reset_all(op->db);
	sqlite3_close(r.copy);
	return s;
}
