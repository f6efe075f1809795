/*
 * catalogue.c - layer 2: reading the facts that were loaded as data.  Called
 * by service/.  Every name comes in the language of the op.
 */
#include "store_catalogue.h"

#include "db.h"

/* Which of two neighbouring columns, German then English, the op reads. */
static const char *
col_name(struct op *op, sqlite3_stmt *q, int german)
{
	return col_text(op, q, op->lang == LANG_DE ? german : german + 1);
}

/* ---- units, sites, counters ---- */

#define UNIT_COLUMNS                                                           \
	"SELECT code, name_de, name_en, front, closed, figures_only FROM unit WHERE active = 1 "

static void
read_unit(struct op *op, sqlite3_stmt *q, void *item)
{
	struct unit *u = item;

	*u = (struct unit){ .code = col_text(op, q, 0), .name = col_name(op, q, 1),
	    .front = col_int(q, 3) != 0, .closed = col_int(q, 4) != 0,
	    .figures_only = col_int(q, 5) != 0 };
}

enum status
store_unit_list(struct op *op, struct unit **list, size_t *n)
{
	static const char sql[] = UNIT_COLUMNS "ORDER BY position, code LIMIT 100";

	return db_all(op, db_query(op, sql), read_unit, sizeof(**list), list, n);
}

enum status
store_code_known(struct op *op, enum code_kind kind, const char *code, bool *known)
{
	static const char *const sql[CODE_KINDS] = {
		[CODE_UNIT] = "SELECT 1 FROM unit WHERE code = ?1",
		[CODE_SERVICE] = "SELECT 1 FROM service WHERE code = ?1 LIMIT 1",
		[CODE_RECEIVER] = ("SELECT 1 FROM unit WHERE code = ?1"
		                   " UNION SELECT 1 FROM body WHERE code = ?1"),
		[CODE_BASIS] = "SELECT 1 FROM basis WHERE code = ?1",
	};
	sqlite3_stmt *q = db_query(op, sql[kind]);

	bind_text(q, 1, code);
	return db_any(op, q, known);
}

enum status
store_unit_find(struct op *op, const char *code, struct unit *unit)
{
	static const char sql[] = UNIT_COLUMNS "AND code = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	TRY(db_one(op, q, read_unit, sizeof(*unit), unit));
	if (unit->code)
		return ST_OK;
	return op_fail_field(op, ST_NOT_FOUND, "unit",
	    _("There is no unit \"%s\". `tresen catalogue show` lists them."), code);
}

static void
read_site(struct op *op, sqlite3_stmt *q, void *item)
{
	struct site *s = item;

	*s = (struct site){ .code = col_text(op, q, 0), .name = col_name(op, q, 1) };
}

enum status
store_site_list(struct op *op, struct site **list, size_t *n)
{
	static const char sql[] =
	    "SELECT code, name_de, name_en FROM site ORDER BY position, code LIMIT 500";

	return db_all(op, db_query(op, sql), read_site, sizeof(**list), list, n);
}

static void
read_counter(struct op *op, sqlite3_stmt *q, void *item)
{
	struct counter *c = item;

	*c = (struct counter){ .code = col_text(op, q, 0), .site = col_text(op, q, 1),
	    .name = col_name(op, q, 2) };
}

enum status
store_counter_list(struct op *op, const char *site, struct counter **list, size_t *n)
{
	static const char sql[] =
	    "SELECT code, site, name_de, name_en FROM counter WHERE ?1 IS NULL OR site = ?1"
	    " ORDER BY site, position, code LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, site);
	return db_all(op, q, read_counter, sizeof(**list), list, n);
}

/* ---- services and their papers ---- */

#define SERVICE_COLUMNS                                                        \
	"SELECT s.id, s.code, s.name_de, s.name_en, s.unit, u.name_de, u.name_en, s.lane," \
	" s.letter, s.basis, s.target_minutes, s.target_days, s.checklist, s.form" \
	" FROM service s JOIN unit u ON u.code = s.unit "
#define SERVICE_VALID                                                          \
	"u.active = 1 AND s.valid_from <= ?1 AND (s.valid_to IS NULL OR s.valid_to >= ?1) "

static void
read_service(struct op *op, sqlite3_stmt *q, void *item)
{
	struct service *s = item;

	*s = (struct service){
		.id = col_int(q, 0), .code = col_text(op, q, 1), .name = col_name(op, q, 2),
		.unit = col_text(op, q, 4), .unit_name = col_name(op, q, 5),
		.lane = col_text(op, q, 7), .letter = col_text(op, q, 8),
		.basis = col_text(op, q, 9), .target_minutes = (int)col_int(q, 10),
		.target_days = (int)col_int(q, 11), .checklist = col_text(op, q, 12),
		.form = col_text(op, q, 13),
	};
}

enum status
store_service_list(struct op *op, struct service **list, size_t *n)
{
	static const char sql[] =
	    SERVICE_COLUMNS "WHERE " SERVICE_VALID "ORDER BY s.position, s.code LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, op->today);
	return db_all(op, q, read_service, sizeof(**list), list, n);
}

