/*
 * chain_read.c - layer 2: the events one after the other, as they are hashed;
 * an older office's events brought into the chain; a changeset cut.  Called by
 * verify_chain.c and tresen-admin.  Must never hold more than one event.
 */
#include "chain.h"

/* ---- walking ---- */

static void
read_value(sqlite3_stmt *q, int at, struct chain_value *v)
{
	v->at = NULL;
	v->n = 0;
	switch (sqlite3_column_type(q, at)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		chain_int(v, sqlite3_column_int64(q, at));
		break;
	default:
		v->at = sqlite3_column_text(q, at);
		v->n = (size_t)sqlite3_column_bytes(q, at);
	}
}

static struct slice
read_bytes(sqlite3_stmt *q, int at)
{
	const void *bytes = sqlite3_column_blob(q, at);

	return (struct slice){ bytes, (size_t)sqlite3_column_bytes(q, at) };
}

/* The objects of the event at hand; those of no event are counted. */
static enum status
read_objects(struct chain_walk *w)
{
	struct list list = { .size = sizeof(struct chain_object) };

	arena_reset(w->mem);
	while (w->object && sqlite3_column_int64(w->objects, 0) <= w->seq) {
		if (sqlite3_column_int64(w->objects, 0) == w->seq) {
			size_t n = (size_t)sqlite3_column_bytes(w->objects, 1);
			const char *kind = (const char *)sqlite3_column_text(w->objects, 1);

			*(struct chain_object *)list_add(w->mem, &list) = (struct chain_object){
			    .kind = arena_strndup(w->mem, kind ? kind : "", n), .n_kind = n,
			    .id = sqlite3_column_int64(w->objects, 2) };
		} else {
			w->strays++;
		}
		TRY(db_step(w->op, w->objects, &w->object));
	}
	w->event.objects = list.items;
	w->event.n_objects = list.n;
	return ST_OK;
}

enum status
chain_walk_start(struct op *op, struct chain_walk *w)
{
	static const char sql[] =
	    "SELECT " CHAIN_COLUMNS ", reason, changeset, salt, payload, hash FROM event ORDER BY seq";
	/* no index by event: sorting them once is cheaper than a page a commit */
	static const char sql_objects[] =
	    "SELECT seq, kind, id FROM event_object ORDER BY seq, kind, id";

	*w = (struct chain_walk){ .op = op, .mem = arena_new(), .events = db_query(op, sql),
	    .objects = db_query(op, sql_objects) };
	return db_step(op, w->objects, &w->object);
}

enum status
chain_walk_next(struct chain_walk *w, bool *row)
{
	TRY(db_step(w->op, w->events, row));
	if (!*row) {
		w->seq = INT64_MAX;
		return read_objects(w);
	}
	for (int i = 0; i < CHAIN_COLUMNS_N; i++)
		read_value(w->events, i, &w->event.column[i]);
	w->seq = col_int(w->events, 0);
	w->at = col_int(w->events, 1);
	read_value(w->events, CHAIN_COLUMNS_N, &w->event.reason);
	w->event.changeset = read_bytes(w->events, CHAIN_COLUMNS_N + 1);
	w->salt = read_bytes(w->events, CHAIN_COLUMNS_N + 2);
	w->payload = read_bytes(w->events, CHAIN_COLUMNS_N + 3);
	w->hash = read_bytes(w->events, CHAIN_COLUMNS_N + 4);
	return read_objects(w);
}

void
chain_walk_end(struct chain_walk *w)
{
	sqlite3_reset(w->events);
	sqlite3_reset(w->objects);
	arena_free(w->mem);
}

