/*
 * restrictions.c - layer 3: records that are blocked or for named people only:
 * all that the reader oversees, from the menu; or those of a person ({"person":
 * id, "name"}) or a case ({"case": id, "name"}), where new ones are set.  Must
 * never show what stands in the record.
 */
#include "desk.h"

#include <string.h>

struct state {
	struct table table;
	struct listing listing;
	const char *noun;        /* person, case; NULL: all that are overseen */
	int64_t id;
	const char *name;
	const char *first, *second, *until; /* answers so far of what is being set */
	bool household;          /* for all who live with the person, too */
	const char *names;       /* whose files it would be, while that is asked */
};

static const struct column columns[] = {
	{ N_("What"), 12, LEFT, 0 }, { N_("Person"), 0, LEFT, 0 }, { N_("Case"), 11, LEFT, 0 },
	{ N_("Until"), 11, LEFT, 0 }, { N_("Who may open it"), 0, LEFT, 0 },
};

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	bool named = strcmp(text_at(row, "kind"), "reserved") == 0;

	table_add(t, number_at(row, "id"), truth_at(row, "holds") ? STYLE_PLAIN : STYLE_QUIET,
	    (const char *[]){ named ? _("Named only") : text_at(row, "kind_label"), text_at(row, "person.name"),
	        text_at(row, "case.number"), say_day(s->page, text_at(row, "until")),
	        text_at(row, "staff_names") });
}

static void
open_restrictions(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->listing = (struct listing){ .s = s, .table = &st->table,
	    .method = "restriction.list", .key = "restrictions", .add = add };
	st->noun = number_at(args, "person") ? "person" : number_at(args, "case") ? "case" : NULL;
	st->id = st->noun ? number_at(args, st->noun) : 0;
	st->name = arena_strdup(s->mem, text_at(args, "name"));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	json_t *params = json_pack("{s:b}", "all", st->noun != NULL);

	if (st->noun)
		json_object_set_new(params, st->noun, json_integer(st->id));
	return listing_load(&st->listing, params);
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = st->noun ? arena_printf(frame_mem(), "%s: %s", _(s->class->title), st->name)
	                   : _(s->class->title);
}

/* Each name whole: one of them may be the very person who must not know. */
static int
foot_names(const char *names, struct area body)
{
	char **lines;
	int n = (int)shown_lines(names, body.cols - 2, &lines);

	n = n < body.rows ? n : body.rows;
	draw_wrapped((struct area){ body.row + body.rows - n, 1, n, body.cols - 2 }, STYLE_STRONG,
	    names);
	return n + 1;
}

/* Why, by whom, on what it rests. */
static int
foot(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const json_t *here = list_here(s);
	int last = body.row + body.rows - 1;

	if (s->prompt.choices && st->names)
		return foot_names(st->names, body);
	if (!here)
		return 0;
	draw_format(last - 1, 1, body.cols - 2, STYLE_PLAIN, "%s%s%s",
	    truth_at(here, "entrusted") && !*text_at(here, "reason")
	        ? _("The reason is entrusted to the unit that answers for it.")
	        : text_at(here, "reason"), *text_at(here, "reference") ? "; " : "",
	    text_at(here, "reference"));
	draw_format(last, 1, body.cols - 2, STYLE_QUIET, _("set by %s, %s; answers for it: %s"),
	    text_at(here, "set_by"), say_instant(frame_mem(), text_at(here, "set")),
	    *text_at(here, "unit_label") ? text_at(here, "unit_label")
	                                 : _("the data protection officer"));
	return 3;
}

/* ---- setting ---- */

static unsigned
done(struct screen *s, enum status status, const char *sentence)
{
	if (status == ST_OK)
		say(s, TONE_DONE, "%s", sentence);
	return then_reload(status);
}

#define UNTIL_WHEN _("Until which day (+90, 31.12.)? Nothing: until it is ended")

static unsigned
block_until(void *on, const char *typed)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const char *until = typed_day(s, typed, FORM_FUTURE, UNTIL_WHEN, block_until);

	if (!until)
		return DRAW;
	return done(s, ask(s, NULL, arena_printf(s->mem, "%s.block", st->noun),
	    "{s:I, s:s, s:s, s:s*}", "id", (json_int_t)st->id, "reason", st->first, "reference",
	    st->second, "until", *until ? until : NULL),
	    _("Blocked: it is kept, and nobody works with it."));
}

static unsigned
block_reference(void *on, const char *text)
{
	struct screen *s = on;

	((struct state *)s->state)->second = arena_strdup(s->mem, text);
	return ask_line(s, UNTIL_WHEN, "", block_until);
}

static unsigned
block_reason(void *on, const char *text)
{
	struct screen *s = on;

	((struct state *)s->state)->first = arena_strdup(s->mem, text);
	return ask_line(s, _("Reference (letter, court and file number)?"), "", block_reference);
}

static unsigned
act_block(void *on)
{
	return ask_line(on, _("Why is it blocked?"), "", block_reason);
}

