/*
 * concern.c - layer 2: phrases, advice and fees of the services, as loaded by
 * tresen-admin.  Called by service/catalogue.c and admin/.
 */
#include "store_concern.h"

#include "db.h"

static const char *
in_language(struct op *op, sqlite3_stmt *q, int german)
{
	return col_text(op, q, op->lang == LANG_DE ? german : german + 1);
}

/* ---- reading ---- */

static void
read_phrase(struct op *op, sqlite3_stmt *q, void *item)
{
	struct phrase *p = item;

	*p = (struct phrase){ .service = col_text(op, q, 0), .words = col_text(op, q, 1),
	    .form = col_text(op, q, 2) };
}

enum status
store_phrase_list(struct op *op, struct phrase **list, size_t *n)
{
	static const char sql[] = "SELECT service, words, form FROM service_word"
	                          " ORDER BY service, language, position LIMIT 50000";

	return db_all(op, db_query(op, sql), read_phrase, sizeof(**list), list, n);
}

enum status
store_service_names(struct op *op, struct phrase **list, size_t *n)
{
	static const char sql[] = "SELECT code, name_de, NULL FROM service UNION"
	                          " SELECT code, name_en, NULL FROM service UNION"
	                          " SELECT code, code, NULL FROM service ORDER BY 1, 2 LIMIT 5000";

	return db_all(op, db_query(op, sql), read_phrase, sizeof(**list), list, n);
}

static void
read_filler(struct op *op, sqlite3_stmt *q, void *item)
{
	*(const char **)item = col_text(op, q, 0);
}

enum status
store_filler_list(struct op *op, const char ***list, size_t *n)
{
	static const char sql[] = "SELECT form FROM filler_word ORDER BY form LIMIT 5000";

	return db_all(op, db_query(op, sql), read_filler, sizeof(**list), list, n);
}

enum status
store_advice_find(struct op *op, const char *service, const char **act, const char **advice)
{
	static const char sql[] = "SELECT act, do_de, do_en FROM service_advice WHERE service = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, service);
	TRY(db_step(op, q, &row));
	*act = row ? col_text(op, q, 0) : NULL;
	*advice = row ? in_language(op, q, 1) : NULL;
	db_done(q);
	return ST_OK;
}

static void
read_fee(struct op *op, sqlite3_stmt *q, void *item)
{
	struct fee *f = item;

	*f = (struct fee){ .code = col_text(op, q, 0), .name = in_language(op, q, 1),
	    .basis = col_text(op, q, 3), .minors = col_text(op, q, 4),
	    .waiver = col_int(q, 5) != 0, .note = in_language(op, q, 6),
	    .counted = col_int(q, 8) != 0, .cents = col_int(q, 9) };
}

enum status
store_fee_list(struct op *op, const char *service, struct fee **list, size_t *n)
{
	static const char sql[] =
	    "SELECT f.code, f.name_de, f.name_en, f.basis, f.minors, f.waiver, f.note_de,"
	    " f.note_en, f.cents IS NOT NULL, f.cents"
	    " FROM service_fee s JOIN fee f ON f.code = s.fee"
	    " WHERE s.service = ?1 AND f.valid_from <= ?2"
	    " AND (f.valid_to IS NULL OR f.valid_to >= ?2) AND NOT EXISTS (SELECT 1 FROM fee later"
	    "  WHERE later.code = f.code AND later.valid_from > f.valid_from"
	    "  AND later.valid_from <= ?2)"
	    " ORDER BY f.position, f.code LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, service);
	bind_day(q, 2, op->today);
	return db_all(op, q, read_fee, sizeof(**list), list, n);
}

/* ---- loading ---- */

enum status
store_service_known(struct op *op, const char *code, bool *known)
{
	static const char sql[] = "SELECT 1 FROM service WHERE code = ?1 LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, code);
	return db_any(op, q, known);
}

enum status
store_concern_clear(struct op *op)
{
	TRY(db_run(op, db_query(op, "DELETE FROM service_advice")));
	TRY(db_run(op, db_query(op, "DELETE FROM service_word")));
	return db_run(op, db_query(op, "DELETE FROM filler_word"));
}

enum status
store_advice_put(struct op *op, const char *service, const char *act, const char *do_de,
                 const char *do_en, bool *fresh)
{
	static const char sql[] = "INSERT INTO service_advice (service, act, do_de, do_en)"
	                          " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING RETURNING 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, service);
	bind_text(q, 2, act);
	bind_text(q, 3, do_de);
	bind_text(q, 4, do_en);
	return db_any(op, q, fresh);
}

enum status
store_phrase_put(struct op *op, const struct phrase *p, const char *language, int position)
{
	static const char sql[] =
	    "INSERT INTO service_word (service, language, position, words, form)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, p->service);
	bind_text(q, 2, language);
	bind_int(q, 3, position);
	bind_text(q, 4, p->words);
	bind_text(q, 5, p->form);
	return db_run(op, q);
}

enum status
store_filler_put(struct op *op, const char *form)
{
	static const char sql[] = "INSERT INTO filler_word (form) VALUES (?1) ON CONFLICT DO NOTHING";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, form);
	return db_run(op, q);
}

enum status
store_fee_clear(struct op *op)
{
	TRY(db_run(op, db_query(op, "DELETE FROM service_fee")));
	return db_run(op, db_query(op, "DELETE FROM fee"));
}

enum status
store_fee_put(struct op *op, const struct fee_row *row, bool *fresh)
{
	static const char sql[] =
	    "INSERT INTO fee (code, valid_from, valid_to, name_de, name_en, basis, minors,"
	    " note_de, note_en, waiver, position, cents)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
	    " ON CONFLICT DO NOTHING RETURNING 1";
	const char *const texts[] = { row->code, row->valid_from, row->valid_to, row->name_de,
		row->name_en, row->basis, row->minors, row->note_de, row->note_en };
	sqlite3_stmt *q = db_query(op, sql);

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		bind_text(q, (int)i + 1, texts[i]);
	bind_int(q, 10, row->waiver);
	bind_int(q, 11, row->position);
	if (row->cents)
		bind_int(q, 12, *row->cents);
	else
		bind_text(q, 12, NULL);
	return db_any(op, q, fresh);
}

enum status
store_service_fee_put(struct op *op, const char *service, const char *fee)
{
	static const char sql[] =
	    "INSERT INTO service_fee (service, fee) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, service);
	bind_text(q, 2, fee);
	return db_run(op, q);
}
