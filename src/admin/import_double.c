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

/* The newcomer's name, made ready once to be compared with many. */
struct newcomer_name {
	struct parts parts;
	struct name_probe probes[NAME_UNITS_MAX];
};

static void
make_ready(struct arena *mem, const char *display, struct newcomer_name *name)
{
	split(mem, display, &name->parts);
	for (size_t i = 0; i < name->parts.n; i++)
		name_probe(name->parts.units[i].form, name->parts.units[i].bare, &name->probes[i]);
}

/* Every part of the shorter name stands in the other, and more than one does. */
static bool
is_alike(const struct newcomer_name *a, const struct parts *b)
{
	bool fewer = a->parts.n < b->n, used[NAME_UNITS_MAX] = { false };
	size_t few = fewer ? a->parts.n : b->n, many = fewer ? b->n : a->parts.n;

	if (few == 0 || (few == 1 && many > 1))
		return false;
	for (size_t i = 0; i < few; i++) {
		size_t k = 0;

		while (k < many && (used[k] || name_like(&a->probes[fewer ? i : k],
		    b->units[fewer ? k : i].form, false) < LIKE_SPELLING))
			k++;
		if (k == many)
			return false;
		used[k] = true;
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
	struct newcomer_name name;
	struct parts other;
	size_t n;

	*like = (struct resident){ 0 };
	if (!is_real_day(who->born))
		return ST_OK;
	TRY(store_import_born(op, who->born, &list, &n));
	if (n > 0)
		make_ready(op->mem, who->display, &name);
	for (size_t i = 0; i < n && !like->id; i++) {
		split(op->mem, list[i].display, &other);
		if (is_alike(&name, &other))
			*like = list[i];
	}
	return ST_OK;
}
