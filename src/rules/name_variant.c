/*
 * name_variant.c - layer 1: names that are one name but sound too different
 * for any fold.  Called by name_key.c and name_like.c.  Table:
 * data/names/variants.tsv.
 */
#include "rules_name.h"

#include <string.h>

/* Sorted by name; a name stands once for each of its groups. */
static const struct {
	const char *name;
	int group;
} variants[] = {
#include "names_variants.inc"
};

size_t
name_groups(const char *form, int groups[NAME_GROUPS_MAX])
{
	size_t low = 0, high = COUNT_OF(variants), n = 0;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(variants[middle].name, form) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < COUNT_OF(variants) && strcmp(variants[low].name, form) == 0; low++)
		if (n < NAME_GROUPS_MAX)
			groups[n++] = variants[low].group;
	return n;
}
