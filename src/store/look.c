/*
 * look.c - layer 2: who looked at whom: how much, and what for.  Called by
 * service/purpose.c, service/watch.c and admin/.  Looks themselves are written
 * by db_commit, as the events they are.
 */
#include "store_look.h"

#include "db.h"

/* ---- purposes ---- */

#define PURPOSE_COLUMNS "SELECT code, name_de, name_en, hotkey, worded FROM purpose "

static void
read_purpose(struct op *op, sqlite3_stmt *q, void *item)
{
	struct purpose *p = item;

	*p = (struct purpose){ .code = col_text(op, q, 0),
		.name = col_text(op, q, op->lang == LANG_DE ? 1 : 2), .key = col_text(op, q, 3),
		.worded = col_int(q, 4) != 0 };
}

enum status
store_purpose_list(struct op *op, struct purpose **list, size_t *n)
{
	static const char sql[] = PURPOSE_COLUMNS "ORDER BY position, code LIMIT 100";

	return db_all(op, db_query(op, sql), read_purpose, sizeof(**list), list, n);
}

enum status
store_purpose_find(struct op *op, const char *code, struct purpose *p)
{
	static const char sql[] = PURPOSE_COLUMNS "WHERE code = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	return db_one(op, q, read_purpose, sizeof(*p), p);
}

enum status
store_purpose_put(struct op *op, const struct named *n, const char *key, bool worded)
{
	static const char sql[] =
	    "INSERT INTO purpose (code, position, name_de, name_en, hotkey, worded)"
	    " VALUES (?1, ?4, ?2, ?3, ?5, ?6) ON CONFLICT DO UPDATE SET"
	    " (name_de, name_en, position, hotkey, worded) = (?2, ?3, ?4, ?5, ?6)"
	    " WHERE (name_de, name_en, position, hotkey, worded) IS NOT (?2, ?3, ?4, ?5, ?6)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, n->code);
	bind_text(q, 2, n->name_de);
	bind_text(q, 3, n->name_en);
	bind_int(q, 4, n->position);
	bind_text(q, 5, key);
	bind_int(q, 6, worded);
	return db_run(op, q);
}

enum status
store_look_purpose(struct op *op, int64_t person, int64_t since, const char **purpose)
{
	static const char sql[] =
	    "SELECT purpose FROM looked WHERE staff_id = ?1 AND kind = 'look' AND at >= ?3"
	    " AND person_id = ?2 AND purpose IS NOT NULL AND purpose NOT IN"
	    " (SELECT code FROM purpose WHERE hotkey IS NULL) ORDER BY at DESC, seq DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_id(q, 1, op->by->id);
	bind_int(q, 2, person);
	bind_int(q, 3, since);
	TRY(db_step(op, q, &row));
	*purpose = row ? col_text(op, q, 0) : NULL;
	db_done(q);
	return ST_OK;
}

static enum status
is_serving(struct op *op, int64_t person, bool *serving)
{
	static const char sql[] =
	    "SELECT 1 FROM visit WHERE staff_id = ?1 AND state IN ('called', 'serving')"
	    " AND person_id IN " LINKED_TO("?2") " LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_id(q, 1, op->by->id);
	bind_int(q, 2, person);
	return db_any(op, q, serving);
}

static void
read_work(struct op *op, sqlite3_stmt *q, void *item)
{
	struct look_work *work = item;

	(void)op;
	work->working = col_int(q, 0) != 0;
	work->proposed = col_int(q, 1) != 0;
	work->of_unit = col_int(q, 2) != 0;
	work->proposed_else = col_int(q, 3) != 0;
}

enum status
store_look_work(struct op *op, int64_t person, int64_t case_id, struct look_work *work)
{
	static const char sql[] =
	    "SELECT max(owner_id IS ?1 OR offered_to IS ?3 OR (owner_id IS NULL AND unit = ?3)),"
	    " max(unit = ?3 AND state = 'proposed'), max(unit = ?3), max(state = 'proposed' AND"
	    " unit <> ?3 AND unit NOT IN (SELECT code FROM unit WHERE closed = 1))"
	    " FROM case_file INDEXED BY case_by_person WHERE person_id IN " LINKED_TO("?2")
	    " AND (?4 = 0 OR id = ?4) AND decided_day IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_id(q, 1, op->by->id);
	bind_int(q, 2, person);
	bind_text(q, 3, op->by->unit);
	bind_int(q, 4, case_id);
	TRY(db_one(op, q, read_work, sizeof(*work), work));
	return is_serving(op, person, &work->serving);
}

