/*
 * person_parts.c - layer 3: the rows of a person's record: further names,
 * numbers, contacts, addresses, languages, papers.  Called by
 * command/person_parts.c and person.c.  What holds no more gets its last day;
 * only what was never right is taken away.
 */
#include <string.h>

#include "store_search.h"
#include "person.h"
#include "rules_identifier.h"
#include "text.h"

/* ---- checks that every part has ---- */

static enum status
no_code(struct op *op, const struct part_field *f, const char *value)
{
	return op_fail_field(op, ST_INVALID, f->key,
	    _("%s: %s is not on the list. Take one of its codes."), tr(f->label), value);
}

static enum status
check_choice(struct op *op, const struct part_field *f, const char *value)
{
	const char *all = f->choices->names[0];

	if (state_by_name(f->choices, value) >= 0)
		return ST_OK;
	for (size_t i = 1; i < f->choices->n; i++)
		all = arena_printf(op->mem, "%s, %s", all, f->choices->names[i]);
	return op_fail_field(op, ST_INVALID, f->key, _("%s must be one of: %s."), tr(f->label), all);
}

static enum status
check_code(struct op *op, const struct part_field *f, const char *list, const char *value)
{
	const char *name;

	TRY(store_code_name(op, list, value, &name));
	return name ? ST_OK : no_code(op, f, value);
}

static enum status
check_value(struct op *op, const struct part_field *f, const char *value)
{
	int day;

	if (!value)
		return f->needed ? op_fail_field(op, ST_INVALID, f->key,
		    _("%s is missing. Fill it in, then save again."), tr(f->label)) : ST_OK;
	switch (f->type) {
	case PART_TEXT:
		return ST_OK;
	case PART_DAY:
		return day_parse(value, &day) ? ST_OK : op_fail_field(op, ST_INVALID, f->key,
		    _("%s must be a day such as 2026-11-30."), tr(f->label));
	case PART_CHOICE:
		return check_choice(op, f, value);
	case PART_COUNTRY:
		return check_code(op, f, "country", value);
	case PART_TONGUE:
		return check_code(op, f, "language", value);
	}
	bug("type of a part's field %d", (int)f->type);
}

static enum status
check_days(struct op *op, const struct part_spec *spec, const struct person_part *row)
{
	const char *from = spec->from < 0 ? NULL : row->value[spec->from];
	const char *until = spec->until < 0 ? NULL : row->value[spec->until];

	if (!from || !until || strcmp(from, until) <= 0)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, spec->fields[spec->until].key,
	    _("The last day is before the first. Check both."));
}

/* A word for a country becomes its code; what is none stays, and is refused. */
static enum status
take_country(struct op *op, const char **value)
{
	const char *code;

	TRY(country_code(op, *value, &code));
	if (code)
		*value = code;
	return ST_OK;
}

static enum status
take_values(struct op *op, const struct part_spec *spec, const struct part_wish *wish,
            struct person_part *row)
{
	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++) {
		const struct part_field *f = &spec->fields[i];

		if (wish->value[i]) {
			TRY(clean_text(op, f->key, wish->value[i], TEXT_SHORT, false,
			    &row->value[i]));
			if (!*row->value[i])
				row->value[i] = NULL;
			if (f->type == PART_COUNTRY && row->value[i])
				TRY(take_country(op, &row->value[i]));
		}
		TRY(check_value(op, f, row->value[i]));
	}
	return check_days(op, spec, row);
}

/* ---- what each part checks for itself ---- */

/* What makes two rows of a person the same: the file has one of it only. */
static bool
is_same_row(enum part part, const struct person_part *a, const struct person_part *b)
{
	if (!same_text(a->value[0], b->value[0]))
		return false;
	if (part == PART_LANGUAGE)
		return true;
	if (part == PART_NAME && !same_text(a->value[2], b->value[2]))
		return false;
	return a->plain ? same_text(a->plain, b->plain) : same_text(a->value[1], b->value[1]);
}

