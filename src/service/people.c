/*
 * people.c - layer 3: people that answers name by their number, in rows too: is
 * there such a person, and what are they called?  Called by judge.c and by
 * whoever shows answers.  Must never tell more of them than the name.
 */
#include <stdlib.h>
#include <string.h>

#include "guard.h"
#include "intake.h"

struct finder {
	struct op *op;
	const char *path;        /* of the answer looked at */
	json_t *names;           /* to be filled; NULL: only see that they are there */
};

static enum status
find_person(struct finder *f, const char *number)
{
	int64_t id = strtoll(number, NULL, 10);
	struct person p;
	enum status s;

	if (!f->names)
		return person_current(f->op, f->path, &id);
	if (json_object_get(f->names, number))
		return ST_OK;
	s = person_show(f->op, id, &p);
	if (s == ST_OK)
		json_object_set_new(f->names, number, json_string(p.display));
	if (s != ST_NOT_FOUND && s != ST_DENIED)
		return s;
	f->op->fail = (struct failure){ 0 }; /* it stays a number */
	return ST_OK;
}

static enum status find_in(struct finder *f, const struct form_field *field,
                           const json_t *value);

static enum status
find_in_rows(struct finder *f, const struct form_field *repeat, const json_t *rows)
{
	const char *path = f->path;
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		for (size_t k = 0; k < repeat->field_count; k++) {
			const struct form_field *field = &repeat->fields[k];

			f->path = arena_printf(f->op->mem, "%s[%zu].%s", path, i + 1, field->key);
			TRY(find_in(f, field, json_object_get(row, field->key)));
		}
	f->path = path;
	return ST_OK;
}

static enum status
find_in(struct finder *f, const struct form_field *field, const json_t *value)
{
	const char *text = json_string_value(value);
	json_t *rows;
	enum status s;

	if (field->type == FORM_REPEAT && text) {
		rows = json_loads(text, 0, NULL);
		s = find_in_rows(f, field, rows);
		json_decref(rows);
		return s;
	}
	if (field->type == FORM_REPEAT)
		return find_in_rows(f, field, value);
	if (field->type != FORM_PERSON && field->type != FORM_MEMBERS)
		return ST_OK;
	for (const char *at = text; at && *at; at += strcspn(at, ","), at += *at == ',')
		TRY(find_person(f, arena_strndup(f->op->mem, at, strcspn(at, ","))));
	return ST_OK;
}

enum status
answer_people_known(struct op *op, const struct form_field *field, const json_t *value)
{
	struct finder f = { op, field->key, NULL };

	return find_in(&f, field, value);
}

enum status
answer_people_names(struct op *op, const struct form_field *field, const char *text,
                    json_t *names)
{
	struct finder f = { op, field->key, names };
	json_t *value = json_string(text ? text : "");
	enum status s = find_in(&f, field, value);

	json_decref(value);
	return s;
}
