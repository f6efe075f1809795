/*
 * scan.c - layer 4: person.scan, the machine-readable zone of a document.
 */
#include "service_scan.h"
#include "shape.h"

/* What cannot be relied on is null; how it reads stands in "fields". */
static json_t *
shape_sure(const struct scan *s, enum mrz_field_id id)
{
	const struct mrz_field *f = &s->mrz.fields[id];

	return shape_text(f->sure && *f->read ? f->read : NULL);
}

static json_t *
shape_field(const struct scan *s, enum mrz_field_id id)
{
	const struct mrz_field *f = &s->mrz.fields[id];
	json_t *o = json_object();

	put(o, "field", json_string(state_name(&mrz_fields, (int)id)));
	put(o, "label", json_string(state_label(&mrz_fields, (int)id)));
	put(o, "raw", json_string(f->raw));
	put(o, "read", shape_text(*f->read ? f->read : NULL));
	put(o, "sure", json_boolean(f->sure));
	return o;
}

static json_t *
shape_check(const struct mrz_check *c)
{
	json_t *o = json_object();

	put(o, "field", json_string(state_name(&mrz_fields, (int)c->field)));
	put(o, "label", json_string(state_label(&mrz_fields, (int)c->field)));
	put(o, "expected", json_stringn(&c->expected, 1));
	put(o, "found", json_stringn(&c->found, 1));
	put(o, "holds", json_boolean(c->holds));
	return o;
}

static json_t *
shape_fields(const struct scan *s)
{
	json_t *list = json_array();

	for (int i = 0; i < MRZ_COMPOSITE; i++)
		json_array_append_new(list, shape_field(s, (enum mrz_field_id)i));
	return list;
}

static json_t *
shape_checks(const struct scan *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->mrz.n_checks; i++)
		json_array_append_new(list, shape_check(&s->mrz.checks[i]));
	return list;
}

/* A country as the catalogue has it; as printed, where it does not. */
static json_t *
shape_country(const struct scan *s, enum mrz_field_id id, const char *code)
{
	return code ? json_string(code) : shape_sure(s, id);
}

/* What it means; a code that nobody knows stands for itself. */
static json_t *
shape_label(const struct scan *s, enum mrz_field_id id, const char *label)
{
	return label ? json_string(label) : shape_sure(s, id);
}

static json_t *
shape_scan(const struct scan *s)
{
	const struct mrz_kind *kind = mrz_kind_of(&s->mrz);
	json_t *o = json_object();

	put(o, "format", json_string(mrz_format_name(s->mrz.format)));
	put(o, "kind", json_string(kind->name));
	put(o, "kind_label", json_string(tr(kind->label)));
	put(o, "issuer", shape_country(s, MRZ_ISSUER, s->issuer));
	put(o, "issuer_label", shape_label(s, MRZ_ISSUER, s->issuer_label));
	put(o, "number", shape_sure(s, MRZ_NUMBER));
	put(o, "family", shape_sure(s, MRZ_FAMILY));
	put(o, "given", shape_sure(s, MRZ_GIVEN));
	put(o, "names_cut", json_boolean(s->mrz.names_cut));
	put(o, "born", shape_sure(s, MRZ_BORN));
	put(o, "sex", shape_sure(s, MRZ_SEX));
	put(o, "nationality", shape_country(s, MRZ_NATIONALITY, s->nationality));
	put(o, "nationality_label", shape_label(s, MRZ_NATIONALITY, s->nationality_label));
	put(o, "nationality_known", json_boolean(s->nationality != NULL));
	put(o, "expires", shape_sure(s, MRZ_EXPIRES));
	put(o, "optional", shape_sure(s, MRZ_OPTIONAL));
	put(o, "fields", shape_fields(s));
	put(o, "checks", shape_checks(s));
	put(o, "valid", json_boolean(s->mrz.valid));
	return o;
}

static enum status
run_scan(struct call *call)
{
	json_t *rows;
	struct scan s;
	enum status status = person_scan(call->op, arg_text(call, "mrz"), &s);

	if (status != ST_OK && (status != ST_INVALID || !s.read))
		return status;
	rows = json_array();
	for (size_t i = 0; i < s.n_people; i++)
		json_array_append_new(rows, shape_hit(call->op, &s.people[i]));
	if (status == ST_INVALID)
		call->told = json_object();
	put(call->told ? call->told : call->out, "scan", shape_scan(&s));
	put(call->told ? call->told : call->out, "people", rows);
	return status;
}

static const struct arg scan_args[] = {
	ARG("mrz", ARG_TEXT, REQUIRED,
	    N_("the lines of a passport or card that a machine reads, | or nothing between")),
	ARG_END
};

const struct command cmd_person_scan = {
	.name = "person.scan", .args = scan_args, .flags = CMD_SENSITIVE,
	.help = N_("read the lines of a document, check them and find whose it is"),
	.run = run_scan,
};
