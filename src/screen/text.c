/*
 * text.c - layer 3: a text to read, line by line, under its title: what is
 * different between two forms, what a form makes of its answers.  Opened with
 * both.  Must never ask or change anything.
 */
#include "screen.h"

struct state {
	struct table table;
};

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	table_begin(&st->table, s->page);
	list_say(s, 0, STYLE_PLAIN, "", text_at(s->args, "text"));
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = text_at(s->args, "title");
	h->right = ""; /* a title is long */
}

const struct screen_class screen_text = {
	.name = "text",
	.title = N_("Text"),
	.about = N_("A text to read. Esc goes back."),
	.state_size = sizeof(struct state),
	.list = { .columns = list_lines, .n_columns = 1, .empty = N_("There is nothing to read.") },
	.load = load,
	.head = head,
};
