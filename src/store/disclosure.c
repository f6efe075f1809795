/*
 * disclosure.c - layer 2: what a closed unit has told others.  Called by
 * service/disclosure.c.  Who may know of a row is part of each query.
 *
 * A copy that another unit is to read is plain text.  What goes to a body outside
 * the office nobody else here reads: it is sealed, like what it was taken from.
 */
#include "store_disclosure.h"

#include "receiver.h"
#include "sealed.h"

struct receiver
read_receiver(struct op *op, sqlite3_stmt *q, int first, int en)
{
	const char *body = col_text(op, q, first + 3);

	if (body)
		return (struct receiver){ .body = body,
			.body_name = col_text(op, q, first + 4 + en) };
	return (struct receiver){ .unit = col_text(op, q, first),
		.unit_name = col_text(op, q, first + 1 + en) };
}

/* ---- sealed where it left the office ---- */

static const char *
shut(struct op *op, const struct disclosure *d, struct seal_place at, const char *text)
{
	return text_shut(op, d->to.body && writes_entrusted(op), &at, text);
}

/* NULL where this connection cannot read it. */
static const char *
opened(struct op *op, struct seal_place at, const char *text)
{
	const char *plain = text_open(op, &at, text);

	return seal_is(plain) ? NULL : plain;
}

static struct seal_place
place(struct op *op, const char *column, int64_t id)
{
	return (struct seal_place){ "disclosure", column, place_key(op, id) };
}

static struct seal_place
field_place(struct op *op, const char *column, int64_t id, int64_t position)
{
	return (struct seal_place){ "disclosure_field", column,
		arena_printf(op->mem, "%lld %lld", (long long)id, (long long)position) };
}

/* ---- writing ---- */

static enum status
add_field(struct op *op, const struct disclosure *d, size_t i)
{
	static const char sql[] = "INSERT INTO disclosure_field VALUES (?1, ?2, ?3, ?4)";
	int64_t position = (int64_t)i + 1;
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->id);
	bind_int(q, 2, position);
	bind_text(q, 3, shut(op, d, field_place(op, "label", d->id, position),
	    d->fields[i].label));
	bind_text(q, 4, shut(op, d, field_place(op, "value", d->id, position),
	    d->fields[i].value));
	return db_run(op, q);
}

static enum status
add_row(struct op *op, const struct disclosure *d)
{
	static const char sql[] =
	    "INSERT INTO disclosure (id, person_id, case_id, from_unit, to_unit, basis, cite,"
	    " consent_id, reason, at, staff_id, body, body_name)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->id);
	bind_int(q, 2, d->person_id);
	bind_int(q, 3, d->case_id);
	bind_text(q, 4, d->from);
	bind_text(q, 5, d->to.unit ? d->to.unit : d->from);
	bind_text(q, 6, d->basis);
	bind_text(q, 7, d->cite);
	bind_id(q, 8, d->consent_id);
	bind_text(q, 9, shut(op, d, place(op, "reason", d->id), d->reason));
	bind_int(q, 10, op->now);
	bind_int(q, 11, op->by->id);
	bind_text(q, 12, d->to.body);
	bind_text(q, 13, shut(op, d, place(op, "body_name", d->id), d->to.name));
	return db_run(op, q);
}

enum status
store_disclosure_add(struct op *op, struct disclosure *d)
{
	static const char next[] = "SELECT max(?1, coalesce(max(id), 0) + 1) FROM disclosure";
	sqlite3_stmt *q = db_query(op, next);

	bind_int(q, 1, op->now);
	TRY(db_number(op, q, &d->id));
	TRY(add_row(op, d));
	for (size_t i = 0; i < d->n_fields; i++)
		TRY(add_field(op, d, i));
	op_touch(op, "disclosure", d->id);
	op_touch(op, "case", d->case_id);
	return ST_OK;
}

/* ---- reading ---- */

struct field_row {
	int64_t position;
	struct disclosed field;
};

static void
read_field(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct field_row *)item = (struct field_row){ col_int(q, 0),
	    { col_text(op, q, 1), col_text(op, q, 2) } };
}

static enum status
read_fields(struct op *op, struct disclosure *d)
{
	static const char sql[] = "SELECT position, label, value FROM disclosure_field"
	                          " WHERE disclosure_id = ?1 ORDER BY position LIMIT 500";
	sqlite3_stmt *q = db_query(op, sql);
	struct field_row *rows;

	bind_int(q, 1, d->id);
	TRY(db_all(op, q, read_field, sizeof(*rows), &rows, &d->n_fields));
	d->fields = arena_array(op->mem, struct disclosed, d->n_fields + 1);
	for (size_t i = 0; i < d->n_fields; i++)
		d->fields[i] = (struct disclosed){
			opened(op, field_place(op, "label", d->id, rows[i].position),
			    rows[i].field.label),
			opened(op, field_place(op, "value", d->id, rows[i].position),
			    rows[i].field.value) };
	return ST_OK;
}

