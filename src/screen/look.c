/*
 * look.c - layer 3: one look at a person's file, with all that is kept of it.
 * Opened by looks.c with the row as arguments.
 */
#include "desk.h"

struct state {
	struct table table;
};

static const struct column columns[] = {
	{ "", 22, LEFT, 0 },
	{ "", 0, LEFT, 0 },
};

static void
fact(struct screen *s, const char *label, const char *value)
{
	struct state *st = s->state;

	if (*value)
		table_add(&st->table, (int64_t)st->table.n_rows + 1, STYLE_PLAIN,
		    (const char *[]){ label, value });
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *row = s->args, *sign;
	struct arena *a = s->page;
	char hhmm[6], day[11];
	int64_t when = 0;
	size_t i;

	instant_parse(text_at(row, "at"), &when);
	table_begin(&st->table, a);
	fact(s, _("When"), arena_printf(a, "%s %s", say_date(a, day_iso(clock_day(when), day)),
	    clock_hhmm(when, hhmm)));
	fact(s, _("Who"), arena_printf(a, "%s (%s)", text_at(row, "staff.name"),
	    text_at(row, "staff.login")));
	fact(s, _("Role"), text_at(row, "staff.role_label"));
	fact(s, _("Unit"), text_at(row, "staff.unit_label"));
	fact(s, _("Person"), arena_printf(a, "%s %s", text_at(row, "person.name"),
	    text_at(row, "person.born")));
	fact(s, _("What"), text_at(row, "kind_label"));
	fact(s, _("Purpose"), text_at(row, "purpose_label"));
	json_array_foreach(at(row, "signs"), i, sign)
		fact(s, i == 0 ? _("Unusual") : "", text_at(sign, "label"));
	if (*text_at(row, "command"))
		fact(s, _("Command"), arena_printf(a, "%s: %s", text_at(row, "command"),
		    text_at(row, "what")));
	fact(s, _("Program"), text_at(row, "terminal"));
	fact(s, _("Event"), arena_printf(a, "%lld", (long long)number_at(row, "event")));
	table_end(&st->table);
	return ST_OK;
}

static unsigned
act_reader(void *on)
{
	struct screen *s = on;

	return screen_open(s, "looks", json_pack("{s:s, s:s}", "staff",
	    text_at(s->args, "staff.login"), "who", text_at(s->args, "staff.name")));
}

static unsigned
act_person(void *on)
{
	struct screen *s = on;

	return screen_open(s, "looks", json_pack("{s:I, s:s}", "id",
	    (json_int_t)number_at(s->args, "person.id"), "who",
	    text_at(s->args, "person.name")));
}

static const struct binding bindings[] = {
	{ .keys = "m F3", .label = N_("Staff"), .act = act_reader,
	  .help = N_("whom else they looked at") },
	{ .keys = "p F2", .label = N_("Person"), .act = act_person,
	  .help = N_("who else saw this person") },
	{ 0 }
};

const struct screen_class screen_look = {
	.name = "look",
	.title = N_("A look"),
	.about = N_("All that is kept of one look at a person's file."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns) },
	.bindings = bindings,
	.load = load,
};
