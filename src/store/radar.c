/*
 * radar.c - layer 2: what ends soon, over terms and papers.  Called by
 * service/radar.c.  A page is one range of an index for each kind the reader
 * may see, merged: the right to see a row is the kind in the range.
 */
#include "store_radar.h"

#include <stdlib.h>

#include "db.h"

/* ---- kinds ---- */

static void
read_kind(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;

	*(struct radar_kind *)item = (struct radar_kind){
		.kind = col_text(op, q, 0), .name = col_text(op, q, 1 + en),
		.document = col_int(q, 3) != 0, .unit = col_text(op, q, 4),
		.unit_name = col_text(op, q, 5 + en), .stages = col_text(op, q, 7),
		.replaces = col_text(op, q, 8), .service = col_text(op, q, 9),
		.service_name = col_text(op, q, 10 + en),
	};
}

enum status
store_radar_kinds(struct op *op, const char *reader, struct radar_kind **list, size_t *n)
{
	static const char sql[] =
	    "SELECT k.kind, k.name_de, k.name_en, k.source = 'document', k.unit, u.name_de,"
	    " u.name_en, k.stages, k.replaces, v.code, v.name_de, v.name_en FROM radar_kind k"
	    " JOIN unit u ON u.code = k.unit AND u.active = 1"
	    " LEFT JOIN service v ON v.id = (SELECT w.id FROM radar_service r"
	    "  JOIN service w ON w.code = r.service WHERE r.kind = k.kind AND w.valid_from <= ?2"
	    "  AND (w.valid_to IS NULL OR w.valid_to >= ?2) ORDER BY r.position LIMIT 1)"
	    " WHERE (?1 IS NULL AND u.closed = 0) OR EXISTS"
	    "  (SELECT 1 FROM radar_unit s WHERE s.kind = k.kind AND s.unit = ?1)"
	    " ORDER BY k.position LIMIT 50";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, reader);
	bind_day(q, 2, op->today);
	return db_all(op, q, read_kind, sizeof(**list), list, n);
}

enum status
store_radar_renews(struct op *op, const char *service, const char *reader, const char **kind)
{
	static const char sql[] =
	    "SELECT k.kind FROM radar_service r JOIN radar_kind k ON k.kind = r.kind"
	    " JOIN radar_unit u ON u.kind = k.kind AND u.unit = ?2"
	    " WHERE r.service = ?1 AND k.source = 'term' ORDER BY k.position LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, service);
	bind_text(q, 2, reader);
	TRY(db_step(op, q, &row));
	*kind = row ? col_text(op, q, 0) : NULL;
	db_done(q);
	return ST_OK;
}

/* ---- pages ---- */

/*
 * The newest undecided or just decided case of a service that renews it, of
 * the person or a record linked to them.  What a closed unit has opened nobody
 * else is told of.
 */
#define STARTED                                                                \
	"(SELECT f.id FROM case_file f JOIN service v ON v.id = f.service_id"  \
	"  JOIN radar_service r ON r.service = v.code AND r.kind = ?1"         \
	"  JOIN unit u ON u.code = f.unit"                                     \
	"  WHERE f.person_id IN " LINKED_TO("p.id")                            \
	"  AND f.state IN ('intake', 'open', 'in_work', 'waiting', 'proposed', 'decided')" \
	"  AND (u.closed = 0 OR f.unit = ?4) AND " NOT_KEPT_CASE("f.id")       \
	"  ORDER BY f.id DESC LIMIT 1)"
#define ROWS(table, end, status)                                               \
	" FROM " table " t JOIN person o ON o.id = t.person_id"                \
	" JOIN person p ON p.id = coalesce(o.merged_into, o.id)"               \
	" WHERE t.kind = ?1 AND t." end " BETWEEN ?2 AND ?3 AND t." end " IS NOT NULL" \
	" AND t.ended_day IS NULL AND " NOT_KEPT_PERSON("t.person_id") " "
#define PAGE(table, end, status)                                               \
	"SELECT x.id, x.ends, x.person, x.display, x.born, x.status, s.name_de, s.name_en," \
	" f.id, f.year, f.number, x.locked FROM (SELECT t.id AS id, t." end " AS ends, p.id AS person," \
	" p.display AS display, p.born AS born, p.lock_day AS locked, " status " AS status," \
	" " STARTED " AS started"                                              \
	ROWS(table, end, status)                                               \
	" AND (t." end ", t.id) > (?5, ?6) AND (" STARTED " IS NOT NULL) = ?7" \
	" ORDER BY t." end ", t.id LIMIT ?8) x"                                \
	" LEFT JOIN case_file f ON f.id = x.started"                           \
	" LEFT JOIN code s ON s.list = 'status' AND s.code = x.status ORDER BY x.ends, x.id"
