/*
 * person_acts.c - layer 3: what one may do to a person's record: its rows, the
 * lock, and the screens that one goes to from it.  Called by person.c through
 * its bindings.
 */
#include "person.h"

#include "outfile.h"
#include "person_lines.h"

unsigned
person_edit(void *on)
{
	struct screen *s = on;

	return screen_open(s, "person_edit", json_pack("{s:I}", "id",
	    (json_int_t)number_at(((struct person_screen *)s->state)->person, "id")));
}

/* ---- rows of the record ---- */

static unsigned
open_row(struct screen *s, enum part part, int64_t row)
{
	struct person_screen *st = s->state;

	return screen_open(s, "person_row", json_pack("{s:I, s:s, s:I}", "person",
	    (json_int_t)number_at(st->person, "id"), "part", part_specs[part].name, "row",
	    (json_int_t)row));
}

unsigned
person_change_row(void *on)
{
	struct screen *s = on;
	struct person_screen *st = s->state;

	record_row(&st->tables[VIEW_RECORD], &st->part, &st->row);
	return st->row ? open_row(s, st->part, st->row) : person_edit(on);
}

static unsigned
took_source(void *on, const char *source)
{
	struct screen *s = on;
	const struct person_screen *st = s->state;
	enum status status = ask(s, NULL, "person.parent", "{s:I, s:I, s:s, s:s*}", "id",
	    (json_int_t)number_at(st->person, "id"), "parent", (json_int_t)st->parent, "kind",
	    st->parent_kind, "source", *source ? source : NULL);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Recorded, in both records."));
	return then_reload(status);
}

static unsigned
took_parent(struct screen *s, int64_t id)
{
	((struct person_screen *)s->state)->parent = id;
	return ask_line(s, _("Read from which paper?"), "", took_source);
}

static unsigned
picked_part(struct screen *s, const char *name)
{
	struct person_screen *st = s->state;
	int kind = state_by_name(&parent_kinds, name);

	if (kind < 0)
		return open_row(s, part_by_name(name), 0);
	st->parent_kind = state_name(&parent_kinds, kind);
	return pick_person(s, "", took_parent);
}

/* A row of the record, or one of the parents, who have records of their own. */
unsigned
person_add(void *on)
{
	struct pick_item items[PARTS + PARENT_KINDS];

	for (int part = 0; part < PARTS; part++)
		items[part] = (struct pick_item){ .code = part_specs[part].name,
			.label = state_label(&part_names, part) };
	for (int kind = 0; kind < PARENT_KINDS; kind++)
		items[PARTS + kind] = (struct pick_item){ .code = state_name(&parent_kinds, kind),
			.label = state_label(&parent_kinds, kind) };
	return pick(on, _("What is to be added?"), items, PARTS + PARENT_KINDS, picked_part);
}

static unsigned
drop_row(void *on, const char *reason)
{
	struct screen *s = on;
	const struct person_screen *st = s->state;
	enum status status = ask(s, NULL, "person.drop", "{s:I, s:s, s:I, s:s}", "id",
	    (json_int_t)number_at(st->person, "id"), "what", part_specs[st->part].name, "row",
	    (json_int_t)st->row, "reason", reason);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Taken away. The history keeps it."));
	return then_reload(status);
}

unsigned
person_drop(void *on)
{
	struct screen *s = on;
	struct person_screen *st = s->state;

	record_row(&st->tables[VIEW_RECORD], &st->part, &st->row);
	return ask_line(s, _("Why was this never right?"), "", drop_row);
}

/* ---- the lock ---- */

static unsigned
lock(void *on, const char *reason)
{
	struct screen *s = on;
	const struct person_screen *st = s->state;
	enum status status = ask(s, NULL, "person.lock", "{s:I, s:s, s:s}", "id",
	    (json_int_t)number_at(st->person, "id"), "until", st->until, "reason", reason);

	if (status == ST_OK)
		say(s, TONE_DONE, _("Locked until %s."), say_date(s->mem, st->until));
	return then_reload(status);
}

#define LOCK_UNTIL _("Lock until (31.12.2028, +90)?")

