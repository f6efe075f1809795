/*
 * queue.c - layer 3: the cases of a unit, the most urgent first: what to do
 * next, and why.  Home of clerks; supervisors come here from the console and
 * give cases to others.
 */
#include "queue.h"

#include <string.h>

#include "casework.h"

static const struct column columns[] = {
	{ N_("Due"), 12, LEFT, 0 },
	{ N_("Case"), 11, LEFT, 0 },
	{ N_("Person"), 24, LEFT, 0 },
	{ N_("Service"), 0, LEFT, 0 },
	{ N_("Why here"), 0, LEFT, 110 },
	{ N_("Owner"), 12, LEFT, 124 },
	{ N_("State"), 12, LEFT, 140 },
	{ N_("Came"), 12, LEFT, 160 },
};

/* Where cases of many are seen together, whose they are comes first. */
static const struct column shared_columns[] = {
	{ N_("Due"), 12, LEFT, 0 },
	{ N_("Case"), 11, LEFT, 0 },
	{ N_("Person"), 0, LEFT, 0 },
	{ N_("Service"), 0, LEFT, 0 },
	{ N_("Why here"), 0, LEFT, 110 },
	{ N_("Owner"), 10, LEFT, 0 },
	{ N_("State"), 12, LEFT, 94 },
	{ N_("Came"), 12, LEFT, 140 },
};

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	const char *service = text_at(row, "service_label");

	/* mine only while its owner is away */
	if (truth_at(row, "deputed"))
		service = arena_printf(s->page, _("for %s: %s"), text_at(row, "owner_name"), service);
	table_add(t, number_at(row, "id"), STYLE_PLAIN, (const char *[]){
		say_day(s->page, text_at(row, "due")), text_at(row, "number"),
		say_person(s->page, at(row, "person")), service, text_at(row, "why"),
		text_at(row, "owner_name"), text_at(row, "state_label"),
		say_day(s->page, text_at(row, "opened")),
	});
}

static void
open_queue(struct screen *s, const json_t *args)
{
	struct queue *q = s->state;
	bool given = *text_at(args, "unit") != '\0';

	q->giving = json_array();
	q->listing = (struct listing){ .s = s, .table = &q->table, .method = "case.list",
	    .key = "cases", .add = add };
	q->view = has_role(s, "clerk") && !given ? queue_pool : queue_all;
	if (strcmp(text_at(args, "view"), "proposed") == 0)
		q->view = queue_proposed;
	if (given || !has_role(s, "supervisor"))
		q->unit = text_at(given ? args : me(s), "unit");
	q->unit_label = q->unit ? text_at(given ? args : me(s), "unit_label") : _("All units");
	if (*text_at(args, "owner")) {
		q->owner = text_at(args, "owner");
		q->owner_label = text_at(args, "owner_name");
	}
}

static void
done(struct screen *s)
{
	struct queue *q = s->state;

	json_decref(q->giving);
}

/* The row under the cursor has gone: who did that? */
static void
tell_gone(struct screen *s, int64_t id, const char *number)
{
	const json_t *answer, *last;

	if (ask(s, &answer, "case.show", "{s:I}", "id", (json_int_t)id) != ST_OK) {
		say(s, TONE_NOTE, _("%s is not in this unit any more."), number);
		return;
	}
	last = json_array_get(at(answer, "case.history"), 0);
	tell_moved(s, number, at(answer, "case"), text_at(last, "by"), text_at(last, "at"));
}

static enum status
load(struct screen *s)
{
	struct queue *q = s->state;
	int64_t was_at = table_at(&q->table);
	const char *number = arena_strdup(s->page, text_at(list_here(s), "number"));

	q->table.columns = queue_is_shared(q) ? shared_columns : columns;
	TRY(listing_load(&q->listing, queue_params(q)));
	if (was_at && table_at(&q->table) != was_at)
		tell_gone(s, was_at, number);
	return ST_OK;
}

/* ---- acting ---- */

static unsigned
act_open(void *on)
{
	struct screen *s = on;
	const struct queue *q = s->state;

	return screen_open(s, "case", json_pack("{s:I}", "id", (json_int_t)table_at(&q->table)));
}

