/*
 * demo_cases.c - layer 5: the work that lies in the back office now, and what
 * was decided in the last weeks.  First a plan for each case, then scenes in
 * the order of time, each played as the act of a clerk through service/: so
 * papers, due days, history and events are those of real work.
 */
#include "demo_office.h"

#include <string.h>

#define FRONT "front_office"

struct case_plan {
	int64_t id, person, handover;
	const struct demand *what;
	const struct staff *opener, *clerk, *second; /* second: who approves */
	enum case_state last;    /* where it stands today */
	int urgent_day;          /* a day that cannot wait; DAY_NONE */
	int wait_day;
	bool offered_only;       /* the back office has not answered yet */
	bool proposed;           /* decided, but nobody has approved it */
};

enum act {
	ACT_OPEN, ACT_PROMISE, ACT_OFFER, ACT_ACCEPT, ACT_CLAIM, ACT_PAPERS, ACT_NOTE, ACT_WAIT,
	ACT_DECIDE, ACT_APPROVE, ACT_HANDOUT, ACT_CLOSE,
};

/* ---- plans ---- */

/* Office time on a working day up to days later; never in the future. */
static int64_t
later(struct demo *d, int64_t at, int days)
{
	int day = clock_day(at) + dice_below(&d->dice, days + 1);
	int64_t then;

	while (day < d->today && !demo_working(d, day))
		day++;
	then = demo_instant(day, 8 * 60 + dice_below(&d->dice, 470));
	if (then <= at)
		then = at + 60 * dice_between(&d->dice, 3, 25);
	/* not there yet: then it was soon after what came before */
	if (then > d->now)
		then = at + 60 * dice_between(&d->dice, 3, 25);
	if (then > d->now)
		then = at + (d->now - at) / 2;
	return then;
}

static int
day_opened(struct demo *d, int age)
{
	int day = d->today - age;

	while (day < d->today && !demo_working(d, day))
		day--;
	return day;
}

/* A colleague, or a supervisor: never who decides. */
static const struct staff *
second_of(struct demo *d, const struct staff *clerk)
{
	const struct staff *super = NULL;

	for (size_t i = 0; i < d->n_staff; i++) {
		/* not always the same one */
		const struct staff *s = &d->staff[(i + (size_t)d->n_cases) % d->n_staff];

		if (s->id != clerk->id && s->role == ROLE_CLERK && strcmp(s->unit, clerk->unit) == 0)
			return s;
		if (s->role == ROLE_SUPERVISOR)
			super = s;
	}
	return super;
}

static struct case_plan *
plan_new(struct demo *d)
{
	struct case_plan *p = d->cases + d->n_cases++;

	*p = (struct case_plan){ .person = 1 + dice_below(&d->dice, d->size->people),
		.urgent_day = DAY_NONE };
	p->what = demo_demand(d, true);
	p->clerk = demo_clerk(d, p->what->service.unit, NULL);
	p->second = second_of(d, p->clerk);
	/* a closed unit hands out itself: the counter learns nothing of its files */
	p->opener = demo_clerk(d, FRONT, p->what->closed ? p->clerk->site : demo_site(d));
	return p;
}

/* From the counter to the unit that decides; returns when it had it. */
static int64_t
plan_arrival(struct demo *d, const struct case_plan *p, int64_t at)
{
	int id = d->n_cases - 1;

	demo_scene(d, at, ACT_OPEN, id);
	if (dice_percent(&d->dice, 20))
		demo_scene(d, at, ACT_PROMISE, id);
	at += at + 240 < d->now ? dice_between(&d->dice, 40, 240) : 0;
	demo_scene(d, at, ACT_OFFER, id);
	if (p->offered_only)
		return at;
	at = later(d, at, 1);
	demo_scene(d, at, ACT_ACCEPT, id);
	return at;
}

static int64_t
plan_work(struct demo *d, const struct case_plan *p, int64_t at, int days)
{
	int id = d->n_cases - 1;

	if (p->last == CASE_OPEN || p->offered_only)
		return at;
	at = later(d, at, days / 2);
	demo_scene(d, at, ACT_CLAIM, id);
	if (dice_percent(&d->dice, 50))
		demo_scene(d, at = later(d, at, days / 4), ACT_PAPERS, id);
	if (dice_percent(&d->dice, 35))
		demo_scene(d, at = later(d, at, days / 8), ACT_NOTE, id);
	if (p->last == CASE_WAITING)
		demo_scene(d, at = later(d, at, days / 8), ACT_WAIT, id);
	return at;
}

