/*
 * find_name.c - layer 3: the search by name, stage after stage: the cheap keys
 * first, more of them only while the hits are poor.  Called by find.c and
 * candidates.c.
 */
#include "find_judge.h"

#include <stdlib.h>
#include <string.h>

#define READ_MIN 60              /* people that are read and judged */
#define READ_PER_HIT 4
#define GOOD_SCORE 88            /* hits from here on end the search */
#define CALLED_SO 9600           /* rank: every part as typed, and no part more */
#define LINKS_MAX 5

static const unsigned stages[] = {
	NAME_KEY_SKELETON, NAME_KEY_LETTER | NAME_KEY_BEGIN, NAME_KEY_BONE, NAME_KEY_GRAM,
};

void
search_names(struct op *op, const char *names, bool open, struct search *s)
{
	struct name_unit units[NAME_UNITS_MAX];
	size_t n = name_units(op->mem, names, units), whole = 0;

	for (size_t i = 0; i < n; i++)
		whole += units[i].particle != PARTICLE_ARTICLE;
	for (size_t i = 0; i < n && s->n_units < SEARCH_UNITS_MAX; i++)
		s->units[s->n_units++] = (struct search_unit){
			.bare = units[i].bare, .text = units[i].text, .form = units[i].form, .glued = units[i].glued,
			.weak = whole > 0 && (units[i].particle == PARTICLE_ARTICLE ||
			    (units[i].particle == PARTICLE_BOND && i + 1 < n)),
			.open = open && i + 1 == n,
		};
}

/* Rare names weigh more: a bit for each halving of the register. */
static void
weigh(struct search_unit *u)
{
	int64_t people = 1;

	for (size_t i = 0; i < u->n; i++)
		if (u->list[i].like >= LIKE_SPELLING)
			people += u->list[i].people;
	u->weight = 20;
	while (people > 1 && u->weight > 4) {
		people /= 2;
		u->weight--;
	}
}

static enum status
look_up(struct op *op, struct search *s, size_t stage, bool *complete, bool *more)
{
	*complete = true;
	*more = stage == 0;
	for (size_t i = 0; i < s->n_units; i++) {
		struct search_unit *u = &s->units[i];

		size_t before = u->n;

		/* three letters in common are the last straw */
		if (stages[stage] != NAME_KEY_GRAM || u->n == 0)
			TRY(store_search_lookup(op, u, stages[stage]));
		*more |= u->n != before;
		weigh(u);
		*complete &= u->weak || u->n > 0;
	}
	return ST_OK;
}

enum status
read_survivor(struct op *op, int64_t id, struct found *f, struct found *shown)
{
	TRY(store_search_read(op, id, f));
	*shown = *f;
	for (int links = 0; shown->merged_into && links < LINKS_MAX; links++)
		TRY(store_search_read(op, shown->merged_into, shown));
	return ST_OK;
}

/* A record that was read. */
struct known {
	int64_t id;
	struct found found, shown;
	struct known *next;
};
struct list_of_known {
	struct known *first;
};

static int
best_first(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->rank != y->rank)
		return y->rank - x->rank;
	return x->id < y->id ? -1 : x->id > y->id;
}

static void
add_hit(struct hit *hits, size_t *n, struct hit one)
{
	for (size_t i = 0; i < *n; i++)
		if (hits[i].id == one.id) {
			if (one.rank > hits[i].rank)
				hits[i] = one;
			return;
		}
	hits[(*n)++] = one;
}

static void
judge(struct op *op, const struct search *s, const struct known *k, struct hit *hits, size_t *n)
{
	const struct found *shown = &k->shown;
	enum birth_match match = fit_birth(s->born, s->n_born, shown->born);
	struct fit fit;

	fit_names(op, s, &k->found, &fit);
	if (fit.points < 0)
		return;
	add_hit(hits, n, (struct hit){
		.id = shown->id, .display = shown->display, .born = shown->born,
		.sex = shown->sex, .countries = shown->countries, .locked = shown->locked,
		.score = score_of(s, &fit, match),
		.rank = fit.points + (s->n_born ? birth_points(match) : 0),
		.why = fit_why(op, s, &k->found, &fit, match),
		.name = score_of_name(s, &fit), .worst = worst_of(s, &fit), .birth = match,
	});
}

/* Each record is read once, however many stages come upon it. */
static enum status
know(struct op *op, struct list_of_known *all, int64_t id, struct known **known)
{
	for (struct known *k = all->first; k; k = k->next)
		if (k->id == id) {
			*known = k;
			return ST_OK;
		}
	*known = arena_make(op->mem, struct known);
	(*known)->id = id;
	(*known)->next = all->first;
	all->first = *known;
	return read_survivor(op, id, &(*known)->found, &(*known)->shown);
}

static enum status
judge_all(struct op *op, const struct search *s, struct list_of_known *known, size_t limit,
          struct hit **hits, size_t *n)
{
	size_t wanted = limit * READ_PER_HIT > READ_MIN ? limit * READ_PER_HIT : READ_MIN, people;
	struct hit *list;
	int64_t *ids;

	TRY(store_search_people(op, s, wanted, &ids, &people));
	list = arena_array(op->mem, struct hit, *n + people + 1);
	if (*n > 0)
		memcpy(list, *hits, *n * sizeof(*list));
	for (size_t i = 0; i < people; i++) {
		struct known *k;

		TRY(know(op, known, ids[i], &k));
		judge(op, s, k, list, n);
	}
	if (*n > 1)
		qsort(list, *n, sizeof(*list), best_first);
	*hits = list;
	return ST_OK;
}

static bool
good_enough(const struct hit *hits, size_t n, size_t stage, size_t limit)
{
	size_t good = 0;

	while (good < n && hits[good].score >= GOOD_SCORE)
		good++;
	/* the letters may hide a slip: look at one letter's difference too, unless
	 * somebody is called just so */
	return stage == 0 ? good >= limit || (n > 0 && hits[0].rank >= CALLED_SO) : good > 0;
}

enum status
search_by_name(struct op *op, struct search *s, size_t limit, struct hit **hits, size_t *n)
{
	struct list_of_known known = { NULL };
	bool judged = false;

	for (size_t stage = 0; stage < COUNT_OF(stages); stage++) {
		bool complete, more, last = stage + 1 == COUNT_OF(stages);

		TRY(look_up(op, s, stage, &complete, &more));
		if (!complete && !last)
			continue;
		if (more || !judged)
			TRY(judge_all(op, s, &known, limit, hits, n));
		judged = true;
		if (good_enough(*hits, *n, stage, limit))
			break;
	}
	return ST_OK;
}
