/*
 * counter.c - layer 3: the counter, home of the front office: calls, parks,
 * finishes, hands out; take-in and tickets are screens of their own.  Opened
 * by home_of.  Must never decide who is next: the engine does.
 */
#include "counter.h"

#include <string.h>

#define ROOM_ROWS 200
#define READY_ASIDE_ROWS 20      /* what a tall window shows below who waits */

bool
counter_has_called(const struct counter *c)
{
	return c->here && strcmp(text_at(c->here, "state"), "called") == 0;
}

bool
counter_is_serving(const struct counter *c)
{
	return c->here && strcmp(text_at(c->here, "state"), "serving") == 0;
}

/* ---- loading ---- */

static void
add_waiting(struct screen *s, const json_t *v)
{
	struct counter *c = s->state;
	bool long_time = number_at(v, "waited_minutes") >= number_at(c->room,
	    "counts.limit_minutes");

	table_add(&c->tables[VIEW_WAITING], number_at(v, "id"),
	    long_time ? STYLE_STRONG : STYLE_PLAIN, (const char *[]){
		text_at(v, "ticket"), say_instant(s->page, text_at(v, "arrived")),
		arena_printf(s->page, "%lld", (long long)number_at(v, "waited_minutes")),
		text_at(v, "concern_label"), text_at(v, "language"), text_at(v, "why"),
		text_at(v, "person.name"), text_at(v, "note"),
	});
}

static void
add_aside(struct screen *s, const json_t *v)
{
	struct counter *c = s->state;

	table_add(&c->tables[VIEW_ASIDE], number_at(v, "id"), STYLE_PLAIN, (const char *[]){
		text_at(v, "ticket"), say_instant(s->page, text_at(v, "arrived")),
		text_at(v, "state_label"), text_at(v, "concern_label"), text_at(v, "person.name"),
		text_at(v, "note"),
	});
}

/* Mine if I have called them: the one being served before one only called. */
static void
note_here(struct screen *s, const json_t *v)
{
	struct counter *c = s->state;
	bool mine = strcmp(text_at(v, "staff"), text_at(me(s), "login")) == 0;

	if (mine && !(c->here && counter_is_serving(c)))
		c->here = v;
}

static void
add_visit(struct screen *s, const json_t *v)
{
	const char *state = text_at(v, "state");

	if (strcmp(state, "waiting") == 0)
		add_waiting(s, v);
	else if (strcmp(state, "parked") == 0 || strcmp(state, "absent") == 0)
		add_aside(s, v);
	else
		note_here(s, v);
}

static void
add_ready(struct screen *s, const json_t *row)
{
	struct counter *c = s->state;

	table_add(&c->tables[VIEW_READY], number_at(row, "id"), STYLE_PLAIN, (const char *[]){
		text_at(row, "number"), text_at(row, "person.name"), text_at(row, "person.born"),
		text_at(row, "service_label"), text_at(row, "unit_label"),
	});
}

/* What lies here for the person at the counter comes first. */
static void
add_all_ready(struct screen *s)
{
	const struct counter *c = s->state;
	int64_t person = number_at(c->here, "person.id");
	const json_t *row;
	size_t i;

	json_array_foreach(at(c->ready, "cases"), i, row)
		if (person && number_at(row, "person.id") == person)
			add_ready(s, row);
	json_array_foreach(at(c->ready, "cases"), i, row)
		if (!person || number_at(row, "person.id") != person)
			add_ready(s, row);
}

/* ---- what is known of the person here ---- */

static bool
is_live(const json_t *row)
{
	static const char *const states[] = { "intake", "open", "in_work", "waiting" };

	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (strcmp(text_at(row, "state"), states[i]) == 0)
			return true;
	return false;
}

/* The live case this visit is about, or any. */
static const json_t *
live_case(const struct counter *c, const json_t *cases)
{
	const json_t *row, *any = NULL;
	size_t i;

	json_array_foreach(cases, i, row) {
		if (!is_live(row))
			continue;
		if (strcmp(text_at(row, "service"), text_at(c->here, "service")) == 0)
			return row;
		any = any ? any : row;
	}
	return any;
}

static void
note_missing(struct screen *s, int64_t case_id)
{
	struct counter *c = s->state;
	const json_t *result, *paper;
	size_t i;

	if (ask(s, &result, "case.show", "{s:I}", "id", case_id) != ST_OK)
		return;
	json_array_foreach(at(result, "case.documents"), i, paper)
		if (truth_at(paper, "required") && strcmp(text_at(paper, "state"), "missing") == 0)
			c->missing = arena_printf(c->known, "%s%s%s", c->missing,
			    *c->missing ? ", " : "", text_at(paper, "label"));
}

