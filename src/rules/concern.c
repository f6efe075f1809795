/*
 * concern.c - layer 1: which service is meant by what somebody says.  Called
 * by service/catalogue.c with all phrases of the catalogue, at each key a clerk
 * types.
 *
 * Each word said is compared once with each distinct word known, then phrases
 * are weighed: how much of what was said they explain, and how much of them
 * was said.  A word of few services weighs more (card: many, baby: one).
 */
#include "rules_concern.h"

#include <stdlib.h>
#include <string.h>

#include "concern_word.h"
#include "rules_name.h"
#include "text.h"

#define WEIGHT_LEAST 10      /* of a word that every service has */
#define WEIGHT_STEP 7        /* more, each time half as many have it */
#define WEIGHT_UNKNOWN 12    /* of a word said that nobody knows */
#define SHARE_PHRASE 65      /* percent of the score: the best phrase; the rest: all words */

struct known {               /* a distinct word of the phrases */
	const char *text;
	int weight;
	unsigned char like[CONCERN_WORDS_MAX]; /* with each word said */
};
struct place {               /* a word where it stands */
	const char *text;
	size_t phrase, service, known;
};
struct said {
	size_t n;
	const char *word[CONCERN_WORDS_MAX];
	int weight[CONCERN_WORDS_MAX], total;
};
struct book {
	const struct concern_phrase *phrases;
	struct place *places;
	struct known *known;
	size_t n_places, n_known;
};

/* ---- forms ---- */

/* ä is typed as ae, and as a: all three are one here. */
static void
fold_umlauts(char *form)
{
	char *to = form;

	for (const char *at = form; *at; at++) {
		if (*at == 'E' && to > form && strchr("AOU", to[-1]))
			continue;
		*to++ = *at;
	}
	*to = '\0';
}

char *
concern_form(struct arena *a, const char *text)
{
	char *form = text_search_form(a, name_latin(a, text), true);

	fold_umlauts(form);
	return form;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *
concern_telling(struct arena *a, const char *form, const char *const *fillers, size_t n)
{
	char *copy = arena_strdup(a, form), *all = arena_alloc(a, strlen(form) + 2), *save = NULL;
	size_t used = 0;

	for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		const char *word = w;
		size_t length = strlen(w);

		if (n && bsearch(&word, fillers, n, sizeof(*fillers), by_text))
			continue;
		memcpy(all + used, w, length);
		used += length;
		all[used++] = ' ';
	}
	all[used ? used - 1 : 0] = '\0';
	return all;
}

/* ---- what is known ---- */

static size_t
words_in(const char *form)
{
	size_t n = *form != '\0';

	for (; *form; form++)
		n += *form == ' ';
	return n;
}

static int
by_word(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = strcmp(a->text, b->text);

	return order ? order : (a->service > b->service) - (a->service < b->service);
}

static int
by_phrase(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return (a->phrase > b->phrase) - (a->phrase < b->phrase);
}

static int
weight_of(size_t services, size_t all)
{
	int weight = WEIGHT_LEAST;

	for (; services * 2 <= all; services *= 2)
		weight += WEIGHT_STEP;
	return weight;
}

/* Gives each distinct word its number and weight. */
static void
number_words(struct book *b, size_t n_services)
{
	size_t services = 0;

	qsort(b->places, b->n_places, sizeof(*b->places), by_word);
	for (size_t i = 0; i < b->n_places; i++) {
		bool fresh = i == 0 || strcmp(b->places[i - 1].text, b->places[i].text) != 0;

		if (fresh) {
			b->known[b->n_known++] = (struct known){ .text = b->places[i].text };
			services = 0;
		}
		services += fresh || b->places[i - 1].service != b->places[i].service;
		b->places[i].known = b->n_known - 1;
		b->known[b->n_known - 1].weight = weight_of(services, n_services);
	}
	qsort(b->places, b->n_places, sizeof(*b->places), by_phrase);
}

