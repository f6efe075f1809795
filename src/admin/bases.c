/*
 * bases.c - layer 5: by what right something entrusted is told, and the texts
 * that people consent to (bases.conf).  Called by catalogue.c.
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
language_read(struct conf *c, const config_setting_t *entry, int version)
{
	const char *language, *text;
	bool same;

	TRY(conf_only(c, entry, "language text"));
	TRY(conf_text(c, entry, "language", CONF_MUST, &language));
	TRY(conf_text(c, entry, "text", CONF_MUST, &text));
	TRY(store_consent_text_put(c->op, version, language, text, &same));
	if (same)
		return ST_OK;
	return conf_fail(c, entry, _("version %d is another text by now, and people have consented "
	    "to the old one. Give the new one the number %d."), version, version + 1);
}

static enum status
text_read(struct conf *c, const config_setting_t *entry)
{
	config_setting_t *list;
	int version;

	TRY(conf_only(c, entry, "version languages"));
	TRY(conf_number(c, entry, "version", CONF_MUST, &version));
	TRY(conf_list(c, entry, "languages", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(language_read(c, config_setting_get_elem(list, (unsigned)i), version));
	return ST_OK;
}

enum status
bases_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "bases", &list));
	TRY(store_basis_clear(c->op));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(basis_read(c, config_setting_get_elem(list, (unsigned)i)));
	TRY(conf_top(c, "texts", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(text_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}
