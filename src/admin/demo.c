/*
 * demo.c - layer 5: invents a training office: five years of people and
 * visits, the work of the last weeks, today's waiting room.  Called by
 * init.c.  The same seed at the same moment makes the same office.
 */
#include "demo_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin.h"
#include "rules_household.h"

#define PROGRESS_MS 1000

static const struct profile profiles[] = {
	/* for tests: everything there is, little of it */
	{ .size = 'T', .people = 400, .visits_a_day = 6, .open_cases = 90, .decided_a_day = 3,
	  .old_cases = 60, .old_notes = 2, .staff = 20, .waiting = 6,
	  .served = 12, .homes_in_100 = 100 },
	{ .size = 'S', .people = 6000, .visits_a_day = 60, .open_cases = 800, .decided_a_day = 12,
	  .old_cases = 3000, .old_notes = 4, .staff = 20, .waiting = 9,
	  .served = 20, .homes_in_100 = 100 },
	{ .size = 'M', .people = 25000, .visits_a_day = 240, .open_cases = 8000,
	  .decided_a_day = 100, .old_cases = 50000, .old_notes = 12, .staff = 90, .waiting = 14,
	  .served = 80, .homes_in_100 = 100 },
	{ .size = 'L', .people = 350000, .visits_a_day = 2000, .open_cases = 80000,
	  .decided_a_day = 600, .old_cases = 100000, .old_notes = 6, .staff = 800,
	  .waiting = 60, .served = 666, .homes_in_100 = 10 },
};

/* ---- helpers of the other files ---- */

enum status
demo_begin(struct demo *d, int64_t at, const struct staff *by)
{
	struct op *op = &d->op;

	arena_reset(op->mem);
	*op = (struct op){
		.mem = op->mem, .db = op->db, .lang = op->lang, .by = by,
		.now = at < d->now ? at : d->now,
	};
	op->today = clock_day(op->now);
	return db_begin_write(op);
}

enum status
demo_end(struct demo *d, const char *command)
{
	return db_commit(&d->op, &(struct event_head){ .command = command, .terminal = "demo" });
}

