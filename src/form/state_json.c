/*
 * state_json.c - layer 1: the state of a form as JSON, for form-try and for
 * whoever draws it elsewhere.  Called with a state that form_evaluate made.
 */
#include "inside.h"

struct walk {
	const struct form_state *s;
	json_t *visible, *required, *missing, *computed, *hidden;
};

static json_t *
value_json(const struct form_cell *cell)
{
	if (cell->field->type == FORM_NUMBER || cell->field->type == FORM_MONEY)
		return json_integer(cell->value.number);
	return json_string(cell->text);
}

static void walk_row(struct walk *w, const struct form_row *row, size_t n);

static void
walk_cell(struct walk *w, const struct form_row *row, const struct form_cell *cell)
{
	const char *path = form_path(w->s, row, cell->field);
	bool answered = cell->field->compute ? false : cell->text || cell->row_count > 0;

	if (!cell->seen) {
		if (answered)
			json_array_append_new(w->hidden, json_string(path));
		return;
	}
	json_array_append_new(w->visible, json_string(path));
	if (cell->required)
		json_array_append_new(w->required, json_string(path));
	if (cell->required && !answered)
		json_array_append_new(w->missing, json_string(path));
	if (cell->field->compute && cell->text)
		json_object_set_new(w->computed, path, value_json(cell));
	for (size_t i = 0; i < cell->row_count; i++)
		walk_row(w, &cell->rows[i], cell->field->field_count);
}

static void
walk_row(struct walk *w, const struct form_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		walk_cell(w, row, &row->cells[i]);
}

static json_t *
findings(const struct form_state *s, enum form_severity severity)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->finding_count; i++) {
		const struct form_finding *f = &s->findings[i];

		if (f->severity == severity)
			json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "path", f->path,
			    "sentence", f->sentence, "missing", f->missing));
	}
	return list;
}

static json_t *
documents(const struct form_state *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->need_count; i++) {
		const struct form_need *n = &s->needs[i];

		json_array_append_new(list, n->key
		    ? json_pack("{s:s, s:b}", "key", n->key, "required", n->required)
		    : json_pack("{s:s}", "list", n->list));
	}
	return list;
}

json_t *
form_state_json(const struct form_state *s)
{
	struct walk w = {
		s, json_array(), json_array(), json_array(), json_object(), json_array(),
	};
	char due[11];

	walk_row(&w, s->root, s->form->field_count);
	return json_pack("{s:s, s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s?, "
	    "s:{s:s, s:s?}}", "form", s->form->key, "version", s->form->version,
	    "stage", form_stage_name(s->world->stage),
	    "visible", w.visible, "required", w.required, "missing", w.missing,
	    "computed", w.computed, "hidden_answers", w.hidden,
	    "errors", findings(s, FORM_STOP), "warnings", findings(s, FORM_WARN),
	    "hints", findings(s, FORM_HINT), "documents", documents(s),
	    "route", s->route ? s->route->unit : NULL,
	    "urgency", "level", form_level_name(s->level),
	    "due", s->due == DAY_NONE ? NULL : day_iso(s->due, due));
}
