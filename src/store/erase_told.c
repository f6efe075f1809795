/*
 * erase_told.c - layer 2: what events tell of rows that go: which they are, what
 * happened since that was asked, and cutting them.  Called by erase.c.  The
 * events tell the state afterwards as if those rows had never been.
 */
#include "erase.h"

#include <stdlib.h>

#include "store_chain.h"

#define EVENTS_AT_ONCE 2000

/* ---- which events ---- */

static void
told_add(struct arena *mem, struct erase_part *part, int64_t seq, int64_t bytes, bool reason)
{
	struct erase_told *t;

	for (t = part->told; t && t->seq != seq;)
		t = t->next;
	if (!t) {
		t = arena_make(mem, struct erase_told);
		*t = (struct erase_told){ .seq = seq, .bytes = bytes, .next = part->told };
		part->told = t;
	}
	t->reason |= reason;
	if (seq < part->first_seq)
		part->first_seq = seq;
}

/* The key of the change at hand. */
static struct slice
key_at(struct erase_plan *p, const struct changeset_walk *w)
{
	p->line.n = 0;
	changeset_walk_key(w, &p->line);
	return (struct slice){ p->line.at, p->line.n };
}

static void
event_look(struct erase_plan *p, int64_t seq, const void *bytes, size_t n)
{
	struct changeset_walk w;
	struct erase_part *last = NULL;

	if (!changeset_is_sound(bytes, n))
		return;
	changeset_walk_start(&w, bytes, n);
	while (changeset_walk_next(&w)) {
		struct erase_row *row = erase_row_find(p, w.table, key_at(p, &w));

		if (row && row->goes && row->part != last)
			told_add(p->mem, last = row->part, seq, (int64_t)n, false);
	}
}

/* Some at a time: while a view stands the log of the office only grows. */
static enum status
some_events(struct op *op, struct erase_plan *p)
{
	static const char sql[] = "SELECT seq, changeset FROM event WHERE seq > ?1 AND seq <= ?2"
	                          " ORDER BY seq LIMIT ?3";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_int(q, 1, p->seen);
	bind_int(q, 2, p->planned);
	bind_int(q, 3, EVENTS_AT_ONCE);
	while (db_next(op, q, &s)) {
		p->seen = col_int(q, 0);
		event_look(p, p->seen, sqlite3_column_blob(q, 1),
		    (size_t)sqlite3_column_bytes(q, 1));
	}
	return s;
}

/* Kinds of objects of events, by the table they are of: what somebody gave as a
 * reason may tell of it. */
static const struct { const char *table, *kind; } kinds[] = {
	{ "case_file", "case" }, { "person", "person" }, { "person", "look" },
	{ "person", "hit" }, { "person", "seen" }, { "visit", "visit" },
	{ "handover", "handover" }, { "household", "household" }, { "task", "task" },
	{ "disclosure", "disclosure" }, { "disclosure_ask", "disclosure_ask" },
	{ "consent", "consent" },
};

static enum status
told_by_kind(struct op *op, const char *kind, int64_t id, int64_t after, struct erase_part *part,
             struct arena *mem)
{
	static const char sql[] =
	    "SELECT o.seq, length(e.changeset) FROM event_object o JOIN event e ON e.seq = o.seq"
	    " WHERE o.kind = ?1 AND o.id = ?2 AND o.seq > ?3 AND e.reason IS NOT NULL"
	    " ORDER BY o.seq";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_text(q, 1, kind);
	bind_int(q, 2, id);
	bind_int(q, 3, after);
	while (db_next(op, q, &s))
		told_add(mem, part, col_int(q, 0), col_int(q, 1), true);
	return s;
}

static enum status
told_of(struct op *op, struct erase_part *part, int64_t after, struct arena *mem)
{
	for (const struct erase_row *r = part->rows; r; r = r->next)
		for (size_t i = 0; i < COUNT_OF(kinds) && r->goes; i++)
			if (strcmp(r->table->name, kinds[i].table) == 0)
				TRY(told_by_kind(op, kinds[i].kind, erase_row_id(r), after, part,
				    mem));
	return ST_OK;
}

enum status
erase_told_lately(struct op *op, const struct erase_plan *p, struct erase_part *part)
{
	return told_of(op, part, p->planned, p->mem);
}

