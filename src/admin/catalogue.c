/*
 * catalogue.c - layer 5: `tresen-admin catalogue`: loads the files of
 * data/catalogue and of forms into the office file, in one transaction: a
 * mistake in any of them leaves the office as it was.  Called by init.c too.
 *
 * What disappears from a file stays in the office, because cases point to it:
 * services end by valid_to, units by active = false.
 */
#include "admin.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "conf.h"
#include "formfile.h"
#include "service_slip.h"
#include "store_proposal.h"
#include "store_retention.h"
#include "text.h"


enum status
named_read(struct conf *c, const config_setting_t *entry, const char *code, struct named *n)
{
	n->position = config_setting_index(entry) + 1;
	TRY(conf_text(c, entry, code, CONF_MUST, &n->code));
	TRY(conf_text(c, entry, "de", CONF_MUST, &n->name_de));
	return conf_text(c, entry, "en", CONF_MUST, &n->name_en);
}

/* House values that service/ asks for by these names. */
static const char *const house_values[] = {
	"wait_limit_minutes", "minutes_each", "age_limit_days", "handover_days", "bring_days",
	"expiry_past_years", "expiry_ahead_years",
	"household_past_days", "household_future_days", "own_record_days",
	"cover_minutes", "blank_below", "leave_minutes", "look_minutes",
	"urgent_days", "soon_days", "emergency_minutes",
	"came_back_days", "deputy_days", "lock_years",
};

static enum status
house_value_read(struct conf *c, const config_setting_t *office, const char *key)
{
	int value;

	TRY(conf_number(c, office, key, CONF_MUST, &value));
	return store_office_set(c->op, key, arena_printf(c->op->mem, "%d", value));
}

static enum status
office_read(struct conf *c, const config_setting_t *office)
{
	const char *name, *land, *keys = "name land";

	for (size_t i = 0; i < COUNT_OF(house_values); i++)
		keys = arena_printf(c->op->mem, "%s %s", keys, house_values[i]);
	TRY(conf_only(c, office, keys));
	TRY(conf_text(c, office, "name", CONF_MUST, &name));
	TRY(conf_text(c, office, "land", CONF_MUST, &land));
	TRY(store_office_set(c->op, "name", name));
	TRY(store_office_set(c->op, "land", land));
	for (size_t i = 0; i < COUNT_OF(house_values); i++)
		TRY(house_value_read(c, office, house_values[i]));
	return ST_OK;
}

static enum status
unit_read(struct conf *c, const config_setting_t *entry)
{
	bool front = false, closed = false, figures_only = false, active = true;
	struct named n;

	TRY(conf_only(c, entry, "code de en front closed figures_only active"));
	TRY(named_read(c, entry, "code", &n));
	TRY(conf_truth(c, entry, "front", CONF_MAY, &front));
	TRY(conf_truth(c, entry, "closed", CONF_MAY, &closed));
	TRY(conf_truth(c, entry, "figures_only", CONF_MAY, &figures_only));
	TRY(conf_truth(c, entry, "active", CONF_MAY, &active));
	return store_unit_put(c->op, &n, front, closed, figures_only, active);
}

static enum status
site_read(struct conf *c, const config_setting_t *entry)
{
	config_setting_t *counters;
	struct named site, n;

	TRY(conf_only(c, entry, "code de en counters"));
	TRY(named_read(c, entry, "code", &site));
	TRY(store_site_put(c->op, &site));
	TRY(conf_list(c, entry, "counters", &counters));
	for (int i = 0; counters && i < config_setting_length(counters); i++) {
		const config_setting_t *counter = config_setting_get_elem(counters, (unsigned)i);

		TRY(conf_only(c, counter, "code de en"));
		TRY(named_read(c, counter, "code", &n));
		TRY(store_counter_put(c->op, &n, site.code));
	}
	return ST_OK;
}

static enum status
lane_read(struct conf *c, const config_setting_t *entry)
{
	int bonus_minutes, quota = 0;
	struct named n;

	TRY(conf_only(c, entry, "code de en bonus_minutes quota"));
	TRY(named_read(c, entry, "code", &n));
	TRY(conf_number(c, entry, "bonus_minutes", CONF_MUST, &bonus_minutes));
	TRY(conf_number(c, entry, "quota", CONF_MAY, &quota));
	return store_lane_put(c->op, &n, bonus_minutes, quota);
}

