/*
 * case.c - layer 3: one case: who, what, until when, what is there, what was
 * said and done, and what still blocks it.  Opened by queue, hand-overs,
 * search, console.  Its keys are the acts that are allowed now.
 */
#include "case.h"

#include <string.h>

static void
open_case(struct screen *s, const json_t *args)
{
	struct case_screen *st = s->state;

	(void)args;
	st->view = case_view_new(s->mem);
}

/* ---- loading ---- */

/* Somebody else was here while I looked. */
static void
tell_change(struct screen *s, const json_t *file)
{
	const json_t *last = json_array_get(at(file, "history"), 0);
	const char *who = text_at(last, "by");

	if (*who && strcmp(who, text_at(me(s), "name")) != 0 && !act_is_told(s))
		say(s, TONE_NOTE, _("%s has changed this case %s: %s."), who,
		    say_ago(s->page, text_at(last, "at")), text_at(last, "label"));
}

/* Once: the form and the person's nationality do not change while one looks. */
static void
load_around(struct screen *s, const json_t *file)
{
	struct case_screen *st = s->state;
	const json_t *answer;

	if (st->form_asked)
		return;
	st->nationality = "";
	st->form = form_of_case(s, s->mem, file);
	/* one that could not be had is asked for again */
	st->form_asked = st->form || !json_is_object(at(file, "form"));
	if (may(s, "person.show") && number_at(file, "person.id") &&
	    ask(s, &answer, "person.show", "{s:I}", "id",
	        (json_int_t)number_at(file, "person.id")) == ST_OK)
		st->nationality = arena_strdup(s->mem,
		    text_at(answer, "person.nationality_label"));
}

static enum status
load(struct screen *s)
{
	struct case_screen *st = s->state;
	const json_t *answer, *file;

	TRY(ask(s, &answer, "case.show", "{s:I, s:s*}", "id",
	    (json_int_t)number_at(s->args, "id"), "purpose",
	    json_string_value(at(s->args, "purpose"))));
	file = at(answer, "case");
	if (st->version && number_at(file, "version") > st->version)
		tell_change(s, file);
	st->file = file;
	st->version = number_at(file, "version");
	load_around(s, file);
	return ST_OK;
}

/* ---- moving ---- */

static unsigned act_down(void *on) { return case_move(on, 1); }
static unsigned act_up(void *on) { return case_move(on, -1); }
static unsigned act_page_down(void *on) { return case_move(on, case_page(on)); }
static unsigned act_page_up(void *on) { return case_move(on, -case_page(on)); }
static unsigned act_first(void *on) { return case_move(on, INT32_MIN); }
static unsigned act_last(void *on) { return case_move(on, INT32_MAX); }

/* ---- opening what lies in it ---- */

static unsigned
open_part(struct screen *s, const char *name)
{
	return screen_open(s, name, json_pack("{s:O}", "id", json_object_get(s->args, "id")));
}

static unsigned act_note(void *on) { return open_part(on, "note"); }
static unsigned act_papers(void *on) { return open_part(on, "papers"); }
static unsigned act_answers(void *on) { return open_part(on, "answers"); }

static unsigned
act_person(void *on)
{
	const struct screen *s = on;
	const struct case_screen *st = s->state;

	return screen_open(on, "person", json_pack("{s:I}", "id",
	    (json_int_t)number_at(st->file, "person.id")));
}

static bool
can_person(const void *on)
{
	const struct screen *s = on;
	const struct case_screen *st = s->state;

	return screen_class_by_name("person") && number_at(st->file, "person.id");
}

/* ---- telling others what is entrusted ---- */

static bool
is_entrusted(const void *on)
{
	const struct screen *s = on;
	const char *unit = text_at(((const struct case_screen *)s->state)->file, "unit");

	return strcmp(unit, text_at(me(s), "unit")) == 0 &&
	    truth_at(catalogue_find(s, "units", unit), "closed");
}

static unsigned act_tell(void *on) { return case_tell(on, "disclose"); }
static unsigned act_consents(void *on) { return case_tell(on, "consents"); }

static unsigned
act_terms(void *on)
{
	const struct screen *s = on;
	const struct case_screen *st = s->state;

	return screen_open(on, "terms", json_pack("{s:I}", "id",
	    (json_int_t)number_at(st->file, "person.id")));
}

static bool
renews(const void *on)
{
	const struct case_screen *st = ((const struct screen *)on)->state;

	return *text_at(st->file, "renews") && number_at(st->file, "person.id");
}

