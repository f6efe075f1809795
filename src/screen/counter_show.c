/*
 * counter_show.c - layer 3: draws the counter: who is here, who waits and
 * why in this order, what lies ready.  Called by counter.c.  Must never ask.
 */
#include "counter.h"

#include <string.h>

#include "text.h"

#define HERE_ROWS 4              /* three lines and a blank one */
#define BORN_WIDTH 6             /* " *1990" */
#define TALL 28                  /* rows from which what is ready is seen too */

const struct column counter_waiting_columns[] = {
	{ N_("Ticket"), 6, LEFT, 0 },
	{ N_("Came"), 5, RIGHT, 0 },
	{ N_("Min"), 4, RIGHT, 0 },
	{ N_("Concern"), 0, LEFT, 0 },
	{ N_("Lang"), 4, LEFT, 0 },
	{ N_("Why here"), 25, LEFT, 0 },
	{ N_("Person"), 24, LEFT, 112 },
	{ N_("Note"), 30, LEFT, 146 },
};
const size_t n_counter_waiting = COUNT_OF(counter_waiting_columns);

const struct column counter_ready_columns[] = {
	{ N_("Case"), 11, LEFT, 0 },
	{ N_("Person"), 0, LEFT, 0 },
	{ N_("Born"), 10, LEFT, 0 },
	{ N_("What"), 28, LEFT, 0 },
	{ N_("From"), 20, LEFT, 104 },
};
const size_t n_counter_ready = COUNT_OF(counter_ready_columns);

const struct column counter_aside_columns[] = {
	{ N_("Ticket"), 6, LEFT, 0 },
	{ N_("Came"), 5, RIGHT, 0 },
	{ N_("How far"), 17, LEFT, 0 },
	{ N_("Concern"), 0, LEFT, 0 },
	{ N_("Person"), 20, LEFT, 0 },
	{ N_("Note"), 30, LEFT, 120 },
};
const size_t n_counter_aside = COUNT_OF(counter_aside_columns);

/* ---- the two lines on top ---- */

void
counter_head(const struct screen *s, struct head *h)
{
	const struct counter *c = s->state;
	const json_t *n = at(c->room, "counts");
	struct arena *a = frame_mem();
	const char *counter = text_at(me(s), "counter_label");

	h->left = arena_printf(a, *counter ? "%s · %s" : "%s", text_at(me(s), "site_label"),
	    counter);
	h->load = arena_printf(a, _("Waiting %d   longest %d min   newcomers %d–%d min"),
	    (int)number_at(n, "waiting"), (int)number_at(n, "longest_minutes"),
	    (int)number_at(n, "estimate_low"), (int)number_at(n, "estimate_high"));
	if (c->office)
		h->load = arena_printf(a, _("%s   back office %d, %d late"), h->load,
		    (int)(number_at(c->office, "open") - number_at(c->office, "front_open")),
		    (int)(number_at(c->office, "late") - number_at(c->office, "front_late")));
	if (number_at(n, "came_back"))
		h->load = arena_printf(a, _("Sent back %d (u)   %s"),
		    (int)number_at(n, "came_back"), h->load);
}

/* ---- who is here ---- */

static void
add_fact(const char **facts, const char *fact)
{
	*facts = arena_printf(frame_mem(), "%s%s%s", *facts, **facts ? "   " : "", fact);
}

/* "speaks Arabic   3 people   case 2026-004711   missing last time: photo" */
static const char *
facts_of(const struct screen *s)
{
	const struct counter *c = s->state;
	const char *language = text_at(c->here, "language"), *facts = "";
	int people = (int)number_at(c->here, "people");
	struct arena *a = frame_mem();

	if (*language)
		add_fact(&facts, arena_printf(a, _("speaks %s"),
		    catalogue_label(s, "languages", language)));
	if (people > 1)
		add_fact(&facts, arena_printf(a, tr_n("%d person", "%d people", people), people));
	/* what a colleague noted of this visit: it must not fall off the end */
	if (*text_at(c->here, "note"))
		add_fact(&facts, arena_printf(a, _("note: %s"), text_at(c->here, "note")));
	if (*c->to_hand_out)
		add_fact(&facts, arena_printf(a, _("ready to hand out: %s"), c->to_hand_out));
	if (*c->case_number)
		add_fact(&facts, arena_printf(a, _("case %s"), c->case_number));
	if (*c->missing)
		add_fact(&facts, arena_printf(a, _("missing last time: %s"), c->missing));
	return facts;
}

/* "called 09:14, 2nd time" */
static const char *
since(const struct counter *c)
{
	struct arena *a = frame_mem();
	int calls = (int)number_at(c->here, "calls");

	if (counter_is_serving(c))
		return arena_printf(a, _("since %s"), say_instant(a, text_at(c->here, "started")));
	if (calls > 1)
		return arena_printf(a, _("%s, called %d times"),
		    say_instant(a, text_at(c->here, "called")), calls);
	return say_instant(a, text_at(c->here, "called"));
}

/* The year is enough to ask "is that you?"; the day would cost the name. */
static const char *
who(const struct counter *c, int width)
{
	const json_t *person = at(c->here, "person");
	const char *born = text_at(person, "born");

	if (!json_is_object(person))
		return _("not known yet");
	if (!*born)
		return say_person(frame_mem(), person);
	return arena_printf(frame_mem(), "%s *%.4s", text_cut(frame_mem(),
	    say_person(frame_mem(), person), width - BORN_WIDTH), born);
}

