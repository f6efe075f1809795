/*
 * staff.c - layer 5: `tresen-admin staff`: who works here.  A colleague is a
 * unix user of the office server; demo staff of a training office are none.
 */
#include "admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "store_catalogue.h"
#include "text.h"

static enum status
list(struct call *call)
{
	struct op *op = &call->op;
	struct staff *staff;
	size_t n;

	TRY(store_staff_list(op, NULL, false, &staff, &n));
	for (size_t i = 0; i < n; i++) {
		const struct staff *s = staff + i;
		char uid[24] = "-";

		if (s->uid >= 0)
			snprintf(uid, sizeof(uid), "%lld", (long long)s->uid);
		printf("%s %s %s %s %s %s\n", text_pad(op->mem, s->login, 12),
		       text_pad(op->mem, uid, 8), text_pad(op->mem, role_name(s->role), 10),
		       text_pad(op->mem, s->unit, 14), text_pad(op->mem, s->site, 8), s->name);
	}
	return ST_OK;
}

/* Site, unit and counter must be there: a sentence instead of a broken row. */
static enum status
places_check(struct op *op, const struct staff *s)
{
	struct unit unit;
	struct counter *counters;
	struct site *sites;
	size_t n, i = 0;

	TRY(store_unit_find(op, s->unit, &unit));
	TRY(store_site_list(op, &sites, &n));
	while (i < n && strcmp(sites[i].code, s->site) != 0)
		i++;
	if (i == n)
		return op_fail(op, ST_NOT_FOUND, _("There is no site \"%s\" in sites.conf."),
		               s->site);
	if (!s->counter)
		return ST_OK;
	TRY(store_counter_list(op, s->site, &counters, &n));
	for (i = 0; i < n; i++)
		if (strcmp(counters[i].code, s->counter) == 0)
			return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("There is no counter \"%s\" at the site %s."),
	               s->counter, s->site);
}

static enum status
staff_put(struct op *op, const struct staff *s)
{
	const struct staff *there;
	int64_t id;

	TRY(places_check(op, s));
	TRY(store_staff_find(op, s->login, s->uid, &there));
	if (there)
		return op_fail(op, ST_CONFLICT, _("%s (%s) has this login or unix user already."),
		               there->name, there->login);
	return store_staff_add(op, s, &id);
}

/* ---- add ---- */

static enum status
number_read(struct op *op, const char *text, int64_t *number)
{
	char *end;

	*number = strtoll(text, &end, 10);
	if (*text >= '0' && *text <= '9' && *end == '\0' && *number <= UINT32_MAX - 1)
		return ST_OK;
	return op_fail(op, ST_INVALID, _("\"%s\" is no unix user number. Ask for it with: id -u "
	               "LOGIN"), text);
}

static enum status
login_check(struct op *op, const char *login)
{
	size_t n = strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	if (login[n] == '\0' && n > 0 && n <= 32)
		return ST_OK;
	return op_fail(op, ST_INVALID, _("A login has 1 to 32 of the signs a-z, 0-9, dot, line "
	               "and dash."));
}

static enum status
staff_read(struct call *call, struct staff *s)
{
	const struct options *with = &call->with;
	struct op *op = &call->op;

	*s = (struct staff){
		.login = call->rest[1], .unit = with->unit, .site = with->site,
		.counter = with->counter,
	};
	TRY(login_check(op, s->login));
	TRY(number_read(op, with->uid, &s->uid));
	s->name = text_clean(op->mem, with->name, false);
	if (!s->name || !*s->name)
		return op_fail(op, ST_INVALID, _("The name is empty or holds control characters."));
	if (!role_by_name(with->role, &s->role))
		return op_fail(op, ST_INVALID, _("There is no role \"%s\". Choose counter, clerk, "
		               "supervisor, steering, dpo or admin."), with->role);
	return ST_OK;
}

static enum status
put_one(struct op *op, void *data)
{
	return staff_put(op, data);
}

static enum status
add(struct call *call)
{
	const struct options *with = &call->with;
	struct staff s;

	if (!call->rest[1] || !with->uid || !with->name || !with->role || !with->unit ||
	    !with->site) {
		call->exit_code = EXIT_USAGE;
		return op_fail(&call->op, ST_INVALID, _("usage: tresen-admin staff OFFICE add "
		    "LOGIN --uid N --name TEXT --role ROLE --unit UNIT --site SITE"));
	}
	TRY(staff_read(call, &s));
	return in_transaction(&call->op, "staff.add", put_one, &s);
}

static enum status
run(struct call *call)
{
	const char *what = call->rest[0];

	if (what && strcmp(what, "add") == 0)
		return add(call);
	if (what && strcmp(what, "list") == 0 && !call->rest[1])
		return list(call);
	call->exit_code = EXIT_USAGE;
	return op_fail(&call->op, ST_INVALID, _("usage: tresen-admin staff OFFICE list|add"));
}

/* ---- demo staff ---- */

static enum status
demo_entry(struct conf *c, const config_setting_t *entry)
{
	const char *role;
	struct staff s = { .uid = -1 };

	TRY(conf_only(c, entry, "login name role unit site counter"));
	TRY(conf_text(c, entry, "login", CONF_MUST, &s.login));
	TRY(conf_text(c, entry, "name", CONF_MUST, &s.name));
	TRY(conf_text(c, entry, "role", CONF_MUST, &role));
	TRY(conf_text(c, entry, "unit", CONF_MUST, &s.unit));
	TRY(conf_text(c, entry, "site", CONF_MUST, &s.site));
	TRY(conf_text(c, entry, "counter", CONF_MAY, &s.counter));
	if (!role_by_name(role, &s.role))
		return conf_fail(c, entry, _("there is no role \"%s\"."), role);
	return staff_put(c->op, &s);
}

static enum status
demo_all(struct op *op, void *data)
{
	config_setting_t *list;
	struct conf c;
	enum status s;

	TRY(conf_open(op, data, "demo_staff.conf", &c));
	s = conf_top(&c, "staff", &list);
	for (int i = 0; s == ST_OK && i < config_setting_length(list); i++)
		s = demo_entry(&c, config_setting_get_elem(list, (unsigned)i));
	conf_close(&c);
	return s;
}

enum status
demo_staff_load(struct op *op, const char *folder)
{
	return in_transaction(op, "staff.add", demo_all,
	                      arena_printf(op->mem, "%s/catalogue", folder));
}

const struct verb verb_staff = {
	.name = "staff", .words = 2, .opens = true,
	.usage = "OFFICE list | add LOGIN --uid N --name TEXT --role ROLE --unit UNIT --site SITE",
	.help = N_("who works here; add a colleague who is a unix user of this server"),
	.options = "uid name role unit site counter",
	.run = run,
};
