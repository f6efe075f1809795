/*
 * household_mend.c - layer 3: corrections of households: what was recorded for
 * a day was on another one, or never.  Called by household.c, which plans,
 * previews and writes them as every act.
 */
#include "household.h"

static bool
then(const struct stay *s, int day)
{
	return s->from == day || s->until == day - 1;
}

static bool
is_meant(const int64_t *people, size_t n, const struct stay *s)
{
	for (size_t i = 0; i < n; i++)
		if (people[i] == s->person_id || people[i] == s->record_id)
			return true;
	return n == 0;
}

/* Who is named, or all who came, went or changed that day. */
static enum status
load_corrected(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	const struct home *h = &c->plan.here;
	struct mover *list = arena_array(op->mem, struct mover, h->n_stays + 1);
	size_t n = 0;

	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (then(s, wish->day) && is_meant(wish->people, wish->n_people, s) &&
		    !is_named(list, n, s->person_id))
			TRY(load_mover(op, s->person_id, &list[n++]));
	}
	c->act.movers = list;
	c->act.n_movers = n;
	c->act.only = wish->n_people > 0;
	c->act.right = wish->right;
	return ST_OK;
}

/* The household that they came from or went to on that day; *id 0: none. */
static enum status
find_counterpart(struct op *op, const struct household_change *c, int64_t *id)
{
	*id = 0;
	for (size_t i = 0; i < c->act.n_movers; i++)
		for (size_t k = 0; k < c->act.movers[i].n_stays; k++) {
			const struct stay *s = &c->act.movers[i].stays[k];

			if (s->household_id == c->plan.here.id || !then(s, c->act.day))
				continue;
			if (*id && *id != s->household_id)
				return op_fail_field(op, ST_INVALID, "person",
				    _("That day people came from or went to several households. "
				      "Correct it for one person at a time."));
			*id = s->household_id;
		}
	return ST_OK;
}

enum status
prepare_correction(struct op *op, const struct household_wish *wish, struct household_change *c)
{
	const char *reason;
	int64_t other;

	TRY(clean_text(op, "reason", wish->reason, TEXT_LONG, false, &reason));
	if (!reason || !*reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: what shows that it was otherwise?"));
	if (wish->right == wish->day)
		return op_fail_field(op, ST_INVALID, "right",
		    _("That is the day that stands there now. Give the right one."));
	TRY(load_corrected(op, wish, c));
	TRY(find_counterpart(op, c, &other));
	if (other) {
		c->plan.used = true;
		TRY(load_home(op, "id", other, &c->plan.there));
		c->there_before = copy_home(op, &c->plan.there);
	}
	if (wish->right == DAY_NONE)
		return ST_OK;
	TRY(check_day(op, "right", wish->right));
	return check_born(op, &c->act, "right", wish->right);
}

enum status
refuse_correction(struct op *op, enum plan_refusal r, const char *since)
{
	if (r == PLAN_NOTHING_THEN)
		return op_fail_field(op, ST_INVALID, "day",
		    _("Nothing is recorded for that day. Give the day that stands there now."));
	if (r == PLAN_BETWEEN)
		return op_fail_field(op, ST_INVALID, "right",
		    _("Something else is recorded for %s, and one must come before the other. "
		      "Correct that first, or choose another day."), since);
	return op_fail_field(op, ST_INVALID, "person",
	    _("On %s the household would be without exactly one head and one residence. Correct "
	      "all of that day at once, or the other change first."), since);
}
