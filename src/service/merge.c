/*
 * merge.c - layer 3: linking two records of one person, by two people.  Called
 * by command/merge.c.  Parting them again is merge_part.c.
 */
#include "service_merge.h"
#include "service_restriction.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "merge_fields.h"
#include "store_household.h"
#include "person.h"

/* A link would carry what is restricted into a record that is not, or shut that one. */
static enum status
merge_guard(struct op *op, const char *field, const struct person *p)
{
	struct restriction_filter f = { .person_id = p->id, .limit = 1 };
	struct restriction *list;
	size_t n;

	TRY(person_guard(op, field, p->id));
	TRY(store_restriction_list(op, &f, &list, &n));
	if (n == 0)
		return ST_OK;
	return op_fail_field(op, ST_CONFLICT, field, _("%s is blocked or for named people only. Lift "
	    "that first, link the records, then set it again."), p->display);
}

static enum status
merge_guard_both(struct op *op, const struct merge *m)
{
	struct person survivor, merged;

	TRY(store_person_find(op, m->survivor_id, &survivor));
	TRY(store_person_find(op, m->merged_id, &merged));
	TRY(merge_guard(op, "id", &survivor));
	return merge_guard(op, "id", &merged);
}

/* ---- proposing ---- */

/* A record that stands for itself and that no open proposal wants to link. */
static enum status
find_free(struct op *op, const char *field, int64_t id, struct person *p)
{
	struct merge open;

	TRY(store_person_find(op, id, p));
	if (!p->id)
		return op_fail_field(op, ST_NOT_FOUND, field,
		    _("There is no person %lld. Search for them again."), (long long)id);
	TRY(merge_guard(op, field, p));
	TRY(store_merge_of(op, id, &open));
	if (!open.id)
		return ST_OK;
	if (open.state == MERGE_APPROVED)
		return op_fail_field(op, ST_CONFLICT, field,
		    _("%s is linked to %s (person %lld) already. Go on with that record."),
		    p->display, open.survivor_name, (long long)open.survivor_id);
	return op_fail_field(op, ST_CONFLICT, field,
	    _("%s has proposed already to link %s to another record. Settle that first."),
	    open.proposed_by_name, p->display);
}

static enum status
check_choices(struct op *op, const json_t *choices)
{
	const char *field;
	json_t *side;

	json_object_foreach((json_t *)(uintptr_t)choices, field, side) {
		const char *name = json_string_value(side);

		if (!merge_field_known(field))
			return op_fail_field(op, ST_INVALID, "choices",
			    _("%s is no field to choose. Choose for: %s."), field,
			    merge_field_names(op));
		if (!name || (strcmp(name, "survivor") != 0 && strcmp(name, "merged") != 0))
			return op_fail_field(op, ST_INVALID, "choices",
			    _("%s: choose survivor or merged."), field);
	}
	return ST_OK;
}

const char *
json_text(struct op *op, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	const char *copy = arena_strdup(op->mem, text);

	free(text);
	return copy;
}

enum status
merge_prepare(struct op *op, const struct merge_wish *wish, struct merge *m)
{
	struct person survivor, merged;

	if (wish->survivor_id == wish->merged_id)
		return op_fail_field(op, ST_INVALID, "with",
		    _("This is the same record. Name the other one of the two."));
	TRY(find_free(op, "id", wish->survivor_id, &survivor));
	TRY(find_free(op, "with", wish->merged_id, &merged));
	*m = (struct merge){ .survivor_id = survivor.id, .merged_id = merged.id, .choices = "{}",
	    .survivor_name = survivor.display, .merged_name = merged.display,
	    .survivor_born = survivor.born, .merged_born = merged.born };
	if (!wish->choices)
		return ST_OK;
	TRY(check_choices(op, wish->choices));
	m->choices = json_text(op, wish->choices);
	return ST_OK;
}

