/*
 * answers.c - layer 3: the answers of a case in its form: to look at, and to
 * change while nobody else is overwritten.  Opened by the case screen; what
 * clashes goes on in conflict.c.  Must never drop what was typed.
 */
#include <string.h>

#include "casework.h"
#include "formask.h"

struct state {
	const json_t *file;
	const struct form *form;
	struct form_view view;
	int64_t seen;            /* version whose answers are filled in */
	json_t *before;          /* those answers */
};

static void
done(struct screen *s)
{
	struct state *st = s->state;

	form_view_done(&st->view);
	json_decref(st->before);
}

/* ---- loading ---- */

static void
fill(struct state *st, const json_t *answers, int64_t version)
{
	const char *path;
	json_t *reason;

	json_decref(st->before);
	st->before = json_deep_copy(answers);
	st->seen = version;
	form_view_fill(&st->view, st->before);
	json_object_foreach(json_object_get(st->file, "reasons"), path, reason)
		form_view_reason(&st->view, path, json_string_value(reason));
	st->view.touched = false;
}

/* What the engine says of the form: new cases are asked otherwise; a clerk is
 * still to ask something. */
static void
tell_of_form(struct screen *s)
{
	const struct state *st = s->state;
	const json_t *form = at(st->file, "form"), *key;
	const char *all = "";
	size_t i;

	json_array_foreach(at(form, "ask"), i, key) {
		const char *label = form_path_label(s->page, st->form, json_string_value(key),
		    lang_code(lang_current()));

		all = arena_printf(s->page, "%s%s%s", all, *all ? ", " : "", label ? label : "");
	}
	if (*all)
		say(s, TONE_NOTE, _("Since the form was changed these are still to be asked: %s."),
		    all);
	else if (number_at(form, "newest"))
		say(s, TONE_NOTE, _("Version %d of this form is in force; this case keeps the "
		    "questions of version %d. F8 shows the difference."),
		    (int)number_at(form, "newest"), st->form->version);
}

/* The start is an object, so that it is no part of the draft's key. */
static enum status
begin(struct screen *s)
{
	struct state *st = s->state;
	bool read_only = !offers(st->file, "case.answer");
	struct form_world world;

	st->form = form_of_case(s, s->mem, st->file);
	if (!st->form)
		return ST_NOT_FOUND;
	world = form_world_at(s, FORM_DECISION);
	form_view_init(&st->view, s->mem, st->form, &world, read_only);
	form_begin(s, &st->view);
	if (read_only)
		st->view.unit = NULL;
	/* whoever took the case in was asked for the rest */
	else if (strcmp(text_at(st->file, "state"), "intake") != 0)
		st->view.reasoned = FORM_INTAKE;
	fill(st, at(st->file, "answers"), number_at(st->file, "version"));
	form_give_names(&st->view, at(st->file, "people"));
	if (!read_only)
		tell_of_form(s);
	form_view_go(&st->view, text_at(s->args, "start.field"));
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *answer;

	TRY(ask(s, &answer, "case.show", "{s:I}", "id", (json_int_t)number_at(s->args, "id")));
	st->file = at(answer, "case");
	if (!st->form)
		return begin(s);
	if (!st->view.touched)
		fill(st, at(st->file, "answers"), number_at(st->file, "version"));
	return ST_OK;
}

/* ---- drafts ---- */

static json_t *
draft(const struct screen *s)
{
	const struct state *st = s->state;

	return json_pack("{s:o, s:O, s:I}", "view", form_view_draft(&st->view), "before",
	    st->before, "seen", (json_int_t)st->seen);
}

static void
restore(struct screen *s, const json_t *draft)
{
	struct state *st = s->state;

	if (st->view.read_only)
		return;
	fill(st, at(draft, "before"), number_at(draft, "seen"));
	form_view_restore(&st->view, at(draft, "view"));
}

/* ---- saving ---- */

static unsigned
finish(struct screen *s, const char *sentence)
{
	screen_drop_draft(s);
	say(s, TONE_DONE, "%s", sentence);
	return CLOSE;
}

static unsigned
compare(struct screen *s, json_t *mine)
{
	const struct state *st = s->state;
	const json_t *winner = last_reply(s)->winner;

	return screen_open(s, "conflict", json_pack("{s:O, s:O, s:O, s:O, s:O}", "id",
	    json_object_get(s->args, "id"), "before", st->before, "mine", mine, "reasons",
	    st->view.reasons, "winner", winner));
}

static unsigned let_go(void *on, const char *why);

/* Takes mine.  why: others' answers go with it; NULL: nobody has asked. */
static unsigned
send(struct screen *s, json_t *mine, const char *why)
{
	struct state *st = s->state;
	const struct reply *reply = last_reply(s);
	const json_t *answer;
	unsigned reaction = DRAW;
	enum status status = ask(s, &answer, "case.answer", "{s:I, s:I, s:O, s:O, s:s?}", "id",
	    (json_int_t)number_at(s->args, "id"), "version", (json_int_t)st->seen, "answers",
	    mine, "reasons", st->view.reasons, "reason", why);

	if (status == ST_OK)
		reaction = finish(s, number_at(answer, "case.version") > st->seen + 1
		    ? _("Saved. What others changed meanwhile is kept as well.")
		    : _("The answers are saved."));
	else if (status == ST_CONFLICT && json_is_object(at(reply->winner, "current.answers")))
		reaction = compare(s, mine);
	else if (wants_reason(s, status))
		reaction = ask_line(s, _("Why may that go?"), "", let_go); /* what, is said */
	else if (reply->field && form_path_field(st->form, reply->field))
		form_view_blame(&st->view, reply->field, reply->sentence);
	json_decref(mine);
	return reaction;
}

