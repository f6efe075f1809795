/*
 * merge.c - layer 2: links between two records of one person.  Called by
 * service/merge.c.  What hangs on a person and came in later is later.c.
 */
#include "store_merge.h"

#include "db.h"

#define MERGE_COLUMNS                                                          \
	"SELECT m.id, m.version, m.survivor_id, m.merged_id, a.display, b.display, m.state," \
	" m.choices, m.before, m.reason, m.proposed_at, m.proposed_by, p.name, m.settled_at," \
	" s.name, m.undone_at, u.name, m.answer, a.born, b.born FROM person_merge m" \
	" JOIN person a ON a.id = m.survivor_id JOIN person b ON b.id = m.merged_id" \
	" JOIN staff p ON p.id = m.proposed_by LEFT JOIN staff s ON s.id = m.settled_by" \
	" LEFT JOIN staff u ON u.id = m.undone_by "

#define NOT_KEPT_BOTH NOT_KEPT_PERSON("m.survivor_id") " AND " NOT_KEPT_PERSON("m.merged_id")

static void
read_merge(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct merge *)item = (struct merge){
		.id = col_int(q, 0), .version = col_int(q, 1), .survivor_id = col_int(q, 2),
		.merged_id = col_int(q, 3), .survivor_name = col_text(op, q, 4),
		.merged_name = col_text(op, q, 5),
		.state = (enum merge_state)state_by_name(&merge_states, col_text(op, q, 6)),
		.choices = col_text(op, q, 7), .before = col_text(op, q, 8),
		.reason = col_text(op, q, 9), .proposed_at = col_int(q, 10),
		.proposed_by = col_int(q, 11), .proposed_by_name = col_text(op, q, 12),
		.settled_at = col_int(q, 13), .settled_by_name = col_text(op, q, 14),
		.undone_at = col_int(q, 15), .undone_by_name = col_text(op, q, 16),
		.answer = col_text(op, q, 17), .survivor_born = col_text(op, q, 18),
		.merged_born = col_text(op, q, 19),
	};
}

/* Both records show it in their history. */
static void
touch_both(struct op *op, const struct merge *m)
{
	op_touch(op, "person", m->survivor_id);
	op_touch(op, "person", m->merged_id);
}

enum status
store_merge_add(struct op *op, struct merge *m)
{
	static const char sql[] =
	    "INSERT INTO person_merge (version, survivor_id, merged_id, state, choices, reason,"
	    " proposed_at, proposed_by) VALUES (1, ?1, ?2, 'proposed', ?3, ?4, ?5, ?6)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, m->survivor_id);
	bind_int(q, 2, m->merged_id);
	bind_text(q, 3, m->choices);
	bind_text(q, 4, m->reason);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	TRY(db_run(op, q));
	m->id = db_last_id(op);
	touch_both(op, m);
	return ST_OK;
}

enum status
store_merge_save(struct op *op, struct merge *m)
{
	static const char settle[] =
	    "UPDATE person_merge SET version = version + 1, state = ?2, before = ?3, answer = ?4,"
	    " settled_at = ?5, settled_by = ?6 WHERE id = ?1";
	static const char undo[] =
	    "UPDATE person_merge SET version = version + 1, state = ?2, before = ?3, answer = ?4,"
	    " undone_at = ?5, undone_by = ?6 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, m->state == MERGE_UNDONE ? undo : settle);

	bind_int(q, 1, m->id);
	bind_text(q, 2, state_name(&merge_states, (int)m->state));
	bind_text(q, 3, m->before);
	bind_text(q, 4, m->answer);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	TRY(db_run(op, q));
	touch_both(op, m);
	return ST_OK;
}

enum status
store_merge_before(struct op *op, int64_t id, const char *before)
{
	static const char sql[] =
	    "UPDATE person_merge SET version = version + 1, before = ?2 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, before);
	return db_run(op, q);
}

enum status
store_merge_find(struct op *op, int64_t id, struct merge *m)
{
	static const char sql[] = MERGE_COLUMNS "WHERE m.id = ?1 AND " NOT_KEPT_BOTH;
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_merge, sizeof(*m), m);
}

enum status
store_merge_of(struct op *op, int64_t merged_id, struct merge *m)
{
	static const char sql[] =
	    MERGE_COLUMNS "WHERE m.merged_id = ?1 AND m.state IN ('proposed', 'approved')";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, merged_id);
	return db_one(op, q, read_merge, sizeof(*m), m);
}

enum status
store_merge_list(struct op *op, int64_t person_id, int64_t after, int limit, struct merge **list,
                 size_t *n)
{
	static const char open[] = MERGE_COLUMNS
	    "WHERE m.state = 'proposed' AND " NOT_KEPT_BOTH " AND (?2 = 0 OR m.id < ?2)"
	    " ORDER BY m.id DESC LIMIT ?3";
	static const char of_person[] = MERGE_COLUMNS
	    "WHERE m.id IN (SELECT id FROM person_merge WHERE survivor_id = ?1"
	    " UNION SELECT id FROM person_merge WHERE merged_id = ?1)"
	    " AND " NOT_KEPT_BOTH " AND (?2 = 0 OR m.id < ?2) ORDER BY m.id DESC LIMIT ?3";
	sqlite3_stmt *q = db_query(op, person_id ? of_person : open);

	if (person_id)
		bind_int(q, 1, person_id);
	bind_int(q, 2, after);
	bind_int(q, 3, limit);
	return db_all(op, q, read_merge, sizeof(**list), list, n);
}

/* ---- the link itself ---- */

enum status
store_person_current(struct op *op, int64_t id, int64_t *current)
{
	static const char sql[] = "SELECT coalesce(merged_into, id) FROM person WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_number(op, q, current);
}

enum status
store_person_link(struct op *op, int64_t merged_id, int64_t survivor_id)
{
	static const char sql[] =
	    "UPDATE person SET merged_into = ?2, version = version + 1, changed_at = ?3,"
	    " changed_by = ?4 WHERE id = ?1 OR merged_into = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, merged_id);
	bind_int(q, 2, survivor_id);
	bind_int(q, 3, op->now);
	bind_int(q, 4, op->by->id);
	return db_run(op, q);
}

enum status
store_person_unlink(struct op *op, int64_t id)
{
	/* links that hold below it, also through others */
	static const char sql[] =
	    "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT m.merged_id FROM below"
	    " JOIN person_merge m ON m.survivor_id = below.id AND m.state = 'approved')"
	    " UPDATE person SET merged_into = nullif(?1, id), version = version + 1,"
	    " changed_at = ?2, changed_by = ?3 WHERE id IN below";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, op->by->id);
	return db_run(op, q);
}
