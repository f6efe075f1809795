/*
 * person.c - layer 3: what the office knows of a person: the facts above, below
 * them cases and visits, the record row by row, or its history.  Opened by the
 * search and the counter.
 */
#include "person.h"

#include "desk.h"
#include "person_lines.h"

static void
open_person(struct screen *s, const json_t *args)
{
	struct person_screen *st = s->state;

	(void)args;
	table_init(&st->tables[VIEW_PAST], s->mem, past_columns, past_columns_n,
	    N_("No case that you may see, and no visit yet."));
	table_init(&st->tables[VIEW_RECORD], s->mem, record_columns, record_columns_n, "");
	table_init(&st->tables[VIEW_CHANGES], s->mem, change_columns, change_columns_n,
	    N_("No change that you may see."));
}

static enum status
load(struct screen *s)
{
	struct person_screen *st = s->state;
	const json_t *result, *changes = NULL;

	TRY(ask(s, &result, "person.show", "{s:I, s:s*}", "id", number_at(s->args, "id"),
	    "purpose", json_string_value(at(s->args, "purpose"))));
	if (st->view == VIEW_CHANGES)
		TRY(ask(s, &changes, "person.history", "{s:I, s:i}", "id",
		    number_at(s->args, "id"), "limit", 100));
	st->person = at(result, "person");
	list_past(s, &st->tables[VIEW_PAST], st->person);
	list_record(s, &st->tables[VIEW_RECORD], st->person);
	list_changes(s, &st->tables[VIEW_CHANGES], at(changes, "history"));
	return ST_OK;
}

/* ---- drawing ---- */

static const char *
sex_word(const char *sex)
{
	int known = state_by_name(&sexes, sex);

	return known < 0 ? "" : state_label(&sexes, known);
}

static void
head(const struct screen *s, struct head *h)
{
	const struct person_screen *st = s->state;
	const char *facts[] = {
		text_at(st->person, "nationality_label"), sex_word(text_at(st->person, "sex")),
		text_at(st->person, "language_label"),
	};
	const char *born = text_at(st->person, "born");

	h->left = person_title(frame_mem(), st->person);
	h->load = *born ? arena_printf(frame_mem(), "*%s", born) : _("date of birth not known");
	for (size_t i = 0; i < COUNT_OF(facts); i++)
		if (*facts[i])
			h->load = arena_printf(frame_mem(), "%s   %s", h->load, facts[i]);
}

/* The facts take no more than half of the room: the list must be seen.  Beside
 * the record itself only those stand that nobody may overlook. */
static void
draw(const struct screen *s, struct area body)
{
	const struct person_screen *st = s->state;
	int row = body.row, last = body.row + body.rows / 2;

	for (size_t i = 0; i < person_facts_n && row < last; i++) {
		const struct fact *f = &person_facts[i];
		const char *value = f->say(frame_mem(), st->person);

		if (!*value || (st->view != VIEW_PAST && f->style == STYLE_PLAIN))
			continue;
		draw_text(row, 1, 18, f->style == STYLE_PLAIN ? STYLE_QUIET : f->style,
		    _(f->label));
		draw_text(row++, 20, body.cols - 21, f->style, value);
	}
	row += row > body.row;
	table_draw(&st->tables[st->view], (struct area){ row, body.col,
	    body.row + body.rows - row, body.cols }, TABLE_HERE);
}

static json_t *
subject(const struct screen *s)
{
	const struct person_screen *st = s->state;

	return json_pack("{s:I}", "person", (json_int_t)number_at(st->person, "id"));
}

static struct focus
focus(struct screen *s)
{
	struct person_screen *st = s->state;

	return (struct focus){ .table = &st->tables[st->view] };
}

/* ---- views ---- */

static unsigned
look(struct screen *s, enum view view)
{
	struct person_screen *st = s->state;

	st->view = view;
	return view == VIEW_CHANGES ? RELOAD : DRAW;
}

static unsigned
act_past(void *on)
{
	return look(on, VIEW_PAST);
}

static unsigned
act_record(void *on)
{
	return look(on, VIEW_RECORD);
}

static unsigned
act_changes(void *on)
{
	return look(on, VIEW_CHANGES);
}

static enum view
view_of(const void *on)
{
	const struct screen *s = on;

	return ((const struct person_screen *)s->state)->view;
}

static bool
is_not_past(const void *on)
{
	return view_of(on) != VIEW_PAST;
}

static bool
is_not_record(const void *on)
{
	return view_of(on) != VIEW_RECORD;
}

static bool
is_not_changes(const void *on)
{
	return view_of(on) != VIEW_CHANGES;
}

/* ---- keys ---- */

static bool
is_case(const void *on)
{
	const struct screen *s = on;
	const struct person_screen *st = s->state;

	return st->view == VIEW_PAST && past_case(&st->tables[VIEW_PAST]) &&
	    screen_class_by_name("case");
}

