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

#include "text.h"

#define SOURCE_MAX (256u * 1024u)

struct group {
	const struct setting *settings;
	size_t count;
};

static const struct group form_group, section_group, field_group, choice_group, document_group;

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

static void
read_group(struct reader *r, const config_setting_t *s, const struct group *g, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_GROUP) {
		form_error(r, setting_line(s), _("a group { ... } is wanted here"));
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
		if (g->settings[i].must && !config_setting_get_member(s, g->settings[i].name))
			form_error(r, setting_line(s), _("\"%s\" is missing"), g->settings[i].name);
}

/* Number of entries of the list ( ... ) or [ ... ] that s must be. */
static size_t
list_length(struct reader *r, const config_setting_t *s)
{
	int type = config_setting_type(s);
	bool empty = (type == CONFIG_TYPE_LIST || type == CONFIG_TYPE_ARRAY) &&
	    config_setting_length(s) == 0;

	if (type != CONFIG_TYPE_LIST && type != CONFIG_TYPE_ARRAY)
		form_error(r, setting_line(s), _("\"%s\" wants a list"), config_setting_name(s));
	else if (empty)
		form_error(r, setting_line(s), _("\"%s\" is an empty list; leave it out or fill it"),
		           config_setting_name(s));
	else
		return (size_t)config_setting_length(s);
	return 0;
}

static const config_setting_t *
entry(const config_setting_t *list, size_t i)
{
	return config_setting_get_elem(list, (unsigned)i);
}

static void
read_services(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->service_count = list_length(r, s);
	f->services = arena_array(r->a, const char *, f->service_count + 1);
	for (size_t i = 0; i < f->service_count; i++)
		f->services[i] = setting_code_of(r, entry(s, i));
}

static void
read_choices(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_field *field = to;

	field->choice_count = list_length(r, s);
	field->choices = arena_array(r->a, struct form_choice, field->choice_count + 1);
	for (size_t i = 0; i < field->choice_count; i++)
		read_group(r, entry(s, i), &choice_group, &field->choices[i]);
}

static void
read_documents(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->document_count = list_length(r, s);
	f->documents = arena_array(r->a, struct form_document, f->document_count + 1);
	for (size_t i = 0; i < f->document_count; i++) {
		f->documents[i] = (struct form_document){
			.required = true, .line = setting_line(entry(s, i)),
		};
		read_group(r, entry(s, i), &document_group, &f->documents[i]);
	}
}

/* The section's fields go behind those already there; room was counted. */
static void
read_fields(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_section *section = to;
	struct form *f = r->form;

	section->count = list_length(r, s);
	for (size_t i = 0; i < section->count; i++) {
		struct form_field *field = &f->fields[f->field_count];

		if (f->field_count == FORM_FIELDS_MAX) {
			form_error(r, setting_line(entry(s, i)), _("a form has at most %d fields; "
			           "make two forms of it"), FORM_FIELDS_MAX);
			section->count = i;
			return;
		}
		*field = (struct form_field){
			.required = FORM_NEVER, .min = INT_MIN, .max = INT_MAX,
			.section = (size_t)(section - f->sections), .line = setting_line(entry(s, i)),
		};
		f->field_count++;
		read_group(r, entry(s, i), &field_group, field);
	}
}

static void
read_sections(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->section_count = list_length(r, s);
	f->sections = arena_array(r->a, struct form_section, f->section_count + 1);
	f->fields = arena_array(r->a, struct form_field, FORM_FIELDS_MAX);
	for (size_t i = 0; i < f->section_count; i++) {
		f->sections[i].first = f->field_count;
		f->sections[i].line = setting_line(entry(s, i));
		read_group(r, entry(s, i), &section_group, &f->sections[i]);
	}
}

/* ---- the whole ---- */

