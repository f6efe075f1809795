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

static void
list_one(struct op *op, const struct staff *s, bool all)
{
	char uid[24] = "-", day[11] = "";

	if (s->uid >= 0)
		snprintf(uid, sizeof(uid), "%lld", (long long)s->uid);
	if (s->until_day != DAY_NONE)
		day_iso(s->until_day, day);
	printf("%s %s %s %s %s ", text_pad(op->mem, s->login, 12), text_pad(op->mem, uid, 8),
	    text_pad(op->mem, role_name(s->role), 10), text_pad(op->mem, s->unit, 14),
	    text_pad(op->mem, s->site, 8));
	if (all)
		printf("%s ", text_pad(op->mem, *day ? arena_printf(op->mem, "%s %s",
		    s->left ? "-" : "<", day) : s->left ? "-" : "", 12));
	printf("%s\n", s->name);
}

static enum status
list(struct call *call)
{
	struct op *op = &call->op;
	bool all = call->with.all;
	struct staff *staff;
	size_t n;

	TRY(all ? store_staff_all(op, &staff, &n)
	        : store_staff_list(op, NULL, false, &staff, &n));
	for (size_t i = 0; i < n; i++)
		list_one(op, staff + i, all);
	return ST_OK;
}

/* Site, unit and counter must be there: a sentence with those that are, instead of a
 * broken row.  On a new server nobody can ask the client yet. */
static bool
is_code(struct op *op, const char *wanted, const char *code, const char **choice)
{
	*choice = arena_printf(op->mem, "%s%s%s", *choice, **choice ? ", " : "", code);
	return strcmp(wanted, code) == 0;
}

static enum status
unit_check(struct op *op, const char *wanted)
{
	const char *choice = "";
	struct unit *units;
	size_t n;

	TRY(store_unit_list(op, &units, &n));
	for (size_t i = 0; i < n; i++)
		if (is_code(op, wanted, units[i].code, &choice))
			return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("There is no unit \"%s\". Choose one of: %s."), wanted,
	    choice);
}

static enum status
site_check(struct op *op, const char *wanted)
{
	const char *choice = "";
	struct site *sites;
	size_t n;

	TRY(store_site_list(op, &sites, &n));
	for (size_t i = 0; i < n; i++)
		if (is_code(op, wanted, sites[i].code, &choice))
			return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("There is no site \"%s\". Choose one of: %s."), wanted,
	    choice);
}

static enum status
counter_check(struct op *op, const char *site, const char *wanted)
{
	const char *choice = "";
	struct counter *counters;
	size_t n;

	TRY(store_counter_list(op, site, &counters, &n));
	for (size_t i = 0; i < n; i++)
		if (is_code(op, wanted, counters[i].code, &choice))
			return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("There is no counter \"%s\" at the site %s. Choose one of: "
	    "%s."), wanted, site, choice);
}

static enum status
places_check(struct op *op, const struct staff *s)
{
	TRY(unit_check(op, s->unit));
	TRY(site_check(op, s->site));
	return s->counter ? counter_check(op, s->site, s->counter) : ST_OK;
}

/* A login and a unix user are one person's; of who has left they go to another
 * one only when that is said. */
static enum status
yield(struct op *op, const struct staff *there, bool reuse)
{
	if (!there)
		return ST_OK;
	if (!there->left)
		return op_fail(op, ST_CONFLICT, _("%s (%s) has this login or unix user already. "
		               "Choose another one; who has which, says: tresen-admin staff "
		               "OFFICE list"),
		               there->name, there->login);
	if (!reuse)
		return op_fail(op, ST_CONFLICT, _("%s (%s) had this login or unix user and has left. "
		    "If it is to go to somebody else all the same, or they are back, say --reuse: "
		    "what was done with it stays under their name."), there->name, there->login);
	return store_staff_yield(op, there->id);
}

