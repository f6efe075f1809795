/*
 * catalogue_put.c - layer 2: writes the facts that come from data/catalogue.
 * Called by tresen-admin only.  Each put adds the entry or changes it to the
 * values given; an unchanged entry is not written, so that loading the same
 * catalogue twice leaves no trace in the events.
 */
#include "db.h"
#include "store_catalogue.h"

/* Every entry: ?1 code, ?2 name_de, ?3 name_en, ?4 position. */
static sqlite3_stmt *
put_query(struct op *op, const char *sql, const struct named *n)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, n->code);
	bind_text(q, 2, n->name_de);
	bind_text(q, 3, n->name_en);
	bind_int(q, 4, n->position);
	return q;
}

enum status
store_unit_put(struct op *op, const struct named *n, bool front, bool closed, bool figures_only,
               bool active)
{
	static const char sql[] =
	    "INSERT INTO unit (code, name_de, name_en, position, front, closed, figures_only,"
	    " active)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en, position, front, closed, figures_only,"
	    " active) = (?2, ?3, ?4, ?5, ?6, ?7, ?8)"
	    " WHERE (name_de, name_en, position, front, closed, figures_only, active)"
	    " IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8)";
	sqlite3_stmt *q = put_query(op, sql, n);

	bind_int(q, 5, front);
	bind_int(q, 6, closed);
	bind_int(q, 7, figures_only);
	bind_int(q, 8, active);
	return db_run(op, q);
}

enum status
store_unit_known(struct op *op, const char *code, bool *known, bool *figures_only)
{
	static const char sql[] = "SELECT figures_only FROM unit WHERE code = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	TRY(db_step(op, q, known));
	*figures_only = *known && col_int(q, 0) != 0;
	db_done(q);
	return ST_OK;
}

enum status
store_site_put(struct op *op, const struct named *n)
{
	static const char sql[] =
	    "INSERT INTO site (code, name_de, name_en, position) VALUES (?1, ?2, ?3, ?4)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en, position) = (?2, ?3, ?4)"
	    " WHERE (name_de, name_en, position) IS NOT (?2, ?3, ?4)";

	return db_run(op, put_query(op, sql, n));
}

enum status
store_counter_put(struct op *op, const struct named *n, const char *site)
{
	static const char sql[] =
	    "INSERT INTO counter (code, name_de, name_en, position, site)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en, position, site) = (?2, ?3, ?4, ?5)"
	    " WHERE (name_de, name_en, position, site) IS NOT (?2, ?3, ?4, ?5)";
	sqlite3_stmt *q = put_query(op, sql, n);

	bind_text(q, 5, site);
	return db_run(op, q);
}

#define SERVICE_VALUES(form) "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, " form ", ?14"
#define SERVICE_COLUMNS                                                                     \
	"valid_to, name_de, name_en, unit, lane, letter, target_minutes, target_days,"      \
	" basis, checklist, form, position"

/* A form that was published for it stays, where the catalogue names none. */
enum status
store_service_put(struct op *op, const struct service_row *row)
{
	static const char sql[] =
	    "INSERT INTO service (code, valid_from, " SERVICE_COLUMNS ")"
	    " VALUES (?1, ?2, " SERVICE_VALUES("?13") ")"
	    " ON CONFLICT (code, valid_from) DO UPDATE"
	    " SET (" SERVICE_COLUMNS ") = (" SERVICE_VALUES("coalesce(?13, form)") ")"
	    " WHERE (" SERVICE_COLUMNS ") IS NOT (" SERVICE_VALUES("coalesce(?13, form)") ")";
	const char *const texts[] = {
		row->code, row->valid_from, row->valid_to, row->name_de, row->name_en, row->unit,
		row->lane, row->letter,
	};
	sqlite3_stmt *q = db_query(op, sql);

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		bind_text(q, (int)i + 1, texts[i]);
	bind_id(q, 9, row->target_minutes);
	bind_id(q, 10, row->target_days);
	bind_text(q, 11, row->basis);
	bind_text(q, 12, row->checklist);
	bind_text(q, 13, row->form);
	bind_int(q, 14, row->position);
	return db_run(op, q);
}

enum status
store_service_give_form(struct op *op, const char *code, const char *form)
{
	static const char sql[] =
	    "UPDATE service SET form = ?2 WHERE code = ?1 AND form IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	bind_text(q, 2, form);
	return db_run(op, q);
}

enum status
store_service_ties(struct op *op, const char *code, struct service_ties *ties)
{
	static const char sql[] =
	    "SELECT s.form, s.unit, t.class FROM service s"
	    " LEFT JOIN retention_service t ON t.service = s.code"
	    " WHERE s.code = ?1 ORDER BY s.valid_from DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool known;

	*ties = (struct service_ties){ 0 };
	bind_text(q, 1, code);
	TRY(db_step(op, q, &known));
	if (known)
		*ties = (struct service_ties){ true, col_text(op, q, 0), col_text(op, q, 1),
			col_text(op, q, 2) };
	db_done(q);
	return ST_OK;
}

enum status
store_checklist_clear(struct op *op, const char *checklist)
{
	static const char sql[] = "DELETE FROM checklist_item WHERE checklist = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, checklist);
	return db_run(op, q);
}

enum status
store_checklist_put(struct op *op, const char *checklist, const struct named *n, bool required)
{
	static const char sql[] =
	    "INSERT INTO checklist_item (key, name_de, name_en, position, checklist, required)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en, position, required) = (?2, ?3, ?4, ?6)";
	sqlite3_stmt *q = put_query(op, sql, n);

	bind_text(q, 5, checklist);
	bind_int(q, 6, required);
	return db_run(op, q);
}

enum status
store_lane_put(struct op *op, const struct named *n, int bonus_minutes, int quota)
{
	static const char sql[] =
	    "INSERT INTO lane (code, name_de, name_en, position, bonus_minutes, quota)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en, position, bonus_minutes, quota)"
	    " = (?2, ?3, ?4, ?5, ?6)"
	    " WHERE (name_de, name_en, position, bonus_minutes, quota) IS NOT (?2, ?3, ?4, ?5, ?6)";
	sqlite3_stmt *q = put_query(op, sql, n);

	bind_int(q, 5, bonus_minutes);
	bind_id(q, 6, quota);
	return db_run(op, q);
}

enum status
store_holiday_put(struct op *op, const struct named *n)
{
	static const char sql[] =
	    "INSERT INTO holiday (day, name_de, name_en) VALUES (?1, ?2, ?3)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en) = (?2, ?3)"
	    " WHERE (name_de, name_en) IS NOT (?2, ?3)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, n->code);
	bind_text(q, 2, n->name_de);
	bind_text(q, 3, n->name_en);
	return db_run(op, q);
}

enum status
store_code_put(struct op *op, const char *list_name, const struct named *n)
{
	static const char sql[] =
	    "INSERT INTO code (code, name_de, name_en, position, list) VALUES (?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT DO UPDATE SET (name_de, name_en, position) = (?2, ?3, ?4)"
	    " WHERE (name_de, name_en, position) IS NOT (?2, ?3, ?4)";
	sqlite3_stmt *q = put_query(op, sql, n);

	bind_text(q, 5, list_name);
	return db_run(op, q);
}

enum status
store_code_keep(struct op *op, const char *list_name, const char *codes)
{
	static const char sql[] =
	    "DELETE FROM code WHERE list = ?1 AND instr(?2, ' ' || code || ' ') = 0";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, list_name);
	bind_text(q, 2, codes);
	return db_run(op, q);
}
