/*
 * spelling.c - layer 2: the vocabulary of names: enters and takes out what a
 * person is called.  Called by person.c after each change of names, and by
 * db_migrate for a whole file.  What is entered depends on person_name alone.
 */
#include "store_search.h"

#include <stdio.h>
#include <stdlib.h>

#include "search.h"

/* ---- spellings and their keys ---- */

static enum status
find_spelling(struct op *op, const char *form, int64_t *id)
{
	static const char sql[] = "SELECT id FROM spelling WHERE form = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, form);
	return db_number(op, q, id);
}

static enum status
each_key(struct op *op, const char *sql, int64_t id, const char *form)
{
	int64_t keys[NAME_KEYS_MAX];
	size_t n = name_keys(form, KEY_KINDS_STORED, keys);

	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *q = db_query(op, sql);

		bind_int(q, 1, keys[i]);
		bind_int(q, 2, id);
		TRY(db_run(op, q));
	}
	return ST_OK;
}

static enum status
add_spelling(struct op *op, const char *form, int64_t *id)
{
	static const char sql[] = "INSERT INTO spelling (form, people) VALUES (?1, 0)";
	static const char key_sql[] = "INSERT INTO spelling_key VALUES (?1, ?2)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, form);
	TRY(db_run(op, q));
	*id = db_last_id(op);
	return each_key(op, key_sql, *id, form);
}

/* A spelling that nobody bears any more goes, so that nobody finds it. */
static enum status
drop_spelling(struct op *op, const char *form, int64_t id)
{
	static const char sql[] = "DELETE FROM spelling WHERE id = ?1";
	static const char key_sql[] = "DELETE FROM spelling_key WHERE key = ?1 AND spelling_id = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	TRY(db_run(op, q));
	return each_key(op, key_sql, id, form);
}

static enum status
count_people(struct op *op, int64_t id, int by, int64_t *people)
{
	static const char sql[] =
	    "UPDATE spelling SET people = people + ?2 WHERE id = ?1 RETURNING people";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	bind_int(q, 2, by);
	return db_number(op, q, people);
}

/* ---- who bears a spelling ---- */

/* The entries of one row; room for one more. */
static enum status
read_chunk(struct op *op, int64_t row, uint8_t **bytes, size_t *n)
{
	static const char sql[] = "SELECT people FROM spelling_people WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	bind_int(q, 1, row);
	TRY(db_step(op, q, &found));
	*n = found ? (size_t)sqlite3_column_bytes(q, 0) / BEARER_BYTES : 0;
	*bytes = arena_alloc(op->mem, (*n + 1) * BEARER_BYTES);
	if (*n > 0)
		memcpy(*bytes, sqlite3_column_blob(q, 0), *n * BEARER_BYTES);
	db_done(q);
	return ST_OK;
}

static enum status
write_chunk(struct op *op, int64_t row, const uint8_t *bytes, size_t n)
{
	static const char sql[] = "INSERT INTO spelling_people VALUES (?1, ?2)"
	                          " ON CONFLICT DO UPDATE SET people = excluded.people";
	static const char drop_sql[] = "DELETE FROM spelling_people WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, n > 0 ? sql : drop_sql);

	bind_int(q, 1, row);
	if (n > 0)
		bind_blob(q, 2, bytes, (int)n * BEARER_BYTES);
	return db_run(op, q);
}

/* Puts the entry where the person's number belongs, or takes it out. */
static enum status
mark_person(struct op *op, int64_t spelling_id, int64_t person_id, unsigned marks, bool add)
{
	int64_t row = chunk_row(spelling_id, person_id >> CHUNK_BITS);
	unsigned number = (unsigned)person_id & (CHUNK_PEOPLE - 1);
	uint8_t *bytes, *place;
	size_t n, at, behind;

	TRY(read_chunk(op, row, &bytes, &n));
	for (at = n; at > 0 && bearer_number(bytes, at - 1) >= number; at--)
		;
	behind = at < n && bearer_number(bytes, at) == number ? at + 1 : at;
	place = bytes + BEARER_BYTES * at;
	memmove(place + (add ? BEARER_BYTES : 0), bytes + BEARER_BYTES * behind,
	    BEARER_BYTES * (n - behind));
	if (add) {
		place[0] = (uint8_t)number;
		place[1] = (uint8_t)(number >> 8);
		place[2] = (uint8_t)marks;
	}
	return write_chunk(op, row, bytes, n - (behind - at) + add);
}