static enum status
check_twice(struct op *op, const struct person *p, enum part part, const struct person_part *row)
{
	const struct part_spec *spec = &part_specs[part];
	const struct part_rows *rows = &p->parts[part];

	for (size_t i = 0; part != PART_ADDRESS && i < rows->n; i++)
		if (rows->list[i].row != row->row && is_same_row(part, &rows->list[i], row))
			return op_fail_field(op, ST_INVALID, spec->fields[spec->principal].key,
			    _("%s stands there already. Change that row instead."),
			    part_line(op->mem, spec, row->value));
	return ST_OK;
}

static enum status
check_identifier(struct op *op, struct person_part *row, const char **warning)
{
	int kind = state_by_name(&identifier_kinds, row->value[0]);
	struct identifier id;

	if (kind == IDENTIFIER_CARD)
		return op_fail_field(op, ST_INVALID, "kind",
		    _("The number of a residence card stands with the card (§ 78 AufenthG). Enter "
		      "it as a document."));
	id = identifier_check(op->mem, (enum identifier_kind)kind, row->value[1]);
	if (id.verdict == IDENTIFIER_INVALID)
		return op_fail_field(op, ST_INVALID, "value", "%s", id.sentence);
	row->plain = id.normal;
	row->mark = id.verdict == IDENTIFIER_OK;
	*warning = id.sentence;
	return ST_OK;
}

static enum status
check_contact(struct op *op, struct person_part *row)
{
	const char *kind = row->value[0], *value = row->value[1];

	if (strcmp(kind, "email") == 0 && !strchr(value, '@'))
		return op_fail_field(op, ST_INVALID, "value",
		    _("%s is no e-mail address. It needs an @."), value);
	row->plain = contact_plain(op->mem, kind, value);
	if (strcmp(kind, "phone") == 0 && strlen(row->plain) < 3)
		return op_fail_field(op, ST_INVALID, "value",
		    _("%s is no telephone number. It needs at least three digits."), value);
	return ST_OK;
}

enum { DOCUMENT_ISSUED = 3, DOCUMENT_EXPIRES = 4 }; /* of part_specs */

static enum status
check_document_days(struct op *op, const struct person_part *row)
{
	const char *issued = row->value[DOCUMENT_ISSUED], *expires = row->value[DOCUMENT_EXPIRES];
	int day;

	if (issued && day_parse(issued, &day) && day > op->today)
		return op_fail_field(op, ST_INVALID, "from",
		    _("The day of issue is still to come. Compare it with the paper."));
	if (issued && expires && strcmp(expires, issued) < 0)
		return op_fail_field(op, ST_INVALID, "expires",
		    _("The paper ends before it was issued. Check both days."));
	return ST_OK;
}

/* Numbers of papers are compared without blanks and hyphens, in capitals. */
static void
normal_document(struct op *op, struct person_part *row)
{
	const char *number = identifier_check(op->mem, IDENTIFIER_FILE, row->value[1]).normal;

	if (!same_text(row->value[1], number))
		row->mark = false;
	row->value[1] = number;
}

static enum status
check_row(struct op *op, enum part part, struct person_part *row, const char **warning)
{
	switch (part) {
	case PART_NAME:
		return name_check_row(op, row);
	case PART_IDENTIFIER:
		return check_identifier(op, row, warning);
	case PART_CONTACT:
		return check_contact(op, row);
	case PART_DOCUMENT:
		normal_document(op, row);
		return check_document_days(op, row);
	case PART_ADDRESS:
	case PART_LANGUAGE:
		return ST_OK;
	case PARTS:
		break;
	}
	bug("part %d", (int)part);
}

/* ---- moving: one row takes the place of another ---- */

static const char *
day_text(struct op *op, int day)
{
	char iso[11];

	return arena_strdup(op->mem, day_iso(day, iso));
}

/* It held until the day before; what began no earlier was never true. */
static enum status
end_row(struct op *op, int64_t person, enum part part, struct person_part *row, int last)
{
	const struct part_spec *spec = &part_specs[part];
	const char *from = row->value[spec->from];
	int began;

	if (from && day_parse(from, &began) && began > last)
		return store_part_drop(op, person, part, row->row);
	row->value[spec->until] = day_text(op, last);
	return store_part_save(op, person, part, row);
}