static void
note_cases(struct screen *s, const json_t *cases)
{
	struct counter *c = s->state;
	const json_t *row, *live = live_case(c, cases);
	size_t i;

	json_array_foreach(cases, i, row)
		if (strcmp(text_at(row, "state"), "decided") == 0)
			c->to_hand_out = arena_printf(c->known, "%s%s%s", c->to_hand_out,
			    *c->to_hand_out ? ", " : "", text_at(row, "number"));
	if (!live)
		return;
	c->case_number = arena_strdup(c->known, text_at(live, "number"));
	note_missing(s, number_at(live, "id"));
}

/* Once for each visit: opening a file is written down, and takes time. */
static void
know_person(struct screen *s)
{
	struct counter *c = s->state;
	int64_t visit = number_at(c->here, "id"), person = number_at(c->here, "person.id");
	const json_t *result;

	if (visit == c->known_visit && person == c->known_person)
		return;
	arena_reset(c->known);
	c->case_number = c->missing = c->to_hand_out = "";
	c->known_visit = visit;
	c->known_person = person;
	if (person && ask(s, &result, "person.show", "{s:I}", "id", person) == ST_OK)
		note_cases(s, at(result, "person.cases"));
}

static enum status
load(struct screen *s)
{
	struct counter *c = s->state;
	const json_t *result, *v;
	size_t i;

	TRY(ask(s, &result, "visit.list", "{s:i}", "limit", ROOM_ROWS));
	c->room = result;
	TRY(ask(s, &c->ready, "case.ready", "{s:i}", "limit", c->view == VIEW_READY ? ROOM_ROWS
	    : READY_ASIDE_ROWS));
	TRY(ask(s, &result, "case.list", "{s:i}", "limit", 1));
	c->office = at(result, "counts");
	c->here = NULL;
	for (int view = 0; view < N_VIEWS; view++)
		table_begin(&c->tables[view], s->page);
	json_array_foreach(at(c->room, "visits"), i, v)
		add_visit(s, v);
	add_all_ready(s);
	for (int view = 0; view < N_VIEWS; view++)
		table_end(&c->tables[view]);
	know_person(s);
	return ST_OK;
}

static void
open_counter(struct screen *s, const json_t *args)
{
	struct counter *c = s->state;

	(void)args;
	c->known = arena_new();
	c->case_number = c->missing = c->to_hand_out = "";
	table_init(&c->tables[VIEW_WAITING], s->mem, counter_waiting_columns, n_counter_waiting,
	    N_("Nobody waits."));
	table_init(&c->tables[VIEW_READY], s->mem, counter_ready_columns, n_counter_ready,
	    N_("Nothing lies here to be handed out."));
	table_init(&c->tables[VIEW_ASIDE], s->mem, counter_aside_columns, n_counter_aside,
	    N_("Nobody is parked or was called in vain."));
}

static void
done(struct screen *s)
{
	struct counter *c = s->state;

	arena_free(c->known);
}

static struct focus
focus(struct screen *s)
{
	struct counter *c = s->state;

	return (struct focus){ .table = &c->tables[c->view] };
}

/* ---- when an act can be done ---- */

static bool
has_called(const void *on)
{
	return counter_has_called(((const struct screen *)on)->state);
}

static bool
is_serving(const void *on)
{
	return counter_is_serving(((const struct screen *)on)->state);
}

static bool
is_here(const void *on)
{
	return has_called(on) || is_serving(on);
}

static bool
is_on_row(const void *on, enum counter_view view)
{
	const struct counter *c = ((const struct screen *)on)->state;

	return c->view == view && c->tables[view].n_rows > 0;
}

static bool is_on_ready(const void *on) { return is_on_row(on, VIEW_READY); }
static bool is_on_aside(const void *on) { return is_on_row(on, VIEW_ASIDE); }

static bool
is_in_room(const void *on)
{
	return is_on_row(on, VIEW_WAITING) || is_on_aside(on);
}

static const json_t *
visit_by_id(const struct counter *c, int64_t id)
{
	const json_t *v;
	size_t i;

	json_array_foreach(at(c->room, "visits"), i, v)
		if (number_at(v, "id") == id)
			return v;
	return NULL;
}

static const json_t *
visit_at(const struct counter *c)
{
	return visit_by_id(c, table_at(&c->tables[c->view]));
}

static bool
is_on_known(const void *on)
{
	const struct counter *c = ((const struct screen *)on)->state;

	return is_on_row(on, VIEW_WAITING) && json_is_object(at(visit_at(c), "person"));
}

/* ---- acts on the person here ---- */

static enum status
step(struct screen *s, const char *command, const json_t *v)
{
	return ask(s, NULL, command, "{s:I, s:I}", "id", number_at(v, "id"), "version",
	    number_at(v, "version"));
}

