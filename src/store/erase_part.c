/*
 * erase_part.c - layer 2: the rows that a deletion takes, by their keys, and
 * which of them can only go together.  Called by erase.c, in the view in which
 * they were chosen.
 *
 * Rows hang together where one points to the other.  So a part is the file of a
 * person and of those who lived with them: until it goes in one transaction, all
 * of it is there.
 */
#include "erase.h"

#define BUCKETS ((size_t)1 << 18)

/* ---- the set of their keys ---- */

/* FNV-1a */
static size_t
bucket_of(const struct erase_plan *p, const char *table, struct slice key)
{
	uint64_t h = 14695981039346656037u;

	for (const char *c = table; *c; c++)
		h = (h ^ (unsigned char)*c) * 1099511628211u;
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ key.at[i]) * 1099511628211u;
	return (size_t)(h % p->n_buckets);
}

struct erase_row *
erase_row_find(const struct erase_plan *p, const char *table, struct slice key)
{
	struct erase_row *r = p->buckets[bucket_of(p, table, key)];

	while (r && (r->key.n != key.n || memcmp(r->key.at, key.at, key.n) != 0 ||
	           strcmp(r->table->name, table) != 0))
		r = r->chain;
	return r;
}

int64_t
erase_row_id(const struct erase_row *row)
{
	int64_t id;

	return changeset_number(row->key.at, &id) ? id : 0;
}

bool
erase_goes(const struct erase_plan *p, const char *table, int64_t id)
{
	unsigned char value[9] = { SQLITE_INTEGER };
	uint64_t rest = (uint64_t)id;
	const struct erase_row *row;

	for (size_t i = sizeof(value) - 1; i > 0; i--, rest >>= 8)
		value[i] = (unsigned char)(rest & 0xff);
	row = erase_row_find(p, table, (struct slice){ value, sizeof(value) });
	return row && row->goes && row->part->going;
}

static void
row_add(struct op *op, struct erase_plan *p, struct erase_table *t, struct slice key, bool goes)
{
	struct erase_row *r, **bucket = &p->buckets[bucket_of(p, t->name, key)];
	unsigned char *bytes;

	if (!goes && erase_row_find(p, t->name, key))
		return;
	bytes = arena_alloc(op->mem, key.n);
	memcpy(bytes, key.at, key.n);
	r = arena_make(op->mem, struct erase_row);
	*r = (struct erase_row){ .table = t, .key = { bytes, key.n }, .goes = goes,
	    .chain = *bucket };
	*bucket = r->leader = r;
	*(struct erase_row **)list_add(op->mem, &p->rows) = r;
	p->sum.rows += goes;
}

/* ---- reading ---- */

/* The values of some columns of the row at hand, until the next ones are asked for. */
static struct slice
values_of(struct erase_plan *p, sqlite3_stmt *q, int from, int n)
{
	p->line.n = 0;
	for (int i = from; i < from + n; i++)
		changeset_value(&p->line, sqlite3_column_value(q, i), false);
	return (struct slice){ p->line.at, p->line.n };
}

typedef void row_taker(struct op *op, struct erase_plan *p, struct erase_table *t, sqlite3_stmt *q);

static enum status
each_row(struct op *op, struct erase_plan *p, struct erase_table *t, const char *sql, row_taker *take)
{
	sqlite3_stmt *q;

	if (sqlite3_prepare_v2(op->db->sqlite, sql, -1, &q, NULL) != SQLITE_OK)
		return db_failed(op);
	while (sqlite3_step(q) == SQLITE_ROW)
		take(op, p, t, q);
	return sqlite3_finalize(q) == SQLITE_OK ? ST_OK : db_failed(op);
}

static void
take_going(struct op *op, struct erase_plan *p, struct erase_table *t, sqlite3_stmt *q)
{
	row_add(op, p, t, values_of(p, q, 0, sqlite3_column_count(q)), true);
}

static void
take_watched(struct op *op, struct erase_plan *p, struct erase_table *t, sqlite3_stmt *q)
{
	row_add(op, p, t, values_of(p, q, 0, sqlite3_column_count(q)), false);
}

static struct erase_table *
table_of(const struct erase_plan *p, const char *name)
{
	struct erase_table *tables = p->tables.items;

	for (size_t i = 0; i < p->tables.n; i++)
		if (strcmp(tables[i].name, name) == 0)
			return tables + i;
	bug("no table %s", name);
}

