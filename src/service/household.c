/*
 * household.c - layer 3: births, moves, separations.  An act is prepared from
 * the rows as they are and a plan of the rules; the preview ends there, the
 * act goes on and writes that very plan.  Called by command/household.c.
 */
#include "household.h"

#include <string.h>

#include "service_parent.h"
#include "store_merge.h"

#define MOVERS_MAX 30
#define DOUBLES_SHOWN 5

/* ---- sentences ---- */

const char *
day_said(struct op *op, int day)
{
	char iso[11];
	int year, month, mday;

	if (op->lang == LANG_EN)
		return arena_strdup(op->mem, day_iso(day, iso));
	day_to_ymd(day, &year, &month, &mday);
	return arena_printf(op->mem, "%02d.%02d.%04d", mday, month, year);
}

static enum status
no_household(struct op *op, const char *field, int64_t id)
{
	return op_fail_field(op, ST_NOT_FOUND, field,
	    _("There is no household %lld. Open it from the record of somebody who lives in it."),
	    (long long)id);
}

static enum status
refuse_join(struct op *op, enum plan_refusal r, const struct household_plan *plan)
{
	if (r == PLAN_LIVES_HERE)
		return op_fail_field(op, ST_INVALID, "person",
		    _("%s lives in this household already, since %s."), plan->who->name,
		    day_said(op, plan->since));
	if (plan->since > op->today)
		return op_fail_field(op, ST_INVALID, "person",
		    _("%s joins household %lld on %s. Move them from there instead."),
		    plan->who->name, (long long)plan->about->household_id,
		    day_said(op, plan->since));
	if (plan->about->until != DAY_NONE)
		return op_fail_field(op, ST_INVALID, "from",
		    _("%s lived in household %lld until %s. Choose a day after that."),
		    plan->who->name, (long long)plan->about->household_id,
		    day_said(op, plan->about->until));
	return op_fail_field(op, ST_INVALID, "person",
	    _("%s lives in household %lld, since %s. Move them out of it, to the new place."),
	    plan->who->name, (long long)plan->about->household_id, day_said(op, plan->since));
}

/* Why a plan cannot be, and what to do. */
static enum status
refuse_plan(struct op *op, enum plan_refusal r, const struct household_plan *plan)
{
	const char *who = plan->who ? plan->who->name : "";
	const char *since = day_said(op, plan->since);

	switch (r) {
	case PLAN_OK:
		return ST_OK;
	case PLAN_ENDED:
		return op_fail(op, ST_CONFLICT, _("Nobody lives in this household any more; it "
		    "ended on %s. Choose another one, or begin a new one."), since);
	case PLAN_BEFORE:
		return op_fail_field(op, ST_INVALID, "from",
		    _("This household began on %s. Choose that day or a later one."), since);
	case PLAN_NOT_MEMBER:
		return op_fail_field(op, ST_INVALID, "person",
		    _("%s does not live in this household on that day. Look at its members."), who);
	case PLAN_LIVES_HERE:
	case PLAN_LIVES_ELSEWHERE:
		return refuse_join(op, r, plan);
	case PLAN_CHANGED_LATER:
		return op_fail_field(op, ST_INVALID, "from",
		    _("Something is recorded for %s already. Choose a later day."), since);
	case PLAN_NOBODY_STAYS:
		return op_fail_field(op, ST_INVALID, "persons",
		    _("All of them would go. If the whole household moves, record a move."));
	case PLAN_SAME_HOME:
		return op_fail_field(op, ST_INVALID, "to_household",
		    _("They live there already. Choose another household."));
	case PLAN_NO_HEAD:
		return op_fail_field(op, ST_INVALID, "head",
		    _("Head can only be somebody who lives there on that day. Choose a member."));
	case PLAN_IS_HEAD:
		return op_fail_field(op, ST_INVALID, "person",
		    _("They are head of the need community already."));
	case PLAN_NOTHING_THEN:
	case PLAN_BETWEEN:
	case PLAN_NOT_WHOLE:
		return refuse_correction(op, r, since);
	}
	bug("plan refusal %d", (int)r);
}

