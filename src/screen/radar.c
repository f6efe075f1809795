/*
 * radar.c - layer 3: what ends soon: titles, papers, periods of benefits.
 * Opened from everywhere by its key and from the menu.  The engine says in
 * which order: what nobody has started stands on top.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;
	struct listing listing;
	const char *unit, *unit_label; /* only what this unit has to act on, or NULL */
	const char *kind, *kind_label; /* only this kind, or NULL */
	int weeks;               /* until the end; 0: up to the first stage */
};

/* Terms and papers have numbers of their own: papers get the odd ids. */
#define ROW_ID(row) (number_at(row, "row") * 2 + \
	(strcmp(text_at(row, "source"), "document") == 0))

static const struct column columns[] = {
	{ N_("Ends"), 20, LEFT, 0 },
	{ N_("Stage"), 12, LEFT, 104 },
	{ N_("Person"), 0, LEFT, 0 },
	{ N_("What"), 21, LEFT, 0 },
	{ N_("Status"), 0, LEFT, 124 },
	{ N_("Started"), 12, LEFT, 0 },
};

/* What is over or in its last week must be seen; what runs may be overlooked. */
static enum style
style_of(const json_t *row)
{
	const json_t *stage = at(row, "stage");

	if (truth_at(row, "started"))
		return STYLE_QUIET;
	if (json_is_integer(stage) && json_integer_value(stage) <= 1)
		return STYLE_ALERT;
	return STYLE_PLAIN;
}

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	bool started = truth_at(row, "started");

	table_add(t, ROW_ID(row), style_of(row), (const char *[]){
		text_at(row, "ends_label"), text_at(row, "stage_label"),
		say_person(s->page, at(row, "person")), text_at(row, "kind_label"),
		text_at(row, "status_label"),
		started ? text_at(row, "case.number") : _("not yet"),
	});
}

static void
open_radar(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->listing = (struct listing){ .s = s, .table = &st->table, .method = "person.radar",
	    .key = "radar", .add = add };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	json_t *params = json_pack("{s:s*, s:s*}", "unit", st->unit, "kind", st->kind);

	if (st->weeks)
		json_object_set_new(params, "within", json_integer(st->weeks * 7));
	return listing_load(&st->listing, params);
}

/* ---- acting ---- */

static unsigned
act_person(void *on)
{
	return screen_open(on, "person", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "person.id")));
}

static unsigned
act_terms(void *on)
{
	return screen_open(on, "terms", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "person.id")));
}

static bool
is_started(const void *on)
{
	return truth_at(list_here(on), "started");
}

static unsigned
act_case(void *on)
{
	return screen_open(on, "case", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "case.id")));
}

static bool
is_ours(const void *on)
{
	const struct screen *s = on;
	const json_t *row = list_here(s);

	return row && !truth_at(row, "started") && *text_at(row, "service") &&
	    strcmp(text_at(row, "unit"), text_at(me(s), "unit")) == 0;
}

static unsigned
act_start(void *on)
{
	struct screen *s = on;
	const json_t *row = list_here(s), *answer;
	enum status status = ask(s, &answer, "case.open", "{s:I, s:s}", "person",
	    (json_int_t)number_at(row, "person.id"), "service", text_at(row, "service"));

	if (status != ST_OK)
		return then_reload(status);
	screen_open(s, "case", json_pack("{s:I}", "id", (json_int_t)number_at(answer, "case.id")));
	say(s, TONE_DONE, _("%s is open: %s."), text_at(answer, "case.number"),
	    text_at(answer, "case.service_label"));
	return DRAW;
}

static const char *
why_not_start(const void *on)
{
	const json_t *row = list_here(on);

	if (!row || truth_at(row, "started"))
		return NULL;
	return arena_printf(frame_mem(), _("%s has to act; a ticket sends the person there"),
	    text_at(row, "unit_label"));
}

/* ---- narrowing ---- */

/* Another list: from its top. */
static unsigned
afresh(struct screen *s)
{
	struct state *st = s->state;

	return listing_turn(&st->listing);
}

static unsigned
within(void *on, int weeks)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->weeks = weeks;
	return afresh(s);
}

static unsigned act_week(void *on) { return within(on, 1); }
static unsigned act_three(void *on) { return within(on, 3); }
static unsigned act_stage(void *on) { return within(on, 0); }
static unsigned act_half_year(void *on) { return within(on, 26); }

static unsigned
act_within(void *on)
{
	static const struct binding choices[] = {
		{ .keys = "1", .label = N_("1 week"), .act = act_week },
		{ .keys = "3", .label = N_("3 weeks"), .act = act_three },
		{ .keys = "8 Enter", .label = N_("as usual"), .act = act_stage },
		{ .keys = "6", .label = N_("half a year"), .act = act_half_year },
		{ 0 }
	};

	return choose(on, choices, "%s", _("Ends within:"));
}

