/*
 * pair.c - layer 2: pairs of records that may be one person.  Called by
 * service/duplicate.c.
 */
#include "store_merge.h"

#include "db.h"

#define PAIR_COLUMNS                                                           \
	"SELECT d.first_id, d.second_id, a.display, a.born, b.display, b.born, d.score, d.state," \
	" d.reason, s.name FROM person_pair d JOIN person a ON a.id = d.first_id" \
	" JOIN person b ON b.id = d.second_id LEFT JOIN staff s ON s.id = d.settled_by "

static void
read_pair(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct person_pair *)item = (struct person_pair){
		.first_id = col_int(q, 0), .second_id = col_int(q, 1),
		.first_name = col_text(op, q, 2), .first_born = col_text(op, q, 3),
		.second_name = col_text(op, q, 4), .second_born = col_text(op, q, 5),
		.score = (int)col_int(q, 6), .state = col_text(op, q, 7),
		.reason = col_text(op, q, 8), .settled_by_name = col_text(op, q, 9),
	};
}

static void
bind_pair(sqlite3_stmt *q, int64_t a, int64_t b)
{
	bind_int(q, 1, a < b ? a : b);
	bind_int(q, 2, a < b ? b : a);
}

enum status
store_pair_suspect(struct op *op, int64_t a, int64_t b, int score)
{
	static const char sql[] =
	    "INSERT INTO person_pair (first_id, second_id, score, state, found_at)"
	    " VALUES (?1, ?2, ?3, 'suspected', ?4) ON CONFLICT DO UPDATE SET score = ?3"
	    " WHERE state = 'suspected' AND score <> ?3";
	sqlite3_stmt *q = db_query(op, sql);

	bind_pair(q, a, b);
	bind_int(q, 3, score);
	bind_int(q, 4, op->now);
	return db_run(op, q);
}

enum status
store_pair_settle(struct op *op, int64_t a, int64_t b, const char *state, const char *reason)
{
	static const char sql[] =
	    "INSERT INTO person_pair VALUES (?1, ?2, 0, ?3, ?4, ?5, ?5, ?6)"
	    " ON CONFLICT DO UPDATE SET state = ?3, reason = ?4, settled_at = ?5, settled_by = ?6";
	sqlite3_stmt *q = db_query(op, sql);

	bind_pair(q, a, b);
	bind_text(q, 3, state);
	bind_text(q, 4, reason);
	bind_int(q, 5, op->now);
	bind_int(q, 6, op->by->id);
	TRY(db_run(op, q));
	op_touch(op, "person", a);
	op_touch(op, "person", b);
	return ST_OK;
}

enum status
store_pair_find(struct op *op, int64_t a, int64_t b, struct person_pair *pair)
{
	static const char sql[] = PAIR_COLUMNS "WHERE d.first_id = ?1 AND d.second_id = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_pair(q, a, b);
	return db_one(op, q, read_pair, sizeof(*pair), pair);
}

/* Not yet linked to anybody, nor proposed to be linked with each other. */
#define UNSETTLED                                                              \
	"d.state = 'suspected' AND a.merged_into IS NULL AND b.merged_into IS NULL" \
	" AND " NOT_KEPT_PERSON("a.id") " AND " NOT_KEPT_PERSON("b.id")        \
	" AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.state = 'proposed'" \
	"  AND m.merged_id IN (d.first_id, d.second_id)"                       \
	"  AND m.survivor_id IN (d.first_id, d.second_id))"
/* Of one person: from either side, through an index each. */
static const char of_person[] = PAIR_COLUMNS
    "WHERE " UNSETTLED " AND (d.first_id = ?1 OR d.second_id = ?1)"
    " AND (?2 = 0 OR (-d.score, d.first_id, d.second_id) > (-?2, ?3, ?4))"
    " ORDER BY d.score DESC, d.first_id, d.second_id LIMIT ?5";
static const char of_anybody[] = PAIR_COLUMNS
    "WHERE " UNSETTLED " AND d.score <= CASE ?2 WHEN 0 THEN 1000 ELSE ?2 END"
    " AND (?2 = 0 OR (-d.score, d.first_id, d.second_id) > (-?2, ?3, ?4))"
    " ORDER BY d.score DESC, d.first_id, d.second_id LIMIT ?5";

enum status
store_pair_list(struct op *op, int64_t person_id, const struct pair_place *after, int limit,
                struct person_pair **list, size_t *n)
{
	sqlite3_stmt *q = db_query(op, person_id ? of_person : of_anybody);

	if (person_id)
		bind_int(q, 1, person_id);
	bind_int(q, 2, after->score);
	bind_int(q, 3, after->first_id);
	bind_int(q, 4, after->second_id);
	bind_int(q, 5, limit);
	return db_all(op, q, read_pair, sizeof(**list), list, n);
}

static void
read_id(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	*(int64_t *)item = col_int(q, 0);
}

enum status
store_person_ids(struct op *op, int64_t from_id, int count, int64_t **ids, size_t *n)
{
	static const char sql[] =
	    "SELECT id FROM person WHERE id >= ?1 AND merged_into IS NULL ORDER BY id LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, from_id);
	bind_int(q, 2, count);
	return db_all(op, q, read_id, sizeof(**ids), ids, n);
}
