/*
 * disclosure_ask.c - layer 2: a unit asks a closed one about a person.  Called by
 * service/disclosure.c.  Who may know of a row is part of each query; none says
 * whether there is a file.
 */
#include "store_disclosure.h"

#include "db.h"

enum status
store_ask_add(struct op *op, struct disclosure_ask *a)
{
	static const char sql[] =
	    "INSERT INTO disclosure_ask (person_id, from_unit, to_unit, question, asked_at, asked_by,"
	    " state, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'asked',"
	    /* an instant: no number is missing where another unit asked */
	    "  (SELECT max(?5, coalesce(max(id), 0) + 1) FROM disclosure_ask))";
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
	" v.name, w.name, k.disclosure_id, p.lock_day FROM disclosure_ask k"   \
	" JOIN person r ON r.id = k.person_id"                                 \
	" JOIN person p ON p.id = coalesce(r.merged_into, r.id)"               \
	" JOIN unit a ON a.code = k.from_unit JOIN unit b ON b.code = k.to_unit" \
	" JOIN staff v ON v.id = k.asked_by LEFT JOIN staff w ON w.id = k.answered_by" \
	" LEFT JOIN disclosure d ON d.id = k.disclosure_id"                    \
	" LEFT JOIN consent c ON c.id = d.consent_id "
/* Not answered by what is over by now (?2: today), unless unit ?1 has answered it. */
#define NOT_OVER                                                               \
	NOT_KEPT_PERSON("p.id") " AND "                                        \
	"(k.to_unit = ?1 OR c.id IS NULL OR (c.ended_at IS NULL AND coalesce(c.until_day, ?2) >= ?2))"

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
		.disclosure_id = col_int(q, 17), .person_locked = col_day(q, 18) >= op->today,
	};
}

enum status
store_ask_find(struct op *op, int64_t id, struct disclosure_ask *a)
{
	static const char sql[] =
	    ASK_COLUMNS "WHERE k.id = ?3 AND ?1 IN (k.from_unit, k.to_unit) AND " NOT_OVER;
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_day(q, 2, op->today);
	bind_int(q, 3, id);
	return db_one(op, q, read_ask, sizeof(*a), a);
}

enum status
store_ask_answer(struct op *op, int64_t id, int64_t disclosure_id, const char *answer)
{
	static const char sql[] =
	    "UPDATE disclosure_ask SET (state, answer, answered_at, answered_by, disclosure_id) ="
	    " (?2, ?3, ?4, ?5, ?6) WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, disclosure_id ? "given" : "refused");
	bind_text(q, 3, answer);
	bind_int(q, 4, op->now);
	bind_int(q, 5, op->by->id);
	bind_id(q, 6, disclosure_id);
	op_touch(op, "disclosure_ask", id);
	return db_run(op, q);
}

enum status
store_ask_page(struct op *op, bool in, int64_t before, int limit, struct disclosure_ask **list,
               size_t *n)
{
	static const char sql[] = ASK_COLUMNS
	    "WHERE (?1 = CASE WHEN ?3 THEN k.to_unit ELSE k.from_unit END)"
	    " AND (?4 = 0 OR k.id < ?4) AND " NOT_OVER " ORDER BY k.id DESC LIMIT ?5";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_day(q, 2, op->today);
	bind_int(q, 3, in);
	bind_int(q, 4, before);
	bind_int(q, 5, limit);
	return db_all(op, q, read_ask, sizeof(**list), list, n);
}

enum status
store_ask_waiting(struct op *op, int *n)
{
	static const char sql[] =
	    "SELECT count(*) FROM disclosure_ask WHERE to_unit = ?1 AND state = 'asked'"
	    " AND " NOT_KEPT_PERSON("person_id");
	sqlite3_stmt *q = db_query(op, sql);
	int64_t found;

	bind_text(q, 1, op->by->unit);
	TRY(db_number(op, q, &found));
	*n = (int)found;
	return ST_OK;
}