static void
read_book(struct arena *a, struct book *b, const struct concern_phrase *phrases, size_t n,
          size_t n_services)
{
	size_t words = 0;

	for (size_t i = 0; i < n; i++)
		words += words_in(phrases[i].form);
	*b = (struct book){ .phrases = phrases,
		.places = arena_array(a, struct place, words + 1),
		.known = arena_array(a, struct known, words + 1) };
	for (size_t i = 0; i < n; i++) {
		char *save = NULL, *copy = arena_strdup(a, phrases[i].form);

		for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save))
			b->places[b->n_places++] =
			    (struct place){ .text = w, .phrase = i, .service = phrases[i].service };
	}
	number_words(b, n_services);
}

/* ---- what was said ---- */

/* A word said weighs as much as the known word it is most like. */
static void
read_said(struct arena *a, struct said *said, const char *form, bool open, struct book *b)
{
	char *save = NULL, *copy = arena_strdup(a, form);

	*said = (struct said){ 0 };
	for (char *w = strtok_r(copy, " ", &save); w && said->n < CONCERN_WORDS_MAX;
	     w = strtok_r(NULL, " ", &save))
		said->word[said->n++] = w;
	for (size_t i = 0; i < said->n; i++) {
		int best = 0, weight = WEIGHT_UNKNOWN;

		for (size_t k = 0; k < b->n_known; k++) {
			struct known *known = &b->known[k];
			int like = word_like(said->word[i], known->text,
			    open && i + 1 == said->n);

			known->like[i] = (unsigned char)like;
			if (like > best || (like == best && like && known->weight < weight)) {
				best = like;
				weight = known->weight;
			}
		}
		said->weight[i] = weight;
		said->total += weight;
	}
}

/* ---- weighing ---- */

struct tally {
	int said[CONCERN_WORDS_MAX]; /* percent of each word that is explained */
};

static int
explained(const struct said *said, const struct tally *t)
{
	int sum = 0;

	for (size_t i = 0; i < said->n; i++)
		sum += said->weight[i] * t->said[i];
	return sum / said->total;
}

/* The places of one phrase from at on: 0 to 100; the words it explains go
 * to all as well. */
static int
weigh_phrase(const struct book *b, const struct said *said, size_t at, size_t end,
             struct tally *all)
{
	struct tally own = { 0 };
	int heard = 0, total = 0;

	for (size_t p = at; p < end; p++) {
		const struct known *known = &b->known[b->places[p].known];
		int best = 0;

		for (size_t i = 0; i < said->n; i++) {
			if (known->like[i] > best)
				best = known->like[i];
			if (known->like[i] > own.said[i])
				own.said[i] = known->like[i];
			if (known->like[i] > all->said[i])
				all->said[i] = known->like[i];
		}
		heard += known->weight * best;
		total += known->weight;
	}
	return total ? explained(said, &own) * (heard / total) / 100 : 0;
}

static int
by_score(const void *left, const void *right)
{
	const struct concern_hit *a = left, *b = right;

	if (a->score != b->score)
		return b->score - a->score;
	return (a->service > b->service) - (a->service < b->service);
}

size_t
concern_rank(struct arena *a, const struct concern_phrase *phrases, size_t n_phrases,
             size_t n_services, const char *form, bool open, struct concern_hit **hits)
{
	struct tally *all = arena_array(a, struct tally, n_services + 1);
	struct concern_hit *best = arena_array(a, struct concern_hit, n_services + 1);
	struct said said;
	struct book b;
	size_t n = 0;

	*hits = best;
	read_book(a, &b, phrases, n_phrases, n_services);
	read_said(a, &said, form, open, &b);
	if (said.n == 0)
		return 0;
	for (size_t at = 0, end; at < b.n_places; at = end) {
		size_t phrase = b.places[at].phrase, service = b.places[at].service;
		int score;

		for (end = at; end < b.n_places && b.places[end].phrase == phrase; end++)
			;
		score = weigh_phrase(&b, &said, at, end, &all[service]);
		if (score > best[service].score)
			best[service] = (struct concern_hit){ service, phrase, score };
	}
	for (size_t i = 0; i < n_services; i++) {
		struct concern_hit hit = best[i];

		hit.score = (hit.score * SHARE_PHRASE +
		    explained(&said, &all[i]) * (100 - SHARE_PHRASE)) / 100;
		if (hit.score >= CONCERN_FITS)
			best[n++] = hit;
	}
	qsort(best, n, sizeof(*best), by_score);
	return n;
}
