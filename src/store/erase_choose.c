/*
 * erase_choose.c - layer 2: which rows a deletion takes: the cases that two
 * people agreed on and that are due still, the people of whom nothing is left
 * then, and what hangs on them.  Called by erase.c, in a view of its own: others
 * save meanwhile.  What hangs on what is asked of the schema (foreign keys), so
 * that no table can be forgotten.
 */
#include "erase.h"

/* ---- cases and people ---- */

#define DOOMED(table) "(SELECT id FROM temp.doomed WHERE tbl = '" table "')"
#define ROOT(p) "coalesce(" p ".merged_into, " p ".id)"

/* All records of the people whose cases go. */
static const char sql_people[] =
    "INSERT INTO temp.doomed SELECT 'person', p.id FROM person p WHERE " ROOT("p") " IN"
    " (SELECT " ROOT("q") " FROM case_file c JOIN person q ON q.id = c.person_id"
    "  WHERE c.id IN " DOOMED("case_file") ")";
/* What happens to them until they go decides, whether they stay or not. */
static const char sql_watched[] =
    "INSERT INTO temp.watched SELECT id FROM temp.doomed WHERE tbl = 'person'";
/* Of them, those of whom something is left; ?1 today; who came after ?2 is not done
 * with us. */
static const char sql_kept[] =
    "INSERT OR IGNORE INTO temp.kept SELECT " ROOT("p") " FROM temp.doomed d"
    " JOIN person p ON p.id = d.id WHERE d.tbl = 'person' AND ("
    " EXISTS (SELECT 1 FROM case_file c WHERE c.person_id = p.id AND c.id NOT IN "
    DOOMED("case_file") ")"
    " OR EXISTS (SELECT 1 FROM visit v WHERE v.person_id = p.id AND (v.day > ?2"
    "  OR v.state <> 'finished'))"
    " OR EXISTS (SELECT 1 FROM task t WHERE t.person_id = p.id AND t.state = 'open')"
    " OR EXISTS (SELECT 1 FROM person_term t WHERE t.person_id = p.id AND t.ended_day IS NULL"
    "  AND (t.ends_day IS NULL OR t.ends_day >= ?1)))";
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
doom_cases(struct op *op, struct erase_plan *p)
{
	static const char sql[] = DUE
	    " INSERT INTO temp.doomed SELECT 'case_file', i.case_id FROM retention_item i"
	    " JOIN d ON d.id = i.case_id " HOLD
	    " WHERE i.run_id = ?2 AND d.due < ?1 AND " HELD " IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, op->today);
	bind_int(q, 2, p->run);
	return db_run(op, q);
}

/* Until nobody else has to stay for the sake of somebody who stays. */
static enum status
spare_kin(struct op *op)
{
	do {
		TRY(db_exec(op, sql_spare));
		TRY(db_exec(op, sql_kin));
	} while (sqlite3_changes(op->db->sqlite) > 0);
	return ST_OK;
}

static enum status
doom_people(struct op *op)
{
	sqlite3_stmt *q;
	int since;

	TRY(erase_since(op, RETAIN_PERSON, &since));
	TRY(db_exec(op, sql_people));
	TRY(db_exec(op, sql_watched));
	q = db_query(op, sql_kept);
	bind_day(q, 1, op->today);
	bind_day(q, 2, since);
	TRY(db_run(op, q));
	TRY(spare_kin(op));
	return db_exec(op, sql_visits);
}

/* ---- what hangs on them ---- */

static void
read_edge(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct erase_edge *)item = (struct erase_edge){ col_text(op, q, 0), col_text(op, q, 1),
	    col_text(op, q, 2), (int)col_int(q, 3), col_int(q, 4) != 0, col_int(q, 5) != 0 };
}

/* Four pointers take nothing with them: a visit may have brought several cases. */
static enum status
read_edges(struct op *op, struct erase_plan *p)
{
	static const char sql[] =
	    "SELECT m.name, f.\"from\", f.\"table\", c.cid, l.wr, m.name || '.' || f.\"from\" NOT IN"
	    " ('visit.case_id', 'case_file.visit_id', 'case_file.person_id', 'person.merged_into')"
	    " FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f"
	    " JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'"
	    " JOIN pragma_table_info(m.name) c ON c.name = f.\"from\""
	    " WHERE m.type = 'table' ORDER BY m.name, f.id";

	return db_all(op, db_query(op, sql), read_edge, sizeof(struct erase_edge),
	    &p->edges.items, &p->edges.n);
}

/* Rows that point to rows that go, and those that point to them. */
static enum status
doom_children(struct op *op, struct erase_plan *p)
{
	const struct erase_edge *edges = p->edges.items;
	int added;

	do {
		added = 0;
		for (size_t i = 0; i < p->edges.n; i++) {
			const struct erase_edge *g = edges + i;

			if (g->rowless || !g->takes)
				continue;
			TRY(db_exec(op, arena_printf(op->mem, "INSERT OR IGNORE INTO"
			    " temp.doomed SELECT '%s', rowid FROM %s WHERE %s IN (SELECT id FROM"
			    " temp.doomed WHERE tbl = '%s')", g->child, g->child, g->column,
			    g->parent)));
			added += sqlite3_changes(op->db->sqlite);
		}
	} while (added > 0);
	return ST_OK;
}

