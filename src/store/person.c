/*
 * person.c - layer 2: people and their names.  Called by service/person.c and
 * admin/.  Names are rows; the display name and the parts to search by are
 * made from them here, at each write.
 */
#include "store_person.h"

#include "db.h"
#include "store_search.h"
#include "text.h"

static void
read_name(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct person_name *)item = (struct person_name){ col_text(op, q, 0),
	    col_text(op, q, 1), col_text(op, q, 2), col_text(op, q, 3), col_text(op, q, 4) };
}

static enum status
read_names(struct op *op, int64_t id, struct person_name **names, size_t *n)
{
	static const char sql[] =
	    "SELECT kind, family, given, script, source FROM person_name WHERE person_id = ?1"
	    " ORDER BY kind <> 'main', id LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_all(op, q, read_name, sizeof(**names), names, n);
}

static enum status
clear(struct op *op, const char *sql, int64_t id)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_run(op, q);
}

static enum status
insert_name(struct op *op, int64_t id, const struct person_name *name)
{
	static const char sql[] =
	    "INSERT INTO person_name (person_id, kind, family, given, script, source)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_text(q, 2, name->kind);
	bind_text(q, 3, name->family);
	bind_text(q, 4, name->given);
	bind_text(q, 5, name->script ? name->script : "Latn");
	bind_text(q, 6, name->source);
	return db_run(op, q);
}

static enum status
insert_nationalities(struct op *op, const struct person *p)
{
	static const char sql[] =
	    "INSERT INTO person_nationality VALUES (?1, ?2) ON CONFLICT DO NOTHING";

	for (size_t i = 0; i < p->n_nationalities; i++) {
		sqlite3_stmt *q = db_query(op, sql);

		bind_int(q, 1, p->id);
		bind_text(q, 2, p->nationalities[i]);
		TRY(db_run(op, q));
	}
	return ST_OK;
}

static void
bind_person(struct op *op, sqlite3_stmt *q, const struct person *p)
{
	bind_text(q, 1, p->display);
	bind_text(q, 2, text_search_form(op->mem, p->display, true));
	bind_text(q, 3, p->born);
	bind_text(q, 4, p->sex);
	bind_text(q, 5, p->lock_day);
	bind_text(q, 6, p->lock_reason);
	bind_int(q, 7, op->now);
	bind_id(q, 8, op->by ? op->by->id : 0);
}

static enum status
insert_parts(struct op *op, const struct person *p)
{
	for (int part = 0; part < PARTS; part++)
		for (size_t i = 0; i < p->parts[part].n; i++)
			TRY(store_part_save(op, p->id, (enum part)part, &p->parts[part].list[i]));
	return ST_OK;
}

enum status
store_person_add(struct op *op, struct person *p)
{
	static const char sql[] =
	    "INSERT INTO person (version, display, sort_key, born, sex, lock_day, lock_reason,"
	    " unit, created_at, changed_at, changed_by)"
	    " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?9, ?7, ?7, ?8)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_person(op, q, p);
	bind_text(q, 9, op->by ? op->by->unit : NULL);
	TRY(db_run(op, q));
	p->id = db_last_id(op);
	p->version = 1;
	TRY(insert_name(op, p->id, &p->names[0]));
	TRY(insert_nationalities(op, p));
	TRY(insert_parts(op, p));
	op_touch(op, "person", p->id);
	return store_search_refresh(op, p->id);
}

static enum status
save_main_name(struct op *op, const struct person *p)
{
	static const char sql[] =
	    "UPDATE person_name SET family = ?2, given = ?3, source = ?4"
	    " WHERE person_id = ?1 AND kind = 'main'";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, p->id);
	bind_text(q, 2, p->names[0].family);
	bind_text(q, 3, p->names[0].given);
	bind_text(q, 4, p->names[0].source);
	return db_run(op, q);
}

