/*
 * takein_send.c - layer 3: hands over what was taken in: record, case, papers,
 * hand-over, end of the visit, slip.  Each step looks whether it is done, so
 * that after a failure the same key goes on where it stopped.
 */
#include "takein.h"

#include <string.h>

#include "formask.h"
#include "rules_order.h"

/* ---- before anything is sent ---- */

/* Nothing is sent as long as something needed now is missing; the cursor goes
 * there. */
static bool
is_complete(struct screen *s)
{
	struct takein *t = s->state;

	if (person_form_check(&t->person) > 0) {
		t->page = PAGE_PERSON;
		say(s, TONE_WARNING, _("Something about the person is missing or cannot be "
		    "read. It is marked with !"));
		return false;
	}
	(void)takein_offer_person(s); /* all of it can be read */
	if (t->answers.form && form_view_check(&t->answers, FORM_INTAKE) > 0) {
		t->page = PAGE_FORM;
		say(s, TONE_WARNING, _("Answers needed now are missing or cannot be read. They "
		    "are marked with !"));
		return false;
	}
	return true;
}

static unsigned
took_why_right(void *on, const char *text)
{
	struct screen *s = on;
	struct takein *t = s->state;

	form_took_reason(s, &t->answers, text);
	return takein_send(s);
}

/* What the form warns of goes on with a reason. */
static unsigned
ask_why_right(struct screen *s)
{
	struct takein *t = s->state;
	unsigned question = t->answers.form ? form_ask_reason(s, &t->answers, took_why_right)
	                                    : NOTHING;

	if (question != NOTHING)
		t->page = PAGE_FORM;
	return question;
}

static unsigned
act_anyway(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;

	t->anyway = true;
	return takein_send(s);
}

static const struct binding twin_choices[] = {
	{ .keys = "n", .label = N_("a new case all the same"), .act = act_anyway },
	{ 0 }
};

static unsigned
act_same_person(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;

	if (takein_set_person(s, number_at(json_array_get(t->hits, 0), "id")) == ST_OK)
		say(s, TONE_NOTE, _("This is what the register knows. Change what is no longer "
		    "right; F10 hands over."));
	t->page = PAGE_PERSON;
	screen_typed(s);
	return DRAW;
}

static unsigned
act_somebody_else(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;

	t->somebody_else = true;
	/* the engine wants to know why, and its record of the reason stays */
	if (takein_is_strong(json_array_get(t->hits, 0)))
		return ask_line(s, _("What shows that it is somebody else?"), "",
		    takein_took_person_reason);
	return takein_send(s);
}

static const struct binding namesake_choices[] = {
	{ .keys = "r", .label = N_("it is this one"), .act = act_same_person },
	{ .keys = "n", .label = N_("somebody else"), .act = act_somebody_else },
	{ 0 }
};

static unsigned
took_reason(void *on, const char *text)
{
	struct screen *s = on;
	struct takein *t = s->state;

	if (!*text)
		say(s, TONE_WARNING, _("Without the papers it goes on with a reason only."));
	t->reason = arena_strdup(s->mem, text);
	return takein_send(s); /* without a reason it asks again; Esc stays */
}

unsigned
takein_took_person_reason(void *on, const char *reason)
{
	struct screen *s = on;
	struct takein *t = s->state;

	t->person.reason = *reason ? arena_strdup(s->mem, reason) : NULL;
	return takein_send(s);
}

/* A question that stands before the hand-over; NOTHING: none. */
static unsigned
ask_first(struct screen *s)
{
	struct takein *t = s->state;
	const char *missing = takein_missing(s->page, s);

	if (takein_namesake(t))
		return choose(s, namesake_choices, _("In the register: %s (%s)."),
		    person_line(s->page, takein_namesake(t)),
		    text_at(takein_namesake(t), "why"));
	if (takein_twin(s) && !t->anyway && !t->case_id)
		return choose(s, twin_choices, _("Case %s is open for this:"),
		    text_at(takein_twin(s), "number"));
	if (!*missing || *t->reason || takein_stays(s))
		return NOTHING;
	t->page = PAGE_SEND; /* which ones stands there */
	return ask_line(s, _("Required papers are missing. Why hand over now?"), "", took_reason);
}

/* ---- the steps ---- */

static enum status
send_person(struct screen *s)
{
	struct takein *t = s->state;
	bool new = t->person.id == 0;

	TRY(person_form_save(s, &t->person));
	if (new)
		screen_save_draft(s); /* the record must not be made twice */
	return ST_OK;
}

