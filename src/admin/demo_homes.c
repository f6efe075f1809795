/*
 * demo_homes.c - layer 5: who lives with whom in a training office, and the
 * births, moves and separations of its last weeks, which leave tasks open.
 * Called by demo_history.c and demo.c.  Has dice of its own: what else is
 * invented does not depend on it.
 */
#include "demo_office.h"

#include <string.h>

#include "service_household.h"

#define MEMBERS_MAX 8
#define KEPT 512                 /* families that something may happen to */

struct family {
	int64_t home, head, second;
	int64_t mother;          /* 0: no woman of an age to have children */
	const char *name, *given, *country; /* given name of her */
};

struct demo_homes {
	struct dice dice;
	struct stay stays[MEMBERS_MAX];
	int n;                   /* members of the household being collected */
	int64_t mother;
	const char *name, *given;
	struct family kept[KEPT];
	int n_kept, next;
};

struct demo_homes *
homes_new(struct arena *mem, uint64_t seed)
{
	struct demo_homes *h = arena_make(mem, struct demo_homes);

	h->dice.state = seed ^ 0x686f6d6573; /* any other sequence */
	return h;
}

/* ---- households as people come ---- */

static enum member_role
role_of(struct demo_homes *h, const struct invented *someone, int day)
{
	if (someone->member == 0)
		return MEMBER_HEAD;
	if (someone->member == 1)
		return dice_percent(&h->dice, 85) ? MEMBER_SPOUSE : MEMBER_PARTNER;
	return age_on(someone->born, day) < 25 ? MEMBER_CHILD : MEMBER_OTHER;
}

/* From the day they are recorded, or born if that is later. */
static int
first_day(const char *born, int day)
{
	char whole[11] = "0000-01-01";
	int birth;

	memcpy(whole, born, strlen(born));
	return day_parse(whole, &birth) && birth > day ? birth : day;
}

static enum dwelling_kind
kind_of(struct demo *d, const char *street)
{
	for (int i = 0; i < d->town.homes.n; i++)
		if (strcmp(d->town.homes.text[i], street) == 0)
			return i % 4 == 0 ? DWELLING_RECEPTION : DWELLING_SHARED;
	return DWELLING_FLAT;
}

static enum status
home_write(struct demo *d, const struct invented *someone)
{
	struct demo_homes *h = d->homes;
	int day = h->stays[0].from;
	const char *const *address = someone->parts[PART_ADDRESS].list[0].value;
	struct dwelling dwelling = { .kind = kind_of(d, address[0]), .street = address[0],
	    .postcode = address[1], .city = address[2], .from = day, .until = DAY_NONE,
	    .mark = ROW_NEW };
	struct home home = { .from = day, .until = DAY_NONE, .mark = ROW_NEW, .stays = h->stays,
	    .n_stays = (size_t)h->n, .dwellings = &dwelling, .n_dwellings = 1 };

	TRY(store_home_save(&d->op, &home));
	h->kept[h->next] = (struct family){ .home = home.id, .head = h->stays[0].person_id,
	    .second = h->stays[1].person_id, .mother = h->mother, .name = h->name, .given = h->given,
	    .country = arena_strdup(d->mem, someone->country) };
	h->next = (h->next + 1) % KEPT;
	h->n_kept += h->n_kept < KEPT;
	return ST_OK;
}

/* By the end of the story, in which births are told. */
static bool
may_bear(const struct demo *d, const struct invented *someone)
{
	int age = age_on(someone->born, d->today);

	return strcmp(someone->sex, "f") == 0 && age >= 19 && age <= 42;
}

enum status
homes_member(struct demo *d, const struct invented *someone, int64_t person, int day)
{
	struct demo_homes *h = d->homes;

	if (someone->member < 0)
		return ST_OK; /* another record of somebody: lives nowhere */
	if (someone->member == 0)
		h->n = 0;
	if (h->n == someone->member && h->n < MEMBERS_MAX)
		h->stays[h->n++] = (struct stay){ .person_id = person,
		    .role = role_of(h, someone, day), .need_head = someone->member == 0,
		    .from = first_day(someone->born, day), .until = DAY_NONE, .mark = ROW_NEW };
	if (someone->member == 0) {
		h->name = arena_strdup(d->mem, someone->family);
		h->mother = 0;
	}
	if (someone->member < 2 && may_bear(d, someone)) {
		h->given = arena_strdup(d->mem, someone->given ? someone->given : someone->family);
		h->mother = person;
	}
	if (someone->left > 0 || h->n < 2 || !dice_percent(&h->dice, d->size->homes_in_100))
		return ST_OK;
	return home_write(d, someone);
}

