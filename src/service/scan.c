/*
 * scan.c - layer 3: whose document was scanned.  Called by command/scan.c.
 * Must never look for anybody by a field that a check digit speaks against,
 * nor by the number of a residence card.
 */
#include "service_restriction.h"
#include "service_scan.h"

#include <string.h>

#include "guard.h"
#include "rules_identifier.h"
#include "store_document.h"
#include "text.h"

#define PEOPLE_MAX 10
#define SCORE_NUMBER 100
#define SCORE_NAME_MAX 95
#define SCORE_NAME_MIN 75        /* the name is another spelling, or the birth date another */

static bool
is_sure(const struct scan *s, enum mrz_field_id field)
{
	return s->mrz.fields[field].sure && *s->mrz.fields[field].read;
}

/* A code of the zone as one of the catalogue; NULL and a label where it is no
 * country (refugee), both NULL where nobody knows it. */
static enum status
country_of(struct op *op, const char *zone_code, const char **code, const char **label)
{
	TRY(store_code_name(op, "mrz_country", zone_code, code));
	if (!*code)
		*code = zone_code;
	TRY(store_code_name(op, "country", *code, label));
	if (*label)
		return ST_OK;
	*code = NULL;
	return store_code_name(op, "mrz", zone_code, label);
}

/* ---- who it may be ---- */

static void
add_hit(struct scan *s, const struct hit *hit)
{
	for (size_t i = 0; i < s->n_people; i++)
		if (s->people[i].id == hit->id)
			return;
	s->people[s->n_people++] = *hit;
}

static enum status
find_by_number(struct op *op, struct scan *s)
{
	const char *kind = mrz_kind_of(&s->mrz)->name, *raw = s->mrz.fields[MRZ_NUMBER].read;
	bool arrival = strcmp(kind, "arrival") == 0;
	struct identifier number;
	struct person *list;
	size_t n;

	if (!is_sure(s, MRZ_NUMBER) || strcmp(kind, "residence_card") == 0)
		return ST_OK;
	number = identifier_check(op->mem, IDENTIFIER_FILE, raw);
	TRY(store_document_people(op, number.normal, arrival ?
	    state_name(&identifier_kinds, IDENTIFIER_AKN) : NULL, PEOPLE_MAX, &list, &n));
	for (size_t i = 0; i < n; i++)
		add_hit(s, &(struct hit){ .id = list[i].id, .display = list[i].display,
		    .born = list[i].born, .score = SCORE_NUMBER,
		    .countries = countries_joined(op, &list[i]), .numbered = true,
		    .why = arena_printf(op->mem, _("document %s"), raw) });
	return ST_OK;
}

/* open: the name may go on where the zone had no room. */
static enum status
add_namesakes(struct op *op, struct scan *s, const char *name, bool open)
{
	struct find_wish wish = { .limit = PEOPLE_MAX, .names_only = true,
		.text = arena_printf(op->mem, open ? "%s" : "%s ", name),
		.born = is_sure(s, MRZ_BORN) ? s->mrz.fields[MRZ_BORN].read : NULL };
	struct hit *hits;
	size_t n;

	TRY(person_find(op, &wish, &hits, &n));
	for (size_t i = 0; i < n && s->n_people < PEOPLE_MAX; i++) {
		if (hits[i].score < SCORE_NAME_MIN)
			continue;
		if (hits[i].score > SCORE_NAME_MAX)
			hits[i].score = SCORE_NAME_MAX;
		add_hit(s, &hits[i]);
	}
	return ST_OK;
}

/* With all given names, with the first, with none: registers know fewer. */
static enum status
find_by_name(struct op *op, struct scan *s)
{
	const char *family = s->mrz.fields[MRZ_FAMILY].read;
	const char *given = s->mrz.fields[MRZ_GIVEN].read;
	size_t known = s->n_people;

	if (!is_sure(s, MRZ_FAMILY))
		return ST_OK;
	TRY(add_namesakes(op, s, arena_printf(op->mem, "%s %s", family, given),
	    s->mrz.names_cut));
	if (s->n_people == known && strchr(given, ' '))
		TRY(add_namesakes(op, s, arena_printf(op->mem, "%s %.*s", family,
		    (int)strcspn(given, " "), given), false));
	if (s->n_people == known && *given)
		TRY(add_namesakes(op, s, family, false));
	return ST_OK;
}

