/*
 * case_form.c - layer 4: the part of a case object that its form makes: the
 * version as it was asked, what a newer one asks, answers, reasons, way.
 * Called by case_show.c.
 */
#include <string.h>

#include "case_show.h"
#include "form_example.h"
#include "service_form.h"
#include "shape.h"
#include "store_form.h"

/* ---- the version ---- */

/* What clerks would see that is different, where there is a newer version. */
static enum status
put_newest(struct op *op, const struct case_file *c, const struct form *form, json_t *o)
{
	const struct form *newest;
	int version;

	TRY(form_load(op, c->form, 0, &newest, &version));
	if (!newest || version <= c->form_version)
		return ST_OK;
	put(o, "newest", json_integer(version));
	put(o, "difference", json_string(form_told(op->mem, form, newest)));
	return ST_OK;
}

/* Fields that a case has still to be asked for since it came to this version. */
static enum status
put_ask(struct op *op, const struct case_file *c, const struct form *form,
        const json_t *answers, json_t *o)
{
	json_t *rows = json_array();
	const struct form *const *way = NULL;
	struct form_world world;
	const char **ask;
	size_t stations = 0, n;
	int from;

	put(o, "ask", rows);
	TRY(store_case_came_from(op, c->id, c->form_version, &from));
	if (from)
		TRY(form_way(op, form, from, &way, &stations));
	TRY(form_world_now(op, FORM_DRAFT, &world));
	n = form_ask_since(op->mem, way, stations, from, answers, &world, &ask);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, json_string(ask[i]));
	return ST_OK;
}

static enum status
put_form_ref(struct op *op, const struct case_file *c, const struct form *form,
             const json_t *answers, json_t *o)
{
	json_t *ref = form ? json_object() : json_null();

	put(o, "form", ref);
	if (!form)
		return ST_OK;
	put(ref, "key", json_string(c->form));
	put(ref, "version", json_integer(c->form_version));
	put(ref, "newest", json_null());
	put(ref, "difference", json_null());
	TRY(put_newest(op, c, form, ref));
	return put_ask(op, c, form, answers, ref);
}

/* ---- answers ---- */

static enum status
put_answers(struct op *op, const struct case_file *c, const struct form *form, json_t *o)
{
	json_t *answers = json_object(), *versions = json_object(), *hidden = json_array();
	json_t *people = json_object();
	struct answer *list;
	size_t n;

	put(o, "answers", answers);
	put(o, "answer_versions", versions);
	put(o, "hidden", hidden);
	put(o, "people", people);
	TRY(store_answer_list(op, c->id, &list, &n));
	for (size_t i = 0; i < n; i++) {
		const struct form_field *field = form ? form_find(form, list[i].field) : NULL;

		put(versions, list[i].field, json_integer(list[i].version));
		if (!*list[i].value)
			continue;
		if (field && !answer_is_shown(op, c, field)) {
			json_array_append_new(hidden, json_string(list[i].field));
			continue;
		}
		put(answers, list[i].field, json_string(list[i].value));
		if (field)
			TRY(answer_people_names(op, field, list[i].value, people));
	}
	return ST_OK;
}

static enum status
put_reasons(struct op *op, const struct case_file *c, json_t *o)
{
	json_t *reasons = json_object();
	struct case_warning *list;
	size_t n;

	put(o, "reasons", reasons);
	TRY(store_warning_list(op, c->id, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_object_set_new(reasons, list[i].path, json_string(list[i].reason));
	return ST_OK;
}

/* ---- the way ---- */

static enum status
put_way(struct op *op, const struct case_file *c, json_t *o)
{
	const char *unit, *why;
	struct unit found;
	json_t *way;

	put(o, "way", json_null());
	if (c->state >= CASE_DECIDED)
		return ST_OK;
	TRY(case_way(op, c, &unit, &why));
	/* a unit that was switched off is no way */
	if (strcmp(unit, c->unit) == 0 || store_unit_find(op, unit, &found) != ST_OK)
		return ST_OK;
	way = json_object();
	put(way, "unit", json_string(unit));
	put(way, "unit_label", json_string(found.name));
	put(way, "why", shape_text(why));
	put(o, "way", way);
	return ST_OK;
}

/* "urgent, due today: nowhere to sleep" */
static enum status
put_hurry(struct op *op, const struct case_file *c, json_t *o)
{
	const struct form_state *s = NULL;
	const char *why = json_string_value(json_object_get(o, "why"));
	struct form_hurry h = { .why = NULL };

	if (c->urgent && c->state < CASE_DECIDED)
		TRY(case_judged(op, c, FORM_INTAKE, &s));
	if (s)
		h = form_hurry_of(s);
	if (h.why)
		put(o, "why", json_string(arena_printf(op->mem, "%s: %s", why, form_say(h.why))));
	return ST_OK;
}

enum status
put_case_form(struct op *op, const struct case_file *c, json_t *o)
{
	const struct form *form;

	TRY(case_form(op, c, &form));
	TRY(put_answers(op, c, form, o));
	TRY(put_form_ref(op, c, form, json_object_get(o, "answers"), o));
	TRY(put_reasons(op, c, o));
	TRY(put_hurry(op, c, o));
	return put_way(op, c, o);
}
