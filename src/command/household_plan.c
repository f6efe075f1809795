/*
 * household_plan.c - layer 4: how the plan of an act, its preview, looks in
 * JSON.  Called by household.c.
 */
#include "household_shape.h"

/* ---- plans ---- */

/* A plan is told by what differs between two pictures of the same day. */

static void
add_change(json_t *rows, const struct stay *s, const char *label)
{
	json_t *o = json_object();

	put(o, "person", s ? shape_who(s->person_id, s->name, s->born) : json_null());
	put(o, "label", json_string(label));
	json_array_append_new(rows, o);
}

static const char *
joins(struct op *op, const struct stay *s)
{
	const char *role = state_label(&member_roles, (int)s->role);

	if (s->need_head)
		return arena_printf(op->mem, _("joins as %s and head of the need community"), role);
	return arena_printf(op->mem, _("joins as %s"), role);
}

/* NULL: nothing. */
static const char *
becomes(struct op *op, const struct stay *was, const struct stay *is)
{
	const char *role = state_label(&member_roles, (int)is->role);

	if (was->need_head && !is->need_head)
		return _("is no longer head of the need community");
	if (was->role == is->role)
		return was->need_head == is->need_head ? NULL
		                                       : _("becomes head of the need community");
	if (!was->need_head && is->need_head)
		return arena_printf(op->mem, _("becomes %s and head of the need community"), role);
	return arena_printf(op->mem, _("becomes %s"), role);
}

static void
add_stay_changes(struct op *op, json_t *rows, const struct home *before, const struct home *after,
                 int day)
{
	for (size_t i = 0; i < before->n_stays; i++) {
		const struct stay *s = &before->stays[i];

		if (home_member(before, s->person_id, day) == s &&
		    !home_member(after, s->person_id, day))
			add_change(rows, s, _("leaves"));
	}
	for (size_t i = 0; i < after->n_stays; i++) {
		const struct stay *s = &after->stays[i], *was;
		const char *label;

		if (home_member(after, s->person_id, day) != s)
			continue;
		was = home_member(before, s->person_id, day);
		label = was ? becomes(op, was, s) : joins(op, s);
		if (label)
			add_change(rows, s, label);
	}
}

static bool
same_dwelling(const struct dwelling *a, const struct dwelling *b)
{
	return (!a && !b) || (a && b && a->from == b->from);
}

static json_t *
shape_changes(struct op *op, const struct home *before, const struct home *after, int day)
{
	const struct dwelling *is = home_dwelling(after, day);
	json_t *rows = json_array();

	add_stay_changes(op, rows, before, after, day);
	if (after->until != DAY_NONE && before->until == DAY_NONE)
		add_change(rows, NULL, _("Nobody is left: the household ends."));
	if (is && !same_dwelling(home_dwelling(before, day), is))
		add_change(rows, NULL, arena_printf(op->mem, _("Residence: %s, %s"), is->street,
		    state_label(&dwelling_kinds, (int)is->kind)));
	return rows;
}

/* ---- corrections: told period by period ---- */

static const char *
corrected(struct op *op, int was_from, int was_until, int from, int until)
{
	const char *text = NULL;

	if (from != was_from)
		text = arena_printf(op->mem, _("since %s instead of %s"), day_said(op, from),
		    day_said(op, was_from));
	if (until == was_until)
		return text;
	if (until == DAY_NONE)
		return arena_printf(op->mem, _("goes on, did not end on %s"),
		    day_said(op, was_until));
	return arena_printf(op->mem, "%s%s%s", text ? text : "", text ? ", " : "",
	    arena_printf(op->mem, _("until %s instead of %s"), day_said(op, until),
	    was_until == DAY_NONE ? _("today") : day_said(op, was_until)));
}

static void
add_stay_correction(struct op *op, json_t *rows, const struct stay *s, const struct home *after)
{
	const char *role = state_label(&member_roles, (int)s->role), *label = NULL;
	const struct stay *is = NULL;

	for (size_t i = 0; i < after->n_stays && !is; i++)
		is = after->stays[i].id == s->id ? &after->stays[i] : NULL;
	if (!is)
		label = arena_printf(op->mem, _("was never %s since %s"), role,
		    day_said(op, s->from));
	else
		label = corrected(op, s->from, s->until, is->from, is->until);
	if (label)
		add_change(rows, s, is ? arena_printf(op->mem, "%s: %s", role, label) : label);
}

static void
add_dwelling_correction(struct op *op, json_t *rows, const struct dwelling *d,
                        const struct home *after)
{
	const struct dwelling *is = NULL;
	const char *label;

	for (size_t i = 0; i < after->n_dwellings && !is; i++)
		is = after->dwellings[i].id == d->id ? &after->dwellings[i] : NULL;
	label = is ? corrected(op, d->from, d->until, is->from, is->until)
	           : arena_printf(op->mem, _("never since %s"), day_said(op, d->from));
	if (label)
		add_change(rows, NULL, arena_printf(op->mem, _("Residence %s: %s"), d->street,
		    label));
}

