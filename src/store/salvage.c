/*
 * salvage.c - layer 2: gets out of a damaged office file what can be read, see
 * store_copy.h.  Called by tresen-admin salvage.  Only reads the damaged file.
 *
 * First the events, and from them the state, as replay.c does it: where all
 * events can be read nothing is lost, whatever became of the other tables.
 * Where some are gone, the rows of the file that differ from what the other
 * events say are taken, as a change that is an event of its own.
 */
#include "salvage.h"

#include <stdlib.h>

#include "changeset.h"
#include "place.h"
#include "record.h"
#include "verify.h"

/* ---- tables ---- */

/* Reads the columns that both files have; the damaged one may be older. */
static enum status
table_describe(struct salvage *s, struct table *t, bool rowless)
{
	static const char sql[] = "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid";
	struct op *op = s->op;
	sqlite3_stmt *q = db_query(op, sql);
	enum status end;

	t->names = t->key = "";
	t->number = rowless ? NULL : "rowid";
	bind_text(q, 1, t->name);
	while (db_next(op, q, &end)) {
		const char *name;

		name = col_text(op, q, 0);
		if (sqlite3_table_column_metadata(s->from, "main", t->name, name, NULL, NULL, NULL,
		        NULL, NULL) == SQLITE_ERROR)
			continue;
		t->names = arena_printf(op->mem, "%s%s%s", t->names, *t->names ? ", " : "", name);
		t->columns++;
		if (col_int(q, 2) > 0)
			t->key = arena_printf(op->mem, "%s%s%s", t->key, *t->key ? ", " : "", name);
		if (rowless && col_int(q, 2) == 1 && strcmp(col_text(op, q, 1), "INTEGER") == 0)
			t->number = name;
	}
	return end;
}

static enum status
tables_list(struct salvage *s, struct list *tables)
{
	static const char sql[] = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main'"
	                          " AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
	sqlite3_stmt *q = db_query(s->op, sql);
	enum status end;

	while (db_next(s->op, q, &end)) {
		struct table *t;

		t = list_add(s->op->mem, tables);
		t->name = col_text(s->op, q, 0);
		TRY(table_describe(s, t, col_int(q, 1) != 0));
		/* an older office has not all of them */
		tables->n -= t->columns == 0;
	}
	return end;
}

static const char *
question_marks(struct arena *mem, int n)
{
	const char *text = "?1";

	for (int i = 2; i <= n; i++)
		text = arena_printf(mem, "%s, ?%d", text, i);
	return text;
}

static int
run_with_row(sqlite3_stmt *to, sqlite3_stmt *q)
{
	int rc;

	for (int i = 1; i < sqlite3_column_count(q); i++)
		sqlite3_bind_value(to, i, sqlite3_column_value(q, i));
	rc = sqlite3_step(to);
	sqlite3_reset(to);
	return rc;
}

static void
prepare(struct salvage *s, sqlite3_stmt **q, const char *sql)
{
	if (sqlite3_prepare_v2(s->op->db->sqlite, sql, -1, q, NULL) != SQLITE_OK)
		bug("SQL: %s in: %s", sqlite3_errmsg(s->op->db->sqlite), sql);
}

/* ---- the events, and the state from them ---- */

/* What does not fit came after an event that is lost: the later one is right. */
static int
conflict(void *data, int kind, sqlite3_changeset_iter *it)
{
	struct salvage *s = data;

	(void)it;
	s->out->misfits++;
	return kind == SQLITE_CHANGESET_DATA || kind == SQLITE_CHANGESET_CONFLICT ?
	    SQLITE_CHANGESET_REPLACE : SQLITE_CHANGESET_OMIT;
}

static void
repeat(struct salvage *s, const void *bytes, int n)
{
	if (n > 0 && (!changeset_is_sound(bytes, (size_t)n) ||
	    sqlite3changeset_apply_v2(s->op->db->sqlite, n, (void *)(uintptr_t)bytes, NULL,
	        conflict, s, NULL, NULL, SQLITE_CHANGESETAPPLY_NOSAVEPOINT) != SQLITE_OK))
		s->out->unsound++;
}

static void
take_event(struct salvage *s, const struct table *t, sqlite3_stmt *q)
{
	int64_t seq = sqlite3_column_int64(q, 0);

	(void)t;
	if (run_with_row(s->put, q) != SQLITE_DONE)
		return;
	s->out->lost_events += seq - s->last_event - 1;
	s->last_event = seq;
	s->out->events++;
	for (int i = 1; i < sqlite3_column_count(q); i++)
		if (strcmp(sqlite3_column_name(q, i), "changeset") == 0)
			repeat(s, sqlite3_column_blob(q, i), sqlite3_column_bytes(q, i));
}

static void
take_as_is(struct salvage *s, const struct table *t, sqlite3_stmt *q)
{
	(void)t;
	(void)run_with_row(s->put, q);
}

static void
take_table(struct salvage *s, struct table *t, row_taker *take)
{
	struct arena *mem = s->op->mem;

	prepare(s, &s->put, arena_printf(mem, "INSERT OR IGNORE INTO %s (%s) VALUES (%s)", t->name,
	    t->names, question_marks(mem, t->columns)));
	salvage_table(s, t, take);
	sqlite3_finalize(s->put);
	s->put = NULL;
}

