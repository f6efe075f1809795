/*
 * term.c - layer 2: terms of people: titles, provisional documents,
 * permissions, tolerations, periods of benefits.  Called by service/term.c and
 * admin/.  Who may see a term is part of every query that reads one.
 */
#include "store_radar.h"

#include "db.h"

#define TERM_COLUMNS                                                           \
	"SELECT t.id, t.person_id, t.kind, k.name_de, k.name_en, k.unit, k.stages, t.status," \
	" s.name_de, s.name_en, t.from_day, t.ends_day, t.source, t.ended_day"  \
	" FROM person_term t JOIN radar_kind k ON k.kind = t.kind"             \
	" JOIN unit u ON u.code = k.unit AND u.active = 1"                     \
	" LEFT JOIN code s ON s.list = 'status' AND s.code = t.status "
/* The clerks of unit ?2 see it; without one, whoever sees what is of no closed unit. */
#define TERM_SEEN                                                              \
	"AND ((?2 IS NULL AND u.closed = 0) OR EXISTS (SELECT 1 FROM radar_unit r" \
	" WHERE r.kind = t.kind AND r.unit = ?2)) AND " NOT_KEPT_PERSON("t.person_id") " "

static void
read_term(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;

	*(struct term *)item = (struct term){
		.id = col_int(q, 0), .person_id = col_int(q, 1), .kind = col_text(op, q, 2),
		.kind_name = col_text(op, q, 3 + en), .unit = col_text(op, q, 5),
		.stages = col_text(op, q, 6), .status = col_text(op, q, 7),
		.status_name = col_text(op, q, 8 + en), .from = col_day(q, 10),
		.ends = col_day(q, 11), .source = col_text(op, q, 12), .ended = col_day(q, 13),
	};
}

enum status
store_term_list(struct op *op, int64_t person_id, const char *reader, struct term **list,
                size_t *n)
{
	static const char sql[] = TERM_COLUMNS "WHERE t.person_id IN " LINKED_TO("?1") " "
	    TERM_SEEN
	    "ORDER BY t.ended_day IS NOT NULL, t.ends_day IS NOT NULL, t.ends_day DESC, t.id"
	    " LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_text(q, 2, reader);
	return db_all(op, q, read_term, sizeof(**list), list, n);
}

enum status
store_term_find(struct op *op, int64_t id, const char *reader, struct term *t)
{
	static const char sql[] = TERM_COLUMNS "WHERE t.id = ?1 " TERM_SEEN;
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, reader);
	return db_one(op, q, read_term, sizeof(*t), t);
}

static void
bind_term(sqlite3_stmt *q, const struct term *t)
{
	bind_text(q, 2, t->status);
	bind_day(q, 3, t->from);
	bind_day(q, 4, t->ends);
	bind_text(q, 5, t->source);
	bind_day(q, 6, t->ended);
}

enum status
store_term_add(struct op *op, struct term *t)
{
	static const char sql[] =
	    "INSERT INTO person_term (kind, status, from_day, ends_day, source, ended_day, person_id)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, t->kind);
	bind_term(q, t);
	bind_int(q, 7, t->person_id);
	TRY(db_run(op, q));
	t->id = db_last_id(op);
	op_touch(op, "person", t->person_id);
	return ST_OK;
}

enum status
store_term_save(struct op *op, const struct term *t)
{
	static const char sql[] =
	    "UPDATE person_term SET status = ?2, from_day = ?3, ends_day = ?4, source = ?5,"
	    " ended_day = ?6 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, t->id);
	bind_term(q, t);
	op_touch(op, "person", t->person_id);
	return db_run(op, q);
}

enum status
store_term_replace(struct op *op, const struct term *t, const char *kind)
{
	static const char sql[] =
	    "UPDATE person_term SET ended_day = ?4 WHERE person_id IN " LINKED_TO("?1")
	    " AND kind = ?2 AND id <> ?3 AND ended_day IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, t->person_id);
	bind_text(q, 2, kind);
	bind_int(q, 3, t->id);
	bind_day(q, 4, op->today);
	return db_run(op, q);
}
