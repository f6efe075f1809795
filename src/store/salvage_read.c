/*
 * salvage_read.c - layer 2: reading a table of a damaged file.  Called by
 * salvage.c.  Rows are read in the order of a number (their own, or the first
 * column of their key), so that behind a page that cannot be read reading goes
 * on at the next number that can be found.
 */
#include "salvage.h"

#include "verify.h"

#define NUMBER_MOST ((int64_t)1 << 46) /* none of ours is larger */

/* NULL: the file has lost the table itself. */
static sqlite3_stmt *
rows_query(const struct salvage *s, const struct table *t)
{
	sqlite3_stmt *q = NULL;
	const char *sql = t->number ? arena_printf(s->op->mem, "SELECT %s, %s FROM %s NOT INDEXED"
	    " WHERE %s >= ?1 ORDER BY %s", t->number, t->names, t->name, t->number, t->number) :
	    arena_printf(s->op->mem, "SELECT 0, %s FROM %s", t->names, t->name);

	if (sqlite3_prepare_v2(s->from, sql, -1, &q, NULL) != SQLITE_OK)
		q = NULL;
	return q;
}

static bool
can_begin_at(sqlite3_stmt *q, int64_t number)
{
	int rc;

	sqlite3_reset(q);
	sqlite3_bind_int64(q, 1, number);
	rc = sqlite3_step(q);
	return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* The first number behind bad from which rows can be read: by steps that double,
 * then by halves. */
static int64_t
next_readable(sqlite3_stmt *q, int64_t bad)
{
	int64_t low = bad, high = bad + 1;

	while (!can_begin_at(q, high)) {
		if (high > NUMBER_MOST)
			return NUMBER_MOST;
		high += high - bad;
	}
	low += (high - bad) / 2;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (can_begin_at(q, middle))
			high = middle;
		else
			low = middle;
	}
	return high;
}

/* Rows from one number on; false: stopped at damage behind *last. */
static bool
rows_read(struct salvage *s, const struct table *t, sqlite3_stmt *q, int64_t from, row_taker *take,
          int64_t *last)
{
	int rc;

	*last = from - 1;
	sqlite3_reset(q);
	if (t->number)
		sqlite3_bind_int64(q, 1, from);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		int64_t number = sqlite3_column_int64(q, 0);

		/* damaged pages can lead back */
		if (t->number && number < *last)
			return false;
		*last = number;
		take(s, t, q);
	}
	return rc == SQLITE_DONE;
}

static void
loss_add(struct salvage *s, struct table *t, int64_t first, int64_t last)
{
	struct faults *f = &s->out->losses;

	if (t->number && last < NUMBER_MOST)
		fault_add(s->op, f, &t->losses, _("%s: rows %lld to %lld cannot be read."), t->name,
		    (long long)first, (long long)last);
	else if (t->number && first > 0)
		fault_add(s->op, f, &t->losses, _("%s: rows from %lld on cannot be read."), t->name,
		    (long long)first);
	else
		fault_add(s->op, f, &t->losses, _("%s: not all rows can be read."), t->name);
}

void
salvage_table(struct salvage *s, struct table *t, row_taker *take)
{
	sqlite3_stmt *q = rows_query(s, t);
	int64_t from = 0, last;

	if (!q)
		loss_add(s, t, 0, NUMBER_MOST);
	while (q && !rows_read(s, t, q, from, take, &last)) {
		from = t->number ? next_readable(q, last + 1) : NUMBER_MOST;
		loss_add(s, t, last + 1, from - (from < NUMBER_MOST));
		if (from >= NUMBER_MOST)
			break;
	}
	sqlite3_finalize(q);
}
