/*
 * paper.c - layer 2: what lies in a case file: answers, documents, notes.
 * Called by service/.
 */
#include "store_case.h"

#include "db.h"

static void
read_answer(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct answer *)item = (struct answer){ col_text(op, q, 0), col_text(op, q, 1),
	    col_int(q, 2), col_int(q, 3), col_text(op, q, 4) };
}

enum status
store_answer_list(struct op *op, int64_t case_id, struct answer **list, size_t *n)
{
	static const char sql[] =
	    "SELECT a.field, a.value, a.version, a.changed_at, s.name FROM case_answer a"
	    " JOIN staff s ON s.id = a.changed_by WHERE a.case_id = ?1 ORDER BY a.field LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	return db_all(op, q, read_answer, sizeof(**list), list, n);
}

enum status
store_answer_put(struct op *op, int64_t case_id, const struct answer *a)
{
	static const char sql[] =
	    "INSERT INTO case_answer VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE"
	    " SET value = excluded.value, version = excluded.version,"
	    " changed_at = excluded.changed_at, changed_by = excluded.changed_by";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, a->field);
	bind_text(q, 3, a->value);
	bind_int(q, 4, a->version);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	return db_run(op, q);
}

static void
read_document(struct op *op, sqlite3_stmt *q, void *item)
{
	struct case_document *d = item;

	*d = (struct case_document){
		.key = col_text(op, q, 0), .name_de = col_text(op, q, 1),
		.name_en = col_text(op, q, 2), .required = col_int(q, 3) != 0,
		.position = (int)col_int(q, 4),
		.state = (enum paper_state)state_by_name(&paper_states, col_text(op, q, 5)),
		.reason = col_text(op, q, 6), .changed_at = col_int(q, 7),
		.changed_by_name = col_text(op, q, 8),
	};
	d->name = op->lang == LANG_DE ? d->name_de : d->name_en;
}

enum status
store_document_list(struct op *op, int64_t case_id, struct case_document **list, size_t *n)
{
	static const char sql[] =
	    "SELECT d.key, d.name_de, d.name_en, d.required, d.position, d.state, d.reason,"
	    " d.changed_at, s.name FROM case_document d LEFT JOIN staff s ON s.id = d.changed_by"
	    " WHERE d.case_id = ?1 ORDER BY d.position, d.key LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	return db_all(op, q, read_document, sizeof(**list), list, n);
}

enum status
store_document_put(struct op *op, int64_t case_id, const struct case_document *d)
{
	static const char sql[] =
	    "INSERT INTO case_document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
	    " ON CONFLICT DO UPDATE SET required = excluded.required, state = excluded.state,"
	    " reason = excluded.reason, changed_at = excluded.changed_at,"
	    " changed_by = excluded.changed_by";
	bool untouched = d->state == PAPER_MISSING && !d->changed_at;
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, d->key);
	bind_text(q, 3, d->name_de);
	bind_text(q, 4, d->name_en);
	bind_int(q, 5, d->required);
	bind_int(q, 6, d->position);
	bind_text(q, 7, state_name(&paper_states, (int)d->state));
	bind_text(q, 8, d->reason);
	bind_id(q, 9, untouched ? 0 : op->now);
	bind_id(q, 10, untouched ? 0 : op->by->id);
	return db_run(op, q);
}

enum status
store_note_add(struct op *op, int64_t case_id, const char *text, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO case_note (case_id, at, staff_id, unit, text) VALUES (?1, ?2, ?3, ?4, ?5)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, op->by->id);
	bind_text(q, 4, op->by->unit);
	bind_text(q, 5, text);
	TRY(db_run(op, q));
	*id = db_last_id(op);
	return ST_OK;
}

static void
read_note(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct case_note *)item = (struct case_note){ col_int(q, 0), col_int(q, 1),
	    col_text(op, q, 2), col_text(op, q, 3) };
}

enum status
store_note_list(struct op *op, int64_t case_id, int limit, struct case_note **list, size_t *n)
{
	static const char sql[] =
	    "SELECT o.id, o.at, s.name, o.text FROM case_note o JOIN staff s ON s.id = o.staff_id"
	    " JOIN unit u ON u.code = o.unit"
	    " WHERE o.case_id = ?1 AND (u.closed = 0 OR o.unit = ?3) ORDER BY o.id DESC LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_int(q, 2, limit);
	bind_text(q, 3, op->by->unit);
	return db_all(op, q, read_note, sizeof(**list), list, n);
}