/* The lists that a service points to must be there. */
static enum status
service_points(struct conf *c, const config_setting_t *entry, const struct service_row *row)
{
	struct unit unit;
	struct paper *papers;
	size_t n = 0;

	if (store_unit_find(c->op, row->unit, &unit) == ST_NOT_FOUND)
		return conf_fail(c, config_setting_get_member(entry, "unit"),
		                 _("there is no active unit \"%s\" in units.conf."), row->unit);
	if (!row->checklist)
		return ST_OK;
	TRY(store_checklist(c->op, row->checklist, &papers, &n));
	if (n == 0)
		return conf_fail(c, config_setting_get_member(entry, "checklist"),
		                 _("there is no list \"%s\" in checklists.conf."), row->checklist);
	return ST_OK;
}

static enum status
service_read(struct conf *c, const config_setting_t *entry)
{
	struct service_row row = { 0 };
	struct named n;

	TRY(conf_only(c, entry, "code de en unit lane letter basis target_minutes target_days "
	                        "checklist form valid_from valid_to approval"));
	TRY(named_read(c, entry, "code", &n));
	TRY(conf_text(c, entry, "unit", CONF_MUST, &row.unit));
	TRY(conf_choice(c, entry, "lane", "counter back both", &row.lane));
	TRY(conf_text(c, entry, "letter", CONF_MUST, &row.letter));
	TRY(conf_text(c, entry, "basis", CONF_MUST, &row.basis));
	TRY(conf_number(c, entry, "target_minutes", CONF_MAY, &row.target_minutes));
	TRY(conf_number(c, entry, "target_days", CONF_MAY, &row.target_days));
	TRY(conf_text(c, entry, "checklist", CONF_MAY, &row.checklist));
	TRY(conf_text(c, entry, "form", CONF_MAY, &row.form));
	TRY(conf_day(c, entry, "valid_from", CONF_MUST, &row.valid_from));
	TRY(conf_day(c, entry, "valid_to", CONF_MAY, &row.valid_to));
	TRY(service_points(c, entry, &row));
	row.code = n.code;
	row.name_de = n.name_de;
	row.name_en = n.name_en;
	row.position = n.position;
	TRY(store_service_put(c->op, &row));
	return approvals_read(c, entry, row.code, row.valid_from);
}

/* Only those of all Germany and of the Land of the office count. */
static enum status
holiday_read(struct conf *c, const config_setting_t *entry)
{
	const char *lands = NULL, *land;
	struct named n;

	TRY(conf_only(c, entry, "day de en lands"));
	TRY(named_read(c, entry, "day", &n));
	TRY(conf_day(c, entry, "day", CONF_MUST, &n.code));
	TRY(conf_text(c, entry, "lands", CONF_MAY, &lands));
	TRY(store_office_get(c->op, "land", &land));
	if (lands && !strstr(lands, land))
		return ST_OK;
	return store_holiday_put(c->op, &n);
}

/* Its words as one list, the country it stands for as another. */
static enum status
mrz_read_code(struct conf *c, const config_setting_t *entry)
{
	const char *country = NULL, *known;
	struct named n;

	TRY(conf_only(c, entry, "code country de en"));
	TRY(named_read(c, entry, "code", &n));
	TRY(conf_text(c, entry, "country", CONF_MAY, &country));
	TRY(store_code_put(c->op, "mrz", &n));
	if (!country)
		return ST_OK;
	TRY(store_code_name(c->op, "country", country, &known));
	if (!known)
		return conf_fail(c, config_setting_get_member(entry, "country"),
		                 _("there is no country \"%s\" in countries.conf."), country);
	n.name_de = n.name_en = country;
	return store_code_put(c->op, "mrz_country", &n);
}