static json_t *
shape_corrections(struct op *op, const struct home *before, const struct home *after)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < before->n_stays; i++)
		add_stay_correction(op, rows, &before->stays[i], after);
	for (size_t i = 0; i < before->n_dwellings; i++)
		add_dwelling_correction(op, rows, &before->dwellings[i], after);
	if (after->n_stays == 0)
		add_change(rows, NULL, _("Nothing is left of this household: it is taken out."));
	return rows;
}

static json_t *
shape_side(struct op *op, const struct household_act *act, const struct home *before,
           const struct home *after)
{
	bool correction = act->kind == ACT_CORRECTION;
	int day = correction && act->right != DAY_NONE && act->right < act->day ? act->right
	                                                                        : act->day;

	json_t *o = json_object();

	put(o, "id", shape_id(after->id));
	put(o, "begins", json_boolean(before->id == 0));
	put(o, "before", shape_members(before, day));
	put(o, "after", shape_members(after, day));
	put(o, "residence", shape_dwelling(home_dwelling(after, day)));
	put(o, "changes", correction ? shape_corrections(op, before, after)
	                             : shape_changes(op, before, after, day));
	return o;
}

static json_t *
shape_planned(struct op *op, const struct planned_task *t)
{
	json_t *o = json_object();

	put(o, "unit", json_string(t->rule->unit));
	put(o, "unit_label", json_string(t->rule->unit_name));
	put(o, "kind", json_string(t->rule->key));
	put(o, "label", json_string(op->lang == LANG_DE ? t->rule->name_de : t->rule->name_en));
	put(o, "basis", shape_cite(op, t->rule->basis));
	put(o, "person", shape_who(t->person_id, t->name, t->born));
	put(o, "due", shape_day(t->due));
	return o;
}

static json_t *
shape_doubles(const struct household_change *c)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < c->n_doubles; i++) {
		const struct hit *hit = &c->doubles[i];
		json_t *o = shape_who(hit->id, hit->display, hit->born);

		put(o, "score", json_integer(hit->score));
		put(o, "why", json_string(hit->why));
		json_array_append_new(rows, o);
	}
	return rows;
}

/* As far as the reader may know of them. */
static bool
has_open_tasks(struct op *op, int64_t home)
{
	struct task_wish wish = { .household_id = home, .state = TASK_OPEN, .limit = 1 };
	struct task *list;
	size_t n = 0;

	return task_list(op, &wish, &list, &n) == ST_OK && n > 0;
}

/* Things a clerk should think of, but that do not stand against the act. */
static json_t *
shape_warnings(struct op *op, const struct household_change *c)
{
	const struct household_plan *plan = &c->plan;
	const struct home *const sides[] = { &plan->here, plan->used ? &plan->there : NULL };
	json_t *rows = json_array();

	for (size_t i = 0; i < COUNT_OF(sides); i++) {
		const struct stay *head = sides[i] ? home_head(sides[i], c->act.day) : NULL;
		int age = head ? age_on(head->born, c->act.day) : -1;

		if (age >= 0 && age < ADULT_YEARS)
			json_array_append_new(rows, json_string(arena_printf(op->mem,
			    _("%s would be head at %d years: no adult lives there then. Tell the "
			      "youth welfare office."), head->name, age)));
	}
	if (c->act.kind == ACT_CORRECTION && c->before.id && has_open_tasks(op, c->before.id))
		json_array_append_new(rows, json_string(_("Open tasks stay as they are. Look whether "
		    "they still hold, and until when.")));
	if (c->n_doubles)
		json_array_append_new(rows, json_string(_("People with a name like the child's are "
		    "registered already. Look whether the child is one of them.")));
	return rows;
}

json_t *
shape_plan(struct op *op, const struct household_change *c, bool stored)
{
	json_t *o = json_object(), *sides = json_array(), *tasks = json_array();

	put(o, "act", json_string(state_name(&household_acts, (int)c->act.kind)));
	put(o, "act_label", json_string(state_label(&household_acts, (int)c->act.kind)));
	put(o, "stored", json_boolean(stored));
	put(o, "day", shape_day(c->act.day));
	json_array_append_new(sides, shape_side(op, &c->act, &c->before, &c->plan.here));
	if (c->plan.used)
		json_array_append_new(sides, shape_side(op, &c->act, &c->there_before,
		    &c->plan.there));
	put(o, "households", sides);
	for (size_t i = 0; i < c->n_tasks; i++)
		if (task_rule_in_sight(op, c->tasks[i].rule))
			json_array_append_new(tasks, shape_planned(op, &c->tasks[i]));
	put(o, "tasks", tasks);
	put(o, "doubles", shape_doubles(c));
	put(o, "warnings", shape_warnings(op, c));
	return o;
}
