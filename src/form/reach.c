/*
 * reach.c - layer 1: fields that no answers let anyone see, and choices that
 * no answers let anyone choose.  Called once by form_parse, when all else is
 * sound.
 *
 * All answers to the choices and yes-no questions that a field hangs on are
 * tried; of figures, days and texts that are only compared with fixed ones,
 * those and their neighbours; everything else could be anything.  Only what is
 * never true then is an error: what cannot be told in TRIES_MAX tries is
 * believed.
 */
#include "inside.h"

#include <string.h>

#define TRIES_MAX 4000
#define DOMAIN_MAX 12
#define CELLS_MAX 3000000        /* settled while trying, for the whole form */

struct probe {
	struct form_state *s;
	const struct form_field *domain[DOMAIN_MAX]; /* tried out, outer ones first */
	struct form_value *values[DOMAIN_MAX]; /* of figures and texts, from digit 1 on */
	size_t digit[DOMAIN_MAX], base[DOMAIN_MAX];  /* 0: not answered */
	size_t count, tries;
	bool wanted[FORM_FIELDS_MAX]; /* what the field hangs on */
	bool hopeless;           /* too many to try */
	bool reckons;            /* what is computed is computed, not just anything */
	long cells;
};

/* ---- what a field hangs on ---- */

static void want(void *self, const struct form_field *field);

static void
want_all(struct probe *p, const struct form_expr *e)
{
	if (e)
		form_expr_fields(e, want, p);
}

static void
want(void *self, const struct form_field *field)
{
	struct probe *p = self;

	if (p->wanted[field->id])
		return;
	p->wanted[field->id] = true;
	if (field->parent)
		want(p, field->parent);
	else
		want_all(p, p->s->form->sections[field->section].show);
	want_all(p, field->show);
	if (p->reckons)
		want_all(p, field->compute);
}

/* ---- trying ---- */

static bool
is_tried(const struct form_field *field)
{
	return !field->compute && (field->type == FORM_YES_NO ||
	    (field->type == FORM_CHOICE && field->choice_count > 0));
}

static void
collect_domain(struct probe *p, const struct form_field *target)
{
	const struct form *f = p->s->form;

	p->tries = 1;
	for (size_t i = 0; i < f->every_count && !p->hopeless; i++) {
		const struct form_field *field = f->every[f->order[i]];
		size_t base = field->type == FORM_YES_NO ? 3 : field->choice_count + 1;

		if (!p->wanted[field->id] || field == target || !is_tried(field))
			continue;
		p->tries *= base;
		p->hopeless = p->count == DOMAIN_MAX || p->tries > TRIES_MAX;
		if (p->hopeless)
			return;
		p->values[p->count] = NULL;
		p->domain[p->count] = field;
		p->base[p->count] = base;
		p->digit[p->count++] = 0;
	}
}

/* ---- figures, days and texts ---- */

static bool
is_within(const struct form_field *field, int64_t number)
{
	int64_t one = field->type == FORM_DECIMAL ? 1000 : 1;

	return (field->type != FORM_NUMBER && field->type != FORM_DECIMAL) ||
	    (number >= field->min * one && number <= field->max * one);
}

/* Each literal, and for figures what lies beside it; for texts another one. */
static size_t
values_of(struct arena *a, const struct form_literals *found, struct form_value **values)
{
	size_t n = 0;
	bool text = found->field->type == FORM_TEXT;

	*values = arena_array(a, struct form_value, found->n * 3 + 1);
	for (size_t i = 0; i < found->n; i++)
		for (int64_t beside = text ? 0 : -1; beside <= (text ? 0 : 1); beside++) {
			struct form_value v = found->list[i];

			v.known = FORM_KNOWN;
			v.number += beside;
			v.high = v.number;
			if (text || is_within(found->field, v.number))
				(*values)[n++] = v;
		}
	if (text)
		(*values)[n++] = (struct form_value){ .known = FORM_KNOWN, .text = "\x7f" };
	return n;
}

static struct form_literals
literals_of(struct probe *p, const struct form_field *field)
{
	struct form_literals found = { .field = field };
	const struct form *f = p->s->form;

	for (size_t i = 0; i < f->every_count; i++) {
		const struct form_field *of = f->every[i];

		if (!p->wanted[of->id])
			continue;
		if (of->show)
			form_expr_literals(of->show, &found);
		if (!of->parent && f->sections[of->section].show)
			form_expr_literals(f->sections[of->section].show, &found);
	}
	return found;
}

/* As many as can be tried; the others could be anything. */
static void
collect_figures(struct probe *p, const struct form_field *target)
{
	static const unsigned types = 1u << FORM_NUMBER | 1u << FORM_DECIMAL | 1u << FORM_MONEY |
	    1u << FORM_DATE | 1u << FORM_TIME | 1u << FORM_TEXT;
	const struct form *f = p->s->form;

	for (size_t i = 0; i < f->field_count && !p->hopeless && p->count < DOMAIN_MAX; i++) {
		const struct form_field *field = &f->fields[i];
		struct form_literals found;
		size_t n;

		if (!p->wanted[field->id] || field == target || field->compute ||
		    !(types & 1u << field->type))
			continue;
		found = literals_of(p, field);
		if (found.beyond || found.n == 0)
			continue;
		n = values_of(p->s->mem, &found, &p->values[p->count]);
		if (p->tries * (n + 1) > TRIES_MAX)
			continue;
		p->tries *= n + 1;
		p->domain[p->count] = field;
		p->base[p->count] = n + 1;
		p->digit[p->count++] = 0;
	}
}

