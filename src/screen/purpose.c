/*
 * purpose.c - layer 3: "what do you look at this file for?", before a file is
 * drawn, once a day for each; answered by one key.  Opened by screen_open for
 * classes that ask.  Must never show a word of the file.
 */
#include "desk.h"

#include <string.h>

struct state {
	struct table table;
	const json_t *purposes;
	const char *code;        /* whose words are being asked for */
};

static const struct column columns[] = {
	{ N_("Key"), 5, LEFT, 0 },
	{ N_("Purpose"), 0, LEFT, 0 },
};

/* Which person, or which case, is to be shown. */
static json_t *
whose(const struct screen_class *class, const json_t *args)
{
	return json_pack("{s:O}", class->asks, json_object_get(args, "id"));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *purpose;
	size_t i;

	TRY(ask_with(s, &result, "look.purpose",
	    whose(screen_class_by_name(text_at(s->args, "screen")), at(s->args, "args"))));
	st->purposes = at(result, "purposes");
	table_begin(&st->table, s->page);
	json_array_foreach(st->purposes, i, purpose)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			text_at(purpose, "key"), text_at(purpose, "label") });
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = _(s->class->title);
	h->load = _("Asked once a day for each file; kept with the look.");
}

/* This screen goes, the one that was wanted comes in its place. */
static unsigned
go_on(struct screen *s, const char *purpose)
{
	json_t *args = json_deep_copy(json_object_get(s->args, "args"));
	const char *name = screen_class_by_name(text_at(s->args, "screen"))->name;
	struct screen *below = s->below;

	json_object_set_new(args, "purpose", json_string(purpose));
	desk_remove(s->desk, s);
	return screen_open(below, name, args);
}

static unsigned
in_words(void *on, const char *words)
{
	struct screen *s = on;
	const struct state *st = s->state;

	if (!*words)
		return DRAW;
	return go_on(s, arena_printf(s->mem, "%s: %s", st->code, words));
}

static unsigned
take(struct screen *s, const json_t *purpose)
{
	struct state *st = s->state;

	st->code = arena_strdup(s->mem, text_at(purpose, "code"));
	if (truth_at(purpose, "worded"))
		return ask_line(s, _("In a few words, what for?"), "", in_words);
	return go_on(s, st->code);
}

static unsigned
act_choose(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	return take(s, json_array_get(st->purposes, (size_t)table_at(&st->table) - 1));
}

/* The keys that the rows name. */
static unsigned
key(struct screen *s, const struct event *event)
{
	const struct state *st = s->state;
	const json_t *purpose;
	size_t i;

	json_array_foreach(st->purposes, i, purpose)
		if (event->key == (unsigned char)*text_at(purpose, "key"))
			return take(s, purpose);
	return PASS;
}

bool
purpose_asked(struct screen *s, const struct screen_class *class, json_t *args)
{
	struct desk *d = s->desk;

	if (!class->asks || *text_at(args, "purpose") || !may(s, "look.purpose") ||
	    desk_call(d, "look.purpose", whose(class, args)) != ST_OK ||
	    !truth_at(d->reply.result, "ask_purpose") ||
	    json_array_size(at(d->reply.result, "purposes")) == 0)
		return false;
	screen_open(s, "purpose", json_pack("{s:s, s:o}", "screen", class->name, "args", args));
	return true;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Choose"), .act = act_choose,
	  .help = N_("the purpose under the cursor; each has a key of its own, too") },
	{ 0 }
};

const struct screen_class screen_purpose = {
	.name = "purpose",
	.title = N_("Why this file?"),
	.about = N_("Every look at a person's file is kept, with its purpose. The person and the "
	            "data protection officer can read it."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns) },
	.bindings = bindings,
	.load = load,
	.head = head,
	.key = key,
};
