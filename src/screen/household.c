/*
 * household.c - layer 3: who lives with whom, where, on a day; and the acts.
 * Opened from a person ({"person": id}) or by its number ({"id": id}).  An act
 * concerns the marked members, or the one under the cursor.
 */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

struct state {
	const json_t *home;      /* household object, or a null one */
	struct table members;
	const char *day;         /* as of when; "": today */
};

static const struct column columns[] = {
	{ N_("Name"), 0, LEFT, 0 },
	{ N_("Born"), 10, LEFT, 0 },
	{ N_("Age"), 5, RIGHT, 0 },
	{ N_("Role"), 17, LEFT, 0 },
	{ N_("Lives there"), 17, LEFT, 0 },
};

static const char *const parts[] = { "members", "coming", "past" };

static void
open_household(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->day = "";
	table_init(&st->members, s->mem, columns, COUNT_OF(columns),
	    N_("This person lives in no household on that day. n begins one."));
}

/* Whoever is head of the need community has a star. */
static const char *
role_of(struct screen *s, const json_t *m)
{
	return arena_printf(s->page, truth_at(m, "need_head") ? "%s *" : "%s",
	    text_at(m, "role_label"));
}

/* "since 1 Mar 2024"; of those who are not there then, from when or until when. */
static const char *
time_of(struct screen *s, const json_t *m, const char *part)
{
	const char *since = say_date(s->page, text_at(m, "since"));
	const char *until = say_date(s->page, text_at(m, "until"));

	if (strcmp(part, "coming") == 0)
		return arena_printf(s->page, _("from %s"), since);
	return *until ? arena_printf(s->page, _("until %s"), until)
	    : arena_printf(s->page, _("since %s"), since);
}

/* "! HADDAD, Rania": nobody outside may be told anything of her; the line below
 * the rows says so. */
static const char *
name_of(struct screen *s, const json_t *m)
{
	const char *name = text_at(m, "person.name");

	return truth_at(m, "locked") ? arena_printf(s->page, "! %s", name) : name;
}

static void
add(struct screen *s, const json_t *m, const char *part)
{
	struct state *st = s->state;
	const json_t *age = at(m, "age");

	table_add(&st->members, number_at(m, "person.id"), truth_at(m, "locked") ? STYLE_ALERT
	    : strcmp(part, "members") == 0 ? STYLE_PLAIN : STYLE_QUIET, (const char *[]){
		name_of(s, m), text_at(m, "person.born"),
		json_is_integer(age) ? arena_printf(s->page, "%lld",
		    (long long)json_integer_value(age)) : "",
		role_of(s, m), time_of(s, m, part) });
}

static json_t *
params_of(const struct screen *s)
{
	const struct state *st = s->state;
	json_t *params = json_copy(s->args);

	if (*st->day)
		json_object_set_new(params, "day", json_string(st->day));
	return params;
}

static void
fill(struct screen *s)
{
	struct state *st = s->state;
	const json_t *m;
	size_t i;

	table_begin(&st->members, s->page);
	for (size_t p = 0; p < COUNT_OF(parts); p++)
		json_array_foreach(at(st->home, parts[p]), i, m)
			add(s, m, parts[p]);
	table_end(&st->members);
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result;

	TRY(ask_with(s, &result, "household.show", params_of(s)));
	st->home = at(result, "household");
	fill(s);
	return ST_OK;
}

/* ---- acting ---- */

static bool
is_home(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return json_is_object(st->home) && !*text_at(st->home, "until");
}

static bool
is_there(const void *on)
{
	return json_is_object(((const struct state *)((const struct screen *)on)->state)->home);
}

static bool
is_member(const struct state *st, int64_t person)
{
	const json_t *m;
	size_t i;

	json_array_foreach(at(st->home, "members"), i, m)
		if (number_at(m, "person.id") == person)
			return true;
	return false;
}

static bool
is_somebody(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return is_home(on) && is_member(st, table_at(&st->members));
}

static bool
is_row(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return st->members.n_rows > 0;
}

/* Whom an act is about: {"id", "name"} of the marked members, or the one here. */
static json_t *
chosen(const struct screen *s)
{
	const struct state *st = s->state;
	json_t *list = json_array();
	const int64_t *ids;
	size_t n = table_marked(&st->members, &ids), i;
	const json_t *m;

	for (size_t k = 0; k < n; k++)
		json_array_foreach(at(st->home, "members"), i, m)
			if (number_at(m, "person.id") == ids[k])
				json_array_append_new(list, json_deep_copy(at(m, "person")));
	return list;
}

