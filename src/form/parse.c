/*
 * parse.c - layer 1: from the text of a form to struct form.  Called by
 * engine, administrator and client.  Must never open a file: the text given
 * is all there is (libconfig's @include is refused).
 *
 * What may stand where is written in the tables at the end.
 */
#include "inside.h"

#include <libconfig.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

#define SOURCE_MAX (256u * 1024u)
#define KEY_MAX 40
#define ERRORS_MAX 50            /* nobody reads more before mending some */

/* One setting of a group: how it is read and where it goes. */
struct setting {
	const char *name;
	void (*read)(struct reader *r, const config_setting_t *s, void *to);
	size_t offset;
	bool must;
};

struct group {
	const struct setting *settings;
	size_t count;
};

static const struct group form_group, section_group, field_group, choice_group, document_group;

void
form_error(struct reader *r, int line, const char *format, ...)
{
	struct form_errors *e = r->errors;
	char sentence[512];
	size_t at = e->count;
	va_list args;

	if (at == ERRORS_MAX)
		return;
	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	for (; at > 0 && r->lines[at - 1] > line; at--) {
		r->lines[at] = r->lines[at - 1];
		e->text[at] = e->text[at - 1];
	}
	r->lines[at] = line;
	e->text[at] = arena_printf(r->a, "%s:%d: %s", r->name, line, sentence);
	e->count++;
}

static int
line_of(const config_setting_t *s)
{
	return (int)config_setting_source_line(s);
}

/* ---- single values ---- */

/* The text of s, clean and on one line; NULL after an error. */
static const char *
string_of(struct reader *r, const config_setting_t *s)
{
	const char *name = config_setting_name(s);
	const char *raw = config_setting_get_string(s);
	const char *text;

	if (!name)
		name = config_setting_name(config_setting_parent(s));
	if (!raw) {
		form_error(r, line_of(s), _("\"%s\" wants a text in quotation marks"), name);
		return NULL;
	}
	text = text_clean(r->a, raw, false);
	if (!text)
		form_error(r, line_of(s), _("\"%s\" holds a line break or a control character; "
		                            "write one line"), name);
	else if (!*text)
		form_error(r, line_of(s), _("\"%s\" is empty; leave it out or fill it"), name);
	return text && *text ? text : NULL;
}

static void
read_string(struct reader *r, const config_setting_t *s, void *to)
{
	*(const char **)to = string_of(r, s);
}

static bool
is_word(const char *text, const char *first, const char *rest)
{
	return *text && strspn(text, first) > 0 && text[strspn(text, rest)] == '\0' &&
	    strlen(text) <= KEY_MAX;
}

static void
read_key(struct reader *r, const config_setting_t *s, void *to)
{
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	const char *text = string_of(r, s);

	if (text && !is_word(text, lower, rest))
		form_error(r, line_of(s), _("\"%s\" is no key: use up to %d of a-z, 0-9 and _, "
		                            "a letter first"), text, KEY_MAX);
	*(const char **)to = text;
}

/* Codes of the catalogue: services, papers, checklists. */
static const char *
code_of(struct reader *r, const config_setting_t *s)
{
	static const char any[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
	const char *text = string_of(r, s);

	if (text && !is_word(text, any, any))
		form_error(r, line_of(s), _("\"%s\" is no code of the catalogue: use up to %d "
		                            "of A-Z, a-z, 0-9 and _"), text, KEY_MAX);
	return text;
}

static void
read_code(struct reader *r, const config_setting_t *s, void *to)
{
	*(const char **)to = code_of(r, s);
}

static void
read_whole(struct reader *r, const config_setting_t *s, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_INT)
		form_error(r, line_of(s), _("\"%s\" wants a whole number"), config_setting_name(s));
	else
		*(int *)to = config_setting_get_int(s);
}

static void
read_flag(struct reader *r, const config_setting_t *s, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_BOOL)
		form_error(r, line_of(s), _("\"%s\" wants true or false"), config_setting_name(s));
	else
		*(bool *)to = config_setting_get_bool(s) != 0;
}

