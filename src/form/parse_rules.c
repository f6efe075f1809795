/*
 * parse_rules.c - layer 1: parts of a form beside its fields, read: rules,
 * papers, way, urgency, choices and code lists.  Called through the tables of
 * parse.c.  Must never stop at an error: it is noted, and the next is read.
 */
#include "setting.h"

#include <string.h>

static const struct group rule_group, form_rule_group, document_group, route_group,
    urgency_group, choice_group, list_group;

/* ---- rules ---- */

static void
read_rule(struct reader *r, const config_setting_t *s, struct form_rule *rule,
          enum form_severity severity)
{
	if (rule->when || rule->line < 0)
		form_error(r, setting_line(s), _("a rule has one of forbid, warn and hint"));
	rule->severity = severity;
	rule->line = -1;                 /* until it is read: something is waiting */
	setting_condition(r, s, &rule->when);
}

static void
read_forbid(struct reader *r, const config_setting_t *s, void *to)
{
	read_rule(r, s, to, FORM_STOP);
}

static void
read_warn(struct reader *r, const config_setting_t *s, void *to)
{
	read_rule(r, s, to, FORM_WARN);
}

static void
read_hint(struct reader *r, const config_setting_t *s, void *to)
{
	read_rule(r, s, to, FORM_HINT);
}

static struct form_rule *
read_rules(struct reader *r, const config_setting_t *s, const struct group *g, size_t *count)
{
	struct form_rule *rules;

	*count = list_length(r, s);
	rules = arena_array(r->a, struct form_rule, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		int line = setting_line(list_entry(s, i));

		rules[i].at = FORM_INTAKE;
		group_read(r, list_entry(s, i), g, &rules[i]);
		if (rules[i].line != -1)
			form_error(r, line, _("a rule has one of forbid, warn and hint"));
		rules[i].line = line;
	}
	return rules;
}

void
read_field_rules(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_field *field = to;

	field->rules = read_rules(r, s, &rule_group, &field->rule_count);
}

void
read_form_rules(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->rules = read_rules(r, s, &form_rule_group, &f->rule_count);
}

/* ---- papers, way, urgency ---- */

void
read_documents(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->document_count = list_length(r, s);
	f->documents = arena_array(r->a, struct form_document, f->document_count + 1);
	for (size_t i = 0; i < f->document_count; i++) {
		f->documents[i] = (struct form_document){
			.required = true, .line = setting_line(list_entry(s, i)),
		};
		group_read(r, list_entry(s, i), &document_group, &f->documents[i]);
	}
}

void
read_routes(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->route_count = list_length(r, s);
	f->routes = arena_array(r->a, struct form_route, f->route_count + 1);
	for (size_t i = 0; i < f->route_count; i++) {
		f->routes[i].line = setting_line(list_entry(s, i));
		group_read(r, list_entry(s, i), &route_group, &f->routes[i]);
	}
}

void
read_urgencies(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->urgency_count = list_length(r, s);
	f->urgencies = arena_array(r->a, struct form_urgency, f->urgency_count + 1);
	for (size_t i = 0; i < f->urgency_count; i++) {
		f->urgencies[i].line = setting_line(list_entry(s, i));
		group_read(r, list_entry(s, i), &urgency_group, &f->urgencies[i]);
	}
}

/* ---- choices and lists ---- */

static void
check_entry(struct reader *r, int line, const struct form_choice *entries, size_t i)
{
	const struct form_choice *one = &entries[i];

	for (size_t j = 0; j < i; j++)
		if (one->key && entries[j].key && strcmp(one->key, entries[j].key) == 0)
			form_error(r, line, _("the choice \"%s\" is there twice"), one->key);
	if (r->deep && one->valid_from != DAY_NONE && one->valid_until != DAY_NONE &&
	    one->valid_until < one->valid_from)
		form_error(r, line, _("\"valid_until\" lies before \"valid_from\""));
}

static struct form_choice *
read_entries(struct reader *r, const config_setting_t *s, size_t *count)
{
	struct form_choice *entries;

	*count = list_length(r, s);
	entries = arena_array(r->a, struct form_choice, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		entries[i].valid_from = entries[i].valid_until = DAY_NONE;
		group_read(r, list_entry(s, i), &choice_group, &entries[i]);
		check_entry(r, setting_line(list_entry(s, i)), entries, i);
	}
	return entries;
}

void
read_choices(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_field *field = to;

	field->choices = read_entries(r, s, &field->choice_count);
}

static void
read_list_entries(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_list *list = to;

	list->entries = read_entries(r, s, &list->count);
}

static void
read_tags(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_choice *choice = to;

	choice->tags = list_strings(r, s, &choice->tag_count);
}

void
read_lists(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->list_count = list_length(r, s);
	f->lists = arena_array(r->a, struct form_list, f->list_count + 1);
	for (size_t i = 0; i < f->list_count; i++) {
		f->lists[i].line = setting_line(list_entry(s, i));
		group_read(r, list_entry(s, i), &list_group, &f->lists[i]);
	}
}

