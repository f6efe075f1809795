/*
 * erase.c - layer 2: cases and people are deleted for good, see
 * store_retention.h.  Called by tresen-admin retention.  What hangs on what is
 * asked of the schema (foreign keys), so that no table can be forgotten; the
 * rows leave the changesets of all events, so that the events tell the state as
 * if they had never been.
 *
 * None of this may be in an event itself: while rows go the recorder is off.
 */
#include "changeset.h"
#include "record.h"
#include "retention.h"
#include "store_chain.h"
#include "store_copy.h"
#include "store_search.h"

#define VISIT_DAYS 365           /* who came since is not done with us */
#define DRAFT_DAYS 30
#define DAY 86400

struct erase {
	struct op *op;
	int64_t run;
	struct list edges;       /* struct edge */
	struct doomed **buckets; /* rows that go, by table and key */
	size_t n_buckets;
	struct erased *out;
};

/* A column that points to a row of another table. */
struct edge {
	const char *child, *column, *parent;
	bool rowless;            /* rows of child have no number */
};

struct doomed {
	const char *table;
	struct slice key;
	struct doomed *next;
};

/* ---- which rows ---- */

#define DOOMED(table) "(SELECT id FROM temp.doomed WHERE tbl = '" table "')"
#define ROOT(p) "coalesce(" p ".merged_into, " p ".id)"

/* All records of the people whose cases go. */
static const char sql_people[] =
    "INSERT INTO temp.doomed SELECT 'person', p.id FROM person p WHERE " ROOT("p") " IN"
    " (SELECT " ROOT("q") " FROM case_file c JOIN person q ON q.id = c.person_id"
    "  WHERE c.id IN " DOOMED("case_file") ")";
/* Of them, those of whom something is left; ?1 today, ?2 day of a recent visit. */
static const char sql_kept[] =
    "INSERT OR IGNORE INTO temp.kept SELECT " ROOT("p") " FROM temp.doomed d"
    " JOIN person p ON p.id = d.id WHERE d.tbl = 'person' AND ("
    " EXISTS (SELECT 1 FROM case_file c WHERE c.person_id = p.id AND c.id NOT IN "
    DOOMED("case_file") ")"
    " OR EXISTS (SELECT 1 FROM visit v WHERE v.person_id = p.id AND (v.day > ?2"
    "  OR v.state <> 'finished'))"
    " OR EXISTS (SELECT 1 FROM task t WHERE t.person_id = p.id AND t.state = 'open')"
    " OR EXISTS (SELECT 1 FROM person_term t WHERE t.person_id = p.id AND t.ended_day IS NULL"
    "  AND t.ends_day >= ?1))";
/* Those who live or lived with somebody who stays, parents and children of such. */
static const char sql_kin[] =
    "INSERT OR IGNORE INTO temp.kept SELECT " ROOT("p") " FROM temp.doomed d"
    " JOIN person p ON p.id = d.id WHERE d.tbl = 'person' AND ("
    " EXISTS (SELECT 1 FROM household_member a JOIN household_member b"
    "  ON b.household_id = a.household_id WHERE a.person_id = p.id AND b.person_id NOT IN "
    DOOMED("person") ")"
    " OR EXISTS (SELECT 1 FROM person_parent r WHERE r.person_id = p.id AND r.parent_id NOT IN "
    DOOMED("person") ")"
    " OR EXISTS (SELECT 1 FROM person_parent r WHERE r.parent_id = p.id AND r.person_id NOT IN "
    DOOMED("person") "))";
static const char sql_spare[] =
    "DELETE FROM temp.doomed WHERE tbl = 'person' AND (SELECT " ROOT("p") " FROM person p"
    " WHERE p.id = doomed.id) IN (SELECT root FROM temp.kept)";