static unsigned
act_claim(void *on)
{
	struct screen *s = on;
	const char *number = text_at(list_here(s), "number");
	enum status status = ask(s, NULL, "case.claim", "{s:I}", "id",
	    (json_int_t)number_at(list_here(s), "id"));

	if (status == ST_OK)
		say(s, TONE_DONE, _("%s is yours now. v m shows all that are yours."), number);
	else
		tell_conflict(s, number);
	return then_reload(status);
}

/* Open and offered to nobody else; the engine decides. */
static bool
can_claim(const void *on)
{
	const struct screen *s = on;
	const json_t *row = list_here(s);

	return strcmp(text_at(row, "state"), "open") == 0 &&
	    strcmp(text_at(row, "unit"), text_at(me(s), "unit")) == 0;
}

static unsigned
act_next(void *on)
{
	struct screen *s = on;
	const json_t *answer;
	enum status status = ask(s, &answer, "case.next", NULL);

	if (status != ST_OK)
		return then_reload(status);
	screen_open(s, "case", json_pack("{s:I}", "id", (json_int_t)number_at(answer, "case.id")));
	say(s, TONE_DONE, _("%s is yours now: %s."), text_at(answer, "case.number"),
	    text_at(answer, "case.why"));
	return DRAW;
}

static bool
can_next(const void *on)
{
	return has_role(on, "clerk");
}

static unsigned
act_requests(void *on)
{
	return screen_open(on, "requests", NULL);
}

static unsigned
act_handovers(void *on)
{
	return screen_open(on, "handover", NULL);
}

/* ---- giving cases to somebody ---- */

static unsigned
give(void *on, const char *reason)
{
	struct screen *s = on;
	struct queue *q = s->state;
	size_t n = json_array_size(q->giving);
	const json_t *answer;
	enum status status = ask(s, &answer, "case.assign", "{s:O, s:s, s:s*}", "id", q->giving,
	    "owner", q->to, "reason", *reason ? reason : NULL);

	if (status == ST_OK) {
		table_unmark(&q->table);
		say(s, TONE_DONE, tr_n("%d case is with %s now.", "%d cases are with %s now.",
		    (int)n), (int)n, text_at(json_array_get(at(answer, "cases"), 0), "owner_name"));
	}
	return then_reload(status);
}

static unsigned
picked_clerk(struct screen *s, const char *login)
{
	struct queue *q = s->state;

	q->to = login;
	return ask_line(s, _("Why? It stays in the file (may be empty):"), "", give);
}

static unsigned
act_assign(void *on)
{
	struct screen *s = on;
	struct queue *q = s->state;
	struct pick_item *items;
	size_t n = clerks_to_choose(s, text_at(list_here(s), "unit"), &items);
	const int64_t *ids;
	size_t marked = table_marked(&q->table, &ids);

	json_array_clear(q->giving);
	for (size_t i = 0; i < marked; i++)
		json_array_append_new(q->giving, json_integer(ids[i]));
	return pick(s, marked < 2 ? _("Give to whom?") : arena_printf(frame_mem(),
	    tr_n("Give %d case to whom?", "Give %d cases to whom?", (int)marked), (int)marked),
	    items, n, picked_clerk);
}

/* Who takes a case in also hands it over; only then can it be given away. */
static bool
can_assign(const void *on)
{
	return list_has(on) && strcmp(text_at(list_here(on), "state"), "intake") != 0;
}

static const char *
why(const void *on)
{
	return why_not(list_here(on));
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct queue *q = s->state;
	const json_t *n = at(q->listing.first, "counts");

	h->left = queue_title(q);
	h->unruled = true;
	h->load = number_at(n, "proposed") ? arena_printf(frame_mem(),
	    _("Open %d  mine %d  on hold %d  late %d  today +%d −%d  accept %d  approve %d"),
	    (int)number_at(n, "open"), (int)number_at(n, "mine"), (int)number_at(n, "waiting"),
	    (int)number_at(n, "late"), (int)number_at(n, "arrived_today"),
	    (int)number_at(n, "decided_today"), (int)number_at(n, "offered"),
	    (int)number_at(n, "proposed")) : arena_printf(frame_mem(),
	    _("Open %d   mine %d   on hold %d   late %d   today %d in, %d done   to accept %d"),
	    (int)number_at(n, "open"), (int)number_at(n, "mine"), (int)number_at(n, "waiting"),
	    (int)number_at(n, "late"), (int)number_at(n, "arrived_today"),
	    (int)number_at(n, "decided_today"), (int)number_at(n, "offered"));
	if (number_at(n, "requests"))
		h->load = arena_printf(frame_mem(), _("%s   asked %d"), h->load,
		    (int)number_at(n, "requests"));
}

