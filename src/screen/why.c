/*
 * why.c - layer 3: why may I (not), why do I (not) see: of the thing under the
 * cursor of the screen below, and of its keys.  Opened by "W".  The engine
 * says it from the table of rights; here it is only laid out.
 */
#include <string.h>

#include "desk.h"

struct state {
	struct table table;
};

/* ---- the thing under the cursor ---- */

/* The answer as it is printed elsewhere: its first line is what it is about. */
static void
add_answer(struct screen *s, const char *text)
{
	char *save = NULL, *all = arena_strdup(s->page, text);
	enum style style = STYLE_STRONG;

	for (char *line = strtok_r(all, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		list_say(s, 0, style, "  ", line);
		style = STYLE_PLAIN;
	}
}

/* A form or a preview is about what the screen is about on which it was opened. */
static struct screen *
is_about(struct screen *s)
{
	struct screen *on = s->below;

	while (on->below && !on->class->subject && !on->class->needs)
		on = on->below;
	return on;
}

/* Of a screen without a thing: of what it shows at all. */
static enum status
load_answer(struct screen *s)
{
	struct screen *on = is_about(s);
	const char *needs = on->class->needs;
	const json_t *answer;
	json_t *subject = on->class->subject ? on->class->subject(on) : NULL;

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
	list_say(s, 0, STYLE_PLAIN, "  ", text);
	return ST_OK;
}

static void
add_idle(struct screen *s, const struct binding *b)
{
	const char *why = b->why ? b->why(s->below) : NULL;

	if (why)
		list_say(s, 0, STYLE_PLAIN, "  ", arena_printf(s->page, _("Not %s: %s"),
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

const struct screen_class screen_why = {
	.name = "why",
	.title = N_("Why"),
	.about = N_("What you may do with the thing under the cursor, why not the rest, and who "
	            "may instead. The same stands in: tresen staff why."),
	.state_size = sizeof(struct state),
	.list = { .columns = list_lines, .n_columns = 1,
	    .empty = N_("Nothing here depends on a right: everybody may do the same.") },
	.load = load,
	.head = head,
};