/* Visits for these cases alone, and households of which nobody is left. */
static const char sql_visits[] =
    "INSERT OR IGNORE INTO temp.doomed SELECT 'visit', v.id FROM visit v WHERE (v.case_id IN "
    DOOMED("case_file") " OR v.id IN (SELECT visit_id FROM case_file WHERE id IN "
    DOOMED("case_file") ")) AND (v.case_id IS NULL OR v.case_id IN " DOOMED("case_file") ")"
    " AND v.id NOT IN (SELECT visit_id FROM case_file WHERE visit_id IS NOT NULL AND id NOT IN "
    DOOMED("case_file") ");"
    "INSERT OR IGNORE INTO temp.doomed SELECT 'household', household_id FROM household_member"
    " WHERE person_id IN " DOOMED("person");

/* A consent goes with the last case of the unit that it released from secrecy. */
static const char sql_consents[] =
    "INSERT OR IGNORE INTO temp.doomed SELECT 'consent', c.id FROM consent c JOIN person p"
    " ON p.id = c.person_id WHERE " ROOT("p") " IN (SELECT " ROOT("q") " FROM case_file f"
    "  JOIN person q ON q.id = f.person_id WHERE f.unit = c.unit AND f.id IN "
    DOOMED("case_file") ") AND NOT EXISTS (SELECT 1 FROM case_file f JOIN person q"
    "  ON q.id = f.person_id WHERE " ROOT("q") " = " ROOT("p") " AND f.unit = c.unit AND f.id"
    "  NOT IN " DOOMED("case_file") ")";

static enum status
doom_cases(struct erase *e)
{
	static const char sql[] = DUE
	    " INSERT INTO temp.doomed SELECT 'case_file', i.case_id FROM retention_item i"
	    " JOIN d ON d.id = i.case_id " HOLD
	    " WHERE i.run_id = ?2 AND d.due < ?1 AND " HELD " IS NULL";
	sqlite3_stmt *q = db_query(e->op, sql);

	bind_day(q, 1, e->op->today);
	bind_int(q, 2, e->run);
	return db_run(e->op, q);
}

/* Until nobody else has to stay for the sake of somebody who stays. */
static enum status
spare_kin(struct erase *e)
{
	do {
		TRY(db_exec(e->op, sql_spare));
		TRY(db_exec(e->op, sql_kin));
	} while (sqlite3_changes(e->op->db->sqlite) > 0);
	return ST_OK;
}

static enum status
doom_people(struct erase *e)
{
	sqlite3_stmt *q;

	TRY(db_exec(e->op, sql_people));
	q = db_query(e->op, sql_kept);
	bind_day(q, 1, e->op->today);
	bind_day(q, 2, e->op->today - VISIT_DAYS);
	TRY(db_run(e->op, q));
	TRY(spare_kin(e));
	return db_exec(e->op, sql_visits);
}

static void
read_edge(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct edge *)item = (struct edge){ col_text(op, q, 0), col_text(op, q, 1),
	    col_text(op, q, 2), col_int(q, 3) != 0 };
}

/* Pointers that take nothing with them: a visit may have brought several cases. */
static enum status
read_edges(struct erase *e)
{
	static const char sql[] =
	    "SELECT m.name, f.\"from\", f.\"table\", l.wr FROM sqlite_schema m"
	    " JOIN pragma_foreign_key_list(m.name) f"
	    " JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'"
	    " WHERE m.type = 'table' AND m.name || '.' || f.\"from\" NOT IN ('visit.case_id',"
	    " 'case_file.visit_id', 'case_file.person_id', 'person.merged_into')"
	    " ORDER BY m.name, f.id";

	return db_all(e->op, db_query(e->op, sql), read_edge, sizeof(struct edge), &e->edges.items,
	    &e->edges.n);
}

/* Rows that point to rows that go, and those that point to them. */
static enum status
doom_children(struct erase *e)
{
	const struct edge *edges = e->edges.items;
	int added;

	do {
		added = 0;
		for (size_t i = 0; i < e->edges.n; i++) {
			const struct edge *g = edges + i;

			if (g->rowless)
				continue;
			TRY(db_exec(e->op, arena_printf(e->op->mem, "INSERT OR IGNORE INTO"
			    " temp.doomed SELECT '%s', rowid FROM %s WHERE %s IN (SELECT id FROM"
			    " temp.doomed WHERE tbl = '%s')", g->child, g->child, g->column,
			    g->parent)));
			added += sqlite3_changes(e->op->db->sqlite);
		}
	} while (added > 0);
	return ST_OK;
}

