/*
 * setting.c - layer 2: what this office file is: its name, its limits, by key.
 * Called by whoever asks; written by admin/ only.
 */
#include "db.h"

/* Read once an action: every row of a list asks for the same few. */
struct setting {
	const char *key, *value;
	struct setting *next;
};

static enum status
read_setting(struct op *op, const char *key, const char **value)
{
	static const char sql[] = "SELECT value FROM office WHERE key = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, key);
	TRY(db_step(op, q, &row));
	*value = row ? col_text(op, q, 0) : "";
	db_done(q);
	return ST_OK;
}

enum status
store_office_get(struct op *op, const char *key, const char **value)
{
	struct setting *known;

	for (known = op->settings; known; known = known->next)
		if (strcmp(known->key, key) == 0) {
			*value = known->value;
			return ST_OK;
		}
	TRY(read_setting(op, key, value));
	known = arena_make(op->mem, struct setting);
	*known = (struct setting){ arena_strdup(op->mem, key), *value, op->settings };
	op->settings = known;
	return ST_OK;
}

enum status
store_office_set(struct op *op, const char *key, const char *value)
{
	static const char sql[] = "INSERT INTO office VALUES (?1, ?2)"
	                          " ON CONFLICT DO UPDATE SET value = excluded.value";
	sqlite3_stmt *q = db_query(op, sql);

	op->settings = NULL;
	bind_text(q, 1, key);
	bind_text(q, 2, value);
	return db_run(op, q);
}
