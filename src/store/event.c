/*
 * event.c - layer 2: the log of what happened.  db_commit writes one event a
 * writing action, with a changeset of the state tables (record.c), so that no
 * column can be forgotten.  History is read from the same changesets.
 */
#include "chain.h"
#include "record.h"
#include "sealed.h"

#include <stdlib.h>

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

/* Work on entrusted cases alone wakes nobody outside its unit, who would see no
 * change and know that there was one.  Where a case changes hands others see it. */
static bool
stays_inside(struct op *op)
{
	bool any = false;

	if (!writes_entrusted(op) || (topics_of(op) & TOPIC_HANDOVER))
		return false;
	for (const struct touched *t = op->touched; t; t = t->next) {
		bool entrusted;

		if (strcmp(t->kind, "case") != 0)
			continue;
		if (case_entrusted(op, t->id, &entrusted) != ST_OK || !entrusted)
			return false;
		any = true;
	}
	return any;
}

static unsigned
topics_told(struct op *op)
{
	const unsigned own = TOPIC_CASE | TOPIC_PERSON;
	unsigned topics = topics_of(op);

	return stays_inside(op) ? (topics & ~own) | (topics & own) << TOPICS_INSIDE : topics;
}

static struct seal_place
reason_place(struct op *op, int64_t seq)
{
	return (struct seal_place){ "event", "reason", place_key(op, seq) };
}

/* What a clerk of a closed unit says about what they do; the purpose of a look is
 * for the data protection officer, who has no key. */
static const char *
shut_reason(struct op *op, int64_t seq)
{
	bool is_look = (topics_of(op) & ~(unsigned)TOPIC_ALARM) == 0;
	struct seal_place at;

	if (!op->reason || is_look || !writes_entrusted(op))
		return op->reason;
	at = reason_place(op, seq);
	return text_shut(op, true, &at, op->reason);
}

static int
by_kind_and_id(const void *a, const void *b)
{
	const struct chain_object *x = a, *y = b;
	int order = strcmp(x->kind, y->kind);

	return order ? order : (x->id > y->id) - (x->id < y->id);
}

static struct chain_object *
objects_of(const struct op *op, size_t *n)
{
	struct list list = { .size = sizeof(struct chain_object) };

	for (const struct touched *t = op->touched; t; t = t->next)
		*(struct chain_object *)list_add(op->mem, &list) = (struct chain_object){
		    .kind = t->kind, .n_kind = strlen(t->kind), .id = t->id };
	if (list.n)
		qsort(list.items, list.n, list.size, by_kind_and_id);
	*n = list.n;
	return list.items;
}

/* The columns of the event that is to be, in the order in which they are hashed. */
static void
columns_of(struct op *op, const struct event_head *head, int64_t seq,
           struct chain_value column[CHAIN_COLUMNS_N])
{
	chain_int(&column[0], seq);
	chain_int(&column[1], op->now);
	if (op->by)
		chain_int(&column[2], op->by->id);
	chain_text(&column[3], op->by ? op->by->unit : NULL);
	chain_text(&column[4], op->by ? op->by->site : NULL);
	chain_text(&column[5], head->terminal);
	chain_text(&column[6], head->command);
	chain_text(&column[7], head->request_id);
	chain_int(&column[8], topics_told(op));
}

static void
bind_value(sqlite3_stmt *q, int at, const struct chain_value *v)
{
	if (v->at)
		sqlite3_bind_text(q, at, v->at, (int)v->n, SQLITE_STATIC);
}

/* What is hashed is what is written: digits become numbers by the columns' types. */
static enum status
insert_event(struct op *op, const struct chain_event *e, const struct chain_link *link)
{
	static const char sql[] =
	    "INSERT INTO event (" CHAIN_COLUMNS ", reason, changeset, salt, payload, hash)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
	sqlite3_stmt *q = db_query(op, sql);

	for (int i = 0; i < CHAIN_COLUMNS_N; i++)
		bind_value(q, i + 1, &e->column[i]);
	bind_value(q, 10, &e->reason);
	bind_blob(q, 11, e->changeset.at, (int)e->changeset.n);
	bind_blob(q, 12, link->salt, CHAIN_SALT);
	bind_blob(q, 13, link->payload, CHAIN_HASH);
	bind_blob(q, 14, link->hash, CHAIN_HASH);
	return db_run(op, q);
}

static enum status
insert_objects(struct op *op, int64_t seq, const struct chain_object *objects, size_t n)
{
	static const char sql[] = "INSERT INTO event_object VALUES (?1, ?2, ?3)";

	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *q = db_query(op, sql);

		bind_text(q, 1, objects[i].kind);
		bind_int(q, 2, objects[i].id);
		bind_int(q, 3, seq);
		TRY(db_run(op, q));
	}
	return ST_OK;
}

