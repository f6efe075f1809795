/*
 * demo_history.c - layer 5: the past of a training office: people, finished
 * visits and closed cases, many in one event.  Called by demo.c, day by day.
 * Written through the store: five years of visits played out one act at a
 * time would take hours.
 */
#include "demo_office.h"

#include <string.h>

#include "text.h"

#define PEOPLE_AN_EVENT 100
#define VISITS_AN_EVENT 200
#define CASES_AN_EVENT 25
#define DEMANDS_TRIED 40
#define RECENT_DAYS 60           /* cases of these days are played, not written */

/* ---- people ---- */

/* Further names, how to reach them, where they live, what they speak. */
static void
parts_write(struct op *op, const struct invented *someone, struct person *p)
{
	for (int part = 0; part < PARTS; part++) {
		const struct invented_rows *rows = &someone->parts[part];
		struct person_part *list = arena_array(op->mem, struct person_part,
		    (size_t)rows->n + 1);

		for (int i = 0; i < rows->n; i++) {
			memcpy(list[i].value, rows->list[i].value, sizeof(list[i].value));
			list[i].plain = rows->list[i].plain;
			list[i].mark = rows->list[i].mark;
		}
		p->parts[part] = (struct part_rows){ list, (size_t)rows->n };
	}
}

/* All that is known of somebody without asking the file; what they hold comes later. */
static struct trait
trait_of(struct demo *d, const struct invented *p)
{
	bool partner = p->member == 1 || (p->member == 0 && p->left > 0);
	bool children = p->member >= 0 && p->member < 2 && p->left > 1 - p->member;
	bool german = strcmp(p->country, "DEU") == 0;
	const struct invented_rows *spoken = &p->parts[PART_LANGUAGE];

	for (int i = 1; i < spoken->n; i++)
		german |= strcmp(spoken->list[i].value[1], "fluent") == 0;

	return (struct trait){ .born = arena_strdup(d->mem, p->born), .entered = p->entered,
		.passport_ends = p->passport_ends, .adults = 1 + partner,
		.children = children ? p->left - 1 + p->member : 0,
		.words = arena_printf(d->op.mem, " %s %s %s%s%s%s%s%s ", p->sex, p->country,
		    p->camp ? "camp" : "flat", partner ? " partner" : "",
		    children ? " children" : "", p->member > 1 ? " child" : "",
		    p->parts[PART_DOCUMENT].n ? " passport" : "", german ? " fluent" : "") };
}

static enum status
person_write(struct demo *d)
{
	struct op *op = &d->op;
	struct invented *someone = people_next(d->tree, op->mem, op->today);
	struct trait *trait;
	struct person_name name = {
		.kind = "main", .family = someone->family, .given = someone->given,
		.script = "Latn",
	};
	struct person p = {
		.born = someone->born, .sex = someone->sex, .names = &name, .n_names = 1,
		.nationalities = &someone->country, .n_nationalities = 1,
		.lock_day = someone->lock_day, .lock_reason = someone->lock_reason,
	};

	p.display = text_upper(op->mem, name.family);
	if (name.given)
		p.display = arena_printf(op->mem, "%s, %s", p.display, name.given);
	parts_write(op, someone, &p);
	d->people++;
	TRY(store_person_add(op, &p));
	trait = &d->traits[d->people];
	*trait = trait_of(d, someone);
	TRY(demo_terms(d, &p, trait));
	return homes_member(d, someone, p.id, op->today);
}

static enum status
people_write(struct demo *d, int day, int n)
{
	int64_t at = demo_instant(day, 7 * 60 + 30);

	if (at > d->now)
		at = demo_instant(day, 0);
	TRY(demo_begin(d, at, demo_clerk(d, "front_office", NULL)));
	for (int i = 0; i < n; i++)
		TRY(person_write(d));
	return demo_end(d, "person.new");
}

/* A third was there from the start; the others came evenly since. */
enum status
demo_people_until(struct demo *d, int day)
{
	int64_t days = d->today - d->first_day + 1, gone = day - d->first_day + 1;
	int64_t base = d->size->people / 3;
	int due = (int)(base + (d->size->people - base) * gone / days);

	while (d->people < due) {
		int n = due - d->people;

		TRY(people_write(d, day, n < PEOPLE_AN_EVENT ? n : PEOPLE_AN_EVENT));
	}
	return ST_OK;
}

/* Somebody who comes, and for what: early on there is nobody yet for some of it. */
static int64_t
comer(struct demo *d, bool of_cases, int day, const struct demand **what)
{
	int64_t id = 0;

	for (int i = 0; i < DEMANDS_TRIED; i++) {
		*what = demo_demand(d, of_cases);
		id = demo_who_wants(d, *what, 1 + dice_below(&d->dice, d->people), day);
		if (demo_fits(&(*what)->who, &d->traits[id], day))
			break;
	}
	return id;
}

/* ---- visits ---- */