static unsigned
step_here(void *on, const char *command)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return then_reload(step(s, command, c->here));
}

static enum status
finish(struct screen *s, const json_t *v, const char *outcome)
{
	return ask(s, NULL, "visit.finish", "{s:I, s:I, s:s}", "id", number_at(v, "id"), "version",
	    number_at(v, "version"), "outcome", outcome);
}

static unsigned
finish_here(void *on, const char *outcome)
{
	struct screen *s = on;
	const struct counter *c = s->state;
	const char *ticket = arena_strdup(s->page, text_at(c->here, "ticket"));
	enum status status = finish(s, c->here, outcome);

	if (status == ST_OK)
		say(s, TONE_DONE, _("%s is finished. F2 calls the next one."), ticket);
	return then_reload(status);
}

static unsigned
call_next(struct screen *s)
{
	struct counter *c = s->state;
	const json_t *result;
	enum status status = ask(s, &result, "visit.next", NULL);

	if (status == ST_OK) {
		c->view = VIEW_WAITING;
		say(s, TONE_DONE, _("%s is called: %s."), text_at(result, "visit.ticket"),
		    text_at(result, "visit.concern_label"));
	}
	return then_reload(status);
}

static unsigned
after(struct screen *s, enum status status)
{
	return status == ST_OK ? call_next(s) : then_reload(status);
}

static unsigned
act_finish_and_call(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return after(s, finish(s, c->here, "done"));
}

static unsigned
act_park_and_call(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return after(s, step(s, "visit.park", c->here));
}

static unsigned
act_absent_and_call(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return after(s, step(s, "visit.absent", c->here));
}

static const struct binding next_choices[] = {
	{ .keys = "f", .label = N_("finish and call"), .act = act_finish_and_call },
	{ .keys = "p", .label = N_("park and call"), .act = act_park_and_call },
	{ 0 }
};

static const struct binding next_choices_called[] = {
	{ .keys = "a", .label = N_("not there, call"), .act = act_absent_and_call },
	{ .keys = "f", .label = N_("finish and call"), .act = act_finish_and_call },
	{ 0 }
};

static unsigned
act_next(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;
	const char *ticket = text_at(c->here, "ticket");

	if (is_serving(s))
		return choose(s, next_choices, _("%s is still here:"), ticket);
	if (has_called(s))
		return choose(s, next_choices_called, _("%s is called already:"), ticket);
	return call_next(s);
}

static unsigned act_recall(void *on) { return step_here(on, "visit.recall"); }
static unsigned act_start(void *on) { return step_here(on, "visit.start"); }
static unsigned act_park(void *on) { return step_here(on, "visit.park"); }
static unsigned act_absent(void *on) { return step_here(on, "visit.absent"); }

static unsigned
act_take_in(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	if (has_called(s) && step(s, "visit.start", c->here) != ST_OK)
		return RELOAD;
	return screen_open(s, "takein", json_pack("{s:I}", "visit", number_at(c->here, "id")));
}

static unsigned act_done(void *on) { return finish_here(on, "done"); }
static unsigned act_taken_in(void *on) { return finish_here(on, "taken_in"); }
static unsigned act_handed_out(void *on) { return finish_here(on, "handed_out"); }
static unsigned act_left(void *on) { return finish_here(on, "left"); }

static const struct binding outcomes[] = {
	{ .keys = "d", .label = N_("settled"), .act = act_done },
	{ .keys = "h", .label = N_("handed out"), .act = act_handed_out },
	{ .keys = "t", .label = N_("taken in"), .act = act_taken_in },
	{ .keys = "l", .label = N_("left"), .act = act_left },
	{ 0 }
};

static unsigned
act_finish(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return choose(s, outcomes, _("How did %s end?"), text_at(c->here, "ticket"));
}

/* ---- acts on the row under the cursor ---- */

static unsigned
act_gone(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;
	const json_t *v = visit_by_id(c, c->asked); /* rows may have moved since */

	return v ? then_reload(finish(s, v, "left")) : RELOAD;
}

static const struct binding gone_choices[] = {
	{ .keys = "l", .label = N_("has left"), .act = act_gone },
	{ 0 }
};

static unsigned
act_leave_room(void *on)
{
	struct screen *s = on;
	struct counter *c = s->state;

	c->asked = table_at(&c->tables[c->view]);
	return choose(s, gone_choices, "%s:", text_at(visit_at(c), "ticket"));
}

static unsigned
act_back(void *on)
{
	struct screen *s = on;
	const json_t *v = visit_at(s->state);
	enum status status = step(s, "visit.unpark", v);

	if (status == ST_OK)
		say(s, TONE_DONE, _("%s waits again, with the time of arrival."),
		    text_at(v, "ticket"));
	return then_reload(status);
}

