/*
 * find.c - layer 1: what is wrong, missing or worth a word under answers;
 * papers, way and urgency.  Called by state.c once all cells are settled.
 * Must never judge what is not seen.
 */
#include "inside.h"

#include <limits.h>
#include <string.h>

#include "text.h"

static void
finding_add(struct form_state *s, struct form_finding finding)
{
	if (s->finding_count == s->finding_room) {
		size_t room = s->finding_room * 2 + 16;
		struct form_finding *grown = arena_array(s->mem, struct form_finding, room);

		if (s->finding_count > 0)
			memcpy(grown, s->findings, s->finding_count * sizeof(*grown));
		s->findings = grown;
		s->finding_room = room;
	}
	s->findings[s->finding_count++] = finding;
}

/* ---- one cell ---- */

struct place {
	struct form_state *s;
	struct form_row *row;
	const struct form_field *field;
};

static const struct form_field *
outermost(const struct form_field *field)
{
	while (field->parent)
		field = field->parent;
	return field;
}

/* "Born", "Children 2, Born" */
static const char *
label_in(const struct place *p, const struct form_row *row, const struct form_field *field)
{
	struct place outer = { p->s, p->row, p->field };

	if (!row->repeat)
		return form_say(&field->label);
	return arena_printf(p->s->mem, "%s %zu, %s", label_in(&outer, row->outer, row->repeat),
	                    row->number, form_say(&field->label));
}

static void
add(const struct place *p, enum form_severity severity, bool missing, const char *sentence)
{
	finding_add(p->s, (struct form_finding){
		.path = form_path(p->s, p->row, p->field), .field = outermost(p->field)->key,
		.severity = severity, .sentence = sentence, .missing = missing,
	});
}

/* The finding, to be told more of; until the next one. */
static struct form_finding *
say(const struct place *p, enum form_severity severity, const char *sentence)
{
	add(p, severity, false, arena_printf(p->s->mem, _("\"%s\": %s"),
	                                     label_in(p, p->row, p->field), sentence));
	return &p->s->findings[p->s->finding_count - 1];
}

/* The path of a key that no field has. */
static const char *
path_beside(const struct form_state *s, const struct form_row *row, const char *key)
{
	struct form_field nobody = { .key = key };

	return arena_strdup(s->mem, form_path(s, row, &nobody));
}

static void
unknown_keys(struct form_state *s, const struct form_row *row, const char *field,
             const json_t *answers)
{
	/* jansson walks only what it may change; nothing is changed. */
	json_t *walked = (json_t *)(uintptr_t)answers;
	const struct form_field *fields = row->repeat ? row->repeat->fields : s->form->fields;
	size_t n = row->repeat ? row->repeat->field_count : s->form->field_count;

	for (void *it = json_object_iter(walked); it; it = json_object_iter_next(walked, it)) {
		const char *key = json_object_iter_key(it);
		size_t i = 0;

		while (i < n && strcmp(fields[i].key, key) != 0)
			i++;
		if (i == n)
			finding_add(s, (struct form_finding){
				.path = path_beside(s, row, key),
				.field = field ? field : arena_strdup(s->mem, key),
				.sentence = arena_printf(s->mem, _("The form \"%s\" has no field "
				    "\"%s\"; leave it out."), s->form->key,
				    text_visible(s->mem, key, false)),
			});
	}
}

/* ---- choices ---- */

static bool
is_offered(const struct form_state *s, const struct form_choice *c)
{
	int today = s->world->today;

	return !c->withdrawn && (c->valid_from == DAY_NONE || c->valid_from <= today) &&
	    (c->valid_until == DAY_NONE || c->valid_until >= today);
}

static bool
passes_filter(const struct form_state *s, const struct form_row *row,
              const struct form_field *field, const struct form_choice *c)
{
	struct form_value v;

	if (!field->filter)
		return true;
	v = form_expr_option((struct form_state *)(uintptr_t)s, (struct form_row *)(uintptr_t)row,
	                     field->filter, c);
	return !form_is_no(&v);
}

