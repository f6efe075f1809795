/*
 * restriction.c - layer 3: records that are blocked or for named people only:
 * setting, lifting, listing.  Called by command/restriction.c.  What is kept
 * from whom is keep.c; who may do what, rules/rights.c.
 */
#include "service_restriction.h"

#include <string.h>

#include "guard.h"
#include "rules_rights.h"
#include "store_household.h"

#define NAMED_MAX 20

/* ---- what it is about ---- */

static bool
is_of_case(const struct restriction_wish *wish)
{
	return strncmp(wish->command, "case.", 5) == 0;
}

static enum restriction_kind
kind_of(const struct restriction_wish *wish)
{
	return strstr(wish->command, "block") ? RESTRICTION_BLOCKED : RESTRICTION_RESERVED;
}

static enum status
about_case(struct op *op, const struct restriction_wish *wish, struct restriction *r)
{
	struct case_file c;
	enum sight sight;
	struct facts f;

	TRY(case_look(op, wish->id, &c, &sight));
	TRY(facts_of_case(op, &c, &f));
	if (right_refusal(wish->command, &f) != REFUSE_NOTHING)
		return refuse(op, right_refusal(wish->command, &f), case_number(op, &c));
	r->case_id = c.id;
	r->person_id = c.person_id;
	r->person_name = c.person_name;
	r->person_born = c.person_born;
	r->unit = c.unit;
	return ST_OK;
}

/* The record it is now; not of what is kept from the actor. */
static enum status
person_in_sight(struct op *op, int64_t *id)
{
	TRY(person_known_as(op, "id", id));
	return kept_person(op, *id, NULL) == KEEP_ALL ? person_guard(op, "id", *id) : ST_OK;
}

/* A record is the office's: who sets it answers for it; the officer's, who made it. */
static enum status
about_person(struct op *op, const struct restriction_wish *wish, struct restriction *r)
{
	bool oversees = right_reach("restriction.list", op->by->role, UNIT_OPEN) & REACH_ALL;
	struct person p;

	r->person_id = wish->id;
	TRY(person_in_sight(op, &r->person_id));
	TRY(store_person_find(op, r->person_id, &p));
	r->person_name = p.display;
	r->person_born = p.born;
	r->unit = oversees ? p.unit : op->by->unit;
	return ST_OK;
}

static enum status
about(struct op *op, const struct restriction_wish *wish, struct restriction *r)
{
	*r = (struct restriction){ .kind = kind_of(wish), .until_day = DAY_NONE };
	return is_of_case(wish) ? about_case(op, wish, r) : about_person(op, wish, r);
}

/* ---- named people ---- */

static enum status
check_named(struct op *op, const struct staff *s, const char *login)
{
	if (!s)
		return op_fail_field(op, ST_INVALID, "staff", _("Nobody here has the login "
		    "\"%s\". `tresen staff list` names them all."), login);
	if (right_any("person.show", s->role, s->figures_only))
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "staff", _("%s opens no files as %s. Name somebody who "
	    "works with them."), s->name, role_label(s->role));
}

static bool
is_among(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Each of them once, however often they are named. */
static enum status
read_named(struct op *op, const char *logins, int64_t ids[NAMED_MAX], size_t *n)
{
	char *save = NULL;

	*n = 0;
	for (char *l = strtok_r(arena_strdup(op->mem, logins ? logins : ""), ", ", &save); l;
	     l = strtok_r(NULL, ", ", &save)) {
		const struct staff *s;

		if (*n == NAMED_MAX)
			return op_fail_field(op, ST_INVALID, "staff",
			    _("At most %d people can be named."), NAMED_MAX);
		TRY(store_staff_find(op, l, -1, &s));
		TRY(check_named(op, s, l));
		if (!is_among(ids, *n, s->id))
			ids[(*n)++] = s->id;
	}
	if (*n > 0)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "staff",
	    _("Name at least one who may open it: a login, or several with commas between."));
}

/* ---- setting ---- */

static enum status
words_of(struct op *op, const struct restriction_wish *wish, struct restriction *r)
{
	TRY(clean_text(op, "reason", wish->reason, TEXT_LONG, false, &r->reason));
	if (!r->reason || !*r->reason)
		return op_fail_field(op, ST_INVALID, "reason", _("Give the reason."));
	TRY(clean_text(op, "reference", wish->reference, TEXT_SHORT, false, &r->reference));
	if (r->kind == RESTRICTION_BLOCKED && !(r->reference && *r->reference))
		return op_fail_field(op, ST_INVALID, "reference", _("Give the reference: the "
		    "person's letter, the court and its file number, the note it rests on."));
	if (wish->until != DAY_NONE && wish->until < op->today)
		return op_fail_field(op, ST_INVALID, "until",
		    _("Name a day that is still to come, or none."));
	r->until_day = wish->until;
	return ST_OK;
}

static const char *
what_of(struct op *op, const struct restriction *r)
{
	return r->case_id ? arena_printf(op->mem, _("Case %04d-%06d"), r->case_year,
	    r->case_number) : r->person_name;
}

