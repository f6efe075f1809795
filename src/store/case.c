/*
 * case.c - layer 2: case files: add, save, find.  Called by service/case.c,
 * service/handover.c and admin/.  Pages and counts are in queue.c.
 */
#include "case_row.h"

#include "sealed.h"

static struct seal_place
case_place(struct op *op, int64_t id, const char *column)
{
	return (struct seal_place){ "case_file", column, place_key(op, id) };
}

static const char *
open_text(struct op *op, int64_t id, const char *column, const char *text)
{
	const struct seal_place at = case_place(op, id, column);

	return text_open(op, &at, text);
}

void
read_case(struct op *op, sqlite3_stmt *q, void *item)
{
	struct case_file *c = item;
	int en = op->lang == LANG_DE ? 0 : 1;

	*c = (struct case_file){
		.id = col_int(q, 0), .version = col_int(q, 1), .year = (int)col_int(q, 2),
		.number = (int)col_int(q, 3), .person_id = col_int(q, 4),
		.person_name = col_text(op, q, 5), .person_born = col_text(op, q, 6),
		.service_id = col_int(q, 7), .service_code = col_text(op, q, 8),
		.service_name = col_text(op, q, 9 + en), .form = col_text(op, q, 11),
		.form_version = (int)col_int(q, 12), .site = col_text(op, q, 13),
		.visit_id = col_int(q, 14), .unit = col_text(op, q, 15),
		.unit_name = col_text(op, q, 16 + en), .unit_closed = col_int(q, 18) != 0,
		.owner_id = col_int(q, 19), .owner_login = col_text(op, q, 20),
		.owner_name = col_text(op, q, 21),
		.state = (enum case_state)state_by_name(&case_states, col_text(op, q, 22)),
		.offered_to = col_text(op, q, 23), .opened_at = col_int(q, 24),
		.opened_day = col_day(q, 25), .arrived_day = col_day(q, 26),
		.due_day = col_day(q, 27), .title_ends = strcmp(col_text(op, q, 28), "title") == 0,
		.urgent = strcmp(col_text(op, q, 28), "form") == 0 ||
		    strcmp(col_text(op, q, 28), "soon") == 0,
		.soon = strcmp(col_text(op, q, 28), "soon") == 0,
		.rank_day = col_day(q, 29), .asked = (int)col_int(q, 30),
		.wait_raw = col_text(op, q, 31), .wait_day = col_day(q, 32),
		.result_raw = col_text(op, q, 34), .decided_day = col_day(q, 35),
		.changed_at = col_int(q, 36), .changed_by = col_int(q, 37),
		.changed_by_name = col_text(op, q, 38),
		.person_locked = col_day(q, 39) >= op->today, .proposed_by = col_int(q, 40),
		.proposed_at = col_int(q, 41), .proposed_by_name = col_text(op, q, 42),
	};
	c->wait_reason = open_text(op, c->id, "wait_reason", c->wait_raw);
	c->result_reason = open_text(op, c->id, "result_reason", c->result_raw);
	if (sqlite3_column_type(q, 33) != SQLITE_NULL)
		c->result = (enum result)state_by_name(&results, col_text(op, q, 33));
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* What did not change stays to the letter: sealed anew it would look changed. */
static const char *
raw_text(struct op *op, bool entrusted, const struct seal_place *at, const char *text,
         const char *was, const char *raw)
{
	if (raw && same_text(text, was) && seal_is(raw) == entrusted)
		return raw;
	return text_shut(op, entrusted, at, text);
}

/* The texts of a case as they are to lie in the file. */
static void
shut_texts(struct op *op, struct case_file *c, bool entrusted)
{
	const struct case_file none = { 0 }, *was = c->as_read ? c->as_read : &none;
	const struct seal_place wait = case_place(op, c->id, "wait_reason");
	const struct seal_place result = case_place(op, c->id, "result_reason");

	c->wait_raw =
	    raw_text(op, entrusted, &wait, c->wait_reason, was->wait_reason, was->wait_raw);
	c->result_raw = raw_text(op, entrusted, &result, c->result_reason, was->result_reason,
	    was->result_raw);
}

/* What an edit may change, bound from the second parameter on. */
static void
bind_case(struct op *op, sqlite3_stmt *q, const struct case_file *c)
{
	bind_text(q, 2, c->unit);
	bind_id(q, 3, c->owner_id);
	bind_text(q, 4, state_name(&case_states, (int)c->state));
	bind_text(q, 5, c->offered_to);
	bind_day(q, 6, c->arrived_day);
	bind_day(q, 7, c->due_day);
	bind_text(q, 8, c->title_ends ? "title" : c->soon ? "soon" : c->urgent ? "form" : "target");
	bind_day(q, 9, c->rank_day);
	bind_int(q, 10, c->asked);
	bind_text(q, 11, c->wait_raw);
	bind_day(q, 12, c->wait_day);
	bind_text(q, 13, c->result ? state_name(&results, (int)c->result) : NULL);
	bind_text(q, 14, c->result_raw);
	bind_day(q, 15, c->decided_day);
	bind_int(q, 16, op->now);
	bind_int(q, 17, op->by->id);
	bind_id(q, 18, c->proposed_by);
	bind_id(q, 19, c->proposed_at);
}

/* Closed units count apart: no gap in the numbers of others tells of their files. */
#define CLOSED_FROM 500000

static enum status
next_number(struct op *op, int year, bool closed, int *number)
{
	static const char sql[] = "SELECT coalesce(max(number), ?2) + 1 FROM case_file"
	                          " WHERE year = ?1 AND number > ?2 AND number <= ?2 + ?3";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t next;

	bind_int(q, 1, year);
	bind_int(q, 2, closed ? CLOSED_FROM : 0);
	bind_int(q, 3, CLOSED_FROM);
	TRY(db_number(op, q, &next));
	*number = (int)next;
	return ST_OK;
}

static enum status
next_id(struct op *op, bool entrusted, int64_t *id)
{
	static const char sql[] = NEXT_ID("case_file");
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, entrusted ? ID_APART : 0);
	return db_number(op, q, id);
}

