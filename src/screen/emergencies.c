/*
 * emergencies.c - layer 3: files that somebody opened in an emergency: the data
 * protection officer settles them, supervisors see those of their unit.  Opened
 * from the menu.  Must never show what stands in the file.
 */
#include "desk.h"

struct state {
	struct table table;
	struct listing listing;
	bool all;                /* settled ones too */
	bool justified;          /* being settled; the remark is asked */
};

static const struct column columns[] = {
	{ N_("When"), 13, LEFT, 0 }, { N_("Who"), 14, LEFT, 0 }, { N_("Person"), 20, LEFT, 0 },
	{ N_("Why"), 0, LEFT, 0 },
};

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	const char *name = text_at(row, "person.name");

	table_add(t, number_at(row, "id"), *text_at(row, "settled") ? STYLE_QUIET : STYLE_ALERT,
	    (const char *[]){ say_instant(s->page, text_at(row, "at")), text_at(row, "staff_name"),
	        *name ? name : _("(not for you)"), text_at(row, "reason") });
}

static void
open_emergencies(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "emergency.list",
	    .key = "emergencies", .add = add };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	return listing_load(&st->listing, json_pack("{s:b}", "all", st->all));
}

static int
foot(const struct screen *s, struct area body)
{
	const json_t *here = list_here(s);
	int last = body.row + body.rows - 1;

	if (!here)
		return 0;
	draw_format(last - 2, 1, body.cols - 2, STYLE_PLAIN, "%s", text_at(here, "reason"));
	draw_format(last - 1, 1, body.cols - 2, STYLE_QUIET, _("%s, open until %s; files of: %s"),
	    text_at(here, "unit_label"), say_instant(frame_mem(), text_at(here, "until")),
	    *text_at(here, "units_label") ? text_at(here, "units_label") : _("no unit"));
	if (*text_at(here, "settled"))
		draw_format(last, 1, body.cols - 2, STYLE_PLAIN, "%s (%s): %s",
		    truth_at(here, "justified") ? _("justified") : _("not justified"),
		    text_at(here, "settled_by"), text_at(here, "remark"));
	return 4;
}

/* ---- acts ---- */

static bool
is_open(const void *on)
{
	const struct screen *s = on;
	const json_t *here = list_here(s);

	return here && !*text_at(here, "settled");
}

static unsigned
remarked(void *on, const char *text)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return then_reload(ask(s, NULL, "emergency.settle", "{s:I, s:b, s:s*}", "id",
	    (json_int_t)s->asked, "justified", st->justified, "remark",
	    *text ? text : NULL));
}

static unsigned
act_justified(void *on)
{
	struct screen *s = on;

	((struct state *)s->state)->justified = true;
	return ask_line(s, _("A remark? Enter for none"), "", remarked);
}

static unsigned
act_not_justified(void *on)
{
	struct screen *s = on;

	((struct state *)s->state)->justified = false;
	return ask_line(s, _("Why was it not justified, and what follows?"), "", remarked);
}

static unsigned
act_all(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->all = !st->all;
	return RELOAD;
}

static const struct binding bindings[] = {
	{ .keys = "y F4", .label = N_("Justified"), .act = act_justified, .can = is_open,
	  .command = "emergency.settle", .help = N_("it was right to open the file") },
	{ .keys = "n F5", .label = N_("Not justified"), .act = act_not_justified, .can = is_open,
	  .command = "emergency.settle", .help = N_("it was not right; say why, and what follows") },
	{ .keys = "l F6", .label = N_("Settled too"), .act = act_all,
	  .help = N_("show or hide those that are settled") },
	{ 0 }
};

static const char *const topics[] = { "emergency", NULL };

const struct screen_class screen_emergencies = {
	.name = "emergencies",
	.title = N_("Emergencies"),
	.about = N_("Files that somebody opened although they were not for them: life or safety."),
	.needs = "emergency.list",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("No file is open or was opened in an emergency that is to be reviewed."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_emergencies,
	.load = load,
};
