/*
 * line.c - layer 3: what is typed in answer to a question survives, too: a cut
 * line, and an act that was refused.  It stands there again when the same is
 * asked about the same thing.  Called by ask, dispatch, draft and desk.  Must
 * never answer by itself, nor outlive an answer that was heard.
 */
#include "desk.h"
#include "digest.h"

#include <stdlib.h>
#include <string.h>

#define LINE "line"              /* begins the keys, and names the drafts */
#define KEPT_S (24 * 60 * 60)    /* what nobody came back to in a day is forgotten */

/* One line for each question about each thing; what they say is longer than a key may be. */
static const char *
key_of(const struct screen *s, const char *question)
{
	json_t *subject = s->class->subject ? s->class->subject(s) : NULL;
	char *thing = subject ? json_dumps(subject, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	const char *all = arena_printf(s->mem, "%s %s %s", draft_key(s->mem, s), thing ? thing : "-",
	    question);
	char hex[DIGEST_HEX + 1];

	free(thing);
	json_decref(subject);
	return arena_printf(s->mem, LINE " %s", digest_hex(all, strlen(all), hex));
}

void
line_forget(struct desk *d, const char *key)
{
	if (key)
		(void)desk_call(d, "draft.drop", json_pack("{s:s}", "key", key));
}

bool
line_is_key(const char *key)
{
	return strncmp(key, LINE " ", strlen(LINE " ")) == 0;
}

/* What the office has kept of an answer to it. */
static const char *
kept(struct screen *s)
{
	json_t *body;
	const char *text;

	if (!s->desk->lines || !may(s, "draft.show"))
		return "";
	body = draft_body(s->desk, s->line.key);
	s->line.saved = body != NULL;
	text = arena_strdup(s->mem, text_at(body, "draft"));
	json_decref(body);
	return text;
}

const char *
line_asked(struct screen *s, const char *question, const char *text)
{
	const struct asked_line before = s->line;

	s->line = (struct asked_line){ .key = key_of(s, question), .question = question,
		.text = "" };
	if (before.key && strcmp(before.key, s->line.key) == 0) {
		s->line.saved = before.saved;
		return *text ? text : before.text;
	}
	/* what was refused waits: another answer may be what lets it through */
	if (before.saved && !before.refused)
		line_forget(s->desk, before.key);
	return *text ? text : kept(s);
}

void
line_typed(struct screen *s)
{
	if (s->line.typed_at == 0)
		s->line.typed_at = clock_ticks();
}

void
line_save(struct screen *s)
{
	if (s->prompt.question)
		s->line.text = arena_strdup(s->mem, s->prompt.edit.text);
	s->line.typed_at = 0;
	if (!may(s, "draft.save"))
		return;
	if (desk_call(s->desk, "draft.save", json_pack("{s:s, s:{s:s, s:s, s:s}}", "key",
	        s->line.key, "body", "screen", LINE, "question", s->line.question, "draft",
	        s->line.text)) == ST_OK)
		s->line.saved = s->desk->lines = true;
	else
		line_typed(s); /* the sentence stands; try again soon */
}

void
line_done(struct screen *s)
{
	const struct asked_line done = s->line;

	s->line = (struct asked_line){ 0 };
	if (done.saved)
		line_forget(s->desk, done.key);
}

void
line_answered(struct screen *s, const char *text, bool heard)
{
	if (heard || !*text) {
		line_done(s);
		return;
	}
	s->line.text = text;
	s->line.refused = true;
	line_save(s);
}

/* ---- coming back ---- */

static bool
is_old(const json_t *draft)
{
	int64_t saved;

	return !instant_parse(text_at(draft, "saved"), &saved) || saved < clock_now() - KEPT_S;
}

void
line_resume(struct desk *d, const json_t *drafts)
{
	const json_t *draft;
	size_t i;

	json_array_foreach(drafts, i, draft) {
		const char *key = text_at(draft, "key");
		json_t *body;

		if (!line_is_key(key))
			continue;
		body = is_old(draft) ? NULL : draft_body(d, key);
		if (body && !d->message) {
			struct arena *mem = arena_new();

			desk_say(d, TONE_NOTE, arena_printf(mem, _("What you had typed at \"%s\" "
			    "comes back when you are asked the same."), text_at(body, "question")));
			arena_free(mem);
		}
		if (body)
			d->lines = true;
		else
			line_forget(d, key);
		json_decref(body);
	}
}
