/*
 * retention.c - layer 3: what has had its time.  The data protection officer
 * sees the cases that are due, holds some and proposes the rest; a second
 * person sees how many they are and approves.  Opened from the menu.
 */
#include "desk.h"

#include <string.h>

struct state {
	struct table table;
	struct listing listing;
	const json_t *run;       /* the newest deletion, or null */
	const char *reason;      /* why a case is held, while one says until when */
};

static const struct column by_case[] = {
	{ N_("Case"), 12, LEFT, 0 }, { N_("Due since"), 12, LEFT, 0 },
	{ N_("Class"), 24, LEFT, 0 }, { N_("Service"), 0, LEFT, 0 },
};
static const struct column by_class[] = {
	{ N_("Class"), 30, LEFT, 0 }, { N_("Due"), 8, LEFT, 0 }, { N_("Held"), 0, LEFT, 0 },
};

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	bool held = *text_at(row, "hold_until") || truth_at(row, "blocked");

	table_add(t, number_at(row, "id"), held ? STYLE_QUIET : STYLE_PLAIN, (const char *[]){
		text_at(row, "number"), say_day(s->page, text_at(row, "due")),
		text_at(row, "class_label"), text_at(row, "service_label") });
}

static void
open_retention(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	if (may(s, "retention.list")) {
		st->table.columns = by_case;
		st->table.n_columns = COUNT_OF(by_case);
	}
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "retention.list",
	    .key = "cases", .add = add };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *row;
	size_t i;

	if (may(s, "retention.list")) {
		TRY(listing_load(&st->listing, json_object()));
		st->run = at(st->listing.first, "run");
		return ST_OK;
	}
	TRY(ask(s, &result, "retention.show", NULL));
	st->run = at(result, "run");
	table_begin(&st->table, s->page);
	json_array_foreach(at(result, "classes"), i, row)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			text_at(row, "class_label"),
			arena_printf(s->page, "%d", (int)number_at(row, "due")),
			arena_printf(s->page, "%d", (int)number_at(row, "held")) });
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = _(s->class->title);
	if (st->run && !json_is_null(st->run))
		h->load = arena_printf(frame_mem(), _("deletion %d: %s; cases: %d; proposed by %s"),
		    (int)number_at(st->run, "id"), text_at(st->run, "state_label"),
		    (int)number_at(st->run, "cases"), text_at(st->run, "proposed_by"));
}

/* Why this case is here, or why it stays. */
static int
foot(const struct screen *s, struct area body)
{
	const json_t *here = list_here(s);
	int last = body.row + body.rows - 1;

	if (here && truth_at(here, "blocked"))
		draw_text(last - 1, 1, body.cols - 2, STYLE_PLAIN,
		    _("Blocked: it stays until the block has ended."));
	else if (here && *text_at(here, "hold_until"))
		draw_format(last - 1, 1, body.cols - 2, STYLE_PLAIN, _("Held until %s: %s"),
		    say_date(frame_mem(), text_at(here, "hold_until")),
		    text_at(here, "hold_reason"));
	if (here)
		draw_format(last, 1, body.cols - 2, STYLE_QUIET, _("%s, %s; last touched %s"),
		    text_at(here, "basis"), truth_at(here, "certain") ? _("by statute")
		    : _("a default of the house"), say_date(frame_mem(), text_at(here, "last")));
	return 3;
}

/* ---- acts ---- */

static bool
run_is(const void *on, const char *state)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return strcmp(text_at(st->run, "state"), state) == 0;
}

static bool
can_propose(const void *on)
{
	return list_has(on) && !run_is(on, "proposed") && !run_is(on, "approved");
}

static bool
can_approve(const void *on)
{
	return run_is(on, "proposed");
}

static bool
can_withdraw(const void *on)
{
	return run_is(on, "proposed") || run_is(on, "approved");
}

#define UNTIL_WHEN _("Until which day (+90, 31.12.)?")

static unsigned
until_typed(void *on, const char *text)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const char *until = typed_day(s, text, FORM_FUTURE, UNTIL_WHEN, until_typed);

	if (!until)
		return DRAW;
	return then_reload(ask(s, NULL, "retention.hold", "{s:I, s:s, s:s}", "case",
	    (json_int_t)s->asked, "reason", st->reason, "until", until));
}

static unsigned
reason_typed(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->reason = arena_strdup(s->mem, text);
	return ask_line(s, UNTIL_WHEN, "", until_typed);
}

static unsigned
act_hold(void *on)
{
	return ask_line(on, _("Why does it stay (an objection, a court, a claim)?"), "",
	    reason_typed);
}

static unsigned
act_propose(void *on)
{
	return then_reload(ask(on, NULL, "retention.propose", NULL));
}

static unsigned
settle(struct screen *s, const char *command)
{
	const struct state *st = s->state;

	return then_reload(ask(s, NULL, command, "{s:I}", "id",
	    (json_int_t)number_at(st->run, "id")));
}

static unsigned
act_approve(void *on)
{
	return settle(on, "retention.approve");
}

static unsigned
act_withdraw(void *on)
{
	return settle(on, "retention.withdraw");
}

static const struct binding bindings[] = {
	{ .keys = "h F4", .label = N_("Hold"), .act = act_hold, .can = list_has,
	  .command = "retention.hold", .help = N_("keep this case until a day, for a reason") },
	{ .keys = "p F5", .label = N_("Propose"), .act = act_propose, .can = can_propose,
	  .command = "retention.propose", .help = N_("propose that all that is not held goes") },
	{ .keys = "a F6 y", .label = N_("Approve"), .act = act_approve, .can = can_approve,
	  .command = "retention.approve", .help = N_("what somebody else has proposed may go") },
	{ .keys = "w F7 z", .label = N_("Withdraw"), .act = act_withdraw, .can = can_withdraw,
	  .command = "retention.withdraw", .help = N_("the deletion is not to be done") },
	{ 0 }
};

const struct screen_class screen_retention = {
	.name = "retention",
	.title = N_("Retention due"),
	.about = N_("Closed cases whose term has run: hold them, or let them go by two people."),
	.needs = "retention.show",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = by_class, .n_columns = COUNT_OF(by_class),
	    .empty = N_("Nothing is due."), .foot = foot },
	.bindings = bindings,
	.open = open_retention,
	.load = load,
	.head = head,
};
