/*
 * find_name.c - layer 3: the search by name, stage after stage: the cheap keys
 * first, more of them only while the hits are poor.  Called by find.c and
 * candidates.c.
 */
#include "find_judge.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define READ_MIN 60              /* people that are read and judged */
#define READ_PER_HIT 4
#define GOOD_SCORE 88            /* as many as are wanted from here on end the search */
#define VERY_GOOD_SCORE 92       /* or a single one from here on, by one letter's difference */
#define CALLED_SO 9600           /* rank: every part as typed, and no part more */
#define FITS_WELL 8400           /* rank: every part is there, spelled otherwise or with a slip */
#define LINKS_MAX 5
#define RANK_EXTRA 100           /* at most for a particle, or for the family name in front */
#define FIRST_READ 2             /* times the hits wanted: then a look whether it is worth it */

enum stage { STAGE_SOUND, STAGE_LETTER, STAGE_BONE, STAGE_LAST, STAGES };

/* "M. Haddad": a letter is where a name begins, wherever it stands. */
static bool
is_initial(const char *form)
{
	return form[0] && !form[1];
}

void
search_names(struct op *op, const char *names, bool open, struct search *s)
{
	struct name_unit units[NAME_UNITS_MAX];
	size_t n = name_units(op->mem, names, units), whole = 0;

	for (size_t i = 0; i < n; i++)
		whole += units[i].particle != PARTICLE_ARTICLE;
	for (size_t i = 0; i < n && s->n_units < SEARCH_UNITS_MAX; i++)
		s->units[s->n_units++] = (struct search_unit){
			.bare = units[i].bare, .text = units[i].text, .form = units[i].form,
			.glued = units[i].glued,
			.weak = whole > 0 && (units[i].particle == PARTICLE_ARTICLE ||
			    (units[i].particle == PARTICLE_BOND && i + 1 < n)),
			.open = (open && i + 1 == n) || is_initial(units[i].form),
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

enum status
read_survivor(struct op *op, int64_t id, struct found *f, struct found *shown)
{
	TRY(store_search_read(op, id, f));
	*shown = *f;
	for (int links = 0; shown->merged_into && links < LINKS_MAX; links++)
		TRY(store_search_read(op, shown->merged_into, shown));
	return ST_OK;
}

/* ---- judging ---- */

/* A record that was read, and the reading of the line that fits it best. */
struct judged {
	int64_t id;
	struct found found, shown;
	const struct name_parts *parts;
	const struct search *s;
	struct fit fit;          /* points < 0: none */
	enum birth_match birth;
	int score, rank;
};

static int
best_first(const void *a, const void *b)
{
	const struct judged *x = *(struct judged *const *)a, *y = *(struct judged *const *)b;

	if (x->rank != y->rank)
		return y->rank - x->rank;
	return x->shown.id < y->shown.id ? -1 : x->shown.id > y->shown.id;
}

static void
judge(const struct search *s, struct judged *j)
{
	struct fit fit;
	int rank;

	fit_names(s, &j->found, j->parts, &fit);
	j->birth = fit_birth(s->born, s->n_born, j->shown.born);
	rank = fit.points + (s->n_born ? birth_points(j->birth) : 0);
	/* of the same reading the look-ups since may only have added; another must be better */
	if (fit.points < 0 || (j->s && j->s != s && rank <= j->rank))
		return;
	j->s = s;
	j->fit = fit;
	j->rank = rank;
	j->score = score_of(s, &fit, j->birth);
}

/* Each record is read once, however many stages come upon it. */
static enum status
know(struct finding *f, int64_t id, struct judged **known)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->best[i]->id == id) {
			*known = f->best[i];
			return ST_OK;
		}
	if (f->n == f->room) {
		struct judged **more = arena_array(f->op->mem, struct judged *, f->room * 2 + 64);

		if (f->n > 0)
			memcpy(more, f->best, f->n * sizeof(*more));
		f->best = more;
		f->room = f->room * 2 + 64;
	}
	*known = f->best[f->n++] = arena_make(f->op->mem, struct judged);
	(*known)->id = id;
	TRY(read_survivor(f->op, id, &(*known)->found, &(*known)->shown));
	(*known)->parts = split_names(f->op, &(*known)->found);
	return ST_OK;
}

/* ---- who need not be read ---- */

/*
 * The ranks of the best so far, as many as hits are wanted, worst first; the
 * least that is needed to be one of them is below[0] once they are full.
 */
struct bar {
	int *below;
	size_t n, limit;
};

static void
raise_bar(struct bar *bar, int rank)
{
	size_t at = 0;

	if (bar->n == bar->limit) {
		if (rank <= bar->below[0])
			return;
		for (; at + 1 < bar->n && bar->below[at + 1] < rank; at++)
			bar->below[at] = bar->below[at + 1];
	} else {
		for (at = bar->n++; at > 0 && bar->below[at - 1] > rank; at--)
			bar->below[at] = bar->below[at - 1];
	}
	bar->below[at] = rank;
}

/* The rank is made of the same likenesses as the points of the count, so it
 * cannot be above this.  An initial is like names that were not looked up. */
static int
rank_at_most(const struct search *s, int points)
{
	int weight = 0, extra = RANK_EXTRA;

	for (size_t i = 0; i < s->n_units; i++) {
		if (is_initial(s->units[i].form))
			return INT_MAX;
		if (s->units[i].weak)
			extra += RANK_EXTRA;
		else
			weight += s->units[i].weight;
	}
	return s->n_born || !weight ? INT_MAX : points * 100 / weight + extra;
}

