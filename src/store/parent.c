/*
 * parent.c - layer 2: whose child somebody is.  Called by service/parent.c.
 */
#include "store_parent.h"

#include "db.h"

#define RELATIVE(from, to)                                                     \
	"SELECT r.id, p.id, p.display, p.born, r.kind, r.source FROM person_parent r" \
	" JOIN person o ON o.id = r." to " JOIN person p ON p.id = coalesce(o.merged_into, o.id)" \
	" WHERE r." from " IN " LINKED_TO("?1") " AND " NOT_KEPT_PERSON("p.id")  \
	" ORDER BY p.born, r.id LIMIT 50"

static void
read_relative(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct relative *)item = (struct relative){ .row = col_int(q, 0), .id = col_int(q, 1),
	    .name = col_text(op, q, 2), .born = col_text(op, q, 3), .kind = col_text(op, q, 4),
	    .source = col_text(op, q, 5) };
}

static enum status
read_all(struct op *op, const char *sql, int64_t person, struct relative **list, size_t *n)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person);
	return db_all(op, q, read_relative, sizeof(**list), list, n);
}

enum status
store_parent_list(struct op *op, int64_t child, struct relative **list, size_t *n)
{
	static const char sql[] = RELATIVE("person_id", "parent_id");

	return read_all(op, sql, child, list, n);
}

enum status
store_child_list(struct op *op, int64_t parent, struct relative **list, size_t *n)
{
	static const char sql[] = RELATIVE("parent_id", "person_id");

	return read_all(op, sql, parent, list, n);
}

enum status
store_parent_add(struct op *op, int64_t child, int64_t parent, const char *kind,
                 const char *source)
{
	static const char sql[] = "INSERT INTO person_parent (person_id, parent_id, kind, source)"
	                          " VALUES (?1, ?2, ?3, ?4)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, child);
	bind_int(q, 2, parent);
	bind_text(q, 3, kind);
	bind_text(q, 4, source);
	op_touch(op, "person", child);
	op_touch(op, "person", parent);
	return db_run(op, q);
}

enum status
store_parent_drop(struct op *op, const struct relative *r, int64_t child)
{
	static const char sql[] = "DELETE FROM person_parent WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, r->row);
	op_touch(op, "person", child);
	op_touch(op, "person", r->id);
	return db_run(op, q);
}
