/*
 * start.c - layer 3: the calm page of those who have no working screen of
 * their own, the data protection officer and the administrator: what they can
 * open.  Opened by home_of.  Never lists by hand: a screen with .menu and
 * .needs stands here for whoever may call that command.
 */
#include "desk.h"

#include <string.h>

struct state {
	struct table places;
	int64_t unusual;         /* signs of unusual reading today; -1: not for this role */
	size_t emergencies;      /* that are to be reviewed */
};

static const struct column columns[] = {
	{ N_("Open"), 25, LEFT, 0 },
	{ N_("What it is for"), 0, LEFT, 0 },
};

/* What the page is to a role; others have a home elsewhere. */
static const struct {
	const char *role, *title, *load;
} faces[] = {
	{ "dpo", N_("Data protection"),
	  N_("What is looked at from here is logged as well, with your name.") },
	{ "admin", N_("Administration"),
	  N_("Accounts and the office file. Cases and people are not shown to you.") },
};

/* An alarm comes to this page while it is looked at. */
static enum status
load_alarms(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result;

	st->unusual = -1;
	if (!may(s, "look.unusual"))
		return ST_OK;
	TRY(ask(s, &result, "look.unusual", "{s:s}", "from", text_at(s->desk->hello, "today")));
	st->unusual = number_at(result, "today");
	TRY(ask(s, &result, "emergency.list", NULL));
	st->emergencies = json_array_size(at(result, "emergencies"));
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	TRY(load_alarms(s));

	table_begin(&st->places, s->page);
	for (size_t i = 0; screen_classes[i]; i++) {
		const struct screen_class *c = screen_classes[i];

		if (c->menu && c != s->class && (!c->needs || may(s, c->needs)))
			table_add(&st->places, (int64_t)i + 1, STYLE_PLAIN,
			    (const char *[]){ _(c->title), _(c->about) });
	}
	table_end(&st->places);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	const char *title = s->class->title;

	for (size_t i = 0; i < COUNT_OF(faces); i++)
		if (has_role(s, faces[i].role)) {
			title = faces[i].title;
			h->load = _(faces[i].load);
		}
	h->left = arena_printf(frame_mem(), "%s · %s", _(title), text_at(me(s), "unit_label"));
}

static int
foot(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	int64_t place = table_at(&st->places);
	int alarms = st->emergencies > 0 ? 2 : st->unusual > 0;

	body.rows -= alarms;
	list_foot(body, place ? first_sentence(_(screen_classes[place - 1]->about)) : "");
	body.rows += alarms;
	if (st->unusual > 0)
		draw_format(body.row + body.rows - 1, 1, body.cols - 2, STYLE_ALERT,
		    _("! Unusual reading today: %d. Open it above."), (int)st->unusual);
	if (st->emergencies > 0)
		draw_format(body.row + body.rows - 2, 1, body.cols - 2, STYLE_ALERT,
		    _("! Opened in an emergency, to be reviewed: %d. Open it above."),
		    (int)st->emergencies);
	return alarms + 2;
}

static unsigned
act_open(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return screen_open(s, screen_classes[table_at(&st->places) - 1]->name, NULL);
}

/* The screen under the cursor, by the command without which nobody has it. */
static json_t *
subject(const struct screen *s)
{
	const struct state *st = s->state;
	int64_t place = table_at(&st->places);
	const char *needs = place ? screen_classes[place - 1]->needs : NULL;

	return needs ? json_pack("{s:s}", "what", needs) : NULL;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Open"), .act = act_open, .can = list_has,
	  .help = N_("open the screen under the cursor") },
	{ 0 }
};

static const char *const topics[] = { "alarm", "emergency", NULL };

const struct screen_class screen_start = {
	.name = "start",
	.title = N_("Start"),
	.about = N_("All screens that your role may open."),
	.menu = true,
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("There is no screen for your role yet. Press : for the commands you may "
	        "use."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
	.subject = subject,
};