/* One that is to be saved, if nothing else is. */
static bool
has_new_reason(const struct state *st)
{
	const char *path;
	json_t *reason;

	json_object_foreach(st->view.reasons, path, reason)
		if (json_is_string(reason) &&
		    !json_equal(reason, json_object_get(at(st->file, "reasons"), path)))
			return true;
	return false;
}

static unsigned took_reason(void *on, const char *reason);

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	size_t wrong = form_view_check(&st->view, FORM_DRAFT);
	unsigned question;
	json_t *mine;

	if (wrong > 0) {
		say(s, TONE_WARNING, tr_n("%d answer cannot be read. Correct it, then save.",
		    "%d answers cannot be read. Correct them, then save.", (int)wrong),
		    (int)wrong);
		return DRAW;
	}
	question = form_ask_reason(s, &st->view, took_reason);
	if (question != NOTHING)
		return question;
	mine = form_view_changes(&st->view);
	if (json_object_size(mine) > 0 || has_new_reason(st))
		return send(s, mine, NULL);
	json_decref(mine);
	return finish(s, _("Nothing was changed."));
}

static unsigned
let_go(void *on, const char *why)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (*why)
		return send(s, form_view_changes(&st->view), why);
	say(s, TONE_WARNING, _("Nothing was saved. With a reason it goes; or change your answer "
	    "back."));
	return DRAW;
}

static unsigned
took_reason(void *on, const char *reason)
{
	struct screen *s = on;
	struct state *st = s->state;

	form_took_reason(s, &st->view, reason);
	return act_save(s);
}

/* ---- other keys ---- */

static unsigned
act_difference(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *form = at(st->file, "form");
	const char *diff = text_at(form, "difference");

	return screen_open(s, "text", json_pack("{s:s, s:s}", "title",
	    arena_printf(s->page, _("Version %d against %d · %s"), (int)number_at(form, "newest"),
	        st->form->version, form_say(&st->form->title)), "text",
	    *diff ? diff : _("Clerks see no difference.")));
}

static unsigned
took_person(struct screen *s, int64_t id)
{
	struct state *st = s->state;

	return form_took_person(s, &st->view, id);
}

static unsigned took_member(struct screen *s, const char *code);

static struct form_picking
picking(const struct state *st)
{
	return (struct form_picking){ number_at(st->file, "person.id"), took_person, took_member };
}

static unsigned
took_member(struct screen *s, const char *code)
{
	struct state *st = s->state;
	const struct form_picking from = picking(st);

	return form_took_member(s, &st->view, &from, code);
}

static unsigned
act_person(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const struct form_picking from = picking(st);

	return form_pick_person(s, &st->view, &from);
}

static bool
can_change(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return !st->view.read_only;
}

static bool
has_newer(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return number_at(st->file, "form.newest") != 0;
}

static bool
wants_person(const void *on)
{
	return form_wants_person(&((const struct state *)((const struct screen *)on)->state)->view);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("Answers · %s  %s"), text_at(st->file, "number"),
	    say_person(frame_mem(), at(st->file, "person")));
	if (!s->draft_saved)
		h->right = text_at(st->file, "state_label");
	h->load = st->view.read_only ? _("To look at: only who has this case can change it.")
	                             : form_pages_line(&st->view);
}

static int
draw_papers(const struct state *st, struct area body)
{
	const json_t *papers = at(st->file, "documents"), *paper;
	struct paper_line *lines = arena_array(frame_mem(), struct paper_line,
	    json_array_size(papers) + 1);
	size_t i;

	json_array_foreach(papers, i, paper)
		lines[i] = (struct paper_line){ text_at(paper, "label"),
			strcmp(text_at(paper, "state"), "missing") != 0,
			truth_at(paper, "required") };
	return form_draw_papers(body, lines, json_array_size(papers));
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	body.cols -= draw_papers(st, body);
	form_view_draw(&st->view, body, true);
}

static struct form_view *
form(struct screen *s)
{
	struct state *st = s->state;

	return &st->view;
}

static const char *const topics[] = { "case", NULL };

static const struct binding bindings[] = {
	{ .keys = "F10 ^S", .label = N_("Save"), .act = act_save, .can = can_change,
	  .help = N_("save the answers") },
	{ .keys = "F9 ^X", .label = N_("Discard"), .act = screen_discard, .can = can_change,
	  .help = N_("throw away what was typed") },
	{ .keys = "F6 ^R", .label = N_("Register"), .act = act_person, .can = wants_person,
	  .help = N_("look for who is meant in the register") },
	{ .keys = "F8 ^Y", .label = N_("Difference"), .act = act_difference, .can = has_newer,
	  .help = N_("what the version of the form in force today asks otherwise") },
	{ 0 }
};

const struct screen_class screen_answers = {
	.name = "answers",
	.title = N_("Answers"),
	.about = N_("The answers of the form. Change them and save; going back keeps what was "
	            "typed as a draft. If somebody else has saved the same answer, both are "
	            "shown and you decide."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
	.draw = draw,
	.form = form,
	.draft = draft,
	.restore = restore,
	.done = done,
};