/* Somebody lives in one place: a new one ends the old; one from the past ends
 * where the next began. */
static enum status
make_room(struct op *op, const struct person *p, struct person_part *row)
{
	const struct part_spec *spec = &part_specs[PART_ADDRESS];
	const struct part_rows *rows = &p->parts[PART_ADDRESS];
	int began = op->today, other;

	if (row->row || row->value[spec->until])
		return ST_OK;
	if (!row->value[spec->from])
		row->value[spec->from] = day_text(op, op->today);
	day_parse(row->value[spec->from], &began);
	for (size_t i = 0; i < rows->n; i++) {
		struct person_part *old = &rows->list[i];
		const char *from = old->value[spec->from];

		if (old->value[spec->until])
			continue;
		if (from && day_parse(from, &other) && other > began)
			row->value[spec->until] = day_text(op, other - 1);
		else
			TRY(end_row(op, p->id, PART_ADDRESS, old, began - 1));
	}
	return ST_OK;
}

/* ---- languages: one is preferred ---- */

static enum status
prefer(struct op *op, const struct person *p, int64_t row)
{
	const struct part_rows *rows = &p->parts[PART_LANGUAGE];

	for (size_t i = 0; i < rows->n; i++) {
		struct person_part *l = &rows->list[i];

		if (l->mark == (l->row == row))
			continue;
		l->mark = l->row == row;
		TRY(store_part_save(op, p->id, PART_LANGUAGE, l));
	}
	return ST_OK;
}

/* A row that says nothing but the language is corrected; one that says more
 * stays as another language. */
static enum status
replace_language(struct op *op, struct person *p, const char *code)
{
	const struct part_rows *rows = &p->parts[PART_LANGUAGE];
	struct person_part *first = rows->n && rows->list[0].mark ? &rows->list[0] : NULL;
	struct person_part new = { .value = { code }, .mark = true };
	bool bare = first && !first->value[1] && !first->value[2];

	for (size_t i = 0; i < rows->n; i++)
		if (*code && strcmp(rows->list[i].value[0], code) == 0)
			return prefer(op, p, rows->list[i].row);
	if (*code)
		TRY(check_code(op, &part_specs[PART_LANGUAGE].fields[0], "language", code));
	if (!*code && bare)
		return store_part_drop(op, p->id, PART_LANGUAGE, first->row);
	if (bare) {
		first->value[0] = code;
		return store_part_save(op, p->id, PART_LANGUAGE, first);
	}
	TRY(prefer(op, p, 0));
	return *code ? store_part_save(op, p->id, PART_LANGUAGE, &new) : ST_OK;
}

/* ---- what holds from today on ---- */

static enum status
replace_dated(struct op *op, struct person *p, enum part part, const char *value)
{
	const char *kind = part == PART_CONTACT ? "phone" : NULL, *unused;
	const struct person_part *now = part_current(op, p, part, kind);
	struct person_part row = { .value = { kind, value } }, old;

	if (now) {
		old = *now;
		TRY(end_row(op, p->id, part, &old, op->today - 1));
	}
	if (!*value)
		return ST_OK;
	if (part == PART_ADDRESS)
		address_split(op->mem, value, row.value);
	row.value[part_specs[part].from] = day_text(op, op->today);
	TRY(check_row(op, part, &row, &unused));
	return store_part_save(op, p->id, part, &row);
}

enum status
part_check(struct op *op, enum part part, const char *value)
{
	return value && *value ? check_value(op, &part_specs[part].fields[0], value) : ST_OK;
}

enum status
part_replace(struct op *op, struct person *p, enum part part, const char *value)
{
	const char *now = part == PART_LANGUAGE ? p->language : part == PART_CONTACT ? p->phone
	    : p->address;
	const char *field = part == PART_LANGUAGE ? "language" : part == PART_CONTACT ? "phone"
	    : "address", *clean;

	TRY(clean_text(op, field, value, TEXT_SHORT, false, &clean));
	if (!clean || same_text(now ? now : "", clean))
		return ST_OK;
	if (part == PART_LANGUAGE)
		return replace_language(op, p, clean);
	return replace_dated(op, p, part, clean);
}

