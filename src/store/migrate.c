/*
 * migrate.c - layer 2: the schema's versions, embedded at build.  Called by
 * db.c.  A released migration never changes; each is one transaction.
 */
#include "record.h"

#include <stdio.h>

/* "TRSN": this file is an office of tresen (PRAGMA application_id). */
#define APPLICATION_ID 0x5452534e

static const struct {
	const char *name;
	unsigned sum;            /* of the text, to know it again */
	const char *sql;
} steps[] = {
#include "schema.inc"
};

static int
pragma_int(sqlite3 *sqlite, const char *sql)
{
	sqlite3_stmt *q;
	int value = -1;

	if (sqlite3_prepare_v2(sqlite, sql, -1, &q, NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(q) == SQLITE_ROW)
		value = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return value;
}

static bool
schema_current(sqlite3 *sqlite, int *version, int *newest)
{
	*version = pragma_int(sqlite, "PRAGMA user_version");
	*newest = (int)COUNT_OF(steps);
	return *version > 0 && pragma_int(sqlite, "PRAGMA application_id") == APPLICATION_ID;
}

/* Was the file, of this version or an older one, made by these very texts? */
static bool
schema_known(sqlite3 *sqlite, int version)
{
	static const char sql[] = "SELECT sum FROM schema_step ORDER BY step";
	sqlite3_stmt *q;
	int step = 0;

	if (sqlite3_prepare_v2(sqlite, sql, -1, &q, NULL) != SQLITE_OK)
		return false;
	while (step < version && sqlite3_step(q) == SQLITE_ROW &&
	       sqlite3_column_int64(q, 0) == (int64_t)steps[step].sum)
		step++;
	sqlite3_finalize(q);
	return step == version;
}

const char *
schema_refusal(struct arena *mem, sqlite3 *sqlite, const char *path, int *version, int *newest)
{
	if (!schema_current(sqlite, version, newest))
		return arena_printf(mem, _("%s is no office file of tresen."), path);
	if (*version > *newest)
		return arena_printf(mem, _("%s was made by a newer tresen. Install that version."),
		    path);
	if (!schema_known(sqlite, *version))
		return arena_printf(mem, _("%s was made by a tresen that was never released. Make "
		    "a new office, or use the tresen that made it."), path);
	return NULL;
}

/* A step may mend the words of a table (017): refused to everybody else. */
static int
run_step(sqlite3 *sqlite, const char *sql)
{
	int defensive = 0, rc;

	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	rc = sqlite3_exec(sqlite, sql, NULL, NULL, NULL);
	sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, defensive, NULL);
	return rc;
}

static int
apply_step(sqlite3 *sqlite, int step)
{
	char stamp[160];
	int rc;

	snprintf(stamp, sizeof(stamp), "PRAGMA application_id=%d; PRAGMA user_version=%d;"
	    "INSERT INTO schema_step VALUES (%d, %u);", APPLICATION_ID, step + 1, step + 1,
	    steps[step].sum);
	rc = sqlite3_exec(sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = run_step(sqlite, steps[step].sql);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(sqlite, stamp, NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(sqlite, "COMMIT", NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		log_line("schema %s: %s", steps[step].name, sqlite3_errmsg(sqlite));
	if (rc != SQLITE_OK && !sqlite3_get_autocommit(sqlite))
		sqlite3_exec(sqlite, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int
schema_apply(sqlite3 *sqlite, int from)
{
	int rc = SQLITE_OK;

	for (int step = from; rc == SQLITE_OK && step < (int)COUNT_OF(steps); step++)
		rc = apply_step(sqlite, step);
	return rc;
}

/* A migration waits for nobody who is in; their program would write what the new
 * schema does not mean. */
enum status
schema_stays(struct op *op)
{
	struct db *db = op->db;
	int now = record_schema(db->record), version, newest;

	if (now == db->schema)
		return ST_OK;
	if (schema_refusal(op->mem, db->sqlite, db->path, &version, &newest) || version != newest) {
		db->lost = true;
		return op_fail(op, ST_STORE, _("This office has been brought to another version of "
		    "tresen, so nothing was saved. Leave the program and start it again."));
	}
	db->schema = now;
	return ST_OK;
}
