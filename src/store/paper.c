/*
 * paper.c - layer 2: what lies in a case file: answers, documents.
 * Called by service/.  What is entrusted stands sealed (sealed.c).
 */
#include "store_case.h"

#include <stdlib.h>

#include "sealed.h"

/* ---- answers ---- */

static void
read_answer(struct op *op, sqlite3_stmt *q, void *item)
{
	const char *parts[BOX_PARTS];
	struct answer *a = item;

	*a = (struct answer){ col_text(op, q, 0), col_text(op, q, 1),
	    col_int(q, 2), col_int(q, 3), col_text(op, q, 4) };
	if (box_open(op, &answer_box, col_int(q, 5), a->field, a->value, parts)) {
		a->field = parts[0];
		a->value = parts[1];
	}
}

static int
by_field(const void *a, const void *b)
{
	return strcmp(((const struct answer *)a)->field, ((const struct answer *)b)->field);
}

enum status
store_answer_list(struct op *op, int64_t case_id, struct answer **list, size_t *n)
{
	static const char sql[] =
	    "SELECT a.field, a.value, a.version, a.changed_at, s.name, a.case_id"
	    " FROM case_answer a JOIN staff s ON s.id = a.changed_by WHERE a.case_id = ?1"
	    " ORDER BY a.field LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);
	size_t all;

	*n = 0;
	bind_int(q, 1, case_id);
	TRY(db_all(op, q, read_answer, sizeof(**list), list, &all));
	for (size_t i = 0; i < all; i++)
		if (!seal_is((*list)[i].field))
			(*list)[(*n)++] = (*list)[i];
	/* sealed names have an order of their own */
	if (*n > 1)
		qsort(*list, *n, sizeof(**list), by_field);
	return ST_OK;
}

static enum status
drop_answer(struct op *op, int64_t case_id, const char *field)
{
	static const char sql[] = "DELETE FROM case_answer WHERE case_id = ?1 AND field = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, field);
	return db_run(op, q);
}

static enum status
write_answer(struct op *op, int64_t case_id, const char *field, const char *value,
             int64_t version)
{
	static const char sql[] =
	    "INSERT INTO case_answer VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE"
	    " SET value = excluded.value, version = excluded.version,"
	    " changed_at = excluded.changed_at, changed_by = excluded.changed_by";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, field);
	bind_text(q, 3, value);
	bind_int(q, 4, version);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	return db_run(op, q);
}

enum status
store_answer_put(struct op *op, int64_t case_id, const struct answer *a)
{
	const char *parts[] = { a->field, a->value }, *name;
	bool entrusted;

	TRY(case_entrusted(op, case_id, &entrusted));
	if (!entrusted || !op->db->seal)
		return write_answer(op, case_id, a->field, a->value, a->version);
	TRY(drop_answer(op, case_id, a->field));
	name = box_name(op, &answer_box, case_id, a->field);
	return write_answer(op, case_id, name, box_shut(op, &answer_box, case_id, name, parts),
	    a->version);
}

/* ---- documents ---- */

/* What an entrusted document is stands in one column, in the order of the table. */
static void
open_document(struct op *op, int64_t case_id, struct case_document *d)
{
	const char *parts[BOX_PARTS];

	if (!box_open(op, &document_box, case_id, d->key, d->reason, parts))
		return;
	d->key = parts[0];
	d->name_de = parts[1];
	d->name_en = parts[2];
	d->required = strcmp(parts[3], "1") == 0;
	d->position = atoi(parts[4]);
	d->state = (enum paper_state)state_by_name(&paper_states, parts[5]);
	d->reason = parts[6];
}

static void
read_document(struct op *op, sqlite3_stmt *q, void *item)
{
	struct case_document *d = item;

	*d = (struct case_document){
		.key = col_text(op, q, 0), .name_de = col_text(op, q, 1),
		.name_en = col_text(op, q, 2), .required = col_int(q, 3) != 0,
		.position = (int)col_int(q, 4),
		.state = (enum paper_state)state_by_name(&paper_states, col_text(op, q, 5)),
		.reason = col_text(op, q, 6), .changed_at = col_int(q, 7),
		.changed_by_name = col_text(op, q, 8),
	};
	open_document(op, col_int(q, 9), d);
	d->name = op->lang == LANG_DE ? d->name_de : d->name_en;
}

static int
by_position(const void *a, const void *b)
{
	const struct case_document *x = a, *y = b;

	return x->position != y->position ? (x->position > y->position) - (x->position < y->position)
	    : strcmp(x->key, y->key);
}

enum status
store_document_list(struct op *op, int64_t case_id, struct case_document **list, size_t *n)
{
	static const char sql[] =
	    "SELECT d.key, d.name_de, d.name_en, d.required, d.position, d.state, d.reason,"
	    " d.changed_at, s.name, d.case_id FROM case_document d"
	    " LEFT JOIN staff s ON s.id = d.changed_by"
	    " WHERE d.case_id = ?1 ORDER BY d.position, d.key LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);
	size_t all;

	*n = 0;
	bind_int(q, 1, case_id);
	TRY(db_all(op, q, read_document, sizeof(**list), list, &all));
	for (size_t i = 0; i < all; i++)
		if (!seal_is((*list)[i].key))
			(*list)[(*n)++] = (*list)[i];
	if (*n > 1)
		qsort(*list, *n, sizeof(**list), by_position);
	return ST_OK;
}

static enum status
drop_document(struct op *op, int64_t case_id, const char *key)
{
	static const char sql[] = "DELETE FROM case_document WHERE case_id = ?1 AND key = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, key);
	return db_run(op, q);
}

static enum status
write_document(struct op *op, int64_t case_id, const struct case_document *d, bool untouched)
{
	static const char sql[] =
	    "INSERT INTO case_document VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
	    " ON CONFLICT DO UPDATE SET required = excluded.required, state = excluded.state,"
	    " reason = excluded.reason, changed_at = excluded.changed_at,"
	    " changed_by = excluded.changed_by";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_text(q, 2, d->key);
	bind_text(q, 3, d->name_de);
	bind_text(q, 4, d->name_en);
	bind_int(q, 5, d->required);
	bind_int(q, 6, d->position);
	bind_text(q, 7, state_name(&paper_states, (int)d->state));
	bind_text(q, 8, d->reason);
	bind_id(q, 9, untouched ? 0 : op->now);
	bind_id(q, 10, untouched ? 0 : op->by->id);
	return db_run(op, q);
}

enum status
store_document_put(struct op *op, int64_t case_id, const struct case_document *d)
{
	bool untouched = d->state == PAPER_MISSING && !d->changed_at, entrusted;
	const char *parts[] = { d->key, d->name_de, d->name_en, d->required ? "1" : "0",
	    place_key(op, d->position), state_name(&paper_states, (int)d->state), d->reason };
	struct case_document shut = { .name_de = "", .name_en = "", .state = PAPER_MISSING };

	TRY(case_entrusted(op, case_id, &entrusted));
	if (!entrusted || !op->db->seal)
		return write_document(op, case_id, d, untouched);
	TRY(drop_document(op, case_id, d->key));
	shut.key = box_name(op, &document_box, case_id, d->key);
	shut.reason = box_shut(op, &document_box, case_id, shut.key, parts);
	return write_document(op, case_id, &shut, untouched);
}