static enum case_state
state_pick(struct demo *d, int age)
{
	if (age == 0)
		return dice_percent(&d->dice, 85) ? CASE_OPEN : CASE_IN_WORK;
	if (dice_percent(&d->dice, 42))
		return CASE_OPEN;
	return dice_percent(&d->dice, 60) ? CASE_IN_WORK : CASE_WAITING;
}

/* Mostly in time; some are late, a few very late. */
static int
age_pick(struct demo *d, const struct demand *what)
{
	int in_time = what->service.target_days * 13 / 10 + 1;

	if (dice_percent(&d->dice, 94))
		return dice_below(&d->dice, in_time);
	return in_time + dice_early(&d->dice, 120);
}

static void
plan_open_case(struct demo *d)
{
	struct case_plan *p = plan_new(d);
	int age = age_pick(d, p->what);
	int64_t at = later(d, demo_instant(day_opened(d, age), 8 * 60), 0);

	p->last = state_pick(d, age);
	p->offered_only = age <= 1 && p->last == CASE_OPEN && dice_percent(&d->dice, 50);
	p->wait_day = d->today + dice_between(&d->dice, -2, 30);
	if (dice_percent(&d->dice, 20))
		p->urgent_day = d->today + dice_between(&d->dice, -2, 45);
	plan_work(d, p, plan_arrival(d, p, at), age);
}

/* Decided on a day of the last weeks; most of them gone since. */
static void
plan_decided_case(struct demo *d, int decided)
{
	struct case_plan *p = plan_new(d);
	int id = d->n_cases - 1, since = d->today - decided;
	int age = since + 1 + dice_below(&d->dice, p->what->service.target_days + 5);
	int64_t at = demo_instant(day_opened(d, age), 8 * 60 + dice_below(&d->dice, 400));

	p->last = CASE_DECIDED;
	at = plan_work(d, p, plan_arrival(d, p, at), age - since - 1);
	if (clock_day(at) < decided)
		at = demo_instant(decided, 8 * 60 + dice_below(&d->dice, 470));
	else
		at += 600;
	if (at > d->now)
		return;
	demo_scene(d, at, ACT_DECIDE, id);
	/* most of what needs a second person gets one within days */
	if (since > 12 || (since > 7 && id % 3))
		demo_scene(d, at = later(d, at, 2), ACT_APPROVE, id);
	if (since < 2 || !dice_percent(&d->dice, 90))
		return;
	if (!p->what->closed)
		demo_scene(d, at = later(d, at, 5), ACT_HANDOUT, id);
	if (since > 4)
		demo_scene(d, later(d, at, 3), ACT_CLOSE, id);
}

#define DECIDED_DAYS 30

void
demo_plan_cases(struct demo *d)
{
	int most = d->size->open_cases + d->size->decided_a_day * 2 * DECIDED_DAYS;

	d->cases = arena_array(d->mem, struct case_plan, (size_t)most);
	for (int i = 0; i < d->size->open_cases; i++)
		plan_open_case(d);
	for (int day = d->today - DECIDED_DAYS; day <= d->today; day++) {
		int n = d->size->decided_a_day * dice_between(&d->dice, 70, 130) / 100;

		while (demo_working(d, day) && n-- > 0 && d->n_cases < most)
			plan_decided_case(d, day);
	}
}

/* ---- acts ---- */

static enum status
act_open(struct demo *d, struct case_plan *p)
{
	struct case_wish wish = { .person_id = p->person, .service = p->what->service.code };
	const struct form *form = p->what->form;
	json_t *answers = NULL, *reasons;
	struct case_file c = { 0 };
	enum status s;

	/* on that day there were fewer people */
	if (wish.person_id > d->people)
		wish.person_id = 1 + wish.person_id % d->people;
	wish.person_id = demo_who_wants(d, p->what, wish.person_id, d->op.today);
	d->traits[wish.person_id].busy = true;
	if (form)
		answers = demo_answers(d, form, p->what, wish.person_id, p->urgent_day);
	wish.answers = answers;
	wish.reasons = reasons = form ? demo_reasons(d, form, answers) : NULL;
	s = case_open(&d->op, &wish, &c);
	json_decref(reasons);
	json_decref(answers);
	p->id = c.id;
	return s;
}

/* Papers the person had along; the clerk of the unit looks at them closer. */
static enum status
papers_mark(struct demo *d, const struct case_plan *p, int percent, enum paper_state state)
{
	struct case_document *list;
	size_t n;

	TRY(store_document_list(&d->op, p->id, &list, &n));
	for (size_t i = 0; i < n; i++) {
		int chance = list[i].required ? percent : 30;

		if (list[i].state == state || !dice_percent(&d->dice, chance))
			continue;
		list[i].state = state;
		TRY(store_document_put(&d->op, p->id, list + i));
	}
	return ST_OK;
}