/* Beside the name, or else before all that is known: what it is about is not cut. */
static const char *
draw_who_and_what(const struct counter *c, struct area line, const char *facts)
{
	const char *concern = text_at(c->here, "concern_label"), *name = who(c, line.cols);
	int left = line.cols - shown_width(name) - 2;

	draw_text(line.row, line.col, line.cols, STYLE_PLAIN, name);
	if (shown_width(concern) > left)
		return arena_printf(frame_mem(), "%s%s%s", concern, *facts ? "   " : "", facts);
	draw_text(line.row, line.col + line.cols - left, left, STYLE_PLAIN, concern);
	return facts;
}

static void
draw_here(const struct screen *s, struct area area)
{
	const struct counter *c = s->state;
	const char *when = since(c), *facts = facts_of(s);
	const char *state = text_at(c->here, "state_label");
	int taken = shown_width(when) + 2, ticket = shown_width(state) + 3;
	int name = ticket + 6;

	draw_text(area.row, 1, ticket - 2, STYLE_STRONG, state);
	draw_text(area.row, ticket, 5, STYLE_STRONG, text_at(c->here, "ticket"));
	facts = draw_who_and_what(c, (struct area){ area.row, name, 1,
	    area.cols - name - taken - 1 }, facts);
	draw_right(area.row, area.cols - taken, taken - 1, STYLE_PLAIN, when);
	area.col = ticket;
	area.cols -= ticket + 1;
	area.row++;
	area.rows = 2;
	draw_wrapped(area, STYLE_PLAIN, facts);
}

static void
draw_nobody(const struct counter *c, struct area area)
{
	bool some = number_at(c->room, "counts.waiting") > 0;

	area.col = 1;
	area.cols -= 2;
	draw_wrapped(area, STYLE_PLAIN, some ? _("Nobody is at your counter. F2 calls the next "
	    "one.") : _("Nobody is at your counter, and nobody waits."));
}

/* ---- why a key does not act ---- */

const char *
counter_why_here(const void *on)
{
	const struct counter *c = ((const struct screen *)on)->state;

	if (!c->here)
		return _("nobody is at your counter");
	return arena_printf(frame_mem(), counter_is_serving(c) ? _("%s is at your counter already")
	    : _("%s is called"), text_at(c->here, "ticket"));
}

static bool
is_view(const void *on, enum counter_view view)
{
	return ((const struct counter *)((const struct screen *)on)->state)->view == view;
}

const char *
counter_why_ready(const void *on)
{
	return is_view(on, VIEW_READY) ? _("nothing lies here to be handed out") : NULL;
}

const char *
counter_why_aside(const void *on)
{
	return is_view(on, VIEW_ASIDE) ? _("nobody is parked or was called in vain") : NULL;
}

const char *
counter_why_waiting(const void *on)
{
	const struct counter *c = ((const struct screen *)on)->state;

	return c->view == VIEW_WAITING ? _("nobody waits") : NULL;
}

/* ---- the lists ---- */

static int
draw_chip(int row, int col, bool current, const char *text)
{
	enum style style = current ? STYLE_STRONG : STYLE_PLAIN;

	draw_text(row, col, 1, style, current ? "▸" : " ");
	return col + 1 + draw_text(row, col + 1, term_cols() - col - 2, style, text) + 3;
}

static void
draw_chips(const struct counter *c, int row)
{
	const json_t *n = at(c->room, "counts");
	int parked = (int)number_at(n, "parked"), absent = (int)number_at(n, "absent");
	int earlier = (int)number_at(n, "earlier");
	struct arena *a = frame_mem();
	int col = 0;

	col = draw_chip(row, col, c->view == VIEW_WAITING, arena_printf(a, _("1 Waiting %d"),
	    (int)number_at(n, "waiting")));
	col = draw_chip(row, col, c->view == VIEW_READY, arena_printf(a,
	    _("2 Ready to hand out %d"), (int)number_at(n, "ready")));
	draw_chip(row, col, c->view == VIEW_ASIDE, earlier > 0
	    ? arena_printf(a, _("3 Away %d, earlier days %d"), parked + absent, earlier)
	    : arena_printf(a, _("3 Parked %d, not there %d"), parked, absent));
}

/* The row under the cursor in full, below the list: narrow columns cut it. */
static const char *
row_in_full(const struct screen *s)
{
	const struct counter *c = s->state;
	const json_t *v = counter_row(c);
	const char *all = text_at(v, c->view == VIEW_READY ? "service_label" : "concern_label");
	const char *person = say_person(frame_mem(), at(v, "person")), *note = text_at(v, "note");

	if (*person)
		all = arena_printf(frame_mem(), "%s · %s", all, person);
	/* the word first: it must not be cut */
	if (truth_at(v, "person.locked"))
		all = arena_printf(frame_mem(), "%s · %s", _("LOCKED"), all);
	if (*note)
		all = arena_printf(frame_mem(), "%s · %s", all, note);
	return all;
}

void
counter_draw(const struct screen *s, struct area body)
{
	const struct counter *c = s->state;

	if (c->here)
		draw_here(s, body);
	else
		draw_nobody(c, body);
	body.row += HERE_ROWS - 1;
	draw_chips(c, body.row);
	body.row++;
	body.rows -= HERE_ROWS;
	if (body.rows >= TALL && c->view == VIEW_WAITING) {
		struct area below = body;

		body.rows = body.rows * 2 / 3;
		below.row += body.rows;
		below.rows -= body.rows;
		table_draw(&c->tables[VIEW_READY], below, TABLE_ASIDE);
		body.rows--;
	}
	body.rows -= list_foot(body, row_in_full(s));
	table_draw(&c->tables[c->view], body, TABLE_HERE);
}
