/*
 * box.c - fuzz target: any text in the search box, and as a name.  Whatever it
 * is, its forms are A-Z and 0-9, its keys are few, and it is like itself.
 */
#include <string.h>

#include "rules_box.h"
#include "rules_name.h"
#include "text.h"

#define TODAY 20780              /* 2026-11-23 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
look_at(const struct name_unit *u)
{
	int64_t keys[NAME_KEYS_MAX];
	struct name_probe probe;

	invariant(*u->form && strlen(u->form) < NAME_FORM_MAX);
	invariant(strspn(u->form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(u->form));
	invariant(!u->glued || strlen(u->glued) < NAME_FORM_MAX);
	invariant(name_keys(u->form, ~0u, keys) <= NAME_KEYS_MAX);
	invariant(name_begin_keys(u->form, keys) <= NAME_KEYS_MAX);
	name_probe(u->form, u->bare, &probe);
	invariant(name_like(&probe, u->form, true) == LIKE_SAME);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct name_unit units[NAME_UNITS_MAX];
	struct arena *mem = arena_new();
	char *text = arena_strndup(mem, (const char *)data, size < 400 ? size : 400);
	struct search_box box;
	size_t n;

	if (text_valid(text, strlen(text))) {
		search_box_read(mem, text, TODAY, &box);
		invariant(box.n_born <= BOX_BORN_MAX && box.n_numbers <= BOX_NUMBERS_MAX);
		n = name_units(mem, box.names, units);
		for (size_t i = 0; i < n; i++)
			look_at(&units[i]);
	}
	arena_free(mem);
	return 0;
}
