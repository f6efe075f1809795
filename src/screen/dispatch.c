/*
 * dispatch.c - layer 3: a key press to the one that wants it: question, text,
 * screen, table, everywhere.  Called by the client's loop.  Must never act on
 * a key that the key bar or the help does not show.
 */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

struct focus
desk_focus(struct screen *s)
{
	const struct list *list = &s->class->list;

	if (list->columns)
		return (struct focus){ .table = s->state, .marks = list->marks && list->marks(s) };
	if (s->class->form)
		return (struct focus){ .form = s->class->form(s) };
	return s->class->focus ? s->class->focus(s) : (struct focus){ 0 };
}

/* The line that types: of its own, or the field of a form. */
static struct edit *
edit_of(const struct focus *focus)
{
	return focus->form ? form_view_edit(focus->form) : focus->edit;
}

/* Rights are decided by the engine; here they only tidy the key bar. */
static bool
allowed(const struct binding *b, const void *on)
{
	return !b->command || may(on, b->command);
}

void
desk_keymaps(struct screen *s, struct keymaps *maps)
{
	static const struct binding none[] = { { 0 } };
	const struct binding *own = s->class->bindings ? s->class->bindings : none;
	struct focus focus = desk_focus(s);

	*maps = (struct keymaps){
		.typing = focus.edit || (focus.form && !focus.form->read_only),
	};
	if (focus.form) {
		keymaps_add(maps, (struct keymap){ .table = form_view_row_bindings,
		    .on = focus.form });
		keymaps_add(maps, (struct keymap){ .table = form_view_bindings,
		    .on = focus.form });
	}
	if (edit_of(&focus))
		keymaps_add(maps, (struct keymap){ .table = edit_bindings,
		    .on = edit_of(&focus) });
	keymaps_add(maps, (struct keymap){ .table = own, .on = s, .allowed = allowed });
	if (focus.table && focus.marks)
		keymaps_add(maps, (struct keymap){ .table = table_mark_bindings,
		    .on = focus.table });
	if (focus.table)
		keymaps_add(maps, (struct keymap){ .table = table_bindings, .on = focus.table });
	if (!s->class->alone)
		keymaps_add(maps, (struct keymap){ .table = global_bindings, .on = s,
		    .allowed = allowed });
}

static unsigned
type_into(const struct focus *focus, const struct event *event)
{
	if (focus->form)
		return form_view_type(focus->form, event);
	return focus->edit ? edit_type(focus->edit, event) : PASS;
}

/* on is what a key acted on: what was typed is told to those who hold it. */
static unsigned
edited(struct screen *s, const struct focus *focus, const void *on)
{
	if (focus->form && on && on == edit_of(focus))
		form_view_edited(focus->form);
	if (s->class->form && s->class->draft && focus->form->touched)
		screen_typed(s); /* moving alone leaves nothing to keep */
	return s->class->edited ? s->class->edited(s) : NOTHING;
}

/* A key that does nothing says why; the key bar shows those that act. */
static unsigned
explain(struct screen *s, const struct focus *focus, const struct keymaps *maps,
        const struct event *event)
{
	const char *why, *name;
	const struct binding *idle = keymaps_idle(maps, event->key, &why);

	if (maps->typing && event_types(event))
		return NOTHING; /* the field takes no such sign */
	if (event->key == K_PASTE)
		say(s, TONE_NOTE, _("Nothing is typed here, so nothing can be pasted."));
	else if (!idle)
		say(s, TONE_NOTE, _("There is no such key here. %s lists those that act."),
		    maps->typing ? "F1" : "?");
	if (!idle || event->key == K_PASTE)
		return DRAW;
	name = _(idle->label ? idle->label : idle->help);
	if (!why && focus->table && focus->table->n_rows == 0)
		why = _("the list is empty");
	if (why)
		say(s, TONE_NOTE, _("%s: not possible now, %s."), name, why);
	else
		say(s, TONE_NOTE, _("%s: not possible now."), name);
	return DRAW;
}

static unsigned
bound(struct screen *s, const struct event *event)
{
	struct focus focus = desk_focus(s);
	const void *edit = edit_of(&focus);
	struct keymaps maps;
	const struct binding *b;
	void *on;
	unsigned reaction;

	desk_keymaps(s, &maps);
	b = keymaps_find(&maps, event->key, &on);
	if (!b)
		return explain(s, &focus, &maps, event);
	reaction = b->act(on);
	if (reaction == DRAW && ((edit && on == edit) || (focus.form && on == focus.form)))
		reaction |= edited(s, &focus, on);
	return reaction;
}

