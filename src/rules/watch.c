/*
 * watch.c - layer 1: signs of unusual reading.  Called by service/watch.c,
 * store/look.c and admin/watch.c.  Pure.
 */
#include "rules_watch.h"

#include <stdio.h>
#include <string.h>

#include "rules_name.h"

static const char *const names[] = {
#define X(id, name, label) name,
	WATCH_LIST(X)
#undef X
};
static const char *const labels[] = {
#define X(id, name, label) label,
	WATCH_LIST(X)
#undef X
};
static const char *const kinds[] = {
#define X(id, name, label) "watch." name,
	WATCH_LIST(X)
#undef X
};

const char *
watch_kind(enum watch_sign sign)
{
	return kinds[sign];
}

enum watch_sign
watch_by_kind(const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i], kind) == 0)
			return (enum watch_sign)i;
	return WATCH_SIGNS;
}

int
watch_minutes(const char *hhmm)
{
	unsigned hour, minute;
	char rest;

	if (sscanf(hhmm, "%2u:%2u%c", &hour, &minute, &rest) != 2 || hour > 24 || minute > 59)
		return -1;
	return (int)(hour * 60 + minute);
}

bool
watch_same_family(struct arena *a, const char *staff, const char *person)
{
	struct name_unit own[NAME_UNITS_MAX], theirs[NAME_UNITS_MAX];
	const char *family = arena_strndup(a, person, strcspn(person, ","));
	size_t n_own = name_units(a, staff, own), n = name_units(a, family, theirs);

	for (size_t i = 0; n_own > 0 && i < n; i++)
		if (strcmp(theirs[i].form, own[n_own - 1].form) == 0)
			return true;
	return false;
}

const struct state_list watch_signs = { names, labels, COUNT_OF(names) };
