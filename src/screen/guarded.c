/*
 * guarded.c - layer 3: two keys for whatever stands under the cursor: who
 * oversees restrictions sees and sets them; who must get into a file that is
 * not for them, because life or safety is at stake, says why.  Called by
 * dispatch.c.
 */
#include "desk.h"
#include "screen_ask.h"

#include <string.h>

/* The number of what is under the cursor, of a kind; 0: it is none. */
static int64_t
subject_of(const struct screen *s, const char *kind)
{
	json_t *subject = s->class->subject ? s->class->subject(s) : NULL;
	int64_t id = number_at(subject, kind);

	json_decref(subject);
	return id;
}

bool
can_restrict(const void *on)
{
	const struct screen *s = on;

	return may(s, "restriction.list") && (subject_of(s, "person") || subject_of(s, "case"));
}

unsigned
act_restrict(void *on)
{
	struct screen *s = on;
	int64_t person = subject_of(s, "person");
	const char *kind = person ? "person" : "case";
	int64_t id = person ? person : subject_of(s, "case");

	return screen_open(s, "restrictions", json_pack("{s:I, s:s}", kind, (json_int_t)id, "name",
	    arena_printf(s->mem, person ? _("person %lld") : _("case %lld"), (long long)id)));
}

bool
can_emergency(const void *on)
{
	return may(on, "person.emergency") && subject_of(on, "person");
}

static unsigned ask_emergency(struct screen *s, const char *typed);

static unsigned
opened(void *on, const char *reason)
{
	struct screen *s = on;
	const json_t *result;

	if (ask(s, &result, "person.emergency", "{s:I, s:s}", "id", (json_int_t)s->asked, "reason",
	        reason) != ST_OK)
		return last_reply(s)->status == ST_INVALID ? ask_emergency(s, reason) : DRAW;
	say(s, TONE_WARNING, _("Open until %s, to read. The data protection officer has been told."),
	    say_instant(s->page, text_at(result, "emergency.until")));
	if (strcmp(s->class->name, "person") == 0)
		return RELOAD;
	return screen_open(s, "person", json_pack("{s:I}", "id", (json_int_t)s->asked));
}

static unsigned
ask_emergency(struct screen *s, const char *typed)
{
	return ask_line(s, _("Who is in danger, and how (is reported)?"), typed, opened);
}

unsigned
act_emergency(void *on)
{
	((struct screen *)on)->asked = subject_of(on, "person");
	return ask_emergency(on, "");
}
