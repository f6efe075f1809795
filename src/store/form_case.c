/*
 * form_case.c - layer 2: which version of a form cases have, and how its fields
 * are used.  Called by service/ and tresen-admin.  Counts, never people.
 */
#include <stdlib.h>

#include "sealed.h"
#include "store_form.h"

static void
read_use(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct form_use *)item = (struct form_use){
		.version = (int)col_int(q, 0), .field = col_text(op, q, 1), .count = col_int(q, 2),
	};
}

enum status
store_form_usage(struct op *op, const char *key, struct form_use **list, size_t *n)
{
	static const char sql[] =
	    "SELECT c.form_version, NULL, count(*) FROM case_file c"
	    " JOIN service s ON s.id = c.service_id WHERE s.form = ?1 AND c.form_version > 0"
	    " GROUP BY 1 UNION ALL"
	    " SELECT c.form_version, a.field, count(*) FROM case_answer a"
	    " JOIN case_file c ON c.id = a.case_id JOIN service s ON s.id = c.service_id"
	    " WHERE s.form = ?1 AND a.value <> '' AND a.field >= ' ' AND c.form_version > 0"
	    " GROUP BY 1, 2"
	    " ORDER BY 1, 2 LIMIT 20000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, key);
	return db_all(op, q, read_use, sizeof(**list), list, n);
}

static void
read_form_case(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(struct form_case *)item = (struct form_case){ col_int(q, 0), (int)col_int(q, 1) };
}

enum status
store_form_cases(struct op *op, const char *key, int before, int64_t after, int limit,
                 struct form_case **list, size_t *n)
{
	static const char sql[] =
	    "SELECT c.id, c.form_version FROM case_file c JOIN service s ON s.id = c.service_id"
	    " JOIN unit u ON u.code = c.unit"
	    " WHERE s.form = ?1 AND (?5 OR u.closed = 0) AND c.form_version > 0"
	    " AND c.form_version < ?2 AND c.id > ?3 AND c.decided_day IS NULL"
	    " ORDER BY c.id LIMIT ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, key);
	bind_int(q, 2, before);
	bind_int(q, 3, after);
	bind_int(q, 4, limit);
	/* answers that nobody can open here would be lost on the way */
	bind_int(q, 5, op->db->seal != NULL);
	return db_all(op, q, read_form_case, sizeof(**list), list, n);
}

enum status
store_case_move_form(struct op *op, int64_t case_id, int from, int to)
{
	static const char sql[] = "UPDATE case_file SET form_version = ?2 WHERE id = ?1";
	static const char note[] =
	    "INSERT INTO case_form_move (case_id, to_version, from_version, at)"
	    " VALUES (?1, ?2, ?3, ?4)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_int(q, 2, to);
	TRY(db_run(op, q));
	q = db_query(op, note);
	bind_int(q, 1, case_id);
	bind_int(q, 2, to);
	bind_int(q, 3, from);
	bind_int(q, 4, op->now);
	return db_run(op, q);
}

enum status
store_case_came_from(struct op *op, int64_t case_id, int version, int *from)
{
	static const char sql[] =
	    "SELECT from_version FROM case_form_move WHERE case_id = ?1 AND to_version = ?2";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t number;

	bind_int(q, 1, case_id);
	bind_int(q, 2, version);
	TRY(db_number(op, q, &number));
	*from = (int)number;
	return ST_OK;
}

/* ---- reasons why a warning was not heeded ---- */

static void
read_warning(struct op *op, sqlite3_stmt *q, void *item)
{
	const char *parts[BOX_PARTS];
	struct case_warning *w = item;

	*w = (struct case_warning){ col_text(op, q, 0), col_text(op, q, 1), col_text(op, q, 2) };
	if (box_open(op, &warning_box, col_int(q, 3), w->path, w->reason, parts))
		*w = (struct case_warning){ parts[0], parts[1], parts[2] };
}

static int
by_path(const void *a, const void *b)
{
	const struct case_warning *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : strcmp(x->rule, y->rule);
}

enum status
store_warning_list(struct op *op, int64_t case_id, struct case_warning **list, size_t *n)
{
	static const char sql[] = "SELECT path, rule, reason, case_id FROM case_warning"
	                          " WHERE case_id = ?1 ORDER BY path, rule LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);
	size_t all;

	*n = 0;
	bind_int(q, 1, case_id);
	TRY(db_all(op, q, read_warning, sizeof(**list), list, &all));
	for (size_t i = 0; i < all; i++)
		if (!seal_is((*list)[i].path))
			(*list)[(*n)++] = (*list)[i];
	if (*n > 1)
		qsort(*list, *n, sizeof(**list), by_path);
	return ST_OK;
}

static enum status
has_warning(struct op *op, int64_t case_id, const struct case_warning *w, bool *same)
{
	struct case_warning *list;
	size_t n;

	*same = false;
	TRY(store_warning_list(op, case_id, &list, &n));
	for (size_t i = 0; i < n; i++)
		*same |= strcmp(list[i].path, w->path) == 0 && strcmp(list[i].rule, w->rule) == 0 &&
		    strcmp(list[i].reason, w->reason) == 0;
	return ST_OK;
}

static enum status
drop_warning(struct op *op, int64_t case_id, const struct case_warning *w)
{
	static const char sql[] =
	    "DELETE FROM case_warning WHERE case_id = ?1 AND path = ?2 AND rule = ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, w->path);
	bind_text(q, 3, w->rule);
	return db_run(op, q);
}

static enum status
write_warning(struct op *op, int64_t case_id, const struct case_warning *w)
{
	static const char sql[] =
	    "INSERT INTO case_warning (case_id, path, rule, reason, at, staff_id)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE"
	    " SET (reason, at, staff_id) = (?4, ?5, ?6) WHERE reason <> ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, w->path);
	bind_text(q, 3, w->rule);
	bind_text(q, 4, w->reason);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	return db_run(op, q);
}

enum status
store_warning_put(struct op *op, int64_t case_id, const struct case_warning *w)
{
	const char *parts[] = { w->path, w->rule, w->reason };
	struct case_warning shut = { .rule = "" };
	bool entrusted, same;

	TRY(case_entrusted(op, case_id, &entrusted));
	if (!entrusted || !op->db->seal)
		return write_warning(op, case_id, w);
	TRY(has_warning(op, case_id, w, &same));
	if (same)
		return ST_OK; /* who said it first stays */
	TRY(drop_warning(op, case_id, w));
	shut.path = box_name(op, &warning_box, case_id,
	    arena_printf(op->mem, "%s\n%s", w->path, w->rule));
	shut.reason = box_shut(op, &warning_box, case_id, shut.path, parts);
	return write_warning(op, case_id, &shut);
}