void
form_list_read(struct reader *r, const config_setting_t *s, struct form_list *list)
{
	list->line = setting_line(s);
	group_read(r, s, &list_group, list);
}

static const struct form_list *
list_named(struct reader *r, const char *name)
{
	for (size_t i = 0; i < r->form->list_count; i++)
		if (r->form->lists[i].name && strcmp(r->form->lists[i].name, name) == 0)
			return &r->form->lists[i];
	return r->lists ? r->lists->find(r->lists->self, name) : NULL;
}

static void
check_used(struct reader *r)
{
	const struct form *f = r->form;

	for (size_t i = 0; i < f->list_count; i++) {
		bool used = false;

		for (size_t k = 0; k < f->every_count && !used; k++)
			used = f->every[k]->list && f->lists[i].name &&
			    strcmp(f->every[k]->list, f->lists[i].name) == 0;
		if (!used && f->lists[i].name)
			form_error(r, f->lists[i].line, _("no field uses the list \"%s\"; take it out"),
			           f->lists[i].name);
		for (size_t k = 0; k < i; k++)
			if (r->deep && f->lists[i].name && f->lists[k].name &&
			    strcmp(f->lists[i].name, f->lists[k].name) == 0)
				form_error(r, f->lists[i].line, _("the list \"%s\" is there twice"),
				           f->lists[i].name);
	}
}

void
form_resolve_lists(struct reader *r)
{
	for (size_t i = 0; i < r->form->every_count; i++) {
		struct form_field *field = r->form->every[i];
		const struct form_list *list = field->list ? list_named(r, field->list) : NULL;

		if (field->list && field->choices)
			form_error(r, field->line, _("field \"%s\" has choices of its own and a list; "
			           "leave one out"), field->key);
		else if (list) {
			field->choices = list->entries;
			field->choice_count = list->count;
		} else if (field->list && r->deep) {
			form_error(r, field->line, _("there is no code list \"%s\""), field->list);
		}
	}
	check_used(r);
}

/* ---- tables ---- */

#define MUST true
#define MAY false

static const struct setting form_rule_settings[] = {
	{ "forbid", read_forbid, 0, MAY },
	{ "warn", read_warn, 0, MAY },
	{ "hint", read_hint, 0, MAY },
	{ "text", setting_text, offsetof(struct form_rule, text), MUST },
	{ "at", setting_stage, offsetof(struct form_rule, at), MAY },
	{ "field", setting_key, offsetof(struct form_rule, field), MAY },
};

/* Settings of a document: "show" is what "needed" was called first. */
static const struct setting document_settings[] = {
	{ "key", setting_code, offsetof(struct form_document, key), MAY },
	{ "list", setting_code, offsetof(struct form_document, list), MAY },
	{ "required", setting_flag, offsetof(struct form_document, required), MAY },
	{ "needed", setting_condition, offsetof(struct form_document, show), MAY },
	{ "show", setting_condition, offsetof(struct form_document, show), MAY },
};

static const struct setting route_settings[] = {
	{ "when", setting_condition, offsetof(struct form_route, when), MAY },
	{ "unit", setting_code, offsetof(struct form_route, unit), MUST },
	{ "text", setting_text, offsetof(struct form_route, text), MAY },
};

static const struct setting urgency_settings[] = {
	{ "when", setting_condition, offsetof(struct form_urgency, when), MUST },
	{ "level", setting_level, offsetof(struct form_urgency, level), MUST },
	{ "due", setting_day_expr, offsetof(struct form_urgency, due), MAY },
	{ "text", setting_text, offsetof(struct form_urgency, text), MAY },
};

static const struct setting choice_settings[] = {
	{ "key", setting_code, offsetof(struct form_choice, key), MUST },
	{ "label", setting_text, offsetof(struct form_choice, label), MUST },
	{ "tags", read_tags, 0, MAY },
	{ "valid_from", setting_day, offsetof(struct form_choice, valid_from), MAY },
	{ "valid_until", setting_day, offsetof(struct form_choice, valid_until), MAY },
	{ "withdrawn", setting_flag, offsetof(struct form_choice, withdrawn), MAY },
};

static const struct setting list_settings[] = {
	{ "name", setting_key, offsetof(struct form_list, name), MUST },
	{ "version", setting_whole, offsetof(struct form_list, version), MAY },
	{ "entries", read_list_entries, 0, MUST },
};

/* All but "field", which only a rule of the whole form has. */
static const struct group rule_group = { form_rule_settings, COUNT_OF(form_rule_settings) - 1 };
static const struct group form_rule_group = {
	form_rule_settings, COUNT_OF(form_rule_settings),
};
static const struct group document_group = { document_settings, COUNT_OF(document_settings) };
static const struct group route_group = { route_settings, COUNT_OF(route_settings) };
static const struct group urgency_group = { urgency_settings, COUNT_OF(urgency_settings) };
static const struct group choice_group = { choice_settings, COUNT_OF(choice_settings) };
static const struct group list_group = { list_settings, COUNT_OF(list_settings) };
