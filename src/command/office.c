/*
 * office.c - layer 4: commands about the house: catalogue, forms, drafts.
 */
#include "service_form.h"
#include "shape.h"
#include "store_draft.h"
#include "store_form.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* ---- catalogue ---- */

static json_t *
named(const char *code, const char *label)
{
	json_t *o = json_object();

	put(o, "code", json_string(code));
	put(o, "label", json_string(label));
	return o;
}

static enum status
put_units(struct call *call)
{
	json_t *rows = json_array(), *o;
	struct unit *list;
	size_t n;

	put(call->out, "units", rows);
	TRY(store_unit_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		o = named(list[i].code, list[i].name);
		put(o, "front", json_boolean(list[i].front));
		put(o, "closed", json_boolean(list[i].closed));
		put(o, "figures_only", json_boolean(list[i].figures_only));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
put_places(struct call *call)
{
	json_t *sites = json_array(), *counters = json_array(), *o;
	struct site *site;
	struct counter *counter;
	size_t n;

	put(call->out, "sites", sites);
	put(call->out, "counters", counters);
	TRY(store_site_list(call->op, &site, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(sites, named(site[i].code, site[i].name));
	TRY(store_counter_list(call->op, NULL, &counter, &n));
	for (size_t i = 0; i < n; i++) {
		o = named(counter[i].code, counter[i].name);
		put(o, "site", json_string(counter[i].site));
		json_array_append_new(counters, o);
	}
	return ST_OK;
}

static enum status
shape_checklist(struct op *op, const char *checklist, json_t *rows)
{
	struct paper *list;
	size_t n;

	if (!checklist)
		return ST_OK;
	TRY(store_checklist(op, checklist, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "key", json_string(list[i].key));
		put(o, "label", json_string(list[i].name));
		put(o, "required", json_boolean(list[i].required));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
put_services(struct call *call)
{
	json_t *rows = json_array(), *o, *papers;
	struct service *list;
	size_t n;

	put(call->out, "services", rows);
	TRY(store_service_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		o = named(list[i].code, list[i].name);
		json_array_append_new(rows, o);
		put(o, "unit", json_string(list[i].unit));
		put(o, "unit_label", json_string(list[i].unit_name));
		put(o, "lane", json_string(list[i].lane));
		put(o, "target_minutes", shape_id(list[i].target_minutes));
		put(o, "target_days", shape_id(list[i].target_days));
		put(o, "basis", shape_cite(call->op, list[i].basis));
		put(o, "form", shape_text(list[i].form));
		papers = json_array();
		put(o, "checklist", papers);
		TRY(shape_checklist(call->op, list[i].checklist, papers));
	}
	return ST_OK;
}

/* In the order of their file. */
static enum status
put_statuses(struct call *call)
{
	json_t *rows = json_array();
	struct code *list;
	size_t n;

	put(call->out, "statuses", rows);
	TRY(store_code_list(call->op, "status", &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, named(list[i].code, list[i].name));
	return ST_OK;
}

static enum status
put_sorted(struct call *call, const char *list_name, const char *key)
{
	json_t *rows = json_array();

	put(call->out, key, rows);
	return shape_code_list(call->op, list_name, rows);
}

/* What the client must know to say when an urgent matter will be done. */
static enum status
put_due_days(struct call *call)
{
	json_t *o = json_object();

	put(call->out, "due_days", o);
	for (int level = FORM_SOON; level <= FORM_URGENT; level++) {
		int days;

		TRY(level_days(call->op, (enum form_level)level, &days));
		put(o, form_level_name((enum form_level)level), json_integer(days));
	}
	return ST_OK;
}

static enum status
put_lock_years(struct call *call)
{
	int years;

	TRY(lock_years(call->op, &years));
	put(call->out, "lock_years", json_integer(years));
	return ST_OK;
}

/* Past ones too: answers may be about the past. */
static enum status
put_holidays(struct call *call)
{
	json_t *rows = json_array();
	struct form_world world;
	char day[11];

	put(call->out, "holidays", rows);
	TRY(form_world_now(call->op, FORM_DRAFT, &world));
	for (size_t i = 0; i < world.holiday_count; i++)
		json_array_append_new(rows, json_string(day_iso(world.holidays[i], day)));
	return ST_OK;
}

static enum status
run_catalogue(struct call *call)
{
	json_t *lanes = json_array();
	struct lane *list;
	size_t n;

	TRY(put_units(call));
	TRY(put_places(call));
	TRY(put_services(call));
	TRY(put_sorted(call, "country", "countries"));
	TRY(put_sorted(call, "language", "languages"));
	TRY(put_statuses(call));
	TRY(put_holidays(call));
	TRY(put_due_days(call));
	TRY(put_lock_years(call));
	put(call->out, "lanes", lanes);
	TRY(store_lane_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(lanes, named(list[i].code, list[i].name));
	return ST_OK;
}

static void
put_form_paper(json_t *rows, const char *list, const struct paper *paper, const char *key)
{
	json_t *o = json_object();

	put(o, "list", shape_text(list));
	put(o, "key", json_string(key));
	put(o, "label", json_string(paper->name ? paper->name : key));
	put(o, "required", json_boolean(paper->required));
	json_array_append_new(rows, o);
}

/* The papers a form may ask for, those of its lists one by one: with them a
 * client can say what is needed while the answers are typed. */
static enum status
put_form_papers(struct op *op, const struct form *form, json_t *rows)
{
	const char *words = NULL; /* single papers are called as its list calls them */

	for (size_t i = 0; i < form->document_count; i++) {
		const struct form_document *d = &form->documents[i];
		struct paper one, *list = &one;
		size_t n = 1;

		words = d->list ? d->list : words;
		if (d->list)
			TRY(store_checklist(op, d->list, &list, &n));
		else
			TRY(store_paper_find(op, words, d->key, &one));
		for (size_t k = 0; k < n; k++)
			put_form_paper(rows, d->list, &list[k], d->list ? list[k].key : d->key);
	}
	return ST_OK;
}

/* A list that several fields ask for goes once. */
static bool
is_first_with_list(const struct form *form, size_t at)
{
	const char *list = form->every[at]->list;

	for (size_t i = 0; list && i < at; i++)
		if (form->every[i]->list && strcmp(form->every[i]->list, list) == 0)
			return false;
	return list != NULL;
}

/* The code lists of its fields, as text; those that it brings itself are in it. */
static enum status
put_form_lists(struct op *op, const struct form *form, json_t *form_object)
{
	json_t *rows = json_array();

	put(form_object, "lists", rows);
	for (size_t i = 0; i < form->every_count; i++) {
		const char *list = form->every[i]->list, *source = NULL;
		json_t *o;
		int version;

		if (is_first_with_list(form, i))
			TRY(store_list_find(op, list, &version, &source));
		if (!source)
			continue;
		o = json_object();
		put(o, "name", json_string(list));
		put(o, "version", json_integer(version));
		put(o, "source", json_string(source));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
run_form(struct call *call)
{
	const char *key = arg_text(call, "key"), *source;
	const struct form *form;
	json_t *o, *papers;
	int version;

	TRY(store_form_find(call->op, key, arg_int(call, "version", 0), &version, &source));
	TRY(form_load(call->op, key, version, &form, &version));
	if (!form)
		return op_fail_field(call->op, ST_NOT_FOUND, "key",
		    _("There is no form %s in that version."), key);
	o = json_object();
	put(o, "key", json_string(key));
	put(o, "version", json_integer(version));
	put(o, "source", json_string(source));
	papers = json_array();
	put(o, "papers", papers);
	put(call->out, "form", o);
	TRY(put_form_lists(call->op, form, o));
	return put_form_papers(call->op, form, papers);
}

/* ---- drafts ---- */

#define DRAFTS_MAX 50
#define DRAFT_BYTES_MAX (256 * 1024)
#define DRAFT_KEY_MAX 200

static json_t *
shape_draft(const struct draft *d)
{
	json_t *o, *body;

	if (!d->key)
		return json_null();
	o = json_object();
	body = json_loads(d->body, 0, NULL);
	put(o, "key", json_string(d->key));
	put(o, "body", body ? body : json_null());
	put(o, "saved", shape_instant(d->saved_at));
	return o;
}

static enum status
run_draft_save(struct call *call)
{
	const char *key = arg_text(call, "key");
	json_t *body;
	char *text;
	enum status s;

	if (!*key || text_length(key) > DRAFT_KEY_MAX)
		return op_fail_field(call->op, ST_INVALID, "key",
		    _("The key of a draft has 1 to %d characters."), DRAFT_KEY_MAX);
	body = arg_json(call, "body");
	text = json_dumps(body, JSON_COMPACT);
	if (strlen(text) <= DRAFT_BYTES_MAX)
		s = store_draft_save(call->op, key, text);
	else
		s = op_fail_field(call->op, ST_INVALID, "body",
		    _("The draft is too large to keep."));
	free(text);
	json_decref(body);
	return s;
}

static enum status
run_draft_show(struct call *call)
{
	struct draft d;

	TRY(store_draft_find(call->op, arg_text(call, "key"), &d));
	put(call->out, "draft", shape_draft(&d));
	return ST_OK;
}

static enum status
run_draft_list(struct call *call)
{
	json_t *rows = json_array();
	struct draft *list;
	size_t n;

	put(call->out, "drafts", rows);
	TRY(store_draft_list(call->op, DRAFTS_MAX, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_draft(&list[i]));
	return ST_OK;
}

static enum status
run_draft_drop(struct call *call)
{
	return store_draft_drop(call->op, arg_text(call, "key"));
}

static const struct arg form_args[] = {
	ARG("key", ARG_TEXT, REQUIRED, N_("key of the form")),
	ARG("version", ARG_INT, OPTIONAL, N_("which version; else the newest that is valid")),
	ARG_END
};
static const struct arg key_args[] = {
	ARG("key", ARG_TEXT, REQUIRED, N_("what the draft is of")), ARG_END
};
static const struct arg save_args[] = {
	ARG("key", ARG_TEXT, REQUIRED, N_("what the draft is of")),
	ARG("body", ARG_JSON, REQUIRED, N_("what was typed so far")), ARG_END
};

const struct command cmd_catalogue_show = {
	.name = "catalogue.show",
	.help = N_("units, sites, services, code lists"), .run = run_catalogue,
};
const struct command cmd_form_show = {
	.name = "form.show", .args = form_args,
	.help = N_("an intake form, as text"), .run = run_form,
};
const struct command cmd_draft_save = {
	.name = "draft.save", .args = save_args,
	.flags = CMD_WRITE | CMD_QUIET, .help = N_("keep what was typed"), .run = run_draft_save,
};
const struct command cmd_draft_show = {
	.name = "draft.show", .args = key_args,
	.help = N_("a draft of yours"), .run = run_draft_show,
};
const struct command cmd_draft_list = {
	.name = "draft.list", .help = N_("your drafts, newest first"),
	.run = run_draft_list,
};
const struct command cmd_draft_drop = {
	.name = "draft.drop", .args = key_args,
	.flags = CMD_WRITE | CMD_QUIET, .help = N_("throw a draft away"), .run = run_draft_drop,
};
