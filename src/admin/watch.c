/*
 * watch.c - layer 5: purposes.conf and watch.conf: what files are looked at
 * for, and from when on reading is unusual.  Called by catalogue.c.
 */
#include "admin.h"

#include <string.h>

#include "conf.h"
#include "store_look.h"

static enum status
purpose_read(struct conf *c, const config_setting_t *entry)
{
	struct named n = { .position = config_setting_index(entry) + 1 };
	const char *key = NULL;
	bool worded = false;

	TRY(conf_only(c, entry, "code key de en worded"));
	TRY(conf_text(c, entry, "code", CONF_MUST, &n.code));
	TRY(conf_text(c, entry, "de", CONF_MUST, &n.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &n.name_en));
	TRY(conf_text(c, entry, "key", CONF_MAY, &key));
	TRY(conf_truth(c, entry, "worded", CONF_MAY, &worded));
	if (strpbrk(n.code, ": ") || (key && (strlen(key) != 1 || *key < 'a' || *key > 'z')))
		return conf_fail(c, entry, _("a code has no blank and no colon, a key is one small "
		                 "letter."));
	return store_purpose_put(c->op, &n, key, worded);
}

enum status
purposes_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "purposes", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(purpose_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}

static enum status
role_read(struct conf *c, const config_setting_t *entry)
{
	const char *role, *keys = "role";
	enum role known;

	for (size_t i = 0; i < watch_signs.n; i++)
		keys = arena_printf(c->op->mem, "%s %s", keys, watch_signs.names[i]);
	TRY(conf_only(c, entry, keys));
	TRY(conf_text(c, entry, "role", CONF_MUST, &role));
	if (!role_by_name(role, &known))
		return conf_fail(c, entry, _("\"%s\" is no role."), role);
	for (size_t i = 0; i < watch_signs.n; i++) {
		int most = 0;

		TRY(conf_number(c, entry, watch_signs.names[i], CONF_MAY, &most));
		TRY(store_watch_put(c->op, role, watch_signs.names[i], most));
	}
	return ST_OK;
}

static enum status
hours_read(struct conf *c)
{
	config_setting_t *hours;
	const char *from, *until;

	TRY(conf_top(c, "hours", &hours));
	TRY(conf_only(c, hours, "from until"));
	TRY(conf_text(c, hours, "from", CONF_MUST, &from));
	TRY(conf_text(c, hours, "until", CONF_MUST, &until));
	if (watch_minutes(from) < 0 || watch_minutes(until) < 0)
		return conf_fail(c, hours, _("a time is written as \"06:30\"."));
	TRY(store_office_set(c->op, "work_from", from));
	return store_office_set(c->op, "work_until", until);
}

enum status
watch_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_only(c, config_root_setting(&c->config), "hours watch"));
	TRY(hours_read(c));
	TRY(conf_top(c, "watch", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(role_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}
