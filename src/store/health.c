/*
 * health.c - layer 2: figures of the office file that cost nothing.  Called by
 * service/health.c.  Asks the names of the files for their sizes and opens
 * none: closing one would drop the locks of this session.
 */
#include "store_health.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "db.h"

static enum status
number_of(struct op *op, const char *sql, int64_t *number)
{
	return db_number(op, db_query(op, sql), number);
}

static int64_t
size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

static enum status
read_sizes(struct op *op, struct health *h)
{
	const char *path = sqlite3_db_filename(op->db->sqlite, "main");
	struct statvfs disk;
	int64_t page, pages, unused;

	TRY(number_of(op, "PRAGMA page_size", &page));
	TRY(number_of(op, "PRAGMA page_count", &pages));
	TRY(number_of(op, "PRAGMA freelist_count", &unused));
	h->file_bytes = page * pages;
	h->unused_bytes = page * unused;
	h->log_bytes = size_of(arena_printf(op->mem, "%s-wal", path));
	h->disk_free_bytes = statvfs(path, &disk) == 0
	    ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize : -1;
	return ST_OK;
}

static enum status
count_staff(struct op *op, struct health *h)
{
	struct staff *list;
	size_t n;

	TRY(store_staff_list(op, NULL, false, &list, &n));
	h->accounts = (int64_t)n;
	for (size_t i = 0; i < n; i++)
		h->without_user += list[i].uid < 0;
	return ST_OK;
}

enum status
store_health(struct op *op, struct health *h)
{
	int64_t unchained;

	*h = (struct health){ 0 };
	TRY(read_sizes(op, h));
	TRY(number_of(op, "SELECT max(step) FROM schema_step", &h->schema));
	TRY(number_of(op, "SELECT max(seq) FROM event", &h->events));
	TRY(number_of(op, "SELECT at FROM event ORDER BY seq DESC LIMIT 1", &h->last_event_at));
	TRY(number_of(op, "SELECT hash IS NULL FROM event ORDER BY seq LIMIT 1", &unchained));
	h->unchained = unchained != 0;
	TRY(count_staff(op, h));
	TRY(number_of(op, "SELECT count(*) FROM draft", &h->drafts));
	return number_of(op, "SELECT min(saved_at) FROM draft", &h->oldest_draft_at);
}
