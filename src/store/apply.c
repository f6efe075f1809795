/*
 * apply.c - layer 2: changesets carried out on a file.  Called by replay.c.
 *
 * Why not the session extension's own way: it asks for the columns of each
 * table and prepares each statement anew for every changeset, which is nine
 * parts in ten of repeating a million small ones.  Here a statement is kept for
 * each shape: what is done in which table, and which columns are told.
 */
#include "apply.h"

#define TOLD_OLD 1
#define TOLD_NEW 2
#define REPLACE_INSTEAD (-1)     /* of an insert that finds its row there */

/* A statement for all changes that tell the same columns. */
struct shape {
	int operation;
	unsigned char *told;     /* a byte a column: TOLD_OLD, TOLD_NEW */
	sqlite3_stmt *stmt;
	struct shape *next;
};

/* A table as changesets tell of it. */
struct target {
	const char *table;
	const unsigned char *key;
	size_t columns;
	bool gone, fits;
	const char **names;
	unsigned char *told;     /* of the change at hand */
	struct shape *shapes;
	struct target *next;
};

struct applier {
	sqlite3 *file;
	apply_misfit *misfit;
	void *data;
	struct arena *mem, *passing;
	struct target *targets;
};

/* ---- tables ---- */

/* The columns that are told must be the first ones, and the key the same. */
static int
read_target(struct applier *a, struct target *t)
{
	static const char sql[] = "SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid";
	sqlite3_stmt *q;
	size_t i = 0;
	int rc = sqlite3_prepare_v2(a->file, sql, -1, &q, NULL);

	if (rc != SQLITE_OK)
		return rc;
	t->fits = true;
	sqlite3_bind_text(q, 1, t->table, -1, SQLITE_STATIC);
	for (; (rc = sqlite3_step(q)) == SQLITE_ROW; i++) {
		int key = sqlite3_column_int(q, 1);

		if (i < t->columns)
			t->names[i] = arena_strdup(a->mem, (const char *)sqlite3_column_text(q, 0));
		t->fits &= key == (i < t->columns ? t->key[i] : KEY_NONE);
	}
	t->gone = i == 0;
	t->fits &= i >= t->columns;
	sqlite3_finalize(q);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int
find_target(struct applier *a, const struct changeset_walk *w, struct target **found)
{
	struct target *t;
	unsigned char *key;

	for (t = a->targets; t; t = t->next)
		if (t->columns == w->columns && strcmp(t->table, w->table) == 0 &&
		    memcmp(t->key, w->key, w->columns) == 0) {
			*found = t;
			return SQLITE_OK;
		}
	t = *found = arena_make(a->mem, struct target);
	key = arena_alloc(a->mem, w->columns);
	memcpy(key, w->key, w->columns);
	*t = (struct target){ .table = arena_strdup(a->mem, w->table), .key = key,
	    .columns = w->columns, .names = arena_array(a->mem, const char *, w->columns),
	    .told = arena_alloc(a->mem, w->columns), .next = a->targets };
	a->targets = t;
	return read_target(a, t);
}

/* ---- statements ---- */

static const char *
text_of_insert(struct arena *mem, const struct target *t, bool replace)
{
	const char *names = "", *values = "";

	for (size_t i = 0; i < t->columns; i++) {
		names = arena_printf(mem, "%s%s\"%s\"", names, i ? ", " : "", t->names[i]);
		values = arena_printf(mem, "%s%s?%zu", values, i ? ", " : "", i + 1);
	}
	return arena_printf(mem, "INSERT%s INTO \"%s\" (%s) VALUES (%s)",
	    replace ? " OR REPLACE" : "", t->table, names, values);
}

/* New values are bound to 1 and up, old ones behind them. */
static const char *
text_of_change(struct arena *mem, const struct target *t, const struct shape *s)
{
	const char *set = "", *where = "";

	for (size_t i = 0; i < t->columns; i++) {
		if (s->told[i] & TOLD_NEW)
			set = arena_printf(mem, "%s%s \"%s\" = ?%zu", set, *set ? "," : " SET",
			    t->names[i], i + 1);
		if (s->told[i] & TOLD_OLD)
			where = arena_printf(mem, "%s %s \"%s\" %s ?%zu", where,
			    *where ? "AND" : "WHERE", t->names[i], t->key[i] ? "=" : "IS",
			    t->columns + i + 1);
	}
	if (s->operation == SQLITE_DELETE)
		return arena_printf(mem, "DELETE FROM \"%s\"%s", t->table, where);
	return arena_printf(mem, "UPDATE \"%s\"%s%s", t->table, set, where);
}

static int
find_shape(struct applier *a, struct target *t, int operation, struct shape **found)
{
	struct shape *s;
	const char *sql;

	for (s = t->shapes; s; s = s->next)
		if (s->operation == operation && memcmp(s->told, t->told, t->columns) == 0) {
			*found = s;
			return SQLITE_OK;
		}
	s = *found = arena_make(a->mem, struct shape);
	s->operation = operation;
	s->told = arena_alloc(a->mem, t->columns);
	memcpy(s->told, t->told, t->columns);
	s->next = t->shapes;
	t->shapes = s;
	sql = operation == SQLITE_UPDATE || operation == SQLITE_DELETE ?
	    text_of_change(a->mem, t, s) :
	    text_of_insert(a->mem, t, operation == REPLACE_INSTEAD);
	return sqlite3_prepare_v3(a->file, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL);
}

/* ---- changes ---- */

static void
bind_side(const struct changeset_walk *w, const struct shape *s, int side)
{
	const unsigned char *at = side == TOLD_OLD ? w->old : w->new;
	size_t first = side == TOLD_OLD ? w->columns + 1 : 1;

	for (size_t i = 0; at && i < w->columns; i++)
		changeset_bind(w, s->stmt, s->told[i] & side ? (int)(first + i) : 0, &at);
}

/* Changed nothing: *rows 0. */
static int
carry(struct applier *a, struct target *t, const struct changeset_walk *w, int operation, int *rows)
{
	struct shape *s;
	int rc = find_shape(a, t, operation, &s);

	if (rc != SQLITE_OK)
		return rc;
	bind_side(w, s, TOLD_OLD);
	bind_side(w, s, TOLD_NEW);
	rc = sqlite3_step(s->stmt);
	*rows = sqlite3_changes(a->file);
	if (rc != SQLITE_DONE)
		rc = sqlite3_extended_errcode(a->file);
	sqlite3_reset(s->stmt);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Which columns the change tells; false: an update that sets none. */
static bool
look_at(struct target *t, const struct changeset_walk *w)
{
	struct changeset_walk side = *w;
	bool sets = w->operation != SQLITE_UPDATE;

	for (size_t i = 0; i < t->columns; i++) {
		t->told[i] = 0;
		if (w->old) {
			t->told[i] |= changeset_tells(side.old) ? TOLD_OLD : 0;
			changeset_bind(w, NULL, 0, &side.old);
		}
		if (w->new) {
			t->told[i] |= changeset_tells(side.new) ? TOLD_NEW : 0;
			changeset_bind(w, NULL, 0, &side.new);
		}
		sets |= (t->told[i] & TOLD_NEW) != 0;
	}
	return sets;
}

static bool
is_taken(int rc)
{
	return rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_ROWID;
}

/* Where another row or other values stand, the event is believed. */
static int
apply_change(struct applier *a, struct target *t, const struct changeset_walk *w)
{
	int rows, rc;

	if (!look_at(t, w))
		return SQLITE_OK;
	rc = carry(a, t, w, w->operation, &rows);
	if (w->operation == SQLITE_INSERT && is_taken(rc)) {
		a->misfit(a->data, t->table);
		return carry(a, t, w, REPLACE_INSTEAD, &rows);
	}
	if (rc != SQLITE_OK || rows > 0)
		return rc;
	a->misfit(a->data, t->table);
	for (size_t i = 0; i < t->columns; i++)
		if (!t->key[i])
			t->told[i] &= (unsigned char)~TOLD_OLD;
	return carry(a, t, w, w->operation, &rows);
}

static bool
is_refused(int rc)
{
	return (rc & 0xff) == SQLITE_CONSTRAINT || (rc & 0xff) == SQLITE_MISMATCH;
}

/* What a row of the same event stood in the way of goes once that one has gone. */
static int
apply_later(struct applier *a, struct list *later)
{
	struct changeset_walk *w = later->items;
	size_t left = later->n, before;
	int rc;

	do {
		before = left;
		left = 0;
		for (size_t i = 0; i < before; i++) {
			struct target *t;

			rc = find_target(a, &w[i], &t);
			if (rc == SQLITE_OK)
				rc = apply_change(a, t, &w[i]);
			if (is_refused(rc))
				w[left++] = w[i];
			else if (rc != SQLITE_OK)
				return rc;
		}
	} while (left && left < before);
	for (size_t i = 0; i < left; i++)
		a->misfit(a->data, w[i].table);
	return SQLITE_OK;
}

int
apply_changeset(struct applier *a, const void *bytes, size_t n)
{
	struct list later = { .size = sizeof(struct changeset_walk) };
	struct changeset_walk w;
	struct target *t;
	int rc;

	changeset_walk_start(&w, bytes, n);
	while (changeset_walk_next(&w)) {
		rc = find_target(a, &w, &t);
		if (rc != SQLITE_OK)
			return rc;
		if (t->gone)
			continue;
		if (!t->fits) {
			a->misfit(a->data, t->table);
			continue;
		}
		rc = apply_change(a, t, &w);
		if (is_refused(rc))
			*(struct changeset_walk *)list_add(a->passing, &later) = w;
		else if (rc != SQLITE_OK)
			return rc;
	}
	rc = apply_later(a, &later);
	arena_reset(a->passing);
	return rc;
}

/* ---- an applier's life ---- */

struct applier *
apply_new(sqlite3 *file, apply_misfit *misfit, void *data)
{
	struct arena *mem = arena_new();
	struct applier *a = arena_make(mem, struct applier);

	*a = (struct applier){ .file = file, .misfit = misfit, .data = data, .mem = mem,
	    .passing = arena_new() };
	return a;
}

void
apply_free(struct applier *a)
{
	if (!a)
		return;
	for (const struct target *t = a->targets; t; t = t->next)
		for (const struct shape *s = t->shapes; s; s = s->next)
			sqlite3_finalize(s->stmt);
	arena_free(a->passing);
	arena_free(a->mem);
}
