/*
 * help.c - layer 3: what the keys of the screen below do.  Opened by "?".
 * Written by the binding tables alone, so that it cannot be out of date.
 */
#include "desk.h"
#include "text.h"

#define QUESTION_ROWS 9
#define FOOT_ROWS 2              /* what the key under the cursor does, in full */

struct state {
	struct table keys;
};

static const struct column columns[] = {
	{ N_("Key"), 20, LEFT, 0 },
	{ N_("What it does"), 0, LEFT, 0 },
};

static void
open_help(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->keys, s->mem, columns, COUNT_OF(columns), NULL);
}

static void
add_map(struct screen *s, const struct keymap *map, bool typing)
{
	struct state *st = s->state;

	for (const struct binding *b = map->table; b->keys; b++)
		if (binding_shown(s->page, map, b, typing))
			table_add(&st->keys, (int64_t)st->keys.n_rows + 1, STYLE_PLAIN,
			    (const char *[]){ binding_keys(s->page, b, typing),
				_(b->help) });
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	struct keymaps maps;

	table_begin(&st->keys, s->page);
	desk_keymaps(s->below, &maps);
	for (size_t i = 0; i < maps.n; i++)
		add_map(s, &maps.map[i], maps.typing);
	table_end(&st->keys);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    _(s->below->class->title));
}

/* Of a form: all about the question under its cursor, before the keys. */
static int
draw_question(const struct screen *s, struct area area)
{
	const struct focus focus = desk_focus(s->below);
	const char **lines;
	size_t n = focus.form ? form_view_about(focus.form, frame_mem(), &lines) : 0;
	int used = 0;

	for (size_t i = 0; i < n && used < QUESTION_ROWS; i++) {
		struct area rest = { area.row + used, area.col, QUESTION_ROWS - used, area.cols };

		used += draw_wrapped(rest, i == 0 ? STYLE_STRONG : STYLE_PLAIN, lines[i]);
	}
	return used;
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	struct area about = { body.row, 1, 3, body.cols - 2 };
	int used = draw_question(s, about);

	if (used > 0)
		used++;
	else if (s->below->class->about)
		used = draw_wrapped(about, STYLE_PLAIN, _(s->below->class->about)) + 1;
	if (st->keys.n_rows > 0) { /* a column may cut it */
		body.rows -= FOOT_ROWS;
		draw_wrapped((struct area){ body.row + body.rows, 3, FOOT_ROWS, body.cols - 4 },
		    STYLE_QUIET, st->keys.rows[st->keys.cursor].cells[1]);
	}
	table_draw(&st->keys, (struct area){ body.row + used, body.col, body.rows - used,
	    body.cols }, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->keys };
}

const struct screen_class screen_help = {
	.name = "help",
	.title = N_("Help"),
	.about = N_("What the keys of a screen do."),
	.state_size = sizeof(struct state),
	.open = open_help,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
