/*
 * scrub.c - layer 2: no byte of the file remembers what was deleted.  Called by
 * tresen-admin retention while people work.
 *
 * SQLite overwrites with zeros what it frees (secure_delete), but where it moves
 * rows from one page to another it leaves them in what is then the unused middle
 * of the first.  VACUUM would get rid of that by writing all of the file anew,
 * while nobody can save, and with as much room again; by statements alone such a
 * page is not to be reached.  So that middle is overwritten here, in the file,
 * some hundred pages at a time, as a checkpoint writes pages into the file.
 *
 * Why no other session can lose a row by that, or bring the bytes back:
 *
 * - The log is empty, and nobody else writes (the office lock, and SQLite's own
 *   lock for programs that do not know ours), from before the first page is read
 *   until after the last one is written: what is in the file is the newest state,
 *   the only one that anybody reads, and there is no older picture of a page from
 *   which a later write or a recovery could bring it back.
 * - Not one byte that means anything changes.  So whoever reads a page at that
 *   moment, through the kernel or through a map, half old and half new, reads the
 *   same rows; and so does whoever finds such a page after a power cut.
 * - A chunk ends with a commit before those locks are given back: each session
 *   then knows its pages in memory for old and reads them afresh before it writes.
 *   Where that commit fails, or we are killed before it, bytes may come back: so
 *   it is not done, and the office goes on saying that it is due.
 */
#include "db.h"

#include <stdlib.h>

#include "log.h"
#include "store_copy.h"
#include "store_retention.h"

/* https://www.sqlite.org/fileformat2.html */
#define PAGE_MOST 65536
#define FIRST_FREE_AT 32         /* in the first page */
#define MOVES_PAGES_AT 52        /* auto_vacuum, which keeps pages of another kind: no office has it */
#define FIRST_PAGE 2             /* the first one begins the schema, which tells of nobody */
/* A page that is not of a tree begins with the number of another one.  As long as
 * there are fewer, its first byte is zero, as no page of a tree begins. */
#define PAGES_MOST 0x1000000
#define CHUNK_US 10000
#define PAGES_A_LOOK 64          /* at the clock */

enum kind { USED, FREE, TRUNK }; /* a trunk names free ones */

struct scrub {
	struct op *op;
	sqlite3_file *file;
	unsigned size, usable;   /* of a page */
	int64_t next, last;
	int64_t pages;           /* overwritten */
	unsigned char *kinds;    /* of each page, in this chunk */
	unsigned char page[PAGE_MOST], clean[PAGE_MOST];
};

static unsigned
two(const unsigned char *at)
{
	return (unsigned)at[0] << 8 | at[1];
}

static uint32_t
four(const unsigned char *at)
{
	return (uint32_t)two(at) << 16 | two(at + 2);
}

static enum status
unreadable(struct op *op)
{
	return op_fail(op, ST_STORE, _("A page of the office file cannot be read or written. Run: "
	    "tresen-admin check"));
}

static enum status
page_read(struct scrub *s, int64_t number)
{
	if (number > 0 && number <= s->last && s->file->pMethods->xRead(s->file, s->page,
	        (int)s->size, (number - 1) * s->size) == SQLITE_OK)
		return ST_OK;
	return unreadable(s->op);
}

/* ---- what of a page means nothing ---- */

/* Where its cells are; none of them lies before to. */
static bool
cells_are_behind(const struct scrub *s, const unsigned char *page, unsigned from, unsigned to)
{
	for (unsigned at = from - 2 * two(page + 3); at < from; at += 2)
		if (two(page + at) < to || two(page + at) >= s->usable)
			return false;
	return true;
}

/* Behind the pointers to its cells and before the first of them, and within what
 * was freed between them.  False: it is not as SQLite writes one. */
static bool
tree_clean(const struct scrub *s, unsigned char *page)
{
	bool inner = page[0] == 2 || page[0] == 5;
	unsigned from = (inner ? 12u : 8u) + 2 * two(page + 3), to = two(page + 5);

	if (to == 0)
		to = PAGE_MOST;
	if (from > to || to > s->usable || !cells_are_behind(s, page, from, to))
		return false;
	memset(page + from, 0, to - from);
	for (unsigned at = two(page + 1), least = to; at; at = two(page + at)) {
		unsigned size = at >= least && at + 4 <= s->usable ? two(page + at + 2) : 0;

		if (size < 4 || at + size > s->usable)
			return false;
		memset(page + at + 4, 0, size - 4);
		least = at + size;
	}
	return true;
}

static bool
trunk_clean(const struct scrub *s, unsigned char *page)
{
	uint64_t used = 8 + 4 * (uint64_t)four(page + 4);

	if (used > s->usable)
		return false;
	memset(page + used, 0, s->usable - used);
	return true;
}

static bool
is_of_tree(const unsigned char *page)
{
	return page[0] == 2 || page[0] == 5 || page[0] == 10 || page[0] == 13;
}

/* Of pages that one long text fills SQLite clears the rest when it takes them. */
static bool
page_clean(const struct scrub *s, int64_t number, unsigned char *page)
{
	switch ((enum kind)s->kinds[number]) {
	case FREE:
		memset(page, 0, s->usable);
		return true;
	case TRUNK:
		return trunk_clean(s, page);
	case USED:
		break;
	}
	return !is_of_tree(page) || tree_clean(s, page);
}

/* ---- a chunk ---- */

static enum status
trunk_list(struct scrub *s, uint32_t number)
{
	uint32_t n;

	if (number > s->last || s->kinds[number] == TRUNK)
		return unreadable(s->op);
	TRY(page_read(s, number));
	s->kinds[number] = TRUNK;
	n = four(s->page + 4);
	for (uint32_t i = 0; i < n && 8 + 4 * i + 4 <= s->usable; i++) {
		uint32_t page = four(s->page + 8 + 4 * i);

		if (page > s->last || page < FIRST_PAGE)
			return unreadable(s->op);
		s->kinds[page] = FREE;
	}
	return ST_OK;
}

