/*
 * memo.c - layer 2: what passes: replies to writing requests, drafts.  Called
 * by engine/run.c and command/office.c.
 */
#include "sealed.h"

#include "store_draft.h"
#include "store_retention.h"

#define DAY 86400
#define FORGET_EVERY 64          /* replies */

/* What passes belongs to one clerk: nobody else gives it its name. */
static struct seal_place
memo_place(struct op *op, const char *table, const char *column, const char *name)
{
	return (struct seal_place){ table, column,
	    arena_printf(op->mem, "%lld %s", (long long)op->by->id, name) };
}

static void
read_reply(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct saved_reply *)item =
	    (struct saved_reply){ .command = col_text(op, q, 0), .reply = col_text(op, q, 1) };
}

enum status
store_reply_find(struct op *op, const char *request_id, struct saved_reply *found)
{
	static const char sql[] =
	    "SELECT command, reply FROM reply WHERE staff_id = ?1 AND request_id = ?2";
	const struct seal_place at = memo_place(op, "reply", "reply", request_id);
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_text(q, 2, request_id);
	TRY(db_one(op, q, read_reply, sizeof(*found), found));
	found->reply = text_open(op, &at, found->reply);
	return ST_OK;
}

/* The oldest of them, more than come in between: the table stays small by itself. */
static enum status
forget_old_replies(struct op *op)
{
	static const char sql[] =
	    "DELETE FROM reply WHERE at < ?1 AND id IN (SELECT id FROM reply ORDER BY id LIMIT ?2)";
	sqlite3_stmt *q;
	int since;

	TRY(store_retention_since(op, RETAIN_REPLY, &since));
	if (since == DAY_NONE)
		return ST_OK;
	q = db_query(op, sql);
	bind_int(q, 1, op->now - (int64_t)(op->today - since) * DAY);
	bind_int(q, 2, 2 * FORGET_EVERY);
	return db_run(op, q);
}

enum status
store_reply_save(struct op *op, const char *request_id, const char *command, const char *reply)
{
	static const char sql[] =
	    "INSERT INTO reply (staff_id, request_id, command, at, reply)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)";
	const struct seal_place at = memo_place(op, "reply", "reply", request_id);
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_text(q, 2, request_id);
	bind_text(q, 3, command);
	bind_int(q, 4, op->now);
	bind_text(q, 5, text_shut(op, writes_entrusted(op), &at, reply));
	TRY(db_run(op, q));
	return db_last_id(op) % FORGET_EVERY ? ST_OK : forget_old_replies(op);
}

enum status
store_draft_save(struct op *op, const char *key, const char *body)
{
	static const char sql[] =
	    "INSERT INTO draft VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
	    " SET body = excluded.body, saved_at = excluded.saved_at";
	const struct seal_place at = memo_place(op, "draft", "body", key);
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_text(q, 2, key);
	bind_text(q, 3, text_shut(op, writes_entrusted(op), &at, body));
	bind_int(q, 4, op->now);
	return db_run(op, q);
}

static void
read_draft(struct op *op, sqlite3_stmt *q, void *item)
{
	const char *key = col_text(op, q, 0);
	const struct seal_place at = memo_place(op, "draft", "body", key);

	*(struct draft *)item = (struct draft){ .key = key,
	    .body = text_open(op, &at, col_text(op, q, 1)), .saved_at = col_int(q, 2) };
}

enum status
store_draft_find(struct op *op, const char *key, struct draft *draft)
{
	static const char sql[] =
	    "SELECT key, body, saved_at FROM draft WHERE staff_id = ?1 AND key = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_text(q, 2, key);
	return db_one(op, q, read_draft, sizeof(*draft), draft);
}

enum status
store_draft_list(struct op *op, int limit, struct draft **drafts, size_t *n)
{
	static const char sql[] = "SELECT key, body, saved_at FROM draft WHERE staff_id = ?1"
	                          " ORDER BY saved_at DESC, key LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_int(q, 2, limit);
	return db_all(op, q, read_draft, sizeof(**drafts), drafts, n);
}

enum status
store_draft_drop(struct op *op, const char *key)
{
	static const char sql[] = "DELETE FROM draft WHERE staff_id = ?1 AND key = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_text(q, 2, key);
	return db_run(op, q);
}