static const char *
outcome_pick(struct demo *d, const struct demand *what)
{
	if (dice_percent(&d->dice, 3))
		return "left";
	if (strcmp(what->service.lane, "counter") != 0 && dice_percent(&d->dice, 70))
		return "taken_in";
	return dice_percent(&d->dice, 15) ? "handed_out" : "done";
}

/* Arrival and end are all that was kept of it. */
static enum status
visit_write(struct demo *d, int day, const char *site)
{
	const struct demand *what;
	int64_t person = comer(d, false, day, &what);
	int minutes = what->service.target_minutes ? what->service.target_minutes : 10;
	struct op *op = &d->op;
	struct visit v = {
		.site = site, .day = day, .letter = what->service.letter,
		.person_id = person, .service_id = what->service.id, .lane = "normal",
		.state = VISIT_WAITING,
	};

	v.people = 1 + dice_early(&d->dice, 4);
	v.arrived_at = v.rank_at = demo_instant(day, 8 * 60 + dice_below(&d->dice, 450));
	op->now = v.arrived_at;
	op->by = demo_clerk(d, "front_office", site);
	TRY(store_visit_add(op, &v));
	v.called_at = v.started_at = v.arrived_at + 60 * dice_early(&d->dice, 55);
	v.finished_at = v.started_at + 60 * dice_between(&d->dice, minutes / 2 + 1, minutes * 2);
	v.state = VISIT_FINISHED;
	v.calls = 1;
	v.counter = op->by->counter;
	v.staff_id = op->by->id;
	v.outcome = outcome_pick(d, what);
	op->now = v.finished_at;
	return store_visit_save(op, &v);
}

enum status
demo_old_visits(struct demo *d, int day)
{
	int left = d->size->visits_a_day * dice_between(&d->dice, 80, 115) / 100;

	while (left > 0 && demo_working(d, day)) {
		int64_t end = demo_instant(day, DAY_ENDS);

		TRY(demo_begin(d, end, demo_clerk(d, "front_office", NULL)));
		for (int i = 0; i < VISITS_AN_EVENT && left > 0; i++, left--)
			TRY(visit_write(d, day, demo_site(d)));
		d->op.now = end;
		/* their history is in visit_step: no need for an index of the event */
		d->op.touched = NULL;
		TRY(demo_end(d, "visit.finish"));
	}
	return ST_OK;
}

/* ---- closed cases ---- */

/* The first on which somebody works, from day on; before today. */
static int
open_day(const struct demo *d, int day)
{
	while (day < d->today && !demo_working(d, day))
		day++;
	for (day = day < d->today ? day : d->today - 1; !demo_working(d, day);)
		day--;
	return day;
}

static enum status
old_case_write(struct demo *d, int day)
{
	const struct demand *what;
	int64_t person = comer(d, true, day, &what);
	struct op *op = &d->op;
	int64_t at = demo_instant(day, 8 * 60 + dice_below(&d->dice, 450));
	int target = what->service.target_days ? what->service.target_days : 5, note_day = day;
	int decided = open_day(d, day + dice_between(&d->dice, 1, target));
	struct case_file c = {
		.person_id = person, .service_id = what->service.id, .unit = what->service.unit,
		.state = CASE_CLOSED,
		.opened_at = at, .opened_day = day, .arrived_day = day, .due_day = day + target,
		.rank_day = day + target, .asked = 1, .wait_day = DAY_NONE,
		.result = RESULT_GRANTED,
		.decided_day = decided,
	};

	c.site = demo_site(d);
	if (!dice_percent(&d->dice, 85))
		c.result = RESULT_REFUSED;
	op->by = demo_clerk(d, c.unit, NULL);
	op->now = at;
	c.owner_id = op->by->id;
	if (c.result == RESULT_REFUSED)
		c.result_reason = words_pick(&d->town.refusals, &d->dice);
	TRY(store_case_add(op, &c));
	for (int i = 0; i < d->size->old_notes; i++) {
		int64_t id;

		note_day = open_day(d, note_day + dice_below(&d->dice, 3));
		op->now = demo_instant(note_day, 8 * 60 + dice_below(&d->dice, 480));
		TRY(store_note_add(op, c.id, words_pick(&d->town.notes, &d->dice), NOTE_TYPED,
		    &id));
	}
	return ST_OK;
}

/* Spread evenly over the days before the recent ones. */
enum status
demo_old_cases(struct demo *d, int day)
{
	int64_t days = d->today - RECENT_DAYS - d->first_day, gone = day - d->first_day;
	int left = (int)(d->size->old_cases * (gone + 1) / days - d->size->old_cases * gone / days);

	while (left > 0 && gone < days) {
		int64_t end = demo_instant(day, DAY_ENDS);

		TRY(demo_begin(d, end, demo_clerk(d, "front_office", NULL)));
		for (int i = 0; i < CASES_AN_EVENT && left > 0; i++, left--)
			TRY(old_case_write(d, day));
		d->op.now = end;
		TRY(demo_end(d, "case.close"));
	}
	return ST_OK;
}
