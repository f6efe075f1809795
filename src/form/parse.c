/*
 * parse.c - layer 1: from the text of a form to struct form.  Called by
 * engine, administrator and client.  Must never open a file: the text given
 * is all there is (libconfig's @include is refused).
 *
 * What may stand where is written in the tables at the end.
 */
#include "setting.h"

#include <limits.h>
#include <string.h>

#define DEPTH_MAX 2              /* repeats within repeats */

static const struct group form_group, section_group, field_group;

/* ---- groups ---- */

static const struct setting *
setting_named(const struct group *g, const char *name)
{
	for (size_t i = 0; i < g->count; i++)
		if (strcmp(g->settings[i].name, name) == 0)
			return &g->settings[i];
	return NULL;
}

static void
unknown_setting(struct reader *r, const config_setting_t *s, const struct group *g)
{
	const char *known = "";

	for (size_t i = 0; i < g->count; i++)
		known = arena_printf(r->a, "%s%s%s", known, i ? ", " : "", g->settings[i].name);
	form_error(r, setting_line(s), _("there is no setting \"%s\" here; there are: %s"),
	           config_setting_name(s), known);
}

void
group_read(struct reader *r, const config_setting_t *s, const struct group *g, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_GROUP) {
		form_error(r, setting_line(s), _("a group { ... } is wanted here"));
		r->shaky = true;
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);
		const struct setting *known = setting_named(g, config_setting_name(one));

		if (known)
			known->read(r, one, (char *)to + known->offset);
		else
			unknown_setting(r, one, g);
	}
	for (size_t i = 0; i < g->count; i++)
		if (g->settings[i].must && !config_setting_get_member(s, g->settings[i].name)) {
			form_error(r, setting_line(s), _("\"%s\" is missing"), g->settings[i].name);
			r->shaky = true;
		}
}

size_t
list_length(struct reader *r, const config_setting_t *s)
{
	int type = config_setting_type(s);
	bool list = type == CONFIG_TYPE_LIST || type == CONFIG_TYPE_ARRAY;

	if (!list)
		form_error(r, setting_line(s), _("\"%s\" wants a list"), config_setting_name(s));
	else if (config_setting_length(s) == 0)
		form_error(r, setting_line(s), _("\"%s\" is an empty list; leave it out or fill it"),
		           config_setting_name(s));
	return list ? (size_t)config_setting_length(s) : 0;
}

const config_setting_t *
list_entry(const config_setting_t *list, size_t i)
{
	return config_setting_get_elem(list, (unsigned)i);
}

const char **
list_strings(struct reader *r, const config_setting_t *s, size_t *count)
{
	const char **list;

	*count = list_length(r, s);
	list = arena_array(r->a, const char *, *count + 1);
	for (size_t i = 0; i < *count; i++)
		list[i] = setting_string_of(r, list_entry(s, i));
	return list;
}

static void
read_services(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->services_line = setting_line(s);
	f->service_count = list_length(r, s);
	f->services = arena_array(r->a, const char *, f->service_count + 1);
	for (size_t i = 0; i < f->service_count; i++)
		f->services[i] = setting_code_of(r, list_entry(s, i));
}

static void
read_leika(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->leika = setting_code_of(r, s);
	f->leika_line = setting_line(s);
}

static void
read_retention(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->retention = setting_code_of(r, s);
	f->retention_line = setting_line(s);
}

/* ---- fields ---- */

static int
depth_of(const struct form_field *repeat)
{
	return repeat ? 1 + depth_of(repeat->parent) : 0;
}

/* What is the same for every field before its settings are read. */
static bool
begin_field(struct reader *r, const config_setting_t *s, struct form_field *field, size_t place)
{
	struct form *f = r->form;

	if (f->every_count == FORM_FIELDS_MAX) {
		r->shaky = true;
		form_error(r, setting_line(s), _("a form has at most %d fields; make two forms of it"),
		           FORM_FIELDS_MAX);
		return false;
	}
	*field = (struct form_field){
		.required = FORM_NEVER, .min = INT_MIN, .max = INT_MAX, .identifier = -1,
		.parent = r->scope, .place = place, .id = f->every_count, .line = setting_line(s),
	};
	f->every[f->every_count++] = field;
	return true;
}

static void
read_field(struct reader *r, const config_setting_t *s, struct form_field *field)
{
	struct form_field *outer = r->field;

	r->field = field;
	group_read(r, s, &field_group, field);
	r->field = outer;
	/* what was published before stays as it is */
	if (r->deep && config_setting_type(s) == CONFIG_TYPE_GROUP &&
	    config_setting_get_member(s, "required") && config_setting_get_member(s, "required_at"))
		form_error(r, field->line, _("\"required\" is the older name of \"required_at\": "
		           "leave one out"));
}

