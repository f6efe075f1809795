/*
 * missing.c - layer 1: what a form still lacks, and by when: the one answer of
 * engine and client to "is it complete?".  Called by service/gaps.c and by the
 * take-in.  Must never count what no answer would mend: that is a fault.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

/* Not answered though needed; too few rows are answers that lack, too. */
static bool
is_gap(const struct form_state *s, const struct form_finding *f)
{
	const struct form_cell *cell;

	if (f->missing || f->severity != FORM_STOP)
		return f->missing;
	cell = form_cell_at(s, f->path);
	return cell && cell->field->type == FORM_REPEAT && !cell->wrong &&
	    (int)cell->row_count < cell->field->min;
}

static bool
is_known(const struct form_gap *gaps, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(gaps[i].path, path) == 0)
			return true;
	return false;
}

/* What is missing first at a stage: it is needed by then. */
static size_t
add_stage(const struct form_state *s, struct form_gap *gaps, size_t n)
{
	for (size_t i = 0; i < s->finding_count; i++) {
		const struct form_finding *f = &s->findings[i];

		if (is_gap(s, f) && !is_known(gaps, n, f->path))
			gaps[n++] = (struct form_gap){ s->world->stage, f->path, f->field };
	}
	return n;
}

size_t
form_missing(struct arena *a, const struct form *f, const json_t *answers,
             const struct form_world *world, struct form_gap **gaps)
{
	const struct form_state *at[FORM_NEVER];
	size_t room = 1, n = 0;

	for (enum form_stage stage = FORM_INTAKE; stage < FORM_NEVER; stage++) {
		struct form_world *then = arena_make(a, struct form_world);

		*then = *world;
		then->stage = stage;
		at[stage] = form_evaluate(a, f, answers, then);
		room += at[stage]->finding_count;
	}
	*gaps = arena_array(a, struct form_gap, room);
	for (enum form_stage stage = FORM_INTAKE; stage < FORM_NEVER; stage++)
		n = add_stage(at[stage], *gaps, n);
	return n;
}

size_t
form_stops(struct arena *a, const struct form *f, const json_t *answers,
           const struct form_world *world, const char ***sentences)
{
	const struct form_state *s = form_evaluate(a, f, answers, world);
	size_t n = 0;

	*sentences = arena_array(a, const char *, s->finding_count + 1);
	for (size_t i = 0; i < s->finding_count; i++)
		if (s->findings[i].severity == FORM_STOP && !is_gap(s, &s->findings[i]))
			(*sentences)[n++] = s->findings[i].sentence;
	return n;
}

/* ---- names ---- */

const char *
form_text_in(const struct form_text *t, const char *lang)
{
	enum lang own;

	if (lang_by_code(lang, &own))
		return t->in[own];
	for (const struct form_translation *x = t->more; x; x = x->next)
		if (strcmp(x->lang, lang) == 0)
			return x->text;
	return NULL;
}

/* The field that the path names next among fields; path and fields go on to
 * what is in its rows, path to "" at its end. */
static const struct form_field *
next_field(const struct form_field **fields, size_t *count, const char **path, unsigned long *row)
{
	size_t n = strcspn(*path, "[.");
	const struct form_field *found = NULL;

	for (size_t i = 0; i < *count && !found; i++)
		if (strlen((*fields)[i].key) == n && strncmp((*fields)[i].key, *path, n) == 0)
			found = &(*fields)[i];
	*row = (*path)[n] == '[' ? strtoul(*path + n + 1, NULL, 10) : 0;
	*path = (*path)[n] ? strchr(*path + n, '.') : "";
	*path = !*path ? "" : **path ? *path + 1 : *path;
	if (found) {
		*fields = found->fields;
		*count = found->field_count;
	}
	return found;
}

const struct form_field *
form_path_field(const struct form *f, const char *path)
{
	const struct form_field *fields = f->fields, *field;
	size_t count = f->field_count;
	unsigned long row;

	do
		field = next_field(&fields, &count, &path, &row);
	while (field && *path);
	return field;
}

const char *
form_path_label(struct arena *a, const struct form *f, const char *path, const char *lang)
{
	const struct form_field *fields = f->fields;
	size_t count = f->field_count;
	const char *all = "";

	do {
		unsigned long row;
		const struct form_field *field = next_field(&fields, &count, &path, &row);
		const char *label = field ? form_text_in(&field->label, lang) : NULL;

		if (!label)
			return NULL;
		all = row ? arena_printf(a, "%s%s %lu, ", all, label, row)
		          : arena_printf(a, "%s%s%s", all, label, *path ? ", " : "");
	} while (*path);
	return all;
}
