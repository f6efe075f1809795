/*
 * duplicates.c - layer 3: records that may be one person, likeliest first,
 * and links that wait for a second person.  Opened from the menu and from a
 * person.
 */
#include "casework.h"

struct state {
	struct table table;
	struct listing listing;
	bool approvals;          /* the box: links that wait */
	int64_t first, second;   /* the pair that was asked about */
};

static const struct column columns[] = {
	{ N_("One record"), 0, LEFT, 0 },
	{ N_("Born"), 10, LEFT, 0 },
	{ N_("Another record"), 0, LEFT, 0 },
	{ N_("Born"), 10, LEFT, 0 },
	{ N_("Alike"), 6, RIGHT, 0 },
	{ N_("By"), 12, LEFT, 100 },
};

static void
add_pair(struct screen *s, struct table *t, const json_t *row)
{
	table_add(t, (int64_t)t->n_rows + 1, STYLE_PLAIN, (const char *[]){
		text_at(row, "first.name"), text_at(row, "first.born"), text_at(row, "second.name"),
		text_at(row, "second.born"),
		arena_printf(s->page, "%d %%", (int)number_at(row, "score")), "" });
}

static void
add_link(struct table *t, const json_t *row)
{
	table_add(t, (int64_t)t->n_rows + 1, STYLE_PLAIN, (const char *[]){
		text_at(row, "survivor.name"), text_at(row, "survivor.born"),
		text_at(row, "merged.name"), text_at(row, "merged.born"), "",
		text_at(row, "proposed_by") });
}

/* A pair has no number of its own: rows go by their place in the list. */
static void
add(struct screen *s, struct table *t, const json_t *row)
{
	struct state *st = s->state;

	if (st->approvals)
		add_link(t, row);
	else
		add_pair(s, t, row);
}

static void
open_duplicates(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->listing = (struct listing){ .s = s, .table = &st->table, .add = add };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	json_int_t person = number_at(s->args, "id");
	const char *of = st->approvals ? "person" : "id";

	st->listing.method = st->approvals ? "merge.list" : "person.duplicates";
	st->listing.key = st->approvals ? "merges" : "pairs";
	return listing_load(&st->listing, person ? json_pack("{s:I}", of, person)
	    : json_object());
}

/* ---- acting ---- */

static bool
is_pair(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return list_has(on) && !st->approvals;
}

static unsigned
act_open(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *row = list_here(s);

	if (st->approvals)
		return screen_open(s, "merge", json_pack("{s:I}", "id",
		    (json_int_t)number_at(row, "id")));
	return screen_open(s, "compare", json_pack("{s:I, s:I}", "id",
	    (json_int_t)number_at(row, "first.id"), "with",
	    (json_int_t)number_at(row, "second.id")));
}

static unsigned
act_box(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->approvals = !st->approvals;
	return listing_turn(&st->listing);
}

/* Opened from a person: any other record beside theirs. */
static bool
is_of_person(const void *on)
{
	return number_at(((const struct screen *)on)->args, "id") != 0;
}

static unsigned
took_other(struct screen *s, int64_t person)
{
	return screen_open(s, "compare", json_pack("{s:I, s:I}", "id",
	    (json_int_t)number_at(s->args, "id"), "with", (json_int_t)person));
}

static unsigned
act_other(void *on)
{
	return pick_person(on, "", took_other);
}

static unsigned
different(void *on, const char *reason)
{
	const struct state *st = ((const struct screen *)on)->state;

	return tell_apart(on, st->first, st->second, reason, different, RELOAD);
}

/* The list may move while the reason is typed. */
static unsigned
act_different(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->first = number_at(list_here(s), "first.id");
	st->second = number_at(list_here(s), "second.id");
	return ask_apart(s, different);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = !st->approvals ? _("The same person twice?")
	    : is_of_person(s) ? _("Links of this person") : _("Links that wait for approval");
	h->load = st->approvals ? _("Whoever proposed a link cannot approve it.")
	    : _("Nothing is linked by itself: look at both records, then decide.");
}

static int
foot(const struct screen *s, struct area body)
{
	return list_foot(body, text_at(list_here(s), "reason"));
}

static const char *const topics[] = { "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Compare"), .act = act_open, .can = list_has,
	  .help = N_("both records side by side") },
	{ .keys = "d", .label = N_("Two people"), .act = act_different, .can = is_pair,
	  .help = N_("say that these are two people, with a reason") },
	{ .keys = "o", .label = N_("Another record"), .act = act_other, .can = is_of_person,
	  .help = N_("compare with any other record of the register") },
	{ .keys = "Tab v", .label = N_("Suspected or waiting"), .act = act_box,
	  .help = N_("suspected pairs, or links that wait for approval") },
	{ 0 }
};

const struct screen_class screen_duplicates = {
	.name = "duplicates",
	.title = N_("The same person twice"),
	.about = N_("Records that may be one person, and links that somebody else must approve."),
	.needs = "person.duplicates",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing is suspected here. Tab shows what waits for approval."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_duplicates,
	.load = load,
	.head = head,
};
