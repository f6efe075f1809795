/*
 * duplicate.c - layer 3: records that may be one person: found before a new
 * one is made, found at night, and what somebody who looked said.  Called by
 * command/double.c and tresen-admin duplicates.  Never links anything.
 */
#include "service_merge.h"

#include "guard.h"

#define CANDIDATES 5

struct list_of_pairs {
	struct double_pair *list;
	size_t n;
};

/* ---- a new record ---- */

static enum status
refuse_double(struct op *op, const struct hit *hit)
{
	if (hit->kept)
		return op_fail_field(op, ST_INVALID, "reason", _("There is a record that may be the "
		    "same person, and that you may not open: %s. Ask before you make a second one; if "
		    "this is surely somebody else, give the reason."), hit->why);
	return op_fail_field(op, ST_INVALID, "reason",
	    _("%s%s%s is in the register and may be the same person (%s). Take that record, or "
	      "give the reason why this is somebody else."), hit->display, hit->born ? " *" : "",
	    hit->born ? hit->born : "", hit->why);
}

enum status
doubles_look(struct op *op, const struct person_wish *wish, const char *reason, struct doubles *d)
{
	struct candidate_wish candidate = { .family = wish->family, .given = wish->given,
	    .born = wish->born, .sex = wish->sex, .countries = wish->nationality };

	*d = (struct doubles){ 0 };
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &d->reason));
	TRY(person_candidates(op, &candidate, CANDIDATES, &d->list, &d->n));
	if (d->n > 0 && d->list[0].strength >= HIT_STRONG && !(d->reason && *d->reason))
		return refuse_double(op, &d->list[0]);
	return ST_OK;
}

enum status
doubles_note(struct op *op, int64_t person, const struct doubles *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct hit *hit = &d->list[i];

		/* who may not open it cannot tell them apart for good */
		if (hit->strength >= HIT_STRONG && !hit->kept)
			TRY(store_pair_settle(op, person, hit->id, "different", d->reason));
		else
			TRY(store_pair_suspect(op, person, hit->id, hit->score));
	}
	return ST_OK;
}

/* ---- the whole register ---- */

static bool
is_in(const struct list_of_pairs *pairs, int64_t a, int64_t b)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (pairs->list[i].a == b && pairs->list[i].b == a)
			return true;
	return false;
}

static enum status
compare_one(struct op *op, int64_t id, struct list_of_pairs *pairs)
{
	struct candidate_wish wish = { .but = id };
	struct person p;
	struct hit *hits;
	size_t n;

	TRY(store_person_find(op, id, &p));
	wish.family = p.names[0].family;
	wish.given = p.names[0].given;
	wish.born = p.born;
	wish.sex = p.sex;
	wish.countries = countries_joined(op, &p);
	TRY(person_candidates(op, &wish, CANDIDATES, &hits, &n));
	for (size_t i = 0; i < n; i++) {
		struct person_pair known;

		TRY(store_pair_find(op, id, hits[i].id, &known));
		/* each pair is met from both sides */
		if (!known.first_id && !is_in(pairs, id, hits[i].id))
			pairs->list[pairs->n++] =
			    (struct double_pair){ id, hits[i].id, hits[i].score };
	}
	return ST_OK;
}

enum status
doubles_search(struct op *op, int64_t from_id, int count, struct double_pair **list, size_t *n,
               int64_t *next_id)
{
	struct list_of_pairs pairs = { 0 };
	int64_t *ids;
	size_t n_ids;

	TRY(store_person_ids(op, from_id, count, &ids, &n_ids));
	pairs.list = arena_array(op->mem, struct double_pair, n_ids * CANDIDATES + 1);
	for (size_t i = 0; i < n_ids; i++)
		TRY(compare_one(op, ids[i], &pairs));
	*list = pairs.list;
	*n = pairs.n;
	*next_id = n_ids ? ids[n_ids - 1] + 1 : 0;
	return ST_OK;
}

/* ---- a pair ---- */

enum status
pair_list(struct op *op, int64_t person_id, const struct pair_place *after, int limit,
          struct person_pair **list, size_t *n)
{
	struct person p;

	if (person_id)
		TRY(person_show(op, person_id, &p));
	return store_pair_list(op, person_id, after, limit, list, n);
}

enum status
pair_different(struct op *op, int64_t a, int64_t b, const char *reason, struct person_pair *pair)
{
	const char *clean;
	struct person p;

	TRY(person_show(op, a, &p));
	TRY(person_show(op, b, &p));
	if (a == b)
		return op_fail_field(op, ST_INVALID, "with",
		    _("This is the same record. Name the other one of the two."));
	TRY(clean_text(op, "reason", reason, TEXT_SHORT, false, &clean));
	if (!*clean)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: what shows that these are two people?"));
	TRY(store_pair_settle(op, a, b, "different", clean));
	return store_pair_find(op, a, b, pair);
}
