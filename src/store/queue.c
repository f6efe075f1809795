/*
 * queue.c - layer 2: pages of cases and their counts.  Called by
 * service/queue.c.  Every page is an index range for each unit, merged: no
 * OFFSET, no sort of a whole table, and the right to see a row is the unit in
 * the range.
 */
#include "case_row.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- the statements ----
 *
 * Undecided cases lie in their indexes by day.  In the order by rank the state
 * stands behind the day: who claims one moves its entry by a few places, on the
 * same page mostly.  The other orders know no state, and a claim touches none.
 */
#define LIVE(index) " FROM case_file c INDEXED BY case_by_" index                     \
	" WHERE c.unit = ?1 AND c.decided_day IS NULL"
#define SINCE(day) NOT_KEPT_CASE("c.id") " AND (?3 IS NULL OR (c." day ", c.id) > (?3, ?4))"
#define AFTER(day) " AND " SINCE(day) " AND c." day " >= coalesce(?3, '')"
#define IN_ORDER(day) " ORDER BY c." day ", c.id LIMIT ?7"
/* Undecided, in any state: the range as it lies, each day by number. */
#define ANY_STATE(day, index, narrowed)                                        \
	"SELECT c." day ", c.id" LIVE(index) AFTER(day) narrowed IN_ORDER(day)
/* In one state that many are in: the same, leaving out the others. */
#define MANY(day, index, narrowed) ANY_STATE(day, index, " AND c.state = ?2" narrowed)
/*
 * In one state, from day to day, in each the few of that state.  There are some
 * hundred days, however many cases, so that a state which is rare is found as
 * fast.  Days come in order, and in each the numbers do.
 */
#define DAY_BY_DAY(from)                                                       \
	"WITH RECURSIVE days (day) AS (SELECT min(c.rank_day)" LIVE("rank")    \
	"  AND c.rank_day >= " from " UNION ALL"                               \
	" SELECT (SELECT min(c.rank_day)" LIVE("rank") " AND c.rank_day > days.day)" \
	"  FROM days WHERE days.day IS NOT NULL)"
#define OF_DAY                                                                 \
	" FROM days CROSS JOIN case_file c INDEXED BY case_by_rank"            \
	" ON c.unit = ?1 AND c.decided_day IS NULL AND c.rank_day = days.day"  \
	" AND c.state = ?2 WHERE "
#define BY_RANK(narrowed)                                                      \
	DAY_BY_DAY("coalesce(?3, '')") " SELECT c.rank_day, c.id" OF_DAY       \
	SINCE("rank_day") narrowed " LIMIT ?7"
/* In one state that few are in: all of them, put in another order. */
#define FEW(day, index, narrowed)                                              \
	DAY_BY_DAY("''") " SELECT c." day ", c.id" OF_DAY SINCE(day) narrowed IN_ORDER(day)
/* Decided, one state: a range of its own. */
#define DONE(day, index, narrowed)                                             \
	"SELECT c." day ", c.id FROM case_file c INDEXED BY case_done_by_" index \
	" WHERE c.unit = ?1 AND c.state = ?2 AND c.decided_day IS NOT NULL" AFTER(day) \
	narrowed IN_ORDER(day)

/* A text is the end of a number or the beginning of a name. */
#define NARROWED                                                               \
	" AND (?5 = 0 OR c.owner_id IS nullif(?5, -1))"                        \
	" AND (?6 IS NULL OR c.due_day < ?6)"                                  \
	" AND (?8 IS NULL OR c.service_id IN (SELECT id FROM service WHERE code = ?8))" \
	" AND (?9 IS NULL OR substr(printf('%04d-%06d', c.year, c.number), -length(?9)) = ?9" \
	"  OR instr((SELECT forms FROM person_spelling n WHERE n.person_id = c.person_id)," \
	"   ' ' || ?10))"
#define OTHER_SORTS(form, narrowed)                                            \
	[CASE_BY_DUE] = form("due_day", "due", narrowed),                      \
	[CASE_BY_AGE] = form("opened_day", "age", narrowed)
