/*
 * concern_word.c - layer 1: how alike two words of everyday speech are.
 * Called by concern.c for each word said with each word known: cheap ways
 * come first, memory is never asked for.
 *
 * Not name_like(): vowels cost little in names of people, but Geld is not
 * Gold, and endings mean nothing here.
 */
#include "concern_word.h"

#include <string.h>

#define SAME 100
#define BEGUN 60             /* still being typed: so much at least ... */
#define BEGUN_MORE 30        /* ... and this for as much of it as there is */
#define INFLECTED 86
#define COMPOUND 74          /* Karte in Bezahlkarte */
#define INSIDE 58
#define SLIP 72
#define LONG_SLIP 84         /* of a word so long that it can hardly be another */
#define BEGUN_SLIP 25        /* less, when it is still being typed as well */
#define STEM_MIN 4
#define ENDING_MAX 3
#define PART_MIN 4
#define SLIP_MIN 4           /* letters; shorter words are too near to each other */
#define TWO_SLIPS_MIN 8
#define COMPARED_MAX 24

static size_t
common(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] && a[n] == b[n])
		n++;
	return n;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters lost, added, changed or swapped, up to what COMPARED_MAX allows. */
static size_t
slips(const char *a, size_t n, const char *b, size_t m)
{
	size_t rows[3][COMPARED_MAX + 1];

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = least(last[j - 1] + (a[i - 1] != b[j - 1]),
			    least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return rows[n % 3][m];
}

/* Only where the first letters agree or the words are long. */
static int
slipped(const char *a, size_t n, const char *b, size_t m)
{
	size_t shorter = least(n, m), longer = n + m - shorter, found;

	if (shorter < SLIP_MIN || longer > COMPARED_MAX || longer - shorter > 2)
		return 0;
	if (a[0] != b[0] && shorter < TWO_SLIPS_MIN)
		return 0;
	found = slips(a, n, b, m);
	if (found == 1)
		return shorter >= TWO_SLIPS_MIN ? LONG_SLIP : SLIP;
	return found == 2 && shorter >= TWO_SLIPS_MIN ? SLIP - 6 : 0;
}

/* A part of a compound: at its end it says most. */
static int
compound(const char *part, size_t n, const char *whole, size_t m)
{
	const char *at = n >= PART_MIN && m >= n + 3 ? strstr(whole, part) : NULL;

	if (!at)
		return 0;
	if (at[n] == '\0' || at == whole)
		return COMPOUND;
	return n > PART_MIN ? INSIDE : 0;
}

int
word_like(const char *said, const char *known, bool open)
{
	size_t n = strlen(said), m = strlen(known), same = common(said, known);
	int best, slip;

	if (same == n && same == m)
		return SAME;
	if (open && same == n && n >= 2)
		return BEGUN + BEGUN_MORE * (int)n / (int)m;
	if (same >= STEM_MIN && n - same <= ENDING_MAX && m - same <= ENDING_MAX)
		return INFLECTED - 4 * (int)(n + m - 2 * same);
	best = n < m ? compound(said, n, known, m) : compound(known, m, said, n);
	slip = slipped(said, n, known, m);
	if (!slip && open && n > SLIP_MIN && m > n)
		slip = slipped(said, n, known, n) - BEGUN_SLIP;
	return slip > best ? slip : best;
}
