/*
 * person_lines.c - layer 3: a person's record in words, see person_lines.h.
 */
#include "person_lines.h"

#include <string.h>

/* ---- cases and visits: visits have the odd ids ---- */

#define CASE_ROW(id) ((id) * 2)
#define VISIT_ROW(id) ((id) * 2 + 1)

static void
add_case(struct screen *s, struct table *t, const json_t *c)
{
	const char *owner = text_at(c, "owner_name");

	table_add(t, CASE_ROW(number_at(c, "id")), STYLE_PLAIN, (const char *[]){
		text_at(c, "number"), say_day(s->page, text_at(c, "opened")),
		text_at(c, "service_label"), text_at(c, "state_label"),
		*owner ? owner : text_at(c, "unit_label"), text_at(c, "why"),
	});
}

/* The time of a visit today, the day of one before. */
static const char *
when(struct screen *s, const char *arrived)
{
	const char *day = arena_strndup(s->page, arrived, strlen("2026-11-23"));
	char today[11];

	if (strcmp(day, day_iso(clock_day(clock_now()), today)) == 0)
		return say_instant(s->page, arrived);
	return say_day(s->page, day);
}

static void
add_visit(struct screen *s, struct table *t, const json_t *v)
{
	table_add(t, VISIT_ROW(number_at(v, "id")), STYLE_QUIET, (const char *[]){
		text_at(v, "ticket"), when(s, text_at(v, "arrived")),
		text_at(v, "concern_label"), text_at(v, "state_label"),
		text_at(v, "staff_name"), text_at(v, "note"),
	});
}

void
list_past(struct screen *s, struct table *t, const json_t *person)
{
	const json_t *item;
	size_t i;

	table_begin(t, s->page);
	json_array_foreach(at(person, "cases"), i, item)
		add_case(s, t, item);
	json_array_foreach(at(person, "visits"), i, item)
		add_visit(s, t, item);
	table_end(t);
}

int64_t
past_case(const struct table *t)
{
	int64_t row = table_at(t);

	return row % 2 == 0 ? row / 2 : 0;
}

/* ---- rows of the record ---- */

const char *
rows_key(enum part part)
{
	static const char *const keys[PARTS] = {
		[PART_NAME] = "names", [PART_IDENTIFIER] = "identifiers",
		[PART_CONTACT] = "contacts", [PART_ADDRESS] = "addresses",
		[PART_LANGUAGE] = "languages", [PART_DOCUMENT] = "documents",
	};

	return keys[part];
}

/* A paper with its number names its issuer elsewhere: the line stays short. */
static const char *
line_of(struct arena *a, enum part part, const json_t *row)
{
	const struct part_spec *spec = &part_specs[part];
	const char *values[PART_FIELDS_MAX] = { NULL };

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++) {
		const char *label = text_at(row, arena_printf(a, "%s_label", spec->fields[i].key));

		values[i] = *label ? label : text_at(row, spec->fields[i].key);
	}
	return part_line(a, spec, values);
}

static const char *
ended_ago(struct arena *a, int days)
{
	if (days < 14)
		return arena_printf(a, tr_n("ended %d day ago", "ended %d days ago", days), days);
	if (days < 70)
		return arena_printf(a, tr_n("ended %d week ago", "ended %d weeks ago", days / 7),
		    days / 7);
	return NULL;
}

/* "ends in 5 weeks", "ended 3 days ago", "until 4 Jan 2030"; "" for no day. */
static const char *
say_end(struct arena *a, const char *iso_day)
{
	int day, left;
	const char *said = NULL;

	if (!day_parse(iso_day, &day))
		return "";
	left = day - clock_day(clock_now());
	if (left < 0)
		said = ended_ago(a, -left);
	else if (left == 0)
		return _("ends today");
	else if (left < 14)
		said = arena_printf(a, tr_n("ends in %d day", "ends in %d days", left), left);
	else if (left < 70)
		said = arena_printf(a, tr_n("ends in %d week", "ends in %d weeks", left / 7),
		    left / 7);
	if (said)
		return said;
	return arena_printf(a, left < 0 ? _("ended %s") : _("until %s"), say_date(a, iso_day));
}

/* From when until when; of a paper, its end. */
static const char *
days_of(struct arena *a, const json_t *row)
{
	const char *from = text_at(row, "from"), *until = text_at(row, "until");
	const char *expires = text_at(row, "expires");

	if (*until)
		return arena_printf(a, _("until %s"), say_date(a, until));
	if (*expires)
		return say_end(a, expires);
	return *from ? arena_printf(a, _("since %s"), say_date(a, from)) : "";
}

/* "passport N0011, ends in 5 weeks": of a row of a part. */
static const char *
say_row(struct arena *a, enum part part, const json_t *row)
{
	const char *end = say_end(a, text_at(row, "expires")), *line = line_of(a, part, row);

	return *end ? arena_printf(a, "%s, %s", line, end) : line;
}

#define ROW_OF(part, row) (((row) + 1) * 8 + (int64_t)(part))

