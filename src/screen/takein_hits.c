/*
 * takein_hits.c - layer 3: who in the register may be the person whose record
 * is being typed: asked as one types, shown with reasons beside the form, and
 * asked about before a second record is made.  Called by the other files of
 * take-in.
 */
#include <string.h>

#include "rules_order.h"
#include "takein.h"

#define HITS_SHOWN 3
#define LETTERS_MIN 4            /* of a name before it is looked for */
#define SAME_NAME 64             /* score: the name is the same, nothing speaks against it */
#define BEGINS_SO 85             /* score of a hit of a search: the name itself, if born otherwise */

/* ---- asking ---- */

/* The date as far as it can be read; "". */
static const char *
typed_born(struct screen *s)
{
	const struct takein *t = s->state;
	char born[11];

	if (!birth_read(text_at(t->person.view.answers, "born"), t->person.view.world.today, born))
		return "";
	return arena_strdup(s->page, born);
}

static const char *
typed_text(struct screen *s)
{
	const json_t *typed = ((const struct takein *)s->state)->person.view.answers;

	return arena_printf(s->page, "%s %s %s", text_at(typed, "family"),
	    text_at(typed, "given"), typed_born(s));
}

void
takein_keep_hits(struct screen *s)
{
	struct takein *t = s->state;

	t->looked_for = arena_strdup(s->mem, typed_text(s));
}

static const json_t *
ask_candidates(struct screen *s)
{
	const json_t *typed = ((const struct takein *)s->state)->person.view.answers, *result;
	const char *born = typed_born(s), *given = text_at(typed, "given");

	if (ask(s, &result, "person.candidates", "{s:s, s:s*, s:s*, s:i}", "family",
	        text_at(typed, "family"), "given", *given ? given : NULL, "born",
	        *born ? born : NULL, "limit", HITS_SHOWN) != ST_OK)
		return NULL;
	return at(result, "people");
}

/* What was typed last may go on: no blank behind it. */
static const json_t *
ask_begun(struct screen *s)
{
	const json_t *typed = ((const struct takein *)s->state)->person.view.answers, *result;
	const char *born = typed_born(s), *given = text_at(typed, "given");
	const char *line = arena_printf(s->page, "%s%s%s%s%s", text_at(typed, "family"),
	    *given ? " " : "", given, *born ? " " : "", born);

	if (ask(s, &result, "person.find", "{s:s, s:i}", "q", line, "limit", HITS_SHOWN) != ST_OK)
		return NULL;
	return at(result, "people");
}

bool
takein_may_be(const json_t *hit)
{
	return takein_is_strong(hit) ||
	    number_at(hit, "score") >= (*text_at(hit, "strength") ? SAME_NAME : BEGINS_SO);
}

/* Whoever may be the same person; while nobody is like it, whose name begins
 * so: half a name is like many others. */
void
takein_look_for(struct screen *s)
{
	struct takein *t = s->state;
	const char *text = typed_text(s);
	const json_t *people, *begun;

	if (t->person.id || strcmp(text, t->looked_for) == 0)
		return;
	takein_keep_hits(s);
	json_decref(t->hits);
	t->hits = NULL;
	if (strlen(text) < LETTERS_MIN || !*text_at(t->person.view.answers, "family"))
		return;
	people = ask_candidates(s);
	begun = takein_may_be(json_array_get(people, 0)) ? NULL : ask_begun(s);
	if (json_array_size(people) == 0 || takein_may_be(json_array_get(begun, 0)))
		people = begun;
	t->hits = json_incref((json_t *)(uintptr_t)people);
}

/* ---- the question before a second record ---- */

bool
takein_is_strong(const json_t *hit)
{
	const char *strength = text_at(hit, "strength");

	return strcmp(strength, "strong") == 0;
}

const json_t *
takein_namesake(const struct takein *t)
{
	const json_t *hit = json_array_get(t->hits, 0);
	const char *known = text_at(hit, "born");
	const char *typed = text_at(t->person.view.answers, "born");
	char born[11] = "";
	size_t n;

	if (t->person.id || t->somebody_else || !*text_at(hit, "strength"))
		return NULL;
	if (takein_is_strong(hit))
		return hit;
	if (number_at(hit, "score") < SAME_NAME)
		return NULL;
	if (*typed && !birth_read(typed, t->person.view.world.today, born))
		return NULL; /* told when it is sent */
	n = strlen(known) < strlen(born) ? strlen(known) : strlen(born);
	return strncmp(known, born, n) == 0 ? hit : NULL;
}

/* ---- drawing ---- */

int
takein_draw_hits(const struct takein *t, struct area body)
{
	int n = t->person.id ? 0 : (int)json_array_size(t->hits);

	if (n == 0)
		return 0;
	/* the likely one is named on top, with the key */
	if (!takein_may_be(json_array_get(t->hits, 0)))
		draw_text(body.row + body.rows - n - 1, 3, body.cols - 4, STYLE_QUIET,
		    _("Alike in the register; F6 takes one of them:"));
	for (int i = 0; i < n; i++) {
		const json_t *hit = json_array_get(t->hits, (size_t)i);

		draw_format(body.row + body.rows - n + i, 3, body.cols - 4,
		    takein_is_strong(hit) ? STYLE_STRONG : STYLE_PLAIN, "%s %s · %s",
		    takein_is_strong(hit) ? "!" : " ", person_line(frame_mem(), hit),
		    text_at(hit, "why"));
	}
	return n + 1;
}
