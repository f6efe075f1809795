/*
 * household.c - layer 1: what an act does to a household, row by row.  Works
 * on copies, so that the same plan can be shown and carried out.  Called by
 * service/household.c.
 */
#include "household_plan.h"

#include <stdlib.h>
#include <string.h>

#define STRETCH 4                        /* rows that one call adds at most */

/* ---- looking ---- */

static bool
covers(int from, int until, int day)
{
	return from <= day && (until == DAY_NONE || until >= day);
}

struct stay *
home_member(const struct home *h, int64_t person, int day)
{
	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].person_id == person &&
		    covers(h->stays[i].from, h->stays[i].until, day))
			return &h->stays[i];
	return NULL;
}

struct stay *
home_head(const struct home *h, int day)
{
	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].need_head && covers(h->stays[i].from, h->stays[i].until, day))
			return &h->stays[i];
	return NULL;
}

struct dwelling *
home_dwelling(const struct home *h, int day)
{
	for (size_t i = 0; i < h->n_dwellings; i++)
		if (covers(h->dwellings[i].from, h->dwellings[i].until, day))
			return &h->dwellings[i];
	return NULL;
}

int
stay_since(const struct home *h, const struct stay *s)
{
	int since = s->from;
	const struct stay *before = home_member(h, s->person_id, since - 1);

	while (before) {
		since = before->from;
		before = home_member(h, s->person_id, since - 1);
	}
	return since;
}

int
age_on(const char *born, int day)
{
	int year, month, mday, y, m = 1, d = 1;

	if (!born)
		return -1;
	y = atoi(born);
	if (strlen(born) >= 7)
		m = atoi(born + 5);
	if (strlen(born) >= 10)
		d = atoi(born + 8);
	day_to_ymd(day, &year, &month, &mday);
	return year - y - (month < m || (month == m && mday < d));
}

/* The last period of a person, NULL: none. */
static struct stay *
last_stay(const struct home *h, int64_t person)
{
	struct stay *last = NULL;

	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].person_id == person && (!last || h->stays[i].from > last->from))
			last = &h->stays[i];
	return last;
}

/* ---- changing ---- */

static void
mark(enum row_mark *m)
{
	if (*m == ROW_KEPT)
		*m = ROW_CHANGED;
}

static void
add_stay(struct arena *mem, struct home *h, struct stay s)
{
	struct stay *grown = arena_array(mem, struct stay, h->n_stays + STRETCH);

	if (h->n_stays)
		memcpy(grown, h->stays, h->n_stays * sizeof(*grown));
	s.id = 0;
	s.household_id = h->id;
	s.mark = ROW_NEW;
	grown[h->n_stays++] = s;
	h->stays = grown;
	mark(&h->mark);
}

static void
add_dwelling(struct arena *mem, struct home *h, const struct dwelling *to, int day)
{
	struct dwelling *grown = arena_array(mem, struct dwelling, h->n_dwellings + STRETCH);

	if (h->n_dwellings)
		memcpy(grown, h->dwellings, h->n_dwellings * sizeof(*grown));
	grown[h->n_dwellings] = *to;
	grown[h->n_dwellings].id = 0;
	grown[h->n_dwellings].from = day;
	grown[h->n_dwellings].until = DAY_NONE;
	grown[h->n_dwellings++].mark = ROW_NEW;
	h->dwellings = grown;
	mark(&h->mark);
}

static enum plan_refusal
later(struct household_plan *plan, const struct stay *s, int since)
{
	plan->about = s;
	plan->since = since;
	return PLAN_CHANGED_LATER;
}

static enum plan_refusal
standing(struct household_plan *plan, const struct home *h, int day)
{
	plan->since = h->until == DAY_NONE ? h->from : h->until;
	if (h->until != DAY_NONE)
		return PLAN_ENDED;
	return day < h->from ? PLAN_BEFORE : PLAN_OK;
}

/* The period that an act of that day may still change: open, and begun. */
static enum plan_refusal
open_stay(struct household_plan *plan, const struct home *h, int64_t person, int day,
          struct stay **open)
{
	struct stay *s = *open = last_stay(h, person);

	if (!s || (s->until != DAY_NONE && s->until < day))
		return PLAN_NOT_MEMBER;
	if (s->until != DAY_NONE)
		return later(plan, s, s->until + 1);
	return s->from > day ? later(plan, s, s->from) : PLAN_OK;
}

static enum plan_refusal
leave(struct household_plan *plan, struct home *h, int64_t person, int day)
{
	struct stay *s;
	enum plan_refusal r = open_stay(plan, h, person, day, &s);

	if (r != PLAN_OK)
		return r;
	if (s->from == day)
		return later(plan, s, day);
	s->until = day - 1;
	mark(&s->mark);
	mark(&h->mark);
	return PLAN_OK;
}

/* From that day on somebody is something else; what was until then stays. */
static enum plan_refusal
become(struct arena *mem, struct household_plan *plan, struct home *h, int64_t person, int day,
       enum member_role role, bool need_head)
{
	struct stay *s, next;
	enum plan_refusal r = open_stay(plan, h, person, day, &s);

