/*
 * verify.c - layer 2: is the office file sound?  Called by tresen-admin check.
 * Only reads, and never tells a value of a row.  Rebuilding the state from the
 * events is replay.c.
 */
#include "verify.h"

#include <stdarg.h>
#include <stdio.h>

void
fault_add(struct op *op, struct faults *f, int64_t *of_kind, const char *format, ...)
{
	char sentence[512];
	va_list args;

	f->found++;
	if (++*of_kind > FAULTS_OF_A_KIND || f->n == FAULTS_MAX)
		return;
	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	f->text[f->n++] = arena_strdup(op->mem, sentence);
}

enum status
store_verify_pages(struct op *op, struct faults *f)
{
	static const char sql[] = "PRAGMA integrity_check(20)";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t n = 0;
	enum status s;

	while (db_next(op, q, &s)) {
		const char *text;

		text = col_text(op, q, 0);
		if (strcmp(text, "ok") != 0)
			fault_add(op, f, &n, _("The file is damaged: %s"), text);
	}
	return s;
}

enum status
store_verify_references(struct op *op, struct faults *f)
{
	static const char sql[] = "PRAGMA foreign_key_check";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t n = 0;
	enum status s;

	while (db_next(op, q, &s))
		fault_add(op, f, &n, _("%s, row %lld points to a row of %s that is not there."),
		          col_text(op, q, 0), (long long)col_int(q, 1), col_text(op, q, 2));
	return s;
}

enum status
store_verify_counters(struct op *op, struct faults *f)
{
	static const char sql[] =
	    "WITH told (unit, state, day, n) AS ("
	    "  SELECT unit, 'intake', opened_day, intake FROM case_count UNION ALL"
	    "  SELECT unit, 'open', opened_day, open FROM case_count UNION ALL"
	    "  SELECT unit, 'in_work', opened_day, in_work FROM case_count UNION ALL"
	    "  SELECT unit, 'waiting', opened_day, waiting FROM case_count UNION ALL"
	    "  SELECT unit, 'proposed', opened_day, proposed FROM case_count),"
	    " truth (unit, state, day, n) AS ("
	    "  SELECT unit, state, opened_day, count(*) FROM case_file WHERE state IN"
	    "  ('intake', 'open', 'in_work', 'waiting', 'proposed') GROUP BY 1, 2, 3)"
	    " SELECT coalesce(c.unit, t.unit), coalesce(c.state, t.state),"
	    " coalesce(c.day, t.day), coalesce(c.n, 0), coalesce(t.n, 0)"
	    " FROM (SELECT * FROM told WHERE n <> 0) c FULL JOIN truth t"
	    " ON (c.unit, c.state, c.day) = (t.unit, t.state, t.day) WHERE c.n IS NOT t.n";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t n = 0;
	enum status s;

	while (db_next(op, q, &s))
		fault_add(op, f, &n, _("The counter of cases %s, %s, opened %s says %lld, "
		          "there are %lld."), col_text(op, q, 0), col_text(op, q, 1), col_text(op, q, 2),
		          (long long)col_int(q, 3), (long long)col_int(q, 4));
	return s;
}

enum status
store_verify_handovers(struct op *op, struct faults *f)
{
	static const char sql[] =
	    "SELECT c.id FROM case_file c LEFT JOIN handover h"
	    " ON h.case_id = c.id AND h.state = 'offered'"
	    " WHERE c.offered_to IS NOT h.to_unit OR (h.id IS NOT NULL AND h.from_unit <> c.unit)"
	    " ORDER BY c.id";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t n = 0;
	enum status s;

	while (db_next(op, q, &s))
		fault_add(op, f, &n, _("Case %lld and its hand-over name different units."),
		          (long long)col_int(q, 0));
	return s;
}