enum status
store_service_find(struct op *op, const char *code, struct service *service)
{
	static const char sql[] = SERVICE_COLUMNS "WHERE " SERVICE_VALID
	    "AND s.code = ?2 ORDER BY s.valid_from DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, op->today);
	bind_text(q, 2, code);
	return db_one(op, q, read_service, sizeof(*service), service);
}

enum status
store_service_by_id(struct op *op, int64_t id, struct service *service)
{
	static const char sql[] = SERVICE_COLUMNS "WHERE s.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	TRY(db_one(op, q, read_service, sizeof(*service), service));
	invariant(service->id);
	return ST_OK;
}

#define PAPER_COLUMNS "SELECT key, name_de, name_en, required FROM checklist_item "

static void
read_paper(struct op *op, sqlite3_stmt *q, void *item)
{
	struct paper *p = item;

	*p = (struct paper){ .key = col_text(op, q, 0), .name = col_name(op, q, 1),
	    .name_de = col_text(op, q, 1), .name_en = col_text(op, q, 2),
	    .required = col_int(q, 3) != 0 };
}

enum status
store_checklist(struct op *op, const char *checklist, struct paper **list, size_t *n)
{
	static const char sql[] =
	    PAPER_COLUMNS "WHERE checklist = ?1 ORDER BY position, key LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, checklist);
	return db_all(op, q, read_paper, sizeof(**list), list, n);
}

enum status
store_paper_find(struct op *op, const char *checklist, const char *key, struct paper *paper)
{
	static const char sql[] =
	    PAPER_COLUMNS "WHERE key = ?1 ORDER BY checklist IS NOT ?2, checklist LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, key);
	bind_text(q, 2, checklist);
	return db_one(op, q, read_paper, sizeof(*paper), paper);
}

/* ---- lanes, holidays, code lists ---- */

#define LANE_COLUMNS "SELECT code, name_de, name_en, bonus_minutes, quota FROM lane "

static void
read_lane(struct op *op, sqlite3_stmt *q, void *item)
{
	struct lane *l = item;

	*l = (struct lane){ .code = col_text(op, q, 0), .name = col_name(op, q, 1),
	    .bonus_minutes = (int)col_int(q, 3), .quota = (int)col_int(q, 4) };
}

enum status
store_lane_list(struct op *op, struct lane **list, size_t *n)
{
	static const char sql[] = LANE_COLUMNS "ORDER BY position, code LIMIT 100";

	return db_all(op, db_query(op, sql), read_lane, sizeof(**list), list, n);
}

enum status
store_lane_find(struct op *op, const char *code, struct lane *lane)
{
	static const char sql[] = LANE_COLUMNS "WHERE code = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	TRY(db_one(op, q, read_lane, sizeof(*lane), lane));
	if (lane->code)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "lane",
	    _("There is no lane \"%s\". `tresen catalogue show` lists them."), code);
}

static void
read_holiday(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int *)item = col_day(q, 0);
}

enum status
store_holidays(struct op *op, int from, int **days, size_t *n)
{
	static const char sql[] = "SELECT day FROM holiday WHERE day >= ?1 ORDER BY day LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, from);
	return db_all(op, q, read_holiday, sizeof(**days), days, n);
}

static void
read_code(struct op *op, sqlite3_stmt *q, void *item)
{
	struct code *c = item;

	*c = (struct code){ .code = col_text(op, q, 0), .name = col_name(op, q, 1) };
}

enum status
store_code_list(struct op *op, const char *list_name, struct code **list, size_t *n)
{
	static const char sql[] =
	    "SELECT code, name_de, name_en FROM code WHERE list = ?1"
	    " ORDER BY position, code LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, list_name);
	return db_all(op, q, read_code, sizeof(**list), list, n);
}

static void
read_named(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct code *)item = (struct code){ .code = col_text(op, q, 0), .name = col_text(op, q, 1) };
}

/* In the order of the index; what no plain letter begins stands behind them. */
#define BEGUN(name)                                                            \
	"SELECT code, " name " FROM code WHERE list = ?1"                      \
	" AND " name " COLLATE NOCASE >= ?2 AND " name " COLLATE NOCASE < ?3"  \
	" UNION ALL SELECT code, " name " FROM code WHERE list = ?1"           \
	" AND " name " COLLATE NOCASE >= char(128)"

enum status
store_code_begun(struct op *op, const char *list_name, char letter, struct code **list, size_t *n)
{
	static const char sql[] = BEGUN("name_de") " UNION ALL " BEGUN("name_en") " LIMIT 1000";
	int small = letter | 32;
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, list_name);
	bind_text(q, 2, arena_printf(op->mem, "%c", small));
	bind_text(q, 3, arena_printf(op->mem, "%c", small + 1));
	return db_all(op, q, read_named, sizeof(**list), list, n);
}

enum status
store_code_name(struct op *op, const char *list_name, const char *code, const char **name)
{
	static const char sql[] =
	    "SELECT code, name_de, name_en FROM code WHERE list = ?1 AND code = ?2";
	sqlite3_stmt *q = db_query(op, sql);
	struct code c;

	bind_text(q, 1, list_name);
	bind_text(q, 2, code);
	TRY(db_one(op, q, read_code, sizeof(c), &c));
	*name = c.name;
	return ST_OK;
}
