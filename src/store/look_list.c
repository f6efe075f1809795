/*
 * look_list.c - layer 2: who saw whom, read from the events.  Called by
 * command/look.c and command/person_export.c.
 */
#include "store_look.h"

#include "db.h"

#define LOOK_COLUMNS                                                           \
	"SELECT e.seq, e.at, o.kind, e.command, e.terminal,"                   \
	" CASE o.kind WHEN 'look' THEN e.reason END, s.id, s.login, s.name, e.unit, u.name_de," \
	" u.name_en, s.role, p.id, p.display, p.born,"                         \
	" (SELECT group_concat(w.kind, ' ') FROM looked w WHERE w.staff_id = e.staff_id" \
	"  AND w.kind GLOB 'watch.*' AND w.at = e.at AND w.seq = e.seq AND w.person_id = p.id)," \
	" u.closed"
#define LOOK_KINDS                                                             \
	"'look', 'refused', CASE WHEN ?9 THEN 'hit' ELSE 'look' END,"          \
	" CASE WHEN ?11 THEN 'seen' ELSE 'look' END"
#define LOOK_JOINS                                                             \
	" JOIN staff s ON s.id = e.staff_id LEFT JOIN unit u ON u.code = e.unit" \
	" JOIN person p ON p.id = "
#define LOOK_FILTER                                                            \
	" AND e.at >= ?2 AND e.at < ?3 AND (?4 IS NULL OR e.unit = ?4)"        \
	" AND (?5 IS NULL OR u.closed IS NOT 1 OR e.unit = ?5)"                \
	" AND (?6 = 0 OR e.seq < ?6 OR (e.seq = ?6 AND p.id > ?10))"           \
	" ORDER BY e.seq DESC, p.id LIMIT ?7"

static void
read_look(struct op *op, sqlite3_stmt *q, void *item)
{
	struct look_row *l = item;
	const char *signs = col_text(op, q, 16);

	*l = (struct look_row){
		.seq = col_int(q, 0), .at = col_int(q, 1), .kind = col_text(op, q, 2),
		.command = col_text(op, q, 3), .terminal = col_text(op, q, 4),
		.purpose = col_text(op, q, 5), .staff_id = col_int(q, 6),
		.login = col_text(op, q, 7), .name = col_text(op, q, 8),
		.unit = col_text(op, q, 9),
		.unit_name = col_text(op, q, op->lang == LANG_DE ? 10 : 11),
		.person_id = col_int(q, 13), .person_name = col_text(op, q, 14),
		.person_born = col_text(op, q, 15), .signs = signs ? signs : "",
		.closed = col_int(q, 17) != 0,
	};
	if (!role_by_name(col_text(op, q, 12), &l->role))
		bug("role of %s", l->login);
}

/* Of one person by the person, else by who looked: each has its own index. */
enum status
store_look_list(struct op *op, const struct look_filter *f, struct look_row **list, size_t *n)
{
	static const char of_person[] =
	    LOOK_COLUMNS " FROM event_object o JOIN event e ON e.seq = o.seq" LOOK_JOINS "o.id"
	    " WHERE o.id IN " LINKED_TO("?1") " AND (?8 = 0 OR e.staff_id = ?8)"
	    " AND o.kind IN (" LOOK_KINDS ")"
	    LOOK_FILTER;
	static const char of_staff[] =
	    LOOK_COLUMNS " FROM looked o JOIN event e ON e.seq = o.seq" LOOK_JOINS "o.person_id"
	    " WHERE o.staff_id = ?8 AND o.at >= ?2 AND o.at < ?3"
	    " AND o.kind IN (" LOOK_KINDS ")"
	    LOOK_FILTER;
	sqlite3_stmt *q = db_query(op, f->person_id ? of_person : of_staff);

	bind_int(q, 1, f->person_id);
	bind_int(q, 2, f->from);
	bind_int(q, 3, f->until);
	bind_text(q, 4, f->unit);
	bind_text(q, 5, f->reader);
	bind_int(q, 6, f->after);
	bind_int(q, 7, f->limit);
	bind_int(q, 8, f->staff_id);
	bind_int(q, 9, f->hits);
	bind_int(q, 10, f->after_person);
	bind_int(q, 11, f->changes);
	return db_all(op, q, read_look, sizeof(**list), list, n);
}

/* ---- what is unusual ---- */

/* A sign that counts is noted once its number is reached; the others with each
 * file: they are told of from their number on. */
#define SIGN_COUNTS "sign.kind IN ('watch.hour', 'watch.day', 'watch.lists', 'watch.stop'," \
	" 'watch.stop_lists')"

static void
read_unusual(struct op *op, sqlite3_stmt *q, void *item)
{
	struct unusual *u = item;

	*u = (struct unusual){
		.staff_id = col_int(q, 0), .login = col_text(op, q, 1), .name = col_text(op, q, 2),
		.unit = col_text(op, q, 3),
		.unit_name = col_text(op, q, op->lang == LANG_DE ? 4 : 5),
		.sign = watch_by_kind(col_text(op, q, 7)), .last_at = col_int(q, 8),
		.files = col_int(q, 9), .looks = col_int(q, 10),
	};
	if (!role_by_name(col_text(op, q, 6), &u->role))
		bug("role of %s", u->login);
}

static enum status
unusual_of_day(struct op *op, int64_t staff_id, int day, struct unusual **list, size_t *n)
{
	static const char sql[] =
	    "SELECT s.id, s.login, s.name, s.unit, u.name_de, u.name_en, s.role, sign.kind,"
	    " max(l.at), count(DISTINCT l.person_id), (SELECT count(DISTINCT f.person_id)"
	    "  FROM looked f WHERE f.staff_id = s.id AND f.kind = 'look' AND f.at >= ?2 AND f.at < ?3)"
	    " FROM staff s JOIN unit u ON u.code = s.unit"
	    " CROSS JOIN (SELECT column1 AS kind FROM (VALUES ('')"
#define X(id, name, label) ", ('watch." name "')"
	    WATCH_LIST(X)
#undef X
	    ")) sign CROSS JOIN looked l ON l.staff_id = s.id AND l.kind = sign.kind AND l.at >= ?2"
	    " AND l.at < ?3"
	    " LEFT JOIN watch w ON w.role = s.role AND 'watch.' || w.sign = sign.kind"
	    " WHERE (?1 = 0 OR s.id = ?1) GROUP BY s.id, sign.kind"
	    " HAVING " SIGN_COUNTS " OR count(DISTINCT l.person_id) >= coalesce(max(w.most), 1)"
	    " ORDER BY max(l.at) DESC, s.id, sign.kind LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, staff_id);
	bind_int(q, 2, clock_midnight(day));
	bind_int(q, 3, clock_midnight(day + 1));
	TRY(db_all(op, q, read_unusual, sizeof(**list), list, n));
	for (size_t i = 0; i < *n; i++)
		(*list)[i].day = day;
	return ST_OK;
}

enum status
store_look_unusual(struct op *op, int64_t staff_id, int from, int until, struct unusual **list,
                   size_t *n)
{
	struct list all = { .size = sizeof(struct unusual) };

	for (int day = until; day >= from; day--) {
		struct unusual *of_day;
		size_t n_day;

		TRY(unusual_of_day(op, staff_id, day, &of_day, &n_day));
		for (size_t i = 0; i < n_day; i++)
			*(struct unusual *)list_add(op->mem, &all) = of_day[i];
	}
	*list = all.items;
	*n = all.n;
	return ST_OK;
}
