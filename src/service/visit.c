/*
 * visit.c - layer 3: the counter: who has come, who is next, what became of
 * them.  Called by command/visit.c and service/console.c.
 */
#include <stdlib.h>
#include <string.h>

#include "guard.h"
#include "rules_rights.h"
#include "service_restriction.h"

#define NORMAL_LANE "normal"
#define PEOPLE_MAX 30

char *
visit_ticket(struct op *op, const struct visit *v)
{
	return arena_printf(op->mem, "%s%03d", v->letter, v->number);
}

static enum status
no_visit(struct op *op, int64_t id)
{
	return op_fail_field(op, ST_NOT_FOUND, "id",
	    _("There is no visit %lld here. Look at the waiting room again."), (long long)id);
}

const char *
visit_reader(struct op *op)
{
	const char *by = right_sight(op->command, "visit.list", op->by->role);
	unsigned open = right_reach(by, op->by->role, UNIT_OPEN);

	/* who has figures only has no list to compare them with */
	return !open || right_reach(by, op->by->role, UNIT_CLOSED) == open ? NULL : op->by->unit;
}

static struct room_view
own_room(struct op *op)
{
	return (struct room_view){ .site = op->by->site, .reader = visit_reader(op) };
}

static bool
in_sight(struct op *op, const struct visit *v)
{
	const char *reader = visit_reader(op);

	return !reader || !v->service_closed || strcmp(reader, v->service_unit) == 0;
}

void
visit_mask(struct op *op, struct visit *v)
{
	if (kept_person(op, v->person_id, NULL) == KEEP_ALL) {
		v->person_id = v->case_id = 0;
		v->person_name = v->person_born = v->note = NULL;
		v->person_locked = false;
	}
	if (kept_case(op, v->case_id, NULL) == KEEP_ALL)
		v->case_id = 0;
}

int64_t
visit_case(struct op *op, const struct visit *v)
{
	return v->case_closed && strcmp(op->by->unit, v->case_unit) != 0 ? 0 : v->case_id;
}

enum status
visit_show(struct op *op, int64_t id, struct visit *v)
{
	TRY(store_visit_find(op, id, v));
	return v->id && in_sight(op, v) ? ST_OK : no_visit(op, id);
}

/* ---- arriving ---- */

static enum status
check_people(struct op *op, const int *people)
{
	if (!people || (*people >= 1 && *people <= PEOPLE_MAX))
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "people",
	    _("The number of people must be between 1 and %d."), PEOPLE_MAX);
}

/* The service a concern names, or the words as they are. */
static enum status
set_concern(struct op *op, const char *concern, struct visit *v)
{
	struct service service;

	if (!*concern)
		return op_fail_field(op, ST_INVALID, "concern",
		    _("Say what the person wants: a service or a few words."));
	TRY(store_service_find(op, concern, &service));
	v->service_id = service.id;
	v->service_code = service.id ? service.code : NULL;
	v->service_name = service.name;
	v->letter = service.id ? service.letter : "A";
	v->concern = service.id ? NULL : concern;
	return ST_OK;
}

/* The rule decides the lane; a clerk's other choice needs a reason. */
static enum status
set_lane(struct op *op, const struct visit_wish *wish, struct visit *v)
{
	struct lane lane;

	TRY(store_lane_find(op, wish->lane ? wish->lane : NORMAL_LANE, &lane));
	TRY(clean_text(op, "reason", wish->reason, TEXT_LONG, false, &v->lane_reason));
	if (lane.bonus_minutes > 0 && !(v->lane_reason && *v->lane_reason))
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason for the lane %s; it is kept."), lane.name);
	v->lane = lane.code;
	v->lane_name = lane.name;
	v->bonus_minutes = lane.bonus_minutes;
	v->rank_at = visit_rank(v->arrived_at, lane.bonus_minutes);
	return ST_OK;
}

/* Words, or a matter of the front desk itself: handing in papers, a question. */
static enum status
is_for_the_desk(struct op *op, const struct visit *v, bool *is)
{
	struct service service;
	struct unit unit;

	*is = true;
	if (!v->service_id)
		return ST_OK;
	TRY(store_service_by_id(op, v->service_id, &service));
	TRY(store_unit_find(op, service.unit, &unit));
	*is = unit.front;
	return ST_OK;
}

/*
 * The case a visit is about without anybody saying so: an open one of the same
 * service; else, for whoever may only bring papers, the one that waits for some.
 * So a visit begins with what the person was asked to bring.  *same: of the
 * same service.
 */
static enum status
tie_to_case(struct op *op, struct visit *v, struct case_file *c, bool *same)
{
	int64_t id = 0;
	bool desk;

	*same = false;
	if (!v->person_id)
		return ST_OK;
	if (v->service_id)
		TRY(store_case_twin(op, v->person_id, v->service_id, &id));
	*same = id != 0;
	TRY(is_for_the_desk(op, v, &desk));
	if (!id && desk)
		TRY(store_case_lacking(op, v->person_id, &id));
	if (!id)
		return ST_OK;
	TRY(store_case_find(op, id, c));
	if (!v->case_id && case_sight_of(op, c) != SIGHT_NONE)
		v->case_id = id;
	return ST_OK;
}

