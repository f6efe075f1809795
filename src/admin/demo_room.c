/*
 * demo_room.c - layer 5: today at the counters: who came, who was served, who
 * waits now.  Colleagues beside the fixed logins serve, so that whoever sits
 * down as front1 finds a full waiting room and a free desk.  Played through
 * service/, like demo_cases.c.
 */
#include "demo_office.h"

#include <string.h>

#define FIXED_DESKS 3            /* front1 to front3 are left free */
/* Seconds: within them somebody is called and has sat down.  Just after opening
 * not all calls of a usual day have happened yet. */
#define SHORTEST_CALL 240

/* A colleague at a counter and whom they have. */
struct desk {
	const struct staff *by;
	int64_t visit;           /* 0: nobody */
};

enum act { ACT_ARRIVE = ROOM_ACTS, ACT_CALL, ACT_START, ACT_PARK, ACT_ABSENT, ACT_FINISH };

/* ---- the plan ---- */

/* Desks of a site, but those of the fixed logins; returns how many. */
static int
desks_open(struct demo *d, const char *site, int first)
{
	int n = 0, fixed = 0;

	for (size_t i = 0; i < d->n_staff; i++) {
		const struct staff *s = d->staff + i;

		if (s->role != ROLE_COUNTER || strcmp(s->site, site) != 0)
			continue;
		if (fixed++ < (strcmp(site, "main") == 0 ? FIXED_DESKS : 1) &&
		    strcmp(site, "branch2") != 0)
			continue;
		d->desks[first + n++] = (struct desk){ .by = s };
	}
	return n;
}

/* Opening today, or a few hours ago when somebody practises at night. */
static int64_t
day_begins(struct demo *d)
{
	int64_t midnight = demo_instant(d->today, 0), opening = midnight + 8 * 3600;

	if (d->now > opening && d->now < midnight + 17 * 3600)
		return opening;
	return d->now - 4 * 3600 > midnight ? d->now - 4 * 3600 : midnight;
}

/* One call at a desk that calls again after gap seconds; 0: it is the last
 * one, and still there. */
static void
plan_call(struct demo *d, int64_t at, int desk, int64_t gap)
{
	int turn = dice_below(&d->dice, 12);
	int64_t stay = 60 * dice_between(&d->dice, 4, 14);

	demo_scene(d, at, ACT_CALL, desk);
	if (turn == 0) {
		demo_scene(d, at + 60, ACT_ABSENT, desk);
		return;
	}
	demo_scene(d, at + 40, ACT_START, desk);
	if (turn == 1)
		demo_scene(d, at + 90, ACT_PARK, desk);
	else if (gap > 0)
		demo_scene(d, at + (stay < gap ? stay : gap - 1), ACT_FINISH, desk);
}

static void
plan_site(struct demo *d, const char *site, int waiting, int calls, int site_index)
{
	int first = d->n_desks, desks = desks_open(d, site, first);
	int64_t begin = day_begins(d), span = d->now - 120 - begin;
	int64_t most = span > 0 ? span * desks / SHORTEST_CALL : 0, gap;

	d->n_desks += desks;
	calls = calls < most ? calls : (int)most;
	gap = calls > 0 ? span * desks / calls : 0;
	for (int i = 0; desks > 0 && span > 0 && i < calls; i++) {
		int64_t at = begin + span * (i + 1) / calls;
		int64_t came = at - 60 * dice_between(&d->dice, 1, 25);

		demo_scene(d, came > begin ? came : begin, ACT_ARRIVE, site_index);
		plan_call(d, at, first + i % desks, i + desks < calls ? gap : 0);
	}
	for (int i = 0; i < waiting; i++) {
		int64_t came = d->now - 60 * dice_below(&d->dice, 39) - 30;

		demo_scene(d, came > begin ? came : begin, ACT_ARRIVE, site_index);
	}
}

