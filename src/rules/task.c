/*
 * task.c - layer 1: which tasks an act leaves to whom, and until when.  Called
 * by service/household.c; the catalogue's loader asks it for the names.
 */
#include "rules_task.h"

#include <string.h>

#include "rules_order.h"

/* The household somebody lives in once the act is done; NULL: in none. */
static const struct home *
home_of(const struct household_plan *plan, int64_t person, int day)
{
	if (plan->used && home_member(&plan->there, person, day))
		return &plan->there;
	return home_member(&plan->here, person, day) ? &plan->here : NULL;
}

static bool
may_be_minor(const struct stay *s, const char *born, int day)
{
	int age = age_on(born, day);
	bool child = s && s->role == MEMBER_CHILD;

	/* a year alone counts as its January: somebody may be a year younger */
	if (born && strlen(born) < 10 && age == ADULT_YEARS)
		return true;
	return age < 0 ? child : age < ADULT_YEARS;
}

static bool
with_minors(const struct home *h, int day)
{
	for (size_t i = 0; h && i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (home_member(h, s->person_id, day) == s && may_be_minor(s, s->born, day))
			return true;
	}
	return false;
}

/* The conditions that hold for somebody after the act. */
static unsigned
conditions_of(const struct planned_task *t, int day)
{
	static const unsigned by_dwelling[] = {
		[DWELLING_FLAT] = IF_FLAT, [DWELLING_SHARED] = IF_SHARED,
		[DWELLING_RECEPTION] = IF_RECEPTION, [DWELLING_INSTITUTION] = IF_INSTITUTION,
	};
	const struct dwelling *d = t->home ? home_dwelling(t->home, day) : NULL;
	const struct stay *s = t->home ? home_member(t->home, t->person_id, day) : NULL;
	int age = age_on(t->born, day);
	unsigned set = may_be_minor(s, t->born, day) ? IF_MINOR : 0;

	if (age < 0 || age >= ADULT_YEARS)
		set |= IF_ADULT;
	if (with_minors(t->home, day))
		set |= IF_MINORS;
	return d ? set | by_dwelling[d->kind] : set;
}

static int
months_after(int day, int months)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, mday, last;

	day_to_ymd(day, &year, &month, &mday);
	year += (month - 1 + months) / 12;
	month = (month - 1 + months) % 12;
	last = lengths[month];
	if (month == 1 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0))
		last = 29;
	/* a month without that day ends with its last one (§ 188(3) BGB) */
	return day_from_ymd(year, month + 1, mday < last ? mday : last);
}

static int
due_day(const struct task_rule *rule, int day, const struct calendar *c)
{
	int due = day;

	switch (rule->term_unit) {
	case TERM_WORKING_DAYS:
		return working_day_after(c->today, rule->term, c->holidays, c->n_holidays);
	case TERM_DAYS:
		due = day + rule->term;
		break;
	case TERM_MONTHS:
		due = months_after(day, rule->term);
		break;
	}
	return working_day_after(due < c->today ? c->today : due, 0, c->holidays, c->n_holidays);
}

/* Adds the task if its conditions hold. */
static void
consider(struct planned_task *list, size_t *n, struct planned_task t, int day,
         const struct calendar *c)
{
	if ((t.rule->conditions & ~conditions_of(&t, day)) != 0)
		return;
	t.due = due_day(t.rule, day, c);
	list[(*n)++] = t;
}

static struct planned_task
task_for_head(const struct task_rule *rule, const struct home *h, int day)
{
	const struct stay *head = home_head(h, day);

	if (!head)
		return (struct planned_task){ 0 };
	return (struct planned_task){ .rule = rule, .person_id = head->person_id,
	    .name = head->name, .born = head->born, .home = h };
}

static struct planned_task
task_for_one(const struct task_rule *rule, const struct household_act *act, int64_t mother,
             const struct household_plan *plan)
{
	const struct stay *s = mother ? home_member(&plan->here, mother, act->day) : NULL;
	bool left = act->kind == ACT_MOVE_OUT || act->kind == ACT_SEPARATION;

	switch (rule->about) {
	case ABOUT_MOTHER:
		if (!s)
			return task_for_head(rule, &plan->here, act->day);
		return (struct planned_task){ .rule = rule, .person_id = mother, .name = s->name,
		    .born = s->born, .home = &plan->here };
	case ABOUT_HOUSEHOLD:
		if (left && !plan->used)
			break;
		return task_for_head(rule, left ? &plan->there : &plan->here, act->day);
	case ABOUT_REMAINING:
		return left ? task_for_head(rule, &plan->here, act->day)
		            : (struct planned_task){ 0 };
	case ABOUT_EACH:
		break;
	}
	return (struct planned_task){ 0 };
}

size_t
household_tasks(struct arena *mem, const struct household_act *act, int64_t mother,
                const struct household_plan *plan, const struct task_rule *rules, size_t n_rules,
                const struct calendar *calendar, struct planned_task **tasks)
{
	size_t n = 0, room = n_rules * (act->n_movers + 1);

	*tasks = arena_array(mem, struct planned_task, room + 1);
	for (size_t i = 0; i < n_rules; i++) {
		struct planned_task one;

		if (rules[i].act != act->kind)
			continue;
		for (size_t j = 0; rules[i].about == ABOUT_EACH && j < act->n_movers; j++) {
			const struct mover *m = &act->movers[j];

			consider(*tasks, &n, (struct planned_task){ .rule = &rules[i],
			    .person_id = m->id, .name = m->name, .born = m->born,
			    .home = home_of(plan, m->id, act->day) }, act->day, calendar);
		}
		one = task_for_one(&rules[i], act, mother, plan);
		if (one.rule)
			consider(*tasks, &n, one, act->day, calendar);
	}
	return n;
}

/* ---- names ---- */

bool
conditions_read(const char *names, unsigned *set)
{
	*set = 0;
	while (names && *names) {
		size_t length = strcspn(names, " ");
		bool known = false;

		for (size_t i = 0; condition_names[i]; i++)
			if (strlen(condition_names[i]) == length &&
			    strncmp(condition_names[i], names, length) == 0) {
				*set |= 1u << i;
				known = true;
			}
		if (!known)
			return false;
		names += length;
		names += strspn(names, " ");
	}
	return true;
}

#define X(id, name) name,
const char *const about_names[] = { ABOUT_LIST(X) NULL };
const char *const term_names[] = { TERM_LIST(X) NULL };
#undef X
#define X(id, bit, name) [bit] = name,
const char *const condition_names[] = { CONDITION_LIST(X) NULL };
#undef X
