/*
 * takein_keys.c - layer 3: what the keys of the take-in do.  Handing over is
 * in takein_send.c.  Must never send anything but what its key says.
 */
#include "desk.h"
#include "formask.h"
#include "takein.h"

#include <string.h>

/* ---- keys: who and what ---- */

unsigned
takein_took_person(struct screen *s, int64_t id)
{
	struct takein *t = s->state;

	if (takein_set_person(s, id) == ST_OK && takein_tie(s) == ST_OK && id)
		say(s, TONE_NOTE, _("This is what the register knows. Change what is no longer "
		    "right; it is saved at the hand-over."));
	json_decref(t->hits);
	t->hits = NULL;
	screen_typed(s);
	return t->person.document ? takein_fill_scanned(s) : DRAW;
}

static unsigned
act_find(void *on)
{
	struct screen *s = on;
	const struct takein *t = s->state;
	const json_t *typed = t->person.view.answers;
	const char *name = t->person.id ? "" : arena_printf(s->page, "%s %s",
	    text_at(typed, "family"), text_at(typed, "given"));

	return pick_person(s, strlen(name) > 1 ? name : "", takein_took_person);
}

static unsigned
act_new_person(void *on)
{
	return takein_took_person(on, 0);
}

static const struct binding person_choices[] = {
	{ .keys = "r", .label = N_("another of the register"), .act = act_find },
	{ .keys = "n", .label = N_("somebody new"), .act = act_new_person },
	{ 0 }
};

static unsigned
act_person(void *on)
{
	struct screen *s = on;
	const struct takein *t = s->state;

	return t->person.id ? choose(s, person_choices, _("Somebody else?")) : act_find(s);
}

static unsigned
took_service(struct screen *s, const char *code)
{
	struct takein *t = s->state;

	if (strcmp(code, t->service) != 0 && takein_set_service(s, code) == ST_OK)
		takein_bind_forms(s);
	/* the page may have gone with the form of the service before */
	return takein_go(s, (int)t->page, 1);
}

static unsigned
act_service(void *on)
{
	struct screen *s = on;

	return pick_service(s, _("Take in"), took_service, NULL);
}

unsigned
takein_open(struct screen *s, int64_t visit, const char *code)
{
	unsigned reaction = screen_open(s, "takein", json_pack("{s:I}", "visit", visit));
	struct screen *own = s->desk->top;

	return own == s || s->desk->loaded != ST_OK ? reaction : reaction | took_service(own, code);
}

static unsigned
picked(struct screen *s, const char *code)
{
	struct takein *t = s->state;

	screen_typed(s);
	return person_form_put(s, &t->person, code);
}

static unsigned
act_list(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;

	return person_form_list(s, &t->person, picked);
}

/* The case that is there already: the visit is about it. */
static unsigned
act_twin(void *on)
{
	struct screen *s = on;
	const struct takein *t = s->state;
	int64_t id = number_at(takein_twin(s), "id");

	if (ask(s, NULL, "visit.edit", "{s:O, s:I, s:I}", "id", json_object_get(s->args, "visit"),
	        "person", t->person.id, "case", id) != ST_OK)
		return RELOAD;
	return screen_open(s, "case", json_pack("{s:I}", "id", id));
}

static unsigned act_form_person(void *on) { return takein_pick_person(on); }

/* ---- keys: papers and pages ---- */

static unsigned
act_toggle(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;
	const char *key;

	if (t->papers.n_rows == 0)
		return NOTHING;
	key = t->asked[t->papers.cursor].key;
	if (truth_at(t->brought, key) && !truth_at(t->recorded, key))
		json_object_del(t->brought, key);
	else
		json_object_set_new(t->brought, key, json_true());
	screen_typed(s);
	takein_list_papers(s);
	return DRAW;
}

static unsigned
act_all(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;

	for (size_t i = 0; i < t->papers.n_rows; i++)
		if (t->asked[i].required)
			json_object_set_new(t->brought, t->asked[i].key, json_true());
	screen_typed(s);
	takein_list_papers(s);
	return DRAW;
}

static unsigned
act_next_page(void *on)
{
	const struct takein *t = ((struct screen *)on)->state;

	return takein_go(on, (int)t->page + 1, 1);
}

static unsigned
act_page_before(void *on)
{
	const struct takein *t = ((struct screen *)on)->state;

	return takein_go(on, (int)t->page - 1, -1);
}

