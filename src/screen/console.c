/*
 * console.c - layer 3: what lies where, how old it is, who has how much.  Home
 * of supervisors; steering reads the figures of the units only.  Every number
 * opens to what it counts.
 */
#include <string.h>

#include "casework.h"

#define UNIT_ROWS_MOST 8

struct state {
	struct table units, clerks;
	bool at_clerks;          /* which of the two has the cursor */
	const json_t *figures;
};

static const struct column unit_columns[] = {
	{ N_("Unit"), 0, LEFT, 0 },
	{ N_("open"), 5, RIGHT, 0 },
	{ N_("new"), 4, RIGHT, 0 },
	{ N_("done"), 6, RIGHT, 0 },
	{ N_("overdue"), 10, RIGHT, 0 },
	{ N_("approve"), 8, RIGHT, 92 },
	{ N_("waiting"), 8, RIGHT, 104 },
	{ N_("offered"), 8, RIGHT, 112 },
	{ N_("age 0–64+"), 9, LEFT, 0 },
	{ N_("14 days"), 14, LEFT, 0 },
};

static const struct column clerk_columns[] = {
	{ N_("Clerk"), 0, LEFT, 0 },
	{ N_("Unit"), 0, LEFT, 0 },
	{ N_("in work"), 9, RIGHT, 0 },
	{ N_("on hold"), 7, RIGHT, 0 },
	{ N_("approve"), 8, RIGHT, 92 },
	{ N_("overdue"), 7, RIGHT, 0 },
	{ N_("oldest"), 9, RIGHT, 0 },
};

static void
open_console(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->units, s->mem, unit_columns, COUNT_OF(unit_columns), NULL);
	table_init(&st->clerks, s->mem, clerk_columns, COUNT_OF(clerk_columns),
	    N_("Who has how much only supervisors see."));
}

/* ---- loading ---- */

static const char *
bars(struct arena *a, const json_t *numbers)
{
	size_t n = json_array_size(numbers);
	int64_t *values = arena_array(a, int64_t, n ? n : 1);

	for (size_t i = 0; i < n; i++)
		values[i] = json_integer_value(json_array_get(numbers, i));
	return chart_bars(a, values, n);
}

static const char *
number(struct arena *a, const json_t *row, const char *key)
{
	/* what is too small to be told is not none */
	if (json_is_null(at(row, key)))
		return "·";
	return arena_printf(a, "%lld", (long long)number_at(row, key));
}

static void
load_units(struct screen *s)
{
	struct state *st = s->state;
	struct arena *a = s->page;
	const json_t *u;
	size_t i;

	table_begin(&st->units, a);
	json_array_foreach(at(st->figures, "units"), i, u)
		table_add(&st->units, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			text_at(u, "label"), number(a, u, "open"), number(a, u, "new"),
			number(a, u, "done"), number(a, u, "late"), number(a, u, "proposed"),
			number(a, u, "waiting"), number(a, u, "offered"), bars(a, at(u, "ages")),
			bars(a, at(u, "flow")) });
	table_end(&st->units);
}

static const char *
unit_label(const struct state *st, const char *code)
{
	const json_t *u;
	size_t i;

	json_array_foreach(at(st->figures, "units"), i, u)
		if (strcmp(text_at(u, "unit"), code) == 0)
			return text_at(u, "label");
	return code;
}

static const char *
oldest(struct arena *a, const json_t *clerk)
{
	int days = (int)number_at(clerk, "oldest_days");

	if (!json_is_integer(at(clerk, "oldest_days")))
		return "–";
	return arena_printf(a, tr_n("%d day", "%d days", days), days);
}

/* Whose work somebody else does today says so. */
static const char *
clerk_name(struct arena *a, const json_t *clerk)
{
	const char *deputy = text_at(clerk, "deputy_name");

	if (truth_at(clerk, "left"))
		return arena_printf(a, _("%s (has left)"), text_at(clerk, "name"));
	return *deputy ? arena_printf(a, _("%s (away: %s)"), text_at(clerk, "name"), deputy)
	               : text_at(clerk, "name");
}

static void
load_clerks(struct screen *s)
{
	struct state *st = s->state;
	struct arena *a = s->page;
	const json_t *c;
	size_t i;

	table_begin(&st->clerks, a);
	json_array_foreach(at(st->figures, "staff"), i, c)
		table_add(&st->clerks, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			clerk_name(a, c), unit_label(st, text_at(c, "unit")),
			number(a, c, "in_work"), number(a, c, "waiting"), number(a, c, "proposed"), number(a, c, "late"),
			oldest(a, c) });
	table_end(&st->clerks);
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	TRY(ask(s, &st->figures, "console.show", NULL));
	load_units(s);
	load_clerks(s);
	return ST_OK;
}