/* Somebody who asks again for what is still open moves up in that queue. */
static enum status
fold_into_case(struct op *op, struct visit *v)
{
	struct case_file c;
	bool same;

	TRY(tie_to_case(op, v, &c, &same));
	if (v->case_id)
		TRY(store_visit_save(op, v));
	if (!same)
		return ST_OK;
	c.asked++;
	c.rank_day--;
	return store_case_save(op, &c);
}

enum status
visit_new(struct op *op, const struct visit_wish *wish, struct visit *v)
{
	const char *concern;

	*v = (struct visit){ .site = op->by->site, .day = op->today, .state = VISIT_WAITING,
	    .arrived_at = op->now, .person_id = wish->person_id };
	TRY(clean_text(op, "concern", wish->concern, TEXT_SHORT, false, &concern));
	TRY(set_concern(op, concern, v));
	TRY(person_current(op, "person", &v->person_id));
	TRY(check_language(op, wish->language));
	TRY(check_people(op, wish->people));
	v->people = wish->people ? *wish->people : 1;
	v->language = wish->language && *wish->language ? wish->language : NULL;
	TRY(clean_text(op, "note", wish->note, TEXT_LONG, false, &v->note));
	TRY(set_lane(op, wish, v));
	TRY(store_visit_add(op, v));
	TRY(fold_into_case(op, v));
	return visit_show(op, v->id, v);
}

/* ---- calling and what follows ---- */

static enum status
set_counter(struct op *op, const char *wanted, struct visit *v)
{
	struct counter *list;
	size_t n;

	v->counter = wanted ? wanted : op->by->counter;
	if (!wanted)
		return ST_OK;
	TRY(store_counter_list(op, op->by->site, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].code, wanted) == 0)
			return ST_OK;
	return op_fail_field(op, ST_INVALID, "counter",
	    _("There is no counter \"%s\" at this site. `tresen catalogue show` lists them."),
	    wanted);
}

enum status
visit_next(struct op *op, const char *counter, struct visit *v)
{
	const struct room_view room = own_room(op);
	struct visit *first, at = { 0 };
	size_t n;

	/* whoever waits: a counter that is none is none */
	TRY(set_counter(op, counter, &at));
	TRY(store_visit_room(op, &room, 1u << VISIT_WAITING, 0, 1, &first, &n));
	if (n == 0)
		return op_fail(op, ST_NOT_FOUND, _("Nobody is waiting."));
	if (visit_is_earlier(op, &first[0]))
		return op_fail(op, ST_NOT_FOUND, _("Nobody who came today is waiting. Who is left "
		    "over from earlier days can have a new ticket."));
	*v = first[0];
	v->counter = at.counter;
	v->state = VISIT_CALLED;
	v->staff_id = op->by->id;
	v->called_at = op->now;
	v->calls++;
	TRY(store_visit_save(op, v));
	return visit_show(op, v->id, v);
}

/* What a step does besides moving the state. */
static void
apply_step(struct op *op, const char *command, const char *outcome, struct visit *v)
{
	const char *usual = v->day < op->today ? "left" : "done";

	if (strcmp(command, "visit.recall") == 0) {
		v->called_at = op->now;
		v->calls++;
	} else if (strcmp(command, "visit.start") == 0) {
		v->started_at = op->now;
		v->staff_id = op->by->id;
	} else if (strcmp(command, "visit.finish") == 0) {
		v->finished_at = op->now;
		v->outcome = outcome ? outcome : usual;
	}
	if (v->state == VISIT_WAITING || v->state == VISIT_ABSENT)
		v->staff_id = 0;
}

static enum status
guard_visit(struct op *op, const char *command, int64_t id, int64_t seen, struct visit *v)
{
	struct thing thing;
	struct facts f;

	TRY(visit_show(op, id, v));
	thing = (struct thing){ visit_ticket(op, v), (int)v->state, v->changed_by,
	    v->changed_by_name, v->changed_at };
	if (seen && seen != v->version)
		return clash(op, thing.what, thing.changed_by_name, thing.changed_at);
	f = facts_of_visit(op, v);
	TRY(guard_act(op, &visit_workflow, command, &f, &thing));
	note_behalf(op, command, &f, v->staff_id);
	v->state = (enum visit_state)thing.state;
	return ST_OK;
}

enum status
visit_step(struct op *op, const char *command, int64_t id, int64_t seen, const char *outcome,
           struct visit *v)
{
	TRY(guard_visit(op, command, id, seen, v));
	apply_step(op, command, outcome, v);
	TRY(store_visit_save(op, v));
	return visit_show(op, id, v);
}

bool
visit_is_earlier(struct op *op, const struct visit *v)
{
	return v->day < op->today && v->state != VISIT_FINISHED;
}

