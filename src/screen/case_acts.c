/*
 * case_acts.c - layer 3: what one may do to a case: claim to reopen, and hand
 * over.  Called by case.c through its bindings.  What is possible the engine
 * says; here it is only asked for what each act needs.
 */
#include <string.h>

#include "case.h"

static int64_t
id_of(const struct screen *s)
{
	const struct case_screen *st = s->state;

	return number_at(st->file, "id");
}

/* The end of an act: a word on what it means, or who was faster. */
static unsigned
acted(struct screen *s, enum status status, const char *sentence)
{
	const struct case_screen *st = s->state;

	if (status == ST_OK)
		say(s, TONE_DONE, "%s", sentence);
	else
		tell_conflict(s, text_at(st->file, "number"));
	return then_reload(status);
}

static const char *
or_null(const char *text)
{
	return *text ? text : NULL;
}

/* ---- acts that need nothing more ---- */

static enum status
plainly(struct screen *s, const char *command)
{
	return ask(s, NULL, command, "{s:I}", "id", (json_int_t)id_of(s));
}

unsigned
case_claim(void *on)
{
	return acted(on, plainly(on, "case.claim"), _("The case is yours now."));
}

unsigned
case_release(void *on)
{
	return acted(on, plainly(on, "case.release"),
	    _("Back in the pool: anyone of the unit can claim it."));
}

unsigned
case_resume(void *on)
{
	return acted(on, plainly(on, "case.resume"), _("The case goes on; it is in work again."));
}

unsigned
case_hand_out(void *on)
{
	return acted(on, plainly(on, "case.handout"),
	    _("Handed out. Close the case when nothing more is to be done."));
}

unsigned
case_close(void *on)
{
	return acted(on, plainly(on, "case.close"), _("The case is closed."));
}

/* ---- acts with a reason ---- */

static unsigned
take(void *on, const char *reason)
{
	enum status status = ask(on, NULL, "case.take", "{s:I, s:s}", "id", (json_int_t)id_of(on),
	    "reason", reason);

	if (wants_reason(on, status))
		return case_take(on);
	return acted(on, status, _("The case is yours now; the reason stands in its notes."));
}

unsigned
case_take(void *on)
{
	return ask_line(on, _("Why do you take it over?"), "", take);
}

static unsigned
reopen(void *on, const char *reason)
{
	enum status status = ask(on, NULL, "case.reopen", "{s:I, s:s}", "id",
	    (json_int_t)id_of(on), "reason", reason);

	if (wants_reason(on, status))
		return case_reopen(on);
	return acted(on, status, _("Open again, in the pool."));
}

unsigned
case_reopen(void *on)
{
	return ask_line(on, _("Why is it opened again?"), "", reopen);
}

/* ---- on hold: until when, for what ---- */

static unsigned
hold(void *on, const char *reason)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;
	enum status status = ask(s, NULL, "case.wait", "{s:I, s:s, s:s}", "id",
	    (json_int_t)id_of(s), "until", st->until, "reason", reason);

	if (wants_reason(s, status))
		return ask_line(s, _("On hold for what?"), reason, hold);
	return acted(s, status, arena_printf(s->page, _("On hold; it comes back to you on %s."),
	    say_date(s->page, st->until)));
}

#define HOLD_UNTIL _("On hold until (+14, 3.12.):")

static unsigned
hold_until(void *on, const char *typed)
{
	struct screen *s = on;
	struct case_screen *st = s->state;

	st->until = typed_day(s, typed, FORM_FUTURE, HOLD_UNTIL, hold_until);
	if (!st->until || !*st->until)
		return DRAW; /* "": changed their mind */
	return ask_line(s, _("On hold for what?"), "", hold);
}

unsigned
case_wait(void *on)
{
	return ask_line(on, HOLD_UNTIL, "", hold_until);
}

/* ---- what was typed into the answers, and not saved ---- */

static unsigned
go_to_answers(void *on)
{
	struct screen *s = on;

	return screen_open(s, "answers", json_pack("{s:O}", "id",
	    json_object_get(s->args, "id")));
}

static unsigned
go_on(void *on)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;

	return st->then(s);
}

static const struct binding unsaved[] = {
	{ .keys = "a", .label = N_("to the answers"), .act = go_to_answers },
	{ .keys = "o", .label = N_("on without them"), .act = go_on },
	{ 0 }
};

/* Of a decided case they could never be saved. */
static const struct binding unsaved_at_the_end[] = {
	{ .keys = "a", .label = N_("to the answers"), .act = go_to_answers },
	{ .keys = "o", .label = N_("drop them with the decision"), .act = go_on },
	{ 0 }
};

static const char *
draft_of_answers(const struct screen *s)
{
	return arena_printf(s->page, "answers id=%lld", (long long)id_of(s));
}