enum status
store_case_add(struct op *op, struct case_file *c)
{
	static const char sql[] =
	    "INSERT INTO case_file (version, year, unit, owner_id, state, offered_to, arrived_day,"
	    " due_day, due_why, rank_day, asked, wait_reason, wait_day, result, result_reason,"
	    " decided_day, changed_at, changed_by, proposed_by, proposed_at, number, person_id,"
	    " service_id, form_version, site, visit_id, opened_at, opened_day, id)"
	    " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
	    " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";
	bool entrusted;
	int month, mday;
	sqlite3_stmt *q;

	day_to_ymd(c->opened_day, &c->year, &month, &mday);
	TRY(unit_entrusted(op, c->unit, c->offered_to, &entrusted));
	TRY(next_number(op, c->year, entrusted, &c->number));
	/* texts are sealed for their row */
	TRY(next_id(op, entrusted, &c->id));
	shut_texts(op, c, entrusted);
	q = db_query(op, sql);
	bind_int(q, 1, c->year);
	bind_case(op, q, c);
	bind_int(q, 20, c->number);
	bind_int(q, 21, c->person_id);
	bind_int(q, 22, c->service_id);
	bind_id(q, 23, c->form_version);
	bind_text(q, 24, c->site);
	bind_id(q, 25, c->visit_id);
	bind_int(q, 26, c->opened_at);
	bind_day(q, 27, c->opened_day);
	bind_int(q, 28, c->id);
	TRY(db_run(op, q));
	c->version = 1;
	op_touch(op, "person", c->person_id);
	op_touch(op, "case", c->id);
	return ST_OK;
}

static const struct case_file *
keep(struct op *op, const struct case_file *c)
{
	struct case_file *kept = arena_make(op->mem, struct case_file);

	*kept = *c;
	return kept;
}

