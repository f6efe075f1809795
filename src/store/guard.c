/*
 * guard.c - layer 2: what no statement may do on the connection of an office,
 * whoever wrote it: change the schema, the settings, or what has happened.
 * SQLite asks here when it prepares a statement, and the triggers of the file
 * when it runs one.  Called by db.c; lifted for moments by what makes, moves
 * or prunes a file.  Must never be lifted in the engine.
 */
#include "db.h"

/* Settings that may be asked for, and not set. */
static bool
pragma_is_harmless(const char *name, const char *value)
{
	static const struct { const char *name; bool argument; } asked[] = {
		{ "data_version", false }, { "schema_version", false }, { "user_version", false },
		{ "application_id", false }, { "table_info", true }, { "integrity_check", true },
		{ "foreign_key_check", false }, { "page_size", false }, { "page_count", false },
		{ "freelist_count", false },
	};

	for (size_t i = 0; i < COUNT_OF(asked); i++)
		if (sqlite3_stricmp(name, asked[i].name) == 0)
			return !value || asked[i].argument;
	return false;
}

/*
 * Changes of rows that are there; of events only what chain_read.c does.  Those
 * of SQLite's own tables are refused by DEFENSIVE: here pragma_table_info asks
 * for them, too, while it is parsed, and never makes them.
 */
static bool
may_change(const struct db *db, int action, const char *table)
{
	if (sqlite3_stricmp(table, "event") == 0)
		return action == SQLITE_UPDATE && db->may_cut;
	return sqlite3_stricmp(table, "event_object") != 0;
}

static int
decide(void *data, int action, const char *what, const char *more, const char *schema,
       const char *trigger)
{
	const struct db *db = data;
	bool may;

	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		may = sqlite3_stricmp(more, "load_extension") != 0;
		break;
	case SQLITE_INSERT:
		may = strcmp(schema, "main") == 0;
		break;
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		may = may_change(db, action, what);
		break;
	case SQLITE_PRAGMA:
		may = pragma_is_harmless(what, more);
		break;
	default:
		may = false;
	}
	return may ? SQLITE_OK : SQLITE_DENY;
}

void
guard_set(struct db *db)
{
	sqlite3_set_authorizer(db->sqlite, decide, db);
}

void
guard_lift(struct db *db)
{
	sqlite3_set_authorizer(db->sqlite, NULL, NULL);
}
