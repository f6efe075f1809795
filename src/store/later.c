/*
 * later.c - layer 2: rows that hang on a person and came in after a mark:
 * what must be assigned again when two linked records are parted.  Called by
 * service/merge.c.
 */
#include "store_merge.h"

#include "db.h"

/* Of every kind the same three questions; the names are no user's text.  What
 * the other record has already (UNIQUE) is not moved, and that is told. */
#define KIND(kind_, table, words)                                              \
	{ .kind = kind_, .highest = "SELECT max(id) FROM " table,              \
	  .since = "SELECT " words ", r.id FROM " table " r WHERE r.person_id = ?1 AND r.id > ?2" \
	           " ORDER BY r.id LIMIT 200",                                 \
	  .move = "UPDATE OR IGNORE " table " SET person_id = ?3 WHERE id = ?1 AND person_id = ?2" \
	          " RETURNING id" }
/* Entrusted cases have ids of their own: their mark stands in the upper half. */
#define CASES_APART "(SELECT max(id) FROM case_file WHERE id > 1000000000)"
static const struct kind {
	const char *kind, *highest, *since, *move;
} kinds[PERSON_ROWS] = {
	{ .kind = "case",
	  .highest = "SELECT coalesce((SELECT max(id) FROM case_file WHERE id <= 1000000000), 0)"
	             " + (coalesce(" CASES_APART ", 1000000000) - 1000000000 << 32)",
	  .since = "SELECT printf('%04d-%06d', r.year, r.number), r.id FROM case_file r"
	           " WHERE r.person_id = ?1 AND iif(r.id <= 1000000000, r.id > ?2 & 4294967295,"
	           "  r.id - 1000000000 > ?2 >> 32) ORDER BY r.id LIMIT 200",
	  .move = "UPDATE OR IGNORE case_file SET person_id = ?3 WHERE id = ?1 AND person_id = ?2"
	          " RETURNING id" },
	KIND("visit", "visit", "printf('%s%03d, %s', r.letter, r.number, r.day)"),
	KIND("name", "person_name", "r.family || coalesce(', ' || r.given, '')"),
	KIND("identifier", "person_identifier", "r.typed"),
	KIND("contact", "person_contact", "r.value"),
	KIND("address", "person_address", "r.street || coalesce(', ' || r.city, '')"),
	KIND("language", "person_language", "r.language"),
	KIND("document", "person_document", "r.kind || ' ' || r.number"),
	KIND("term", "person_term", "r.kind || coalesce(' ' || r.ends_day, '')"),
	KIND("member", "household_member", "r.role || ' ' || r.from_day"),
	KIND("task", "task", "iif(?3 = 'de', r.name_de, r.name_en) || ' ' || r.due_day"),
	KIND("proposal", "person_proposal", "r.field || coalesce(' ' || r.after, '')"),
	KIND("parent", "person_parent", "r.kind"),
};

enum status
store_person_marks(struct op *op, int64_t marks[PERSON_ROWS])
{
	for (size_t i = 0; i < PERSON_ROWS; i++)
		TRY(db_number(op, db_query(op, kinds[i].highest), &marks[i]));
	return ST_OK;
}

static enum status
rows_of_kind(struct op *op, const struct kind *kind, int64_t person_id, int64_t mark,
             struct list *rows)
{
	sqlite3_stmt *q = db_query(op, kind->since);
	enum status s;

	bind_int(q, 1, person_id);
	bind_int(q, 2, mark);
	bind_text(q, 3, op->lang == LANG_DE ? "de" : "en");
	while (db_next(op, q, &s)) {
		*(struct person_row *)list_add(op->mem, rows) = (struct person_row){
			.kind = kind->kind, .id = col_int(q, 1), .person_id = person_id,
			.text = col_text(op, q, 0),
		};
	}
	return s;
}

enum status
store_person_rows_since(struct op *op, int64_t person_id, const int64_t marks[PERSON_ROWS],
                        struct person_row **list, size_t *n)
{
	struct list rows = { .size = sizeof(struct person_row) };

	for (size_t i = 0; i < PERSON_ROWS; i++)
		TRY(rows_of_kind(op, &kinds[i], person_id, marks[i], &rows));
	*list = rows.items;
	*n = rows.n;
	return ST_OK;
}

enum status
store_person_row_move(struct op *op, const struct person_row *row, int64_t to)
{
	int64_t moved = 0;

	for (size_t i = 0; i < PERSON_ROWS; i++) {
		sqlite3_stmt *q;

		if (strcmp(kinds[i].kind, row->kind) != 0)
			continue;
		q = db_query(op, kinds[i].move);
		bind_int(q, 1, row->id);
		bind_int(q, 2, row->person_id);
		bind_int(q, 3, to);
		TRY(db_number(op, q, &moved));
	}
	return moved ? ST_OK : ST_NOT_FOUND;
}
