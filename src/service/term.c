/*
 * term.c - layer 3: recording what ends by itself.  Called by command/term.c.
 * Whoever sees a kind of term may record one: the catalogue says who.
 */
#include <string.h>

#include "guard.h"
#include "radar.h"
#include "rules_rights.h"

const char *
radar_reader(struct op *op)
{
	return right_reach("person.radar", op->by->role, UNIT_OPEN) & REACH_ALL ? NULL
	                                                                 : op->by->unit;
}

/* ---- what is recorded ---- */

enum status
term_kinds(struct op *op, struct radar_kind **list, size_t *n)
{
	size_t n_all;

	TRY(store_radar_kinds(op, op->by->unit, list, &n_all));
	*n = 0;
	for (size_t i = 0; i < n_all; i++)
		if (!(*list)[i].document)
			(*list)[(*n)++] = (*list)[i];
	return ST_OK;
}

static enum status
kind_find(struct op *op, const char *kind, const struct radar_kind **found)
{
	const char *choice = NULL;
	struct radar_kind *list;
	size_t n;

	TRY(term_kinds(op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (kind && strcmp(list[i].kind, kind) == 0) {
			*found = &list[i];
			return ST_OK;
		}
		choice = choice ? arena_printf(op->mem, "%s, %s", choice, list[i].kind)
		                : list[i].kind;
	}
	if (!choice)
		return op_fail_field(op, ST_INVALID, "kind",
		    _("Your unit records no terms of people. Tell the unit that does."));
	return op_fail_field(op, ST_INVALID, "kind",
	    _("Say which kind of term it is, one of: %s."), choice);
}

static enum status
set_status(struct op *op, const struct term_wish *wish, struct term *t)
{
	if (!wish->status)
		return ST_OK;
	t->status = *wish->status ? wish->status : NULL;
	t->status_name = NULL;
	if (!t->status)
		return ST_OK;
	TRY(store_code_name(op, "status", t->status, &t->status_name));
	if (t->status_name)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "status",
	    _("There is no status %s. `tresen catalogue show` lists them."), t->status);
}

static enum status
apply_wish(struct op *op, const struct term_wish *wish, struct term *t)
{
	const char *source;

	TRY(set_status(op, wish, t));
	TRY(clean_text(op, "source", wish->source, TEXT_SHORT, false, &source));
	if (source)
		t->source = *source ? source : NULL;
	if (wish->from != DAY_NONE)
		t->from = wish->from;
	if (wish->ends != DAY_NONE)
		t->ends = wish->ends;
	if (t->from != DAY_NONE && t->ends != DAY_NONE && t->ends < t->from)
		return op_fail_field(op, ST_INVALID, "ends",
		    _("It cannot end before it begins. Look at both days again."));
	return ST_OK;
}

static enum status
replace(struct op *op, const struct term *t, const struct radar_kind *kind)
{
	char *save = NULL, *kinds = arena_strdup(op->mem, kind->replaces);

	for (char *k = strtok_r(kinds, " ", &save); k; k = strtok_r(NULL, " ", &save))
		TRY(store_term_replace(op, t, k));
	return ST_OK;
}

enum status
term_new(struct op *op, int64_t person_id, const struct term_wish *wish, struct term *t)
{
	const struct radar_kind *kind = NULL;
	struct person p;

	TRY(person_show(op, person_id, &p));
	TRY(kind_find(op, wish->kind, &kind));
	*t = (struct term){
		.person_id = p.id, .kind = kind->kind, .from = DAY_NONE, .ends = DAY_NONE,
		.ended = DAY_NONE,
	};
	TRY(apply_wish(op, wish, t));
	TRY(store_term_add(op, t));
	TRY(replace(op, t, kind));
	return store_term_find(op, t->id, op->by->unit, t);
}

/* ---- what is changed ---- */

/* A term of this person that the clerk's unit records. */
static enum status
term_own(struct op *op, int64_t person_id, int64_t id, struct term *t)
{
	struct person p;
	struct term *list;
	size_t n;

	TRY(person_show(op, person_id, &p));
	TRY(store_term_list(op, p.id, op->by->unit, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].id == id) {
			*t = list[i];
			return ST_OK;
		}
	return op_fail_field(op, ST_NOT_FOUND, "row",
	    _("There is no term %lld of this person that your unit records."), (long long)id);
}

enum status
term_change(struct op *op, int64_t person_id, int64_t id, const struct term_wish *wish,
            struct term *t)
{
	TRY(term_own(op, person_id, id, t));
	TRY(apply_wish(op, wish, t));
	return store_term_save(op, t);
}

enum status
term_end(struct op *op, int64_t person_id, int64_t id, struct term *t)
{
	TRY(term_own(op, person_id, id, t));
	if (t->ended != DAY_NONE)
		return op_fail(op, ST_CONFLICT, _("This term is over already."));
	t->ended = op->today;
	return store_term_save(op, t);
}

/* ---- what is shown ---- */

enum status
term_list(struct op *op, int64_t person_id, bool whole, struct term **list, size_t *n)
{
	return store_term_list(op, person_id, whole ? NULL : radar_reader(op), list, n);
}

const char *
term_words(struct op *op, const struct term *t)
{
	if (t->ended != DAY_NONE)
		return _("replaced or withdrawn");
	if (t->ends == DAY_NONE)
		return _("without end");
	return radar_distance(op->mem, t->ends, op->today);
}
