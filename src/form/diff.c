/*
 * diff.c - layer 1: two versions of a form, told to whoever writes forms, by keys
 * and conditions: what clerks will see that is new, gone or different.  Called
 * by form-diff and publish.  Must never be shown to clerks: see told.c.
 */
#include "inside.h"

#include <limits.h>
#include <string.h>

#include "expr.h"
#include "form_example.h"

struct diff {
	struct arena *a;
	const struct form *old, *new;
	const char *text;
};

static void say(struct diff *d, const char *format, ...) PRINTF(2, 3);

static void
say(struct diff *d, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	d->text = arena_printf(d->a, "%s%s\n", d->text, arena_vprintf(d->a, format, args));
	va_end(args);
}

static bool
same(const char *one, const char *two)
{
	return one && two ? strcmp(one, two) == 0 : one == two;
}

static const char *
or_none(const char *text)
{
	return text && *text ? text : _("none");
}

/* "was -> is", where it is different. */
static void
say_change(struct diff *d, const char *where, const char *what, const char *old,
           const char *new)
{
	if (!same(old, new))
		say(d, "  ~ %s: %s: %s → %s", where, what, or_none(old), or_none(new));
}

static const char *
source_of(const struct form_expr *e)
{
	return e ? e->source : NULL;
}

static void
text_changes(struct diff *d, const char *where, const char *what, const struct form_text *old,
             const struct form_text *new)
{
	for (size_t i = 0; i < FORM_LANGS; i++)
		say_change(d, where, arena_printf(d->a, "%s (%s)", what, lang_code((enum lang)i)),
		           old->in[i], new->in[i]);
}

/* ---- fields ---- */

static const char *
full_key(struct diff *d, const struct form_field *field)
{
	return form_full_key(d->a, field);
}

/* The older key of a field that "migrate" renames, else its own. */
static const char *
older_key(struct diff *d, const struct form_field *field)
{
	const struct form_step *step = form_step_from(d->new, d->old->version);

	return step ? form_older_key(d->a, step, field) : full_key(d, field);
}

static const struct form_choice *
choice_named(const struct form_field *field, const char *key)
{
	return form_choice_of(field, key);
}

static void
choice_changes(struct diff *d, const char *key, const struct form_field *old,
               const struct form_field *new)
{
	for (size_t i = 0; i < new->choice_count; i++) {
		const struct form_choice *c = &new->choices[i];
		const struct form_choice *was = choice_named(old, c->key);

		if (!was)
			say(d, _("  + %s: new choice %s \"%s\""), key, c->key, form_say(&c->label));
		else if (c->withdrawn && !was->withdrawn)
			say(d, _("  - %s: choice %s is no longer offered"), key, c->key);
		else
			say_change(d, key, arena_printf(d->a, _("choice %s"), c->key),
			           form_say(&was->label), form_say(&c->label));
	}
	for (size_t i = 0; i < old->choice_count; i++)
		if (!choice_named(new, old->choices[i].key))
			say(d, _("  - %s: choice %s \"%s\" is gone"), key, old->choices[i].key,
			    form_say(&old->choices[i].label));
}

static const char *
rules_text(struct diff *d, const struct form_rule *rules, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(d->a, "%s%s%s, %s: %s (\"%s\")", all, i ? "; " : "",
		                   form_severity_name(rules[i].severity),
		                   form_stage_name(rules[i].at), source_of(rules[i].when),
		                   form_say(&rules[i].text));
	return all;
}

static const char *
who_answers(const struct form_field *field)
{
	return form_is_for_person(field) ? "person" : "office";
}

static const char *
bound(struct diff *d, int n)
{
	return n == INT_MIN || n == INT_MAX ? NULL : arena_printf(d->a, "%d", n);
}

static const char *
yes_or_no(bool is)
{
	return is ? _("yes") : _("no");
}

static void
bounds_changes(struct diff *d, const char *key, const struct form_field *old,
               const struct form_field *new)
{
	static const char *const whens[] = { "any", "past", "future", "end" };
	static const char *const letters[] = { "any", "latin" };

	say_change(d, key, _("least"), bound(d, old->min), bound(d, new->min));
	say_change(d, key, _("most"), bound(d, old->max), bound(d, new->max));
	say_change(d, key, _("day lies"), whens[old->when], whens[new->when]);
	say_change(d, key, _("letters"), letters[old->letters], letters[new->letters]);
	say_change(d, key, _("due on that day"), yes_or_no(old->urgent), yes_or_no(new->urgent));
	say_change(d, key, _("confidential"), yes_or_no(old->confidential),
	           yes_or_no(new->confidential));
	say_change(d, key, _("code list"), old->list, new->list);
}

static void
field_changes(struct diff *d, const struct form_field *old, const struct form_field *new)
{
	const char *key = full_key(d, new);

	text_changes(d, key, _("label"), &old->label, &new->label);
	text_changes(d, key, _("question"), &old->ask, &new->ask);
	text_changes(d, key, _("help"), &old->help, &new->help);
	text_changes(d, key, _("purpose"), &old->purpose, &new->purpose);
	text_changes(d, key, _("column"), &old->short_label, &new->short_label);
	text_changes(d, key, _("in letters"), &old->output, &new->output);
	text_changes(d, key, _("unit"), &old->unit, &new->unit);
	say_change(d, key, _("type"), form_type_name(old->type), form_type_name(new->type));
	say_change(d, key, _("required at"), form_stage_name(old->required),
	           form_stage_name(new->required));
	say_change(d, key, _("required if"), source_of(old->require), source_of(new->require));
	say_change(d, key, _("shown if"), source_of(old->show), source_of(new->show));
	say_change(d, key, _("computed as"), source_of(old->compute), source_of(new->compute));
	say_change(d, key, _("choices if"), source_of(old->filter), source_of(new->filter));
	say_change(d, key, _("must look like"), old->pattern, new->pattern);
	bounds_changes(d, key, old, new);
	say_change(d, key, _("basis"), old->basis, new->basis);
	say_change(d, key, _("owner"), old->owner, new->owner);
	say_change(d, key, _("asks"), who_answers(old), who_answers(new));
	say_change(d, key, _("rules"), rules_text(d, old->rules, old->rule_count),
	           rules_text(d, new->rules, new->rule_count));
	choice_changes(d, key, old, new);
}