static enum status
append_event(struct op *op, const struct event_head *head)
{
	struct chain_event e = { 0 };
	struct chain_link last, link;
	const void *changes;

	if (!record_take(op->db->record, &changes, &e.changeset.n))
		return op_fail(op, ST_STORE, _("The office file could not be written (%s). Nothing "
		    "was saved; tell the administrator."), sqlite3_errmsg(op->db->sqlite));
	e.changeset.at = changes;
	TRY(chain_end(op, &last));
	link.seq = last.seq + 1;
	columns_of(op, head, link.seq, e.column);
	chain_text(&e.reason, shut_reason(op, link.seq));
	e.objects = objects_of(op, &e.n_objects);
	chain_seal(&e, last.hash, &link);
	TRY(insert_event(op, &e, &link));
	return insert_objects(op, link.seq, e.objects, e.n_objects);
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

/* Names of a table's columns, asked once a history. */
struct columns {
	const char *table, **names;
	int n;                   /* that the changeset has: later ones may have more */
	struct columns *next;
};

/* In the order of a changeset. */
static struct columns *
read_columns(struct op *op, const char *table, int n)
{
	static const char sql[] = "SELECT name FROM pragma_table_info(?1) ORDER BY cid";
	struct columns *c = arena_make(op->mem, struct columns);
	sqlite3_stmt *q = db_query(op, sql);
	bool row = true;

	c->table = arena_strdup(op->mem, table);
	c->n = n;
	c->names = arena_array(op->mem, const char *, (size_t)n);
	bind_text(q, 1, table);
	for (int i = 0; i < n && row; i++)
		if (db_step(op, q, &row) == ST_OK && row)
			c->names[i] = col_text(op, q, 0);
	db_done(q);
	return c;
}

static const struct columns *
find_columns(struct op *op, struct columns **known, const char *table, int n)
{
	struct columns *c;

	for (c = *known; c; c = c->next)
		if (c->n == n && strcmp(c->table, table) == 0)
			return c;
	c = read_columns(op, table, n);
	c->next = *known;
	return *known = c;
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
read_row(struct op *op, sqlite3_changeset_iter *it, struct columns **known, struct list *changes)
{
	const char *table, *key;
	const struct columns *c;
	int n, operation;

	sqlite3changeset_op(it, &table, &n, &operation, NULL);
	/* an act opens tasks of closed units too: task.list alone knows for whom */
	if (strcmp(table, "task") == 0)
		return;
	key = row_key(op, it, operation, n);
	c = find_columns(op, known, table, n);
	for (int i = 0; i < n; i++) {
		sqlite3_value *old = value_at(it, operation, i, true);
		sqlite3_value *new = value_at(it, operation, i, false);

		if (operation == SQLITE_UPDATE && !new)
			continue; /* not changed */
		*(struct change *)list_add(op->mem, changes) = (struct change){ .table = c->table,
		    .id = key, .column = c->names[i], .before = value_text(op, old),
		    .after = value_text(op, new) };
	}
}

static void
read_changes(struct op *op, const void *bytes, int n, struct columns **known, struct event *e)
{
	struct list changes = { .size = sizeof(struct change) };
	sqlite3_changeset_iter *it;

	if (n == 0 || !changeset_is_sound(bytes, (size_t)n) ||
	    sqlite3changeset_start(&it, n, (void *)(uintptr_t)bytes) != SQLITE_OK)
		return;
	while (sqlite3changeset_next(it) == SQLITE_ROW)
		read_row(op, it, known, &changes);
	sqlite3changeset_finalize(it);
	changes_open(op, &changes);
	e->changes = changes.items;
	e->n_changes = changes.n;
}

enum status
store_event_history(struct op *op, const char *kind, int64_t id, int limit, struct event **events,
                    size_t *n)
{
	static const char sql[] =
	    "SELECT e.seq, e.at, s.name, e.command, e.changeset, e.reason,"
	    " (SELECT a.name FROM deputy d JOIN event_object b ON b.kind = 'behalf'"
	    "  AND b.id = d.staff_id AND b.seq = e.seq JOIN staff a ON a.id = d.staff_id"
	    "  WHERE d.deputy_id = e.staff_id LIMIT 1)"
	    " FROM (SELECT DISTINCT seq FROM event_object WHERE kind = ?1 AND id IN (SELECT ?2"
	    "  UNION ALL SELECT id FROM person WHERE ?1 = 'person' AND merged_into = ?2)) story"
	    " JOIN event e ON e.seq = story.seq"
	    " LEFT JOIN staff s ON s.id = e.staff_id LEFT JOIN unit u ON u.code = e.unit"
	    " WHERE (u.closed IS NOT 1 OR e.unit = ?4) AND story.seq NOT IN"
	    "  (SELECT k.seq FROM event_object k WHERE k.kind = 'person' AND k.id IN " KEPT_PEOPLE
	    "   UNION ALL SELECT o.seq FROM " KEPT_CASES("c")
	    "   JOIN event_object o ON o.kind = 'case' AND o.id = c.id)"
	    " ORDER BY story.seq DESC LIMIT ?3";
	struct list list = { .size = sizeof(struct event) };
	sqlite3_stmt *q = db_query(op, sql);
	struct columns *known = NULL;
	bool row;

	bind_text(q, 1, kind);
	bind_int(q, 2, id);
	bind_int(q, 3, limit);
	bind_text(q, 4, op->by->unit);
	for (;;) {
		struct seal_place at;
		struct event *e;

		TRY(db_step(op, q, &row));
		if (!row)
			break;
		e = list_add(op->mem, &list);
		e->seq = col_int(q, 0);
		at = reason_place(op, e->seq);
		e->at = col_int(q, 1);
		e->by = col_text(op, q, 2);
		e->command = col_text(op, q, 3);
		e->reason = text_open(op, &at, col_text(op, q, 5));
		e->behalf = col_text(op, q, 6);
		/* a demo office writes many rows in one event: not a history of one */
		if (sqlite3_column_bytes(q, 4) < 65536)
			read_changes(op, sqlite3_column_blob(q, 4), sqlite3_column_bytes(q, 4),
			    &known, e);
	}
	*events = list.items;
	*n = list.n;
	return ST_OK;
}
