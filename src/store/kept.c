/*
 * kept.c - layer 2: what of the office is kept from who acts, because it is
 * blocked or for named people only: read once an action, asked by statements
 * (kept_case, kept_person, kept_cases) and by services.  Must never be asked of
 * by a second list of its own: the rule is restriction_keep of rules/rights.c.
 *
 * Restrictions that hold are few, so they are read whole; a row of a list costs
 * a look into a small array, and no index is chosen otherwise because of it.
 */
#include "store_restriction.h"

#include <stdio.h>
#include <stdlib.h>

#include "db.h"

struct keep_row {
	int64_t id;
	enum keep keep;
	int64_t restriction;
};

struct kept {
	struct list people, cases; /* struct keep_row, by id */
	const char *hidden, *strangers; /* the cases, the people of KEEP_ALL, as JSON */
	bool failed;             /* then everything is kept */
};

static const struct kept nothing;

void
kept_forget(struct op *op)
{
	op->kept = NULL;
}

/* ---- reading ---- */

struct holding {
	int64_t id, person_id, case_id;
	struct restriction_facts facts;
};

static void
read_holding(struct op *op, sqlite3_stmt *q, void *item)
{
	const char *unit = col_text(op, q, 4);

	*(struct holding *)item = (struct holding){
		.id = col_int(q, 0), .person_id = col_int(q, 2), .case_id = col_int(q, 3),
		.facts = {
			.kind = (enum restriction_kind)state_by_name(&restriction_kinds,
			    col_text(op, q, 1)),
			.role = op->by->role, .own_unit = unit && strcmp(unit, op->by->unit) == 0,
			.named = col_int(q, 5) != 0, .emergency = col_int(q, 6) != 0,
		},
	};
}

static enum status
read_holdings(struct op *op, struct holding **list, size_t *n)
{
	static const char sql[] =
	    "SELECT x.id, x.kind, p.id, x.case_id, x.unit, EXISTS (SELECT 1 FROM restriction_staff s"
	    "  WHERE s.restriction_id = x.id AND s.staff_id = ?1),"
	    " EXISTS (SELECT 1 FROM emergency e JOIN person y ON y.id = e.person_id"
	    "  WHERE e.staff_id = ?1 AND e.until_at > ?2 AND coalesce(y.merged_into, y.id) = p.id)"
	    " FROM restriction x INDEXED BY restriction_holds"
	    " JOIN person o ON o.id = x.person_id JOIN person p ON p.id = coalesce(o.merged_into, o.id)"
	    " WHERE x.ended_at IS NULL AND (x.until_day IS NULL OR x.until_day >= ?3) ORDER BY x.id";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, op->by->id);
	bind_int(q, 2, op->now);
	bind_day(q, 3, op->today);
	return db_all(op, q, read_holding, sizeof(**list), list, n);
}

static void
keep_row(struct op *op, struct list *rows, int64_t id, enum keep keep, int64_t restriction)
{
	*(struct keep_row *)list_add(op->mem, rows) = (struct keep_row){ id, keep, restriction };
}

static enum status
keep_all_of(struct op *op, const char *sql, const struct holding *h, enum keep keep,
            struct list *rows)
{
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	bind_int(q, 1, h->person_id);
	while (db_next(op, q, &s))
		keep_row(op, rows, col_int(q, 0), keep, h->id);
	return s;
}

static enum status
keep_holding(struct op *op, const struct holding *h, struct kept *kept)
{
	static const char people[] = "SELECT l.id FROM person l WHERE l.id IN " LINKED_TO("?1");
	static const char cases[] =
	    "SELECT id FROM case_file WHERE person_id IN " LINKED_TO("?1");
	enum keep keep = restriction_keep(&h->facts);

	if (keep == KEEP_NOTHING)
		return ST_OK;
	if (h->case_id) {
		keep_row(op, &kept->cases, h->case_id, keep, h->id);
		return ST_OK;
	}
	TRY(keep_all_of(op, people, h, keep, &kept->people));
	return keep_all_of(op, cases, h, keep, &kept->cases);
}

/* Of several restrictions of one thing the hardest comes first. */
static int
by_id(const void *a, const void *b)
{
	const struct keep_row *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (int)y->keep - (int)x->keep;
}

