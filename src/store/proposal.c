/*
 * proposal.c - layer 2: owners of fields, and proposals to change them.
 * Called by service/ and admin/.
 */
#include "store_proposal.h"

#include "db.h"

/* ---- owners ---- */

static void
read_owner(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct unit *)item = (struct unit){ .code = col_text(op, q, 0),
		.name = col_text(op, q, op->lang == LANG_DE ? 1 : 2) };
}

enum status
store_owner_list(struct op *op, const char *field, struct unit **list, size_t *n)
{
	static const char sql[] =
	    "SELECT u.code, u.name_de, u.name_en FROM field_owner o JOIN unit u ON u.code = o.unit"
	    " WHERE o.field = ?1 AND u.active = 1 ORDER BY u.position, u.code LIMIT 100";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, field);
	return db_all(op, q, read_owner, sizeof(**list), list, n);
}

enum status
store_owner_clear(struct op *op, const char *field)
{
	static const char sql[] = "DELETE FROM field_owner WHERE field = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, field);
	return db_run(op, q);
}

enum status
store_owner_put(struct op *op, const char *field, const char *unit)
{
	static const char sql[] =
	    "INSERT INTO field_owner (field, unit) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, field);
	bind_text(q, 2, unit);
	return db_run(op, q);
}

/* ---- proposals ---- */

enum status
store_proposal_add(struct op *op, struct proposal *p)
{
	static const char sql[] =
	    "INSERT INTO person_proposal (version, person_id, field, before, after, reason, unit,"
	    " state, proposed_at, proposed_by) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, p->person_id);
	bind_text(q, 2, p->field);
	bind_text(q, 3, p->before);
	bind_text(q, 4, p->after);
	bind_text(q, 5, p->reason);
	bind_text(q, 6, op->by->unit);
	bind_text(q, 7, state_name(&proposal_states, PROPOSAL_OPEN));
	bind_int(q, 8, op->now);
	bind_int(q, 9, op->by->id);
	TRY(db_run(op, q));
	p->id = db_last_id(op);
	op_touch(op, "person", p->person_id);
	return ST_OK;
}

enum status
store_proposal_settle(struct op *op, struct proposal *p)
{
	static const char sql[] =
	    "UPDATE person_proposal SET version = version + 1, state = ?1, answer = ?2,"
	    " settled_at = ?3, settled_by = ?4 WHERE id = ?5";
	sqlite3_stmt *q = db_query(op, sql);

	bind_text(q, 1, state_name(&proposal_states, (int)p->state));
	bind_text(q, 2, p->answer);
	bind_int(q, 3, op->now);
	bind_int(q, 4, op->by->id);
	bind_int(q, 5, p->id);
	op_touch(op, "person", p->person_id);
	return db_run(op, q);
}

#define PROPOSAL_COLUMNS                                                       \
	"SELECT r.id, r.version, p.id, p.display, p.born, r.field, r.before, r.after," \
	" r.reason, r.unit, u.name_de, u.name_en, r.state, r.proposed_at, r.settled_at," \
	" r.proposed_by, a.name, b.name, r.answer, p.unit, p.created_at, p.lock_day" \
	" FROM person_proposal r"                                              \
	" JOIN person o ON o.id = r.person_id JOIN person p ON p.id = coalesce(o.merged_into, o.id)" \
	" JOIN unit u ON u.code = r.unit"  \
	" JOIN staff a ON a.id = r.proposed_by LEFT JOIN staff b ON b.id = r.settled_by "

static void
read_proposal(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct proposal *)item = (struct proposal){
		.id = col_int(q, 0), .version = col_int(q, 1), .person_id = col_int(q, 2),
		.person_name = col_text(op, q, 3), .person_born = col_text(op, q, 4),
		.field = col_text(op, q, 5), .before = col_text(op, q, 6),
		.after = col_text(op, q, 7), .reason = col_text(op, q, 8),
		.unit = col_text(op, q, 9),
		.unit_name = col_text(op, q, op->lang == LANG_DE ? 10 : 11),
		.state = (enum proposal_state)state_by_name(&proposal_states,
		    col_text(op, q, 12)),
		.proposed_at = col_int(q, 13), .settled_at = col_int(q, 14),
		.proposed_by = col_int(q, 15), .proposed_by_name = col_text(op, q, 16),
		.settled_by_name = col_text(op, q, 17), .answer = col_text(op, q, 18),
		.person_unit = col_text(op, q, 19), .person_created_at = col_int(q, 20),
		.person_locked = col_day(q, 21) >= op->today,
	};
}

enum status
store_proposal_find(struct op *op, int64_t id, struct proposal *p)
{
	static const char sql[] = PROPOSAL_COLUMNS "WHERE r.id = ?1 AND "
	    NOT_KEPT_PERSON("p.id");
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_one(op, q, read_proposal, sizeof(*p), p);
}

enum status
store_proposal_by_person(struct op *op, int64_t person, int limit, struct proposal **list,
                         size_t *n)
{
	static const char sql[] =
	    PROPOSAL_COLUMNS "WHERE r.person_id IN " LINKED_TO("?1") " ORDER BY r.id DESC LIMIT ?2";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person);
	bind_int(q, 2, limit);
	return db_all(op, q, read_proposal, sizeof(**list), list, n);
}

/* An owner is named for the field itself; where nobody is, for its part. */
#define OWNED_BY(unit)                                                         \
	" EXISTS (SELECT 1 FROM field_owner o WHERE o.unit = " unit " AND o.field = CASE"    \
	"  WHEN r.field IN ('family', 'given', 'source') THEN 'name'"          \
	"  WHEN r.field = 'phone' THEN 'contact'"                              \
	"  WHEN EXISTS (SELECT 1 FROM field_owner x WHERE x.field = r.field) THEN r.field" \
	"  WHEN instr(r.field, '.') > 0 THEN substr(r.field, 1, instr(r.field, '.') - 1)" \
	"  ELSE r.field END)"

enum status
store_proposal_open(struct op *op, const char *unit, bool incoming, int64_t after, int limit,
                    struct proposal **list, size_t *n)
{
	static const char in[] = PROPOSAL_COLUMNS "WHERE r.state = 'open' AND r.id > ?2 AND "
	    NOT_KEPT_PERSON("p.id") " AND" OWNED_BY("?1") " ORDER BY r.id LIMIT ?3";
	static const char out[] = PROPOSAL_COLUMNS "WHERE r.state = 'open' AND r.id > ?2"
	    " AND " NOT_KEPT_PERSON("p.id") " AND r.unit = ?1 ORDER BY r.id LIMIT ?3";
	sqlite3_stmt *q = db_query(op, incoming ? in : out);

	bind_text(q, 1, unit);
	bind_int(q, 2, after);
	bind_int(q, 3, limit);
	return db_all(op, q, read_proposal, sizeof(**list), list, n);
}
