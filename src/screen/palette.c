/*
 * palette.c - layer 3: everything one may do, chosen by typing: the screens
 * of the menu, then all commands of the engine.  Opened by ":".
 */
#include "desk.h"

#include <string.h>

static unsigned
chosen(struct screen *s, const char *code)
{
	unsigned reaction;

	if (screen_class_by_name(code))
		reaction = screen_open(s, code, NULL);
	else
		reaction = screen_open(s, "command", json_pack("{s:s}", "name", code));
	return reaction;
}

static size_t
add_screens(struct screen *s, struct pick_item *items)
{
	size_t n = 0;

	for (size_t i = 0; screen_classes[i]; i++) {
		const struct screen_class *c = screen_classes[i];

		if (c->menu && (!c->needs || may(s, c->needs)))
			items[n++] = (struct pick_item){ c->name, _(c->title), _(c->about) };
	}
	return n;
}

static size_t
add_commands(struct screen *s, struct pick_item *items)
{
	const json_t *command;
	size_t i, n = 0;

	json_array_foreach(all_commands(s), i, command)
		if (truth_at(command, "may"))
			items[n++] = (struct pick_item){ text_at(command, "name"),
				text_at(command, "name"), text_at(command, "help") };
	return n;
}

unsigned
palette(struct screen *s)
{
	size_t n_screens = 0, n;
	struct pick_item *items;

	while (screen_classes[n_screens])
		n_screens++;
	items = arena_array(s->mem, struct pick_item,
	    n_screens + json_array_size(all_commands(s)));
	n = add_screens(s, items);
	n += add_commands(s, items + n);
	return pick(s, _("Commands and screens"), items, n, chosen);
}
