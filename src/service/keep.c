/*
 * keep.c - layer 3: what somebody is told who meets a record that is kept from
 * them, or that they may only read.  Called by the doors of the other services
 * (person_current, case_look) and by what finds people.  Must never tell more
 * than whom to ask.
 */
#include "service_restriction.h"

#include "guard.h"
#include "rules_rights.h"

/* "Residence (Demir, Roth)": who can help. */
static const char *
whom_to_ask(struct op *op, const struct restriction *r)
{
	const char *unit = r->unit_name ? r->unit_name : _("the data protection officer");

	if (r->kind == RESTRICTION_RESERVED && *r->names)
		return arena_printf(op->mem, "%s (%s)", r->names, unit);
	return r->unit_name ? arena_printf(op->mem, _("the supervisor of %s"), unit) : unit;
}

static enum status
refuse_look(struct op *op, const char *field, const struct restriction *r)
{
	if (r->kind == RESTRICTION_BLOCKED)
		return op_fail_field(op, ST_DENIED, field, _("This record is blocked: it is kept, and "
		    "not worked with. Ask %s."), whom_to_ask(op, r));
	return op_fail_field(op, ST_DENIED, field, _("This file is for named people only. Ask %s. If "
	    "life or safety is at stake, you can open it for a time; the data protection officer is "
	    "told at once."), whom_to_ask(op, r));
}

static enum status
refuse_change(struct op *op, const char *field, const struct restriction *r)
{
	char day[11];

	if (r->kind == RESTRICTION_BLOCKED)
		return op_fail_field(op, ST_DENIED, field, _("This record is blocked since %s: it can "
		    "be read, and nothing of it changes until the block is lifted. Ask %s."),
		    day_iso(clock_day(r->set_at), day), whom_to_ask(op, r));
	return op_fail_field(op, ST_DENIED, field, _("You have opened this file in an emergency: you "
	    "can read it, and change nothing. Ask %s."), whom_to_ask(op, r));
}

static enum status
refuse_kept(struct op *op, const char *field, enum keep keep, int64_t restriction)
{
	struct restriction r;

	TRY(store_restriction_find(op, restriction, &r));
	if (!r.id)
		return op_fail_field(op, ST_STORE, field, _("It cannot be told who may open this. Try "
		    "again; if it stays so, tell the administrator."));
	return keep == KEEP_ALL ? refuse_look(op, field, &r) : refuse_change(op, field, &r);
}

static bool
is_shut(const struct op *op, enum keep keep)
{
	return keep == KEEP_ALL || (keep == KEEP_READ && db_is_writing(op));
}

enum status
person_guard(struct op *op, const char *field, int64_t id)
{
	int64_t restriction;
	enum keep keep = kept_person(op, id, &restriction);

	return is_shut(op, keep) ? refuse_kept(op, field, keep, restriction) : ST_OK;
}

enum status
case_guard(struct op *op, int64_t id, bool *hidden)
{
	struct restriction r = { .id = 0 };
	int64_t restriction;
	enum keep keep = kept_case(op, id, &restriction);

	*hidden = false;
	if (!is_shut(op, keep))
		return ST_OK;
	if (keep == KEEP_ALL) {
		TRY(store_restriction_find(op, restriction, &r));
		*hidden = r.kind != RESTRICTION_BLOCKED || !r.id;
	}
	return *hidden ? ST_OK : refuse_kept(op, "id", keep, restriction);
}

enum status
purpose_needed(struct op *op, int64_t person)
{
	if (op->reason || kept_person(op, person, NULL) != KEEP_READ)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "purpose", _("This record is blocked or was opened in an "
	    "emergency: say what you look at it for (purpose=, the codes are in look.purpose)."));
}

/* ---- hits ---- */

/* Only who has the person or a paper of theirs at hand knows the name and the whole
 * date of birth, or a number: a second record must not be made because of silence. */
static bool
is_surely(const struct hit *hit)
{
	return hit->numbered || (hit->birth == BIRTH_EQUAL &&
	    (hit->score >= HIT_SURE || hit->strength >= HIT_STRONG));
}

static enum status
hide(struct op *op, struct hit *hit, int64_t restriction)
{
	struct restriction r;

	TRY(store_restriction_find(op, restriction, &r));
	hit->display = r.kind == RESTRICTION_BLOCKED ? _("(blocked record)")
	                                             : _("(named people only)");
	hit->born = hit->sex = hit->countries = NULL;
	hit->locked = false;
	hit->kept = true;
	hit->why = arena_printf(op->mem, _("ask %s"), whom_to_ask(op, &r));
	return ST_OK;
}

enum status
hits_keep(struct op *op, struct hit *hits, size_t *n)
{
	size_t left = 0;

	for (size_t i = 0; i < *n; i++) {
		int64_t restriction;

		if (hits[i].kept || kept_person(op, hits[i].id, &restriction) != KEEP_ALL) {
			hits[left++] = hits[i];
			continue;
		}
		if (!is_surely(&hits[i]))
			continue;
		hits[left] = hits[i];
		TRY(hide(op, &hits[left++], restriction));
	}
	*n = left;
	return ST_OK;
}