	if (r != PLAN_OK || (s->role == role && s->need_head == need_head))
		return r;
	next = *s;
	next.role = role;
	next.need_head = need_head;
	mark(&h->mark);
	if (s->from < day) {
		s->until = day - 1;
		mark(&s->mark);
		next.from = day;
		add_stay(mem, h, next);
		return PLAN_OK;
	}
	mark(&next.mark);
	*s = next;
	return PLAN_OK;
}

static void
enter(struct arena *mem, struct home *h, const struct mover *m, int day, enum member_role role,
      bool need_head)
{
	add_stay(mem, h, (struct stay){ .person_id = m->id, .name = m->name, .born = m->born,
	    .role = role, .need_head = need_head, .from = day, .until = DAY_NONE });
}

/* Does somebody who comes from outside live anywhere on or after that day? */
static enum plan_refusal
free_to_join(struct household_plan *plan, const struct mover *m, int day)
{
	plan->who = m;
	for (size_t i = 0; i < m->n_stays; i++) {
		const struct stay *s = &m->stays[i];

		if (s->until != DAY_NONE && s->until < day)
			continue;
		plan->about = s;
		plan->since = s->from;
		return plan->here.id && s->household_id == plan->here.id ? PLAN_LIVES_HERE
		                                                       : PLAN_LIVES_ELSEWHERE;
	}
	return PLAN_OK;
}

/* ---- heads ---- */

/* Who is likely to speak for a household: the less the likelier. */
static int
claim(enum member_role role, const char *born, int day)
{
	int age = age_on(born, day);

	if (role == MEMBER_HEAD)
		return 0;
	if (role == MEMBER_SPOUSE || role == MEMBER_PARTNER)
		return 1;
	if (age < 0)
		return 500;
	return age >= ADULT_YEARS ? 200 - age : 1000 - age;
}

static struct stay *
successor(const struct home *h, int day)
{
	struct stay *best = NULL;

	for (size_t i = 0; i < h->n_stays; i++) {
		struct stay *s = &h->stays[i];

		if (s->until == DAY_NONE && s->from <= day && (!best ||
		    claim(s->role, s->born, day) < claim(best->role, best->born, day)))
			best = s;
	}
	return best;
}

/* Somebody is, or on a later day becomes, head: in role or in need. */
static bool
leads_after(const struct stay *s, int day)
{
	return s->from > day && (s->need_head || s->role == MEMBER_HEAD);
}

static bool
has_role_head(const struct home *h, int day)
{
	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].role == MEMBER_HEAD &&
		    covers(h->stays[i].from, h->stays[i].until, day))
			return true;
	return false;
}

static enum plan_refusal
appoint(struct arena *mem, struct household_plan *plan, struct home *h, int64_t person, int day)
{
	struct stay *was = home_head(h, day), *next;
	enum plan_refusal r = open_stay(plan, h, person, day, &next);

	if (r != PLAN_OK)
		return r == PLAN_NOT_MEMBER ? PLAN_NO_HEAD : r;
	for (size_t i = 0; i < h->n_stays; i++)
		if (leads_after(&h->stays[i], day))
			return later(plan, &h->stays[i], h->stays[i].from);
	if (was && was->person_id != person)
		r = become(mem, plan, h, was->person_id, day, was->role, false);
	if (r != PLAN_OK)
		return r;
	next = last_stay(h, person);
	return become(mem, plan, h, person, day,
	    has_role_head(h, day) ? next->role : MEMBER_HEAD, true);
}

static enum plan_refusal
end_home(struct household_plan *plan, struct home *h, int day)
{
	struct dwelling *d = home_dwelling(h, day);

	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].until == DAY_NONE || h->stays[i].until >= day)
			return later(plan, &h->stays[i], h->stays[i].from);
	if (!d || d->until != DAY_NONE || d->from >= day)
		return later(plan, NULL, d ? d->from : day);
	d->until = h->until = day - 1;
	mark(&d->mark);
	mark(&h->mark);
	return PLAN_OK;
}

/* Some have left: who stays has a head, or the household ends. */
static enum plan_refusal
settle(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	struct home *h = &plan->here;
	struct stay *head = home_head(h, act->day), *next = successor(h, act->day);

	if (!next)
		return act->successor ? PLAN_NO_HEAD : end_home(plan, h, act->day);
	if (act->successor)
		return appoint(mem, plan, h, act->successor, act->day);
	if (head && has_role_head(h, act->day))
		return PLAN_OK;
	return appoint(mem, plan, h, head ? head->person_id : next->person_id, act->day);
}

/* ---- a household begins ---- */

/* The head of those who begin a household: as chosen, or by rule. */
static const struct mover *
first_of(const struct household_act *act, const struct household_plan *plan)
{
	const struct mover *best = NULL;
	int least = 0;

	for (size_t i = 0; i < act->n_movers; i++) {
		const struct mover *m = &act->movers[i];
		const struct stay *was = last_stay(&plan->here, m->id);
		int c = claim(was ? was->role : MEMBER_OTHER, m->born, act->day);

		if (act->head ? m->id == act->head : !best || c < least) {
			best = m;
			least = c;
		}
	}
	return best;
}