/* Numbers whose check digits do not hold are said so, not coloured only. */
static const char *
what_of(struct arena *a, enum part part, const json_t *row)
{
	const char *line = line_of(a, part, row);

	if (part == PART_IDENTIFIER && !truth_at(row, "checked"))
		return arena_printf(a, _("%s (to be checked)"), line);
	return line;
}

void
list_record(struct screen *s, struct table *t, const json_t *person)
{
	const json_t *row;
	size_t i;

	table_begin(t, s->page);
	for (int part = 0; part < PARTS; part++)
		json_array_foreach(at(person, rows_key((enum part)part)), i, row)
			table_add(t, ROW_OF(part, number_at(row, "row")),
			    truth_at(row, "holds") ? STYLE_PLAIN : STYLE_QUIET, (const char *[]){
				i == 0 ? _(part_specs[part].section) : "",
				what_of(s->page, (enum part)part, row),
				days_of(s->page, row), text_at(row, "source"),
				text_at(row, "note"),
			});
	table_end(t);
}

bool
record_row(const struct table *t, enum part *part, int64_t *row)
{
	int64_t id = table_at(t);

	*part = (enum part)(id % 8);
	*row = id / 8 - 1;
	return id != 0;
}

/* ---- changes ---- */

static const char *
change_line(struct arena *a, const json_t *change)
{
	const char *old = text_at(change, "old"), *new = text_at(change, "new");

	return arena_printf(a, "%s: %s → %s", text_at(change, "label"), *old ? old : "–",
	    *new ? new : "–");
}

/* The act, then a line for each thing it changed. */
void
list_changes(struct screen *s, struct table *t, const json_t *history)
{
	const json_t *event, *change;
	int64_t row = 0;
	size_t i, k;

	table_begin(t, s->page);
	json_array_foreach(history, i, event) {
		const char *reason = text_at(event, "reason");

		table_add(t, ++row, STYLE_PLAIN, (const char *[]){
			say_instant(s->page, text_at(event, "at")), text_at(event, "by"),
			arena_printf(s->page, *reason ? "%s: %s" : "%s", text_at(event, "label"),
			    reason),
		});
		json_array_foreach(at(event, "changes"), k, change)
			table_add(t, ++row, STYLE_QUIET, (const char *[]){ "", "",
				change_line(s->page, change) });
	}
	table_end(t);
}

/* ---- facts ---- */

static const char *
say_lock(struct arena *a, const json_t *person)
{
	if (!truth_at(person, "locked"))
		return "";
	return arena_printf(a, _("until %s: tell nobody outside anything (%s)"),
	    say_date(a, text_at(person, "lock.until")), text_at(person, "lock.reason"));
}

/* Why the record is kept from most: "VG 11 K 5/26; until 1 Dec 2026", or who may. */
static const char *
say_restriction(struct arena *a, const json_t *person, const char *kind, const char *key)
{
	const json_t *r;
	size_t i;

	json_array_foreach(at(person, "restrictions"), i, r)
		if (strcmp(text_at(r, "kind"), kind) == 0)
			return arena_printf(a, "%s (%s)%s%s", text_at(r, key), text_at(r, "reason"),
			    *text_at(r, "until") ? "; " : "",
			    say_end(a, text_at(r, "until")));
	return "";
}

static const char *
say_blocked(struct arena *a, const json_t *person)
{
	return say_restriction(a, person, "blocked", "reference");
}

static const char *
say_reserved(struct arena *a, const json_t *person)
{
	return say_restriction(a, person, "reserved", "staff_names");
}

static const char *
say_emergency(struct arena *a, const json_t *person)
{
	const char *until = text_at(person, "emergency");

	return *until ? arena_printf(a, _("open to you until %s, to read; the data protection officer "
	    "knows"), say_instant(a, until)) : "";
}

static const char *
joined(struct arena *a, const char *all, const char *one)
{
	return *all ? arena_printf(a, "%s; %s", all, one) : one;
}

/* The other ways the name is written. */
static const char *
say_names(struct arena *a, const json_t *person)
{
	const json_t *name;
	const char *all = "";
	size_t i;

	json_array_foreach(at(person, "names"), i, name)
		if (i > 0)
			all = joined(a, all, line_of(a, PART_NAME, name));
	return all;
}

/* What holds of a part, one after the other. */
static const char *
say_rows(struct arena *a, const json_t *person, enum part part)
{
	const json_t *row;
	const char *all = "";
	size_t i;

	json_array_foreach(at(person, rows_key(part)), i, row)
		if (truth_at(row, "holds"))
			all = joined(a, all, say_row(a, part, row));
	return all;
}

static const char *
say_papers(struct arena *a, const json_t *person)
{
	return say_rows(a, person, PART_DOCUMENT);
}

static const char *
say_numbers(struct arena *a, const json_t *person)
{
	return say_rows(a, person, PART_IDENTIFIER);
}

static const char *
say_phone(struct arena *a, const json_t *person)
{
	(void)a;
	return text_at(person, "phone");
}

static const char *
say_address(struct arena *a, const json_t *person)
{
	(void)a;
	return text_at(person, "address");
}