enum status
merge_propose(struct op *op, const struct merge_wish *wish, struct merge *m)
{
	TRY(merge_prepare(op, wish, m));
	TRY(clean_text(op, "reason", wish->reason, TEXT_LONG, false, &m->reason));
	if (!m->reason || !*m->reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: what shows that both records are one person?"));
	TRY(store_merge_add(op, m));
	return store_merge_find(op, m->id, m);
}

/* ---- linking ---- */

static json_t *
marks_json(const int64_t marks[PERSON_ROWS])
{
	json_t *list = json_array();

	for (size_t i = 0; i < PERSON_ROWS; i++)
		json_array_append_new(list, json_integer(marks[i]));
	return list;
}

/* A name that gives way stays as another spelling; before says which row. */
static enum status
keep_name(struct op *op, const struct person *survivor, const struct person_name *old,
          json_t *before)
{
	int64_t marks[PERSON_ROWS], last;

	if (same_text(old->family, survivor->names[0].family) &&
	    same_text(old->given, survivor->names[0].given))
		return ST_OK;
	TRY(store_person_marks(op, marks));
	last = marks[PERSON_ROW_NAME];
	TRY(name_keep(op, survivor, old, state_name(&name_kinds, NAME_SPELLING)));
	TRY(store_person_marks(op, marks));
	if (marks[PERSON_ROW_NAME] > last)
		json_object_set_new(before, "kept", json_integer(marks[PERSON_ROW_NAME]));
	return ST_OK;
}

/* The survivor's fields as chosen; before says what they were. */
static enum status
take_fields(struct op *op, const struct merge *m, struct person *survivor,
            const struct person *merged, json_t *before)
{
	struct person_name old = survivor->names[0];

	json_object_set_new(before, "fields", merge_fields_take(op, m->choices, survivor, merged));
	json_object_set_new(before, "lock", merge_lock_of(survivor));
	TRY(store_person_save(op, survivor));
	return keep_name(op, survivor, &old, before);
}

static bool
at_once(const struct stay *a, const struct stay *b, int today)
{
	int a_until = a->until == DAY_NONE ? INT_MAX : a->until;
	int b_until = b->until == DAY_NONE ? INT_MAX : b->until;

	return a_until >= today && b_until >= today && a->from <= b_until && b->from <= a_until;
}

/* One person lives in one household, now and as far as is known: which of the
 * two is right, a clerk says. */
static enum status
check_homes(struct op *op, const struct merge *m)
{
	struct stay *one, *other;
	size_t n_one, n_other;

	TRY(store_stay_list(op, m->survivor_id, &one, &n_one));
	TRY(store_stay_list(op, m->merged_id, &other, &n_other));
	for (size_t i = 0; i < n_one; i++)
		for (size_t k = 0; k < n_other; k++)
			if (at_once(&one[i], &other[k], op->today))
				return op_fail(op, ST_CONFLICT,
				    _("Both records live in a household (%lld and %lld). Record who "
				      "moved out of which, or correct what was never so, then link "
				      "them."), (long long)one[i].household_id,
				    (long long)other[k].household_id);
	return ST_OK;
}

/* Rows without an end that a new one may end: what is ended by one that goes to
 * the other record later was not ended after all. */
static void
add_held(const struct person *p, enum part part, json_t *ids)
{
	const struct part_rows *rows = &p->parts[part];

	for (size_t i = 0; i < rows->n; i++)
		if (!rows->list[i].value[part_specs[part].until])
			json_array_append_new(ids, json_integer(rows->list[i].row));
}

static json_t *
held_json(const struct person *survivor, const struct person *merged)
{
	json_t *held = json_object();

	for (int part = 0; part < PARTS; part++) {
		json_t *ids = json_array();

		if (part_specs[part].until >= 0) {
			add_held(survivor, (enum part)part, ids);
			add_held(merged, (enum part)part, ids);
		}
		json_object_set_new(held, part_specs[part].name, ids);
	}
	return held;
}

/* What the link changes of the survivor, and where later begins. */
static enum status
link_records(struct op *op, struct merge *m)
{
	struct person survivor, merged;
	int64_t marks[PERSON_ROWS];
	json_t *before = json_object();
	enum status s = find_free(op, "id", m->survivor_id, &survivor);

	if (s == ST_OK)
		s = check_homes(op, m);
	if (s == ST_OK)
		s = store_person_find(op, m->merged_id, &merged);
	if (s == ST_OK)
		s = take_fields(op, m, &survivor, &merged, before);
	if (s == ST_OK)
		s = store_person_marks(op, marks);
	if (s == ST_OK) {
		json_object_set_new(before, "marks", marks_json(marks));
		json_object_set_new(before, "held", held_json(&survivor, &merged));
		m->before = json_text(op, before);
		s = store_person_link(op, m->merged_id, m->survivor_id);
	}
	json_decref(before);
	return s == ST_OK ? store_pair_settle(op, m->survivor_id, m->merged_id, "merged", NULL) : s;
}

/* ---- settling ---- */

static struct facts
facts_of_merge(struct op *op, const struct merge *m, const char *reason)
{
	return (struct facts){
		.role = op->by->role,
		.own_work = is_own_work(op, m->proposed_by),
		.owned = true,
		.reason = reason && *reason,
	};
}

static enum status
guard_merge(struct op *op, const char *command, int64_t id, const char *reason, struct merge *m)
{
	struct thing thing;
	struct facts f;

	TRY(merge_show(op, id, m));
	f = facts_of_merge(op, m, reason);
	thing = (struct thing){ .what = _("This link"), .state = (int)m->state,
	    .changed_by_name = m->undone_at ? m->undone_by_name : m->settled_by_name,
	    .changed_at = m->undone_at ? m->undone_at : m->settled_at };
	TRY(guard_act(op, &merge_workflow, command, &f, &thing));
	m->state = (enum merge_state)thing.state;
	return ST_OK;
}

enum status
merge_seen(struct op *op, const struct merge *m, const char **seen)
{
	struct person survivor, merged;

	TRY(store_person_find(op, m->survivor_id, &survivor));
	TRY(store_person_find(op, m->merged_id, &merged));
	*seen = arena_printf(op->mem, "%lld-%lld", (long long)survivor.version,
	    (long long)merged.version);
	return ST_OK;
}

/* Whoever approves has looked at two records, not at those that came after. */
static enum status
check_seen(struct op *op, const struct merge *m, const char *seen)
{
	const char *now;

	if (!seen)
		return ST_OK;
	TRY(merge_seen(op, m, &now));
	if (strcmp(now, seen) == 0)
		return ST_OK;
	return op_fail(op, ST_CONFLICT, _("One of the two records was changed since you looked at "
	    "them. Look again, then decide."));
}

enum status
merge_settle(struct op *op, const char *command, int64_t id, const struct merge_answer *answer,
             struct merge *m)
{
	TRY(guard_merge(op, command, id, answer->reason, m));
	TRY(clean_text(op, "reason", answer->reason, TEXT_LONG, false, &m->answer));
	if (m->state == MERGE_APPROVED || m->state == MERGE_UNDONE)
		TRY(merge_guard_both(op, m));
	if (m->state == MERGE_APPROVED) {
		TRY(check_seen(op, m, answer->seen));
		TRY(link_records(op, m));
	}
	if (m->state == MERGE_UNDONE)
		TRY(merge_part(op, m, answer->assign));
	TRY(store_merge_save(op, m));
	return store_merge_find(op, id, m);
}

/* ---- looking ---- */

enum status
merge_list(struct op *op, int64_t person, int64_t after, int limit, struct merge **list, size_t *n)
{
	int64_t known = person;

	TRY(person_current(op, "person", &known));
	return store_merge_list(op, person, after, limit, list, n);
}

enum status
merge_show(struct op *op, int64_t id, struct merge *m)
{
	TRY(store_merge_find(op, id, m));
	if (m->id)
		return ST_OK;
	return op_fail_field(op, ST_NOT_FOUND, "id",
	    _("There is no link %lld. Look at the list again."), (long long)id);
}

enum status
merge_fields(struct op *op, const struct merge *m, struct merge_field **list, size_t *n)
{
	struct person survivor, merged;

	TRY(store_person_find(op, m->survivor_id, &survivor));
	TRY(store_person_find(op, m->merged_id, &merged));
	*list = merge_fields_of(op, m, &survivor, &merged, n);
	return ST_OK;
}

const struct transition **
merge_may(struct op *op, const struct merge *m)
{
	struct facts f = facts_of_merge(op, m, NULL);

	return transitions_open(op, &merge_workflow, (int)m->state, &f);
}
