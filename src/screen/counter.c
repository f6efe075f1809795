/*
 * counter.c - layer 3: the counter, home of the front office: who waits, who
 * is here, what lies ready.  Opened by home_of.  Must never decide who is
 * next: the engine does.
 */
#include "counter.h"

#include <string.h>

#include "casework.h"

#define ROOM_ROWS 200
#define ROOM_ASIDE_ROWS 100      /* at the counters and waiting */
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

const json_t *
counter_row(const struct counter *c)
{
	const json_t *rows = c->view == VIEW_READY ? at(c->ready, "cases") : at(c->room, "visits");
	int64_t id = table_at(&c->tables[c->view]);
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
		if (number_at(row, "id") == id)
			return row;
	return NULL;
}

/* ---- loading ---- */

/* There is no room for the name in a narrow window: the sign stands here too. */
static const char *
ticket(struct screen *s, const json_t *v)
{
	const char *text = text_at(v, "ticket");

	return truth_at(v, "person.locked") ? arena_printf(s->page, "%s ■", text) : text;
}

static void
add_waiting(struct screen *s, const json_t *v)
{
	struct counter *c = s->state;
	bool long_time = number_at(v, "waited_minutes") >= number_at(c->room,
	    "counts.limit_minutes");

	table_add(&c->tables[VIEW_WAITING], number_at(v, "id"),
	    long_time ? STYLE_STRONG : STYLE_PLAIN, (const char *[]){
		ticket(s, v), say_instant(s->page, text_at(v, "arrived")),
		arena_printf(s->page, "%lld", (long long)number_at(v, "waited_minutes")),
		text_at(v, "concern_label"), text_at(v, "language"), text_at(v, "why"),
		say_person(s->page, at(v, "person")), text_at(v, "note"),
	});
}

static void
add_aside(struct screen *s, const json_t *v)
{
	struct counter *c = s->state;
	bool earlier = truth_at(v, "earlier"); /* then it says the day, not the minute */

	table_add(&c->tables[VIEW_ASIDE], number_at(v, "id"), STYLE_PLAIN, (const char *[]){
		ticket(s, v), earlier ? "" : say_instant(s->page, text_at(v, "arrived")),
		text_at(v, earlier ? "why" : "state_label"), text_at(v, "concern_label"),
		say_person(s->page, at(v, "person")), text_at(v, "note"),
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

	if (truth_at(v, "earlier") || strcmp(state, "parked") == 0 || strcmp(state, "absent") == 0)
		add_aside(s, v);
	else if (strcmp(state, "waiting") == 0)
		add_waiting(s, v);
	else
		note_here(s, v);
}

static void
add_ready(struct screen *s, const json_t *row)
{
	struct counter *c = s->state;

	table_add(&c->tables[VIEW_READY], number_at(row, "id"), STYLE_PLAIN, (const char *[]){
		text_at(row, "number"), say_person(s->page, at(row, "person")),
		text_at(row, "person.born"), text_at(row, "service_label"),
		text_at(row, "unit_label"),
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

/* The undecided case this visit is about, or any. */
static const json_t *
running_case(const struct counter *c, const json_t *cases)
{
	int64_t tied = number_at(c->here, "case");
	const json_t *row, *any = NULL;
	size_t i;

	json_array_foreach(cases, i, row) {
		if (!is_undecided(row))
			continue;
		if (number_at(row, "id") == tied)
			return row;
		if (!tied && strcmp(text_at(row, "service"), text_at(c->here, "service")) == 0)
			return row;
		any = any ? any : row;
	}
	return any;
}

static void
note_missing(struct screen *s, int64_t case_id)
{
	struct counter *c = s->state;
	const json_t *result;

	if (ask(s, &result, "case.show", "{s:I}", "id", case_id) == ST_OK)
		c->missing = gaps_named(c->known, at(result, "case"));
}

static void
note_cases(struct screen *s, const json_t *cases)
{
	struct counter *c = s->state;
	const json_t *row, *running = running_case(c, cases);
	size_t i;

	json_array_foreach(cases, i, row)
		if (strcmp(text_at(row, "state"), "decided") == 0)
			c->to_hand_out = arena_printf(c->known, "%s%s%s", c->to_hand_out,
			    *c->to_hand_out ? ", " : "", text_at(row, "number"));
	if (!running)
		return;
	c->case_number = arena_strdup(c->known, text_at(running, "number"));
	note_missing(s, number_at(running, "id"));
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

	/* those away come last in the list: all of it only for who looks at them */
	TRY(ask(s, &result, "visit.list", "{s:i}", "limit", c->view == VIEW_ASIDE ? ROOM_ROWS
	    : ROOM_ASIDE_ROWS));
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
	c->tables[VIEW_WAITING].empty = number_at(c->room, "counts.earlier") > 0
	    ? N_("Nobody who came today waits. 3 shows who is left over from earlier days.")
	    : N_("Nobody waits.");
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
	json_decref(c->asked);
}

static struct focus
focus(struct screen *s)
{
	struct counter *c = s->state;

	return (struct focus){ .table = &c->tables[c->view] };
}

/* The row under the cursor; in an empty room, whoever sits here. */
static json_t *
subject(const struct screen *s)
{
	const struct counter *c = s->state;
	int64_t id = table_at(&c->tables[c->view]);

	if (!id && c->here)
		return json_pack("{s:I}", "visit", (json_int_t)number_at(c->here, "id"));
	if (!id)
		return NULL;
	return json_pack("{s:I}", c->view == VIEW_READY ? "case" : "visit", (json_int_t)id);
}

static const char *const topics[] = { "visit", "case", "person", NULL };

const struct screen_class screen_counter = {
	.name = "counter",
	.title = N_("Counter"),
	.about = N_("Who waits and why in this order, who is at your counter, what lies ready. "
	            "F2 calls the next one; nobody else gets the same person."),
	.needs = "visit.next",
	.menu = true,
	.state_size = sizeof(struct counter),
	.bindings = counter_bindings,
	.topics = topics,
	.open = open_counter,
	.load = load,
	.head = counter_head,
	.draw = counter_draw,
	.focus = focus,
	.subject = subject,
	.done = done,
};