/* Is nothing changed but who works on it and how far it is? */
static bool
only_works(const struct case_file *c)
{
	const struct case_file *was = c->as_read;

	return was && was->id == c->id && same_text(was->unit, c->unit) &&
	    same_text(was->offered_to, c->offered_to) && was->arrived_day == c->arrived_day &&
	    was->due_day == c->due_day && was->title_ends == c->title_ends &&
	    was->urgent == c->urgent && was->soon == c->soon &&
	    was->rank_day == c->rank_day && was->asked == c->asked &&
	    was->result == c->result && same_text(was->result_reason, c->result_reason) &&
	    was->decided_day == c->decided_day && was->proposed_by == c->proposed_by &&
	    was->proposed_at == c->proposed_at;
}

/* SQLite writes every index of the columns it is told, changed or not. */
static enum status
save_work(struct op *op, const struct case_file *c)
{
	static const char sql[] =
	    "UPDATE case_file SET version = version + 1, owner_id = ?2, state = ?3,"
	    " wait_reason = ?4, wait_day = ?5, changed_at = ?6, changed_by = ?7 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, c->id);
	bind_id(q, 2, c->owner_id);
	bind_text(q, 3, state_name(&case_states, (int)c->state));
	bind_text(q, 4, c->wait_raw);
	bind_day(q, 5, c->wait_day);
	bind_int(q, 6, op->now);
	bind_int(q, 7, op->by->id);
	return db_run(op, q);
}

static enum status
save_all(struct op *op, const struct case_file *c)
{
	static const char sql[] =
	    "UPDATE case_file SET version = version + 1, unit = ?2, owner_id = ?3, state = ?4,"
	    " offered_to = ?5, arrived_day = ?6, due_day = ?7, due_why = ?8, rank_day = ?9,"
	    " asked = ?10, wait_reason = ?11, wait_day = ?12, result = ?13, result_reason = ?14,"
	    " decided_day = ?15, changed_at = ?16, changed_by = ?17, proposed_by = ?18,"
	    " proposed_at = ?19 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, c->id);
	bind_case(op, q, c);
	return db_run(op, q);
}

enum status
store_case_save(struct op *op, struct case_file *c)
{
	const struct case_file *was = c->as_read;
	bool works = only_works(c), entrusted = c->unit_closed && !c->offered_to;

	if (!works)
		TRY(unit_entrusted(op, c->unit, c->offered_to, &entrusted));
	shut_texts(op, c, entrusted);
	TRY(works ? save_work(op, c) : save_all(op, c));
	if (op->db->seal && (entrusted || (was && was->unit_closed)))
		TRY(case_reseal(op, c->id));
	c->version++;
	c->changed_at = op->now;
	c->changed_by = op->by->id;
	c->changed_by_name = op->by->name;
	c->as_read = keep(op, c);
	op_touch(op, "case", c->id);
	return ST_OK;
}

enum status
store_case_find(struct op *op, int64_t id, struct case_file *c)
{
	static const char sql[] = CASE_COLUMNS "WHERE c.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	TRY(db_one(op, q, read_case, sizeof(*c), c));
	c->as_read = keep(op, c);
	return ST_OK;
}

enum status
store_case_by_number(struct op *op, int year, int number, int64_t *id)
{
	static const char sql[] = "SELECT id FROM case_file WHERE year = ?1 AND number = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, year);
	bind_int(q, 2, number);
	return db_number(op, q, id);
}

enum status
store_case_twin(struct op *op, int64_t person_id, int64_t service_id, int64_t *id)
{
	static const char sql[] =
	    "SELECT id FROM case_file WHERE person_id IN " LINKED_TO("?1") " AND service_id = ?2"
	    " AND decided_day IS NULL AND " NOT_KEPT_CASE("id") " ORDER BY id DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	bind_int(q, 2, service_id);
	return db_number(op, q, id);
}

enum status
store_case_lacking(struct op *op, int64_t person_id, int64_t *id)
{
	static const char sql[] =
	    "SELECT CASE count(*) WHEN 1 THEN min(id) ELSE 0 END FROM case_file c"
	    " WHERE person_id IN " LINKED_TO("?1")
	    " AND decided_day IS NULL AND " NOT_KEPT_CASE("id") " AND EXISTS"
	    "  (SELECT 1 FROM case_document d WHERE d.case_id = c.id AND d.required = 1"
	    "   AND d.state = 'missing')";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person_id);
	return db_number(op, q, id);
}
