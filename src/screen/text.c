/*
 * text.c - layer 3: a text to read, line by line, under its title: what is
 * different between two forms, what a form makes of its answers.  Opened with
 * both.  Must never ask or change anything.
 */
#include "screen.h"
#include "text.h"

#include <string.h>

struct state {
	struct table table;
};

static const struct column columns[] = {
	{ "", 0, LEFT, 0 },
};

static void
open_text(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->table, s->mem, columns, COUNT_OF(columns), N_("There is nothing to read."));
}

/* A table cuts what does not fit: lines are broken before. */
static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	char **lines;
	size_t n = text_wrap(s->page, text_at(s->args, "text"), term_cols() - 4, &lines);

	table_begin(&st->table, s->page);
	for (size_t i = 0; i < n; i++)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN,
		    (const char *[]){ lines[i] });
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = text_at(s->args, "title");
	h->right = ""; /* a title is long */
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	table_draw(&st->table, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->table };
}

const struct screen_class screen_text = {
	.name = "text",
	.title = N_("Text"),
	.about = N_("A text to read. Esc goes back."),
	.state_size = sizeof(struct state),
	.open = open_text,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
