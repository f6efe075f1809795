/*
 * consents.c - layer 3: whom a person lets a closed unit tell, and about what.
 * Opened by case.c with the person.  A new one is asked for step by step, and then
 * read out (consent.c).
 */
#include "disclose.h"

#include <string.h>

struct state {
	struct table table;
	struct receiver_choice to;       /* of the one being given */
	const char *scope;
};

static const struct column columns[] = {
	{ N_("To"), 22, LEFT, 0 },
	{ N_("About"), 0, LEFT, 0 },
	{ N_("Since"), 12, LEFT, 0 },
	{ N_("Until"), 14, LEFT, 0 },
	{ N_("State"), 12, LEFT, 0 },
};

static const char *
say_state(const json_t *c)
{
	return truth_at(c, "holds") ? _("holds")
	    : *text_at(c, "withdrawn") ? _("withdrawn") : _("over");
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *c;
	size_t i;

	TRY(ask(s, &result, "consent.list", "{s:O}", "person", json_object_get(s->args, "id")));
	s->rows = at(result, "consents");
	table_begin(&st->table, s->page);
	json_array_foreach(s->rows, i, c)
		table_add(&st->table, number_at(c, "id"),
		    truth_at(c, "holds") ? STYLE_PLAIN : STYLE_QUIET, (const char *[]){
			text_at(c, "to_label"), text_at(c, "scope"),
			say_date(s->page, text_at(c, "given")),
			*text_at(c, "until") ? say_date(s->page, text_at(c, "until")) : "–",
			say_state(c) });
	table_end(&st->table);
	return ST_OK;
}

/* ---- a new one: to whom, about what, how long; then it is read out ---- */

#define UNTIL_WHEN _("Until when (+30, 31.12.)? Nothing: until it is withdrawn")

static unsigned
took_until(void *on, const char *typed)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const char *until = typed_day(s, typed, FORM_FUTURE, UNTIL_WHEN, took_until);
	json_t *params;

	if (!until)
		return DRAW;
	params = json_pack("{s:O, s:s, s:s*}", "person", json_object_get(s->args, "id"), "scope",
	    st->scope, "until", *until ? until : NULL);
	receiver_params(&st->to, params);
	return screen_open(s, "consent", json_pack("{s:o, s:s}", "params", params, "name",
	    text_at(s->args, "name")));
}

static unsigned
took_scope(void *on, const char *scope)
{
	struct screen *s = on;

	if (!*scope) {
		say(s, TONE_WARNING, _("Say about what, in the words that the person hears."));
		return DRAW;
	}
	((struct state *)s->state)->scope = arena_strdup(s->mem, scope);
	return ask_line(s, UNTIL_WHEN, "", took_until);
}

static unsigned
ask_scope(struct screen *s)
{
	return ask_line(s, _("About what, as the person hears it:"), "", took_scope);
}

static unsigned
took_name(void *on, const char *name)
{
	struct screen *s = on;

	return receiver_name(s, name, &((struct state *)s->state)->to) ? ask_scope(s) : DRAW;
}

static unsigned
picked_receiver(struct screen *s, const char *code)
{
	if (receiver_take(s, code, &((struct state *)s->state)->to))
		return ask_line(s, _("Which one, by name?"), "", took_name);
	return ask_scope(s);
}

static unsigned
act_new(void *on)
{
	return receiver_pick(on, _("Who may be told?"), false, picked_receiver);
}

/* ---- one that there is ---- */

static bool
holds(const void *on)
{
	return truth_at(list_here(on), "holds");
}

static unsigned
act_read(void *on)
{
	const struct screen *s = on;

	return screen_open(on, "consent", json_pack("{s:I, s:s}", "id",
	    (json_int_t)number_at(list_here(on), "id"), "name", text_at(s->args, "name")));
}

static unsigned
withdraw(void *on)
{
	struct screen *s = on;
	enum status status = ask(s, NULL, "consent.withdraw", "{s:I}", "id",
	    (json_int_t)s->asked);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Withdrawn: a unit that was told by it sees nothing of it any "
		    "more."));
	return then_reload(status);
}

static unsigned
leave_it(void *on)
{
	(void)on;
	return DRAW;
}

static unsigned
act_withdraw(void *on)
{
	static const struct binding choices[] = {
		{ .keys = "y", .label = N_("withdraw it for good"), .act = withdraw },
		{ .keys = "n", .label = N_("leave it"), .act = leave_it },
		{ 0 }
	};

	return choose(on, choices, _("%s is told no more:"), text_at(list_here(on), "to_label"));
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    text_at(s->args, "name"));
	h->load = _("Without one, or a law that allows it, nothing leaves your unit.");
}

static int
foot(const struct screen *s, struct area body)
{
	const json_t *c = list_here(s);
	struct area below = { body.row + body.rows - 3, 1, 3, body.cols - 2 };

	if (c)
		draw_wrapped(below, STYLE_QUIET, arena_printf(frame_mem(), _("%s: %s\n%s, read out in "
		    "%s, text no. %d"), text_at(c, "to_label"), text_at(c, "scope"),
		    text_at(c, "by"), catalogue_label(s, "languages", text_at(c, "language")),
		    (int)number_at(c, "version")));
	return 4;
}

static const char *const topics[] = { "consent", "person", NULL };

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Read"), .act = act_read, .can = list_has,
	  .help = N_("the text as it was read out, to look at and to print") },
	{ .keys = "n F2", .label = N_("New"), .act = act_new, .command = "consent.give",
	  .help = N_("the person lets your unit tell somebody something") },
	{ .keys = "w F4 z", .label = N_("Withdraw"), .act = act_withdraw, .can = holds,
	  .command = "consent.withdraw",
	  .help = N_("the person takes it back: the view is shut at once") },
	{ 0 }
};

const struct screen_class screen_consents = {
	.name = "consents",
	.title = N_("Consents"),
	.about = N_("Whom this person lets your unit tell, about what and until when. A consent can "
	            "be withdrawn at any moment; what rests on it is over then."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("No consent is recorded. n asks for one."), .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
};
