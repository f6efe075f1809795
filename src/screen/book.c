/*
 * book.c - layer 3: the book of disclosures: who was told what sort of thing, by
 * what right.  The data protection officer reads all of it, a closed unit its
 * own.  Opened from the menu.  Must never show what was told: for that a person's
 * own page is there, for those whom it concerns.
 */
#include "desk.h"
#include "disclose.h"
#include "outfile.h"

struct state {
	struct table table;
	struct listing listing;
	int64_t person;          /* 0: all */
	struct receiver_choice to;
	const char *basis;       /* code, NULL: all */
	const char *day;         /* YYYY-MM-DD, NULL: all */
};

static const struct column columns[] = {
	{ N_("When"), 13, LEFT, 0 },
	{ N_("Told by"), 16, LEFT, 110 },
	{ N_("To"), 20, LEFT, 0 },
	{ N_("Person"), 20, LEFT, 0 },
	{ N_("By what right"), 0, LEFT, 0 },
};

static void
add(struct screen *s, struct table *t, const json_t *d)
{
	bool over = truth_at(d, "ended");

	table_add(t, number_at(d, "id"), over ? STYLE_QUIET : STYLE_PLAIN, (const char *[]){
		say_instant(s->page, text_at(d, "at")), text_at(d, "from_label"),
		text_at(d, "to_label"), text_at(d, "person.name"),
		arena_printf(s->page, "%s%s", over ? _("over: ") : "", text_at(d, "basis_label")) });
}

static void
open_book(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "disclosure.book",
	    .key = "disclosures", .add = add };
}

static json_t *
params_of(const struct state *st)
{
	json_t *params = json_pack("{s:s*, s:s*, s:s*, s:s*}", "basis", st->basis, "from", st->day,
	    "until", st->day, "to", st->to.unit ? st->to.unit : st->to.body);

	if (st->person)
		json_object_set_new(params, "person", json_integer(st->person));
	return params;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	return listing_load(&st->listing, params_of(st));
}

/* ---- narrowing ---- */

static unsigned
picked_person(struct screen *s, int64_t person)
{
	struct state *st = s->state;

	st->person = person;
	return RELOAD;
}

/* The same key lets them all come back. */
static unsigned
act_person(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (!st->person)
		return pick_person(s, "", picked_person);
	st->person = 0;
	return RELOAD;
}

static unsigned
picked_receiver(struct screen *s, const char *code)
{
	receiver_take(s, code, &((struct state *)s->state)->to);
	return RELOAD;
}

static unsigned
act_receiver(void *on)
{
	return receiver_pick(on, _("Told to whom?"), true, picked_receiver);
}

static unsigned
picked_basis(struct screen *s, const char *code)
{
	((struct state *)s->state)->basis = *code ? arena_strdup(s->mem, code) : NULL;
	return RELOAD;
}

static unsigned
act_basis(void *on)
{
	struct pick_item *items;
	size_t n = basis_items(on, true, &items);

	return pick(on, _("By what right?"), items, n, picked_basis);
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
	const struct state *st = ((struct screen *)on)->state;

	return ask_line(on, WHICH_DAY, st->day ? st->day : "", day_typed);
}

/* ---- on paper ---- */

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	json_t *params = params_of(s->state);
	const json_t *result;

	json_object_set_new(params, "print", json_true());
	if (ask_with(s, &result, "disclosure.book", params) == ST_OK)
		outfile_save(s, arena_printf(s->page, _("book-%s"),
		    text_at(s->desk->hello, "today")), text_at(result, "text"));
	return DRAW;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const json_t *first = json_array_get(at(st->listing.first, "disclosures"), 0);

	h->load = arena_printf(frame_mem(), "%s: %s   %s: %s   %s: %s   %s: %s", _("Person"),
	    !st->person ? _("all") : first ? text_at(first, "person.name") : "–", _("Day"),
	    st->day ? say_date(frame_mem(), st->day) : _("all"), _("To"),
	    st->to.label ? st->to.label : _("all"), _("By what right"),
	    st->basis ? st->basis : _("all"));
}

/* What sort of thing it was; what is sealed, only how much. */
static const char *
told(const json_t *d)
{
	const json_t *field;
	const char *all = "";
	size_t i;

	json_array_foreach(at(d, "fields"), i, field) {
		if (json_is_null(at(field, "label")))
			return arena_printf(frame_mem(), _("fields told: %d"),
			    (int)json_array_size(at(d, "fields")));
		all = arena_printf(frame_mem(), "%s%s%s", all, i ? ", " : "",
		    text_at(field, "label"));
	}
	return all;
}

static int
foot(const struct screen *s, struct area body)
{
	const json_t *d = list_here(s);
	struct area below = { body.row + body.rows - 3, 1, 3, body.cols - 2 };

	if (d)
		draw_wrapped(below, STYLE_QUIET, arena_printf(frame_mem(), "%s → %s · %s · %s\n%s",
		    text_at(d, "from_label"), text_at(d, "to_label"), text_at(d, "cite"),
		    text_at(d, "by"), told(d)));
	return 4;
}

static const char *const topics[] = { "disclosure", NULL };

static const struct binding bindings[] = {
	{ .keys = "p F2", .label = N_("Person"), .act = act_person, .command = "person.find",
	  .help = N_("only one person, or all again") },
	{ .keys = "d F4", .label = N_("Day"), .act = act_day, .help = N_("only one day") },
	{ .keys = "t F5", .label = N_("To"), .act = act_receiver,
	  .help = N_("only one unit or kind of body that was told") },
	{ .keys = "b F6", .label = N_("By what right"), .act = act_basis,
	  .help = N_("only by one provision") },
	{ .keys = "s F8", .label = N_("Save"), .act = act_save,
	  .help = N_("save what is listed as a text file in tresen-slips, in your home") },
	{ 0 }
};

const struct screen_class screen_book = {
	.name = "book",
	.title = N_("Disclosure book"),
	.about = N_("Who was told something entrusted, when, by whom and by what right; what sort of "
	            "thing it was, and not what it said."),
	.needs = "disclosure.book",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing is entered here that fits."), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_book,
	.load = load,
	.head = head,
};
