/*
 * consent.c - layer 2: why something may be told (the catalogue's bases), what
 * people consent to, and who has.  Called by service/disclosure.c and admin/.
 */
#include "store_disclosure.h"

#include "sealed.h"

/* ---- bases ---- */

enum status
store_basis_clear(struct op *op)
{
	static const char sql[] = "DELETE FROM basis";

	return db_run(op, db_query(op, sql));
}

enum status
store_basis_put(struct op *op, const struct basis_row *row, bool *fresh)
{
	static const char sql[] = "INSERT INTO basis VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	                          " ON CONFLICT DO NOTHING RETURNING 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, row->code);
	bind_int(q, 2, row->position);
	bind_text(q, 3, row->name_de);
	bind_text(q, 4, row->name_en);
	bind_text(q, 5, row->cite);
	bind_int(q, 6, row->consent);
	return db_any(op, q, fresh);
}

static void
read_basis(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct basis *)item = (struct basis){ col_text(op, q, 0),
	    col_text(op, q, op->lang == LANG_DE ? 1 : 2), col_text(op, q, 3), col_int(q, 4) != 0 };
}

enum status
store_basis_list(struct op *op, struct basis **list, size_t *n)
{
	static const char sql[] =
	    "SELECT code, name_de, name_en, cite, consent FROM basis ORDER BY position LIMIT 200";

	return db_all(op, db_query(op, sql), read_basis, sizeof(**list), list, n);
}

/* ---- texts ---- */

static void
read_text(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct consent_text *)item = (struct consent_text){ (int)col_int(q, 0),
	    col_text(op, q, 1), col_text(op, q, 2) };
}

enum status
store_consent_text_put(struct op *op, int version, const char *language, const char *text,
                       bool *same)
{
	static const char sql[] = "INSERT INTO consent_text VALUES (?1, ?2, ?3)"
	                          " ON CONFLICT DO NOTHING";
	static const char look[] =
	    "SELECT 1 FROM consent_text WHERE version = ?1 AND language = ?2 AND text = ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, version);
	bind_text(q, 2, language);
	bind_text(q, 3, text);
	TRY(db_run(op, q));
	q = db_query(op, look);
	bind_int(q, 1, version);
	bind_text(q, 2, language);
	bind_text(q, 3, text);
	return db_any(op, q, same);
}

enum status
store_consent_text_find(struct op *op, const char *language, struct consent_text *t)
{
	static const char sql[] =
	    "SELECT version, language, text FROM consent_text WHERE language IN (?1, 'de')"
	    " AND version = (SELECT max(version) FROM consent_text) ORDER BY language <> ?1 LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	*t = (struct consent_text){ 0 };
	bind_text(q, 1, language);
	return db_one(op, q, read_text, t, &found);
}

/* ---- consents ---- */

static struct seal_place
scope_place(struct op *op, int64_t id)
{
	return (struct seal_place){ "consent", "scope", place_key(op, id) };
}

enum status
store_consent_add(struct op *op, struct consent *c)
{
	static const char next[] = "SELECT coalesce(max(id), 0) + 1 FROM consent";
	static const char sql[] =
	    "INSERT INTO consent (id, person_id, unit, to_unit, scope, version, language, given_day,"
	    " until_day, given_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
	struct seal_place at;
	sqlite3_stmt *q;

	TRY(db_number(op, db_query(op, next), &c->id));
	at = scope_place(op, c->id);
	q = db_query(op, sql);
	bind_int(q, 1, c->id);
	bind_int(q, 2, c->person_id);
	bind_text(q, 3, op->by->unit);
	bind_text(q, 4, c->to);
	bind_text(q, 5, text_shut(op, writes_entrusted(op), &at, c->scope));
	bind_int(q, 6, c->version);
	bind_text(q, 7, c->language);
	bind_day(q, 8, op->today);
	bind_day(q, 9, c->until_day);
	bind_int(q, 10, op->by->id);
	op_touch(op, "consent", c->id);
	return db_run(op, q);
}

#define CONSENT_COLUMNS                                                        \
	"SELECT c.id, p.id, c.unit, c.to_unit, u.name_de, u.name_en, c.scope, c.version," \
	" c.language, t.text, c.given_day, c.until_day, w.name, c.ended_at FROM consent c" \
	" JOIN person r ON r.id = c.person_id JOIN person p ON p.id = coalesce(r.merged_into, r.id)" \
	" JOIN unit u ON u.code = c.to_unit JOIN staff w ON w.id = c.given_by" \
	" LEFT JOIN consent_text t ON t.version = c.version AND t.language = c.language "

static void
read_consent(struct op *op, sqlite3_stmt *q, void *item)
{
	const struct seal_place at = scope_place(op, col_int(q, 0));
	struct consent *c = item;

	*c = (struct consent){
		.id = col_int(q, 0), .person_id = col_int(q, 1), .unit = col_text(op, q, 2),
		.to = col_text(op, q, 3), .to_name = col_text(op, q, op->lang == LANG_DE ? 4 : 5),
		.scope = text_open(op, &at, col_text(op, q, 6)), .version = (int)col_int(q, 7),
		.language = col_text(op, q, 8), .text = col_text(op, q, 9),
		.given_day = col_day(q, 10), .until_day = col_day(q, 11),
		.given_by_name = col_text(op, q, 12), .ended_at = col_int(q, 13),
	};
	c->holds = !c->ended_at && (c->until_day == DAY_NONE || c->until_day >= op->today);
}

enum status
store_consent_find(struct op *op, int64_t id, struct consent *c)
{
	static const char sql[] = CONSENT_COLUMNS "WHERE c.id = ?1 AND c.unit = ?2";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	*c = (struct consent){ 0 };
	bind_int(q, 1, id);
	bind_text(q, 2, op->by->unit);
	return db_one(op, q, read_consent, c, &found);
}

enum status
store_consent_end(struct op *op, int64_t id)
{
	static const char sql[] = "UPDATE consent SET ended_at = ?2, ended_by = ?3 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, op->now);
	bind_int(q, 3, op->by->id);
	op_touch(op, "consent", id);
	return db_run(op, q);
}

enum status
store_consent_list(struct op *op, int64_t person_id, struct consent **list, size_t *n)
{
	static const char sql[] =
	    CONSENT_COLUMNS "WHERE p.id = ?1 AND c.unit = ?2 ORDER BY c.id DESC LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_text(q, 2, op->by->unit);
	return db_all(op, q, read_consent, sizeof(**list), list, n);
}
