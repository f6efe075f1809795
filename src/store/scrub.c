/*
 * scrub.c - layer 2: what has been deleted leaves the free pages and the log,
 * see store_retention.h.  Called by tresen-admin retention.  Must never run
 * while somebody else may write: it copies the whole office.
 */
#include "record.h"
#include "store_copy.h"
#include "store_retention.h"

enum status
store_scrub(struct op *op)
{
	struct db *db = op->db;
	enum status s;

	if (!office_lock_take(&db->lock, 5000))
		return op_fail(op, ST_BUSY, _("Someone is saving. Try again in a moment."));
	guard_lift(db);
	/* VACUUM needs a second file, which may be as large as the office */
	sqlite3_limit(db->sqlite, SQLITE_LIMIT_ATTACHED, 1);
	s = db_exec(op, "PRAGMA temp_store=FILE; VACUUM; PRAGMA temp_store=MEMORY");
	sqlite3_limit(db->sqlite, SQLITE_LIMIT_ATTACHED, 0);
	guard_set(db);
	office_lock_give(&db->lock);
	return s == ST_OK ? db_fold_log(op) : s;
}