static enum status
free_list(struct scrub *s)
{
	sqlite3_int64 size;

	if (s->file->pMethods->xFileSize(s->file, &size) != SQLITE_OK ||
	    size / s->size >= PAGES_MOST)
		return unreadable(s->op);
	s->last = size / s->size;
	s->kinds = arena_array(s->op->mem, unsigned char, (size_t)s->last + 1);
	memset(s->kinds, USED, (size_t)s->last + 1);
	TRY(page_read(s, 1));
	for (uint32_t next = four(s->page + FIRST_FREE_AT); next; next = four(s->page))
		TRY(trunk_list(s, next));
	return ST_OK;
}

static enum status
page_scrub(struct scrub *s)
{
	int64_t number = s->next++;

	TRY(page_read(s, number));
	memcpy(s->clean, s->page, s->size);
	if (!page_clean(s, number, s->clean))
		return unreadable(s->op);
	if (memcmp(s->clean, s->page, s->size) == 0)
		return ST_OK;
	s->pages++;
	if (s->file->pMethods->xWrite(s->file, s->clean, (int)s->size, (number - 1) * s->size) ==
	    SQLITE_OK)
		return ST_OK;
	return unreadable(s->op);
}

/* What others have freed or taken meanwhile is asked anew; a page that was done
 * may not be as clean any more, but of rows that are there. */
static enum status
pages_scrub(struct scrub *s)
{
	int64_t until;

	TRY(free_list(s));
	until = clock_micros() + CHUNK_US;
	while (s->next <= s->last) {
		TRY(page_scrub(s));
		if (s->next % PAGES_A_LOOK == 0 && clock_micros() > until)
			break;
	}
	return ST_OK;
}

/* Of a program that does not know the office lock: then it is in the log. */
static bool
nobody_wrote(struct db *db)
{
	sqlite3_file *log = NULL;
	sqlite3_int64 size = 0;

	if (sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) !=
	    SQLITE_OK)
		return false;
	return !log || !log->pMethods || (log->pMethods->xFileSize(log, &size) == SQLITE_OK &&
	    size == 0);
}

/* One that says nothing, by which all others know their pages for old. */
static enum status
commit(struct op *op)
{
	static const char sql[] = "PRAGMA user_version";
	int64_t version;

	TRY(db_number(op, db_query(op, sql), &version));
	TRY(db_exec(op, arena_printf(op->mem, "PRAGMA user_version=%d", (int)version)));
	db_reset_all(op->db);
	return db_exec(op, "COMMIT");
}

static enum status
chunk_within(struct scrub *s)
{
	struct op *op = s->op;
	enum status st;

	TRY(db_exec(op, "BEGIN IMMEDIATE"));
	st = nobody_wrote(op->db) ? pages_scrub(s) : ST_OK;
	if (st == ST_OK)
		st = commit(op);
	db_reset_all(op->db);
	if (!sqlite3_get_autocommit(op->db->sqlite))
		sqlite3_exec(op->db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	return st;
}

static enum status
chunk(struct scrub *s)
{
	struct db *db = s->op->db;
	int64_t before = s->pages;
	enum status st;

	TRY(db_lock_empty(s->op));
	/* our own pages in memory: nobody tells us that they are old */
	sqlite3_db_release_memory(db->sqlite);
	st = chunk_within(s);
	office_lock_give(&db->lock);
	/* while nobody waits for it */
	if (st == ST_OK && s->pages > before &&
	    s->file->pMethods->xSync(s->file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
		st = unreadable(s->op);
	return st;
}

/* ---- the whole ---- */

static enum status
begin(struct scrub *s)
{
	s->file = log_office_file(s->op->db);
	if (!s->file || s->file->pMethods->xRead(s->file, s->page, 100, 0) != SQLITE_OK ||
	    four(s->page + MOVES_PAGES_AT) != 0)
		return unreadable(s->op);
	s->size = two(s->page + 16) == 1 ? PAGE_MOST : two(s->page + 16);
	s->usable = s->size - s->page[20];
	s->next = FIRST_PAGE;
	s->last = FIRST_PAGE; /* as far as is known */
	return ST_OK;
}

static enum status
all_chunks(struct scrub *s)
{
	struct arena *mem = s->op->mem, *scratch = arena_new();
	enum status st = begin(s);

	s->op->mem = scratch;
	while (st == ST_OK && s->next <= s->last) {
		st = chunk(s);
		if (st == ST_OK)
			arena_reset(scratch);
	}
	s->op->mem = mem;
	if (st != ST_OK)
		s->op->fail.sentence = arena_strdup(mem, s->op->fail.sentence);
	arena_free(scratch);
	return st;
}

enum status
store_scrub(struct op *op, int64_t *pages)
{
	struct scrub *s = arena_make(op->mem, struct scrub);
	enum status st;

	*s = (struct scrub){ .op = op };
	guard_lift(op->db);
	st = all_chunks(s);
	guard_set(op->db);
	*pages = s->pages;
	return st == ST_OK ? db_fold_log(op) : st;
}

#define SCRUB_KEY "scrub"

enum status
store_scrub_due(struct op *op, bool *due)
{
	const char *value;

	TRY(store_office_get(op, SCRUB_KEY, &value));
	*due = strcmp(value, "due") == 0;
	return ST_OK;
}

enum status
store_scrub_note(struct op *op, bool due)
{
	return store_office_set(op, SCRUB_KEY, due ? "due" : "done");
}
