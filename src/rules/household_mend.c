/*
 * household_mend.c - layer 1: what was recorded for a wrong day, or never was.
 * Every border of periods on that day goes to the right one, or away, in the
 * household and in the one that people came from or went to; whatever else is
 * recorded must still hold then.  Called by household.c.
 */
#include "household_plan.h"

#include <limits.h>
#include <string.h>

/* What is corrected in one household. */
struct mend {
	struct arena *mem;
	const struct household_act *act;
	struct household_plan *plan;
	struct home *home;
	bool moves;                      /* its residence, too */
	bool *mine, *gone;               /* of each period: concerned; taken out */
};

static int
end_of(int until)
{
	return until == DAY_NONE ? INT_MAX : until;
}

static enum plan_refusal
between(const struct mend *m, int since)
{
	m->plan->since = since;
	return PLAN_BETWEEN;
}

/* ---- whose borders ---- */

static bool
touches(const struct stay *s, int day)
{
	return s->from == day || s->until == day - 1;
}

static bool
is_mover(const struct household_act *act, int64_t person)
{
	for (size_t i = 0; i < act->n_movers; i++)
		if (act->movers[i].id == person)
			return true;
	return false;
}

/* Somebody who stays, and is something else from that day on. */
static bool
goes_on(const struct home *h, const struct stay *s, int day)
{
	return home_member(h, s->person_id, s->from == day ? day - 1 : day) != NULL;
}

/* Who leads comes or goes: then others have changed with them. */
static bool
leader_moves(const struct household_act *act, const struct home *h)
{
	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (touches(s, act->day) && is_mover(act, s->person_id) &&
		    (s->need_head || s->role == MEMBER_HEAD))
			return true;
	}
	return false;
}

/* Returns how many borders are concerned. */
static size_t
find_borders(struct mend *m, bool whole)
{
	struct home *h = m->home;
	bool changes = whole || leader_moves(m->act, h);
	size_t n = 0;

	m->mine = arena_array(m->mem, bool, h->n_stays + 1);
	m->gone = arena_array(m->mem, bool, h->n_stays + 1);
	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		m->mine[i] = touches(s, m->act->day) && (is_mover(m->act, s->person_id) ||
		    (changes && goes_on(h, s, m->act->day)));
		n += m->mine[i];
	}
	m->moves = whole;
	for (size_t i = 0; i < h->n_dwellings; i++)
		n += whole && h->dwellings[i].from == m->act->day;
	return n;
}

/* ---- another day ---- */

/* The borders of one period; it must still have a day. */
static enum plan_refusal
shift(const struct mend *m, int *from, int *until, enum row_mark *mark)
{
	int was_from = *from, was_until = *until;

	if (was_from == m->act->day)
		*from = m->act->right;
	if (was_until == m->act->day - 1)
		*until = m->act->right - 1;
	if (*from != was_from || *until != was_until)
		*mark = ROW_CHANGED;
	if (end_of(*until) >= *from)
		return PLAN_OK;
	return between(m, *from == was_from ? was_from : was_until + 1);
}

static enum plan_refusal
shift_all(struct mend *m)
{
	struct home *h = m->home;
	enum plan_refusal r = PLAN_OK;

	for (size_t i = 0; i < h->n_stays && r == PLAN_OK; i++)
		if (m->mine[i])
			r = shift(m, &h->stays[i].from, &h->stays[i].until, &h->stays[i].mark);
	for (size_t i = 0; m->moves && i < h->n_dwellings && r == PLAN_OK; i++) {
		struct dwelling *d = &h->dwellings[i];

		r = shift(m, &d->from, &d->until, &d->mark);
	}
	return r;
}

/* ---- never ---- */

static struct stay *
stay_before(const struct mend *m, const struct stay *s)
{
	for (size_t i = 0; i < m->home->n_stays; i++) {
		struct stay *before = &m->home->stays[i];

		if (before->person_id == s->person_id && before->until == s->from - 1)
			return before;
	}
	return NULL;
}

