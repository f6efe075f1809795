/*
 * terms.c - layer 3: what of a person ends by itself: titles, permissions,
 * periods of benefits; recorded, mended and ended here.  Opened by the radar,
 * the person and the case.  Must never show what the engine did not send.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;
	const json_t *answer;    /* of person.terms */
	int64_t row;             /* that is being mended; 0: a new one */
	const char *kind, *status; /* of the one being recorded; status "": none */
};

static const struct column columns[] = {
	{ N_("What"), 21, LEFT, 0 },
	{ N_("Status"), 0, LEFT, 0 },
	{ N_("From"), 12, LEFT, 92 },
	{ N_("Until"), 12, LEFT, 0 },
	{ N_("Ends"), 22, LEFT, 0 },
	{ N_("Read from"), 0, LEFT, 124 },
};

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *answer, *row;
	size_t i;

	TRY(ask(s, &answer, "person.terms", "{s:O}", "id", json_object_get(s->args, "id")));
	st->answer = answer;
	s->rows = at(answer, "terms");
	table_begin(&st->table, s->page);
	json_array_foreach(s->rows, i, row) {
		bool over = *text_at(row, "ended") != '\0';

		table_add(&st->table, number_at(row, "row"), over ? STYLE_QUIET : STYLE_PLAIN,
		    (const char *[]){ text_at(row, "kind_label"), text_at(row, "status_label"),
		    say_date(s->page, text_at(row, "from")),
		    say_date(s->page, text_at(row, "ends")), text_at(row, "why"),
		    text_at(row, "source") });
	}
	table_end(&st->table);
	return ST_OK;
}

/* ---- recording: which, what, until when ---- */

static unsigned
save(struct screen *s, const char *ends)
{
	struct state *st = s->state;
	json_t *params = json_pack("{s:O, s:s*, s:s*, s:s*}", "id",
	    json_object_get(s->args, "id"), "kind", st->row ? NULL : st->kind, "ends",
	    *ends ? ends : NULL, "status", st->status);
	enum status status;

	if (st->row)
		json_object_set_new(params, "row", json_integer(st->row));
	status = ask_with(s, NULL, "person.term", params);
	if (status == ST_OK)
		say(s, TONE_DONE, st->row ? _("Mended.")
		    : _("Recorded; what it replaces is over."));
	return then_reload(status);
}

static const char *
until_when(const struct state *st)
{
	return st->row ? _("Until (+90, 3.12.2027; empty: as it is):")
	               : _("Until (+90, 3.12.2027; empty: no end):");
}

static unsigned
until(void *on, const char *typed)
{
	struct screen *s = on;
	const char *ends = typed_day(s, typed, FORM_END, until_when(s->state), until);

	return ends ? save(s, ends) : DRAW;
}

static unsigned
picked_status(struct screen *s, const char *code)
{
	struct state *st = s->state;

	st->status = strcmp(code, "-") == 0 ? NULL : arena_strdup(s->mem, code);
	return ask_line(s, until_when(st), "", until);
}

/* Which status it is, where it is one: a period of benefits has none. */
static unsigned
picked_kind(struct screen *s, const char *code)
{
	struct state *st = s->state;
	struct pick_item *statuses, *items;
	size_t n = catalogue_items(s, "statuses", "code", &statuses);

	st->kind = arena_strdup(s->mem, code);
	st->status = NULL;
	items = arena_array(s->page, struct pick_item, n + 1);
	items[0] = (struct pick_item){ "-", _("not stated"), NULL };
	memcpy(items + 1, statuses, n * sizeof(*items));
	return pick(s, _("Which status?"), items, n + 1, picked_status);
}

static bool
can_record(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return json_array_size(at(st->answer, "kinds")) > 0;
}

static const char *
why_not_record(const void *on)
{
	(void)on;
	return _("your unit records no terms");
}

static unsigned
act_new(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const json_t *kinds = at(st->answer, "kinds"), *kind;
	struct pick_item *items = arena_array(s->page, struct pick_item,
	    json_array_size(kinds) + 1);
	size_t i;

	st->row = 0;
	json_array_foreach(kinds, i, kind)
		items[i] = (struct pick_item){ text_at(kind, "kind"), text_at(kind, "label"),
			NULL };
	if (json_array_size(kinds) == 1)
		return picked_kind(s, items[0].code);
	return pick(s, _("What is recorded?"), items, json_array_size(kinds), picked_kind);
}

/* ---- mending, ending ---- */

/* Does it hold, and may this unit record its kind? */
static bool
is_ours(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;
	const json_t *row = list_here(on), *kind;
	size_t i;

	json_array_foreach(at(st->answer, "kinds"), i, kind)
		if (row && !*text_at(row, "ended") &&
		    strcmp(text_at(kind, "kind"), text_at(row, "kind")) == 0)
			return true;
	return false;
}

static const char *
why_not_ours(const void *on)
{
	const json_t *row = list_here(on);

	if (!row)
		return NULL;
	return *text_at(row, "ended") ? _("it is over") : _("another unit records this");
}

static unsigned
act_mend(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->row = number_at(list_here(s), "row");
	st->status = NULL;
	return ask_line(s, until_when(st), text_at(list_here(s), "ends"), until);
}

static unsigned
act_over(void *on)
{
	struct screen *s = on;
	enum status status = ask(s, NULL, "person.term_end", "{s:O, s:I}", "id",
	    json_object_get(s->args, "id"), "row", (json_int_t)number_at(list_here(s), "row"));

	if (status == ST_OK)
		say(s, TONE_DONE, _("Over from today on. Was that wrong? n records it again."));
	return then_reload(status);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const char *born = text_at(st->answer, "person.born");

	h->left = arena_printf(frame_mem(), "%s · %s%s%s", text_at(st->answer, "person.name"),
	    _(s->class->title), *born ? " *" : "", born);
	h->load = _("What holds stands first; what was replaced or withdrawn below.");
}

static const char *const topics[] = { "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "n F2", .label = N_("New"), .act = act_new, .can = can_record,
	  .why = why_not_record, .command = "person.term",
	  .help = N_("record a new title, permission or period; what it replaces is over") },
	{ .keys = "Enter e F4", .label = N_("Mend"), .act = act_mend, .can = is_ours,
	  .why = why_not_ours, .command = "person.term",
	  .help = N_("mend the last day of the one under the cursor") },
	{ .keys = "x F8", .label = N_("Over"), .act = act_over, .can = is_ours,
	  .why = why_not_ours, .command = "person.term_end",
	  .help = N_("it is over: withdrawn or given back") },
	{ 0 }
};

const struct screen_class screen_terms = {
	.name = "terms",
	.title = N_("Terms"),
	.about = N_("What of a person ends by itself, with its last day. The radar watches these."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("No title and no period is recorded here, as far as you may see. n "
	        "records one.") },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
};