/* The field that a clerk meets before this one. */
static const char *
before(struct diff *d, const struct form *f, const struct form_field *field)
{
	return field->id > 0 ? full_key(d, f->every[field->id - 1]) : "";
}

/* It moved if what stood before it is still there but elsewhere. */
static void
order_change(struct diff *d, const struct form_field *old, const struct form_field *new)
{
	const char *was = before(d, d->old, old), *is = before(d, d->new, new);
	bool kept = *was == '\0' || form_path_field(d->new, was);
	bool known = *is == '\0' || form_path_field(d->old, is);

	if (kept && known && !same(was, is))
		say(d, _("  > %s: now behind %s, was behind %s"), full_key(d, new), or_none(is),
		    or_none(was));
}

static void
say_new(struct diff *d, const char *key, const struct form_field *new)
{
	if (new->required == FORM_NEVER)
		say(d, _("  + %s: new field \"%s\" (%s)"), key, form_say(&new->label),
		    form_type_name(new->type));
	else
		say(d, _("  + %s: new field \"%s\" (%s, required at %s)"), key,
		    form_say(&new->label), form_type_name(new->type),
		    form_stage_name(new->required));
}

static void
fields_changes(struct diff *d)
{
	for (size_t i = 0; i < d->new->every_count; i++) {
		const struct form_field *new = d->new->every[i];
		const char *key = full_key(d, new), *older = older_key(d, new);
		const struct form_field *old = form_path_field(d->old, older);

		if (!old) {
			say_new(d, key, new);
			continue;
		}
		if (strcmp(older, key) != 0)
			say(d, _("  ~ %s: was called %s"), key, older);
		field_changes(d, old, new);
		order_change(d, old, new);
	}
}

static bool
is_renamed(struct diff *d, const char *key)
{
	for (size_t i = 0; i < d->new->every_count; i++)
		if (strcmp(older_key(d, d->new->every[i]), key) == 0)
			return true;
	return false;
}

static void
gone_fields(struct diff *d)
{
	for (size_t i = 0; i < d->old->every_count; i++) {
		const struct form_field *old = d->old->every[i];

		if (!is_renamed(d, full_key(d, old)))
			say(d, _("  - %s: field \"%s\" is gone"), full_key(d, old),
			    form_say(&old->label));
	}
}

/* ---- sections, papers, ways: as one text each ---- */

static const char *
sections_text(struct diff *d, const struct form *f)
{
	const char *all = "";

	for (size_t i = 0; i < f->section_count; i++)
		all = arena_printf(d->a, "%s%s%s%s%s", all, i ? ", " : "",
		                   form_say(&f->sections[i].title), f->sections[i].show ? " if " : "",
		                   f->sections[i].show ? f->sections[i].show->source : "");
	return all;
}

static const char *
paper_text(struct diff *d, const struct form_document *p)
{
	return arena_printf(d->a, "%s%s%s%s", p->key ? p->key : p->list,
	                    p->required ? "" : _(" (may be missing)"), p->show ? " if " : "",
	                    p->show ? p->show->source : "");
}

/* What the one has and the other has not. */
static void
papers_beyond(struct diff *d, const struct form *has, const struct form *lacks,
              const char *format)
{
	for (size_t i = 0; i < has->document_count; i++) {
		const char *text = paper_text(d, &has->documents[i]);
		bool found = false;

		for (size_t k = 0; k < lacks->document_count && !found; k++)
			found = strcmp(text, paper_text(d, &lacks->documents[k])) == 0;
		if (!found)
			d->text = arena_printf(d->a, "%s%s %s\n", d->text, format, text);
	}
}

static const char *
routes_text(struct diff *d, const struct form *f)
{
	const char *all = "";

	for (size_t i = 0; i < f->route_count; i++)
		all = arena_printf(d->a, "%s%s%s if %s", all, i ? "; " : "", f->routes[i].unit,
		                   or_none(source_of(f->routes[i].when)));
	return all;
}

static const char *
urgency_text(struct diff *d, const struct form *f)
{
	const char *all = "";

	for (size_t i = 0; i < f->urgency_count; i++)
		all = arena_printf(d->a, "%s%s%s if %s, due %s", all, i ? "; " : "",
		                   form_level_name(f->urgencies[i].level),
		                   source_of(f->urgencies[i].when),
		                   or_none(source_of(f->urgencies[i].due)));
	return all;
}

const char *
form_diff(struct arena *a, const struct form *old, const struct form *new)
{
	struct diff d = { a, old, new, "" };

	text_changes(&d, new->key, _("title"), &old->title, &new->title);
	say_change(&d, new->key, _("pages"), sections_text(&d, old), sections_text(&d, new));
	fields_changes(&d);
	gone_fields(&d);
	say_change(&d, new->key, _("rules"), rules_text(&d, old->rules, old->rule_count),
	           rules_text(&d, new->rules, new->rule_count));
	papers_beyond(&d, new, old, _("  + paper"));
	papers_beyond(&d, old, new, _("  - paper"));
	say_change(&d, new->key, _("way"), routes_text(&d, old), routes_text(&d, new));
	say_change(&d, new->key, _("urgency"), urgency_text(&d, old), urgency_text(&d, new));
	return d.text;
}
