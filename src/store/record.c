/*
 * record.c - layer 2: what a transaction changes in the state tables, as a
 * changeset (changeset.c).  Called by db.c and event.c.  Must never change the
 * file.
 *
 * Why not the extension's own recorder: it reads every changed row again and
 * prepares its statements anew in each transaction, which was half the work
 * of a claim.  Here SQLite hands over each row before and after a statement,
 * and of each row the first and the last picture are kept.  So a statement
 * that fails half way spoils the record: nothing may be committed after it,
 * and no savepoint may be rolled back.
 */
#include "record.h"

#include "changeset.h"

#define FIRST_BUCKETS 64

struct row {
	const struct table *table;
	struct slice key, was, is; /* values, encoded; was: at the start */
	bool indirect;             /* changed by triggers only */
	size_t hash;
	struct row *next;          /* of the table, in the order they were touched */
	struct row *chain;         /* of the same bucket */
};

struct table {
	const char *name;
	bool recorded;
	int columns;
	unsigned char *key;        /* a byte a column: its place in the primary key */
	bool *real;                /* a column: its whole numbers are told as real ones */
	struct row *first, **last;
	struct table *next;        /* known */
	struct table *next_changed;
};

struct recorder {
	struct arena *own;
	sqlite3 *sqlite;
	sqlite3_stmt *version_query;
	struct buffer line;        /* the values at hand */
	bool on, spoiled;
	int version;               /* of the schema that the tables are known from */
	struct arena *schema;
	struct table *tables;      /* in schema, as all that is known of them */
	struct arena *mem;
	struct table *changed, **last_changed;
	struct row **buckets;      /* in mem, as the rows */
	size_t n_buckets, n_rows;
};

/* ---- tables ---- */

/* The columns are asked of the file: a new one cannot be forgotten. */
static bool
read_columns(struct recorder *r, struct table *t)
{
	static const char sql[] = "SELECT pk, type = 'REAL' FROM pragma_table_info(?1)"
	                          " ORDER BY cid";
	bool has_key = false;
	sqlite3_stmt *q;
	int i = 0, rc;

	t->key = arena_alloc(r->schema, (size_t)t->columns);
	t->real = arena_array(r->schema, bool, (size_t)t->columns);
	if (sqlite3_prepare_v2(r->sqlite, sql, -1, &q, NULL) != SQLITE_OK)
		return false;
	sqlite3_bind_text(q, 1, t->name, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW && i < t->columns) {
		t->key[i] = (unsigned char)sqlite3_column_int(q, 0);
		t->real[i] = sqlite3_column_int(q, 1) != 0;
		has_key |= t->key[i++] != KEY_NONE;
	}
	sqlite3_finalize(q);
	/* rows without a key cannot be told apart */
	invariant(has_key || rc != SQLITE_DONE);
	return rc == SQLITE_DONE && i == t->columns;
}

/* NULL: its columns could not be read. */
static struct table *
find_table(struct recorder *r, const char *name)
{
	struct table *t;

	for (t = r->tables; t; t = t->next)
		if (strcmp(t->name, name) == 0)
			return t;
	t = arena_make(r->schema, struct table);
	t->name = arena_strdup(r->schema, name);
	t->recorded = table_is_state(name);
	t->columns = sqlite3_preupdate_count(r->sqlite);
	t->last = &t->first;
	if (t->recorded && !read_columns(r, t))
		return NULL;
	t->next = r->tables;
	return r->tables = t;
}

/* ---- rows ---- */

typedef int side(sqlite3 *sqlite, int column, sqlite3_value **value);

/* The values of one side of the change at hand: all, or those of the key. */
static struct slice
encode(struct recorder *r, const struct table *t, side *value_of, bool key_only)
{
	sqlite3_value *v;
	unsigned char *bytes;

	r->line.n = 0;
	for (int i = 0; i < t->columns; i++) {
		if (key_only && t->key[i] == KEY_NONE)
			continue;
		if (value_of(r->sqlite, i, &v) != SQLITE_OK)
			r->spoiled = true;
		else
			changeset_value(&r->line, v, t->real[i]);
	}
	bytes = arena_alloc(r->mem, r->line.n + 1);
	memcpy(bytes, r->line.at, r->line.n);
	return (struct slice){ bytes, r->line.n };
}

/* FNV-1a */
static size_t
hash_of(const struct table *t, struct slice key)
{
	uint64_t h = 0xcbf29ce484222325u ^ (uintptr_t)t;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ key.at[i]) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

static void
widen(struct recorder *r)
{
	r->n_buckets *= 2;
	r->buckets = arena_array(r->mem, struct row *, r->n_buckets);
	for (struct table *t = r->changed; t; t = t->next_changed)
		for (struct row *row = t->first; row; row = row->next) {
			struct row **bucket = &r->buckets[row->hash % r->n_buckets];

			row->chain = *bucket;
			*bucket = row;
		}
}

