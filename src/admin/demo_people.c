/*
 * demo_people.c - layer 5: invents people, a household at a time: names of
 * their origin in the spellings that offices meet, birth dates known only in
 * part, single names, 1 January, the same name and date twice.  Called by
 * demo.c; never touches the store.
 */
#include "demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMEMBERED 64

struct household {
	const struct origin *origin;
	int left;                /* members still to come */
	int member;              /* 0: the first adult */
	const char *country, *language, *street, *postcode, *city, *phone, *phone_plain;
	const struct spelt *family, *father;
	bool camp, male;         /* male: its first adult */
	int first_born;          /* day */
	int entered;             /* all of them on one day, or born later */
	char twin[11];           /* birth date of the last child */
	int births[8], n_births; /* of the children so far */
};

struct family_tree {
	struct dice *dice;
	struct dice papers;      /* for what people hold */
	const struct town *town;
	const struct origin *origins;
	int n, weights, today, day; /* day: on which somebody is recorded */
	struct arena *mem;       /* of what outlives a household */
	struct household home;
	struct invented seen[REMEMBERED]; /* of whom a double may come */
	int n_seen;
};

struct family_tree *
people_new(struct arena *mem, struct dice *dice, const struct town *town,
           const struct origin *origins, int n, int today)
{
	struct family_tree *t = arena_make(mem, struct family_tree);

	*t = (struct family_tree){
		.papers = { dice->state + 1 }, .dice = dice, .town = town, .origins = origins,
		.n = n, .today = today, .mem = mem,
	};
	for (int i = 0; i < n; i++)
		t->weights += origins[i].weight;
	invariant(t->weights > 0);
	return t;
}

/* Of those from where people came by that day. */
static const struct origin *
origin_pick(struct family_tree *t)
{
	const struct origin *o = NULL;

	while (!o || t->day < o->since) {
		int left = dice_below(t->dice, t->weights);

		for (o = t->origins; (left -= o->weight) >= 0;)
			o++;
	}
	return o;
}

static const struct spelt *
spelt_pick(struct family_tree *t, const struct names *names)
{
	return names->list + dice_below(t->dice, names->n);
}

/* The spelling of the paper: mostly the usual one. */
static const char *
latin(struct family_tree *t, const struct spelt *s)
{
	if (s->n == 1 || dice_percent(t->dice, 65))
		return s->latin[0];
	return s->latin[1 + dice_below(t->dice, s->n - 1)];
}

/* ---- households ---- */

/* true: shared accommodation. */
static bool
address_invent(struct family_tree *t, const char **street, const char **postcode,
               const char **city)
{
	const char *town = words_pick(&t->town->towns, t->dice), *name, *letter;
	bool camp = dice_percent(t->dice, 20);
	int number, home = 0;

	/* each of these lies in one town */
	if (camp) {
		home = dice_below(t->dice, t->town->homes.n);
		town = t->town->towns.text[home % t->town->towns.n];
	}
	invariant(strchr(town, ' '));
	*city = strchr(town, ' ') + 1;
	*postcode = arena_strndup(t->mem, town, (size_t)(*city - town) - 1);
	if (camp) {
		*street = t->town->homes.text[home];
		return true;
	}
	name = words_pick(&t->town->streets, t->dice);
	number = dice_between(t->dice, 1, 140);
	letter = dice_percent(t->dice, 12) ? "a" : "";
	*street = arena_printf(t->mem, "%s %d%s", name, number, letter);
	return false;
}

static const char *
phone_invent(struct family_tree *t)
{
	const char *pattern = words_pick(&t->town->phones, t->dice);
	char *phone = arena_strdup(t->mem, pattern), *at = strstr(phone, "##");
	int digits = dice_below(t->dice, 100);

	if (at) {
		at[0] = (char)('0' + digits / 10);
		at[1] = (char)('0' + digits % 10);
	}
	return phone;
}

