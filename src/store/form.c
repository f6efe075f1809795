/*
 * form.c - layer 2: forms by version, and code lists.  Called by
 * service/form.c, by commands and by tresen-admin.  Must never change the text
 * of a version: cases were asked by it.
 */
#include "store_form.h"

#include "db.h"
#include "digest.h"

enum status
store_form_find(struct op *op, const char *key, int version, int *found_version,
                const char **source)
{
	static const char sql[] =
	    "SELECT f.version, f.source FROM form f WHERE f.key = ?1 AND f.version = ?2"
	    " UNION ALL"
	    " SELECT f.version, f.source FROM form_edition e"
	    " JOIN form f ON f.key = e.key AND f.version = e.version"
	    " WHERE ?2 = 0 AND e.key = ?1 AND e.state = 'published' AND e.valid_from <= ?3"
	    " AND (e.valid_until IS NULL OR e.valid_until >= ?3)"
	    " ORDER BY 1 DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, key);
	bind_int(q, 2, version);
	bind_day(q, 3, op->today);
	TRY(db_step(op, q, &row));
	*found_version = row ? (int)col_int(q, 0) : 0;
	*source = row ? col_text(op, q, 1) : NULL;
	db_done(q);
	return ST_OK;
}

static void
read_edition(struct op *op, sqlite3_stmt *q, void *item)
{
	struct form_edition *e = item;

	*e = (struct form_edition){
		.key = col_text(op, q, 0), .version = (int)col_int(q, 1),
		.withdrawn = col_int(q, 2) != 0, .valid_from = col_day(q, 3),
		.valid_until = col_day(q, 4), .published_at = col_int(q, 5),
		.published_by = col_text(op, q, 6), .withdrawn_at = col_int(q, 7),
		.withdrawn_by = col_text(op, q, 8),
	};
}

enum status
store_form_editions(struct op *op, const char *key, struct form_edition **list, size_t *n)
{
	static const char sql[] =
	    "SELECT key, version, state = 'withdrawn', valid_from, valid_until, published_at,"
	    " published_by, withdrawn_at, withdrawn_by FROM form_edition"
	    " WHERE ?1 IS NULL OR key = ?1 ORDER BY key, version DESC LIMIT 2000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, key);
	return db_all(op, q, read_edition, sizeof(**list), list, n);
}

static void
read_unpublished(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct form_edition *)item = (struct form_edition){
		.key = col_text(op, q, 0), .version = (int)col_int(q, 1),
		.valid_from = col_day(q, 2), .valid_until = DAY_NONE,
	};
}

enum status
store_form_unpublished(struct op *op, struct form_edition **list, size_t *n)
{
	static const char sql[] =
	    "SELECT f.key, f.version, f.valid_from FROM form f LEFT JOIN form_edition e"
	    " ON e.key = f.key AND e.version = f.version WHERE e.key IS NULL"
	    " ORDER BY f.key, f.version LIMIT 2000";

	return db_all(op, db_query(op, sql), read_unpublished, sizeof(**list), list, n);
}

/* ---- publishing ---- */

/* The text of this version; NULL: it does not stand there yet. */
static enum status
form_text(struct op *op, const char *key, int version, const char **text)
{
	static const char sql[] = "SELECT source FROM form WHERE key = ?1 AND version = ?2";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	bind_text(q, 1, key);
	bind_int(q, 2, version);
	TRY(db_step(op, q, &found));
	*text = found ? col_text(op, q, 0) : NULL;
	db_done(q);
	return ST_OK;
}

static enum status
put_text(struct op *op, const struct form_edition *e, const char *source)
{
	static const char sql[] = "INSERT INTO form (key, version, valid_from, source)"
	                          " VALUES (?1, ?2, ?3, ?4)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, e->key);
	bind_int(q, 2, e->version);
	bind_day(q, 3, e->valid_from);
	bind_text(q, 4, source);
	return db_run(op, q);
}

/* A version that was loaded before there were editions has none yet. */
static enum status
put_edition(struct op *op, const struct form_edition *e, const char *source)
{
	static const char sql[] =
	    "INSERT INTO form_edition (key, version, digest, state, valid_from, valid_until,"
	    " published_at, published_by) VALUES (?1, ?2, ?3, 'published', ?4, ?5, ?6, ?7)"
	    " ON CONFLICT DO NOTHING";
	char digest[DIGEST_HEX + 1];
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, e->key);
	bind_int(q, 2, e->version);
	bind_text(q, 3, digest_hex(source, strlen(source), digest));
	bind_day(q, 4, e->valid_from);
	bind_day(q, 5, e->valid_until);
	bind_int(q, 6, op->now);
	bind_text(q, 7, e->published_by);
	return db_run(op, q);
}

enum status
store_form_publish(struct op *op, const struct form_edition *e, const char *source)
{
	const char *there;

	TRY(form_text(op, e->key, e->version, &there));
	if (there && strcmp(there, source) != 0)
		return op_fail(op, ST_CONFLICT, _("Version %d of the form %s is in use with "
		    "another text. Give the changed form the next version number."), e->version,
		    e->key);
	if (!there)
		TRY(put_text(op, e, source));
	return put_edition(op, e, source);
}

enum status
store_form_withdraw(struct op *op, const char *key, int version, const char *by)
{
	static const char sql[] =
	    "UPDATE form_edition SET state = 'withdrawn', withdrawn_at = ?3, withdrawn_by = ?4"
	    " WHERE key = ?1 AND version = ?2 AND state = 'published'";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, key);
	bind_int(q, 2, version);
	bind_int(q, 3, op->now);
	bind_text(q, 4, by);
	return db_run(op, q);
}

/* ---- code lists ---- */

enum status
store_list_find(struct op *op, const char *name, int *version, const char **source)
{
	static const char sql[] = "SELECT version, source FROM form_list WHERE name = ?1"
	                          " ORDER BY version DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, name);
	TRY(db_step(op, q, &row));
	*version = row ? (int)col_int(q, 0) : 0;
	*source = row ? col_text(op, q, 1) : NULL;
	db_done(q);
	return ST_OK;
}

/* Digest of this version; NULL: it is not there. */
static enum status
list_digest(struct op *op, const char *name, int version, const char **digest)
{
	static const char sql[] = "SELECT digest FROM form_list WHERE name = ?1 AND version = ?2";
	sqlite3_stmt *q = db_query(op, sql);
	bool found;

	bind_text(q, 1, name);
	bind_int(q, 2, version);
	TRY(db_step(op, q, &found));
	*digest = found ? col_text(op, q, 0) : NULL;
	db_done(q);
	return ST_OK;
}

enum status
store_list_put(struct op *op, const char *name, int version, const char *source)
{
	static const char sql[] =
	    "INSERT INTO form_list (name, version, digest, source, loaded_at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)";
	char digest[DIGEST_HEX + 1];
	const char *there;
	sqlite3_stmt *q;

	digest_hex(source, strlen(source), digest);
	TRY(list_digest(op, name, version, &there));
	if (there && strcmp(there, digest) == 0)
		return ST_OK;
	if (there)
		return op_fail(op, ST_CONFLICT, _("Version %d of the code list %s is in use with "
		    "another text. Give the changed list the next version number."), version,
		    name);
	q = db_query(op, sql);
	bind_text(q, 1, name);
	bind_int(q, 2, version);
	bind_text(q, 3, digest);
	bind_text(q, 4, source);
	bind_int(q, 5, op->now);
	return db_run(op, q);
}
