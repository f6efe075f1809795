/*
 * queue_narrow.c - layer 3: which cases a queue shows, and in which order:
 * views, filters, sorting.  Called by queue.c through its bindings.  Must
 * never leave out rows by itself: the engine does, so that pages stay full.
 */
#include "queue.h"

#include <string.h>

#include "rules.h"

struct queue_view {
	const char *title;
	const char *state, *owner;
	bool late;
};

static const struct queue_view views[] = {
	{ .title = N_("pool"), .state = "open" },
	{ .title = N_("mine"), .owner = "me" },
	{ .title = N_("on hold"), .state = "waiting" },
	{ .title = N_("late"), .late = true },
	{ .title = N_("to be approved"), .state = "proposed" },
	{ .title = N_("all") },
};

const struct queue_view *const queue_pool = &views[0], *const queue_proposed = &views[4],
    *const queue_all = &views[5];

/* ---- what the list is ---- */

static void
put_text(json_t *params, const char *name, const char *value)
{
	if (value)
		json_object_set_new(params, name, json_string(value));
}

json_t *
queue_params(const struct queue *q)
{
	json_t *params = json_object();

	put_text(params, "unit", q->unit);
	put_text(params, "state", q->state ? q->state : q->view->state);
	put_text(params, "owner", q->owner ? q->owner : q->view->owner);
	put_text(params, "service", q->service);
	put_text(params, "q", q->text);
	put_text(params, "sort", q->sort);
	if (q->view->late)
		json_object_set_new(params, "late", json_true());
	return params;
}

static const char *
and_also(const char *title, const char *more)
{
	return more && *more ? arena_printf(frame_mem(), "%s · %s", title, more) : title;
}

static const char *
state_title(const char *state)
{
	int i = state ? state_by_name(&case_states, state) : -1;

	return i < 0 ? NULL : state_label(&case_states, i);
}

static const char *
sort_title(const char *sort)
{
	static const struct {
		const char *sort, *title;
	} titles[] = {
		{ "due", N_("by due day") }, { "age", N_("oldest first") },
		{ "number", N_("by number") },
	};

	for (size_t i = 0; sort && i < COUNT_OF(titles); i++)
		if (strcmp(titles[i].sort, sort) == 0)
			return _(titles[i].title);
	return NULL;
}

const char *
queue_title(const struct queue *q)
{
	const char *title = and_also(q->unit_label, _(q->view->title));

	title = and_also(title, state_title(q->state));
	title = and_also(title, q->owner_label);
	title = and_also(title, q->service_label);
	if (q->text)
		title = and_also(title, arena_printf(frame_mem(), "\"%s\"", q->text));
	return and_also(title, sort_title(q->sort));
}

bool
queue_is_shared(const struct queue *q)
{
	return q->view != &views[0] && q->view != &views[1];
}

/* ---- changing it ---- */

/* Another list: from its top. */
static unsigned
afresh(struct screen *s)
{
	struct queue *q = s->state;

	return listing_turn(&q->listing);
}

static unsigned
show(void *on, size_t view)
{
	struct screen *s = on;
	struct queue *q = s->state;

	q->view = &views[view];
	q->state = NULL;
	return afresh(s);
}

static unsigned act_pool(void *on) { return show(on, 0); }
static unsigned act_mine(void *on) { return show(on, 1); }
static unsigned act_hold(void *on) { return show(on, 2); }
static unsigned act_late(void *on) { return show(on, 3); }
static unsigned act_proposed(void *on) { return show(on, 4); }
static unsigned act_all(void *on) { return show(on, 5); }

unsigned
queue_ask_view(void *on)
{
	static const struct binding choices[] = {
		{ .keys = "p", .label = N_("pool"), .act = act_pool },
		{ .keys = "m", .label = N_("mine"), .act = act_mine },
		{ .keys = "h", .label = N_("on hold"), .act = act_hold },
		{ .keys = "l", .label = N_("late"), .act = act_late },
		{ .keys = "y", .label = N_("to be approved"), .act = act_proposed },
		{ .keys = "a", .label = N_("all"), .act = act_all },
		{ 0 }
	};

	return choose(on, choices, "%s", _("View:"));
}

static unsigned
sort_by(void *on, const char *sort)
{
	struct screen *s = on;
	struct queue *q = s->state;

	q->sort = sort;
	return afresh(s);
}

static unsigned act_by_rank(void *on) { return sort_by(on, NULL); }
static unsigned act_by_due(void *on) { return sort_by(on, "due"); }
static unsigned act_by_age(void *on) { return sort_by(on, "age"); }
static unsigned act_by_number(void *on) { return sort_by(on, "number"); }