/* ---- all of it ---- */

static enum status
read_countries(struct op *op, struct scan *s)
{
	if (is_sure(s, MRZ_NATIONALITY))
		TRY(country_of(op, s->mrz.fields[MRZ_NATIONALITY].read, &s->nationality,
		    &s->nationality_label));
	if (is_sure(s, MRZ_ISSUER))
		TRY(country_of(op, s->mrz.fields[MRZ_ISSUER].read, &s->issuer, &s->issuer_label));
	return ST_OK;
}

static enum status
read_zone(struct op *op, const char *text, struct scan *s)
{
	struct mrz_window window;
	const char *why;

	*s = (struct scan){ .people = arena_array(op->mem, struct hit, PEOPLE_MAX * 2) };
	TRY(office_number(op, "expiry_past_years", &window.past_years));
	TRY(office_number(op, "expiry_ahead_years", &window.ahead_years));
	why = mrz_read(op->mem, text, op->today, &window, &s->mrz);
	if (why)
		return op_fail_field(op, ST_INVALID, "mrz", "%s", why);
	s->read = true;
	return read_countries(op, s);
}

/* What does not hold, as a failure. */
static enum status
complain(struct op *op, const struct scan *s)
{
	const char *why = mrz_complaint(op->mem, &s->mrz);

	return why ? op_fail_field(op, ST_INVALID, "mrz", "%s", why) : ST_OK;
}

enum status
person_scan(struct op *op, const char *text, struct scan *s)
{
	TRY(read_zone(op, text, s));
	TRY(find_by_number(op, s));
	TRY(hits_keep(op, s->people, &s->n_people));
	TRY(find_by_name(op, s));
	return complain(op, s);
}

/* ---- on the record ---- */

static const char *
sure_text(const struct scan *s, enum mrz_field_id field)
{
	return is_sure(s, field) ? s->mrz.fields[field].read : NULL;
}

static int64_t
known_row(const struct person *p, const char *kind, const char *number)
{
	const struct part_rows *rows = &p->parts[PART_DOCUMENT];

	for (size_t i = 0; i < rows->n; i++)
		if (strcmp(rows->list[i].value[0], kind) == 0 &&
		    strcmp(rows->list[i].value[1], number) == 0)
			return rows->list[i].row;
	return 0;
}

enum status
person_document_scanned(struct op *op, int64_t id, int64_t seen, const char *text,
                        struct person *p)
{
	struct part_wish wish = { .part = PART_DOCUMENT };
	const char *kind, *number, *unused;
	struct scan s;

	TRY(read_zone(op, text, &s));
	if (!is_sure(&s, MRZ_NUMBER)) {
		TRY(complain(op, &s));
		return op_fail_field(op, ST_INVALID, "mrz",
		    _("The document has no number. Enter it by hand, with its kind and issuer."));
	}
	kind = mrz_kind_of(&s.mrz)->name;
	number = identifier_check(op->mem, IDENTIFIER_FILE, sure_text(&s, MRZ_NUMBER)).normal;
	TRY(person_show(op, id, p));
	wish.row = known_row(p, kind, number);
	wish.checked = s.mrz.valid;
	wish.value[part_field(&part_specs[PART_DOCUMENT], "kind")] = kind;
	wish.value[part_field(&part_specs[PART_DOCUMENT], "number")] = number;
	wish.value[part_field(&part_specs[PART_DOCUMENT], "issuer")] =
	    s.issuer ? s.issuer : sure_text(&s, MRZ_ISSUER);
	wish.value[part_field(&part_specs[PART_DOCUMENT], "expires")] =
	    sure_text(&s, MRZ_EXPIRES);
	wish.value[part_field(&part_specs[PART_DOCUMENT], "source")] = "mrz";
	return person_part(op, id, seen, &wish, p, &unused);
}