/* A block stands until it is lifted; another list of names may replace one. */
static enum status
make_room(struct op *op, const struct restriction *wanted)
{
	struct restriction old;

	TRY(store_restriction_on(op, wanted->kind, wanted->person_id, wanted->case_id, &old));
	if (!old.id)
		return ST_OK;
	if (old.kind == RESTRICTION_BLOCKED)
		return op_fail(op, ST_CONFLICT, _("%s is blocked already. Lift that block first."),
		    what_of(op, &old));
	return store_restriction_end(op, &old, wanted->reason);
}

static enum status
set_one(struct op *op, const struct restriction_wish *wish, struct restriction *r)
{
	int64_t staff[NAMED_MAX];
	size_t n = 0;

	TRY(about(op, wish, r));
	TRY(words_of(op, wish, r));
	if (r->kind == RESTRICTION_RESERVED)
		TRY(read_named(op, wish->staff, staff, &n));
	if (wish->preview)
		return ST_OK;
	TRY(make_room(op, r));
	r->entrusted = op->by->unit_closed;
	TRY(store_restriction_add(op, r, staff, n));
	return store_restriction_find(op, r->id, r);
}

/* The others at home; whoever is kept from the actor is not among its stays. */
static enum status
live_with(struct op *op, int64_t person, int64_t **ids, size_t *n)
{
	struct home home;
	int64_t id;

	*n = 0;
	TRY(person_in_sight(op, &person));
	TRY(store_home_of(op, person, op->today, &id));
	if (!id)
		return op_fail_field(op, ST_INVALID, "household", _("They live in no household that "
		    "is recorded. Record who lives with them, or set it for this file alone."));
	TRY(store_home_find(op, id, &home));
	*ids = arena_array(op->mem, int64_t, home.n_stays);
	for (size_t i = 0; i < home.n_stays; i++) {
		const struct stay *s = &home.stays[i];

		if (s->person_id != person && home_member(&home, s->person_id, op->today) == s)
			(*ids)[(*n)++] = s->person_id;
	}
	return ST_OK;
}

enum status
restriction_set(struct op *op, const struct restriction_wish *wish, struct restriction **list,
                size_t *n)
{
	struct restriction_wish one = *wish;
	int64_t *others = NULL;
	size_t n_others = 0;

	if (wish->household)
		TRY(live_with(op, wish->id, &others, &n_others));
	*list = arena_array(op->mem, struct restriction, n_others + 1);
	TRY(set_one(op, wish, &(*list)[0]));
	for (size_t i = 0; i < n_others; i++) {
		one.id = others[i];
		TRY(set_one(op, &one, &(*list)[i + 1]));
	}
	*n = n_others + 1;
	return ST_OK;
}

static bool
is_hidden(struct op *op, const struct restriction *r)
{
	return kept_person(op, r->person_id, NULL) == KEEP_ALL ||
	    (r->case_id && kept_case(op, r->case_id, NULL) == KEEP_ALL);
}

enum status
restriction_end(struct op *op, int64_t id, const char *reason, struct restriction *r)
{
	struct facts f = { .role = op->by->role };
	const char *clean;

	TRY(store_restriction_find(op, id, r));
	f.own_unit = r->unit && strcmp(r->unit, op->by->unit) == 0;
	if (!r->id || is_hidden(op, r) || right_refusal("restriction.end", &f) != REFUSE_NOTHING)
		return op_fail_field(op, ST_NOT_FOUND, "id", _("There is no restriction %lld that you "
		    "answer for. Look at the list again."), (long long)id);
	if (!r->holds)
		return op_fail(op, ST_CONFLICT, _("This has ended already. Load it again."));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &clean));
	if (!clean || !*clean)
		return op_fail_field(op, ST_INVALID, "reason", _("Give the reason why it ends."));
	r->entrusted = op->by->unit_closed;
	TRY(store_restriction_end(op, r, clean));
	return store_restriction_find(op, id, r);
}

/* ---- looking ---- */

enum status
restriction_list(struct op *op, struct restriction_filter *f, struct restriction **list, size_t *n)
{
	bool all = right_reach("restriction.list", op->by->role, UNIT_OPEN) & REACH_ALL;
	int64_t person = f->person_id;

	if (!all)
		f->unit = op->by->unit;
	TRY(store_restriction_list(op, f, list, n));
	/* of somebody who is not there and of whom others keep there is nothing alike */
	if (all)
		return person_known_as(op, "person", &person);
	return *n ? ST_OK : person_current(op, "person", &person);
}

enum status
restrictions_on(struct op *op, int64_t person_id, int64_t case_id, bool ended,
                struct restriction **list, size_t *n)
{
	struct restriction_filter f = { .person_id = person_id, .case_id = case_id, .ended = ended,
	    .limit = 100 };
	size_t kept = 0;

	TRY(store_restriction_list(op, &f, list, n));
	for (size_t i = 0; i < *n; i++)
		if (case_id || !(*list)[i].case_id || ended)
			(*list)[kept++] = (*list)[i];
	*n = kept;
	return ST_OK;
}
