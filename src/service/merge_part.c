/*
 * merge_part.c - layer 3: parting two linked records again.  Called by
 * merge.c.  What the link changed is put back, also where others have taken it
 * on since; what came in since goes where the clerk says.
 */
#include "merge_fields.h"

#include <string.h>

#include "person.h"
#include "store_household.h"
#include "store_search.h"

#define CHAIN_MAX 20             /* links above each other */

/* ---- what came in since ---- */

/* A link of an older file has marks for fewer kinds: of those nothing is later. */
static void
read_marks(const struct merge *m, int64_t marks[PERSON_ROWS])
{
	json_t *before = json_loads(m->before, 0, NULL);
	const json_t *list = json_object_get(before, "marks");

	for (size_t i = 0; i < PERSON_ROWS; i++)
		marks[i] = i < json_array_size(list) ? json_integer_value(json_array_get(list, i))
		                                     : INT64_MAX;
	json_decref(before);
}

/* Files, visits and tasks of a closed unit are nothing the others learn of:
 * they stay with the survivor until that unit moves them. */
static bool
in_sight(struct op *op, const struct person_row *row)
{
	struct case_file c;
	enum sight sight;
	struct visit v;
	struct task t;

	if (strcmp(row->kind, "case") == 0)
		return case_look(op, row->id, &c, &sight) == ST_OK && sight == SIGHT_FULL;
	if (strcmp(row->kind, "visit") == 0)
		return visit_show(op, row->id, &v) == ST_OK;
	if (strcmp(row->kind, "task") == 0)
		return store_task_find(op, row->id, &t) == ST_OK && t.id;
	return true;
}

static void
keep_in_sight(struct op *op, struct person_row *list, size_t *n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++)
		if (in_sight(op, &list[i]))
			list[kept++] = list[i];
	*n = kept;
	op->fail = (struct failure){ 0 };
}

/* The link that holds the survivor of this one; above->id 0: none.  May be m. */
static enum status
link_above(struct op *op, const struct merge *m, struct merge *above)
{
	int64_t survivor_id = m->survivor_id;

	TRY(store_merge_of(op, survivor_id, above));
	if (above->state != MERGE_APPROVED)
		*above = (struct merge){ 0 };
	return ST_OK;
}

static void
append(struct op *op, struct person_row **list, size_t *n, const struct person_row *more,
       size_t n_more)
{
	struct person_row *all = arena_array(op->mem, struct person_row, *n + n_more + 1);

	if (*n)
		memcpy(all, *list, *n * sizeof(*all));
	if (n_more)
		memcpy(all + *n, more, n_more * sizeof(*all));
	*list = all;
	*n += n_more;
}

/* Where the survivor was linked to another record, entries go there since. */
static enum status
later_of(struct op *op, struct merge m, struct person_row **list, size_t *n)
{
	for (int i = 0; m.id && i < CHAIN_MAX; i++) {
		int64_t marks[PERSON_ROWS];
		struct person_row *rows;
		size_t n_rows;

		read_marks(&m, marks);
		TRY(store_person_rows_since(op, m.survivor_id, marks, &rows, &n_rows));
		append(op, list, n, rows, n_rows);
		TRY(link_above(op, &m, &m));
	}
	keep_in_sight(op, *list, n);
	return ST_OK;
}

enum status
merge_later(struct op *op, const struct merge *m, struct person_row **list, size_t *n)
{
	*list = NULL;
	*n = 0;
	return m->state == MERGE_APPROVED ? later_of(op, *m, list, n) : ST_OK;
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
	enum status s = store_person_row_move(op, row, m->merged_id);

	if (s != ST_NOT_FOUND)
		return s;
	return op_fail_field(op, ST_CONFLICT, "assign",
	    _("%s %s cannot go to %s: that record has the same already. Leave it with %s."),
	    row->kind, row->text, m->merged_name, m->survivor_name);
}

static enum status
assign_rows(struct op *op, const struct merge *m, const json_t *assign)
{
	struct person_row *list = NULL;
	const char *kind;
	json_t *ids, *id;
	size_t n = 0, i;

	TRY(later_of(op, *m, &list, &n));
	json_object_foreach((json_t *)(uintptr_t)assign, kind, ids) {
		if (!json_is_array(ids))
			return op_fail_field(op, ST_INVALID, "assign",
			    _("%s: list the numbers, like {\"case\": [41]}."), kind);
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
	}
	return ST_OK;
}

/* ---- what the link changed ---- */

/* One field of a link: what the survivor had, and what it took. */
struct taken {
	const char *field;
	json_t *had, *has;
};

/* Another link remembers the value that goes (as member: had or has). */
static enum status
forget_in(struct op *op, const struct merge *m, const char *member, const struct taken *t,
          bool *found)
{
	json_t *before = json_loads(m->before, 0, NULL);
	json_t *one = json_object_get(json_object_get(before, "fields"), t->field);
	enum status s = ST_OK;

	*found = one && json_equal(json_object_get(one, member), t->has);
	if (*found) {
		json_object_set(one, member, t->had);
		s = store_merge_before(op, m->id, json_text(op, before));
	}
	json_decref(before);
	return s;
}

/* A later link has put its value in place of the one that goes. */
static enum status
forget_beside(struct op *op, int64_t survivor_id, int64_t but, const struct taken *t)
{
	struct merge *list;
	bool found = false;
	size_t n;

	TRY(store_merge_list(op, survivor_id, 0, 100, &list, &n));
	for (size_t i = 0; i < n && !found; i++)
		if (list[i].survivor_id == survivor_id && list[i].id != but &&
		    list[i].state == MERGE_APPROVED)
			TRY(forget_in(op, &list[i], "had", t, &found));
	return ST_OK;
}