/* ---- acts ---- */

static enum status
find_row(struct op *op, const struct person *p, enum part part, int64_t row,
         struct person_part *found)
{
	const struct part_rows *rows = &p->parts[part];

	for (size_t i = 0; i < rows->n; i++)
		if (rows->list[i].row == row) {
			*found = rows->list[i];
			return ST_OK;
		}
	return op_fail_field(op, ST_NOT_FOUND, "row",
	    _("%s has no such row %lld (%s). Look at the person again."), p->display,
	    (long long)row, state_label(&part_names, (int)part));
}

/* "identifier.iban", "address": what of the table of owners a row is. */
static const char *
owned_as(struct op *op, enum part part, const struct person_part *row)
{
	const struct part_spec *spec = &part_specs[part];

	return spec->kind < 0 || !row->value[spec->kind] ? spec->name
	    : arena_printf(op->mem, "%s.%s", spec->name, row->value[spec->kind]);
}

/* Both of the kind that it was and of the one it becomes. */
static enum status
check_owner(struct op *op, const struct person *p, enum part part, const struct person_part *was,
            const struct person_part *row)
{
	const struct part_spec *spec = &part_specs[part];
	const char *argument = spec->fields[spec->principal].key;

	if (row->row)
		TRY(owner_check(op, p, owned_as(op, part, was), argument));
	return owner_check(op, p, owned_as(op, part, row), argument);
}

static enum status
check_wish(struct op *op, const struct part_wish *wish, struct person_part *row,
           const char **warning)
{
	/* the script follows the letters unless somebody said otherwise */
	if (wish->part == PART_NAME && wish->value[1] && !wish->value[3])
		row->value[3] = NULL;
	TRY(take_values(op, &part_specs[wish->part], wish, row));
	TRY(check_row(op, wish->part, row, warning));
	if (wish->part == PART_DOCUMENT && wish->checked)
		row->mark = true;
	return ST_OK;
}

enum status
part_try(struct op *op, const struct person *p, const struct part_wish *wish)
{
	struct person_part row = { 0 };
	const char *warning;

	TRY(check_wish(op, wish, &row, &warning));
	return check_twice(op, p, wish->part, &row);
}

static enum status
finish(struct op *op, enum part part, struct person *p)
{
	TRY(store_person_mark(op, p));
	if (part == PART_NAME)
		TRY(store_search_refresh(op, p->id));
	return store_person_find(op, p->id, p);
}

enum status
person_part(struct op *op, int64_t id, int64_t seen, const struct part_wish *wish,
            struct person *p, const char **warning)
{
	struct person_part row = { 0 }, was;

	*warning = NULL;
	TRY(person_seen(op, id, seen, p));
	if (wish->row)
		TRY(find_row(op, p, wish->part, wish->row, &row));
	was = row;
	TRY(check_wish(op, wish, &row, warning));
	/* first whose field it is: "stands there already" would send a clerk to a row
	 * that is not theirs to change */
	TRY(check_owner(op, p, wish->part, &was, &row));
	TRY(check_twice(op, p, wish->part, &row));
	if (wish->part == PART_ADDRESS)
		TRY(make_room(op, p, &row));
	if (wish->part == PART_LANGUAGE && p->parts[PART_LANGUAGE].n == 0)
		row.mark = true;
	TRY(store_part_save(op, p->id, wish->part, &row));
	return finish(op, wish->part, p);
}

enum status
person_drop(struct op *op, int64_t id, int64_t seen, enum part part, int64_t row,
            const char *reason, struct person *p)
{
	struct person_part found;
	const char *why;

	TRY(person_seen(op, id, seen, p));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &why));
	if (!why || !*why)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason why this row was never right. What has ended gets its "
		      "last day instead."));
	TRY(find_row(op, p, part, row, &found));
	TRY(check_owner(op, p, part, &found, &found));
	TRY(store_part_drop(op, p->id, part, row));
	if (part == PART_LANGUAGE && found.mark && p->parts[part].n > 1)
		TRY(prefer(op, p, p->parts[part].list[1].row));
	return finish(op, part, p);
}
