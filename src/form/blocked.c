/*
 * blocked.c - layer 1: rules that stop a unit which could do nothing about it:
 * all that they ask for is answered by others, computed from that, or out of
 * sight.  Called by form_parse for the counter and the units that a form names,
 * and by who knows the units of its services.
 *
 * What is out of sight can be mended by a unit if a rule is silent then, or if
 * the unit answers something that brings it to sight.
 */
#include "inside.h"

#include <string.h>

#include "form_example.h"

struct inquiry {
	const struct form *form;
	const char *unit;        /* which fills the form in at that stage */
	bool asked[FORM_FIELDS_MAX]; /* the rule depends on it */
	bool open[FORM_FIELDS_MAX];  /* and the unit may change it */
	bool any_answer, any_open; /* it depends on some */
};

/* ---- what a rule asks for ---- */

static bool
is_of_others(const struct form_field *field, const char *unit)
{
	for (; field; field = field->parent)
		if (field->owner && strcmp(field->owner, unit) != 0)
			return true;
	return false;
}

static void
ask_for(void *self, const struct form_field *field)
{
	struct inquiry *q = self;

	if (q->asked[field->id])
		return;
	q->asked[field->id] = true;
	if (field->compute) {
		form_expr_fields(field->compute, ask_for, q);
		return;
	}
	q->any_answer = true;
	q->open[field->id] = !is_of_others(field, q->unit);
}

/* ---- what is out of sight ---- */

struct search {
	const struct inquiry *q;
	bool tried[FORM_FIELDS_MAX];
	bool found;
};

static void brings_to_sight(void *self, const struct form_field *field);

/* May the unit see to it that this condition changes? */
static bool
is_moved(struct search *s, const struct form_expr *e)
{
	bool found;

	if (!e)
		return true;
	s->found = false;
	form_expr_fields(e, brings_to_sight, s);
	found = s->found;
	s->found = false;
	return found;
}

static bool
is_shown_by(struct search *s, const struct form_field *field)
{
	const struct form *f = s->q->form;

	if (field->parent)
		return is_moved(s, field->show) && is_shown_by(s, field->parent);
	return is_moved(s, field->show) && is_moved(s, f->sections[field->section].show);
}

static void
brings_to_sight(void *self, const struct form_field *field)
{
	struct search *s = self;
	bool before = s->found, does;

	if (s->tried[field->id])
		return;
	s->tried[field->id] = true;
	if (field->compute)
		does = is_moved(s, field->compute);
	else
		does = !is_of_others(field, s->q->unit) && is_shown_by(s, field);
	s->found = before || does;
}

static bool
can_show(const struct inquiry *q)
{
	for (size_t i = 0; i < q->form->every_count; i++) {
		struct search s = { .q = q };

		if (q->open[i] && is_shown_by(&s, q->form->every[i]))
			return true;
	}
	return false;
}

/* ---- public ---- */

/* What it depends on, and what of that the unit may change.  A repeat is no way
 * out where somebody else's answer in its rows matters: those rows stay. */
static struct inquiry
inquire(const struct form *f, const struct form_expr *when, const char *unit)
{
	struct inquiry q = { .form = f, .unit = unit };

	form_expr_fields(when, ask_for, &q);
	for (size_t i = 0; i < f->every_count; i++)
		for (const struct form_field *p = f->every[i]->parent;
		     p && q.asked[i] && !q.open[i] && !f->every[i]->compute; p = p->parent)
			q.open[p->id] = false;
	for (size_t i = 0; i < f->every_count; i++)
		q.any_open = q.any_open || q.open[i];
	return q;
}

static const char *
why_blocked(struct arena *a, const struct form *f, const struct form_rule *rule,
            const struct form_field *own, const char *unit)
{
	const struct inquiry q = inquire(f, rule->when, unit);
	const struct form_field *at = own || !rule->field ? own : form_find(f, rule->field);
	const char *stage = form_stage_name(rule->at);

	if (!q.any_answer)
		return _("this rule stops and asks for no field: nobody could mend it");
	if (!q.any_open && rule->at == FORM_INTAKE)
		return _("this rule stops at intake, but nobody there can change any field it asks "
		         "for; set at = \"review\"");
	if (!q.any_open)
		return arena_printf(a, _("this rule stops at %s, but \"%s\", which has the case "
		    "then, can change no field it asks for; make it a \"warn\", or ask for a "
		    "field of that unit"), stage, unit);
	if (!can_show(&q) && form_holds_unseen(a, f, rule->when, at, q.open))
		return arena_printf(a, _("this rule stops at %s even while nothing is shown that "
		    "\"%s\" could change; ask in it for what shows that field, too"), stage,
		    unit);
	return NULL;
}

struct round {
	struct arena *a;
	const struct form *form;
	const char *unit;
	bool intake;
	void (*tell)(void *self, int line, const char *sentence);
	void *self;
};

static void
look_at(const struct round *r, const struct form_rule *rules, size_t n,
        const struct form_field *own)
{
	for (size_t i = 0; i < n; i++) {
		const char *why;

		if (rules[i].severity != FORM_STOP || !rules[i].when ||
		    rules[i].at == FORM_NEVER || r->intake != (rules[i].at == FORM_INTAKE))
			continue;
		why = why_blocked(r->a, r->form, &rules[i], own, r->unit);
		if (why)
			r->tell(r->self, rules[i].line, why);
	}
}

void
form_blocked(struct arena *a, const struct form *f, const char *unit, bool intake,
             void (*tell)(void *self, int line, const char *sentence), void *self)
{
	const struct round r = { a, f, unit, intake, tell, self };

	for (size_t i = 0; i < f->every_count; i++)
		look_at(&r, f->every[i]->rules, f->every[i]->rule_count, f->every[i]);
	look_at(&r, f->rules, f->rule_count, NULL);
}

static void
tell_reader(void *self, int line, const char *sentence)
{
	form_error(self, line, "%s", sentence);
}

static bool
named_before(const struct form *f, size_t route)
{
	for (size_t i = 0; i < route; i++)
		if (strcmp(f->routes[i].unit, f->routes[route].unit) == 0)
			return true;
	return false;
}

void
form_check_blocked(struct reader *r)
{
	const struct form *f = r->form;

	form_blocked(r->a, f, FORM_COUNTER, true, tell_reader, r);
	for (size_t i = 0; i < f->route_count; i++)
		if (!named_before(f, i))
			form_blocked(r->a, f, f->routes[i].unit, false, tell_reader, r);
}
