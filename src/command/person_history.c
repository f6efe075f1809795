/*
 * person_history.c - layer 4: who changed what in a person's record, when and
 * why, in words: from the events.  Called by the commands of the register.
 */
#include "shape_person.h"

#include <stdlib.h>
#include <string.h>

#include "rules_identifier.h"
#include "store_restriction.h"

/* What of an event belongs together: the changes of one row. */
struct row_change {
	const struct change *first;
	size_t n;
};

struct history {
	struct op *op;
	int64_t *ids;            /* the record and those linked to it */
	size_t n_ids;
	json_t *changes;         /* of the event at hand */
};

static bool
is_ours(const struct history *h, int64_t id)
{
	for (size_t i = 0; i < h->n_ids; i++)
		if (h->ids[i] == id)
			return true;
	return false;
}

/* The change of a column; NULL: it did not change. */
static const struct change *
column_of(const struct row_change *row, const char *column)
{
	for (size_t i = 0; i < row->n; i++)
		if (strcmp(row->first[i].column, column) == 0)
			return &row->first[i];
	return NULL;
}

/* Codes of the catalogue in words; everything else as it is. */
static const char *
in_words(struct op *op, const char *list, const char *code)
{
	const char *name;

	if (!list || !code || store_code_name(op, list, code, &name) != ST_OK || !name)
		return code;
	return name;
}

static void
tell(struct history *h, const char *field, const char *label, const char *old, const char *new)
{
	json_t *o;

	if (!old && !new)
		return;
	o = json_object();
	put(o, "field", json_string(field));
	put(o, "label", json_string(label));
	put(o, "old", shape_text(old));
	put(o, "new", shape_text(new));
	json_array_append_new(h->changes, o);
}

/* ---- the person's own row, its nationalities ---- */

static const struct {
	const char *column, *label;
} own_columns[] = {
	{ "born", N_("Date of birth") },
	{ "sex", N_("Sex") },
	{ "lock_day", N_("Lock against disclosure") },
	{ "lock_reason", N_("Reason of the lock") },
};

static const char *
own_value(const char *column, const char *value)
{
	int sex = value && strcmp(column, "sex") == 0 ? state_by_name(&sexes, value) : -1;

	return sex < 0 ? value : state_label(&sexes, sex);
}

static void
tell_own(struct history *h, const struct row_change *row)
{
	if (!is_ours(h, strtoll(row->first->id, NULL, 10)))
		return;
	for (size_t i = 0; i < COUNT_OF(own_columns); i++) {
		const struct change *c = column_of(row, own_columns[i].column);

		if (c)
			tell(h, own_columns[i].column, tr(own_columns[i].label),
			    own_value(c->column, c->before), own_value(c->column, c->after));
	}
}

static void
tell_country(struct history *h, const struct row_change *row)
{
	const struct change *c = column_of(row, "country");

	if (c && is_ours(h, strtoll(row->first->id, NULL, 10)))
		tell(h, "nationality", _("Nationality"), in_words(h->op, "country", c->before),
		    in_words(h->op, "country", c->after));
}

/* ---- rows of the parts ---- */

static const char *
code_list(const struct part_field *f)
{
	return f->type == PART_COUNTRY ? "country" : f->type == PART_TONGUE ? "language" : NULL;
}

/* A whole row that came or went, in one line. */
static const char *
whole_row(struct op *op, const struct part_spec *spec, const struct row_change *row, bool before)
{
	const char *values[PART_FIELDS_MAX] = { NULL };

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++) {
		const struct change *c = column_of(row, spec->fields[i].column);

		if (c)
			values[i] = in_words(op, code_list(&spec->fields[i]),
			    before ? c->before : c->after);
	}
	if (spec == &part_specs[PART_IDENTIFIER])
		values[spec->principal] = identifier_shown(op->mem, values[spec->kind],
		    values[spec->principal]);
	return part_line(op->mem, spec, values);
}

static void
tell_fields(struct history *h, enum part part, const struct row_change *row)
{
	const struct part_spec *spec = &part_specs[part];

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++) {
		const struct part_field *f = &spec->fields[i];
		const struct change *c = column_of(row, f->column);

		if (c)
			tell(h, arena_printf(h->op->mem, "%s.%s", spec->name, f->key),
			    arena_printf(h->op->mem, "%s: %s", state_label(&part_names,
			        (int)part), tr(f->label)),
			    part_value_label(f, in_words(h->op, code_list(f), c->before)),
			    part_value_label(f, in_words(h->op, code_list(f), c->after)));
	}
}

/* A change does not say whose row it is: while two records were linked it may
 * be either's. */
static int64_t
owner_now(struct history *h, enum part part, const struct row_change *row)
{
	int64_t person;

	return store_part_owner(h->op, part, strtoll(row->first->id, NULL, 10), &person) == ST_OK
	    ? person : 0;
}

static void
tell_part(struct history *h, enum part part, const struct row_change *row)
{
	const struct part_spec *spec = &part_specs[part];
	const struct change *id = column_of(row, "id"), *owner = column_of(row, "person_id");
	int64_t person = owner ? strtoll(owner->after ? owner->after : owner->before, NULL, 10)
	                       : owner_now(h, part, row);

	if (person && !is_ours(h, person))
		return;
	if (!id)
		tell_fields(h, part, row);
	else
		tell(h, spec->name, state_label(&part_names, (int)part),
		    id->before ? whole_row(h->op, spec, row, true) : NULL,
		    id->after ? whole_row(h->op, spec, row, false) : NULL);
}