enum status
search_looked_up(struct finding *f, struct search *s)
{
	size_t wanted = f->limit * READ_PER_HIT > READ_MIN ? f->limit * READ_PER_HIT : READ_MIN;
	struct bar bar = { .below = arena_array(f->op->mem, int, f->limit), .limit = f->limit };
	struct counted *people;
	int best = 0;
	size_t n;

	for (size_t i = 0; i < s->n_units; i++)
		weigh(&s->units[i]);
	TRY(store_search_people(f->op, s, wanted, &people, &n));
	for (size_t i = 0; i < n; i++) {
		struct judged *j;

		/* somebody fits well, and the next share no more than a part */
		if (i >= f->limit * FIRST_READ && best >= FITS_WELL &&
		    people[i].points * 5 < people[0].points * 4)
			break;
		if (bar.n == bar.limit && rank_at_most(s, people[i].points) < bar.below[0])
			break;
		TRY(know(f, people[i].id, &j));
		judge(s, j);
		best = j->rank > best ? j->rank : best;
		if (j->s == s && j->shown.id == j->id)
			raise_bar(&bar, j->rank);
	}
	if (f->n > 1)
		qsort(f->best, f->n, sizeof(*f->best), best_first);
	return ST_OK;
}

/* ---- stages ---- */

/* Is there a part that nobody bears as it was typed? */
static bool
has_slip(const struct search *s)
{
	for (size_t i = 0; i < s->n_units; i++)
		if (!s->units[i].weak && s->units[i].best < LIKE_SAME)
			return true;
	return false;
}

/*
 * The keys by which a unit is looked up now.  A particle stands for itself.
 * Consonants are lost first from what nobody bears as it was typed, if there is
 * such a part; three letters in common are the last straw.
 */
static unsigned
keys_of(const struct search_unit *u, enum stage stage, bool slip)
{
	bool suspect = !slip || u->best < LIKE_SAME;

	if (stage == STAGE_SOUND)
		return NAME_KEY_SKELETON;
	if (u->weak)
		return 0;
	if (stage == STAGE_LETTER)
		return NAME_KEY_LETTER | NAME_KEY_BEGIN;
	if (stage == STAGE_BONE)
		return suspect ? NAME_KEY_BONE : 0;
	return u->n == 0 ? NAME_KEY_GRAM : suspect ? 0 : NAME_KEY_BONE;
}

static enum status
look_up(struct op *op, struct search *s, enum stage stage, bool *complete, bool *more)
{
	bool slip = has_slip(s);

	*complete = true;
	*more = stage == STAGE_SOUND;
	for (size_t i = 0; i < s->n_units; i++) {
		struct search_unit *u = &s->units[i];
		unsigned keys = keys_of(u, stage, slip);
		size_t before = u->n;

		if (keys)
			TRY(store_search_lookup(op, u, keys));
		*more |= u->n != before;
		/* what the cheap keys find for a slip is seldom what was meant */
		*complete &= u->weak || (stage == STAGE_SOUND ? u->best >= LIKE_SPELLING : u->n > 0);
	}
	return ST_OK;
}

static bool
good_enough(const struct finding *f, enum stage stage)
{
	size_t good = 0;

	while (good < f->n && f->best[good]->score >= GOOD_SCORE)
		good++;
	if (f->certain || good >= f->limit)
		return true;
	/* the letters may hide a slip: look at one letter's difference too, unless
	 * somebody is called just so */
	if (stage == STAGE_SOUND)
		return f->n > 0 && f->best[0]->rank >= CALLED_SO;
	return best_score(f) >= (stage == STAGE_LETTER ? VERY_GOOD_SCORE : GOOD_SCORE);
}

enum status
search_by_name(struct finding *f, struct search *s)
{
	bool judged = false;

	for (enum stage stage = STAGE_SOUND; stage < STAGES; stage++) {
		bool complete, more;

		TRY(look_up(f->op, s, stage, &complete, &more));
		if (!complete && stage != STAGE_LAST)
			continue;
		if (more || !judged)
			TRY(search_looked_up(f, s));
		judged = true;
		if (good_enough(f, stage))
			break;
	}
	return ST_OK;
}

/* ---- what was found ---- */

int
best_score(const struct finding *f)
{
	return f->n > 0 ? f->best[0]->score : 0;
}

static bool
is_among(const struct hit *hits, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (hits[i].id == id)
			return true;
	return false;
}

void
found_hits(struct finding *f, struct hit **hits, size_t *n)
{
	struct hit *list = arena_array(f->op->mem, struct hit, f->limit);

	*n = 0;
	for (size_t i = 0; i < f->n && *n < f->limit; i++) {
		const struct judged *j = f->best[i];

		if (!j->s || is_among(list, *n, j->shown.id))
			continue;
		list[(*n)++] = (struct hit){
			.id = j->shown.id, .display = j->shown.display, .born = j->shown.born,
			.sex = j->shown.sex, .countries = j->shown.countries,
			.locked = j->shown.locked, .score = j->score, .rank = j->rank,
			.why = fit_why(f->op, j->s, &j->found, &j->fit, j->birth),
			.name = score_of_name(j->s, &j->fit), .worst = worst_of(j->s, &j->fit),
			.birth = j->birth,
		};
	}
	*hits = list;
}
