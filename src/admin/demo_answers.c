/*
 * demo_answers.c - layer 5: plausible answers to any intake form.  Called by
 * demo_cases.c.  Knows types, not forms: what is said in words stands in
 * data/demo/town.conf by the key of the question.
 */
#include "demo_office.h"

#include <string.h>

#define TRIES 10
#define CHOICES_TRIED 300
#define NEW_DAYS 180             /* since the first entry */

/* Nothing that is past was before they came. */
static int
past_day(struct demo *d, const struct trait *who)
{
	int most = d->op.today - who->entered;

	return d->op.today - (most > 10 ? dice_between(&d->dice, 10, most < 1500 ? most : 1500) : 0);
}

/* What the file says already; 0: it does not. */
static int
known_day(const struct form *form, const char *key, const struct trait *who)
{
	bool ends = strcmp(key, "title_until") == 0 || strcmp(key, "status_until") == 0 ||
	    (strcmp(key, "until") == 0 && strcmp(form->key, "toleration") == 0);

	if (strcmp(key, "entry") == 0 || strcmp(key, "here_since") == 0)
		return who->entered;
	if (strcmp(key, "passport_until") == 0)
		return who->passport_ends;
	return ends ? who->ends : 0;
}

static char *
day_answer(struct demo *d, const struct form *form, const struct form_field *field,
           const struct trait *who, int urgent)
{
	int day = d->op.today, known = known_day(form, field->key, who);
	char *text = arena_alloc(d->op.mem, 11);

	if (known)
		day = known;
	else if (field->urgent && urgent != DAY_NONE) /* it may be over, where a form asks what comes */
		day = field->when == FORM_FUTURE && urgent < day ? day : urgent;
	else if (field->urgent || field->when == FORM_FUTURE)
		day += dice_between(&d->dice, 90, 400);
	else
		day = past_day(d, who);
	return day_iso(day, text);
}

/* Does this person answer a question so?  Where nothing is said of it, anybody may. */
static bool
would_say(struct demo *d, const struct form *form, const char *key, const char *text,
          const struct trait *who)
{
	bool said = false;

	for (int i = 0; i < d->town.n_fits; i++) {
		const struct choice_fit *f = &d->town.fits[i];

		if (strcmp(f->key, key) != 0 || (f->form && strcmp(f->form, form->key) != 0))
			continue;
		for (int k = 0; k < f->texts.n; k++)
			if (strcmp(f->texts.text[k], text) == 0) {
				if (demo_fits(&f->fit, who, d->op.today))
					return true;
				said = true;
			}
	}
	return !said;
}

/* One of those that fit; the paper that they hold, where it is asked for.  NULL:
 * none fits. */
static const char *
choice_answer(struct demo *d, const struct form *form, const struct form_field *field,
              const struct trait *who)
{
	const char *fit[CHOICES_TRIED];
	int n = 0;

	for (size_t i = 0; i < field->choice_count && n < CHOICES_TRIED; i++) {
		const char *key = field->choices[i].key;

		if (who->status && strcmp(key, who->status) == 0)
			return key;
		if (!field->choices[i].withdrawn && would_say(d, form, field->key, key, who))
			fit[n++] = key;
	}
	if (field->list && strcmp(field->list, "titles") == 0)
		return NULL;
	return n ? fit[dice_below(&d->dice, n)] : NULL;
}

static const char *
yes_no_answer(struct demo *d, const struct form *form, const struct form_field *field,
              const struct trait *who)
{
	bool yes = would_say(d, form, field->key, "yes", who);
	bool no = would_say(d, form, field->key, "no", who);

	if (yes && no)
		yes = dice_percent(&d->dice, 60);
	return yes ? "yes" : "no";
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

/* Who lives with them, and how much is usual. */
static int
amount(struct demo *d, const char *key, const struct trait *who, int low, int high)
{
	if (strcmp(key, "adults") == 0)
		return who->adults;
	if (strcmp(key, "children") == 0)
		return who->children;
	if (strcmp(key, "people") == 0)
		return who->adults + who->children;
	for (int i = 0; i < d->town.n_amounts; i++)
		if (strcmp(d->town.amounts[i].key, key) == 0)
			return dice_between(&d->dice, d->town.amounts[i].from,
			    d->town.amounts[i].until);
	return low + dice_early(&d->dice, high - low + 1);
}

static const char *
number_answer(struct demo *d, const struct form_field *field, const struct trait *who)
{
	int n = amount(d, field->key, who, field->min, field->max);

	n = n < field->min ? field->min : n > field->max ? field->max : n;
	return arena_printf(d->op.mem, "%d", n);
}

static const char *
answer(struct demo *d, const struct form *form, const struct form_field *field,
       const struct trait *who, int urgent)
{
	switch (field->type) {
	case FORM_CHOICE:
		return choice_answer(d, form, field, who);
	case FORM_DATE:
		return day_answer(d, form, field, who, urgent);
	case FORM_YES_NO:
		return yes_no_answer(d, form, field, who);
	case FORM_NUMBER:
		return number_answer(d, field, who);
	case FORM_MONEY:
		return arena_printf(d->op.mem, "%d00", amount(d, field->key, who, 180, 2400));
	default:
		break;
	}
	return words_answer(d, field);
}

static json_t *
some_answers(struct demo *d, const struct form *form, const struct form_world *world,
             const struct trait *who, int urgent)
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
		text = answer(d, form, field, who, urgent);
		if (text)
			json_object_set_new(answers, field->key, json_string(text));
	}
	return answers;
}

static struct form_world
world_of(const struct demo *d)
{
	return (struct form_world){ .today = d->op.today, .stage = FORM_DECISION,
		.holidays = d->holidays, .holiday_count = d->n_holidays };
}

/* Answers that no rule of the form stops; none at all where luck is against it. */
json_t *
demo_answers(struct demo *d, const struct form *form, const struct demand *what, int64_t person,
             int urgent)
{
	const struct form_world world = world_of(d);
	struct trait who = d->traits[person];
	const char **stops;

	who.words = arena_printf(d->op.mem, "%s%s%s ", who.words, what->service.code,
	    d->op.today - who.entered < NEW_DAYS ? " new" : "");
	for (int tries = 0; tries < TRIES; tries++) {
		json_t *answers = some_answers(d, form, &world, &who, urgent);

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
