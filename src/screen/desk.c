/*
 * desk.c - layer 3: the session and its stack of screens.  Called by the
 * client's loop, and by screens through screen.h.  Must never draw.
 */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

/*
 * What one load brought.  A page goes when a later load has succeeded: after
 * a failed one the screen still shows what it had.
 */
struct page {
	struct arena *mem;
	json_t *held;            /* results that the screen looks into */
	struct page *older;
};

/* ---- pages ---- */

static void
page_push(struct screen *s)
{
	struct page *p = calloc(1, sizeof(*p));

	invariant(p);
	p->mem = arena_new();
	p->held = json_array();
	p->older = s->pages;
	s->pages = p;
	s->page = p->mem;
}

static void
pages_free(struct page *p)
{
	while (p) {
		struct page *older = p->older;

		arena_free(p->mem);
		json_decref(p->held);
		free(p);
		p = older;
	}
}

void
desk_hold(struct screen *s, json_t *value)
{
	json_array_append_new(s->pages->held, value);
}

/* ---- screens ---- */

static bool
load(struct screen *s)
{
	enum status status;

	page_push(s);
	s->desk->reloads++;
	status = s->class->load ? s->class->load(s) : ST_OK;
	s->desk->loaded = status;
	if (status != ST_OK)
		return false;
	pages_free(s->pages->older);
	s->pages->older = NULL;
	return true;
}

static struct screen *
screen_new(struct desk *d, const struct screen_class *class, json_t *args)
{
	struct screen *s = calloc(1, sizeof(*s));

	invariant(s);
	s->class = class;
	s->desk = d;
	s->mem = arena_new();
	s->args = args ? args : json_object();
	s->state = arena_alloc(s->mem, class->state_size ? class->state_size : 1);
	page_push(s);
	return s;
}

static void
screen_free(struct screen *s)
{
	if (s->class->done)
		s->class->done(s);
	pages_free(s->pages);
	json_decref(s->args);
	arena_free(s->mem);
	free(s);
}

void
desk_push(struct desk *d, const struct screen_class *class, json_t *args)
{
	struct screen *s = screen_new(d, class, args);

	s->below = d->top;
	d->top = s;
	if (class->list.columns)
		list_open(s);
	if (class->open)
		class->open(s, s->args);
	if (load(s) || d->top != s || !s->below)
		return;
	/* Nothing to show here: stay where we were, with the sentence. */
	d->top = s->below;
	screen_free(s);
}

void
desk_remove(struct desk *d, struct screen *s)
{
	struct screen **at = &d->top;

	while (*at != s) {
		invariant(*at);
		at = &(*at)->below;
	}
	*at = s->below;
	if (d->asking == s)
		d->asking = NULL;
	screen_free(s);
}

/* What the clerk may not see any more is not left standing on the screen. */
static bool
is_shut(const struct desk *d, const struct screen *s)
{
	return s->below && (d->loaded == ST_DENIED || d->loaded == ST_NOT_FOUND);
}

void
desk_reload_at(struct desk *d, struct screen *s)
{
	while (s && !load(s) && is_shut(d, s)) {
		struct screen *below = s->below;

		/* what was typed there lies in the draft */
		desk_save_drafts(d, true);
		while (d->top != below)
			desk_remove(d, d->top);
		s = below;
	}
}

void
desk_reload(struct desk *d)
{
	desk_reload_at(d, d->top);
}

/* Nobody told us what changed meanwhile.  What an act has said stays said. */
bool
desk_came_back(struct desk *d)
{
	char *said = d->message;

	if (!link_came_back(d->link))
		return false;
	d->message = NULL;
	desk_reload(d);
	if (!d->message) {
		struct arena *mem = arena_new();

		desk_say(d, said ? d->tone : TONE_NOTE, arena_printf(mem, "%s%s%s",
		    said ? said : "", said ? " " : "", _("The line to the office was lost for "
		    "a moment; what you see is up to date again.")));
		arena_free(mem);
	}
	free(said);
	return true;
}

/* Lines of a text are as wide as the window was. */
void
desk_resized(struct desk *d)
{
	if (d->top && term_fits() && d->top->class->list.columns == list_lines)
		desk_reload(d);
}

/* A reaction may stand for several bits: all of them must be there. */
static bool
wants(unsigned reaction, unsigned what)
{
	return (reaction & what) == what;
}

