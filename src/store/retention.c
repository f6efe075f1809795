/*
 * retention.c - layer 2: which cases have had their time, and the runs that
 * delete them, see store_retention.h.  Called by service/retention.c and
 * admin/.  The deletion itself is erase.c.
 */
#include "retention.h"

static sqlite3_stmt *
due_query(struct op *op, const char *sql)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, op->today);
	return q;
}

/* ---- the catalogue ---- */

enum status
store_retention_rule_put(struct op *op, const struct retention_rule *r)
{
	static const char sql[] =
	    "INSERT INTO retention_rule (class, valid_from, valid_to, name_de, name_en, basis,"
	    " starts, term_unit, certain, amount, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
	    " ?8, ?9, ?10, ?11) ON CONFLICT DO UPDATE SET (valid_to, name_de, name_en, basis,"
	    " starts, term_unit, certain, amount, position) = (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
	    " ?11) WHERE (valid_to, name_de, name_en, basis, starts, term_unit, certain, amount,"
	    " position) IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
	const char *const texts[] = { r->class, r->valid_from, r->valid_to, r->name_de, r->name_en,
		r->basis, r->starts, r->term_unit };
	sqlite3_stmt *q = db_query(op, sql);

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		bind_text(q, (int)i + 1, texts[i]);
	bind_int(q, 9, r->certain);
	if (r->term_unit)
		bind_int(q, 10, r->amount);
	bind_int(q, 11, r->position);
	return db_run(op, q);
}

enum status
store_retention_service_put(struct op *op, const char *service, const char *class)
{
	static const char sql[] =
	    "INSERT INTO retention_service (service, class) VALUES (?1, ?2)"
	    " ON CONFLICT DO UPDATE SET class = ?2 WHERE class IS NOT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, service);
	bind_text(q, 2, class);
	return db_run(op, q);
}

enum status
store_retention_known(struct op *op, const char *class, bool *known)
{
	static const char sql[] =
	    "WITH c AS (SELECT class FROM retention_rule WHERE starts NOT IN ('visit', 'saved'))"
	    " SELECT 1 WHERE EXISTS (SELECT 1 FROM c WHERE class = ?1)"
	    " OR NOT EXISTS (SELECT 1 FROM c)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, class);
	return db_any(op, q, known);
}

const char *const retention_terms[RETENTION_TERMS] = {
	[RETAIN_PERSON] = "person", [RETAIN_DRAFT] = "draft", [RETAIN_REPLY] = "reply",
};

/* Where no term runs by itself nothing is old enough. */
enum status
store_retention_since(struct op *op, enum retention_term term, int *day)
{
	static const char sql[] =
	    "SELECT coalesce(date(?2, '-' || amount || ' ' || term_unit), '1970-01-01')"
	    " FROM retention_rule WHERE class = ?1 AND valid_from <= ?2"
	    " AND (valid_to IS NULL OR valid_to >= ?2) ORDER BY valid_from DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, retention_terms[term]);
	bind_day(q, 2, op->today);
	TRY(db_step(op, q, &row));
	*day = row ? col_day(q, 0) : DAY_NONE;
	db_done(q);
	return ST_OK;
}

/* ---- what is due ---- */

static void
read_case(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;

	*(struct retention_case *)item = (struct retention_case){
		.id = col_int(q, 0), .year = (int)col_int(q, 1), .number = (int)col_int(q, 2),
		.service = col_text(op, q, 3), .service_name = col_text(op, q, 4 + en),
		.class = col_text(op, q, 6), .class_name = col_text(op, q, 7 + en),
		.basis = col_text(op, q, 9), .certain = col_int(q, 10) != 0,
		.last_day = col_text(op, q, 11), .due_day = col_text(op, q, 12),
		.hold_until = col_text(op, q, 13), .hold_reason = col_text(op, q, 14),
		.blocked = col_int(q, 15) != 0,
	};
}

enum status
store_retention_due(struct op *op, int64_t after_id, int limit, struct retention_case **list,
                    size_t *n)
{
	static const char sql[] = DUE
	    " SELECT d.id, d.year, d.number, s.code, s.name_de, s.name_en, d.class, d.name_de,"
	    " d.name_en, d.basis, d.certain, d.last_day, d.due, h.until_day, h.reason,"
	    " b.case_id IS NOT NULL"
	    " FROM d JOIN service s ON s.id = d.service_id " HOLD
	    " WHERE d.due < ?1 AND d.id > ?2 ORDER BY d.id LIMIT ?3";
	sqlite3_stmt *q = due_query(op, sql);

	bind_int(q, 2, after_id);
	bind_int(q, 3, limit);
	return db_all(op, q, read_case, sizeof(**list), list, n);
}

