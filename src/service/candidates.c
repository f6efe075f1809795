/*
 * candidates.c - layer 3: records that a new one may be a double of.  Called
 * while a clerk types, before a record is saved, and by the nightly look for
 * doubles.  Decides nothing.  Points: data/names/weights.tsv.
 */
#include "find_judge.h"

#include <stdlib.h>
#include <string.h>

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

enum status
person_candidates(struct op *op, const struct candidate_wish *wish, int limit, struct hit **hits,
                  size_t *n)
{
	size_t most = limit > 0 ? (size_t)limit : 1, found = 0;
	struct search s = { .n_units = 0 };
	struct finding f = { .op = op, .limit = most * READ_PER_CANDIDATE };
	struct hit *list = NULL;
	const char *countries;

	*n = 0;
	*hits = arena_array(op->mem, struct hit, most);
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
	for (size_t i = 0; i < found && *n < most && list[i].score >= WEIGHT_WEAK; i++)
		if (list[i].id != wish->but)
			(*hits)[(*n)++] = list[i];
	return ST_OK;
}
