/*
 * disclosure.c - layer 2: what a closed unit has told others, and who asked for
 * it.  Called by service/disclosure.c.  Who may know of a row is part of each
 * query.
 */
#include "store_disclosure.h"

#include "db.h"

/* ---- disclosures ---- */

static enum status
add_field(struct op *op, int64_t id, size_t position, const struct disclosed *f)
{
	static const char sql[] = "INSERT INTO disclosure_field VALUES (?1, ?2, ?3, ?4)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, (int64_t)position);
	bind_text(q, 3, f->label);
	bind_text(q, 4, f->value);
	return db_run(op, q);
}

enum status
store_disclosure_add(struct op *op, struct disclosure *d)
{
	static const char sql[] =
	    "INSERT INTO disclosure (person_id, case_id, from_unit, to_unit, basis, cite,"
	    " consent_id, reason, at, staff_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->person_id);
	bind_int(q, 2, d->case_id);
	bind_text(q, 3, d->from);
	bind_text(q, 4, d->to);
	bind_text(q, 5, d->basis);
	bind_text(q, 6, d->cite);
	bind_id(q, 7, d->consent_id);
	bind_text(q, 8, d->reason);
	bind_int(q, 9, op->now);
	bind_int(q, 10, op->by->id);
	TRY(db_run(op, q));
	d->id = db_last_id(op);
	for (size_t i = 0; i < d->n_fields; i++)
		TRY(add_field(op, d->id, i + 1, &d->fields[i]));
	op_touch(op, "disclosure", d->id);
	op_touch(op, "case", d->case_id);
	return ST_OK;
}

static void
read_field(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct disclosed *)item = (struct disclosed){ col_text(op, q, 0), col_text(op, q, 1) };
}

static enum status
read_fields(struct op *op, struct disclosure *d)
{
	static const char sql[] = "SELECT label, value FROM disclosure_field"
	                          " WHERE disclosure_id = ?1 ORDER BY position LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->id);
	return db_all(op, q, read_field, sizeof(*d->fields), &d->fields, &d->n_fields);
}

static void
read_disclosure(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;
	struct disclosure *d = item;

	*d = (struct disclosure){
		.id = col_int(q, 0), .person_id = col_int(q, 1), .person_name = col_text(op, q, 2),
		.person_born = col_text(op, q, 3), .case_id = col_int(q, 4),
		.from = col_text(op, q, 5), .from_name = col_text(op, q, 6 + en),
		.to = col_text(op, q, 8), .to_name = col_text(op, q, 9 + en),
		.basis = col_text(op, q, 11), .basis_name = col_text(op, q, 12 + en),
		.cite = col_text(op, q, 14), .consent_id = col_int(q, 15),
		.reason = col_text(op, q, 16), .at = col_int(q, 17), .by_name = col_text(op, q, 18),
		.ended = col_int(q, 19) != 0,
	};
}

enum status
store_disclosure_page(struct op *op, const struct disclosure_filter *f, struct disclosure **list,
                      size_t *n)
{
	static const char sql[] =
	    "SELECT * FROM (SELECT d.id, p.id, p.display, p.born,"
	    " CASE d.from_unit WHEN ?1 THEN d.case_id END, d.from_unit, a.name_de, a.name_en,"
	    " d.to_unit, b.name_de, b.name_en, d.basis, coalesce(s.name_de, d.basis),"
	    " coalesce(s.name_en, d.basis), d.cite, d.consent_id, d.reason, d.at, w.name,"
	    " c.id IS NOT NULL AND (c.ended_at IS NOT NULL OR coalesce(c.until_day, ?6) < ?6)"
	    " AS ended FROM disclosure d"
	    " JOIN person r ON r.id = d.person_id JOIN person p ON p.id = coalesce(r.merged_into, r.id)"
	    " JOIN unit a ON a.code = d.from_unit JOIN unit b ON b.code = d.to_unit"
	    " JOIN staff w ON w.id = d.staff_id LEFT JOIN basis s ON s.code = d.basis"
	    " LEFT JOIN consent c ON c.id = d.consent_id"
	    " WHERE (?2 = 0 OR p.id = ?2) AND (?5 = 0 OR d.id < ?5)"
	    "  AND (?3 OR d.from_unit = ?1 OR (d.to_unit = ?1 AND NOT ?4))) t"
	    " WHERE ?3 OR t.from_unit = ?1 OR NOT t.ended ORDER BY id DESC LIMIT ?7";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_int(q, 2, f->person_id);
	bind_int(q, 3, f->all);
	bind_int(q, 4, f->given);
	bind_int(q, 5, f->before);
	bind_day(q, 6, op->today);
	bind_int(q, 7, f->limit);
	TRY(db_all(op, q, read_disclosure, sizeof(**list), list, n));
	for (size_t i = 0; i < *n; i++)
		TRY(read_fields(op, &(*list)[i]));
	return ST_OK;
}

