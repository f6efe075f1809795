/*
 * approvals.c - layer 5: the part of services.conf that says which decisions a
 * second person must approve.  Called by catalogue.c.
 */
#include "admin.h"

#include "conf.h"
#include "service_form.h"
#include "store_approval.h"
#include "store_form.h"

static enum status
rule_read(struct conf *c, const config_setting_t *entry, struct approval_rule *rule)
{
	int cents = 0;

	TRY(conf_only(c, entry, "result field above_cents de en basis certain"));
	TRY(conf_choice(c, entry, "result", "granted refused withdrawn settled", &rule->result));
	TRY(conf_text(c, entry, "field", CONF_MAY, &rule->field));
	TRY(conf_number(c, entry, "above_cents", rule->field ? CONF_MUST : CONF_MAY, &cents));
	TRY(conf_text(c, entry, "de", CONF_MUST, &rule->name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &rule->name_en));
	TRY(conf_text(c, entry, "basis", CONF_MUST, &rule->basis));
	TRY(conf_truth(c, entry, "certain", CONF_MUST, &rule->certain));
	rule->above_cents = cents;
	return ST_OK;
}

enum status
approvals_read(struct conf *c, const config_setting_t *entry, const char *code,
               const char *valid_from)
{
	config_setting_t *list;

	TRY(conf_list(c, entry, "approval", &list));
	TRY(store_approval_clear(c->op, code, valid_from));
	for (int i = 0; list && i < config_setting_length(list); i++) {
		struct approval_rule rule = { 0 };

		TRY(rule_read(c, config_setting_get_elem(list, (unsigned)i), &rule));
		TRY(store_approval_put(c->op, code, valid_from, &rule));
	}
	return ST_OK;
}

/* In the newest version, though it may not be valid yet. */
static const struct form_field *
amount_of(struct op *op, const struct approval_field *rule)
{
	const struct form_field *field;
	const struct form *form = NULL;
	struct form_edition *list;
	int version;
	size_t n;

	if (!rule->form || store_form_editions(op, rule->form, &list, &n) != ST_OK || n == 0 ||
	    form_load(op, rule->form, list[0].version, &form, &version) != ST_OK || !form)
		return NULL;
	field = form_find(form, rule->field);
	return field && field->type == FORM_MONEY ? field : NULL;
}

enum status
approvals_check(struct op *op)
{
	struct approval_field *list;
	size_t n;

	TRY(store_approval_fields(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (!amount_of(op, &list[i]))
			return op_fail(op, ST_INVALID, _("services.conf: the form of %s has no amount "
			    "of money \"%s\". Name one in its approval, or none."),
			    list[i].service, list[i].field);
	return ST_OK;
}