/* The fields of the rows of a repeat. */
static void
read_row_fields(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_field *repeat = to, *outer = r->scope;
	size_t n = list_length(r, s);

	repeat->fields = arena_array(r->a, struct form_field, n + 1);
	if (depth_of(repeat) > DEPTH_MAX) {
		form_error(r, setting_line(s), _("repeats stand at most %d deep in each other"),
		           DEPTH_MAX);
		return;
	}
	r->scope = repeat;
	for (size_t i = 0; i < n; i++) {
		if (!begin_field(r, list_entry(s, i), &repeat->fields[i], i))
			break;
		repeat->fields[i].section = repeat->section;
		repeat->field_count++;
		read_field(r, list_entry(s, i), &repeat->fields[i]);
	}
	r->scope = outer;
}

/* The section's fields go behind those already there. */
static void
read_fields(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_section *section = to;
	struct form *f = r->form;
	size_t n = list_length(r, s);

	for (size_t i = 0; i < n; i++) {
		struct form_field *field = &f->fields[f->field_count];

		if (!begin_field(r, list_entry(s, i), field, f->field_count))
			return;
		field->section = (size_t)(section - f->sections);
		f->field_count++;
		section->count++;
		read_field(r, list_entry(s, i), field);
	}
}

static void
read_sections(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->section_count = list_length(r, s);
	f->sections = arena_array(r->a, struct form_section, f->section_count + 1);
	f->fields = arena_array(r->a, struct form_field, FORM_FIELDS_MAX + 1);
	for (size_t i = 0; i < f->section_count; i++) {
		f->sections[i].first = f->field_count;
		f->sections[i].line = setting_line(list_entry(s, i));
		group_read(r, list_entry(s, i), &section_group, &f->sections[i]);
	}
}

/* ---- the whole ---- */

static void
read_pending(struct reader *r)
{
	for (struct pending_expr *p = r->pending; p; p = p->next)
		*p->to = form_expr_parse(r, p);
}

static void
reader_begin(struct reader *r)
{
	*r->errors = (struct form_errors){
		.text = arena_array(r->a, const char *, FORM_ERRORS_MAX),
		.notes = arena_array(r->a, const char *, FORM_ERRORS_MAX),
	};
	r->lines = arena_array(r->a, int, FORM_ERRORS_MAX);
	r->note_lines = arena_array(r->a, int, FORM_ERRORS_MAX);
}

/* The tree of a text, or false after an error; to be destroyed either way. */
static bool
read_text(struct reader *r, const char *source, config_t *config)
{
	config_init(config);
	source = form_source(r, source);
	if (!source)
		return false;
	if (config_read_string(config, source) == CONFIG_TRUE)
		return true;
	form_error(r, config_error_line(config), _("cannot be read: %s"),
	           config_error_text(config));
	return false;
}

static void
check_days(struct reader *r, const config_setting_t *root)
{
	const struct form *f = r->form;
	const config_setting_t *until = config_setting_get_member(root, "valid_until");

	if (f->valid_until != DAY_NONE && f->valid_until < f->valid_from)
		form_error(r, setting_line(until), _("\"valid_until\" lies before \"valid_from\""));
}

/* Expressions only where all fields are known: the rest would be echo. */
static void
read_form(struct reader *r, const config_t *config)
{
	r->form->valid_until = DAY_NONE;
	group_read(r, config_root_setting(config), &form_group, r->form);
	check_days(r, config_root_setting(config));
	form_resolve_lists(r);
	if (!r->shaky)
		read_pending(r);
	form_check(r);
	form_check_order(r);
	if (!r->shaky)
		form_check_steps(r);
	if (r->deep && !r->shaky)
		form_check_blocked(r);
	if (r->deep && r->errors->count == 0)
		form_check_reach(r);
}

static struct form *
parse(struct reader *r, const char *source)
{
	config_t config;

	reader_begin(r);
	r->form = arena_make(r->a, struct form);
	if (read_text(r, source, &config))
		read_form(r, &config);
	config_destroy(&config);
	return r->errors->count == 0 ? r->form : NULL;
}

struct form *
form_open(struct arena *a, const char *name, const char *source, const struct form_lists *lists,
          struct form_errors *errors)
{
	struct reader r = { .a = a, .name = name, .errors = errors, .lists = lists };

	return parse(&r, source);
}

struct form *
form_parse(struct arena *a, const char *name, const char *source, struct form_errors *errors)
{
	return form_open(a, name, source, NULL, errors);
}

struct form *
form_parse_with(struct arena *a, const char *name, const char *source,
                const struct form_lists *lists, struct form_errors *errors)
{
	struct reader r = {
		.a = a, .name = name, .errors = errors, .lists = lists, .deep = true,
	};

	return parse(&r, source);
}

