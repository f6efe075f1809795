/*
 * counter_keys.c - layer 3: what the keys of the counter do: call, park,
 * finish, hand out; take-in and tickets are screens of their own.  Must never
 * act on a row that has moved while a question was open.
 */
#include "counter.h"

#include <stdlib.h>
#include <string.h>

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

static bool is_on_waiting(const void *on) { return is_on_row(on, VIEW_WAITING); }

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

/* Of the take-in of a visit. */
static const char *
draft_of(const struct screen *s, const json_t *v)
{
	return arena_printf(s->page, "takein visit=%lld", (long long)number_at(v, "id"));
}

/* What was typed for it goes with the visit: it could never be sent. */
static enum status
finish(struct screen *s, const json_t *v, const char *outcome)
{
	enum status status = ask(s, NULL, "visit.finish", "{s:I, s:I, s:s}", "id",
	    number_at(v, "id"), "version", number_at(v, "version"), "outcome", outcome);

	if (status == ST_OK)
		screen_forget_draft(s, draft_of(s, v));
	return status;
}

/* A question is open now: its answer acts on what stands here at this moment,
 * whoever comes to stand here until then. */
void
counter_ask_about(struct counter *c, const json_t *what)
{
	json_decref(c->asked);
	c->asked = json_incref((json_t *)(uintptr_t)what);
}

static unsigned
finish_asked(void *on, const char *outcome)
{
	struct screen *s = on;
	const struct counter *c = s->state;
	enum status status = finish(s, c->asked, outcome);

	if (status == ST_OK)
		say(s, TONE_DONE, _("%s is finished. F2 calls the next one."),
		    text_at(c->asked, "ticket"));
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

	return after(s, finish(s, c->asked, "done"));
}

static unsigned
act_park_and_call(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return after(s, step(s, "visit.park", c->asked));
}

static unsigned
act_absent_and_call(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return after(s, step(s, "visit.absent", c->asked));
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
	struct counter *c = s->state;
	const char *ticket = text_at(c->here, "ticket");
	bool typed = c->here && screen_draft_waits(s, draft_of(s, c->here));

	counter_ask_about(c, c->here);
	if (is_serving(s))
		return choose(s, next_choices, typed ? _("%s is still here; f drops what you typed for "
		    "it:") : _("%s is still here:"), ticket);
	if (has_called(s))
		return choose(s, next_choices_called, typed ? _("%s is called already; f drops what you "
		    "typed for it:") : _("%s is called already:"), ticket);
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

static unsigned act_done(void *on) { return finish_asked(on, "done"); }
static unsigned act_taken_in(void *on) { return finish_asked(on, "taken_in"); }
static unsigned act_handed_out(void *on) { return finish_asked(on, "handed_out"); }
static unsigned act_left(void *on) { return finish_asked(on, "left"); }

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
	struct counter *c = s->state;

	counter_ask_about(c, c->here);
	if (screen_draft_waits(s, draft_of(s, c->here)))
		return choose(s, outcomes, _("How did %s end? What you typed for it is dropped:"),
		    text_at(c->here, "ticket"));
	return choose(s, outcomes, _("How did %s end?"), text_at(c->here, "ticket"));
}

/* ---- what is noted of the visit ---- */

static unsigned
change(struct screen *s, const char *what, json_t *value)
{
	const struct counter *c = s->state;

	return then_reload(ask(s, NULL, "visit.edit", "{s:I, s:I, s:o}", "id",
	    number_at(c->asked, "id"), "version", number_at(c->asked, "version"), what, value));
}

static unsigned
took_person(struct screen *s, int64_t id)
{
	return change(s, "person", json_integer(id));
}

static unsigned
took_language(struct screen *s, const char *code)
{
	return change(s, "language", json_string(code));
}

static unsigned
took_people(void *on, const char *text)
{
	return change(on, "people", json_integer(strtol(text, NULL, 10)));
}

static unsigned
took_note(void *on, const char *text)
{
	return change(on, "note", json_string(text));
}

static unsigned
act_who(void *on)
{
	return pick_person(on, "", took_person);
}

static unsigned
act_language(void *on)
{
	struct screen *s = on;
	struct pick_item *items;
	size_t n = catalogue_items(s, "languages", "code", &items);

	return pick(s, _("Which language?"), items, n, took_language);
}

static unsigned
act_people(void *on)
{
	return ask_line(on, _("How many people came together?"), "", took_people);
}

static unsigned
act_note(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return ask_line(s, _("Note for the counter:"), text_at(c->asked, "note"), took_note);
}

static const struct binding changes[] = {
	{ .keys = "p", .label = N_("Person"), .act = act_who },
	{ .keys = "l", .label = N_("Language"), .act = act_language },
	{ .keys = "n", .label = N_("People"), .act = act_people },
	{ .keys = "o", .label = N_("Note"), .act = act_note },
	{ 0 }
};

static unsigned
act_change(void *on)
{
	struct screen *s = on;
	struct counter *c = s->state;

	counter_ask_about(c, c->here);
	return choose(s, changes, "%s:", text_at(c->here, "ticket"));
}

/* ---- acts on the row under the cursor ---- */

static unsigned
act_gone(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;

	return then_reload(finish(s, c->asked, "left"));
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

	counter_ask_about(c, counter_row(c));
	return choose(s, gone_choices, screen_draft_waits(s, draft_of(s, c->asked))
	    ? _("%s, and what you typed for it is dropped:") : "%s:", text_at(c->asked, "ticket"));
}

