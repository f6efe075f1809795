/*
 * person_mask.c - layer 4: a data package as the person may take it home: the
 * rights of others come first (Art. 15(4) DSGVO).  Called by person_export.c.
 * Must never leave the name of anybody else than the person in it, but where
 * clerks wrote one into a free text.
 */
#include "shape_person.h"

#include <string.h>

#include "service_form.h"

/* Who works here: told by unit and role, where they are told at all
 * (CJEU C-579/21). */
static const char *const staff_keys[] = {
	"by", "owner", "owner_name", "staff", "staff_name", "staff_names", "login", "deputy_name",
};
/* Other people beside the person: their place stays, their name goes. */
static const char *const people_keys[] = { "parents", "children", "members" };

static bool
is_among(const char *key, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void
mask_people(json_t *rows)
{
	static const char *const told[] = { "id", "name", "born", "version" };
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		for (size_t k = 0; k < COUNT_OF(told); k++)
			if (json_object_get(row, told[k]))
				json_object_set_new(row, told[k], json_null());
}

static void
mask_text(json_t *o, const char *key, const char *instead)
{
	if (json_is_string(json_object_get(o, key)))
		json_object_set_new(o, key, json_string(instead));
}

/* One of them, or a list. */
static void
mask_staff(json_t *o, const char *key)
{
	json_t *list = json_object_get(o, key), *one;
	size_t i;

	mask_text(o, key, _("a member of staff"));
	json_array_foreach(list, i, one)
		if (json_is_string(one))
			json_array_set_new(list, i, json_string(_("a member of staff")));
}

/* All that ends in _by says who did it; seen_by holds more, which is gone through. */
static bool
is_of_staff(const char *key)
{
	size_t n = strlen(key);

	return is_among(key, staff_keys, COUNT_OF(staff_keys)) ||
	    (n > 3 && strcmp(key + n - 3, "_by") == 0);
}

/* A change of what the history tells in words: "HADDAD, Mona (mother)". */
static void
mask_change(json_t *o, const char *field)
{
	if (strcmp(field, "owner_id") == 0 || strcmp(field, "proposed_by") == 0) {
		mask_staff(o, "old");
		mask_staff(o, "new");
	} else if (strcmp(field, "parent") == 0 || strcmp(field, "child") == 0) {
		mask_text(o, "old", _("another person"));
		mask_text(o, "new", _("another person"));
	}
}

/* ---- answers that name people of the register ---- */

static bool
names_people(const struct form_field *field)
{
	for (size_t i = 0; i < field->field_count; i++)
		if (names_people(&field->fields[i]))
			return true;
	return field->type == FORM_PERSON || field->type == FORM_MEMBERS;
}

/* What stands there now is told by its place; what stood there before, in words, not. */
static void
mask_answers(struct op *op, json_t *of_case)
{
	const json_t *ref = json_object_get(of_case, "form"), *event, *change;
	const char *key = json_string_value(json_object_get(ref, "key")), *number;
	const struct form_field *field;
	const struct form *form;
	json_t *name;
	size_t i, k;
	int version;

	json_object_foreach(json_object_get(of_case, "people"), number, name)
		mask_text(json_object_get(of_case, "people"), number, _("another person"));
	if (!key || form_load(op, key, (int)json_integer_value(json_object_get(ref, "version")),
	    &form, &version) != ST_OK)
		return;
	json_array_foreach(json_object_get(of_case, "history"), i, event)
		json_array_foreach(json_object_get(event, "changes"), k, change) {
			field = form_find(form, json_string_value(json_object_get(change, "field")));
			if (!field || !names_people(field))
				continue;
			mask_text((json_t *)(uintptr_t)change, "old", _("another person"));
			mask_text((json_t *)(uintptr_t)change, "new", _("another person"));
		}
}

/* Sessions, acts and rights of the reader are not about the person.  Keys of answers are
 * fields of a form, and tell nobody's part in anything. */
static void
mask_object(struct op *op, json_t *o)
{
	const char *key, *field = json_string_value(json_object_get(o, "field"));
	json_t *value;
	void *next;

	if (field)
		mask_change(o, field);
	json_object_del(o, "may");
	json_object_del(o, "may_change");
	if (json_is_object(json_object_get(o, "answers")))
		mask_answers(op, o);
	json_object_foreach_safe(o, next, key, value) {
		if (is_of_staff(key))
			mask_staff(o, key);
		if (is_among(key, people_keys, COUNT_OF(people_keys)))
			mask_people(value);
		else if (strcmp(key, "answers") != 0 && strcmp(key, "reasons") != 0)
			/* as it stands there now */
			package_mask(op, json_object_get(o, key));
	}
}

void
package_mask(struct op *op, json_t *value)
{
	json_t *item;
	size_t i;

	if (json_is_object(value))
		mask_object(op, value);
	json_array_foreach(value, i, item)
		package_mask(op, item);
}
