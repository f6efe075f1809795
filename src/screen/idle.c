/*
 * idle.c - layer 3: a screen that nobody touches is covered, and left in the
 * end.  Called by the loop and before each key.  The office says when; it is
 * asked the first time that a minute has passed.
 */
#include "desk.h"

#include <string.h>

#define MINUTE 60

static void
ask_rules(struct desk *d)
{
	const json_t *rules;

	if (d->idle.known || !link_alive(d->link) || desk_call(d, "staff.cover", NULL) != ST_OK)
		return;
	rules = at(d->reply.result, "cover");
	d->idle.known = true;
	d->idle.cover_minutes = (int)number_at(rules, "cover_minutes");
	d->idle.leave_minutes = (int)number_at(rules, "leave_minutes");
	d->idle.pin = json_is_true(at(rules, "pin"));
}

static bool
is_over(int64_t idle, int minutes)
{
	return minutes > 0 && idle >= (int64_t)minutes * MINUTE;
}

/* Who went away before they had chosen a PIN has covered nothing yet. */
static bool
is_covered(const struct desk *d)
{
	return strcmp(d->top->class->name, "cover") == 0 &&
	    (d->idle.pin || truth_at(d->top->args, "left"));
}

bool
desk_idle(struct desk *d)
{
	int64_t idle = clock_now() - d->idle.touched;

	if (idle < MINUTE || !d->top || !json_is_object(at(d->hello, "staff")))
		return false;
	ask_rules(d);
	if (is_over(idle, d->idle.cover_minutes))
		desk_save_drafts(d, true);
	/* while what was typed cannot be saved, it waits under the cover */
	if (is_over(idle, d->idle.leave_minutes) && desk_draft_due(d) < 0)
		return d->quit = true;
	if (!is_over(idle, d->idle.cover_minutes) || is_covered(d))
		return false;
	desk_push(d, screen_class_by_name("cover"), json_pack("{s:b}", "left", true));
	return true;
}
