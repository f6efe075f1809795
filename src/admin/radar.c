/*
 * radar.c - layer 5: radar.conf: what ends by itself, who must act, who sees
 * it.  Called by catalogue.c.
 */
#include "admin.h"

#include <string.h>

#include "conf.h"
#include "store_radar.h"

#define WEEKS_MOST 520

/* Texts of a list as one, with blanks between; "" where the list is absent. */
static enum status
words_read(struct conf *c, const config_setting_t *entry, const char *key, const char **words)
{
	config_setting_t *list;

	*words = "";
	TRY(conf_list(c, entry, key, &list));
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const char *word = config_setting_get_string_elem(list, i);

		if (!word || !*word || strchr(word, ' '))
			return conf_fail(c, list, _("\"%s\" lists codes in quotes."), key);
		*words = arena_printf(c->op->mem, "%s%s%s", *words, i ? " " : "", word);
	}
	return ST_OK;
}

static enum status
stages_read(struct conf *c, const config_setting_t *entry, const char **stages)
{
	config_setting_t *list;

	*stages = "";
	TRY(conf_list(c, entry, "stages", &list));
	if (!list || config_setting_length(list) == 0)
		return conf_fail(c, entry, _("\"stages\" must list weeks, such as ( 8, 3, 1 )."));
	for (int i = 0; i < config_setting_length(list); i++) {
		int weeks = config_setting_get_int_elem(list, i);

		if (weeks < 1 || weeks > WEEKS_MOST)
			return conf_fail(c, list, _("a stage is 1 to %d weeks."), WEEKS_MOST);
		*stages = arena_printf(c->op->mem, "%s%s%d", *stages, i ? " " : "", weeks);
	}
	return ST_OK;
}

static enum status
unit_check(struct conf *c, const config_setting_t *entry, const char *unit)
{
	struct unit found;

	if (store_unit_find(c->op, unit, &found) != ST_NOT_FOUND)
		return ST_OK;
	return conf_fail(c, entry, _("there is no active unit \"%s\" in units.conf."), unit);
}

static enum status
units_put(struct conf *c, const config_setting_t *entry, const char *kind, const char *units)
{
	char *save = NULL, *copy = arena_strdup(c->op->mem, units);

	for (char *unit = strtok_r(copy, " ", &save); unit; unit = strtok_r(NULL, " ", &save)) {
		TRY(unit_check(c, entry, unit));
		TRY(store_radar_unit_put(c->op, kind, unit));
	}
	return ST_OK;
}

static enum status
services_put(struct conf *c, const config_setting_t *entry, const char *kind,
             const char *services)
{
	char *save = NULL, *copy = arena_strdup(c->op->mem, services);
	int position = 0;

	for (char *code = strtok_r(copy, " ", &save); code; code = strtok_r(NULL, " ", &save)) {
		struct service found;

		TRY(store_service_find(c->op, code, &found));
		if (!found.id)
			return conf_fail(c, entry, _("there is no service \"%s\" in "
			                 "services.conf."), code);
		TRY(store_radar_service_put(c->op, kind, code, ++position));
	}
	return ST_OK;
}

static enum status
kind_read(struct conf *c, const config_setting_t *entry)
{
	struct radar_kind_row row = { .n.position = config_setting_index(entry) + 1 };
	const char *units, *services;

	TRY(conf_only(c, entry, "kind source unit seen_by services stages replaces de en basis"));
	TRY(conf_text(c, entry, "kind", CONF_MUST, &row.n.code));
	TRY(conf_text(c, entry, "de", CONF_MUST, &row.n.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &row.n.name_en));
	TRY(conf_choice(c, entry, "source", "term document", &row.source));
	TRY(conf_text(c, entry, "unit", CONF_MUST, &row.unit));
	TRY(conf_text(c, entry, "basis", CONF_MUST, &row.basis));
	TRY(stages_read(c, entry, &row.stages));
	TRY(words_read(c, entry, "replaces", &row.replaces));
	TRY(words_read(c, entry, "seen_by", &units));
	TRY(words_read(c, entry, "services", &services));
	TRY(unit_check(c, entry, row.unit));
	TRY(store_radar_kind_put(c->op, &row));
	TRY(units_put(c, entry, row.n.code, arena_printf(c->op->mem, "%s %s", row.unit, units)));
	return services_put(c, entry, row.n.code, services);
}

enum status
radar_read(struct conf *c)
{
	const config_setting_t *root = config_root_setting(&c->config);
	config_setting_t *list;
	int days;

	TRY(conf_only(c, root, "past_days radar"));
	TRY(conf_number(c, root, "past_days", CONF_MUST, &days));
	TRY(store_office_set(c->op, "radar_past_days", arena_printf(c->op->mem, "%d", days)));
	TRY(conf_top(c, "radar", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(kind_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}