enum status
store_chain_hashes(struct op *op, struct chain_seen *seen)
{
	static const char sql[] = "SELECT seq, at, hash FROM event WHERE seq > ?1 ORDER BY seq";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_int(q, 1, seen->events);
	TRY(db_step(op, q, &row));
	/* the view stands now: what it shows is in the log that is synced here */
	if (row)
		TRY(db_make_durable(op));
	while (row) {
		struct slice hash = read_bytes(q, 2);

		if (hash.n != CHAIN_HASH)
			return op_fail(op, ST_STORE, _("Event %lld has no hash. Run: tresen-admin "
			    "verify"), (long long)col_int(q, 0));
		seen->events = col_int(q, 0);
		seen->saw(seen->data, seen->events, col_int(q, 1), hash.at);
		TRY(db_step(op, q, &row));
	}
	return ST_OK;
}

/* ---- beginning ---- */

enum status
store_chain_missing(struct op *op, int64_t *events)
{
	static const char sql[] = "SELECT seq FROM event WHERE hash IS NULL ORDER BY seq DESC LIMIT 1";
	static const char sql_first[] = "SELECT count(*) FROM (SELECT hash FROM event ORDER BY seq"
	                                " LIMIT 1) WHERE hash IS NULL";

	/* all or none: the first one tells, in no time */
	TRY(db_number(op, db_query(op, sql_first), events));
	return *events ? db_number(op, db_query(op, sql), events) : ST_OK;
}

static enum status
put_link(struct op *op, const struct chain_link *link)
{
	static const char sql[] =
	    "UPDATE event SET salt = ?2, payload = ?3, hash = ?4 WHERE seq = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, link->seq);
	bind_blob(q, 2, link->salt, CHAIN_SALT);
	bind_blob(q, 3, link->payload, CHAIN_HASH);
	bind_blob(q, 4, link->hash, CHAIN_HASH);
	return db_run(op, q);
}

enum status
store_chain_begin(struct op *op)
{
	struct chain_link link = { 0 };
	struct chain_walk w;
	enum status s = chain_walk_start(op, &w);
	bool row;

	op->db->may_cut = true;
	while (s == ST_OK) {
		s = chain_walk_next(&w, &row);
		if (s != ST_OK || !row)
			break;
		chain_seal(&w.event, link.hash, &link);
		link.seq = w.seq;
		s = put_link(op, &link);
	}
	op->db->may_cut = false;
	chain_walk_end(&w);
	return s;
}

/* ---- cutting ---- */

static enum status
note_cut(struct op *op, int64_t seq, const unsigned char digest[CHAIN_HASH])
{
	static const char sql[] = "INSERT INTO event_cut (seq, digest) VALUES (?1, ?2)"
	                          " ON CONFLICT (seq) DO UPDATE SET digest = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, seq);
	bind_blob(q, 2, digest, CHAIN_HASH);
	return db_run(op, q);
}

static enum status
put_rest(struct op *op, int64_t seq, const unsigned char salt[CHAIN_SALT],
         const struct chain_event *rest)
{
	static const char sql[] = "UPDATE event SET reason = ?2, changeset = ?3, salt = ?4"
	                          " WHERE seq = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, seq);
	bind_text(q, 2, rest->reason.at);
	bind_blob(q, 3, rest->changeset.at, (int)rest->changeset.n);
	bind_blob(q, 4, salt, CHAIN_SALT);
	return db_run(op, q);
}

enum status
store_event_cut(struct op *op, int64_t seq, const char *reason, const void *changeset, size_t n)
{
	unsigned char salt[CHAIN_SALT], digest[CHAIN_HASH];
	struct chain_event rest = { .changeset = { changeset, n } };
	enum status s;

	/* a new salt: the old one would let be guessed what is gone */
	random_bytes(salt, sizeof(salt));
	chain_text(&rest.reason, reason);
	chain_payload((struct slice){ salt, sizeof(salt) }, &rest, digest);
	op_touch(op, "event", seq);
	TRY(note_cut(op, seq, digest));
	op->db->may_cut = true;
	s = put_rest(op, seq, salt, &rest);
	op->db->may_cut = false;
	return s;
}