static const struct { const char *code; int share; } sites[] = {
	{ "main", 100 }, { "branch", 25 }, { "branch2", 20 },
};

void
demo_plan_room(struct demo *d)
{
	d->desks = arena_array(d->mem, struct desk, d->n_staff);
	for (size_t i = 0; i < COUNT_OF(sites); i++)
		plan_site(d, sites[i].code, d->size->waiting * sites[i].share / 100,
		          d->size->served * sites[i].share / 145, (int)i);
}

/* ---- acts ---- */

static enum status
language_of(struct demo *d, int64_t person, const char **language)
{
	struct person p;

	TRY(store_person_find(&d->op, person, &p));
	*language = p.language && strcmp(p.language, "de") != 0 ? p.language : NULL;
	return ST_OK;
}

static void
lane_pick(struct demo *d, struct visit_wish *wish)
{
	const char *urgent = words_pick(&d->town.urgent, &d->dice);
	const char *blank = strchr(urgent, ' ');

	if (!blank || !dice_percent(&d->dice, 9))
		return;
	wish->lane = arena_strndup(d->op.mem, urgent, (size_t)(blank - urgent));
	wish->reason = blank + 1;
}

static enum status
act_arrive(struct demo *d)
{
	const struct demand *what = demo_demand(d, false);
	struct visit_wish wish = { .concern = what->service.code };
	int people = 1 + dice_early(&d->dice, 4);
	struct visit v;

	wish.people = &people;
	if (dice_percent(&d->dice, 8))
		wish.concern = words_pick(&d->town.concerns, &d->dice);
	if (dice_percent(&d->dice, 85))
		wish.person_id = demo_who_wants(d, what, 1 + dice_below(&d->dice, d->people),
		    d->today);
	if (dice_percent(&d->dice, 12))
		wish.note = words_pick(&d->town.notes, &d->dice);
	if (wish.person_id)
		TRY(language_of(d, wish.person_id, &wish.language));
	lane_pick(d, &wish);
	return visit_new(&d->op, &wish, &v);
}

static enum status
act_call(struct demo *d, struct desk *desk)
{
	struct visit v;
	enum status s = visit_next(&d->op, NULL, &v);

	if (s == ST_OK)
		desk->visit = v.id;
	return s;
}

static const char *const steps[] = {
	[ACT_START - ROOM_ACTS] = "visit.start", [ACT_PARK - ROOM_ACTS] = "visit.park",
	[ACT_ABSENT - ROOM_ACTS] = "visit.absent", [ACT_FINISH - ROOM_ACTS] = "visit.finish",
};

static enum status
act_step(struct demo *d, struct desk *desk, const char *command)
{
	static const char *const outcomes[] = { "done", "done", "taken_in", "handed_out" };
	const char *outcome = outcomes[dice_below(&d->dice, (int)COUNT_OF(outcomes))];
	struct visit v;

	TRY(visit_step(&d->op, command, desk->visit, 0,
	               strcmp(command, "visit.finish") == 0 ? outcome : NULL, &v));
	if (strcmp(command, "visit.start") != 0)
		desk->visit = 0;
	return ST_OK;
}

enum status
demo_play_room(struct demo *d, const struct scene *scene)
{
	struct desk *desk = d->desks + scene->subject;
	const char *command;

	if (scene->act == ACT_ARRIVE) {
		TRY(demo_begin(d, scene->at,
		               demo_clerk(d, "front_office", sites[scene->subject].code)));
		TRY(act_arrive(d));
		return demo_end(d, "visit.new");
	}
	if (scene->act != ACT_CALL && !desk->visit)
		return ST_OK;
	command = scene->act == ACT_CALL ? "visit.next" : steps[scene->act - ROOM_ACTS];
	TRY(demo_begin(d, scene->at, desk->by));
	if (scene->act == ACT_CALL)
		TRY(act_call(d, desk));
	else
		TRY(act_step(d, desk, command));
	return demo_end(d, command);
}
