/*
 * disclose_preview.c - layer 3: exactly what a receiver will see, and the key that
 * tells it.  Opened by disclose.c with the parameters of disclosure.give.  Must
 * never tell anything but what was shown: the engine compares.
 */
#include "desk.h"
#include "disclose.h"
#include "outfile.h"

struct state {
	struct table table;
	const json_t *result;    /* of the preview */
};

static json_t *
params_of(const struct screen *s, const char *key, json_t *value)
{
	json_t *params = json_copy(json_object_get(s->args, "params"));

	json_object_set_new(params, key, value);
	return params;
}

/* What it rests on is for who tells it: how far did the person consent? */
static void
add_consent(struct screen *s, const json_t *consent)
{
	if (!json_is_object(consent))
		return;
	list_say(s, 0, STYLE_QUIET, "", "");
	list_say(s, 0, STYLE_PLAIN, "", arena_printf(s->page, _("They consented on %s: %s"),
	    say_date(s->page, text_at(consent, "given")), text_at(consent, "scope")));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	TRY(ask_with(s, &st->result, "disclosure.give", params_of(s, "preview", json_true())));
	table_begin(&st->table, s->page);
	if (truth_at(st->result, "locked"))
		list_say(s, 0, STYLE_ALERT, "", _("LOCKED against disclosure: is it safe that they "
		    "learn this, and where the person lives?"));
	disclosed_lines(s, at(st->result, "disclosure"));
	add_consent(s, at(st->result, "consent"));
	table_end(&st->table);
	return ST_OK;
}

static bool
is_outside(const void *on)
{
	return truth_at(((const struct screen *)on)->args, "outside");
}

/* ---- telling ---- */

static unsigned
act_tell(void *on)
{
	struct screen *s = on, *marks = s->below;
	const struct state *st = s->state;

	if (ask_with(s, NULL, "disclosure.give", params_of(s, "seen",
	    json_string(text_at(st->result, "digest")))) != ST_OK)
		return RELOAD;
	if (is_outside(s))
		say(s, TONE_DONE, _("It stands in the book. The program sends nothing out: tell %s "
		    "yourself."), text_at(s->args, "to_label"));
	else
		say(s, TONE_DONE, _("%s sees this now. It stands in the book."),
		    text_at(s->args, "to_label"));
	desk_remove(s->desk, marks);
	return CLOSE;
}

/* As a letter begins: who is written to fills in the rest. */
static unsigned
act_save(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *d = at(st->result, "disclosure"), *field;
	const char *all = arena_printf(s->page, "%s\n%s (%s)\n%s\n\n", text_at(d, "to_label"),
	    text_at(d, "basis_label"), text_at(d, "cite"), text_at(d, "reason"));
	size_t i;

	json_array_foreach(at(d, "fields"), i, field)
		all = arena_printf(s->page, "%s%s: %s\n", all, text_at(field, "label"),
		    text_at(field, "value"));
	outfile_save(s, arena_printf(s->page, _("told-%d"), (int)number_at(d, "case")), all);
	return DRAW;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), _("Preview: %s"), text_at(s->args, "to_label"));
	h->load = is_outside(s)
	    ? _("This is told, and nothing else. F2 enters it into the book; Esc goes back.")
	    : _("They will see this, and nothing else. F2 tells it; Esc goes back.");
}

static const struct binding bindings[] = {
	{ .keys = "F2 y", .label = N_("Tell"), .act = act_tell,
	  .help = N_("tell exactly this; it is entered into the book of disclosures") },
	{ .keys = "F4 s", .label = N_("Save"), .act = act_save, .can = is_outside,
	  .help = N_("save it as a text file in tresen-slips, in your home") },
	{ 0 }
};

const struct screen_class screen_disclose_preview = {
	.name = "disclose_preview",
	.title = N_("Preview"),
	.about = N_("Exactly what the receiver will see. Nothing is told before F2."),
	.state_size = sizeof(struct state),
	.list = { .columns = list_lines, .n_columns = 1 },
	.bindings = bindings,
	.load = load,
	.head = head,
};
