/*
 * duplicate.c - layer 3: pairs of records that may be one person, and what
 * somebody who looked at them said.  Called by command/merge.c.
 */
#include "service_merge.h"

#include "guard.h"

enum status
pair_list(struct op *op, int64_t person_id, const struct pair_place *after, int limit,
          struct person_pair **list, size_t *n)
{
	struct person p;

	if (person_id)
		TRY(person_show(op, person_id, &p));
	return store_pair_list(op, person_id, after, limit, list, n);
}

enum status
pair_different(struct op *op, int64_t a, int64_t b, const char *reason, struct person_pair *pair)
{
	const char *clean;
	struct person p;

	TRY(person_show(op, a, &p));
	TRY(person_show(op, b, &p));
	if (a == b)
		return op_fail_field(op, ST_INVALID, "with",
		    _("This is the same record. Name the other one of the two."));
	TRY(clean_text(op, "reason", reason, TEXT_SHORT, false, &clean));
	if (!*clean)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: what shows that these are two people?"));
	TRY(store_pair_settle(op, a, b, "different", clean));
	return store_pair_find(op, a, b, pair);
}
