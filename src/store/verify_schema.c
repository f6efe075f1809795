/*
 * verify_schema.c - layer 2: are the tables, indexes and triggers of the file
 * those that the schema's steps make?  Called by tresen-admin check and verify.
 * Only reads.  A trigger that is gone would let events be changed; that none
 * was, the chain tells.
 */
#include "verify.h"

/* Rows of sqlite_schema, in the same order on both sides. */
struct side {
	sqlite3_stmt *q;
	bool row;
};

struct schemas {
	struct op *op;
	struct faults *faults;
	struct side file, made;
	int64_t gone, changed, foreign; /* faults by kind */
};

static const char *
text(const struct side *s, int column)
{
	const unsigned char *t = sqlite3_column_text(s->q, column);

	return t ? (const char *)t : "";
}

static enum status
side_open(struct schemas *c, struct side *s, sqlite3 *sqlite)
{
	/* what SQLite writes down for its planner is nobody's */
	static const char sql[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
	                          " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";

	if (sqlite3_prepare_v2(sqlite, sql, -1, &s->q, NULL) != SQLITE_OK)
		return db_failed(c->op);
	return ST_OK;
}

static enum status
side_next(struct schemas *c, struct side *s)
{
	int rc = sqlite3_step(s->q);

	s->row = rc == SQLITE_ROW;
	return s->row || rc == SQLITE_DONE ? ST_OK : db_failed(c->op);
}

static int
order_of(const struct schemas *c)
{
	int order;

	if (!c->file.row || !c->made.row)
		return c->file.row ? -1 : 1;
	order = strcmp(text(&c->file, 0), text(&c->made, 0));
	return order ? order : strcmp(text(&c->file, 1), text(&c->made, 1));
}

static void
compare_one(struct schemas *c, int order)
{
	const struct side *s = order > 0 ? &c->made : &c->file;
	int64_t before = c->faults->found;

	if (order > 0)
		fault_add(c->op, c->faults, &c->gone, _("%s %s is gone from the file."), text(s, 0),
		    text(s, 1));
	else if (order < 0)
		fault_add(c->op, c->faults, &c->foreign, _("%s %s was added: no schema of tresen "
		    "has it."), text(s, 0), text(s, 1));
	else if (strcmp(text(&c->file, 2), text(&c->made, 2)) != 0 ||
	    strcmp(text(&c->file, 3), text(&c->made, 3)) != 0)
		fault_add(c->op, c->faults, &c->changed, _("%s %s is not what the schema says."),
		    text(s, 0), text(s, 1));
	if (c->faults->found > before && order >= 0 && strcmp(text(s, 0), "table") == 0)
		c->faults->blind = true;
}

static enum status
compare(struct schemas *c, sqlite3 *made)
{
	TRY(side_open(c, &c->file, c->op->db->sqlite));
	TRY(side_open(c, &c->made, made));
	TRY(side_next(c, &c->file));
	TRY(side_next(c, &c->made));
	while (c->file.row || c->made.row) {
		int order = order_of(c);

		compare_one(c, order);
		if (order <= 0)
			TRY(side_next(c, &c->file));
		if (order >= 0)
			TRY(side_next(c, &c->made));
	}
	return ST_OK;
}

enum status
store_verify_schema(struct op *op, struct faults *f)
{
	struct schemas c = { .op = op, .faults = f };
	sqlite3 *made = NULL;
	enum status s = ST_STORE;

	if (sqlite3_open(":memory:", &made) == SQLITE_OK && schema_apply(made, 0) == SQLITE_OK)
		s = compare(&c, made);
	else
		s = op_fail(op, ST_STORE, _("There is too little memory to make the schema anew."));
	sqlite3_finalize(c.file.q);
	sqlite3_finalize(c.made.q);
	sqlite3_close(made);
	return s;
}
