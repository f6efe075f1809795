/*
 * person_edit.c - layer 3: changing a person's record, or making one.  Opened
 * by the person's screen.  Must never overwrite what others saved meanwhile.
 */
#include "scanned.h"

#define SCORE_NUMBER 100

struct state {
	struct person_form form;
};

static unsigned took_reason(void *on, const char *reason);

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result;

	if (st->form.view.form)
		return ST_OK; /* what is being typed stays */
	TRY(ask(s, &result, "person.show", "{s:I}", "id", number_at(s->args, "id")));
	TRY(person_form_open(s, &st->form));
	st->form.took_reason = took_reason;
	person_form_fill(&st->form, at(result, "person"));
	return ST_OK;
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	person_form_done(&st->form);
}

static struct form_view *
form(struct screen *s)
{
	struct state *st = s->state;

	return &st->form.view;
}

/* The version seen goes along: who saved in between is told, not overwritten. */
static json_t *
draft(const struct screen *s)
{
	const struct state *st = s->state;

	return json_pack("{s:O*, s:I, s:O, s:o}", "document", st->form.document,
	    "version", st->form.version, "filled", st->form.view.filled,
	    "form", form_view_draft(&st->form.view));
}

static void
restore(struct screen *s, const json_t *saved)
{
	struct state *st = s->state;

	form_view_fill(&st->form.view, at(saved, "filled"));
	st->form.version = number_at(saved, "version");
	form_view_restore(&st->form.view, at(saved, "form"));
	person_form_keep(&st->form, at(saved, "document"));
}

/* ---- a scanned document ---- */

static unsigned
act_overwrite(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	return scan_overwrite(s, &st->form);
}

static const struct binding differ_choices[] = {
	{ .keys = "d", .label = N_("take the document's"), .act = act_overwrite },
	{ 0 }
};

static unsigned
scanned(struct screen *s, const char *zone)
{
	struct state *st = s->state;
	const json_t *found = scan_ask(s, zone), *scan = at(found, "scan");
	const json_t *holder = json_array_get(at(found, "people"), 0);

	if (!scan)
		return DRAW; /* the sentence stands */
	if (number_at(holder, "score") == SCORE_NUMBER && number_at(holder, "id") != st->form.id) {
		say(s, TONE_WARNING, _("In the register this is the document of %s. Nothing was "
		    "taken over."), person_line(s->page, holder));
		return DRAW;
	}
	screen_typed(s);
	scan_keep(&st->form, zone, scan);
	return scan_take(s, &st->form, differ_choices);
}

/* ---- keys ---- */

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (person_form_save(s, &st->form) != ST_OK) {
		screen_typed(s);
		return DRAW;
	}
	screen_drop_draft(s);
	say(s, TONE_DONE, st->form.proposed ? _("Saved. What another unit keeps is proposed to it.")
	    : _("Saved."));
	return CLOSE;
}

static unsigned
took_reason(void *on, const char *reason)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->form.reason = *reason ? arena_strdup(s->mem, reason) : NULL;
	return act_save(on);
}

static unsigned
picked(struct screen *s, const char *code)
{
	struct state *st = s->state;

	screen_typed(s);
	return person_form_put(s, &st->form, code);
}

static unsigned
act_list(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	return person_form_list(s, &st->form, picked);
}

static bool
has_list(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return person_form_has_list(&st->form);
}

static const struct binding bindings[] = {
	{ .keys = "F9 Ins", .label = N_("List"), .act = act_list, .can = has_list,
	  .help = N_("choose from the list what the field asks for") },
	{ .keys = "F10 ^S", .label = N_("Save"), .act = act_save,
	  .help = N_("save the record") },
	{ .keys = "F8 ^X", .act = screen_discard, .help = N_("throw away what was typed") },
	{ 0 }
};

const struct screen_class screen_person_edit = {
	.name = "person_edit",
	.title = N_("Change a person"),
	.about = N_("Change what is known of a person; all units see the same record."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.load = load,
	.form = form,
	.scanned = scanned,
	.draft = draft,
	.restore = restore,
	.done = done,
};
