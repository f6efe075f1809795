/*
 * handover.c - layer 3: cases on their way between units: offered to mine,
 * offered by mine.  Opened from the queue, the console and the menu.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;
	struct listing listing;
	bool out;                /* the box: offered by my unit */
};

static const struct column columns[] = {
	{ N_("Unit"), 16, LEFT, 0 },
	{ N_("Case"), 11, LEFT, 0 },
	{ N_("Person"), 0, LEFT, 0 },
	{ N_("Service"), 0, LEFT, 100 },
	{ N_("Answer by"), 12, LEFT, 0 },
	{ N_("Missing"), 7, RIGHT, 0 },
	{ N_("Offered"), 14, LEFT, 116 },
	{ N_("By"), 12, LEFT, 132 },
	{ N_("A word with it"), 0, LEFT, 150 },
};

static bool
came_back(const json_t *row)
{
	return strcmp(text_at(row, "state"), "returned") == 0;
}

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	struct state *st = s->state;
	size_t missing = json_array_size(at(row, "missing"));

	table_add(t, number_at(row, "id"), came_back(row) ? STYLE_STRONG : STYLE_PLAIN,
	    (const char *[]){
		text_at(row, st->out ? "to_label" : "from_label"), text_at(row, "case.number"),
		say_person(s->page, at(row, "case.person")), text_at(row, "case.service_label"),
		came_back(row) ? _("sent back") : say_day(s->page, text_at(row, "due")),
		missing ? arena_printf(s->page, "%zu", missing) : "–",
		say_instant(s->page, text_at(row, "offered")), text_at(row, "offered_by"),
		text_at(row, "reason"),
	});
}

static void
open_handover(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->out = truth_at(args, "out");
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "handover.list",
	    .key = "handovers", .add = add };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	return listing_load(&st->listing, json_pack("{s:s}", "box", st->out ? "out" : "in"));
}

/* ---- acting ---- */

static unsigned
act_box(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->out = !st->out;
	return listing_turn(&st->listing);
}

static unsigned
act_open(void *on)
{
	return screen_open(on, "case", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "case.id")));
}

/* The marked ones, or the one under the cursor; stops at the first that fails. */
static unsigned
act_accept(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const int64_t *ids;
	size_t n = table_marked(&st->table, &ids), i = 0;
	enum status status = ST_OK;

	while (i < n && status == ST_OK)
		status = ask(s, NULL, "handover.accept", "{s:I}", "id", (json_int_t)ids[i++]);
	if (status == ST_OK) {
		table_unmark(&st->table);
		say(s, TONE_DONE, tr_n("Accepted: %d case lies in your unit's pool now.",
		    "Accepted: %d cases lie in your unit's pool now.", (int)n), (int)n);
	}
	return then_reload(status);
}

/* Accepting and claiming is one act for the engine, too.  As in the queue one
 * stays in the list. */
static unsigned
act_claim(void *on)
{
	struct screen *s = on;
	const char *number = text_at(list_here(s), "case.number");
	enum status status = ask(s, NULL, "case.claim", "{s:I}", "id",
	    (json_int_t)number_at(list_here(s), "case.id"));

	if (status == ST_OK)
		say(s, TONE_DONE, _("%s is accepted and yours now."), number);
	else
		tell_conflict(s, number);
	return then_reload(status);
}

static enum status
settle(struct screen *s, const char *command, const char *reason, const char *sentence)
{
	enum status status = ask(s, NULL, command, "{s:I, s:s*}", "id", (json_int_t)s->asked,
	    "reason", reason);

	if (status == ST_OK)
		say(s, TONE_DONE, "%s", sentence);
	return status;
}

/* Without a reason it is asked again: what is typed next must not act as keys. */
static unsigned
send_back(void *on, const char *reason)
{
	enum status status = settle(on, "handover.return", *reason ? reason : NULL,
	    _("Sent back with your reason."));

	if (!wants_reason(on, status))
		return then_reload(status);
	return ask_line(on, _("Why do you send it back?"), "", send_back);
}

