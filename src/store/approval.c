/*
 * approval.c - layer 2: which decisions a second person must approve.  Called
 * by service/approval.c, and by admin/ when the catalogue is loaded.
 */
#include "store_approval.h"

#include "db.h"

static void
read_rule(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct approval_rule *)item = (struct approval_rule){
		.result = col_text(op, q, 0), .field = col_text(op, q, 1),
		.above_cents = col_int(q, 2), .name_de = col_text(op, q, 3),
		.name_en = col_text(op, q, 4), .basis = col_text(op, q, 5),
		.certain = col_int(q, 6) != 0,
	};
}

enum status
store_approval_find(struct op *op, int64_t service_id, enum result result,
                    struct approval_rule *rule)
{
	static const char sql[] =
	    "SELECT result, field, above_cents, name_de, name_en, basis, certain"
	    " FROM approval_rule WHERE service_id = ?1 AND result = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, service_id);
	bind_text(q, 2, state_name(&results, (int)result));
	return db_one(op, q, read_rule, sizeof(*rule), rule);
}

#define SERVICE_ID "(SELECT id FROM service WHERE code = ?1 AND valid_from = ?2)"

enum status
store_approval_clear(struct op *op, const char *code, const char *valid_from)
{
	static const char sql[] = "DELETE FROM approval_rule WHERE service_id = " SERVICE_ID;
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	bind_text(q, 2, valid_from);
	return db_run(op, q);
}

enum status
store_approval_put(struct op *op, const char *code, const char *valid_from,
                   const struct approval_rule *rule)
{
	static const char sql[] = "INSERT INTO approval_rule (service_id, result, field, above_cents,"
	    " name_de, name_en, basis, certain) VALUES (" SERVICE_ID ", ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	    " ON CONFLICT DO UPDATE SET (field, above_cents, name_de, name_en, basis, certain) ="
	    " (excluded.field, excluded.above_cents, excluded.name_de, excluded.name_en,"
	    " excluded.basis, excluded.certain)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	bind_text(q, 2, valid_from);
	bind_text(q, 3, rule->result);
	bind_text(q, 4, rule->field);
	if (rule->field)
		bind_int(q, 5, rule->above_cents);
	bind_text(q, 6, rule->name_de);
	bind_text(q, 7, rule->name_en);
	bind_text(q, 8, rule->basis);
	bind_int(q, 9, rule->certain);
	return db_run(op, q);
}

static void
read_field(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct approval_field *)item = (struct approval_field){
		.service = col_text(op, q, 0), .form = col_text(op, q, 1),
		.field = col_text(op, q, 2),
	};
}

enum status
store_approval_fields(struct op *op, struct approval_field **list, size_t *n)
{
	static const char sql[] =
	    "SELECT s.code, s.form, a.field FROM approval_rule a JOIN service s"
	    " ON s.id = a.service_id WHERE a.field IS NOT NULL ORDER BY s.code, a.result LIMIT 500";

	return db_all(op, db_query(op, sql), read_field, sizeof(**list), list, n);
}
