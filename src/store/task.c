/*
 * task.c - layer 2: small tasks of the units, and the rules by which acts open
 * them.  Called by service/household.c, service/task.c and admin/.  Who may
 * know of a task is part of each query.
 */
#include "store_household.h"

#include "sealed.h"

static struct seal_place
note_place(struct op *op, int64_t id)
{
	return (struct seal_place){ "task", "note", place_key(op, id) };
}

/* ---- rules ---- */

static int
named(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	bug("task rule with %s", name);
}

static void
read_rule(struct op *op, sqlite3_stmt *q, void *item)
{
	struct task_rule *r = item;

	*r = (struct task_rule){
		.act = (enum act)state_by_name(&household_acts, col_text(op, q, 0)),
		.key = col_text(op, q, 1), .unit = col_text(op, q, 2),
		.unit_name = col_text(op, q, op->lang == LANG_DE ? 3 : 4),
		.about = (enum about)named(about_names, col_text(op, q, 5)),
		.name_de = col_text(op, q, 7), .name_en = col_text(op, q, 8),
		.basis = col_text(op, q, 9), .term = (int)col_int(q, 10),
		.term_unit = (enum term_unit)named(term_names, col_text(op, q, 11)),
		.unit_closed = col_int(q, 12) != 0,
	};
	invariant(conditions_read(col_text(op, q, 6), &r->conditions));
}

enum status
store_task_rules(struct op *op, enum act act, int day, struct task_rule **rules, size_t *n)
{
	static const char sql[] =
	    "SELECT r.act, r.key, r.unit, u.name_de, u.name_en, r.about, r.conditions, r.name_de,"
	    " r.name_en, r.basis, r.term, r.term_unit, u.closed FROM task_rule r"
	    " JOIN unit u ON u.code = r.unit AND u.active = 1"
	    " WHERE r.act = ?1 AND r.valid_from <= ?2 AND (r.valid_to IS NULL OR r.valid_to >= ?2)"
	    " ORDER BY u.position, r.position, r.key LIMIT 200";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, state_name(&household_acts, (int)act));
	bind_day(q, 2, day);
	return db_all(op, q, read_rule, sizeof(**rules), rules, n);
}

enum status
store_task_rule_clear(struct op *op)
{
	static const char sql[] = "DELETE FROM task_rule";

	return db_run(op, db_query(op, sql));
}

enum status
store_task_rule_put(struct op *op, const struct task_rule_row *row, bool *fresh)
{
	static const char sql[] =
	    "INSERT INTO task_rule (act, key, valid_from, valid_to, unit, about, conditions,"
	    " name_de, name_en, basis, term_unit, term, position)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
	    " ON CONFLICT DO NOTHING RETURNING 1";
	int64_t added;
	const char *const texts[] = {
		row->act, row->key, row->valid_from, row->valid_to, row->unit, row->about,
		row->conditions, row->name_de, row->name_en, row->basis, row->term_unit,
	};
	sqlite3_stmt *q = db_query(op, sql);

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		bind_text(q, (int)i + 1, texts[i]);
	bind_int(q, 12, row->term);
	bind_int(q, 13, row->position);
	TRY(db_number(op, q, &added));
	*fresh = added != 0;
	return ST_OK;
}

/* ---- tasks ---- */

enum status
store_task_add(struct op *op, struct task *t)
{
	static const char sql[] =
	    "INSERT INTO task (version, unit, kind, name_de, name_en, basis, person_id,"
	    " household_id, due_day, state, opened_at, opened_by, changed_at, changed_by)"
	    " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open', ?9, ?10, ?9, ?10)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, t->unit);
	bind_text(q, 2, t->kind);
	bind_text(q, 3, t->name_de);
	bind_text(q, 4, t->name_en);
	bind_text(q, 5, t->basis);
	bind_int(q, 6, t->person_id);
	bind_id(q, 7, t->household_id);
	bind_day(q, 8, t->due_day);
	bind_int(q, 9, op->now);
	bind_int(q, 10, op->by->id);
	TRY(db_run(op, q));
	t->id = db_last_id(op);
	op_touch(op, "task", t->id);
	return ST_OK;
}

enum status
store_task_save(struct op *op, struct task *t)
{
	static const char sql[] =
	    "UPDATE task SET version = version + 1, state = ?2, note = ?3, changed_at = ?4,"
	    " changed_by = ?5 WHERE id = ?1";
	const struct seal_place at = note_place(op, t->id);
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, t->id);
	bind_text(q, 2, state_name(&task_states, (int)t->state));
	bind_text(q, 3, text_shut(op, t->unit_closed, &at, t->note));
	bind_int(q, 4, op->now);
	bind_int(q, 5, op->by->id);
	TRY(db_run(op, q));
	op_touch(op, "task", t->id);
	return ST_OK;
}

