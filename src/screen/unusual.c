/*
 * unusual.c - layer 3: reading that is unusual, for the data protection
 * officer: each row says why it is here and opens to the looks.  Opened from
 * the menu and from the officer's first screen.
 */
#include "desk.h"

struct state {
	struct table table;
	const char *from;        /* first day; NULL: a week ago */
};

static const struct column columns[] = {
	{ N_("Day"), 12, LEFT, 0 },
	{ N_("Who"), 14, LEFT, 0 },
	{ N_("Unit"), 20, LEFT, 110 },
	{ N_("Why here"), 0, LEFT, 0 },
};

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *row;
	size_t i;

	TRY(ask(s, &result, "look.unusual", "{s:s*}", "from", st->from));
	s->rows = at(result, "unusual");
	table_begin(&st->table, s->page);
	json_array_foreach(s->rows, i, row)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			say_day(s->page, text_at(row, "day")), text_at(row, "staff.name"),
			text_at(row, "staff.unit_label"), text_at(row, "why") });
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = _(s->class->title);
	h->load = st->from ? arena_printf(frame_mem(), _("since %s"),
	    say_date(frame_mem(), st->from)) : _("the last week; the numbers stand in watch.conf");
}

static int
foot(const struct screen *s, struct area body)
{
	const json_t *row = list_here(s);

	if (row)
		draw_format(body.row + body.rows - 1, 1, body.cols - 2, STYLE_QUIET,
		    _("%s, %s; last at %s"), text_at(row, "staff.role_label"),
		    text_at(row, "staff.unit_label"),
		    say_instant(frame_mem(), text_at(row, "last")));
	return 2;
}

static unsigned
act_open(void *on)
{
	const json_t *row = list_here(on);

	return screen_open(on, "looks", json_pack("{s:s, s:s, s:s}", "staff",
	    text_at(row, "staff.login"), "who", text_at(row, "staff.name"), "day",
	    text_at(row, "day")));
}

#define FROM_WHEN _("From which day (3.11., -30)? Nothing for the last week")

static unsigned
day_typed(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *from = typed_day(s, text, FORM_PAST, FROM_WHEN, day_typed);

	if (!from)
		return DRAW;
	st->from = *from ? from : NULL;
	return RELOAD;
}

static unsigned
act_day(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return ask_line(s, FROM_WHEN, st->from ? st->from : "", day_typed);
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Looks"), .act = act_open, .can = list_has,
	  .command = "look.list", .help = N_("whom they looked at that day") },
	{ .keys = "d F4", .label = N_("Since"), .act = act_day,
	  .help = N_("show from an earlier day on") },
	{ 0 }
};

static const char *const topics[] = { "alarm", NULL };

const struct screen_class screen_unusual = {
	.name = "unusual",
	.title = N_("Unusual reading"),
	.about = N_("Who has read more than usual, files of their own family name, locked ones, "
	            "without a purpose, or outside working hours."),
	.needs = "look.unusual",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing unusual in these days. d shows earlier ones."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
};
