/*
 * tasks.c - layer 3: the small tasks that acts have left to my unit.  Opened
 * from the first screens, the menu and the household; with {"household": id}
 * those of one household, of any unit.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;
	struct listing listing;
	size_t box;              /* which state is shown */
	int64_t last;            /* the one settled here last; 0: none */
};

static const struct {
	const char *state, *title, *empty;
} boxes[] = {
	{ "open", N_("Open tasks"), N_("Nothing is to be done here. Tab shows what was done.") },
	{ "done", N_("Tasks done"), N_("Nothing was done yet.") },
	{ "dropped", N_("Tasks dropped"), N_("Nothing was dropped.") },
};

static const struct column columns[] = {
	{ N_("Due"), 12, LEFT, 0 },
	{ N_("Task"), 0, LEFT, 0 },
	{ N_("Person"), 24, LEFT, 0 },
	{ N_("Unit"), 16, LEFT, 110 },
	{ N_("Basis"), 24, LEFT, 130 },
};

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	table_add(t, number_at(row, "id"), truth_at(row, "late") ? STYLE_ALERT : STYLE_PLAIN,
	    (const char *[]){ say_day(s->page, text_at(row, "due")), text_at(row, "label"),
	    text_at(row, "person.name"), text_at(row, "unit_label"), text_at(row, "basis") });
}

static void
open_tasks(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "task.list",
	    .key = "tasks", .add = add };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	int64_t household = number_at(s->args, "household");
	json_t *params = json_pack("{s:s}", "state", boxes[st->box].state);

	if (household)
		json_object_set_new(params, "household", json_integer(household));
	st->table.empty = boxes[st->box].empty;
	return listing_load(&st->listing, params);
}

/* ---- acting ---- */

static unsigned
act_person(void *on)
{
	return screen_open(on, "person", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "person.id")));
}

static unsigned
act_household(void *on)
{
	return screen_open(on, "household", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "household")));
}

static unsigned
act_box(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->box = (st->box + 1) % COUNT_OF(boxes);
	return listing_turn(&st->listing);
}

/* key: of the text, "note" or "reason"; NULL text: none. */
static enum status
settle(struct screen *s, const char *command, const char *key, const char *text,
       const char *sentence)
{
	struct state *st = s->state;
	enum status status = ask(s, NULL, command, "{s:I, s:s*}", "id", (json_int_t)s->asked, key,
	    text);

	if (status != ST_OK)
		return status;
	st->last = s->asked;
	say(s, TONE_DONE, "%s", sentence);
	return status;
}

static unsigned
act_done(void *on)
{
	return then_reload(settle(on, "task.done", "note", NULL, _("Done. u takes it back.")));
}

static unsigned
noted(void *on, const char *text)
{
	return then_reload(settle(on, "task.done", "note", *text ? text : NULL,
	    _("Done. u takes it back.")));
}

static unsigned
act_done_with(void *on)
{
	return ask_line(on, _("How was it done?"), "", noted);
}

static unsigned
drop(void *on, const char *text)
{
	enum status status = settle(on, "task.drop", "reason", text,
	    _("Dropped. u takes it back."));

	if (!wants_reason(on, status))
		return then_reload(status);
	return ask_line(on, _("Why need it not be done?"), "", drop);
}

static unsigned
act_drop(void *on)
{
	return ask_line(on, _("Why need it not be done?"), "", drop);
}

static unsigned
reopen(struct screen *s, int64_t id)
{
	struct state *st = s->state;

	s->asked = id;
	if (settle(s, "task.reopen", "note", NULL, _("It is open again.")) == ST_OK)
		st->last = 0;
	return RELOAD;
}

static unsigned
act_undo(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	return reopen(on, st->last);
}

static unsigned
act_reopen(void *on)
{
	return reopen(on, ((struct screen *)on)->asked);
}

static bool
has_household(const void *on)
{
	return number_at(list_here(on), "household") != 0;
}

static bool
can_settle(const void *on)
{
	return offers(list_here(on), "task.done");
}

static bool
can_reopen(const void *on)
{
	return offers(list_here(on), "task.reopen");
}

static bool
can_undo(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return st->last != 0;
}

static const char *
why(const void *on)
{
	const json_t *task = list_here(on);

	if (!task)
		return NULL;
	if (strcmp(text_at(task, "unit"), text_at(me(on), "unit")) != 0)
		return arena_printf(frame_mem(), _("this is a task of %s"),
		    text_at(task, "unit_label"));
	return arena_printf(frame_mem(), _("this task is %s"), text_at(task, "state_label"));
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const json_t *counts = at(st->listing.first, "counts");

	h->left = arena_printf(frame_mem(), "%s · %s", _(boxes[st->box].title),
	    number_at(s->args, "household") ? _("this household") : text_at(me(s), "unit_label"));
	h->load = arena_printf(frame_mem(), _("Open in my unit %lld   late %lld"),
	    (long long)number_at(counts, "open"), (long long)number_at(counts, "late"));
}

/* What the row has no room for. */
static const char *
detail(const json_t *task)
{
	const char *note = text_at(task, "note"), *basis = text_at(task, "basis");

	if (!task)
		return "";
	return arena_printf(frame_mem(), "%s%s%s · %s · %s %s%s%s", text_at(task, "label"),
	    *basis ? " · " : "", basis, text_at(task, "unit_label"), _("opened by"),
	    text_at(task, "opened_by"), *note ? " · " : "", note);
}

static int
foot(const struct screen *s, struct area body)
{
	struct area last = { body.row + body.rows - 2, 1, 2, body.cols - 2 };

	draw_wrapped(last, STYLE_QUIET, detail(list_here(s)));
	return 3;
}

static json_t *
subject(const struct screen *s)
{
	return list_here(s) ? json_pack("{s:I}", "task", (json_int_t)number_at(list_here(s), "id")) : NULL;
}

static const char *const topics[] = { "task", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Person"), .act = act_person, .can = list_has,
	  .help = N_("open the person the task is about") },
	{ .keys = "h F6", .label = N_("Household"), .act = act_household, .can = has_household,
	  .help = N_("open the household it came from") },
	{ .keys = "d F2", .label = N_("Done"), .act = act_done, .can = can_settle, .why = why,
	  .help = N_("the task under the cursor is done") },
	{ .keys = "n F3", .label = N_("Done, note"), .act = act_done_with, .can = can_settle,
	  .why = why, .help = N_("done, with a word on how") },
	{ .keys = "x F8", .label = N_("Drop"), .act = act_drop, .can = can_settle, .why = why,
	  .help = N_("it need not be done, with a reason") },
	{ .keys = "r", .label = N_("Reopen"), .act = act_reopen, .can = can_reopen, .why = why,
	  .help = N_("the task under the cursor is open again") },
	{ .keys = "u", .label = N_("Undo"), .act = act_undo, .can = can_undo,
	  .help = N_("take back what was settled here last") },
	{ .keys = "Tab v", .label = N_("Open or done"), .act = act_box,
	  .help = N_("open tasks, those done, those dropped") },
	{ 0 }
};

const struct screen_class screen_tasks = {
	.name = "tasks",
	.title = N_("Tasks"),
	.about = N_("What births, moves and separations have left to your unit, by the day it is "
	            "due."),
	.needs = "task.list",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_tasks,
	.load = load,
	.head = head,
	.subject = subject,
};