enum status
store_person_save(struct op *op, struct person *p)
{
	static const char sql[] =
	    "UPDATE person SET display = ?1, sort_key = ?2, born = ?3, sex = ?4, lock_day = ?5,"
	    " lock_reason = ?6, changed_at = ?7, changed_by = ?8, version = version + 1"
	    " WHERE id = ?9";
	static const char clear_countries[] = "DELETE FROM person_nationality WHERE person_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_person(op, q, p);
	bind_int(q, 9, p->id);
	TRY(db_run(op, q));
	p->version++;
	TRY(save_main_name(op, p));
	TRY(clear(op, clear_countries, p->id));
	TRY(insert_nationalities(op, p));
	op_touch(op, "person", p->id);
	return store_search_refresh(op, p->id);
}

enum status
store_person_mark(struct op *op, struct person *p)
{
	static const char sql[] = "UPDATE person SET changed_at = ?1, changed_by = ?2,"
	                          " version = version + 1 WHERE id = ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->now);
	bind_id(q, 2, op->by ? op->by->id : 0);
	bind_int(q, 3, p->id);
	TRY(db_run(op, q));
	p->version++;
	op_touch(op, "person", p->id);
	return ST_OK;
}

#define PERSON_COLUMNS                                                         \
	"p.id, p.version, p.display, p.sort_key, p.born, p.sex, p.lock_day, p.lock_reason," \
	" p.merged_into, p.unit, p.created_at, s.name, p.changed_at"

static void
read_person(struct op *op, sqlite3_stmt *q, void *item)
{
	struct person *p = item;
	char today[11];

	*p = (struct person){
		.id = col_int(q, 0), .version = col_int(q, 1), .display = col_text(op, q, 2),
		.sort_key = col_text(op, q, 3), .born = col_text(op, q, 4),
		.sex = col_text(op, q, 5), .lock_day = col_text(op, q, 6),
		.lock_reason = col_text(op, q, 7), .merged_into = col_int(q, 8),
		.unit = col_text(op, q, 9), .created_at = col_int(q, 10),
		.changed_by_name = col_text(op, q, 11), .changed_at = col_int(q, 12),
	};
	if (!p->changed_by_name)
		p->changed_by_name = _("the administrator");
	p->locked = p->lock_day && strcmp(p->lock_day, day_iso(op->today, today)) >= 0;
}

static void
read_id(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int64_t *)item = col_int(q, 0);
}

enum status
store_person_linked(struct op *op, int64_t id, int64_t **ids, size_t *n)
{
	static const char sql[] =
	    "SELECT id FROM person WHERE id = ?1 UNION SELECT id FROM person WHERE merged_into = ?1"
	    " ORDER BY 1 LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_all(op, q, read_id, sizeof(**ids), ids, n);
}

static void
read_country(struct op *op, sqlite3_stmt *q, void *item)
{
	*(const char **)item = col_text(op, q, 0);
}

static enum status
read_nationalities(struct op *op, struct person *p)
{
	static const char sql[] =
	    "SELECT country FROM person_nationality WHERE person_id = ?1 ORDER BY country LIMIT 20";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, p->id);
	return db_all(op, q, read_country, sizeof(*p->nationalities), &p->nationalities,
	    &p->n_nationalities);
}

/* The three that are asked for all the time. */
static void
tell_current(struct op *op, struct person *p)
{
	const struct person_part *phone = part_current(op, p, PART_CONTACT, "phone");
	const struct person_part *address = part_current(op, p, PART_ADDRESS, NULL);
	const struct part_rows *languages = &p->parts[PART_LANGUAGE];

	if (languages->n && languages->list[0].mark)
		p->language = languages->list[0].value[0];
	if (phone)
		p->phone = phone->value[part_specs[PART_CONTACT].principal];
	if (address)
		p->address = address_line(op->mem, address->value);
}

enum status
store_person_find(struct op *op, int64_t id, struct person *p)
{
	static const char sql[] =
	    "SELECT " PERSON_COLUMNS " FROM person p LEFT JOIN staff s ON s.id = p.changed_by"
	    " WHERE p.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	TRY(db_one(op, q, read_person, sizeof(*p), p));
	if (!p->id)
		return ST_OK;
	TRY(read_names(op, id, &p->names, &p->n_names));
	TRY(read_nationalities(op, p));
	for (int part = 0; part < PARTS; part++)
		TRY(store_part_list(op, id, (enum part)part, &p->parts[part]));
	tell_current(op, p);
	return ST_OK;
}