/* ---- the set of their keys ---- */

static size_t
bucket_of(const struct erase *e, const char *table, struct slice key)
{
	uint64_t h = 14695981039346656037u;

	for (const char *c = table; *c; c++)
		h = (h ^ (unsigned char)*c) * 1099511628211u;
	for (size_t i = 0; i < key.n; i++)
		h = (h ^ key.at[i]) * 1099511628211u;
	return (size_t)(h % e->n_buckets);
}

static bool
is_doomed(void *data, const char *table, struct slice key)
{
	const struct erase *e = data;
	const struct doomed *d = e->buckets[bucket_of(e, table, key)];

	while (d && (strcmp(d->table, table) != 0 || d->key.n != key.n ||
	           memcmp(d->key.at, key.at, key.n) != 0))
		d = d->next;
	return d != NULL;
}

static void
remember(struct erase *e, const char *table, sqlite3_stmt *q)
{
	struct buffer values = { .mem = e->op->mem };
	struct doomed *d = arena_make(e->op->mem, struct doomed), **bucket;

	for (int i = 0; i < sqlite3_column_count(q); i++)
		changeset_value(&values, sqlite3_column_value(q, i), false);
	d->table = table;
	d->key = (struct slice){ values.at, values.n };
	bucket = &e->buckets[bucket_of(e, table, d->key)];
	d->next = *bucket;
	*bucket = d;
	e->out->rows++;
}

/* The rows of a table that go, as a condition. */
static const char *
condition(const struct erase *e, const char *table, bool rowless)
{
	const struct edge *edges = e->edges.items;
	const char *text = NULL;

	if (!rowless)
		return arena_printf(e->op->mem, "rowid IN (SELECT id FROM temp.doomed WHERE"
		    " tbl = '%s')", table);
	for (size_t i = 0; i < e->edges.n; i++)
		if (strcmp(edges[i].child, table) == 0)
			text = arena_printf(e->op->mem, "%s%s%s IN (SELECT id FROM temp.doomed WHERE"
			    " tbl = '%s')", text ? text : "", text ? " OR " : "", edges[i].column,
			    edges[i].parent);
	return text;
}

static enum status
rows_remember(struct erase *e, const char *table, const char *where)
{
	static const char keys[] = "SELECT group_concat(name, ', ') FROM (SELECT name FROM"
	                           " pragma_table_info(?1) WHERE pk > 0 ORDER BY cid)";
	sqlite3_stmt *names = db_query(e->op, keys), *q;
	bool row;

	bind_text(names, 1, table);
	TRY(db_step(e->op, names, &row));
	if (sqlite3_prepare_v2(e->op->db->sqlite, arena_printf(e->op->mem, "SELECT %s FROM %s WHERE"
	    " %s", col_text(e->op, names, 0), table, where), -1, &q, NULL) != SQLITE_OK)
		return db_failed(e->op);
	db_done(names);
	while (sqlite3_step(q) == SQLITE_ROW)
		remember(e, table, q);
	return sqlite3_finalize(q) == SQLITE_OK ? ST_OK : db_failed(e->op);
}

/* ---- their going ---- */

/* Each table once, in the order of the edges, and the four that are no child of
 * what goes. */
static enum status
each_table(struct erase *e, enum status (*act)(struct erase *e, const char *table,
           const char *where))
{
	static const char *const roots[] = { "case_file", "person", "household" };
	const struct edge *edges = e->edges.items;

	for (size_t i = 0; i < e->edges.n; i++) {
		bool root = false;

		if (i > 0 && strcmp(edges[i].child, edges[i - 1].child) == 0)
			continue;
		for (size_t k = 0; k < COUNT_OF(roots); k++)
			root |= strcmp(roots[k], edges[i].child) == 0;
		if (!root && table_is_state(edges[i].child))
			TRY(act(e, edges[i].child,
			    condition(e, edges[i].child, edges[i].rowless)));
	}
	for (size_t k = 0; k < COUNT_OF(roots); k++)
		TRY(act(e, roots[k], condition(e, roots[k], false)));
	return ST_OK;
}