/* What began on the day did not: what was before it goes on in its place. */
static enum plan_refusal
take_out(struct mend *m, size_t i)
{
	struct stay *s = &m->home->stays[i], *before = stay_before(m, s);

	m->gone[i] = true;
	if (before) {
		before->until = s->until;
		before->mark = ROW_CHANGED;
		return PLAN_OK;
	}
	return s->until == DAY_NONE ? PLAN_OK : between(m, s->until + 1);
}

/* Who left on the day did not. */
static enum plan_refusal
reopen(struct mend *m, struct stay *s)
{
	const struct home *h = m->home;

	s->until = DAY_NONE;
	s->mark = ROW_CHANGED;
	if (h->until != DAY_NONE && h->until != m->act->day - 1)
		return between(m, h->until + 1);
	return PLAN_OK;
}

static void
drop_stays(struct mend *m)
{
	struct home *h = m->home;
	size_t kept = 0;

	h->gone_stays = arena_array(m->mem, int64_t, h->n_stays + 1);
	for (size_t i = 0; i < h->n_stays; i++)
		if (m->gone[i])
			h->gone_stays[h->n_gone_stays++] = h->stays[i].id;
		else
			h->stays[kept++] = h->stays[i];
	h->n_stays = kept;
}

/* A move that was not: the residence before it goes on.  all: none is left. */
static void
drop_dwellings(struct mend *m, bool all)
{
	struct home *h = m->home;
	size_t kept = 0;

	h->gone_dwellings = arena_array(m->mem, int64_t, h->n_dwellings + 1);
	for (size_t i = 0; i < h->n_dwellings; i++) {
		struct dwelling *d = &h->dwellings[i], *before = kept ? &h->dwellings[kept - 1] : NULL;

		if (!all && !(m->moves && before && d->from == m->act->day)) {
			h->dwellings[kept++] = *d;
			continue;
		}
		if (before) {
			before->until = d->until;
			before->mark = ROW_CHANGED;
		}
		h->gone_dwellings[h->n_gone_dwellings++] = d->id;
	}
	h->n_dwellings = kept;
}

static enum plan_refusal
take_back(struct mend *m)
{
	struct home *h = m->home;
	enum plan_refusal r = PLAN_OK;

	for (size_t i = 0; i < h->n_stays && r == PLAN_OK; i++)
		if (m->mine[i] && h->stays[i].from == m->act->day)
			r = take_out(m, i);
	for (size_t i = 0; i < h->n_stays && r == PLAN_OK; i++)
		if (m->mine[i] && !m->gone[i] && h->stays[i].until == m->act->day - 1)
			r = reopen(m, &h->stays[i]);
	drop_stays(m);
	drop_dwellings(m, h->n_stays == 0);
	return r;
}

/* ---- the whole ---- */

bool
home_gone(const struct home *h)
{
	return h->id && h->n_stays == 0 && h->n_gone_stays > 0;
}

/* A household lasts from its first member to its last one. */
static enum plan_refusal
fit(struct mend *m)
{
	struct home *h = m->home;
	struct dwelling *first = h->dwellings, *last = h->dwellings + h->n_dwellings - 1;
	int from = INT_MAX, until = INT_MIN;

	for (size_t i = 0; i < h->n_stays; i++) {
		from = h->stays[i].from < from ? h->stays[i].from : from;
		until = end_of(h->stays[i].until) > until ? end_of(h->stays[i].until) : until;
	}
	until = until == INT_MAX ? DAY_NONE : until;
	if (first->from != from)
		first->mark = ROW_CHANGED;
	if (last->until != until)
		last->mark = ROW_CHANGED;
	h->from = first->from = from;
	h->until = last->until = until;
	if (end_of(first->until) < from)
		return between(m, first->until + 1);
	return end_of(until) < last->from ? between(m, last->from) : PLAN_OK;
}

