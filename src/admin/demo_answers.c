/*
 * demo_answers.c - layer 5: plausible answers to any intake form.  Called by
 * demo_cases.c.  Knows types, not forms: what is said in words stands in
 * data/demo/town.conf by the key of the question.
 */
#include "demo_office.h"

#include <string.h>

#define TRIES 10

static char *
day_answer(struct demo *d, const struct form_field *field, int urgent)
{
	char *text = arena_alloc(d->op.mem, 11);
	int day = d->op.today;

	if (field->urgent && urgent != DAY_NONE) /* it may be over, where a form asks what comes */
		day = field->when == FORM_FUTURE && urgent < day ? day : urgent;
	else if (field->urgent || field->when == FORM_FUTURE)
		day += dice_between(&d->dice, 90, 400);
	else
		day -= dice_between(&d->dice, 10, 1500);
	return day_iso(day, text);
}

/* NULL: nothing that was invented fits this question. */
static const char *
words_answer(struct demo *d, const struct form_field *field)
{
	for (int i = 0; i < d->town.n_answers; i++)
		if (strcmp(d->town.answers[i].key, field->key) == 0)
			return words_pick(&d->town.answers[i].texts, &d->dice);
	return NULL;
}

static const char *
answer(struct demo *d, const struct form_field *field, int urgent)
{
	switch (field->type) {
	case FORM_CHOICE:
		return field->choices[dice_below(&d->dice, (int)field->choice_count)].key;
	case FORM_DATE:
		return day_answer(d, field, urgent);
	case FORM_YES_NO:
		return dice_percent(&d->dice, 60) ? "yes" : "no";
	case FORM_NUMBER:
		return arena_printf(d->op.mem, "%d", field->min +
		    dice_early(&d->dice, field->max - field->min + 1));
	case FORM_MONEY:
		return arena_printf(d->op.mem, "%d00", dice_between(&d->dice, 180, 2400));
	default:
		break;
	}
	return words_answer(d, field);
}

static json_t *
some_answers(struct demo *d, const struct form *form, const struct form_world *world, int urgent)
{
	json_t *answers = json_object();

	/* in this order the condition of a field is known when it is reached */
	for (size_t i = 0; i < form->every_count; i++) {
		const struct form_field *field = form->every[form->order[i]];
		bool plain = !field->parent && !field->compute && !field->owner &&
		    field->type <= FORM_MONEY;
		bool asked = field->required == FORM_INTAKE || field->required == FORM_REVIEW;
		bool said = dice_percent(&d->dice, asked ? 92 : 25);
		const char *text;

		if (!said || !plain || !form_visible(form, answers, world, field))
			continue;
		text = answer(d, field, urgent);
		if (text)
			json_object_set_new(answers, field->key, json_string(text));
	}
	return answers;
}

/* Answers that no rule of the form stops; none at all where luck is against it. */
static struct form_world
world_of(const struct demo *d)
{
	return (struct form_world){ .today = d->op.today, .stage = FORM_DECISION,
		.holidays = d->holidays, .holiday_count = d->n_holidays };
}

json_t *
demo_answers(struct demo *d, const struct form *form, int urgent)
{
	const struct form_world world = { .today = d->op.today, .stage = FORM_DECISION,
		.holidays = d->holidays, .holiday_count = d->n_holidays };
	const char **stops;

	for (int tries = 0; tries < TRIES; tries++) {
		json_t *answers = some_answers(d, form, &world, urgent);

		if (form_stops(d->op.mem, form, answers, &world, &stops) == 0)
			return answers;
		json_decref(answers);
	}
	return json_object();
}

json_t *
demo_reasons(struct demo *d, const struct form *form, const json_t *answers)
{
	const struct form_world world = world_of(d);
	const struct form_state *s = form_evaluate(d->op.mem, form, answers, &world);
	json_t *reasons = json_object();

	for (size_t i = 0; i < s->finding_count; i++)
		if (s->findings[i].severity == FORM_WARN)
			json_object_set_new(reasons, s->findings[i].path,
			    json_string(words_pick(&d->town.grants, &d->dice)));
	return reasons;
}
