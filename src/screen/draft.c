/*
 * draft.c - layer 3: what was typed survives: saved by draft.save at most two
 * seconds behind the keyboard, opened again at the next login.  Called by the
 * client's loop and by screens.  Must never keep a draft that is done.
 */
#include "desk.h"
#include "digest.h"

#include <stdlib.h>
#include <string.h>

#define SAVE_AFTER_MS 1000

void
screen_typed(struct screen *s)
{
	if (s->typed_at == 0)
		s->typed_at = clock_ticks();
}

const char *
draft_key(struct arena *a, const struct screen *s)
{
	const char *key = s->class->name, *name;
	json_t *value;

	json_object_foreach(s->args, name, value) {
		if (json_is_integer(value))
			key = arena_printf(a, "%s %s=%lld", key, name,
			    (long long)json_integer_value(value));
		else if (json_is_string(value))
			key = arena_printf(a, "%s %s=%s", key, name, json_string_value(value));
	}
	return key;
}

/* One draft for each thing that is worked on: "takein visit=12". */
static json_t *
key_of(const struct screen *s)
{
	struct arena *mem = arena_new();
	json_t *text = json_string(draft_key(mem, s));

	arena_free(mem);
	return text;
}

static void
save(struct screen *s)
{
	json_t *params;

	if (!s->once)
		s->once = random_id(s->mem);
	params = json_pack("{s:o, s:{s:s, s:O, s:o, s:s}}", "key", key_of(s), "body", "screen",
	    s->class->name, "args", s->args, "draft", s->class->draft(s), "once", s->once);
	if (desk_call(s->desk, "draft.save", params) == ST_OK) {
		s->typed_at = 0;
		s->draft_saved = clock_now();
	} else {
		s->typed_at = clock_ticks(); /* the sentence stands; try again soon */
	}
}

void
screen_save_draft(struct screen *s)
{
	save(s);
}

void
screen_drop_draft(struct screen *s)
{
	json_t *params = json_pack("{s:o}", "key", key_of(s));

	s->typed_at = 0;
	s->once = NULL;
	if (s->draft_saved && desk_call(s->desk, "draft.drop", params) == ST_OK)
		s->draft_saved = 0;
	else if (!s->draft_saved)
		json_decref(params);
}

static unsigned
discard(void *on)
{
	screen_drop_draft(on);
	return CLOSE;
}

unsigned
screen_discard(void *on)
{
	const struct screen *s = on;
	static const struct binding choices[] = {
		{ .keys = "d", .label = N_("throw it away"), .act = discard },
		{ 0 }
	};

	return s->typed_at || s->draft_saved
	    ? choose(on, choices, "%s", _("Throw away what was typed?")) : discard(on);
}

/* One id for one act with these words, as long as the draft is the same one. */
static json_t *
request_of(const struct screen *s, const char *method, const json_t *params)
{
	char *words = json_dumps(params, JSON_COMPACT | JSON_SORT_KEYS), hex[DIGEST_HEX + 1];
	struct arena *mem = arena_new();
	const char *all = arena_printf(mem, "%s %s %s", s->once, method, words);
	json_t *id = json_string(digest_hex(all, strlen(all), hex));

	arena_free(mem);
	free(words);
	return id;
}

enum status
ask_once(struct screen *s, const json_t **result, const char *method, json_t *params)
{
	if (s->typed_at && s->class->draft)
		save(s); /* what would come back is what is sent now */
	if (s->once)
		json_object_set_new(params, "request_id", request_of(s, method, params));
	return ask_with(s, result, method, params);
}

/* soonest, or when what was typed at that time is due, whichever is earlier; -1: never. */
static int64_t
sooner(int64_t soonest, int64_t typed_at)
{
	int64_t left = typed_at + SAVE_AFTER_MS - clock_ticks();

	if (typed_at == 0)
		return soonest;
	if (left < 0)
		left = 0;
	return soonest < 0 || left < soonest ? left : soonest;
}

int
desk_draft_due(const struct desk *d)
{
	int64_t soonest = -1;

	for (const struct screen *s = d->top; s; s = s->below)
		soonest = sooner(sooner(soonest, s->typed_at), s->line.typed_at);
	return (int)soonest;
}

static bool
is_due(int64_t typed_at, bool all)
{
	return typed_at && (all || clock_ticks() - typed_at >= SAVE_AFTER_MS);
}

