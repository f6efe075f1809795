/*
 * example.c - layer 1: the examples of a form: read, and run.  Read through
 * the tables of parse.c, run by form-check and before a form is published.
 */
#include "setting.h"

#include <stdlib.h>
#include <string.h>

#include "form_example.h"

static const struct group example_group;

/* ---- reading ---- */

static json_t *json_of(struct reader *r, const config_setting_t *s);

static json_t *
json_group(struct reader *r, const config_setting_t *s)
{
	json_t *group = json_object();

	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);

		json_object_set_new(group, config_setting_name(one), json_of(r, one));
	}
	return group;
}

static json_t *
json_of(struct reader *r, const config_setting_t *s)
{
	json_t *list = NULL;

	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:
		return json_group(r, s);
	case CONFIG_TYPE_STRING:
		return json_string(config_setting_get_string(s));
	case CONFIG_TYPE_BOOL:
		return json_boolean(config_setting_get_bool(s));
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return json_integer(config_setting_get_int64(s));
	case CONFIG_TYPE_FLOAT:
		return json_real(config_setting_get_float(s));
	default:
		list = json_array();
		for (int i = 0; i < config_setting_length(s); i++)
			json_array_append_new(list,
			    json_of(r, config_setting_get_elem(s, (unsigned)i)));
		return list;
	}
}

static void
keep_json(struct reader *r, json_t *json, const char **to)
{
	char *dump = json_dumps(json, JSON_COMPACT);

	*to = arena_strdup(r->a, dump ? dump : "{}");
	free(dump);
	json_decref(json);
}

static void
read_json(struct reader *r, const config_setting_t *s, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_GROUP)
		form_error(r, setting_line(s), _("\"%s\" wants answers: { key = value; }"),
		           config_setting_name(s));
	else
		keep_json(r, json_group(r, s), to);
}

/* { total = 12; }, or ( { path = "kids[1].sum"; value = 12; } ): a key of
 * libconfig has no brackets. */
static void
read_computed(struct reader *r, const config_setting_t *s, void *to)
{
	json_t *all = json_object();

	if (config_setting_type(s) != CONFIG_TYPE_LIST) {
		json_decref(all);
		read_json(r, s, to);
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);
		const config_setting_t *value = config_setting_get_member(one, "value");
		const char *path;

		if (value && config_setting_lookup_string(one, "path", &path))
			json_object_set_new(all, path, json_of(r, value));
		else
			form_error(r, setting_line(one), _("a group { path = \"...\"; value = ...; } "
			           "is wanted here"));
	}
	keep_json(r, all, to);
}

static void
read_names(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_names *names = to;
	bool none = config_setting_is_aggregate(s) && config_setting_length(s) == 0;

	names->list = none ? arena_make(r->a, const char *) : list_strings(r, s, &names->count);
}

/* A word or "" for none. */
static void
read_outcome(struct reader *r, const config_setting_t *s, void *to)
{
	const char *text = config_setting_get_string(s);

	*(const char **)to = text && !*text ? "" : setting_string_of(r, s);
}

void
read_examples(struct reader *r, const config_setting_t *s, void *to)
{
	struct form *f = to;

	f->example_count = list_length(r, s);
	f->examples = arena_array(r->a, struct form_example, f->example_count + 1);
	for (size_t i = 0; i < f->example_count; i++) {
		f->examples[i] = (struct form_example){
			.today = DAY_NONE, .stage = FORM_INTAKE, .given = "{}",
			.line = setting_line(list_entry(s, i)),
		};
		group_read(r, list_entry(s, i), &example_group, &f->examples[i]);
	}
}

/* ---- running ---- */

struct trial {
	struct arena *a;
	const char *file;
	const struct form_example *example;
	const struct form_state *state;
	const char **red;
	size_t count, room;
};

static void
add_red(struct trial *t, const char *what, const char *expected, const char *found)
{
	if (t->count == t->room)
		return;
	t->red[t->count++] = arena_printf(t->a,
	    _("%s:%d: example \"%s\": %s: expected %s, found %s"), t->file, t->example->line,
	    t->example->name, what, *expected ? expected : _("nothing"),
	    *found ? found : _("nothing"));
}

static bool
is_among(const struct form_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->list[i], name) == 0)
			return true;
	return false;
}

static const char *
joined(struct arena *a, const struct form_names *names)
{
	const char *all = "";

	for (size_t i = 0; i < names->count; i++)
		all = arena_printf(a, "%s%s%s", all, i ? ", " : "", names->list[i]);
	return all;
}

/* Exactly these, in any order. */
static void
compare(struct trial *t, const char *what, const struct form_names *expected,
        const struct form_names *found)
{
	bool same = true;

	if (!expected->list)
		return;
	for (size_t i = 0; i < expected->count; i++)
		same = same && is_among(found, expected->list[i]);
	for (size_t i = 0; i < found->count; i++)
		same = same && is_among(expected, found->list[i]);
	if (!same)
		add_red(t, what, joined(t->a, expected), joined(t->a, found));
}

static void
add_name(struct form_names *names, const char *name)
{
	if (!is_among(names, name))
		names->list[names->count++] = name;
}

static struct form_names
found_paths(struct trial *t, enum form_severity severity, bool missing)
{
	const struct form_state *s = t->state;
	struct form_names found = { arena_array(t->a, const char *, s->finding_count + 1), 0 };

	for (size_t i = 0; i < s->finding_count; i++)
		if (s->findings[i].severity == severity && s->findings[i].missing == missing)
			add_name(&found, s->findings[i].path);
	return found;
}

