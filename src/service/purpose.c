/*
 * purpose.c - layer 3: whom an answer shows, and what for.  Called by the
 * commands that show people, by command/look.c and the engine.
 */
#include "service_look.h"

#include <string.h>

#include "rules_rights.h"
#include "service.h"
#include "store_restriction.h"
#include "text.h"

#define WORDS_MAX 200

void
look_file(struct op *op, int64_t person)
{
	op_touch(op, LOOK_FILE, person);
}

void
look_hit(struct op *op, int64_t person)
{
	op_touch(op, LOOK_HIT, person);
}

/* The list has the newest first, the person asked for is the oldest. */
int64_t
look_main(const struct op *op)
{
	int64_t person = 0;

	for (const struct touched *t = op->touched; t; t = t->next)
		if (strcmp(t->kind, LOOK_FILE) == 0)
			person = t->id;
	return person;
}

static enum status
unknown(struct op *op, const char *stated)
{
	struct purpose *list;
	const char *all = "";
	size_t n;

	TRY(store_purpose_list(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].key)
			all = arena_printf(op->mem, "%s%s%s%s", all, *all ? ", " : "", list[i].code,
			    list[i].worded ? _(": words") : "");
	return op_fail_field(op, ST_INVALID, "purpose", _("\"%s\" is no purpose that can be "
	    "stated. Take one of these: %s."), stated, all);
}

enum status
purpose_state(struct op *op, const char *stated, const char **purpose)
{
	char *code = arena_strdup(op->mem, stated), *words = strchr(code, ':');
	const char *clean = "";
	struct purpose p;

	if (words) {
		*words++ = '\0';
		clean = text_clean(op->mem, words, false);
	}
	TRY(store_purpose_find(op, code, &p));
	if (!p.code || !p.key || !clean || (p.worded && !*clean))
		return unknown(op, text_first(op->mem, text_visible(op->mem, stated, false), 60));
	*purpose = *clean ? arena_printf(op->mem, "%s: %s", p.code,
	    text_first(op->mem, clean, WORDS_MAX)) : p.code;
	return ST_OK;
}

/* On things of their own unit? */
static bool
reaches_unit(struct op *op, const char *command)
{
	enum unit_kind kind = op->by->unit_closed ? UNIT_CLOSED : UNIT_OPEN;

	return right_reach(command, op->by->role, kind) & (REACH_UNIT | REACH_ALL);
}

/* Whoever may approve it must read it first. */
static bool
approves(struct op *op, const struct look_work *work)
{
	return (work->proposed && reaches_unit(op, "case.approve")) || (work->proposed_else &&
	    (right_reach("case.approve", op->by->role, UNIT_OPEN) & REACH_ALL));
}

/*
 * What follows from the work at hand.  Who gives out the work of a unit also
 * looks how it is done: that is no other purpose than the unit's own (§ 67c(3)
 * SGB X, § 23(1) Nr. 6 BDSG), as long as something is left to do.  Of other
 * units' cases, and of what is decided, they say why.
 */
static const char *
purpose_of_work(struct op *op, const struct look_work *work)
{
	if (work->serving)
		return "serving";
	if (work->working || approves(op, work))
		return "working";
	return work->of_unit && reaches_unit(op, "case.assign") ? "review" : NULL;
}

enum status
purpose_known(struct op *op, int64_t person, int64_t case_id, const char **purpose)
{
	struct look_work work;
	int64_t until;

	*purpose = "oversight";
	if (right_any("look.list", op->by->role, false))
		return ST_OK;
	TRY(store_emergency_until(op, person, &until));
	*purpose = "emergency";
	if (until)
		return ST_OK;
	/* nobody works on what is blocked */
	if (kept_person(op, person, NULL) == KEEP_READ)
		return store_look_purpose(op, person, clock_midnight(op->today), purpose);
	TRY(store_look_work(op, person, case_id, &work));
	*purpose = purpose_of_work(op, &work);
	if (*purpose)
		return ST_OK;
	return store_look_purpose(op, person, clock_midnight(op->today), purpose);
}

enum status
purpose_say(struct op *op, const char *purpose, const char **words)
{
	size_t n = strcspn(purpose, ":");
	struct purpose p;

	TRY(store_purpose_find(op, arena_strndup(op->mem, purpose, n), &p));
	*words = p.code ? arena_printf(op->mem, "%s%s", p.name, purpose + n) : purpose;
	return ST_OK;
}