static enum status
rows_delete(struct erase *e, const char *table, const char *where)
{
	return db_exec(e->op, arena_printf(e->op->mem, "DELETE FROM %s WHERE %s", table, where));
}

/* What is derived from them, or was typed about them. */
static enum status
forget(struct erase *e)
{
	struct op *op = e->op;

	TRY(db_exec(op, arena_printf(op->mem, "DELETE FROM draft WHERE saved_at < %lld OR EXISTS"
	    " (SELECT 1 FROM temp.doomed d WHERE draft.key LIKE '%%:' || d.id)",
	    (long long)op->now - DRAFT_DAYS * DAY)));
	TRY(db_exec(op, arena_printf(op->mem, "DELETE FROM reply WHERE at < %lld",
	    (long long)op->now - DAY)));
	return store_search_rebuild(op);
}

static enum status
nothing_dangles(struct erase *e)
{
	static const char sql[] = "PRAGMA foreign_key_check";
	sqlite3_stmt *q = db_query(e->op, sql);
	const char *table;
	bool row;

	TRY(db_step(e->op, q, &row));
	if (!row)
		return ST_OK;
	table = col_text(e->op, q, 0);
	db_done(q);
	return op_fail(e->op, ST_STORE, _("A row of %s that stays points to one that would go: "
	    "nothing was deleted. Tell the developers."), table);
}

/* ---- the events ---- */

/* Events about what goes: what somebody gave as a reason may tell of it. */
static const char sql_told[] =
    "DROP TABLE IF EXISTS temp.told; CREATE TEMP TABLE told (seq INTEGER PRIMARY KEY);"
    "WITH k (tbl, kind) AS (VALUES ('case_file', 'case'), ('person', 'person'),"
    " ('person', 'look'), ('person', 'hit'), ('person', 'seen'), ('visit', 'visit'),"
    " ('handover', 'handover'), ('household', 'household'), ('task', 'task'),"
    " ('disclosure', 'disclosure'), ('disclosure_ask', 'disclosure_ask'),"
    " ('consent', 'consent'))"
    " INSERT OR IGNORE INTO temp.told SELECT o.seq FROM temp.doomed d"
    " JOIN k ON k.tbl = d.tbl JOIN event_object o ON o.kind = k.kind AND o.id = d.id";

struct cut {
	int64_t seq;
	const char *reason;
	struct slice rest;
};

/* What stays of the event at hand, if something goes. */
static void
event_look(struct erase *e, sqlite3_stmt *q, struct arena *mem, struct list *cuts)
{
	struct slice all = { sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1) };
	bool told = col_int(q, 3) != 0 && sqlite3_column_type(q, 2) != SQLITE_NULL;
	struct buffer rest = { .mem = mem };
	struct cut *cut;

	if (!changeset_is_sound(all.at, all.n))
		return;
	if (!changeset_without(all, is_doomed, e, &rest) && !told)
		return;
	cut = list_add(e->op->mem, cuts);
	cut->seq = col_int(q, 0);
	cut->reason = told ? NULL : col_text(e->op, q, 2);
	cut->rest = (struct slice){ arena_alloc(e->op->mem, rest.n + 1), rest.n };
	if (rest.n)
		memcpy((void *)(uintptr_t)cut->rest.at, rest.at, rest.n);
}

