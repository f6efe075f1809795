/*
 * staff.c - layer 3: who works here, as what, and who is away.  To be read
 * only: accounts are made by tresen-admin.  Opened from the menu.
 */
#include <string.h>

#include "desk.h"

struct state {
	struct table table;
};

static const struct column columns[] = {
	{ N_("Login"), 9, LEFT, 0 },
	{ N_("Name"), 13, LEFT, 0 },
	{ N_("Role"), 25, LEFT, 0 },
	{ N_("Works in"), 0, LEFT, 0 },
	{ N_("Site"), 22, LEFT, 110 },
	{ N_("Away"), 28, LEFT, 130 },
};

/* "until 27 Nov 2026: Roth"; "" for who is here. */
static const char *
away(struct screen *s, const json_t *delegations, const char *login)
{
	const json_t *row;
	size_t i;

	json_array_foreach(delegations, i, row)
		if (truth_at(row, "holds") && strcmp(text_at(row, "absent"), login) == 0)
			return arena_printf(s->page, _("until %s: %s"),
			    say_date(s->page, text_at(row, "until")), text_at(row, "deputy_name"));
	return "";
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *answer, *delegations, *person;
	size_t i;

	TRY(ask(s, &delegations, "staff.delegations", NULL));
	TRY(ask(s, &answer, "staff.list", NULL));
	table_begin(&st->table, s->page);
	json_array_foreach(at(answer, "staff"), i, person)
		table_add(&st->table, number_at(person, "id"), STYLE_PLAIN, (const char *[]){
			text_at(person, "login"), text_at(person, "name"),
			text_at(person, "role_label"), text_at(person, "unit_label"),
			text_at(person, "site_label"),
			away(s, at(delegations, "delegations"), text_at(person, "login")) });
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = _(s->class->title);
	h->load = arena_printf(frame_mem(), _("Accounts: %d. What a role may do stands in "
	    "tresen-rights(7)."), (int)st->table.n_rows);
}

/* What the row has no room for. */
static int
foot(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const struct table *t = &st->table;
	const char *const *cells = t->n_rows ? t->rows[t->cursor].cells : NULL;

	if (cells)
		draw_format(body.row + body.rows - 1, 1, body.cols - 2, STYLE_QUIET, "%s · %s%s%s",
		    cells[1], cells[4], *cells[5] ? " · " : "", cells[5]);
	return 2;
}

static unsigned
act_deputies(void *on)
{
	return screen_open(on, "deputies", NULL);
}

static const char *const topics[] = { "staff", NULL };

static const struct binding bindings[] = {
	{ .keys = "d F2", .label = N_("Stand-ins"), .act = act_deputies,
	  .command = "staff.delegations", .help = N_("who acts for whom while they are away") },
	{ 0 }
};

const struct screen_class screen_staff = {
	.name = "staff",
	.title = N_("Who works here"),
	.about = N_("All accounts with their role, unit and site, and who is away. To be read only: "
	            "the administrator makes and changes accounts on the server."),
	.needs = "staff.delegations",
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nobody works here yet. Add people with: tresen-admin staff OFFICE "
	        "add LOGIN."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
};
