/*
 * visit.c - layer 2: visits and the waiting room.  Called by service/visit.c
 * and admin/.  The arrival never changes; each state a visit enters becomes a
 * step with its time.
 */
#include "store_work.h"

#include <stdlib.h>

#include "db.h"

#define VISIT_COLUMNS                                                          \
	"SELECT v.id, v.version, v.site, v.day, v.letter, v.number, p.id, p.display,"       \
	" p.born, v.concern, v.service_id, s.code, s.name_de, s.name_en, v.language,"  \
	" v.people, v.note, v.lane, l.name_de, l.name_en, v.lane_reason, l.bonus_minutes," \
	" v.state, v.arrived_at, v.rank_at, v.counter, c.name_de, c.name_en, v.staff_id," \
	" t.login, t.name, v.called_at, v.started_at, v.finished_at, v.calls, v.outcome," \
	" v.case_id, v.changed_at, v.changed_by, b.name, s.unit, u.closed,"    \
	" f.unit, g.closed, p.lock_day"                                        \
	" FROM visit v JOIN lane l ON l.code = v.lane"                         \
	" LEFT JOIN person r ON r.id = v.person_id"                            \
	" LEFT JOIN person p ON p.id = coalesce(r.merged_into, r.id)"          \
	" LEFT JOIN service s ON s.id = v.service_id"                          \
	" LEFT JOIN unit u ON u.code = s.unit"                                 \
	" LEFT JOIN case_file f ON f.id = v.case_id"                           \
	" LEFT JOIN unit g ON g.code = f.unit"                                 \
	" LEFT JOIN counter c ON c.code = v.counter"                           \
	" LEFT JOIN staff t ON t.id = v.staff_id"                              \
	" JOIN staff b ON b.id = v.changed_by "
/* The right to see a visit, in the query: rows and counts agree. */
#define READ_BY(reader) "(" reader " IS NULL OR u.closed IS NOT 1 OR u.code = " reader ")"
#define WITH_UNIT                                                              \
	" FROM visit v LEFT JOIN service s ON s.id = v.service_id"             \
	" LEFT JOIN unit u ON u.code = s.unit"

static void
read_visit(struct op *op, sqlite3_stmt *q, void *item)
{
	struct visit *v = item;
	int en = op->lang == LANG_DE ? 0 : 1;

	*v = (struct visit){
		.id = col_int(q, 0), .version = col_int(q, 1), .site = col_text(op, q, 2),
		.day = col_day(q, 3), .letter = col_text(op, q, 4), .number = (int)col_int(q, 5),
		.person_id = col_int(q, 6), .person_name = col_text(op, q, 7),
		.person_born = col_text(op, q, 8), .concern = col_text(op, q, 9),
		.service_id = col_int(q, 10), .service_code = col_text(op, q, 11),
		.service_name = col_text(op, q, 12 + en), .language = col_text(op, q, 14),
		.people = (int)col_int(q, 15), .note = col_text(op, q, 16),
		.lane = col_text(op, q, 17), .lane_name = col_text(op, q, 18 + en),
		.lane_reason = col_text(op, q, 20), .bonus_minutes = (int)col_int(q, 21),
		.state = (enum visit_state)state_by_name(&visit_states, col_text(op, q, 22)),
		.arrived_at = col_int(q, 23), .rank_at = col_int(q, 24),
		.counter = col_text(op, q, 25), .counter_name = col_text(op, q, 26 + en),
		.staff_id = col_int(q, 28), .staff_login = col_text(op, q, 29),
		.staff_name = col_text(op, q, 30), .called_at = col_int(q, 31),
		.started_at = col_int(q, 32), .finished_at = col_int(q, 33),
		.calls = (int)col_int(q, 34), .outcome = col_text(op, q, 35),
		.case_id = col_int(q, 36), .changed_at = col_int(q, 37),
		.changed_by = col_int(q, 38), .changed_by_name = col_text(op, q, 39),
		.service_unit = col_text(op, q, 40), .service_closed = col_int(q, 41) != 0,
		.case_unit = col_text(op, q, 42), .case_closed = col_int(q, 43) != 0,
		.person_locked = col_day(q, 44) >= op->today,
	};
}

static enum status
next_number(struct op *op, const struct visit *v, int *number)
{
	static const char sql[] = "SELECT coalesce(max(number), 0) + 1 FROM visit"
	                          " WHERE site = ?1 AND day = ?2 AND letter = ?3";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t next;

	bind_text(q, 1, v->site);
	bind_day(q, 2, v->day);
	bind_text(q, 3, v->letter);
	TRY(db_number(op, q, &next));
	*number = (int)next;
	return ST_OK;
}

