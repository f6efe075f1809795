/*
 * catalogue.c - layer 3: what the office offers, as lists to look things up
 * in.  Called by screens.  Asks the engine once a session; a change of the
 * catalogue makes desk_changed forget it.
 */
#include "desk.h"
#include "text.h"

#include <string.h>

const json_t *
catalogue_list(const struct screen *s, const char *list)
{
	struct desk *d = s->desk;

	if (!d->catalogue && desk_call(d, "catalogue.show", NULL) == ST_OK)
		d->catalogue = json_incref(d->reply.result);
	return at(d->catalogue, list);
}

const json_t *
catalogue_find(const struct screen *s, const char *list, const char *code)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(catalogue_list(s, list), i, entry)
		if (strcmp(text_at(entry, "code"), code) == 0)
			return entry;
	return NULL;
}

const char *
catalogue_label(const struct screen *s, const char *list, const char *code)
{
	const json_t *entry = *code ? catalogue_find(s, list, code) : NULL;

	return entry ? text_at(entry, "label") : code;
}

/* Those that begin so; all of them begin like the shortest, or it is no guess:
 * Deutsch, though there is Deutsche Gebärdensprache. */
static const json_t *
only_beginning(struct arena *mem, const json_t *entries, const char *wanted)
{
	const char *shortest = NULL;
	const json_t *entry, *guess = NULL;
	size_t i;

	json_array_foreach(entries, i, entry) {
		const char *label = text_search_form(mem, text_at(entry, "label"), true);

		if (strncmp(label, wanted, strlen(wanted)) != 0)
			continue;
		if (!shortest || strncmp(shortest, label, strlen(label)) == 0) {
			shortest = label;
			guess = entry;
		} else if (strncmp(label, shortest, strlen(shortest)) != 0)
			return NULL;
	}
	return guess;
}

const json_t *
catalogue_guess(const struct screen *s, const char *list, const char *typed)
{
	struct arena *mem = arena_new();
	const char *wanted = text_search_form(mem, typed, true);
	const json_t *entry, *guess = NULL;
	size_t i;

	json_array_foreach(catalogue_list(s, list), i, entry)
		if (*wanted && (strcmp(wanted, text_search_form(mem, text_at(entry, "label"),
		        true)) == 0 || strcmp(wanted, text_search_form(mem, text_at(entry,
		        "code"), true)) == 0)) {
			guess = entry;
			break;
		}
	if (!guess && *wanted)
		guess = only_beginning(mem, catalogue_list(s, list), wanted);
	arena_free(mem);
	return guess;
}

size_t
catalogue_items(const struct screen *s, const char *list, const char *extra,
                struct pick_item **items)
{
	const json_t *rows = catalogue_list(s, list), *row;
	size_t n = json_array_size(rows), i;

	*items = arena_array(s->page, struct pick_item, n + 1);
	json_array_foreach(rows, i, row)
		(*items)[i] = (struct pick_item){ text_at(row, "code"), text_at(row, "label"),
			extra ? text_at(row, extra) : NULL };
	return n;
}
