/*
 * verify_looks.c - layer 2: do the looks by reader (looked) say what the events
 * say?  Called by tresen-admin check.  Only reads, and names nobody.
 */
#include "verify.h"

enum status
store_verify_looks(struct op *op, struct faults *f)
{
	static const char sql[] =
	    "WITH truth AS (SELECT e.staff_id, o.kind, e.at, e.seq, o.id AS person_id,"
	    "  CASE o.kind WHEN 'look' THEN e.reason END AS purpose"
	    "  FROM event_object o JOIN event e ON e.seq = o.seq WHERE e.staff_id IS NOT NULL"
	    "  AND (o.kind IN ('look', 'hit', 'seen', 'refused') OR o.kind GLOB 'watch.*'))"
	    " SELECT seq, 1 FROM (SELECT * FROM truth EXCEPT SELECT staff_id, kind, at, seq,"
	    "  person_id, purpose FROM looked)"
	    " UNION ALL SELECT seq, 0 FROM (SELECT staff_id, kind, at, seq, person_id, purpose"
	    "  FROM looked EXCEPT SELECT * FROM truth) ORDER BY 1, 2";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t n = 0;
	enum status s;

	while (db_next(op, q, &s))
		fault_add(op, f, &n, col_int(q, 1)
		    ? _("The look of event %lld is missing among the looks by reader.")
		    : _("Among the looks by reader is one that event %lld does not tell of."),
		    (long long)col_int(q, 0));
	return s;
}
