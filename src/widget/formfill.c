/*
 * formfill.c - layer 2: answers into a form view and out of it: from the
 * engine, to the engine, as a draft.  Called by screens.  Must never send what
 * was typed but could not be read.
 */
#include "forminside.h"

#include <string.h>

/* ---- answers in ---- */

/* Rows as a list, stored or drafted; the caller's. */
static json_t *
rows_of(const json_t *value)
{
	const char *text = json_string_value(value);
	json_t *list = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL)
	                    : json_incref((json_t *)(uintptr_t)value);

	if (json_is_array(list))
		return list;
	json_decref(list);
	return NULL;
}

/* What the office has stays as it is, whatever it is worth today; what a draft
 * has must fit, or be what the office has. */
static bool
is_sound(const struct form_view *v, const struct form_field *field, const json_t *value,
         bool drafted)
{
	const char *text = json_string_value(value);

	if (!text || !*text || field->compute)
		return false;
	return !drafted || !form_value_check(v->scratch, field, text, v->world.today) ||
	    (!field->parent && json_equal(json_object_get(v->filled, field->key),
	        (json_t *)(uintptr_t)value));
}

static json_t *sound_row(const struct form_view *v, const struct form_field *fields, size_t n,
                         const json_t *given, bool drafted);

static void
add_sound(const struct form_view *v, const struct form_field *field, const json_t *value,
          bool drafted, json_t *sound)
{
	json_t *list, *row, *rows;
	size_t i;

	if (field->type != FORM_REPEAT) {
		if (is_sound(v, field, value, drafted))
			json_object_set(sound, field->key, (json_t *)(uintptr_t)value);
		return;
	}
	list = rows_of(value);
	rows = json_array();
	json_array_foreach(list, i, row)
		if (i < FORM_ROWS_MAX)
			json_array_append_new(rows, sound_row(v, field->fields,
			    field->field_count, row, drafted));
	if (json_array_size(rows) > 0)
		json_object_set(sound, field->key, rows);
	json_decref(rows);
	json_decref(list);
}

/* What of given answers this form can take: rows as arrays; a new object. */
static json_t *
sound_row(const struct form_view *v, const struct form_field *fields, size_t n,
          const json_t *given, bool drafted)
{
	json_t *sound = json_object();

	for (size_t i = 0; i < n; i++)
		add_sound(v, &fields[i], json_object_get(given, fields[i].key), drafted, sound);
	return sound;
}

/* Takes answers; the cursor goes to its path again, or to the first field. */
static void
put_in(struct form_view *v, json_t *answers)
{
	const char *path = v->top ? arena_strdup(v->mem, form_view_at(v)) : "";
	struct form_view_place place;

	json_decref(v->answers);
	v->answers = answers;
	v->top = fv_row_new(v, NULL, NULL, answers);
	fv_evaluate(v);
	v->here = (struct form_view_place){ .row = v->top };
	if (fv_find(v, path, &place) || fv_end_of(v, v->top, 1, &place))
		fv_arrive(v, place);
}

/* Was there a stage before at which somebody was asked why this is right?  What
 * another unit answers is theirs to say. */
static bool
was_there(const struct form_view *v, const struct form_finding *f)
{
	const struct form_field *field = f->field ? form_find(v->form, f->field) : NULL;

	return !f->rule || f->rule->at <= v->reasoned || (field && fv_other_owner(v, field));
}

void
form_view_fill(struct form_view *v, const json_t *answers)
{
	const struct form *f = v->form;
	json_t *settled = form_settle(v->scratch, f, answers, &v->world);

	json_decref(v->filled);
	v->filled = settled;
	json_object_clear(v->reasons);
	v->touched = v->told = false;
	v->note = NULL;
	put_in(v, sound_row(v, f->fields, f->field_count, settled, false));
	for (size_t i = 0; i < v->state->finding_count; i++)
		if (v->state->findings[i].severity == FORM_WARN &&
		    was_there(v, &v->state->findings[i]))
			json_object_set_new(v->reasons, v->state->findings[i].path, json_null());
}

bool
form_view_offer(struct form_view *v, const char *key, const char *canonical, const char *from)
{
	const struct form_field *field = form_find(v->form, key);
	struct form_view_slot *slot;

	if (!field || field->type == FORM_REPEAT || field->compute || !*canonical ||
	    *fv_canonical(v->top, field) ||
	    form_value_check(v->scratch, field, canonical, v->world.today))
		return false;
	slot = &v->top->slots[field->place];
	fv_set(v, v->top, field->place, canonical);
	slot->typed = fv_written(v, v->top, field->place);
	slot->before = arena_strdup(v->mem, canonical);
	slot->why = NULL;
	slot->from = arena_strdup(v->mem, from);
	fv_arrive(v, v->here);
	return true;
}