static const char *
why_no_case(const void *on)
{
	const struct screen *s = on;
	const struct person_screen *st = s->state;

	switch (st->view) {
	case VIEW_PAST:
		return st->tables[VIEW_PAST].n_rows ? _("no case belongs to this visit") : NULL;
	case VIEW_RECORD:
		return _("this is the record; c shows the cases");
	default:
		return _("this is the history; c shows the cases");
	}
}

static unsigned
act_open(void *on)
{
	struct screen *s = on;
	struct person_screen *st = s->state;

	return screen_open(s, "case", json_pack("{s:I}", "id",
	    (json_int_t)past_case(&st->tables[VIEW_PAST])));
}

static bool
is_row(const void *on)
{
	const struct screen *s = on;
	const struct person_screen *st = s->state;

	return st->view == VIEW_RECORD && table_at(&st->tables[VIEW_RECORD]);
}

/* The main name goes with the person: it is changed, never taken away. */
static bool
is_own_row(const void *on)
{
	const struct screen *s = on;
	const struct person_screen *st = s->state;
	enum part part;
	int64_t row;

	return is_row(on) && record_row(&st->tables[VIEW_RECORD], &part, &row) && row;
}

static bool
is_locked(const void *on)
{
	const struct screen *s = on;

	return truth_at(((const struct person_screen *)s->state)->person, "locked");
}

static bool
is_unlocked(const void *on)
{
	return !is_locked(on);
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open case"), .act = act_open, .can = is_case,
	  .why = why_no_case,
	  .help = N_("open the case under the cursor") },
	{ .keys = "Enter", .label = N_("Change row"), .act = person_change_row, .can = is_row,
	  .command = "person.edit", .help = N_("change or end the row under the cursor") },
	{ .keys = "F4 e", .label = N_("Change"), .act = person_edit, .command = "person.edit",
	  .help = N_("change what is known of this person") },
	{ .keys = "F5 h", .label = N_("Household"), .act = person_household,
	  .command = "household.show", .help = N_("who lives with this person, and where") },
	{ .keys = "F7 d", .act = person_terms, .command = "person.terms",
	  .help = N_("titles and periods of the person: record a new one, mend, end") },
	{ .keys = "F6 t", .label = N_("Ticket"), .act = person_ticket, .command = "visit.new",
	  .help = N_("draw a ticket for this person") },
	{ .keys = "Ins a", .label = N_("Add"), .act = person_add, .command = "person.edit",
	  .help = N_("add a name, number, contact, address, language, paper or parent") },
	{ .keys = "r", .label = N_("Record"), .act = act_record, .can = is_not_record,
	  .help = N_("show everything the record holds, row by row") },
	{ .keys = "c", .label = N_("Cases"), .act = act_past, .can = is_not_past,
	  .help = N_("show cases and visits") },
	{ .keys = "v", .label = N_("History"), .act = act_changes, .can = is_not_changes,
	  .help = N_("show who changed what, when and why") },
	{ .keys = "p", .label = N_("Proposals"), .act = person_proposals,
	  .help = N_("show changes that were proposed") },
	{ .keys = "Del", .label = N_("Wrong row"), .act = person_drop, .can = is_own_row,
	  .command = "person.drop", .help = N_("take away a row that was never right") },
	{ .keys = "l", .label = N_("Lock"), .act = person_lock, .can = is_unlocked,
	  .command = "person.lock", .help = N_("lock the person against disclosure") },
	{ .keys = "l", .label = N_("Unlock"), .act = person_unlock, .can = is_locked,
	  .command = "person.unlock", .help = N_("end the lock against disclosure") },
	{ .keys = "m", .label = N_("Twice?"), .act = person_doubles, .command = "person.duplicates",
	  .help = N_("other records that may be this person, and links with them") },
	{ .keys = "o", .label = N_("Told"), .act = person_disclosed, .command = "disclosure.list",
	  .help = N_("what a closed unit has told yours of this person, or yours others") },
	{ .keys = "i", .label = N_("Ask"), .act = person_ask, .command = "disclosure.ask",
	  .help = N_("ask a unit that is bound to secrecy about this person") },
	{ .keys = "x", .label = N_("Export"), .act = person_export, .command = "person.export",
	  .help = N_("write all of it as a text file in tresen-slips, in your home") },
	{ 0 }
};

static const char *const topics[] = { "person", "case", "visit", NULL };

const struct screen_class screen_person = {
	.name = "person",
	.title = N_("Person"),
	.about = N_("A person with their cases and visits, as far as you may see them."),
	.state_size = sizeof(struct person_screen),
	.bindings = bindings,
	.topics = topics,
	.asks = "person",
	.open = open_person,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
	.subject = subject,
};
