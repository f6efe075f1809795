/*
 * person_import.c - layer 2: people brought in from a file.  Called by
 * tresen-admin import, a hundred thousand times a minute: every question here
 * is one look into an index.
 */
#include "store_import.h"

#include "db.h"

#define SAME_MOST 5

static void
read_resident(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct resident *)item = (struct resident){
		.id = col_int(q, 0), .display = col_text(op, q, 1), .born = col_text(op, q, 2),
	};
}

enum status
store_import_find(struct op *op, const char *digest, struct resident *r)
{
	static const char sql[] =
	    "SELECT p.id, p.display, p.born FROM person_import i JOIN person p ON p.id = i.person_id"
	    " WHERE i.digest = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	*r = (struct resident){ 0 };
	bind_text(q, 1, digest);
	return db_one(op, q, read_resident, r, &found);
}

enum status
store_import_azr(struct op *op, const char *azr, struct resident *r)
{
	static const char sql[] =
	    "SELECT p.id, p.display, p.born FROM person_identifier i"
	    " JOIN person p ON p.id = i.person_id WHERE i.value = ?1 AND i.kind = 'azr'"
	    " ORDER BY p.id LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	*r = (struct resident){ 0 };
	bind_text(q, 1, azr);
	return db_one(op, q, read_resident, r, &found);
}

enum status
store_import_same(struct op *op, const struct newcomer *who, struct resident **list, size_t *n)
{
	static const char sql[] =
	    "SELECT id, display, born FROM person WHERE born = ?1 AND display = ?2 COLLATE NOCASE"
	    " ORDER BY id LIMIT ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, who->born);
	bind_text(q, 2, who->display);
	bind_int(q, 3, SAME_MOST);
	return db_all(op, q, read_resident, sizeof(**list), list, n);
}

/* ---- adding ---- */

static enum status
insert_digest(struct op *op, const struct newcomer *who, int64_t id)
{
	static const char sql[] = "INSERT INTO person_import (digest, person_id) VALUES (?1, ?2)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, who->digest);
	bind_int(q, 2, id);
	return db_run(op, q);
}

static enum status
insert_azr(struct op *op, const struct newcomer *who, int64_t id)
{
	static const char sql[] =
	    "INSERT INTO person_identifier (person_id, kind, value, typed, source, read_day, checked)"
	    " VALUES (?1, 'azr', ?2, ?3, 'import', ?4, 1)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, who->azr);
	bind_text(q, 3, who->azr_typed);
	bind_day(q, 4, op->today);
	return db_run(op, q);
}

static enum status
set_arrived(struct op *op, const struct newcomer *who, int64_t id)
{
	static const char sql[] = "UPDATE person SET arrived_day = ?1 WHERE id = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, who->arrived);
	bind_int(q, 2, id);
	return db_run(op, q);
}

static const char *
address_line(struct op *op, const struct newcomer *who)
{
	const char *place = who->postcode && who->city
	    ? arena_printf(op->mem, "%s %s", who->postcode, who->city)
	    : who->postcode ? who->postcode : who->city;

	if (who->street && place)
		return arena_printf(op->mem, "%s, %s", who->street, place);
	return who->street ? who->street : place;
}

enum status
store_import_add(struct op *op, const struct newcomer *who, int64_t *id)
{
	struct person_name name = {
		.kind = "main", .family = who->family, .given = who->given, .source = "import",
	};
	struct person p = {
		.display = who->display, .born = who->born, .sex = who->sex,
		.language = who->language, .phone = who->phone, .address = address_line(op, who),
		.names = &name, .n_names = 1, .nationalities = who->nationalities,
		.n_nationalities = who->n_nationalities,
	};

	TRY(store_person_add(op, &p));
	*id = p.id;
	TRY(insert_digest(op, who, p.id));
	if (who->azr)
		TRY(insert_azr(op, who, p.id));
	return who->arrived != DAY_NONE ? set_arrived(op, who, p.id) : ST_OK;
}
