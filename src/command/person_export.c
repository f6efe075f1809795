/*
 * person_export.c - layer 4: everything the office holds of a person, for the
 * person (Art. 15 DSGVO): as JSON and as text to be read.  Must never say more
 * than its reader may see: what closed units hold they export themselves.
 */
#include "shape_person.h"

#include <string.h>

#include "case_show.h"
#include "disclosure_shape.h"
#include "form_answers.h"
#include "household_shape.h"
#include "rules_rights.h"
#include "service_form.h"
#include "shape_restriction.h"

#define ALL 500                  /* cases, visits, events at most */
#define LOOKS 5000

/* ---- the package ---- */

/* Each case that was listed, with what is in it. */
static enum status
fill_cases(struct call *call, const struct person *p, json_t *person)
{
	json_t *rows = json_object_get(person, "cases");
	struct case_file *list;
	size_t n;

	TRY(cases_of_person(call->op, p->id, ALL, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(put_folder(call->op, &list[i], json_array_get(rows, i)));
	return ST_OK;
}

/* Who was shown the record, or found it in a list. */
static enum status
put_seen_by(struct op *op, const struct person *p, bool who, json_t *package)
{
	struct look_filter f = { .person_id = p->id, .until = INT64_MAX, .hits = true,
		.reader = op->by->unit, .limit = LOOKS };
	json_t *rows = json_array();
	struct look_row *list;
	size_t n;

	put(package, "seen_by", rows);
	TRY(store_look_list(op, &f, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;
		enum status s = shape_look(op, &list[i], who, &o);

		json_array_append_new(rows, o);
		if (s != ST_OK)
			return s;
	}
	return ST_OK;
}

/* What left a closed unit: to whom, by what right (Art. 15(1)(c) DSGVO). */
static enum status
put_told(struct op *op, const struct person *p, json_t *package)
{
	json_t *rows = json_array();
	struct disclosure *list;
	size_t n;

	put(package, "told", rows);
	TRY(disclosure_list(op, p->id, 0, ALL, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_disclosure(op, &list[i], true));
	return ST_OK;
}

/* Everybody who wrote in the record, each of them once. */
static json_t *
writers_of(const json_t *package)
{
	json_t *names = json_array(), *seen = json_object(), *event;
	size_t i;

	json_array_foreach(json_object_get(package, "history"), i, event) {
		const char *by = json_string_value(json_object_get(event, "by"));

		if (json_object_get(seen, by))
			continue;
		json_object_set_new(seen, by, json_true());
		json_array_append_new(names, json_string(by));
	}
	json_decref(seen);
	return names;
}

/* Who works here is told by unit and role, other people are left out.  Whoever
 * may not open the file gets no other. */
static bool
is_for_person(const struct call *call)
{
	const char *whom = arg_text(call, "for");

	return (whom && strcmp(whom, "person") == 0) ||
	    !right_any("person.show", call->op->by->role, false);
}

static json_t *
notes_of(const struct call *call)
{
	json_t *notes = json_array();

	json_array_append_new(notes, json_string(_("What is entrusted to a unit that is bound to "
	    "secrecy is left out; that unit answers for it.")));
	if (is_for_person(call))
		json_array_append_new(notes, json_string(_("Names of other people and of staff are "
		    "left out. What clerks wrote in words must be read through before it is "
		    "handed out.")));
	return notes;
}

static enum status
make_package(struct call *call, const struct person *p, json_t *package)
{
	json_t *person;
	const char *office;

	TRY(store_office_get(call->op, "name", &office));
	put(package, "office", json_string(office));
	put(package, "made", shape_instant(call->op->now));
	put(package, "made_by", json_string(call->op->by->name));
	put(package, "locked", json_boolean(p->locked));
	TRY(shape_person(call->op, p, &person));
	put(package, "person", person);
	TRY(put_relatives(call->op, p->id, person));
	TRY(put_restrictions(call->op, p->id, 0, true, package));
	TRY(put_terms(call, p, true, person));
	TRY(put_past(call, p, ALL, ALL, person));
	TRY(fill_cases(call, p, person));
	TRY(put_lived(call->op, p->id, package));
	TRY(put_person_history(call->op, p, ALL, package));
	put(package, "changed_by", writers_of(package));
	TRY(put_seen_by(call->op, p, !is_for_person(call), package));
	TRY(put_told(call->op, p, package));
	if (is_for_person(call)) {
		json_object_set_new(package, "changed_by", json_array());
		package_mask(call->op, package);
	}
	put(package, "notes", notes_of(call));
	return ST_OK;
}

/* ---- as text ---- */

struct text {
	struct op *op;
	char *all;
	size_t n, room;
};

static void PRINTF(2, 3)
line(struct text *t, const char *format, ...)
{
	va_list args;
	char *text;
	size_t n;

	va_start(args, format);
	text = arena_vprintf(t->op->mem, format, args);
	va_end(args);
	n = strlen(text);
	if (t->n + n + 2 > t->room) {
		char *grown = arena_alloc(t->op->mem, t->room = 2 * (t->n + n) + 4096);

		memcpy(grown, t->all ? t->all : "", t->n);
		t->all = grown;
	}
	memcpy(t->all + t->n, text, n);
	t->n += n;
	t->all[t->n++] = '\n';
	t->all[t->n] = '\0';
}

static const char *
at(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

static void
fact(struct text *t, const char *label, const char *value)
{
	if (*value)
		line(t, "  %s: %s", label, value);
}

/* " (2024-01-01 – 2026-10-31, passport)" */
static const char *
days_of(struct op *op, const struct part_spec *spec, const json_t *row)
{
	const char *from = at(row, "from"), *until = at(row, "until"), *source = at(row, "source");
	const char *expires = at(row, "expires");
	char *days = arena_strdup(op->mem, "");

	if (*from || *until)
		days = arena_printf(op->mem, "%s – %s", from, until);
	if (spec == &part_specs[PART_DOCUMENT] && *expires)
		days = arena_printf(op->mem, "%s%s%s %s", days, *days ? ", " : "",
		    _("valid until"), expires);
	if (*source)
		days = arena_printf(op->mem, "%s%s%s", days, *days ? ", " : "", source);
	return *days ? arena_printf(op->mem, " (%s)", days) : "";
}

static void
part_text(struct text *t, enum part part, const json_t *person)
{
	const struct part_spec *spec = &part_specs[part];
	json_t *rows = json_object_get(person, part_key(part)), *row;
	size_t i;

	if (json_array_size(rows) == 0)
		return;
	line(t, "\n%s", tr(spec->section));
	json_array_foreach(rows, i, row) {
		const char *values[PART_FIELDS_MAX] = { NULL };

		for (int f = 0; f < PART_FIELDS_MAX && spec->fields[f].key; f++) {
			const char *label = at(row, arena_printf(t->op->mem, "%s_label",
			    spec->fields[f].key));

			values[f] = *label ? label : at(row, spec->fields[f].key);
		}
		line(t, "  %s%s", part_line(t->op->mem, spec, values),
		    days_of(t->op, spec, row));
	}
}

static void
terms_text(struct text *t, const json_t *person)
{
	json_t *rows = json_object_get(person, "terms"), *row;
	size_t i;

	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Titles and periods"));
	json_array_foreach(rows, i, row)
		line(t, "  %s%s%s, %s – %s, %s", at(row, "kind_label"),
		    *at(row, "status_label") ? ": " : "", at(row, "status_label"), at(row, "from"),
		    at(row, "ends"), at(row, "why"));
}

/* ---- answers, as the form asked them ---- */

static const char *
label_of(const struct form_field *field)
{
	return form_say(&field->label);
}

/* "Children 2: Born: 03.05.2015, Name: Mia" of each row. */
static void
rows_text(struct text *t, const struct form_field *field, const char *stored,
          const json_t *names)
{
	json_t *rows = json_loads(stored, 0, NULL), *row;
	size_t i;

	json_array_foreach(rows, i, row)
		line(t, "    %s %zu: %s", label_of(field), i + 1, form_row_tell(t->op->mem, field,
		    row, names));
	json_decref(rows);
}

/* In the order of the form; what it does not know any more as it is stored. */
static void
answers_text(struct text *t, const json_t *row)
{
	json_t *answers = json_object_get(row, "answers"), *ref = json_object_get(row, "form");
	const json_t *names = json_object_get(row, "people");
	const struct form *form = NULL;
	json_t *value;
	const char *key;
	int version;

	if (json_is_object(ref) && form_load(t->op, at(ref, "key"),
	    (int)json_integer_value(json_object_get(ref, "version")), &form, &version) != ST_OK)
		form = NULL;
	for (size_t i = 0; form && i < form->field_count; i++) {
		const struct form_field *field = &form->fields[i];
		const char *stored = at(answers, field->key);

		if (*stored && field->field_count > 0)
			rows_text(t, field, stored, names);
		else if (*stored)
			line(t, "    %s: %s", label_of(field), form_value_tell(t->op->mem, field,
			    stored, names));
	}
	json_object_foreach(answers, key, value)
		if (!form || !form_find(form, key))
			line(t, "    %s: %s", key, json_string_value(value));
}

static void
cases_text(struct text *t, const json_t *person)
{
	json_t *rows = json_object_get(person, "cases"), *row, *note, *value;
	size_t i, k;

	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Cases"));
	json_array_foreach(rows, i, row) {
		line(t, "  %s %s, %s, %s, %s", at(row, "number"), at(row, "service_label"),
		    at(row, "unit_label"), at(row, "opened"), at(row, "state_label"));
		answers_text(t, row);
		json_array_foreach(json_object_get(row, "documents"), k, value)
			line(t, "    %s: %s", at(value, "label"), at(value, "state_label"));
		json_array_foreach(json_object_get(row, "notes"), k, note)
			line(t, "    %.10s %s: %s", at(note, "at"), at(note, "by"),
			    at(note, "text"));
	}
}

static void
visits_text(struct text *t, const json_t *person)
{
	json_t *rows = json_object_get(person, "visits"), *row;
	size_t i;

	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Visits"));
	json_array_foreach(rows, i, row)
		line(t, "  %.10s %s %s", at(row, "arrived"), at(row, "ticket"),
		    at(row, "concern_label"));
}

static void
lived_text(struct text *t, const json_t *package)
{
	json_t *rows = json_object_get(package, "households"), *row, *place;
	size_t i, k;

	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Household"));
	json_array_foreach(rows, i, row) {
		line(t, "  %s – %s: %s", at(row, "since"), at(row, "until"), at(row, "role_label"));
		json_array_foreach(json_object_get(row, "residences"), k, place)
			line(t, "    %s – %s: %s, %s", at(place, "from"), at(place, "until"),
			    at(place, "street"), at(place, "kind_label"));
	}
	rows = json_object_get(package, "tasks");
	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Tasks"));
	json_array_foreach(rows, i, row)
		line(t, "  %s %s: %s, %s", at(row, "due"), at(row, "unit_label"), at(row, "label"),
		    at(row, "state_label"));
}

/* Whose child, whose parent: who that is stands there for the office only. */
static void
relatives_text(struct text *t, const json_t *person)
{
	json_t *parents = json_object_get(person, "parents"), *row;
	json_t *children = json_object_get(person, "children");
	size_t i;

	if (json_array_size(parents) + json_array_size(children) > 0)
		line(t, "\n%s", _("Parents and children"));
	json_array_foreach(parents, i, row)
		line(t, "  %s: %s", at(row, "kind_label"), *at(row, "name") ? at(row, "name")
		    : _("another person"));
	json_array_foreach(children, i, row)
		line(t, "  %s: %s", _("child"), *at(row, "name") ? at(row, "name")
		    : _("another person"));
}

static void
history_text(struct text *t, const json_t *package)
{
	json_t *rows = json_object_get(package, "history"), *row, *change;
	size_t i, k;

	line(t, "\n%s", _("Changes"));
	json_array_foreach(rows, i, row) {
		const char *reason = at(row, "reason");

		line(t, "  %.10s %s: %s%s%s", at(row, "at"), at(row, "by"), at(row, "label"),
		    *reason ? " – " : "", reason);
		json_array_foreach(json_object_get(row, "changes"), k, change) {
			const char *old = at(change, "old"), *new = at(change, "new");

			line(t, "    %s: %s → %s", at(change, "label"), *old ? old : "–",
			    *new ? new : "–");
		}
	}
}

/* "2026-11-23 09:14  Servicecenter, counter clerk (Okafor): a person, ..." */
static void
seen_text(struct text *t, const json_t *package)
{
	json_t *rows = json_object_get(package, "seen_by"), *row;
	size_t i;

	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Who saw it"));
	json_array_foreach(rows, i, row) {
		const char *name = at(json_object_get(row, "staff"), "name");
		const json_t *staff = json_object_get(row, "staff");
		char day[11], hhmm[6];
		int64_t when = 0;

		instant_parse(at(row, "at"), &when);
		line(t, "  %s %s %s, %s%s%s: %s%s", day_iso(clock_day(when), day),
		    clock_hhmm(when, hhmm), at(staff, "unit_label"), at(staff, "role_label"),
		    *name ? ", " : "", name, at(row, "kind_label"),
		    *at(row, "purpose_label") ? arena_printf(t->op->mem, " (%s)",
		    at(row, "purpose_label")) : "");
	}
}

static void
told_text(struct text *t, const json_t *package)
{
	json_t *rows = json_object_get(package, "told"), *row, *field;
	size_t i, k;

	if (json_array_size(rows) > 0)
		line(t, "\n%s", _("Told out of what was entrusted"));
	json_array_foreach(rows, i, row) {
		line(t, "  %.10s %s → %s, %s (%s): %s", at(row, "at"), at(row, "from_label"),
		    at(row, "to_label"), at(row, "basis_label"), at(row, "cite"), at(row, "reason"));
		json_array_foreach(json_object_get(row, "fields"), k, field)
			line(t, "    %s: %s", at(field, "label"), at(field, "value"));
	}
}

static const char *
package_text(struct op *op, const struct person *p, const json_t *package)
{
	const json_t *person = json_object_get(package, "person");
	struct text t = { .op = op };
	int sex = p->sex ? state_by_name(&sexes, p->sex) : -1;
	json_t *note;
	size_t i;

	if (p->locked)
		line(&t, _("LOCKED against disclosure until %s: give this to the person "
		    "themselves only.\n"), p->lock_day);
	else if (lived_shields(package))
		line(&t, _("Somebody of the household is LOCKED against disclosure: give this to the "
		    "person themselves only, where nobody else reads it.\n"));
	line(&t, _("What %s holds of %s"), at(package, "office"), p->display);
	line(&t, _("Made %.10s by %s\n"), at(package, "made"), at(package, "made_by"));
	fact(&t, _("Born"), at(person, "born"));
	fact(&t, _("Sex"), sex < 0 ? "" : state_label(&sexes, sex));
	fact(&t, _("Nationality"), at(person, "nationality_label"));
	for (int part = 0; part < PARTS; part++)
		part_text(&t, (enum part)part, person);
	terms_text(&t, person);
	cases_text(&t, person);
	visits_text(&t, person);
	lived_text(&t, package);
	relatives_text(&t, person);
	told_text(&t, package);
	history_text(&t, package);
	seen_text(&t, package);
	line(&t, "%s", "");
	json_array_foreach(json_object_get(package, "notes"), i, note)
		line(&t, "%s", json_string_value(note));
	return t.all;
}

static enum status
run_export(struct call *call)
{
	json_t *package = json_object();
	struct person p;

	put(call->out, "package", package);
	TRY(person_show(call->op, arg_id(call, "id"), &p));
	look_file(call->op, p.id);
	TRY(make_package(call, &p, package));
	put(call->out, "text", json_string(package_text(call->op, &p, package)));
	return ST_OK;
}

static const char *const whom[] = { "person", "office", NULL };

static const struct arg export_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG_OF("for", OPTIONAL, N_("person: without other people and names of staff"), whom),
	PURPOSE_ARG, ARG_END
};

const struct command cmd_person_export = {
	.name = "person.export", .args = export_args,
	.flags = CMD_SENSITIVE | CMD_COPY,
	.help = N_("everything you may see of a person, for the person (Art. 15 DSGVO)"),
	.run = run_export,
};
