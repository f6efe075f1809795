/*
 * judge.c - layer 3: what a form says about answers beyond right and wrong: who
 * may give them, what is warned of and why somebody went on, which way the case
 * goes.  Called by opening, by changes and by the acts that a form guards.
 */
#include <string.h>

#include "guard.h"
#include "intake.h"
#include "rules_rights.h"
#include "store_form.h"

/* ---- what may still be said and chosen ---- */

static const char *
stored_text(const struct answer *stored, size_t n, const char *field)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(stored[i].field, field) == 0)
			return stored[i].value;
	return "";
}

/* Is key among the keys of a stored answer: "a", "a,b", [{"x":"a"}]? */
static bool
was_chosen(const char *text, const char *key)
{
	size_t n = strlen(key);

	for (const char *at = strstr(text, key); at; at = strstr(at + 1, key))
		if ((at == text || strchr(",\"", at[-1])) && strchr(",\"", at[n]))
			return true;
	return false;
}

static enum status
check_choices(struct op *op, const struct asked *asked, const struct answer *stored, size_t n)
{
	const struct form_state *s = form_evaluate(op->mem, asked->form, asked->answers,
	    asked->world);

	for (size_t i = 0; i < s->finding_count; i++) {
		const struct form_finding *f = &s->findings[i];

		if (f->choice && !was_chosen(stored_text(stored, n, f->field), f->choice->key))
			return op_fail_field(op, ST_INVALID, f->field, "%s %s", f->sentence,
			    _("Choose another one."));
	}
	return ST_OK;
}

/* A day to come is one when it is said; later on it may be over. */
static enum status
check_said(struct op *op, const struct form_field *field, const char *text)
{
	const char *why = text && *text && field->type != FORM_REPEAT
	    ? form_value_check(op->mem, field, text, op->today) : NULL;

	return why ? op_fail_field(op, ST_INVALID, field->key, "\"%s\": %s",
	    form_say(&field->label), why) : ST_OK;
}

enum status
judge_answers(struct op *op, const struct asked *asked, const struct answer *stored, size_t n)
{
	json_t *settled = form_settle(op->mem, asked->form, asked->answers, asked->world);
	enum status s = check_choices(op, asked, stored, n);

	if (s == ST_OK)
		s = judge_owners(op, asked, stored, n);
	for (size_t i = 0; s == ST_OK && i < asked->form->field_count; i++) {
		const struct form_field *field = &asked->form->fields[i];
		const char *text = json_string_value(json_object_get(settled, field->key));

		if (field->compute || strcmp(text ? text : "",
		    stored_text(stored, n, field->key)) == 0)
			continue;
		s = check_said(op, field, text);
		if (s == ST_OK)
			s = answer_people_known(op, field, json_object_get(settled, field->key));
	}
	json_decref(settled);
	return s;
}

/* Rows are shown whole or not at all. */
static bool
is_confidential(const struct form_field *field)
{
	bool any = field->confidential;

	for (size_t i = 0; i < field->field_count; i++)
		any = any || is_confidential(&field->fields[i]);
	return any;
}

bool
answer_is_shown(struct op *op, const struct case_file *c, const struct form_field *field)
{
	/* who oversees what is kept of a person sees all of it */
	return !is_confidential(field) || right_any("look.list", op->by->role, false) ||
	    strcmp(op->by->unit, c->unit) == 0 ||
	    (field->owner && strcmp(op->by->unit, field->owner) == 0);
}

/* ---- warnings ---- */

static const char *
rule_words(const struct form_finding *f)
{
	return f->rule ? f->rule->text.in[LANG_DE] : "";
}

static bool
has_reason(const struct case_warning *given, size_t n, const struct form_finding *f)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(given[i].path, f->path) == 0 &&
		    strcmp(given[i].rule, rule_words(f)) == 0)
			return true;
	return false;
}

/* Was somebody asked at intake why this is right?  What begins to warn behind it
 * nobody was asked yet; what another unit answers is theirs to say.  Screens ask
 * by the same rule (widget/formfill.c). */
static bool
was_asked(struct op *op, const struct form_state *s, const struct form_finding *f)
{
	const struct form_field *field = f->field ? form_find(s->form, f->field) : NULL;

	return !f->rule || f->rule->at <= FORM_INTAKE ||
	    (field && field->owner && strcmp(field->owner, op->by->unit) != 0);
}

static bool
warned_before(const struct form_state *s, const char *path)
{
	for (size_t i = 0; s && i < s->finding_count; i++)
		if (s->findings[i].severity == FORM_WARN && strcmp(s->findings[i].path, path) == 0)
			return true;
	return false;
}

