/*
 * shape_person.c - layer 4: a person's record as JSON: the row, its parts, and
 * what of cases and visits the reader may see.  Called by the commands of the
 * register.
 */
#include "shape_person.h"

#include <string.h>

#include "household_shape.h"
#include "rules_identifier.h"
#include "shape_restriction.h"

#define VISITS_SHOWN 10
#define CASES_SHOWN 50
#define PROPOSALS_SHOWN 100

void
countries_split(struct op *op, const char *codes, struct person *p)
{
	char *save = NULL;

	p->n_nationalities = 0;
	if (!codes)
		return;
	p->nationalities = arena_array(op->mem, const char *, strlen(codes) + 1);
	for (char *c = strtok_r(arena_strdup(op->mem, codes), " ", &save); c;
	     c = strtok_r(NULL, " ", &save))
		p->nationalities[p->n_nationalities++] = c;
}

/* "Syria, Iraq" */
enum status
person_nationality_label(struct op *op, const struct person *p, const char **label)
{
	*label = "";
	for (size_t i = 0; i < p->n_nationalities; i++) {
		const char *name;

		TRY(store_code_name(op, "country", p->nationalities[i], &name));
		if (!name)
			name = p->nationalities[i];
		*label = **label ? arena_printf(op->mem, "%s, %s", *label, name) : name;
	}
	return ST_OK;
}

/* A value with its label beside it where it is a code. */
static enum status
put_value(struct op *op, json_t *o, const struct part_field *f, const char *value)
{
	const char *label = NULL;

	put(o, f->key, shape_text(value));
	if (f->type == PART_TEXT || f->type == PART_DAY)
		return ST_OK;
	if (value && f->type == PART_CHOICE)
		label = part_value_label(f, value);
	else if (value)
		TRY(store_code_name(op, f->type == PART_COUNTRY ? "country" : "language", value,
		    &label));
	put(o, arena_printf(op->mem, "%s_label", f->key), shape_text(label));
	return ST_OK;
}

static enum status
shape_row(struct op *op, enum part part, const struct person_part *row, json_t *o)
{
	const struct part_spec *spec = &part_specs[part];

	put(o, "row", json_integer(row->row));
	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++)
		TRY(put_value(op, o, &spec->fields[i], part == PART_IDENTIFIER &&
		    i == spec->principal ? identifier_shown(op->mem, row->value[spec->kind],
		    row->value[i]) : row->value[i]));
	put(o, "holds", json_boolean(part_holds(op, part, row)));
	if (part == PART_IDENTIFIER || part == PART_DOCUMENT)
		put(o, "checked", json_boolean(row->mark));
	if (part == PART_LANGUAGE)
		put(o, "preferred", json_boolean(row->mark));
	return ST_OK;
}

static enum status
shape_rows(struct op *op, const struct person *p, enum part part, json_t *list)
{
	for (size_t i = 0; i < p->parts[part].n; i++) {
		json_t *o = json_object();

		json_array_append_new(list, o);
		TRY(shape_row(op, part, &p->parts[part].list[i], o));
	}
	return ST_OK;
}

/* The main name stands first; it has no row of its own to be changed by. */
static json_t *
shape_main_name(const struct person *p)
{
	const struct person_name *name = &p->names[0];
	json_t *o = json_object();

	put(o, "row", json_null());
	put(o, "kind", json_string(name->kind));
	put(o, "kind_label", json_string(state_label(&name_kinds, NAME_MAIN)));
	put(o, "family", json_string(name->family));
	put(o, "given", shape_text(name->given));
	put(o, "script", json_string(name->script));
	put(o, "source", shape_text(name->source));
	put(o, "from", json_null());
	put(o, "until", json_null());
	put(o, "holds", json_true());
	return o;
}

static const char *const part_keys[PARTS] = {
	[PART_NAME] = "names", [PART_IDENTIFIER] = "identifiers", [PART_CONTACT] = "contacts",
	[PART_ADDRESS] = "addresses", [PART_LANGUAGE] = "languages",
	[PART_DOCUMENT] = "documents",
};

const char *
part_key(enum part part)
{
	return part_keys[part];
}

static enum status
put_parts(struct op *op, const struct person *p, json_t *o)
{
	for (int part = 0; part < PARTS; part++) {
		json_t *list = json_array();

		put(o, part_keys[part], list);
		if (part == PART_NAME)
			json_array_append_new(list, shape_main_name(p));
		TRY(shape_rows(op, p, (enum part)part, list));
	}
	return ST_OK;
}

