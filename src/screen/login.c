/*
 * login.c - layer 3: "who are you?", in a training office whose caller is
 * nobody there.  Opened first; arrives at the home of the chosen person.
 */
#include "desk.h"

#include <string.h>

struct state {
	struct table people;
};

static const struct column columns[] = {
	{ N_("Login"), 8, LEFT, 0 },
	{ N_("Name"), 14, LEFT, 0 },
	{ N_("Role"), 25, LEFT, 0 },
	{ N_("Works in"), 0, LEFT, 0 },
	{ N_("Site"), 24, LEFT, 100 },
};

/* An office left overnight has an empty waiting room: what a newcomer expects
 * to see is a day old. */
static void
tell_its_age(struct screen *s)
{
	const char *made = text_at(s->desk->hello, "office.made");

	if (*made && strcmp(made, text_at(s->desk->hello, "today")) < 0)
		say(s, TONE_NOTE, _("This office was made on %s; whoever waited then is left over. "
		                    "\"make fresh run\" makes one of today."),
		    say_date(s->page, made));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *person;
	size_t i;

	table_begin(&st->people, s->page);
	json_array_foreach(at(s->desk->hello, "demo"), i, person)
		table_add(&st->people, number_at(person, "id"), STYLE_PLAIN, (const char *[]){
			text_at(person, "login"),
			text_at(person, "name"),
			text_at(person, "role_label"),
			text_at(person, "unit_label"),
			text_at(person, "site_label"),
		});
	table_end(&st->people);
	tell_its_age(s);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), "tresen · %s", text_at(s->desk->hello, "office.name"));
	h->load = _("Training office: nothing here is real. Who are you?");
}

static const char *
chosen_login(const struct screen *s)
{
	const struct state *st = s->state;

	return st->people.rows[st->people.cursor].cells[0];
}

static unsigned
act_enter(void *on)
{
	struct screen *s = on;
	struct desk *d = s->desk;
	struct reply reply;

	if (link_hello_as(d->link, chosen_login(s), &reply) != ST_OK) {
		desk_say(d, TONE_FAILURE, reply.sentence);
		reply_done(&reply);
		return DRAW;
	}
	json_decref(d->hello);
	d->hello = json_incref(reply.result);
	reply_done(&reply);
	desk_arrive(d); /* this screen is gone now */
	return DRAW;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Work as this person"), .act = act_enter,
	  .can = list_has, .help = N_("work as the person under the cursor") },
	{ 0 }
};

const struct screen_class screen_login = {
	.name = "login",
	.title = N_("Who are you?"),
	.about = N_("A training office lets you choose who you are. Move to a person and press "
	            "Enter; each role starts with its own screen."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nobody works here yet. Add people with: tresen-admin staff OFFICE "
	        "add LOGIN.") },
	.bindings = bindings,
	.load = load,
	.head = head,
};
