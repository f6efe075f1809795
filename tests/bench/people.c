/*
 * people.c - finding people in a register of a million: how often the one who
 * was meant is among the first ten, and how long it takes.  bench FILE people;
 * the file is made at the first run.  Those meant share their name (in any
 * spelling) with nine others at most: else ten places are not enough.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base.h"
#include "bench.h"
#include "people.h"

#define QUERIES 200              /* of each kind and side */
#define PLACES 10
#define TABLE (1u << 22)

struct wanted {
	char text[512];
	bool usable;             /* the kind can be made of this person */
};

/* How many bear the same name, however spelled. */
static uint8_t *bearers;

static uint32_t
name_slot(const struct citizen *c)
{
	uint64_t sum = 0;

	/* in any order */
	for (int k = 0; k < c->n; k++)
		sum += (uint64_t)((uintptr_t)c->parts[k].group * 31 +
		    (uintptr_t)c->parts[k].end) * 0x9E3779B97F4A7C15u;
	return (uint32_t)(sum >> 32) & (TABLE - 1);
}

static void
count_bearers(void)
{
	struct citizen c;

	bearers = calloc(TABLE, 1);
	if (!bearers)
		die("memory");
	for (uint32_t i = 0; i < PEOPLE; i++) {
		uint32_t slot;

		citizen_make(i, &c);
		slot = name_slot(&c);
		bearers[slot] = (uint8_t)(bearers[slot] + (bearers[slot] < 255));
	}
}

/* ---- queries ---- */

static void
add_part(struct wanted *w, const char *text)
{
	if (*w->text)
		strcat(w->text, " ");
	strcat(w->text, text);
}

static void
write_parts(struct wanted *w, const struct citizen *c)
{
	char text[160];

	for (int k = 0; k < c->n; k++) {
		part_text(&c->parts[k], text, sizeof(text));
		add_part(w, text);
	}
	strcat(w->text, " ");
}

static void
exact(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	(void)dice;
	write_parts(w, c);
	w->usable = true;
}

/* Each part another spelling, where there is one. */
static void
respell(uint64_t *dice, struct citizen *c, struct wanted *w)
{
	for (int k = 0; k < c->n; k++) {
		struct bit *p = &c->parts[k];

		if (p->group->n > 1) {
			p->spelling = (p->spelling + 1 + (int)roll(dice,
			    (uint32_t)p->group->n - 1)) % p->group->n;
			w->usable = true;
		}
	}
}

static void
variant(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	struct citizen other = *c;

	respell(dice, &other, w);
	write_parts(w, &other);
}

/* One letter lost, doubled, changed or swapped, in a part of at least five. */
static void
slip(uint64_t *dice, struct wanted *w)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t n = strlen(w->text), at = 1 + roll(dice, (uint32_t)n - 2);
	char *t = w->text;

	for (int tries = 0; tries < 200; tries++, at = 1 + roll(dice, (uint32_t)n - 2)) {
		size_t from = at, to = at;

		while (from > 0 && t[from - 1] != ' ')
			from--;
		while (t[to] && t[to] != ' ')
			to++;
		if (to - from >= 5 && at > from && at + 1 < to && !(t[at] & 0x80) &&
		    !(t[at + 1] & 0x80) && !(t[at - 1] & 0x80) && t[at] != '-' && t[at] != t[at + 1])
			break;
		if (tries == 199) {
			w->usable = false;
			return;
		}
	}
	switch (roll(dice, 4)) {
	case 0:
		memmove(t + at, t + at + 1, n - at);
		break;
	case 1:
		memmove(t + at + 1, t + at, n - at + 1);
		t[at] = letters[roll(dice, 26)];
		break;
	case 2:
		t[at] = letters[roll(dice, 26)];
		break;
	default: {
		char swap = t[at];

		t[at] = t[at + 1];
		t[at + 1] = swap;
	}
	}
}

static void
typo(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	exact(dice, c, w);
	slip(dice, w);
}

static void
variant_and_typo(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	variant(dice, c, w);
	if (w->usable)
		slip(dice, w);
}

static void
swapped(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	struct citizen other = *c;

	int by = 1 + (int)roll(dice, (uint32_t)c->n - 1);

	for (int k = 0; k < c->n; k++)
		other.parts[k] = c->parts[(k + by) % c->n];
	exact(dice, &other, w);
}