/* Which units keep a field; the list replaces the one before. */
static enum status
owner_read(struct conf *c, const config_setting_t *entry)
{
	config_setting_t *units;
	struct unit unit;
	const char *field;

	TRY(conf_only(c, entry, "field units"));
	TRY(conf_text(c, entry, "field", CONF_MUST, &field));
	TRY(conf_list(c, entry, "units", &units));
	if (!field_known(field))
		return conf_fail(c, entry, _("a person's record has no field \"%s\"."), field);
	if (!units || config_setting_length(units) == 0)
		return conf_fail(c, entry, _("\"%s\" is missing in this entry."), "units");
	TRY(store_owner_clear(c->op, field));
	for (int i = 0; i < config_setting_length(units); i++) {
		const char *code = config_setting_get_string_elem(units, i);

		if (!code || store_unit_find(c->op, code, &unit) != ST_OK)
			return conf_fail(c, units, _("\"%s\" is no unit of units.conf."),
			    code ? code : "");
		TRY(store_owner_put(c->op, field, code));
	}
	return ST_OK;
}

static enum status
status_read(struct conf *c, const config_setting_t *entry)
{
	struct named n;

	TRY(conf_only(c, entry, "code de en"));
	TRY(named_read(c, entry, "code", &n));
	return store_code_put(c->op, "status", &n);
}

/* ---- forms ---- */

static enum status
form_load(struct op *op, const char *folder, const char *path)
{
	struct form_file file;

	TRY(form_file_read(op, folder, path, &file));
	if (!file.form)
		return op_fail(op, ST_INVALID, "%s", file.errors.text[0]);
	return form_publish(op, &file);
}

static enum status
forms_load(struct op *op, const char *folder)
{
	char *pattern = arena_printf(op->mem, "%s/../forms/*.form", folder);
	enum status s = ST_OK;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return op_fail(op, ST_NOT_FOUND, _("There are no forms at %s."), pattern);
	for (size_t i = 0; s == ST_OK && i < found.gl_pathc; i++)
		s = form_load(op, folder, found.gl_pathv[i]);
	globfree(&found);
	return s;
}

/* ---- all of it ---- */

/* Either read the list as a whole, or entry by entry. */
struct chapter {
	const char *file, *list;
	enum status (*whole)(struct conf *c);
	enum status (*entry)(struct conf *c, const config_setting_t *entry);
};
static const struct chapter parts[];
static const size_t n_parts;

