/*
 * case_row.h - private to store/: the columns of a case as every reader of
 * cases selects them.
 */
#ifndef TRESEN_STORE_CASE_ROW_H
#define TRESEN_STORE_CASE_ROW_H

#include "store_case.h"

#include "db.h"

/*
 * Names beside keys by CROSS JOIN: the planner must start at the case and its
 * index, never at a table of names.  A person linked to another is read under
 * that one: r is the record the case hangs on, p the one it is shown under.
 */
#define CASE_JOINS                                                             \
	" CROSS JOIN person r ON r.id = c.person_id"                           \
	" CROSS JOIN person p ON p.id = coalesce(r.merged_into, r.id)"         \
	" CROSS JOIN service s ON s.id = c.service_id"                         \
	" CROSS JOIN unit u ON u.code = c.unit"                                \
	" CROSS JOIN staff b ON b.id = c.changed_by"                           \
	" LEFT JOIN staff o ON o.id = c.owner_id"                              \
	" LEFT JOIN staff w ON w.id = c.proposed_by "
#define CASE_FIELDS                                                            \
	"SELECT c.id, c.version, c.year, c.number, p.id, p.display, p.born," \
	" c.service_id, s.code, s.name_de, s.name_en, s.form, c.form_version, c.site," \
	" c.visit_id, c.unit, u.name_de, u.name_en, u.closed, c.owner_id, o.login, o.name," \
	" c.state, c.offered_to, c.opened_at, c.opened_day, c.arrived_day, c.due_day," \
	" c.due_why, c.rank_day, c.asked, c.wait_reason, c.wait_day, c.result," \
	" c.result_reason, c.decided_day, c.changed_at, c.changed_by, b.name, p.lock_day," \
	" c.proposed_by, c.proposed_at, w.name"
#define CASE_COLUMNS CASE_FIELDS " FROM case_file c" CASE_JOINS

/* A ROW_READER: item is a struct case_file. */
void read_case(struct op *op, sqlite3_stmt *q, void *item);

#endif
