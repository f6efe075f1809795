/*
 * country.c - layer 1: other words for countries than their codes and their
 * names in the catalogue.  Called by service/country.c and the import.  Table:
 * data/names/countries.tsv.
 */
#include "rules_person.h"

#include <stdlib.h>
#include <string.h>

struct word {
	const char *form, *code;
};

static int
by_form(const void *form, const void *word)
{
	return strcmp(form, ((const struct word *)word)->form);
}

/* Sorted by form. */
static const struct word words[] = {
#include "names_countries.inc"
};

const char *
country_of_word(const char *form)
{
	const struct word *found =
	    bsearch(form, words, COUNT_OF(words), sizeof(*words), by_form);

	return found ? found->code : NULL;
}

bool
country_stands_alone(const char *code)
{
	return strcmp(code, "XXA") == 0 || strcmp(code, "XXX") == 0;
}