/* ---- rows that only the file knows ---- */

static void
take_newer(struct salvage *s, const struct table *t, sqlite3_stmt *q)
{
	(void)t;
	if (run_with_row(s->same, q) == SQLITE_ROW)
		return;
	if (run_with_row(s->put, q) == SQLITE_DONE && sqlite3_changes(s->op->db->sqlite) > 0)
		s->out->rows_taken++;
}

static void
take_state(struct salvage *s, struct table *t)
{
	struct arena *mem = s->op->mem;
	const char *marks = question_marks(mem, t->columns);

	prepare(s, &s->same, arena_printf(mem, "SELECT 1 FROM %s WHERE (%s) IS (%s)", t->name,
	    t->names, marks));
	/* a row that breaks a rule of its table is garbage: it stays out */
	prepare(s, &s->put, arena_printf(mem, "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s)"
	    " DO UPDATE SET (%s) = (%s)", t->name, t->names, marks, t->key, t->names, marks));
	salvage_table(s, t, take_newer);
	sqlite3_finalize(s->same);
	sqlite3_finalize(s->put);
	s->same = s->put = NULL;
}

/* Made anew by triggers and by migrate, or of no use without the sessions they
 * belong to. */
static bool
is_made_anew(const char *table)
{
	static const char *const names[] = {
		"reply", "case_count", "schema_step", "spelling", "spelling_key", "spelling_people",
		"person_spelling",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(table, names[i]) == 0)
			return true;
	return false;
}

/* ---- the whole ---- */

/* An empty file is a sound database for SQLite. */
static bool
has_tables(sqlite3 *from)
{
	sqlite3_stmt *q;
	bool some = false;

	if (sqlite3_prepare_v2(from, "SELECT 1 FROM sqlite_schema", -1, &q, NULL) == SQLITE_OK)
		some = sqlite3_step(q) == SQLITE_ROW;
	sqlite3_finalize(q);
	return some;
}

static enum status
damaged_open(struct op *op, const char *path, sqlite3 **from)
{
	/* a file that was cut off is refused but for this setting */
	static const char settings[] = "PRAGMA writable_schema=ON; PRAGMA cell_size_check=ON;"
	                               "SELECT count(*) FROM sqlite_schema";

	char *name = place_name(path); /* the copy is there, and so is its folder */
	int rc = name ? sqlite3_open_v2(name, from, SQLITE_OPEN_READWRITE, NULL) : SQLITE_CANTOPEN;

	free(name);
	if (rc == SQLITE_OK &&
	    sqlite3_exec(*from, settings, NULL, NULL, NULL) == SQLITE_OK) {
		if (has_tables(*from))
			return ST_OK;
		return op_fail(op, ST_STORE, _("There is nothing in that file. Go back to the last "
		    "backup."));
	}
	return op_fail(op, ST_STORE, _("Where the tables lie cannot be read any more (%s). Go back "
	    "to the last backup."), sqlite3_errmsg(*from));
}

static enum status
take_events(struct salvage *s, const struct list *tables)
{
	TRY(db_exec(s->op, "PRAGMA foreign_keys=OFF"));
	TRY(db_exec(s->op, "BEGIN IMMEDIATE"));
	for (size_t i = 0; i < tables->n; i++) {
		struct table *t = (struct table *)tables->items + i;

		if (strcmp(t->name, "event") == 0)
			take_table(s, t, take_event);
		else if (!table_is_state(t->name) && !is_made_anew(t->name))
			take_table(s, t, take_as_is);
	}
	s->out->whole = s->out->lost_events + s->out->unsound + s->out->misfits == 0 &&
	    s->out->losses.found == 0;
	db_reset_all(s->op->db);
	return db_exec(s->op, "COMMIT");
}

static enum status
take_rest(struct salvage *s, const struct list *tables)
{
	struct op *op = s->op;

	TRY(db_begin_write(op));
	for (size_t i = 0; i < tables->n; i++) {
		struct table *t = (struct table *)tables->items + i;

		if (table_is_state(t->name))
			take_state(s, t);
	}
	op->reason = arena_printf(op->mem, _("Salvaged from a damaged file: %lld events read, %lld "
	    "lost; %lld rows taken as they stood there."), (long long)s->out->events,
	    (long long)s->out->lost_events, (long long)s->out->rows_taken);
	return db_commit(op, &(struct event_head){ .command = "office.salvage" });
}

enum status
store_salvage(struct op *op, const char *path, struct salvaged *out)
{
	struct salvage s = { .op = op, .out = out };
	struct list tables = { .size = sizeof(struct table) };
	enum status done = damaged_open(op, path, &s.from);

	guard_lift(op->db); /* events are put in as they are */
	if (done == ST_OK)
		done = tables_list(&s, &tables);
	if (done == ST_OK)
		done = take_events(&s, &tables);
	if (done == ST_OK && !out->whole)
		done = take_rest(&s, &tables);
	guard_set(op->db);
	sqlite3_close(s.from);
	return done;
}