void
form_view_withdraw(struct form_view *v)
{
	for (size_t i = 0; i < v->form->field_count; i++)
		if (v->top->slots[i].from) {
			fv_put(v, v->top, i, "");
			v->top->slots[i].before = "";
		}
}

void
form_view_init(struct form_view *v, struct arena *mem, const struct form *form,
               const struct form_world *world, bool read_only)
{
	*v = (struct form_view){
		.form = form, .mem = mem, .world = *world, .read_only = read_only,
		.reasoned = FORM_NEVER,
		.reasons = json_object(), .names = json_object(), .removed = json_array(),
		.scratch = arena_new(), .evaluated = arena_new(),
	};
	form_view_fill(v, NULL);
}

void
form_view_done(struct form_view *v)
{
	json_decref(v->answers);
	json_decref(v->filled);
	json_decref(v->reasons);
	json_decref(v->names);
	json_decref(v->removed);
	arena_free(v->scratch);
	arena_free(v->evaluated);
	*v = (struct form_view){ 0 };
}

/* ---- answers out ---- */

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

		if (v->form->fields[i].compute || before == after ||
		    (before && after && json_equal(before, after)))
			continue;
		json_object_set_new(changes, key, after ? json_incref(after) : json_null());
	}
	json_decref(now);
	return changes;
}

/* ---- drafts ---- */

/* What stands in the fields of a row, and of the rows in it. */
static json_t *
typed_row(const struct form_view *v, const struct form_view_row *row)
{
	json_t *typed = json_object(), *rows;
	size_t n;
	const struct form_field *fields = fv_fields(v, row, &n);

	for (size_t i = 0; i < n; i++) {
		const struct form_view_slot *slot = &row->slots[i];

		if (*fv_typed(v, row, i))
			json_object_set_new(typed, fields[i].key, json_string(fv_typed(v, row, i)));
		if (slot->row_count == 0)
			continue;
		rows = json_array();
		for (size_t k = 0; k < slot->row_count; k++)
			json_array_append_new(rows, typed_row(v, slot->rows[k]));
		json_object_set_new(typed, fields[i].key, rows);
	}
	return typed;
}

static json_t *
sources(const struct form_view *v)
{
	json_t *from = json_object();

	for (size_t i = 0; i < v->form->field_count; i++)
		if (v->top->slots[i].from)
			json_object_set_new(from, v->form->fields[i].key,
			    json_string(v->top->slots[i].from));
	return from;
}

/* What Undo would bring back, by path. */
static void
add_undo(const struct form_view *v, const struct form_view_row *row, json_t *undo)
{
	size_t n;
	const struct form_field *fields = fv_fields(v, row, &n);

	for (size_t i = 0; i < n; i++) {
		const struct form_view_slot *slot = &row->slots[i];

		for (size_t k = 0; k < slot->row_count; k++)
			add_undo(v, slot->rows[k], undo);
		if (fv_is_chosen(&fields[i]) &&
		    strcmp(slot->before, fv_canonical(row, &fields[i])) != 0)
			json_object_set_new(undo, fv_path(v->scratch, row, &fields[i]),
			    json_string(slot->before));
	}
}

static json_t *
undo_of(const struct form_view *v)
{
	json_t *undo = json_object();

	add_undo(v, v->top, undo);
	return undo;
}

json_t *
form_view_draft(const struct form_view *v)
{
	const struct edit *edit = form_view_edit((struct form_view *)(uintptr_t)v);

	return json_pack("{s:s, s:I, s:i, s:s, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:O, s:O, s:O}",
	    "at", form_view_at(v), "cursor", (json_int_t)(edit ? edit->at : 0),
	    "pointed", (int)v->pointed, "ahead", v->ahead, "typing", v->typing,
	    "scroll", v->scroll, "told", v->told, "whole", true, "from", sources(v),
	    "undo", undo_of(v), "typed", typed_row(v, v->top),
	    "reasons", v->reasons, "names", v->names, "answers", v->answers);
}

static bool
is_at(const struct form_view *v, const struct form_view_row *row, const struct form_field *field,
      const char *at)
{
	return at && strcmp(fv_path(v->scratch, row, field), at) == 0;
}