unsigned
queue_ask_sort(void *on)
{
	static const struct binding choices[] = {
		{ .keys = "r", .label = N_("urgency"), .act = act_by_rank },
		{ .keys = "d", .label = N_("due day"), .act = act_by_due },
		{ .keys = "a", .label = N_("age"), .act = act_by_age },
		{ .keys = "n", .label = N_("number"), .act = act_by_number },
		{ 0 }
	};

	return choose(on, choices, "%s", _("Sort by:"));
}

/* ---- filters ---- */

/* What an item of the list just offered is called. */
static const char *
label_of(struct screen *s, const char *method, const char *list, const char *code_key,
         const char *code, const char *label_key)
{
	const json_t *answer, *item;
	size_t i;

	if (ask(s, &answer, method, NULL) == ST_OK)
		json_array_foreach(at(answer, list), i, item)
			if (strcmp(text_at(item, code_key), code) == 0)
				return arena_strdup(s->mem, text_at(item, label_key));
	return code;
}

static unsigned
picked_service(struct screen *s, const char *code)
{
	struct queue *q = s->state;

	q->service = code;
	q->service_label = label_of(s, "catalogue.show", "services", "code", code, "label");
	return afresh(s);
}

static unsigned
act_service(void *on)
{
	struct screen *s = on;
	const struct queue *q = s->state;
	const json_t *catalogue, *service;
	struct pick_item *items;
	size_t i, n = 0;

	if (ask(s, &catalogue, "catalogue.show", NULL) != ST_OK)
		return DRAW;
	items = arena_array(s->page, struct pick_item,
	    json_array_size(at(catalogue, "services")) + 1);
	json_array_foreach(at(catalogue, "services"), i, service)
		if (!q->unit || strcmp(text_at(service, "unit"), q->unit) == 0)
			items[n++] = (struct pick_item){ text_at(service, "code"),
				text_at(service, "label"), text_at(service, "basis") };
	return pick(s, _("Only which service?"), items, n, picked_service);
}

static unsigned
picked_state(struct screen *s, const char *code)
{
	struct queue *q = s->state;

	q->view = queue_all;
	q->state = code;
	return afresh(s);
}

static unsigned
act_state(void *on)
{
	struct screen *s = on;
	struct pick_item *items = arena_array(s->page, struct pick_item, case_states.n);

	for (size_t i = 0; i < case_states.n; i++)
		items[i] = (struct pick_item){ state_name(&case_states, (int)i),
			state_label(&case_states, (int)i), NULL };
	return pick(s, _("Only in which state?"), items, case_states.n, picked_state);
}

static unsigned
picked_owner(struct screen *s, const char *login)
{
	struct queue *q = s->state;

	q->owner = login;
	q->owner_label = strcmp(login, "none") == 0 ? _("nobody's")
	    : label_of(s, "staff.list", "staff", "login", login, "name");
	return afresh(s);
}

static unsigned
act_owner(void *on)
{
	struct screen *s = on;
	const struct queue *q = s->state;
	const json_t *answer, *person;
	struct pick_item *items;
	size_t i, n = 0;

	if (ask(s, &answer, "staff.list", "{s:s*}", "unit", q->unit) != ST_OK)
		return DRAW;
	items = arena_array(s->page, struct pick_item, json_array_size(at(answer, "staff")) + 1);
	items[n++] = (struct pick_item){ "none", _("nobody's"), NULL };
	json_array_foreach(at(answer, "staff"), i, person)
		items[n++] = (struct pick_item){ text_at(person, "login"),
			text_at(person, "name"), text_at(person, "unit_label") };
	return pick(s, _("Only whose?"), items, n, picked_owner);
}

static unsigned
typed_text(void *on, const char *text)
{
	struct screen *s = on;
	struct queue *q = s->state;

	q->text = *text ? arena_strdup(s->mem, text) : NULL;
	return afresh(s);
}

static unsigned
act_text(void *on)
{
	struct screen *s = on;
	const struct queue *q = s->state;

	return ask_line(s, _("Name, or end of the number:"), q->text ? q->text : "", typed_text);
}

unsigned
queue_clear(void *on)
{
	struct screen *s = on;
	struct queue *q = s->state;

	q->service = q->state = q->owner = q->text = NULL;
	q->service_label = q->owner_label = NULL;
	return afresh(s);
}

bool
queue_is_narrowed(const void *on)
{
	const struct screen *s = on;
	const struct queue *q = s->state;

	return q->service || q->state || q->owner || q->text;
}

unsigned
queue_ask_filter(void *on)
{
	static const struct binding choices[] = {
		{ .keys = "t", .label = N_("text"), .act = act_text },
		{ .keys = "s", .label = N_("service"), .act = act_service },
		{ .keys = "z", .label = N_("state"), .act = act_state },
		{ .keys = "o", .label = N_("owner"), .act = act_owner },
		{ .keys = "c", .label = N_("clear"), .act = queue_clear },
		{ 0 }
	};

	return choose(on, choices, "%s", _("Only with this:"));
}