/* ---- parents ---- */

static const char *
relative(struct op *op, const char *kind, const char *id)
{
	struct person p;

	if (!id || kept_person(op, strtoll(id, NULL, 10), NULL) == KEEP_ALL ||
	    store_person_find(op, strtoll(id, NULL, 10), &p) != ST_OK || !p.id)
		return NULL;
	return kind ? arena_printf(op->mem, "%s (%s)", p.display, state_label(&parent_kinds,
	    state_by_name(&parent_kinds, kind))) : p.display;
}

/* A row stands in the history of the child and in that of the parent. */
static void
tell_parent(struct history *h, const struct row_change *row)
{
	const struct change *child = column_of(row, "person_id"), *kind = column_of(row, "kind");
	const struct change *parent = column_of(row, "parent_id");

	if (!child || !parent || !kind)
		return;
	if (is_ours(h, strtoll(child->after ? child->after : child->before, NULL, 10)))
		tell(h, "parent", _("Parent"), relative(h->op, kind->before, parent->before),
		    relative(h->op, kind->after, parent->after));
	else
		tell(h, "child", _("Child"), relative(h->op, NULL, child->before),
		    relative(h->op, NULL, child->after));
}

/* ---- events ---- */

static void
tell_row(struct history *h, const struct row_change *row)
{
	if (strcmp(row->first->table, "person_parent") == 0)
		tell_parent(h, row);

	if (strcmp(row->first->table, "person") == 0)
		tell_own(h, row);
	else if (strcmp(row->first->table, "person_nationality") == 0)
		tell_country(h, row);
	for (int part = 0; part < PARTS; part++)
		if (strcmp(row->first->table, part_specs[part].table) == 0)
			tell_part(h, (enum part)part, row);
}

static void
tell_rows(struct history *h, const struct event *e)
{
	for (size_t i = 0; i < e->n_changes;) {
		struct row_change row = { .first = &e->changes[i] };

		while (i < e->n_changes && strcmp(e->changes[i].table, row.first->table) == 0 &&
		    strcmp(e->changes[i].id, row.first->id) == 0) {
			row.n++;
			i++;
		}
		tell_row(h, &row);
	}
}

static const struct {
	const char *command, *label;
} acts[] = {
	{ "person.new", N_("Record made") },
	{ "person.edit", N_("Changed") },
	{ "person.drop", N_("Row taken away") },
	{ "person.lock", N_("Locked") },
	{ "person.unlock", N_("Lock ended") },
	{ "person.block", N_("Blocked") },
	{ "person.reserve", N_("For named people only") },
	{ "restriction.end", N_("Restriction ended") },
	{ "person.emergency", N_("Opened in an emergency") },
	{ "person.parent", N_("Parent recorded") },
	{ "person.parent_drop", N_("Parent taken away") },
	{ "person.propose", N_("Change proposed") },
	{ "person.accept", N_("Proposal accepted") },
	{ "person.refuse", N_("Proposal refused") },
	{ "person.withdraw", N_("Proposal withdrawn") },
};

static const char *
act_label(const char *command)
{
	const struct command *c = command_find(command);
	enum part part = strncmp(command, "person.", 7) == 0 ? part_by_name(command + 7) : PARTS;

	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].command, command) == 0)
			return tr(acts[i].label);
	if (part != PARTS)
		return state_label(&part_names, (int)part);
	return c ? tr(c->help) : command;
}

/* Work on a case touches its person too, and says nothing of the record. */
static bool
is_about_people(const char *command)
{
	return strncmp(command, "person.", 7) == 0 || strncmp(command, "merge.", 6) == 0 ||
	    strncmp(command, "household.", 10) == 0 || strcmp(command, "restriction.end") == 0;
}

static json_t *
shape_event(struct history *h, const struct event *e)
{
	json_t *o = json_object();

	put(o, "at", shape_instant(e->at));
	put(o, "by", json_string(e->by ? e->by : _("the administrator")));
	put(o, "command", json_string(e->command));
	put(o, "label", json_string(act_label(e->command)));
	put(o, "reason", shape_text(e->reason));
	h->changes = json_array();
	put(o, "changes", h->changes);
	tell_rows(h, e);
	return o;
}

enum status
put_person_history(struct op *op, const struct person *p, int limit, json_t *o)
{
	struct history h = { .op = op };
	json_t *rows = json_array();
	struct event *events;
	size_t n;

	put(o, "history", rows);
	TRY(store_person_linked(op, p->id, &h.ids, &h.n_ids));
	TRY(store_event_history(op, "person", p->id, limit, &events, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *event = shape_event(&h, &events[i]);

		if (json_array_size(h.changes) > 0 || is_about_people(events[i].command))
			json_array_append(rows, event);
		json_decref(event);
	}
	return ST_OK;
}

static enum status
run_history(struct call *call)
{
	struct person p;
	int limit;

	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(person_show(call->op, arg_id(call, "id"), &p));
	look_file(call->op, p.id);
	put(call->out, "locked", json_boolean(p.locked));
	return put_person_history(call->op, &p, limit, call->out);
}

static const struct arg history_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("limit", ARG_INT, OPTIONAL, N_("rows at most")), ARG_END
};

const struct command cmd_person_history = {
	.name = "person.history", .args = history_args,
	.flags = CMD_SENSITIVE, .help = N_("who changed what of a person, when and why"),
	.run = run_history,
};
