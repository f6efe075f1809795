/*
 * emergency.c - layer 2: files that somebody opened although they were not for
 * them, for life or safety.  Called by service/emergency.c.  What is open so is
 * asked by kept.c and by the facts of a case.
 */
#include "store_restriction.h"

#include "db.h"

/*
 * The units that are told: who answers for a restriction of the person or of a
 * case of theirs that holds, and who has a case of theirs.  Not those bound to
 * secrecy, unless they have set the restriction: nothing of theirs is opened.
 */
static enum status
add_units(struct op *op, const struct emergency *e)
{
	static const char sql[] =
	    "INSERT INTO emergency_unit SELECT ?1, unit FROM restriction WHERE person_id IN "
	    LINKED_TO("?2") " AND ended_at IS NULL AND (until_day IS NULL OR until_day >= ?3)"
	    " AND unit IS NOT NULL"
	    " UNION SELECT ?1, c.unit FROM case_file c JOIN unit u ON u.code = c.unit"
	    "  AND u.closed = 0 WHERE c.person_id IN " LINKED_TO("?2");
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, e->id);
	bind_int(q, 2, e->person_id);
	bind_day(q, 3, op->today);
	return db_run(op, q);
}

enum status
store_emergency_add(struct op *op, struct emergency *e)
{
	static const char sql[] = "INSERT INTO emergency (person_id, staff_id, reason, at, until_at)"
	                          " VALUES (?1, ?2, ?3, ?4, ?5)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, e->person_id);
	bind_int(q, 2, op->by->id);
	bind_text(q, 3, e->reason);
	bind_int(q, 4, op->now);
	bind_int(q, 5, e->until_at);
	TRY(db_run(op, q));
	e->id = db_last_id(op);
	op_touch(op, "emergency", e->id);
	op_touch(op, "person", e->person_id);
	kept_forget(op);
	return add_units(op, e);
}

enum status
store_emergency_until(struct op *op, int64_t person_id, int64_t *until)
{
	static const char sql[] =
	    "SELECT max(until_at) FROM emergency INDEXED BY emergency_opens WHERE staff_id = ?1"
	    " AND until_at > ?2 AND person_id IN " LINKED_TO("?3");
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, person_id);
	return db_number(op, q, until);
}

enum status
store_emergency_ends(struct op *op, int64_t staff_id, int64_t *at)
{
	static const char sql[] =
	    "SELECT coalesce(min(until_at), ?3) FROM emergency INDEXED BY emergency_opens"
	    " WHERE staff_id = ?1 AND until_at > ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, staff_id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, INT64_MAX);
	return db_number(op, q, at);
}

#define EMERGENCY_COLUMNS                                                      \
	"SELECT e.id, p.id, p.display, p.born, s.login, s.name, v.name_de, v.name_en, e.reason," \
	" (SELECT group_concat(w.name_de, ', ') FROM emergency_unit x JOIN unit w ON w.code = x.unit" \
	"  WHERE x.emergency_id = e.id),"                                      \
	" (SELECT group_concat(w.name_en, ', ') FROM emergency_unit x JOIN unit w ON w.code = x.unit" \
	"  WHERE x.emergency_id = e.id),"                                      \
	" e.at, e.until_at, e.settled_at, b.name, e.remark, e.justified FROM emergency e" \
	" JOIN person o ON o.id = e.person_id JOIN person p ON p.id = coalesce(o.merged_into, o.id)" \
	" JOIN staff s ON s.id = e.staff_id JOIN unit v ON v.code = s.unit"    \
	" LEFT JOIN staff b ON b.id = e.settled_by "

static void
read_emergency(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;

	*(struct emergency *)item = (struct emergency){
		.id = col_int(q, 0), .person_id = col_int(q, 1), .person_name = col_text(op, q, 2),
		.person_born = col_text(op, q, 3), .login = col_text(op, q, 4),
		.staff_name = col_text(op, q, 5), .unit_name = col_text(op, q, 6 + en),
		.reason = col_text(op, q, 8), .units = col_text(op, q, 9 + en),
		.at = col_int(q, 11), .until_at = col_int(q, 12), .settled_at = col_int(q, 13),
		.settled_by_name = col_text(op, q, 14), .remark = col_text(op, q, 15),
		.justified = col_int(q, 16) != 0,
	};
}

enum status
store_emergency_find(struct op *op, int64_t id, struct emergency *e)
{
	static const char sql[] = EMERGENCY_COLUMNS "WHERE e.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_emergency, sizeof(*e), e);
}

enum status
store_emergency_settle(struct op *op, int64_t id, bool justified, const char *remark)
{
	static const char sql[] = "UPDATE emergency SET settled_at = ?2, settled_by = ?3,"
	                          " justified = ?4, remark = ?5 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, op->by->id);
	bind_int(q, 4, justified);
	bind_text(q, 5, remark);
	op_touch(op, "emergency_settled", id); /* no alarm */
	return db_run(op, q);
}

enum status
store_emergency_list(struct op *op, const char *unit, bool settled, int64_t before, int limit,
                     struct emergency **list, size_t *n)
{
	static const char sql[] = EMERGENCY_COLUMNS
	    "WHERE (?2 OR e.settled_at IS NULL) AND (?1 IS NULL OR EXISTS (SELECT 1 FROM"
	    "  emergency_unit t WHERE t.emergency_id = e.id AND t.unit = ?1))"
	    " AND (?3 = 0 OR e.id < ?3) ORDER BY e.id DESC LIMIT ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, unit);
	bind_int(q, 2, settled);
	bind_int(q, 3, before);
	bind_int(q, 4, limit);
	return db_all(op, q, read_emergency, sizeof(**list), list, n);
}