static unsigned
open_act(struct screen *s, const char *act)
{
	const struct state *st = s->state;

	return screen_open(s, "household_act", json_pack("{s:I, s:s, s:o}", "id",
	    (json_int_t)number_at(st->home, "id"), "act", act, "people", chosen(s)));
}

static unsigned act_birth(void *on) { return open_act(on, "birth"); }
static unsigned act_move_in(void *on) { return open_act(on, "move_in"); }
static unsigned act_move_out(void *on) { return open_act(on, "move_out"); }
static unsigned act_separate(void *on) { return open_act(on, "separation"); }
static unsigned act_move(void *on) { return open_act(on, "move"); }
static unsigned act_head(void *on) { return open_act(on, "head"); }

/* The row under the cursor: in the order in which they were filled in. */
static const json_t *
row_here(const struct state *st)
{
	size_t row = st->members.cursor;

	for (size_t p = 0; p < COUNT_OF(parts); p++) {
		size_t n = json_array_size(at(st->home, parts[p]));

		if (row < n)
			return json_array_get(at(st->home, parts[p]), row);
		row -= n;
	}
	return NULL;
}

/* The day on which this row begins or, of who has left, the first one without. */
static const char *
day_of(struct screen *s, const json_t *m)
{
	char iso[11];
	int until;

	if (!day_parse(text_at(m, "until"), &until))
		return text_at(m, "since");
	return arena_strdup(s->page, day_iso(until + 1, iso));
}

static unsigned
act_correct(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *m = row_here(st);
	json_t *args = json_pack("{s:I, s:s, s:[]}", "id",
	    (json_int_t)number_at(st->home, "id"), "act", "correction", "people");

	if (m) {
		json_array_append(json_object_get(args, "people"), json_object_get(m, "person"));
		json_object_set_new(args, "day", json_string(day_of(s, m)));
	}
	return screen_open(s, "household_act", args);
}

/* Whoever the screen was opened for lives nowhere yet. */
static unsigned
act_new(void *on)
{
	struct screen *s = on;
	const json_t *result;

	if (ask(s, &result, "person.show", "{s:I}", "id", (json_int_t)number_at(s->args, "person"))
	    != ST_OK)
		return DRAW;
	return screen_open(s, "household_act", json_pack("{s:I, s:s, s:[{s:I, s:s}]}", "person",
	    (json_int_t)number_at(s->args, "person"), "act", "new", "people", "id",
	    (json_int_t)number_at(result, "person.id"), "name", text_at(result, "person.name")));
}

static bool
can_begin(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return !json_is_object(st->home) && !*st->day && number_at(s->args, "person") != 0;
}

static bool
can_leave(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;
	const int64_t *ids;

	return is_somebody(on) && table_marked(&st->members, &ids) == 1;
}

static const char *
why(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	if (!json_is_object(st->home))
		return _("this person lives in no household then");
	if (*text_at(st->home, "until"))
		return _("nobody lives in this household any more");
	return is_somebody(on) ? _("more than one member is marked")
	    : _("this person does not live in it on that day");
}

static unsigned
act_person(void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return screen_open(on, "person", json_pack("{s:I}", "id", table_at(&st->members)));
}

static unsigned
act_tasks(void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return screen_open(on, "tasks", json_pack("{s:I}", "household",
	    (json_int_t)number_at(st->home, "id")));
}

#define AS_OF _("As of which day (1.3., -30)? Nothing: today.")

static unsigned
as_of(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *day = typed_day(s, text, FORM_PAST, AS_OF, as_of);

	if (!day)
		return DRAW;
	st->day = day;
	return RELOAD;
}

static unsigned
act_day(void *on)
{
	return ask_line(on, AS_OF, "", as_of);
}

/* ---- drawing ---- */

/* The address of a household is that of each of its members. */
static bool
is_locked(const json_t *home)
{
	const json_t *m;
	size_t i;

	json_array_foreach(at(home, "members"), i, m)
		if (truth_at(m, "locked"))
			return true;
	json_array_foreach(at(home, "coming"), i, m)
		if (truth_at(m, "locked"))
			return true;
	return false;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const json_t *r = at(st->home, "residence");
	const char *name = text_at(st->home, "need_head.name");
	const char *postcode = text_at(r, "postcode"), *city = text_at(r, "city");

	if (*name)
		h->left = arena_printf(frame_mem(), _("Household of %s"), name);
	if (*st->day)
		h->right = arena_printf(frame_mem(), _("as of %s"), say_date(frame_mem(), st->day));
	if (json_is_object(r))
		h->load = arena_printf(frame_mem(), _("%s · %s%s%s%s%s   since %s"),
		    text_at(r, "kind_label"), text_at(r, "street"), *postcode || *city ? ", " : "",
		    postcode, *postcode ? " " : "", city, say_date(frame_mem(), text_at(r, "from")));
	else if (*text_at(st->home, "until"))
		h->load = arena_printf(frame_mem(), _("Nobody lives in it since %s."),
		    say_date(frame_mem(), text_at(st->home, "until")));
	if (is_locked(st->home))
		h->load = arena_printf(frame_mem(), "%s · %s", _("LOCKED"), h->load);
}

