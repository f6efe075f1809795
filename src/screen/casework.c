/*
 * casework.c - layer 3: what the screens of the back office share: who did
 * what to a case, its form, its missing papers.  Called by queue, case,
 * answers, conflict, hand-overs, console.
 */
#include "casework.h"

#include <string.h>

#include "formask.h"
#include "rules.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)

const char *
say_ago(struct arena *a, const char *iso_instant)
{
	int64_t instant, passed;

	if (!instant_parse(iso_instant, &instant))
		return "";
	passed = clock_now() - instant;
	if (passed < 2)
		return _("just now");
	if (passed < MINUTE)
		return arena_printf(a, _("%d s ago"), (int)passed);
	if (passed < HOUR)
		return arena_printf(a, _("%d min ago"), (int)(passed / MINUTE));
	return say_instant(a, iso_instant);
}

/* Names are what history and winners give; logins never leave the engine. */
static bool
is_me(const struct screen *s, const char *who)
{
	return strcmp(who, text_at(me(s), "name")) == 0;
}

void
tell_moved(struct screen *s, const char *number, const json_t *file, const char *who,
           const char *at_instant)
{
	const char *ago = say_ago(s->page, at_instant);

	if (is_me(s, who))
		return;
	if (strcmp(text_at(file, "owner_name"), who) == 0 &&
	    strcmp(text_at(file, "state"), "in_work") == 0)
		say(s, TONE_NOTE, _("%s was taken by %s %s."), number, who, ago);
	else
		say(s, TONE_NOTE, _("%s was changed by %s %s: it is %s now."), number, who, ago,
		    text_at(file, "state_label"));
}

void
tell_conflict(struct screen *s, const char *number)
{
	const struct reply *reply = last_reply(s);

	if (reply->status == ST_CONFLICT && json_is_object(at(reply->winner, "current")))
		tell_moved(s, number, at(reply->winner, "current"), text_at(reply->winner, "who"),
		    text_at(reply->winner, "at"));
}

const struct form *
form_of_case(struct screen *s, struct arena *a, const json_t *file)
{
	const json_t *form = at(file, "form"), *answer;
	const struct form *found;

	if (!json_is_object(form))
		return NULL;
	if (form_ask(s, a, text_at(form, "key"), (int)number_at(form, "version"), &answer,
	    &found) != ST_OK)
		return NULL;
	return found;
}

const char *
why_not(const json_t *row)
{
	const char *owner = text_at(row, "owner_name"), *label = text_at(row, "state_label");

	if (!row)
		return _("no case is under the cursor");
	if (strcmp(text_at(row, "state"), "in_work") == 0 && *owner)
		return arena_printf(frame_mem(), _("%s has the case"), owner);
	return arena_printf(frame_mem(), _("the case is \"%s\""), label);
}

bool
offers(const json_t *object, const char *command)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(at(object, "may"), i, entry)
		if (strcmp(text_at(entry, "command"), command) == 0)
			return true;
	return false;
}

bool
wants_reason(const struct screen *s, enum status status)
{
	const char *field = last_reply(s)->field;

	return status == ST_INVALID && field && strcmp(field, "reason") == 0;
}

unsigned
ask_apart(struct screen *s, unsigned (*answer)(void *on, const char *reason))
{
	return ask_line(s, _("What shows that these are two people?"), "", answer);
}

unsigned
tell_apart(struct screen *s, int64_t first, int64_t second, const char *reason,
           unsigned (*answer)(void *on, const char *reason), unsigned then)
{
	enum status status = ask(s, NULL, "person.different", "{s:I, s:I, s:s}", "id",
	    (json_int_t)first, "with", (json_int_t)second, "reason", reason);

	if (wants_reason(s, status))
		return ask_apart(s, answer);
	if (status != ST_OK)
		return then_reload(status);
	say(s, TONE_DONE, _("Two people: this pair does not come back."));
	return then;
}

bool
is_undecided(const json_t *row)
{
	int state = state_by_name(&case_states, text_at(row, "state"));

	return state >= 0 && (CASE_UNDECIDED & (1u << state)) != 0;
}

size_t
gaps_until(const json_t *file, const char *stage)
{
	bool all = strcmp(stage, "decision") == 0;
	const json_t *gap;
	size_t i, n = 0;

	json_array_foreach(at(file, "missing"), i, gap)
		n += all || strcmp(text_at(gap, "stage"), stage) == 0;
	return n;
}

const char *
gaps_named(struct arena *a, const json_t *file)
{
	const json_t *gap;
	const char *all = "";
	size_t i;

	json_array_foreach(at(file, "missing"), i, gap)
		if (strcmp(text_at(gap, "stage"), "intake") == 0 &&
		    strcmp(text_at(gap, "asks"), "office") != 0)
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "", text_at(gap, "label"));
	return all;
}

size_t
papers_missing(const json_t *file)
{
	const json_t *paper;
	size_t i, n = 0;

	json_array_foreach(at(file, "documents"), i, paper)
		n += truth_at(paper, "required") && strcmp(text_at(paper, "state"), "missing") == 0;
	return n;
}

size_t
units_to_choose(struct screen *s, const char *but, struct pick_item **items)
{
	const json_t *catalogue, *unit;
	size_t i, n = 0;

	if (ask(s, &catalogue, "catalogue.show", NULL) != ST_OK)
		return 0;
	*items = arena_array(s->page, struct pick_item, json_array_size(at(catalogue, "units")) + 1);
	json_array_foreach(at(catalogue, "units"), i, unit)
		if (!truth_at(unit, "figures_only") && strcmp(text_at(unit, "code"), but) != 0)
			(*items)[n++] = (struct pick_item){ text_at(unit, "code"),
				text_at(unit, "label"), NULL };
	return n;
}

size_t
clerks_to_choose(struct screen *s, const char *unit, struct pick_item **items)
{
	const json_t *answer, *clerk;
	size_t i, n = 0;

	*items = NULL;
	if (ask(s, &answer, "console.show", NULL) != ST_OK)
		return 0;
	*items = arena_array(s->page, struct pick_item, json_array_size(at(answer, "staff")) + 1);
	json_array_foreach(at(answer, "staff"), i, clerk)
		if (strcmp(text_at(clerk, "unit"), unit) == 0 && !truth_at(clerk, "left"))
			(*items)[n++] = (struct pick_item){ text_at(clerk, "login"),
				text_at(clerk, "name"), arena_printf(s->page,
				    _("in work %d, on hold %d, late %d"),
				    (int)number_at(clerk, "in_work"),
				    (int)number_at(clerk, "waiting"),
				    (int)number_at(clerk, "late")) };
	return n;
}
