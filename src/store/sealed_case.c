/*
 * sealed_case.c - layer 2: what lies in a case is shut when it comes home to a
 * closed unit, and opened when it is offered to another one.  Called by case.c.
 * Must never change who wrote a row, and when.
 */
#include "sealed.h"

#include "store_case.h"

/* A box with the statements that read and write its columns of meaning. */
struct boxed {
	const struct box *box;
	const char *select;      /* of a case: those that stand (?2) sealed */
	const char *update;      /* ?1 case, ?2 name until now, ?3... the columns */
};

struct row {
	const char *columns[BOX_PARTS];
};

static void
read_row(struct op *op, sqlite3_stmt *q, void *item)
{
	struct row *row = item;

	for (int i = 0; i < sqlite3_column_count(q); i++)
		row->columns[i] = col_text(op, q, i);
}

/* What stands beside the name and the sealed column says nothing. */
static void
shut_row(struct op *op, const struct box *b, int64_t case_id, const struct row *row,
         struct row *to)
{
	const char *const *parts = row->columns;
	int last = b->parts - 1;
	const char *word = parts[0];

	*to = *row;
	if (b == &warning_box) {
		word = arena_printf(op->mem, "%s\n%s", parts[0], parts[1]);
		to->columns[1] = "";
	} else if (b == &document_box) {
		to->columns[1] = to->columns[2] = "";
		to->columns[3] = to->columns[4] = "0";
		to->columns[5] = state_name(&paper_states, PAPER_MISSING);
	}
	to->columns[0] = box_name(op, b, case_id, word);
	to->columns[last] = box_shut(op, b, case_id, to->columns[0], parts);
}

static enum status
turn_row(struct op *op, const struct boxed *t, int64_t case_id, bool shut, const struct row *row)
{
	const struct box *b = t->box;
	sqlite3_stmt *q;
	struct row to;

	if (shut)
		shut_row(op, b, case_id, row, &to);
	else if (!box_open(op, b, case_id, row->columns[0], row->columns[b->parts - 1],
	        to.columns))
		return ST_OK; /* under a key that is gone: it stays what it is */
	q = db_query(op, t->update);
	bind_int(q, 1, case_id);
	bind_text(q, 2, row->columns[0]);
	for (int i = 0; i < b->parts; i++)
		bind_text(q, 3 + i, to.columns[i]);
	if (b == &warning_box)
		bind_text(q, 6, row->columns[1]);
	return db_run(op, q);
}

static enum status
turn_rows(struct op *op, const struct boxed *t, int64_t case_id, bool shut)
{
	sqlite3_stmt *q = db_query(op, t->select);
	struct row *rows;
	size_t n;

	bind_int(q, 1, case_id);
	bind_int(q, 2, !shut);
	TRY(db_all(op, q, read_row, sizeof(*rows), &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(turn_row(op, t, case_id, shut, &rows[i]));
	return ST_OK;
}

enum status
case_reseal(struct op *op, int64_t case_id)
{
	static const struct boxed all[] = {
		{ &answer_box,
		  "SELECT field, value FROM case_answer WHERE case_id = ?1"
		  " AND (substr(field, 1, 1) = char(1)) = ?2",
		  "UPDATE case_answer SET field = ?3, value = ?4 WHERE case_id = ?1 AND field = ?2" },
		{ &document_box,
		  "SELECT key, name_de, name_en, required, position, state, reason"
		  " FROM case_document WHERE case_id = ?1 AND (substr(key, 1, 1) = char(1)) = ?2",
		  "UPDATE case_document SET (key, name_de, name_en, required, position, state,"
		  " reason) = (?3, ?4, ?5, CAST(?6 AS INTEGER), CAST(?7 AS INTEGER), ?8, ?9)"
		  " WHERE case_id = ?1 AND key = ?2" },
		{ &warning_box,
		  "SELECT path, rule, reason FROM case_warning"
		  " WHERE case_id = ?1 AND (substr(path, 1, 1) = char(1)) = ?2",
		  "UPDATE case_warning SET (path, rule, reason) = (?3, ?4, ?5)"
		  " WHERE case_id = ?1 AND path = ?2 AND rule = ?6" },
	};
	bool shut;

	TRY(case_entrusted(op, case_id, &shut));
	for (size_t i = 0; i < COUNT_OF(all); i++)
		TRY(turn_rows(op, &all[i], case_id, shut));
	return ST_OK;
}