static void
read_disclosure(struct op *op, sqlite3_stmt *q, void *item)
{
	int en = op->lang == LANG_DE ? 0 : 1;
	struct disclosure *d = item;

	*d = (struct disclosure){
		.id = col_int(q, 0), .person_id = col_int(q, 1), .person_name = col_text(op, q, 2),
		.person_born = col_text(op, q, 3), .case_id = col_int(q, 4),
		.from = col_text(op, q, 5), .from_name = col_text(op, q, 6 + en),
		.to = read_receiver(op, q, 8, en),
		.basis = col_text(op, q, 15), .basis_name = col_text(op, q, 16 + en),
		.cite = col_text(op, q, 18), .consent_id = col_int(q, 19), .at = col_int(q, 21),
		.by_name = col_text(op, q, 22), .ended = col_int(q, 23) != 0,
		.person_locked = col_day(q, 24) >= op->today,
	};
	d->to.name = opened(op, place(op, "body_name", d->id), col_text(op, q, 14));
	d->reason = opened(op, place(op, "reason", d->id), col_text(op, q, 20));
}

/* ?1 the reader's unit, ?2 today: what rests on a consent that holds no more. */
#define ENDED(c)                                                               \
	"(" c ".id IS NOT NULL AND (" c ".ended_at IS NOT NULL OR coalesce(" c ".until_day, ?2) < ?2))"

enum status
store_disclosure_page(struct op *op, const struct disclosure_filter *f, struct disclosure **list,
                      size_t *n)
{
	static const char sql[] =
	    "SELECT * FROM (SELECT d.id, p.id, p.display, p.born,"
	    " CASE d.from_unit WHEN ?1 THEN d.case_id END, d.from_unit, a.name_de, a.name_en,"
	    " d.to_unit, b.name_de, b.name_en, d.body, y.name_de, y.name_en, d.body_name, d.basis,"
	    " coalesce(s.name_de, d.basis), coalesce(s.name_en, d.basis), d.cite, d.consent_id,"
	    " d.reason, d.at, w.name, " ENDED("c") " AS ended, p.lock_day FROM disclosure d"
	    " JOIN person r ON r.id = d.person_id JOIN person p ON p.id = coalesce(r.merged_into, r.id)"
	    " JOIN unit a ON a.code = d.from_unit JOIN unit b ON b.code = d.to_unit"
	    " JOIN staff w ON w.id = d.staff_id LEFT JOIN basis s ON s.code = d.basis"
	    " LEFT JOIN body y ON y.code = d.body LEFT JOIN consent c ON c.id = d.consent_id"
	    " WHERE (?3 = 0 OR p.id = ?3) AND (?4 = 0 OR d.id < ?4)"
	    "  AND " NOT_KEPT_PERSON("p.id") " AND " NOT_KEPT_CASE("d.case_id")
	    "  AND (?5 OR d.from_unit = ?1 OR (d.to_unit = ?1 AND NOT ?6))"
	    "  AND (?7 IS NULL OR ?7 = coalesce(d.body, d.to_unit))"
	    "  AND (?8 IS NULL OR d.basis = ?8) AND (?9 = 0 OR d.at >= ?9)"
	    "  AND (?10 = 0 OR d.at < ?10)) t"
	    " WHERE ?5 OR t.from_unit = ?1 OR NOT t.ended ORDER BY id DESC LIMIT ?11";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_day(q, 2, op->today);
	bind_int(q, 3, f->person_id);
	bind_int(q, 4, f->before);
	bind_int(q, 5, f->all);
	bind_int(q, 6, f->given);
	bind_text(q, 7, f->to);
	bind_text(q, 8, f->basis);
	bind_int(q, 9, f->from);
	bind_int(q, 10, f->until);
	bind_int(q, 11, f->limit);
	TRY(db_all(op, q, read_disclosure, sizeof(**list), list, n));
	for (size_t i = 0; i < *n; i++)
		TRY(read_fields(op, &(*list)[i]));
	return ST_OK;
}

/* ---- who hears of it ---- */

/* Two units and what lies between them: nobody else is even woken by it. */
enum status
store_disclosure_heard(struct op *op, int64_t staff_id, unsigned *topics)
{
	static const char sql[] =
	    "SELECT max(o.kind = 'disclosure'), max(o.kind = 'disclosure_ask'),"
	    " max(o.kind = 'consent') FROM event_object o JOIN staff s ON s.id = ?2"
	    " LEFT JOIN disclosure d ON o.kind = 'disclosure' AND d.id = o.id"
	    " LEFT JOIN disclosure_ask k ON o.kind = 'disclosure_ask' AND k.id = o.id"
	    " LEFT JOIN consent c ON o.kind = 'consent' AND c.id = o.id"
	    " WHERE o.kind IN ('disclosure', 'disclosure_ask', 'consent') AND o.seq > ?1"
	    "  AND s.unit IN (d.from_unit, d.to_unit, k.from_unit, k.to_unit, c.unit)";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	*topics = 0;
	bind_int(q, 1, op->db->seen_before);
	bind_int(q, 2, staff_id);
	TRY(db_step(op, q, &row));
	if (row)
		*topics = (col_int(q, 0) ? (unsigned)TOPIC_DISCLOSURE : 0) |
		    (col_int(q, 1) ? (unsigned)TOPIC_ASK : 0) |
		    (col_int(q, 2) ? (unsigned)TOPIC_CONSENT : 0);
	db_done(q);
	return ST_OK;
}