enum status
visit_readmit(struct op *op, int64_t id, int64_t seen, struct visit *v)
{
	struct visit again;

	TRY(guard_visit(op, "visit.readmit", id, seen, v));
	again = *v;
	apply_step(op, "visit.finish", "left", v);
	TRY(store_visit_save(op, v));
	again.day = op->today;
	again.state = VISIT_WAITING;
	again.arrived_at = op->now;
	again.rank_at = visit_rank(op->now, again.bonus_minutes);
	again.counter = NULL;
	again.staff_id = again.called_at = again.started_at = 0;
	again.calls = 0;
	TRY(store_visit_add(op, &again));
	if (again.case_id)
		TRY(store_visit_save(op, &again));
	return visit_show(op, again.id, v);
}

/* A visit that turns out to be somebody else's is not about the case of the first. */
static enum status
let_go_of_case(struct op *op, struct visit *v, int64_t person_id)
{
	struct case_file c;

	if (!v->case_id || !person_id || person_id == v->person_id)
		return ST_OK;
	TRY(store_case_find(op, v->case_id, &c));
	TRY(person_current(op, "person", &c.person_id));
	if (c.person_id != person_id && c.visit_id != v->id)
		v->case_id = 0;
	return ST_OK;
}

enum status
visit_change(struct op *op, int64_t id, int64_t seen, const struct visit_edit *edit,
             struct visit *v)
{
	int64_t person_id = edit->person_id;
	struct case_file c;
	enum sight sight;
	bool same;

	TRY(guard_visit(op, "visit.edit", id, seen, v));
	TRY(person_current(op, "person", &person_id));
	TRY(check_language(op, edit->language));
	TRY(check_people(op, edit->people));
	if (edit->case_id)
		TRY(named_as(op, "case", case_look(op, edit->case_id, &c, &sight)));
	TRY(let_go_of_case(op, v, person_id));
	if (person_id)
		v->person_id = person_id;
	if (edit->case_id)
		v->case_id = edit->case_id;
	else if (person_id)
		TRY(tie_to_case(op, v, &c, &same));
	if (edit->language)
		v->language = *edit->language ? edit->language : NULL;
	if (edit->people)
		v->people = *edit->people;
	if (edit->note)
		TRY(clean_text(op, "note", edit->note, TEXT_LONG, false, &v->note));
	TRY(store_visit_save(op, v));
	return visit_show(op, id, v);
}

/* ---- looking ---- */

#define STILL_HERE                                                             \
	(1u << VISIT_WAITING | 1u << VISIT_CALLED | 1u << VISIT_SERVING |      \
	 1u << VISIT_PARKED | 1u << VISIT_ABSENT)

enum status
visit_room(struct op *op, int state, int64_t after, int limit, struct visit **list, size_t *n)
{
	const struct room_view room = own_room(op);
	unsigned states = state < 0 ? STILL_HERE : 1u << state;

	return store_visit_room(op, &room, states, after, limit, list, n);
}

enum status
room_state(struct op *op, struct room *room)
{
	const struct room_view view = own_room(op);
	int each, counters, came_back_days;

	*room = (struct room){ 0 };
	TRY(office_number(op, "wait_limit_minutes", &room->limit_minutes));
	TRY(office_number(op, "minutes_each", &each));
	TRY(store_visit_counts(op, &view, &room->counts));
	/* how many lie ready is the counter's business; a clerk's is their own */
	TRY(store_case_ready_count(op, op->by->site,
	    right_reach("case.list", op->by->role, UNIT_OPEN) == REACH_UNIT ? op->by->unit : NULL,
	    &room->ready));
	TRY(office_number(op, "came_back_days", &came_back_days));
	TRY(store_handover_came_back(op, op->by->unit, op->today - came_back_days,
	    &room->came_back));
	if (room->counts.oldest_waiting)
		room->longest_minutes = minutes_waited(room->counts.oldest_waiting_at, op->now);
	if (room->counts.minutes_each > 0)
		each = room->counts.minutes_each;
	counters = room->counts.counters_calling;
	wait_estimate(room->counts.in_state[VISIT_WAITING], counters, each, &room->estimate_low,
	    &room->estimate_high);
	return ST_OK;
}

enum status
visit_reason(struct op *op, const struct visit *v, bool first, const char **why)
{
	struct waiting w = { .now = op->now, .arrived_at = v->arrived_at,
	    .bonus_minutes = v->bonus_minutes, .lane_label = v->lane_name, .first = first,
	    .back = v->calls > 0, .day = v->day, .today = op->today };

	*why = "";
	if (v->state != VISIT_WAITING && !visit_is_earlier(op, v))
		return ST_OK;
	TRY(office_number(op, "wait_limit_minutes", &w.limit_minutes));
	*why = visit_why(op->mem, &w);
	return ST_OK;
}

const struct transition **
visit_may(struct op *op, const struct visit *v)
{
	struct facts f = facts_of_visit(op, v);

	return transitions_open(op, &visit_workflow, (int)v->state, &f);
}
