/*
 * formview.c - layer 2: a form being filled in: fields and answers, where the
 * cursor is and where it goes.  The other files of it stand in forminside.h.
 * Must never lose what was typed, readable or not.
 */
#include "forminside.h"

#include <stdlib.h>
#include <string.h>

#define EDIT_MAX 8000            /* characters; a field may have less */

/* ---- fields ---- */

const struct form_field *
fv_fields(const struct form_view *v, const struct form_view_row *row, size_t *n)
{
	*n = row->repeat ? row->repeat->field_count : v->form->field_count;
	return row->repeat ? row->repeat->fields : v->form->fields;
}

const struct form_field *
form_view_field(const struct form_view *v)
{
	size_t n;

	return &fv_fields(v, v->here.row, &n)[v->here.at];
}

struct form_view_slot *
fv_slot(const struct form_view *v)
{
	return &v->here.row->slots[v->here.at];
}

size_t
fv_number(const struct form_view_row *row)
{
	const struct form_view_slot *slot = &row->outer->slots[row->repeat->place];
	size_t i = 0;

	while (slot->rows[i] != row)
		i++;
	return i;
}

const struct form_row *
fv_state_row(const struct form_view *v, const struct form_view_row *row)
{
	const struct form_row *outer;
	const struct form_cell *cell;
	size_t number;

	if (!row->outer)
		return v->state->root;
	outer = fv_state_row(v, row->outer);
	if (!outer)
		return NULL;
	cell = &outer->cells[row->repeat->place];
	number = fv_number(row);
	return number < cell->row_count ? &cell->rows[number] : NULL;
}

const struct form_cell *
fv_cell(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_row *state = fv_state_row(v, row);

	return state ? &state->cells[i] : NULL;
}

const char *
fv_other_owner(const struct form_view *v, const struct form_field *field)
{
	for (; v->unit && field; field = field->parent)
		if (field->owner && strcmp(field->owner, v->unit) != 0)
			return field->owner;
	return NULL;
}

/* What others answer is not asked here, but read once it is answered. */
bool
fv_seen(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_cell *cell = fv_cell(v, row, i);

	return cell && cell->seen &&
	    (cell->text || cell->row_count > 0 || !fv_other_owner(v, cell->field));
}

bool
fv_is_chosen(const struct form_field *field)
{
	bool listed = field->type == FORM_CHOICE || field->type == FORM_CHOICES ||
	    field->type == FORM_LANGUAGE || field->type == FORM_COUNTRY;

	return !field->compute &&
	    (field->type == FORM_YES_NO || (listed && field->choice_count > 0));
}

bool
fv_is_typed(const struct form_field *field)
{
	return !field->compute && field->type != FORM_REPEAT && !fv_is_chosen(field);
}

bool
fv_is_closed(const struct form_view *v, const struct form_field *field)
{
	return v->read_only || field->compute || fv_other_owner(v, field);
}

const char *
fv_path(struct arena *a, const struct form_view_row *row, const struct form_field *field)
{
	if (!row->outer)
		return field->key;
	return arena_printf(a, "%s[%zu].%s", fv_path(a, row->outer, row->repeat),
	    fv_number(row) + 1, field->key);
}

size_t
fv_top_place(const struct form_view_place *p)
{
	const struct form_view_row *row = p->row;
	size_t at = p->at;

	for (; row->outer; row = row->outer)
		at = row->repeat->place;
	return at;
}

/* ---- answers ---- */

void
fv_evaluate(struct form_view *v)
{
	arena_reset(v->evaluated);
	v->state = form_evaluate(v->evaluated, v->form, v->answers, &v->world);
}

const char *
fv_canonical(const struct form_view_row *row, const struct form_field *field)
{
	const char *text = json_string_value(json_object_get(row->answers, field->key));

	return text ? text : "";
}

/* Answers that hang on this one may go out of sight: said once. */
static void
tell_hidden(struct form_view *v, const bool *seen)
{
	for (size_t i = 0; i < v->form->field_count && !v->hid; i++) {
		const struct form_field *field = &v->form->fields[i];

		if (!seen[i] || fv_seen(v, v->top, i) ||
		    !json_object_get(v->answers, field->key))
			continue;
		v->hid = true;
		v->note = arena_printf(v->mem, _("\"%s\" is hidden now: its answer stays in the "
		    "draft and is not saved."), form_say(&field->label));
	}
}

void
fv_set(struct form_view *v, struct form_view_row *row, size_t i, const char *canonical)
{
	size_t n;
	const char *key = fv_fields(v, row, &n)[i].key;
	bool seen[FORM_FIELDS_MAX];

	if (strcmp(fv_canonical(row, &fv_fields(v, row, &n)[i]), canonical) == 0)
		return;
	for (size_t k = 0; k < v->form->field_count; k++)
		seen[k] = fv_seen(v, v->top, k);
	if (*canonical)
		json_object_set_new(row->answers, key, json_string(canonical));
	else
		json_object_del(row->answers, key);
	fv_evaluate(v);
	tell_hidden(v, seen);
}

const char *
fv_written(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];

	return form_value_retype(v->mem, field, fv_canonical(row, field));
}

static bool
is_here(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	return row == v->here.row && i == v->here.at;
}

const char *
fv_typed(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_view_slot *slot = &row->slots[i];
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];
	bool edited = is_here(v, row, i) && fv_is_typed(field) && !fv_is_closed(v, field) &&
	    slot->edit.text;

	return edited ? slot->edit.text : slot->typed;
}

