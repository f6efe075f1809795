/*
 * handover.c - layer 3: passing a case from unit to unit.  The sender stays
 * responsible until the receiver accepts: nothing lies between two units.
 * Called by command/handover.c and service/case.c.
 */
#include <string.h>

#include "guard.h"
#include "service_form.h"
#include "service_restriction.h"

/* Keys of the required papers that are missing, blank between. */
static const char *
missing_keys(struct op *op, const struct gaps *g)
{
	const char *keys = "";

	for (size_t i = 0; i < g->n; i++)
		if (g->list[i].paper)
			keys = arena_printf(op->mem, "%s%s%s", keys, *keys ? " " : "",
			    g->list[i].key);
	return keys;
}

static enum status
check_receiver(struct op *op, const struct case_file *c, const char *to)
{
	struct unit unit;

	TRY(store_unit_find(op, to, &unit));
	if (strcmp(to, c->unit) == 0)
		return op_fail_field(op, ST_INVALID, "to",
		    _("The case already belongs to %s. Choose another unit."), unit.name);
	if (!unit.figures_only)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "to",
	    _("%s works with figures only and takes no cases. Choose another unit."), unit.name);
}

enum status
handover_offer(struct op *op, int64_t case_id, const char *to, const char *reason,
               struct handover *h)
{
	struct attempt try = { "handover.offer", case_id, 0, reason, NULL };
	struct case_file c;
	struct gaps gaps;
	const char *why;
	int days;

	TRY(named_as(op, "case", guard_complete(op, &try, FORM_INTAKE, &c, &gaps)));
	if (!to)
		TRY(case_way(op, &c, &to, &why));
	TRY(check_receiver(op, &c, to));
	*h = (struct handover){ .case_id = case_id, .from = c.unit, .to = to };
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &h->reason));
	h->missing = missing_keys(op, &gaps);
	TRY(office_number(op, "handover_days", &days));
	TRY(working_day_from_today(op, days, &h->due_day));
	if (c.due_day && c.due_day < h->due_day) /* an answer after that day is none */
		h->due_day = c.due_day > op->today ? c.due_day : op->today;
	TRY(store_handover_add(op, h));
	c.offered_to = to;
	TRY(store_case_save(op, &c));
	return store_handover_find(op, h->id, h);
}

/* Moves the case to the unit that accepts it. */
static enum status
move_case(struct op *op, struct case_file *c, const char *unit)
{
	c->unit = unit;
	c->offered_to = NULL;
	c->owner_id = 0;
	c->arrived_day = op->today;
	c->state = CASE_OPEN;
	c->wait_day = DAY_NONE;
	c->wait_reason = NULL;
	return store_case_save(op, c);
}

enum status
handover_accept_case(struct op *op, struct case_file *c)
{
	struct handover h;

	TRY(store_handover_of_case(op, c->id, &h));
	invariant(h.id && h.state == HANDOVER_OFFERED);
	TRY(handover_settle(op, "handover.accept", h.id, NULL, &h));
	return store_case_find(op, c->id, c);
}

static struct facts
facts_of_handover(struct op *op, const struct handover *h, const char *reason)
{
	return (struct facts){
		.role = op->by->role,
		.own_unit = strcmp(op->by->unit, h->from) == 0,
		.receiver = strcmp(op->by->unit, h->to) == 0,
		.reason = reason && *reason,
	};
}

static enum status
no_handover(struct op *op, int64_t id)
{
	return op_fail_field(op, ST_NOT_FOUND, "id",
	    _("There is no hand-over %lld here. Look at the list again."), (long long)id);
}

static enum status
guard_handover(struct op *op, const char *command, int64_t id, const char *reason,
               struct handover *h)
{
	struct thing thing;
	struct facts f;
	bool hidden;

	TRY(store_handover_find(op, id, h));
	if (!h->id)
		return no_handover(op, id);
	f = facts_of_handover(op, h, reason);
	TRY(case_guard(op, h->case_id, &hidden));
	if (hidden || (!f.own_unit && !f.receiver))
		return no_handover(op, id);
	thing = (struct thing){ _("This hand-over"), (int)h->state, h->settled_by,
	    h->settled_by_name, h->settled_at };
	TRY(guard_act(op, &handover_workflow, command, &f, &thing));
	h->state = (enum handover_state)thing.state;
	return ST_OK;
}

enum status
handover_settle(struct op *op, const char *command, int64_t id, const char *reason,
                struct handover *h)
{
	struct case_file c;

	TRY(guard_handover(op, command, id, reason, h));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &h->answer));
	TRY(store_handover_save(op, h));
	TRY(store_case_find(op, h->case_id, &c));
	c.offered_to = NULL;
	if (h->state == HANDOVER_ACCEPTED)
		TRY(move_case(op, &c, h->to));
	else
		TRY(store_case_save(op, &c));
	return store_handover_find(op, id, h);
}

enum status
handover_box(struct op *op, bool incoming, int64_t after, int limit, struct handover **list,
             size_t *n)
{
	return store_handover_list(op, op->by->unit, incoming, after, limit, list, n);
}

const struct transition **
handover_may(struct op *op, const struct handover *h)
{
	struct facts f = facts_of_handover(op, h, NULL);

	return transitions_open(op, &handover_workflow, (int)h->state, &f);
}

size_t
handover_missing(struct op *op, const struct handover *h, const char ***names)
{
	char *save = NULL, *all = arena_strdup(op->mem, h->missing_names ? h->missing_names : "");
	size_t n = 0;

	*names = arena_array(op->mem, const char *, strlen(all) + 1);
	for (char *name = strtok_r(all, "\n", &save); name; name = strtok_r(NULL, "\n", &save))
		(*names)[n++] = name;
	return n;
}