static enum status
chapter_read(struct conf *c, const struct chapter *chapter)
{
	config_setting_t *list;

	if (chapter->whole)
		return chapter->whole(c);
	TRY(conf_top(c, chapter->list, &list));
	if (config_setting_is_group(list))
		return chapter->entry(c, list);
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(chapter->entry(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}

/* What this tresen looks for in a catalogue, as one text: it differs when another
 * tresen, which looked for less, has loaded it. */
static const char *
looked_for(struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < n_parts; i++)
		all = arena_printf(a, "%s%s ", all, parts[i].file);
	for (size_t i = 0; i < COUNT_OF(house_values); i++)
		all = arena_printf(a, "%s%s ", all, house_values[i]);
	for (size_t i = 0; i < RETENTION_TERMS; i++)
		all = arena_printf(a, "%s%s ", all, retention_terms[i]);
	for (size_t i = 0; i < SLIP_TEXTS; i++)
		all = arena_printf(a, "%s%s ", all, slip_keys[i]);
	return all;
}

enum status
catalogue_tell_older(struct op *op, const char *path)
{
	const char *known;

	TRY(store_office_get(op, "catalogue", &known));
	if (strcmp(known, looked_for(op->mem)) != 0)
		printf(_("The catalogue of this office is of another tresen, and some of it may be "
		    "missing at the counter. Load it again: tresen-admin catalogue %s\n"), path);
	return ST_OK;
}

static enum status
chapter_load(struct op *op, const char *folder, const struct chapter *chapter)
{
	struct conf c;
	enum status s;

	TRY(conf_open(op, arena_printf(op->mem, "%s/catalogue", folder), chapter->file, &c));
	s = chapter_read(&c, chapter);
	conf_close(&c);
	return s;
}

static enum status
load(struct op *op, void *data)
{
	const char *folder = data;

	for (size_t i = 0; i < n_parts; i++)
		TRY(chapter_load(op, folder, parts + i));
	op_touch(op, "catalogue", 0);
	TRY(texts_load(op, folder));
	TRY(code_lists_load(op, folder));
	TRY(forms_load(op, folder));
	TRY(store_office_set(op, "catalogue", looked_for(op->mem)));
	return approvals_check(op);
}

enum status
catalogue_load(struct op *op, const char *folder)
{
	return in_transaction(op, "catalogue.load", load, arena_strdup(op->mem, folder));
}

/* ---- figures that an older office lacks ---- */

static enum status
house_value_lacks(struct op *op, const char *key, bool *lacks)
{
	const char *text;

	TRY(store_office_get(op, key, &text));
	*lacks = !*text;
	return ST_OK;
}

static enum status
office_bring(struct conf *c, const config_setting_t *office)
{
	for (size_t i = 0; i < COUNT_OF(house_values); i++) {
		bool lacks;

		TRY(house_value_lacks(c->op, house_values[i], &lacks));
		if (lacks)
			TRY(house_value_read(c, office, house_values[i]));
	}
	return ST_OK;
}

static enum status
figures_in(struct op *op, void *folder)
{
	static const struct chapter lacking[] = {
		{ .file = "office.conf", .list = "office", .entry = office_bring },
		{ .file = "retention.conf", .whole = retention_bring },
	};

	op_touch(op, "catalogue", 0);
	for (size_t i = 0; i < COUNT_OF(lacking); i++)
		TRY(chapter_load(op, folder, lacking + i));
	return ST_OK;
}

enum status
catalogue_bring(struct op *op, const char *folder)
{
	bool lacks;

	TRY(retention_lacks(op, &lacks));
	for (size_t i = 0; !lacks && i < COUNT_OF(house_values); i++)
		TRY(house_value_lacks(op, house_values[i], &lacks));
	if (!lacks)
		return ST_OK;
	if (in_transaction(op, "catalogue.load", figures_in, arena_strdup(op->mem, folder)) == ST_OK) {
		printf(_("Figures that this office had none of are those of %s now; what it has set "
		    "stays.\n"), folder);
		return ST_OK;
	}
	printf(_("Figures that this office has none of were not taken: %s\n"), op->fail.sentence);
	op->fail = (struct failure){ 0 };
	return ST_OK;
}

static enum status
run(struct call *call)
{
	TRY(catalogue_load(&call->op, data_folder(call->op.mem, call->rest[0])));
	printf("%s\n", _("The catalogue is loaded; sessions that are open see it at once."));
	return ST_OK;
}

/* In this order: what others point to comes first. */
static const struct chapter parts[] = {
	{ .file = "office.conf", .list = "office", .entry = office_read },
	{ .file = "units.conf", .list = "units", .entry = unit_read },
	{ .file = "owners.conf", .list = "owners", .entry = owner_read },
	{ .file = "sites.conf", .list = "sites", .entry = site_read },
	{ .file = "lanes.conf", .list = "lanes", .entry = lane_read },
	{ .file = "checklists.conf", .whole = checklists_read },
	{ .file = "services.conf", .list = "services", .entry = service_read },
	{ .file = "fees.conf", .whole = fees_read },
	{ .file = "tasks.conf", .whole = tasks_read },
	{ .file = "holidays.conf", .list = "holidays", .entry = holiday_read },
	{ .file = "countries.conf", .whole = countries_read },
	{ .file = "mrz.conf", .list = "mrz", .entry = mrz_read_code },
	{ .file = "languages.conf", .whole = languages_read },
	{ .file = "concerns.conf", .whole = concerns_read },
	{ .file = "statuses.conf", .list = "statuses", .entry = status_read },
	{ .file = "radar.conf", .whole = radar_read },
	{ .file = "bases.conf", .whole = bases_read },
	{ .file = "purposes.conf", .whole = purposes_read },
	{ .file = "watch.conf", .whole = watch_read },
	{ .file = "retention.conf", .whole = retention_read },
};
static const size_t n_parts = COUNT_OF(parts);

const struct verb verb_catalogue = {
	.name = "catalogue", .usage = "OFFICE [DIR]", .words = 1, .opens = true,
	.help = N_("load units, services, lists and forms again after a change; DIR holds "
	           "catalogue/ and texts/, its neighbour forms/"),
	.run = run,
};
