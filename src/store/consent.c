/*
 * consent.c - layer 2: why and to whom something may be told (bases.conf), what
 * people consent to, and who has.  Called by service/consent.c, disclosure.c and
 * admin/.
 */
#include "store_disclosure.h"

#include "receiver.h"
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

/* ---- bodies outside the office ---- */

enum status
store_body_clear(struct op *op)
{
	static const char sql[] = "DELETE FROM body";

	return db_run(op, db_query(op, sql));
}

enum status
store_body_put(struct op *op, const struct body *b, bool *fresh)
{
	static const char sql[] = "INSERT INTO body VALUES (?1, ?2, ?3, ?4)"
	                          " ON CONFLICT DO NOTHING RETURNING 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, b->code);
	bind_int(q, 2, b->position);
	bind_text(q, 3, b->name_de);
	bind_text(q, 4, b->name_en);
	return db_any(op, q, fresh);
}

static void
read_body(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct body *)item = (struct body){ .code = col_text(op, q, 0),
	    .name_de = col_text(op, q, 1), .name_en = col_text(op, q, 2),
	    .position = (int)col_int(q, 3) };
}

enum status
store_body_list(struct op *op, struct body **list, size_t *n)
{
	static const char sql[] =
	    "SELECT code, name_de, name_en, position FROM body ORDER BY position LIMIT 200";

	return db_all(op, db_query(op, sql), read_body, sizeof(**list), list, n);
}

/* ---- texts ---- */

static void
read_text(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct consent_text *)item = (struct consent_text){ .version = (int)col_int(q, 0),
	    .language = col_text(op, q, 1), .text = col_text(op, q, 2),
	    .checked = col_int(q, 3) != 0 };
}

/* Whoever reads it through later may set checked, and when it is read to people. */
enum status
store_consent_text_put(struct op *op, const struct consent_text *t, bool *same)
{
	static const char sql[] = "INSERT INTO consent_text VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	    " ON CONFLICT DO UPDATE SET (valid_from, valid_to, checked) = (?4, ?5, ?6)"
	    " WHERE text = ?3 RETURNING 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, t->version);
	bind_text(q, 2, t->language);
	bind_text(q, 3, t->text);
	bind_text(q, 4, t->from);
	bind_text(q, 5, t->until);
	bind_int(q, 6, t->checked);
	return db_any(op, q, same);
}

enum status
store_consent_text_find(struct op *op, int version, const char *language, struct consent_text *t)
{
	static const char sql[] =
	    "SELECT version, language, text, checked FROM consent_text"
	    " WHERE language IN (?1, 'de') AND version = CASE ?2 WHEN 0 THEN (SELECT max(version)"
	    "  FROM consent_text WHERE language = 'de' AND coalesce(valid_from, ?3) <= ?3"
	    "  AND coalesce(valid_to, ?3) >= ?3) ELSE ?2 END ORDER BY language <> ?1 LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, language);
	bind_int(q, 2, version);
	bind_day(q, 3, op->today);
	return db_one(op, q, read_text, sizeof(*t), t);
}

/* ---- consents ---- */

static struct seal_place
place_of(struct op *op, const char *column, int64_t id)
{
	return (struct seal_place){ "consent", column, place_key(op, id) };
}

static const char *
shut(struct op *op, const char *column, int64_t id, const char *text)
{
	const struct seal_place at = place_of(op, column, id);

	return text_shut(op, writes_entrusted(op), &at, text);
}

static const char *
opened(struct op *op, const char *column, int64_t id, const char *text)
{
	const struct seal_place at = place_of(op, column, id);

	return text_open(op, &at, text);
}

enum status
store_consent_add(struct op *op, struct consent *c)
{
	static const char next[] = "SELECT coalesce(max(id), 0) + 1 FROM consent";
	static const char sql[] =
	    "INSERT INTO consent (id, person_id, unit, to_unit, scope, version, language, given_day,"
	    " until_day, given_by, body, body_name)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
	sqlite3_stmt *q;

	TRY(db_number(op, db_query(op, next), &c->id));
	q = db_query(op, sql);
	bind_int(q, 1, c->id);
	bind_int(q, 2, c->person_id);
	bind_text(q, 3, op->by->unit);
	bind_text(q, 4, c->to.unit ? c->to.unit : op->by->unit);
	bind_text(q, 5, shut(op, "scope", c->id, c->scope));
	bind_int(q, 6, c->version);
	bind_text(q, 7, c->language);
	bind_day(q, 8, op->today);
	bind_day(q, 9, c->until_day);
	bind_int(q, 10, op->by->id);
	bind_text(q, 11, c->to.body);
	bind_text(q, 12, shut(op, "body_name", c->id, c->to.name));
	op_touch(op, "consent", c->id);
	return db_run(op, q);
}

#define CONSENT_COLUMNS                                                        \
	"SELECT c.id, p.id, p.display, c.unit, c.to_unit, u.name_de, u.name_en, c.body," \
	" b.name_de, b.name_en, c.body_name, c.scope, c.version, c.language, c.given_day," \
	" c.until_day, w.name, c.ended_at FROM consent c"                       \
	" JOIN person r ON r.id = c.person_id JOIN person p ON p.id = coalesce(r.merged_into, r.id)" \
	" JOIN unit u ON u.code = c.to_unit JOIN staff w ON w.id = c.given_by"  \
	" LEFT JOIN body b ON b.code = c.body "

static void
read_consent(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;
	int64_t id = col_int(q, 0);
	struct consent *c = item;

	*c = (struct consent){
		.id = id, .person_id = col_int(q, 1), .person_name = col_text(op, q, 2),
		.unit = col_text(op, q, 3), .scope = opened(op, "scope", id, col_text(op, q, 11)),
		.version = (int)col_int(q, 12), .language = col_text(op, q, 13),
		.given_day = col_day(q, 14), .until_day = col_day(q, 15),
		.given_by_name = col_text(op, q, 16), .ended_at = col_int(q, 17),
	};
	c->to = read_receiver(op, q, 4, en);
	c->to.name = opened(op, "body_name", id, col_text(op, q, 10));
	c->holds = !c->ended_at && (c->until_day == DAY_NONE || c->until_day >= op->today);
}

enum status
store_consent_find(struct op *op, int64_t id, struct consent *c)
{
	static const char sql[] = CONSENT_COLUMNS "WHERE c.id = ?1 AND c.unit = ?2 AND "
	    NOT_KEPT_PERSON("p.id");
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, op->by->unit);
	return db_one(op, q, read_consent, sizeof(*c), c);
}

/* What rests on a consent. */
struct resting {
	int64_t disclosure, of_case;
};

static void
read_resting(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(struct resting *)item = (struct resting){ col_int(q, 0), col_int(q, 1) };
}

/* Whoever looks at it now is told that it is over; the case tells when. */
static enum status
touch_resting(struct op *op, int64_t id)
{
	static const char sql[] =
	    "SELECT id, case_id FROM disclosure WHERE consent_id = ?1 ORDER BY id LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);
	struct resting *list;
	size_t n;

	bind_int(q, 1, id);
	TRY(db_all(op, q, read_resting, sizeof(*list), &list, &n));
	for (size_t i = 0; i < n; i++) {
		op_touch(op, "disclosure", list[i].disclosure);
		op_touch(op, "case", list[i].of_case);
	}
	return ST_OK;
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
	TRY(db_run(op, q));
	return touch_resting(op, id);
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
