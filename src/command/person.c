/*
 * person.c - layer 4: commands of the person register.
 */
#include "shape.h"

#define VISITS_SHOWN 10
#define CASES_SHOWN 50
#define HITS_USUAL 10
#define HITS_MOST 50

/* "Syria, Iraq" */
static enum status
nationality_label(struct op *op, const struct person *p, const char **label)
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

static json_t *
shape_names(const struct person *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n_names; i++) {
		const struct person_name *name = &p->names[i];
		json_t *o = json_object();

		put(o, "kind", json_string(name->kind));
		put(o, "family", json_string(name->family));
		put(o, "given", shape_text(name->given));
		put(o, "script", json_string(name->script));
		put(o, "source", shape_text(name->source));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
shape_codes(const struct person *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n_nationalities; i++)
		json_array_append_new(list, json_string(p->nationalities[i]));
	return list;
}

static enum status
shape_person(struct op *op, const struct person *p, json_t **out)
{
	const char *label, *language = NULL;
	json_t *o;

	TRY(nationality_label(op, p, &label));
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
	put(o, "names", shape_names(p));
	put(o, "language", shape_text(p->language));
	put(o, "language_label", shape_text(language));
	put(o, "phone", shape_text(p->phone));
	put(o, "address", shape_text(p->address));
	*out = o;
	return ST_OK;
}

/* Cases that this reader may see, newest first. */
static enum status
put_cases(struct call *call, const struct person *p, json_t *person)
{
	json_t *rows = json_array();
	struct case_file *list;
	size_t n;

	put(person, "cases", rows);
	TRY(store_case_by_person(call->op, p->id, CASES_SHOWN, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		if (case_sight_of(call->op, &list[i]) != SIGHT_FULL)
			continue;
		TRY(shape_case(call->op, &list[i], &o));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
put_visits(struct call *call, const struct person *p, json_t *person)
{
	json_t *rows = json_array();
	struct visit *list;
	size_t n;

	put(person, "visits", rows);
	TRY(store_visit_by_person(call->op, p->id, visit_reader(call->op), VISITS_SHOWN, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o;

		TRY(shape_visit(call->op, &list[i], false, &o));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}

static enum status
put_person(struct call *call, const struct person *p)
{
	json_t *o;

	TRY(shape_person(call->op, p, &o));
	put(call->out, "person", o);
	TRY(put_cases(call, p, o));
	return put_visits(call, p, o);
}

static struct person_wish
wish_of(const struct call *call)
{
	return (struct person_wish){
		.family = arg_text(call, "family"), .given = arg_text(call, "given"),
		.born = arg_text(call, "born"), .sex = arg_text(call, "sex"),
		.nationality = arg_text(call, "nationality"),
		.language = arg_text(call, "language"), .phone = arg_text(call, "phone"),
		.address = arg_text(call, "address"),
	};
}

static enum status
run_new(struct call *call)
{
	struct person_wish wish = wish_of(call);
	struct person p;

	TRY(person_new(call->op, &wish, &p));
	return put_person(call, &p);
}

static enum status
run_edit(struct call *call)
{
	struct person_wish wish = wish_of(call);
	struct person p;

	TRY(person_change(call->op, arg_id(call, "id"), arg_id(call, "version"), &wish, &p));
	return put_person(call, &p);
}

static enum status
run_show(struct call *call)
{
	struct person p;

	TRY(person_show(call->op, arg_id(call, "id"), &p));
	return put_person(call, &p);
}

json_t *
shape_hit(struct op *op, const struct hit *hit)
{
	const char *label;
	json_t *o = json_object();

	put(o, "id", json_integer(hit->person.id));
	put(o, "name", json_string(hit->person.display));
	put(o, "born", shape_text(hit->person.born));
	if (nationality_label(op, &hit->person, &label) != ST_OK)
		label = "";
	put(o, "nationality", json_string(label));
	put(o, "score", json_integer(hit->score));
	put(o, "why", json_string(hit->why));
	return o;
}

static enum status
run_find(struct call *call)
{
	json_t *rows = json_array();
	struct hit *hits;
	int limit;
	size_t n;

	put(call->out, "people", rows);
	TRY(read_limit(call, HITS_USUAL, HITS_MOST, &limit));
	TRY(person_find(call->op, arg_text(call, "q"), limit, &hits, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_hit(call->op, &hits[i]));
	return ST_OK;
}

static const char *const sexes[] = { "m", "f", "d", "x", NULL };

#define FAMILY_HELP N_("family name; a single name goes here")
#define PERSON_ARGS                                                            \
	ARG("given", ARG_TEXT, OPTIONAL, N_("given names")),                   \
	ARG("born", ARG_BIRTH, OPTIONAL, N_("date of birth, as far as known: 1990, 1990-05")), \
	ARG_OF("sex", OPTIONAL, N_("m, f, d (divers) or x (not stated)"), sexes), \
	ARG("nationality", ARG_TEXT, OPTIONAL, N_("countries, three letters, commas between")), \
	ARG("language", ARG_TEXT, OPTIONAL, N_("language to talk in, such as ar")), \
	ARG("phone", ARG_TEXT, OPTIONAL, N_("telephone number")),              \
	ARG("address", ARG_TEXT, OPTIONAL, N_("where the person lives"))

static const struct arg new_args[] = {
	ARG("family", ARG_TEXT, REQUIRED, FAMILY_HELP), PERSON_ARGS, ARG_END
};
static const struct arg edit_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("version", ARG_INT, OPTIONAL, N_("version you have seen")),
	ARG("family", ARG_TEXT, OPTIONAL, FAMILY_HELP), PERSON_ARGS, ARG_END
};
static const struct arg show_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")), ARG_END
};
static const struct arg find_args[] = {
	ARG("q", ARG_TEXT, REQUIRED, N_("beginnings of names in any order, or a case number")),
	ARG("limit", ARG_INT, OPTIONAL, N_("rows at most")), ARG_END
};

const struct command cmd_person_new = {
	.name = "person.new", .args = new_args, .roles = ROLE_HANDS, .flags = CMD_WRITE,
	.help = N_("make a record for a person; search first"), .run = run_new,
};
const struct command cmd_person_edit = {
	.name = "person.edit", .args = edit_args, .roles = ROLE_HANDS, .flags = CMD_WRITE,
	.help = N_("change a person's record"), .run = run_edit, .current = run_show,
};
const struct command cmd_person_show = {
	.name = "person.show", .args = show_args, .roles = ROLE_OFFICE, .flags = CMD_SENSITIVE,
	.help = N_("a person, with the cases and visits you may see"), .run = run_show,
};
const struct command cmd_person_find = {
	.name = "person.find", .args = find_args, .roles = ROLE_OFFICE, .flags = CMD_SENSITIVE,
	.help = N_("find people by the beginnings of their names"), .run = run_find,
};
