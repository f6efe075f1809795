/*
 * move.c - layer 1: answers move on from an older version of a form, through
 * the versions between if need be.  Called by the office's migration.  Must
 * never lose an answer in silence.
 *
 * Keys of fields in rows have points in moves: "children.born", in each row.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#include "form_example.h"

/* ---- keys ---- */

const char *
form_full_key(struct arena *a, const struct form_field *field)
{
	if (!field->parent)
		return field->key;
	return arena_printf(a, "%s.%s", form_full_key(a, field->parent), field->key);
}

static const struct form_field *
beside(const struct form *f, const struct form_field *repeat, const char *key, size_t n)
{
	const struct form_field *fields = repeat ? repeat->fields : f->fields;
	size_t count = repeat ? repeat->field_count : f->field_count;

	for (size_t i = 0; i < count; i++)
		if (fields[i].key && strlen(fields[i].key) == n &&
		    strncmp(fields[i].key, key, n) == 0)
			return &fields[i];
	return NULL;
}

/* ---- moves ---- */

const struct form_step *
form_step_from(const struct form *f, int from)
{
	for (size_t i = 0; i < f->step_count; i++)
		if (f->steps[i].from == from)
			return &f->steps[i];
	return NULL;
}

static const struct form_move *
move_of(const struct form_step *step, enum form_move_kind kind, const char *key, bool old)
{
	for (size_t i = 0; i < step->count; i++) {
		const char *of = old ? step->moves[i].old : step->moves[i].field;

		if (step->moves[i].kind == kind && of && strcmp(of, key) == 0)
			return &step->moves[i];
	}
	return NULL;
}

const char *
form_older_key(struct arena *a, const struct form_step *step, const struct form_field *field)
{
	const char *key = form_full_key(a, field);
	const struct form_move *renamed = move_of(step, FORM_RENAME, key, false);

	if (renamed && renamed->old)
		return renamed->old;
	if (!field->parent)
		return key;
	return arena_printf(a, "%s.%s", form_older_key(a, step, field->parent), field->key);
}

/* The key now of one that was called older; NULL: it has no place any more. */
static const char *
newer_key(struct arena *a, const struct form *f, const struct form_step *step, const char *older)
{
	for (size_t i = 0; i < f->every_count; i++)
		if (strcmp(form_older_key(a, step, f->every[i]), older) == 0)
			return form_full_key(a, f->every[i]);
	return NULL;
}

static const char *
mapped(const struct form_step *step, const char *field, const char *value)
{
	for (size_t i = 0; i < step->count; i++) {
		const struct form_move *m = &step->moves[i];

		if (m->kind == FORM_MAP && strcmp(m->field, field) == 0 &&
		    strcmp(m->old, value) == 0)
			return m->value;
	}
	return NULL;
}

/* ---- one step ---- */

struct carrier {
	struct arena *a;
	const struct form *form; /* of the newer version */
	const struct form_step *step;
	struct form_migration *m;
};

static void
add_name(struct arena *a, const char ***list, size_t *n, const char *name)
{
	const char **grown;

	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i], name) == 0)
			return;
	if ((*n & (*n - 1)) == 0) {      /* full at each power of two */
		grown = arena_array(a, const char *, *n * 2 + 1);
		if (*n > 0)
			memcpy(grown, *list, *n * sizeof(*grown));
		*list = grown;
	}
	(*list)[(*n)++] = arena_strdup(a, name);
}

static json_t *carry_row(struct carrier *c, const char *older, const struct form_field *repeat,
                         const json_t *answers);