static void
sort(struct list *rows)
{
	struct keep_row *list = rows->items;
	size_t kept = 0;

	if (rows->n < 2)
		return;
	qsort(list, rows->n, sizeof(*list), by_id);
	for (size_t i = 0; i < rows->n; i++)
		if (kept == 0 || list[kept - 1].id != list[i].id)
			list[kept++] = list[i];
	rows->n = kept;
}

static const char *
hidden_ids(struct op *op, const struct list *rows)
{
	const struct keep_row *list = rows->items;
	char *ids = arena_alloc(op->mem, rows->n * 21 + 3), *to = ids;

	*to++ = '[';
	for (size_t i = 0; i < rows->n; i++)
		if (list[i].keep == KEEP_ALL)
			to += sprintf(to, "%s%lld", to - ids > 1 ? "," : "", (long long)list[i].id);
	*to = ']';
	return ids;
}

static enum status
fill(struct op *op, struct kept *kept)
{
	struct holding *list;
	size_t n;

	TRY(read_holdings(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(keep_holding(op, &list[i], kept));
	sort(&kept->people);
	sort(&kept->cases);
	kept->hidden = hidden_ids(op, &kept->cases);
	kept->strangers = hidden_ids(op, &kept->people);
	return ST_OK;
}

/* Programs of the administrator act as nobody: nothing is kept from them. */
static const struct kept *
kept_of(struct op *op)
{
	struct kept *kept;

	if (!op->by)
		return &nothing;
	if (op->kept)
		return op->kept;
	kept = arena_make(op->mem, struct kept);
	kept->people.size = kept->cases.size = sizeof(struct keep_row);
	kept->failed = fill(op, kept) != ST_OK;
	return op->kept = kept;
}

/* ---- asking ---- */

static enum keep
keep_of(const struct kept *kept, const struct list *rows, int64_t id, int64_t *restriction)
{
	const struct keep_row wanted = { .id = id }, *list = rows->items, *found = NULL;
	size_t low = 0, high = rows->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (list[middle].id < wanted.id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < rows->n && list[low].id == id)
		found = &list[low];
	if (restriction)
		*restriction = found ? found->restriction : 0;
	return kept->failed ? KEEP_ALL : found ? found->keep : KEEP_NOTHING;
}

enum keep
kept_person(struct op *op, int64_t id, int64_t *restriction)
{
	const struct kept *kept = kept_of(op);

	return keep_of(kept, &kept->people, id, restriction);
}

enum keep
kept_case(struct op *op, int64_t id, int64_t *restriction)
{
	const struct kept *kept = kept_of(op);

	return keep_of(kept, &kept->cases, id, restriction);
}

/* ---- asked by SQL ---- */

static void
sql_kept_person(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct db *db = sqlite3_user_data(c);

	(void)n;
	sqlite3_result_int(c, kept_person(db->asking, sqlite3_value_int64(v[0]), NULL) == KEEP_ALL);
}

static void
sql_kept_case(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct db *db = sqlite3_user_data(c);

	(void)n;
	sqlite3_result_int(c, kept_case(db->asking, sqlite3_value_int64(v[0]), NULL) == KEEP_ALL);
}

static void
sql_kept_cases(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct db *db = sqlite3_user_data(c);
	const struct kept *kept = kept_of(db->asking);

	(void)n;
	(void)v;
	sqlite3_result_text(c, kept->hidden ? kept->hidden : "[]", -1, SQLITE_TRANSIENT);
}

static void
sql_kept_people(sqlite3_context *c, int n, sqlite3_value **v)
{
	struct db *db = sqlite3_user_data(c);
	const struct kept *kept = kept_of(db->asking);

	(void)n;
	(void)v;
	sqlite3_result_text(c, kept->strangers ? kept->strangers : "[]", -1, SQLITE_TRANSIENT);
}

bool
kept_functions(struct db *db)
{
	static const struct {
		const char *name;
		int args;
		void (*run)(sqlite3_context *c, int n, sqlite3_value **v);
	} functions[] = {
		{ "kept_person", 1, sql_kept_person },
		{ "kept_case", 1, sql_kept_case },
		{ "kept_cases", 0, sql_kept_cases },
		{ "kept_people", 0, sql_kept_people },
	};

	for (size_t i = 0; i < COUNT_OF(functions); i++)
		if (sqlite3_create_function_v2(db->sqlite, functions[i].name, functions[i].args,
		        SQLITE_UTF8 | SQLITE_DIRECTONLY, db, functions[i].run, NULL, NULL, NULL) !=
		    SQLITE_OK)
			return false;
	return true;
}