static struct row *
add_row(struct recorder *r, struct table *t, struct slice key, size_t hash)
{
	struct row *row = arena_make(r->mem, struct row), **bucket;

	if (!t->first) {
		*r->last_changed = t;
		r->last_changed = &t->next_changed;
	}
	*row = (struct row){ .table = t, .key = key, .hash = hash, .indirect = true };
	*t->last = row;
	t->last = &row->next;
	if (++r->n_rows > r->n_buckets) {
		widen(r);
		return row;
	}
	bucket = &r->buckets[hash % r->n_buckets];
	row->chain = *bucket;
	return *bucket = row;
}

/* The row that one side of the change at hand names by its key. */
static struct row *
find_row(struct recorder *r, struct table *t, side *value_of, bool *is_new)
{
	struct slice key = encode(r, t, value_of, true);
	size_t hash = hash_of(t, key);
	struct row *row = r->buckets[hash % r->n_buckets];

	while (row && (row->table != t || row->key.n != key.n ||
	           memcmp(row->key.at, key.at, key.n) != 0))
		row = row->chain;
	*is_new = !row;
	return row ? row : add_row(r, t, key, hash);
}

/*
 * Called by SQLite before each change of a row.  A change is a row that goes,
 * a row that comes, or both: then it may have got another key.
 */
static void
before_change(void *data, sqlite3 *sqlite, int operation, const char *schema, const char *name,
              sqlite3_int64 old_rowid, sqlite3_int64 new_rowid)
{
	struct recorder *r = data;
	struct table *t;
	struct row *row;
	bool is_new, direct = sqlite3_preupdate_depth(sqlite) == 0;

	(void)old_rowid;
	(void)new_rowid;
	if (!r->on || strcmp(schema, "main") != 0)
		return;
	t = find_table(r, name);
	if (!t)
		r->spoiled = true;
	if (!t || !t->recorded)
		return;
	if (operation != SQLITE_INSERT) {
		row = find_row(r, t, sqlite3_preupdate_old, &is_new);
		if (is_new)
			row->was = encode(r, t, sqlite3_preupdate_old, false);
		row->is = (struct slice){ 0 };
		row->indirect &= !direct;
	}
	if (operation != SQLITE_DELETE) {
		row = find_row(r, t, sqlite3_preupdate_new, &is_new);
		row->is = encode(r, t, sqlite3_preupdate_new, false);
		row->indirect &= !direct;
	}
}

/* ---- a record's life ---- */

bool
record_take(struct recorder *r, const void **bytes, size_t *n)
{
	struct buffer b = { .mem = r->mem };

	for (const struct table *t = r->changed; t; t = t->next_changed) {
		bool told = false;

		for (const struct row *row = t->first; row; row = row->next) {
			if (!changeset_differs(row->was, row->is))
				continue;
			if (!told)
				changeset_table(&b, t->name, t->columns, t->key);
			told = true;
			changeset_row(&b, t->columns, t->key, row->was, row->is, row->indirect);
		}
	}
	*bytes = b.at;
	*n = b.n;
	return !r->spoiled;
}

struct recorder *
record_new(sqlite3 *sqlite)
{
	struct arena *own = arena_new();
	struct recorder *r = arena_make(own, struct recorder);

	*r = (struct recorder){ .own = own, .sqlite = sqlite, .line = { .mem = own },
	    .schema = arena_new(), .mem = arena_new() };
	/* from the first statement on: one prepared without a listener may empty
	 * a whole table without a word */
	sqlite3_preupdate_hook(sqlite, before_change, r);
	return r;
}

void
record_free(struct recorder *r)
{
	if (!r)
		return;
	sqlite3_preupdate_hook(r->sqlite, NULL, NULL);
	sqlite3_finalize(r->version_query);
	arena_free(r->schema);
	arena_free(r->mem);
	arena_free(r->own);
}

/* Tables are known as long as nobody alters one. */
static bool
read_version(struct recorder *r, int *version)
{
	static const char sql[] = "PRAGMA schema_version";
	bool row;

	if (!r->version_query && sqlite3_prepare_v3(r->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT,
	        &r->version_query, NULL) != SQLITE_OK)
		return false;
	row = sqlite3_step(r->version_query) == SQLITE_ROW;
	*version = row ? sqlite3_column_int(r->version_query, 0) : 0;
	sqlite3_reset(r->version_query);
	return row;
}

int
record_schema(const struct recorder *r)
{
	return r->version;
}

void
record_start(struct recorder *r)
{
	int version = 0;

	r->spoiled = !read_version(r, &version);
	if (r->spoiled || version != r->version) {
		arena_reset(r->schema);
		r->tables = NULL;
		r->version = version;
	}
	for (struct table *t = r->tables; t; t = t->next) {
		t->first = NULL;
		t->last = &t->first;
		t->next_changed = NULL;
	}
	arena_reset(r->mem);
	r->changed = NULL;
	r->last_changed = &r->changed;
	r->n_rows = 0;
	r->n_buckets = FIRST_BUCKETS;
	r->buckets = arena_array(r->mem, struct row *, FIRST_BUCKETS);
	r->on = true;
}

void
record_stop(struct recorder *r)
{
	r->on = false;
}

void
record_pause(struct recorder *r, bool pause)
{
	r->on = !pause;
}

void
record_spoil(struct recorder *r)
{
	r->spoiled = true;
}