static enum status
staff_put(struct op *op, const struct staff *s, bool reuse)
{
	const struct staff *there;
	int64_t id;

	TRY(places_check(op, s));
	TRY(store_staff_known(op, 0, s->login, -1, &there));
	TRY(yield(op, there, reuse));
	TRY(store_staff_known(op, 0, NULL, s->uid, &there));
	TRY(yield(op, there, reuse));
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

/* Name and role, as far as they are given. */
static enum status
person_read(struct op *op, const struct options *with, struct staff *s)
{
	if (with->name)
		s->name = text_clean(op->mem, with->name, false);
	if (!s->name || !*s->name)
		return op_fail(op, ST_INVALID, _("The name is empty or holds control characters. "
		               "Give one with --name."));
	if (with->role && !role_by_name(with->role, &s->role))
		return op_fail(op, ST_INVALID, _("There is no role \"%s\". Choose counter, clerk, "
		               "supervisor, steering, dpo or admin."), with->role);
	return ST_OK;
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
	return person_read(op, with, s);
}

static enum status
put_one(struct op *op, void *data)
{
	struct call *call = data;
	struct staff s;

	TRY(staff_read(call, &s));
	return staff_put(op, &s, call->with.reuse);
}

static enum status
add(struct call *call)
{
	const struct options *with = &call->with;

	if (!call->rest[1] || !with->uid || !with->name || !with->role || !with->unit ||
	    !with->site) {
		call->exit_code = EXIT_USAGE;
		return op_fail(&call->op, ST_INVALID, _("usage: tresen-admin staff OFFICE add "
		    "LOGIN --uid N --name TEXT --role ROLE --unit UNIT --site SITE"));
	}
	return in_transaction(&call->op, "staff.add", put_one, call);
}

/* ---- what becomes of them ---- */

/* Somebody who works here. */
static enum status
find_one(struct call *call, const struct staff **found)
{
	const char *login = call->rest[1];

	TRY(store_staff_known(&call->op, 0, login, -1, found));
	if (*found && !(*found)->left)
		return ST_OK;
	return op_fail(&call->op, ST_NOT_FOUND, *found ? _("%s has left already.")
	    : _("Nobody here has the login \"%s\". See: tresen-admin staff OFFICE list"), login);
}

/* In another unit their cases are none of theirs any more. */
static enum status
change_one(struct op *op, void *data)
{
	struct call *call = data;
	const struct options *with = &call->with;
	const struct staff *was;
	struct staff s;

	TRY(find_one(call, &was));
	s = *was;
	TRY(person_read(op, with, &s));
	s.unit = with->unit ? with->unit : s.unit;
	s.counter = with->counter ? with->counter : with->site ? NULL : s.counter;
	s.site = with->site ? with->site : s.site;
	TRY(places_check(op, &s));
	TRY(store_staff_change(op, &s));
	if (strcmp(s.unit, was->unit) != 0)
		TRY(store_staff_let_go(op, s.id, &call->counted));
	return ST_OK;
}

static enum status
change(struct call *call)
{
	const struct options *with = &call->with;

	if (!call->rest[1] || !(with->name || with->role || with->unit || with->site ||
	    with->counter)) {
		call->exit_code = EXIT_USAGE;
		return op_fail(&call->op, ST_INVALID, _("usage: tresen-admin staff OFFICE change "
		    "LOGIN [--name TEXT] [--role ROLE] [--unit UNIT] [--site SITE] [--counter "
		    "COUNTER]"));
	}
	TRY(in_transaction(&call->op, "staff.change", change_one, call));
	if (call->counted)
		printf(_("Cases back in the pool of the unit: %zu.\n"), call->counted);
	return ST_OK;
}

/* Their day is over, at once or later; a day that is past is at once. */
static enum status
end_one(struct op *op, void *data)
{
	struct call *call = data;
	const struct staff *s;
	int day = op->today - 1;
	int64_t n;

	TRY(find_one(call, &s));
	if (call->with.on && !day_parse(call->with.on, &day))
		return op_fail(op, ST_INVALID, _("\"%s\" is no day. Write it like 2026-11-30."),
		    call->with.on);
	TRY(store_staff_end(op, s->id, call->with.on ? day : op->today, day < op->today));
	if (day < op->today)
		return store_staff_let_go(op, s->id, &call->counted);
	TRY(store_staff_cases(op, s->id, &n));
	call->counted = (size_t)n;
	return ST_OK;
}

static enum status
end(struct call *call)
{
	const char *on = call->with.on;
	int day = 0;

	if (!call->rest[1]) {
		call->exit_code = EXIT_USAGE;
		return op_fail(&call->op, ST_INVALID,
		    _("usage: tresen-admin staff OFFICE end LOGIN [--on DAY]"));
	}
	TRY(in_transaction(&call->op, "staff.end", end_one, call));
	if (on && day_parse(on, &day) && day >= call->op.today)
		printf(_("%s works here until %s. Cases they have: %zu; what is left then stands "
		    "under their name on the console, to be given to others.\n"), call->rest[1], on,
		    call->counted);
	else
		printf(_("%s does not work here any more. Cases back in the pool of the unit: "
		    "%zu.\n"), call->rest[1], call->counted);
	return ST_OK;
}

static enum status
run(struct call *call)
{
	static const struct {
		const char *what;
		enum status (*run)(struct call *call);
	} acts[] = { { "add", add }, { "change", change }, { "end", end }, { "list", list } };
	const char *what = call->rest[0];

	for (size_t i = 0; what && i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].what, what) == 0 && (acts[i].run != list || !call->rest[1]))
			return acts[i].run(call);
	call->exit_code = EXIT_USAGE;
	return op_fail(&call->op, ST_INVALID,
	    _("usage: tresen-admin staff OFFICE list|add|change|end"));
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
	return staff_put(c->op, &s, false);
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
	.usage = "OFFICE list [--all] | add LOGIN --uid N --name TEXT --role ROLE --unit UNIT "
	         "--site SITE [--counter COUNTER] [--reuse] | change LOGIN [--name TEXT] "
	         "[--role ROLE] [--unit UNIT] [--site SITE] [--counter COUNTER] | end LOGIN [--on DAY]",
	.help = N_("who works here; add a colleague who is a unix user of this server, change "
	           "what they are, end their account"),
	.options = "uid name role unit site counter on all reuse",
	.run = run,
};