/* What somebody is beside a new head: their relation goes with them. */
static enum member_role
role_beside(const struct household_plan *plan, const struct mover *m, const struct mover *head)
{
	const struct stay *was = last_stay(&plan->here, m->id);
	const struct stay *old = last_stay(&plan->here, head->id);

	if (!was || !old)
		return MEMBER_OTHER;
	if (was->role == MEMBER_HEAD && (old->role == MEMBER_SPOUSE || old->role == MEMBER_PARTNER))
		return old->role;
	if (was->role == MEMBER_CHILD && old->role != MEMBER_CHILD)
		return MEMBER_CHILD;
	if (old->role == MEMBER_HEAD)
		return was->role;
	return MEMBER_OTHER;
}

static enum plan_refusal
begin(struct arena *mem, const struct household_act *act, struct household_plan *plan,
      struct home *h)
{
	const struct mover *head = first_of(act, plan);

	if (!head)
		return PLAN_NO_HEAD;
	*h = (struct home){ .from = act->day, .until = DAY_NONE, .mark = ROW_NEW };
	for (size_t i = 0; i < act->n_movers; i++) {
		const struct mover *m = &act->movers[i];

		enter(mem, h, m, act->day, m == head ? MEMBER_HEAD : role_beside(plan, m, head),
		    m == head);
	}
	add_dwelling(mem, h, act->to, act->day);
	return PLAN_OK;
}

/* ---- the acts ---- */

static enum plan_refusal
plan_new(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	for (size_t i = 0; i < act->n_movers; i++) {
		enum plan_refusal r = free_to_join(plan, &act->movers[i], act->day);

		if (r != PLAN_OK)
			return r;
	}
	plan->who = NULL;
	return begin(mem, act, plan, &plan->here);
}

static enum plan_refusal
plan_join(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	enum plan_refusal r = standing(plan, &plan->here, act->day);

	for (size_t i = 0; i < act->n_movers && r == PLAN_OK; i++) {
		r = free_to_join(plan, &act->movers[i], act->day);
		if (r == PLAN_OK)
			enter(mem, &plan->here, &act->movers[i], act->day, act->role, false);
	}
	return r;
}

static enum plan_refusal
arrive(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	enum plan_refusal r;

	if (act->to) {
		plan->used = true;
		return begin(mem, act, plan, &plan->there);
	}
	if (!plan->used)
		return PLAN_OK;
	if (plan->there.id == plan->here.id)
		return PLAN_SAME_HOME;
	r = standing(plan, &plan->there, act->day);
	for (size_t i = 0; i < act->n_movers && r == PLAN_OK; i++)
		enter(mem, &plan->there, &act->movers[i], act->day, act->role, false);
	return r;
}

static enum plan_refusal
plan_leave(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	enum plan_refusal r = standing(plan, &plan->here, act->day);

	for (size_t i = 0; i < act->n_movers && r == PLAN_OK; i++) {
		plan->who = &act->movers[i];
		r = leave(plan, &plan->here, act->movers[i].id, act->day);
	}
	if (r != PLAN_OK)
		return r;
	if (act->kind == ACT_SEPARATION && !successor(&plan->here, act->day))
		return PLAN_NOBODY_STAYS;
	r = arrive(mem, act, plan);
	return r == PLAN_OK ? settle(mem, act, plan) : r;
}

static enum plan_refusal
plan_move(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	struct home *h = &plan->here;
	struct dwelling *d = home_dwelling(h, act->day);
	enum plan_refusal r = standing(plan, h, act->day);

	if (r != PLAN_OK)
		return r;
	if (!d || d->until != DAY_NONE)
		return later(plan, NULL, d ? d->until + 1 : act->day);
	if (d->from >= act->day)
		return later(plan, NULL, d->from);
	d->until = act->day - 1;
	mark(&d->mark);
	add_dwelling(mem, h, act->to, act->day);
	return PLAN_OK;
}

static enum plan_refusal
plan_head(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	const struct stay *head = home_head(&plan->here, act->day);
	enum plan_refusal r = standing(plan, &plan->here, act->day);

	if (r != PLAN_OK)
		return r;
	if (head && head->person_id == act->head)
		return PLAN_IS_HEAD;
	return appoint(mem, plan, &plan->here, act->head, act->day);
}

static enum plan_refusal (*const planners[])(struct arena *mem, const struct household_act *act,
                                             struct household_plan *plan) = {
	[ACT_NEW] = plan_new, [ACT_BIRTH] = plan_join, [ACT_MOVE_IN] = plan_join,
	[ACT_MOVE_OUT] = plan_leave, [ACT_SEPARATION] = plan_leave, [ACT_MOVE] = plan_move,
	[ACT_HEAD] = plan_head, [ACT_CORRECTION] = plan_correction,
};

enum plan_refusal
household_plan(struct arena *mem, const struct household_act *act, struct household_plan *plan)
{
	return planners[act->kind](mem, act, plan);
}
