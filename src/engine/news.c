/*
 * news.c - layer 5: what a session is told without having asked: what others have
 * changed, and what has ended by the clock, which is nobody's act.  Called by
 * serve.c between requests.  Must never wake a session by what lies between two
 * other units.
 */
#include "engine.h"
#include "rules_rights.h"
#include "run.h"
#include "store_disclosure.h"
#include "store_restriction.h"

#include <string.h>

/* ---- what others have done ---- */

/* Whose account has ended does not wait for a request to be told. */
static void
see_who_left(struct session *s, struct op *op)
{
	if (store_staff_actor(op, s->staff_id, &op->by) == ST_OK)
		s->over = !op->by;
}

/* That somebody reads more than usual, or opened a file in an emergency, is for
 * whoever has the list of such. */
static bool
hears(struct op *op, int64_t staff_id, const char *list)
{
	return store_staff_actor(op, staff_id, &op->by) == ST_OK && op->by &&
	    right_any(list, op->by->role, false);
}

/* What lies between two units, a third is not even woken by. */
#define TOPICS_CONFIDED ((unsigned)(TOPIC_DISCLOSURE | TOPIC_ASK | TOPIC_CONSENT))

static unsigned
confided(struct op *op, int64_t staff_id)
{
	unsigned set = 0;
	enum status s = db_begin_read(op);

	if (s == ST_OK) {
		s = store_disclosure_heard(op, staff_id, &set);
		db_end_read(op);
	}
	return s == ST_OK ? set : 0;
}

/* What of a set of topics is for this session. */
static unsigned
for_session(const struct session *s, struct op *op, unsigned set)
{
	if (set & TOPIC_ALARM && !hears(op, s->staff_id, "look.unusual"))
		set &= ~(unsigned)TOPIC_ALARM;
	if (set & TOPIC_EMERGENCY && !hears(op, s->staff_id, "emergency.list"))
		set &= ~(unsigned)TOPIC_EMERGENCY;
	if (set & TOPICS_CONFIDED)
		set = (set & ~TOPICS_CONFIDED) | confided(op, s->staff_id);
	return set;
}

/* ---- what ends by the clock ---- */

/* With a day end consents, restrictions, locks, deputies and dates, of anybody: all
 * are told all of it, so that it tells nobody which. */
static const unsigned with_the_day = TOPIC_VISIT | TOPIC_CASE | TOPIC_HANDOVER | TOPIC_PERSON |
    TOPIC_TASK | TOPICS_CONFIDED;

static unsigned
day_has_ended(struct session *s, const struct op *op)
{
	bool ended = s->ends.day && s->ends.day != op->today;

	s->ends.day = op->today;
	return ended ? with_the_day : 0;
}

/* When a file that this clerk has opened in an emergency is shut again. */
static unsigned
emergency_has_ended(struct session *s, struct op *op)
{
	bool ended = s->ends.known && op->now >= s->ends.emergency_at;

	if (ended || !s->ends.known)
		s->ends.known = store_emergency_ends(op, s->staff_id, &s->ends.emergency_at) ==
		    ST_OK;
	return ended ? TOPIC_PERSON | TOPIC_CASE : 0;
}

void
news_own(struct session *s, const struct op *op)
{
	for (const struct touched *t = op->touched; t; t = t->next)
		if (strcmp(t->kind, "emergency") == 0)
			s->ends.known = false;
}

/* ---- telling ---- */

static json_t *
notification(unsigned set)
{
	static const char *const names[] = {
#define X(id, bit, name) [bit] = name,
		TOPIC_LIST(X)
#undef X
	};
	json_t *topics = json_array();

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (set & (1u << i))
			json_array_append_new(topics, json_string(names[i]));
	return rpc_notification("changed", json_pack("{s:o}", "topics", topics));
}

json_t *
run_changes(struct session *s)
{
	struct op op;
	unsigned set;

	if (!s->db || !s->staff_id)
		return NULL;
	op = op_start(s);
	s->over = db_is_lost(&op);
	if (s->over || db_changes(&op, s->staff_id, &set) != ST_OK)
		return NULL;
	if (set & TOPIC_STAFF)
		see_who_left(s, &op);
	if (s->over)
		return NULL;
	if (set & TOPIC_EMERGENCY)
		s->ends.known = false;
	set = for_session(s, &op, set) | day_has_ended(s, &op) | emergency_has_ended(s, &op);
	if (set == 0)
		return NULL;
	looks_told_changed(s);
	return notification(set);
}