/* Only where there is more to say than the head line has. */
static const char *
say_languages(struct arena *a, const json_t *person)
{
	const json_t *first = json_array_get(at(person, "languages"), 0);
	bool more = json_array_size(at(person, "languages")) > 1 ||
	    *text_at(first, "level") || *text_at(first, "interpreter");

	return more ? say_rows(a, person, PART_LANGUAGE) : "";
}

/* "head · 4 people · flat, Ring 5" */
static const char *
say_household(struct arena *a, const json_t *person)
{
	const json_t *home = at(person, "household");
	int n = (int)number_at(home, "people");

	if (n == 0)
		return "";
	return arena_printf(a, tr_n("%s · %d person · %s, %s", "%s · %d people · %s, %s", n),
	    text_at(home, "role_label"), n, text_at(home, "kind_label"), text_at(home, "street"));
}

static const char *
say_home_lock(struct arena *a, const json_t *person)
{
	(void)a;
	return truth_at(person, "household.locked") && !truth_at(person, "locked")
	    ? _("somebody who lives there: the address is theirs, too") : "";
}

/* "KAMAU, Joseph (father), WANJIRŨ, Njeri (mother)" */
static const char *
say_relatives(struct arena *a, const json_t *list, bool kinds)
{
	const char *all = "";
	const json_t *r;
	size_t i;

	json_array_foreach(list, i, r)
		all = arena_printf(a, "%s%s%s%s%s%s", all, i > 0 ? " · " : "", text_at(r, "name"),
		    kinds ? " (" : " *", text_at(r, kinds ? "kind_label" : "born"), kinds ? ")" : "");
	return all;
}

static const char *
say_parents(struct arena *a, const json_t *person)
{
	return say_relatives(a, at(person, "parents"), true);
}

static const char *
say_children(struct arena *a, const json_t *person)
{
	return say_relatives(a, at(person, "children"), false);
}

static const char *
say_proposals(struct arena *a, const json_t *person)
{
	int64_t n = (int64_t)json_array_size(at(person, "proposals"));

	return n == 0 ? "" : arena_printf(a, tr_n("%d waits for an answer: %s",
	    "%d wait for an answer, the last: %s", n), (int)n,
	    text_at(json_array_get(at(person, "proposals"), 0), "field_label"));
}

const char *
person_title(struct arena *a, const json_t *person)
{
	const char *mark = *say_blocked(a, person) ? _("BLOCKED")
	    : *text_at(person, "emergency") ? _("EMERGENCY")
	    : *say_reserved(a, person) ? _("NAMED ONLY") : "";

	return arena_printf(a, "%s%s%s", text_at(person, "name"), *mark ? " · " : "", mark);
}

/* A line more is an entry more. */
const struct fact person_facts[] = {
	{ N_("EMERGENCY"), say_emergency, STYLE_ALERT },
	{ N_("BLOCKED"), say_blocked, STYLE_ALERT },
	{ N_("NAMED ONLY"), say_reserved, STYLE_ALERT },
	{ N_("LOCKED"), say_lock, STYLE_ALERT },
	{ N_("LOCKED"), say_home_lock, STYLE_ALERT },
	{ N_("proposals"), say_proposals, STYLE_STRONG },
	{ N_("also"), say_names, STYLE_PLAIN },
	{ N_("papers"), say_papers, STYLE_PLAIN },
	{ N_("numbers"), say_numbers, STYLE_PLAIN },
	{ N_("telephone"), say_phone, STYLE_PLAIN },
	{ N_("address"), say_address, STYLE_PLAIN },
	{ N_("languages"), say_languages, STYLE_PLAIN },
	{ N_("household"), say_household, STYLE_PLAIN },
	{ N_("parents"), say_parents, STYLE_PLAIN },
	{ N_("children"), say_children, STYLE_PLAIN },
};
const size_t person_facts_n = COUNT_OF(person_facts);

const struct column past_columns[] = {
	{ N_("Number"), 11, LEFT, 0 },
	{ N_("Day"), 13, RIGHT, 0 },
	{ N_("Matter"), 0, LEFT, 0 },
	{ N_("How far"), 17, LEFT, 0 },
	{ N_("With"), 16, LEFT, 100 },
	{ N_("Why"), 30, LEFT, 130 },
};
const size_t past_columns_n = COUNT_OF(past_columns);

const struct column record_columns[] = {
	{ N_("What"), 12, LEFT, 0 },
	{ N_("As it stands"), 0, LEFT, 0 },
	{ N_("Holds"), 20, LEFT, 0 },
	{ N_("Read from"), 18, LEFT, 100 },
	{ N_("Note"), 24, LEFT, 130 },
};
const size_t record_columns_n = COUNT_OF(record_columns);

const struct column change_columns[] = {
	{ N_("When"), 18, LEFT, 0 },
	{ N_("Who"), 12, LEFT, 0 },
	{ N_("What was changed, and why"), 0, LEFT, 0 },
};
const size_t change_columns_n = COUNT_OF(change_columns);