/* Range and kind are an index; who they are of is not in it. */
#define COUNTED(end)                                                           \
	"t.kind = ?1 AND t." end " BETWEEN ?2 AND ?3 AND t." end " IS NOT NULL AND t.ended_day IS NULL"
#define COUNT(table, end)                                                      \
	"SELECT sum(n), sum(late) FROM (SELECT count(*) AS n, sum(t." end " < ?4) AS late"   \
	" FROM " table " t WHERE " COUNTED(end)                                \
	" UNION ALL SELECT -count(*), -sum(t." end " < ?4) FROM " table " t"    \
	" WHERE t.person_id IN " KEPT_PEOPLE " AND +" COUNTED(end) ")"

static const struct {
	const char *page, *count;
} queries[] = {
	{ PAGE("person_term", "ends_day", "t.status"), COUNT("person_term", "ends_day") },
	{ PAGE("person_document", "expires_day", "NULL"), COUNT("person_document", "expires_day") },
};

static void
read_item(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;

	*(struct radar_item *)item = (struct radar_item){
		.at = { .id = col_int(q, 0), .ends = col_day(q, 1) },
		.person_id = col_int(q, 2), .person_name = col_text(op, q, 3),
		.person_born = col_text(op, q, 4), .status = col_text(op, q, 5),
		.status_name = col_text(op, q, 6 + en), .case_id = col_int(q, 8),
		.case_year = (int)col_int(q, 9), .case_number = (int)col_int(q, 10),
		.person_locked = col_day(q, 11) >= op->today,
	};
}

/* On one day terms come before papers: where a range of theirs goes on. */
static int64_t
after_id(const struct radar_place *after, bool document)
{
	if (after->document == document)
		return after->id;
	return after->document ? INT64_MAX : 0;
}

static enum status
read_range(struct op *op, const struct radar_filter *f, const struct radar_kind *kind,
           bool started, struct list *all)
{
	sqlite3_stmt *q = db_query(op, queries[kind->document].page);
	bool goes_on = f->after.id && f->after.started == started;
	int from = goes_on && f->after.ends > f->from ? f->after.ends : f->from;
	enum status s;

	bind_text(q, 1, kind->kind);
	bind_day(q, 2, from);
	bind_day(q, 3, f->until);
	bind_text(q, 4, op->by->unit);
	bind_day(q, 5, from);
	bind_int(q, 6, goes_on ? after_id(&f->after, kind->document) : 0);
	bind_int(q, 7, started);
	bind_int(q, 8, f->limit);
	while (db_next(op, q, &s)) {
		struct radar_item *item;

		item = list_add(op->mem, all);
		read_item(op, q, item);
		item->kind = kind;
		item->at.started = started;
		item->at.document = kind->document;
	}
	return s;
}

static int
in_order(const void *a, const void *b)
{
	const struct radar_place *x = &((const struct radar_item *)a)->at;
	const struct radar_place *y = &((const struct radar_item *)b)->at;

	if (x->started != y->started)
		return x->started ? 1 : -1;
	if (x->ends != y->ends)
		return x->ends < y->ends ? -1 : 1;
	if (x->document != y->document)
		return x->document ? 1 : -1;
	return x->id < y->id ? -1 : x->id > y->id;
}

enum status
store_radar_page(struct op *op, const struct radar_filter *f, struct radar_item **list, size_t *n)
{
	struct list all = { .size = sizeof(struct radar_item) };

	for (int started = f->after.started; started < 2 && all.n < (size_t)f->limit; started++)
		for (size_t i = 0; i < f->n_kinds; i++)
			TRY(read_range(op, f, f->kinds + i, started, &all));
	if (all.n > 1)
		qsort(all.items, all.n, sizeof(struct radar_item), in_order);
	*list = all.items;
	*n = all.n < (size_t)f->limit ? all.n : (size_t)f->limit;
	return ST_OK;
}

static enum status
count_kind(struct op *op, const struct radar_filter *f, const struct radar_kind *kind,
           struct radar_counts *counts)
{
	sqlite3_stmt *q = db_query(op, queries[kind->document].count);
	bool row;