#define TASK_COLUMNS                                                           \
	"SELECT t.id, t.version, t.unit, u.name_de, u.name_en, u.closed, t.kind, t.name_de," \
	" t.name_en, t.basis, p.id, t.household_id, p.display, p.born, t.due_day, t.state," \
	" t.note, t.opened_at, t.changed_at, t.changed_by, o.name, c.name FROM task t"
/* A task stays with the record it was opened for (r), and is read under the one
 * that was linked to (p). */
#define TASK_JOINS                                                             \
	" JOIN unit u ON u.code = t.unit AND u.active = 1 JOIN person r ON r.id = t.person_id" \
	" JOIN person p ON p.id = coalesce(r.merged_into, r.id)"               \
	" JOIN staff o ON o.id = t.opened_by JOIN staff c ON c.id = t.changed_by "
#define TASK_SIGHT "(u.closed = 0 OR t.unit = ?1) AND " NOT_KEPT_PERSON("t.person_id") " "

static void
read_task(struct op *op, sqlite3_stmt *q, void *item)
{
	const struct seal_place at = note_place(op, col_int(q, 0));
	struct task *t = item;
	int en = op->lang == LANG_DE ? 0 : 1;

	*t = (struct task){
		.id = col_int(q, 0), .version = col_int(q, 1), .unit = col_text(op, q, 2),
		.unit_name = col_text(op, q, 3 + en), .unit_closed = col_int(q, 5) != 0,
		.kind = col_text(op, q, 6), .name = col_text(op, q, 7 + en),
		.basis = col_text(op, q, 9), .person_id = col_int(q, 10),
		.household_id = col_int(q, 11), .person_name = col_text(op, q, 12),
		.person_born = col_text(op, q, 13), .due_day = col_day(q, 14),
		.state = (enum task_state)state_by_name(&task_states, col_text(op, q, 15)),
		.note = text_open(op, &at, col_text(op, q, 16)), .opened_at = col_int(q, 17),
		.changed_at = col_int(q, 18), .changed_by = col_int(q, 19),
		.opened_by_name = col_text(op, q, 20), .changed_by_name = col_text(op, q, 21),
	};
}

enum status
store_task_find(struct op *op, int64_t id, struct task *t)
{
	static const char sql[] = TASK_COLUMNS TASK_JOINS "WHERE " TASK_SIGHT "AND t.id = ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_int(q, 2, id);
	return db_one(op, q, read_task, sizeof(*t), t);
}

/* Each way to ask has its own statement, so that each has its own index. */
#define TASK_PAGE                                                              \
	TASK_SIGHT "AND t.state = ?3 AND (?6 = 0 OR (t.due_day, t.id) > (?5, ?6))" \
	" ORDER BY t.due_day, t.id LIMIT ?7"

enum status
store_task_page(struct op *op, const struct task_filter *f, struct task **list, size_t *n)
{
	static const char of_unit[] = TASK_COLUMNS " INDEXED BY task_unit" TASK_JOINS
	    "WHERE t.unit = ?2 AND (?4 = 0 OR t.household_id = ?4) AND (?8 = 0 OR p.id = ?8)"
	    " AND " TASK_PAGE;
	static const char of_person[] = TASK_COLUMNS " INDEXED BY task_person" TASK_JOINS
	    "WHERE t.person_id IN " LINKED_TO("?8") " AND (?2 IS NULL OR t.unit = ?2)"
	    " AND (?4 = 0 OR t.household_id = ?4) AND " TASK_PAGE;
	static const char of_household[] = TASK_COLUMNS " INDEXED BY task_household" TASK_JOINS
	    "WHERE t.household_id = ?4 AND (?2 IS NULL OR t.unit = ?2)"
	    " AND (?8 = 0 OR p.id = ?8) AND " TASK_PAGE;
	const char *sql = f->person_id ? of_person : f->household_id ? of_household : of_unit;
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_text(q, 2, f->unit);
	bind_text(q, 3, state_name(&task_states, (int)f->state));
	bind_int(q, 4, f->household_id);
	bind_day(q, 5, f->after_day);
	bind_int(q, 6, f->after_id);
	bind_int(q, 7, f->limit);
	bind_int(q, 8, f->person_id);
	return db_all(op, q, read_task, sizeof(**list), list, n);
}

static enum status
count(struct op *op, const char *unit, int before, int64_t *n)
{
	static const char sql[] =
	    "SELECT count(*) FROM task t JOIN unit u ON u.code = t.unit AND u.active = 1"
	    " WHERE t.unit = ?2 AND t.state = 'open' AND (?3 IS NULL OR t.due_day < ?3) AND "
	    TASK_SIGHT;
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, op->by->unit);
	bind_text(q, 2, unit);
	bind_day(q, 3, before);
	return db_number(op, q, n);
}

enum status
store_task_counts(struct op *op, const char *unit, int64_t *open, int64_t *late)
{
	TRY(count(op, unit, DAY_NONE, open));
	return count(op, unit, op->today, late);
}
