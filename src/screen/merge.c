/*
 * merge.c - layer 3: a link between two records: what it chooses, who
 * proposed it, what came in since.  Approved by somebody else, refused, or
 * parted again.  Opened from duplicates.c and from a person.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;      /* what came in since; marked: goes to the other record */
	const json_t *merge;
};

static const struct column columns[] = {
	{ N_("Came in since"), 14, LEFT, 0 },
	{ N_("What"), 0, LEFT, 0 },
};

/* Kinds of rows as the engine names them. */
static const struct {
	const char *kind, *label;
} kinds[] = {
	{ "case", N_("Case") }, { "visit", N_("Visit") }, { "name", N_("Name") },
	{ "identifier", N_("Number") }, { "contact", N_("Contact") },
	{ "address", N_("Address") }, { "language", N_("Language") },
	{ "document", N_("Paper") }, { "term", N_("Term") }, { "member", N_("Household") },
};

static size_t
kind_of(const json_t *row)
{
	size_t i = 0;

	while (i < COUNT_OF(kinds) && strcmp(kinds[i].kind, text_at(row, "kind")) != 0)
		i++;
	return i;
}

static const char *
kind_label(const json_t *row)
{
	return kind_of(row) < COUNT_OF(kinds) ? _(kinds[kind_of(row)].label) : text_at(row, "kind");
}

/* Rows of a kind have numbers of their own: a mark stays on its row, whatever comes
 * in before it. */
static int64_t
id_of(const json_t *row)
{
	return number_at(row, "id") * (int64_t)(COUNT_OF(kinds) + 1) + (int64_t)kind_of(row);
}

static void
open_merge(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->table, s->mem, columns, COUNT_OF(columns),
	    N_("Nothing came in since the link."));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *row;
	size_t i;

	TRY(ask(s, &result, "merge.show", "{s:I}", "id", (json_int_t)number_at(s->args, "id")));
	st->merge = at(result, "merge");
	table_begin(&st->table, s->page);
	json_array_foreach(at(st->merge, "later"), i, row)
		table_add(&st->table, id_of(row), STYLE_PLAIN,
		    (const char *[]){ kind_label(row), text_at(row, "text") });
	table_end(&st->table);
	return ST_OK;
}

/* ---- acting ---- */

static enum status
settle(struct screen *s, const char *command, const char *reason, json_t *assign)
{
	const struct state *st = s->state;

	return ask(s, NULL, command, "{s:I, s:s*, s:o*, s:s*}", "id",
	    (json_int_t)number_at(st->merge, "id"), "reason", reason, "assign", assign,
	    "seen", strcmp(command, "merge.approve") == 0 ? text_at(st->merge, "seen") : NULL);
}

static unsigned
act_approve(void *on)
{
	enum status status = settle(on, "merge.approve", NULL, NULL);

	if (status == ST_OK)
		say(on, TONE_DONE, _("Linked: both are read as one person. z parts them again."));
	return then_reload(status);
}

static unsigned act_refuse(void *on);

static unsigned
refuse(void *on, const char *reason)
{
	enum status status = settle(on, "merge.refuse", *reason ? reason : NULL, NULL);

	if (wants_reason(on, status))
		return act_refuse(on);
	if (status == ST_OK)
		say(on, TONE_DONE, _("Refused: both records stay as they are."));
	return then_reload(status);
}

static unsigned
act_refuse(void *on)
{
	return ask_line(on, _("Why are they not linked?"), "", refuse);
}

/* The marked rows by kind, as merge.undo takes them. */
static json_t *
marked_rows(const struct screen *s)
{
	const struct state *st = s->state;
	json_t *assign = json_object();
	const json_t *row;
	size_t i;

	json_array_foreach(at(st->merge, "later"), i, row) {
		const char *kind = text_at(row, "kind");

		if (!table_is_marked(&st->table, id_of(row)))
			continue;
		if (!json_object_get(assign, kind))
			json_object_set_new(assign, kind, json_array());
		json_array_append_new(json_object_get(assign, kind),
		    json_integer(number_at(row, "id")));
	}
	return assign;
}

static unsigned act_undo(void *on);

static unsigned
undo(void *on, const char *reason)
{
	struct screen *s = on;
	enum status status = settle(s, "merge.undo", *reason ? reason : NULL, marked_rows(s));

	if (wants_reason(s, status))
		return act_undo(s);
	if (status == ST_OK)
		say(s, TONE_DONE, _("Parted: both records stand for themselves again."));
	return then_reload(status);
}

static unsigned
act_undo(void *on)
{
	return ask_line(on, _("What shows that these are two people?"), "", undo);
}

static unsigned
act_survivor(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return screen_open(s, "person", json_pack("{s:I}", "id",
	    (json_int_t)number_at(st->merge, "survivor.id")));
}

static bool
can_approve(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return offers(st->merge, "merge.approve");
}

static bool
can_refuse(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return offers(st->merge, "merge.refuse");
}

static bool
can_undo(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return offers(st->merge, "merge.undo");
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("%s and %s"), text_at(st->merge, "survivor.name"),
	    text_at(st->merge, "merged.name"));
	h->load = arena_printf(frame_mem(), _("%s · proposed by %s %s: %s"),
	    text_at(st->merge, "state_label"), text_at(st->merge, "proposed_by"),
	    say_instant(frame_mem(), text_at(st->merge, "proposed")), text_at(st->merge, "reason"));
}

static int
draw_field(const json_t *field, int row, int cols)
{
	bool merged = strcmp(text_at(field, "choice"), "merged") == 0;
	const char *left = text_at(field, "survivor"), *right = text_at(field, "merged");
	int half = (cols - 24) / 2;

	draw_text(row, 3, 19, STYLE_PLAIN, text_at(field, "label"));
	draw_format(row, 23, half - 1, merged ? STYLE_PLAIN : STYLE_STRONG, "%s %s",
	    merged ? " " : "✓", *left ? left : "–");
	draw_format(row, 23 + half, half - 1, merged ? STYLE_STRONG : STYLE_PLAIN, "%s %s",
	    merged ? "✓" : " ", *right ? right : "–");
	return row + 1;
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const json_t *field;
	int row = body.row;
	size_t i;

	json_array_foreach(at(st->merge, "fields"), i, field)
		row = draw_field(field, row, body.cols);
	row++;
	if (can_undo(s))
		draw_text(row++, 3, body.cols - 4, STYLE_PLAIN,
		    _("Mark what belongs to the other record before you part them."));
	body.rows -= row - body.row;
	body.row = row;
	if (can_undo(s))
		table_draw(&st->table, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	/* before that it is not seen */
	return (struct focus){ .table = can_undo(s) ? &st->table : NULL, .marks = can_undo(s) };
}

static const char *const topics[] = { "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "a F2 y", .label = N_("Approve"), .act = act_approve, .can = can_approve,
	  .help = N_("link the two records, as proposed") },
	{ .keys = "b F8", .label = N_("Refuse"), .act = act_refuse, .can = can_refuse,
	  .help = N_("leave both as they are, with a reason") },
	{ .keys = "z", .label = N_("Part again"), .act = act_undo, .can = can_undo,
	  .help = N_("part them; what is marked goes to the other record") },
	{ .keys = "Enter", .label = N_("Person"), .act = act_survivor,
	  .help = N_("the record that remains") },
	{ 0 }
};

const struct screen_class screen_merge = {
	.name = "merge",
	.title = N_("Link of two records"),
	.about = N_("Two records that somebody holds for one person: approve the link, refuse it, "
	            "or part them again."),
	.needs = "merge.show",
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.topics = topics,
	.open = open_merge,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