static enum status
events_cut(struct erase *e)
{
	static const char sql[] = "SELECT e.seq, e.changeset, e.reason, t.seq IS NOT NULL FROM event e"
	                          " LEFT JOIN temp.told t ON t.seq = e.seq ORDER BY e.seq";
	struct list cuts = { .size = sizeof(struct cut) };
	struct arena *mem = arena_new();
	sqlite3_stmt *q = db_query(e->op, sql);
	const struct cut *cut;
	enum status s;
	bool row;

	while ((s = db_step(e->op, q, &row)) == ST_OK && row) {
		event_look(e, q, mem, &cuts);
		arena_reset(mem);
	}
	arena_free(mem);
	cut = cuts.items;
	for (size_t i = 0; s == ST_OK && i < cuts.n; i++)
		s = store_event_cut(e->op, cut[i].seq, cut[i].reason, cut[i].rest.at,
		    cut[i].rest.n);
	e->out->events = (int64_t)cuts.n;
	return s;
}

/* ---- the whole ---- */

static enum status
count_doomed(struct erase *e, const char *table, int64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM temp.doomed WHERE tbl = ?1";
	sqlite3_stmt *q = db_query(e->op, sql);

	bind_text(q, 1, table);
	return db_number(e->op, q, n);
}

static enum status
run_note(struct erase *e, const char *state)
{
	static const char sql[] =
	    "UPDATE retention_run SET (state, cases, people, done_at) = (?2, ?3, ?4, ?5)"
	    " WHERE id = ?1";
	sqlite3_stmt *q = db_query(e->op, sql);

	bind_int(q, 1, e->run);
	bind_text(q, 2, state);
	bind_int(q, 3, e->out->cases);
	bind_int(q, 4, e->out->people);
	bind_int(q, 5, e->op->now);
	return db_run(e->op, q);
}

static enum status
choose(struct erase *e)
{
	TRY(db_exec(e->op, "DROP TABLE IF EXISTS temp.doomed; DROP TABLE IF EXISTS temp.kept;"
	    "CREATE TEMP TABLE doomed (tbl TEXT NOT NULL, id INTEGER NOT NULL,"
	    " PRIMARY KEY (tbl, id)) WITHOUT ROWID; CREATE TEMP TABLE kept (root INTEGER PRIMARY KEY);"
	    "PRAGMA defer_foreign_keys=ON"));
	TRY(doom_cases(e));
	TRY(db_exec(e->op, sql_consents));
	TRY(doom_people(e));
	TRY(count_doomed(e, "case_file", &e->out->cases));
	TRY(count_doomed(e, "person", &e->out->people));
	TRY(count_doomed(e, "visit", &e->out->visits));
	TRY(read_edges(e));
	TRY(doom_children(e));
	TRY(db_exec(e->op, sql_told));
	return each_table(e, rows_remember);
}

static enum status
erase(struct erase *e)
{
	struct op *op = e->op;
	enum status s;

	TRY(choose(e));
	TRY(run_note(e, "running"));
	/* a visit that stays, for the sake of another case, forgets this one */
	TRY(db_exec(op, "UPDATE visit SET case_id = NULL WHERE case_id IN " DOOMED("case_file")
	    " AND id NOT IN " DOOMED("visit")));
	record_pause(op->db->record, true);
	s = each_table(e, rows_delete);
	record_pause(op->db->record, false);
	if (s == ST_OK)
		s = forget(e);
	if (s == ST_OK)
		s = nothing_dangles(e);
	if (s == ST_OK)
		s = events_cut(e);
	return s == ST_OK ? run_note(e, "done") : s;
}

/*
 * For each row that goes SQLite would look through every table that might point to
 * it and has no index for that: five minutes for two thousand cases, with the lock
 * held.  nothing_dangles asks the same once.
 */
enum status
store_erase_prepare(struct op *op)
{
	enum status s;

	guard_lift(op->db);
	s = db_exec(op, "PRAGMA foreign_keys=OFF");
	guard_set(op->db);
	return s;
}

enum status
store_erase(struct op *op, int64_t run, struct erased *out)
{
	struct erase e = { .op = op, .run = run, .out = out, .n_buckets = 65536 };
	enum status s;

	*out = (struct erased){ 0 };
	e.buckets = arena_array(op->mem, struct doomed *, e.n_buckets);
	guard_lift(op->db);
	s = erase(&e);
	guard_set(op->db);
	return s;
}
