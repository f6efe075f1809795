/*
 * import_word.c - layer 5: what a file calls countries and languages.  Called
 * by import_row.c.
 */
#include "import.h"

#include <string.h>

#include "rules_person.h"
#include "store_catalogue.h"
#include "text.h"

struct word {
	const char *form;        /* search form of a name or of the code itself */
	const char *code;
};
struct import_names {
	struct word *words;
	size_t n;
};

static void
word_add(struct op *op, struct import_names *names, const char *name, const char *code)
{
	const char *inside = strchr(name, '('), *end = strrchr(name, ')');

	names->words[names->n++] = (struct word){
		text_search_form(op->mem, name, true), code,
	};
	/* "Persisch (Farsi)": people write the one or the other */
	if (inside && end > inside)
		names->words[names->n++] = (struct word){
			text_search_form(op->mem, arena_strndup(op->mem, inside + 1,
			    (size_t)(end - inside) - 1), true), code,
		};
}

/* A code list by code, German and English names. */
enum status
import_words_read(struct op *op, const char *list, struct import_names **names)
{
	static const enum lang languages[] = { LANG_DE, LANG_EN };
	enum lang lang = op->lang;

	*names = arena_make(op->mem, struct import_names);
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		struct code *codes;
		size_t n;
		enum status s;

		op->lang = languages[i];
		s = store_code_list(op, list, &codes, &n);
		op->lang = lang;
		TRY(s);
		if (!(*names)->words)
			(*names)->words = arena_array(op->mem, struct word, 6 * n);
		for (size_t k = 0; k < n; k++) {
			word_add(op, *names, codes[k].name, codes[k].code);
			if (i == 0)
				word_add(op, *names, codes[k].code, codes[k].code);
		}
	}
	return ST_OK;
}

const char *
import_word(struct arena *mem, const struct import_names *names, const char *text)
{
	const char *form = text_search_form(mem, text, true);

	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->words[i].form, form) == 0)
			return names->words[i].code;
	return NULL;
}

const char *
import_country(struct arena *mem, const struct import_plan *plan, const char *text)
{
	const char *code = import_word(mem, plan->countries, text);

	return code ? code : country_of_word(text_search_form(mem, text, true));
}