/* ---- what was typed ---- */

enum status
check_day(struct op *op, const char *field, int day)
{
	int past, future;

	TRY(office_number(op, "household_past_days", &past));
	TRY(office_number(op, "household_future_days", &future));
	if (day > op->today + future)
		return op_fail_field(op, ST_INVALID, field,
		    _("That is too far ahead: %s at the latest. Record it nearer to the day."),
		    day_said(op, op->today + future));
	if (day < op->today - past)
		return op_fail_field(op, ST_INVALID, field,
		    _("That is too long ago: %s at the earliest. Check the day."),
		    day_said(op, op->today - past));
	return ST_OK;
}

static bool
is_postcode(const char *text)
{
	return strlen(text) == 5 && strspn(text, "0123456789") == 5;
}

static enum status
optional_text(struct op *op, const char *field, const char *text, const char **to)
{
	TRY(clean_text(op, field, text, TEXT_SHORT, false, to));
	if (*to && !**to)
		*to = NULL;
	return ST_OK;
}

/* Where it goes; *to NULL: not named. */
static enum status
read_dwelling(struct op *op, const struct household_wish *wish, const struct dwelling **to)
{
	struct dwelling *d = arena_make(op->mem, struct dwelling);
	int kind = state_by_name(&dwelling_kinds, wish->kind);

	TRY(optional_text(op, "street", wish->street, &d->street));
	TRY(optional_text(op, "postcode", wish->postcode, &d->postcode));
	TRY(optional_text(op, "city", wish->city, &d->city));
	*to = NULL;
	if (!d->street && !wish->kind)
		return ST_OK;
	if (!d->street)
		return op_fail_field(op, ST_INVALID, "street",
		    _("Give the street and number, or the name of the house, they live in."));
	if (kind < 0)
		return op_fail_field(op, ST_INVALID, "kind",
		    _("Say what kind of place that is: flat, shared, reception or institution."));
	if (d->postcode && !is_postcode(d->postcode))
		return op_fail_field(op, ST_INVALID, "postcode",
		    _("%s is no postcode: it has five digits."), d->postcode);
	d->kind = (enum dwelling_kind)kind;
	*to = d;
	return ST_OK;
}

enum status
load_home(struct op *op, const char *field, int64_t id, struct home *home)
{
	TRY(store_home_find(op, id, home));
	if (!home->id || (home->hidden && home->n_stays == 0))
		return no_household(op, field, id);
	return ST_OK;
}

enum status
load_mover(struct op *op, int64_t id, struct mover *m)
{
	struct person p;
	struct stay *stays;

	TRY(named_as(op, "person", person_show(op, id, &p)));
	TRY(store_stay_list(op, p.id, &stays, &m->n_stays));
	m->name = p.display;
	m->born = p.born;
	m->stays = stays;
	m->id = p.id;
	return ST_OK;
}

/* The first day somebody may have been born on is after the act. */
enum status
check_born(struct op *op, const struct household_act *act, const char *field, int day)
{
	for (size_t i = 0; i < act->n_movers; i++) {
		const char *born = act->movers[i].born;
		char iso[11];

		/* what is not known of it compares as the earliest */
		if (born && strncmp(born, day_iso(day, iso), strlen(born)) > 0)
			return op_fail_field(op, ST_INVALID, field,
			    _("%s was not born yet on that day. Choose a later one, or mend the "
			      "date of birth first."), act->movers[i].name);
	}
	return ST_OK;
}

bool
is_named(const struct mover *list, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].id == id)
			return true;
	return false;
}

static enum status
load_movers(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	struct household_act *act = &c->act;
	struct mover *list = arena_array(op->mem, struct mover, wish->n_people + 1);
	size_t n = 0;

	if (wish->n_people > MOVERS_MAX)
		return op_fail_field(op, ST_INVALID, "persons",
		    _("At most %d people at once. Record the others after these."), MOVERS_MAX);
	for (size_t i = 0; i < wish->n_people; i++) {
		TRY(load_mover(op, wish->people[i], &list[n]));
		n += !is_named(list, n, list[n].id);
	}
	act->movers = list;
	act->n_movers = n;
	return ST_OK;
}