static void
household_invent(struct family_tree *t)
{
	struct household *h = &t->home;
	const struct origin *o = origin_pick(t);
	const char *from = words_pick(&o->from, t->dice);
	const char *blank = strchr(from, ' ');
	int most;

	*h = (struct household){ .origin = o, .left = 1 };
	if (dice_percent(t->dice, 40))
		h->left += dice_between(t->dice, 1, 5);
	h->country = arena_strndup(t->mem, from, blank ? (size_t)(blank - from) : strlen(from));
	h->language = blank ? blank + 1 : NULL;
	h->camp = address_invent(t, &h->street, &h->postcode, &h->city);
	h->phone = dice_percent(t->dice, 65) ? phone_invent(t) : NULL;
	h->phone_plain = h->phone ? contact_plain(t->mem, "phone", h->phone) : NULL;
	if (o->family.n)
		h->family = spelt_pick(t, &o->family);
	h->father = spelt_pick(t, &o->male);
	h->first_born = t->day - dice_between(t->dice, 19 * 365, 19 * 365 + 50 * 365);
	if (h->left > 1)
		h->first_born = t->day - dice_between(t->dice, 24 * 365, 52 * 365);
	/* both adults, and a child every other year */
	most = 2 + ((t->day - h->first_born) / 365 - 22) / 2;
	h->left = h->left < most ? h->left : most;
	h->entered = t->day - dice_early(t->dice, 11 * 365);
	if (h->entered < o->since)
		h->entered = o->since + dice_below(t->dice, t->day - o->since + 1);
	if (h->entered < h->first_born)
		h->entered = h->first_born;
}

/* ---- birth dates ---- */

#define APART 330                /* days at least, unless they are twins */

static bool
is_apart(const struct household *h, int born)
{
	for (int i = 0; i < h->n_births; i++)
		if (abs(h->births[i] - born) < APART)
			return false;
	return true;
}

static int
child_born(struct family_tree *t)
{
	struct household *h = &t->home;
	int born = h->first_born + dice_between(t->dice, 23 * 365, 35 * 365);

	if (born < t->day)
		return born;
	/* parents of 24 have none of ten */
	born = (t->day - h->first_born) / 365 - 22;
	return t->day - dice_below(t->dice, 365 * born);
}

static int
birth_day(struct family_tree *t)
{
	struct household *h = &t->home;
	int born;

	if (h->member == 0)
		return h->first_born;
	if (h->member == 1)
		return h->first_born + dice_between(t->dice, -1400, 1400);
	born = child_born(t);
	for (int i = 0; i < 20 && !is_apart(h, born); i++)
		born = child_born(t);
	h->births[h->n_births++ % (int)COUNT_OF(h->births)] = born;
	return born;
}

/* As exact as papers tell it. */
static void
birth_write(struct family_tree *t, char born[static 11])
{
	int year, month, day;

	if (t->home.member > 2 && t->home.twin[0] && dice_percent(t->dice, 4)) {
		memcpy(born, t->home.twin, 11);
		return;
	}
	day_to_ymd(birth_day(t), &year, &month, &day);
	if (dice_percent(t->dice, t->home.origin->new_year))
		month = day = 1;
	day_iso(day_from_ymd(year, month, day), born);
	if (dice_percent(t->dice, 3))
		born[dice_percent(t->dice, 60) ? 4 : 7] = '\0';
	if (t->home.member > 1)
		memcpy(t->home.twin, born, 11);
}

/* ---- names ---- */

struct invented_row *
invented_add(struct invented *p, enum part part)
{
	struct invented_rows *rows = &p->parts[part];

	invariant(rows->n < INVENTED_ROWS_MAX);
	return &rows->list[rows->n++];
}

/* As it stands in a paper of their own country. */
static void
spelling_add(struct invented *p, const char *family, const char *given, const char *script)
{
	*invented_add(p, PART_NAME) = (struct invented_row){
		.value = { "spelling", family, given, script, "Heimatpass" },
	};
}

/* No family name: a given name, the father's, often the grandfather's. */
static void
name_by_fathers(struct family_tree *t, struct arena *mem, const struct spelt *given,
                struct invented *p)
{
	const struct origin *o = t->home.origin;
	const struct spelt *father = t->home.member > 1 ? t->home.father : spelt_pick(t, &o->male);
	const struct spelt *grandfather = spelt_pick(t, &o->male);
	const char *of = latin(t, father), *self = latin(t, given);

	if (grandfather != father && dice_percent(t->dice, 55))
		of = arena_printf(mem, "%s %s", of, latin(t, grandfather));
	/* nobody could tell which part is which: all of it is the family name */
	if (dice_percent(t->dice, 3))
		p->family = arena_printf(mem, "%s %s", self, of);
	else
		p->family = of;
	if (p->family == of)
		p->given = self;
	if (given->own && father->own && dice_percent(t->dice, 30))
		spelling_add(p, father->own, given->own, o->script);
}

