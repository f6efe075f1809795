/*
 * personwords.c - layer 3: what a clerk types of a person, as the register has
 * it: dates, countries, languages.  Called by the form of a person.  Must never
 * guess: what is not one thing is refused with a sentence.
 */
#include "personform.h"

#include <string.h>

#include "rules_order.h"
#include "rules_person.h"
#include "text.h"

static const char *
no_code(struct screen *s, const char **why, const char *sentence, const char *typed)
{
	*why = arena_printf(s->page, "%s: %s", typed, sentence);
	return NULL;
}

/* "syrisch", "D", but never a code of two letters: al may begin Algeria. */
static const char *
everyday_word(struct screen *s, const char *word)
{
	const char *form = text_search_form(s->page, word, true);

	return strlen(form) == 2 ? NULL : country_of_word(form);
}

/* "Syria, iraq" -> "SYR,IRQ"; NULL when one of them is no country. */
static const char *
country_codes(struct screen *s, const char *typed, const char **why)
{
	const json_t *entry = catalogue_guess(s, "countries", typed);
	char *save = NULL, *copy = arena_strdup(s->page, typed);
	const char *codes = "";

	if (entry) /* some names have a comma themselves */
		return text_at(entry, "code");
	for (char *word = strtok_r(copy, ",", &save); word; word = strtok_r(NULL, ",", &save)) {
		const char *code;

		word += strspn(word, " ");
		code = everyday_word(s, word);
		entry = code ? NULL : catalogue_guess(s, "countries", word);
		if (!code && !entry)
			return no_code(s, why, _("not one country. Type more of its "
			    "name, or take it from the list."), word);
		codes = arena_printf(s->page, "%s%s%s", codes, *codes ? "," : "",
		    code ? code : text_at(entry, "code"));
	}
	return codes;
}

static const char *
language_code(struct screen *s, const char *typed, const char **why)
{
	const json_t *entry = catalogue_guess(s, "languages", typed);

	return entry ? text_at(entry, "code") : no_code(s, why,
	    _("not one language. Type more of its name, or take it from the list."), typed);
}

static const char *
birth_date(struct screen *s, const char *typed, const char **why)
{
	char born[11];

	if (birth_read(typed, clock_day(clock_now()), born))
		return arena_strdup(s->page, born);
	return no_code(s, why,
	    _("no date of birth. Type what is known: 3.5.1990, 5.1990 or 1990."), typed);
}

const char *
person_word(struct screen *s, const char *field, const char *typed, const char **why)
{
	static const struct {
		const char *field;
		const char *(*read)(struct screen *s, const char *typed, const char **why);
	} readers[] = {
		{ "born", birth_date }, { "nationality", country_codes },
		{ "language", language_code },
	};

	if (!typed) /* taken away; of a sex the engine knows "not stated" only */
		return strcmp(field, "sex") == 0 ? "x" : "";
	for (size_t i = 0; i < COUNT_OF(readers); i++)
		if (strcmp(field, readers[i].field) == 0)
			return readers[i].read(s, typed, why);
	return typed;
}
