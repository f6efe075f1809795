/*
 * proposals.c - layer 3: changes of people's records that wait for the unit
 * that keeps the field: the list of what this clerk's unit decides, and of what
 * it proposed; of one person, all of them.  Opened from the menu and from a
 * person.
 */
#include "casework.h"

struct state {
	struct table table;
	struct listing listing;
	bool ours;               /* the box: what our unit proposed */
};

static const struct column columns[] = {
	{ N_("Person"), 22, LEFT, 0 },
	{ N_("Field"), 16, LEFT, 0 },
	{ N_("Is now"), 0, LEFT, 0 },
	{ N_("Should be"), 0, LEFT, 0 },
	{ N_("State"), 13, LEFT, 100 },
	{ N_("By"), 14, LEFT, 130 },
};

static void
add(struct screen *s, struct table *t, const json_t *row)
{
	const char *before = text_at(row, "before_label"), *value = text_at(row, "value_label");

	table_add(t, number_at(row, "id"), json_array_size(at(row, "may")) ? STYLE_PLAIN
	    : STYLE_QUIET, (const char *[]){
		say_person(s->page, at(row, "person")), text_at(row, "field_label"),
		*before ? before : "–", *value ? value : "–",
		text_at(row, "state_label"), text_at(row, "by") });
}

static void
open_proposals(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->listing = (struct listing){ .s = s, .table = &st->table, .add = add,
		.method = "person.proposals", .key = "proposals" };
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	json_int_t person = number_at(s->args, "id");

	return listing_load(&st->listing, person ? json_pack("{s:I}", "id", person)
	    : json_pack("{s:s}", "box", st->ours ? "out" : "in"));
}

/* ---- acting ---- */

static bool
can_decide(const void *on)
{
	return offers(list_here(on), "person.accept");
}

static bool
can_withdraw(const void *on)
{
	return offers(list_here(on), "person.withdraw");
}

static bool
is_list(const void *on)
{
	const struct screen *s = on;

	return number_at(s->args, "id") == 0;
}

static unsigned
act_open(void *on)
{
	return screen_open(on, "person", json_pack("{s:I}", "id",
	    (json_int_t)number_at(list_here(on), "person.id")));
}

static unsigned
settle(struct screen *s, const char *command, const char *said)
{
	enum status status = ask(s, NULL, command, "{s:I}", "id", (json_int_t)s->asked);

	if (status == ST_OK)
		say(s, TONE_DONE, "%s", said);
	return then_reload(status);
}

static unsigned
act_accept(void *on)
{
	return settle(on, "person.accept", _("Accepted: the record has it now."));
}

static unsigned
act_withdraw(void *on)
{
	return settle(on, "person.withdraw", _("Withdrawn."));
}

static unsigned
refuse(void *on, const char *reason)
{
	struct screen *s = on;
	enum status status = ask(s, NULL, "person.refuse", "{s:I, s:s}", "id",
	    (json_int_t)s->asked, "reason", reason);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Refused; who proposed it reads why."));
	return then_reload(status);
}

static unsigned
act_refuse(void *on)
{
	return ask_line(on, _("Why not?"), "", refuse);
}

static unsigned
act_box(void *on)
{
	struct state *st = ((struct screen *)on)->state;

	st->ours = !st->ours;
	return listing_turn(&st->listing);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = number_at(s->args, "id") ? _("Proposed changes of a person")
	    : st->ours ? _("What your unit has proposed") : _("Proposed to your unit");
	h->load = _("Nothing changes until the unit that keeps the field accepts.");
}

static int
foot(const struct screen *s, struct area body)
{
	const json_t *row = list_here(s);
	const char *answer = text_at(row, "answer"), *before = text_at(row, "before_label");
	const char *value = text_at(row, "value_label");

	if (!row)
		return 4;
	/* in full what the columns cut */
	draw_text(body.row + body.rows - 3, 1, body.cols - 2, STYLE_PLAIN,
	    arena_printf(frame_mem(), "%s: %s → %s", text_at(row, "field_label"),
	        *before ? before : "–", *value ? value : "–"));
	draw_text(body.row + body.rows - 2, 1, body.cols - 2, STYLE_PLAIN,
	    arena_printf(frame_mem(), "%s, %s, %s: %s", text_at(row, "by"),
	        text_at(row, "unit_label"), say_instant(frame_mem(), text_at(row, "at")),
	        text_at(row, "reason")));
	if (*answer)
		draw_text(body.row + body.rows - 1, 1, body.cols - 2, STYLE_PLAIN,
		    arena_printf(frame_mem(), "%s, %s: %s", text_at(row, "settled_by"),
		        text_at(row, "state_label"), answer));
	return 4;
}

static const struct binding bindings[] = {
	{ .keys = "F2 y", .label = N_("Accept"), .act = act_accept, .can = can_decide,
	  .help = N_("take the proposed value over into the record") },
	{ .keys = "F8 n b", .label = N_("Refuse"), .act = act_refuse, .can = can_decide,
	  .help = N_("leave the record as it is, with a reason") },
	{ .keys = "w z", .label = N_("Withdraw"), .act = act_withdraw, .can = can_withdraw,
	  .help = N_("take your unit's proposal back") },
	{ .keys = "Enter", .label = N_("Person"), .act = act_open, .can = list_has,
	  .help = N_("open the person of the proposal") },
	{ .keys = "Tab", .label = N_("Other box"), .act = act_box, .can = is_list,
	  .help = N_("what your unit decides, or what it has proposed") },
	{ 0 }
};

static const char *const topics[] = { "person", NULL };

const struct screen_class screen_proposals = {
	.name = "proposals",
	.title = N_("Proposed changes"),
	.about = N_("Changes of people's records that wait for the unit that keeps the field."),
	.needs = "person.proposals",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing is proposed here."), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_proposals,
	.load = load,
	.head = head,
};