/* Up the chain as far as the value was taken on; one changed since stays. */
static enum status
put_back(struct op *op, struct merge m, const struct taken *t)
{
	for (int i = 0; i < CHAIN_MAX; i++) {
		struct person survivor;
		struct merge above;
		bool found = false;

		TRY(store_person_find(op, m.survivor_id, &survivor));
		if (!merge_field_replace(op, &survivor, t->field, t->has, t->had))
			return forget_beside(op, m.survivor_id, m.id, t);
		TRY(store_person_save(op, &survivor));
		TRY(link_above(op, &m, &above));
		if (above.id)
			TRY(forget_in(op, &above, "has", t, &found));
		if (!found)
			return ST_OK;
		m = above;
	}
	return ST_OK;
}

static enum status
put_back_fields(struct op *op, const struct merge *m, const json_t *before)
{
	const char *field;
	json_t *one;

	json_object_foreach(json_object_get(before, "fields"), field, one) {
		struct taken t = { field, json_object_get(one, "had"), json_object_get(one, "has") };

		if (!json_equal(t.had, t.has))
			TRY(put_back(op, *m, &t));
	}
	return ST_OK;
}

/* The main name stands where it stood: the row that kept it meanwhile goes. */
static enum status
forget_kept_name(struct op *op, int64_t survivor_id, int64_t kept)
{
	const struct part_rows *further;
	struct person p;

	TRY(store_person_find(op, survivor_id, &p));
	further = &p.parts[PART_NAME];
	for (size_t i = 0; i < further->n; i++) {
		const struct person_part *row = &further->list[i];

		if (row->row == kept && same_text(row->value[1], p.names[0].family) &&
		    same_text(row->value[2], p.names[0].given))
			TRY(store_part_drop(op, p.id, PART_NAME, row->row));
	}
	return ST_OK;
}

/* A lock against disclosure that came since may be meant for either: both are
 * locked until somebody who knows takes it away. */
static enum status
lock_both(struct op *op, const struct merge *m, const json_t *before)
{
	struct person survivor, merged;

	TRY(store_person_find(op, m->survivor_id, &survivor));
	TRY(store_person_find(op, m->merged_id, &merged));
	if (!merge_lock_spread(json_object_get(before, "lock"), &survivor, &merged))
		return ST_OK;
	return store_person_save(op, &merged);
}

/* ---- what a new one had ended ---- */

static bool
holds_id(const json_t *ids, int64_t id)
{
	for (size_t i = 0; i < json_array_size(ids); i++)
		if (json_integer_value(json_array_get(ids, i)) == id)
			return true;
	return false;
}

static bool
begins_behind(const struct part_spec *spec, const struct person_part *row,
              const struct person_part *ended)
{
	int last, began;

	return row->value[spec->from] && day_parse(row->value[spec->from], &began) &&
	    day_parse(ended->value[spec->until], &last) && began == last + 1 &&
	    (spec->kind < 0 || same_text(row->value[spec->kind], ended->value[spec->kind]));
}

/* A row of the person that came in since the link began where this one ends. */
static bool
took_its_place(const struct person *p, enum part part, const struct person_part *ended,
               const json_t *held)
{
	const struct part_rows *rows = &p->parts[part];

	for (size_t i = 0; i < rows->n; i++)
		if (!holds_id(held, rows->list[i].row) &&
		    begins_behind(&part_specs[part], &rows->list[i], ended))
			return true;
	return false;
}

/* A new address ended both old ones: for who does not keep the new one, the old
 * one holds.  What somebody ended for itself stays ended. */
static enum status
hold_again(struct op *op, const struct person *p, const struct person *other, const json_t *before)
{
	const json_t *held = json_object_get(before, "held");

	for (int i = 0; i < PARTS; i++) {
		const json_t *ids = json_object_get(held, part_specs[i].name);
		enum part part = (enum part)i;

		for (size_t k = 0; k < p->parts[part].n; k++) {
			struct person_part row = p->parts[part].list[k];

			if (part_specs[part].until < 0 || !row.value[part_specs[part].until] ||
			    !holds_id(ids, row.row) || took_its_place(p, part, &row, ids) ||
			    !took_its_place(other, part, &row, ids))
				continue;
			row.value[part_specs[part].until] = NULL;
			TRY(store_part_save(op, p->id, part, &row));
		}
	}
	return ST_OK;
}

static enum status
hold_both(struct op *op, const struct merge *m, const json_t *before)
{
	struct person survivor, merged;
	int64_t current;

	TRY(store_person_current(op, m->survivor_id, &current));
	TRY(store_person_find(op, current, &survivor));
	TRY(store_person_find(op, m->merged_id, &merged));
	TRY(hold_again(op, &survivor, &merged, before));
	return hold_again(op, &merged, &survivor, before);
}

static enum status
part_with(struct op *op, const struct merge *m, const json_t *before, const json_t *assign)
{
	TRY(assign_rows(op, m, assign));
	TRY(store_person_unlink(op, m->merged_id));
	TRY(lock_both(op, m, before));
	TRY(hold_both(op, m, before));
	TRY(put_back_fields(op, m, before));
	TRY(forget_kept_name(op, m->survivor_id,
	    json_integer_value(json_object_get(before, "kept"))));
	TRY(store_search_refresh(op, m->merged_id));
	return store_search_refresh(op, m->survivor_id);
}

enum status
merge_part(struct op *op, const struct merge *m, const json_t *assign)
{
	json_t *before = json_loads(m->before, 0, NULL);
	enum status s = part_with(op, m, before, assign);

	json_decref(before);
	if (s != ST_OK)
		return s;
	return store_pair_settle(op, m->survivor_id, m->merged_id, "different", m->answer);
}