/* libconfig would open files for it, and would follow it from anywhere. */
static bool
has_include(struct reader *r, const char *source)
{
	int line = 1;

	for (const char *at = source; *at; line++) {
		const char *word = at + strspn(at, " \t\r\f\v");

		if (strncmp(word, "@include", 8) == 0) {
			form_error(r, line, _("@include is not allowed; write the form in one file"));
			return true;
		}
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return false;
}

static bool
is_acceptable(struct reader *r, const char *source)
{
	size_t n = strlen(source);

	if (n > SOURCE_MAX)
		form_error(r, 1, _("the form is larger than %u bytes"), SOURCE_MAX);
	else if (!text_valid(source, n))
		form_error(r, 1, _("the form is not UTF-8; save it as UTF-8"));
	else
		return !has_include(r, source);
	return false;
}

static void
read_pending(struct reader *r)
{
	for (struct pending_expr *p = r->pending; p; p = p->next)
		*p->to = form_expr_parse(r, p->source, p->line);
}

struct form *
form_parse(struct arena *a, const char *name, const char *source, struct form_errors *errors)
{
	struct reader r = { .a = a, .name = name, .errors = errors };
	config_t config;

	*errors = (struct form_errors){ .text = arena_array(a, const char *, FORM_ERRORS_MAX) };
	r.lines = arena_array(a, int, FORM_ERRORS_MAX);
	r.form = arena_make(a, struct form);
	if (!is_acceptable(&r, source))
		return NULL;
	config_init(&config);
	if (config_read_string(&config, source) != CONFIG_TRUE) {
		form_error(&r, config_error_line(&config), _("cannot be read: %s"),
		           config_error_text(&config));
	} else {
		read_group(&r, config_root_setting(&config), &form_group, r.form);
		/* Conditions name fields: without sound fields each would complain. */
		if (errors->count == 0)
			read_pending(&r);
		form_check(&r);
	}
	config_destroy(&config);
	return errors->count == 0 ? r.form : NULL;
}

/* ---- tables ---- */

#define MUST true
#define MAY false

static const struct setting form_settings[] = {
	{ "key", setting_key, offsetof(struct form, key), MUST },
	{ "version", setting_whole, offsetof(struct form, version), MUST },
	{ "valid_from", setting_day, offsetof(struct form, valid_from), MUST },
	{ "title", setting_text, offsetof(struct form, title), MUST },
	{ "basis", setting_string, offsetof(struct form, basis), MAY },
	{ "services", read_services, 0, MAY },
	{ "sections", read_sections, 0, MUST },
	{ "documents", read_documents, 0, MAY },
};

static const struct setting section_settings[] = {
	{ "key", setting_key, offsetof(struct form_section, key), MUST },
	{ "title", setting_text, offsetof(struct form_section, title), MUST },
	{ "help", setting_text, offsetof(struct form_section, help), MAY },
	{ "show", setting_condition, offsetof(struct form_section, show), MAY },
	{ "fields", read_fields, 0, MUST },
};

static const struct setting field_settings[] = {
	{ "key", setting_key, offsetof(struct form_field, key), MUST },
	{ "type", setting_type, offsetof(struct form_field, type), MUST },
	{ "label", setting_text, offsetof(struct form_field, label), MUST },
	{ "ask", setting_text, offsetof(struct form_field, ask), MAY },
	{ "help", setting_text, offsetof(struct form_field, help), MAY },
	{ "unit", setting_text, offsetof(struct form_field, unit), MAY },
	{ "basis", setting_string, offsetof(struct form_field, basis), MAY },
	{ "required", setting_stage, offsetof(struct form_field, required), MAY },
	{ "show", setting_condition, offsetof(struct form_field, show), MAY },
	{ "choices", read_choices, 0, MAY },
	{ "urgent", setting_flag, offsetof(struct form_field, urgent), MAY },
	{ "when", setting_when, offsetof(struct form_field, when), MAY },
	{ "min", setting_whole, offsetof(struct form_field, min), MAY },
	{ "max", setting_whole, offsetof(struct form_field, max), MAY },
};

static const struct setting choice_settings[] = {
	{ "key", setting_key, offsetof(struct form_choice, key), MUST },
	{ "label", setting_text, offsetof(struct form_choice, label), MUST },
};

static const struct setting document_settings[] = {
	{ "key", setting_code, offsetof(struct form_document, key), MAY },
	{ "list", setting_code, offsetof(struct form_document, list), MAY },
	{ "required", setting_flag, offsetof(struct form_document, required), MAY },
	{ "show", setting_condition, offsetof(struct form_document, show), MAY },
};

static const struct group form_group = { form_settings, COUNT_OF(form_settings) };
static const struct group section_group = { section_settings, COUNT_OF(section_settings) };
static const struct group field_group = { field_settings, COUNT_OF(field_settings) };
static const struct group choice_group = { choice_settings, COUNT_OF(choice_settings) };
static const struct group document_group = { document_settings, COUNT_OF(document_settings) };
