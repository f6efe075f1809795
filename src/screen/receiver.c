/*
 * receiver.c - layer 3: who is told something entrusted, and by what right, as
 * lists to pick from; see disclose.h.
 */
#include "disclose.h"

#include <string.h>

#define UNIT_MARK "unit "
#define BODY_MARK "body "

/* ---- lists ---- */

static bool
can_be_told(const struct screen *s, const json_t *unit)
{
	return !truth_at(unit, "figures_only") &&
	    strcmp(text_at(unit, "code"), text_at(me(s), "unit")) != 0;
}

/* Bases and bodies; NULL after a failure that is said already. */
static const json_t *
bases(struct screen *s)
{
	const json_t *result;

	return ask(s, &result, "disclosure.bases", NULL) == ST_OK ? result : NULL;
}

unsigned
receiver_pick(struct screen *s, const char *title, bool all,
              unsigned (*picked)(struct screen *s, const char *code))
{
	const json_t *units = catalogue_list(s, "units"), *bodies = at(bases(s), "bodies"), *row;
	struct pick_item *items = arena_array(s->page, struct pick_item,
	    json_array_size(units) + json_array_size(bodies) + 1);
	size_t i, n = 0;

	if (all)
		items[n++] = (struct pick_item){ "", _("all"), NULL };
	json_array_foreach(units, i, row)
		if (can_be_told(s, row))
			items[n++] = (struct pick_item){
				arena_printf(s->page, UNIT_MARK "%s", text_at(row, "code")),
				text_at(row, "label"), NULL };
	json_array_foreach(bodies, i, row)
		items[n++] = (struct pick_item){
			arena_printf(s->page, BODY_MARK "%s", text_at(row, "code")),
			text_at(row, "label"), _("outside the office") };
	return pick(s, title, items, n, picked);
}

size_t
basis_items(struct screen *s, bool all, struct pick_item **items)
{
	const json_t *list = at(bases(s), "bases"), *row;
	size_t i, n = 0;

	*items = arena_array(s->page, struct pick_item, json_array_size(list) + 1);
	if (all)
		(*items)[n++] = (struct pick_item){ "", _("all"), NULL };
	json_array_foreach(list, i, row)
		(*items)[n++] = (struct pick_item){ text_at(row, "code"), text_at(row, "label"),
			text_at(row, "cite") };
	return n;
}

/* ---- what was picked ---- */

static const char *
body_label(struct screen *s, const char *code)
{
	const json_t *row;
	size_t i;

	json_array_foreach(at(bases(s), "bodies"), i, row)
		if (strcmp(text_at(row, "code"), code) == 0)
			return arena_strdup(s->mem, text_at(row, "label"));
	return arena_strdup(s->mem, code);
}

bool
receiver_take(struct screen *s, const char *code, struct receiver_choice *to)
{
	const size_t mark = strlen(UNIT_MARK);

	*to = (struct receiver_choice){ 0 };
	if (strncmp(code, UNIT_MARK, mark) == 0) {
		to->unit = arena_strdup(s->mem, code + mark);
		to->label = arena_strdup(s->mem, catalogue_label(s, "units", to->unit));
	} else if (*code) {
		to->body = arena_strdup(s->mem, code + mark);
		to->label = body_label(s, to->body);
	}
	return to->body != NULL;
}

bool
receiver_name(struct screen *s, const char *name, struct receiver_choice *to)
{
	if (!*name) {
		say(s, TONE_WARNING, _("The book needs the name: which one is told?"));
		return false;
	}
	to->name = arena_strdup(s->mem, name);
	to->label = arena_printf(s->mem, "%s: %s", to->label, name);
	return true;
}

void
receiver_params(const struct receiver_choice *to, json_t *params)
{
	if (to->unit)
		json_object_set_new(params, "to", json_string(to->unit));
	if (to->body)
		json_object_set_new(params, "body", json_string(to->body));
	if (to->name)
		json_object_set_new(params, "body_name", json_string(to->name));
}