static json_t *
shape_lock(const struct person *p)
{
	json_t *o;

	if (!p->lock_day)
		return json_null();
	o = json_object();
	put(o, "until", json_string(p->lock_day));
	put(o, "reason", shape_text(p->lock_reason));
	return o;
}

static json_t *
shape_codes(const struct person *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n_nationalities; i++)
		json_array_append_new(list, json_string(p->nationalities[i]));
	return list;
}

enum status
shape_person(struct op *op, const struct person *p, json_t **out)
{
	const char *label, *language = NULL;
	json_t *o;

	TRY(person_nationality_label(op, p, &label));
	if (p->language)
		TRY(store_code_name(op, "language", p->language, &language));
	o = json_object();
	put(o, "id", json_integer(p->id));
	put(o, "version", json_integer(p->version));
	put(o, "name", json_string(p->display));
	put(o, "born", shape_text(p->born));
	put(o, "sex", shape_text(p->sex));
	put(o, "nationality", shape_codes(p));
	put(o, "nationality_label", json_string(label));
	put(o, "locked", json_boolean(p->locked));
	put(o, "lock", shape_lock(p));
	put(o, "merged_into", shape_id(p->merged_into));
	put(o, "language", shape_text(p->language));
	put(o, "language_label", shape_text(language));
	put(o, "phone", shape_text(p->phone));
	put(o, "address", shape_text(p->address));
	*out = o;
	return put_parts(op, p, o);
}

/* Cases that this reader may see, newest first. */
static enum status
put_cases(struct call *call, const struct person *p, int limit, json_t *person)
{
	json_t *rows = json_array();
	struct case_file *list;
	size_t n;

	put(person, "cases", rows);
	TRY(cases_of_person(call->op, p->id, limit, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		TRY(shape_case(call->op, &list[i], &o));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
put_visits(struct call *call, const struct person *p, int limit, json_t *person)
{
	json_t *rows = json_array();
	struct visit *list;
	size_t n;

	put(person, "visits", rows);
	TRY(store_visit_by_person(call->op, p->id, visit_reader(call->op), limit, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		TRY(shape_visit(call->op, &list[i], false, &o));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

enum status
put_terms(struct call *call, const struct person *p, bool whole, json_t *person)
{
	json_t *terms;
	enum status s = shape_terms(call->op, p->id, whole, &terms);

	put(person, "terms", terms);
	return s;
}

enum status
put_past(struct call *call, const struct person *p, int cases, int visits, json_t *person)
{
	TRY(put_cases(call, p, cases, person));
	return put_visits(call, p, visits, person);
}

/* Names of the main fields that the reader may change; others are proposed. */
static enum status
put_own_fields(struct call *call, const struct person *p, json_t *person)
{
	json_t *list = json_array();
	bool own;

	put(person, "may_change", list);
	for (const char *const *f = main_fields; *f; f++) {
		TRY(owner_may(call->op, p, *f, &own));
		if (own)
			json_array_append_new(list, json_string(*f));
	}
	return ST_OK;
}

/* Those that wait for an answer. */
static enum status
put_proposals(struct call *call, const struct person *p, json_t *person)
{
	struct proposal *list;
	json_t *rows = json_array();
	size_t n;

	put(person, "proposals", rows);
	TRY(store_proposal_by_person(call->op, p->id, PROPOSALS_SHOWN, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;
		enum status s;

		if (list[i].state != PROPOSAL_OPEN)
			continue;
		s = shape_proposal(call->op, &list[i], &o);
		json_array_append_new(rows, o);
		if (s != ST_OK)
			return s;
	}
	return ST_OK;
}

enum status
put_person(struct call *call, const struct person *p)
{
	json_t *o;

	look_file(call->op, p->id);
	TRY(shape_person(call->op, p, &o));
	put(call->out, "person", o);
	TRY(put_restrictions(call->op, p->id, 0, false, o));
	TRY(put_emergency(call->op, p->id, o));
	TRY(put_home(call->op, p->id, o));
	TRY(put_relatives(call->op, p->id, o));
	TRY(put_own_fields(call, p, o));
	TRY(put_proposals(call, p, o));
	TRY(put_terms(call, p, false, o));
	return put_past(call, p, CASES_SHOWN, VISITS_SHOWN, o);
}
