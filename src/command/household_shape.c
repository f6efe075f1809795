/*
 * household_shape.c - layer 4: how households and tasks look in JSON.
 * Called by household.c.  Tasks of a closed unit are left out for others, here
 * as everywhere.
 */
#include "household_shape.h"

#define TASKS_SHOWN 100

/* ---- rows ---- */

json_t *
shape_who(int64_t id, const char *name, const char *born)
{
	json_t *o = json_object();

	put(o, "id", shape_id(id));
	put(o, "name", json_string(name));
	put(o, "born", shape_text(born));
	return o;
}

static json_t *
shape_stay(const struct home *h, const struct stay *s, int day)
{
	int age = age_on(s->born, day);
	json_t *o = json_object();

	put(o, "person", shape_who(s->person_id, s->name, s->born));
	put(o, "locked", json_boolean(s->locked));
	put(o, "age", age < 0 ? json_null() : json_integer(age));
	put(o, "role", json_string(state_name(&member_roles, (int)s->role)));
	put(o, "role_label", json_string(state_label(&member_roles, (int)s->role)));
	put(o, "need_head", json_boolean(s->need_head));
	put(o, "since", shape_day(stay_since(h, s)));
	put(o, "until", shape_day(s->until));
	return o;
}

json_t *
shape_dwelling(const struct dwelling *d)
{
	json_t *o;

	if (!d)
		return json_null();
	o = json_object();
	put(o, "kind", json_string(state_name(&dwelling_kinds, (int)d->kind)));
	put(o, "kind_label", json_string(state_label(&dwelling_kinds, (int)d->kind)));
	put(o, "street", json_string(d->street));
	put(o, "postcode", shape_text(d->postcode));
	put(o, "city", shape_text(d->city));
	put(o, "from", shape_day(d->from));
	put(o, "until", shape_day(d->until));
	return o;
}

/* Does this period run on in a next one, with another role? */
static bool
runs_on(const struct home *h, const struct stay *s)
{
	return s->until != DAY_NONE && home_member(h, s->person_id, s->until + 1) != NULL;
}

/* Members on the day: the head first, then by their role. */
json_t *
shape_members(const struct home *h, int day)
{
	json_t *rows = json_array();

	for (size_t role = 0; role < member_roles.n; role++)
		for (size_t i = 0; i < h->n_stays; i++) {
			const struct stay *s = &h->stays[i];

			if (s->role == role && home_member(h, s->person_id, day) == s)
				json_array_append_new(rows, shape_stay(h, s, day));
		}
	return rows;
}

static json_t *
shape_past(const struct home *h, int day)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (s->until != DAY_NONE && s->until < day && !runs_on(h, s))
			json_array_append_new(rows, shape_stay(h, s, s->until));
	}
	return rows;
}

static json_t *
shape_coming(const struct home *h, int day)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (s->from > day && !home_member(h, s->person_id, s->from - 1))
			json_array_append_new(rows, shape_stay(h, s, s->from));
	}
	return rows;
}

static json_t *
shape_residences(const struct home *h)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < h->n_dwellings; i++)
		json_array_append_new(rows, shape_dwelling(&h->dwellings[i]));
	return rows;
}

json_t *
shape_task(struct op *op, const struct task *t)
{
	json_t *o = json_object();

	put(o, "id", json_integer(t->id));
	put(o, "version", json_integer(t->version));
	put(o, "unit", json_string(t->unit));
	put(o, "unit_label", json_string(t->unit_name));
	put(o, "kind", json_string(t->kind));
	put(o, "label", json_string(t->name));
	put(o, "basis", shape_cite(op, t->basis));
	put(o, "person", shape_who(t->person_id, t->person_name, t->person_born));
	put(o, "household", shape_id(t->household_id));
	put(o, "due", shape_day(t->due_day));
	put(o, "late", json_boolean(t->state == TASK_OPEN && t->due_day < op->today));
	put(o, "state", json_string(state_name(&task_states, (int)t->state)));
	put(o, "state_label", json_string(state_label(&task_states, (int)t->state)));
	put(o, "note", shape_text(t->note));
	put(o, "opened", shape_instant(t->opened_at));
	put(o, "opened_by", json_string(t->opened_by_name));
	put(o, "changed", shape_instant(t->changed_at));
	put(o, "changed_by", json_string(t->changed_by_name));
	put(o, "may", shape_may(task_may(op, t)));
	return o;
}

