/*
 * migrate.c - layer 1: how answers move on from an older version of a form:
 * read, checked, done.  Must never lose an answer in silence.
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

static void
check_move(struct reader *r, const struct form_step *step, const struct form_move *m)
{
	const struct form_field *field = m->field ? form_find(r->form, m->field) : NULL;

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

/* ---- doing ---- */

static const struct form_step *
step_from(const struct form *f, int from)
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

/* One answer of the older version finds its place, or is named as lost. */
static void
carry(struct arena *a, const struct form *f, const struct form_step *step, const char *key,
      json_t *value, struct form_migration *m)
{
	const struct form_move *renamed = move_of(step, FORM_RENAME, key, true);
	const char *to = renamed ? renamed->field : key, *text = json_string_value(value);
	const struct form_field *field = form_find(f, to);
	const char *other = field && text ? mapped(step, to, text) : NULL;
	struct form_value v;

	if (other)
		text = other;
	if (field && text && field->type != FORM_REPEAT && !form_value_read(field, text, &v))
		field = NULL;
	if (field)
		json_object_set_new(m->answers, to, text ? json_string(text) : json_incref(value));
	else if (!move_of(step, FORM_DROP, key, false))
		m->lost[m->lost_count++] = arena_strdup(a, key);
}

bool
form_migrate(struct arena *a, const struct form *f, int from, const json_t *answers,
             struct form_migration *m)
{
	const struct form_step *step = step_from(f, from);
	const char *key;
	json_t *value;

	if (!step)
		return false;
	*m = (struct form_migration){
		.answers = json_object(),
		.ask = arena_array(a, const char *, step->count + 1),
		.lost = arena_array(a, const char *, json_object_size(answers) + 1),
	};
	json_object_foreach((json_t *)(uintptr_t)answers, key, value)
		carry(a, f, step, key, value, m);
	for (size_t i = 0; i < step->count; i++) {
		const struct form_move *move = &step->moves[i];

		if (json_object_get(m->answers, move->field))
			continue;
		if (move->kind == FORM_DEFAULT)
			json_object_set_new(m->answers, move->field, json_string(move->value));
		else if (move->kind == FORM_ASK)
			m->ask[m->ask_count++] = move->field;
	}
	return true;
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
	{ "old", setting_key, offsetof(struct form_move, old), MUST },
	{ "new", setting_key, offsetof(struct form_move, field), MUST },
};

static const struct setting map_settings[] = {
	{ "field", setting_key, offsetof(struct form_move, field), MUST },
	{ "old", setting_string, offsetof(struct form_move, old), MUST },
	{ "new", setting_string, offsetof(struct form_move, value), MUST },
};

static const struct setting default_settings[] = {
	{ "field", setting_key, offsetof(struct form_move, field), MUST },
	{ "value", setting_string, offsetof(struct form_move, value), MUST },
};

static const struct group step_group = { step_settings, COUNT_OF(step_settings) };
static const struct group rename_group = { rename_settings, COUNT_OF(rename_settings) };
static const struct group map_group = { map_settings, COUNT_OF(map_settings) };
static const struct group default_group = { default_settings, COUNT_OF(default_settings) };