static unsigned
reserve_one(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return done(s, ask(s, NULL, arena_printf(s->mem, "%s.reserve", st->noun),
	    "{s:I, s:s, s:s, s:s*}", "id", (json_int_t)st->id, "staff", st->first, "reason",
	    st->second, "until", st->until),
	    _("Only who was named opens it now. Whoever lives with the person has a file of their own."));
}

static enum status
ask_household(struct screen *s, bool preview, const json_t **result)
{
	const struct state *st = s->state;

	return ask(s, result, "person.reserve", "{s:I, s:s, s:s, s:s*, s:b, s:b}", "id",
	    (json_int_t)st->id, "staff", st->first, "reason", st->second, "until", st->until,
	    "household", 1, "preview", preview);
}

static unsigned
reserve_all(void *on)
{
	struct screen *s = on;
	const json_t *result;
	enum status status = ask_household(s, false, &result);
	int n = status == ST_OK ? (int)json_array_size(at(result, "people")) : 0;

	return done(s, status, arena_printf(s->mem, tr_n("Only who was named opens %d file now.",
	    "Only who was named opens these %d files now.", n), n));
}

static const struct binding all_of_them[] = {
	{ .keys = "y", .label = N_("yes, all of them"), .act = reserve_all },
	{ 0 }
};

/* Whoever is threatened may be registered with who threatens them: names first. */
static unsigned
reserve_household(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *person;
	size_t i;

	if (ask_household(s, true, &result) != ST_OK)
		return DRAW;
	st->names = "";
	json_array_foreach(at(result, "people"), i, person)
		st->names = arena_printf(s->mem, "%s%s%s *%s", st->names, *st->names ? "; " : "",
		    text_at(person, "name"), text_at(person, "born"));
	return choose(s, all_of_them, _("Are all these files for named people only?"));
}

static unsigned
reserve_until(void *on, const char *typed)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *until = typed_day(s, typed, FORM_FUTURE, UNTIL_WHEN, reserve_until);

	if (!until)
		return DRAW;
	st->until = *until ? until : NULL;
	return st->household ? reserve_household(s) : reserve_one(s);
}

static unsigned
reserve_reason(void *on, const char *text)
{
	struct screen *s = on;

	((struct state *)s->state)->second = arena_strdup(s->mem, text);
	return ask_line(s, UNTIL_WHEN, "", reserve_until);
}

static unsigned
reserve_staff(void *on, const char *text)
{
	struct screen *s = on;

	((struct state *)s->state)->first = arena_strdup(s->mem, text);
	return ask_line(s, _("Why only they?"), "", reserve_reason);
}

/* Who sets it is asked to think of themselves. */
static unsigned
ask_staff(struct screen *s, bool household)
{
	((struct state *)s->state)->household = household;
	return ask_line(s, _("Who may open it (logins, commas between)?"), text_at(me(s), "login"),
	    reserve_staff);
}

static unsigned
act_reserve(void *on)
{
	return ask_staff(on, false);
}

static unsigned
act_household(void *on)
{
	return ask_staff(on, true);
}

static unsigned
ended(void *on, const char *reason)
{
	struct screen *s = on;

	return done(s, ask(s, NULL, "restriction.end", "{s:I, s:s}", "id", (json_int_t)s->asked,
	    "reason", reason), _("It has ended."));
}

static unsigned
act_end(void *on)
{
	return ask_line(on, _("Why does it end?"), "", ended);
}

/* ---- keys ---- */

static bool
has_noun(const void *on)
{
	const struct screen *s = on;

	return ((const struct state *)s->state)->noun != NULL;
}

static bool
is_of_person(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->noun && strcmp(st->noun, "person") == 0;
}

static bool
holds(const void *on)
{
	const struct screen *s = on;

	return truth_at(list_here(s), "holds");
}

static const struct binding bindings[] = {
	{ .keys = "b F4", .label = N_("Block"), .act = act_block, .can = has_noun,
	  .command = "case.block", .help = N_("keep it, and work with it no more") },
	{ .keys = "n F5", .label = N_("Named only"), .act = act_reserve, .can = has_noun,
	  .command = "case.reserve", .help = N_("only named people open it from now on") },
	{ .keys = "h F7", .label = N_("Household"), .act = act_household, .can = is_of_person,
	  .command = "person.reserve",
	  .help = N_("only named people open the files of all who live together") },
	{ .keys = "e F6", .label = N_("End"), .act = act_end, .can = holds,
	  .command = "restriction.end", .help = N_("end the restriction under the cursor") },
	{ 0 }
};

static const char *const topics[] = { "person", NULL };

const struct screen_class screen_restrictions = {
	.name = "restrictions",
	.title = N_("Restrictions"),
	.about = N_("Records that are blocked or for named people only: why, until when, who may."),
	.needs = "restriction.list",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing is restricted here."), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_restrictions,
	.load = load,
	.head = head,
};