static const char *
why_renews_nothing(const void *on)
{
	(void)on;
	return _("this service renews no title and no period");
}

static enum case_part
part_here(const struct screen *s, const char **field)
{
	const struct case_line *line = case_line_here(s);

	*field = line ? line->field : NULL;
	return line ? line->part : PART_HISTORY;
}

static unsigned
act_enter(void *on)
{
	struct screen *s = on;
	const char *field;

	if (part_here(s, &field) == PART_PAPERS)
		return act_papers(s);
	return screen_open(s, "answers", json_pack("{s:O, s:{s:s*}}", "id",
	    json_object_get(s->args, "id"), "start", "field", field));
}

/* Also of what was received, once nothing is missing. */
static bool
can_slip(const void *on)
{
	const struct case_screen *st = ((const struct screen *)on)->state;

	return json_is_array(at(st->file, "documents"));
}

static bool
can_missing(const void *on)
{
	const struct case_screen *st = ((const struct screen *)on)->state;

	return json_array_size(at(st->file, "missing")) > 0;
}

static const char *
why_complete(const void *on)
{
	(void)on;
	return _("nothing is missing");
}

/* ---- what may be done ---- */

static bool
can(const struct screen *s, const char *command)
{
	const struct case_screen *st = s->state;

	return offers(st->file, command) || offers(at(st->file, "handover"), command);
}

#define CAN(name, command)                                                     \
	static bool can_##name(const void *on) { return can(on, command); }
CAN(claim, "case.claim")
CAN(note, "case.note")
CAN(papers, "case.document")
CAN(decide, "case.decide")
CAN(approve, "case.approve")
CAN(return, "case.return")
CAN(take_back, "case.withdraw")
CAN(hand_over, "handover.offer")
CAN(wait, "case.wait")
CAN(resume, "case.resume")
CAN(release, "case.release")
CAN(take, "case.take")
CAN(hand_out, "case.handout")
CAN(close, "case.close")
CAN(reopen, "case.reopen")
CAN(assign, "case.assign")
CAN(accept, "handover.accept")
CAN(send_back, "handover.return")
CAN(withdraw, "handover.withdraw")

/* Also to look at them whole, where they cannot be changed. */
static bool
can_answers(const void *on)
{
	const struct screen *s = on;
	const struct case_screen *st = s->state;

	return st->form != NULL;
}

static bool
can_enter(const void *on)
{
	const char *field;
	enum case_part part = part_here(on, &field);

	return (part == PART_PAPERS && can_papers(on)) ||
	    (part == PART_ANSWERS && can_answers(on));
}

static const char *
why(const void *on)
{
	const struct screen *s = on;
	const struct case_screen *st = s->state;

	if (strcmp(text_at(st->file, "state"), "in_work") == 0 ||
	    strcmp(text_at(st->file, "unit"), text_at(me(s), "unit")) == 0)
		return why_not(st->file);
	return arena_printf(frame_mem(), _("the case is \"%s\", at %s"),
	    text_at(st->file, "state_label"), text_at(st->file, "unit_label"));
}

static const char *
why_no_form(const void *on)
{
	(void)on;
	return _("this service has no form");
}

static json_t *
subject(const struct screen *s)
{
	const struct case_screen *st = s->state;

	return json_pack("{s:I}", "case", (json_int_t)number_at(st->file, "id"));
}

