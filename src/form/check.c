/*
 * check.c - layer 1: rules of a form that need all of it.  Called once by
 * form_parse.  Must never stop at the first error.
 */
#include "inside.h"

#include <limits.h>
#include <string.h>

/* Words of the condition language cannot be keys. */
static bool
is_reserved(const char *key)
{
	static const char *const words[] = { "and", "or", "not", "in", "empty" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i], key) == 0)
			return true;
	return false;
}

static void
check_choices(struct reader *r, const struct form_field *field)
{
	for (size_t i = 0; i < field->choice_count; i++)
		for (size_t j = 0; j < i; j++) {
			const char *one = field->choices[i].key, *two = field->choices[j].key;

			if (one && two && strcmp(one, two) == 0)
				form_error(r, field->line, _("field \"%s\" has the choice \"%s\" twice"),
				           field->key, one);
		}
}

/* Settings that only one type of field has. */
static void
check_type(struct reader *r, const struct form_field *field)
{
	const struct {
		const char *name;
		enum form_type type;
		bool given;
	} only[] = {
		{ "choices", FORM_CHOICE, field->choices != NULL },
		{ "urgent", FORM_DATE, field->urgent },
		{ "when", FORM_DATE, field->when != FORM_ANY_DAY },
		{ "min", FORM_NUMBER, field->min != INT_MIN },
		{ "max", FORM_NUMBER, field->max != INT_MAX },
		{ "unit", FORM_NUMBER, field->unit.in[LANG_EN] != NULL },
	};

	for (size_t i = 0; i < COUNT_OF(only); i++)
		if (only[i].given && only[i].type != field->type)
			form_error(r, field->line, _("field \"%s\": \"%s\" does not fit its type"),
			           field->key, only[i].name);
	if (field->type == FORM_CHOICE && !field->choices)
		form_error(r, field->line, _("field \"%s\" is a choice and has no \"choices\""),
		           field->key);
	if (field->min > field->max)
		form_error(r, field->line, _("field \"%s\": min is larger than max"), field->key);
}

static void
check_fields(struct reader *r)
{
	const struct form *f = r->form;

	for (size_t i = 0; i < f->field_count; i++) {
		const struct form_field *field = &f->fields[i];

		if (!field->key)
			continue;
		check_type(r, field);
		check_choices(r, field);
		if (is_reserved(field->key))
			form_error(r, field->line, _("\"%s\" is a word of conditions; "
			                             "choose another key"), field->key);
		for (size_t j = 0; j < i; j++)
			if (f->fields[j].key && strcmp(f->fields[j].key, field->key) == 0)
				form_error(r, field->line, _("field \"%s\" is there already, in line %d"),
				           field->key, f->fields[j].line);
	}
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

/* ---- order of conditions ---- */

enum mark { NEW, OPEN, DONE };

struct walk {
	struct reader *r;
	size_t *order;
	size_t placed;
	size_t path[FORM_FIELDS_MAX];
	size_t depth;
	enum mark mark[FORM_FIELDS_MAX];
};

static void place(void *self, size_t field);

/* "a -> b -> a" */
static void
report_cycle(struct walk *w, size_t field)
{
	const struct form *f = w->r->form;
	const char *chain = "";
	size_t at = 0;

	while (w->path[at] != field)
		at++;
	for (; at < w->depth; at++)
		chain = arena_printf(w->r->a, "%s%s -> ", chain, f->fields[w->path[at]].key);
	form_error(w->r, f->fields[field].line, _("conditions go in a circle: %s%s"), chain,
	           f->fields[field].key);
}

static void
place(void *self, size_t field)
{
	struct walk *w = self;
	const struct form *f = w->r->form;
	const struct form_section *section = &f->sections[f->fields[field].section];

	if (w->mark[field] == OPEN)
		report_cycle(w, field);
	if (w->mark[field] != NEW)
		return;
	w->mark[field] = OPEN;
	w->path[w->depth++] = field;
	if (section->show)
		form_expr_fields(section->show, place, w);
	if (f->fields[field].show)
		form_expr_fields(f->fields[field].show, place, w);
	w->depth--;
	w->mark[field] = DONE;
	w->order[w->placed++] = field;
}

static void
check_order(struct reader *r)
{
	struct form *f = r->form;
	struct walk w = { .r = r, .order = arena_array(r->a, size_t, f->field_count + 1) };

	for (size_t i = 0; i < f->field_count; i++)
		place(&w, i);
	f->order = w.order;
}

void
form_check(struct reader *r)
{
	check_sections(r);
	check_fields(r);
	check_documents(r);
	check_order(r);
	if (r->form->version < 1 && r->errors->count == 0)
		form_error(r, 1, _("\"version\" counts from 1"));
}
