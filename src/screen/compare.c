/*
 * compare.c - layer 3: two records side by side, to propose a link between
 * them or to say that they are two people.  Opened from duplicates.c and from
 * a person.  Must never link anything itself: somebody else approves.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;
	const json_t *left, *right; /* person objects: remains, goes under it */
	const json_t *fields;    /* what the engine would take of which */
	int64_t left_id, right_id;
	const char *why;         /* they look alike; "" */
	json_t *choices;         /* field -> "survivor" (left) or "merged" (right) */
};

/* Of these both are read; below the fields in which one value is right. */
static const struct line {
	const char *path, *label;
} lines[] = {
	{ "language_label", N_("Language") },
	{ "phone", N_("Telephone") },
	{ "address", N_("Address") },
	{ "cases", N_("Cases") },
	{ "visits", N_("Visits") },
};

static const struct column columns[] = {
	{ "", 19, LEFT, 0 },
	{ N_("This remains"), 0, LEFT, 0 },
	{ N_("This goes under it"), 0, LEFT, 0 },
	{ N_("Right is"), 14, LEFT, 0 },
};

static void
open_compare(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->left_id = number_at(args, "id");
	st->right_id = number_at(args, "with");
	st->choices = json_object();
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	json_decref(st->choices);
}

/* A text, or how many there are. */
static const char *
value(struct screen *s, const json_t *person, const char *path)
{
	const json_t *v = at(person, path);

	return json_is_array(v) ? arena_printf(s->page, "%zu", json_array_size(v))
	                        : text_at(person, path);
}

static bool
takes_right(const json_t *field)
{
	return strcmp(text_at(field, "choice"), "merged") == 0;
}

static void
add(struct screen *s, enum style style, const char *label, const char *left, const char *right,
    const char *right_is)
{
	struct table *t = &((struct state *)s->state)->table;

	table_add(t, (int64_t)t->n_rows + 1, style, (const char *[]){ label, *left ? left : "–",
	    *right ? right : "–", right_is });
}

static void
add_field(struct screen *s, const json_t *field)
{
	const char *left = text_at(field, "survivor"), *right = text_at(field, "merged");
	bool differs = strcmp(left, right) != 0;

	add(s, differs ? STYLE_STRONG : STYLE_PLAIN, text_at(field, "label"), left, right,
	    !differs ? "" : takes_right(field) ? _("the right one") : _("the left one"));
}

static enum status
load_person(struct screen *s, int64_t id, const json_t **person)
{
	const json_t *result;

	TRY(ask(s, &result, "person.show", "{s:I}", "id", (json_int_t)id));
	*person = at(result, "person");
	return ST_OK;
}

/* Why the right one may be the left one, as the engine weighs it. */
static enum status
load_why(struct screen *s)
{
	struct state *st = s->state;
	const json_t *main = json_array_get(at(st->left, "names"), 0);
	const char *given = text_at(main, "given"), *born = text_at(st->left, "born");
	const json_t *result, *hit;
	size_t i;

	st->why = "";
	TRY(ask(s, &result, "person.candidates", "{s:s, s:s*, s:s*, s:I}", "family",
	    text_at(main, "family"), "given", *given ? given : NULL, "born",
	    *born ? born : NULL, "id", (json_int_t)st->left_id));
	json_array_foreach(at(result, "people"), i, hit)
		if (number_at(hit, "id") == st->right_id)
			st->why = text_at(hit, "why");
	return ST_OK;
}

static enum status
load_fields(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result;

	TRY(ask(s, &result, "merge.propose", "{s:I, s:I, s:O, s:b}", "id",
	    (json_int_t)st->left_id, "with", (json_int_t)st->right_id, "choices", st->choices,
	    "preview", 1));
	st->fields = at(result, "merge.fields");
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *field;
	size_t i;

	TRY(load_person(s, st->left_id, &st->left));
	TRY(load_person(s, st->right_id, &st->right));
	TRY(load_fields(s));
	TRY(load_why(s));
	table_begin(&st->table, s->page);
	json_array_foreach(st->fields, i, field)
		add_field(s, field);
	for (i = 0; i < COUNT_OF(lines); i++)
		add(s, STYLE_PLAIN, _(lines[i].label), value(s, st->left, lines[i].path),
		    value(s, st->right, lines[i].path), _("both"));
	table_end(&st->table);
	return ST_OK;
}

/* ---- acting ---- */

/* NULL: what stands here is not chosen. */
static const json_t *
here(const struct screen *s)
{
	const struct state *st = s->state;
	const json_t *field = json_array_get(st->fields, st->table.cursor);

	return truth_at(field, "fixed") ? NULL : field;
}

static bool
can_choose(const void *on)
{
	return here(on) != NULL;
}

/* The side that is not taken now. */
static void
turn(json_t *choices, const json_t *field)
{
	json_object_set_new(choices, text_at(field, "field"),
	    json_string(takes_right(field) ? "survivor" : "merged"));
}

static unsigned
act_choose(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	turn(st->choices, here(s));
	return RELOAD;
}

/* The other record remains; what was right stays right. */
static unsigned
act_swap(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	int64_t left = st->left_id;
	const json_t *field;
	size_t i;

	json_array_foreach(st->fields, i, field)
		if (!truth_at(field, "fixed"))
			turn(st->choices, field);
	st->left_id = st->right_id;
	st->right_id = left;
	return RELOAD;
}

static unsigned act_propose(void *on);

static unsigned
propose(void *on, const char *reason)
{
	struct screen *s = on;
	struct state *st = s->state;
	enum status status = ask(s, NULL, "merge.propose", "{s:I, s:I, s:O, s:s}", "id",
	    (json_int_t)st->left_id, "with", (json_int_t)st->right_id, "choices", st->choices,
	    "reason", reason);

	if (wants_reason(s, status))
		return act_propose(s);
	if (status != ST_OK)
		return then_reload(status);
	say(s, TONE_DONE, _("Proposed. Both stay as they are until somebody else approves it."));
	return CLOSE;
}

static unsigned
act_propose(void *on)
{
	return ask_line(on, _("What shows that both are one person?"), "", propose);
}

static unsigned
different(void *on, const char *reason)
{
	const struct state *st = ((const struct screen *)on)->state;

	return tell_apart(on, st->left_id, st->right_id, reason, different, CLOSE);
}

static unsigned
act_different(void *on)
{
	return ask_apart(on, different);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = _("One person, two records?");
	h->load = *st->why ? st->why : _("Nothing but a clerk says that these are one person.");
}

static int
foot(const struct screen *s, struct area body)
{
	(void)s;
	return list_foot(body, _("Lists of both are read together; where only one value is right, "
	    "choose it."));
}

static const char *const topics[] = { "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "Space Enter", .label = N_("Left or right"), .act = act_choose, .can = can_choose,
	  .help = N_("which of the two values is right") },
	{ .keys = "x", .label = N_("Swap"), .act = act_swap,
	  .help = N_("the other record is the one that remains") },
	{ .keys = "d", .label = N_("Two people"), .act = act_different,
	  .help = N_("say that these are two people, with a reason") },
	{ .keys = "F10 ^S", .label = N_("Propose the link"), .act = act_propose,
	  .help = N_("propose to link them; somebody else approves") },
	{ 0 }
};

const struct screen_class screen_compare = {
	.name = "compare",
	.title = N_("One person, two records?"),
	.about = N_("Two records side by side. Choose the right value of each field, then propose "
	            "the link; or say that they are two people."),
	.needs = "merge.propose",
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_compare,
	.load = load,
	.head = head,
	.done = done,
};
