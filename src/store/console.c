/*
 * console.c - layer 2: what a supervisor sees: counts by unit and by clerk.
 * Called by service/console.c.  Only counts leave this file.
 */
#include "store_case.h"

#include "db.h"

/* 0 1 2-3 4-7 8-15 16-31 32-63 64+ days */
static int
age_class(int days)
{
	int class = 0;

	while (class < AGE_CLASSES - 1 && days >= 1 << class)
		class++;
	return class;
}

static enum status
read_ages(struct op *op, const char *unit, struct basket *b)
{
	static const char sql[] =
	    "SELECT opened_day, intake + open + in_work + waiting + proposed FROM case_count"
	    " WHERE unit = ?1 UNION ALL SELECT c.opened_day, -1 FROM " KEPT_CASES("c")
	    " WHERE c.unit = ?1 AND c.decided_day IS NULL";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_text(q, 1, unit);
	while (db_next(op, q, &s))
		b->ages[age_class(op->today - col_day(q, 0))] += col_int(q, 1);
	return s;
}

static enum status
read_flow(struct op *op, const char *unit, struct basket *b)
{
	static const char sql[] =
	    "SELECT decided_day, count(*) FROM case_file WHERE unit = ?1 AND decided_day > ?2"
	    " AND decided_day <= ?3 AND " NOT_KEPT_CASE("id") " GROUP BY decided_day";
	int before = op->today - FLOW_DAYS;
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_text(q, 1, unit);
	bind_day(q, 2, before);
	bind_day(q, 3, op->today);
	while (db_next(op, q, &s))
		b->flow[col_day(q, 0) - before - 1] = col_int(q, 1);
	return s;
}

enum status
store_basket(struct op *op, const char *unit, struct basket *b)
{
	*b = (struct basket){ 0 };
	TRY(store_case_counts(op, unit, &b->counts));
	TRY(read_ages(op, unit, b));
	return read_flow(op, unit, b);
}

static void
read_load(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct load *)item = (struct load){
		.login = col_text(op, q, 0), .name = col_text(op, q, 1),
		.unit = col_text(op, q, 2), .in_work = col_int(q, 3),
		.waiting = col_int(q, 4), .late = col_int(q, 5), .oldest_day = col_day(q, 6),
		.left = col_int(q, 7) != 0, .proposed = col_int(q, 8),
	};
}

enum status
store_load_list(struct op *op, const char *unit, struct load **list, size_t *n)
{
	/* named: left alone, SQLite reads the unit's cases once for each clerk */
	static const char sql[] =
	    "SELECT s.login, s.name, s.unit, sum(c.state = 'in_work'), sum(c.state = 'waiting'),"
	    " sum(c.due_day < ?2), min(c.opened_day), s.active = 0 OR s.until_day < ?2,"
	    " sum(c.state = 'proposed')"
	    " FROM staff s"
	    " LEFT JOIN case_file c INDEXED BY case_by_owner"
	    "  ON c.owner_id = s.id AND c.unit = s.unit"
	    "  AND c.state IN ('intake', 'open', 'in_work', 'waiting', 'proposed')"
	    "  AND " NOT_KEPT_CASE("c.id")
	    " WHERE s.unit = ?1 AND s.role = 'clerk' AND (c.id IS NOT NULL"
	    "  OR (s.active = 1 AND (s.until_day IS NULL OR s.until_day >= ?2)))"
	    " GROUP BY s.id ORDER BY s.name, s.id LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, unit);
	bind_day(q, 2, op->today);
	return db_all(op, q, read_load, sizeof(**list), list, n);
}
