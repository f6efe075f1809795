/*
 * looks.c - layer 3: who saw a person, or whom a member of staff saw: for the
 * data protection officer.  Opened from the menu, from the search, with {"id":
 * person}, and from what is unusual, with {"staff": login, "day": day}.  Must
 * never show what stands in a file.
 */
#include <string.h>

#include "desk.h"

struct state {
	struct table table;
	struct listing listing;
	int64_t person;          /* 0: by staff */
	const char *who;         /* whom it is about, for the head */
	const char *staff, *unit, *day; /* login, code, YYYY-MM-DD; NULL: all */
	bool hits;
};

/* The one whom the list is about stands in the head. */
#define COLUMNS(whom)                                                          \
	{ { N_("When"), 13, LEFT, 0 }, { whom, 22, LEFT, 0 }, { N_("Unit"), 22, LEFT, 110 }, \
	  { N_("What"), 18, LEFT, 0 }, { N_("Purpose"), 0, LEFT, 0 } }
static const struct column of_person[] = COLUMNS(N_("Who"));
static const struct column of_staff[] = COLUMNS(N_("Person"));

/* What is odd about a look stands in the line below the list. */
static void
add(struct screen *s, struct table *t, const json_t *row)
{
	const struct state *st = s->state;
	bool odd = json_array_size(at(row, "signs")) > 0;

	table_add(t, (int64_t)t->n_rows + 1, odd ? STYLE_ALERT : STYLE_PLAIN, (const char *[]){
		say_instant(s->page, text_at(row, "at")),
		text_at(row, st->person ? "staff.name" : "person.name"),
		text_at(row, "staff.unit_label"),
		arena_printf(s->page, "%s%s", odd ? "! " : "", text_at(row, "kind_label")),
		text_at(row, "purpose_label") });
}

static const char *
given(struct screen *s, const json_t *args, const char *key)
{
	const char *text = text_at(args, key);

	return *text ? arena_strdup(s->mem, text) : NULL;
}

static void
open_looks(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "look.list",
	    .key = "looks", .add = add };
	st->person = number_at(args, "id");
	st->staff = given(s, args, "staff");
	st->day = given(s, args, "day");
	st->who = *text_at(args, "who") ? given(s, args, "who") : "";
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	json_t *params;

	if (!st->person && !st->staff) {
		table_begin(&st->table, s->page);
		table_end(&st->table);
		st->table.empty = N_("p chooses a person: who saw them? m a member of staff: whom "
		    "did they see?");
		return ST_OK;
	}
	st->table.empty = N_("No look is recorded here that fits.");
	st->table.columns = st->person ? of_person : of_staff;
	params = json_pack("{s:s*, s:s*, s:s*, s:s*, s:b}", "staff", st->staff, "unit", st->unit,
	    "from", st->day, "to", st->day, "hits", st->hits);
	if (st->person)
		json_object_set_new(params, "person", json_integer(st->person));
	TRY(listing_load(&st->listing, params));
	if (st->person)
		st->who = arena_strdup(s->mem, text_at(st->listing.first, "person.name"));
	return ST_OK;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = !st->person && !st->staff ? _(s->class->title)
	    : arena_printf(frame_mem(), _("Looks: %s"), st->who);
	h->load = arena_printf(frame_mem(), "%s: %s   %s: %s   %s: %s   %s: %s", _("Day"),
	    st->day ? say_date(frame_mem(), st->day) : _("all"), _("Who"),
	    st->staff ? st->staff : _("all"), _("Unit"),
	    st->unit ? catalogue_label(s, "units", st->unit) : _("all"), _("Lists"),
	    st->hits ? _("yes") : _("no"));
}

/* The row in full: what was called, and what is odd about it. */
static int
foot(const struct screen *s, struct area body)
{
	const json_t *here = list_here(s), *sign;
	int last = body.row + body.rows - 1;
	const char *odd = "";
	size_t i;

	json_array_foreach(at(here, "signs"), i, sign)
		odd = arena_printf(frame_mem(), "%s%s%s", odd, i ? " · " : "",
		    text_at(sign, "label"));
	draw_text(last - 1, 1, body.cols - 2, STYLE_ALERT, odd);
	draw_text(last, 1, body.cols - 2, STYLE_QUIET, text_at(here, "what"));
	return 3;
}

/* ---- whom ---- */

static unsigned
person_picked(struct screen *s, int64_t person)
{
	struct state *st = s->state;

	st->person = person;
	st->staff = NULL;
	st->who = "";
	return RELOAD;
}

