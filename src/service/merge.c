/*
 * merge.c - layer 3: linking two records of one person, by two people, and
 * parting them again.  Called by command/merge.c.
 */
#include "store_search.h"
#include "service_merge.h"

#include <stdlib.h>
#include <string.h>

#include "merge_fields.h"
#include "store_household.h"
#include "person.h"

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

static const char *
json_text(struct op *op, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	const char *copy = arena_strdup(op->mem, text);

	free(text);
	return copy;
}

enum status
merge_propose(struct op *op, const struct merge_wish *wish, struct merge *m)
{
	struct person survivor, merged;

	if (wish->survivor_id == wish->merged_id)
		return op_fail_field(op, ST_INVALID, "with",
		    _("This is the same record. Name the other one of the two."));
	TRY(find_free(op, "id", wish->survivor_id, &survivor));
	TRY(find_free(op, "with", wish->merged_id, &merged));
	*m = (struct merge){ .survivor_id = survivor.id, .merged_id = merged.id, .choices = "{}" };
	TRY(clean_text(op, "reason", wish->reason, TEXT_LONG, false, &m->reason));
	if (!m->reason || !*m->reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: what shows that both records are one person?"));
	if (wish->choices) {
		TRY(check_choices(op, wish->choices));
		m->choices = json_text(op, wish->choices);
	}
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

static bool
same_name(const struct person_name *a, const struct person_name *b)
{
	return same_text(a->family, b->family) && same_text(a->given, b->given);
}

/* The survivor's fields as chosen; before says what they were.  A name that
 * gives way stays as another spelling. */
static enum status
take_fields(struct op *op, const struct merge *m, struct person *survivor, const struct person *merged,
            json_t *before)
{
	struct person_name old = survivor->names[0];

	json_object_set_new(before, "fields", merge_fields_take(op, m->choices, survivor, merged));
	TRY(store_person_save(op, survivor));
	if (same_name(&old, &survivor->names[0]))
		return ST_OK;
	return name_keep(op, survivor, &old, state_name(&name_kinds, NAME_SPELLING));
}

/* One person lives in one household: which of the two is right, a clerk says
 * by the act that lets them move out of the other. */
static enum status
check_homes(struct op *op, const struct merge *m)
{
	int64_t one, other;

	TRY(store_home_of(op, m->survivor_id, op->today, &one));
	TRY(store_home_of(op, m->merged_id, op->today, &other));
	if (!one || !other)
		return ST_OK;
	return op_fail(op, ST_CONFLICT, _("Both records live in a household. Record who moved "
	    "out of which first, then link them."));
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
		m->before = json_text(op, before);
		s = store_person_link(op, m->merged_id, m->survivor_id);
	}
	json_decref(before);
	return s == ST_OK ? store_pair_settle(op, m->survivor_id, m->merged_id, "merged", NULL) : s;
}

/* ---- parting ---- */

static bool
read_marks(const json_t *before, int64_t marks[PERSON_ROWS])
{
	const json_t *list = json_object_get(before, "marks");

	for (size_t i = 0; i < PERSON_ROWS; i++)
		marks[i] = json_integer_value(json_array_get(list, i));
	return json_array_size(list) == PERSON_ROWS;
}

/* Files and visits of a closed unit are nothing the others learn of: they stay
 * with the survivor until that unit moves them. */
static bool
in_sight(struct op *op, const struct person_row *row)
{
	struct case_file c;
	enum sight sight;
	struct visit v;

	if (strcmp(row->kind, "case") == 0)
		return case_look(op, row->id, &c, &sight) == ST_OK && sight == SIGHT_FULL;
	if (strcmp(row->kind, "visit") == 0)
		return visit_show(op, row->id, &v) == ST_OK;
	return true;
}

static enum status
keep_in_sight(struct op *op, struct person_row *list, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++)
		if (in_sight(op, &list[i]))
			list[kept++] = list[i];
	*n = kept;
	op->fail = (struct failure){ 0 };
	return ST_OK;
}

static enum status
later_of(struct op *op, const struct merge *m, const json_t *before, struct person_row **list,
         size_t *n)
{
	int64_t marks[PERSON_ROWS];

	invariant(read_marks(before, marks));
	TRY(store_person_rows_since(op, m->survivor_id, marks, list, n));
	return keep_in_sight(op, *list, n);
}