static void
read_day(struct reader *r, const config_setting_t *s, void *to)
{
	const char *text = string_of(r, s);

	if (text && !day_parse(text, to))
		form_error(r, line_of(s), _("\"%s\" is no day: write \"2026-07-01\""), text);
}

/* { de = "..."; en = "..."; } */
static void
read_text(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_text *t = to;
	enum lang lang;

	if (config_setting_type(s) != CONFIG_TYPE_GROUP) {
		form_error(r, line_of(s), _("\"%s\" wants { de = \"...\"; en = \"...\"; }"),
		           config_setting_name(s));
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);

		if (lang_by_code(config_setting_name(one), &lang))
			t->in[lang] = string_of(r, one);
		else
			form_error(r, line_of(one), _("\"%s\" is no language that tresen speaks; "
			                              "use de and en"), config_setting_name(one));
	}
	for (size_t i = 0; i < FORM_LANGS; i++)
		if (!config_setting_get_member(s, lang_code((enum lang)i)))
			form_error(r, line_of(s), _("\"%s\" has no text in \"%s\""),
			           config_setting_name(s), lang_code((enum lang)i));
}

/* A word of a fixed list; the list is said when it is none of them. */
static void
read_word(struct reader *r, const config_setting_t *s, const char *const *words, size_t n, int *to)
{
	const char *text = string_of(r, s);
	const char *known = "";

	if (!text)
		return;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0) {
			*to = (int)i;
			return;
		}
	for (size_t i = 0; i < n; i++)
		if (*words[i])
			known = arena_printf(r->a, "%s%s%s", known, *known ? ", " : "", words[i]);
	form_error(r, line_of(s), _("\"%s\" is no %s; use one of: %s"), text,
	           config_setting_name(s), known);
}

static void
read_type(struct reader *r, const config_setting_t *s, void *to)
{
	static const char *const words[] = {
		[FORM_TEXT] = "text", [FORM_LINES] = "lines", [FORM_CHOICE] = "choice",
		[FORM_DATE] = "date", [FORM_YES_NO] = "yes_no", [FORM_NUMBER] = "number",
		[FORM_MONEY] = "money",
	};
	int word = FORM_TEXT;

	read_word(r, s, words, COUNT_OF(words), &word);
	*(enum form_type *)to = (enum form_type)word;
}

static void
read_stage(struct reader *r, const config_setting_t *s, void *to)
{
	static const char *const words[] = {
		[FORM_DRAFT] = "", [FORM_INTAKE] = "intake", [FORM_REVIEW] = "review",
		[FORM_DECISION] = "decision", [FORM_NEVER] = "never",
	};
	int word = FORM_NEVER;

	read_word(r, s, words, COUNT_OF(words), &word);
	*(enum form_stage *)to = (enum form_stage)word;
}

static void
read_when(struct reader *r, const config_setting_t *s, void *to)
{
	static const char *const words[] = {
		[FORM_ANY_DAY] = "any", [FORM_PAST] = "past", [FORM_FUTURE] = "future",
	};
	int word = FORM_ANY_DAY;

	read_word(r, s, words, COUNT_OF(words), &word);
	*(enum form_when *)to = (enum form_when)word;
}

static void
read_condition(struct reader *r, const config_setting_t *s, void *to)
{
	struct pending_expr *p = arena_make(r->a, struct pending_expr);

	*p = (struct pending_expr){
		.to = to, .source = string_of(r, s), .line = line_of(s), .next = r->pending,
	};
	if (p->source)
		r->pending = p;
}

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
	form_error(r, line_of(s), _("there is no setting \"%s\" here; there are: %s"),
	           config_setting_name(s), known);
}

static void
read_group(struct reader *r, const config_setting_t *s, const struct group *g, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_GROUP) {
		form_error(r, line_of(s), _("a group { ... } is wanted here"));
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
			form_error(r, line_of(s), _("\"%s\" is missing"), g->settings[i].name);
}

