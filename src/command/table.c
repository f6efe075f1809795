/*
 * table.c - layer 4: the one table of commands.  A command is one const entry
 * in the file of its noun; this list makes it known.
 */
#include <string.h>

#include "command.h"
#include "rules_rights.h"

#define COMMAND_LIST(X)                                                        \
	X(staff_me) X(staff_list) X(staff_delegate) X(staff_undelegate)        \
	X(staff_delegations) X(staff_why) X(office_health) X(staff_cover)      \
	X(staff_pin) X(staff_unlock)                                           \
	X(catalogue_show) X(form_show)                                         \
	X(service_list) X(service_show) X(service_find) X(service_gaps)        \
	X(visit_new) X(visit_next) X(visit_list) X(visit_show) X(visit_start)  \
	X(visit_recall) X(visit_park) X(visit_unpark) X(visit_absent)          \
	X(visit_readmit) X(visit_finish) X(visit_edit) X(visit_slip)           \
	X(person_new) X(person_edit) X(person_find) X(person_show) X(person_scan) \
	X(person_candidates) X(person_duplicates) X(person_different)          \
	X(person_radar) X(person_term) X(person_term_end) X(person_terms)      \
	X(person_parent) X(person_parent_drop)                                 \
	X(merge_propose) X(merge_approve) X(merge_refuse) X(merge_undo)        \
	X(merge_show) X(merge_list)                                            \
	X(person_lock) X(person_unlock) X(person_name) X(person_identifier)    \
	X(person_contact) X(person_address) X(person_language)                 \
	X(person_document) X(person_drop) X(person_propose)                    \
	X(person_proposals) X(person_accept) X(person_refuse)                  \
	X(person_withdraw) X(person_history) X(person_export)                  \
	X(household_show) X(household_new) X(household_birth)                  \
	X(household_move_in) X(household_move_out) X(household_separate)       \
	X(household_move) X(household_head) X(household_correct)               \
	X(disclosure_bases) X(disclosure_fields) X(disclosure_give) X(disclosure_list) \
	X(disclosure_book) X(disclosure_ask) X(disclosure_refuse) X(disclosure_asks) \
	X(consent_give) X(consent_withdraw) X(consent_show) X(consent_list)    \
	X(task_list) X(task_done) X(task_drop) X(task_reopen)                  \
	X(case_open) X(case_list) X(case_ready) X(case_show) X(case_gaps)      \
	X(case_claim)                                                          \
	X(case_next) X(case_release) X(case_take) X(case_note) X(case_unseal)  \
	X(case_document)                                                       \
	X(case_answer) X(case_wait) X(case_resume) X(case_decide)              \
	X(case_approve) X(case_return) X(case_withdraw)                        \
	X(case_handout) X(case_close) X(case_reopen) X(case_assign)            \
	X(handover_offer) X(handover_accept) X(handover_return)                \
	X(handover_withdraw) X(handover_list)                                  \
	X(person_block) X(person_reserve) X(case_block) X(case_reserve)        \
	X(restriction_end) X(restriction_list)                                 \
	X(person_emergency) X(emergency_list) X(emergency_settle)              \
	X(look_purpose) X(look_list) X(look_unusual)                           \
	X(retention_list) X(retention_show) X(retention_hold)                  \
	X(retention_propose) X(retention_approve) X(retention_withdraw)        \
	X(console_show)                                                        \
	X(draft_save) X(draft_show) X(draft_list) X(draft_drop)

#define X(name) extern const struct command cmd_##name;
COMMAND_LIST(X)
#undef X

const struct command *const commands[] = {
#define X(name) &cmd_##name,
	COMMAND_LIST(X)
#undef X
	NULL
};

const struct command *
command_find(const char *name)
{
	for (const struct command *const *c = commands; *c; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

bool
command_may(const struct command *c, const struct staff *by)
{
	return by && right_any(c->name, by->role, by->figures_only);
}

static const char *const type_names[] = {
	[ARG_ID] = "id", [ARG_IDS] = "ids", [ARG_INT] = "int", [ARG_TEXT] = "text",
	[ARG_DAY] = "day", [ARG_BIRTH] = "birth", [ARG_ENUM] = "enum", [ARG_BOOL] = "bool",
	[ARG_JSON] = "json",
};

static json_t *
list_arg(const struct arg *a)
{
	json_t *o = json_pack("{s:s, s:s, s:b, s:s}", "name", a->name, "type",
	    type_names[a->type], "required", a->need == REQUIRED, "help", tr(a->help));
	json_t *values;

	if (!a->values)
		return o;
	values = json_array();
	for (const char *const *v = a->values; *v; v++)
		json_array_append_new(values, json_string(*v));
	json_object_set_new(o, "values", values);
	return o;
}

static json_t *
list_command(const struct command *c, const struct staff *by)
{
	json_t *args = json_array();

	for (const struct arg *a = c->args; a && a->name; a++)
		json_array_append_new(args, list_arg(a));
	return json_pack("{s:s, s:s, s:b, s:b, s:o}", "name", c->name, "help", tr(c->help),
	    "write", (c->flags & CMD_WRITE) != 0, "may", command_may(c, by), "args", args);
}

json_t *
command_names(const struct staff *by)
{
	json_t *names = json_array();

	for (const struct command *const *c = commands; *c; c++)
		if (command_may(*c, by))
			json_array_append_new(names, json_string((*c)->name));
	return names;
}

json_t *
command_list(const struct staff *by)
{
	json_t *list = json_array();

	for (const struct command *const *c = commands; *c; c++)
		json_array_append_new(list, list_command(*c, by));
	return list;
}
