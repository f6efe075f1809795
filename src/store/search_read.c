/*
 * search_read.c - layer 2: people as a search judges and shows them, and those
 * known by a number or a day of birth.  Called by service/find.c.
 */
#include "store_search.h"

#include "search.h"

#define NUMBERS_MAX 50

static void
read_found(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct found *)item = (struct found){ .id = col_int(q, 0), .merged_into = col_int(q, 1),
	    .display = col_text(op, q, 2), .born = col_text(op, q, 3), .sex = col_text(op, q, 4),
	    .locked = col_int(q, 5) != 0, .countries = col_text(op, q, 6) };
}

enum status
store_search_read(struct op *op, int64_t id, struct found *f)
{
	static const char sql[] =
	    "SELECT p.id, p.merged_into, p.display, p.born, p.sex, p.lock_day >= ?2,"
	    " (SELECT group_concat(country, ' ') FROM person_nationality c"
	    "  WHERE c.person_id = p.id) FROM person p WHERE p.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_day(q, 2, op->today);
	TRY(db_one(op, q, read_found, sizeof(*f), f));
	return f->id ? read_names(op, id, &f->names, &f->n_names) : ST_OK;
}

static void
read_id(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int64_t *)item = col_int(q, 0);
}

enum status
store_search_born(struct op *op, const char *born, bool within, int limit, int64_t **ids,
                  size_t *n)
{
	/* 1961 is also the beginning of 1961-02 and 1961-02-28, no other text is */
	static const char sql[] =
	    "SELECT id FROM person WHERE born BETWEEN ?1 AND ?1 || ?3 ORDER BY born, id LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, born);
	bind_int(q, 2, limit);
	bind_text(q, 3, within ? "-99" : "");
	return db_all(op, q, read_id, sizeof(**ids), ids, n);
}

static void
read_numbered(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct numbered *)item = (struct numbered){ .person_id = col_int(q, 0),
	    .kind = col_text(op, q, 1), .of_document = col_int(q, 2) != 0 };
}

enum status
store_search_number(struct op *op, const char *value, const char *phone, struct numbered **list,
                    size_t *n)
{
	/* numbers of telephones begin at their end: country and area are optional;
	 * a residence card must not lead to its holder (§ 78 AufenthG) */
	static const char sql[] =
	    "SELECT person_id, kind, 0 FROM person_identifier WHERE value = ?1"
	    " UNION ALL SELECT person_id, kind, 1 FROM person_document WHERE number = ?1"
	    "  AND kind <> 'residence_card'"
	    " UNION ALL SELECT person_id, kind, 0 FROM person_contact"
	    "  WHERE plain >= ?2 AND plain < ?2 || ':' LIMIT ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, value);
	bind_text(q, 2, phone);
	bind_int(q, 3, NUMBERS_MAX);
	return db_all(op, q, read_numbered, sizeof(**list), list, n);
}
