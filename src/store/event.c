/*
 * event.c - layer 2: the log of what happened.  db_commit writes one event a
 * writing action, with SQLite's own changeset of the state tables, so that no
 * column can be forgotten.  History is read from the same changesets.
 */
#include "db.h"

#include <stdio.h>

/* ---- writing ---- */

static const char *const topic_names[] = {
#define X(id, bit, name) [bit] = name,
	TOPIC_LIST(X)
#undef X
};

static unsigned
topics_of(const struct op *op)
{
	unsigned topics = 0;

	for (const struct touched *t = op->touched; t; t = t->next)
		for (size_t i = 0; i < COUNT_OF(topic_names); i++)
			if (strcmp(t->kind, topic_names[i]) == 0)
				topics |= 1u << i;
	return topics;
}

static enum status
insert_event(struct op *op, const struct event_head *head, const void *changes, int n)
{
	static const char sql[] =
	    "INSERT INTO event (at, staff_id, unit, site, terminal, command, request_id, topics,"
	    " changeset) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->now);
	if (op->by) {
		bind_id(q, 2, op->by->id);
		bind_text(q, 3, op->by->unit);
		bind_text(q, 4, op->by->site);
	}
	bind_text(q, 5, head->terminal);
	bind_text(q, 6, head->command);
	bind_text(q, 7, head->request_id);
	bind_int(q, 8, topics_of(op));
	bind_blob(q, 9, changes, n);
	return db_run(op, q);
}

static enum status
insert_objects(struct op *op, int64_t seq)
{
	static const char sql[] = "INSERT INTO event_object VALUES (?1, ?2, ?3)";

	for (const struct touched *t = op->touched; t; t = t->next) {
		sqlite3_stmt *q = db_query(op, sql);

		bind_text(q, 1, t->kind);
		bind_int(q, 2, t->id);
		bind_int(q, 3, seq);
		TRY(db_run(op, q));
	}
	return ST_OK;
}

static enum status
append_event(struct op *op, const struct event_head *head)
{
	void *changes = NULL;
	int n = 0;
	enum status s;

	if (sqlite3session_changeset(op->db->session, &n, &changes) != SQLITE_OK)
		return db_failed(op);
	s = insert_event(op, head, changes, n);
	sqlite3_free(changes);
	if (s == ST_OK)
		s = insert_objects(op, db_last_id(op));
	return s;
}

enum status
db_commit(struct op *op, const struct event_head *head)
{
	enum status s = append_event(op, head);

	if (s != ST_OK) {
		db_rollback(op);
		return s;
	}
	return db_commit_quietly(op);
}

/* ---- reading ---- */

/* Names of a table's columns, in the order of a changeset. */
static const char **
column_names(struct op *op, const char *table, int n)
{
	static const char sql[] = "SELECT name FROM pragma_table_info(?1) ORDER BY cid";
	const char **names = arena_array(op->mem, const char *, (size_t)n);
	sqlite3_stmt *q = db_query(op, sql);
	bool row = true;

	bind_text(q, 1, table);
	for (int i = 0; i < n && row; i++)
		if (db_step(op, q, &row) == ST_OK && row)
			names[i] = col_text(op, q, 0);
	db_done(q);
	return names;
}

static const char *
value_text(struct op *op, sqlite3_value *v)
{
	const unsigned char *text;

	if (!v || sqlite3_value_type(v) == SQLITE_NULL)
		return NULL;
	text = sqlite3_value_text(v);
	return arena_strdup(op->mem, text ? (const char *)text : "");
}

/* A value of the row at it, old or new; NULL where the changeset has none. */
static sqlite3_value *
value_at(sqlite3_changeset_iter *it, int operation, int column, bool before)
{
	sqlite3_value *v = NULL;

	if (before && operation != SQLITE_INSERT)
		sqlite3changeset_old(it, column, &v);
	if (!before && operation != SQLITE_DELETE)
		sqlite3changeset_new(it, column, &v);
	return v;
}

static const char *
row_key(struct op *op, sqlite3_changeset_iter *it, int operation, int columns)
{
	unsigned char *is_key;
	const char *key = "";

	sqlite3changeset_pk(it, &is_key, NULL);
	for (int i = 0; i < columns; i++) {
		sqlite3_value *v;
		const char *part;

		if (!is_key[i])
			continue;
		v = value_at(it, operation, i, operation != SQLITE_INSERT);
		part = value_text(op, v);
		key = *key ? arena_printf(op->mem, "%s %s", key, part) : part;
	}
	return key;
}

static void
read_row(struct op *op, sqlite3_changeset_iter *it, struct list *changes)
{
	const char *table, *key, **names;
	int columns, operation;

	sqlite3changeset_op(it, &table, &columns, &operation, NULL);
	table = arena_strdup(op->mem, table);
	key = row_key(op, it, operation, columns);
	names = column_names(op, table, columns);
	for (int i = 0; i < columns; i++) {
		sqlite3_value *old = value_at(it, operation, i, true);
		sqlite3_value *new = value_at(it, operation, i, false);
		struct change *c;

		if (operation == SQLITE_UPDATE && !new)
			continue; /* not changed */
		c = list_add(op->mem, changes);
		*c = (struct change){ .table = table, .id = key, .column = names[i],
		    .before = value_text(op, old), .after = value_text(op, new) };
	}
}

static void
read_changes(struct op *op, const void *bytes, int n, struct event *e)
{
	struct list changes = { .size = sizeof(struct change) };
	sqlite3_changeset_iter *it;

	if (n == 0 || sqlite3changeset_start(&it, n, (void *)(uintptr_t)bytes) != SQLITE_OK)
		return;
	while (sqlite3changeset_next(it) == SQLITE_ROW)
		read_row(op, it, &changes);
	sqlite3changeset_finalize(it);
	e->changes = changes.items;
	e->n_changes = changes.n;
}

enum status
store_event_history(struct op *op, const char *kind, int64_t id, int limit, struct event **events,
                    size_t *n)
{
	static const char sql[] =
	    "SELECT e.seq, e.at, s.name, e.command, e.changeset"
	    " FROM event_object o JOIN event e ON e.seq = o.seq"
	    " LEFT JOIN staff s ON s.id = e.staff_id LEFT JOIN unit u ON u.code = e.unit"
	    " WHERE o.kind = ?1 AND o.id = ?2 AND (u.closed IS NOT 1 OR e.unit = ?4)"
	    " ORDER BY o.seq DESC LIMIT ?3";
	struct list list = { .size = sizeof(struct event) };
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, kind);
	bind_int(q, 2, id);
	bind_int(q, 3, limit);
	bind_text(q, 4, op->by->unit);
	for (;;) {
		struct event *e;

		TRY(db_step(op, q, &row));
		if (!row)
			break;
		e = list_add(op->mem, &list);
		e->seq = col_int(q, 0);
		e->at = col_int(q, 1);
		e->by = col_text(op, q, 2);
		e->command = col_text(op, q, 3);
		/* a demo office writes many rows in one event: not a history of one */
		if (sqlite3_column_bytes(q, 4) < 65536)
			read_changes(op, sqlite3_column_blob(q, 4), sqlite3_column_bytes(q, 4), e);
	}
	*events = list.items;
	*n = list.n;
	return ST_OK;
}