/* ---- births ---- */

static enum status
check_mother(struct op *op, const struct household_wish *wish, const struct home *home, int day)
{
	const struct stay *s = wish->mother ? home_member(home, wish->mother, day) : NULL;
	int age = s ? age_on(s->born, day) : -1;

	if (!wish->mother)
		return ST_OK;
	if (!s)
		return op_fail_field(op, ST_INVALID, "mother",
		    _("The mother does not live in this household on that day. Leave her out, or "
		      "choose the household she lives in."));
	if (age >= 0 && age < 12)
		return op_fail_field(op, ST_INVALID, "mother",
		    _("%s is %d years old then. Check who the mother is."), s->name, age);
	return ST_OK;
}

/* The record to be made, and whom it might double. */
static enum status
prepare_child(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	struct mover *m = arena_make(op->mem, struct mover);
	const struct person_wish *child = wish->child;

	TRY(person_prepare(op, child, &c->child));
	if (!c->child.born || !day_parse(c->child.born, &c->act.day))
		return op_fail_field(op, ST_INVALID, "born",
		    _("A birth needs the whole date: year, month and day."));
	TRY(check_mother(op, wish, &c->plan.here, c->act.day));
	/* without the date: a brother's record may have been begun in a hurry */
	TRY(person_find(op, &(struct find_wish){ .limit = DOUBLES_SHOWN,
	    .text = arena_printf(op->mem, "%s %s ", child->family,
	    child->given ? child->given : "") }, &c->doubles, &c->n_doubles));
	c->passed = arena_make(op->mem, struct doubles);
	TRY(doubles_look(op, child, wish->reason, c->passed));
	*m = (struct mover){ .name = c->child.display, .born = c->child.born };
	c->wish = child;
	c->mother = wish->mother;
	c->act.movers = m;
	c->act.n_movers = 1;
	c->act.role = MEMBER_CHILD;
	return ST_OK;
}

/* ---- the act ---- */

struct home
copy_home(struct op *op, const struct home *home)
{
	struct home copy = *home;

	copy.stays = arena_array(op->mem, struct stay, home->n_stays + 1);
	copy.dwellings = arena_array(op->mem, struct dwelling, home->n_dwellings + 1);
	if (home->n_stays)
		memcpy(copy.stays, home->stays, home->n_stays * sizeof(*copy.stays));
	if (home->n_dwellings)
		memcpy(copy.dwellings, home->dwellings,
		    home->n_dwellings * sizeof(*copy.dwellings));
	return copy;
}

/* Who is named by the number of a record that was linked is who it was linked
 * to; a number that nobody has stays, and is refused where it is looked for. */
static enum status
read_through(struct op *op, int64_t *person)
{
	int64_t current;

	TRY(store_person_current(op, *person, &current));
	*person = current ? current : *person;
	return ST_OK;
}

static enum status
load_homes(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	struct household_plan *plan = &c->plan;

	if (wish->id)
		TRY(load_home(op, "id", wish->id, &plan->here));
	if (wish->seen && wish->seen != plan->here.version)
		return clash(op, _("This household"), plan->here.changed_by_name,
		    plan->here.changed_at);
	if (wish->to_household) {
		TRY(load_home(op, "to_household", wish->to_household, &plan->there));
		plan->used = true;
	}
	if (plan->here.unwritable || plan->there.unwritable)
		return op_fail_field(op, ST_DENIED, "id", _("This household cannot be changed by you: a "
		    "record in it is blocked or not for you. Ask your supervisor."));
	c->before = copy_home(op, &plan->here);
	c->there_before = copy_home(op, &plan->there);
	return ST_OK;
}