/* The row that has this field; every repeat has one row. */
static struct form_row *
row_of(struct probe *p, const struct form_field *field)
{
	return field->parent
	    ? row_of(p, field->parent)->cells[field->parent->place].rows : p->s->root;
}

static struct form_value
trial(const struct probe *p, size_t at)
{
	const struct form_field *field = p->domain[at];
	size_t digit = p->digit[at];
	struct form_value v = { .known = FORM_KNOWN };

	if (digit == 0)
		return (struct form_value){ .known = FORM_UNKNOWN };
	if (p->values[at])
		return p->values[at][digit - 1];
	if (field->type == FORM_YES_NO)
		v.number = v.high = (int64_t)digit - 1;
	else
		v.text = field->choices[digit - 1].key;
	return v;
}

static bool
may_be_true(struct probe *p, struct form_row *row, const struct form_expr *e)
{
	struct form_value v;

	if (!e)
		return true;
	v = form_expr_value(p->s, row, e);
	return form_is_yes(&v) || v.known == FORM_ANY || v.known == FORM_FAULT;
}

static bool
may_be_seen(struct probe *p, const struct form_field *field)
{
	struct form_row *row = row_of(p, field);

	if (field->parent && !p->s->root)
		return false;
	if (field->parent && !row->outer->cells[field->parent->place].seen)
		return false;
	if (!field->parent &&
	    !may_be_true(p, p->s->root, p->s->form->sections[field->section].show))
		return false;
	return may_be_true(p, row, field->show);
}

/* One set of answers, spread in the order in which expressions ask. */
static void
spread(struct probe *p)
{
	const struct form *f = p->s->form;

	p->s->steps = 0;
	for (size_t i = 0; i < f->every_count; i++) {
		const struct form_field *field = f->every[f->order[i]];
		struct form_cell *cell;
		size_t at = 0;

		if (!p->wanted[field->id])
			continue;
		p->cells++;
		cell = &row_of(p, field)->cells[field->place];
		cell->seen = may_be_seen(p, field);
		cell->value = (struct form_value){ .known = FORM_ANY };
		while (at < p->count && p->domain[at] != field)
			at++;
		if (!cell->seen)
			cell->value.known = FORM_UNKNOWN;
		else if (at < p->count)
			cell->value = trial(p, at);
		else if (p->reckons && field->compute)
			cell->value = form_expr_value(p->s, row_of(p, field), field->compute);
	}
}

static bool
next_trial(struct probe *p)
{
	for (size_t i = 0; i < p->count; i++) {
		if (++p->digit[i] < p->base[i])
			return true;
		p->digit[i] = 0;
	}
	return false;
}

/* ---- verdicts ---- */

static bool
is_reachable(struct probe *p, const struct form_field *field)
{
	memset(p->wanted, 0, sizeof(p->wanted));
	p->count = 0;
	p->hopeless = false;
	want(p, field);
	collect_domain(p, field);
	collect_figures(p, field);
	if (p->hopeless)
		return true;
	do {
		spread(p);
		if (row_of(p, field)->cells[field->place].seen)
			return true;
	} while (p->cells < CELLS_MAX && next_trial(p));
	return p->cells >= CELLS_MAX;
}

/* A choice is out if its filter says no whatever else is answered.  Of a list
 * that many forms share a field may take a part, but not nothing. */
static void
check_filter(struct reader *r, struct probe *p, const struct form_field *field)
{
	size_t out = 0;

	for (size_t i = 0; i < field->choice_count; i++) {
		struct form_value v = form_expr_option(p->s, row_of(p, field), field->filter,
		                                       &field->choices[i]);

		if (!form_is_no(&v))
			continue;
		out++;
		if (!field->list)
			form_error(r, field->line, _("field \"%s\": its filter never lets \"%s\" be "
			           "chosen"), field->key, field->choices[i].key);
	}
	if (field->list && field->choice_count > 0 && out == field->choice_count)
		form_error(r, field->line, _("field \"%s\": its filter lets nothing of the list be "
		           "chosen"), field->key);
}

static const struct form_world some_day = { .today = 20780 };

static bool
is_any_seen(struct probe *p, const bool fields[])
{
	const struct form *f = p->s->form;

	for (size_t i = 0; i < f->every_count; i++)
		if (fields[i] && row_of(p, f->every[i])->cells[f->every[i]->place].seen)
			return true;
	return false;
}

bool
form_holds_unseen(struct arena *a, const struct form *f, const struct form_expr *e,
                  const struct form_field *at, const bool fields[])
{
	struct probe p = { .s = form_state_blank(a, f, &some_day), .reckons = true };
	struct form_row *row = at ? row_of(&p, at) : p.s->root;

	if (at)
		want(&p, at);
	want_all(&p, e);
	collect_domain(&p, NULL);
	collect_figures(&p, NULL);
	if (p.hopeless)
		return false;
	do {
		spread(&p);
		if ((!at || row->cells[at->place].seen) && !is_any_seen(&p, fields) &&
		    may_be_true(&p, row, e))
			return true;
	} while (p.cells < CELLS_MAX && next_trial(&p));
	return false;
}

void
form_check_reach(struct reader *r)
{
	struct probe p = { .s = form_state_blank(r->a, r->form, &some_day) };

	for (size_t i = 0; i < r->form->every_count; i++)
		if (r->form->every[i]->filter)
			check_filter(r, &p, r->form->every[i]);
	for (size_t i = 0; i < r->form->every_count; i++) {
		const struct form_field *field = r->form->every[i];

		if (!is_reachable(&p, field))
			form_error(r, field->line, _("field \"%s\" is never seen, whatever is "
			           "answered"), field->key);
	}
}
