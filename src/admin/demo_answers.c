/*
 * demo_answers.c - layer 5: plausible answers to any intake form.  Called by
 * demo_cases.c.  Knows types, not forms: a new form needs no change here.
 */
#include "demo_office.h"

static char *
day_answer(struct demo *d, const struct form_field *field, int urgent)
{
	char *text = arena_alloc(d->op.mem, 11);
	int day = d->op.today;

	if (field->urgent && urgent != DAY_NONE)
		day = urgent;
	else if (field->urgent || field->when == FORM_FUTURE)
		day += dice_between(&d->dice, 90, 400);
	else
		day -= dice_between(&d->dice, 10, 1500);
	return day_iso(day, text);
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
	case FORM_LINES:
		return words_pick(&d->town.notes, &d->dice);
	case FORM_TEXT:
		break;
	}
	return words_pick(&d->town.names, &d->dice);
}

json_t *
demo_answers(struct demo *d, const struct form *form, int urgent)
{
	json_t *answers = json_object();

	/* in this order the condition of a field is known when it is reached */
	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *field = form->fields + form->order[i];
		bool asked = field->required == FORM_INTAKE || field->required == FORM_REVIEW;

		bool words = field->type == FORM_TEXT || field->type == FORM_LINES;

		if (!form_visible(form, answers, field) || (words && !asked))
			continue;
		if ((asked && dice_percent(&d->dice, 92)) || dice_percent(&d->dice, 25))
			json_object_set_new(answers, field->key,
			                    json_string(answer(d, field, urgent)));
	}
	return answers;
}