/* The row under the cursor in full: narrow columns cut its reason. */
static void
draw_reason(const struct screen *s, int row, int cols)
{
	const json_t *c = list_here(s);
	const char *owner = text_at(c, "owner_name"), *why, *what;
	int col = 3;

	if (!c)
		return;
	if (*owner)
		owner = arena_printf(frame_mem(), "%s · ", owner);
	why = arena_printf(frame_mem(), "%s%s", owner, text_at(c, "why"));
	what = text_at(c, "service_label");
	if (3 + shown_width(why) + 3 + shown_width(what) > cols - 1) {
		draw_text(row - 1, 3, cols - 4, STYLE_STRONG, why);
		draw_text(row, 3, cols - 4, STYLE_PLAIN, what);
		return;
	}
	col += draw_text(row, col, cols - 4, STYLE_STRONG, why);
	draw_format(row, col, cols - 1 - col, STYLE_PLAIN, " · %s", what);
}

static int
foot(const struct screen *s, struct area body)
{
	draw_reason(s, body.row + body.rows - 1, body.cols);
	return 2;
}

static json_t *
subject(const struct screen *s)
{
	return list_here(s) ? json_pack("{s:I}", "case", (json_int_t)number_at(list_here(s), "id")) : NULL;
}

static bool
marks(const struct screen *s)
{
	return may(s, "case.assign");
}

static const char *const topics[] = { "case", "handover", "person", "staff",
	"disclosure_ask", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open"), .act = act_open, .can = list_has,
	  .help = N_("open the case under the cursor") },
	{ .keys = "c", .label = N_("Claim"), .act = act_claim, .can = can_claim, .why = why,
	  .command = "case.claim", .help = N_("take the case under the cursor for yourself") },
	{ .keys = "F2 n", .label = N_("Next"), .act = act_next, .can = can_next,
	  .command = "case.next", .help = N_("take the most urgent open case and open it") },
	{ .keys = "r", .label = N_("Re-assign"), .act = act_assign, .can = can_assign, .why = why,
	  .command = "case.assign",
	  .help = N_("give the marked cases, or this one, to a clerk") },
	{ .keys = "h F6", .label = N_("Hand-overs"), .act = act_handovers,
	  .command = "handover.list", .help = N_("cases offered to your unit, and by it") },
	{ .keys = "i F8", .act = act_requests, .command = "disclosure.asks",
	  .help = N_("what is asked of a unit that is bound to secrecy, and what became of it") },
	{ .keys = "v F3", .label = N_("View"), .act = queue_ask_view,
	  .help = N_("pool, mine, on hold, late, to be approved, all") },
	{ .keys = "s F7", .label = N_("Sort"), .act = queue_ask_sort,
	  .help = N_("sort by urgency, due day, age, number") },
	{ .keys = "f F4", .label = N_("Filter"), .act = queue_ask_filter,
	  .help = N_("only some: by name, number, service, state, owner") },
	{ .keys = "F", .act = queue_clear, .can = queue_is_narrowed,
	  .help = N_("remove all filters") },
	{ 0 }
};

const struct screen_class screen_queue = {
	.name = "queue",
	.title = N_("Queue"),
	.about = N_("The cases of your unit. The first is the most urgent: what is due first, "
	            "with those that have waited long or asked often before it. The line below "
	            "the list says why the case under the cursor stands where it stands."),
	.needs = "case.list",
	.menu = true,
	.state_size = sizeof(struct queue),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("No case is here. Press v for another view, or F2 for the next one of "
	        "your unit."),
	    .marks = marks, .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_queue,
	.load = load,
	.head = head,
	.subject = subject,
	.done = done,
};
