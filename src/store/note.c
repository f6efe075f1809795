/*
 * note.c - layer 2: the notes in a case file, and which of them begin with a
 * word of the office.  Called by service/ and admin/.  What is entrusted stands
 * sealed (sealed.c).
 */
#include "changeset.h"
#include "sealed.h"
#include "store_case.h"

static enum status
next_note(struct op *op, bool entrusted, int64_t *id)
{
	static const char sql[] = NEXT_ID("case_note");
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, entrusted ? ID_APART : 0);
	return db_number(op, q, id);
}

static struct seal_place
note_place(struct op *op, int64_t id)
{
	return (struct seal_place){ "case_note", "text", place_key(op, id) };
}

enum status
store_note_add(struct op *op, int64_t case_id, const char *text, enum note_kind kind, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO case_note (id, case_id, at, staff_id, unit, text, opened, headed)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
	bool entrusted = writes_entrusted(op) && kind != NOTE_OPEN;
	struct seal_place at;
	sqlite3_stmt *q;

	/* sealed for its row, which must be known before */
	TRY(next_note(op, entrusted, id));
	at = note_place(op, *id);
	q = db_query(op, sql);
	bind_int(q, 1, *id);
	bind_int(q, 2, case_id);
	bind_int(q, 3, op->now);
	bind_int(q, 4, op->by->id);
	bind_text(q, 5, op->by->unit);
	bind_text(q, 6, text_shut(op, entrusted, &at, text));
	bind_id(q, 7, writes_entrusted(op) && kind == NOTE_OPEN);
	bind_id(q, 8, kind == NOTE_HEADED);
	return db_run(op, q);
}

static void
read_note(struct op *op, sqlite3_stmt *q, void *item)
{
	const struct seal_place at = note_place(op, col_int(q, 0));

	*(struct case_note *)item = (struct case_note){ col_int(q, 0), col_int(q, 1),
	    col_text(op, q, 2), text_open(op, &at, col_text(op, q, 3)), col_int(q, 4) != 0,
	    col_int(q, 5) != 0 };
}

/* The reader's own, of open units, and those of closed ones that are not entrusted. */
#define NOTE_COLUMNS                                                           \
	"SELECT o.id, o.at, s.name, o.text, u.closed = 1 AND o.opened IS NOT 1, o.headed" \
	" FROM case_note o JOIN staff s ON s.id = o.staff_id JOIN unit u ON u.code = o.unit"
#define NOTE_SEEN(reader) "(u.closed = 0 OR o.opened = 1 OR o.unit = " reader ") "

enum status
store_note_list(struct op *op, int64_t case_id, int limit, struct case_note **list, size_t *n)
{
	static const char sql[] = NOTE_COLUMNS
	    " WHERE o.case_id = ?1 AND " NOTE_SEEN("?3") "ORDER BY o.at DESC, o.id DESC LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	bind_int(q, 2, limit);
	bind_text(q, 3, op->by->unit);
	return db_all(op, q, read_note, sizeof(**list), list, n);
}

enum status
store_note_find(struct op *op, int64_t case_id, int64_t id, struct case_note *note)
{
	static const char sql[] = NOTE_COLUMNS " WHERE o.id = ?1 AND o.case_id = ?2 AND o.unit = ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, case_id);
	bind_text(q, 3, op->by->unit);
	return db_one(op, q, read_note, sizeof(*note), note);
}

enum status
store_note_open(struct op *op, const struct case_note *note)
{
	static const char sql[] = "UPDATE case_note SET text = ?2, opened = 1 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, note->id);
	bind_text(q, 2, note->text);
	return db_run(op, q);
}

/* ---- which of it the office has written ---- */

static void
read_number(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int64_t *)item = col_int(q, 0);
}

enum status
store_note_headed(struct op *op, int64_t case_id, int64_t **ids, size_t *n)
{
	static const char sql[] = "SELECT id FROM case_note WHERE case_id = ?1 AND headed = 1"
	                          " ORDER BY id";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	return db_all(op, q, read_number, sizeof(**ids), ids, n);
}

/* Notes that the changes of an event have put in. */
static void
find_notes(struct op *op, sqlite3_stmt *q, struct list *ids)
{
	const void *bytes = sqlite3_column_blob(q, 0);
	size_t n = (size_t)sqlite3_column_bytes(q, 0);
	struct changeset_walk w;

	if (!changeset_is_sound(bytes, n))
		return;
	changeset_walk_start(&w, bytes, n);
	while (changeset_walk_next(&w))
		if (strcmp(w.table, "case_note") == 0 && w.operation == SQLITE_INSERT &&
		    !changeset_number(changeset_walk_value(&w, w.new, 0).at,
		        list_add(op->mem, ids)))
			ids->n--;
}

static enum status
is_unmarked(struct op *op, int64_t id, bool *is)
{
	static const char sql[] = "SELECT 1 FROM case_note WHERE id = ?1 AND headed IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_any(op, q, is);
}

static enum status
notes_of(struct op *op, const char *command, struct list *ids)
{
	static const char sql[] = "SELECT changeset FROM event WHERE command = ?1 ORDER BY seq";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_text(q, 1, command);
	while (db_next(op, q, &s))
		find_notes(op, q, ids);
	return s;
}

enum status
store_note_unmarked(struct op *op, const char *const commands[], size_t n_commands, int64_t **ids,
                    size_t *n)
{
	struct list found = { .size = sizeof(int64_t) };
	int64_t *list;

	for (size_t i = 0; i < n_commands; i++)
		TRY(notes_of(op, commands[i], &found));
	*ids = list = found.items;
	*n = 0;
	for (size_t i = 0; i < found.n; i++) {
		bool is;

		TRY(is_unmarked(op, list[i], &is));
		if (is)
			list[(*n)++] = list[i];
	}
	return ST_OK;
}

enum status
store_note_head(struct op *op, int64_t id)
{
	static const char sql[] = "UPDATE case_note SET headed = 1 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_run(op, q);
}