static enum status
add_step(struct op *op, const struct visit *v)
{
	static const char sql[] =
	    "INSERT INTO visit_step SELECT ?1, coalesce(max(step), 0) + 1, ?2, ?3, ?4, ?5"
	    " FROM visit_step WHERE visit_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, v->id);
	bind_int(q, 2, op->now);
	bind_text(q, 3, state_name(&visit_states, (int)v->state));
	bind_int(q, 4, op->by->id);
	bind_text(q, 5, v->counter);
	return db_run(op, q);
}

enum status
store_visit_add(struct op *op, struct visit *v)
{
	static const char sql[] =
	    "INSERT INTO visit (version, site, day, letter, number, person_id, concern,"
	    " service_id, language, people, note, lane, lane_reason, state, arrived_at, rank_at,"
	    " changed_at, changed_by) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
	    " ?12, ?13, ?14, ?15, ?16, ?17)";
	sqlite3_stmt *q;

	TRY(next_number(op, v, &v->number));
	q = db_query(op, sql);
	bind_text(q, 1, v->site);
	bind_day(q, 2, v->day);
	bind_text(q, 3, v->letter);
	bind_int(q, 4, v->number);
	bind_id(q, 5, v->person_id);
	bind_text(q, 6, v->concern);
	bind_id(q, 7, v->service_id);
	bind_text(q, 8, v->language);
	bind_int(q, 9, v->people);
	bind_text(q, 10, v->note);
	bind_text(q, 11, v->lane);
	bind_text(q, 12, v->lane_reason);
	bind_text(q, 13, state_name(&visit_states, (int)v->state));
	bind_int(q, 14, v->arrived_at);
	bind_int(q, 15, v->rank_at);
	bind_int(q, 16, op->now);
	bind_int(q, 17, op->by->id);
	TRY(db_run(op, q));
	v->id = db_last_id(op);
	v->version = 1;
	op_touch(op, "visit", v->id);
	return add_step(op, v);
}

/* A step only where a new state begins, or the same one again (recall). */
static enum status
stored_state(struct op *op, int64_t id, enum visit_state *state, int *calls)
{
	static const char sql[] = "SELECT state, calls FROM visit WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_int(q, 1, id);
	TRY(db_step(op, q, &row));
	invariant(row);
	*state = (enum visit_state)state_by_name(&visit_states, col_text(op, q, 0));
	*calls = (int)col_int(q, 1);
	db_done(q);
	return ST_OK;
}

static void
bind_visit(struct op *op, sqlite3_stmt *q, const struct visit *v)
{
	bind_int(q, 1, v->id);
	bind_id(q, 2, v->person_id);
	bind_text(q, 3, v->concern);
	bind_id(q, 4, v->service_id);
	bind_text(q, 5, v->language);
	bind_int(q, 6, v->people);
	bind_text(q, 7, v->note);
	bind_text(q, 8, state_name(&visit_states, (int)v->state));
	bind_text(q, 9, v->counter);
	bind_id(q, 10, v->staff_id);
	bind_id(q, 11, v->called_at);
	bind_id(q, 12, v->started_at);
	bind_id(q, 13, v->finished_at);
	bind_int(q, 14, v->calls);
	bind_text(q, 15, v->outcome);
	bind_id(q, 16, v->case_id);
	bind_int(q, 17, op->now);
	bind_int(q, 18, op->by->id);
}

enum status
store_visit_save(struct op *op, struct visit *v)
{
	/* a visit of a record linked to another hangs on it still */
	static const char sql[] =
	    "UPDATE visit SET version = version + 1, person_id = CASE WHEN ?2 IS"
	    " (SELECT coalesce(r.merged_into, r.id) FROM person r WHERE r.id = person_id)"
	    " THEN person_id ELSE ?2 END, concern = ?3,"
	    " service_id = ?4, language = ?5, people = ?6, note = ?7, state = ?8, counter = ?9,"
	    " staff_id = ?10, called_at = ?11, started_at = ?12, finished_at = ?13, calls = ?14,"
	    " outcome = ?15, case_id = ?16, changed_at = ?17, changed_by = ?18 WHERE id = ?1";
	enum visit_state before;
	int calls;
	sqlite3_stmt *q;

	TRY(stored_state(op, v->id, &before, &calls));
	q = db_query(op, sql);
	bind_visit(op, q, v);
	TRY(db_run(op, q));
	v->version++;
	op_touch(op, "visit", v->id);
	return before != v->state || calls != v->calls ? add_step(op, v) : ST_OK;
}

