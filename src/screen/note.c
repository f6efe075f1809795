/*
 * note.c - layer 3: a note into a case file, as many lines as it takes; kept
 * as a draft while it is typed.  Opened by the case screen.
 */
#include <string.h>

#include "casework.h"

#define NOTE_MAX 4000            /* characters */
#define NOTE_ROWS 10

struct state {
	struct edit edit;
	const json_t *file;
};

static void
begin(struct screen *s, const char *text)
{
	struct state *st = s->state;

	edit_init(&st->edit, s->mem, text, NOTE_MAX);
	st->edit.lines = true;
}

static void
open_note(struct screen *s, const json_t *args)
{
	(void)args;
	begin(s, "");
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *answer;

	TRY(ask(s, &answer, "case.show", "{s:I}", "id", (json_int_t)number_at(s->args, "id")));
	st->file = at(answer, "case");
	return ST_OK;
}

/* ---- drafts ---- */

static json_t *
draft(const struct screen *s)
{
	const struct state *st = s->state;

	return json_pack("{s:s}", "text", st->edit.text);
}

static void
restore(struct screen *s, const json_t *draft)
{
	begin(s, text_at(draft, "text"));
}

static unsigned
edited(struct screen *s)
{
	screen_typed(s);
	return DRAW;
}

/* ---- acting ---- */

static unsigned
act_break(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	screen_typed(s);
	return edit_type(&st->edit, &(struct event){ .key = '\n', .text = "\n" });
}

/* Lines are one column shorter than the field: the cursor stands behind them. */
static unsigned
go_line(struct screen *s, int step)
{
	struct state *st = s->state;

	return edit_go_line(&st->edit, term_cols() - 3, step);
}

static unsigned act_down(void *on) { return go_line(on, 1); }
static unsigned act_up(void *on) { return go_line(on, -1); }

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (ask_once(s, NULL, "case.note", json_pack("{s:I, s:s}", "id",
	        (json_int_t)number_at(s->args, "id"), "text", st->edit.text)) != ST_OK)
		return DRAW;
	screen_drop_draft(s);
	say(s, TONE_DONE, _("The note is in the file."));
	return CLOSE;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("Note · %s  %s"), text_at(st->file, "number"),
	    say_person(frame_mem(), at(st->file, "person")));
	if (!s->draft_saved)
		h->right = text_at(st->file, "state_label");
	h->load = _("Everyone who may read this file reads it. Enter begins a new line.");
}

/* What was noted before: so that nothing is noted twice. */
static void
draw_earlier(const struct state *st, struct area area)
{
	const json_t *note;
	size_t i;

	json_array_foreach(at(st->file, "notes"), i, note) {
		int used = draw_wrapped(area, STYLE_QUIET, arena_printf(frame_mem(), "%s  %s: %s",
		    say_instant(frame_mem(), text_at(note, "at")), text_at(note, "by"),
		    text_at(note, "text")));

		area.row += used;
		area.rows -= used;
	}
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	draw_earlier(st, (struct area){ body.row + NOTE_ROWS + 1, 1, body.rows - NOTE_ROWS - 1,
	    body.cols - 2 });
	edit_draw_lines(&st->edit, (struct area){ body.row, 1, NOTE_ROWS, body.cols - 2 });
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .edit = &st->edit };
}

static const struct binding bindings[] = {
	{ .keys = "F10 ^S", .label = N_("Save"), .act = act_save,
	  .help = N_("put the note into the file") },
	{ .keys = "Enter", .act = act_break, .help = N_("a new line") },
	{ .keys = "Down", .act = act_down, .help = N_("to the next line") },
	{ .keys = "Up", .act = act_up, .help = N_("to the line before") },
	{ .keys = "F9 ^X", .label = N_("Discard"), .act = screen_discard,
	  .help = N_("throw away what was typed") },
	{ 0 }
};

const struct screen_class screen_note = {
	.name = "note",
	.title = N_("Note"),
	.about = N_("A note into the file of a case. Going back keeps what was typed as a draft."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_note,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
	.edited = edited,
	.draft = draft,
	.restore = restore,
};
