/*
 * requests.c - layer 3: what units ask a closed one about people: to mine, with
 * the keys that answer; by mine, with what became of it.  Opened from the queue,
 * the menu, and from a person who is asked about.  Must never say whether there
 * is a file: only who is asked sees that.
 */
#include "disclose.h"

#include <stdlib.h>
#include <string.h>

struct state {
	struct table table;
	struct listing listing;
	bool out;                /* the box: asked by my unit */
	int64_t person;          /* who is asked about, */
	const char *unit;        /* and which unit is asked, while one says what */
};

static const struct column columns[] = {
	{ N_("When"), 13, LEFT, 0 },
	{ N_("Unit"), 16, LEFT, 0 },
	{ N_("Person"), 20, LEFT, 0 },
	{ N_("State"), 9, LEFT, 0 },
	{ N_("Question"), 0, LEFT, 0 },
};

static const char *
say_state(const json_t *ask)
{
	static const struct {
		const char *state, *label;
	} states[] = {
		{ "asked", N_("open") }, { "given", N_("told") }, { "refused", N_("refused") },
	};

	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (strcmp(states[i].state, text_at(ask, "state")) == 0)
			return _(states[i].label);
	return "";
}

static bool
is_open(const json_t *ask)
{
	return strcmp(text_at(ask, "state"), "asked") == 0;
}

static void
add(struct screen *s, struct table *t, const json_t *ask)
{
	const struct state *st = s->state;

	table_add(t, number_at(ask, "id"), is_open(ask) ? STYLE_PLAIN : STYLE_QUIET,
	    (const char *[]){ say_instant(s->page, text_at(ask, "asked")),
		text_at(ask, st->out ? "to_label" : "from_label"),
		say_person(s->page, at(ask, "person")),
		say_state(ask), text_at(ask, "question") });
}

/* Only who may tell is asked. */
static bool
is_closed_unit(const struct screen *s)
{
	return truth_at(catalogue_find(s, "units", text_at(me(s), "unit")), "closed");
}

static unsigned ask_about(struct screen *s, int64_t person);

static void
open_requests(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->out = !is_closed_unit(s) || number_at(args, "person");
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "disclosure.asks",
	    .key = "asks", .add = add };
	if (number_at(args, "person"))
		ask_about(s, number_at(args, "person"));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	return listing_load(&st->listing, json_pack("{s:s}", "box", st->out ? "out" : "in"));
}

/* ---- answering ---- */

static bool
can_answer(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return !st->out && list_here(s) && is_open(list_here(s));
}

static unsigned
tell_out_of(struct screen *s, const char *case_id)
{
	const json_t *ask = list_here(s), *c;
	const char *number = "";
	int64_t id = strtoll(case_id, NULL, 10);
	size_t i;

	json_array_foreach(at(ask, "cases"), i, c)
		if (number_at(c, "id") == id)
			number = text_at(c, "number");
	return screen_open(s, "disclose", json_pack("{s:I, s:s, s:s, s:I, s:s, s:s, s:s}", "id",
	    (json_int_t)id, "number", number, "name", text_at(ask, "person.name"), "ask",
	    (json_int_t)number_at(ask, "id"), "to", text_at(ask, "from"), "to_label",
	    text_at(ask, "from_label"), "question", text_at(ask, "question")));
}

static unsigned
act_tell(void *on)
{
	struct screen *s = on;
	const json_t *cases = at(list_here(s), "cases"), *c;
	size_t i, n = json_array_size(cases);
	struct pick_item *items = arena_array(s->page, struct pick_item, n + 1);

	if (n == 0) {
		say(s, TONE_WARNING, _("Your unit has no file of this person: there is nothing to "
		    "tell. Refuse, and do not say why."));
		return DRAW;
	}
	json_array_foreach(cases, i, c)
		items[i] = (struct pick_item){
			arena_printf(s->page, "%lld", (long long)number_at(c, "id")),
			arena_printf(s->page, "%s  %s", text_at(c, "number"),
			    text_at(c, "service_label")), text_at(c, "state_label") };
	if (n == 1)
		return tell_out_of(s, items[0].code);
	return pick(s, _("Out of which case?"), items, n, tell_out_of);
}

static unsigned
refuse(void *on, const char *reason)
{
	struct screen *s = on;
	enum status status = ask(s, NULL, "disclosure.refuse", "{s:I, s:s}", "id",
	    (json_int_t)s->asked, "reason", reason);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Refused. The unit reads your words and nothing else."));
	return then_reload(status);
}

/* The same words for everybody tell nothing by being chosen. */
static unsigned
act_refuse(void *on)
{
	return ask_line(on, _("What do they read? Say nothing of a file:"),
	    _("We say nothing of whether somebody is known to us (§ 203 StGB)."), refuse);
}