static unsigned act_papers(void *on) { return takein_go(on, PAGE_PAPERS, 1); }
static unsigned act_send(void *on) { return takein_send(on); }

static unsigned
go_to_answer(struct screen *s, const char *path)
{
	struct takein *t = s->state;
	unsigned reaction = takein_go(s, PAGE_FORM, 1);

	form_view_go(&t->answers, path);
	return reaction;
}

static unsigned
go_to_paper(struct screen *s)
{
	struct takein *t = s->state;

	for (size_t i = 0; i < t->papers.n_rows; i++)
		if (t->asked[i].required && !truth_at(t->brought, t->asked[i].key)) {
			takein_go(s, PAGE_PAPERS, 1);
			table_go(&t->papers, (int64_t)i + 1);
			return DRAW;
		}
	return PASS;
}

/* What is needed first: about the person, now, of papers, later. */
static unsigned
act_missing(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;
	struct form_gap *gaps;
	size_t n = takein_gaps(s->page, t, &gaps);

	if (person_form_check(&t->person) > 0)
		return takein_go(s, PAGE_PERSON, 1);
	if (n > 0 && gaps[0].stage == FORM_INTAKE)
		return go_to_answer(s, gaps[0].path);
	if (go_to_paper(s) != PASS)
		return DRAW;
	if (n > 0)
		return go_to_answer(s, gaps[0].path);
	say(s, TONE_NOTE, _("Nothing is missing."));
	return DRAW;
}

/* The list of what is missing by now: of the case, once there is one. */
static unsigned
act_slip(void *on)
{
	struct screen *s = on;
	const struct takein *t = s->state;
	const json_t *typed = t->person.view.answers;
	const char *language = text_at(t->visit, "language"), *given = text_at(typed, "given");
	json_t *args;

	if (t->case_id)
		return screen_open(s, "slip", json_pack("{s:I}", "case", t->case_id));
	if (!*language)
		language = text_at(catalogue_guess(s, "languages", text_at(typed, "language")),
		    "code");
	args = json_pack("{s:s, s:s, s:s, s:s}", "service", t->service, "brought",
	    takein_brought(s->page, t), "name", arena_printf(s->page, "%s%s%s", text_at(typed, "family"),
	    *given ? ", " : "", given), "speaks", language);
	if (t->answers.form)
		json_object_set_new(args, "form", form_view_answers(&t->answers));
	return screen_open(s, "slip", args);
}

/* ---- keys: the end without a case ---- */

static unsigned
finish(void *on, const char *outcome)
{
	struct screen *s = on;
	const struct takein *t = s->state;

	if (ask(s, NULL, "visit.finish", "{s:O, s:s}", "id", json_object_get(s->args, "visit"),
	        "outcome", outcome) != ST_OK)
		return RELOAD;
	screen_drop_draft(s);
	say(s, TONE_DONE, _("%s is finished. F2 calls the next one."), text_at(t->visit, "ticket"));
	return CLOSE;
}

static unsigned act_settled(void *on) { return finish(on, "done"); }
static unsigned act_handed_out(void *on) { return finish(on, "handed_out"); }
static unsigned act_left(void *on) { return finish(on, "left"); }

static const struct binding outcomes[] = {
	{ .keys = "d", .label = N_("settled"), .act = act_settled },
	{ .keys = "h", .label = N_("handed out"), .act = act_handed_out },
	{ .keys = "l", .label = N_("left"), .act = act_left },
	{ 0 }
};

/* Beyond what the register has already, and so has the visit. */
static bool
has_typed(const struct screen *s)
{
	const struct takein *t = s->state;
	const struct form_view *person = &t->person.view;
	json_t *changes = person->form ? form_view_changes(person) : NULL;
	bool changed = t->record ? json_object_size(changes) > 0 : person->form && person->touched;

	json_decref(changes);
	return (s->typed_at || s->draft_saved) &&
	    ((t->answers.form && t->answers.touched) || changed);
}

static unsigned
act_finish(void *on)
{
	struct screen *s = on;
	const struct takein *t = s->state;
	const char *ticket = text_at(t->visit, "ticket");

	if (has_typed(s))
		return choose(s, outcomes, _("No case for %s, and what you typed is dropped:"),
		    ticket);
	return choose(s, outcomes, _("No case for %s:"), ticket);
}

/* ---- when ---- */

