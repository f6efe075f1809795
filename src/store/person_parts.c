/*
 * person_parts.c - layer 2: the rows that hang on a person: further names,
 * numbers, contacts, addresses, languages, papers.  Called by person.c and
 * service/.  One shape for all of them: the columns of a statement stand in
 * the order of part_specs, then plain and mark.
 */
#include "store_person.h"

#include "db.h"

#define PLAIN 9                  /* parameter, ?2 to ?8 are the values */
#define MARK 10

/* add: ?1 is the person; change: ?1 is the row. */
static const struct part_sql {
	const char *add, *change, *drop, *list, *owner;
} statements[PARTS];

bool
part_holds(const struct op *op, enum part part, const struct person_part *row)
{
	int until = part_specs[part].until;
	char today[11];

	return until < 0 || !row->value[until] ||
	    strcmp(row->value[until], day_iso(op->today, today)) >= 0;
}

/* Of several telephones the one that holds since last: who types a new one
 * means that.  Of those without a day, the first. */
static bool
is_later(enum part part, const struct person_part *row, const struct person_part *than)
{
	int at = part_specs[part].from, order;

	if (!than)
		return true;
	if (part != PART_CONTACT || !row->value[at])
		return false;
	order = strcmp(row->value[at], than->value[at] ? than->value[at] : "");
	return order > 0 || (order == 0 && row->row > than->row);
}

const struct person_part *
part_current(const struct op *op, const struct person *p, enum part part, const char *kind)
{
	const struct part_rows *rows = &p->parts[part];
	const struct person_part *current = NULL;

	for (size_t i = 0; i < rows->n; i++)
		if (part_holds(op, part, &rows->list[i]) && is_later(part, &rows->list[i], current) &&
		    (!kind || strcmp(rows->list[i].value[part_specs[part].kind], kind) == 0))
			current = &rows->list[i];
	return current;
}

static void
bind_row(sqlite3_stmt *q, int64_t id, const struct person_part *row)
{
	int n = q ? sqlite3_bind_parameter_count(q) : 0;

	bind_int(q, 1, id);
	for (int i = 0; i < PART_FIELDS_MAX && i + 2 <= n; i++)
		bind_text(q, i + 2, row->value[i]);
	if (n >= PLAIN)
		bind_text(q, PLAIN, row->plain);
	if (n >= MARK)
		bind_int(q, MARK, row->mark);
}

enum status
store_part_owner(struct op *op, enum part part, int64_t row, int64_t *person)
{
	sqlite3_stmt *q = db_query(op, statements[part].owner);

	bind_int(q, 1, row);
	return db_number(op, q, person);
}

/* The record that a row hangs on, where another is read instead of it: the
 * change is part of its history too, once they are parted. */
static void
touch_both(struct op *op, int64_t person, int64_t owner)
{
	op_touch(op, "person", person);
	if (owner && owner != person)
		op_touch(op, "person", owner);
}

enum status
store_part_save(struct op *op, int64_t person, enum part part, struct person_part *row)
{
	const struct part_sql *sql = &statements[part];
	sqlite3_stmt *q;
	int64_t owner;

	TRY(store_part_owner(op, part, row->row, &owner));
	q = db_query(op, row->row ? sql->change : sql->add);
	bind_row(q, row->row ? row->row : person, row);
	TRY(db_run(op, q));
	if (!row->row)
		row->row = db_last_id(op);
	touch_both(op, person, owner);
	return ST_OK;
}

enum status
store_part_drop(struct op *op, int64_t person, enum part part, int64_t row)
{
	sqlite3_stmt *q;
	int64_t owner;

	TRY(store_part_owner(op, part, row, &owner));
	q = db_query(op, statements[part].drop);
	bind_int(q, 1, row);
	bind_int(q, 2, person);
	TRY(db_run(op, q));
	touch_both(op, person, owner);
	return ST_OK;
}

static void
read_row(struct op *op, sqlite3_stmt *q, void *item)
{
	struct person_part *row = item;

	row->row = col_int(q, 0);
	for (int i = 0; i < PART_FIELDS_MAX; i++)
		row->value[i] = col_text(op, q, i + 1);
	row->plain = col_text(op, q, PART_FIELDS_MAX + 1);
	row->mark = col_int(q, PART_FIELDS_MAX + 2) != 0;
}

enum status
store_part_list(struct op *op, int64_t person, enum part part, struct part_rows *rows)
{
	sqlite3_stmt *q = db_query(op, statements[part].list);

	bind_int(q, 1, person);
	return db_all(op, q, read_row, sizeof(*rows->list), &rows->list, &rows->n);
}