struct form_list *
form_list_parse(struct arena *a, const char *name, const char *source,
                struct form_errors *errors)
{
	struct reader r = { .a = a, .name = name, .errors = errors };
	struct form_list *list = arena_make(a, struct form_list);
	config_t config;

	reader_begin(&r);
	if (read_text(&r, source, &config))
		form_list_read(&r, config_root_setting(&config), list);
	config_destroy(&config);
	return errors->count == 0 ? list : NULL;
}

/* ---- tables ---- */

#define MUST true
#define MAY false

static const struct setting form_settings[] = {
	{ "key", setting_key, offsetof(struct form, key), MUST },
	{ "version", setting_version, offsetof(struct form, version), MUST },
	{ "valid_from", setting_day, offsetof(struct form, valid_from), MUST },
	{ "valid_until", setting_day, offsetof(struct form, valid_until), MAY },
	{ "state", setting_life, offsetof(struct form, life), MAY },
	{ "title", setting_text, offsetof(struct form, title), MUST },
	{ "purpose", setting_text, offsetof(struct form, purpose), MAY },
	{ "basis", setting_string, offsetof(struct form, basis), MAY },
	{ "services", read_services, 0, MAY },
	{ "leika", read_leika, 0, MAY },
	{ "retention", read_retention, 0, MAY },
	{ "lists", read_lists, 0, MAY },
	{ "sections", read_sections, 0, MUST },
	{ "rules", read_form_rules, 0, MAY },
	{ "documents", read_documents, 0, MAY },
	{ "route", read_routes, 0, MAY },
	{ "urgency", read_urgencies, 0, MAY },
	{ "examples", read_examples, 0, MAY },
	{ "migrate", read_steps, 0, MAY },
};

static const struct setting section_settings[] = {
	{ "key", setting_key, offsetof(struct form_section, key), MUST },
	{ "title", setting_text, offsetof(struct form_section, title), MUST },
	{ "help", setting_text, offsetof(struct form_section, help), MAY },
	{ "show", setting_condition, offsetof(struct form_section, show), MAY },
	{ "fields", read_fields, 0, MUST },
};

/* "required" is what "required_at" was called first; both stand for a stage. */
static const struct setting field_settings[] = {
	{ "key", setting_key, offsetof(struct form_field, key), MUST },
	{ "type", setting_type, offsetof(struct form_field, type), MUST },
	{ "label", setting_text, offsetof(struct form_field, label), MUST },
	{ "short", setting_text, offsetof(struct form_field, short_label), MAY },
	{ "output", setting_text, offsetof(struct form_field, output), MAY },
	{ "ask", setting_text, offsetof(struct form_field, ask), MAY },
	{ "help", setting_text, offsetof(struct form_field, help), MAY },
	{ "unit", setting_text, offsetof(struct form_field, unit), MAY },
	{ "basis", setting_string, offsetof(struct form_field, basis), MAY },
	{ "purpose", setting_text, offsetof(struct form_field, purpose), MAY },
	{ "asks", setting_asks, offsetof(struct form_field, asks), MAY },
	{ "owner", setting_code, offsetof(struct form_field, owner), MAY },
	{ "confidential", setting_flag, offsetof(struct form_field, confidential), MAY },
	{ "required_at", setting_stage, offsetof(struct form_field, required), MAY },
	{ "required", setting_stage, offsetof(struct form_field, required), MAY },
	{ "require", setting_condition, offsetof(struct form_field, require), MAY },
	{ "show", setting_condition, offsetof(struct form_field, show), MAY },
	{ "compute", setting_compute, offsetof(struct form_field, compute), MAY },
	{ "rules", read_field_rules, 0, MAY },
	{ "choices", read_choices, 0, MAY },
	{ "list", setting_code, offsetof(struct form_field, list), MAY },
	{ "filter", setting_filter, offsetof(struct form_field, filter), MAY },
	{ "kind", setting_identifier, offsetof(struct form_field, identifier), MAY },
	{ "pattern", setting_pattern, offsetof(struct form_field, pattern), MAY },
	{ "pattern_text", setting_text, offsetof(struct form_field, pattern_text), MAY },
	{ "letters", setting_letters, offsetof(struct form_field, letters), MAY },
	{ "urgent", setting_flag, offsetof(struct form_field, urgent), MAY },
	{ "when", setting_when, offsetof(struct form_field, when), MAY },
	{ "min", setting_whole, offsetof(struct form_field, min), MAY },
	{ "max", setting_whole, offsetof(struct form_field, max), MAY },
	{ "fields", read_row_fields, 0, MAY },
};

static const struct group form_group = { form_settings, COUNT_OF(form_settings) };
static const struct group section_group = { section_settings, COUNT_OF(section_settings) };
static const struct group field_group = { field_settings, COUNT_OF(field_settings) };
