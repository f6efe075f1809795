/*
 * migrate.c - layer 1: how answers move on from an older version of a form:
 * read and checked.  move.c does it.
 */
#include "setting.h"

#include <string.h>

#include "form_example.h"

static const struct group step_group, rename_group, map_group, default_group;

#define MOVES_MAX 512            /* of one step */

/* ---- reading ---- */

static struct form_move *
add_move(struct reader *r, struct form_step *step, enum form_move_kind kind, int line)
{
	if (step->count == MOVES_MAX) {
		form_error(r, line, _("there are more than %d moves in one step"), MOVES_MAX);
		step->count--;
	}
	step->moves[step->count] = (struct form_move){ .kind = kind, .line = line };
	return &step->moves[step->count++];
}

static void
read_moves(struct reader *r, const config_setting_t *s, struct form_step *step,
           enum form_move_kind kind, const struct group *g)
{
	size_t n = list_length(r, s);

	for (size_t i = 0; i < n; i++)
		group_read(r, list_entry(s, i), g,
		           add_move(r, step, kind, setting_line(list_entry(s, i))));
}

static void
read_rename(struct reader *r, const config_setting_t *s, void *to)
{
	read_moves(r, s, to, FORM_RENAME, &rename_group);
}

static void
read_map(struct reader *r, const config_setting_t *s, void *to)
{
	read_moves(r, s, to, FORM_MAP, &map_group);
}

static void
read_default(struct reader *r, const config_setting_t *s, void *to)
{
	read_moves(r, s, to, FORM_DEFAULT, &default_group);
}

static void
read_named(struct reader *r, const config_setting_t *s, struct form_step *step,
           enum form_move_kind kind)
{
	size_t n;
	const char **keys = list_strings(r, s, &n);

	for (size_t i = 0; i < n; i++)
		add_move(r, step, kind, setting_line(list_entry(s, i)))->field = keys[i];
}

static void
read_ask(struct reader *r, const config_setting_t *s, void *to)
{
	read_named(r, s, to, FORM_ASK);
}

static void
read_drop(struct reader *r, const config_setting_t *s, void *to)
{
	read_named(r, s, to, FORM_DROP);
}

void
read_steps(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->step_count = list_length(r, s);
	f->steps = arena_array(r->a, struct form_step, f->step_count + 1);
	for (size_t i = 0; i < f->step_count; i++) {
		f->steps[i].moves = arena_array(r->a, struct form_move, MOVES_MAX + 1);
		f->steps[i].line = setting_line(list_entry(s, i));
		group_read(r, list_entry(s, i), &step_group, &f->steps[i]);
	}
}

/* ---- checking ---- */

static void
check_value(struct reader *r, const struct form_field *field, const struct form_move *m)
{
	struct form_value v;

	if (m->value && !form_value_read(field, m->value, &v))
		form_error(r, m->line, _("\"%s\" is no value of field \"%s\""), m->value, field->key);
}

/* The key of the repeat in "children.born"; "" for one that is in none. */
static const char *
repeat_of(struct arena *a, const char *key)
{
	const char *point = strrchr(key, '.');

	return point ? arena_strndup(a, key, (size_t)(point - key)) : "";
}

/* Rows keep their repeat, however it is called now: an answer of one row has no
 * place in another. */
static void
check_rename(struct reader *r, const struct form_step *step, const struct form_field *field,
             const struct form_move *m)
{
	const char *was = field->parent ? form_older_key(r->a, step, field->parent) : "";

	if (strcmp(repeat_of(r->a, m->old), was) != 0)
		form_error(r, m->line, _("\"%s\" cannot become \"%s\": a field stays in its "
		           "repeat"), m->old, m->field);
}

static void
check_move(struct reader *r, const struct form_step *step, const struct form_move *m)
{
	const struct form_field *field = m->field ? form_path_field(r->form, m->field) : NULL;

	if (!m->field)
		return;
	if (m->kind == FORM_DROP) {
		if (field)
			form_error(r, m->line, _("\"%s\" is a field of this version and cannot be "
			           "dropped"), m->field);
		return;
	}
	if (!field) {
		form_error(r, m->line, _("there is no field \"%s\""), m->field);
		return;
	}
	check_value(r, field, m);
	if (m->kind == FORM_RENAME && m->old)
		check_rename(r, step, field, m);
	for (const struct form_move *other = step->moves; other < m; other++)
		if (other->kind == m->kind && m->kind != FORM_MAP && other->field &&
		    strcmp(other->field, m->field) == 0)
			form_error(r, m->line, _("field \"%s\" is there already, in line %d"),
			           m->field, other->line);
}

void
form_check_steps(struct reader *r)
{
	const struct form *f = r->form;

	for (size_t i = 0; i < f->step_count; i++) {
		const struct form_step *step = &f->steps[i];

		if (step->from < 1 || step->from >= f->version)
			form_error(r, step->line, _("\"from\" is a version before this one, %d"),
			           f->version);
		for (size_t k = 0; k < step->count; k++)
			check_move(r, step, &step->moves[k]);
	}
}

/* ---- tables ---- */

#define MUST true
#define MAY false

static const struct setting step_settings[] = {
	{ "from", setting_whole, offsetof(struct form_step, from), MUST },
	{ "rename", read_rename, 0, MAY },
	{ "map", read_map, 0, MAY },
	{ "default", read_default, 0, MAY },
	{ "ask", read_ask, 0, MAY },
	{ "drop", read_drop, 0, MAY },
};

static const struct setting rename_settings[] = {
	{ "old", setting_path, offsetof(struct form_move, old), MUST },
	{ "new", setting_path, offsetof(struct form_move, field), MUST },
};

static const struct setting map_settings[] = {
	{ "field", setting_path, offsetof(struct form_move, field), MUST },
	{ "old", setting_string, offsetof(struct form_move, old), MUST },
	{ "new", setting_string, offsetof(struct form_move, value), MUST },
};

static const struct setting default_settings[] = {
	{ "field", setting_path, offsetof(struct form_move, field), MUST },
	{ "value", setting_string, offsetof(struct form_move, value), MUST },
};

static const struct group step_group = { step_settings, COUNT_OF(step_settings) };
static const struct group rename_group = { rename_settings, COUNT_OF(rename_settings) };
static const struct group map_group = { map_settings, COUNT_OF(map_settings) };
static const struct group default_group = { default_settings, COUNT_OF(default_settings) };
