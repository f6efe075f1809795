/*
 * result.c - layer 3: any result object in lines that people can read.
 * Opened by the command screen; its lines also serve one-shot commands.
 */
#include "desk.h"
#include "text.h"

#include <string.h>

struct out {
	struct arena *mem;
	int columns;             /* of the window; 0: as many as it takes */
	int indent;              /* of the list that is put */
	const char **lines;
	size_t n, room;
};

static void
put(struct out *o, const char *line)
{
	if (o->n == o->room) {
		const char **more = arena_array(o->mem, const char *, o->room ? o->room * 2 : 64);

		if (o->n)
			memcpy(more, o->lines, o->n * sizeof(*more));
		o->room = o->room ? o->room * 2 : 64;
		o->lines = more;
	}
	o->lines[o->n++] = o->indent ? arena_printf(o->mem, "%*s%s", o->indent, "", line) : line;
}

/* ---- one value ---- */

/* What a nested object is called, so that it fits into a cell. */
static const char *
name_of(const json_t *object)
{
	static const char *const names[] = { "label", "name", "number", "ticket", "text", "key" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (*text_at(object, names[i]))
			return text_at(object, names[i]);
	return "…";
}

/* Commands ask for the number: it stands before the name, where nothing cuts it. */
static const char *
numbered(struct arena *a, const json_t *object)
{
	const char *name = text_visible(a, name_of(object), false);
	const json_t *id = json_object_get(object, "id");

	return json_is_integer(id) ? arena_printf(a, "%lld %s",
	    (long long)json_integer_value(id), name) : name;
}

static const char *
brief(struct arena *a, const json_t *value)
{
	const char *all = "";
	const json_t *item;
	size_t i;

	int64_t instant;

	if (json_is_string(value) && instant_parse(json_string_value(value), &instant))
		return say_instant(a, json_string_value(value));
	if (json_is_string(value))
		return text_visible(a, json_string_value(value), false);
	if (json_is_integer(value))
		return arena_printf(a, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? _("yes") : _("no");
	if (json_is_object(value))
		return numbered(a, value);
	json_array_foreach(value, i, item)
		all = arena_printf(a, "%s%s%s", all, i ? ", " : "", brief(a, item));
	return json_is_null(value) ? "–" : all;
}

/* ---- a list of objects: columns ---- */

#define COLUMNS_MOST 32
#define WIDEST 32
#define NARROW 18                /* a column is cut to that before one is left out */
#define GAP 2

struct grid {
	const char *keys[COLUMNS_MOST];
	int widths[COLUMNS_MOST];
	size_t n;
};

/* Codes stand beside their labels: people read the label.  Versions are for
 * programs. */
static bool
has_label(const json_t *row, const char *key, struct arena *a)
{
	return at(row, arena_printf(a, "%s_label", key)) || strcmp(key, "version") == 0;
}

/* What changed, from what to what, has no room in a cell. */
static bool
is_changes(const json_t *value)
{
	return at(json_array_get(value, 0), "new") != NULL;
}

static bool
has_changes(const json_t *rows, const char *key)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		if (is_changes(json_object_get(row, key)))
			return true;
	return false;
}

/* A column of dashes takes the place of one that says something. */
static bool
says_nothing(const json_t *rows, const char *key)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		if (!json_is_null(at(row, key)))
			return false;
	return true;
}

static void
measure(struct arena *a, const json_t *rows, struct grid *g)
{
	json_t *row = json_array_get(rows, 0), *value;
	const char *key;
	size_t i;

	json_object_foreach(row, key, value)
		if (g->n < COLUMNS_MOST && !has_label(row, key, a) && !has_changes(rows, key) &&
		    !says_nothing(rows, key))
			g->keys[g->n++] = key;
	for (size_t c = 0; c < g->n; c++) {
		g->widths[c] = text_width(g->keys[c]);
		json_array_foreach(rows, i, row) {
			int width = text_width(brief(a, json_object_get(row, g->keys[c])));

			if (width > g->widths[c])
				g->widths[c] = width < WIDEST ? width : WIDEST;
		}
	}
}

/* What a row is known by, and why it is there, goes last. */
static bool
is_worthy(const char *key)
{
	static const char *const worthy[] = {
		"number", "ticket", "code", "key", "name", "label", "person", "concern_label",
		"service_label", "state_label", "due", "why",
	};

	for (size_t i = 0; i < COUNT_OF(worthy); i++)
		if (strcmp(key, worthy[i]) == 0)
			return true;
	return false;
}

static int
least(const struct grid *g, size_t c)
{
	return g->widths[c] < NARROW ? g->widths[c] : NARROW;
}