/* Left over from an earlier day: the place of then is no place today. */
static unsigned
readmit(struct screen *s, const json_t *v)
{
	const char *before = arena_strdup(s->page, text_at(v, "ticket"));
	const json_t *result;
	enum status status = ask(s, &result, "visit.readmit", "{s:I, s:I}", "id",
	    number_at(v, "id"), "version", number_at(v, "version"));

	if (status == ST_OK)
		say(s, TONE_DONE, _("%s waits again, with the new ticket %s."), before,
		    text_at(result, "visit.ticket"));
	return then_reload(status);
}

static unsigned
act_back(void *on)
{
	struct screen *s = on;
	const json_t *v = counter_row(s->state);
	enum status status;

	if (truth_at(v, "earlier"))
		return readmit(s, v);
	status = step(s, "visit.unpark", v);
	if (status == ST_OK)
		say(s, TONE_DONE, _("%s waits again, with the time of arrival."),
		    text_at(v, "ticket"));
	return then_reload(status);
}

/* Always a key, known or not: a key bar that changes with the row costs more
 * bytes than the row. */
static unsigned
act_person(void *on)
{
	struct screen *s = on;
	const json_t *v = counter_row(s->state);

	if (json_is_object(at(v, "person")))
		return screen_open(s, "person", json_pack("{s:I}", "id", number_at(v, "person.id")));
	counter_ask_about(s->state, v);
	return pick_person(on, "", took_person);
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

/* Whoever is at the counter can be taken in from there. */
static unsigned
act_catalogue(void *on)
{
	const struct counter *c = ((const struct screen *)on)->state;
	json_int_t visit = is_here(on) ? (json_int_t)number_at(c->here, "id") : 0;

	return screen_open(on, "services", visit ? json_pack("{s:I}", "visit", visit) : NULL);
}

static unsigned
act_handovers(void *on)
{
	const struct counter *c = ((const struct screen *)on)->state;
	bool out = number_at(c->room, "counts.came_back") > 0;

	return screen_open(on, "handover", json_pack("{s:b}", "out", out));
}

const struct binding counter_bindings[] = {
	{ .keys = "F2 n", .label = N_("Next"), .act = act_next, .command = "visit.next",
	  .help = N_("call whoever is next") },
	{ .keys = "Enter h", .label = N_("Hand out"), .act = counter_hand_out, .can = is_on_ready,
	  .why = counter_why_ready, .command = "case.handout",
	  .help = N_("hand out what lies under the cursor") },
	{ .keys = "Enter b", .label = N_("Back"), .act = act_back, .can = is_on_aside,
	  .why = counter_why_aside, .command = "visit.unpark",
	  .help = N_("back to the waiting room, with the time of arrival; who came on an earlier "
	            "day gets a new ticket") },
	{ .keys = "F3 r", .label = N_("Recall"), .act = act_recall, .can = has_called,
	  .why = counter_why_here, .help = N_("call the same person again") },
	{ .keys = "s", .label = N_("Here"), .act = act_start, .can = has_called,
	  .why = counter_why_here, .help = N_("the person called is at the counter") },
	{ .keys = "F4 i", .label = N_("Take in"), .act = act_take_in, .can = is_here,
	  .why = counter_why_here,
	  .help = N_("take in what the person wants; they are at the counter") },
	{ .keys = "F5 p", .label = N_("Park"), .act = act_park, .can = is_here,
	  .why = counter_why_here,
	  .help = N_("let the person fetch something; they keep their place") },
	{ .keys = "F7 a", .label = N_("Absent"), .act = act_absent, .can = has_called,
	  .why = counter_why_here, .help = N_("called, but not there") },
	{ .keys = "F8 f", .label = N_("Finish"), .act = act_finish, .can = is_here,
	  .why = counter_why_here, .help = N_("finish this visit") },
	{ .keys = "F9 e", .act = act_change, .can = is_here, .command = "visit.edit",
	  .why = counter_why_here,
	  .help = N_("say who it is, the language, how many people, a note") },
	{ .keys = "F6 t", .label = N_("Ticket"), .act = act_ticket, .command = "visit.new",
	  .help = N_("a ticket for somebody who has come") },
	{ .keys = "c ^V", .label = N_("Catalogue"), .act = act_catalogue, .command = "service.find",
	  .help = N_("what somebody wants: which service, what to do, which papers") },
	{ .keys = "Enter", .label = N_("Person"), .act = act_person, .can = is_on_waiting,
	  .why = counter_why_waiting, .help = N_("what is known of the person under the cursor, or "
	            "who it is") },
	{ .keys = "Del x", .act = act_leave_room, .can = is_in_room, .command = "visit.finish",
	  .help = N_("the person under the cursor has left") },
	{ .keys = "u", .act = act_handovers, .command = "handover.list",
	  .help = N_("what the desk has handed over, and what was sent back to it") },
	{ .keys = "1 w", .act = act_waiting, .help = N_("the list of those who wait") },
	{ .keys = "2 o", .act = act_ready, .help = N_("the list of what is ready to hand out") },
	{ .keys = "3 v", .act = act_aside,
	  .help = N_("those parked or not there, and who is left over from earlier days") },
	{ .keys = "Tab", .label = N_("Lists"), .act = act_other, .help = N_("the next list") },
	{ 0 }
};
