/*
 * codes.c - layer 4: long lists of codes in the order in which people look for
 * an entry: what is frequent first, all others by the alphabet of the reader.
 * Called by office.c.
 */
#include <stdlib.h>
#include <string.h>

#include "shape.h"
#include "store_catalogue.h"
#include "text.h"

struct entry {
	const struct code *code;
	size_t often;            /* place among the frequent ones; their number: none */
	const char *sort;        /* Ä is A, as in a dictionary (DIN 5007-1) */
};

static int
by_reader(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = (x->often > y->often) - (x->often < y->often);

	order = order ? order : strcmp(x->sort, y->sort);
	return order ? order : strcmp(x->code->name, y->code->name);
}

static size_t
place_of(const struct code *often, size_t n, const char *code)
{
	size_t i = 0;

	while (i < n && strcmp(often[i].code, code) != 0)
		i++;
	return i;
}

enum status
shape_code_list(struct op *op, const char *list_name, json_t *rows)
{
	struct code *list, *often;
	struct entry *entries;
	size_t n, n_often;

	TRY(store_code_list(op, list_name, &list, &n));
	TRY(store_code_list(op, arena_printf(op->mem, "%s_often", list_name), &often, &n_often));
	entries = arena_array(op->mem, struct entry, n + 1);
	for (size_t i = 0; i < n; i++)
		entries[i] = (struct entry){ &list[i], place_of(often, n_often, list[i].code),
			text_search_form(op->mem, list[i].name, false) };
	qsort(entries, n, sizeof(*entries), by_reader);
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "code", json_string(entries[i].code->code));
		put(o, "label", json_string(entries[i].code->name));
		json_array_append_new(rows, o);
	}
	return ST_OK;
}
