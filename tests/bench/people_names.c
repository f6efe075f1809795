/*
 * people_names.c - invented people with real names: groups of spellings, some
 * far more frequent than others, put together as each origin does.
 */
#include "people.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define GROUPS_MAX 1000

static struct origin {
	const char *file;
	int share;               /* of a hundred people */
	int middle;              /* of a hundred: have a second given name */
	struct group groups[GROUPS_MAX];
	int n;
} origins[] = {
	{ .file = "arabic", .share = 30, .middle = 50 },
	{ .file = "persian", .share = 20, .middle = 35 },
	{ .file = "turkish", .share = 12, .middle = 30 },
	{ .file = "slavic", .share = 15, .middle = 15 },
	{ .file = "horn", .share = 10, .middle = 70 },
	{ .file = "westafrica", .share = 10, .middle = 70 },
	{ .file = "european", .share = 3, .middle = 40 },
};

uint32_t
roll(uint64_t *dice, uint32_t below)
{
	*dice ^= *dice >> 12;
	*dice ^= *dice << 25;
	*dice ^= *dice >> 27;
	return (uint32_t)((*dice * 0x2545F4914F6CDD1D) >> 33) % below;
}

static unsigned
hash(const char *text)
{
	unsigned h = 2166136261u;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h >> 7;
}

/* "Abd al Rahman" is one spelling: blanks of a name are written as _. */
static void
add_group(struct origin *o, char *line)
{
	struct group *g = &o->groups[o->n];
	char *save = NULL, *kind = strtok_r(line, " \n", &save), *weight;

	if (!kind || *kind == '#' || o->n == GROUPS_MAX)
		return;
	weight = strtok_r(NULL, " \n", &save);
	*g = (struct group){ .kind = *kind, .weight = atoi(weight) };
	for (char *s = strtok_r(NULL, " \n", &save); s; s = strtok_r(NULL, " \n", &save))
		if (*s == '@')
			g->script = strdup(s + 1);
		else if (g->n < 12)
			g->spelling[g->n++] = strdup(s);
	g->held_out = hash(g->spelling[0]) & 1;
	o->n++;
}

void
names_load(const char *folder)
{
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++) {
		char path[512], line[1024];
		FILE *f;

		snprintf(path, sizeof(path), "%s/%s.tsv", folder, origins[i].file);
		f = fopen(path, "re");
		if (!f)
			die(path);
		while (fgets(line, sizeof(line), f))
			add_group(&origins[i], line);
		fclose(f);
	}
}

static const struct group *
pick(uint64_t *dice, const struct origin *o, const char *kinds)
{
	uint32_t all = 0, at;

	for (int i = 0; i < o->n; i++)
		if (strchr(kinds, o->groups[i].kind))
			all += (uint32_t)o->groups[i].weight;
	if (!all)
		return NULL;
	at = roll(dice, all);
	for (int i = 0; i < o->n; i++) {
		if (!strchr(kinds, o->groups[i].kind))
			continue;
		if (at < (uint32_t)o->groups[i].weight)
			return &o->groups[i];
		at -= (uint32_t)o->groups[i].weight;
	}
	return NULL;
}

/* The first spelling is the usual one. */
static int
pick_spelling(uint64_t *dice, const struct group *g)
{
	return roll(dice, 2) ? 0 : (int)roll(dice, (uint32_t)g->n);
}

static struct bit
make_part(uint64_t *dice, const struct origin *o, const char *kinds, int composed)
{
	struct bit p = { .group = pick(dice, o, kinds) };

	if (!p.group)
		p.group = pick(dice, o, "gb");
	p.spelling = pick_spelling(dice, p.group);
	if (composed && (p.end = pick(dice, o, "x")))
		p.end_spelling = pick_spelling(dice, p.end);
	return p;
}

/* One in eight has no more than a year, or 1 January for want of a date. */
static void
make_birth(uint64_t *dice, struct citizen *c)
{
	c->year = 1940 + (int)roll(dice, 83);
	c->month = 1 + (int)roll(dice, 12);
	c->day = 1 + (int)roll(dice, 28);
	switch (roll(dice, 16)) {
	case 0:
		snprintf(c->born, sizeof(c->born), "%04d", c->year % 10000);
		break;
	case 1:
		snprintf(c->born, sizeof(c->born), "%04d-01-01", c->year % 10000);
		break;
	default:
		snprintf(c->born, sizeof(c->born), "%04d-%02d-%02d", c->year % 10000,
		    c->month % 100, c->day % 100);
	}
}

void
citizen_make(uint32_t i, struct citizen *c)
{
	uint64_t dice = (i + 1) * 0x9E3779B97F4A7C15u;
	const struct origin *o = origins;
	int at;

	for (int warm = 0; warm < 4; warm++)
		roll(&dice, 2);
	at = (int)roll(&dice, 100);
	for (; at >= o->share; o++)
		at -= o->share;
	*c = (struct citizen){ .n = 0 };
	/* two in five families bear a name made of another and an end */
	if (roll(&dice, 5) < 2)
		c->parts[c->n++] = make_part(&dice, o, "gb", 1);
	else
		c->parts[c->n++] = make_part(&dice, o, "fb", 0);
	c->parts[c->n++] = make_part(&dice, o, "gb", 0);
	if ((int)roll(&dice, 100) < o->middle)
		c->parts[c->n++] = make_part(&dice, o, "gb", 0);
	make_birth(&dice, c);
}

void
part_text(const struct bit *p, char *to, size_t size)
{
	snprintf(to, size, "%s%s", p->group->spelling[p->spelling % p->group->n],
	    p->end ? p->end->spelling[p->end_spelling % p->end->n] : "");
}
