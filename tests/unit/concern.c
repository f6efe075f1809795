/*
 * concern.c - unit tests of what somebody means (include/rules_concern.h).
 */
#include <check.h>
#include <string.h>

#include "rules_concern.h"

Suite *suite_concern(void);

static const char *const spoken[] = {
	/* 0: card */ "meine Karte läuft ab", "Aufenthalt verlängern",
	/* 1: money */ "kein Geld",
	/* 2: payment card */ "Bezahlkarte verloren",
	/* 3: baby */ "neues Baby", "Kind geboren",
	/* 4: lost */ "Karte verloren", "потерял паспорт", "فقدت البطاقة",
};
static const size_t services[] = { 0, 0, 1, 2, 3, 3, 4, 4, 4 };
#define SERVICES 5
#define NOBODY 99

static size_t
first(struct arena *a, const char *text, bool open, int *score)
{
	static const char *const fillers[] = { "HABE", "ICH", "MEINE" };
	struct concern_phrase phrases[COUNT_OF(spoken)];
	struct concern_hit *hits;
	const char *said = concern_telling(a, concern_form(a, text), fillers, 3);
	size_t n;

	for (size_t i = 0; i < COUNT_OF(spoken); i++)
		phrases[i] = (struct concern_phrase){ services[i],
		    concern_telling(a, concern_form(a, spoken[i]), fillers, 3) };
	n = concern_rank(a, phrases, COUNT_OF(phrases), SERVICES, said, open, &hits);
	*score = n ? hits[0].score : 0;
	return n ? hits[0].service : NOBODY;
}

static const struct {
	const char *text;
	bool open;
	size_t service;
} said[] = {
	{ "meine Karte läuft ab", false, 0 },
	{ "Ab läuft Karte", false, 0 },                 /* any order */
	{ "Verlängerung", false, 0 },                   /* inflected */
	{ "verlaengern", false, 0 },                    /* umlauts, three ways */
	{ "verlangern", false, 0 },
	{ "ich habe kein Geld", false, 1 },
	{ "kein Gled", false, 1 },                      /* a slip of the finger */
	{ "Bezalkarte verlorn", false, 2 },
	{ "bezahlk", true, 2 },                         /* half typed */
	{ "Babynahrung", false, 3 },                    /* a compound */
	{ "Kinder geboren", false, 3 },
	{ "Karte verloren", false, 4 },                 /* the whole is more than a part */
	{ "ПОТЕРЯЛ паспорт", false, 4 },                /* any script */
	{ "البطاقة", false, 4 },
	{ "xyzzy", true, NOBODY },
	{ "ich habe", false, NOBODY },                  /* says nothing */
	{ "", true, NOBODY },
	{ " - ", true, NOBODY },
};

START_TEST(what_is_meant)
{
	struct arena *a = arena_new();
	int score;

	ck_assert_uint_eq(first(a, said[_i].text, said[_i].open, &score), said[_i].service);
	arena_free(a);
}
END_TEST

START_TEST(who_says_it_as_it_stands_gets_all_points)
{
	struct arena *a = arena_new();
	int score;

	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		ck_assert_uint_eq(first(a, spoken[i], false, &score), services[i]);
		ck_assert_int_eq(score, 100);
	}
	arena_free(a);
}
END_TEST

/* A text longer than any person says neither breaks nor costs much. */
START_TEST(a_flood_of_words_is_cut)
{
	struct arena *a = arena_new();
	char flood[8000];
	int score;

	for (size_t i = 0; i < sizeof(flood) - 1; i++)
		flood[i] = i % 9 == 8 ? ' ' : (char)('a' + i % 23);
	flood[sizeof(flood) - 1] = '\0';
	ck_assert_uint_eq(first(a, flood, true, &score), NOBODY);
	memset(flood, 'a', sizeof(flood) - 1);
	ck_assert_uint_eq(first(a, flood, true, &score), NOBODY);
	arena_free(a);
}
END_TEST

Suite *
suite_concern(void)
{
	Suite *s = suite_create("concern");
	TCase *t = tcase_create("concern");

	tcase_add_loop_test(t, what_is_meant, 0, COUNT_OF(said));
	tcase_add_test(t, who_says_it_as_it_stands_gets_all_points);
	tcase_add_test(t, a_flood_of_words_is_cut);
	suite_add_tcase(s, t);
	return s;
}
