/*
 * explain.c - layer 1: answers in words where their text alone does not say it:
 * who a person is, and how a computed field comes about.  Called by whoever
 * shows answers.  Must never compute anew: it shows what the state has found.
 */
#include "expr.h"

#include <string.h>

/* ---- people ---- */

/* A person is a number, and who that is. */
static const char *
people_named(struct arena *a, const char *canonical, const json_t *names)
{
	const char *all = "";
	size_t length;

	for (const char *at = canonical; *at; at += length + (at[length] == ',')) {
		const char *id, *name;

		length = strcspn(at, ",");
		id = arena_strndup(a, at, length);
		name = json_string_value(json_object_get(names, id));
		all = arena_printf(a, "%s%s%s", all, *all ? "; " : "", name ? name : id);
	}
	return all;
}

const char *
form_value_tell(struct arena *a, const struct form_field *field, const char *canonical,
                const json_t *names)
{
	if (field->type == FORM_PERSON || field->type == FORM_MEMBERS)
		return people_named(a, canonical, names);
	if (field->type == FORM_REPEAT)
		return form_rows_tell(a, field, canonical, names);
	return form_value_show(a, field, canonical);
}

/* ---- computed fields ---- */

#define SOURCES_MAX 32           /* nobody reads more */

struct sources {
	const struct form_field *field[SOURCES_MAX];
	size_t count;
};

static void
add_source(void *self, const struct form_field *field)
{
	struct sources *s = self;

	for (size_t i = 0; i < s->count; i++)
		if (s->field[i] == field)
			return;
	if (s->count < SOURCES_MAX && field->type != FORM_REPEAT)
		s->field[s->count++] = field;
}

static const char *
label_of(struct arena *a, const struct form_row *row, const struct form_field *field)
{
	if (!row->repeat)
		return form_say(&field->label);
	return arena_printf(a, "%s %zu, %s", form_say(&row->repeat->label), row->number,
	                    form_say(&field->label));
}

static const char *
value_of(struct arena *a, const struct form_cell *cell)
{
	if (!cell->seen)
		return _("not asked");
	return cell->text ? form_value_show(a, cell->field, cell->text) : _("not known yet");
}

/* The field in each row where it is, from row on inwards. */
static void
add_values(struct arena *a, const struct form_row *row, const struct form_field *field,
           const char **all)
{
	const struct form_field *step = field->parent;
	const struct form_cell *cell;

	if (row->repeat == field->parent) {
		cell = &row->cells[field->place];
		*all = arena_printf(a, "%s%s%s: %s", *all, **all ? " · " : "",
		                    label_of(a, row, field), value_of(a, cell));
		return;
	}
	while (step->parent != row->repeat)
		step = step->parent;
	cell = &row->cells[step->place];
	for (size_t i = 0; i < cell->row_count; i++)
		add_values(a, &cell->rows[i], field, all);
}

/* Is field to be seen from row: there, further out, or only further in? */
static const struct form_row *
row_for(const struct form_row *row, const struct form_field *field)
{
	for (; row->outer; row = row->outer)
		for (const struct form_field *f = field; f; f = f->parent)
			if (f->parent == row->repeat)
				return row;
	return row;
}

const char *
form_explain(struct arena *a, const struct form_row *row, const struct form_field *field)
{
	struct sources sources = { .count = 0 };
	const char *all = "";

	if (!field->compute)
		return "";
	form_expr_fields(field->compute, add_source, &sources);
	for (size_t i = 0; i < sources.count; i++)
		add_values(a, row_for(row, sources.field[i]), sources.field[i], &all);
	return arena_printf(a, _("Computed: %s%s%s"), field->compute->source, *all ? "\n" : "", all);
}