static enum status
put_tasks(struct op *op, const struct home *home, json_t *o)
{
	struct task_wish wish = { .household_id = home->id, .state = TASK_OPEN,
	    .limit = TASKS_SHOWN };
	json_t *rows = json_array();
	struct task *list;
	size_t n;

	put(o, "tasks", rows);
	TRY(task_list(op, &wish, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_task(op, &list[i]));
	return ST_OK;
}

enum status
shape_home(struct op *op, const struct home *home, int day, json_t **out)
{
	const struct stay *head = home_head(home, day);
	json_t *o;

	*out = json_null();
	if (!home->id)
		return ST_OK;
	*out = o = json_object();
	put(o, "id", json_integer(home->id));
	put(o, "version", json_integer(home->version));
	put(o, "day", shape_day(day));
	put(o, "from", shape_day(home->from));
	put(o, "until", shape_day(home->until));
	put(o, "residence", shape_dwelling(home_dwelling(home, day)));
	put(o, "need_head", head ? shape_who(head->person_id, head->name, head->born)
	                         : json_null());
	put(o, "members", shape_members(home, day));
	put(o, "past", shape_past(home, day));
	put(o, "coming", shape_coming(home, day));
	put(o, "residences", shape_residences(home));
	return put_tasks(op, home, o);
}

/* ---- one person's own ---- */

/* Whose address may not become known lives there: it is everybody's who does. */
static bool
shields_somebody(const struct home *h, int day)
{
	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].locked && home_member(h, h->stays[i].person_id, day))
			return true;
	return false;
}

static enum status
add_lived(struct op *op, const struct stay *s, json_t *rows)
{
	struct home home;
	json_t *o, *places = json_array();

	TRY(store_home_find(op, s->household_id, &home));
	o = shape_stay(&home, s, s->from);
	json_object_del(o, "person");
	json_object_del(o, "age");
	put(o, "locked", json_boolean(shields_somebody(&home, op->today)));
	put(o, "household", json_integer(s->household_id));
	put(o, "since", shape_day(s->from));
	put(o, "residences", places);
	for (size_t i = 0; i < home.n_dwellings; i++) {
		const struct dwelling *d = &home.dwellings[i];

		if ((s->until == DAY_NONE || d->from <= s->until) &&
		    (d->until == DAY_NONE || d->until >= s->from))
			json_array_append_new(places, shape_dwelling(d));
	}
	json_array_append_new(rows, o);
	return ST_OK;
}

bool
lived_shields(const json_t *package)
{
	const json_t *row;
	size_t i;

	json_array_foreach(json_object_get(package, "households"), i, row)
		if (json_is_true(json_object_get(row, "locked")))
			return true;
	return false;
}

enum status
put_lived(struct op *op, int64_t person, json_t *package)
{
	json_t *rows = json_array(), *tasks = json_array();
	struct stay *stays;
	size_t n;

	put(package, "households", rows);
	put(package, "tasks", tasks);
	TRY(store_stay_list(op, person, &stays, &n));
	for (size_t i = 0; i < n; i++)
		TRY(add_lived(op, &stays[i], rows));
	for (size_t state = 0; state < task_states.n; state++) {
		struct task_wish wish = { .person_id = person, .state = (enum task_state)state,
		    .limit = TASKS_SHOWN };
		struct task *list;

		TRY(task_list(op, &wish, &list, &n));
		for (size_t i = 0; i < n; i++)
			json_array_append_new(tasks, shape_task(op, &list[i]));
	}
	return ST_OK;
}

static int
people_in(const struct home *h, int day)
{
	int n = 0;

	for (size_t i = 0; i < h->n_stays; i++)
		n += home_member(h, h->stays[i].person_id, day) == &h->stays[i];
	return n;
}

enum status
put_home(struct op *op, int64_t person, json_t *o)
{
	const struct dwelling *dwelling;
	const struct stay *stay;
	struct home h;
	int64_t id;
	json_t *line;

	TRY(store_home_of(op, person, op->today, &id));
	if (!id) {
		put(o, "household", json_null());
		return ST_OK;
	}
	TRY(store_home_find(op, id, &h));
	stay = home_member(&h, person, op->today);
	dwelling = home_dwelling(&h, op->today);
	line = json_object();
	put(line, "id", json_integer(id));
	put(line, "locked", json_boolean(shields_somebody(&h, op->today)));
	put(line, "people", json_integer(people_in(&h, op->today)));
	put(line, "role_label",
	    shape_text(stay ? state_label(&member_roles, (int)stay->role) : NULL));
	put(line, "kind_label",
	    shape_text(dwelling ? state_label(&dwelling_kinds, (int)dwelling->kind) : NULL));
	put(line, "street", shape_text(dwelling ? dwelling->street : NULL));
	put(o, "household", line);
	return ST_OK;
}