const char *
fv_read(struct form_view *v, struct form_view_row *row, size_t i, struct arena *a)
{
	size_t n;
	const char *why;
	const char *canonical = form_value_parse(a, &fv_fields(v, row, &n)[i],
	    fv_typed(v, row, i), v->world.today, &why);

	fv_set(v, row, i, canonical ? canonical : "");
	return why;
}

const char *
fv_judge(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	const struct form_field *field;
	const json_t *filled;
	const char *why;

	if (!v->judge || row != v->top)
		return NULL;
	field = &v->form->fields[i];
	filled = json_object_get(v->filled, field->key);
	if (!*fv_canonical(row, field))
		return NULL;
	if (filled && strcmp(json_string_value(filled), fv_canonical(row, field)) == 0)
		return NULL; /* the office has it so */
	why = v->judge(v->on, field->key, fv_canonical(row, field));
	return why ? arena_strdup(v->mem, why) : NULL;
}

/* ---- where the cursor is ---- */

void
fv_arrive(struct form_view *v, struct form_view_place place)
{
	struct form_view_slot *slot;

	v->here = place;
	v->ahead[0] = '\0';
	v->pointed = 0;
	v->typing = false;
	slot = fv_slot(v);
	if (!fv_is_typed(form_view_field(v)))
		return;
	if (!slot->edit.text)
		edit_init(&slot->edit, v->mem, slot->typed, EDIT_MAX);
	else if (strcmp(slot->edit.text, slot->typed) != 0)
		edit_set(&slot->edit, slot->typed);
	slot->edit.at = slot->edit.length;
	slot->edit.lines = form_view_field(v)->type == FORM_LINES;
}

/* Leaving a field reads it for good: told if it cannot be read, written out
 * ("3.5." is 03.05.2026) if it can. */
void
fv_depart(struct form_view *v)
{
	struct form_view_slot *slot = fv_slot(v);
	const char *why;

	v->note = NULL;
	if (!form_view_edit(v) || !v->typing)
		return;
	v->typing = false;
	slot->typed = arena_strdup(v->mem, slot->edit.text);
	why = fv_read(v, v->here.row, v->here.at, v->mem);
	if (why)
		slot->why = why;
	else
		slot->typed = fv_written(v, v->here.row, v->here.at);
	if (!slot->why)
		slot->why = fv_judge(v, v->here.row, v->here.at);
}

size_t
fv_stops(const struct form_view *v, const struct form_view_row *row, size_t i)
{
	size_t n, rows = row->slots[i].row_count;

	if (!fv_seen(v, row, i))
		return 0;
	if (fv_fields(v, row, &n)[i].type != FORM_REPEAT)
		return 1;
	return rows + (rows == 0 || fv_may_add(v, row, i));
}

bool
fv_end_of(const struct form_view *v, struct form_view_row *row, int step,
          struct form_view_place *place)
{
	size_t n;

	fv_fields(v, row, &n);
	for (size_t k = 0; k < n; k++) {
		size_t i = step > 0 ? k : n - 1 - k, stops = fv_stops(v, row, i);

		if (stops > 0) {
			*place = (struct form_view_place){ row, i, step > 0 ? 0 : stops - 1 };
			return true;
		}
	}
	return false;
}

/* ---- paths ---- */

static bool
field_named(const struct form_view *v, const struct form_view_row *row, const char *key,
            size_t length, size_t *place)
{
	size_t n;
	const struct form_field *fields = fv_fields(v, row, &n);

	for (*place = 0; *place < n; ++*place)
		if (strlen(fields[*place].key) == length &&
		    strncmp(fields[*place].key, key, length) == 0)
			return true;
	return false;
}

bool
fv_find(const struct form_view *v, const char *path, struct form_view_place *p)
{
	*p = (struct form_view_place){ .row = v->top };
	for (;;) {
		size_t n = strcspn(path, "["), stops;
		const struct form_view_slot *slot;
		unsigned long number;
		char *end;

		if (!field_named(v, p->row, path, n, &p->at))
			return false;
		slot = &p->row->slots[p->at];
		stops = fv_stops(v, p->row, p->at);
		p->sub = stops ? stops - 1 : 0;
		if (!path[n])
			return stops > 0;
		number = strtoul(path + n + 1, &end, 10);
		if (number < 1 || number > stops || *end != ']')
			return false;
		p->sub = number - 1;
		if (end[1] != '.' || number > slot->row_count)
			return end[1] == '\0';
		p->row = slot->rows[number - 1];
		path = end + 2;
	}
}

const char *
form_view_at(const struct form_view *v)
{
	const struct form_field *field = form_view_field(v);
	const char *path = fv_path(v->scratch, v->here.row, field);

	if (field->type == FORM_REPEAT)
		return arena_printf(v->scratch, "%s[%zu]", path, v->here.sub + 1);
	return path;
}

bool
form_view_go(struct form_view *v, const char *path)
{
	struct form_view_place place;

	if (!fv_find(v, path, &place))
		return false;
	fv_depart(v);
	if (fv_find(v, path, &place)) /* leaving may have hidden it */
		fv_arrive(v, place);
	return true;
}

static void
go_end(struct form_view *v, int step)
{
	struct form_view_place place;

	fv_depart(v);
	if (fv_end_of(v, v->top, step, &place))
		fv_arrive(v, place);
}

void
form_view_go_first(struct form_view *v)
{
	go_end(v, 1);
}

void
form_view_go_last(struct form_view *v)
{
	go_end(v, -1);
}
