/*
 * owner.c - layer 3: who may answer: only the unit that a field names changes
 * it, in rows too.  Called by judge.c.  Must never take what somebody answered
 * away by moving the rows around it.
 *
 * Rows have no names of their own: others may add rows, take out those in which
 * nothing is theirs to keep, and change the rest of each; what is another
 * unit's stands in the rows in the order in which it stood before.
 */
#include <string.h>

#include "guard.h"
#include "intake.h"

static bool
is_of_others(const struct op *op, const struct form_field *field)
{
	return field->owner && strcmp(field->owner, op->by->unit) != 0;
}

static bool
is_same_text(const char *one, const char *two)
{
	return strcmp(one ? one : "", two ? two : "") == 0;
}

/* ---- rows ---- */

/* What goes out of sight by a condition is not changed by whoever answered the
 * condition; strict: where rows moved, nothing would tell it from what was
 * taken away. */
struct look {
	const struct op *op;
	bool strict;
};

static bool is_kept(struct look look, const struct form_cell *old, const struct form_cell *now,
                    bool theirs);

static bool
is_row_kept(struct look look, const struct form_row *old, const struct form_row *now, bool theirs)
{
	for (size_t i = 0; i < now->repeat->field_count; i++)
		if (!is_kept(look, &old->cells[i], &now->cells[i], theirs))
			return false;
	return true;
}

static bool is_row_free(const struct op *op, const struct form_row *row);

/* Does it hold nothing of others? */
static bool
is_free(const struct op *op, const struct form_cell *cell)
{
	if (!cell->seen || cell->field->compute)
		return true;
	if (is_of_others(op, cell->field))
		return !cell->text && cell->row_count == 0;
	for (size_t i = 0; i < cell->row_count; i++)
		if (!is_row_free(op, &cell->rows[i]))
			return false;
	return true;
}

static bool
is_row_free(const struct op *op, const struct form_row *row)
{
	for (size_t i = 0; i < row->repeat->field_count; i++)
		if (!is_free(op, &row->cells[i]))
			return false;
	return true;
}

/* Each row as it was, in its place. */
static bool
are_all_kept(struct look look, const struct form_cell *old, const struct form_cell *now,
             bool theirs)
{
	for (size_t i = 0; i < now->row_count && i < old->row_count; i++)
		if (!is_row_kept(look, &old->rows[i], &now->rows[i], theirs))
			return false;
	return old->row_count == now->row_count;
}

/* Is there a way to find each row that holds something of others again, in
 * their order?  is[j]: the old rows so far are found among the first j. */
static bool
are_found(struct look look, const struct form_cell *old, const struct form_cell *now)
{
	bool fit[2][FORM_ROWS_MAX + 1];

	look.strict = true;
	for (size_t i = 0; i <= old->row_count; i++) {
		bool *is = fit[i % 2], *was = fit[(i + 1) % 2];
		const struct form_row *row = i > 0 ? &old->rows[i - 1] : NULL;
		bool may_go = row && is_row_free(look.op, row);

		for (size_t j = 0; j <= now->row_count; j++) {
			const struct form_row *here = j > 0 ? &now->rows[j - 1] : NULL;

			is[j] = row ? may_go && was[j] : !here;
			if (here && is[j - 1] && is_row_free(look.op, here))
				is[j] = true;
			if (here && row && was[j - 1] && is_row_kept(look, row, here, false))
				is[j] = true;
		}
	}
	return fit[old->row_count % 2][now->row_count];
}

static bool
is_kept(struct look look, const struct form_cell *old, const struct form_cell *now, bool theirs)
{
	if (!now->seen || now->field->compute)
		return !look.strict || is_free(look.op, old);
	theirs = theirs || is_of_others(look.op, now->field);
	if (now->field->type != FORM_REPEAT)
		return !theirs || is_same_text(old->text, now->text);
	return are_all_kept(look, old, now, theirs) || (!theirs && are_found(look, old, now));
}

/* ---- the refusal ---- */

struct spot {
	const char *path;        /* "children[2].health" */
	const struct form_field *owned; /* whose owner it is */
};

/* The first field of others in a repeat: of a row that is gone nothing is left
 * to point at. */
static const struct form_field *
owned_in(const struct op *op, const struct form_field *field)
{
	const struct form_field *owned = is_of_others(op, field) ? field : NULL;

	for (size_t i = 0; i < field->field_count && !owned; i++)
		owned = owned_in(op, &field->fields[i]);
	return owned;
}