static unsigned
lock_until(void *on, const char *typed)
{
	struct screen *s = on;
	struct person_screen *st = s->state;

	st->until = typed_day(s, typed, FORM_FUTURE, LOCK_UNTIL, lock_until);
	if (!st->until || !*st->until)
		return DRAW; /* "": changed their mind */
	return ask_line(s, _("Why, or by whose order?"), "", lock);
}

/* As long as the office says (§ 51(4) BMG), and then renewed for a reason. */
unsigned
person_lock(void *on)
{
	struct screen *s = on;
	int year, month, day;

	day_to_ymd(clock_day(clock_now()), &year, &month, &day);
	year += (int)json_integer_value(catalogue_list(s, "lock_years"));
	return ask_line(s, LOCK_UNTIL, arena_printf(s->page, "%d.%d.%d",
	    month == 2 && day == 29 ? 28 : day, month, year), lock_until);
}

static unsigned
unlock(void *on, const char *reason)
{
	struct screen *s = on;
	const struct person_screen *st = s->state;
	enum status status = ask(s, NULL, "person.unlock", "{s:I, s:s}", "id",
	    (json_int_t)number_at(st->person, "id"), "reason", reason);

	if (status == ST_OK)
		say(s, TONE_DONE, _("The lock has ended."));
	return then_reload(status);
}

unsigned
person_unlock(void *on)
{
	return ask_line(on, _("Why does the lock end?"), "", unlock);
}

/* ---- what goes elsewhere ---- */

unsigned
person_proposals(void *on)
{
	struct screen *s = on;

	return screen_open(s, "proposals", json_pack("{s:I}", "id",
	    (json_int_t)number_at(((struct person_screen *)s->state)->person, "id")));
}

unsigned
person_package(struct screen *s, int64_t person)
{
	const json_t *result;

	if (ask(s, &result, "person.export", "{s:I, s:s}", "id", (json_int_t)person, "for",
	        "person") == ST_OK)
		outfile_save(s, arena_printf(s->mem, _("person-%d"), (int)person),
		    text_at(result, "text"));
	return DRAW;
}

static unsigned
export(void *on)
{
	const struct person_screen *st = ((struct screen *)on)->state;

	return person_package(on, number_at(st->person, "id"));
}

static const struct binding export_choices[] = {
	{ .keys = "g", .label = N_("it goes to the person"), .act = export },
	{ 0 }
};

/* Whoever takes an address out of the office is asked once more. */
unsigned
person_export(void *on)
{
	struct screen *s = on;
	const struct person_screen *st = s->state;

	if (!truth_at(st->person, "locked") && truth_at(st->person, "household.locked"))
		return choose(s, export_choices,
		    _("Somebody they live with is LOCKED: for nobody else."));
	if (!truth_at(st->person, "locked"))
		return export(s);
	return choose(s, export_choices, _("LOCKED against disclosure until %s: for nobody else."),
	    say_date(s->page, text_at(st->person, "lock.until")));
}

/* key: how the screen calls the number of the person. */
static unsigned
open_with(struct screen *s, const char *name, const char *key)
{
	return screen_open(s, name, json_pack("{s:O}", key, json_object_get(s->args, "id")));
}

unsigned person_doubles(void *on) { return open_with(on, "duplicates", "id"); }
unsigned person_household(void *on) { return open_with(on, "household", "person"); }
unsigned person_terms(void *on) { return open_with(on, "terms", "id"); }
unsigned person_ask(void *on) { return open_with(on, "requests", "person"); }

unsigned
person_ticket(void *on)
{
	struct screen *s = on;
	struct person_screen *st = s->state;

	return screen_open(s, "ticket", json_pack("{s:O}", "person",
	    (json_t *)(uintptr_t)st->person));
}

unsigned
person_disclosed(void *on)
{
	const struct person_screen *st = ((struct screen *)on)->state;

	return screen_open(on, "disclosed", json_pack("{s:I, s:s}", "id",
	    (json_int_t)number_at(st->person, "id"), "name", text_at(st->person, "name")));
}