#define BY_SORT(form, narrowed)                                                \
	{ [CASE_BY_RANK] = form("rank_day", "rank", narrowed), OTHER_SORTS(form, narrowed) }
enum walk { WALK_ANY, WALK_MANY, WALK_FEW, WALK_DONE };
#define WALKS(narrowed) {                                                      \
	[WALK_ANY] = BY_SORT(ANY_STATE, narrowed),                             \
	[WALK_MANY] = { [CASE_BY_RANK] = BY_RANK(narrowed), OTHER_SORTS(MANY, narrowed) }, \
	[WALK_FEW] = { [CASE_BY_RANK] = BY_RANK(narrowed), OTHER_SORTS(FEW, narrowed) }, \
	[WALK_DONE] = BY_SORT(DONE, narrowed),                                 \
}

/* Whole ranges are read from the index alone. */
static const char *const whole_ranges[][CASE_BY_AGE + 1] = WALKS("");
static const char *const narrowed_ranges[][CASE_BY_AGE + 1] = WALKS(NARROWED);
/* One clerk's own: few rows, through an index of their own. */
static const char own_range[] =
    "SELECT c.rank_day, c.id FROM case_file c INDEXED BY case_by_owner"
    " WHERE c.unit = ?1 AND c.state = ?2 AND c.owner_id = ?5" AFTER("rank_day") NARROWED
    IN_ORDER("rank_day");

struct key {
	int day;
	int64_t id;
};

static bool
is_own(const struct case_filter *f)
{
	return f->owner_id > 0 && f->sort == CASE_BY_RANK;
}

static const char *
range_sql(const struct case_filter *f, enum walk walk)
{
	if (is_own(f))
		return own_range;
	if (f->owner_id || f->due_before != DAY_NONE || f->service || f->text)
		return narrowed_ranges[walk][f->sort];
	return whole_ranges[walk][f->sort];
}

/* state NULL: all that are undecided. */
static enum status
read_range(struct op *op, const struct case_filter *f, enum walk walk, const char *unit,
           const char *state, struct list *keys)
{
	sqlite3_stmt *q = db_query(op, range_sql(f, walk));
	enum status s;

	bind_text(q, 1, unit);
	bind_text(q, 2, state);
	if (f->after_id)
		bind_day(q, 3, f->after_day);
	bind_int(q, 4, f->after_id);
	bind_int(q, 5, f->owner_id);
	bind_day(q, 6, f->due_before);
	bind_int(q, 7, f->limit);
	if (sqlite3_bind_parameter_count(q) > 7) {
		bind_text(q, 8, f->service);
		bind_text(q, 9, f->text);
		bind_text(q, 10, f->name);
	}
	while (db_next(op, q, &s))
		*(struct key *)list_add(op->mem, keys) =
		    (struct key){ col_day(q, 0), col_int(q, 1) };
	return s;
}

/* How many undecided ones a unit has in each state. */
static enum status
count_states(struct op *op, const char *unit, struct case_counts *counts)
{
	/* the counter knows of what is kept from some, too */
	static const char sql[] =
	    "SELECT sum(intake), sum(open), sum(in_work), sum(waiting), sum(proposed) FROM (SELECT"
	    " intake, open, in_work, waiting, proposed FROM case_count WHERE unit = ?1 UNION ALL"
	    " SELECT -(c.state = 'intake'), -(c.state = 'open'), -(c.state = 'in_work'),"
	    " -(c.state = 'waiting'), -(c.state = 'proposed')"
	    " FROM " KEPT_CASES("c") " WHERE c.unit = ?1 AND c.decided_day IS NULL)";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	bind_text(q, 1, unit);
	TRY(db_step(op, q, &row));
	for (int state = CASE_INTAKE; state < CASE_DECIDED; state++)
		counts->in_state[state] = col_int(q, state - CASE_INTAKE);
	db_done(q);
	return ST_OK;
}

/*
 * The cheaper way to a page of one undecided state: to read until it is full,
 * which takes limit * all / few rows, or to read the few.
 */