/* The rows of a table that go, as a condition. */
static const char *
condition(struct op *op, const struct erase_table *t, bool rowless)
{
	const char *text = NULL;

	if (!rowless)
		return arena_printf(op->mem, "rowid IN (SELECT id FROM temp.doomed WHERE"
		    " tbl = '%s')", t->name);
	for (size_t i = 0; i < t->n_edges; i++)
		text = arena_printf(op->mem, "%s%s%s IN (SELECT id FROM temp.doomed WHERE"
		    " tbl = '%s')", text ? text : "", text ? " OR " : "", t->edges[i].column,
		    t->edges[i].parent);
	return text;
}

static enum status
read_keys(struct op *op, struct erase_table *t)
{
	static const char sql[] = "SELECT group_concat(name, ', ') FROM (SELECT name FROM"
	                          " pragma_table_info(?1) WHERE pk > 0 ORDER BY cid)";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, t->name);
	TRY(db_step(op, q, &row));
	t->keys = col_text(op, q, 0);
	db_done(q);
	return ST_OK;
}

/* Each table that points to others, once, with its pointers. */
static enum status
read_tables(struct op *op, struct erase_plan *p)
{
	const struct erase_edge *edges = p->edges.items;

	for (size_t i = 0, n; i < p->edges.n; i += n) {
		struct erase_table *t;

		for (n = 1; i + n < p->edges.n && strcmp(edges[i].child, edges[i + n].child) == 0;)
			n++;
		if (!table_is_state(edges[i].child))
			continue;
		t = list_add(op->mem, &p->tables);
		*t = (struct erase_table){ .name = edges[i].child, .edges = edges + i, .n_edges = n };
		t->gone = condition(op, t, edges[i].rowless);
		TRY(read_keys(op, t));
	}
	return ST_OK;
}

/* A visit that stays for the sake of another case forgets the one that goes. */
static bool
is_loosened(const struct erase_edge *g)
{
	return strcmp(g->child, "visit") == 0 && strcmp(g->column, "case_id") == 0;
}

static enum status
any(struct op *op, const char *sql, bool *row)
{
	sqlite3_stmt *q;

	if (sqlite3_prepare_v2(op->db->sqlite, sql, -1, &q, NULL) != SQLITE_OK)
		return db_failed(op);
	*row = sqlite3_step(q) == SQLITE_ROW;
	return sqlite3_finalize(q) == SQLITE_OK ? ST_OK : db_failed(op);
}

/* SQLite would look for them at each row that goes, through tables without an
 * index for it: five minutes for two thousand cases.  Here all are looked for
 * at once, and nobody waits. */
static enum status
nothing_dangles(struct op *op, const struct erase_plan *p)
{
	const struct erase_table *tables = p->tables.items;

	for (size_t i = 0; i < p->tables.n; i++)
		for (size_t k = 0; k < tables[i].n_edges; k++) {
			const struct erase_edge *g = tables[i].edges + k;
			bool stays = false;

			if (is_loosened(g))
				continue;
			TRY(any(op, arena_printf(op->mem, "SELECT 1 FROM %s WHERE %s IN (SELECT id"
			    " FROM temp.doomed WHERE tbl = '%s') AND NOT (%s)", g->child, g->column,
			    g->parent, tables[i].gone), &stays));
			if (stays)
				return op_fail(op, ST_STORE, _("A row of %s that stays points to one "
				    "that would go: nothing was deleted. Tell the developers."),
				    g->child);
		}
	return ST_OK;
}

/* ---- the whole ---- */

static enum status
sums(struct op *op, struct erase_plan *p)
{
	static const char sql[] = "SELECT sum(tbl = 'case_file'), sum(tbl = 'person'),"
	                          " sum(tbl = 'visit') FROM temp.doomed";
	static const char items_sql[] = "SELECT count(*) FROM retention_item WHERE run_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	TRY(db_step(op, q, &row));
	p->sum.cases = col_int(q, 0);
	p->sum.people = col_int(q, 1);
	p->sum.visits = col_int(q, 2);
	q = db_query(op, items_sql);
	bind_int(q, 1, p->run);
	TRY(db_number(op, q, &p->sum.left));
	p->sum.left -= p->sum.cases;
	return ST_OK;
}

static const char sql_tables[] =
    "DROP TABLE IF EXISTS temp.doomed; DROP TABLE IF EXISTS temp.kept;"
    "DROP TABLE IF EXISTS temp.watched;"
    "CREATE TEMP TABLE doomed (tbl TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tbl, id))"
    " WITHOUT ROWID; CREATE TEMP TABLE kept (root INTEGER PRIMARY KEY);"
    "CREATE TEMP TABLE watched (id INTEGER PRIMARY KEY)";

enum status
erase_choose(struct op *op, struct erase_plan *p)
{
	TRY(db_exec(op, sql_tables));
	TRY(doom_cases(op, p));
	TRY(db_exec(op, sql_consents));
	TRY(doom_people(op));
	TRY(read_edges(op, p));
	TRY(doom_children(op, p));
	TRY(read_tables(op, p));
	TRY(sums(op, p));
	return nothing_dangles(op, p);
}
