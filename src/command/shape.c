/*
 * shape.c - layer 4: objects of the office as JSON, and the labels beside
 * codes.  Called by the commands.
 */
#include "shape.h"

#include "text.h"

void
put(json_t *object, const char *key, json_t *value)
{
	invariant(value);
	json_object_set_new_nocheck(object, key, value); /* keys are ours, in ASCII */
}

json_t *
shape_text(const char *text)
{
	return text ? json_string(text) : json_null();
}

json_t *
shape_cite(struct op *op, const char *german)
{
	return shape_text(text_cited(op->mem, german));
}

json_t *
shape_day(int day)
{
	char iso[11];

	return day == DAY_NONE ? json_null() : json_string(day_iso(day, iso));
}

json_t *
shape_instant(int64_t instant)
{
	char iso[21];

	return instant ? json_string(instant_iso(instant, iso)) : json_null();
}

json_t *
shape_id(int64_t id)
{
	return id ? json_integer(id) : json_null();
}

enum status
read_limit(const struct call *call, int usual, int most, int *limit)
{
	*limit = arg_int(call, "limit", usual);
	if (*limit >= 1 && *limit <= most)
		return ST_OK;
	return op_fail_field(call->op, ST_INVALID, "limit",
	    _("limit must be between 1 and %d."), most);
}

bool
cut_page(size_t *n, int limit)
{
	bool more = *n > (size_t)limit;

	if (more)
		*n = (size_t)limit;
	return more;
}

bool
digits_until(const char **text, char end, int64_t most, int64_t *n)
{
	const char *at = *text;

	for (*n = 0; *at >= '0' && *at <= '9'; at++) {
		int digit = *at - '0';

		if (*n > (most - digit) / 10)
			return false;
		*n = *n * 10 + digit;
	}
	if (at == *text || *at != end)
		return false;
	*text = at + 1;
	return true;
}

enum status
bad_after(struct op *op)
{
	return op_fail_field(op, ST_INVALID, "after",
	    _("after must be the `next` of the page before."));
}

enum status
read_after_id(const struct call *call, int64_t *id)
{
	const char *after = arg_text(call, "after");

	*id = 0;
	return !after || digits_until(&after, '\0', INT64_MAX - 1, id) ? ST_OK
	                                                             : bad_after(call->op);
}

void
put_next(struct call *call, int64_t last_id)
{
	put(call->out, "next", last_id ? json_string(arena_printf(call->op->mem, "%lld",
	    (long long)last_id)) : json_null());
}

/* Without id: null. */
json_t *
shape_person_brief(int64_t id, const char *name, const char *born)
{
	json_t *o;

	if (!id)
		return json_null();
	o = json_object();
	put(o, "id", json_integer(id));
	put(o, "name", json_string(name));
	put(o, "born", shape_text(born));
	return o;
}

json_t *
shape_person_row(int64_t id, const char *name, const char *born, bool locked)
{
	json_t *o = shape_person_brief(id, name, born);

	if (id)
		put(o, "locked", json_boolean(locked));
	return o;
}

json_t *
shape_staff(const struct staff *s)
{
	json_t *o;

	if (!s)
		return json_null();
	o = json_object();
	put(o, "id", json_integer(s->id));
	put(o, "login", json_string(s->login));
	put(o, "name", json_string(s->name));
	put(o, "role", json_string(role_name(s->role)));
	put(o, "role_label", json_string(role_label(s->role)));
	put(o, "unit", json_string(s->unit));
	put(o, "unit_label", json_string(s->unit_name));
	put(o, "site", json_string(s->site));
	put(o, "site_label", json_string(s->site_name));
	put(o, "counter", shape_text(s->counter));
	put(o, "counter_label", shape_text(s->counter_name));
	return o;
}

json_t *
shape_may(const struct transition **open)
{
	json_t *list = json_array();

	for (; *open; open++) {
		json_t *o = json_object();

		put(o, "command", json_string((*open)->command));
		put(o, "label", json_string(tr((*open)->label)));
		json_array_append_new(list, o);
	}
	return list;
}

/* Without the person where somebody may know only that there is a case. */
static json_t *
person_of(struct op *op, const struct case_file *c)
{
	bool known = case_sight_of(op, c) == SIGHT_FULL || may_call(op, "case.ready");

	return shape_person_row(known ? c->person_id : 0, c->person_name, c->person_born,
	    c->person_locked);
}

static bool
is_late(struct op *op, const struct case_file *c)
{
	return c->state < CASE_DECIDED && c->due_day < op->today;
}