static unsigned
act_send_back(void *on)
{
	return ask_line(on, _("Why do you send it back?"), "", send_back);
}

static unsigned
act_withdraw(void *on)
{
	return then_reload(settle(on, "handover.withdraw", NULL,
	    _("Withdrawn: the case stays with your unit.")));
}

static bool
can_accept(const void *on)
{
	return offers(list_here(on), "handover.accept");
}

static bool
can_send_back(const void *on)
{
	return offers(list_here(on), "handover.return");
}

static bool
can_withdraw(const void *on)
{
	return offers(list_here(on), "handover.withdraw");
}

static const char *
why(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	if (!list_here(on))
		return NULL;
	return st->out ? _("your unit offers this case")
	    : _("your unit is asked to take this case");
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), st->out ? _("Hand-overs by %s") : _("Hand-overs to %s"),
	    text_at(me(s), "unit_label"));
	h->load = st->out ? _("Until they accept, these cases stay yours.")
	    : _("Until you accept, these cases stay with those who offer them.");
}

/* What came with it, in full: a hurry, a word, papers that miss; or why it came back. */
static const char *
detail(const json_t *row)
{
	const json_t *name;
	const char *all = text_at(row, "reason");
	size_t i;

	if (came_back(row))
		return arena_printf(frame_mem(), _("Sent back by %s: %s"),
		    text_at(row, "settled_by"), text_at(row, "settled_reason"));
	if (strcmp(text_at(row, "case.due"), text_at(row, "due")) <= 0) /* it cannot wait */
		all = arena_printf(frame_mem(), "%s%s%s", text_at(row, "case.why"), *all ? " · " : "",
		    all);
	json_array_foreach(at(row, "missing"), i, name)
		all = arena_printf(frame_mem(), "%s%s%s", all,
		    i > 0 ? ", " : *all ? _(" · missing: ") : _("missing: "),
		    json_string_value(name));
	return all;
}

static int
foot(const struct screen *s, struct area body)
{
	return list_foot(body, detail(list_here(s)));
}

static json_t *
subject(const struct screen *s)
{
	return list_here(s) ? json_pack("{s:I}", "case", (json_int_t)number_at(list_here(s), "case.id"))
	               : NULL;
}

static bool
marks(const struct screen *s)
{
	const struct state *st = s->state;

	return !st->out;
}

static const char *const topics[] = { "handover", "case", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open"), .act = act_open, .can = list_has,
	  .help = N_("open the case under the cursor") },
	{ .keys = "a F2 y", .label = N_("Accept"), .act = act_accept, .can = can_accept, .why = why,
	  .help = N_("accept the marked cases, or this one, for your unit") },
	{ .keys = "c F3", .label = N_("Claim"), .act = act_claim, .can = can_accept, .why = why,
	  .help = N_("accept this case and take it for yourself") },
	{ .keys = "b F8", .label = N_("Send back"), .act = act_send_back, .can = can_send_back,
	  .why = why, .help = N_("send this case back, with a reason") },
	{ .keys = "z", .label = N_("Withdraw"), .act = act_withdraw, .can = can_withdraw,
	  .why = why, .help = N_("take the offer back") },
	{ .keys = "Tab v", .label = N_("To me or by me"), .act = act_box,
	  .help = N_("cases offered to your unit, or by your unit") },
	{ 0 }
};

const struct screen_class screen_handover = {
	.name = "handover",
	.title = N_("Hand-overs"),
	.about = N_("Cases offered from unit to unit. Nothing lies between two units: until the "
	            "receiver accepts, the sender has it."),
	.needs = "handover.list",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing waits for an answer here. Tab shows the other direction."),
	    .marks = marks, .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_handover,
	.load = load,
	.head = head,
	.subject = subject,
};
