/*
 * queue.c - layer 3: lists of cases: what a clerk may see becomes the units
 * of the query, so that no row is fetched that is not for them.  Called by
 * command/case_list.c.
 */
#include <string.h>

#include "guard.h"
#include "rules_name.h"
#include "rules_rights.h"
#include "store_restriction.h"
#include "text.h"

/* Does somebody here see the ordinary cases of this unit? */
static bool
unit_in_sight(struct op *op, const struct unit *unit)
{
	struct facts f = { .role = op->by->role, .closed = unit->closed,
	    .own_unit = strcmp(op->by->unit, unit->code) == 0 };

	return right_refusal(right_sight(op->command, "case.list", f.role), &f) == REFUSE_NOTHING;
}

/* All that are in sight, or the one wanted; a unit that is not there and one
 * that is not for them are refused alike. */
static enum status
units_in_sight(struct op *op, const char *wanted, const char ***units, bool **front, size_t *n)
{
	const char *choice = NULL;
	struct unit *all;
	size_t n_all;

	TRY(store_unit_list(op, &all, &n_all));
	*units = arena_array(op->mem, const char *, n_all + 1);
	*front = arena_array(op->mem, bool, n_all + 1);
	*n = 0;
	for (size_t i = 0; i < n_all; i++) {
		if (!unit_in_sight(op, &all[i]))
			continue;
		choice = choice ? arena_printf(op->mem, "%s, %s", choice, all[i].code)
		                : all[i].code;
		if (wanted && strcmp(all[i].code, wanted) != 0)
			continue;
		(*front)[*n] = all[i].front;
		(*units)[(*n)++] = all[i].code;
	}
	return *n || !wanted ? ST_OK : op_fail_field(op, ST_INVALID, "unit",
	    _("There is no unit \"%s\" whose cases you may see. Choose one of: %s."), wanted, choice);
}

/* The open units' cases of a person whose file was opened in an emergency. */
static enum status
add_emergency(struct op *op, int64_t person, const char **codes)
{
	int64_t until;
	struct unit *list;
	size_t n;

	if (!(right_reach("case.show", op->by->role, UNIT_OPEN) & REACH_EMERGENCY))
		return ST_OK;
	TRY(store_emergency_until(op, person, &until));
	if (!until)
		return ST_OK;
	TRY(store_unit_list(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (!list[i].closed)
			*codes = arena_printf(op->mem, "%s%s ", *codes, list[i].code);
	return ST_OK;
}

enum status
cases_of_person(struct op *op, int64_t person, int limit, struct case_file **list, size_t *n)
{
	const char **units, *all = " ";
	size_t n_units;
	bool *front;

	TRY(units_in_sight(op, NULL, &units, &front, &n_units));
	for (size_t i = 0; i < n_units; i++)
		all = arena_printf(op->mem, "%s%s ", all, units[i]);
	TRY(add_emergency(op, person, &all));
	/* who sees no unit's cases is offered none either */
	return store_case_by_person(op, person, all, n_units ? op->by->unit : NULL, limit, list, n);
}

static enum status
resolve_owner(struct op *op, const char *owner, int64_t *id)
{
	const struct staff *s;

	*id = 0;
	if (!owner)
		return ST_OK;
	if (strcmp(owner, "me") == 0)
		*id = op->by->id;
	else if (strcmp(owner, "none") == 0)
		*id = -1;
	if (*id)
		return ST_OK;
	TRY(store_staff_known(op, 0, owner, -1, &s));
	if (!s)
		return op_fail_field(op, ST_INVALID, "owner",
		    _("Nobody here has the login \"%s\". `tresen staff list` "
		    "names them all."), owner);
	*id = s->id;
	return ST_OK;
}

/* The first part of a name as it is kept for searching. */
static const char *
name_part(struct op *op, const char *text)
{
	struct name_unit units[NAME_UNITS_MAX];

	/* what is no name begins none: no form holds a blank */
	return name_units(op->mem, text, units) > 0 ? units[0].form : " ";
}

enum status
queue_page(struct op *op, const struct queue_wish *wish, struct case_file **list, size_t *n)
{
	struct case_filter f = {
		.states = wish->states ? wish->states : CASE_LIVE | 1u << CASE_INTAKE,
		.due_before = wish->late ? op->today : DAY_NONE, .sort = wish->sort,
		.service = wish->service, .text = wish->text,
		.name = wish->text ? name_part(op, wish->text) : NULL,
		.after_day = wish->after_day, .after_id = wish->after_id, .limit = wish->limit,
	};
	bool *front;

	TRY(resolve_owner(op, wish->owner, &f.owner_id));
	if (f.owner_id == op->by->id) {
		f.absent = op->by->absent;
		f.n_absent = op->by->n_absent;
	}
	TRY(units_in_sight(op, wish->unit, &f.units, &front, &f.n_units));
	return store_case_page(op, &f, list, n);
}

static void
add_counts(struct case_counts *sum, const struct case_counts *one, bool front)
{
	if (front) {
		sum->front_live += case_counts_live(one);
		sum->front_late += one->late;
	}
	for (size_t i = 0; i < COUNT_OF(sum->in_state); i++)
		sum->in_state[i] += one->in_state[i];
	sum->mine += one->mine;
	sum->late += one->late;
	sum->arrived_today += one->arrived_today;
	sum->decided_today += one->decided_today;
	sum->offered += one->offered;
	sum->unowned += one->unowned;
}

enum status
queue_counts(struct op *op, const char *unit, struct case_counts *counts)
{
	const char **units;
	size_t n;
	bool *front;

	*counts = (struct case_counts){ 0 };
	TRY(units_in_sight(op, unit, &units, &front, &n));
	for (size_t i = 0; i < n; i++) {
		struct case_counts one;

		TRY(store_case_counts(op, units[i], &one));
		add_counts(counts, &one, front[i]);
	}
	return ST_OK;
}
