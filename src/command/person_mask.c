/*
 * person_mask.c - layer 4: a data package as the person may take it home: the
 * rights of others come first (Art. 15(4) DSGVO).  Called by person_export.c.
 * Must never leave the name of anybody else than the person in it, but where
 * clerks wrote one into a free text.
 */
#include "shape_person.h"

#include <string.h>

/* Who works here: told by unit and role, where they are told at all
 * (CJEU C-579/21). */
static const char *const staff_keys[] = {
	"by", "owner", "owner_name", "staff", "staff_name", "made_by", "offered_by", "settled_by",
	"proposed_by", "undone_by", "opened_by", "login",
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

static void
mask_staff(json_t *o, const char *key)
{
	mask_text(o, key, _("a member of staff"));
}

/* A change of what the history tells in words: "HADDAD, Mona (mother)". */
static void
mask_change(json_t *o, const char *field)
{
	if (strcmp(field, "owner_id") == 0) {
		mask_staff(o, "old");
		mask_staff(o, "new");
	} else if (strcmp(field, "parent") == 0 || strcmp(field, "child") == 0) {
		mask_text(o, "old", _("another person"));
		mask_text(o, "new", _("another person"));
	}
}

/* Sessions, acts and rights of the reader are not about the person. */
static void
mask_object(json_t *o)
{
	const char *key, *field = json_string_value(json_object_get(o, "field"));
	json_t *value;
	void *next;

	if (field)
		mask_change(o, field);
	json_object_del(o, "may");
	json_object_del(o, "may_change");
	json_object_foreach_safe(o, next, key, value) {
		if (is_among(key, staff_keys, COUNT_OF(staff_keys)) && json_is_string(value))
			mask_staff(o, key);
		else if (is_among(key, people_keys, COUNT_OF(people_keys)))
			mask_people(value);
		else if (strcmp(key, "people") == 0 && json_is_object(value))
			json_object_clear(value); /* whom answers name */
		else
			package_mask(value);
	}
}

void
package_mask(json_t *value)
{
	json_t *item;
	size_t i;

	if (json_is_object(value))
		mask_object(value);
	json_array_foreach(value, i, item)
		package_mask(item);
}
