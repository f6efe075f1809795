/*
 * scan.c - layer 3: whose document was scanned.  Called by command/scan.c.
 * Must never look for anybody by a field that a check digit speaks against,
 * nor by the number of a residence card.
 */
#include "service_scan.h"

#include <stdlib.h>
#include <string.h>

#include "guard.h"
#include "rules_identifier.h"
#include "store_document.h"
#include "text.h"

#define PEOPLE_MAX 10
/* Common names have many bearers: so many are compared by their birth date. */
#define NAMESAKES 50
#define SCORE_NUMBER 100
#define SCORE_NAME_MAX 95
#define SCORE_BORN 20

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
add_person(struct scan *s, const struct person *p, int score, const char *why)
{
	for (size_t i = 0; i < s->n_people; i++)
		if (s->people[i].person.id == p->id)
			return;
	s->people[s->n_people++] = (struct hit){ *p, score, why };
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
		add_person(s, &list[i], SCORE_NUMBER,
		    arena_printf(op->mem, _("document %s"), raw));
	return ST_OK;
}

/* How the birth date agrees, in words; what is not known agrees with all. */
static const char *
compare_born(struct op *op, const struct scan *s, const struct person *p, int *score)
{
	const char *zone = s->mrz.fields[MRZ_BORN].read;
	size_t common;

	if (!is_sure(s, MRZ_BORN) || !p->born)
		return _("birth date not known");
	common = strlen(zone) < strlen(p->born) ? strlen(zone) : strlen(p->born);
	if (strncmp(zone, p->born, common) == 0) {
		*score += SCORE_BORN;
		return arena_printf(op->mem, _("born %s"), p->born);
	}
	*score -= SCORE_BORN;
	return arena_printf(op->mem, _("but born %s"), p->born);
}

static int
best_first(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	return x->person.id < y->person.id ? -1 : 1;
}

static enum status
add_namesakes(struct op *op, struct scan *s, const char *name)
{
	struct hit *hits;
	size_t n;

	TRY(person_find(op, name, NAMESAKES, &hits, &n));
	for (size_t i = 0; i < n; i++) {
		const char *born;

		hits[i].score -= SCORE_BORN;
		born = compare_born(op, s, &hits[i].person, &hits[i].score);
		if (hits[i].score > SCORE_NAME_MAX)
			hits[i].score = SCORE_NAME_MAX;
		hits[i].why = arena_printf(op->mem, "%s; %s", hits[i].why, born);
	}
	if (n > 1)
		qsort(hits, n, sizeof(*hits), best_first);
	for (size_t i = 0; i < n && s->n_people < PEOPLE_MAX; i++)
		add_person(s, &hits[i].person, hits[i].score, hits[i].why);
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
	TRY(add_namesakes(op, s, arena_printf(op->mem, "%s %s", family, given)));
	if (s->n_people == known && strchr(given, ' '))
		TRY(add_namesakes(op, s, arena_printf(op->mem, "%s %.*s", family,
		    (int)strcspn(given, " "), given)));
	if (s->n_people == known && *given)
		TRY(add_namesakes(op, s, family));
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