#define TASK_ROWS 6

/* The most urgent of the open tasks; F9 shows all of them. */
static void
draw_tasks(const struct state *st, struct area area)
{
	const json_t *tasks = at(st->home, "tasks"), *task;
	size_t n = json_array_size(tasks), i;
	int width = area.cols - 2;

	draw_format(area.row, 1, width, STYLE_HEADING, _("Open tasks %zu"), n);
	if (n == 0)
		draw_text(area.row + 1, 1, width, STYLE_QUIET, _("none that you may see"));
	json_array_foreach(tasks, i, task) {
		int row = area.row + 1 + (int)i;

		if ((int)i + 1 == area.rows)
			break;
		draw_text(row, 1, 12, truth_at(task, "late") ? STYLE_ALERT : STYLE_PLAIN,
		    say_day(frame_mem(), text_at(task, "due")));
		draw_text(row, 14, 16, STYLE_QUIET, text_at(task, "unit_label"));
		draw_text(row, 31, width - 31, STYLE_PLAIN, arena_printf(frame_mem(), "%s · %s",
		    text_at(task, "label"), text_at(task, "person.name")));
	}
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	if (json_is_object(st->home)) {
		body.rows -= TASK_ROWS + 1;
		draw_tasks(st, (struct area){ body.row + body.rows + 1, body.col, TASK_ROWS,
		    body.cols });
		draw_text(body.row + body.rows, 1, body.cols - 2, STYLE_QUIET,
		    _("* head of the need community"));
		if (is_locked(st->home))
			draw_text(body.row + body.rows, 38, body.cols - 39, STYLE_ALERT,
			    _("! LOCKED: tell nobody outside anything"));
	}
	table_draw(&st->members, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->members, .marks = true };
}

static const char *const topics[] = { "person", "task", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Person"), .act = act_person, .can = is_row,
	  .help = N_("open the person under the cursor") },
	{ .keys = "F2 b", .label = N_("Birth"), .act = act_birth, .can = is_home, .why = why,
	  .command = "household.birth", .help = N_("a child is born into this household") },
	{ .keys = "F3 i", .label = N_("In"), .act = act_move_in, .can = is_home, .why = why,
	  .command = "household.move_in", .help = N_("somebody moves in") },
	{ .keys = "F4 o", .label = N_("Out"), .act = act_move_out, .can = can_leave, .why = why,
	  .command = "household.move_out", .help = N_("the member under the cursor moves out") },
	{ .keys = "F5 s", .label = N_("Part"), .act = act_separate, .can = is_somebody,
	  .why = why, .command = "household.separate",
	  .help = N_("the marked members part from the others") },
	{ .keys = "F6 m", .label = N_("Move"), .act = act_move, .can = is_home, .why = why,
	  .command = "household.move", .help = N_("the whole household moves") },
	{ .keys = "F7 h", .label = N_("Head"), .act = act_head, .can = can_leave, .why = why,
	  .command = "household.head",
	  .help = N_("the member under the cursor becomes head of the need community") },
	{ .keys = "F2 n", .label = N_("Begin"), .act = act_new, .can = can_begin,
	  .command = "household.new", .help = N_("begin a household for this person") },
	{ .keys = "c", .label = N_("Correct"), .act = act_correct, .can = is_there,
	  .command = "household.correct",
	  .help = N_("the day of the row under the cursor was another one, or it never was so") },
	{ .keys = "F8 d", .label = N_("Day"), .act = act_day,
	  .help = N_("show the household as it was on another day") },
	{ .keys = "F9 t", .label = N_("Tasks"), .act = act_tasks, .can = is_home,
	  .help = N_("the open tasks of this household") },
	{ 0 }
};

const struct screen_class screen_household = {
	.name = "household",
	.title = N_("Household"),
	.about = N_("Who lives with whom, where and since when; births, moves and separations with "
	            "their tasks."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.topics = topics,
	.open = open_household,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