static const char *
with_ending(struct family_tree *t, const struct invented *p, const char *family)
{
	const char *ending = t->home.origin->feminine;

	return ending && strcmp(p->sex, "f") == 0 ? arena_printf(t->mem, "%s%s", family, ending)
	    : family;
}

static void
name_by_family(struct family_tree *t, const struct spelt *given, struct invented *p)
{
	const struct origin *o = t->home.origin;
	const struct spelt *family = t->home.family;
	bool single = dice_percent(t->dice, o->order == ORDER_SINGLE ? 14 : 0);

	/* a spouse mostly keeps her own family name */
	if (t->home.member == 1 && dice_percent(t->dice, 60))
		family = spelt_pick(t, &o->family);
	if (single) {
		p->family = latin(t, given);
		return;
	}
	p->family = with_ending(t, p, latin(t, family));
	p->given = latin(t, given);
	if (o->feminine)
		return;
	if (given->own && family->own && dice_percent(t->dice, 30))
		spelling_add(p, family->own, given->own, o->script);
	if ((given->n > 1 || family->n > 1) && dice_percent(t->dice, 10))
		spelling_add(p, family->latin[family->n - 1], given->latin[given->n - 1], "Latn");
}

/* ---- people ---- */

static const char *
sex_pick(struct family_tree *t, bool male)
{
	if (dice_below(t->dice, 400) == 0)
		return dice_percent(t->dice, 50) ? "d" : "x";
	return male ? "m" : "f";
}

/* Somebody met before under the same name and date: another file. */
static bool
double_invent(struct family_tree *t, struct invented *p)
{
	if (t->n_seen < REMEMBERED || dice_below(t->dice, 150) != 0)
		return false;
	*p = t->seen[dice_below(t->dice, REMEMBERED)];
	if (dice_percent(t->dice, 50)) {
		const char **to = p->parts[PART_ADDRESS].list[0].value;

		p->camp = address_invent(t, &to[0], &to[1], &to[2]);
	}
	p->member = -1;
	return true;
}

static void
remember(struct family_tree *t, const struct invented *p)
{
	struct invented *slot = t->seen + t->n_seen % REMEMBERED;

	if (t->n_seen >= REMEMBERED && !dice_percent(t->dice, 2))
		return;
	*slot = *p;
	slot->family = arena_strdup(t->mem, p->family);
	slot->given = p->given ? arena_strdup(t->mem, p->given) : NULL;
	t->n_seen++;
}

/* How to talk with them, where they live, how to reach them. */
static void
parts_invent(struct family_tree *t, struct invented *p)
{
	struct household *h = &t->home;

	if (dice_percent(t->dice, 96) && h->language)
		*invented_add(p, PART_LANGUAGE) = (struct invented_row){
			.value = { h->language }, .mark = true,
		};
	*invented_add(p, PART_ADDRESS) = (struct invented_row){
		.value = { h->street, h->postcode, h->city },
	};
	if (h->member < 2 && h->phone)
		*invented_add(p, PART_CONTACT) = (struct invented_row){
			.value = { "phone", h->phone }, .plain = h->phone_plain,
		};
}

/* Whoever was born here has come on that day. */
static int
entry_of(const struct household *h, const char *born)
{
	int birth;

	return day_parse(born, &birth) && birth > h->entered ? birth : h->entered;
}

struct invented *
people_next(struct family_tree *t, struct arena *mem, int day)
{
	struct invented *p = arena_make(mem, struct invented);
	struct household *h = &t->home;
	const struct spelt *given;
	bool male;

	t->day = day;
	if (h->left == 0)
		household_invent(t);
	if (double_invent(t, p))
		return p;
	male = h->member == 1 ? h->male == dice_percent(t->dice, 3) : dice_percent(t->dice, 58);
	if (h->member == 0)
		h->male = male;
	birth_write(t, p->born);
	p->camp = h->camp;
	p->entered = entry_of(h, p->born);
	p->sex = sex_pick(t, male);
	p->country = h->country;
	parts_invent(t, p);
	given = spelt_pick(t, male ? &h->origin->male : &h->origin->female);
	if (h->origin->order == ORDER_FATHERS)
		name_by_fathers(t, mem, given, p);
	else
		name_by_family(t, given, p);
	remember(t, p);
	p->member = h->member++;
	p->left = --h->left;
	/* not remembered: a second file of somebody begins without numbers */
	papers_invent(&t->papers, mem, p, day, t->today);
	return p;
}