static bool
same_site(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static struct crew *
crew_find(struct demo *d, const char *unit, const char *site)
{
	struct crew *c = d->crews;

	for (; c < d->crews + d->n_crews; c++)
		if (strcmp(c->unit, unit) == 0 && same_site(c->site, site))
			return c;
	invariant(d->n_crews++ < (int)COUNT_OF(d->crews));
	*c = (struct crew){ .unit = unit, .site = site };
	c->list = arena_array(d->mem, const struct staff *, d->n_staff);
	for (size_t i = 0; i < d->n_staff; i++)
		if ((d->staff[i].role & ROLE_HANDS) && strcmp(d->staff[i].unit, unit) == 0 &&
		    (!site || strcmp(d->staff[i].site, site) == 0))
			c->list[c->n++] = d->staff + i;
	return c;
}

const struct staff *
demo_clerk(struct demo *d, const char *unit, const char *site)
{
	struct crew *c = crew_find(d, unit, site);

	/* a site without a crew is looked after by the others */
	if (c->n == 0)
		c = crew_find(d, unit, NULL);
	if (c->n == 0)
		bug("demo staff: nobody works in %s", unit);
	return c->list[dice_below(&d->dice, c->n)];
}

const struct demand *
demo_demand(struct demo *d, bool of_cases)
{
	int left = dice_below(&d->dice, of_cases ? d->case_weights : d->visit_weights);

	for (int i = 0; i < d->n_demand; i++) {
		left -= of_cases ? d->demand[i].cases : d->demand[i].visits;
		if (left < 0)
			return d->demand + i;
	}
	bug("weights of demand");
}

static int
words_had(const struct words *words, const struct trait *trait)
{
	int n = 0;

	for (int i = 0; i < words->n; i++) {
		size_t length = strlen(words->text[i]);

		for (const char *at = trait->words; (at = strstr(at, words->text[i])); at++)
			if (at[-1] == ' ' && at[length] == ' ') {
				n++;
				break;
			}
	}
	return n;
}

bool
demo_fits(const struct fit *fit, const struct trait *trait, int day)
{
	int age = age_on(trait->born, day);

	return (!*trait->born || (age >= fit->from && age <= fit->until)) &&
	    words_had(&fit->all, trait) == fit->all.n &&
	    (fit->any.n == 0 || words_had(&fit->any, trait) > 0) &&
	    words_had(&fit->none, trait) == 0;
}

int64_t
demo_who_wants(const struct demo *d, const struct demand *what, int64_t person, int day)
{
	int64_t busy = 0;

	for (int i = 0; i < d->people; i++) {
		int64_t id = 1 + (person - 1 + i) % d->people;

		if (!demo_fits(&what->who, &d->traits[id], day))
			continue;
		if (!d->traits[id].busy)
			return id;
		busy = busy ? busy : id;
	}
	return busy ? busy : person;
}

const char *
demo_site(struct demo *d)
{
	int turn = dice_below(&d->dice, 100);

	return turn < 72 ? "main" : turn < 87 ? "branch" : "branch2";
}

int64_t
demo_instant(int day, int minute)
{
	int64_t guess = (int64_t)day * 86400 + minute * 60 - 3600;
	char hhmm[6];

	clock_hhmm(guess, hhmm);
	/* in summer the clock stands an hour on */
	return guess - 60 * ((hhmm[0] - '0') * 600 + (hhmm[1] - '0') * 60 +
	    (hhmm[3] - '0') * 10 + hhmm[4] - '0' - minute);
}

bool
demo_working(const struct demo *d, int day)
{
	return working_day_after(day, 0, d->holidays, d->n_holidays) == day;
}

void
demo_scene(struct demo *d, int64_t at, int act, int subject)
{
	struct playbook *b = &d->book;

	if (b->n == b->size) {
		struct scene *scenes;

		b->size = b->size ? b->size * 2 : 4096;
		scenes = arena_array(d->mem, struct scene, (size_t)b->size);
		if (b->n)
			memcpy(scenes, b->scenes, (size_t)b->n * sizeof(*scenes));
		b->scenes = scenes;
	}
	b->scenes[b->n] = (struct scene){
		.at = at < d->now ? at : d->now, .order = b->n, .act = (short)act,
		.subject = subject,
	};
	b->n++;
}

/* ---- what the office has ---- */

static enum status
demand_read(struct demo *d, const char *folder)
{
	struct share *shares;
	struct op *op = &d->op;
	int n;

	TRY(shares_load(op, folder, &shares, &n));
	d->demand = arena_array(d->mem, struct demand, (size_t)n);
	for (int i = 0; i < n; i++) {
		struct demand *what = d->demand + d->n_demand++;
		struct unit unit;
		int version;

		TRY(store_service_find(op, shares[i].service, &what->service));
		if (!what->service.id)
			return op_fail(op, ST_INVALID,
			    _("town.conf names the service %s, which the catalogue does not have."),
			    shares[i].service);
		TRY(store_unit_find(op, what->service.unit, &unit));
		what->closed = unit.closed;
		what->cases = shares[i].cases;
		what->visits = shares[i].visits;
		what->who = shares[i].who;
		d->case_weights += what->cases;
		d->visit_weights += what->visits;
		if (what->service.form)
			TRY(form_load(op, what->service.form, 0, &what->form, &version));
	}
	return ST_OK;
}

static enum status
office_read(struct demo *d, const char *folder)
{
	struct origin *origins;
	char *demo = arena_printf(d->mem, "%s/demo", folder);
	int n;

	TRY(store_staff_list(&d->op, NULL, true, &d->staff, &d->n_staff));
	TRY(store_holidays(&d->op, d->first_day, &d->holidays, &d->n_holidays));
	TRY(town_load(&d->op, demo, &d->town));
	TRY(origins_load(&d->op, demo, &origins, &n));
	TRY(demand_read(d, demo));
	d->tree = people_new(d->mem, &d->dice, &d->town, origins, n, d->today);
	/* what was read so far lives on; each event has an arena of its own */
	d->op.mem = arena_new();
	return demo_hire(d, origins, n);
}

/* ---- playing ---- */

static int
by_time(const void *a, const void *b)
{
	const struct scene *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->order - y->order;
}

static enum status
play_until(struct demo *d, int64_t until)
{
	struct playbook *b = &d->book;

	for (; b->next < b->n && b->scenes[b->next].at <= until; b->next++) {
		const struct scene *scene = b->scenes + b->next;

		TRY(scene->act < ROOM_ACTS ? demo_play_case(d, scene) : demo_play_room(d, scene));
	}
	return ST_OK;
}

static void
progress(struct demo *d, int day, int64_t *told)
{
	char iso[11];

	if (clock_ticks() - *told < PROGRESS_MS)
		return;
	*told = clock_ticks();
	fprintf(stderr, _("%s: %d people, %d of %d acts"), day_iso(day, iso), d->people,
	        d->book.next, d->book.n);
	fputs(isatty(STDERR_FILENO) ? "\r" : "\n", stderr);
}

static enum status
play(struct demo *d)
{
	int64_t told = clock_ticks();

	for (int day = d->first_day; day <= d->today; day++) {
		TRY(demo_people_until(d, day));
		if (day == d->today)
			break;
		TRY(play_until(d, demo_instant(day, DAY_ENDS - 1)));
		TRY(demo_old_cases(d, day));
		TRY(demo_old_visits(d, day));
		TRY(homes_day(d, day));
		progress(d, day, &told);
	}
	TRY(play_until(d, d->now));
	return homes_today(d);
}

static enum status
generate(struct demo *d, const char *folder)
{
	TRY(office_read(d, folder));
	demo_plan_cases(d);
	demo_plan_room(d);
	qsort(d->book.scenes, (size_t)d->book.n, sizeof(struct scene), by_time);
	return play(d);
}

enum status
demo_generate(struct op *op, const char *folder, char size, uint64_t seed)
{
	struct demo *d = arena_make(op->mem, struct demo);
	enum status s;

	*d = (struct demo){
		.op = *op, .mem = op->mem, .dice = { .state = seed }, .now = op->now,
		.today = op->today, .first_day = op->today - DEMO_DAYS + 1, .size = profiles,
		.homes = homes_new(op->mem, seed),
	};
	while (d->size->size != size)
		d->size++;
	d->traits = arena_array(op->mem, struct trait, (size_t)d->size->people + 1);
	s = generate(d, folder);
	if (s != ST_OK) {
		db_rollback(&d->op);
		op->fail.sentence = arena_strdup(op->mem, d->op.fail.sentence);
	}
	if (d->op.mem != op->mem)
		arena_free(d->op.mem);
	return s;
}
