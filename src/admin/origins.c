/*
 * origins.c - layer 5: the parts of the catalogue that say where people come
 * from: countries and languages, which of them an office meets often, and which
 * languages are read by who speaks another.  Called by catalogue.c.
 */
#include "admin.h"

#include "conf.h"
#include "store_catalogue.h"

static enum status
codes_read(struct conf *c, const char *top, const char *list, const char *keys)
{
	config_setting_t *entries;

	TRY(conf_top(c, top, &entries));
	for (int i = 0; i < config_setting_length(entries); i++) {
		const config_setting_t *entry = config_setting_get_elem(entries, (unsigned)i);
		struct named n;

		TRY(conf_only(c, entry, keys));
		TRY(named_read(c, entry, "code", &n));
		TRY(store_code_put(c->op, list, &n));
	}
	return ST_OK;
}

/* The code is one of the list. */
static enum status
must_know(struct conf *c, const config_setting_t *at, const char *list, const char *code)
{
	const char *name = NULL;

	if (code)
		TRY(store_code_name(c->op, list, code, &name));
	return name ? ST_OK : conf_fail(c, at, _("there is no entry \"%s\" in this file."),
	    code ? code : "");
}

/* Codes that are offered before all others, the most frequent first. */
static enum status
often_read(struct conf *c, const char *list)
{
	const char *own = arena_printf(c->op->mem, "%s_often", list), *all = " ";
	config_setting_t *rows;

	TRY(conf_list(c, config_root_setting(&c->config), "often", &rows));
	for (int i = 0; rows && i < config_setting_length(rows); i++) {
		const char *code = config_setting_get_string_elem(rows, i);

		TRY(must_know(c, rows, list, code));
		TRY(store_code_put(c->op, own, &(struct named){ .code = code, .name_de = code,
		    .name_en = code, .position = i + 1 }));
		all = arena_printf(c->op->mem, "%s%s ", all, code);
	}
	return store_code_keep(c->op, own, all);
}

/* Of a language without texts: in which one its speakers read them best. */
static enum status
near_read(struct conf *c)
{
	config_setting_t *entries;
	const char *all = " ";

	TRY(conf_top(c, "languages", &entries));
	for (int i = 0; i < config_setting_length(entries); i++) {
		const config_setting_t *entry = config_setting_get_elem(entries, (unsigned)i);
		const char *code, *near = NULL;

		TRY(conf_text(c, entry, "code", CONF_MUST, &code));
		TRY(conf_text(c, entry, "near", CONF_MAY, &near));
		if (!near)
			continue;
		TRY(must_know(c, config_setting_get_member(entry, "near"), "language", near));
		TRY(store_code_put(c->op, "language_near", &(struct named){ .code = code,
		    .name_de = near, .name_en = near, .position = i + 1 }));
		all = arena_printf(c->op->mem, "%s%s ", all, code);
	}
	return store_code_keep(c->op, "language_near", all);
}

enum status
countries_read(struct conf *c)
{
	TRY(codes_read(c, "countries", "country", "code de en"));
	return often_read(c, "country");
}

enum status
languages_read(struct conf *c)
{
	TRY(codes_read(c, "languages", "language", "code de en near"));
	TRY(often_read(c, "language"));
	return near_read(c);
}
