/*
 * demo_dice.c - layer 5: the generator's numbers.  Not random_bytes: a
 * training office must come out the same for the same seed, whichever compiler
 * made the program: two throws never stand in one initialiser or call, whose
 * parts C evaluates in any order.
 */
#include "demo.h"

static uint64_t
dice_roll(struct dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

int
dice_below(struct dice *d, int n)
{
	invariant(n > 0);
	return (int)(dice_roll(d) % (uint64_t)n);
}

int
dice_between(struct dice *d, int low, int high)
{
	return low + dice_below(d, high - low + 1);
}

bool
dice_percent(struct dice *d, int percent)
{
	return dice_below(d, 100) < percent;
}

/* The lowest of three throws. */
int
dice_early(struct dice *d, int n)
{
	int least = dice_below(d, n);

	for (int i = 0; i < 2; i++) {
		int other = dice_below(d, n);

		least = other < least ? other : least;
	}
	return least;
}

const char *
words_pick(const struct words *w, struct dice *d)
{
	return w->text[dice_below(d, w->n)];
}
