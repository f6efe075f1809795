/*
 * news.c - layer 2: what others have committed since the last look.  Called by
 * engine/news.c and hello.c.
 */
#include "db.h"

static enum status
newest_event(struct op *op, int64_t *seq)
{
	static const char sql[] = "SELECT coalesce(max(seq), 0) FROM event";

	return db_number(op, db_query(op, sql), seq);
}

/* More events than this since the last look are not read one by one: in a
 * rush that would be every session reading every event of every other. */
#define NEWS_MOST 50
static const unsigned every_topic =
#define X(id, bit, name) id |
    TOPIC_LIST(X) 0;
#undef X

/* The topics of the events since the last look. */
static enum status
read_news(struct op *op, int64_t staff_id, unsigned *topics)
{
	static const char sql[] = "SELECT topics, unit = (SELECT unit FROM staff WHERE id = ?2)"
	                          " FROM event WHERE seq > ?1";
	int64_t newest, seen = op->db->seen_event;
	sqlite3_stmt *q;
	enum status s;

	TRY(newest_event(op, &newest));
	op->db->seen_event = newest;
	op->db->seen_before = seen;
	if (seen < 0)
		return ST_OK;
	if (newest - seen > NEWS_MOST) {
		*topics = every_topic;
		return ST_OK;
	}
	q = db_query(op, sql);
	bind_int(q, 1, seen);
	bind_int(q, 2, staff_id);
	while (db_next(op, q, &s)) {
		unsigned told;

		told = (unsigned)col_int(q, 0);
		*topics |= (told & every_topic) | (col_int(q, 1) ? told >> TOPICS_INSIDE : 0);
	}
	return s;
}

enum status
db_changes(struct op *op, int64_t staff_id, unsigned *topics)
{
	static const char sql[] = "PRAGMA data_version";
	int64_t version;
	enum status s;

	*topics = 0;
	TRY(db_number(op, db_query(op, sql), &version));
	if (version == op->db->seen_version)
		return ST_OK;
	if (op->db->seen_version == 0)
		op->db->seen_event = -1;
	op->db->seen_version = version;
	TRY(db_begin_read(op));
	s = read_news(op, staff_id, topics);
	db_end_read(op);
	return s;
}