static int
by_first_event(const void *a, const void *b)
{
	const struct erase_part *x = *(struct erase_part *const *)a;
	const struct erase_part *y = *(struct erase_part *const *)b;

	return (x->first_seq > y->first_seq) - (x->first_seq < y->first_seq);
}

/* Parts that the same events tell of come one after the other: those are cut once. */
enum status
erase_told_find(struct op *op, struct erase_plan *p)
{
	for (int64_t last = -1; last < p->seen && p->seen < p->planned;) {
		last = p->seen;
		TRY(some_events(op, p));
	}
	p->seen = p->planned;
	for (size_t i = 0; i < p->n_parts; i++)
		TRY(told_of(op, p->parts[i], 0, p->mem));
	if (p->n_parts > 1)
		qsort(p->parts, p->n_parts, sizeof(*p->parts), by_first_event);
	return ST_OK;
}

/* ---- what happened since ---- */

static void
part_stale(const struct erase_row *row)
{
	if (row && !row->part->going)
		row->part->stale = true;
}

/* Has this row become one that points into a part, such as a new visit? */
static void
pointers_look(struct erase_plan *p, const struct changeset_walk *w)
{
	const struct erase_edge *edges = p->edges.items;

	for (size_t i = 0; i < p->edges.n; i++) {
		struct slice value;

		if (strcmp(edges[i].child, w->table) != 0)
			continue;
		value = changeset_walk_value(w, w->new, (size_t)edges[i].place);
		part_stale(erase_row_find(p, edges[i].parent, value));
	}
}

/* What decides about all of them. */
static bool
is_rule(const char *table)
{
	return strncmp(table, "retention_", 10) == 0 && strcmp(table, "retention_hold") != 0;
}

static void
since_look(struct erase_plan *p, const void *bytes, size_t n)
{
	struct changeset_walk w;

	if (!changeset_is_sound(bytes, n))
		return;
	changeset_walk_start(&w, bytes, n);
	while (changeset_walk_next(&w)) {
		part_stale(erase_row_find(p, w.table, key_at(p, &w)));
		if (w.new)
			pointers_look(p, &w);
		for (size_t i = p->next; i < p->n_parts && is_rule(w.table); i++)
			p->parts[i]->stale = true;
	}
}

enum status
erase_told_since(struct op *op, struct erase_plan *p)
{
	static const char sql[] = "SELECT seq, changeset FROM event WHERE seq > ?1 ORDER BY seq";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_int(q, 1, p->seen);
	while (db_next(op, q, &s)) {
		p->seen = col_int(q, 0);
		since_look(p, sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1));
	}
	return s;
}

/* ---- cutting ---- */

void
erase_told_add(struct op *op, const struct erase_part *part, struct list *cuts, int64_t *bytes)
{
	for (const struct erase_told *t = part->told; t; t = t->next) {
		struct erase_told *cut = cuts->items, *end = cut + cuts->n;

		while (cut < end && cut->seq != t->seq)
			cut++;
		if (cut == end) {
			cut = list_add(op->mem, cuts);
			*cut = (struct erase_told){ .seq = t->seq };
			*bytes += t->bytes;
		}
		cut->reason |= t->reason;
	}
}

static bool
is_going(void *data, const char *table, struct slice key)
{
	const struct erase_row *row = erase_row_find(data, table, key);

	return row && row->goes && row->part->going;
}

static enum status
cut_one(struct op *op, struct erase_plan *p, const struct erase_told *cut)
{
	static const char sql[] = "SELECT changeset, reason FROM event WHERE seq = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	struct buffer rest = { .mem = op->mem };
	const char *reason;
	struct slice all;
	bool row, less;

	bind_int(q, 1, cut->seq);
	TRY(db_step(op, q, &row));
	if (!row)
		return ST_OK;
	all = (struct slice){ sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0) };
	reason = col_text(op, q, 1);
	less = changeset_is_sound(all.at, all.n) && changeset_without(all, is_going, p, &rest);
	db_done(q);
	if (!less && !(cut->reason && reason))
		return ST_OK;
	*(int64_t *)list_add(p->mem, &p->cut) = cut->seq;
	return store_event_cut(op, cut->seq, cut->reason ? NULL : reason, rest.at, rest.n);
}

enum status
erase_told_cut(struct op *op, struct erase_plan *p, const struct list *cuts)
{
	const struct erase_told *list = cuts->items;

	for (size_t i = 0; i < cuts->n; i++)
		TRY(cut_one(op, p, &list[i]));
	return ST_OK;
}
