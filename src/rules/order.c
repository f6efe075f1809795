/*
 * order.c - layer 1: who is next and why, in the waiting room and in the
 * queues.  One function an order, one that says it in words.  Called by
 * service/; must never look at a clock.
 */
#include "rules_order.h"

int64_t
visit_rank(int64_t arrived_at, int bonus_minutes)
{
	return arrived_at - (int64_t)bonus_minutes * 60;
}

int
minutes_waited(int64_t since, int64_t until)
{
	return until > since ? (int)((until - since) / 60) : 0;
}

int
days_waited(int since, int until)
{
	return until > since ? until - since : 0;
}

char *
visit_why(struct arena *mem, const struct waiting *w)
{
	int minutes = minutes_waited(w->arrived_at, w->now);

	if (w->day < w->today)
		return arena_printf(mem, _("came %s"), day_distance(mem, w->day, w->today));
	if (w->bonus_minutes > 0)
		return arena_strdup(mem, w->lane_label);
	if (w->first)
		return arena_printf(mem, _("waited longest (limit %d)"), w->limit_minutes);
	if (minutes >= w->limit_minutes)
		return arena_printf(mem, _("over the limit of %d min"), w->limit_minutes);
	return arena_strdup(mem, w->back ? _("arrival, comes back") : _("arrival"));
}

static int
round_to_five(double minutes)
{
	return (int)((minutes + 2.5) / 5) * 5;
}

void
wait_estimate(int waiting, int counters, int minutes_each, int *low, int *high)
{
	double mean = (double)waiting * minutes_each / (counters > 0 ? counters : 1);

	*low = round_to_five(mean * 0.8);
	*high = round_to_five(mean * 1.25) + 5;
}

int
case_rank(int due, int opened, int asked, int age_limit)
{
	int oldest = opened + age_limit;

	return (due < oldest ? due : oldest) - (asked - 1);
}

/* The part of the reason that lies in the due day. */
static char *
due_words(struct arena *mem, const struct pending *p)
{
	char *when = day_distance(mem, p->due, p->today);

	if (p->title_ends && p->due >= p->today)
		return arena_printf(mem, _("title ends %s"), when);
	if (p->title_ends)
		return arena_printf(mem, _("title ended %s"), when);
	if (p->due < p->today)
		return arena_printf(mem, _("late: was due %s"), when);
	if (p->soon)
		return arena_printf(mem, _("soon, due %s"), when);
	if (p->urgent)
		return arena_printf(mem, _("urgent, due %s"), when);
	return arena_printf(mem, _("due %s"), when);
}

char *
case_why(struct arena *mem, const struct pending *p)
{
	int age = p->today - p->opened;
	char *due = due_words(mem, p);

	if (p->state == CASE_WAITING && p->wait_until != DAY_NONE)
		return arena_printf(mem, _("on hold, follow up %s"),
		    day_distance(mem, p->wait_until, p->today));
	if (p->state == CASE_PROPOSED)
		return arena_printf(mem, _("to be approved; %s"), due);
	if (p->asked > 1)
		return arena_printf(mem, _("%s; asked %d times"), due, p->asked);
	if (p->opened + p->age_limit <= p->due && age > 0)
		return arena_printf(mem, _("waiting %d days (limit %d)"), age, p->age_limit);
	if (age >= 2)
		return arena_printf(mem, _("%s; waiting %d days"), due, age);
	return due;
}