/* All parts but the last, and half of that one. */
static void
prefix(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	char text[160];
	size_t n;

	for (int k = 0; k < c->n - 1; k++) {
		part_text(&c->parts[k], text, sizeof(text));
		add_part(w, text);
	}
	part_text(&c->parts[c->n - 1], text, sizeof(text));
	n = strlen(text) > 7 ? strlen(text) / 2 + roll(dice, 2) : 3 + roll(dice, 2);
	while (n < strlen(text) && (text[n] & 0xC0) == 0x80)
		n++;
	if (n < strlen(text)) {
		text[n] = '\0';
		w->usable = true;
	}
	add_part(w, text);
}

/* What papers make of a date: only the year, 1 January, day and month turned;
 * or the full date where the record has less. */
static void
birth(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	char date[40];

	write_parts(w, c);
	w->usable = true;
	if (strlen(c->born) == 4 || strcmp(c->born + 4, "-01-01") == 0)
		snprintf(date, sizeof(date), "%d.%d.%d", c->day, c->month, c->year);
	else
		switch (roll(dice, 3)) {
		case 0:
			snprintf(date, sizeof(date), "%d", c->year);
			break;
		case 1:
			snprintf(date, sizeof(date), "01.01.%d", c->year);
			break;
		default:
			snprintf(date, sizeof(date), "%02d.%02d.%d", c->month, c->day, c->year);
			w->usable = c->day <= 12;
		}
	strcat(w->text, date);
}

static void
other_script(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	(void)dice;
	w->usable = true;
	for (int k = 0; k < c->n; k++) {
		w->usable &= c->parts[k].group->script != NULL && !c->parts[k].end;
		if (w->usable)
			add_part(w, c->parts[k].group->script);
	}
	strcat(w->text, " ");
}

/* A name that many bear, with the date. */
static void
common(uint64_t *dice, const struct citizen *c, struct wanted *w)
{
	char date[40];

	(void)dice;
	write_parts(w, c);
	snprintf(date, sizeof(date), "%d.%d.%d", c->day, c->month, c->year);
	strcat(w->text, date);
	w->usable = strlen(c->born) == 10 && strcmp(c->born + 4, "-01-01") != 0;
}

static const struct kind {
	const char *name;
	void (*make)(uint64_t *dice, const struct citizen *c, struct wanted *w);
	double recall;           /* wanted of this kind alone; 0: of the mean only */
	bool common;
} kinds[] = {
	{ "exact", exact, 0, false },
	{ "another spelling", variant, 0, false },
	{ "one slip", typo, 0, false },
	{ "another spelling and a slip", variant_and_typo, 0, false },
	{ "parts swapped", swapped, 0, false },
	{ "while typing", prefix, 0.85, false },
	{ "name and an inexact date", birth, 0, false },
	{ "in its own script", other_script, 0, false },
	{ "a common name with the date", common, 0, true },
};

/* ---- asking ---- */

struct time_of {
	double ms;               /* as the client waits */
	double worked_ms;        /* of the engine: without what others do on the machine */
};