/* What could not be read, and where the cursor was, stands as it was typed. */
static void
retype_row(struct form_view *v, struct form_view_row *row, const json_t *typed, const char *at)
{
	size_t n;
	const struct form_field *fields = fv_fields(v, row, &n);

	for (size_t i = 0; i < n; i++) {
		struct form_view_slot *slot = &row->slots[i];
		const json_t *value = json_object_get(typed, fields[i].key);
		const char *raw = json_string_value(value);

		for (size_t k = 0; k < slot->row_count; k++)
			retype_row(v, slot->rows[k], json_array_get(value, k), at);
		if (!raw || !*raw || !fv_is_typed(&fields[i]))
			continue;
		if (*fv_canonical(row, &fields[i]) && !is_at(v, row, &fields[i], at)) {
			slot->why = fv_judge(v, row, i);
			continue;
		}
		slot->typed = arena_strdup(v->mem, raw);
		if (slot->edit.text)
			edit_set(&slot->edit, raw);
		slot->why = fv_read(v, row, i, v->mem);
		if (!slot->why)
			slot->why = fv_judge(v, row, i);
	}
}

/* A draft of the whole form stands for itself; else what it has is laid over
 * what is there. */
static json_t *
drafted(const struct form_view *v, const json_t *draft)
{
	const struct form *f = v->form;
	json_t *given = sound_row(v, f->fields, f->field_count,
	    json_object_get(draft, "answers"), true);
	json_t *all;

	if (json_is_true(json_object_get(draft, "whole")))
		return given;
	all = json_deep_copy(v->answers);
	json_object_update(all, given);
	json_decref(given);
	return all;
}

static void
restore_cursor(struct form_view *v, const json_t *draft)
{
	const char *at = json_string_value(json_object_get(draft, "at"));
	json_int_t cursor = json_integer_value(json_object_get(draft, "cursor"));
	json_int_t pointed = json_integer_value(json_object_get(draft, "pointed"));
	const char *ahead = json_string_value(json_object_get(draft, "ahead"));
	struct edit *edit;

	if (at)
		form_view_go(v, at);
	edit = form_view_edit(v);
	if (edit && cursor >= 0 && (size_t)cursor < edit->length &&
	    (edit->text[cursor] & 0xC0) != 0x80 && json_object_get(draft, "cursor"))
		edit->at = (size_t)cursor;
	if (ahead && strlen(ahead) < sizeof(v->ahead))
		memcpy(v->ahead, ahead, strlen(ahead) + 1);
	if (pointed > 0 && (size_t)pointed < fv_option_count(form_view_field(v)))
		v->pointed = (size_t)pointed;
}

/* What stands in the field the cursor is in need not be finished: "3.5." */
static void
go_on_typing(struct form_view *v, const json_t *draft)
{
	v->typing = json_is_true(json_object_get(draft, "typing"));
	if (v->typing && form_view_edit(v))
		fv_slot(v)->why = NULL;
}

static void
restore_undo(struct form_view *v, const json_t *undo)
{
	struct form_view_place place;
	const char *path;
	json_t *before;

	json_object_foreach((json_t *)(uintptr_t)undo, path, before) {
		const char *text = json_string_value(before);
		const struct form_field *field = form_path_field(v->form, path);

		if (text && field && fv_find(v, path, &place) &&
		    (!*text || !form_value_check(v->scratch, field, text, v->world.today)))
			place.row->slots[place.at].before = arena_strdup(v->mem, text);
	}
}

static void
restore_notes(struct form_view *v, const json_t *draft)
{
	const char *key, *path;
	json_t *value;

	v->touched = draft != NULL;
	v->told = json_is_true(json_object_get(draft, "told"));
	v->scroll = json_is_true(json_object_get(draft, "scroll"));
	json_object_foreach(json_object_get(draft, "reasons"), path, value)
		json_object_set(v->reasons, path, value);
	if (json_is_object(json_object_get(draft, "names")))
		json_object_update(v->names, json_object_get(draft, "names"));
	json_object_foreach(json_object_get(draft, "from"), key, value) {
		const struct form_field *field = form_find(v->form, key);

		if (field && json_is_string(value))
			v->top->slots[field->place].from = arena_strdup(v->mem,
			    json_string_value(value));
	}
}

void
form_view_restore(struct form_view *v, const json_t *draft)
{
	put_in(v, drafted(v, draft));
	retype_row(v, v->top, json_object_get(draft, "typed"),
	    json_string_value(json_object_get(draft, "at")));
	restore_notes(v, draft);
	restore_undo(v, json_object_get(draft, "undo"));
	fv_arrive(v, v->here);
	restore_cursor(v, draft);
	go_on_typing(v, draft);
}