enum status
store_visit_find(struct op *op, int64_t id, struct visit *v)
{
	static const char sql[] = VISIT_COLUMNS "WHERE v.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_visit, sizeof(*v), v);
}

static enum status
add_rows(struct op *op, sqlite3_stmt *q, struct list *rows)
{
	struct visit *list;
	size_t n;

	TRY(db_all(op, q, read_visit, sizeof(*list), &list, &n));
	for (size_t i = 0; i < n; i++)
		*(struct visit *)list_add(op->mem, rows) = list[i];
	return ST_OK;
}

enum status
store_visit_by_ticket(struct op *op, const char *site, int day, char letter, int number,
                      int64_t *id)
{
	static const char sql[] = "SELECT id FROM visit WHERE site = ?1 AND day = ?2"
	                          " AND letter = ?3 AND number = ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, site);
	bind_day(q, 2, day);
	bind_text(q, 3, (char[]){ letter, '\0' });
	bind_int(q, 4, number);
	return db_number(op, q, id);
}

/* One state through the index; the rows after a given one. */
static enum status
room_of_state(struct op *op, const struct room_view *view, enum visit_state state, int64_t after,
              int limit, struct list *rows)
{
	static const char sql[] = VISIT_COLUMNS
	    "WHERE v.site = ?1 AND v.state = ?2 AND (?6 IS NULL OR v.day >= ?6)"
	    " AND (?3 = 0 OR (v.rank_at, v.id) >"
	    " (SELECT a.rank_at, a.id FROM visit a WHERE a.id = ?3))"
	    " AND " READ_BY("?5") " ORDER BY v.rank_at, v.id LIMIT ?4";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, view->site);
	bind_text(q, 2, state_name(&visit_states, (int)state));
	bind_int(q, 3, after);
	bind_int(q, 4, limit);
	bind_text(q, 5, view->reader);
	bind_day(q, 6, state == VISIT_FINISHED ? DAY_NONE : op->today);
	return add_rows(op, q, rows);
}

/* Whoever was left here on an earlier day, in the order of their coming.  The
 * plus signs keep SQLite from walking the past by day or by id: the few who
 * are still here stand in the index of states. */
static enum status
room_of_before(struct op *op, const struct room_view *view, unsigned states, int64_t after,
               int limit, struct list *rows)
{
	static const char sql[] = VISIT_COLUMNS
	    "WHERE v.site = ?1 AND v.state IN ('waiting', 'called', 'serving', 'parked',"
	    " 'absent') AND +v.day < ?2 AND instr(?3, v.state) AND +v.id > ?4"
	    " AND " READ_BY("?6") " ORDER BY +v.id LIMIT ?5";
	const char *names = "";
	sqlite3_stmt *q;

	for (size_t i = 0; i < visit_states.n; i++)
		if (states & (1u << i))
			names = arena_printf(op->mem, "%s %s", names, visit_states.names[i]);
	q = db_query(op, sql);
	bind_text(q, 1, view->site);
	bind_day(q, 2, op->today);
	bind_text(q, 3, names);
	bind_int(q, 4, after);
	bind_int(q, 5, limit);
	bind_text(q, 6, view->reader);
	return add_rows(op, q, rows);
}

/* Who is at a counter, who waits in the order of their calling, who is away. */
static const enum visit_state room_order[] = {
	VISIT_CALLED, VISIT_SERVING, VISIT_WAITING, VISIT_PARKED, VISIT_ABSENT, VISIT_FINISHED,
};

/* Where in the order a page ends that ended with this visit. */
static enum status
place_of(struct op *op, int64_t id, size_t *place)
{
	struct visit v;

	*place = 0;
	if (!id)
		return ST_OK;
	TRY(store_visit_find(op, id, &v));
	if (v.id && v.state != VISIT_FINISHED && v.day < op->today)
		*place = COUNT_OF(room_order);
	while (v.id && *place < COUNT_OF(room_order) && room_order[*place] != v.state)
		(*place)++;
	return ST_OK;
}

