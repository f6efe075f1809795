/*
 * name_like.c - layer 1: how alike two parts of names are.  Called by
 * store/spelling_find.c and service/find.c, thousands of times a search: no
 * memory of its own, no division of cases by script or land.
 */
#include "rules_name.h"

#include <string.h>

/* What a difference costs; a whole sound is 20. */
#define COST_SOUND 20
#define COST_NEAR_VOWEL 2    /* e i, o u */
#define COST_VOWEL 5
#define COST_VOWEL_LOST 7
#define COST_VOWEL_BARE 1    /* a script without short vowels left it out */
#define COST_NEAR 5          /* s sh z, b p, k g, f w */
#define COST_KIN 9           /* d t, h k, s t, j g */
#define COST_BREATH_LOST 9   /* h, w, y */
#define COST_SWAPPED 16
/* Points lost when one sound of one is all the name has. */
#define POINTS_A_SOUND 140
#define SAME_SOUND 97
#define SAME_GROUP 91
/* Of the ways that differ in a consonant, only the likelier ones. */
#define WAYS_COMPARED 3
#define FAR 50                   /* so little alike that it counts as nothing */
#define STILL_TYPING 6       /* points a beginning loses against the whole */

static bool
is_vowel(char c)
{
	return c >= 'a' || c == 'Y';
}

/* Sounds that are written for one another, as bits; all that is longer than one
 * letter is spoken as one (folds.tsv). */
#define BIT(c) (UINT64_C(1) << ((c) - 'A'))
struct relatives {
	uint64_t near, kin;
};
static const struct relatives relatives_of['z' - 'A' + 1];

static int
cost_change(char a, char b)
{
	const struct relatives *of;

	if (a == b)
		return 0;
	if (a < 'A' || b < 'A')
		return COST_SOUND;
	of = &relatives_of[a - 'A'];
	if (is_vowel(a) && is_vowel(b))
		return of->near & BIT(b) ? COST_NEAR_VOWEL : COST_VOWEL;
	return of->near & BIT(b) ? COST_NEAR : of->kin & BIT(b) ? COST_KIN : COST_SOUND;
}

static int
cost_lost(char c)
{
	if (is_vowel(c))
		return COST_VOWEL_LOST;
	return c == 'H' || c == 'W' ? COST_BREATH_LOST : COST_SOUND;
}

/*
 * Weighted edit distance (optimal string alignment).  open: what b has behind
 * the end of a costs nothing.  Given up, with limit, once it cannot be less:
 * most names of a vocabulary are far from what was typed.
 */
static int
distance(const char *a, const char *b, const struct name_probe *p, bool open, int limit)
{
	int rows[3][NAME_FORM_MAX + 1], *before = rows[0], *last = rows[1], *now = rows[2];
	size_t n = strlen(b);
	int least, least_before = 0, lost_of[NAME_FORM_MAX];

	last[0] = 0;
	for (size_t j = 0; j < n; j++) {
		lost_of[j] = p->bare && is_vowel(b[j]) ? COST_VOWEL_BARE : cost_lost(b[j]);
		last[j + 1] = last[j] + lost_of[j];
	}
	for (size_t i = 0; a[i]; i++) {
		int *old = before, lost = cost_lost(a[i]);

		now[0] = least = last[0] + lost;
		for (size_t j = 0; j < n; j++) {
			int best = last[j] + cost_change(a[i], b[j]);

			if (last[j + 1] + lost < best)
				best = last[j + 1] + lost;
			if (now[j] + lost_of[j] < best)
				best = now[j] + lost_of[j];
			if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] &&
			    before[j - 1] + COST_SWAPPED < best)
				best = before[j - 1] + COST_SWAPPED;
			now[j + 1] = best;
			least = best < least ? best : least;
		}
		/* a swap reaches back over one row */
		if (least >= limit && least_before >= limit)
			return limit;
		least_before = least;
		before = last;
		last = now;
		now = old;
	}
	least = last[n];
	for (size_t j = 0; open && j < n; j++)
		if (last[j] < least)
			least = last[j];
	return least;
}

/* Not above than: 0. */
static int
points(const char *a, const char *b, const struct name_probe *p, bool open, int than)
{
	size_t n = strlen(a), m = strlen(b), longer = open || n > m ? n : m;
	int cost, limit;

	if (longer == 0)
		return 0;
	limit = (100 - (than > FAR ? than : FAR)) * COST_SOUND * (int)longer / POINTS_A_SOUND + 1;
	cost = distance(a, b, p, open, limit);
	if (cost >= limit)
		return 0;
	cost = 100 - cost * POINTS_A_SOUND / (COST_SOUND * (int)longer);
	return cost > SAME_SOUND ? SAME_SOUND : cost < 0 ? 0 : cost;
}

