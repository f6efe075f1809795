/*
 * country.c - layer 3: the code of a country from what somebody calls it.
 * Called by person.c and find.c.
 */
#include <string.h>

#include "guard.h"
#include "text.h"

/* Its name in one of the languages of the office.  A search asks this of each
 * word at each key: most names are passed over by their first letter. */
static enum status
by_name(struct op *op, const char *form, const char **code)
{
	struct code *list;
	size_t n;

	TRY(store_code_begun(op, "country", *form, &list, &n));
	for (size_t k = 0; k < n; k++)
		if (strcmp(text_search_form(op->mem, list[k].name, true), form) == 0) {
			*code = list[k].code;
			return ST_OK;
		}
	return ST_OK;
}

const char *
countries_joined(struct op *op, const struct person *p)
{
	const char *all = NULL;

	for (size_t i = 0; i < p->n_nationalities; i++)
		all = all ? arena_printf(op->mem, "%s %s", all, p->nationalities[i])
		          : p->nationalities[i];
	return all;
}

enum status
countries_typed(struct op *op, const char *text, const char **codes)
{
	char *save = NULL, *copy = arena_strdup(op->mem, text ? text : "");

	*codes = NULL;
	for (char *c = strtok_r(copy, ",; ", &save); c; c = strtok_r(NULL, ",; ", &save)) {
		const char *code;

		TRY(country_code(op, c, &code));
		if (code)
			*codes = *codes ? arena_printf(op->mem, "%s %s", *codes, code) : code;
	}
	return ST_OK;
}

enum status
no_country(struct op *op, const char *word)
{
	return op_fail_field(op, ST_INVALID, "nationality",
	    _("There is no country %s. Use its name or the three letters of the passport, such as "
	      "SYR; XXA is stateless, XXX is unclear."), word);
}

enum status
country_code(struct op *op, const char *word, const char **code)
{
	const char *upper = text_upper(op->mem, word), *name;
	const char *form = text_search_form(op->mem, word, true);

	TRY(store_code_name(op, "country", upper, &name));
	*code = name ? upper : country_of_word(form);
	return *code ? ST_OK : by_name(op, form, code);
}
