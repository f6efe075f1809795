/*
 * answers.c - layer 1: a form together with answers: what is seen, what is
 * wrong, which papers, how soon.  Called by the engine, which believes only
 * this, and by the form view.  Must never trust the shape of the JSON.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

/* ---- labels ---- */

const struct form_field *
form_find(const struct form *f, const char *key)
{
	for (size_t i = 0; i < f->field_count; i++)
		if (f->fields[i].key && strcmp(f->fields[i].key, key) == 0)
			return &f->fields[i];
	return NULL;
}

bool
form_is_for_person(const struct form_field *field)
{
	for (const struct form_field *f = field; f; f = f->parent)
		if (f->asks != FORM_ASKS_UNSAID)
			return f->asks == FORM_ASKS_PERSON;
	for (const struct form_field *f = field; f; f = f->parent)
		if (f->owner)
			return field->ask.in[LANG_DE] != NULL;
	return true;
}

static const char *
say_in(const struct form_text *t, enum lang lang)
{
	for (size_t i = 0; i < FORM_LANGS; i++) {
		const char *text = t->in[((size_t)lang + i) % FORM_LANGS];

		if (text)
			return text;
	}
	return "";
}

const char *
form_say(const struct form_text *t)
{
	return say_in(t, lang_current());
}

const char *
form_say_short(const struct form_field *field)
{
	const char *text = form_say(&field->short_label);

	return *text ? text : form_say(&field->label);
}

const char *
form_label(const struct form *f, const char *key, enum lang lang)
{
	const struct form_field *field = form_find(f, key);

	return field ? say_in(&field->label, lang) : NULL;
}

static const char *const type_names[] = {
#define X(id, name) [id] = name,
	FORM_TYPE_LIST(X)
#undef X
};

const char *
form_type_name(enum form_type type)
{
	return type_names[type];
}

const char *
form_stage_name(enum form_stage stage)
{
	static const char *const names[] = { "draft", "intake", "review", "decision", "never" };

	return names[stage];
}

const char *
form_severity_name(enum form_severity severity)
{
	static const char *const names[] = { "stop", "warn", "hint" };

	return names[severity];
}

const char *
form_level_name(enum form_level level)
{
	static const char *const names[] = { "normal", "soon", "urgent" };

	return names[level];
}

/* ---- evaluating ---- */

bool
form_visible(const struct form *f, const json_t *answers, const struct form_world *world,
             const struct form_field *field)
{
	struct arena *a = arena_new();
	bool seen = form_settled(a, f, answers, world)->root->cells[field - f->fields].seen;

	arena_free(a);
	return seen;
}

/* ---- checking ---- */

size_t
form_validate(struct arena *a, const struct form *f, const json_t *answers,
              const struct form_world *world, struct form_problem **problems)
{
	const struct form_state *s;
	struct form_problem *list;
	size_t n = 0;

	if (answers && !json_is_object(answers)) {
		*problems = list = arena_make(a, struct form_problem);
		list[0].sentence = arena_strdup(a, _("Give the answers as an object: "
		                                     "{\"key\": \"value\"}."));
		return 1;
	}
	s = form_evaluate(a, f, answers, world);
	*problems = list = arena_array(a, struct form_problem, s->finding_count + 1);
	for (size_t i = 0; i < s->finding_count; i++)
		if (s->findings[i].severity == FORM_STOP)
			list[n++] = (struct form_problem){
				s->findings[i].field, s->findings[i].sentence, s->findings[i].missing,
			};
	return n;
}

/* ---- settling ---- */

static json_t *settled_row(struct arena *a, const struct form_row *row, size_t n);

/* Rows are stored as one text, as every answer is. */
static json_t *
settled_rows(struct arena *a, const struct form_cell *cell)
{
	json_t *list = json_array(), *text;
	char *dump;

	for (size_t i = 0; i < cell->row_count; i++)
		json_array_append_new(list, settled_row(a, &cell->rows[i], cell->field->field_count));
	if (cell->field->parent)
		return list;
	dump = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
	text = json_string(dump);
	free(dump);
	json_decref(list);
	return text;
}

