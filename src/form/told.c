/*
 * told.c - layer 1: two versions of a form, told to clerks: by the names that
 * stand on their screen, a sentence a line.  Called by command/case_form.c.
 * Must never show a key or a condition: those are for whoever writes forms,
 * see diff.c.
 */
#include "inside.h"

#include <limits.h>
#include <string.h>

#include "expr.h"
#include "form_example.h"

struct told {
	struct arena *a;
	const struct form *old, *new;
	const char *text;
};

static void tell(struct told *t, const char *format, ...) PRINTF(2, 3);

static void
tell(struct told *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	t->text = arena_printf(t->a, "%s%s\n", t->text, arena_vprintf(t->a, format, args));
	va_end(args);
}

static bool
same(const char *one, const char *two)
{
	return one && two ? strcmp(one, two) == 0 : one == two;
}

static bool
same_text(const struct form_text *one, const struct form_text *two)
{
	return strcmp(form_say(one), form_say(two)) == 0;
}

static bool
same_rule(const struct form_expr *one, const struct form_expr *two)
{
	return same(one ? one->source : NULL, two ? two->source : NULL);
}

/* "Children, Born" */
static const char *
label_of(struct told *t, const struct form_field *field)
{
	const char *label = form_say(&field->label);

	return field->parent ? arena_printf(t->a, "%s, %s", label_of(t, field->parent), label)
	                     : label;
}

/* ---- one question, before and after ---- */

static bool
other_words(const struct form_field *old, const struct form_field *new)
{
	return !same_text(&old->ask, &new->ask) || !same_text(&old->help, &new->help) ||
	    !same_text(&old->purpose, &new->purpose) || !same_text(&old->unit, &new->unit) ||
	    !same(old->basis, new->basis);
}

static bool
other_show(const struct form_field *old, const struct form_field *new)
{
	return !same_rule(old->show, new->show);
}

static bool
other_require(const struct form_field *old, const struct form_field *new)
{
	return !same_rule(old->require, new->require);
}

static bool
other_compute(const struct form_field *old, const struct form_field *new)
{
	return !same_rule(old->compute, new->compute);
}

static bool
other_filter(const struct form_field *old, const struct form_field *new)
{
	return !same_rule(old->filter, new->filter) || !same(old->list, new->list);
}

static bool
other_shape(const struct form_field *old, const struct form_field *new)
{
	return old->type != new->type || old->letters != new->letters ||
	    !same(old->pattern, new->pattern);
}

static bool
other_owner(const struct form_field *old, const struct form_field *new)
{
	return !same(old->owner, new->owner) ||
	    form_is_for_person(old) != form_is_for_person(new);
}

static bool
other_readers(const struct form_field *old, const struct form_field *new)
{
	return old->confidential != new->confidential;
}

static bool
other_due(const struct form_field *old, const struct form_field *new)
{
	return old->urgent != new->urgent;
}

static const struct {
	bool (*differs)(const struct form_field *old, const struct form_field *new);
	const char *sentence;
} aspects[] = {
	{ other_words, N_("what explains the question has changed.") },
	{ other_shape, N_("the answer is written in another way.") },
	{ other_show, N_("is asked under other conditions.") },
	{ other_require, N_("is needed under other conditions.") },
	{ other_compute, N_("is reckoned in another way.") },
	{ other_filter, N_("the choices offered are others.") },
	{ other_owner, N_("somebody else answers it.") },
	{ other_readers, N_("others may read it.") },
	{ other_due, N_("the case is due by another day.") },
};

static const char *
needed(enum form_stage stage)
{
	static const char *const words[] = {
		[FORM_DRAFT] = N_("at once"), [FORM_INTAKE] = N_("for the hand-over"),
		[FORM_REVIEW] = N_("for the work on it"),
		[FORM_DECISION] = N_("for the decision"), [FORM_NEVER] = N_("not needed"),
	};

	return tr(words[stage]);
}

static const char *
lies(enum form_when when)
{
	static const char *const words[] = { N_("any day"), N_("a day of the past"),
		N_("a day to come"), N_("any day; without its year it is the next one") };

	return tr(words[when]);
}

static const char *
bound(struct told *t, int n)
{
	return n == INT_MIN || n == INT_MAX ? _("any number") : arena_printf(t->a, "%d", n);
}

static void
figures(struct told *t, const char *label, const struct form_field *old,
        const struct form_field *new)
{
	if (old->required != new->required)
		tell(t, _("%s: %s (before: %s)."), label, needed(new->required),
		    needed(old->required));
	if (old->when != new->when)
		tell(t, _("%s: %s (before: %s)."), label, lies(new->when), lies(old->when));
	if (old->min != new->min)
		tell(t, _("%s: at least %s (before: %s)."), label, bound(t, new->min),
		    bound(t, old->min));
	if (old->max != new->max)
		tell(t, _("%s: at most %s (before: %s)."), label, bound(t, new->max),
		    bound(t, old->max));
}

static void
choices(struct told *t, const char *label, const struct form_field *old,
        const struct form_field *new)
{
	for (size_t i = 0; i < new->choice_count; i++) {
		const struct form_choice *c = &new->choices[i], *was = form_choice_of(old, c->key);

		if (!was)
			tell(t, _("%s: new choice \"%s\"."), label, form_say(&c->label));
		else if (c->withdrawn && !was->withdrawn)
			tell(t, _("%s: the choice \"%s\" is no longer offered."), label,
			    form_say(&was->label));
		else if (!same_text(&was->label, &c->label))
			tell(t, _("%s: the choice \"%s\" is called \"%s\" now."), label,
			    form_say(&was->label), form_say(&c->label));
	}
	for (size_t i = 0; i < old->choice_count; i++)
		if (!form_choice_of(new, old->choices[i].key))
			tell(t, _("%s: the choice \"%s\" is no longer offered."), label,
			    form_say(&old->choices[i].label));
}

