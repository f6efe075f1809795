/*
 * deputies.c - layer 3: who acts for whom while they are away.  Opened from
 * the menu and from the list of staff; supervisors name stand-ins for others.
 */
#include <string.h>

#include "desk.h"

struct state {
	struct table table;
	const char *absent, *deputy, *from, *until; /* of the one being named */
};

static const struct column columns[] = {
	{ N_("Away"), 16, LEFT, 0 },
	{ N_("Stand-in"), 16, LEFT, 0 },
	{ N_("From"), 12, LEFT, 0 },
	{ N_("Until"), 12, LEFT, 0 },
	{ N_("Reason"), 0, LEFT, 0 },
	{ N_("Unit"), 20, LEFT, 100 },
	{ N_("Named by"), 14, LEFT, 120 },
};

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *answer, *row;
	size_t i;

	TRY(ask(s, &answer, "staff.delegations", NULL));
	s->rows = at(answer, "delegations");
	table_begin(&st->table, s->page);
	json_array_foreach(s->rows, i, row)
		table_add(&st->table, number_at(row, "id"),
		    truth_at(row, "holds") ? STYLE_PLAIN : STYLE_QUIET, (const char *[]){
			text_at(row, "absent_name"), text_at(row, "deputy_name"),
			say_day(s->page, text_at(row, "from")),
			say_date(s->page, text_at(row, "until")), text_at(row, "reason"),
			text_at(row, "unit_label"), text_at(row, "made_by") });
	table_end(&st->table);
	return ST_OK;
}

/* ---- naming one: who is away, who acts, from when, until when, why ---- */

static unsigned
reason(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;
	bool own = strcmp(st->absent, text_at(me(s), "login")) == 0;
	enum status status = ask(s, NULL, "staff.delegate", "{s:s, s:s, s:s, s:s*, s:s*}", "to",
	    st->deputy, "until", st->until, "reason", text, "from", *st->from ? st->from : NULL,
	    "for", own ? NULL : st->absent);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Both are told. It ends by itself; x takes it back before."));
	else if (strcmp(text_at(last_reply(s)->data, "field"), "reason") == 0)
		return ask_line(s, _("Why (holiday, sickness)?"), text, reason);
	return then_reload(status);
}

#define FIRST_DAY _("First day (empty: today):")
#define LAST_DAY _("Last day of the absence (+14, 3.12.):")

static unsigned
until(void *on, const char *typed)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->until = typed_day(s, typed, FORM_END, LAST_DAY, until);
	if (!st->until)
		return DRAW;
	if (!*st->until)
		return ask_line(s, LAST_DAY, "", until);
	return ask_line(s, _("Why (holiday, sickness)?"), "", reason);
}

static unsigned
from(void *on, const char *typed)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->from = typed_day(s, typed, FORM_END, FIRST_DAY, from);
	return st->from ? ask_line(s, LAST_DAY, "", until) : DRAW;
}

static unsigned
picked_deputy(struct screen *s, const char *login)
{
	struct state *st = s->state;

	st->deputy = arena_strdup(s->mem, login);
	return ask_line(s, FIRST_DAY, "", from);
}

/* All accounts, as of now; NULL after a failure that is said. */
static const json_t *
all_staff(struct screen *s)
{
	const json_t *answer;

	return ask(s, &answer, "staff.list", NULL) == ST_OK ? at(answer, "staff") : NULL;
}

static const json_t *
colleague(const json_t *staff, const char *login)
{
	const json_t *row;
	size_t i;

	json_array_foreach(staff, i, row)
		if (strcmp(text_at(row, "login"), login) == 0)
			return row;
	return NULL;
}

static bool
could_stand_in(const json_t *row, const json_t *absent)
{
	return strcmp(text_at(row, "unit"), text_at(absent, "unit")) == 0 &&
	    strcmp(text_at(row, "role"), text_at(absent, "role")) == 0 &&
	    strcmp(text_at(row, "login"), text_at(absent, "login")) != 0;
}

