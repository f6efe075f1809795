/*
 * candidates.c - layer 3: records that a new one may be a double of.  Called
 * while a clerk types, before a record is saved, and by the nightly look for
 * doubles.  Decides nothing.  Points: data/names/weights.tsv.
 */
#include "find_judge.h"

#include <stdlib.h>
#include <string.h>

#include "rules_identifier.h"
#include "service_restriction.h"

#define READ_PER_CANDIDATE 3     /* hits by name that are weighed for one that is told */
#define SCORE_MAX 99             /* without a number nothing is certain */

enum weight {
#define X(name, points) WEIGHT_##name = points,
#include "names_weights.inc"
#undef X
};

static const int weight_of_birth[] = {
	[BIRTH_UNKNOWN] = WEIGHT_BORN_UNKNOWN, [BIRTH_EQUAL] = WEIGHT_BORN_EQUAL,
	[BIRTH_TURNED] = WEIGHT_BORN_TURNED, [BIRTH_VAGUE] = WEIGHT_BORN_VAGUE,
	[BIRTH_YEAR] = WEIGHT_BORN_YEAR, [BIRTH_NEAR] = WEIGHT_BORN_NEAR,
	[BIRTH_OTHER] = WEIGHT_BORN_OTHER,
};

static int
birth_weight(const struct hit *hit)
{
	/* many are entered under 1 January, and under a year alone */
	if (hit->birth == BIRTH_EQUAL && (strlen(hit->born) < 10 ||
	    strcmp(hit->born + 4, "-01-01") == 0))
		return WEIGHT_BORN_JANUARY;
	return weight_of_birth[hit->birth];
}

/* Both are codes with blanks between. */
static bool
country_in_common(const char *a, const char *b)
{
	for (; *a; a += strcspn(a, " "), a += strspn(a, " ")) {
		char code[4] = "";

		strncat(code, a, 3);
		if (strstr(b, code))
			return true;
	}
	return false;
}

static void
weigh(const struct candidate_wish *wish, const char *countries, struct hit *hit)
{
	int score = hit->name * WEIGHT_NAME_EQUAL / 100 + birth_weight(hit);

	if (wish->sex && hit->sex)
		score += strcmp(wish->sex, hit->sex) == 0 ? WEIGHT_SEX_EQUAL : WEIGHT_SEX_OTHER;
	if (countries && hit->countries)
		score += country_in_common(countries, hit->countries) ?
		    WEIGHT_COUNTRY_EQUAL : WEIGHT_COUNTRY_OTHER;
	if (hit->worst < LIKE_SLIP && hit->birth == BIRTH_EQUAL)
		score += WEIGHT_TWIN;
	hit->score = score < 0 ? 0 : score > SCORE_MAX ? SCORE_MAX : score;
	hit->strength = score >= WEIGHT_STRONG ? HIT_STRONG : HIT_WEAK;
}

static int
best_first(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* An equal number: only such as stand for a person (identifier_is_key). */
static enum status
add_by_number(struct op *op, const char *typed, struct hit *hits, size_t *n, size_t limit)
{
	struct identifier number = identifier_check(op->mem, IDENTIFIER_FILE, typed);
	struct numbered *list;
	size_t found;

	TRY(store_search_number(op, number.normal, NULL, &list, &found));
	for (size_t i = 0; i < found && *n < limit; i++) {
		int kind = state_by_name(&identifier_kinds, list[i].kind);
		struct found f, shown;

		if (!list[i].of_document &&
		    (kind < 0 || !identifier_is_key((enum identifier_kind)kind)))
			continue;
		TRY(read_survivor(op, list[i].person_id, &f, &shown));
		hits[(*n)++] = (struct hit){ .id = shown.id, .display = shown.display,
			.born = shown.born, .sex = shown.sex, .countries = shown.countries,
			.locked = shown.locked, .score = 100, .strength = HIT_CERTAIN,
			.numbered = true,
			.why = _("the same number") };
	}
	return ST_OK;
}

static bool
is_told(const struct hit *hits, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (hits[i].id == id)
			return true;
	return false;
}

static enum status
add_by_name(struct op *op, const struct candidate_wish *wish, struct hit *hits, size_t *n,
            size_t limit)
{
	struct search s = { .n_units = 0 };
	struct finding f = { .op = op, .limit = limit * READ_PER_CANDIDATE };
	struct hit *list = NULL;
	const char *countries;
	size_t found = 0;

	search_names(op, arena_printf(op->mem, "%s %s", wish->family ? wish->family : "",
	    wish->given ? wish->given : ""), false, &s);
	if (s.n_units == 0)
		return ST_OK;
	s.n_born = birth_parse(wish->born, &s.born[0]);
	TRY(search_by_name(&f, &s));
	found_hits(&f, &list, &found);
	TRY(countries_typed(op, wish->countries, &countries));
	for (size_t i = 0; i < found; i++)
		weigh(wish, countries, &list[i]);
	if (found > 1)
		qsort(list, found, sizeof(*list), best_first);
	TRY(hits_keep(op, list, &found));
	for (size_t i = 0; i < found && *n < limit && list[i].score >= WEIGHT_WEAK; i++)
		if (list[i].id != wish->but && !is_told(hits, *n, list[i].id))
			hits[(*n)++] = list[i];
	return ST_OK;
}

enum status
person_candidates(struct op *op, const struct candidate_wish *wish, int limit, struct hit **hits,
                  size_t *n)
{
	size_t most = limit > 0 ? (size_t)limit : 1, kept = 0;

	*n = 0;
	*hits = arena_array(op->mem, struct hit, most);
	for (size_t i = 0; i < wish->n_numbers; i++)
		TRY(add_by_number(op, wish->numbers[i], *hits, n, most));
	for (size_t i = 0; i < *n; i++)
		if ((*hits)[i].id != wish->but && !is_told(*hits, kept, (*hits)[i].id))
			(*hits)[kept++] = (*hits)[i];
	*n = kept;
	TRY(hits_keep(op, *hits, n));
	return add_by_name(op, wish, *hits, n, most);
}