static enum status
send_visit(struct screen *s)
{
	struct takein *t = s->state;

	if (number_at(t->visit, "person.id") == t->person.id)
		return ST_OK;
	return ask(s, NULL, "visit.edit", "{s:O, s:I}", "id", json_object_get(s->args, "visit"),
	    "person", t->person.id);
}

static enum status
send_case(struct screen *s)
{
	struct takein *t = s->state;
	json_t *params;
	const json_t *result;

	if (t->case_id)
		return ST_OK;
	params = json_pack("{s:I, s:s, s:O}", "person", t->person.id, "service", t->service,
	    "visit", json_object_get(s->args, "visit"));
	if (t->answers.form) {
		json_object_set_new(params, "form", form_view_answers(&t->answers));
		json_object_set_new(params, "form_version", json_integer(t->answers.form->version));
		json_object_set(params, "reasons", t->answers.reasons);
	}
	TRY(ask_with(s, &result, "case.open", params));
	t->case_id = number_at(result, "case.id");
	return ST_OK;
}

static enum status
send_papers(struct screen *s)
{
	struct takein *t = s->state;
	const char *key;
	json_t *unused;

	json_object_foreach(t->brought, key, unused) {
		(void)unused;
		if (truth_at(t->recorded, key))
			continue;
		TRY(ask(s, NULL, "case.document", "{s:I, s:s, s:s}", "id", t->case_id, "key", key,
		    "state", "received"));
		json_object_set_new(t->recorded, key, json_true());
	}
	return ST_OK;
}

static enum status
send_handover(struct screen *s)
{
	struct takein *t = s->state;

	if (t->handed_over || takein_stays(s))
		return ST_OK;
	TRY(ask(s, NULL, "handover.offer", *t->reason ? "{s:I, s:s, s:s}" : "{s:I, s:s}", "case",
	    t->case_id, "to", takein_unit(s), "reason", t->reason));
	t->handed_over = true;
	return ST_OK;
}

static enum status
send_end(struct screen *s)
{
	return ask(s, NULL, "visit.finish", "{s:O, s:s}", "id", json_object_get(s->args, "visit"),
	    "outcome", "taken_in");
}

/* In this order; what has stopped says how far it got. */
static const struct {
	enum status (*send)(struct screen *s);
	enum takein_page page;   /* where one mends what went wrong */
	const char *so_far;      /* N_(), or NULL: nothing is done yet */
} steps[] = {
	{ send_person, PAGE_PERSON, NULL },
	{ send_visit, PAGE_SEND, N_("The person is saved.") },
	{ send_case, PAGE_FORM, N_("The person is saved.") },
	{ send_papers, PAGE_PAPERS, N_("The case is open, not all papers are recorded.") },
	{ send_handover, PAGE_SEND, N_("The case is open, but not handed over yet.") },
	{ send_end, PAGE_SEND, N_("The case is handed over, but the visit is not ended yet.") },
};

/* What is typed stays; the sentence of the engine is never alone. */
static unsigned
stop(struct screen *s, size_t step)
{
	struct takein *t = s->state;
	const struct reply *reply = last_reply(s);

	t->page = steps[step].page;
	if (t->page == PAGE_FORM && !t->answers.form)
		t->page = PAGE_SEND;
	if (t->page == PAGE_FORM && reply->field)
		form_view_blame(&t->answers, reply->field, reply->sentence);
	if (steps[step].so_far && reply->sentence)
		say(s, TONE_FAILURE, _("%s %s F10 goes on from here."), _(steps[step].so_far),
		    reply->sentence);
	screen_typed(s);
	return DRAW;
}

static unsigned
finish(struct screen *s)
{
	const struct takein *t = s->state;
	json_t *args = json_pack("{s:I}", "case", t->case_id);

	screen_drop_draft(s);
	say(s, TONE_DONE, _("%s is taken in. Save the slip, or Esc for the next one."),
	    text_at(t->visit, "ticket"));
	return CLOSE | screen_open(s, "slip", args);
}

unsigned
takein_send(struct screen *s)
{
	struct takein *t = s->state;
	unsigned question;

	if (!*t->service) {
		t->page = PAGE_SEND;
		say(s, TONE_WARNING, _("Say first which service it is about: F3."));
		return DRAW;
	}
	if (!is_complete(s))
		return DRAW;
	question = ask_why_right(s);
	if (question == NOTHING)
		question = ask_first(s);
	if (question != NOTHING)
		return question;
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (steps[i].send(s) != ST_OK)
			return stop(s, i);
	return finish(s);
}