static enum status
act_offer(struct demo *d, struct case_plan *p)
{
	struct handover h;

	TRY(papers_mark(d, p, 88, PAPER_RECEIVED));
	TRY(handover_offer(&d->op, p->id, p->what->service.unit,
	                   words_pick(&d->town.notes, &d->dice), &h));
	p->handover = h.id;
	return ST_OK;
}

static enum status
act_accept(struct demo *d, struct case_plan *p)
{
	struct handover h;

	return handover_settle(&d->op, "handover.accept", p->handover, NULL, &h);
}

static enum status
act_claim(struct demo *d, struct case_plan *p)
{
	struct case_file c;

	return case_claim(&d->op, p->id, 0, &c);
}

static enum status
act_papers(struct demo *d, struct case_plan *p)
{
	op_touch(&d->op, "case", p->id);
	return papers_mark(d, p, 70, PAPER_VERIFIED);
}

static enum status
act_note(struct demo *d, struct case_plan *p)
{
	struct case_file c;
	int64_t id;

	return case_note(&d->op, p->id, words_pick(&d->town.notes, &d->dice), false, &c, &id);
}

static enum status
act_wait(struct demo *d, struct case_plan *p)
{
	int until = p->wait_day > d->op.today ? p->wait_day : d->op.today + 1;
	struct case_file c;

	return case_wait(&d->op, p->id, 0, words_pick(&d->town.waits, &d->dice), until, &c);
}

static enum status
act_decide(struct demo *d, struct case_plan *p)
{
	static const enum result often[] = {
		RESULT_GRANTED, RESULT_GRANTED, RESULT_GRANTED, RESULT_GRANTED, RESULT_GRANTED,
		RESULT_GRANTED, RESULT_REFUSED, RESULT_SETTLED,
	};
	enum result result = p->what->closed ? RESULT_SETTLED :
	    often[dice_below(&d->dice, (int)COUNT_OF(often))];
	const char *reason = NULL;
	struct case_file c;

	if (result == RESULT_REFUSED)
		reason = words_pick(&d->town.refusals, &d->dice);
	TRY(papers_mark(d, p, 100, PAPER_VERIFIED));
	/* as clerks do who know the rest from the file */
	if (result == RESULT_GRANTED)
		reason = words_pick(&d->town.grants, &d->dice);
	TRY(case_decide(&d->op, p->id, 0, result, reason, &c));
	p->proposed = c.state == CASE_PROPOSED;
	return ST_OK;
}

static enum status
act_approve(struct demo *d, struct case_plan *p)
{
	struct case_file c;

	TRY(store_case_find(&d->op, p->id, &c));
	p->proposed = false;
	return case_settle(&d->op, "case.approve", p->id, c.version, NULL, &c);
}

static enum status
act_handout(struct demo *d, struct case_plan *p)
{
	struct case_file c;

	return case_hand_out(&d->op, p->id, 0, &c);
}

static enum status
act_close(struct demo *d, struct case_plan *p)
{
	struct case_file c;

	return case_close(&d->op, p->id, 0, &c);
}

static const struct {
	const char *command;
	bool front;              /* by who opened it, else by the clerk */
	enum status (*act)(struct demo *d, struct case_plan *p);
} acts[] = {
	[ACT_OPEN] = { "case.open", true, act_open },
	[ACT_PROMISE] = { "case.note", true, act_note },
	[ACT_OFFER] = { "handover.offer", true, act_offer },
	[ACT_ACCEPT] = { "handover.accept", false, act_accept },
	[ACT_CLAIM] = { "case.claim", false, act_claim },
	[ACT_PAPERS] = { "case.document", false, act_papers },
	[ACT_NOTE] = { "case.note", false, act_note },
	[ACT_WAIT] = { "case.wait", false, act_wait },
	[ACT_DECIDE] = { "case.decide", false, act_decide },
	[ACT_APPROVE] = { "case.approve", false, act_approve },
	[ACT_HANDOUT] = { "case.handout", true, act_handout },
	[ACT_CLOSE] = { "case.close", true, act_close },
};

enum status
demo_play_case(struct demo *d, const struct scene *scene)
{
	struct case_plan *p = d->cases + scene->subject;
	bool front = acts[scene->act].front && !(p->what->closed && scene->act == ACT_CLOSE);
	const struct staff *by = scene->act == ACT_APPROVE ? p->second
	    : front ? p->opener : p->clerk;

	/* nothing waits, or it waits still: then this is not done */
	if (scene->act >= ACT_APPROVE && p->proposed != (scene->act == ACT_APPROVE))
		return ST_OK;
	TRY(demo_begin(d, scene->at, by));
	TRY(acts[scene->act].act(d, p));
	return demo_end(d, acts[scene->act].command);
}