static unsigned
act_person(void *on)
{
	struct screen *s = on;

	return screen_open(s, "person", json_pack("{s:I}", "id",
	    number_at(visit_at(s->state), "person.id")));
}

static unsigned
act_close(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;
	enum status status = ask(s, NULL, "case.close", "{s:I}", "id", c->asked);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Handed out, and the case is closed."));
	return then_reload(status);
}

static unsigned
act_leave_open(void *on)
{
	(void)on;
	return RELOAD;
}

static const struct binding close_choices[] = {
	{ .keys = "c Enter", .label = N_("close the case"), .act = act_close },
	{ .keys = "o", .label = N_("leave it open"), .act = act_leave_open },
	{ 0 }
};

/* Two keys: the second closes what is done. */
static unsigned
act_hand_out(void *on)
{
	struct screen *s = on;
	struct counter *c = s->state;
	const json_t *result;

	c->asked = table_at(&c->tables[VIEW_READY]);
	if (ask(s, &result, "case.handout", "{s:I}", "id", c->asked) != ST_OK)
		return RELOAD;
	return choose(s, close_choices, _("%s is handed out:"), text_at(result, "case.number"));
}

/* ---- lists ---- */

static unsigned
show(void *on, enum counter_view view)
{
	struct counter *c = ((struct screen *)on)->state;

	c->view = view;
	return RELOAD;
}

static unsigned act_waiting(void *on) { return show(on, VIEW_WAITING); }
static unsigned act_ready(void *on) { return show(on, VIEW_READY); }
static unsigned act_aside(void *on) { return show(on, VIEW_ASIDE); }

static unsigned
act_other(void *on)
{
	const struct counter *c = ((const struct screen *)on)->state;

	return show(on, (c->view + 1) % N_VIEWS);
}

static unsigned
act_ticket(void *on)
{
	return screen_open(on, "ticket", NULL);
}

static const struct binding bindings[] = {
	{ .keys = "F2 n", .label = N_("Next"), .act = act_next, .command = "visit.next",
	  .help = N_("call whoever is next") },
	{ .keys = "Enter h", .label = N_("Hand out"), .act = act_hand_out, .can = is_on_ready,
	  .command = "case.handout", .help = N_("hand out what lies under the cursor") },
	{ .keys = "Enter b", .label = N_("Back"), .act = act_back, .can = is_on_aside,
	  .command = "visit.unpark",
	  .help = N_("back to the waiting room, with the time of arrival") },
	{ .keys = "F3 r", .label = N_("Recall"), .act = act_recall, .can = has_called,
	  .help = N_("call the same person again") },
	{ .keys = "s", .label = N_("Here"), .act = act_start, .can = has_called,
	  .help = N_("the person called is at the counter") },
	{ .keys = "F4 i", .label = N_("Take in"), .act = act_take_in, .can = is_here,
	  .help = N_("take in what the person wants; they are at the counter") },
	{ .keys = "F5 p", .label = N_("Park"), .act = act_park, .can = is_here,
	  .help = N_("let the person fetch something; they keep their place") },
	{ .keys = "F7 a", .label = N_("Absent"), .act = act_absent, .can = has_called,
	  .help = N_("called, but not there") },
	{ .keys = "F8 f", .label = N_("Finish"), .act = act_finish, .can = is_here,
	  .help = N_("finish this visit") },
	{ .keys = "F6 t", .label = N_("Ticket"), .act = act_ticket, .command = "visit.new",
	  .help = N_("a ticket for somebody who has come") },
	{ .keys = "Enter", .label = N_("Person"), .act = act_person, .can = is_on_known,
	  .help = N_("what is known of the person under the cursor") },
	{ .keys = "Del x", .act = act_leave_room, .can = is_in_room, .command = "visit.finish",
	  .help = N_("the person under the cursor has left") },
	{ .keys = "1 w", .act = act_waiting, .help = N_("the list of those who wait") },
	{ .keys = "2 o", .act = act_ready, .help = N_("the list of what is ready to hand out") },
	{ .keys = "3 v", .act = act_aside, .help = N_("the list of those parked or not there") },
	{ .keys = "Tab", .label = N_("Lists"), .act = act_other, .help = N_("the next list") },
	{ 0 }
};

static const char *const topics[] = { "visit", "case", "person", NULL };

const struct screen_class screen_counter = {
	.name = "counter",
	.title = N_("Counter"),
	.about = N_("Who waits and why in this order, who is at your counter, what lies ready. "
	            "F2 calls the next one; nobody else gets the same person."),
	.needs = "visit.next",
	.menu = true,
	.state_size = sizeof(struct counter),
	.bindings = bindings,
	.topics = topics,
	.open = open_counter,
	.load = load,
	.head = counter_head,
	.draw = counter_draw,
	.focus = focus,
	.done = done,
};