/* What was typed or pasted and is not there must not be taken for typed. */
static unsigned
tell_refused(struct screen *s, const struct edit *edit, const struct event *event)
{
	if (!event_types(event) || (edit && edit->refused == EDIT_TAKEN))
		return NOTHING;
	if (!edit)
		say(s, TONE_NOTE, _("This line does not take that; below stands what it takes."));
	else if (edit->refused == EDIT_NO_TEXT)
		say(s, TONE_WARNING, _("What was pasted is no text: nothing was put in."));
	else if (event->key == K_PASTE)
		say(s, TONE_WARNING, _("Too long for this field: nothing was put in. Paste a part of "
		    "it."));
	else
		say(s, TONE_WARNING, _("This field is full. Delete something first."));
	return DRAW;
}

/* What is typed in answer to a question is kept until the answer was heard. */
static unsigned
answer_line(struct screen *s, const struct event *event)
{
	const char *question = s->prompt.question, *text = s->prompt.edit.text;
	char *kept = s->line.saved ? strdup(s->line.key) : NULL;
	struct desk *d = s->desk;
	unsigned reaction;

	d->asking = s;
	d->reply.status = ST_OK;
	reaction = prompt_event(&s->prompt, s, event);
	if (!d->asking) { /* the answer has closed what asked: it was heard */
		line_forget(d, kept);
	} else if (s->prompt.question == question) {
		if (event_types(event) || reaction == DRAW)
			line_typed(s);
		reaction |= tell_refused(s, &s->prompt.edit, event);
	} else if (!s->prompt.question) { /* else one question leads to another */
		line_answered(s, text, event->key != K_ENTER || d->reply.status == ST_OK);
	}
	free(kept);
	return reaction;
}

static unsigned
dispatch(struct screen *s, const struct event *event)
{
	struct focus focus;
	unsigned reaction;

	if (s->prompt.question)
		return s->prompt.choices ? prompt_event(&s->prompt, s, event)
		                         : answer_line(s, event);
	focus = desk_focus(s);
	if (focus.table)
		s->asked = table_at(focus.table);
	reaction = type_into(&focus, event);
	if (reaction == DRAW)
		reaction |= edited(s, &focus, NULL);
	else if (reaction == NOTHING)
		reaction = tell_refused(s, edit_of(&focus), event);
	if (reaction == PASS && s->class->key)
		reaction = s->class->key(s, event);
	return reaction == PASS ? bound(s, event) : reaction;
}

void
desk_key(struct desk *d, const struct event *event)
{
	struct screen *s = d->top;

	/* what stands above a question stays until it is answered */
	if (!s->prompt.question || event->key == K_ENTER || event->key == K_ESC)
		desk_say(d, TONE_NOTE, NULL);
	desk_react(d, s, dispatch(s, event));
	desk_came_back(d);
}

void
desk_event(struct desk *d, const struct event *event)
{
	/* whoever comes to a screen left too long sees nothing of it first */
	bool left = desk_idle(d);

	d->idle.touched = clock_now();
	/* nobody acts on what they cannot see */
	if (!left && term_fits() && !reader_takes(d, event))
		desk_key(d, event);
}

static bool
has_topic(const json_t *topics, const char *name)
{
	const json_t *topic;
	size_t i;

	json_array_foreach(topics, i, topic)
		if (json_is_string(topic) && strcmp(name, json_string_value(topic)) == 0)
			return true;
	return false;
}

static bool
touches(const struct screen_class *class, const json_t *topics)
{
	for (const char *const *t = class->topics; t && *t; t++)
		if (has_topic(topics, *t))
			return true;
	return false;
}

/* A screen that is typed into is not loaded again; but what it stands on may have
 * been shut meanwhile, and then it is shut as well. */
static struct screen *
touched_screen(const struct desk *d, const json_t *topics)
{
	struct screen *s = d->top;

	while (s && !touches(s->class, topics))
		s = s->below;
	return s;
}

void
desk_changed(struct desk *d, json_t *topics)
{
	if (has_topic(topics, "catalogue")) {
		json_decref(d->catalogue);
		d->catalogue = NULL;
	}
	d->news = true;
	desk_reload_at(d, touched_screen(d, topics));
	d->news = false;
	/* only who reviews them is told */
	if (d->top && has_topic(topics, "emergency"))
		say(d->top, TONE_WARNING, _("A file was opened in an emergency: look at Emergencies "
		    "(: emergencies)."));
	json_decref(topics);
}

/* ---- what works everywhere ---- */

static bool
is_deeper(const void *on)
{
	const struct screen *s = on;

	return s->below != NULL;
}

static const char *
why_first(const void *on)
{
	(void)on;
	return _("this is the first screen; F10 leaves the program");
}

