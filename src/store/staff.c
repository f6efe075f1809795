/*
 * staff.c - layer 2: who works here, and who has.  Called by engine/ (who is
 * asking), service/ (owners), command/case_show.c and admin/.  Only what says so
 * finds who has left.
 */
#include "db.h"

#define STAFF_COLUMNS                                                          \
	"SELECT s.id, s.login, s.name, s.uid, s.role, s.unit, u.name_de, u.name_en,"  \
	" s.site, i.name_de, i.name_en, s.counter,"                            \
	" c.name_de, c.name_en, u.figures_only, u.closed, s.until_day, s.active" \
	" FROM staff s JOIN unit u ON u.code = s.unit"                         \
	" JOIN site i ON i.code = s.site LEFT JOIN counter c ON c.code = s.counter " \
	"WHERE "
/* By the day of the request: nothing runs at night.  ?9: today. */
#define WORKS "s.active = 1 AND (s.until_day IS NULL OR s.until_day >= ?9) "

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
		.until_day = col_day(q, 16),
		.left = !col_int(q, 17) || (col_day(q, 16) != DAY_NONE && col_day(q, 16) < op->today),
	};
	if (!role_by_name(col_text(op, q, 4), &s->role))
		bug("role of %s", s->login);
}

static enum status
one_staff(struct op *op, sqlite3_stmt *q, struct staff **found)
{
	struct staff *s = arena_make(op->mem, struct staff);

	TRY(db_one(op, q, read_staff, sizeof(*s), s));
	*found = s->id ? s : NULL;
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
	    STAFF_COLUMNS WORKS "AND ((?1 IS NOT NULL AND s.login = ?1) OR (?2 >= 0 AND s.uid = ?2))"
	    " ORDER BY s.id LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	struct staff *s;

	bind_text(q, 1, login);
	bind_int(q, 2, uid);
	bind_day(q, 9, op->today);
	TRY(one_staff(op, q, &s));
	*found = s;
	return ST_OK;
}

enum status
store_staff_by_id(struct op *op, int64_t id, const struct staff **found)
{
	static const char sql[] = STAFF_COLUMNS WORKS "AND s.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	struct staff *s;

	bind_int(q, 1, id);
	bind_day(q, 9, op->today);
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
	    " u.closed FROM staff s JOIN unit u ON u.code = s.unit WHERE s.id = ?1 AND " WORKS;
	struct staff *s = arena_make(op->mem, struct staff);
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_day(q, 9, op->today);
	TRY(db_one(op, q, read_actor, sizeof(*s), s));
	*found = s->id ? s : NULL;
	return s->id ? load_absent(op, s) : ST_OK;
}

enum status
store_staff_list(struct op *op, const char *unit, bool demo_only, struct staff **list, size_t *n)
{
	static const char sql[] = STAFF_COLUMNS WORKS
	    "AND (?1 IS NULL OR s.unit = ?1) AND (?2 = 0 OR s.uid IS NULL)"
	    " ORDER BY u.position, s.id LIMIT 2000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, unit);
	bind_int(q, 2, demo_only);
	bind_day(q, 9, op->today);
	return db_all(op, q, read_staff, sizeof(**list), list, n);
}

/* ---- also who has left ---- */

enum status
store_staff_known(struct op *op, int64_t id, const char *login, int64_t uid,
                  const struct staff **found)
{
	static const char sql[] = STAFF_COLUMNS "s.id = ?1 OR s.login = ?2 OR s.uid = ?3"
	                                        " ORDER BY s.id LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	struct staff *s;

	bind_id(q, 1, id);
	bind_text(q, 2, login);
	if (uid >= 0)
		bind_int(q, 3, uid);
	TRY(one_staff(op, q, &s));
	*found = s;
	return ST_OK;
}

enum status
store_staff_all(struct op *op, struct staff **list, size_t *n)
{
	static const char sql[] = STAFF_COLUMNS "s.id > 0 ORDER BY u.position, s.id LIMIT 5000";

	return db_all(op, db_query(op, sql), read_staff, sizeof(**list), list, n);
}

enum status
store_staff_change(struct op *op, const struct staff *s)
{
	static const char sql[] =
	    "UPDATE staff SET name = ?2, role = ?3, unit = ?4, site = ?5, counter = ?6"
	    " WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, s->id);
	bind_text(q, 2, s->name);
	bind_text(q, 3, role_name(s->role));
	bind_text(q, 4, s->unit);
	bind_text(q, 5, s->site);
	bind_text(q, 6, s->counter);
	op_touch(op, "staff", s->id);
	return db_run(op, q);
}

enum status
store_staff_end(struct op *op, int64_t id, int last_day, bool at_once)
{
	static const char sql[] = "UPDATE staff SET until_day = ?2, active = ?3 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_day(q, 2, last_day);
	bind_int(q, 3, !at_once);
	op_touch(op, "staff", id);
	return db_run(op, q);
}

enum status
store_staff_yield(struct op *op, int64_t id)
{
	static const char sql[] = "UPDATE staff SET login = login || '~' || id,"
	    " former_uid = coalesce(uid, former_uid), uid = NULL WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	op_touch(op, "staff", id);
	return db_run(op, q);
}

enum status
store_staff_cases(struct op *op, int64_t id, int64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM case_file WHERE owner_id = ?1"
	                          " AND decided_day IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_number(op, q, n);
}

enum status
store_staff_let_go(struct op *op, int64_t id, size_t *n)
{
	static const char sql[] =
	    "UPDATE case_file SET version = version + 1, owner_id = NULL, changed_at = ?2,"
	    " state = CASE state WHEN 'in_work' THEN 'open' ELSE state END"
	    " WHERE owner_id = ?1 AND decided_day IS NULL RETURNING id";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t *cases;

	bind_int(q, 1, id);
	bind_int(q, 2, op->now);
	TRY(db_all(op, q, read_absent, sizeof(*cases), &cases, n));
	for (size_t i = 0; i < *n; i++)
		op_touch(op, "case", cases[i]);
	return ST_OK;
}

/* ---- adding ---- */

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
