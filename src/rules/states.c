/*
 * states.c - layer 1: names and labels of roles and states, from one list
 * each.  Called by store (file), command (wire) and screens (labels).
 */
#include "rules_rights.h"
#include "rules_task.h"

#include <string.h>

#define X(id, name, label) name,
static const char *const visit_names[] = { VISIT_STATE_LIST(X) };
static const char *const case_names[] = { CASE_STATE_LIST(X) };
static const char *const handover_names[] = { HANDOVER_STATE_LIST(X) };
static const char *const merge_names[] = { MERGE_STATE_LIST(X) };
static const char *const paper_names[] = { PAPER_STATE_LIST(X) };
static const char *const result_names[] = { "", RESULT_LIST(X) };
static const char *const member_names[] = { MEMBER_ROLE_LIST(X) };
static const char *const dwelling_names[] = { DWELLING_LIST(X) };
static const char *const act_names[] = { ACT_LIST(X) };
static const char *const task_names[] = { TASK_STATE_LIST(X) };
static const char *const restriction_names[] = { RESTRICTION_LIST(X) };
#undef X
#define X(id, name, label) label,
static const char *const visit_labels[] = { VISIT_STATE_LIST(X) };
static const char *const case_labels[] = { CASE_STATE_LIST(X) };
static const char *const handover_labels[] = { HANDOVER_STATE_LIST(X) };
static const char *const merge_labels[] = { MERGE_STATE_LIST(X) };
static const char *const paper_labels[] = { PAPER_STATE_LIST(X) };
static const char *const result_labels[] = { "", RESULT_LIST(X) };
static const char *const member_labels[] = { MEMBER_ROLE_LIST(X) };
static const char *const dwelling_labels[] = { DWELLING_LIST(X) };
static const char *const act_labels[] = { ACT_LIST(X) };
static const char *const task_labels[] = { TASK_STATE_LIST(X) };
static const char *const restriction_labels[] = { RESTRICTION_LIST(X) };
#undef X

static const struct {
	enum role role;
	const char *name, *label;
} roles[] = {
#define X(id, bit, name, label) { id, name, label },
	ROLE_LIST(X)
#undef X
};

const char *
role_name(enum role role)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		if (roles[i].role == role)
			return roles[i].name;
	bug("role %d", (int)role);
}

const char *
role_label(enum role role)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		if (roles[i].role == role)
			return tr(roles[i].label);
	bug("role %d", (int)role);
}

bool
role_by_name(const char *name, enum role *role)
{
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		if (strcmp(roles[i].name, name) == 0) {
			*role = roles[i].role;
			return true;
		}
	return false;
}

const char *
state_name(const struct state_list *list, int state)
{
	invariant(state >= 0 && (size_t)state < list->n);
	return list->names[state];
}

const char *
state_label(const struct state_list *list, int state)
{
	invariant(state >= 0 && (size_t)state < list->n);
	return tr(list->labels[state]);
}

int
state_by_name(const struct state_list *list, const char *name)
{
	for (size_t i = 0; name && i < list->n; i++)
		if (strcmp(list->names[i], name) == 0)
			return (int)i;
	return -1;
}

bool
result_is_handed_out(enum result result)
{
	return result == RESULT_GRANTED || result == RESULT_REFUSED;
}

const char *
case_state_label(enum case_state state, enum result result)
{
	if (state != CASE_DECIDED || result == RESULT_NONE)
		return state_label(&case_states, (int)state);
	return result_is_handed_out(result) ? _("ready to hand out") : _("to be closed");
}

const struct state_list visit_states = { visit_names, visit_labels, COUNT_OF(visit_names) };
const struct state_list case_states = { case_names, case_labels, COUNT_OF(case_names) };
const struct state_list handover_states = {
	handover_names, handover_labels, COUNT_OF(handover_names)
};
const struct state_list merge_states = { merge_names, merge_labels, COUNT_OF(merge_names) };
const struct state_list paper_states = { paper_names, paper_labels, COUNT_OF(paper_names) };
const struct state_list results = { result_names, result_labels, COUNT_OF(result_names) };
const struct state_list member_roles = { member_names, member_labels, COUNT_OF(member_names) };
const struct state_list dwelling_kinds = {
	dwelling_names, dwelling_labels, COUNT_OF(dwelling_names)
};
const struct state_list household_acts = { act_names, act_labels, COUNT_OF(act_names) };
const struct state_list restriction_kinds = {
	restriction_names, restriction_labels, COUNT_OF(restriction_names)
};
const struct state_list task_states = { task_names, task_labels, COUNT_OF(task_names) };