static enum status
enter(struct op *op, int64_t person_id, const char *form, unsigned marks)
{
	int64_t id, people;

	TRY(find_spelling(op, form, &id));
	if (!id)
		TRY(add_spelling(op, form, &id));
	TRY(count_people(op, id, 1, &people));
	return mark_person(op, id, person_id, marks, true);
}

static enum status
take_out(struct op *op, int64_t person_id, const char *form)
{
	int64_t id, people;

	TRY(find_spelling(op, form, &id));
	if (!id)
		return ST_OK;
	TRY(count_people(op, id, -1, &people));
	TRY(mark_person(op, id, person_id, 0, false));
	return people > 0 ? ST_OK : drop_spelling(op, form, id);
}

/* ---- a person's names as entries ---- */

static void
add_entry(struct entries *e, const char *form, unsigned marks)
{
	for (size_t i = 0; i < e->n; i++)
		if (strcmp(e->of[i].form, form) == 0)
			return;
	if (e->n == FORMS_MAX)
		return;
	e->of[e->n].form = form;
	e->of[e->n++].marks = marks;
}

/* An article alone finds nobody, unless there is nothing else. */
static size_t
count_units(const struct name_unit *units, size_t n)
{
	size_t counted = 0;

	for (size_t i = 0; i < n; i++)
		counted += units[i].particle == PARTICLE_NONE;
	return counted > 0 || n == 0 ? counted : 1;
}

static void
add_field(struct entries *e, const struct name_unit *units, size_t n, unsigned marks)
{
	bool articles = true;

	for (size_t i = 0; i < n; i++)
		articles &= units[i].particle == PARTICLE_ARTICLE;
	for (size_t i = 0; i < n; i++) {
		if (articles || units[i].particle != PARTICLE_ARTICLE)
			add_entry(e, units[i].form, marks);
		if (units[i].glued)
			add_entry(e, units[i].glued, marks);
	}
}

static void
add_name(struct op *op, struct entries *e, const struct person_name *name)
{
	struct name_unit family[NAME_UNITS_MAX], given[NAME_UNITS_MAX];
	size_t n = name_units(op->mem, name->family, family);
	size_t m = name->given ? name_units(op->mem, name->given, given) : 0;
	size_t units = count_units(family, n) + count_units(given, m);
	unsigned marks = units > 3 ? 3 : units > 0 ? (unsigned)units - 1 : 0;

	if (strcmp(name->kind, "main") == 0)
		marks |= MARK_MAIN;
	add_field(e, family, n, marks | MARK_FAMILY);
	add_field(e, given, m, marks);
}

static void
read_name(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct person_name *)item = (struct person_name){ .kind = col_text(op, q, 0),
	    .family = col_text(op, q, 1), .given = col_text(op, q, 2) };
}

/* The main one is brought to the front here: SQLite would set up a table to
 * sort two rows in, which costs more than all of the rest of a hit. */
enum status
read_names(struct op *op, int64_t person_id, struct person_name **names, size_t *n)
{
	static const char sql[] = "SELECT kind, family, given FROM person_name WHERE person_id = ?1"
	                          " ORDER BY id LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);
	struct person_name first;
	size_t main = 0;

	bind_int(q, 1, person_id);
	TRY(db_all(op, q, read_name, sizeof(**names), names, n));
	while (main < *n && strcmp((*names)[main].kind, "main") != 0)
		main++;
	if (main == 0 || main == *n)
		return ST_OK;
	first = (*names)[main];
	memmove(*names + 1, *names, main * sizeof(**names));
	(*names)[0] = first;
	return ST_OK;
}