enum status
shape_case(struct op *op, const struct case_file *c, json_t **out)
{
	const char *why;
	json_t *o;

	TRY(case_reason(op, c, &why));
	o = json_object();
	put(o, "id", json_integer(c->id));
	put(o, "number", json_string(case_number(op, c)));
	put(o, "version", json_integer(c->version));
	put(o, "state", json_string(state_name(&case_states, (int)c->state)));
	put(o, "state_label", json_string(case_state_label(c->state, c->result)));
	put(o, "service", json_string(c->service_code));
	put(o, "service_label", json_string(c->service_name));
	put(o, "unit", json_string(c->unit));
	put(o, "unit_label", json_string(c->unit_name));
	put(o, "owner", shape_text(c->owner_login));
	put(o, "owner_name", shape_text(c->owner_name));
	/* yours for now: its owner is away and you stand in */
	put(o, "deputed", json_boolean(staff_stands_for(op->by, c->owner_id)));
	put(o, "person", person_of(op, c));
	put(o, "opened", shape_day(c->opened_day));
	put(o, "due", shape_day(c->due_day));
	put(o, "late", json_boolean(is_late(op, c)));
	put(o, "waiting_days", json_integer(days_waited(c->opened_day, op->today)));
	put(o, "why", json_string(why));
	put(o, "asked", json_integer(c->asked));
	put(o, "offered_to", shape_text(c->offered_to));
	put(o, "wait_until", shape_day(c->wait_day));
	*out = o;
	return ST_OK;
}

enum status
put_case(struct call *call, const struct case_file *c)
{
	json_t *o;

	TRY(shape_case(call->op, c, &o));
	put(call->out, "case", o);
	return ST_OK;
}

/* Times a visit has seen, and how long it has waited until now or its call. */
static void
put_times(struct op *op, json_t *o, const struct visit *v)
{
	/* who was left over does not wait in the night */
	int64_t uncalled = visit_is_earlier(op, v) ? v->changed_at : op->now;
	int64_t until = v->called_at && (v->state != VISIT_WAITING || visit_is_earlier(op, v))
	    ? v->called_at : uncalled;

	put(o, "arrived", shape_instant(v->arrived_at));
	put(o, "waited_minutes", json_integer(minutes_waited(v->arrived_at, until)));
	put(o, "called", shape_instant(v->called_at));
	put(o, "started", shape_instant(v->started_at));
	put(o, "finished", shape_instant(v->finished_at));
}

enum status
shape_visit(struct op *op, const struct visit *visit, bool first, json_t **out)
{
	struct visit shown = *visit, *v = &shown;
	const char *why;
	json_t *o;

	visit_mask(op, v);
	TRY(visit_reason(op, v, first, &why));
	o = json_object();
	put(o, "id", json_integer(v->id));
	put(o, "ticket", json_string(visit_ticket(op, v)));
	put(o, "version", json_integer(v->version));
	put(o, "site", json_string(v->site));
	put(o, "counter", shape_text(v->counter));
	put(o, "counter_label", shape_text(v->counter_name));
	put(o, "state", json_string(state_name(&visit_states, (int)v->state)));
	put(o, "state_label", json_string(state_label(&visit_states, (int)v->state)));
	put(o, "concern", json_string(v->service_id ? v->service_code : v->concern));
	put(o, "concern_label", json_string(v->service_id ? v->service_name : v->concern));
	put(o, "service", shape_text(v->service_code));
	put(o, "person", shape_person_row(v->person_id, v->person_name, v->person_born,
	    v->person_locked));
	put(o, "language", shape_text(v->language));
	put(o, "people", json_integer(v->people));
	put(o, "note", shape_text(v->note));
	put(o, "lane", json_string(v->lane));
	put(o, "lane_label", json_string(v->lane_name));
	put_times(op, o, v);
	put(o, "calls", json_integer(v->calls));
	put(o, "staff", shape_text(v->staff_login));
	put(o, "staff_name", shape_text(v->staff_name));
	put(o, "case", shape_id(visit_case(op, v)));
	put(o, "outcome", shape_text(v->outcome));
	put(o, "earlier", json_boolean(visit_is_earlier(op, v)));
	put(o, "why", json_string(why));
	put(o, "may", shape_may(visit_may(op, v)));
	*out = o;
	return ST_OK;
}

#define X(id, name, label) name,
const char *const visit_state_values[] = { VISIT_STATE_LIST(X) NULL };
const char *const case_state_values[] = { CASE_STATE_LIST(X) NULL };
const char *const paper_state_values[] = { PAPER_STATE_LIST(X) NULL };
const char *const result_values[] = { RESULT_LIST(X) NULL };
const char *const sex_values[] = { SEX_LIST(X) NULL };
#undef X
