/*
 * why.c - layer 3: why may I (not), why do I (not) see: of the thing under the
 * cursor of the screen below, and of its keys.  Opened by "W".  The engine
 * says it from the table of rights; here it is only laid out.
 */
#include <string.h>

#include "desk.h"
#include "text.h"

struct state {
	struct table table;
};

static const struct column columns[] = {
	{ "", 0, LEFT, 0 },
};

static void
open_why(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->table, s->mem, columns, COUNT_OF(columns),
	    N_("Nothing here depends on a right: everybody may do the same."));
}

static void
add_text(struct screen *s, enum style style, const char *text)
{
	struct state *st = s->state;
	char **lines;
	size_t n = text_wrap(s->page, text, term_cols() - 6, &lines);

	for (size_t i = 0; i < n; i++)
		table_add(&st->table, (int64_t)st->table.n_rows + 1, style, (const char *[]){
			i == 0 ? lines[i] : arena_printf(s->page, "  %s", lines[i]) });
}

/* ---- the thing under the cursor ---- */

/* The answer as it is printed elsewhere: its first line is what it is about. */
static void
add_answer(struct screen *s, const char *text)
{
	char *save = NULL, *all = arena_strdup(s->page, text);
	enum style style = STYLE_STRONG;

	for (char *line = strtok_r(all, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		add_text(s, style, line);
		style = STYLE_PLAIN;
	}
}

/* Of a screen without a thing: of what it shows at all. */
static enum status
load_answer(struct screen *s)
{
	const char *needs = s->below->class->needs;
	const json_t *answer;
	json_t *subject = s->below->class->subject ? s->below->class->subject(s->below) : NULL;

	if (!subject && needs)
		subject = json_pack("{s:s}", "what", needs);
	if (!subject)
		return ST_OK;
	TRY(ask_with(s, &answer, "staff.why", subject));
	add_answer(s, text_at(answer, "text"));
	return ST_OK;
}

/* ---- the keys ---- */

/* A key that is not for this role: who may, as the engine says it. */
static enum status
add_foreign(struct screen *s, const struct binding *b)
{
	const json_t *answer, *line;
	const char *text = arena_printf(s->page, _("Not %s:"), _(b->label ? b->label : b->help));
	size_t i;

	TRY(ask(s, &answer, "staff.why", "{s:s}", "what", b->command));
	json_array_foreach(at(answer, "why.lines"), i, line)
		text = arena_printf(s->page, "%s %s", text, json_string_value(line));
	add_text(s, STYLE_PLAIN, text);
	return ST_OK;
}

static void
add_idle(struct screen *s, const struct binding *b)
{
	const char *why = b->why ? b->why(s->below) : NULL;

	if (why)
		add_text(s, STYLE_PLAIN, arena_printf(s->page, _("Not %s: %s"),
		    _(b->label ? b->label : b->help), why));
}

/* Keys of the screen below that do not act now; what an act on the thing said
 * already is not said twice. */
static enum status
load_keys(struct screen *s)
{
	const struct binding *b = s->below->class->bindings;

	for (; b && b->keys; b++) {
		if (b->command && !may(s, b->command)) {
			if (!s->below->class->subject)
				TRY(add_foreign(s, b));
		} else if (b->can && !b->can(s->below) && !(b->command && s->below->class->subject)) {
			add_idle(s, b);
		}
	}
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	table_begin(&st->table, s->page);
	TRY(load_answer(s));
	TRY(load_keys(s));
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    _(s->below->class->title));
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	table_draw(&st->table, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->table };
}

const struct screen_class screen_why = {
	.name = "why",
	.title = N_("Why"),
	.about = N_("What you may do with the thing under the cursor, why not the rest, and who "
	            "may instead. The same stands in: tresen staff why."),
	.state_size = sizeof(struct state),
	.open = open_why,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
