/*
 * formask.c - layer 3: a form as the office has it, and the world in which its
 * answers are judged.  Called by screens that show a form.  Must never know
 * what a form is about.
 */
#include "formask.h"

#include <string.h>

/* ---- code lists: they come with the form ---- */

struct shelf {
	struct arena *mem;
	const json_t *lists;
};

static const struct form_list *
find_list(void *self, const char *name)
{
	const struct shelf *shelf = self;
	struct form_errors errors;
	const json_t *list;
	size_t i;

	json_array_foreach(shelf->lists, i, list)
		if (strcmp(text_at(list, "name"), name) == 0)
			return form_list_parse(shelf->mem, name, text_at(list, "source"),
			    &errors);
	return NULL;
}

enum status
form_ask(struct screen *s, struct arena *a, const char *key, int version, const json_t **answer,
         const struct form **form)
{
	struct shelf shelf = { .mem = a };
	struct form_lists lists = { find_list, &shelf };
	struct form_errors errors;

	*form = NULL;
	if (version)
		TRY(ask(s, answer, "form.show", "{s:s, s:i}", "key", key, "version", version));
	else
		TRY(ask(s, answer, "form.show", "{s:s}", "key", key));
	shelf.lists = at(*answer, "form.lists");
	*form = form_open(a, key, text_at(*answer, "form.source"), &lists, &errors);
	if (*form)
		return ST_OK;
	say(s, TONE_FAILURE, "%s", errors.text[0]);
	return ST_STORE;
}

struct form_world
form_world_at(struct screen *s, enum form_stage stage)
{
	const json_t *days = catalogue_list(s, "holidays"), *day;
	int *holidays = arena_array(s->mem, int, json_array_size(days) + 1);
	size_t i, n = 0;

	json_array_foreach(days, i, day)
		if (day_parse(json_string_value(day), &holidays[n]))
			n++;
	return (struct form_world){ .today = clock_day(clock_now()), .stage = stage,
		.holidays = holidays, .holiday_count = n };
}

const char *
form_pages_line(const struct form_view *view)
{
	struct form_view_page *list;
	size_t n = form_view_pages(view, frame_mem(), &list);
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(frame_mem(), "%s%s%s%s%s", all, i ? "   " : "",
		    list[i].current ? "▸" : "", list[i].title, list[i].done ? " ✓" : "");
	return all;
}
