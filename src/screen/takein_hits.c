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

/* Whoever may be the same person; while there is nobody, whose name begins so. */
void
takein_look_for(struct screen *s)
{
	struct takein *t = s->state;
	const char *text = typed_text(s);
	const json_t *people, *result;

	if (t->person.id || strcmp(text, t->looked_for) == 0)
		return;
	takein_keep_hits(s);
	json_decref(t->hits);
	t->hits = NULL;
	if (strlen(text) < LETTERS_MIN || !*text_at(t->person.view.answers, "family"))
		return;
	people = ask_candidates(s);
	if (json_array_size(people) == 0 && ask(s, &result, "person.find", "{s:s, s:i}", "q", text,
	        "limit", HITS_SHOWN) == ST_OK)
		people = at(result, "people");
	t->hits = json_incref((json_t *)(uintptr_t)people);
}

/* ---- the question before a second record ---- */

bool
takein_is_strong(const json_t *hit)
{
	const char *strength = text_at(hit, "strength");

	return strcmp(strength, "strong") == 0 || strcmp(strength, "certain") == 0;
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
	for (int i = 0; i < n; i++) {
		const json_t *hit = json_array_get(t->hits, (size_t)i);

		draw_format(body.row + body.rows - n + i, 3, body.cols - 4,
		    takein_is_strong(hit) ? STYLE_STRONG : STYLE_PLAIN, "%s %s · %s",
		    takein_is_strong(hit) ? "!" : " ", person_line(frame_mem(), hit),
		    text_at(hit, "why"));
	}
	return n + 1;
}