/* ---- what happened to them ---- */

static const char *
day_text(struct op *op, int day)
{
	char iso[11];

	return arena_strdup(op->mem, day_iso(day, iso));
}

/* What the house would refuse did not happen: a family that changed already. */
static enum status
happen(struct demo *d, int64_t at, const struct household_wish *wish, const char *command)
{
	struct household_change *c;
	enum status s;

	TRY(demo_begin(d, at, demo_clerk(d, "front_office", NULL)));
	c = arena_make(d->op.mem, struct household_change);
	s = household_prepare(&d->op, wish, c);
	if (s == ST_INVALID || s == ST_CONFLICT) {
		db_rollback(&d->op);
		return ST_OK;
	}
	TRY(s);
	TRY(household_carry_out(&d->op, c));
	return demo_end(d, command);
}

static const struct family *
any_family(struct demo_homes *h)
{
	return &h->kept[dice_below(&h->dice, h->n_kept)];
}

/* NULL: in none of them a child is born. */
static const struct family *
any_with_mother(struct demo_homes *h)
{
	int from = dice_below(&h->dice, h->n_kept);

	for (int i = 0; i < h->n_kept; i++) {
		const struct family *f = &h->kept[(from + i) % h->n_kept];

		if (f->mother)
			return f;
	}
	return NULL;
}

static enum status
move(struct demo *d, int day)
{
	struct demo_homes *h = d->homes;
	const struct family *f = any_family(h);
	bool part = dice_percent(&h->dice, 25);
	const char *street = words_pick(&d->town.streets, &h->dice);
	struct household_wish wish = { .act = part ? ACT_SEPARATION : ACT_MOVE, .id = f->home,
	    .people = &f->second, .n_people = part, .kind = "flat", .postcode = "50999",
	    .city = "Musterstadt", .day = day - dice_below(&h->dice, 6) };

	wish.street = arena_printf(d->mem, "%s %d", street, dice_between(&h->dice, 1, 140));
	return happen(d, demo_instant(day, DAY_ENDS), &wish,
	    part ? "household.separate" : "household.move");
}

static enum status
birth(struct demo *d)
{
	struct demo_homes *h = d->homes;
	const struct family *f = any_with_mother(h), *other = any_with_mother(h);
	struct person_wish child = { .sex = "f" };
	struct household_wish wish = { .act = ACT_BIRTH, .child = &child, .day = DAY_NONE,
	    .reason = "Geburtsurkunde" };

	if (!f)
		return ST_OK;
	child.family = f->name;
	child.given = f->given;
	child.nationality = f->country;
	wish.id = f->home;
	wish.mother = f->mother;
	/* not after her mother, if somebody else of that country has a name */
	if (strcmp(other->country, f->country) == 0)
		child.given = other->given;
	child.born = arena_strdup(d->mem, day_text(&d->op, d->today -
	    dice_between(&h->dice, 2, 20)));
	return happen(d, d->now, &wish, "household.birth");
}

enum status
homes_day(struct demo *d, int day)
{
	int n = d->size->people / 6000 + 1;

	if (d->homes->n_kept == 0 || !demo_working(d, day) || day < d->today - 20)
		return ST_OK;
	for (int i = 0; i < n; i++)
		TRY(move(d, day));
	return ST_OK;
}

/* What was due is done, but for some of it. */
static enum status
settle(struct demo *d, const char *unit)
{
	struct task_wish wish = { .unit = unit, .limit = 500 };
	struct task *list;
	size_t n;

	TRY(demo_begin(d, d->now, demo_clerk(d, unit, NULL)));
	TRY(task_list(&d->op, &wish, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].due_day < d->today - dice_below(&d->homes->dice, 4))
			TRY(task_settle(&d->op, "task.done", list[i].id, 0, NULL, &list[i]));
	return demo_end(d, "task.done");
}

enum status
homes_today(struct demo *d)
{
	int n = d->size->people / 2000 + 2;
	const char *codes[100];  /* as many as the list has at most */
	struct unit *units;
	size_t n_units;

	for (int i = 0; i < n && d->homes->n_kept > 0; i++)
		TRY(birth(d));
	/* each event forgets what was read before it */
	TRY(store_unit_list(&d->op, &units, &n_units));
	for (size_t i = 0; i < n_units; i++)
		codes[i] = units[i].figures_only ? NULL : arena_strdup(d->mem, units[i].code);
	for (size_t i = 0; i < n_units; i++)
		if (codes[i])
			TRY(settle(d, codes[i]));
	return ST_OK;
}