static enum status
choose_walk(struct op *op, const struct case_filter *f, const char *unit, int state,
            enum walk *walk)
{
	struct case_counts counts = { 0 };
	int64_t all, few;

	*walk = WALK_DONE;
	if (!(CASE_UNDECIDED & (1u << state)))
		return ST_OK;
	*walk = WALK_FEW;
	if (f->sort == CASE_BY_RANK)
		return ST_OK;
	TRY(count_states(op, unit, &counts));
	all = case_counts_live(&counts);
	few = counts.in_state[state];
	if (few * few > f->limit * all)
		*walk = WALK_MANY;
	return ST_OK;
}

static enum status
read_unit(struct op *op, const struct case_filter *f, const char *unit, struct list *keys)
{
	unsigned states = f->states;
	enum walk walk;

	if ((states & CASE_UNDECIDED) == CASE_UNDECIDED && !is_own(f)) {
		TRY(read_range(op, f, WALK_ANY, unit, NULL, keys));
		states &= ~CASE_UNDECIDED;
	}
	for (int i = 0; i < (int)case_states.n; i++)
		if (states & (1u << i)) {
			TRY(choose_walk(op, f, unit, i, &walk));
			TRY(read_range(op, f, walk, unit, state_name(&case_states, i), keys));
		}
	return ST_OK;
}

static int
in_order(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

enum status
store_case_by_ids(struct op *op, const int64_t *wanted, size_t n, struct case_file **list)
{
	static const char sql[] =
	    CASE_FIELDS " FROM json_each(?1) k CROSS JOIN case_file c ON c.id = k.value" CASE_JOINS
	    "ORDER BY k.id";
	char *ids = arena_alloc(op->mem, n * 21 + 3), *to = ids;
	size_t found;
	sqlite3_stmt *q;

	*list = NULL;
	if (n == 0)
		return ST_OK;
	*to++ = '[';
	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%s%lld", i ? "," : "", (long long)wanted[i]);
	*to = ']';
	q = db_query(op, sql);
	bind_text(q, 1, ids);
	TRY(db_all(op, q, read_case, sizeof(**list), list, &found));
	invariant(found == n);
	return ST_OK;
}

/* The rows of the keys, in their order. */
static enum status
read_rows(struct op *op, const struct key *keys, size_t n, struct case_file **list)
{
	int64_t *ids = arena_array(op->mem, int64_t, n + 1);

	for (size_t i = 0; i < n; i++)
		ids[i] = keys[i].id;
	return store_case_by_ids(op, ids, n, list);
}

enum status
store_case_page(struct op *op, const struct case_filter *f, struct case_file **list, size_t *n)
{
	struct list keys = { .size = sizeof(struct key) };
	struct case_filter one = *f;

	for (size_t u = 0; u < f->n_units; u++) {
		TRY(read_unit(op, f, f->units[u], &keys));
		for (size_t i = 0; i < f->n_absent; i++) {
			one.owner_id = f->absent[i];
			TRY(read_unit(op, &one, f->units[u], &keys));
		}
	}
	if (keys.n > 1)
		qsort(keys.items, keys.n, sizeof(struct key), in_order);
	if (keys.n > (size_t)f->limit)
		keys.n = (size_t)f->limit;
	*n = keys.n;
	return read_rows(op, keys.items, keys.n, list);
}

enum status
store_case_by_person(struct op *op, int64_t person_id, const char *units, const char *receiver,
                     int limit, struct case_file **list, size_t *n)
{
	static const char sql[] = CASE_COLUMNS "WHERE c.person_id IN " LINKED_TO("?1")
	    " AND (instr(?3, ' ' || c.unit || ' ') OR c.offered_to = ?4) AND " NOT_KEPT_CASE("c.id")
	    " ORDER BY c.opened_at DESC, c.id DESC LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_int(q, 2, limit);
	bind_text(q, 3, units);
	bind_text(q, 4, receiver);
	return db_all(op, q, read_case, sizeof(**list), list, n);
}

enum status
store_case_ready(struct op *op, const char *site, int64_t after, int limit,
                 struct case_file **list, size_t *n)
{
	static const char sql[] = CASE_COLUMNS
	    "WHERE c.site = ?1 AND c.state = 'decided' AND c.id > ?3 AND " NOT_KEPT_CASE("c.id")
	    " ORDER BY c.id LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, site);
	bind_int(q, 2, limit);
	bind_int(q, 3, after);
	return db_all(op, q, read_case, sizeof(**list), list, n);
}

/* ---- counts ---- */

static enum status
one_count(struct op *op, const char *sql, const char *first, int day, int64_t id, int64_t *count)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, first);
	if (sqlite3_bind_parameter_count(q) > 1)
		bind_day(q, 2, day);
	if (sqlite3_bind_parameter_count(q) > 2)
		bind_int(q, 3, id);
	return db_number(op, q, count);
}

