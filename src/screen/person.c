/*
 * person.c - layer 3: what the office knows of a person: names, how to reach
 * them, their cases and visits.  Opened by the search and the counter.
 */
#include "personform.h"

#include <string.h>

#include "desk.h"

struct state {
	const json_t *person;
	struct table past;       /* cases, then visits */
};

/* Rows of both kinds in one list: visits have the odd ids. */
#define CASE_ROW(id) ((id) * 2)
#define VISIT_ROW(id) ((id) * 2 + 1)

static const struct column columns[] = {
	{ N_("Number"), 11, LEFT, 0 },
	{ N_("Day"), 13, RIGHT, 0 },
	{ N_("Matter"), 0, LEFT, 0 },
	{ N_("How far"), 17, LEFT, 0 },
	{ N_("With"), 16, LEFT, 100 },
	{ N_("Why"), 30, LEFT, 130 },
};

static void
open_person(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->past, s->mem, columns, COUNT_OF(columns),
	    N_("No case that you may see, and no visit yet."));
}

static void
add_case(struct screen *s, const json_t *c)
{
	struct state *st = s->state;
	const char *owner = text_at(c, "owner_name");

	table_add(&st->past, CASE_ROW(number_at(c, "id")), STYLE_PLAIN, (const char *[]){
		text_at(c, "number"), say_day(s->page, text_at(c, "opened")),
		text_at(c, "service_label"), text_at(c, "state_label"),
		*owner ? owner : text_at(c, "unit_label"), text_at(c, "why"),
	});
}

/* The time of a visit today, the day of one before. */
static const char *
when(struct screen *s, const char *arrived)
{
	const char *day = arena_strndup(s->page, arrived, strlen("2026-11-23"));
	char today[11];

	if (strcmp(day, day_iso(clock_day(clock_now()), today)) == 0)
		return say_instant(s->page, arrived);
	return say_day(s->page, day);
}

static void
add_visit(struct screen *s, const json_t *v)
{
	struct state *st = s->state;

	table_add(&st->past, VISIT_ROW(number_at(v, "id")), STYLE_QUIET, (const char *[]){
		text_at(v, "ticket"), when(s, text_at(v, "arrived")),
		text_at(v, "concern_label"), text_at(v, "state_label"),
		text_at(v, "staff_name"), text_at(v, "note"),
	});
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *item;
	size_t i;

	TRY(ask(s, &result, "person.show", "{s:I}", "id", number_at(s->args, "id")));
	st->person = at(result, "person");
	table_begin(&st->past, s->page);
	json_array_foreach(at(st->person, "cases"), i, item)
		add_case(s, item);
	json_array_foreach(at(st->person, "visits"), i, item)
		add_visit(s, item);
	table_end(&st->past);
	return ST_OK;
}

/* ---- drawing ---- */

static const char *
sex_word(const char *sex)
{
	static const struct {
		const char *code, *word;
	} words[] = {
		{ "f", N_("female") }, { "m", N_("male") }, { "d", N_("diverse") },
		{ "x", N_("sex not stated") },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(words[i].code, sex) == 0)
			return _(words[i].word);
	return "";
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const char *facts[] = {
		text_at(st->person, "nationality_label"), sex_word(text_at(st->person, "sex")),
		text_at(st->person, "language_label"),
	};
	const char *born = text_at(st->person, "born");

	h->left = text_at(st->person, "name");
	h->load = *born ? arena_printf(frame_mem(), "*%s", born) : _("date of birth not known");
	for (size_t i = 0; i < COUNT_OF(facts); i++)
		if (*facts[i])
			h->load = arena_printf(frame_mem(), "%s   %s", h->load, facts[i]);
}

/* "Rania Haddad, Raniya Hadad": the other ways the name is written. */
static const char *
other_names(const json_t *person)
{
	const json_t *name;
	const char *all = "";
	size_t i;

	json_array_foreach(at(person, "names"), i, name)
		if (i > 0)
			all = arena_printf(frame_mem(), "%s%s%s %s", all, *all ? ", " : "",
			    text_at(name, "given"), text_at(name, "family"));
	return all;
}

static int
draw_fact(int row, int cols, const char *label, const char *value)
{
	if (!*value)
		return row;
	draw_text(row, 1, 18, STYLE_QUIET, label);
	draw_text(row, 20, cols - 21, STYLE_PLAIN, value);
	return row + 1;
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const json_t *p = st->person;
	int row = body.row;

	row = draw_fact(row, body.cols, _("also"), other_names(p));
	row = draw_fact(row, body.cols, _("telephone"), text_at(p, "phone"));
	row = draw_fact(row, body.cols, _("address"), text_at(p, "address"));
	row += row > body.row;
	table_draw(&st->past, (struct area){ row, body.col, body.row + body.rows - row, body.cols },
	    TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->past };
}

/* ---- keys ---- */

static bool
is_case(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;
	int64_t row = table_at(&st->past);

	return row && row % 2 == 0 && screen_class_by_name("case");
}

static unsigned
act_open(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	return screen_open(s, "case", json_pack("{s:I}", "id", table_at(&st->past) / 2));
}

static unsigned
act_edit(void *on)
{
	struct screen *s = on;

	return screen_open(s, "person_edit", json_pack("{s:O}", "id",
	    json_object_get(s->args, "id")));
}

static unsigned
act_household(void *on)
{
	struct screen *s = on;

	return screen_open(s, "household", json_pack("{s:O}", "person",
	    json_object_get(s->args, "id")));
}

static unsigned
act_ticket(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	return screen_open(s, "ticket", json_pack("{s:O}", "person",
	    (json_t *)(uintptr_t)st->person));
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open case"), .act = act_open, .can = is_case,
	  .help = N_("open the case under the cursor") },
	{ .keys = "F4 e", .label = N_("Change"), .act = act_edit, .command = "person.edit",
	  .help = N_("change what is known of this person") },
	{ .keys = "F5 h", .label = N_("Household"), .act = act_household,
	  .command = "household.show", .help = N_("who lives with this person, and where") },
	{ .keys = "F6 t", .label = N_("Ticket"), .act = act_ticket, .command = "visit.new",
	  .help = N_("draw a ticket for this person") },
	{ 0 }
};

static const char *const topics[] = { "person", "case", "visit", NULL };

const struct screen_class screen_person = {
	.name = "person",
	.title = N_("Person"),
	.about = N_("A person with their cases and visits, as far as you may see them."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.topics = topics,
	.open = open_person,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
