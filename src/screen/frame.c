/*
 * frame.c - layer 3: one frame: head, the screen's own work, message, key
 * bar.  Called by the client's loop only.  Must never change anything.
 */
#include "desk.h"
#include "text.h"

/* Head line, load line, rule; below the screen message line and key bar. */
#define HEAD_ROWS 3
#define FOOT_ROWS 2

/* While one types, that it is safe matters more than the time of day. */
static const char *
draft_saved(const struct screen *s)
{
	char hhmm[6];

	return arena_printf(frame_mem(), _("draft saved %s"), clock_hhmm(s->draft_saved, hhmm));
}

static const char *
who_and_when(const struct screen *s)
{
	const json_t *staff = me(s);
	char hhmm[6];
	int64_t now = clock_now();
	const char *day = say_weekday(frame_mem(), clock_day(now));

	clock_hhmm(now, hhmm);
	if (!json_is_object(staff))
		return arena_printf(frame_mem(), "%s  %s", day, hhmm);
	return arena_printf(frame_mem(), "%s · %s   %s  %s", text_at(staff, "name"),
	    text_at(staff, "role_label"), day, hhmm);
}

/* What does not fit into its line moves together, or goes on upon the rule: in
 * its style. */
static void
draw_load(const char *load, int cols, enum style style)
{
	char **lines;
	size_t n;

	if (shown_width(load) > cols)
		load = text_close_up(frame_mem(), load);
	n = shown_lines(load, cols, &lines);
	if (n > 0)
		draw_text(1, 1, cols, STYLE_PLAIN, lines[0]);
	if (n > 1)
		draw_format(2, 0, cols + 2, style, " %s ", n == 2 ? lines[1] : text_cut(frame_mem(),
		    arena_printf(frame_mem(), "%s %s", lines[1], lines[2]), cols));
}

static void
draw_head(const struct screen *s)
{
	struct head head = { .left = _(s->class->title) };
	int cols = term_cols(), taken;

	head.right = s->draft_saved ? draft_saved(s) : who_and_when(s);
	if (s->class->head)
		s->class->head(s, &head);
	taken = shown_width(head.right) + 1;
	draw_text(0, 1, cols - taken - 3, STYLE_STRONG, head.left);
	draw_right(0, cols - taken, taken - 1, STYLE_PLAIN, head.right);
	if (!head.unruled)
		draw_rule(2);
	draw_load(head.load ? head.load : "", cols - 2,
	    head.unruled ? STYLE_PLAIN : STYLE_HEADING);
}

static void
draw_message(const struct desk *d)
{
	/* above a question: why it is asked again must be seen */
	int cols = term_cols(), row = term_rows() - FOOT_ROWS - prompt_rows(&d->top->prompt);
	bool loud = d->tone == TONE_FAILURE || d->tone == TONE_WARNING;
	enum style style = loud ? STYLE_ALERT : STYLE_STRONG;
	const char *text = arena_printf(frame_mem(), "%s%s", loud ? "! " : "", d->message);
	char **lines;
	size_t n = shown_lines(text, cols - 2, &lines);

	/* A long sentence grows upwards: nothing of it is ever cut. */
	for (size_t i = 0; i < n; i++) {
		int at_row = row - (int)(n - 1 - i);

		draw_text(at_row, 0, cols, STYLE_PLAIN, text_pad(frame_mem(), "", cols));
		draw_text(at_row, 1, cols - 2, style, lines[i]);
	}
}

static void
draw_too_small(void)
{
	struct area all = { 0, 0, term_rows(), term_cols() };

	draw_wrapped(all, STYLE_PLAIN, _("This window is too small. Make it at least 80 columns "
	    "wide and 24 rows high; everything is kept."));
	draw_cursor(0, 0);
}

void
desk_draw(const struct desk *d)
{
	struct screen *s = d->top;
	struct area body = {
		HEAD_ROWS, 0, term_rows() - HEAD_ROWS - FOOT_ROWS, term_cols(),
	};
	struct keymaps maps;

	frame_begin();
	if (!term_fits()) {
		draw_too_small();
	} else {
		draw_head(s);
		if (s->class->list.columns)
			list_draw(s, body);
		else if (s->class->draw)
			s->class->draw(s, body);
		else
			form_view_draw(s->class->form(s), body, true);
		if (s->prompt.question)
			prompt_keymaps(&s->prompt, &maps);
		else
			desk_keymaps(s, &maps);
		draw_key_bar(term_rows() - 1, &maps);
		if (d->message)
			draw_message(d);
		if (s->prompt.question)
			prompt_draw(&s->prompt, term_rows() - FOOT_ROWS);
	}
	frame_end(d->reloads, s->class->name);
}