static const struct part_sql statements[PARTS] = {
	[PART_NAME] = {
		.add = "INSERT INTO person_name (person_id, kind, family, given, script, source,"
		       " from_day, until_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		.change = "UPDATE person_name SET kind = ?2, family = ?3, given = ?4, script = ?5,"
			  " source = ?6, from_day = ?7, until_day = ?8 WHERE id = ?1",
		.owner = "SELECT person_id FROM person_name WHERE id = ?1",
		.drop = "DELETE FROM person_name WHERE id = ?1 AND person_id IN " LINKED_TO("?2"),
		/* the main name of a linked record is another spelling of theirs */
		.list = "SELECT n.id, CASE n.kind WHEN 'main' THEN 'spelling' ELSE n.kind END,"
			" n.family, n.given, n.script, n.source, n.from_day, n.until_day, NULL, 0"
			" FROM person_name n JOIN person_name m ON m.person_id = ?1"
			" AND m.kind = 'main' WHERE n.person_id IN " LINKED_TO("?1")
			" AND n.id <> m.id AND (n.kind <> 'main'"
			"  OR (n.family, n.given) IS NOT (m.family, m.given))"
			" ORDER BY n.until_day IS NOT NULL, n.id LIMIT 100",
	},
	[PART_IDENTIFIER] = {
		.add = "INSERT INTO person_identifier (person_id, kind, typed, source, read_day,"
		       " until_day, value, checked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?9, ?10)",
		.change = "UPDATE person_identifier SET kind = ?2, typed = ?3, source = ?4,"
			  " read_day = ?5, until_day = ?6, value = ?9, checked = ?10"
			  " WHERE id = ?1",
		.owner = "SELECT person_id FROM person_identifier WHERE id = ?1",
		.drop = "DELETE FROM person_identifier WHERE id = ?1 AND person_id IN " LINKED_TO("?2"),
		.list = "SELECT id, kind, typed, source, read_day, until_day, NULL, NULL, value,"
			" checked FROM person_identifier WHERE person_id IN " LINKED_TO("?1")
			" ORDER BY until_day IS NOT NULL, id LIMIT 100",
	},
	[PART_CONTACT] = {
		.add = "INSERT INTO person_contact (person_id, kind, value, note, from_day,"
		       " until_day, plain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?9)",
		.change = "UPDATE person_contact SET kind = ?2, value = ?3, note = ?4,"
			  " from_day = ?5, until_day = ?6, plain = ?9 WHERE id = ?1",
		.owner = "SELECT person_id FROM person_contact WHERE id = ?1",
		.drop = "DELETE FROM person_contact WHERE id = ?1 AND person_id IN " LINKED_TO("?2"),
		.list = "SELECT id, kind, value, note, from_day, until_day, NULL, NULL, plain, 0"
			" FROM person_contact WHERE person_id IN " LINKED_TO("?1")
			" ORDER BY until_day IS NOT NULL, id LIMIT 100",
	},
	[PART_ADDRESS] = {
		.add = "INSERT INTO person_address (person_id, street, postcode, city, country,"
		       " source, from_day, until_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		.change = "UPDATE person_address SET street = ?2, postcode = ?3, city = ?4,"
			  " country = ?5, source = ?6, from_day = ?7, until_day = ?8"
			  " WHERE id = ?1",
		.owner = "SELECT person_id FROM person_address WHERE id = ?1",
		.drop = "DELETE FROM person_address WHERE id = ?1 AND person_id IN " LINKED_TO("?2"),
		.list = "SELECT id, street, postcode, city, country, source, from_day, until_day,"
			" NULL, 0 FROM person_address WHERE person_id IN " LINKED_TO("?1")
			" ORDER BY until_day IS NOT NULL, until_day DESC, id LIMIT 100",
	},
	[PART_LANGUAGE] = {
		.add = "INSERT INTO person_language (person_id, language, level, interpreter,"
		       " preferred) VALUES (?1, ?2, ?3, ?4, ?10)",
		.change = "UPDATE person_language SET language = ?2, level = ?3, interpreter = ?4,"
			  " preferred = ?10 WHERE id = ?1",
		.owner = "SELECT person_id FROM person_language WHERE id = ?1",
		.drop = "DELETE FROM person_language WHERE id = ?1 AND person_id IN " LINKED_TO("?2"),
		.list = "SELECT id, language, level, interpreter, NULL, NULL, NULL, NULL, NULL,"
			" preferred FROM person_language WHERE person_id IN " LINKED_TO("?1")
			" ORDER BY preferred DESC, id LIMIT 100",
	},
	[PART_DOCUMENT] = {
		.add = "INSERT INTO person_document (person_id, kind, number, issuer, issued_day,"
		       " expires_day, source, ended_day, checked)"
		       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?10)",
		.change = "UPDATE person_document SET kind = ?2, number = ?3, issuer = ?4,"
			  " issued_day = ?5, expires_day = ?6, source = ?7, ended_day = ?8,"
			  " checked = ?10 WHERE id = ?1",
		.owner = "SELECT person_id FROM person_document WHERE id = ?1",
		.drop = "DELETE FROM person_document WHERE id = ?1 AND person_id IN " LINKED_TO("?2"),
		.list = "SELECT id, kind, number, issuer, issued_day, expires_day, source,"
			" ended_day, NULL, checked FROM person_document WHERE person_id IN " LINKED_TO("?1")
			" ORDER BY ended_day IS NOT NULL, expires_day IS NULL, expires_day, id"
			" LIMIT 100",
	},
};
