/*
 * import_double.c - layer 5: is somebody of a file in the register already,
 * under another spelling?  Called by import.c.
 *
 * The judge of the clerks' candidates looks through the whole vocabulary: a
 * millisecond a person, two minutes for a file that must go in within one.
 * Here only those born on the same day are compared, by the same likeness of
 * names; the rest is found by tresen-admin duplicates in the night.
 */
#include "import.h"

#include <string.h>

#include "rules_name.h"

/* A name made ready to be compared. */
struct parts {
	struct name_unit units[NAME_UNITS_MAX];
	size_t n;
};

static void
split(struct arena *mem, const char *display, struct parts *name)
{
	size_t kept = 0;

	name->n = name_units(mem, display, name->units);
	for (size_t i = 0; i < name->n; i++)
		if (name->units[i].particle != PARTICLE_ARTICLE)
			name->units[kept++] = name->units[i];
	name->n = kept;
}

/* The unused part of a name that is another spelling of the unit; n: none. */
static size_t
spelled_as(const struct name_unit *unit, const struct parts *name, const bool *used)
{
	struct name_probe probe;

	name_probe(unit->form, unit->bare, &probe);
	for (size_t i = 0; i < name->n; i++)
		if (!used[i] && name_like(&probe, name->units[i].form, false) >= LIKE_SPELLING)
			return i;
	return name->n;
}

/* Every part of the shorter name stands in the other, and more than one does. */
static bool
is_alike(const struct parts *a, const struct parts *b)
{
	const struct parts *few = a->n < b->n ? a : b, *many = a->n < b->n ? b : a;
	bool used[NAME_UNITS_MAX] = { false };

	if (few->n == 0 || (few->n == 1 && many->n > 1))
		return false;
	for (size_t i = 0; i < few->n; i++) {
		size_t at = spelled_as(&few->units[i], many, used);

		if (at == many->n)
			return false;
		used[at] = true;
	}
	return true;
}

/* 1 January stands for want of a date, a year alone for many people. */
static bool
is_real_day(const char *born)
{
	return strlen(born) == 10 && strcmp(born + 4, "-01-01") != 0;
}

enum status
import_double(struct op *op, const struct newcomer *who, struct resident *like)
{
	struct resident *list;
	struct parts name, other;
	size_t n;

	*like = (struct resident){ 0 };
	if (!is_real_day(who->born))
		return ST_OK;
	TRY(store_import_born(op, who->born, &list, &n));
	if (n > 0)
		split(op->mem, who->display, &name);
	for (size_t i = 0; i < n && !like->id; i++) {
		split(op->mem, list[i].display, &other);
		if (is_alike(&name, &other))
			*like = list[i];
	}
	return ST_OK;
}
