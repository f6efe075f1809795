/*
 * slip.c - layer 2: texts of what people take home.  Called by service/slip.c
 * and admin/texts.c.
 */
#include "store_slip.h"

#include "db.h"

static void
read_language(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct slip_language *)item = (struct slip_language){ col_text(op, q, 0),
	    col_text(op, q, 1), col_int(q, 2) != 0, col_int(q, 3) != 0 };
}

enum status
store_slip_languages(struct op *op, struct slip_language **list, size_t *n)
{
	static const char sql[] =
	    "SELECT code, name, rtl, checked FROM slip_language"
	    " ORDER BY CASE code WHEN 'de' THEN 0 WHEN 'en' THEN 1 ELSE 2 END, code LIMIT 500";

	return db_all(op, db_query(op, sql), read_language, sizeof(**list), list, n);
}

static void
read_text(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct slip_text *)item = (struct slip_text){ col_text(op, q, 0), col_text(op, q, 1) };
}

enum status
store_slip_texts(struct op *op, const char *language, struct slip_text **list, size_t *n)
{
	static const char sql[] =
	    "SELECT key, text FROM slip_text WHERE language = ?1 ORDER BY key LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, language);
	return db_all(op, q, read_text, sizeof(**list), list, n);
}

enum status
store_slip_name(struct op *op, const char *language, const char *de, const char **text)
{
	static const char sql[] = "SELECT text FROM slip_name WHERE language = ?1 AND de = ?2";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, language);
	bind_text(q, 2, de);
	TRY(db_step(op, q, &row));
	*text = row ? col_text(op, q, 0) : NULL;
	db_done(q);
	return ST_OK;
}

/* ---- loading ---- */

enum status
store_slip_clear(struct op *op)
{
	TRY(db_run(op, db_query(op, "DELETE FROM slip_name")));
	TRY(db_run(op, db_query(op, "DELETE FROM slip_text")));
	return db_run(op, db_query(op, "DELETE FROM slip_language"));
}

enum status
store_slip_language_put(struct op *op, const struct slip_language *l, bool *fresh)
{
	static const char sql[] = "INSERT INTO slip_language (code, name, rtl, checked)"
	                          " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING RETURNING 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, l->code);
	bind_text(q, 2, l->name);
	bind_int(q, 3, l->rtl);
	bind_int(q, 4, l->checked);
	return db_any(op, q, fresh);
}

enum status
store_slip_text_put(struct op *op, const char *language, const char *key, const char *text)
{
	static const char sql[] = "INSERT INTO slip_text (language, key, text) VALUES (?1, ?2, ?3)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, language);
	bind_text(q, 2, key);
	bind_text(q, 3, text);
	return db_run(op, q);
}

enum status
store_slip_name_put(struct op *op, const char *language, const char *de, const char *text,
                    bool *fresh)
{
	static const char sql[] = "INSERT INTO slip_name (language, de, text) VALUES (?1, ?2, ?3)"
	                          " ON CONFLICT DO NOTHING RETURNING 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, language);
	bind_text(q, 2, de);
	bind_text(q, 3, text);
	return db_any(op, q, fresh);
}

static void
read_word(struct op *op, sqlite3_stmt *q, void *item)
{
	*(const char **)item = col_text(op, q, 0);
}

enum status
store_slip_unworded(struct op *op, const char *language, const char ***papers, size_t *n)
{
	static const char sql[] =
	    "SELECT DISTINCT name_de FROM checklist_item WHERE name_de NOT IN"
	    " (SELECT de FROM slip_name WHERE language = ?1) ORDER BY 1 LIMIT 2000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, language);
	return db_all(op, q, read_word, sizeof(**papers), papers, n);
}
