/*
 * scrub.c - layer 2: no byte of the file remembers what was deleted.  Called by
 * tresen-admin retention while people work.
 *
 * SQLite overwrites with zeros what it frees (secure_delete), but where it moves
 * rows from one page to another it leaves them in what is then the unused middle
 * of the first.  VACUUM would get rid of that by writing all of the file anew,
 * while nobody can save, and with as much room again.  Here that middle alone is
 * overwritten, some hundred pages at a time.
 *
 * It is done beside SQLite's pages in memory, and is safe for these reasons.  All
 * of the log is in the file, so each page there is the newest one, and nobody
 * else writes: both are held for a chunk.  Not one byte that means anything
 * changes: whoever reads meanwhile, and whatever half of a page is on the disk
 * after a power cut, reads the same rows.  Each chunk ends with a commit, so that
 * every other session reads its pages afresh before it writes one.
 */
#include "db.h"

#include <stdlib.h>
#include <time.h>

#include "log.h"
#include "store_copy.h"
#include "store_retention.h"

/* https://www.sqlite.org/fileformat2.html */
#define PAGE_MOST 65536
#define FIRST_TREE 2             /* page 1 begins the schema, which tells of nobody */
#define CHUNK_US 25000
#define PATIENCE_MS 5000
#define PAUSE_MS 20

struct scrub {
	struct op *op;
	sqlite3_file *file;
	unsigned size, usable;   /* of a page */
	int64_t root, after;     /* the tree at hand, 0: free pages; its last page that is done */
	int64_t pages;           /* overwritten */
	bool done;
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
	if (number > 0 && s->file->pMethods->xRead(s->file, s->page, (int)s->size,
	        (number - 1) * s->size) == SQLITE_OK)
		return ST_OK;
	return unreadable(s->op);
}

/* ---- what of a page means nothing ---- */

/* Behind the pointers to its cells and before the first of them, and within what
 * was freed between them.  False: not a page of a tree. */
static bool
tree_clean(const struct scrub *s, unsigned char *page)
{
	bool inner = page[0] == 2 || page[0] == 5;
	unsigned from = (inner ? 12u : 8u) + 2 * two(page + 3), to = two(page + 5);

	if (!inner && page[0] != 10 && page[0] != 13)
		return false;
	if (to == 0)
		to = PAGE_MOST;
	if (from > to || to > s->usable)
		return false;
	memset(page + from, 0, to - from);
	for (unsigned at = two(page + 1), last = to; at; at = two(page + at)) {
		if (at < last || at + 4 > s->usable || at + two(page + at + 2) > s->usable)
			return false;
		memset(page + at + 4, 0, two(page + at + 2) - 4u);
		last = at + 4;
	}
	return true;
}

static bool
free_clean(const struct scrub *s, unsigned char *page, bool trunk)
{
	uint32_t used = trunk ? 8 + 4 * four(page + 4) : 0;

	if (used > s->usable)
		return false;
	memset(page + used, 0, s->usable - used);
	return true;
}

/* ---- which pages there are ---- */

struct number {
	uint32_t page;
	bool trunk;              /* of the list of free pages: it names others */
};

static void
number_add(struct op *op, struct list *l, uint32_t page, bool trunk)
{
	*(struct number *)list_add(op->mem, l) = (struct number){ page, trunk };
}

/* The pages that the inner one at hand points to. */
static void
children_add(const struct scrub *s, struct list *to)
{
	const unsigned char *page = s->page;
	unsigned n = two(page + 3);

	for (unsigned i = 0; i < n && 12 + 2 * i + 2 <= s->usable; i++) {
		unsigned cell = two(page + 12 + 2 * i);

		if (cell + 4 <= s->usable)
			number_add(s->op, to, four(page + cell), false);
	}
	number_add(s->op, to, four(page + 8), false);
}

/* All pages of a tree; the lowest, which are most, are named by others and not read. */
static enum status
tree_list(struct scrub *s, struct list *all)
{
	struct list level = { .size = sizeof(struct number) };
	bool inner = true;

	number_add(s->op, &level, (uint32_t)s->root, false);
	while (level.n && inner) {
		struct list below = { .size = sizeof(struct number) };
		const struct number *numbers = level.items;

		TRY(page_read(s, numbers[0].page));
		inner = s->page[0] == 2 || s->page[0] == 5;
		for (size_t i = 0; i < level.n; i++) {
			number_add(s->op, all, numbers[i].page, false);
			if (!inner)
				continue;
			TRY(page_read(s, numbers[i].page));
			children_add(s, &below);
		}
		level = below;
	}
	return ST_OK;
}

static enum status
free_list(struct scrub *s, struct list *all)
{
	uint32_t next;

	TRY(page_read(s, 1));
	next = four(s->page + 32);
	while (next) {
		uint32_t n;

		TRY(page_read(s, next));
		number_add(s->op, all, next, true);
		n = four(s->page + 4);
		for (uint32_t i = 0; i < n && 8 + 4 * i + 4 <= s->usable; i++)
			number_add(s->op, all, four(s->page + 8 + 4 * i), false);
		next = four(s->page);
	}
	return ST_OK;
}