bool
form_may_choose(const struct form_state *s, const struct form_row *row,
                const struct form_field *field, size_t i)
{
	const struct form_choice *c = &field->choices[i];

	return is_offered(s, c) && passes_filter(s, row, field, c);
}

static void
find_choices(const struct place *p, const struct form_cell *cell)
{
	for (size_t i = 0; i < p->field->choice_count; i++) {
		const struct form_choice *c = &p->field->choices[i];
		const char *label = form_say(&c->label);

		if (!form_set_has(cell->text, c->key))
			continue;
		if (!passes_filter(p->s, p->row, p->field, c))
			say(p, FORM_STOP, arena_printf(p->s->mem, _("\"%s\" does not go with the "
			    "other answers; choose again."), label));
		else if (!is_offered(p->s, c))
			say(p, FORM_WARN, arena_printf(p->s->mem, _("\"%s\" is no longer offered; "
			    "it stays readable."), label))->choice = c;
	}
}

/* ---- rules ---- */

static void
find_rules(struct form_state *s, struct form_row *row, const struct form_field *field,
           const struct form_rule *rules, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct form_rule *r = &rules[i];
		struct place p = { s, row, field };
		struct form_value v;

		if (!p.field && r->field)
			p.field = form_find(s->form, r->field);
		if (r->at > s->world->stage || (p.field && !field && !s->root->cells[p.field->place].seen))
			continue;
		v = form_expr_value(s, row, r->when);
		if (!form_is_yes(&v))
			continue;
		if (p.field)
			say(&p, r->severity, form_say(&r->text))->rule = r;
		else
			finding_add(s, (struct form_finding){
				.path = "", .severity = r->severity, .rule = r,
				.sentence = arena_strdup(s->mem, form_say(&r->text)),
			});
	}
}

/* ---- a field in a row ---- */

static void find_row(struct form_state *s, struct form_row *row, const struct form_field *fields,
                     size_t n, const json_t *answers);

static bool
is_required(const struct place *p)
{
	struct form_value v;

	if (p->field->required > p->s->world->stage || p->field->compute)
		return false;
	if (!p->field->require)
		return true;
	v = form_expr_value(p->s, p->row, p->field->require);
	return form_is_yes(&v);
}

static void
find_rows(const struct place *p, struct form_cell *cell, const json_t *json)
{
	bool needed = p->s->world->stage >= p->field->required || cell->row_count > 0;
	int count = (int)cell->row_count;

	if (cell->wrong)
		say(p, FORM_STOP, form_value_wanted(p->s->mem, p->field));
	if (count < p->field->min && needed && p->s->world->stage >= FORM_INTAKE)
		say(p, FORM_STOP, arena_printf(p->s->mem, tr_n("At least %d row is needed.",
		    "At least %d rows are needed.", p->field->min), p->field->min));
	if (count > p->field->max)
		say(p, FORM_STOP, arena_printf(p->s->mem, tr_n("At most %d row may be given.",
		    "At most %d rows may be given.", p->field->max), p->field->max));
	for (size_t i = 0; i < cell->row_count; i++)
		find_row(p->s, &cell->rows[i], p->field->fields, p->field->field_count,
		         json_array_get(json, i));
}

/* A day that was to come when it was typed is over some time: only whoever
 * types it is held to that. */
static int
judged_on(const struct place *p)
{
	return p->field->when == FORM_FUTURE ? INT_MIN : p->s->world->today;
}

static void
find_value(const struct place *p, const struct form_cell *cell)
{
	const char *why = NULL;

	if (cell->value.known == FORM_FAULT)
		why = arena_printf(p->s->mem, _("This cannot be computed. %s"), _(cell->value.text));
	else if (p->field->compute)
		return;
	else if (cell->wrong && !cell->text)
		why = form_value_wanted(p->s->mem, p->field);
	else if (cell->text)
		why = form_value_check(p->s->mem, p->field, cell->text, judged_on(p));
	if (why)
		say(p, FORM_STOP, why);
	else if (cell->text && p->field->choice_count > 0)
		find_choices(p, cell);
}