static enum status
rows_where(struct op *op, struct erase_plan *p, struct erase_table *t, const char *where,
           row_taker *take)
{
	return each_row(op, p, t, arena_printf(op->mem, "SELECT %s FROM %s WHERE %s", t->keys, t->name,
	    where), take);
}

typedef enum status where_act(struct op *op, struct erase_plan *p, struct erase_table *t,
                              const char *where);

/* What decides whether those people stay: their records, all that points to them,
 * and the visits that stay for the sake of another case. */
static enum status
each_watched(struct op *op, struct erase_plan *p, where_act *act)
{
	const struct erase_edge *edges = p->edges.items;

	TRY(act(op, p, table_of(p, "person"), "id IN (SELECT id FROM temp.watched)"));
	for (size_t i = 0; i < p->edges.n; i++)
		if (strcmp(edges[i].parent, "person") == 0 && table_is_state(edges[i].child))
			TRY(act(op, p, table_of(p, edges[i].child), arena_printf(op->mem,
			    "%s IN (SELECT id FROM temp.watched)", edges[i].column)));
	return act(op, p, table_of(p, "visit"),
	    "case_id IN (SELECT id FROM temp.doomed WHERE tbl = 'case_file')");
}

static enum status
watch_where(struct op *op, struct erase_plan *p, struct erase_table *t, const char *where)
{
	return rows_where(op, p, t, where, take_watched);
}

static enum status
rows_read(struct op *op, struct erase_plan *p)
{
	struct erase_table *tables = p->tables.items;

	for (size_t i = 0; i < p->tables.n; i++)
		TRY(rows_where(op, p, tables + i, tables[i].gone, take_going));
	return each_watched(op, p, watch_where);
}

/* ---- parts ---- */

static struct erase_row *
leader_of(struct erase_row *r)
{
	while (r->leader != r) {
		r->leader = r->leader->leader;
		r = r->leader;
	}
	return r;
}

/* The row and all that it points to: of the columns behind those of the key. */
static void
take_joined(struct op *op, struct erase_plan *p, struct erase_table *t, sqlite3_stmt *q)
{
	int n = sqlite3_column_count(q), n_edges = (int)t->n_edges;
	struct erase_row *row, *other;

	(void)op;
	row = erase_row_find(p, t->name, values_of(p, q, 0, n - n_edges));
	for (int i = 0; row && i < n_edges; i++) {
		other = erase_row_find(p, t->edges[i].parent, values_of(p, q, n - n_edges + i, 1));
		if (other)
			leader_of(other)->leader = leader_of(row);
	}
}

static enum status
join_where(struct op *op, struct erase_plan *p, struct erase_table *t, const char *where)
{
	const char *columns = t->keys;

	for (size_t i = 0; i < t->n_edges; i++)
		columns = arena_printf(op->mem, "%s, %s", columns, t->edges[i].column);
	return each_row(op, p, t, arena_printf(op->mem, "SELECT %s FROM %s WHERE %s", columns, t->name,
	    where), take_joined);
}

static enum status
rows_join(struct op *op, struct erase_plan *p)
{
	struct erase_table *tables = p->tables.items;

	for (size_t i = 0; i < p->tables.n; i++)
		TRY(join_where(op, p, tables + i, tables[i].gone));
	return each_watched(op, p, join_where);
}

static void
parts_number(struct op *op, struct erase_plan *p)
{
	struct erase_row **rows = p->rows.items;
	struct list parts = { .size = sizeof(struct erase_part *) };

	for (size_t i = 0; i < p->rows.n; i++) {
		struct erase_row *leader = leader_of(rows[i]);

		if (!leader->part) {
			leader->part = arena_make(op->mem, struct erase_part);
			leader->part->first_seq = INT64_MAX;
			*(struct erase_part **)list_add(op->mem, &parts) = leader->part;
		}
		rows[i]->part = leader->part;
		rows[i]->next = leader->part->rows;
		leader->part->rows = rows[i];
	}
	p->parts = parts.items;
	p->n_parts = parts.n;
}

enum status
erase_parts_make(struct op *op, struct erase_plan *p)
{
	p->rows.size = sizeof(struct erase_row *);
	p->n_buckets = BUCKETS;
	p->line.mem = op->mem;
	p->buckets = arena_array(op->mem, struct erase_row *, p->n_buckets);
	TRY(rows_read(op, p));
	TRY(rows_join(op, p));
	parts_number(op, p);
	return ST_OK;
}