/* Number of entries of the list ( ... ) or [ ... ] that s must be. */
static size_t
list_length(struct reader *r, const config_setting_t *s)
{
	int type = config_setting_type(s);
	bool empty = (type == CONFIG_TYPE_LIST || type == CONFIG_TYPE_ARRAY) &&
	    config_setting_length(s) == 0;

	if (type != CONFIG_TYPE_LIST && type != CONFIG_TYPE_ARRAY)
		form_error(r, line_of(s), _("\"%s\" wants a list"), config_setting_name(s));
	else if (empty)
		form_error(r, line_of(s), _("\"%s\" is an empty list; leave it out or fill it"),
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
		f->services[i] = code_of(r, entry(s, i));
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
			.required = true, .line = line_of(entry(s, i)),
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
			form_error(r, line_of(entry(s, i)), _("a form has at most %d fields; "
			           "make two forms of it"), FORM_FIELDS_MAX);
			section->count = i;
			return;
		}
		*field = (struct form_field){
			.required = FORM_NEVER, .min = INT_MIN, .max = INT_MAX,
			.section = (size_t)(section - f->sections), .line = line_of(entry(s, i)),
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
		f->sections[i].line = line_of(entry(s, i));
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

	*errors = (struct form_errors){ .text = arena_array(a, const char *, ERRORS_MAX) };
	r.lines = arena_array(a, int, ERRORS_MAX);
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
	{ "key", read_key, offsetof(struct form, key), MUST },
	{ "version", read_whole, offsetof(struct form, version), MUST },
	{ "valid_from", read_day, offsetof(struct form, valid_from), MUST },
	{ "title", read_text, offsetof(struct form, title), MUST },
	{ "basis", read_string, offsetof(struct form, basis), MAY },
	{ "services", read_services, 0, MUST },
	{ "sections", read_sections, 0, MUST },
	{ "documents", read_documents, 0, MAY },
};

static const struct setting section_settings[] = {
	{ "key", read_key, offsetof(struct form_section, key), MUST },
	{ "title", read_text, offsetof(struct form_section, title), MUST },
	{ "help", read_text, offsetof(struct form_section, help), MAY },
	{ "show", read_condition, offsetof(struct form_section, show), MAY },
	{ "fields", read_fields, 0, MUST },
};

static const struct setting field_settings[] = {
	{ "key", read_key, offsetof(struct form_field, key), MUST },
	{ "type", read_type, offsetof(struct form_field, type), MUST },
	{ "label", read_text, offsetof(struct form_field, label), MUST },
	{ "ask", read_text, offsetof(struct form_field, ask), MAY },
	{ "help", read_text, offsetof(struct form_field, help), MAY },
	{ "unit", read_text, offsetof(struct form_field, unit), MAY },
	{ "basis", read_string, offsetof(struct form_field, basis), MAY },
	{ "required", read_stage, offsetof(struct form_field, required), MAY },
	{ "show", read_condition, offsetof(struct form_field, show), MAY },
	{ "choices", read_choices, 0, MAY },
	{ "urgent", read_flag, offsetof(struct form_field, urgent), MAY },
	{ "when", read_when, offsetof(struct form_field, when), MAY },
	{ "min", read_whole, offsetof(struct form_field, min), MAY },
	{ "max", read_whole, offsetof(struct form_field, max), MAY },
};

static const struct setting choice_settings[] = {
	{ "key", read_key, offsetof(struct form_choice, key), MUST },
	{ "label", read_text, offsetof(struct form_choice, label), MUST },
};

static const struct setting document_settings[] = {
	{ "key", read_code, offsetof(struct form_document, key), MAY },
	{ "list", read_code, offsetof(struct form_document, list), MAY },
	{ "required", read_flag, offsetof(struct form_document, required), MAY },
	{ "show", read_condition, offsetof(struct form_document, show), MAY },
};

static const struct group form_group = { form_settings, COUNT_OF(form_settings) };
static const struct group section_group = { section_settings, COUNT_OF(section_settings) };
static const struct group field_group = { field_settings, COUNT_OF(field_settings) };
static const struct group choice_group = { choice_settings, COUNT_OF(choice_settings) };
static const struct group document_group = { document_settings, COUNT_OF(document_settings) };