static const char *
why_deeper(const void *on)
{
	(void)on;
	return _("here nothing is left to save; Esc goes back, ^Q leaves the program");
}

static bool
is_first(const void *on)
{
	return !is_deeper(on);
}

static unsigned
act_help(void *on)
{
	struct screen *s = on;

	if (strcmp(s->class->name, "help") == 0)
		return CLOSE; /* the same key takes it away */
	return screen_open(s, "help", NULL);
}

static unsigned
act_search(void *on)
{
	return screen_open(on, "search", NULL);
}

static bool
can_search(const void *on)
{
	const struct screen *s = on;

	return screen_class_by_name("search") && may(s, "person.find") &&
	    strcmp(s->class->name, "search") != 0;
}

static unsigned
act_radar(void *on)
{
	return screen_open(on, "radar", NULL);
}

static bool
can_radar(const void *on)
{
	const struct screen *s = on;

	return may(s, "person.radar") && strcmp(s->class->name, "radar") != 0;
}

static unsigned
act_services(void *on)
{
	return screen_open(on, "services", NULL);
}

/* A list that waits for its answer is not left for another. */
static bool
can_services(const void *on)
{
	const struct screen *s = on;

	return may(s, "service.find") && strcmp(s->class->name, "services") != 0 &&
	    strcmp(s->class->name, "pick") != 0;
}

static unsigned
act_why(void *on)
{
	return screen_open(on, "why", NULL);
}

/* Before one has said who one is, there are no rights; lists to pick from are
 * a question, no place. */
static bool
can_why(const void *on)
{
	const struct screen *s = on;
	static const char *const without[] = { "why", "help", "pick", "login", "preview" };

	for (size_t i = 0; i < COUNT_OF(without); i++)
		if (strcmp(s->class->name, without[i]) == 0)
			return false;
	return may(s, "staff.why");
}

static unsigned
act_palette(void *on)
{
	return palette(on);
}

static bool
can_palette(const void *on)
{
	const struct screen *s = on;

	return json_is_object(me(s)) && strcmp(s->class->name, "pick") != 0;
}

static unsigned
act_tasks(void *on)
{
	return screen_open(on, "tasks", NULL);
}

static unsigned
act_cover(void *on)
{
	return screen_open(on, "cover", NULL);
}

static bool
can_cover(const void *on)
{
	return may(on, "staff.unlock");
}

static unsigned
act_repaint(void *on)
{
	(void)on;
	term_repaint();
	return DRAW;
}

static unsigned
act_back(void *on)
{
	(void)on;
	return CLOSE;
}

static unsigned
act_leave(void *on)
{
	(void)on;
	return QUIT;
}

const struct binding global_bindings[] = {
	{ .keys = "/ ^K", .label = N_("Search"), .act = act_search, .can = can_search,
	  .help = N_("search for a person or a case") },
	{ .keys = ": ^P", .label = N_("Commands"), .act = act_palette, .can = can_palette,
	  .help = N_("all commands and screens, to be chosen by typing") },
	{ .keys = "T", .label = N_("Tasks"), .act = act_tasks, .can = is_first,
	  .command = "task.list", .help = N_("the small tasks of your unit") },
	{ .keys = "^E F12", .act = act_radar, .can = can_radar,
	  .help = N_("what ends soon: titles, papers, periods") },
	{ .keys = "^V F11", .act = act_services, .can = can_services,
	  .help = N_("the catalogue: which service somebody means") },
	{ .keys = "W ^]", .act = act_why, .can = can_why,
	  .help = N_("why may I, why not, who may instead: of what is under the cursor") },
	{ .keys = "R", .act = act_restrict, .can = can_restrict,
	  .help = N_("block what is under the cursor, or keep it for named people") },
	{ .keys = "! ^X", .act = act_emergency, .can = can_emergency,
	  .help = N_("open a file that is not for you: life or safety is at stake") },
	{ .keys = "Esc ^C q", .label = N_("Back"), .act = act_back, .can = is_deeper,
	  .why = why_first,
	  .help = N_("back to the screen before; what was typed is kept as a draft") },
	{ .keys = "^Q", .act = act_leave, .can = is_deeper,
	  .help = N_("leave the program; what was typed is kept as a draft") },
	{ .keys = "F10 ^Q q", .label = N_("Leave"), .act = act_leave, .can = is_first,
	  .why = why_deeper, .help = N_("leave the program") },
	{ .keys = "? F1 ^G", .act = act_help, .help = N_("this help") },
	{ .keys = "^_", .act = act_cover, .can = can_cover,
	  .help = N_("cover the screen while you are away") },
	{ .keys = "^L", .act = act_repaint, .help = N_("paint the screen again") },
	{ 0 }
};
