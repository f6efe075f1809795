/*
 * staff.c - layer 2: who works here.  Called by engine/ (who is asking),
 * service/ (owners), command/case_show.c and admin/.
 */
#include "db.h"

#define STAFF_COLUMNS                                                          \
	"SELECT s.id, s.login, s.name, s.uid, s.role, s.unit, u.name_de, u.name_en,"  \
	" s.site, i.name_de, i.name_en, s.counter,"                            \
	" c.name_de, c.name_en, u.figures_only, u.closed"                      \
	" FROM staff s JOIN unit u ON u.code = s.unit"                         \
	" JOIN site i ON i.code = s.site LEFT JOIN counter c ON c.code = s.counter" \
	" WHERE s.active = 1 "

static void
read_staff(struct op *op, sqlite3_stmt *q, void *item)
{
	struct staff *s = item;
	int en = op->lang == LANG_DE ? 0 : 1;

	*s = (struct staff){
		.id = col_int(q, 0), .login = col_text(op, q, 1), .name = col_text(op, q, 2),
		.uid = sqlite3_column_type(q, 3) == SQLITE_NULL ? -1 : col_int(q, 3),
		.unit = col_text(op, q, 5), .unit_name = col_text(op, q, 6 + en),
		.site = col_text(op, q, 8), .site_name = col_text(op, q, 9 + en),
		.counter = col_text(op, q, 11), .counter_name = col_text(op, q, 12 + en),
		.figures_only = col_int(q, 14) != 0, .unit_closed = col_int(q, 15) != 0,
	};
	if (!role_by_name(col_text(op, q, 4), &s->role))
		bug("role of %s", s->login);
}

static enum status
one_staff(struct op *op, sqlite3_stmt *q, struct staff **found)
{
	struct staff *s = arena_make(op->mem, struct staff);
	bool row;

	TRY(db_one(op, q, read_staff, s, &row));
	*found = row ? s : NULL;
	return ST_OK;
}

bool
staff_stands_for(const struct staff *by, int64_t id)
{
	for (size_t i = 0; id && i < by->n_absent; i++)
		if (by->absent[i] == id)
			return true;
	return false;
}

static void
read_absent(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int64_t *)item = col_int(q, 0);
}

/* Asked at each request: what ends today has ended tomorrow.  Who has changed
 * the unit since stands in for nobody there. */
static enum status
load_absent(struct op *op, struct staff *s)
{
	static const char sql[] =
	    "SELECT DISTINCT d.staff_id FROM deputy d JOIN staff a ON a.id = d.staff_id"
	    " WHERE d.deputy_id = ?1 AND d.until_day >= ?2 AND d.from_day <= ?2"
	    " AND d.ended_at IS NULL AND a.unit = ?3 ORDER BY d.staff_id LIMIT 50";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t *list;

	bind_int(q, 1, s->id);
	bind_day(q, 2, op->today);
	bind_text(q, 3, s->unit);
	TRY(db_all(op, q, read_absent, sizeof(*list), &list, &s->n_absent));
	s->absent = list;
	return ST_OK;
}

enum status
store_staff_find(struct op *op, const char *login, int64_t uid, const struct staff **found)
{
	static const char sql[] =
	    STAFF_COLUMNS "AND ((?1 IS NOT NULL AND s.login = ?1) OR (?2 >= 0 AND s.uid = ?2))"
	    " ORDER BY s.id LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	struct staff *s;

	bind_text(q, 1, login);
	bind_int(q, 2, uid);
	TRY(one_staff(op, q, &s));
	*found = s;
	return ST_OK;
}

enum status
store_staff_by_id(struct op *op, int64_t id, const struct staff **found)
{
	static const char sql[] = STAFF_COLUMNS "AND s.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	struct staff *s;

	bind_int(q, 1, id);
	TRY(one_staff(op, q, &s));
	*found = s;
	return s ? load_absent(op, s) : ST_OK;
}

static void
read_actor(struct op *op, sqlite3_stmt *q, void *item)
{
	struct staff *s = item;

	*s = (struct staff){
		.id = col_int(q, 0), .login = col_text(op, q, 1), .name = col_text(op, q, 2),
		.uid = -1, .unit = col_text(op, q, 4), .site = col_text(op, q, 5),
		.counter = col_text(op, q, 6), .figures_only = col_int(q, 7) != 0,
		.unit_closed = col_int(q, 8) != 0,
	};
	if (!role_by_name(col_text(op, q, 3), &s->role))
		bug("role of %s", s->login);
}

enum status
store_staff_actor(struct op *op, int64_t id, const struct staff **found)
{
	static const char sql[] =
	    "SELECT s.id, s.login, s.name, s.role, s.unit, s.site, s.counter, u.figures_only,"
	    " u.closed FROM staff s JOIN unit u ON u.code = s.unit WHERE s.id = ?1 AND s.active = 1";
	struct staff *s = arena_make(op->mem, struct staff);
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_int(q, 1, id);
	TRY(db_one(op, q, read_actor, s, &row));
	*found = row ? s : NULL;
	return row ? load_absent(op, s) : ST_OK;
}

enum status
store_staff_list(struct op *op, const char *unit, bool demo_only, struct staff **list, size_t *n)
{
	static const char sql[] = STAFF_COLUMNS
	    "AND (?1 IS NULL OR s.unit = ?1) AND (?2 = 0 OR s.uid IS NULL)"
	    " ORDER BY u.position, s.id LIMIT 2000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, unit);
	bind_int(q, 2, demo_only);
	return db_all(op, q, read_staff, sizeof(**list), list, n);
}

enum status
store_staff_add(struct op *op, const struct staff *s, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO staff (login, uid, name, role, unit, site, counter)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, s->login);
	if (s->uid >= 0)
		bind_int(q, 2, s->uid);
	bind_text(q, 3, s->name);
	bind_text(q, 4, role_name(s->role));
	bind_text(q, 5, s->unit);
	bind_text(q, 6, s->site);
	bind_text(q, 7, s->counter);
	TRY(db_run(op, q));
	*id = db_last_id(op);
	op_touch(op, "staff", *id);
	return ST_OK;
}

enum status
store_staff_same(struct op *op, int64_t id, int64_t other, bool *same)
{
	static const char sql[] =
	    "SELECT 1 FROM staff a JOIN staff b ON coalesce(b.uid, b.former_uid) ="
	    " coalesce(a.uid, a.former_uid) WHERE a.id = ?1 AND b.id = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, other);
	return db_any(op, q, same);
}

/* ---- the PIN of the actor ---- */

enum status
store_pin_get(struct op *op, const char **hash)
{
	static const char sql[] = "SELECT hash FROM staff_pin WHERE staff_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_int(q, 1, op->by->id);
	TRY(db_step(op, q, &row));
	*hash = row ? col_text(op, q, 0) : NULL;
	db_done(q);
	return ST_OK;
}

enum status
store_pin_put(struct op *op, const char *hash)
{
	static const char sql[] = "INSERT INTO staff_pin VALUES (?1, ?2)"
	                          " ON CONFLICT DO UPDATE SET hash = excluded.hash";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_text(q, 2, hash);
	return db_run(op, q);
}