/* What somebody says about a warning now; NULL: nothing.  null as its reason:
 * it stood there before, and what is said is not about it. */
static const char *
said_about(const struct asked *asked, const struct form_finding *f)
{
	const json_t *own = json_object_get(asked->reasons, f->path);
	const char *said = own ? json_string_value(own) : asked->reason;

	return said && *said ? said : NULL;
}

static const struct form_state *
judged_at(struct op *op, const struct asked *asked, const json_t *answers, enum form_stage stage)
{
	struct form_world *world = arena_make(op->mem, struct form_world);

	*world = *asked->world;
	world->stage = stage;
	return form_evaluate(op->mem, asked->form, answers, world);
}

enum status
check_warnings(struct op *op, const struct asked *asked, const json_t *before,
               enum form_stage stage, int64_t case_id)
{
	const struct form_state *now = judged_at(op, asked, asked->answers, stage), *then = NULL;
	struct case_warning *given;
	size_t n;

	TRY(store_warning_list(op, case_id, &given, &n));
	if (before)
		then = judged_at(op, asked, before, stage);
	for (size_t i = 0; i < now->finding_count; i++) {
		const struct form_finding *f = &now->findings[i];

		if (f->severity == FORM_WARN && !f->choice && !said_about(asked, f) &&
		    !has_reason(given, n, f) &&
		    !(warned_before(then, f->path) && was_asked(op, then, f)))
			return op_fail_field(op, ST_INVALID, "reason",
			    _("%s Say with reason= why it is right all the same."), f->sentence);
	}
	return ST_OK;
}

enum status
give_reasons(struct op *op, int64_t case_id, const struct asked *asked, enum form_stage stage)
{
	const struct form_state *s = judged_at(op, asked, asked->answers, stage);
	struct case_warning *given;
	size_t n;

	TRY(store_warning_list(op, case_id, &given, &n));
	for (size_t i = 0; i < s->finding_count; i++) {
		const struct form_finding *f = &s->findings[i];
		const char *said = said_about(asked, f), *clean;

		if (f->severity != FORM_WARN || f->choice || !said ||
		    (has_reason(given, n, f) && !asked->reasons))
			continue;
		TRY(clean_text(op, "reason", said, TEXT_LONG, true, &clean));
		TRY(store_warning_put(op, case_id, &(struct case_warning){ f->path,
		    rule_words(f), clean }));
	}
	return ST_OK;
}

enum status
case_judged(struct op *op, const struct case_file *c, enum form_stage stage,
            const struct form_state **state)
{
	const struct form *form;
	struct form_world *world = arena_make(op->mem, struct form_world);
	struct answer *stored;
	json_t *answers;
	size_t n;

	*state = NULL;
	TRY(case_form(op, c, &form));
	if (!form)
		return ST_OK;
	TRY(form_world_now(op, stage, world));
	TRY(store_answer_list(op, c->id, &stored, &n));
	answers = merged_answers(stored, n, NULL);
	*state = form_evaluate(op->mem, form, answers, world);
	json_decref(answers);
	return ST_OK;
}

enum status
guard_warnings(struct op *op, const struct case_file *c, enum form_stage stage,
               const char *reason)
{
	struct form_world world;
	struct asked asked = { .world = &world, .reason = reason };
	struct answer *stored;
	json_t *answers;
	enum status s;
	size_t n;

	TRY(case_form(op, c, &asked.form));
	if (!asked.form)
		return ST_OK;
	TRY(form_world_now(op, stage, &world));
	TRY(store_answer_list(op, c->id, &stored, &n));
	asked.answers = answers = merged_answers(stored, n, NULL);
	s = check_warnings(op, &asked, NULL, stage, c->id);
	if (s == ST_OK)
		s = give_reasons(op, c->id, &asked, stage);
	json_decref(answers);
	return s;
}

/* ---- the way ---- */

const char *
way_of(struct op *op, const struct service *service, const struct asked *asked)
{
	const struct form_state *s = asked->form && asked->form->route_count
	    ? judged_at(op, asked, asked->answers, FORM_INTAKE) : NULL;

	return s && s->route ? s->route->unit : service->unit;
}

enum status
case_way(struct op *op, const struct case_file *c, const char **unit, const char **why)
{
	const struct form_state *s;
	struct service service;

	*why = NULL;
	TRY(case_judged(op, c, FORM_INTAKE, &s));
	TRY(store_service_by_id(op, c->service_id, &service));
	*unit = service.unit;
	if (s && s->route) {
		*unit = s->route->unit;
		*why = *form_say(&s->route->text) ? form_say(&s->route->text) : NULL;
	}
	return ST_OK;
}