static unsigned
picked_absent(struct screen *s, const char *login)
{
	struct state *st = s->state;
	const json_t *staff = all_staff(s), *absent = colleague(staff, login), *row;
	struct pick_item *items = arena_array(s->page, struct pick_item, json_array_size(staff) + 1);
	size_t i, n = 0;

	if (!absent)
		return DRAW;
	st->absent = arena_strdup(s->mem, login);
	json_array_foreach(staff, i, row)
		if (could_stand_in(row, absent))
			items[n++] = (struct pick_item){ text_at(row, "login"),
				text_at(row, "name"), text_at(row, "site_label") };
	if (n > 0)
		return pick(s, _("Who does the work meanwhile?"), items, n, picked_deputy);
	say(s, TONE_WARNING, _("Nobody else works in %s as %s. A supervisor can assign the cases "
	    "instead."), text_at(absent, "unit_label"), text_at(absent, "role_label"));
	return DRAW;
}

/* Those who have work that somebody could do, as far as a supervisor may say. */
static bool
could_be_away(const struct screen *s, const json_t *row)
{
	static const char *const roles[] = { "counter", "clerk", "supervisor" };
	const json_t *unit = catalogue_find(s, "units", text_at(row, "unit"));

	if (truth_at(unit, "closed") && strcmp(text_at(row, "unit"), text_at(me(s), "unit")) != 0)
		return false;
	for (size_t i = 0; i < COUNT_OF(roles); i++)
		if (strcmp(roles[i], text_at(row, "role")) == 0)
			return true;
	return false;
}

static unsigned
act_new(void *on)
{
	struct screen *s = on;
	struct pick_item *items;
	const json_t *staff, *row;
	size_t i, n = 0;

	if (!has_role(s, "supervisor"))
		return picked_absent(s, text_at(me(s), "login"));
	staff = all_staff(s);
	items = arena_array(s->page, struct pick_item, json_array_size(staff) + 1);
	json_array_foreach(staff, i, row)
		if (could_be_away(s, row))
			items[n++] = (struct pick_item){ text_at(row, "login"),
				text_at(row, "name"), text_at(row, "unit_label") };
	return n > 0 ? pick(s, _("Who is away?"), items, n, picked_absent) : DRAW;
}

/* ---- taking back ---- */

static bool
can_end(const void *on)
{
	return json_array_size(at(list_here(on), "may")) > 0;
}

static const char *
why_not_end(const void *on)
{
	const json_t *row = list_here(on);

	return row ? arena_printf(frame_mem(), _("%s or a supervisor does this"),
	    text_at(row, "absent_name")) : NULL;
}

static unsigned
act_end(void *on)
{
	struct screen *s = on;
	const char *absent = arena_strdup(s->mem, text_at(list_here(s), "absent_name"));
	enum status status = ask(s, NULL, "staff.undelegate", "{s:I}", "id",
	    (json_int_t)number_at(list_here(s), "id"));

	if (status == ST_OK)
		say(s, TONE_DONE, _("Over: nobody acts for %s by this any more."), absent);
	return then_reload(status);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    text_at(me(s), "unit_label"));
	h->load = _("A stand-in does the work of the absent; it lends no role, and ends by itself.");
}

static const char *const topics[] = { "staff", NULL };

static const struct binding bindings[] = {
	{ .keys = "n F2", .label = N_("Name one"), .act = act_new, .command = "staff.delegate",
	  .help = N_("name who does your work while you are away; supervisors for anybody") },
	{ .keys = "x F8", .label = N_("Take back"), .act = act_end, .can = can_end,
	  .why = why_not_end, .command = "staff.undelegate",
	  .help = N_("back before the day: the stand-in ends now") },
	{ 0 }
};

const struct screen_class screen_deputies = {
	.name = "deputies",
	.title = N_("Stand-ins"),
	.about = N_("Who does whose work while they are away. The stand-in sees the cases of the "
	            "absent under \"mine\" and acts on them; the file names both."),
	.needs = "staff.delegations",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nobody is away, as far as you may see. n names somebody who does your "
	        "work while you are.") },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
};
