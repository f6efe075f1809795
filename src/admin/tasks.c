/*
 * tasks.c - layer 5: the tasks that acts on households leave to the units
 * (tasks.conf).  Called by catalogue.c.
 */
#include "admin.h"

#include "conf.h"
#include "store_catalogue.h"
#include "store_household.h"

/* "new birth move_in" */
static const char *
names_of(struct op *op, const char *const *names, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n && names[i]; i++)
		all = *all ? arena_printf(op->mem, "%s %s", all, names[i]) : names[i];
	return all;
}

static enum status
unit_points(struct conf *c, const config_setting_t *entry, const char *code)
{
	const config_setting_t *at = config_setting_get_member(entry, "unit");
	bool figures_only, known;

	TRY(store_unit_known(c->op, code, &known, &figures_only));
	if (!known)
		return conf_fail(c, at, _("there is no unit \"%s\" in units.conf."), code);
	if (figures_only)
		return conf_fail(c, at, _("\"%s\" works with figures only and gets no tasks."),
		                 code);
	return ST_OK;
}

static enum status
conditions_point(struct conf *c, const config_setting_t *entry, const char *conditions)
{
	unsigned set;

	if (conditions_read(conditions, &set))
		return ST_OK;
	return conf_fail(c, config_setting_get_member(entry, "when"),
	                 _("\"%s\" is one of: %s."), "when",
	                 names_of(c->op, condition_names, 32));
}

static enum status
term_points(struct conf *c, const config_setting_t *entry, int term)
{
	if (term <= 730)
		return ST_OK;
	return conf_fail(c, config_setting_get_member(entry, "term"),
	                 _("a term of %d is too long: 730 at most."), term);
}

static enum status
rule_read(struct conf *c, const config_setting_t *entry)
{
	struct task_rule_row row = { .position = config_setting_index(entry) + 1 };
	struct op *op = c->op;
	bool fresh;

	TRY(conf_only(c, entry, "act key de en unit about when basis term term_unit valid_from "
	                        "valid_to"));
	TRY(conf_choice(c, entry, "act", names_of(op, household_acts.names, household_acts.n),
	                &row.act));
	TRY(conf_text(c, entry, "key", CONF_MUST, &row.key));
	TRY(conf_text(c, entry, "de", CONF_MUST, &row.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &row.name_en));
	TRY(conf_text(c, entry, "unit", CONF_MUST, &row.unit));
	TRY(conf_choice(c, entry, "about", names_of(op, about_names, 32), &row.about));
	TRY(conf_text(c, entry, "when", CONF_MAY, &row.conditions));
	TRY(conf_text(c, entry, "basis", CONF_MAY, &row.basis));
	TRY(conf_number(c, entry, "term", CONF_MUST, &row.term));
	TRY(conf_choice(c, entry, "term_unit", names_of(op, term_names, 32), &row.term_unit));
	TRY(conf_day(c, entry, "valid_from", CONF_MUST, &row.valid_from));
	TRY(conf_day(c, entry, "valid_to", CONF_MAY, &row.valid_to));
	TRY(unit_points(c, entry, row.unit));
	TRY(conditions_point(c, entry, row.conditions));
	TRY(term_points(c, entry, row.term));
	TRY(store_task_rule_put(op, &row, &fresh));
	if (!fresh)
		return conf_fail(c, entry, _("\"%s\" stands here twice for \"%s\" from the same "
		                 "day."), row.key, row.act);
	return ST_OK;
}

enum status
tasks_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "tasks", &list));
	TRY(store_task_rule_clear(c->op));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(rule_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}