enum status
store_case_ready_count(struct op *op, const char *site, const char *unit, int64_t *count)
{
	static const char sql[] = "SELECT count(*) FROM case_file WHERE site = ?1"
	                          " AND state = 'decided' AND (?2 IS NULL OR unit = ?2)"
	                          " AND " NOT_KEPT_CASE("id");
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, site);
	bind_text(q, 2, unit);
	return db_number(op, q, count);
}

int64_t
case_counts_live(const struct case_counts *counts)
{
	int64_t all = 0;

	for (int state = CASE_INTAKE; state < CASE_DECIDED; state++)
		all += counts->in_state[state];
	return all;
}

/* Where they are many, all are counted in an index and those that are kept from the
 * reader, who are few, are taken off: the rule is not asked for each. */
enum status
store_case_counts(struct op *op, const char *unit, struct case_counts *counts)
{
	static const char late[] =
	    "SELECT (SELECT count(*) FROM case_file INDEXED BY case_by_due WHERE unit = ?1"
	    "  AND decided_day IS NULL AND due_day < ?2) - (SELECT count(*) FROM " KEPT_CASES("c")
	    "  WHERE c.unit = ?1 AND c.decided_day IS NULL AND c.due_day < ?2)";
	static const char arrived[] =
	    "SELECT (SELECT count(*) FROM case_file WHERE unit = ?1 AND arrived_day = ?2)"
	    " - (SELECT count(*) FROM " KEPT_CASES("c")
	    "  WHERE c.unit = ?1 AND c.arrived_day = ?2)";
	static const char decided[] = "SELECT count(*) FROM case_file WHERE unit = ?1"
	                              " AND decided_day = ?2 AND " NOT_KEPT_CASE("id");
	static const char offered[] =
	    "SELECT (SELECT count(*) FROM handover WHERE to_unit = ?1 AND state = 'offered')"
	    " - (SELECT count(*) FROM " KEPT_CASES("c") " JOIN handover h ON h.case_id = c.id"
	    "  WHERE h.to_unit = ?1 AND h.state = 'offered')";
	/* named: left alone, SQLite reads every case of the unit */
	static const char mine[] =
	    "SELECT count(*) FROM case_file INDEXED BY case_by_owner"
	    " WHERE owner_id = ?3 AND unit = ?1"
	    " AND state IN ('intake', 'open', 'in_work', 'waiting', 'proposed') AND ?2 IS NOT NULL"
	    " AND " NOT_KEPT_CASE("id");
	int64_t more;

	*counts = (struct case_counts){ 0 };
	TRY(count_states(op, unit, counts));
	TRY(one_count(op, late, unit, op->today, 0, &counts->late));
	TRY(one_count(op, arrived, unit, op->today, 0, &counts->arrived_today));
	TRY(one_count(op, decided, unit, op->today, 0, &counts->decided_today));
	TRY(one_count(op, mine, unit, op->today, op->by->id, &counts->mine));
	for (size_t i = 0; i < op->by->n_absent; i++) {
		TRY(one_count(op, mine, unit, op->today, op->by->absent[i], &more));
		counts->mine += more;
	}
	counts->unowned = counts->in_state[CASE_OPEN];
	return one_count(op, offered, unit, DAY_NONE, 0, &counts->offered);
}