static json_t *
settled_row(struct arena *a, const struct form_row *row, size_t n)
{
	json_t *settled = json_object();

	for (size_t i = 0; i < n; i++) {
		const struct form_cell *cell = &row->cells[i];
		const char *text = cell->seen ? cell->text : NULL;

		if (cell->seen && cell->row_count > 0)
			json_object_set_new(settled, cell->field->key, settled_rows(a, cell));
		if (text)
			text = text_clean(a, text, cell->field->type == FORM_LINES);
		if (text && *text)
			json_object_set_new(settled, cell->field->key, json_string(text));
	}
	return settled;
}

json_t *
form_settle(struct arena *a, const struct form *f, const json_t *answers,
            const struct form_world *world)
{
	return settled_row(a, form_settled(a, f, answers, world)->root, f->field_count);
}

size_t
form_pairs(struct arena *a, const json_t *answers, struct form_pair **pairs)
{
	struct form_pair *list = arena_array(a, struct form_pair, json_object_size(answers) + 1);
	size_t n = 0;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)answers, key, value) {
		struct form_pair *p = &list[n++];

		p->field = arena_strdup(a, key);
		if (json_is_string(value) && *json_string_value(value))
			p->value = arena_strdup(a, json_string_value(value));
		else if (json_is_integer(value))
			p->value = arena_printf(a, "%lld", (long long)json_integer_value(value));
		else if (json_is_boolean(value))
			p->value = json_is_true(value) ? "yes" : "no";
	}
	*pairs = list;
	return n;
}

struct form_hurry
form_hurry_of(const struct form_state *s)
{
	struct form_hurry h = { s->level, FORM_NORMAL, s->due, s->due_by_date, NULL };

	for (size_t i = 0; i < s->form->urgency_count; i++) {
		const struct form_urgency *u = &s->form->urgencies[i];

		if (!s->urgencies[i])
			continue;
		if (!u->due && u->level > h.open)
			h.open = u->level;
		if (u->level == h.level && !h.why && u->text.in[LANG_DE])
			h.why = &u->text;
	}
	return h;
}

struct form_hurry
form_hurry(const struct form *f, const json_t *answers, const struct form_world *world)
{
	struct arena *a = arena_new();
	struct form_hurry h = form_hurry_of(form_evaluate(a, f, answers, world));

	arena_free(a);
	return h;
}

/* ---- papers ---- */

struct papers {
	struct form_paper *list;
	size_t count, room;
};

static void
add_paper(struct arena *a, struct papers *p, const char *key, bool required)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->list[i].key, key) == 0) {
			p->list[i].required |= required;
			return;
		}
	if (p->count == p->room) {
		struct form_paper *grown = arena_array(a, struct form_paper, p->room * 2 + 16);

		if (p->count > 0)
			memcpy(grown, p->list, p->count * sizeof(*grown));
		p->list = grown;
		p->room = p->room * 2 + 16;
	}
	p->list[p->count++] = (struct form_paper){ arena_strdup(a, key), required };
}

size_t
form_documents(struct arena *a, const struct form *f, const json_t *answers,
               const struct form_world *world, const struct form_checklists *lists,
               struct form_paper **papers)
{
	const struct form_state *s = form_evaluate(a, f, answers, world);
	struct papers p = { 0 };

	for (size_t i = 0; i < s->need_count; i++) {
		const struct form_need *need = &s->needs[i];
		const struct form_paper *items = NULL;
		size_t n = 0;

		if (need->key)
			add_paper(a, &p, need->key, need->required);
		else
			n = lists->items(lists->self, need->list, &items);
		for (size_t k = 0; k < n; k++)
			add_paper(a, &p, items[k].key, items[k].required);
	}
	*papers = p.list;
	return p.count;
}