/* Stored rows are a text, as every answer is; those in rows a list. */
static json_t *
carry_rows(struct carrier *c, const char *older, const struct form_field *repeat,
           const json_t *value)
{
	const char *text = json_string_value(value);
	json_t *old = text ? json_loads(text, 0, NULL) : json_incref((json_t *)(uintptr_t)value);
	json_t *rows = json_array(), *row;
	char *dump;
	size_t i;

	json_array_foreach(old, i, row)
		json_array_append_new(rows, carry_row(c, older, repeat, row));
	json_decref(old);
	if (!text)
		return rows;
	dump = json_dumps(rows, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(rows);
	rows = json_string(dump);
	free(dump);
	return rows;
}

static const struct form_field *
field_now(struct carrier *c, const char *older, const struct form_field *repeat, const char *key)
{
	const struct form_move *renamed = move_of(c->step, FORM_RENAME, older, true);
	const char *point = renamed ? strrchr(renamed->field, '.') : NULL;
	const char *to = !renamed ? key : point ? point + 1 : renamed->field;

	return beside(c->form, repeat, to, strlen(to));
}

/* One answer of the older version finds its place, or is named as lost. */
static void
carry(struct carrier *c, const char *older, const struct form_field *repeat, const char *key,
      const json_t *value, json_t *row)
{
	const struct form_field *field = field_now(c, older, repeat, key);
	const char *text = json_string_value(value), *other;
	struct form_value v;

	if (field && field->type == FORM_REPEAT) {
		json_object_set_new(row, field->key, carry_rows(c, older, field, value));
		return;
	}
	other = field && text ? mapped(c->step, form_full_key(c->a, field), text) : NULL;
	text = other ? other : text;
	if (field && text && form_value_read(field, text, &v))
		json_object_set_new(row, field->key, json_string(text));
	else if (field && !text)
		json_object_set(row, field->key, (json_t *)(uintptr_t)value);
	else if (!move_of(c->step, FORM_DROP, older, false))
		add_name(c->a, &c->m->lost, &c->m->lost_count, older);
}

static void
fill_in(struct carrier *c, const struct form_field *repeat, json_t *row)
{
	for (size_t i = 0; i < c->step->count; i++) {
		const struct form_move *move = &c->step->moves[i];
		const struct form_field *field = move->kind == FORM_DEFAULT
		    ? form_path_field(c->form, move->field) : NULL;

		if (field && field->parent == repeat && !json_object_get(row, field->key))
			json_object_set_new(row, field->key, json_string(move->value));
	}
}

static json_t *
carry_row(struct carrier *c, const char *older, const struct form_field *repeat,
          const json_t *answers)
{
	json_t *row = json_object(), *value;
	const char *key;

	json_object_foreach((json_t *)(uintptr_t)answers, key, value)
		carry(c, older ? arena_printf(c->a, "%s.%s", older, key) : key, repeat, key,
		      value, row);
	fill_in(c, repeat, row);
	return row;
}

/* ---- what is still to be asked ---- */

/* Is it seen in one row at least, and not answered there? */
static bool
lacks(const struct form_row *row, const struct form_field *field)
{
	const struct form_field *within = field;
	const struct form_cell *cell;

	while (within->parent != row->repeat)
		within = within->parent;
	cell = &row->cells[within->place];
	if (within == field)
		return cell->seen && !cell->text && !cell->wrong && cell->row_count == 0;
	for (size_t i = 0; i < cell->row_count; i++)
		if (lacks(&cell->rows[i], field))
			return true;
	return false;
}

/* The key under which the last of a way knows what one of its stations asks. */
static const char *
key_at_the_end(struct arena *a, const struct form *const *way, size_t at, size_t n,
               const char *key)
{
	for (size_t i = at + 1; key && i < n; i++)
		key = newer_key(a, way[i], form_step_from(way[i], way[i - 1]->version), key);
	return key;
}

size_t
form_ask_since(struct arena *a, const struct form *const *way, size_t n, int from,
               const json_t *answers, const struct form_world *world, const char ***ask)
{
	const struct form *end = n > 0 ? way[n - 1] : NULL;
	const struct form_state *now = end ? form_evaluate(a, end, answers, world) : NULL;
	size_t count = 0;

	*ask = NULL;
	for (size_t i = 0; i < n; from = way[i++]->version) {
		const struct form_step *step = form_step_from(way[i], from);

		for (size_t k = 0; k < step->count; k++) {
			const char *key = step->moves[k].kind == FORM_ASK
			    ? key_at_the_end(a, way, i, n, step->moves[k].field) : NULL;
			const struct form_field *field = key ? form_path_field(end, key) : NULL;

			if (field && lacks(now->root, field))
				add_name(a, ask, &count, key);
		}
	}
	return count;
}

/* ---- the whole way ---- */

bool
form_migrate(struct arena *a, const struct form *const *way, size_t n, int from,
             const json_t *answers, const struct form_world *world,
             struct form_migration *m)
{
	int version = from;

	*m = (struct form_migration){ .answers = json_deep_copy(answers) };
	for (size_t i = 0; i < n; version = way[i++]->version) {
		struct carrier c = { a, way[i], form_step_from(way[i], version), m };
		json_t *before = m->answers;

		m->answers = c.step ? carry_row(&c, NULL, NULL, before) : NULL;
		json_decref(before);
		if (!c.step)
			return false;
	}
	m->ask_count = form_ask_since(a, way, n, from, m->answers, world, &m->ask);
	return true;
}
