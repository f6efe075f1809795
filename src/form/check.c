/*
 * check.c - layer 1: rules of a form that need all of it.  Called once by
 * form_parse.  Must never stop at the first error.
 */
#include "inside.h"

#include <limits.h>
#include <string.h>

/* ---- keys ---- */

/* Words of the expression language cannot be keys. */
static bool
is_reserved(const char *key)
{
	static const char *const words[] = {
		"and", "or", "not", "in", "empty", "today", "where", "option", "tags",
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i], key) == 0)
			return true;
	return false;
}

/* A key differs from those beside it and from those further out: a bare key
 * must mean one field. */
static bool
collide(const struct form_field *one, const struct form_field *two)
{
	if (!one->key || !two->key || strcmp(one->key, two->key) != 0)
		return false;
	for (const struct form_field *at = one; at; at = at->parent)
		if (at->parent == two->parent)
			return true;
	return false;
}

static void
check_key(struct reader *r, const struct form_field *field)
{
	const struct form *f = r->form;

	if (field->key && is_reserved(field->key))
		form_error(r, field->line, _("\"%s\" is a word of expressions and no key"), field->key);
	for (size_t i = 0; i < f->every_count; i++)
		if (f->every[i] != field && f->every[i]->id < field->id &&
		    (collide(field, f->every[i]) || collide(f->every[i], field))) {
			form_error(r, field->line, _("field \"%s\" is there already, in line %d"),
			           field->key, f->every[i]->line);
			return;
		}
}

/* ---- types ---- */

#define T(type) | 1u << (type)

static const unsigned with_choices = 0u T(FORM_CHOICE) T(FORM_CHOICES);
static const unsigned with_list = 0u T(FORM_CHOICE) T(FORM_CHOICES) T(FORM_LANGUAGE)
    T(FORM_COUNTRY);
static const unsigned with_when = 0u T(FORM_DATE) T(FORM_PART_DATE);
static const unsigned with_min = 0u T(FORM_NUMBER) T(FORM_DECIMAL) T(FORM_REPEAT);
static const unsigned with_unit = 0u T(FORM_NUMBER) T(FORM_DECIMAL);
static const unsigned with_compute = 0u T(FORM_NUMBER) T(FORM_DECIMAL) T(FORM_MONEY)
    T(FORM_DATE) T(FORM_TIME) T(FORM_YES_NO) T(FORM_TEXT) T(FORM_CHOICE);

/* Settings that only some types of field have. */
static void
check_settings(struct reader *r, const struct form_field *field)
{
	const struct { const char *name; unsigned types; bool given; } only[] = {
		{ "choices", with_choices, field->choices && !field->list },
		{ "list", with_list, field->list != NULL },
		{ "filter", with_list, field->filter != NULL },
		{ "urgent", 0u T(FORM_DATE), field->urgent },
		{ "when", with_when, field->when != FORM_ANY_DAY },
		{ "min", with_min, field->min != INT_MIN },
		{ "max", with_min, field->max != INT_MAX },
		{ "unit", with_unit, field->unit.in[LANG_EN] != NULL },
		{ "kind", 0u T(FORM_IDENTIFIER), field->identifier >= 0 },
		{ "letters", 0u T(FORM_TEXT), field->letters != FORM_ANY_LETTERS },
		{ "pattern", 0u T(FORM_TEXT) T(FORM_REFERENCE), field->pattern != NULL },
		{ "compute", with_compute, field->compute != NULL },
		{ "fields", 0u T(FORM_REPEAT), field->fields != NULL },
	};

	for (size_t i = 0; i < COUNT_OF(only); i++)
		if (only[i].given && !(only[i].types & 1u << field->type))
			form_error(r, field->line, _("field \"%s\": \"%s\" does not fit its type"),
			           field->key, only[i].name);
}

/* Settings that some types cannot do without. */
static void
check_wanted(struct reader *r, struct form_field *field)
{
	const struct { const char *name; unsigned types; bool given; } wanted[] = {
		{ "choices", with_choices, field->choices || field->list },
		{ "kind", 0u T(FORM_IDENTIFIER), field->identifier >= 0 },
		{ "fields", 0u T(FORM_REPEAT), field->fields != NULL },
	};

	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		if (!wanted[i].given && wanted[i].types & 1u << field->type)
			form_error(r, field->line, _("field \"%s\" of type %s has no \"%s\""),
			           field->key, form_type_name(field->type), wanted[i].name);
	if (field->min > field->max)
		form_error(r, field->line, _("field \"%s\": min is larger than max"), field->key);
	if (field->compute && field->required != FORM_NEVER)
		form_error(r, field->line, _("field \"%s\" is computed: nobody can be required to "
		           "answer it"), field->key);
	if (field->require && field->required == FORM_NEVER)
		field->required = FORM_INTAKE;
}

/* What was chosen before stays readable, but something must be left to choose. */
static void
check_choices(struct reader *r, const struct form_field *field)
{
	size_t left = 0;

	for (size_t i = 0; i < field->choice_count; i++)
		left += !field->choices[i].withdrawn;
	if (r->deep && field->choice_count > 0 && left == 0)
		form_error(r, field->line, _("field \"%s\": all its choices are withdrawn; leave "
		           "one, or take the field out"), field->key);
}

/* A pattern is for the program; people are told in words. */
static void
check_pattern(struct reader *r, const struct form_field *field)
{
	bool words = field->pattern_text.in[LANG_DE] != NULL;

	if (words && !field->pattern)
		form_error(r, field->line, _("field \"%s\": \"pattern_text\" says how a "
		           "\"pattern\" looks, but there is none"), field->key);
	/* what was published before stays as it is */
	if (r->deep && field->pattern && !words && form_pattern_valid(field->pattern))
		form_error(r, field->line, _("field \"%s\": say in \"pattern_text\" how an answer "
		           "looks, with an example: nobody reads the pattern"), field->key);
}