/* ---- how much somebody has read ---- */

enum status
store_watch_put(struct op *op, const char *role, const char *sign, int most)
{
	static const char sql[] =
	    "INSERT INTO watch (role, sign, most) VALUES (?1, ?2, ?3)"
	    " ON CONFLICT DO UPDATE SET most = ?3 WHERE most <> ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, role);
	bind_text(q, 2, sign);
	bind_int(q, 3, most);
	return db_run(op, q);
}

enum status
store_watch_list(struct op *op, const char *role, int most[WATCH_SIGNS])
{
	static const char sql[] = "SELECT sign, most FROM watch WHERE role = ?1 LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	for (int i = 0; i < WATCH_SIGNS; i++)
		most[i] = 0;
	bind_text(q, 1, role);
	while (db_next(op, q, &s)) {
		int sign;

		sign = state_by_name(&watch_signs, col_text(op, q, 0));
		if (sign >= 0)
			most[sign] = (int)col_int(q, 1);
	}
	return s;
}

enum status
store_look_files(struct op *op, int64_t since, int64_t but, int64_t *n)
{
	static const char sql[] =
	    "SELECT count(DISTINCT person_id) FROM looked l WHERE staff_id = ?1"
	    " AND kind IN ('look', 'seen') AND at >= ?2 AND person_id <> ?3 AND (kind = 'look' OR"
	    " (SELECT e.command FROM event e WHERE e.seq = l.seq) <> '" LOOK_MAKES "')";
	sqlite3_stmt *q = db_query(op, sql);

	bind_id(q, 1, op->by->id);
	bind_int(q, 2, since);
	bind_int(q, 3, but);
	return db_number(op, q, n);
}

enum status
store_look_people(struct op *op, const char *kind, int64_t since, int64_t but, int64_t *n)
{
	static const char sql[] =
	    "SELECT count(DISTINCT person_id) FROM looked WHERE staff_id = ?1"
	    " AND kind = ?2 AND at >= ?3 AND person_id <> ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_id(q, 1, op->by->id);
	bind_text(q, 2, kind);
	bind_int(q, 3, since);
	bind_int(q, 4, but);
	return db_number(op, q, n);
}

enum status
store_look_events(struct op *op, const char *kind, int64_t since, int64_t *n)
{
	static const char sql[] =
	    "SELECT count(*) FROM (SELECT 1 FROM looked WHERE staff_id = ?1 AND kind = ?2"
	    " AND at >= ?3 GROUP BY at, seq)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_id(q, 1, op->by->id);
	bind_text(q, 2, kind);
	bind_int(q, 3, since);
	return db_number(op, q, n);
}

enum status
store_look_person(struct op *op, int64_t person, const char **display, bool *locked)
{
	static const char sql[] =
	    "SELECT display, lock_day IS NOT NULL AND lock_day >= ?2 FROM person WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_int(q, 1, person);
	bind_day(q, 2, op->today);
	TRY(db_step(op, q, &row));
	*display = row ? col_text(op, q, 0) : "";
	*locked = row && col_int(q, 1) != 0;
	db_done(q);
	return ST_OK;
}

static void
read_name(struct op *op, sqlite3_stmt *q, void *item)
{
	*(const char **)item = col_text(op, q, 0);
}

enum status
store_look_home(struct op *op, int64_t person, const char ***names, size_t *n)
{
	static const char sql[] =
	    "SELECT p.display FROM household_member m JOIN household_member o"
	    " ON o.household_id = m.household_id JOIN person p ON p.id = o.person_id"
	    " WHERE m.person_id = ?1 AND m.until_day IS NULL AND o.until_day IS NULL"
	    " AND o.person_id <> ?1 ORDER BY o.id LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person);
	return db_all(op, q, read_name, sizeof(**names), names, n);
}
