/*
 * deputy.c - layer 2: stand-ins.  Called by service/deputy.c; for whom somebody
 * acts today is read with the clerk, in staff.c.
 */
#include "store_deputy.h"

#include "db.h"

#define DEPUTY_COLUMNS                                                         \
	"SELECT d.id, d.staff_id, a.login, a.name, d.deputy_id, b.login, b.name, d.made_by," \
	" m.name, a.unit, u.name_de, u.name_en, u.closed, d.from_day, d.until_day, d.reason," \
	" d.ended_at FROM deputy d JOIN staff a ON a.id = d.staff_id"          \
	" JOIN staff b ON b.id = d.deputy_id JOIN staff m ON m.id = d.made_by" \
	" JOIN unit u ON u.code = a.unit "

static void
read_deputy(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct deputy *)item = (struct deputy){
		.id = col_int(q, 0), .absent_id = col_int(q, 1),
		.absent_login = col_text(op, q, 2), .absent_name = col_text(op, q, 3),
		.deputy_id = col_int(q, 4), .deputy_login = col_text(op, q, 5),
		.deputy_name = col_text(op, q, 6), .made_by = col_int(q, 7),
		.made_by_name = col_text(op, q, 8), .unit = col_text(op, q, 9),
		.unit_name = col_text(op, q, op->lang == LANG_DE ? 10 : 11),
		.unit_closed = col_int(q, 12) != 0, .from_day = col_day(q, 13),
		.until_day = col_day(q, 14), .reason = col_text(op, q, 15),
		.ended_at = col_int(q, 16),
	};
}

/* Both are told: it stands in the story of each. */
static void
touch_both(struct op *op, const struct deputy *d)
{
	op_touch(op, "staff", d->absent_id);
	op_touch(op, "staff", d->deputy_id);
}

enum status
store_deputy_add(struct op *op, struct deputy *d)
{
	static const char sql[] =
	    "INSERT INTO deputy (staff_id, deputy_id, from_day, until_day, reason, made_by,"
	    " made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->absent_id);
	bind_int(q, 2, d->deputy_id);
	bind_day(q, 3, d->from_day);
	bind_day(q, 4, d->until_day);
	bind_text(q, 5, d->reason);
	bind_int(q, 6, op->by->id);
	bind_int(q, 7, op->now);
	TRY(db_run(op, q));
	d->id = db_last_id(op);
	touch_both(op, d);
	return ST_OK;
}

enum status
store_deputy_find(struct op *op, int64_t id, struct deputy *d)
{
	static const char sql[] = DEPUTY_COLUMNS "WHERE d.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_deputy, sizeof(*d), d);
}

enum status
store_deputy_end(struct op *op, const struct deputy *d)
{
	static const char sql[] = "UPDATE deputy SET ended_by = ?2, ended_at = ?3 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->id);
	bind_int(q, 2, op->by->id);
	bind_int(q, 3, op->now);
	touch_both(op, d);
	return db_run(op, q);
}

enum status
store_deputy_list(struct op *op, const char *unit, struct deputy **list, size_t *n)
{
	static const char sql[] = DEPUTY_COLUMNS
	    "WHERE d.ended_at IS NULL AND d.until_day >= ?1 AND (?2 IS NULL OR a.unit = ?2)"
	    " ORDER BY d.from_day, d.id LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, op->today);
	bind_text(q, 2, unit);
	return db_all(op, q, read_deputy, sizeof(**list), list, n);
}
