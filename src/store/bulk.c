/*
 * bulk.c - layer 2: filling a new office file, or giving it up.  Called by
 * tresen-admin init only: 500,000 events that each wait for the disk would
 * take an hour.  Must never be used on a file that people work with.
 */
#include "place.h"
#include "store_admin.h"

#include <unistd.h>

enum status
db_bulk(struct op *op, bool on)
{
	/* alone with the file, a write-ahead log would write everything twice */
	static const char fast[] = "PRAGMA journal_mode=MEMORY; PRAGMA locking_mode=EXCLUSIVE;"
	                           "PRAGMA synchronous=OFF; PRAGMA cache_size=-131072;";
	/* a case brought in closed leaves a day without any behind */
	static const char safe[] = "DELETE FROM case_count WHERE"
	                           " intake + open + in_work + waiting + proposed = 0;"
	                           "PRAGMA locking_mode=NORMAL; PRAGMA synchronous=FULL;"
	                           "PRAGMA cache_size=-2048; PRAGMA journal_mode=WAL;";
	enum status s;

	guard_lift(op->db);
	s = db_exec(op, on ? fast : safe);
	guard_set(op->db);
	op->db->alone = on;
	return s != ST_OK || on || place_note(op->db) ? s : place_refuse(op);
}

void
db_discard(struct op *op, const char *path)
{
	static const char *const parts[] = { "", "-wal", "-shm" };

	db_close(op->db);
	op->db = NULL;
	office_lock_remove(path);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		unlink(arena_printf(op->mem, "%s%s", path, parts[i]));
}