/* Takes out the last of the columns that matter less, or the last at all. */
static void
leave_out(struct out *o, struct grid *g, const char **left_out)
{
	size_t c = g->n - 1;

	while (c > 0 && is_worthy(g->keys[c]))
		c--;
	if (c == 0)
		c = g->n - 1;
	*left_out = arena_printf(o->mem, "%s%s%s", g->keys[c], **left_out ? ", " : "", *left_out);
	memmove(g->keys + c, g->keys + c + 1, (g->n - c - 1) * sizeof(*g->keys));
	memmove(g->widths + c, g->widths + c + 1, (g->n - c - 1) * sizeof(*g->widths));
	g->n--;
}

/* Makes the grid as wide as the window: first columns become narrow, then those
 * that matter less are left out.  Returns their names. */
static const char *
fit(struct out *o, struct grid *g)
{
	const char *left_out = "";
	int spare;

	for (;;) {
		spare = o->columns - o->indent;
		for (size_t c = 0; c < g->n; c++)
			spare -= least(g, c) + GAP;
		if (spare >= 0 || g->n <= 1)
			break;
		leave_out(o, g, &left_out);
	}
	for (size_t c = 0; c < g->n; c++) {
		int more = g->widths[c] - least(g, c);

		more = more < spare ? more : spare > 0 ? spare : 0;
		g->widths[c] = least(g, c) + more;
		spare -= more;
	}
	return left_out;
}

static const char *
cell(struct arena *a, const json_t *value, int width)
{
	const char *text = text_cut(a, brief(a, value), width);

	if (!json_is_integer(value))
		return text_pad(a, text, width);
	return arena_printf(a, "%*s%s", width - text_width(text), "", text);
}

/* "       Date of birth: 1990 → 1990-05-03", below the row they belong to. */
static void
put_changes(struct out *o, const json_t *row)
{
	const json_t *value, *change;
	const char *key;
	size_t i;

	json_object_foreach((json_t *)(uintptr_t)row, key, value) {
		if (!is_changes(value))
			continue;
		json_array_foreach(value, i, change)
			put(o, arena_printf(o->mem, "       %s: %s → %s",
			    text_visible(o->mem, text_at(change, "label"), false),
			    brief(o->mem, at(change, "old")), brief(o->mem, at(change, "new"))));
	}
}

static void
put_grid(struct out *o, const json_t *rows)
{
	struct grid g = { 0 };
	const json_t *row;
	const char *line = "", *left_out = "";
	size_t i;

	measure(o->mem, rows, &g);
	if (o->columns > 0)
		left_out = fit(o, &g);
	for (size_t c = 0; c < g.n; c++)
		line = arena_printf(o->mem, "%s%s  ", line,
		    text_pad(o->mem, g.keys[c], g.widths[c]));
	put(o, line);
	json_array_foreach(rows, i, row) {
		line = "";
		for (size_t c = 0; c < g.n; c++)
			line = arena_printf(o->mem, "%s%s  ", line, cell(o->mem,
			    json_object_get(row, g.keys[c]), g.widths[c]));
		put(o, line);
		put_changes(o, row);
	}
	if (*left_out)
		put(o, arena_printf(o->mem, _("No room for: %s"), left_out));
}

/* ---- any object ---- */

static bool
is_grid(const json_t *value)
{
	return json_is_object(json_array_get(value, 0));
}

static void
put_object(struct out *o, json_t *object, int indent)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		if (has_label(object, key, o->mem) || json_is_null(value))
			continue;
		if (is_grid(value)) {
			put(o, arena_printf(o->mem, "%*s%s:", indent, "", key));
			/* below what it belongs to; a list that is all of it begins at the left */
			o->indent = indent ? indent + 2 : 0;
			put_grid(o, value);
			o->indent = 0;
		} else if (json_is_object(value)) {
			put(o, arena_printf(o->mem, "%*s%s:", indent, "", key));
			put_object(o, value, indent + 2);
		} else {
			put(o, arena_printf(o->mem, "%*s%-18s %s", indent, "", key,
			    brief(o->mem, value)));
		}
	}
}

size_t
result_lines(struct arena *a, json_t *result, int columns, const char ***lines)
{
	struct out o = { .mem = a, .columns = columns };

	put_object(&o, result, 0);
	*lines = o.lines;
	return o.n;
}

/* ---- the screen ---- */

#define RESULT_MARGIN 4          /* cursor, and a blank at each end */

struct state {
	struct table table;
};

static const struct column columns[] = { { N_("Result"), 0, LEFT, 0 } };

static void
open_result(struct screen *s, const json_t *args)
{
	struct state *st = s->state;
	const char **lines;
	size_t n = result_lines(s->mem, json_object_get(args, "result"), term_cols() - RESULT_MARGIN,
	    &lines);

	table_begin(&st->table, s->mem);
	for (size_t i = 0; i < n; i++)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, &lines[i]);
	table_end(&st->table);
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = text_at(s->args, "name");
}

const struct screen_class screen_result = {
	.name = "result",
	.title = N_("Result"),
	.about = N_("What a command has brought."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns), .empty = N_("Done.") },
	.open = open_result,
	.head = head,
};
