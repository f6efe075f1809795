/*
 * restriction.c - layer 2: records that are blocked or for named people only.
 * Called by service/restriction.c.  What of them is kept from whom is kept.c.
 */
#include "store_restriction.h"

#include "sealed.h"

static const char *
open_word(struct op *op, int64_t id, const char *column, const char *text)
{
	const struct seal_place at = { "restriction", column, place_key(op, id) };

	return text_open(op, &at, text);
}

static const char *
shut_word(struct op *op, const struct restriction *r, const char *column, const char *text)
{
	const struct seal_place at = { "restriction", column, place_key(op, r->id) };

	return text_shut(op, r->entrusted, &at, text);
}

static enum status
next_id(struct op *op, int64_t *id)
{
	/* an instant: no number is missing where one is not for the reader */
	static const char sql[] = "SELECT max(?1, coalesce(max(id), 0) + 1) FROM restriction";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->now);
	return db_number(op, q, id);
}

/* It stands in the history of what it is about. */
static void
touch(struct op *op, const struct restriction *r)
{
	op_touch(op, "restriction", r->id);
	op_touch(op, "person", r->person_id);
	if (r->case_id)
		op_touch(op, "case", r->case_id);
}

static enum status
add_staff(struct op *op, int64_t id, int64_t staff)
{
	static const char sql[] =
	    "INSERT INTO restriction_staff VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, staff);
	return db_run(op, q);
}

enum status
store_restriction_add(struct op *op, struct restriction *r, const int64_t *staff, size_t n_staff)
{
	static const char sql[] =
	    "INSERT INTO restriction (id, kind, person_id, case_id, unit, reason, reference,"
	    " until_day, set_at, set_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
	sqlite3_stmt *q;

	/* words are sealed for their row */
	TRY(next_id(op, &r->id));
	q = db_query(op, sql);
	bind_int(q, 1, r->id);
	bind_text(q, 2, state_name(&restriction_kinds, (int)r->kind));
	bind_int(q, 3, r->person_id);
	bind_id(q, 4, r->case_id);
	bind_text(q, 5, r->unit);
	bind_text(q, 6, shut_word(op, r, "reason", r->reason));
	bind_text(q, 7, shut_word(op, r, "reference", r->reference));
	bind_day(q, 8, r->until_day);
	bind_int(q, 9, op->now);
	bind_int(q, 10, op->by->id);
	TRY(db_run(op, q));
	for (size_t i = 0; i < n_staff; i++)
		TRY(add_staff(op, r->id, staff[i]));
	touch(op, r);
	kept_forget(op);
	return ST_OK;
}

enum status
store_restriction_end(struct op *op, const struct restriction *r, const char *reason)
{
	static const char sql[] =
	    "UPDATE restriction SET ended_at = ?2, ended_by = ?3, end_reason = ?4 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, r->id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, op->by->id);
	bind_text(q, 4, shut_word(op, r, "end_reason", reason));
	touch(op, r);
	kept_forget(op);
	return db_run(op, q);
}

#define STAFF_OF(column)                                                       \
	"coalesce((SELECT group_concat(x, ', ') FROM (SELECT s." column " AS x" \
	"  FROM restriction_staff l JOIN staff s ON s.id = l.staff_id"         \
	"  WHERE l.restriction_id = r.id ORDER BY s.name, s.id)), '')"
#define RESTRICTION_COLUMNS                                                    \
	"SELECT r.id, r.kind, p.id, r.case_id, p.display, p.born, c.year, c.number, r.unit," \
	" u.name_de, u.name_en, r.reason, r.reference, r.until_day, r.set_at, a.name," \
	" r.ended_at, b.name, r.end_reason, " STAFF_OF("name") ", " STAFF_OF("login") \
	" FROM restriction r JOIN person o ON o.id = r.person_id"              \
	" JOIN person p ON p.id = coalesce(o.merged_into, o.id)"               \
	" JOIN staff a ON a.id = r.set_by LEFT JOIN staff b ON b.id = r.ended_by" \
	" LEFT JOIN case_file c ON c.id = r.case_id LEFT JOIN unit u ON u.code = r.unit "

static void
read_restriction(struct op *op, sqlite3_stmt *q, void *item)
{
	struct restriction *r = item;
	const char *reason = col_text(op, q, 11);

	*r = (struct restriction){
		.id = col_int(q, 0),
		.kind = (enum restriction_kind)state_by_name(&restriction_kinds, col_text(op, q, 1)),
		.person_id = col_int(q, 2), .case_id = col_int(q, 3),
		.person_name = col_text(op, q, 4), .person_born = col_text(op, q, 5),
		.case_year = (int)col_int(q, 6), .case_number = (int)col_int(q, 7),
		.unit = col_text(op, q, 8),
		.unit_name = col_text(op, q, op->lang == LANG_DE ? 9 : 10),
		.entrusted = seal_is(reason), .reason = open_word(op, col_int(q, 0), "reason", reason),
		.reference = open_word(op, col_int(q, 0), "reference", col_text(op, q, 12)),
		.until_day = col_day(q, 13), .set_at = col_int(q, 14),
		.set_by_name = col_text(op, q, 15), .ended_at = col_int(q, 16),
		.ended_by_name = col_text(op, q, 17),
		.end_reason = open_word(op, col_int(q, 0), "end_reason", col_text(op, q, 18)),
		.names = col_text(op, q, 19), .logins = col_text(op, q, 20),
	};
	r->holds = !r->ended_at && (r->until_day == DAY_NONE || r->until_day >= op->today);
}

enum status
store_restriction_find(struct op *op, int64_t id, struct restriction *r)
{
	static const char sql[] = RESTRICTION_COLUMNS "WHERE r.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_restriction, sizeof(*r), r);
}

enum status
store_restriction_on(struct op *op, enum restriction_kind kind, int64_t person_id,
                     int64_t case_id, struct restriction *r)
{
	static const char sql[] = RESTRICTION_COLUMNS
	    "WHERE r.person_id IN " LINKED_TO("?1") " AND coalesce(r.case_id, 0) = ?2 AND r.kind = ?3"
	    " AND r.ended_at IS NULL AND (r.until_day IS NULL OR r.until_day >= ?4)"
	    " ORDER BY r.id DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_int(q, 2, case_id);
	bind_text(q, 3, state_name(&restriction_kinds, (int)kind));
	bind_day(q, 4, op->today);
	return db_one(op, q, read_restriction, sizeof(*r), r);
}

enum status
store_restriction_list(struct op *op, const struct restriction_filter *f,
                       struct restriction **list, size_t *n)
{
	/* whoever reads it sees no row whose content is kept from them */
	static const char sql[] = RESTRICTION_COLUMNS
	    "WHERE (?1 = 0 OR p.id = ?1) AND (?2 = 0 OR r.case_id = ?2) AND (?3 IS NULL OR r.unit = ?3)"
	    " AND (?4 OR (r.ended_at IS NULL AND (r.until_day IS NULL OR r.until_day >= ?5)))"
	    " AND (?6 = 0 OR r.id < ?6) AND " NOT_KEPT_PERSON("p.id")
	    " AND (r.case_id IS NULL OR " NOT_KEPT_CASE("r.case_id") ") ORDER BY r.id DESC LIMIT ?7";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, f->person_id);
	bind_int(q, 2, f->case_id);
	bind_text(q, 3, f->unit);
	bind_int(q, 4, f->ended);
	bind_day(q, 5, op->today);
	bind_int(q, 6, f->before);
	bind_int(q, 7, f->limit);
	return db_all(op, q, read_restriction, sizeof(**list), list, n);
}
