/*
 * emergency.c - layer 3: a file that is not for somebody, opened by them because
 * life or safety is at stake: for some minutes, to read, told to the data
 * protection officer and to the units at once.  Called by command/emergency.c.
 * Must never open what is sealed: the key of a closed unit is with its engine.
 */
#include "service_restriction.h"

#include "guard.h"
#include "rules_rights.h"
#include "text.h"

#define WORDS_MIN 10             /* a stroke of the key is no reason */

enum status
emergency_open(struct op *op, int64_t person, const char *reason, struct emergency *e)
{
	int64_t until;
	char hhmm[6];
	int n;

	*e = (struct emergency){ .person_id = person };
	TRY(person_known_as(op, "id", &e->person_id));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &e->reason));
	if (!e->reason || text_length(e->reason) < WORDS_MIN)
		return op_fail_field(op, ST_INVALID, "reason", _("Say in words what is at stake: the "
		    "data protection officer reads it at once."));
	TRY(store_emergency_until(op, e->person_id, &until));
	if (until)
		return op_fail(op, ST_CONFLICT, _("The file is open to you until %s already."),
		    clock_hhmm(until, hhmm));
	TRY(office_number(op, "emergency_minutes", &n));
	e->until_at = op->now + (int64_t)n * 60;
	TRY(store_emergency_add(op, e));
	return store_emergency_find(op, e->id, e);
}

static enum status
find_waiting(struct op *op, int64_t id, struct emergency *e)
{
	TRY(store_emergency_find(op, id, e));
	if (!e->id)
		return op_fail_field(op, ST_NOT_FOUND, "id",
		    _("There is no emergency %lld. Look at the list again."), (long long)id);
	if (e->settled_at)
		return op_fail(op, ST_CONFLICT, _("%s has settled this already. Load it again."),
		    e->settled_by_name);
	return ST_OK;
}

enum status
emergency_settle(struct op *op, int64_t id, bool justified, const char *remark,
                 struct emergency *e)
{
	const char *clean;

	TRY(find_waiting(op, id, e));
	TRY(clean_text(op, "remark", remark, TEXT_LONG, false, &clean));
	if (!justified && !(clean && *clean))
		return op_fail_field(op, ST_INVALID, "remark", _("Say why it was not justified, and what "
		    "follows from it."));
	TRY(store_emergency_settle(op, id, justified, clean && *clean ? clean : NULL));
	return store_emergency_find(op, id, e);
}

enum status
emergency_list(struct op *op, bool settled, int64_t before, int limit, struct emergency **list,
               size_t *n)
{
	bool all = right_reach("emergency.list", op->by->role, UNIT_OPEN) & REACH_ALL;

	TRY(store_emergency_list(op, all ? NULL : op->by->unit, settled, before, limit, list, n));
	/* told that it was, not whose file it was */
	for (size_t i = 0; i < *n; i++)
		if (kept_person(op, (*list)[i].person_id, NULL) == KEEP_ALL) {
			(*list)[i].person_id = 0;
			(*list)[i].person_name = (*list)[i].person_born = NULL;
		}
	return ST_OK;
}
