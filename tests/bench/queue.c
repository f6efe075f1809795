/*
 * queue.c - reading: pages of the queue at the top and deep inside, as the
 * client waits for them (round trip over the socket included).
 */
#include "bench.h"

#include <stdio.h>
#include <string.h>

#define ROUNDS 300
#define PAGES_DEEP 60
#define LOOKS 50

static double
median_of(struct line *l, const char *method, const char *params)
{
	double ms[ROUNDS];

	for (int i = 0; i < 20; i++)
		line_ask(l, method, params);
	for (int i = 0; i < ROUNDS; i++) {
		double from = now_ms();

		line_ask(l, method, params);
		ms[i] = now_ms() - from;
	}
	return quantile(ms, ROUNDS, 0.5);
}

/* Parameters of a page many pages inside. */
static void
go_deep(struct line *l, char *params, size_t size)
{
	snprintf(params, size, "{\"limit\":50}");
	for (int i = 0; i < PAGES_DEEP; i++) {
		const char *next = strstr(line_ask(l, "case.list", params), "\"next\":\"");
		int n = next ? (int)strcspn(next + 8, "\"") : 0;

		if (!next)
			die("the queue is too short to look deep inside");
		snprintf(params, size, "{\"limit\":50,\"after\":\"%.*s\"}", n, next + 8);
	}
}

/* Each of another person: what is kept before the answer is part of it.  Half
 * of what a clerk may read in an hour, so that it can be measured twice. */
static double
median_of_looks(struct line *l, int n)
{
	double ms[ROUNDS];

	for (int i = 0; i < n; i++) {
		char params[32];
		double from = now_ms();

		snprintf(params, sizeof(params), "{\"id\":%d}", i + 1);
		line_ask(l, "person.show", params);
		ms[i] = now_ms() - from;
	}
	return quantile(ms, (size_t)n, 0.5);
}

void
bench_queue(const char *db)
{
	struct line l;
	char params[128];

	line_open(&l, db, "res1");
	row("queue, page 1 (50 rows, round trip)", AT_MOST, 1, median_of(&l, "case.list",
	    "{\"limit\":50}"), "ms");
	go_deep(&l, params, sizeof(params));
	row("queue, page 61", AT_MOST, 1, median_of(&l, "case.list", params), "ms");
	note("queue, page 1 as a screen asks for it (20 rows)", median_of(&l, "case.list",
	    "{\"limit\":20}"), "ms");
	row("a person's file, the look kept first", AT_MOST, 2, median_of_looks(&l, LOOKS), "ms");
	note("waiting room", median_of(&l, "visit.list", "{}"), "ms");
	note("find a person", median_of(&l, "person.find", "{\"q\":\"haddad\"}"), "ms");
	line_close(&l);
}
