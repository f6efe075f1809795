/*
 * handover.c - layer 2: hand-overs between units.  Called by
 * service/handover.c.
 */
#include "store_handover.h"

#include "db.h"

/* Names of the papers that were missing, as the case words them. */
#define MISSING(name)                                                          \
	" (SELECT group_concat(d." name ", char(10)) FROM (SELECT " name " FROM case_document" \
	"  WHERE case_id = h.case_id AND instr(' ' || h.missing || ' ', ' ' || key || ' ')" \
	"  ORDER BY position, key) d)"
#define HANDOVER_COLUMNS                                                       \
	"SELECT h.id, h.version, h.case_id, h.from_unit, f.name_de, f.name_en, h.to_unit," \
	" t.name_de, t.name_en, h.state, h.reason, h.missing, h.offered_at, h.offered_by," \
	" o.name, h.due_day, h.settled_at, h.settled_by, s.name, h.answer,"    \
	MISSING("name_de") "," MISSING("name_en")                              \
	" FROM handover h JOIN unit f ON f.code = h.from_unit"                 \
	" JOIN unit t ON t.code = h.to_unit JOIN staff o ON o.id = h.offered_by" \
	" JOIN case_file hc ON hc.id = h.case_id"                              \
	" LEFT JOIN staff s ON s.id = h.settled_by "

/* Sent back, and the case has not moved since. */
#define CAME_BACK                                                              \
	"h.state = 'returned'"                                                 \
	" AND h.id = (SELECT max(m.id) FROM handover m WHERE m.case_id = h.case_id)" \
	" AND EXISTS (SELECT 1 FROM case_file c WHERE c.id = h.case_id"        \
	"  AND c.unit = h.from_unit AND c.decided_day IS NULL)"

static void
read_handover(struct op *op, sqlite3_stmt *q, void *item)
{
	struct handover *h = item;
	int en = op->lang == LANG_DE ? 0 : 1;

	*h = (struct handover){
		.id = col_int(q, 0), .version = col_int(q, 1), .case_id = col_int(q, 2),
		.from = col_text(op, q, 3), .from_name = col_text(op, q, 4 + en),
		.to = col_text(op, q, 6), .to_name = col_text(op, q, 7 + en),
		.state = (enum handover_state)state_by_name(&handover_states, col_text(op, q, 9)),
		.reason = col_text(op, q, 10), .missing = col_text(op, q, 11),
		.offered_at = col_int(q, 12), .offered_by = col_int(q, 13),
		.offered_by_name = col_text(op, q, 14), .due_day = col_day(q, 15),
		.settled_at = col_int(q, 16), .settled_by = col_int(q, 17),
		.settled_by_name = col_text(op, q, 18), .answer = col_text(op, q, 19),
		.missing_names = col_text(op, q, 20 + en),
	};
}

enum status
store_handover_add(struct op *op, struct handover *h)
{
	static const char sql[] =
	    "INSERT INTO handover (version, case_id, from_unit, to_unit, state, reason, missing,"
	    " offered_at, offered_by, due_day) VALUES (1, ?1, ?2, ?3, 'offered', ?4, ?5, ?6, ?7, ?8)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->case_id);
	bind_text(q, 2, h->from);
	bind_text(q, 3, h->to);
	bind_text(q, 4, h->reason);
	bind_text(q, 5, h->missing);
	bind_int(q, 6, op->now);
	bind_int(q, 7, op->by->id);
	bind_day(q, 8, h->due_day);
	TRY(db_run(op, q));
	h->id = db_last_id(op);
	op_touch(op, "handover", h->id);
	return ST_OK;
}

enum status
store_handover_save(struct op *op, struct handover *h)
{
	static const char sql[] =
	    "UPDATE handover SET version = version + 1, state = ?2, settled_at = ?3,"
	    " settled_by = ?4, answer = ?5 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->id);
	bind_text(q, 2, state_name(&handover_states, (int)h->state));
	bind_int(q, 3, op->now);
	bind_int(q, 4, op->by->id);
	bind_text(q, 5, h->answer);
	TRY(db_run(op, q));
	op_touch(op, "handover", h->id);
	return ST_OK;
}

enum status
store_handover_find(struct op *op, int64_t id, struct handover *h)
{
	static const char sql[] = HANDOVER_COLUMNS "WHERE h.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_handover, sizeof(*h), h);
}

enum status
store_handover_of_case(struct op *op, int64_t case_id, struct handover *h)
{
	static const char sql[] =
	    HANDOVER_COLUMNS "WHERE h.case_id = ?1 ORDER BY h.id DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	return db_one(op, q, read_handover, sizeof(*h), h);
}

enum status
store_handover_list(struct op *op, const char *unit, bool incoming, int64_t after, int limit,
                    struct handover **list, size_t *n)
{
	static const char in[] = HANDOVER_COLUMNS
	    "WHERE h.to_unit = ?1 AND h.state = 'offered' AND " NOT_KEPT_CASE("h.case_id")
	    " AND (?2 = 0 OR (h.due_day, hc.due_why <> 'form', h.id) >"
	    " (SELECT a.due_day, ac.due_why <> 'form', a.id FROM handover a"
	    "  JOIN case_file ac ON ac.id = a.case_id WHERE a.id = ?2 AND a.to_unit = ?1))"
	    " ORDER BY h.due_day, hc.due_why <> 'form', h.id LIMIT ?3";
	/* the sender also sees what came back, and that first: it is theirs to act again */
	static const char out[] = HANDOVER_COLUMNS
	    "WHERE h.from_unit = ?1 AND " NOT_KEPT_CASE("h.case_id")
	    " AND (h.state = 'offered' OR (" CAME_BACK "))"
	    " AND (?2 = 0 OR (h.state = 'offered', h.due_day, h.id) >"
	    " (SELECT a.state = 'offered', a.due_day, a.id FROM handover a WHERE a.id = ?2"
	    "  AND a.from_unit = ?1))"
	    " ORDER BY h.state = 'offered', h.due_day, h.id LIMIT ?3";
	sqlite3_stmt *q = db_query(op, incoming ? in : out);

	bind_text(q, 1, unit);
	bind_int(q, 2, after);
	bind_int(q, 3, limit);
	return db_all(op, q, read_handover, sizeof(**list), list, n);
}

enum status
store_handover_came_back(struct op *op, const char *unit, int since, int64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM handover h WHERE h.from_unit = ?1"
	    " AND h.due_day >= ?2 AND " NOT_KEPT_CASE("h.case_id") " AND " CAME_BACK;
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, unit);
	bind_day(q, 2, since);
	return db_number(op, q, n);
}
