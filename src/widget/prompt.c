/*
 * prompt.c - layer 2: one question at the foot, answered by one key or by a
 * text.  Called by dispatch.  Must never stay open after its answer.
 */
#include "text.h"
#include "widget_prompt.h"

#define ANSWER_MAX 2000          /* characters */

unsigned
prompt_choose(struct prompt *p, struct arena *mem, const char *question,
              const struct binding *choices)
{
	*p = (struct prompt){ .question = arena_strdup(mem, question), .choices = choices };
	return DRAW;
}

unsigned
prompt_text(struct prompt *p, struct arena *mem, const char *question, const char *text,
            unsigned (*answer)(void *on, const char *text))
{
	*p = (struct prompt){ .question = arena_strdup(mem, question), .answer = answer };
	edit_init(&p->edit, mem, text, ANSWER_MAX);
	return DRAW;
}

static void
close_prompt(struct prompt *p)
{
	*p = (struct prompt){ 0 };
}

static unsigned
choice_event(struct prompt *p, void *on, const struct event *event)
{
	struct keymaps maps = { .n = 1, .map = { { .table = p->choices, .on = on } } };
	void *same;
	const struct binding *b = keymaps_find(&maps, event->key, &same);

	if (!b)
		return NOTHING; /* only the keys that the question names */
	close_prompt(p);
	return b->act(on) | DRAW;
}

static unsigned
act_answer(void *on)
{
	struct prompt *p = on, asked = *p;

	close_prompt(p);
	return asked.answer(asked.on, asked.edit.text) | DRAW;
}

static unsigned
act_leave(void *on)
{
	close_prompt(on);
	return DRAW;
}

static const struct binding text_bindings[3];

void
prompt_keymaps(struct prompt *p, struct keymaps *maps)
{
	*maps = (struct keymaps){ .typing = true };
	if (p->choices)
		return;
	keymaps_add(maps, (struct keymap){ .table = text_bindings, .on = p });
	keymaps_add(maps, (struct keymap){ .table = edit_bindings, .on = &p->edit });
}

static unsigned
text_event(struct prompt *p, const struct event *event)
{
	unsigned reaction = edit_type(&p->edit, event);
	struct keymaps maps;

	prompt_keymaps(p, &maps);
	return reaction == PASS ? keymaps_act(&maps, event->key) & ~(unsigned)PASS : reaction;
}

unsigned
prompt_event(struct prompt *p, void *on, const struct event *event)
{
	p->on = on;
	if (!p->choices)
		return text_event(p, event);
	if (event->key == K_ESC || event->key == ('C' & 0x1F))
		return act_leave(p);
	return choice_event(p, on, event);
}

/* ---- drawing ---- */

#define ANSWER_COLUMNS 30        /* room that a text answer wants beside its question */
#define BELOW_COLUMN 3           /* where answers begin that have lines of their own */

/* Where the next choice goes; drawn false: it is only measured. */
struct spot {
	int row, col;
	bool drawn;
};

/* A choice is never cut: what has no room begins the next line. */
static void
put_choice(struct spot *at, const char *key, const char *label)
{
	int width = shown_width(key) + 1 + shown_width(label), room = term_cols();

	if (at->col + width > room && at->col > BELOW_COLUMN) {
		at->row++;
		at->col = BELOW_COLUMN;
	}
	if (at->drawn) {
		draw_text(at->row, at->col, room - at->col, STYLE_STRONG, key);
		draw_text(at->row, at->col + shown_width(key) + 1, room - at->col, STYLE_PLAIN, label);
	}
	at->col += width + 3;
}

static void
put_choices(const struct prompt *p, struct spot *at)
{
	const struct keymap map = { .table = p->choices };

	for (const struct binding *b = p->choices; b->keys; b++) {
		const char *key = binding_shown(frame_mem(), &map, b, false);

		if (key)
			put_choice(at, key, _(b->label));
	}
	put_choice(at, _("Esc"), _("stay"));
}

/* The question, never cut: what it wants stands at its end. */
static int
question_lines(const struct prompt *p, char ***lines)
{
	return (int)shown_lines(p->question, term_cols() - 2, lines);
}

int
prompt_rows(const struct prompt *p)
{
	struct spot beside = { 0 }, below = { .col = BELOW_COLUMN };
	char **lines;
	int n;

	if (!p->question)
		return 0;
	n = question_lines(p, &lines);
	beside.col = 1 + (n > 0 ? text_width(lines[n - 1]) : 0) + 2;
	if (!p->choices)
		return n + (beside.col + ANSWER_COLUMNS > term_cols());
	put_choices(p, &beside);
	put_choices(p, &below);
	return n + (beside.row == 0 ? 0 : 1 + below.row);
}

void
prompt_draw(const struct prompt *p, int row)
{
	char **lines;
	int rows = prompt_rows(p), cols = term_cols(), n = question_lines(p, &lines);
	struct spot at = { .row = row - rows, .col = BELOW_COLUMN, .drawn = true };

	for (int i = 0; i < rows; i++)
		draw_text(row - i, 0, cols, STYLE_PLAIN, text_pad(frame_mem(), "", cols));
	for (int i = 0; i < n; i++)
		at.col = 1 + draw_text(++at.row, 1, cols - 2, STYLE_STRONG, lines[i]) + 2;
	if (rows > n) {
		at.row++;
		at.col = BELOW_COLUMN;
	}
	if (p->choices) {
		draw_cursor(at.row, at.col);
		put_choices(p, &at);
	} else {
		edit_draw(&p->edit, at.row, at.col, cols - at.col - 1, true);
	}
}

static const struct binding text_bindings[3] = {
	{ .keys = "Enter", .label = N_("Go on"), .act = act_answer },
	{ .keys = "Esc ^C", .label = N_("Back"), .act = act_leave },
	{ 0 }
};