/* A draft is no answer yet: whoever decides on the case must know of it. */
static unsigned
unless_typed(struct screen *s, unsigned (*act)(struct screen *s), const struct binding *choices)
{
	struct case_screen *st = s->state;

	st->then = NULL;
	if (!screen_draft_waits(s, draft_of_answers(s)))
		return act(s);
	st->then = act;
	return choose(s, choices, _("Typed into the answers, but not saved:"));
}

/* ---- deciding ---- */

static unsigned
decide(void *on, const char *reason)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;
	const json_t *answer;
	enum status status = ask(s, &answer, "case.decide", "{s:I, s:I, s:s, s:s*}", "id",
	    (json_int_t)id_of(s), "version", (json_int_t)st->version, "result", st->result,
	    "reason", or_null(reason));

	if (wants_reason(s, status))
		return ask_line(s, _("Reason:"), reason, decide);
	if (status == ST_OK && st->then)
		screen_forget_draft(s, draft_of_answers(s));
	if (status == ST_OK && strcmp(text_at(answer, "case.state"), "proposed") == 0)
		return acted(s, status, _("Now somebody else must approve it; then it can be handed "
		    "out. z takes it back."));
	if (strcmp(st->result, "granted") == 0 && *text_at(st->file, "renews"))
		return acted(s, status, _("Decided. The counter can hand it out now. e records "
		    "until when it holds."));
	if (strcmp(st->result, "withdrawn") == 0 || strcmp(st->result, "settled") == 0)
		return acted(s, status, _("Decided. If there is nothing to hand out, l closes the "
		    "case."));
	return acted(s, status, _("Decided. The counter can hand it out now."));
}

static unsigned
picked_result(struct screen *s, const char *code)
{
	struct case_screen *st = s->state;
	size_t missing = gaps_until(st->file, "decision");

	st->result = code;
	if (strcmp(code, "refused") == 0)
		return ask_line(s, _("Reason, for the letter:"), "", decide);
	if (strcmp(code, "granted") != 0 || missing == 0)
		return ask_line(s, _("Reason (may be empty):"), "", decide);
	say(s, TONE_WARNING, tr_n("%zu missing for the decision: give a reason to decide all the "
	    "same.", "%zu missing for the decision: give a reason to decide all the same.",
	    (int64_t)missing), missing);
	return ask_line(s, _("Reason:"), "", decide);
}

static unsigned
pick_result(struct screen *s)
{
	const struct case_screen *st = s->state;
	const json_t *results = at(st->file, "results"), *result;
	struct pick_item *items = arena_array(s->page, struct pick_item,
	    json_array_size(results) + 1);
	size_t i;

	json_array_foreach(results, i, result)
		items[i] = (struct pick_item){ text_at(result, "code"), text_at(result, "label"),
			*text_at(result, "approval") ? arena_printf(s->page,
			    _("needs approval (%s)"), text_at(result, "approval")) : NULL };
	return pick(s, arena_printf(s->page, _("Decide %s: how?"), text_at(st->file, "number")),
	    items, json_array_size(results), picked_result);
}

unsigned
case_decide(void *on)
{
	return unless_typed(on, pick_result, unsaved_at_the_end);
}

/* ---- what waits for a second person ---- */

/* What is approved is what was seen: another version is a conflict. */
unsigned
case_approve(void *on)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;

	return acted(s, ask(s, NULL, "case.approve", "{s:I, s:I}", "id", (json_int_t)id_of(s),
	    "version", (json_int_t)st->version), _("Approved. The counter can hand it out now."));
}

static unsigned
undecide(void *on, const char *reason)
{
	enum status status = ask(on, NULL, "case.return", "{s:I, s:s}", "id",
	    (json_int_t)id_of(on), "reason", reason);

	if (wants_reason(on, status))
		return case_return(on);
	return acted(on, status, _("Sent back to who decided it, with your reason."));
}

unsigned
case_return(void *on)
{
	return ask_line(on, _("Why do you send it back?"), "", undecide);
}

unsigned
case_take_back(void *on)
{
	return acted(on, plainly(on, "case.withdraw"), _("Taken back; the case is in work again."));
}

/* ---- to another unit ---- */

static unsigned
offer(void *on, const char *reason)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;
	const json_t *answer;
	enum status status = ask(s, &answer, "handover.offer", "{s:I, s:s, s:s*}", "case",
	    (json_int_t)id_of(s), "to", st->to, "reason", or_null(reason));

	if (wants_reason(s, status))
		return ask_line(s, _("Why all the same?"), reason, offer);
	return acted(s, status, status != ST_OK ? "" : arena_printf(s->page,
	    _("Offered to %s. Until they accept it stays with you."),
	    text_at(answer, "handover.to_label")));
}