/* ---- opening what is counted ---- */

static unsigned
act_open(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *clerk = json_array_get(at(st->figures, "staff"), st->clerks.cursor);
	const json_t *unit = json_array_get(at(st->figures, "units"), st->units.cursor);
	const char *code = text_at(st->at_clerks ? clerk : unit, "unit");

	return screen_open(s, "queue", json_pack("{s:s, s:s, s:s*, s:s*}", "unit", code,
	    "unit_label", unit_label(st, code), "owner",
	    st->at_clerks ? text_at(clerk, "login") : NULL, "owner_name",
	    st->at_clerks ? text_at(clerk, "name") : NULL));
}

/* Of a closed unit others get the figures, not the cases. */
static bool
can_open(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;
	const char *code = text_at(json_array_get(at(st->figures, "units"), st->units.cursor),
	    "unit");

	if (st->at_clerks || strcmp(code, text_at(me(s), "unit")) == 0)
		return st->units.n_rows > 0;
	return *code && !truth_at(catalogue_find(s, "units", code), "closed");
}

/* What waits for a second pair of eyes, in all units that one may see. */
static unsigned
act_approvals(void *on)
{
	return screen_open(on, "queue", json_pack("{s:s}", "view", "proposed"));
}

static unsigned
act_other(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->at_clerks = !st->at_clerks;
	return DRAW;
}

static bool
can_other(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->clerks.n_rows > 0;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = _("Console · all units");
	h->load = text_at(st->figures, "counter.sentence");
}

static int
all_proposed(const struct state *st)
{
	const json_t *u;
	int64_t n = 0;
	size_t i;

	json_array_foreach(at(st->figures, "units"), i, u)
		n += number_at(u, "proposed");
	return (int)n;
}

/* Closed units do not say who comes to them: their visits are in no figure here. */
static const char *
uncounted(const struct state *st)
{
	const json_t *label;
	const char *all = "";
	size_t i;

	json_array_foreach(at(st->figures, "counter.without"), i, label)
		all = arena_printf(frame_mem(), "%s%s%s", all, *all ? ", " : "",
		    json_string_value(label));
	return *all ? arena_printf(frame_mem(), _("Not counted here: visits to %s"), all) : "";
}

static void
draw_counter(const struct state *st, int row, int cols)
{
	const json_t *c = at(st->figures, "counter");

	draw_format(row, 3, cols - 4, STYLE_PLAIN,
	    _("At the counter: waiting %d, served %d, ready to hand out %d"),
	    (int)number_at(c, "waiting"), (int)number_at(c, "serving"),
	    (int)number_at(c, "ready"));
	draw_format(row + 1, 3, cols - 4, STYLE_PLAIN, "%s   %s",
	    arena_printf(frame_mem(), _("To approve: %d"), all_proposed(st)), uncounted(st));
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	int rows = (int)st->units.n_rows < UNIT_ROWS_MOST ? (int)st->units.n_rows
	                                                  : UNIT_ROWS_MOST;
	struct area upper = { body.row, body.col, rows + 1, body.cols };
	struct area lower = { body.row + rows + 2, body.col, body.rows - rows - 5, body.cols };

	draw_counter(st, body.row + body.rows - 2, body.cols);
	table_draw(&st->units, upper, st->at_clerks ? TABLE_ASIDE : TABLE_HERE);
	table_draw(&st->clerks, lower, st->at_clerks ? TABLE_HERE : TABLE_ASIDE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = st->at_clerks ? &st->clerks : &st->units };
}

static const char *const topics[] = { "case", "visit", "handover", "staff", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open the cases"), .act = act_open, .can = can_open,
	  .command = "case.list",
	  .help = N_("the cases of the unit or clerk under the cursor; there r re-assigns; "
	            "of a closed unit others see the figures only") },
	{ .keys = "a", .label = N_("To approve"), .act = act_approvals, .command = "case.approve",
	  .help = N_("decisions that wait for a second person, in every unit that you may see") },
	{ .keys = "Tab", .label = N_("Units or clerks"), .act = act_other, .can = can_other,
	  .help = N_("to the other of the two lists") },
	{ 0 }
};

const struct screen_class screen_console = {
	.name = "console",
	.title = N_("Console"),
	.about = N_("What lies in each unit: open cases, new and decided today, late ones; how "
	            "old they are (0, 1, 2, 4, 8, 16, 32, 64 days and more) and how many were "
	            "decided on each of the last 14 days. Below, what each clerk has."),
	.needs = "console.show",
	.menu = true,
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.topics = topics,
	.open = open_console,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
