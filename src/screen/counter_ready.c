/*
 * counter_ready.c - layer 3: at the counter, handing out what the back office has
 * decided, and closing it.  Called by counter_keys.c.  Must never hand out past
 * the person at the counter without a question: it cannot be taken back.
 */
#include "counter.h"
#include "desk.h"

static unsigned
act_close(void *on)
{
	struct screen *s = on;
	const struct counter *c = s->state;
	enum status status = ask(s, NULL, "case.close", "{s:I}", "id",
	    number_at(c->asked, "id"));

	if (status == ST_OK)
		say(s, TONE_DONE, _("Handed out, and the case is closed."));
	return then_reload(status);
}

static unsigned
act_leave(void *on)
{
	(void)on;
	return RELOAD;
}

static const struct binding close_choices[] = {
	{ .keys = "c Enter", .label = N_("close the case"), .act = act_close },
	{ .keys = "o", .label = N_("leave it open"), .act = act_leave },
	{ 0 }
};

/* Two keys: the second closes what is done. */
static unsigned
hand_out(void *on)
{
	struct screen *s = on;
	struct counter *c = s->state;
	const json_t *result;

	if (ask(s, &result, "case.handout", "{s:I}", "id", number_at(c->asked, "id")) != ST_OK)
		return RELOAD;
	counter_ask_about(c, at(result, "case"));
	return RELOAD | choose(s, close_choices, _("%s is handed out:"),
	    text_at(result, "case.number"));
}

static const struct binding other_choices[] = {
	{ .keys = "y", .label = N_("hand it out all the same"), .act = hand_out },
	{ 0 }
};

unsigned
counter_hand_out(void *on)
{
	struct screen *s = on;
	struct counter *c = s->state;
	int64_t here = number_at(c->here, "person.id");

	counter_ask_about(c, counter_row(c));
	if (!here || here == number_at(c->asked, "person.id"))
		return hand_out(s);
	return choose(s, other_choices, _("%s is at your counter, this is %s's:"),
	    text_at(c->here, "person.name"), text_at(c->asked, "person.name"));
}