/* ---- asking ---- */

static unsigned
took_question(void *on, const char *question)
{
	struct screen *s = on;
	const struct state *st = s->state;
	enum status status = ask(s, NULL, "disclosure.ask", "{s:I, s:s, s:s}", "person",
	    (json_int_t)st->person, "to", st->unit, "question", question);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Asked. The answer comes here; it does not say whether they know "
		    "the person."));
	return then_reload(status);
}

static unsigned
picked_unit(struct screen *s, const char *code)
{
	((struct state *)s->state)->unit = arena_strdup(s->mem, code);
	return ask_line(s, _("What do you need to know, and by what right?"), "", took_question);
}

/* One closed unit is not chosen from. */
static unsigned
ask_about(struct screen *s, int64_t person)
{
	const json_t *units = catalogue_list(s, "units"), *unit;
	struct pick_item *items = arena_array(s->page, struct pick_item,
	    json_array_size(units) + 1);
	size_t i, n = 0;

	((struct state *)s->state)->person = person;
	json_array_foreach(units, i, unit)
		if (truth_at(unit, "closed") &&
		    strcmp(text_at(unit, "code"), text_at(me(s), "unit")) != 0)
			items[n++] = (struct pick_item){ text_at(unit, "code"),
				text_at(unit, "label"), NULL };
	if (n == 0) {
		say(s, TONE_NOTE, _("No other unit is bound to secrecy: what is known of this person "
		    "stands in the files."));
		return DRAW;
	}
	return n == 1 ? picked_unit(s, items[0].code)
	              : pick(s, _("Which unit is asked?"), items, n, picked_unit);
}

static unsigned
act_ask(void *on)
{
	return pick_person(on, "", ask_about);
}

/* ---- going elsewhere ---- */

static unsigned
act_box(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->out = !st->out;
	return listing_turn(&st->listing);
}

static bool
was_told(const void *on)
{
	return list_here(on) && strcmp(text_at(list_here(on), "state"), "given") == 0;
}

static unsigned
act_told(void *on)
{
	const json_t *person = at(list_here(on), "person");

	return screen_open(on, "disclosed", json_pack("{s:I, s:s}", "id",
	    (json_int_t)number_at(person, "id"), "name", text_at(person, "name")));
}

static unsigned
act_person(void *on)
{
	return screen_open(on, "person", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "person.id")));
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    st->out ? _("by your unit") : _("to your unit"));
	h->load = st->out ? _("An answer tells what was told, never whether there is a file.")
	    : _("Whoever asks learns your answer, and not whether you know the person.");
}

/* The question in full, and the answer. */
static int
foot(const struct screen *s, struct area body)
{
	const json_t *row = list_here(s);
	struct area below = { body.row + body.rows - 4, 1, 3, body.cols - 2 };

	if (row)
		draw_wrapped(below, STYLE_PLAIN, arena_printf(frame_mem(), "%s: %s",
		    text_at(row, "asked_by"), text_at(row, "question")));
	if (*text_at(row, "answer"))
		draw_text(body.row + body.rows - 1, 1, body.cols - 2, STYLE_STRONG,
		    arena_printf(frame_mem(), _("Answer: %s"), text_at(row, "answer")));
	return 5;
}

static const char *const topics[] = { "disclosure_ask", "disclosure", "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("What was told"), .act = act_told, .can = was_told,
	  .help = N_("what the answer says, field by field") },
	{ .keys = "F2 t", .label = N_("Tell"), .act = act_tell, .can = can_answer,
	  .command = "disclosure.give", .help = N_("answer it: choose what is told") },
	{ .keys = "F3 r b", .label = N_("Refuse"), .act = act_refuse, .can = can_answer,
	  .command = "disclosure.refuse", .help = N_("refuse it, with a text for those who ask") },
	{ .keys = "F5 n", .label = N_("Ask"), .act = act_ask, .command = "disclosure.ask",
	  .help = N_("ask a unit that is bound to secrecy about a person") },
	{ .keys = "Tab", .label = N_("Other way"), .act = act_box,
	  .help = N_("asked of your unit, or by it") },
	{ .keys = "m F9", .label = N_("Person"), .act = act_person, .can = list_has,
	  .help = N_("the person who is asked about") },
	{ 0 }
};

const struct screen_class screen_requests = {
	.name = "requests",
	.title = N_("Requests"),
	.about = N_("What other units ask a unit that is bound to secrecy (§ 203 StGB). It tells "
	            "what it may, by a right that it names, or refuses."),
	.needs = "disclosure.asks",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing is asked here. Tab shows the other direction."), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_requests,
	.load = load,
	.head = head,
};
