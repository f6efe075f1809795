/*
 * person_import.c - layer 2: people brought in from a file.  Called by
 * tresen-admin import, a hundred thousand times a minute: every question here
 * is one look into an index.
 */
#include "store_import.h"

#include "db.h"

#define SAME_MOST 5
#define BORN_MOST 40             /* of a day that is no real one there may be thousands */

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

	bind_text(q, 1, digest);
	return db_one(op, q, read_resident, sizeof(*r), r);
}

enum status
store_import_azr(struct op *op, const char *azr, struct resident *r)
{
	static const char sql[] =
	    "SELECT p.id, p.display, p.born FROM person_identifier i"
	    " JOIN person p ON p.id = i.person_id WHERE i.value = ?1 AND i.kind = 'azr'"
	    " ORDER BY p.id LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, azr);
	return db_one(op, q, read_resident, sizeof(*r), r);
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

enum status
store_import_born(struct op *op, const char *born, struct resident **list, size_t *n)
{
	static const char sql[] =
	    "SELECT id, display, born FROM person WHERE born = ?1 ORDER BY id LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, born);
	bind_int(q, 2, BORN_MOST);
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
set_arrived(struct op *op, const struct newcomer *who, int64_t id)
{
	static const char sql[] = "UPDATE person SET arrived_day = ?1 WHERE id = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, who->arrived);
	bind_int(q, 2, id);
	return db_run(op, q);
}

/* What a newcomer has of the parts: at most one row each, valid today. */
static void
take_parts(struct op *op, const struct newcomer *who, struct person *p)
{
	const char *street = who->street ? who->street : who->city;
	char day[11], *today = arena_strdup(op->mem, day_iso(op->today, day));
	struct person_part rows[PARTS] = {
		[PART_IDENTIFIER] = { .value = { "azr", who->azr_typed, "import", today },
			.plain = who->azr, .mark = true },
		[PART_CONTACT] = { .value = { "phone", who->phone }, .plain = who->phone ?
			contact_plain(op->mem, "phone", who->phone) : NULL },
		[PART_ADDRESS] = { .value = { street ? street : who->postcode,
			street ? who->postcode : NULL, who->street ? who->city : NULL, NULL,
			"import" } },
		[PART_LANGUAGE] = { .value = { who->language }, .mark = true },
	};

	for (int part = 0; part < PARTS; part++) {
		if (part == PART_NAME || !rows[part].value[part_specs[part].principal])
			continue;
		p->parts[part].list = arena_make(op->mem, struct person_part);
		p->parts[part].list[0] = rows[part];
		p->parts[part].n = 1;
	}
}

enum status
store_import_add(struct op *op, const struct newcomer *who, int64_t *id)
{
	struct person_name name = {
		.kind = "main", .family = who->family, .given = who->given, .source = "import",
	};
	struct person p = {
		.display = who->display, .born = who->born, .sex = who->sex,
		.names = &name, .n_names = 1, .nationalities = who->nationalities,
		.n_nationalities = who->n_nationalities,
	};

	take_parts(op, who, &p);
	TRY(store_person_add(op, &p));
	*id = p.id;
	TRY(insert_digest(op, who, p.id));
	return who->arrived != DAY_NONE ? set_arrived(op, who, p.id) : ST_OK;
}