static unsigned
picked_unit(struct screen *s, const char *code)
{
	struct case_screen *st = s->state;
	size_t missing = gaps_until(st->file, "intake");

	st->to = code;
	if (missing == 0)
		return ask_line(s, _("A word to them (may be empty):"), "", offer);
	say(s, TONE_WARNING, tr_n("%zu missing for the hand-over.",
	    "%zu missing for the hand-over.", (int64_t)missing), missing);
	return ask_line(s, _("Why hand it over all the same?"), "", offer);
}

/* Where the case goes by its form or its service stands first. */
static void
way_first(const json_t *way, struct pick_item *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct pick_item found = items[i];

		if (strcmp(found.code, text_at(way, "unit")) != 0)
			continue;
		found.extra = *text_at(way, "why") ? text_at(way, "why") : _("usually goes there");
		memmove(items + 1, items, i * sizeof(*items));
		items[0] = found;
	}
}

static unsigned
pick_unit(struct screen *s)
{
	const struct case_screen *st = s->state;
	struct pick_item *items;
	size_t n = units_to_choose(s, text_at(st->file, "unit"), &items);

	way_first(at(st->file, "way"), items, n);
	return n > 0 ? pick(s, _("Hand over to which unit?"), items, n, picked_unit) : DRAW;
}

unsigned
case_hand_over(void *on)
{
	return unless_typed(on, pick_unit, unsaved);
}

static enum status
settle(struct screen *s, const char *command, const char *reason)
{
	const struct case_screen *st = s->state;

	return ask(s, NULL, command, "{s:I, s:s*}", "id",
	    (json_int_t)number_at(st->file, "handover.id"), "reason", or_null(reason));
}

unsigned
case_accept(void *on)
{
	return acted(on, settle(on, "handover.accept", ""),
	    _("Accepted: it lies in your unit's pool now. c claims it."));
}

static unsigned
send_back(void *on, const char *reason)
{
	enum status status = settle(on, "handover.return", reason);

	if (wants_reason(on, status))
		return case_send_back(on);
	if (status != ST_OK)
		return then_reload(status);
	say(on, TONE_DONE, _("Sent back with your reason."));
	return CLOSE; /* it is not ours to look at any more */
}

unsigned
case_send_back(void *on)
{
	return ask_line(on, _("Why do you send it back?"), "", send_back);
}

unsigned
case_withdraw(void *on)
{
	return acted(on, settle(on, "handover.withdraw", ""), _("Withdrawn: it stays with you."));
}

/* ---- what is missing ---- */

/* What is needed first: there it can be given. */
unsigned
case_missing(void *on)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;
	const json_t *gap = json_array_get(at(st->file, "missing"), 0);
	bool paper = strcmp(text_at(gap, "kind"), "paper") == 0;

	return screen_open(s, paper ? "papers" : "answers", json_pack("{s:O, s:{s:s}}", "id",
	    json_object_get(s->args, "id"), "start", paper ? "paper" : "field",
	    text_at(gap, "key")));
}

unsigned
case_slip(void *on)
{
	const struct screen *s = on;

	return screen_open(on, "slip", json_pack("{s:O}", "case",
	    json_object_get(s->args, "id")));
}

/* ---- what leaves a closed unit ---- */

unsigned
case_tell(struct screen *s, const char *screen)
{
	const struct case_screen *st = s->state;
	bool person = strcmp(screen, "consents") == 0;

	return screen_open(s, screen, json_pack("{s:I, s:s, s:s}", "id",
	    (json_int_t)(person ? number_at(st->file, "person.id") : id_of(s)), "number",
	    text_at(st->file, "number"), "name", text_at(st->file, "person.name")));
}

/* ---- a supervisor gives it to somebody ---- */

static unsigned
assign(void *on, const char *reason)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;
	const json_t *answer;
	enum status status = ask(s, &answer, "case.assign", "{s:I, s:s, s:s*}", "id",
	    (json_int_t)id_of(s), "owner", st->to, "reason", or_null(reason));

	return acted(s, status, status != ST_OK ? "" : arena_printf(s->page, _("%s has it now."),
	    text_at(json_array_get(at(answer, "cases"), 0), "owner_name")));
}

static unsigned
picked_clerk(struct screen *s, const char *login)
{
	struct case_screen *st = s->state;

	st->to = login;
	return ask_line(s, _("Why? It stays in the file (may be empty):"), "", assign);
}

unsigned
case_assign(void *on)
{
	struct screen *s = on;
	const struct case_screen *st = s->state;
	struct pick_item *items;
	size_t n = clerks_to_choose(s, text_at(st->file, "unit"), &items);

	return pick(s, _("Give to whom?"), items, n, picked_clerk);
}