/* Kinds, or the units that have to act, each once; the first item is all. */
static size_t
choices_of(struct screen *s, const char *code, const char *label, struct pick_item **items)
{
	const struct state *st = s->state;
	const json_t *kinds = at(st->listing.first, "kinds"), *kind;
	size_t i, n = 1;

	*items = arena_array(s->page, struct pick_item, json_array_size(kinds) + 1);
	(*items)[0] = (struct pick_item){ "all", _("all"), NULL };
	json_array_foreach(kinds, i, kind) {
		const char *value = text_at(kind, code);
		size_t k = 1;

		while (k < n && strcmp((*items)[k].code, value) != 0)
			k++;
		if (k == n)
			(*items)[n++] = (struct pick_item){ value, text_at(kind, label), NULL };
	}
	return n;
}

/* Of what is picked, kept as long as the screen. */
static void
keep(struct screen *s, const char *code, const char *key, const char *label, const char **to,
     const char **to_label)
{
	const struct state *st = s->state;
	const json_t *kind;
	size_t i;

	*to = strcmp(code, "all") == 0 ? NULL : arena_strdup(s->mem, code);
	json_array_foreach(at(st->listing.first, "kinds"), i, kind)
		if (*to && strcmp(text_at(kind, key), code) == 0)
			*to_label = arena_strdup(s->mem, text_at(kind, label));
}

static unsigned
picked_unit(struct screen *s, const char *code)
{
	struct state *st = s->state;

	keep(s, code, "unit", "unit_label", &st->unit, &st->unit_label);
	return afresh(s);
}

static unsigned
picked_kind(struct screen *s, const char *code)
{
	struct state *st = s->state;

	keep(s, code, "kind", "label", &st->kind, &st->kind_label);
	return afresh(s);
}

/* What is chosen from is what the whole list has: filters are lifted to see it. */
static unsigned
choose_among(struct screen *s, const char *title, const char *code, const char *label,
             unsigned (*picked)(struct screen *s, const char *code))
{
	struct state *st = s->state;
	struct pick_item *items;
	size_t n;

	if (st->unit || st->kind) {
		st->unit = st->kind = NULL;
		if (load(s) != ST_OK)
			return DRAW;
	}
	n = choices_of(s, code, label, &items);
	return pick(s, title, items, n, picked);
}

static unsigned
act_unit(void *on)
{
	return choose_among(on, _("Which unit has to act?"), "unit", "unit_label", picked_unit);
}

static unsigned
act_kind(void *on)
{
	return choose_among(on, _("Only what?"), "kind", "label", picked_kind);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const json_t *n = at(st->listing.first, "counts");
	int weeks = (int)number_at(st->listing.first, "within") / 7;

	h->left = _(s->class->title);
	if (st->unit)
		h->left = arena_printf(frame_mem(), "%s · %s", h->left, st->unit_label);
	if (st->kind)
		h->left = arena_printf(frame_mem(), "%s · %s", h->left, st->kind_label);
	h->load = arena_printf(frame_mem(), tr_n("Ends within %d week: %d   nobody has started %d"
	    "   over already %d", "Ends within %d weeks: %d   nobody has started %d   over "
	    "already %d", weeks), weeks, (int)number_at(n, "all"), (int)number_at(n, "nobody"),
	    (int)number_at(n, "ended"));
}

/* "4 Jan 2027 · Residence permit, refugee · Residence acts · o: ..." */
static const char *
detail(const json_t *row)
{
	struct arena *a = frame_mem();
	const char *parts[] = {
		say_date(a, text_at(row, "ends")), text_at(row, "status_label"),
		text_at(row, "stage_label"), text_at(row, "unit_label"),
		text_at(row, "service_label"),
	};
	const char *all = "";

	for (size_t i = 0; row && i < COUNT_OF(parts); i++)
		if (*parts[i])
			all = arena_printf(a, "%s%s%s", all, *all ? " · " : "", parts[i]);
	return all;
}

static int
foot(const struct screen *s, struct area body)
{
	return list_foot(body, detail(list_here(s)));
}

static const char *const topics[] = { "person", "case", "handover", "catalogue", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Person"), .act = act_person, .can = list_has,
	  .help = N_("open the person under the cursor") },
	{ .keys = "o F2", .label = N_("Begin"), .act = act_start, .can = is_ours,
	  .why = why_not_start, .command = "case.open",
	  .help = N_("open a case of the service that renews it") },
	{ .keys = "o F2", .label = N_("Open case"), .act = act_case, .can = is_started,
	  .help = N_("open the case that somebody has started") },
	{ .keys = "t F4", .label = N_("Terms"), .act = act_terms, .can = list_has,
	  .help = N_("titles and periods of the person: record a new one, mend, end") },
	{ .keys = "w F3", .label = N_("Within"), .act = act_within,
	  .help = N_("how far to look ahead") },
	{ .keys = "u F7", .label = N_("Unit"), .act = act_unit,
	  .help = N_("only what one unit has to act on") },
	{ .keys = "f F8", .label = N_("Kind"), .act = act_kind,
	  .help = N_("only titles, only passports, ...") },
	{ 0 }
};

const struct screen_class screen_radar = {
	.name = "radar",
	.title = N_("What ends soon"),
	.about = N_("Titles, permissions, passports, periods of benefits before they end. What "
	            "nobody has started stands on top, the first end first. Items rise by "
	            "themselves 8, 3 and 1 weeks before, or as the office has set it."),
	.needs = "person.radar",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing ends in this time, as far as you may see. w looks further "
	        "ahead."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_radar,
	.load = load,
	.head = head,
};
