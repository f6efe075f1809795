/*
 * formfill.c - layer 2: answers into a form view and out of it: from the
 * engine, to the engine, as a draft; what is still wrong.  Called by screens.
 * Must never send what was typed but could not be read.
 */
#include "forminside.h"

void
form_view_fill(struct form_view *v, const json_t *answers)
{
	const struct form *f = v->form;
	json_t *settled = form_settle(v->scratch, f, answers, &v->world);

	json_decref(v->filled);
	json_decref(v->answers);
	v->filled = settled;
	v->answers = json_deep_copy(settled);
	v->touched = false;
	form_seen(f, v->answers, &v->world, v->seen);
	for (size_t i = 0; i < f->field_count; i++)
		v->slots[i] = (struct form_view_slot){ .typed = fv_written(v, i), .before = "" };
	fv_arrive(v, v->seen[v->at] ? v->at : fv_next_seen(v, (size_t)-1, 1));
}

void
form_view_init(struct form_view *v, struct arena *mem, const struct form *form,
               const struct form_world *world, bool read_only)
{
	*v = (struct form_view){
		.form = form, .mem = mem, .world = *world, .read_only = read_only,
		.slots = arena_array(mem, struct form_view_slot, form->field_count),
		.scratch = arena_new(),
	};
	form_view_fill(v, NULL);
}

void
form_view_done(struct form_view *v)
{
	json_decref(v->answers);
	json_decref(v->filled);
	arena_free(v->scratch);
	*v = (struct form_view){ 0 };
}

json_t *
form_view_answers(const struct form_view *v)
{
	return form_settle(v->scratch, v->form, v->answers, &v->world);
}

json_t *
form_view_changes(const struct form_view *v)
{
	json_t *now = form_view_answers(v), *changes = json_object();

	for (size_t i = 0; i < v->form->field_count; i++) {
		const char *key = v->form->fields[i].key;
		json_t *before = json_object_get(v->filled, key);
		json_t *after = json_object_get(now, key);

		if (before != after && !(before && after && json_equal(before, after)))
			json_object_set_new(changes, key, after ? json_incref(after)
			                                        : json_null());
	}
	json_decref(now);
	return changes;
}

json_t *
form_view_draft(const struct form_view *v)
{
	json_t *typed = json_object();

	for (size_t i = 0; i < v->form->field_count; i++)
		if (*fv_typed(v, i))
			json_object_set_new(typed, v->form->fields[i].key,
			                    json_string(fv_typed(v, i)));
	return json_pack("{s:s, s:o, s:O}", "at", form_view_at(v), "typed", typed, "answers",
	                 v->answers);
}

void
form_view_restore(struct form_view *v, const json_t *draft)
{
	const json_t *typed = json_object_get(draft, "typed");
	const json_t *answers = json_object_get(draft, "answers");
	const char *at = json_string_value(json_object_get(draft, "at"));

	for (size_t i = 0; i < v->form->field_count; i++) {
		const struct form_field *field = &v->form->fields[i];
		const char *text = json_string_value(json_object_get(answers, field->key));
		const char *raw = json_string_value(json_object_get(typed, field->key));

		if (text && !form_value_check(v->mem, field, text, v->world.today)) {
			fv_set(v, i, text);
			v->slots[i].typed = fv_written(v, i);
		} else if (raw && !fv_is_chosen(field)) {
			v->slots[i].typed = arena_strdup(v->mem, raw);
			if (i == v->at)
				fv_arrive(v, i);
			v->slots[i].why = fv_read(v, i, v->mem);
		}
	}
	v->touched = draft != NULL;
	fv_arrive(v, v->at);
	if (at)
		form_view_go(v, at);
}

/* ---- one field ---- */

const char *
form_view_text(const struct form_view *v)
{
	return fv_is_chosen(fv_field(v)) ? fv_canonical(v, v->at) : fv_typed(v, v->at);
}

void
form_view_put(struct form_view *v, const char *field, const char *text)
{
	const struct form_field *found = form_find(v->form, field);
	size_t i = found ? (size_t)(found - v->form->fields) : 0;

	if (!found || !v->seen[i])
		return;
	v->touched = true;
	v->slots[i].why = NULL;
	if (fv_is_chosen(found)) {
		fv_set(v, i, text);
		v->slots[i].typed = fv_written(v, i);
		return;
	}
	v->slots[i].typed = arena_strdup(v->mem, text);
	if (i == v->at)
		edit_set(&v->edit, text);
	v->slots[i].why = *text ? fv_read(v, i, v->mem) : NULL;
	if (!*text)
		fv_set(v, i, "");
}

/* ---- checking ---- */

void
form_view_blame(struct form_view *v, const char *field, const char *sentence)
{
	const struct form_field *found = field ? form_find(v->form, field) : NULL;

	if (!found)
		return;
	form_view_go(v, field);
	v->slots[found - v->form->fields].why = arena_strdup(v->mem, sentence);
}

size_t
form_view_check(struct form_view *v, enum form_stage stage)
{
	struct form_problem *problems;
	struct form_world world = v->world;
	size_t n, wrong = 0, first = v->form->field_count;

	fv_depart(v);
	world.stage = stage;
	n = form_validate(v->mem, v->form, v->answers, &world, &problems);
	for (size_t i = 0; i < n; i++) {
		struct form_view_slot *slot =
		    &v->slots[form_find(v->form, problems[i].field) - v->form->fields];

		if (!slot->why)
			slot->why = problems[i].sentence;
	}
	for (size_t i = v->form->field_count; i-- > 0;)
		if (v->seen[i] && v->slots[i].why) {
			wrong++;
			first = i;
		}
	fv_arrive(v, wrong > 0 ? first : v->at);
	return wrong;
}

/* Needed and not there, or there and wrong. */
bool
fv_is_open(const struct form_view *v, size_t i)
{
	bool missing = v->form->fields[i].required <= v->world.stage && !*fv_canonical(v, i);

	return v->seen[i] && (missing || v->slots[i].why);
}

size_t
form_view_pages(const struct form_view *v, struct arena *a, struct form_view_page **pages)
{
	const struct form *f = v->form;
	size_t n = 0, last = f->section_count;

	*pages = arena_array(a, struct form_view_page, f->section_count);
	for (size_t i = 0; i < f->field_count; i++) {
		size_t section = f->fields[i].section;

		if (!v->seen[i])
			continue;
		if (section != last)
			(*pages)[n++] = (struct form_view_page){
				.title = form_say(&f->sections[section].title), .done = true,
				.current = section == fv_field(v)->section,
			};
		last = section;
		(*pages)[n - 1].done &= !fv_is_open(v, i);
	}
	return n;
}