static int
by_page(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	return (x->page > y->page) - (x->page < y->page);
}

/* ---- a chunk ---- */

static enum status
page_scrub(struct scrub *s, const struct number *n)
{
	bool known;

	TRY(page_read(s, n->page));
	memcpy(s->clean, s->page, s->size);
	known = s->root ? tree_clean(s, s->clean) : free_clean(s, s->clean, n->trunk);
	if (!known || memcmp(s->clean, s->page, s->size) == 0)
		return ST_OK;
	s->pages++;
	if (s->file->pMethods->xWrite(s->file, s->clean, (int)s->size,
	        (int64_t)(n->page - 1) * s->size) == SQLITE_OK)
		return ST_OK;
	return unreadable(s->op);
}

/* Goes on behind the last page that is done, until the time is over. */
static enum status
tree_scrub(struct scrub *s, int64_t until, bool *over)
{
	struct list all = { .size = sizeof(struct number) };
	const struct number *numbers;

	TRY(s->root ? tree_list(s, &all) : free_list(s, &all));
	numbers = all.items;
	if (all.n > 1)
		qsort(all.items, all.n, all.size, by_page);
	for (size_t i = 0; i < all.n; i++) {
		if (numbers[i].page <= s->after)
			continue;
		*over = clock_micros() > until;
		if (*over)
			return ST_OK;
		TRY(page_scrub(s, numbers + i));
		s->after = numbers[i].page;
	}
	return ST_OK;
}

static enum status
next_root(struct scrub *s)
{
	static const char sql[] = "SELECT coalesce(min(rootpage), 0) FROM sqlite_schema"
	                          " WHERE rootpage >= ?1";
	sqlite3_stmt *q = db_query(s->op, sql);

	bind_int(q, 1, s->root ? s->root + 1 : FIRST_TREE);
	TRY(db_number(s->op, q, &s->root));
	s->after = 0;
	s->done = s->root == 0;
	return ST_OK;
}

static enum status
pages_scrub(struct scrub *s)
{
	int64_t until = clock_micros() + CHUNK_US;
	bool over = false;

	for (;;) {
		TRY(tree_scrub(s, until, &over));
		if (over)
			return ST_OK;
		TRY(next_root(s));
		if (s->done)
			return ST_OK;
	}
}

/* A commit that says nothing, by which all others know their pages for old. */
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
	st = pages_scrub(s);
	if (st == ST_OK)
		st = commit(op);
	db_reset_all(op->db);
	if (!sqlite3_get_autocommit(op->db->sqlite))
		sqlite3_exec(op->db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	return st;
}

/* *reading: somebody goes on reading an older state, so the file is not the newest. */
static enum status
chunk(struct scrub *s, bool *reading)
{
	struct op *op = s->op;
	struct db *db = op->db;
	int left = 0, done = 0;
	enum status st = ST_OK;

	if (!office_lock_take(&db->lock, PATIENCE_MS))
		return op_fail(op, ST_BUSY, _("Someone is saving. Try again in a moment."));
	db_reset_all(db);
	if (sqlite3_wal_checkpoint_v2(db->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE, &left, &done) !=
	    SQLITE_OK)
		left = done + 1;
	*reading = done < left;
	/* our own pages in memory are as old as those of others */
	sqlite3_db_release_memory(db->sqlite);
	if (!*reading)
		st = chunk_within(s);
	sqlite3_db_release_memory(db->sqlite);
	office_lock_give(&db->lock);
	/* while nobody waits for it */
	if (st == ST_OK && s->file->pMethods->xSync(s->file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
		st = unreadable(op);
	return st;
}

/* ---- the whole ---- */

static enum status
begin(struct scrub *s)
{
	if (sqlite3_file_control(s->op->db->sqlite, "main", SQLITE_FCNTL_FILE_POINTER, &s->file) !=
	    SQLITE_OK || s->file->pMethods->xRead(s->file, s->page, 100, 0) != SQLITE_OK)
		return unreadable(s->op);
	s->size = two(s->page + 16) == 1 ? PAGE_MOST : two(s->page + 16);
	s->usable = s->size - s->page[20];
	return ST_OK;
}

static enum status
all_chunks(struct scrub *s)
{
	struct arena *mem = s->op->mem, *scratch = arena_new();
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000 };
	int64_t last = clock_ticks();
	enum status st = begin(s);
	bool reading = false;

	s->op->mem = scratch;
	while (st == ST_OK && !s->done) {
		st = db_fold_beside(s->op);
		if (st == ST_OK)
			st = chunk(s, &reading);
		if (!reading)
			last = clock_ticks();
		else if (clock_ticks() - last > PATIENCE_MS)
			st = db_still_read(s->op);
		else
			nanosleep(&pause, NULL);
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