void
desk_react(struct desk *d, struct screen *s, unsigned reaction)
{
	bool on_top = s == d->top;

	if (wants(reaction, CLOSE)) {
		line_done(s);
		desk_save_drafts(d, true);
		desk_remove(d, s);
	}
	if (on_top && (wants(reaction, CLOSE) || wants(reaction, RELOAD)))
		desk_reload(d);
	if (wants(reaction, QUIT) || !d->top)
		d->quit = true;
}

unsigned
desk_answer(struct screen *s, unsigned (*taken)(struct screen *, const char *), const char *text)
{
	struct screen *asker = s->below;
	struct desk *d = s->desk;
	const char *copy = arena_strdup(asker->mem, text);

	desk_remove(d, s);
	desk_react(d, asker, taken(asker, copy));
	return DRAW;
}

unsigned
screen_open(struct screen *s, const char *name, json_t *args)
{
	const struct screen_class *class = screen_class_by_name(name);

	if (!class)
		bug("no screen is called %s", name);
	if (purpose_asked(s, class, args))
		return DRAW;
	desk_push(s->desk, class, args);
	if (s->desk->top != s)
		desk_restore(s->desk->top);
	return DRAW;
}

/* ---- requests ---- */

enum status
desk_call(struct desk *d, const char *method, json_t *params)
{
	enum status status;

	reply_done(&d->reply);
	status = link_call(d->link, method, params, &d->reply);
	if (status != ST_OK)
		desk_say(d, TONE_FAILURE, d->reply.sentence ? d->reply.sentence
		    : _("Something went wrong. Try again."));
	return status;
}

enum status
ask_with(struct screen *s, const json_t **result, const char *method, json_t *params)
{
	enum status status = desk_call(s->desk, method, params);

	if (result && status == ST_OK) /* else what it looks into stays */
		*result = s->desk->reply.result;
	if (s->desk->reply.message)
		desk_hold(s, json_incref(s->desk->reply.message));
	return status;
}

enum status
ask(struct screen *s, const json_t **result, const char *method, const char *format, ...)
{
	json_t *params = NULL;
	json_error_t error;
	va_list args;

	if (format) {
		va_start(args, format);
		params = json_vpack_ex(&error, 0, format, args);
		va_end(args);
		if (!params)
			bug("%s: %s", method, error.text);
	}
	return ask_with(s, result, method, params);
}

const struct reply *
last_reply(const struct screen *s)
{
	return &s->desk->reply;
}

unsigned
then_reload(enum status status)
{
	(void)status;
	return RELOAD;
}

/* ---- telling ---- */

void
desk_say(struct desk *d, enum tone tone, const char *sentence)
{
	free(d->message);
	d->message = sentence ? strdup(sentence) : NULL;
	d->tone = tone;
}

/* ---- who ---- */

const json_t *
me(const struct screen *s)
{
	return at(s->desk->hello, "staff");
}

bool
has_role(const struct screen *s, const char *role)
{
	return strcmp(text_at(me(s), "role"), role) == 0;
}

bool
may(const struct screen *s, const char *command)
{
	const json_t *name;
	size_t i;

	json_array_foreach(at(s->desk->hello, "may"), i, name)
		if (strcmp(json_string_value(name), command) == 0)
			return true;
	return false;
}

const json_t *
all_commands(const struct screen *s)
{
	struct desk *d = s->desk;

	if (!d->commands && desk_call(d, "session.commands", NULL) == ST_OK)
		d->commands = json_incref(json_object_get(d->reply.result, "commands"));
	return d->commands;
}

/* ---- the session ---- */

static void
close_screens(struct desk *d)
{
	while (d->top)
		desk_remove(d, d->top);
}

void
desk_arrive(struct desk *d)
{
	close_screens(d);
	json_decref(d->commands);
	json_decref(d->catalogue);
	d->commands = d->catalogue = NULL;
	desk_push(d, home_of(d), NULL);
	desk_resume(d);
}

void
desk_open(struct desk *d, struct link *link, json_t *hello)
{
	*d = (struct desk){ .link = link, .hello = hello, .idle = { .touched = clock_now() } };
	if (json_is_object(at(hello, "staff")))
		desk_arrive(d);
	else
		desk_push(d, screen_class_by_name("login"), NULL);
}

void
desk_preview(struct desk *d, const char *path)
{
	*d = (struct desk){ 0 };
	desk_push(d, screen_class_by_name("preview"), json_pack("{s:s}", "path", path));
}

void
desk_close(struct desk *d)
{
	close_screens(d);
	reader_done(&d->reader);
	reply_done(&d->reply);
	json_decref(d->hello);
	json_decref(d->commands);
	json_decref(d->catalogue);
	free(d->message);
	*d = (struct desk){ 0 };
}