	bind_text(q, 1, kind->kind);
	bind_day(q, 2, f->from);
	bind_day(q, 3, f->until);
	bind_day(q, 4, op->today);
	TRY(db_step(op, q, &row));
	counts->all += col_int(q, 0);
	counts->ended += col_int(q, 1);
	db_done(q);
	return ST_OK;
}

static bool
is_watched(const struct radar_filter *f, const char *kind)
{
	for (size_t i = 0; i < f->n_kinds; i++)
		if (strcmp(f->kinds[i].kind, kind) == 0)
			return true;
	return false;
}

/*
 * What somebody has started, from the side of the cases, of which fewer are
 * open than items stand in the list: to ask at each item (STARTED) took 300 ms
 * in a file of 200,000 terms.  + keeps the planner at the person, whose terms
 * are few, instead of all of that kind.
 */
#define RENEWED_BY(cases)                                                      \
	"SELECT r.kind AS kind, coalesce(o.merged_into, o.id) AS id FROM case_file f " cases \
	" AND (u.closed = 0 OR f.unit = ?3) AND " NOT_KEPT_CASE("f.id")
#define JOINS                                                                  \
	" JOIN service v ON v.id = f.service_id JOIN radar_service r ON r.service = v.code" \
	" JOIN unit u ON u.code = f.unit JOIN person o ON o.id = f.person_id"
#define ITEMS(table, end)                                                      \
	"(SELECT count(*) FROM " table " t WHERE t.person_id IN " LINKED_TO("p.id") \
	" AND +t.kind = p.kind AND +t." end " BETWEEN ?1 AND ?2 AND t.ended_day IS NULL)"

static enum status
count_started(struct op *op, const struct radar_filter *f, int64_t *n)
{
	static const char sql[] =
	    "SELECT p.kind, sum(" ITEMS("person_term", "ends_day") " + "
	    ITEMS("person_document", "expires_day") ") FROM ("
	    RENEWED_BY("INDEXED BY case_by_rank" JOINS " WHERE f.decided_day IS NULL")
	    " UNION "
	    RENEWED_BY("INDEXED BY case_by_site" JOINS " WHERE f.state = 'decided'")
	    ") p GROUP BY p.kind";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	*n = 0;
	bind_day(q, 1, f->from);
	bind_day(q, 2, f->until);
	bind_text(q, 3, op->by->unit);
	while (db_next(op, q, &s))
		if (is_watched(f, col_text(op, q, 0)))
			*n += col_int(q, 1);
	return s;
}

enum status
store_radar_count(struct op *op, const struct radar_filter *f, struct radar_counts *counts)
{
	int64_t started;

	*counts = (struct radar_counts){ 0 };
	for (size_t i = 0; i < f->n_kinds; i++)
		TRY(count_kind(op, f, f->kinds + i, counts));
	TRY(count_started(op, f, &started));
	counts->nobody = counts->all - started;
	return ST_OK;
}

/* ---- loading the catalogue ---- */

static enum status
clear(struct op *op, const char *sql, const char *kind)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, kind);
	return db_run(op, q);
}

enum status
store_radar_kind_put(struct op *op, const struct radar_kind_row *row)
{
	static const char sql[] =
	    "INSERT INTO radar_kind (kind, source, unit, stages, replaces, name_de, name_en, basis,"
	    " position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE"
	    " SET (source, unit, stages, replaces, name_de, name_en, basis, position)"
	    " = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	    " WHERE (source, unit, stages, replaces, name_de, name_en, basis, position)"
	    " IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
	static const char units[] = "DELETE FROM radar_unit WHERE kind = ?1";
	static const char services[] = "DELETE FROM radar_service WHERE kind = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, row->n.code);
	bind_text(q, 2, row->source);
	bind_text(q, 3, row->unit);
	bind_text(q, 4, row->stages);
	bind_text(q, 5, row->replaces);
	bind_text(q, 6, row->n.name_de);
	bind_text(q, 7, row->n.name_en);
	bind_text(q, 8, row->basis);
	bind_int(q, 9, row->n.position);
	TRY(db_run(op, q));
	TRY(clear(op, units, row->n.code));
	return clear(op, services, row->n.code);
}

enum status
store_radar_unit_put(struct op *op, const char *kind, const char *unit)
{
	static const char sql[] = "INSERT INTO radar_unit VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, kind);
	bind_text(q, 2, unit);
	return db_run(op, q);
}

enum status
store_radar_service_put(struct op *op, const char *kind, const char *service, int position)
{
	static const char sql[] =
	    "INSERT INTO radar_service VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, kind);
	bind_text(q, 2, service);
	bind_int(q, 3, position);
	return db_run(op, q);
}