enum status
names_as_entries(struct op *op, int64_t person_id, struct entries *e)
{
	struct person_name *names;
	size_t n;

	e->n = 0;
	TRY(read_names(op, person_id, &names, &n));
	for (size_t i = 0; i < n; i++)
		add_name(op, e, &names[i]);
	return ST_OK;
}

char *
entries_as_text(struct op *op, const struct entries *e)
{
	char *text = arena_alloc(op->mem, e->n * (NAME_FORM_MAX + 4) + 1), *to = text;

	for (size_t i = 0; i < e->n; i++)
		to += sprintf(to, " %s/%X", e->of[i].form, e->of[i].marks);
	return text;
}

/* ---- refresh ---- */

enum status
read_entered(struct op *op, int64_t person_id, const char **forms)
{
	static const char sql[] = "SELECT forms FROM person_spelling WHERE person_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_int(q, 1, person_id);
	TRY(db_step(op, q, &row));
	*forms = row ? col_text(op, q, 0) : "";
	db_done(q);
	return ST_OK;
}

static enum status
save_entered(struct op *op, int64_t person_id, const char *forms)
{
	static const char sql[] = "INSERT INTO person_spelling VALUES (?1, ?2)"
	                          " ON CONFLICT DO UPDATE SET forms = excluded.forms";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_text(q, 2, forms);
	return db_run(op, q);
}

static enum status
take_all_out(struct op *op, int64_t person_id, const char *forms)
{
	char *save = NULL, *copy = arena_strdup(op->mem, forms);

	for (char *f = strtok_r(copy, " ", &save); f; f = strtok_r(NULL, " ", &save)) {
		f[strcspn(f, "/")] = '\0';
		TRY(take_out(op, person_id, f));
	}
	return ST_OK;
}

enum status
store_search_refresh(struct op *op, int64_t person_id)
{
	const char *before, *after;
	struct entries e;

	TRY(read_entered(op, person_id, &before));
	TRY(names_as_entries(op, person_id, &e));
	after = entries_as_text(op, &e);
	if (*before && strcmp(before, after) == 0)
		return ST_OK;
	TRY(take_all_out(op, person_id, before));
	for (size_t i = 0; i < e.n; i++)
		TRY(enter(op, person_id, e.of[i].form, e.of[i].marks));
	return save_entered(op, person_id, after);
}

enum status
store_search_forget(struct op *op, int64_t person_id)
{
	static const char sql[] = "DELETE FROM person_spelling WHERE person_id = ?1";
	const char *forms;
	sqlite3_stmt *q;

	TRY(read_entered(op, person_id, &forms));
	TRY(take_all_out(op, person_id, forms));
	q = db_query(op, sql);
	bind_int(q, 1, person_id);
	return db_run(op, q);
}

/* ---- the whole file ---- */

char *
rules_as_text(struct op *op)
{
	return arena_printf(op->mem, "rules %lld", (long long)name_rules());
}

enum status
store_search_rebuild(struct op *op)
{
	static const char next_sql[] = "SELECT min(id) FROM person WHERE id > ?1";
	struct arena *whole = op->mem, *scratch = arena_new();
	int64_t id = 0;
	enum status s = db_exec(op, "DELETE FROM spelling; DELETE FROM spelling_key;"
	    "DELETE FROM spelling_people; DELETE FROM person_spelling;");

	if (s == ST_OK)
		s = save_entered(op, RULES_ROW, rules_as_text(op));
	op->mem = scratch;
	while (s == ST_OK) {
		sqlite3_stmt *q = db_query(op, next_sql);

		bind_int(q, 1, id);
		s = db_number(op, q, &id);
		if (s != ST_OK || id == 0)
			break;
		s = store_search_refresh(op, id);
		arena_reset(scratch);
	}
	op->mem = whole;
	if (s != ST_OK)
		op->fail.sentence = arena_strdup(whole, op->fail.sentence);
	arena_free(scratch);
	return s;
}
