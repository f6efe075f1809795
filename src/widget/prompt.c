/*
 * prompt.c - layer 2: one question in one line, answered by one key or by a
 * text.  Called by dispatch.  Must never stay open after its answer.
 */
#include "text.h"
#include "widget.h"

#define ANSWER_MAX 2000          /* bytes */

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
text_event(struct prompt *p, void *on, const struct event *event)
{
	struct keymaps maps = {
		.n = 1, .typing = true, .map = { { .table = edit_bindings, .on = &p->edit } },
	};
	struct prompt asked = *p;
	unsigned reaction = edit_type(&p->edit, event);

	if (reaction == PASS && event->key == K_ENTER) {
		close_prompt(p);
		return asked.answer(on, asked.edit.text) | DRAW;
	}
	return reaction == PASS ? keymaps_act(&maps, event->key) & ~(unsigned)PASS : reaction;
}

unsigned
prompt_event(struct prompt *p, void *on, const struct event *event)
{
	if (event->key == K_ESC || event->key == ('C' & 0x1F)) {
		close_prompt(p);
		return DRAW;
	}
	return p->choices ? choice_event(p, on, event) : text_event(p, on, event);
}

/* ---- drawing ---- */

/* Room that a text answer wants beside its question. */
#define ANSWER_COLUMNS 30

/* Draws or, with row < 0, only measures the choices; returns the column after. */
static int
choices(const struct prompt *p, int row, int col)
{
	const struct keymap map = { .table = p->choices };

	for (const struct binding *b = p->choices; b->keys; b++) {
		const char *key = binding_shown(frame_mem(), &map, b, false);

		if (!key)
			continue;
		draw_text(row, col, term_cols() - col, STYLE_STRONG, key);
		col += shown_width(key) + 1;
		draw_text(row, col, term_cols() - col, STYLE_PLAIN, _(b->label));
		col += shown_width(_(b->label)) + 3;
	}
	draw_text(row, col, term_cols() - col, STYLE_STRONG, _("Esc"));
	col += shown_width(_("Esc")) + 1;
	draw_text(row, col, term_cols() - col, STYLE_PLAIN, _("stay"));
	return col + shown_width(_("stay"));
}

int
prompt_rows(const struct prompt *p)
{
	int col;

	if (!p->question)
		return 0;
	col = 1 + shown_width(p->question) + 2;
	col = p->choices ? choices(p, -1, col) : col + ANSWER_COLUMNS;
	return col <= term_cols() ? 1 : 2;
}

void
prompt_draw(const struct prompt *p, int row)
{
	int rows = prompt_rows(p), cols = term_cols(), col = 1;

	for (int i = 0; i < rows; i++)
		draw_text(row - i, 0, cols, STYLE_PLAIN, text_pad(frame_mem(), "", cols));
	col += draw_text(row - rows + 1, 1, cols - 2, STYLE_STRONG, p->question) + 2;
	if (rows == 2)
		col = 3; /* the answer has a line of its own */
	if (p->choices) {
		draw_cursor(row, col);
		choices(p, row, col);
	} else {
		edit_draw(&p->edit, row, col, cols - col - 1, true);
	}
}