static bool
same_group(const struct name_probe *p, const char *form)
{
	int groups[NAME_GROUPS_MAX];
	size_t n;

	if (p->n_groups == 0)
		return false;
	n = name_groups(form, groups);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < p->n_groups; k++)
			if (groups[i] == p->groups[k])
				return true;
	return false;
}

/*
 * The best of the ways to speak both.  Ways with equal consonants are compared
 * first: where there are such, no other pair comes nearer.
 */
static int
best_points(const struct name_probe *p, const struct name_sounds *s, bool open)
{
	char skeleton[NAME_SOUNDS_MAX][NAME_FORM_MAX];
	int best = 0, one;

	for (size_t k = 0; k < s->n; k++)
		name_skeleton(s->way[k], skeleton[k]);
	for (size_t i = 0; !open && i < p->sounds.n; i++)
		for (size_t k = 0; k < s->n; k++)
			if (strcmp(p->skeleton[i], skeleton[k]) == 0) {
				one = points(p->sounds.way[i], s->way[k], p, open, best);
				if (one >= SAME_SOUND)
					return one;
				best = one > best ? one : best;
			}
	if (best >= LIKE_SPELLING)
		return best;
	for (size_t i = 0; i < p->sounds.n && i < WAYS_COMPARED; i++)
		for (size_t k = 0; k < s->n && k < WAYS_COMPARED; k++) {
			one = points(p->sounds.way[i], s->way[k], p, open, best);
			best = one > best ? one : best;
		}
	return best;
}

void
name_probe(const char *form, bool bare, struct name_probe *p)
{
	p->bare = bare;
	p->form = form;
	name_sounds(form, &p->sounds);
	for (size_t i = 0; i < p->sounds.n; i++)
		name_skeleton(p->sounds.way[i], p->skeleton[i]);
	p->n_groups = name_groups(form, p->groups);
}

int
name_like(const struct name_probe *p, const char *form, bool open)
{
	struct name_sounds sounds;
	size_t typed = strlen(p->form);
	int whole, begun;

	if (strcmp(p->form, form) == 0)
		return LIKE_SAME;
	if (open && strncmp(p->form, form, typed) == 0)
		return SAME_SOUND - STILL_TYPING + (int)(typed * 3 / strlen(form));
	name_sounds(form, &sounds);
	whole = best_points(p, &sounds, false);
	if (whole < SAME_GROUP && same_group(p, form))
		whole = SAME_GROUP;
	if (!open || whole >= SAME_GROUP)
		return whole;
	begun = best_points(p, &sounds, true) - STILL_TYPING;
	return begun > whole ? begun : whole;
}

/* Both ways round: tests/unit/names.c looks. */
static const struct relatives relatives_of['z' - 'A' + 1] = {
	['S' - 'A'] = { .near = BIT('X') | BIT('Z'), .kin = BIT('T') },
	['X' - 'A'] = { .near = BIT('S') | BIT('Z'), .kin = BIT('J') },
	['Z' - 'A'] = { .near = BIT('S') | BIT('X'), .kin = BIT('D') | BIT('J') },
	['B' - 'A'] = { .near = BIT('P') },
	['P' - 'A'] = { .near = BIT('B') },
	['K' - 'A'] = { .near = BIT('G'), .kin = BIT('H') },
	['G' - 'A'] = { .near = BIT('K'), .kin = BIT('H') | BIT('J') },
	['F' - 'A'] = { .near = BIT('W') },
	['W' - 'A'] = { .near = BIT('F'), .kin = BIT('u') | BIT('o') },
	['D' - 'A'] = { .kin = BIT('T') | BIT('Z') },
	['T' - 'A'] = { .kin = BIT('D') | BIT('S') },
	['H' - 'A'] = { .kin = BIT('K') | BIT('G') },
	['J' - 'A'] = { .kin = BIT('G') | BIT('X') | BIT('Z') | BIT('Y') },
	['Y' - 'A'] = { .near = BIT('e') | BIT('i'), .kin = BIT('J') },
	['e' - 'A'] = { .near = BIT('i') | BIT('Y') },
	['i' - 'A'] = { .near = BIT('e') | BIT('Y') },
	['o' - 'A'] = { .near = BIT('u'), .kin = BIT('W') },
	['u' - 'A'] = { .near = BIT('o'), .kin = BIT('W') },
};