enum status
store_retention_counts(struct op *op, int64_t *due, int64_t *held)
{
	static const char sql[] = DUE
	    " SELECT count(*), count(" HELD ") FROM d " HOLD " WHERE d.due < ?1";
	sqlite3_stmt *q = due_query(op, sql);
	bool row;

	*due = *held = 0;
	TRY(db_step(op, q, &row));
	if (row) {
		*due = col_int(q, 0);
		*held = col_int(q, 1);
	}
	db_done(q);
	return ST_OK;
}

static void
read_sum(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct retention_sum *)item = (struct retention_sum){
		.class = col_text(op, q, 0),
		.class_name = col_text(op, q, op->lang == LANG_DE ? 1 : 2),
		.due = col_int(q, 3), .held = col_int(q, 4),
	};
}

enum status
store_retention_sums(struct op *op, struct retention_sum **list, size_t *n)
{
	static const char sql[] = DUE
	    " SELECT d.class, d.name_de, d.name_en, count(*), count(" HELD ") FROM d " HOLD
	    " WHERE d.due < ?1 GROUP BY d.class ORDER BY d.class LIMIT 200";

	return db_all(op, due_query(op, sql), read_sum, sizeof(**list), list, n);
}

enum status
store_retention_hold(struct op *op, int64_t case_id, const char *reason, int until_day, bool *found)
{
	static const char sql[] =
	    "INSERT INTO retention_hold (case_id, reason, until_day, staff_id, at)"
	    " SELECT id, ?2, ?3, ?4, ?5 FROM case_file WHERE id = ?1 AND state = 'closed'"
	    " ON CONFLICT (case_id) DO UPDATE"
	    " SET (reason, until_day, staff_id, at) = (?2, ?3, ?4, ?5) RETURNING case_id";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, reason);
	bind_day(q, 3, until_day);
	bind_int(q, 4, op->by->id);
	bind_int(q, 5, op->now);
	return db_any(op, q, found);
}

/* ---- runs ---- */

static void
read_run(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct retention_run *)item = (struct retention_run){
		.id = col_int(q, 0), .state = col_text(op, q, 1), .cases = col_int(q, 2),
		.people = col_int(q, 3), .proposer = col_int(q, 4),
		.proposed_by = col_text(op, q, 5), .proposed_at = col_int(q, 6),
		.settled_by = col_text(op, q, 7), .settled_at = col_int(q, 8),
		.done_at = col_int(q, 9),
	};
}

enum status
store_retention_run(struct op *op, int64_t id, struct retention_run *run)
{
	static const char sql[] =
	    "SELECT r.id, r.state, r.cases, r.people, r.proposed_by, a.name, r.proposed_at, b.name,"
	    " r.settled_at, r.done_at FROM retention_run r JOIN staff a ON a.id = r.proposed_by"
	    " LEFT JOIN staff b ON b.id = r.settled_by WHERE ?1 IS NULL OR r.id = ?1"
	    " ORDER BY r.id DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_id(q, 1, id);
	return db_one(op, q, read_run, sizeof(*run), run);
}

static void
read_id(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int64_t *)item = col_int(q, 0);
}

enum status
store_retention_free(struct op *op, int64_t **cases, size_t *n)
{
	static const char sql[] = DUE
	    " SELECT d.id FROM d " HOLD " WHERE d.due < ?1 AND " HELD " IS NULL ORDER BY d.id";

	return db_all(op, due_query(op, sql), read_id, sizeof(**cases), cases, n);
}

static enum status
put_items(struct op *op, int64_t run, const int64_t *cases, size_t n)
{
	static const char sql[] = "INSERT INTO retention_item (run_id, case_id) VALUES (?1, ?2)";

	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *q = db_query(op, sql);

		bind_int(q, 1, run);
		bind_int(q, 2, cases[i]);
		TRY(db_run(op, q));
	}
	return ST_OK;
}

enum status
store_retention_propose(struct op *op, const int64_t *cases, size_t n, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO retention_run (state, cases, proposed_by, proposed_at)"
	    " VALUES ('proposed', ?1, ?2, ?3)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, (int64_t)n);
	bind_int(q, 2, op->by->id);
	bind_int(q, 3, op->now);
	TRY(db_run(op, q));
	*id = db_last_id(op);
	return put_items(op, *id, cases, n);
}

enum status
store_retention_forget(struct op *op, int64_t id)
{
	static const char sql[] = "DELETE FROM retention_item WHERE run_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_run(op, q);
}

enum status
store_retention_settle(struct op *op, int64_t id, const char *state)
{
	static const char sql[] = "UPDATE retention_run SET (state, settled_by, settled_at)"
	                          " = (?2, ?3, ?4) WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, state);
	bind_int(q, 3, op->by->id);
	bind_int(q, 4, op->now);
	TRY(db_run(op, q));
	return strcmp(state, "withdrawn") == 0 ? store_retention_forget(op, id) : ST_OK;
}