static unsigned
act_person(void *on)
{
	return pick_person(on, "", person_picked);
}

static unsigned
staff_picked(struct screen *s, const char *login)
{
	struct state *st = s->state;

	st->staff = *login ? arena_strdup(s->mem, login) : NULL;
	if (!st->person)
		st->who = st->staff ? st->staff : "";
	return RELOAD;
}

/* Beside a person it narrows the list, alone it is whose looks are listed. */
static unsigned
act_staff(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *result, *person;
	struct pick_item *items;
	size_t i, n = 0;

	if (ask(s, &result, "staff.list", NULL) != ST_OK)
		return DRAW;
	items = arena_array(s->page, struct pick_item,
	    json_array_size(at(result, "staff")) + 1);
	if (st->person)
		items[n++] = (struct pick_item){ .code = "", .label = _("all") };
	json_array_foreach(at(result, "staff"), i, person)
		items[n++] = (struct pick_item){ .code = text_at(person, "login"),
			.label = text_at(person, "name"),
			.extra = text_at(person, "unit_label") };
	return pick(s, _("Who looked?"), items, n, staff_picked);
}

/* ---- narrowing ---- */

static unsigned
unit_picked(struct screen *s, const char *code)
{
	struct state *st = s->state;

	st->unit = *code ? arena_strdup(s->mem, code) : NULL;
	return RELOAD;
}

static unsigned
act_unit(void *on)
{
	struct screen *s = on;
	struct pick_item *known, *items;
	size_t n = catalogue_items(s, "units", NULL, &known);

	items = arena_array(s->page, struct pick_item, n + 1);
	items[0] = (struct pick_item){ .code = "", .label = _("all") };
	memcpy(items + 1, known, n * sizeof(*known));
	return pick(s, _("Which unit?"), items, n + 1, unit_picked);
}

#define WHICH_DAY _("Which day (3.11., -7)? Nothing for all")

static unsigned
day_typed(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *day = typed_day(s, text, FORM_PAST, WHICH_DAY, day_typed);

	if (!day)
		return DRAW;
	st->day = *day ? day : NULL;
	return RELOAD;
}

static unsigned
act_day(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return ask_line(s, WHICH_DAY, st->day ? st->day : "", day_typed);
}

static unsigned
act_hits(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->hits = !st->hits;
	return RELOAD;
}

/* ---- one look ---- */

static unsigned
act_open(void *on)
{
	struct screen *s = on;

	return screen_open(s, "look", json_deep_copy(list_here(s)));
}

static bool
has_subject(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->person || st->staff;
}

static bool
is_of_person(const void *on)
{
	return ((const struct state *)((const struct screen *)on)->state)->person != 0;
}

/* Written, not shown: it is for the person. */
static unsigned
act_package(void *on)
{
	struct screen *s = on;

	return person_package(s, ((const struct state *)s->state)->person);
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open"), .act = act_open, .can = list_has,
	  .help = N_("all that is kept of this look") },
	{ .keys = "p F2", .label = N_("Person"), .act = act_person, .command = "person.find",
	  .help = N_("choose a person: who saw them?") },
	{ .keys = "m F3", .label = N_("Staff"), .act = act_staff, .command = "staff.list",
	  .help = N_("choose a member of staff: whom did they see, or did they see this person?") },
	{ .keys = "d F4", .label = N_("Day"), .act = act_day, .can = has_subject,
	  .help = N_("only looks of one day") },
	{ .keys = "u F5", .label = N_("Unit"), .act = act_unit, .can = has_subject,
	  .help = N_("only looks of one unit") },
	{ .keys = "l F6", .label = N_("Lists"), .act = act_hits, .can = has_subject,
	  .help = N_("show or hide lists in which somebody stood") },
	{ .keys = "x F7", .label = N_("Package"), .act = act_package, .can = is_of_person,
	  .command = "person.export",
	  .help = N_("write down what the office holds of this person, for them (Art. 15)") },
	{ 0 }
};

const struct screen_class screen_looks = {
	.name = "looks",
	.title = N_("Who saw whom"),
	.about = N_("Every look at a person's file: who, when, what, and what for. Read here, "
	            "it is a look as well."),
	.needs = "look.list",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = of_staff, .n_columns = COUNT_OF(of_staff), .foot = foot },
	.bindings = bindings,
	.open = open_looks,
	.load = load,
	.head = head,
};