/* A repeat counts its rows from 0 to 20 unless it says so. */
static void
check_rows(struct reader *r, struct form_field *field)
{
	if (field->type != FORM_REPEAT)
		return;
	if (field->min == INT_MIN)
		field->min = 0;
	if (field->max == INT_MAX)
		field->max = FORM_ROWS_USUAL;
	if (field->min < 0 || field->max > FORM_ROWS_MAX)
		form_error(r, field->line, _("field \"%s\": rows are counted from 0 to %d"),
		           field->key, FORM_ROWS_MAX);
	/* what was published before stays as it is */
	if (r->deep && field->min > 0 && field->required == FORM_NEVER)
		form_error(r, field->line, _("field \"%s\": nobody ever asks for its fewest rows; "
		           "set required_at = \"intake\", \"review\" or \"decision\""),
		           field->key);
}

/* ---- who may answer ---- */

/* At intake only the counter writes: a field of another unit would block. */
static bool
is_closed_at(const struct form_field *field, enum form_stage stage)
{
	return stage == FORM_INTAKE && field->owner && strcmp(field->owner, FORM_COUNTER) != 0;
}

static void
check_rules(struct reader *r, const struct form_rule *rules, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (rules[i].field && !form_find(r->form, rules[i].field))
			form_error(r, rules[i].line, _("there is no field \"%s\""), rules[i].field);
		/* what was published before stays as it is */
		if (r->deep && rules[i].at == FORM_NEVER)
			form_error(r, rules[i].line, _("this rule never speaks; set at = \"intake\", "
			           "\"review\" or \"decision\", or take it out"));
	}
}

static void
check_owner(struct reader *r, const struct form_field *field)
{
	if (field->required == FORM_INTAKE && is_closed_at(field, FORM_INTAKE))
		form_error(r, field->line, _("field \"%s\" is required at intake, but only %s may "
		           "answer it; set required_at = \"review\""), field->key, field->owner);
}

/* What the office answers itself has nobody to be read out to. */
static void
check_asks(struct reader *r, const struct form_field *field)
{
	bool asked = field->ask.in[LANG_DE] != NULL;

	if (field->asks == FORM_ASKS_OFFICE && asked)
		form_error(r, field->line, _("field \"%s\" is answered by the office, but has a "
		           "question to read out; leave out \"ask\" or set asks = \"person\""),
		           field->key);
	if (field->asks == FORM_ASKS_PERSON && field->compute)
		form_error(r, field->line, _("field \"%s\" is computed: nobody can be asked"),
		           field->key);
	for (const struct form_field *p = field->parent; p; p = p->parent)
		if (p->asks == FORM_ASKS_OFFICE && (field->asks == FORM_ASKS_PERSON || asked)) {
			form_error(r, field->line, _("field \"%s\" is asked of the person, but "
			           "\"%s\" around it is answered by the office"), field->key,
			           p->key);
			return;
		}
}

/* ---- the form ---- */

#define LEIKA_DIGITS 14

static void
check_leika(struct reader *r)
{
	const char *key = r->form->leika;

	/* what was published before stays as it is */
	if (r->deep && key && (strncmp(key, "99", 2) != 0 || strlen(key) != LEIKA_DIGITS ||
	    strspn(key, "0123456789") != LEIKA_DIGITS))
		form_error(r, r->form->leika_line, _("\"%s\" is no key of the LeiKa: it has 14 "
		           "digits, of which the first two are 99"), key);
}

static void
check_sections(struct reader *r)
{
	const struct form *f = r->form;

	for (size_t i = 0; i < f->section_count; i++)
		for (size_t j = 0; j < i; j++) {
			const char *one = f->sections[i].key, *two = f->sections[j].key;

			if (one && two && strcmp(one, two) == 0)
				form_error(r, f->sections[i].line, _("section \"%s\" is there "
				           "already, in line %d"), one, f->sections[j].line);
		}
}

static void
check_documents(struct reader *r)
{
	const struct form *f = r->form;

	for (size_t i = 0; i < f->document_count; i++) {
		const struct form_document *d = &f->documents[i];

		if (!d->key == !d->list)
			form_error(r, d->line, _("a document wants either \"key\" or \"list\""));
		if (d->list && !d->required)
			form_error(r, d->line, _("the catalogue says what of list \"%s\" is "
			                         "required; leave \"required\" out"), d->list);
	}
}

/* The first route without a condition is the last that is ever taken. */
static void
check_routes(struct reader *r)
{
	const struct form *f = r->form;

	for (size_t i = 0; i + 1 < f->route_count; i++)
		if (!f->routes[i].when && r->errors->count == 0)
			form_error(r, f->routes[i + 1].line, _("this way is never taken: the one in "
			           "line %d has no condition"), f->routes[i].line);
}

void
form_check(struct reader *r)
{
	const struct form *f = r->form;

	check_leika(r);
	check_sections(r);
	for (size_t i = 0; i < f->every_count; i++) {
		check_key(r, f->every[i]);
		check_settings(r, f->every[i]);
		check_wanted(r, f->every[i]);
		check_rows(r, f->every[i]);
		check_choices(r, f->every[i]);
		check_pattern(r, f->every[i]);
		check_owner(r, f->every[i]);
		check_asks(r, f->every[i]);
		check_rules(r, f->every[i]->rules, f->every[i]->rule_count);
	}
	check_rules(r, f->rules, f->rule_count);
	check_documents(r);
	check_routes(r);
}