static const struct person_row *
row_named(const struct person_row *list, size_t n, const char *kind, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].id == id && strcmp(list[i].kind, kind) == 0)
			return &list[i];
	return NULL;
}

/* A row that both records have already: it stays where it is. */
static enum status
move_row(struct op *op, const struct merge *m, const struct person_row *row)
{
	enum status s = store_person_row_move(op, row, m->survivor_id, m->merged_id);

	if (s != ST_NOT_FOUND)
		return s;
	return op_fail_field(op, ST_CONFLICT, "assign",
	    _("%s %s cannot go to %s: that record has the same already. Leave it with %s."),
	    row->kind, row->text, m->merged_name, m->survivor_name);
}

static enum status
assign_rows(struct op *op, const struct merge *m, const json_t *before, const json_t *assign)
{
	struct person_row *list;
	const char *kind;
	json_t *ids, *id;
	size_t n, i;

	TRY(later_of(op, m, before, &list, &n));
	json_object_foreach((json_t *)(uintptr_t)assign, kind, ids)
		json_array_foreach(ids, i, id) {
			const struct person_row *row =
			    row_named(list, n, kind, json_integer_value(id));

			if (!row)
				return op_fail_field(op, ST_INVALID, "assign",
				    _("%s %lld did not come in since the link. merge show "
				      "lists what did."), kind,
				    (long long)json_integer_value(id));
			TRY(move_row(op, m, row));
		}
	return ST_OK;
}

/* The main name stands where it stood: its place among the others is free. */
static enum status
forget_kept_name(struct op *op, const struct person *p)
{
	const struct part_rows *further = &p->parts[PART_NAME];

	for (size_t i = 0; i < further->n; i++) {
		const struct person_part *row = &further->list[i];
		struct person_name name = { .family = row->value[1], .given = row->value[2] };

		if (same_name(&name, &p->names[0]))
			TRY(store_part_drop(op, p->id, PART_NAME, row->row));
	}
	return ST_OK;
}

static enum status
part_with(struct op *op, struct merge *m, const json_t *before, const json_t *assign)
{
	struct person survivor;

	TRY(assign_rows(op, m, before, assign));
	TRY(store_person_unlink(op, m->merged_id));
	TRY(store_person_find(op, m->survivor_id, &survivor));
	merge_fields_put_back(op, json_object_get(before, "fields"), &survivor);
	TRY(store_person_save(op, &survivor));
	TRY(forget_kept_name(op, &survivor));
	TRY(store_search_refresh(op, m->merged_id));
	return store_search_refresh(op, m->survivor_id);
}

static enum status
part_records(struct op *op, struct merge *m, const json_t *assign)
{
	json_t *before = json_loads(m->before, 0, NULL);
	enum status s = part_with(op, m, before, assign);

	json_decref(before);
	if (s != ST_OK)
		return s;
	return store_pair_settle(op, m->survivor_id, m->merged_id, "different", m->answer);
}

/* ---- settling ---- */

static struct facts
facts_of_merge(struct op *op, const struct merge *m, const char *reason)
{
	return (struct facts){
		.role = op->by->role,
		.owner = m->proposed_by == op->by->id,
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
merge_settle(struct op *op, const char *command, int64_t id, const char *reason,
             const json_t *assign, struct merge *m)
{
	TRY(guard_merge(op, command, id, reason, m));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &m->answer));
	if (m->state == MERGE_APPROVED)
		TRY(link_records(op, m));
	if (m->state == MERGE_UNDONE)
		TRY(part_records(op, m, assign));
	TRY(store_merge_save(op, m));
	return store_merge_find(op, id, m);
}

/* ---- looking ---- */

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
	*list = merge_fields_of(op, m->choices, &survivor, &merged, n);
	return ST_OK;
}

enum status
merge_later(struct op *op, const struct merge *m, struct person_row **list, size_t *n)
{
	json_t *before;
	enum status s;

	*list = NULL;
	*n = 0;
	if (m->state != MERGE_APPROVED)
		return ST_OK;
	before = json_loads(m->before, 0, NULL);
	s = later_of(op, m, before, list, n);
	json_decref(before);
	return s;
}

const struct transition **
merge_may(struct op *op, const struct merge *m)
{
	struct facts f = facts_of_merge(op, m, NULL);

	return transitions_open(op, &merge_workflow, (int)m->state, &f);
}