void
desk_save_drafts(struct desk *d, bool all)
{
	for (struct screen *s = d->top; s; s = s->below) {
		if (s->class->draft && is_due(s->typed_at, all))
			save(s);
		if (is_due(s->line.typed_at, all))
			line_save(s);
	}
}

/* ---- coming back ---- */

/* Stored as text by some engines of the protocol, as an object by others. */
static json_t *
body_of(const json_t *draft)
{
	json_t *body = json_object_get(draft, "body");

	if (json_is_string(body))
		return json_loads(json_string_value(body), 0, NULL);
	return json_incref(body);
}

static void
restore(struct screen *s, const json_t *body)
{
	const char *once = text_at(body, "once");

	s->draft_saved = clock_now();
	s->once = *once ? arena_strdup(s->mem, once) : NULL;
	s->class->restore(s, at(body, "draft"));
}

json_t *
draft_body(struct desk *d, const char *key)
{
	if (desk_call(d, "draft.show", json_pack("{s:s}", "key", key)) != ST_OK)
		return NULL;
	return body_of(at(d->reply.result, "draft"));
}

bool
screen_draft_waits(struct screen *s, const char *key)
{
	json_t *body = may(s, "draft.show") ? draft_body(s->desk, key) : NULL;
	bool waits = json_is_object(body);

	json_decref(body);
	return waits;
}

void
screen_forget_draft(struct screen *s, const char *key)
{
	(void)desk_call(s->desk, "draft.drop", json_pack("{s:s}", "key", key));
}

void
desk_restore(struct screen *s)
{
	json_t *key, *body;

	if (!s->class->restore || !may(s, "draft.show"))
		return;
	key = key_of(s);
	body = draft_body(s->desk, json_string_value(key));
	if (body)
		restore(s, body);
	json_decref(body);
	json_decref(key);
}

static bool
reopen(struct desk *d, const json_t *body)
{
	const struct screen_class *class = screen_class_by_name(text_at(body, "screen"));
	json_t *args = json_object_get(body, "args");
	struct screen *home = d->top;

	if (!class || !class->restore)
		return false;
	desk_push(d, class, json_deep_copy(args));
	if (d->top == home)
		return false; /* what it was about has gone */
	restore(d->top, body);
	return true;
}

static const json_t *
newest(const json_t *drafts)
{
	const json_t *draft, *best = NULL;
	size_t i;

	json_array_foreach(drafts, i, draft)
		if (!line_is_key(text_at(draft, "key")) && (!best || strcmp(text_at(draft,
		        "saved"), text_at(best, "saved")) > 0))
			best = draft;
	return best;
}

/* What a draft was about has gone or is settled: it would come up, and fail,
 * at every login.  After any other failure it is kept. */
static bool
drop_dead(struct desk *d, const char *key)
{
	if (d->loaded != ST_NOT_FOUND && d->loaded != ST_CONFLICT)
		return false;
	desk_say(d, TONE_NOTE, NULL);
	return desk_call(d, "draft.drop", json_pack("{s:s}", "key", key)) == ST_OK;
}

/* Opens the newest draft; true if another one should be tried. */
static bool
resume_newest(struct desk *d, struct arena *mem)
{
	const json_t *draft;
	const char *saved, *key;
	json_t *body;
	bool again = false;

	if (desk_call(d, "draft.list", NULL) != ST_OK)
		return false;
	draft = newest(json_object_get(d->reply.result, "drafts"));
	if (!draft)
		return false;
	saved = say_instant(mem, text_at(draft, "saved"));
	key = arena_strdup(mem, text_at(draft, "key"));
	body = draft_body(d, key);
	if (body && reopen(d, body))
		desk_say(d, TONE_NOTE, arena_printf(mem, _("You were in the middle of this. What "
		    "you had typed until %s is here again."), saved));
	else if (body)
		again = drop_dead(d, key);
	json_decref(body);
	return again;
}

void
desk_resume(struct desk *d)
{
	struct arena *mem;

	if (!may(d->top, "draft.list"))
		return;
	mem = arena_new();
	while (resume_newest(d, mem))
		continue;
	if (desk_call(d, "draft.list", NULL) == ST_OK) {
		json_t *drafts = json_incref(json_object_get(d->reply.result, "drafts"));

		line_resume(d, drafts);
		json_decref(drafts);
	}
	arena_free(mem);
}
