/*
 * preview.c - layer 3: a form file as clerks will see it, for whoever writes
 * it: examples as answers, what follows from them, other stages.  Opened by
 * form-preview.  Must never save anything.
 */
#include "screen.h"

#include <stdlib.h>

#include "form_example.h"
#include "form_file.h"
#include "formask.h"

struct state {
	struct arena *mem;       /* of the form as it was read last */
	const struct form *form;
	struct form_view view;
	enum form_stage stage;
};

/* ---- reading the file ---- */

static struct form_world
world_of(const struct state *st)
{
	return (struct form_world){ .today = clock_day(clock_now()), .stage = st->stage };
}

/* Another form in place of the one there was: what was typed stays. */
static void
take_form(struct state *st, struct arena *mem, const struct form *form)
{
	json_t *draft = st->form ? form_view_draft(&st->view) : NULL;
	struct form_world world = world_of(st);

	if (st->form)
		form_view_done(&st->view);
	arena_free(st->mem);
	st->mem = mem;
	st->form = form;
	form_view_init(&st->view, mem, form, &world, false);
	if (draft)
		form_view_restore(&st->view, draft);
	json_decref(draft);
}

static enum status
read_form(struct screen *s)
{
	struct op op = { .mem = arena_new() };
	struct state *st = s->state;
	struct form_file file = { 0 };
	enum status status = form_file_read(&op, form_data_folder(op.mem),
	    text_at(s->args, "path"), &file);

	if (status == ST_OK && file.form) {
		take_form(st, op.mem, file.form);
		return ST_OK;
	}
	say(s, TONE_FAILURE, "%s", op.fail.sentence ? op.fail.sentence : file.errors.text[0]);
	arena_free(op.mem);
	return status == ST_OK ? ST_INVALID : status;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	if (st->form)
		return ST_OK;
	st->stage = FORM_INTAKE;
	return read_form(s);
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	if (st->form)
		form_view_done(&st->view);
	arena_free(st->mem);
}

/* ---- keys ---- */

static unsigned
act_again(void *on)
{
	struct screen *s = on;

	if (read_form(s) == ST_OK)
		say(s, TONE_DONE, _("The file was read again."));
	return DRAW;
}

static unsigned
act_stage(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->stage = st->stage == FORM_DECISION ? FORM_INTAKE : (enum form_stage)(st->stage + 1);
	form_view_set_stage(&st->view, st->stage);
	form_view_check(&st->view, st->stage);
	return DRAW;
}

static unsigned
took_example(struct screen *s, const char *number)
{
	struct state *st = s->state;
	const struct form_example *example = &st->form->examples[*number - '0'];
	json_t *given = json_loads(example->given, 0, NULL);

	if (example->today != DAY_NONE)
		st->view.world.today = example->today;
	form_view_fill(&st->view, given);
	form_view_go_first(&st->view);
	json_decref(given);
	say(s, TONE_NOTE, _("Answers of the example \"%s\"."), example->name);
	return DRAW;
}

static unsigned
act_example(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	size_t n = st->form->example_count < 64 ? st->form->example_count : 64;
	struct pick_item *items = arena_array(s->page, struct pick_item, n + 1);

	for (size_t i = 0; i < n; i++)
		items[i] = (struct pick_item){ arena_printf(s->page, "%c", (char)('0' + i)),
			st->form->examples[i].name, NULL };
	return pick(s, _("Examples"), items, n, took_example);
}

static bool
has_examples(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return st->form && st->form->example_count > 0;
}

static const char *
why_examples(const void *on)
{
	(void)on;
	return _("the form has no examples");
}

/* ---- what follows ---- */

static const char *
papers_of(const struct form_state *state)
{
	const char *all = "";

	for (size_t i = 0; i < state->need_count; i++) {
		const struct form_need *need = &state->needs[i];

		all = arena_printf(frame_mem(), "%s%s%s", all, *all ? ", " : "",
		    need->key ? need->key : need->list);
	}
	return all;
}

/* "Papers PASS, JOB · to benefits · urgent · due 24.11.2026" */
static const char *
what_follows(const struct form_state *state)
{
	const char *papers = papers_of(state), *all;
	char iso[11];

	all = arena_printf(frame_mem(), _("Papers: %s"), *papers ? papers : _("none"));
	if (state->route)
		all = arena_printf(frame_mem(), _("%s · to: %s"), all, state->route->unit);
	if (state->level != FORM_NORMAL)
		all = arena_printf(frame_mem(), _("%s · urgency: %s"), all,
		    form_level_name(state->level));
	if (state->due != DAY_NONE)
		all = arena_printf(frame_mem(), _("%s · due: %s"), all,
		    say_date(frame_mem(), day_iso(state->due, iso)));
	return all;
}

static unsigned
act_values(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	json_t *state = form_state_json(st->view.state);
	char *dump = json_dumps(state, JSON_INDENT(2));
	unsigned reaction = screen_open(s, "text", json_pack("{s:s, s:s}", "title",
	    _("What the form makes of the answers"), "text", dump));

	free(dump);
	json_decref(state);
	return reaction;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("Preview · %s, version %d"),
	    form_say(&st->form->title), st->form->version);
	h->right = st->stage == FORM_INTAKE ? _("at intake") : st->stage == FORM_REVIEW
	    ? _("at review") : _("at decision");
	h->load = form_pages_line(&st->view);
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	body.rows--;
	form_view_draw(&st->view, body, true);
	draw_text(body.row + body.rows, 1, body.cols - 2, STYLE_QUIET,
	    what_follows(st->view.state));
}

static struct form_view *
form(struct screen *s)
{
	struct state *st = s->state;

	return &st->view;
}

static const struct binding bindings[] = {
	{ .keys = "F3 ^V", .label = N_("Examples"), .act = act_example, .can = has_examples,
	  .why = why_examples, .help = N_("fill in the answers of an example of the form") },
	{ .keys = "F6 ^R", .label = N_("Stage"), .act = act_stage,
	  .help = N_("what is needed at intake, at review, at the decision") },
	{ .keys = "F8 ^S", .label = N_("Result"), .act = act_values,
	  .help = N_("what the form makes of the answers: visible, required, computed") },
	{ .keys = "F5 ^Y", .label = N_("Read again"), .act = act_again,
	  .help = N_("read the file again, keeping what is typed") },
	{ 0 }
};

const struct screen_class screen_preview = {
	.name = "preview",
	.title = N_("Preview"),
	.about = N_("A form file as clerks will see it. Nothing is saved."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.load = load,
	.head = head,
	.draw = draw,
	.form = form,
	.done = done,
};