/* ---- asking for one ---- */

enum status
store_ask_add(struct op *op, struct disclosure_ask *a)
{
	static const char sql[] =
	    "INSERT INTO disclosure_ask (person_id, from_unit, to_unit, question, asked_at, asked_by,"
	    " state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'asked')";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, a->person_id);
	bind_text(q, 2, op->by->unit);
	bind_text(q, 3, a->to);
	bind_text(q, 4, a->question);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	TRY(db_run(op, q));
	a->id = db_last_id(op);
	op_touch(op, "disclosure_ask", a->id);
	return ST_OK;
}

#define ASK_COLUMNS                                                            \
	"SELECT k.id, p.id, p.display, p.born, k.from_unit, a.name_de, a.name_en, k.to_unit," \
	" b.name_de, b.name_en, k.question, k.state, k.answer, k.asked_at, k.answered_at," \
	" v.name, w.name FROM disclosure_ask k JOIN person r ON r.id = k.person_id" \
	" JOIN person p ON p.id = coalesce(r.merged_into, r.id)"               \
	" JOIN unit a ON a.code = k.from_unit JOIN unit b ON b.code = k.to_unit" \
	" JOIN staff v ON v.id = k.asked_by LEFT JOIN staff w ON w.id = k.answered_by "

static void
read_ask(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;

	*(struct disclosure_ask *)item = (struct disclosure_ask){
		.id = col_int(q, 0), .person_id = col_int(q, 1), .person_name = col_text(op, q, 2),
		.person_born = col_text(op, q, 3), .from = col_text(op, q, 4),
		.from_name = col_text(op, q, 5 + en), .to = col_text(op, q, 7),
		.to_name = col_text(op, q, 8 + en), .question = col_text(op, q, 10),
		.state = col_text(op, q, 11), .answer = col_text(op, q, 12),
		.asked_at = col_int(q, 13), .answered_at = col_int(q, 14),
		.asked_by_name = col_text(op, q, 15), .answered_by_name = col_text(op, q, 16),
	};
}

enum status
store_ask_find(struct op *op, int64_t id, struct disclosure_ask *a)
{
	static const char sql[] =
	    ASK_COLUMNS "WHERE k.id = ?1 AND (k.from_unit = ?2 OR k.to_unit = ?2)";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	*a = (struct disclosure_ask){ 0 };
	bind_int(q, 1, id);
	bind_text(q, 2, op->by->unit);
	return db_one(op, q, read_ask, a, &found);
}

enum status
store_ask_answer(struct op *op, int64_t id, const char *state, const char *answer)
{
	static const char sql[] =
	    "UPDATE disclosure_ask SET state = ?2, answer = ?3, answered_at = ?4, answered_by = ?5"
	    " WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, state);
	bind_text(q, 3, answer);
	bind_int(q, 4, op->now);
	bind_int(q, 5, op->by->id);
	op_touch(op, "disclosure_ask", id);
	return db_run(op, q);
}

enum status
store_ask_page(struct op *op, bool in, int64_t before, int limit, struct disclosure_ask **list,
               size_t *n)
{
	static const char sql[] = ASK_COLUMNS
	    "WHERE (?1 = CASE WHEN ?2 THEN k.to_unit ELSE k.from_unit END)"
	    " AND (?3 = 0 OR k.id < ?3) ORDER BY k.id DESC LIMIT ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_int(q, 2, in);
	bind_int(q, 3, before);
	bind_int(q, 4, limit);
	return db_all(op, q, read_ask, sizeof(**list), list, n);
}