/* ---- what is said about answers ---- */

static bool
has_rule(const struct form_rule *rules, size_t n, const struct form_rule *rule)
{
	for (size_t i = 0; i < n; i++)
		if (rules[i].severity == rule->severity && rules[i].at == rule->at &&
		    same_text(&rules[i].text, &rule->text) &&
		    same_rule(rules[i].when, rule->when))
			return true;
	return false;
}

/* "Wage: " or, of the form as a whole, nothing. */
static void
rules(struct told *t, const char *of, const struct form_rule *old, size_t n_old,
      const struct form_rule *new, size_t n_new)
{
	for (size_t i = 0; i < n_new; i++)
		if (!has_rule(old, n_old, &new[i]))
			tell(t, _("%snew or changed rule: %s"), of, form_say(&new[i].text));
	for (size_t i = 0; i < n_old; i++)
		if (!has_rule(new, n_new, &old[i]))
			tell(t, _("%sthis rule is gone or changed: %s"), of, form_say(&old[i].text));
}

/* ---- all questions ---- */

static const struct form_field *
field_before(struct told *t, const struct form_field *new)
{
	const struct form_step *step = form_step_from(t->new, t->old->version);

	return form_path_field(t->old, step ? form_older_key(t->a, step, new)
	                                    : form_full_key(t->a, new));
}

static void
changed(struct told *t, const struct form_field *old, const struct form_field *new)
{
	const char *label = label_of(t, new);

	if (!same_text(&old->label, &new->label))
		tell(t, _("\"%s\" is called \"%s\" now."), label_of(t, old), label);
	for (size_t i = 0; i < COUNT_OF(aspects); i++)
		if (aspects[i].differs(old, new))
			tell(t, "%s: %s", label, tr(aspects[i].sentence));
	figures(t, label, old, new);
	choices(t, label, old, new);
	rules(t, arena_printf(t->a, "%s: ", label), old->rules, old->rule_count, new->rules,
	    new->rule_count);
}

static void
questions(struct told *t)
{
	bool *kept = arena_array(t->a, bool, t->old->every_count + 1);

	for (size_t i = 0; i < t->new->every_count; i++) {
		const struct form_field *new = t->new->every[i], *old = field_before(t, new);

		if (old) {
			kept[old->id] = true;
			changed(t, old, new);
		} else if (new->required == FORM_NEVER) {
			tell(t, _("New question: %s."), label_of(t, new));
		} else {
			tell(t, _("New question: %s (%s)."), label_of(t, new),
			    needed(new->required));
		}
	}
	for (size_t i = 0; i < t->old->every_count; i++)
		if (!kept[i])
			tell(t, _("Not asked any more: %s."), label_of(t, t->old->every[i]));
}

/* ---- what is not a question ---- */

static bool
same_papers(const struct form *old, const struct form *new)
{
	bool all = old->document_count == new->document_count;

	for (size_t i = 0; all && i < new->document_count; i++) {
		const struct form_document *was = &old->documents[i], *is = &new->documents[i];

		all = same(was->key, is->key) && same(was->list, is->list) &&
		    was->required == is->required && same_rule(was->show, is->show);
	}
	return all;
}

static bool
same_ways(const struct form *old, const struct form *new)
{
	bool all = old->route_count == new->route_count;

	for (size_t i = 0; all && i < new->route_count; i++)
		all = same(old->routes[i].unit, new->routes[i].unit) &&
		    same_rule(old->routes[i].when, new->routes[i].when);
	return all;
}

static bool
same_urgency(const struct form *old, const struct form *new)
{
	bool all = old->urgency_count == new->urgency_count;

	for (size_t i = 0; all && i < new->urgency_count; i++)
		all = old->urgencies[i].level == new->urgencies[i].level &&
		    same_rule(old->urgencies[i].when, new->urgencies[i].when) &&
		    same_rule(old->urgencies[i].due, new->urgencies[i].due);
	return all;
}

static bool
same_pages(const struct form *old, const struct form *new)
{
	bool all = old->section_count == new->section_count;

	for (size_t i = 0; all && i < new->section_count; i++)
		all = same_text(&old->sections[i].title, &new->sections[i].title) &&
		    same_rule(old->sections[i].show, new->sections[i].show);
	return all;
}

const char *
form_told(struct arena *a, const struct form *old, const struct form *new)
{
	struct told t = { a, old, new, "" };

	if (!same_text(&old->title, &new->title))
		tell(&t, _("\"%s\" is called \"%s\" now."), form_say(&old->title),
		    form_say(&new->title));
	if (!same_pages(old, new))
		tell(&t, "%s", _("The pages are divided in another way."));
	questions(&t);
	rules(&t, "", old->rules, old->rule_count, new->rules, new->rule_count);
	if (!same_papers(old, new))
		tell(&t, "%s", _("Other papers are asked for."));
	if (!same_ways(old, new))
		tell(&t, "%s", _("Which unit gets the case is settled in another way."));
	if (!same_urgency(old, new))
		tell(&t, "%s", _("What is urgent is settled in another way."));
	return t.text;
}
