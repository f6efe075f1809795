/*
 * approval.c - layer 3: four eyes on a decision.  Which results of a service
 * need a second person is data (services.conf); who has decided so never says
 * yes to it, nor who stands in for them.  Called by case.c and the commands.
 */
#include <string.h>

#include "guard.h"
#include "service_form.h"
#include "store_approval.h"

/* An amount that is not known is one to look at. */
static enum status
reaches_amount(struct op *op, const struct case_file *c, const struct approval_rule *rule,
               bool *reaches)
{
	const struct form_state *state;
	const struct form_cell *cell;

	TRY(case_judged(op, c, FORM_DECISION, &state));
	cell = state ? form_cell_at(state, rule->field) : NULL;
	*reaches = !cell || cell->value.known != FORM_KNOWN ||
	    cell->value.number > rule->above_cents;
	return ST_OK;
}

enum status
approval_wanted(struct op *op, const struct case_file *c, enum result result, const char **why)
{
	struct approval_rule rule;
	bool wanted = true;

	*why = NULL;
	TRY(store_approval_find(op, c->service_id, result, &rule));
	if (!rule.result)
		return ST_OK;
	if (rule.field)
		TRY(reaches_amount(op, c, &rule, &wanted));
	if (wanted)
		*why = op->lang == LANG_DE ? rule.name_de : rule.name_en;
	return ST_OK;
}

/* Back to who proposed it; with nobody any more, back to the pool. */
static void
undo(struct case_file *c)
{
	if (!c->owner_id)
		c->state = CASE_OPEN;
	c->result = RESULT_NONE;
	c->result_reason = NULL;
	c->proposed_by = c->proposed_at = 0;
}

enum status
case_settle(struct op *op, const char *command, int64_t id, int64_t seen, const char *reason,
            struct case_file *c)
{
	TRY(guard_case(op, &(struct attempt){ command, id, seen, reason, NULL }, c));
	if (c->state != CASE_DECIDED) {
		undo(c);
		TRY(keep_reason(op, id, strcmp(command, "case.return") == 0 ? NOTE_SENT_BACK
		    : NOTE_TAKEN_BACK, reason));
	} else if (!seen) {
		return op_fail_field(op, ST_INVALID, "version", _("Say which version of the case you "
		    "have looked at: what is approved is what was seen."));
	} else {
		c->decided_day = op->today;
	}
	TRY(store_case_save(op, c));
	return store_case_find(op, id, c);
}
