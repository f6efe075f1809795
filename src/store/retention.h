/*
 * retention.h - private to store/: which cases are due, as part of queries.
 */
#ifndef TRESEN_STORE_RETENTION_PRIVATE_H
#define TRESEN_STORE_RETENTION_PRIVATE_H

#include "db.h"
#include "store_retention.h"

/* Two hours on: never a day earlier than in Berlin. */
#define DAY_OF(at) "date(" at " + 7200, 'unixepoch'"
/* ?1: today.  Of d.due the day on which the term has run. */
#define DUE                                                                            \
	"WITH k AS (SELECT c.id, c.year, c.number, c.service_id, t.class,"             \
	"  coalesce(p.merged_into, p.id) AS person,"                                   \
	"  max(c.changed_at) OVER w AS closed_at, sum(c.state <> 'closed') OVER w AS open" \
	" FROM case_file c JOIN person p ON p.id = c.person_id"                        \
	" JOIN service s ON s.id = c.service_id"                                       \
	" JOIN retention_service t ON t.service = s.code"                              \
	" WINDOW w AS (PARTITION BY coalesce(p.merged_into, p.id), t.class)),"         \
	" l AS (SELECT k.*, r.name_de, r.name_en, r.basis, r.certain, r.starts,"       \
	"  '+' || r.amount || ' ' || r.term_unit AS term,"                             \
	"  max(k.closed_at, CASE r.starts WHEN 'contact' THEN coalesce("               \
	"   (SELECT max(v.arrived_at) FROM visit v WHERE v.person_id IN "              \
	"    " LINKED_TO("k.person") "), 0)"                                           \
	"   ELSE 0 END) AS last_at FROM k JOIN retention_rule r ON r.class = k.class"  \
	"  AND r.amount IS NOT NULL AND r.valid_from <= ?1"                            \
	"  AND (r.valid_to IS NULL OR r.valid_to >= ?1) WHERE k.open = 0),"            \
	" d AS (SELECT l.*, " DAY_OF("l.last_at") ") AS last_day, CASE l.starts"       \
	"  WHEN 'year_end' THEN " DAY_OF("l.last_at") ", 'start of year', '+1 year',"  \
	"  '-1 day', l.term) ELSE " DAY_OF("l.last_at") ", l.term) END AS due FROM l)"
/* Of what stays all the same: an exception by hand (h), a block (b). */
#define BLOCK_HOLDS                                                                    \
	"r.kind = 'blocked' AND r.ended_at IS NULL AND (r.until_day IS NULL OR r.until_day >= ?1)"
#define HOLD                                                                           \
	"LEFT JOIN retention_hold h ON h.case_id = d.id AND h.until_day >= ?1"         \
	" LEFT JOIN (SELECT r.case_id AS case_id FROM restriction r"                   \
	"  WHERE r.case_id IS NOT NULL AND " BLOCK_HOLDS                               \
	"  UNION SELECT c.id FROM restriction r JOIN person o ON o.id = r.person_id"   \
	"  JOIN person l ON l.id = coalesce(o.merged_into, o.id)"                      \
	"   OR l.merged_into = coalesce(o.merged_into, o.id)"                          \
	"  JOIN case_file c ON c.person_id = l.id"                                     \
	"  WHERE r.case_id IS NULL AND " BLOCK_HOLDS ") b ON b.case_id = d.id"
#define HELD "coalesce(h.case_id, b.case_id)"

#endif
