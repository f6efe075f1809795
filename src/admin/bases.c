/*
 * bases.c - layer 5: by what right something entrusted is told, and what kinds of
 * bodies outside the office it may be told to (bases.conf).  Called by catalogue.c.
 */
#include "admin.h"

#include "conf.h"
#include "store_disclosure.h"

static enum status
basis_read(struct conf *c, const config_setting_t *entry)
{
	struct basis_row row = { .position = config_setting_index(entry) + 1 };
	bool fresh;

	TRY(conf_only(c, entry, "code consent cite de en"));
	TRY(conf_text(c, entry, "code", CONF_MUST, &row.code));
	TRY(conf_truth(c, entry, "consent", CONF_MUST, &row.consent));
	TRY(conf_text(c, entry, "cite", CONF_MUST, &row.cite));
	TRY(conf_text(c, entry, "de", CONF_MUST, &row.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &row.name_en));
	TRY(store_basis_put(c->op, &row, &fresh));
	return fresh ? ST_OK : conf_fail(c, entry, _("\"%s\" stands here twice."), row.code);
}

static enum status
body_read(struct conf *c, const config_setting_t *entry)
{
	struct body body = { .position = config_setting_index(entry) + 1 };
	bool fresh;

	TRY(conf_only(c, entry, "code de en"));
	TRY(conf_text(c, entry, "code", CONF_MUST, &body.code));
	TRY(conf_text(c, entry, "de", CONF_MUST, &body.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &body.name_en));
	TRY(store_body_put(c->op, &body, &fresh));
	return fresh ? ST_OK : conf_fail(c, entry, _("\"%s\" stands here twice."), body.code);
}

enum status
bases_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "bases", &list));
	TRY(store_basis_clear(c->op));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(basis_read(c, config_setting_get_elem(list, (unsigned)i)));
	TRY(conf_top(c, "bodies", &list));
	TRY(store_body_clear(c->op));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(body_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}