static const char *const topics[] = { "case", "handover", "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "y", .label = N_("Accept"), .act = case_accept, .can = can_accept, .why = why,
	  .help = N_("accept the case for your unit") },
	{ .keys = "b", .label = N_("Send back"), .act = case_send_back, .can = can_send_back,
	  .why = why, .help = N_("send the case back to the unit that offers it, with a reason") },
	{ .keys = "y", .label = N_("Approve"), .act = case_approve, .can = can_approve, .why = why,
	  .help = N_("say yes to what a colleague has decided") },
	{ .keys = "b", .label = N_("Send back"), .act = case_return, .can = can_return, .why = why,
	  .help = N_("send the decision back to who proposed it, with a reason") },
	{ .keys = "z", .label = N_("Withdraw"), .act = case_take_back, .can = can_take_back,
	  .why = why, .help = N_("take your decision back before it is approved") },
	{ .keys = "c F2", .label = N_("Claim"), .act = case_claim, .can = can_claim, .why = why,
	  .help = N_("take the case for yourself") },
	{ .keys = "n F5", .label = N_("Note"), .act = act_note, .can = can_note, .why = why,
	  .help = N_("write a note into the file") },
	{ .keys = "p F6", .label = N_("Papers"), .act = act_papers, .can = can_papers, .why = why,
	  .help = N_("record papers: received, verified, waived, missing") },
	{ .keys = "a F4", .label = N_("Answers"), .act = act_answers, .can = can_answers,
	  .why = why_no_form, .help = N_("look at the answers of the form and change them") },
	{ .keys = "f F3", .label = N_("Missing"), .act = case_missing, .can = can_missing,
	  .why = why_complete, .help = N_("to the first thing that is missing") },
	{ .keys = "s", .label = N_("Slip"), .act = case_slip, .can = can_slip,
	  .command = "case.gaps",
	  .help = N_("the list of what is missing, for the person, in their language") },
	{ .keys = "d F8", .label = N_("Decide"), .act = case_decide, .can = can_decide, .why = why,
	  .help = N_("decide the case") },
	{ .keys = "o", .label = N_("Hand out"), .act = case_hand_out, .can = can_hand_out,
	  .why = why, .help = N_("the person has got the decision") },
	{ .keys = "l", .label = N_("Close"), .act = case_close, .can = can_close, .why = why,
	  .help = N_("close the case: nothing more is to be done") },
	{ .keys = "w", .label = N_("Wait"), .act = case_wait, .can = can_wait, .why = why,
	  .help = N_("put the case on hold until a day") },
	{ .keys = "r", .label = N_("Resume"), .act = case_resume, .can = can_resume, .why = why,
	  .help = N_("go on with the case") },
	{ .keys = "h", .label = N_("Hand over"), .act = case_hand_over, .can = can_hand_over,
	  .why = why, .help = N_("offer the case to another unit") },
	{ .keys = "z", .label = N_("Withdraw"), .act = case_withdraw, .can = can_withdraw,
	  .why = why, .help = N_("take back the offer to another unit") },
	{ .keys = "t", .label = N_("Take over"), .act = case_take, .can = can_take, .why = why,
	  .help = N_("take a colleague's case over, with a reason") },
	{ .keys = "g", .label = N_("Give"), .act = case_assign, .can = can_assign, .why = why,
	  .help = N_("give the case to a clerk of its unit") },
	{ .keys = "r", .label = N_("Release"), .act = case_release, .can = can_release, .why = why,
	  .help = N_("put the case back into the pool") },
	{ .keys = "u", .label = N_("Reopen"), .act = case_reopen, .can = can_reopen, .why = why,
	  .help = N_("open the case again, with a reason") },
	{ .keys = "e F7", .label = N_("Terms"), .act = act_terms, .can = renews,
	  .why = why_renews_nothing, .command = "person.term",
	  .help = N_("titles and periods of this person: record what was granted") },
	{ .keys = "x", .label = N_("Tell others"), .act = act_tell, .can = is_entrusted,
	  .command = "disclosure.give",
	  .help = N_("tell another unit, or somebody outside, something out of this case") },
	{ .keys = "i", .label = N_("Consents"), .act = act_consents, .can = is_entrusted,
	  .command = "consent.list", .help = N_("whom the person lets your unit tell something") },
	{ .keys = "m F9", .label = N_("Person"), .act = act_person, .can = can_person,
	  .help = N_("the person of this case") },
	{ .keys = "Enter", .act = act_enter, .can = can_enter,
	  .help = N_("open the papers or the answers under the cursor") },
	{ .keys = "Down j", .act = act_down, .help = N_("to the next line") },
	{ .keys = "Up k", .act = act_up, .help = N_("to the line before") },
	{ .keys = "PgDn ^D", .act = act_page_down, .help = N_("one page down") },
	{ .keys = "PgUp ^U", .act = act_page_up, .help = N_("one page up") },
	{ .keys = "Home", .act = act_first, .help = N_("to the first line") },
	{ .keys = "End G", .act = act_last, .help = N_("to the last line") },
	{ 0 }
};

const struct screen_class screen_case = {
	.name = "case",
	.title = N_("Case"),
	.about = N_("One case with its papers, answers, notes and history. The keys are what may "
	            "be done to it now; what still blocks it stands at the bottom."),
	.state_size = sizeof(struct case_screen),
	.bindings = bindings,
	.topics = topics,
	.asks = "case",
	.open = open_case,
	.load = load,
	.head = case_head,
	.draw = case_draw,
	.subject = subject,
};