static double
worked_ms(pid_t engine)
{
	struct timespec t;
	clockid_t clock;

	if (clock_getcpuclockid(engine, &clock) != 0 || clock_gettime(clock, &t) != 0)
		die("the engine's clock");
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

/* The place of the person among the hits, from 1; 0: not there. */
static int
ask(struct line *l, const char *text, int64_t id, struct time_of *t)
{
	json_t *params = json_pack("{s:s, s:i}", "q", text, "limit", PLACES), *reply;
	char *dumped = json_dumps(params, JSON_COMPACT);
	double from = now_ms(), worked = worked_ms(l->engine);
	const char *answer = line_ask(l, "person.find", dumped);
	int place = 0;
	size_t i;
	json_t *hit, *hits;

	t->ms = now_ms() - from;
	t->worked_ms = worked_ms(l->engine) - worked;
	reply = json_loads(answer, 0, NULL);
	hits = json_object_get(json_object_get(reply, "result"), "people");
	if (!hits)
		die(answer);
	json_array_foreach(hits, i, hit)
		if (!place && json_integer_value(json_object_get(hit, "id")) == id)
			place = (int)i + 1;
	json_decref(reply);
	json_decref(params);
	free(dumped);
	return place;
}

/* Nobody is called Mohammed Muhammad: such a record is no test. */
static bool
has_name_twice(const struct citizen *c)
{
	for (int k = 0; k < c->n; k++)
		for (int i = 0; i < k; i++)
			if (c->parts[i].group == c->parts[k].group)
				return true;
	return false;
}

/* 0: all of its parts are of groups looked at, 1: none, 2: mixed. */
static int
side_of(const struct citizen *c)
{
	int held = 0;

	for (int k = 0; k < c->n; k++)
		held += c->parts[k].group->held_out;
	return held == 0 ? 0 : held == c->n ? 1 : 2;
}

/* Nobody may search without end: each kind and side asks in an hour of its own. */
static void
open_in_hour(struct line *l, const char *db, int64_t hour)
{
	char iso[21];

	setenv("TRESEN_NOW", instant_iso(hour, iso), 1);
	line_open(l, db, "res1");
}

static double
measure(struct line *l, const struct kind *kind, int side, int64_t first, double *ms,
        double *worked)
{
	const char *show = getenv("BENCH_SHOW_MISSES");
	uint64_t dice = 0x2545F491u + (uint64_t)(kind - kinds);
	int asked = 0, found = 0;

	while (asked < QUERIES) {
		struct wanted w = { .usable = false };
		uint32_t i = roll(&dice, PEOPLE);
		struct time_of t;
		struct citizen c;
		int place;

		citizen_make(i, &c);
		if (has_name_twice(&c) || side_of(&c) != side || (bearers[name_slot(&c)] > PLACES) != kind->common)
			continue;
		kind->make(&dice, &c, &w);
		if (!w.usable)
			continue;
		place = ask(l, w.text, first + i, &t);
		ms[asked] = t.ms;
		worked[asked++] = t.worked_ms;
		found += place > 0;
		if (show && !place && side == 0)
			fprintf(stderr, "missed: %s: %s (%s %s %s)\n", kind->name, w.text,
			    c.parts[0].group->spelling[c.parts[0].spelling],
			    c.parts[1].group->spelling[c.parts[1].spelling],
			    c.n > 2 ? c.parts[2].group->spelling[c.parts[2].spelling] : "");
	}
	return (double)found / asked;
}

static void
measure_finding(const char *db, int64_t first, int64_t now)
{
	static const char *const sides[] = { "rules made with", "held out" };
	static double ms[2 * QUERIES], worked[2 * QUERIES];
	double sum[2] = { 0 };
	char text[128];
	struct line l;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		for (int side = 0; side < 2; side++) {
			double recall;

			open_in_hour(&l, db, now += 3600);
			recall = measure(&l, &kinds[k], side, first, ms + side * QUERIES,
			    worked + side * QUERIES);
			line_close(&l);
			snprintf(text, sizeof(text), "recall@10, %s, %s", kinds[k].name,
			    sides[side]);
			if (kinds[k].recall > 0)
				row(text, AT_LEAST, kinds[k].recall, recall, "");
			else
				note(text, recall, "");
			if (k < 7)
				sum[side] += recall / 7;
		}
		snprintf(text, sizeof(text), "%s, p50", kinds[k].name);
		row(text, AT_MOST, 3, quantile(ms, 2 * QUERIES, 0.5), "ms");
		snprintf(text, sizeof(text), "%s, p99", kinds[k].name);
		row(text, AT_MOST, 40, quantile(ms, 2 * QUERIES, 0.99), "ms");
		note("  of it the engine's own work, p50", quantile(worked, 2 * QUERIES, 0.5), "ms");
		note("  of it the engine's own work, p99", quantile(worked, 2 * QUERIES, 0.99), "ms");
	}
	for (int side = 0; side < 2; side++) {
		snprintf(text, sizeof(text), "recall@10, mean, %s", sides[side]);
		row(text, AT_LEAST, 0.97, sum[side], "");
	}
}

void
bench_people(const char *db)
{
	char made[600];
	int64_t first;
	FILE *f;

	names_load("tests/bench/names");
	count_bearers();
	snprintf(made, sizeof(made), "%s.first", db);
	f = fopen(made, "re");
	if (!f) {
		double from = now_ms();

		first = people_fill(db);
		note("filling the register", (now_ms() - from) / 1000, "s");
		f = fopen(made, "we");
		if (!f || fprintf(f, "%lld\n", (long long)first) < 0)
			die(made);
	} else if (fscanf(f, "%" SCNd64, &first) != 1) {
		die(made);
	}
	fclose(f);
	measure_finding(db, first, people_sizes(db));
}