enum status
store_visit_room(struct op *op, const struct room_view *view, unsigned states, int64_t after,
                 int limit, struct visit **list, size_t *n)
{
	struct list rows = { .size = sizeof(struct visit) };
	size_t first;

	TRY(place_of(op, after, &first));
	for (size_t i = first; i < COUNT_OF(room_order) && rows.n < (size_t)limit; i++)
		if (states & (1u << room_order[i]))
			TRY(room_of_state(op, view, room_order[i], i == first ? after : 0,
			    limit - (int)rows.n, &rows));
	if (rows.n < (size_t)limit)
		TRY(room_of_before(op, view, states, first == COUNT_OF(room_order) ? after : 0,
		    limit - (int)rows.n, &rows));
	*list = rows.items;
	*n = rows.n;
	return ST_OK;
}

enum status
store_visit_by_person(struct op *op, int64_t person_id, const char *reader, int limit,
                      struct visit **list, size_t *n)
{
	static const char sql[] = VISIT_COLUMNS
	    "WHERE v.person_id IN " LINKED_TO("?1") " AND " READ_BY("?3") " ORDER BY v.id DESC LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_int(q, 2, limit);
	bind_text(q, 3, reader);
	return db_all(op, q, read_visit, sizeof(**list), list, n);
}

static enum status
count_open(struct op *op, const struct room_view *view, struct room_counts *counts)
{
	static const char sql[] =
	    "SELECT v.state, sum(v.day >= ?3), sum(v.day < ?3)" WITH_UNIT
	    " WHERE v.site = ?1 AND v.state IN ('waiting', 'called', 'serving', 'parked',"
	    " 'absent') AND " READ_BY("?2") " GROUP BY v.state";
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_text(q, 1, view->site);
	bind_text(q, 2, view->reader);
	bind_day(q, 3, op->today);
	while (db_next(op, q, &s)) {
		int state;

		state = state_by_name(&visit_states, col_text(op, q, 0));
		counts->in_state[state] = (int)col_int(q, 1);
		counts->earlier += (int)col_int(q, 2);
	}
	return s;
}

/* Of two who came in the same second, who came first. */
static enum status
find_oldest(struct op *op, const struct room_view *view, struct room_counts *counts)
{
	static const char sql[] = "SELECT v.id, v.arrived_at" WITH_UNIT
	    " WHERE v.site = ?1 AND v.state = 'waiting' AND +v.day >= ?3 AND " READ_BY("?2")
	    " ORDER BY v.arrived_at, v.id LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, view->site);
	bind_text(q, 2, view->reader);
	bind_day(q, 3, op->today);
	TRY(db_step(op, q, &row));
	invariant(row);
	counts->oldest_waiting = col_int(q, 0);
	counts->oldest_waiting_at = col_int(q, 1);
	db_done(q);
	return ST_OK;
}

/* The last hour tells how fast it goes, whatever the morning was like: at how many
 * counters somebody was served, or is. */
static enum status
measure_hour(struct op *op, const struct room_view *view, struct room_counts *counts)
{
	static const char sql[] =
	    "SELECT avg(minutes), count(DISTINCT counter) FROM ("
	    "SELECT (v.finished_at - coalesce(v.started_at, v.called_at)) / 60.0 AS minutes,"
	    " coalesce(v.counter, v.staff_id) AS counter" WITH_UNIT " WHERE v.site = ?1 AND v.finished_at > ?2"
	    " AND v.finished_at > coalesce(v.started_at, v.called_at) AND v.day >= ?4"
	    " AND " READ_BY("?3") " UNION ALL SELECT NULL, coalesce(v.counter, v.staff_id)"
	    WITH_UNIT
	    " WHERE v.site = ?1 AND v.state IN ('called', 'serving') AND v.day >= ?4"
	    " AND " READ_BY("?3") ")";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, view->site);
	bind_int(q, 2, op->now - 3600);
	bind_text(q, 3, view->reader);
	bind_day(q, 4, op->today);
	TRY(db_step(op, q, &row));
	counts->minutes_each = (int)(sqlite3_column_double(q, 0) + 0.5);
	counts->counters_calling = (int)col_int(q, 1);
	db_done(q);
	return ST_OK;
}

enum status
store_visit_counts(struct op *op, const struct room_view *view, struct room_counts *counts)
{
	*counts = (struct room_counts){ 0 };
	TRY(count_open(op, view, counts));
	if (counts->in_state[VISIT_WAITING] > 0)
		TRY(find_oldest(op, view, counts));
	return measure_hour(op, view, counts);
}