static enum status
plan_tasks(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	struct calendar calendar = { .today = op->today };
	struct task_rule *rules;
	size_t n;
	int *holidays;

	TRY(store_holidays(op, op->today, &holidays, &calendar.n_holidays));
	calendar.holidays = holidays;
	TRY(store_task_rules(op, c->act.kind, c->act.day, &rules, &n));
	c->n_tasks = household_tasks(op->mem, &c->act, wish->mother, &c->plan, rules, n, &calendar,
	    &c->tasks);
	return ST_OK;
}

static enum status
prepare_people(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	if (wish->act == ACT_CORRECTION)
		return prepare_correction(op, wish, c);
	if (wish->child)
		TRY(prepare_child(op, wish, c));
	else
		TRY(load_movers(op, wish, c));
	TRY(check_day(op, "from", c->act.day));
	return check_born(op, &c->act, "from", c->act.day);
}

enum status
household_prepare(struct op *op, const struct household_wish *asked,
                  struct household_change *change)
{
	struct household_act *act = &change->act;
	struct household_wish *wish = arena_make(op->mem, struct household_wish);

	*wish = *asked;
	TRY(read_through(op, &wish->mother));
	TRY(read_through(op, &wish->head));
	TRY(read_through(op, &wish->successor));
	*change = (struct household_change){ .act = { .kind = wish->act, .day = wish->day,
	    .role = wish->role, .head = wish->head, .successor = wish->successor } };
	if (act->day == DAY_NONE)
		act->day = op->today;
	TRY(load_homes(op, wish, change));
	TRY(prepare_people(op, wish, change));
	TRY(read_dwelling(op, wish, &act->to));
	if (wish->to_household && act->to)
		return op_fail_field(op, ST_INVALID, "to_household",
		    _("Name either the household they join or a new residence, not both."));
	TRY(refuse_plan(op, household_plan(op->mem, act, &change->plan), &change->plan));
	return plan_tasks(op, wish, change);
}

/* The child has a number now: its rows and tasks get it. */
static enum status
register_child(struct op *op, struct household_change *c)
{
	struct home *h = &c->plan.here;

	TRY(person_new(op, c->wish, &c->child));
	TRY(doubles_note(op, c->child.id, c->passed));
	if (c->mother)
		TRY(parent_add(op, c->child.id, c->mother,
		    state_name(&parent_kinds, PARENT_MOTHER), NULL));
	for (size_t i = 0; i < h->n_stays; i++)
		if (!h->stays[i].person_id)
			h->stays[i].person_id = c->child.id;
	for (size_t i = 0; i < c->n_tasks; i++)
		if (!c->tasks[i].person_id)
			c->tasks[i].person_id = c->child.id;
	return ST_OK;
}

static enum status
open_task(struct op *op, const struct planned_task *p)
{
	const struct task_rule *r = p->rule;
	struct task t = { .unit = r->unit, .kind = r->key, .name_de = r->name_de,
	    .name_en = r->name_en, .basis = r->basis, .person_id = p->person_id,
	    .household_id = p->home ? p->home->id : 0, .due_day = p->due };

	return store_task_add(op, &t);
}

enum status
household_carry_out(struct op *op, struct household_change *change)
{
	struct household_plan *plan = &change->plan;

	if (change->wish)
		TRY(register_child(op, change));
	/* who leaves is out before they are in: one open period a person */
	TRY(store_home_take_out(op, &plan->here));
	TRY(store_home_take_out(op, &plan->there));
	TRY(store_home_save(op, &plan->here));
	if (plan->used)
		TRY(store_home_save(op, &plan->there));
	for (size_t i = 0; i < change->n_tasks; i++)
		TRY(open_task(op, &change->tasks[i]));
	return ST_OK;
}

/* ---- looking ---- */

enum status
household_show(struct op *op, int64_t id, struct home *home)
{
	return load_home(op, "id", id, home);
}

enum status
household_of(struct op *op, int64_t person, int day, struct home *home)
{
	struct person p;
	int64_t id;

	*home = (struct home){ 0 };
	TRY(named_as(op, "person", person_show(op, person, &p)));
	TRY(store_home_of(op, person, day, &id));
	if (!id)
		TRY(store_home_of(op, p.id, day, &id));
	return id ? store_home_find(op, id, home) : ST_OK;
}