static struct form_names
found_documents(struct trial *t)
{
	const struct form_state *s = t->state;
	struct form_names found = { arena_array(t->a, const char *, s->need_count + 1), 0 };

	for (size_t i = 0; i < s->need_count; i++)
		add_name(&found, s->needs[i].key ? s->needs[i].key : s->needs[i].list);
	return found;
}

enum asked { IS_VISIBLE, IS_HIDDEN, IS_REQUIRED };

/* A slip of the pen: an answer that goes nowhere proves nothing. */
static void
check_given(struct trial *t)
{
	const struct form_state *s = t->state;

	for (size_t i = 0; i < s->finding_count; i++) {
		const char *path = s->findings[i].path;

		if (*path && !form_cell_at(s, path) && !is_among(&t->example->errors, path))
			add_red(t, "given", path, arena_printf(t->a, _("no field \"%s\""), path));
	}
}

static void
check_cells(struct trial *t, const char *what, const struct form_names *paths, enum asked asked)
{
	for (size_t i = 0; i < paths->count; i++) {
		const struct form_cell *cell = form_cell_at(t->state, paths->list[i]);
		const char *path = paths->list[i];

		if (!cell)
			add_red(t, what, path, arena_printf(t->a, _("no field \"%s\""), path));
		else if (asked == IS_REQUIRED && !cell->required)
			add_red(t, what, path, _("that it is not required"));
		else if (asked == IS_VISIBLE && !cell->seen)
			add_red(t, what, path, _("that it is hidden"));
		else if (asked == IS_HIDDEN && cell->seen)
			add_red(t, what, path, _("that it is visible"));
	}
}

static void
check_computed(struct trial *t)
{
	json_t *computed = t->example->computed ? json_loads(t->example->computed, 0, NULL) : NULL;
	const char *path;
	json_t *json;

	json_object_foreach(computed, path, json) {
		const struct form_cell *cell = form_cell_at(t->state, path);
		const char *expected = json_string_value(json);
		const char *found = cell && cell->text ? cell->text : "";

		if (json_is_integer(json))
			expected = arena_printf(t->a, "%lld", (long long)json_integer_value(json));
		else if (json_is_boolean(json))
			expected = json_is_true(json) ? "yes" : "no";
		else if (json_is_real(json))
			expected = arena_printf(t->a, "%g", json_real_value(json));
		if (!expected || strcmp(expected, found) != 0)
			add_red(t, arena_printf(t->a, "computed %s", path), expected ? expected : "?",
			        arena_strdup(t->a, found));
	}
	json_decref(computed);
}

static void
check_word(struct trial *t, const char *what, const char *expected, const char *found)
{
	if (expected && strcmp(expected, found) != 0)
		add_red(t, what, expected, found);
}

static void
check_example(struct trial *t)
{
	const struct form_example *e = t->example;
	struct form_names errors = found_paths(t, FORM_STOP, false);
	struct form_names missing = found_paths(t, FORM_STOP, true);
	struct form_names warnings = found_paths(t, FORM_WARN, false);
	struct form_names hints = found_paths(t, FORM_HINT, false);
	struct form_names documents = found_documents(t);
	char due[11];

	check_given(t);
	check_cells(t, "visible", &e->visible, IS_VISIBLE);
	check_cells(t, "hidden", &e->hidden, IS_HIDDEN);
	check_cells(t, "required", &e->required, IS_REQUIRED);
	compare(t, "missing", &e->missing, &missing);
	compare(t, "errors", &e->errors, &errors);
	compare(t, "warnings", &e->warnings, &warnings);
	compare(t, "hints", &e->hints, &hints);
	compare(t, "documents", &e->documents, &documents);
	check_computed(t);
	check_word(t, "route", e->route, t->state->route ? t->state->route->unit : "");
	check_word(t, "urgency", e->urgency, form_level_name(t->state->level));
	check_word(t, "due", e->due, day_iso(t->state->due, due));
}

#define RED_MAX 200

size_t
form_examples_run(struct arena *a, const struct form *f, const char *file,
                  const struct form_world *world, const char ***red)
{
	struct trial t = {
		.a = a, .file = file, .red = arena_array(a, const char *, RED_MAX), .room = RED_MAX,
	};

	for (size_t i = 0; i < f->example_count; i++) {
		const struct form_example *e = &f->examples[i];
		struct form_world w = *world;
		json_t *given = json_loads(e->given, 0, NULL);

		w.today = e->today == DAY_NONE ? world->today : e->today;
		w.stage = e->stage;
		t.example = e;
		t.state = form_evaluate(a, f, given, &w);
		check_example(&t);
		json_decref(given);
	}
	*red = t.red;
	return t.count;
}

/* ---- table ---- */

#define MUST true
#define MAY false
#define AT(member) offsetof(struct form_example, member)

static const struct setting example_settings[] = {
	{ "name", setting_string, AT(name), MUST },
	{ "today", setting_day, AT(today), MAY },
	{ "stage", setting_stage, AT(stage), MAY },
	{ "given", read_json, AT(given), MUST },
	{ "visible", read_names, AT(visible), MAY },
	{ "hidden", read_names, AT(hidden), MAY },
	{ "required", read_names, AT(required), MAY },
	{ "missing", read_names, AT(missing), MAY },
	{ "errors", read_names, AT(errors), MAY },
	{ "warnings", read_names, AT(warnings), MAY },
	{ "hints", read_names, AT(hints), MAY },
	{ "documents", read_names, AT(documents), MAY },
	{ "computed", read_computed, AT(computed), MAY },
	{ "route", read_outcome, AT(route), MAY },
	{ "urgency", read_outcome, AT(urgency), MAY },
	{ "due", read_outcome, AT(due), MAY },
};

static const struct group example_group = { example_settings, COUNT_OF(example_settings) };