static struct spot
spot_of(struct op *op, const struct form_cell *old, const struct form_cell *now,
        const char *path)
{
	const struct form_field *field = now->field;
	const struct look look = { op, false };

	if (field->type != FORM_REPEAT || is_of_others(op, field))
		return (struct spot){ path, owned_in(op, field) };
	for (size_t i = 0; i < now->row_count; i++)
		for (size_t k = 0; k < field->field_count; k++) {
			static const struct form_cell none;
			const struct form_cell *cell = &now->rows[i].cells[k];
			const struct form_cell *was = i < old->row_count
			    ? &old->rows[i].cells[k] : &none;

			if (!is_kept(look, was, cell, false))
				return spot_of(op, was, cell, arena_printf(op->mem,
				    "%s[%zu].%s", path, i + 1, cell->field->key));
		}
	return (struct spot){ path, owned_in(op, field) };
}

static enum status
refuse_change(struct op *op, const struct form *form, struct spot spot)
{
	const char *label = form_path_label(op->mem, form, spot.path, lang_code(op->lang));
	struct unit unit;

	TRY(store_unit_find(op, spot.owned->owner, &unit));
	return op_fail_field(op, ST_DENIED, spot.path,
	    _("\"%s\" is answered by %s only. Leave it as it is."), label ? label : spot.path,
	    unit.name);
}

/* ---- what goes out of sight with the answer of somebody else ---- */

struct losses {
	struct op *op;
	const struct form *form;
	const char *said;        /* "Has to live there" (Social work), ...; or NULL */
};

static enum status
add_loss(struct losses *l, const struct form_field *field, const char *path)
{
	const char *label = form_path_label(l->op->mem, l->form, path, lang_code(l->op->lang));
	struct unit unit;

	TRY(store_unit_find(l->op, field->owner, &unit));
	l->said = arena_printf(l->op->mem, "%s%s\"%s\" (%s)", l->said ? l->said : "",
	    l->said ? ", " : "", label ? label : path, unit.name);
	return ST_OK;
}

/* Rows that are found again have lost nothing; others lie side by side. */
static enum status
find_losses(struct losses *l, const struct form_cell *old, const struct form_cell *now,
            const char *path)
{
	const struct form_field *field = old->field;
	bool gone = !now || !now->seen;

	if (!old->seen || field->compute || is_free(l->op, old))
		return ST_OK;
	if (gone && is_of_others(l->op, field))
		return add_loss(l, field, path);
	if (!gone && are_found((struct look){ l->op, true }, old, now))
		return ST_OK;
	for (size_t i = 0; i < old->row_count; i++)
		for (size_t k = 0; k < field->field_count; k++)
			TRY(find_losses(l, &old->rows[i].cells[k],
			    gone || i >= now->row_count ? NULL : &now->rows[i].cells[k],
			    arena_printf(l->op->mem, "%s[%zu].%s", path, i + 1,
			        field->fields[k].key)));
	return ST_OK;
}

/* It may go, but not unseen: who takes it away says why. */
static enum status
judge_losses(struct op *op, const struct asked *asked, const struct form_state *old,
             const struct form_state *now)
{
	struct losses l = { .op = op, .form = asked->form };

	if (asked->reason && *asked->reason)
		return ST_OK;
	for (size_t i = 0; i < asked->form->field_count; i++)
		TRY(find_losses(&l, &old->root->cells[i], &now->root->cells[i],
		    asked->form->fields[i].key));
	return !l.said ? ST_OK : op_fail_field(op, ST_INVALID, "reason",
	    _("Others have answered what is not asked any more then, and it goes: %s. Give a "
	      "reason, or leave it as it was."), l.said);
}

static bool
has_owners(const struct op *op, const struct form *form)
{
	bool any = false;

	for (size_t i = 0; i < form->every_count; i++)
		any = any || is_of_others(op, form->every[i]);
	return any;
}

enum status
judge_owners(struct op *op, const struct asked *asked, const struct answer *stored, size_t n)
{
	const struct form_state *old, *now;
	json_t *before;

	if (!has_owners(op, asked->form))
		return ST_OK;
	before = merged_answers(stored, n, NULL);
	old = form_evaluate(op->mem, asked->form, before, asked->world);
	json_decref(before);
	now = form_evaluate(op->mem, asked->form, asked->answers, asked->world);
	for (size_t i = 0; i < asked->form->field_count; i++) {
		const struct form_cell *was = &old->root->cells[i], *is = &now->root->cells[i];

		if (!is_kept((struct look){ op, false }, was, is, false))
			return refuse_change(op, asked->form,
			    spot_of(op, was, is, is->field->key));
	}
	return judge_losses(op, asked, old, now);
}