static bool
is_on(const void *on, enum takein_page page)
{
	return ((const struct takein *)((const struct screen *)on)->state)->page == page;
}

static bool is_on_person(const void *on) { return is_on(on, PAGE_PERSON); }
static bool is_on_papers(const void *on) { return is_on(on, PAGE_PAPERS); }
static bool is_on_send(const void *on) { return is_on(on, PAGE_SEND); }
static bool is_off_form(const void *on) { return is_on_papers(on) || is_on_send(on); }

static bool
has_slip(const void *on)
{
	const struct takein *t = ((const struct screen *)on)->state;

	return *t->service && is_off_form(on);
}

static bool
has_papers(const void *on)
{
	return takein_has_page(((const struct screen *)on)->state, PAGE_PAPERS) && !is_off_form(on);
}

static bool
wants_person(const void *on)
{
	const struct takein *t = ((const struct screen *)on)->state;

	return is_on(on, PAGE_FORM) && form_wants_person(&t->answers);
}

static bool
has_list(const void *on)
{
	const struct takein *t = ((const struct screen *)on)->state;

	return is_on_person(on) && person_form_has_list(&t->person);
}

static bool
has_twin(const void *on)
{
	return takein_twin(on) && screen_class_by_name("case");
}

static bool
is_quick(const void *on)
{
	return takein_is_quick(on);
}

static bool
is_for_us(const void *on)
{
	return takein_stays(on);
}

static bool
is_for_others(const void *on)
{
	return !takein_stays(on);
}

static const char *
why_last(const void *on)
{
	return is_on_send(on) ? _("this is the last page") : NULL;
}

static const char *
why_a_case(const void *on)
{
	const struct takein *t = ((const struct screen *)on)->state;

	return t->case_id ? _("its case is open already: F10 goes on")
	                  : _("another unit has to decide this: F10 hands it over");
}

const struct binding takein_bindings[] = {
	{ .keys = "Space Enter x", .label = N_("Brought"), .act = act_toggle, .can = is_on_papers,
	  .help = N_("the paper under the cursor was brought, or was not") },
	{ .keys = "a", .label = N_("All"), .act = act_all, .can = is_on_papers,
	  .help = N_("all papers that are needed were brought") },
	{ .keys = "F7 ^N", .label = N_("Next gap"), .act = act_missing, .can = is_off_form,
	  .help = N_("to the first thing that is missing") },
	{ .keys = "s", .label = N_("Slip"), .act = act_slip, .can = has_slip,
	  .help = N_("the list of what is missing, for the person, in their language") },
	{ .keys = "F10 ^S", .label = N_("Hand over"), .act = act_send, .can = is_for_others,
	  .help = N_("open the case, hand it over and end the visit") },
	{ .keys = "F10 ^S", .label = N_("Open case"), .act = act_send, .can = is_for_us,
	  .help = N_("open the case and end the visit") },
	{ .keys = "Enter", .act = act_send, .can = is_on_send,
	  .help = N_("open the case, hand it over and end the visit") },
	{ .keys = "F6 ^R", .label = N_("Register"), .act = act_person, .can = is_on_person,
	  .help = N_("take the person from the register") },
	{ .keys = "F6 ^R", .label = N_("Register"), .act = act_form_person, .can = wants_person,
	  .help = N_("look for who is meant in the register") },
	{ .keys = "F9 Ins", .label = N_("List"), .act = act_list, .can = has_list,
	  .help = N_("choose from the list what the field asks for") },
	{ .keys = "F4 PgDn", .label = N_("Next page"), .act = act_next_page, .can = is_on_papers,
	  .why = why_last, .help = N_("to the next page") },
	{ .keys = "PgUp", .act = act_page_before, .can = is_off_form,
	  .help = N_("to the page before") },
	{ .keys = "F3 ^V", .label = N_("Concern"), .act = act_service,
	  .help = N_("say which service it is about") },
	{ .keys = "F5 ^Y", .label = N_("Papers"), .act = act_papers, .can = has_papers,
	  .help = N_("to the papers that were brought") },
	{ .keys = "F2 c", .label = N_("Its case"), .act = act_twin, .can = has_twin,
	  .help = N_("open the case that is there already for the same service") },
	{ .keys = "F8 ^X", .label = N_("Finish"), .act = act_finish, .can = is_quick,
	  .why = why_a_case, .help = N_("end the visit without a case") },
	{ 0 }
};