static void
find_cell(const struct place *p, struct form_cell *cell, const json_t *json)
{
	const char *label = label_in(p, p->row, p->field);
	bool none = p->field->type == FORM_REPEAT ? cell->row_count == 0 && !cell->wrong
	                                          : !cell->text && !cell->wrong;

	if (!cell->seen)
		return;
	cell->required = is_required(p);
	if (p->field->type == FORM_REPEAT)
		find_rows(p, cell, json);
	else
		find_value(p, cell);
	if (cell->required && none && !(p->field->type == FORM_REPEAT && p->field->min > 0))
		add(p, FORM_STOP, true, arena_printf(p->s->mem, _("\"%s\" is still missing. %s"), label,
		    p->field->type == FORM_REPEAT ? _("Add a row.")
		                                  : form_value_wanted(p->s->mem, p->field)));
	find_rules(p->s, p->row, p->field, p->field->rules, p->field->rule_count);
}

static void
find_row(struct form_state *s, struct form_row *row, const struct form_field *fields, size_t n,
         const json_t *answers)
{
	const struct form_field *out = row->repeat ? outermost(row->repeat) : NULL;

	unknown_keys(s, row, out ? out->key : NULL, answers);
	for (size_t i = 0; i < n; i++) {
		struct place p = { s, row, &fields[i] };
		const json_t *json = json_object_get(answers, fields[i].key);
		json_t *list = NULL;

		if (fields[i].type == FORM_REPEAT && json_is_string(json))
			json = list = json_loads(json_string_value(json), 0, NULL);
		find_cell(&p, &row->cells[i], json);
		json_decref(list);
	}
}

/* ---- papers, way, urgency ---- */

static bool
is_true(struct form_state *s, const struct form_expr *e)
{
	struct form_value v;

	if (!e)
		return true;
	v = form_expr_value(s, s->root, e);
	return form_is_yes(&v);
}

static void
find_needs(struct form_state *s)
{
	const struct form *f = s->form;

	s->needs = arena_array(s->mem, struct form_need, f->document_count + 1);
	for (size_t i = 0; i < f->document_count; i++) {
		const struct form_document *d = &f->documents[i];

		if (is_true(s, d->show))
			s->needs[s->need_count++] = (struct form_need){ d->key, d->list, d->required };
	}
}

static void
due_on(struct form_state *s, int64_t day, bool by_date)
{
	if (s->due != DAY_NONE && day >= s->due)
		return;
	s->due = (int)day;
	s->due_by_date = by_date;
}

static void
find_urgency(struct form_state *s)
{
	const struct form *f = s->form;

	s->urgencies = arena_array(s->mem, bool, f->urgency_count + 1);
	for (size_t i = 0; i < f->field_count; i++)
		if (f->fields[i].urgent && s->root->cells[i].value.known == FORM_KNOWN)
			due_on(s, s->root->cells[i].value.number, true);
	for (size_t i = 0; i < f->urgency_count; i++) {
		const struct form_urgency *u = &f->urgencies[i];
		struct form_value day;

		s->urgencies[i] = is_true(s, u->when);
		if (!s->urgencies[i])
			continue;
		if (u->level > s->level)
			s->level = u->level;
		if (!u->due)
			continue;
		day = form_expr_value(s, s->root, u->due);
		/* what should have been done by now is due now, not for years */
		if (day.known == FORM_KNOWN)
			due_on(s, day.number < s->world->today ? s->world->today : day.number,
			       false);
	}
}

void
form_find_out(struct form_state *s, const json_t *answers)
{
	const struct form *f = s->form;

	find_row(s, s->root, f->fields, f->field_count, answers);
	find_rules(s, s->root, NULL, f->rules, f->rule_count);
	find_needs(s);
	for (size_t i = 0; i < f->route_count && !s->route; i++)
		if (is_true(s, f->routes[i].when))
			s->route = &f->routes[i];
	find_urgency(s);
}
