/*
 * health.c - layer 3: how the office file is, for the administrator: figures
 * of the file, and what to do where one is not as it should be.  Opened from
 * the menu.
 */
#include "desk.h"

struct state {
	struct table table;
	const json_t *answer;
};

static const struct column columns[] = {
	{ "", 7, LEFT, 0 },
	{ N_("What"), 24, LEFT, 0 },
	{ N_("Now"), 0, LEFT, 0 },
};

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *row;
	size_t i;

	TRY(ask(s, &st->answer, "office.health", NULL));
	s->rows = at(st->answer, "health");
	table_begin(&st->table, s->page);
	json_array_foreach(s->rows, i, row) {
		bool bad = *text_at(row, "advice") != '\0';

		table_add(&st->table, (int64_t)i + 1, bad ? STYLE_ALERT : STYLE_PLAIN,
		    (const char *[]){ bad ? _("act") : _("fine"), text_at(row, "label"),
			text_at(row, "value") });
	}
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    text_at(s->desk->hello, "office.name"));
	h->load = truth_at(st->answer, "sound")
	    ? _("Nothing needs to be done. tresen-admin check looks at every row.")
	    : _("Something needs to be done: the line below the list says what.");
}

static int
foot(const struct screen *s, struct area body)
{
	draw_wrapped((struct area){ body.row + body.rows - 2, 1, 2, body.cols - 2 }, STYLE_STRONG,
	    text_at(list_here(s), "advice"));
	return 3;
}

static unsigned
act_again(void *on)
{
	(void)on;
	return RELOAD;
}

static const struct binding bindings[] = {
	{ .keys = "r F5", .label = N_("Again"), .act = act_again,
	  .help = N_("ask the office file again") },
	{ 0 }
};

const struct screen_class screen_health = {
	.name = "health",
	.title = N_("Office health"),
	.about = N_("Size, disk, log, chain and accounts of the office file, as far as they can be "
	            "said at once. tresen-admin check on the server looks at every row."),
	.needs = "office.health",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns), .foot = foot },
	.bindings = bindings,
	.load = load,
	.head = head,
};