static bool
in_order_then(const struct home *h, int day)
{
	int heads = 0, roles = 0, people = 0, places = 0;

	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (s->from > day || end_of(s->until) < day)
			continue;
		people++;
		heads += s->need_head;
		roles += s->role == MEMBER_HEAD;
		if (home_member(h, s->person_id, day) != s)
			return false;
	}
	for (size_t i = 0; i < h->n_dwellings; i++)
		places += h->dwellings[i].from <= day && end_of(h->dwellings[i].until) >= day;
	return people > 0 && heads == 1 && roles <= 1 && places == 1;
}

/* Enough are the days on which something begins, or has just ended. */
static enum plan_refusal
check_days(struct mend *m)
{
	const struct home *h = m->home;

	for (size_t i = 0; i < 2 * (h->n_stays + h->n_dwellings); i++) {
		size_t row = i / 2;
		bool of_stay = row < h->n_stays;
		int from = of_stay ? h->stays[row].from : h->dwellings[row - h->n_stays].from;
		int until = of_stay ? h->stays[row].until : h->dwellings[row - h->n_stays].until;
		int day = i % 2 ? until + 1 : from;

		if (i % 2 && (until == DAY_NONE || until == h->until))
			continue;
		m->plan->since = day;
		if (!in_order_then(h, day))
			return PLAN_NOT_WHOLE;
	}
	return PLAN_OK;
}

/* ---- nobody lives in two places ---- */

static bool
overlaps(const struct stay *s, const struct home *h, int64_t person)
{
	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].person_id == person && s->from <= end_of(h->stays[i].until) &&
		    h->stays[i].from <= end_of(s->until))
			return true;
	return false;
}

/* Beside here and there as corrected stand the other households as they are. */
static const struct stay *
stay_in_two(const struct household_plan *plan, const struct mover *who)
{
	int64_t here = plan->here.id, there = plan->used ? plan->there.id : 0;

	for (size_t i = 0; i < who->n_stays; i++) {
		const struct stay *s = &who->stays[i];

		if (s->household_id != here && s->household_id != there &&
		    (overlaps(s, &plan->here, who->id) || overlaps(s, &plan->there, who->id)))
			return s;
	}
	for (size_t i = 0; i < plan->there.n_stays; i++) {
		const struct stay *s = &plan->there.stays[i];

		if (s->person_id == who->id && overlaps(s, &plan->here, who->id))
			return s;
	}
	return NULL;
}

static enum plan_refusal
check_people(const struct household_act *act, struct household_plan *plan)
{
	for (size_t i = 0; i < act->n_movers; i++) {
		plan->who = &act->movers[i];
		plan->about = stay_in_two(plan, plan->who);
		if (!plan->about)
			continue;
		plan->since = plan->about->from;
		return PLAN_LIVES_ELSEWHERE;
	}
	plan->who = NULL;
	return PLAN_OK;
}

/* ---- the plan ---- */

static enum plan_refusal
mend_home(struct mend *m)
{
	enum plan_refusal r = m->act->right == DAY_NONE ? take_back(m) : shift_all(m);

	m->home->mark = ROW_CHANGED;
	if (r != PLAN_OK || home_gone(m->home))
		return r;
	r = fit(m);
	return r == PLAN_OK ? check_days(m) : r;
}

enum plan_refusal
plan_correction(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	struct mend here = { .mem = mem, .act = act, .plan = plan, .home = &plan->here };
	struct mend there = { .mem = mem, .act = act, .plan = plan, .home = &plan->there };
	enum plan_refusal r;

	if (find_borders(&here, !act->only) == 0)
		return PLAN_NOTHING_THEN;
	r = mend_home(&here);
	if (r == PLAN_OK && plan->used) {
		find_borders(&there, false);
		r = mend_home(&there);
	}
	return r == PLAN_OK ? check_people(act, plan) : r;
}
